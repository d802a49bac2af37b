// SPDX-License-Identifier: MIT
/* `factors`: with which characteristics an outcome goes. */
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_model.h"
#include "pipeline/tabulate/tabulate_where.h"

#include <string.h>

/* What each cell tells, and of whom. */
struct factors {
    struct tab_question question;
    struct tab_model model;
    struct tab_group all, events; /* those of whom all is known; of them with the outcome */
    long order;                   /* of the next row */
};

/* The groups of one characteristic, by level. */
struct levels {
    struct tab_group *n, *events;
};

/* ---- who they are ---- */

static bool said_already(const char *list, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name)) {
        if ((at == list || at[-1] == ' ') && (at[length] == ',' || !at[length])) return true;
    }
    return false;
}

static const char *listed(struct rk_arena *arena, const char *list, const char *name)
{
    if (!name || said_already(list, name)) return list;
    return rk_arena_printf(arena, "%s%s%s", list, *list ? ", " : "", name);
}

/* All that has to be known, by the names under which people are told of. */
static const char *needed(const struct factors *factors)
{
    const struct tab_question *question = &factors->question;
    struct tab_desk *desk = question->desk;
    const struct frame_column *column;
    const char *list = "";
    bool of_person;

    for (size_t i = 0; frame_view_asked(&question->view.view, factors->model.outcome, i,
                                        &column, &of_person);
         i++) {
        struct tab_name name = tab_view_name(desk, &question->view, column, of_person);

        if (name.kind != TAB_HAS) list = listed(desk->arena, list, name.variable);
    }
    for (size_t i = 0; i < factors->model.factor_count; i++)
        list = listed(desk->arena, list, factors->model.factors[i].known);
    return list;
}

static void name_all(struct factors *factors)
{
    struct tab_question *question = &factors->question;
    struct tab_desk *desk = question->desk;
    struct tab_who who = question->all.who;
    const char *list = needed(factors);

    if (*list)
        tab_who_piece(&who, rk_arena_printf(
                                desk->arena,
                                "*with an answer to all that is compared; answered: %s", list));
    factors->all = tab_part_base(question, &who, (long)factors->model.n, &question->all);
    tab_who_where(desk, &question->view, question->asked->of, &who);
    factors->events = tab_part(question, &who, factors->model.events);
}

static struct tab_group of_level(const struct factors *factors,
                                 const struct tab_factor *factor, size_t level, bool event)
{
    const struct tab_question *question = &factors->question;
    struct tab_who who = factors->all.who;

    tab_who_level(&who, &factor->variable, (long)level);
    if (!event) return tab_part_base(question, &who, factor->n[level], &factors->all);
    tab_who_where(question->desk, &question->view, question->asked->of, &who);
    return tab_part(question, &who, factor->events[level]);
}

static struct levels name_levels(const struct factors *factors,
                                 const struct tab_factor *factor)
{
    struct tab_desk *desk = factors->question.desk;
    size_t count = factor->variable.levels, used = 0;
    struct levels levels = {RK_ARRAY(desk->scratch, struct tab_group, count + 1),
                            RK_ARRAY(desk->scratch, struct tab_group, count + 1)};
    const struct tab_group **n = RK_ARRAY(desk->scratch, const struct tab_group *, count + 1);
    const struct tab_group **events =
        RK_ARRAY(desk->scratch, const struct tab_group *, count + 1);

    for (size_t i = 0; i < count; i++) {
        if (!factor->n[i]) continue;
        levels.n[i] = of_level(factors, factor, i, false);
        levels.events[i] = of_level(factors, factor, i, true);
        n[used] = &levels.n[i];
        events[used++] = &levels.events[i];
    }
    tab_sum(desk, &factors->all, n, used);
    tab_sum(desk, &factors->events, events, used);
    return levels;
}

/* ---- cells ---- */

static struct tab_place in_column(struct tab_place place, const char *column,
                                  const char *label, long order)
{
    place.column = column;
    place.column_label = label;
    place.column_order = order;
    return place;
}

static struct tab_place clients_place(struct tab_place place)
{
    return in_column(place, "clients", "In the model", 1);
}
static struct tab_place yes_place(struct tab_place place)
{
    return in_column(place, "yes", "With the outcome", 2);
}
static struct tab_place effect_place(struct tab_place place)
{
    return in_column(place, "effect", "Difference, others held equal", 3);
}
static struct tab_place odds_place(struct tab_place place)
{
    return in_column(place, "odds", "Odds ratio", 4);
}

static const char *interval_of(const struct factors *factors)
{
    const char *asked = factors->question.asked->interval;

    return asked ? asked : "wilson";
}

/** From so many characteristics on, and with so many combinations of them more than equations, a
 * model is more than another way to write its counts. */
enum { ENOUGH_FACTORS = 3, ENOUGH_FREEDOM = 10 };

/* A difference with nothing else held equal is that of two shares, and with one other
 * characteristic a published table of both gives the counts back. With more, it hangs on how
 * many people there are of every combination of all of them, which nobody has: the model's
 * equations tie those numbers once for each parameter, and how many are in each group once more.
 *
 * Source: Griffiths et al. (2019), Handbook on Statistical Disclosure Control for Outputs,
 * Safe Data Access Professionals: parameters of models are safe with enough freedom. */
static bool tells_counts(const struct tab_model *model)
{
    return model->factor_count < ENOUGH_FACTORS ||
           tab_model_combinations(model) < 2 * model->p + ENOUGH_FREEDOM;
}

static bool is_few(const struct factors *factors, long n)
{
    return n > 0 && n < factors->question.desk->study->suppress_below;
}

/* Of few people even a model tells what became of them: of those with the outcome, and of
 * those without it. */
static bool compares_few(const struct factors *factors, const struct tab_group *n,
                         const struct tab_group *events)
{
    return is_few(factors, n->n) || is_few(factors, events->n) ||
           is_few(factors, n->n - events->n);
}

/* Effect, odds ratio and p of one column, and whom they would give away. */
static void tell_column(const struct factors *factors, const struct tab_place *row,
                        const struct tab_factor *factor, size_t column, long smallest,
                        const struct tab_group *const *gives, size_t count)
{
    struct tab_desk *desk = factors->question.desk;
    struct tab_figure points = tab_model_points(&factors->model, factor, column), ratio, p;
    struct tab_place effect = effect_place(*row), odds = odds_place(*row);

    tab_model_odds(&factors->model, column, &ratio, &p);
    points.smallest = ratio.smallest = p.smallest = smallest;
    tab_tell(desk, &effect, &points, &factors->all, gives, count);
    tab_tell(desk, &odds, &ratio, &factors->all, gives, count);
    tab_tell(desk, &odds, &p, &factors->all, gives, count);
}

/* What the others are compared with: no difference from itself, and an odds ratio of 1. A
 * characteristic in which nobody differs has nothing to compare. */
static void tell_reference(const struct factors *factors, const struct tab_place *row,
                           const struct tab_factor *factor)
{
    struct tab_desk *desk = factors->question.desk;
    struct tab_place effect = effect_place(*row), odds = odds_place(*row);
    struct tab_figure points = tab_figure("points", UNIT_POINTS, 0, "reference");
    struct tab_figure ratio = tab_figure("ratio", UNIT_RATIO, 1, "reference");

    points.why = ratio.why =
        factor->present < 2 ? "nobody differs in it" : factors->model.why;
    points.exact = ratio.exact = true;
    tab_tell(desk, &effect, &points, &factors->all, NULL, 0);
    tab_tell(desk, &odds, &ratio, &factors->all, NULL, 0);
}

static struct tab_place row_of(struct factors *factors, const struct tab_factor *factor,
                               const char *code, const char *label, const char *more)
{
    struct rk_arena *arena = factors->question.desk->arena;
    struct tab_place place = tab_place_of(&factors->question);
    size_t length = strlen(factor->label);
    bool asks = length && factor->label[length - 1] == '?';

    place.row = code ? rk_arena_printf(arena, "%s/%s", factor->row, code) : factor->row;
    place.row_label = rk_arena_printf(arena, "%s%s %s%s", factor->label, asks ? "" : ":",
                                      label, more);
    place.row_order = ++factors->order;
    return place;
}

static void tell_level(struct factors *factors, const struct tab_factor *factor,
                       const struct levels *levels, size_t level)
{
    struct tab_desk *desk = factors->question.desk;
    size_t reference = (size_t)factor->reference;
    const struct tab_group *n = &levels->n[level], *events = &levels->events[level];
    const struct tab_group *gives[] = {n, events, &levels->n[reference],
                                       &levels->events[reference]};
    size_t given = tells_counts(&factors->model) || compares_few(factors, n, events) ||
                           compares_few(factors, gives[2], gives[3])
                       ? 4
                       : 0;
    struct tab_place row =
        row_of(factors, factor, factor->variable.codes[level], factor->variable.labels[level],
               level == reference && factor->present > 1 ? " (reference)" : "");
    struct tab_place clients = clients_place(row), yes = yes_place(row);

    tab_tell_count(desk, &clients, "count", factors->question.unit, n, &factors->all);
    tab_tell_count(desk, &yes, "count", factors->question.unit, events, n);
    tab_tell_percent(desk, &yes, "percent", interval_of(factors), events, n);
    if (level == reference)
        tell_reference(factors, &row, factor);
    else
        tell_column(factors, &row, factor, (size_t)factor->column[level],
                    n->n < gives[2]->n ? n->n : gives[2]->n, gives, given);
}

static void tell_factor(struct factors *factors, const struct tab_factor *factor)
{
    const struct tab_group *gives[] = {&factors->all, &factors->events};
    struct tab_place row;
    struct levels levels;

    if (factor->number) {
        row = row_of(factors, factor, NULL, "one more", "");
        tell_column(factors, &row, factor, (size_t)factor->column[0], factors->all.n, gives,
                    tells_counts(&factors->model) ? 2 : 0);
        return;
    }
    levels = name_levels(factors, factor);
    for (size_t i = 0; i < factor->variable.levels; i++) {
        if (factor->n[i]) tell_level(factors, factor, &levels, i);
    }
}

rk_status tab_factors(struct tab_desk *desk, const struct study_result *asked)
{
    struct factors factors = {.order = 0};
    struct tab_place all, clients, yes;

    RK_TRY(tab_question_open(desk, asked, &factors.question));
    RK_TRY(tab_model_open(&factors.question, &factors.model));
    name_all(&factors);
    for (size_t i = 0; i < factors.model.factor_count; i++)
        tell_factor(&factors, &factors.model.factors[i]);
    all = tab_place_of(&factors.question);
    clients = clients_place(all);
    yes = yes_place(all);
    tab_tell_count(desk, &clients, "count", factors.question.unit, &factors.all, &factors.all);
    tab_tell_count(desk, &yes, "count", factors.question.unit, &factors.events, &factors.all);
    tab_tell_percent(desk, &yes, "percent", interval_of(&factors), &factors.events,
                     &factors.all);
    return RK_OK;
}
