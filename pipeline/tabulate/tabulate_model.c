// SPDX-License-Identifier: MIT
/* `factors`: who is in the model, its design, and its fit. */
#include "pipeline/tabulate/tabulate_model.h"

#include "stats/stats_firth.h"
#include "stats/stats_linear.h"
#include "stats/stats_logit.h"
#include "stats/stats_num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Fewer of the rarer outcome for each parameter: Firth's penalty is needed. */
enum { ENOUGH_EVENTS = 10 };

static const char *bare(const char *name)
{
    return strncmp(name, "people.", 7) == 0 ? name + 7 : name;
}

/* ---- characteristics ---- */

static rk_status open_factor(const struct tab_question *question, const char *name,
                             struct tab_factor *out)
{
    struct tab_desk *desk = question->desk;
    bool of_person;
    const struct frame_column *column =
        frame_view_column(&question->view.view, name, &of_person);
    struct tab_name known;

    *out = (struct tab_factor){.row = bare(name), .reference = -1};
    out->number = column && column->type != COLUMN_CODE;
    if (out->number) {
        RK_TRY(tab_scores_open(desk, &question->view, name, question->asked->place,
                               &out->scores));
        out->label = out->scores.label;
        known = out->scores.name;
    } else {
        RK_TRY(tab_variable_open(question->desk, &question->view, name, question->asked->place,
                                 &out->variable));
        out->label = out->variable.label;
        known = out->variable.name;
    }
    out->known = known.kind == TAB_HAS ? NULL : known.variable;
    return RK_OK;
}

static bool factor_known(const struct tab_factor *factor, size_t row)
{
    return factor->number ? !isnan(tab_score(&factor->scores, row))
                          : tab_level(&factor->variable, row) >= 0;
}

/* ---- who is in ---- */

/* An outcome of which nothing is known is no No. */
static bool outcome_known(const struct tab_model *model, size_t row)
{
    const struct frame_view *view = &model->question->view.view;
    const struct frame_column *column;
    bool of_person;

    for (size_t i = 0; frame_view_asked(view, model->outcome, i, &column, &of_person); i++) {
        if (frame_view_value(view, column, of_person, row).state != VALUE_THERE) return false;
    }
    return true;
}

static bool all_known(const struct tab_model *model, size_t row)
{
    for (size_t i = 0; i < model->factor_count; i++) {
        if (!factor_known(&model->factors[i], row)) return false;
    }
    return outcome_known(model, row);
}

static void pick_rows(struct tab_model *model)
{
    const struct tab_question *question = model->question;

    model->rows = RK_ARRAY(question->desk->scratch, uint32_t, question->count + 1);
    for (size_t i = 0; i < question->count; i++) {
        if (all_known(model, question->rows[i])) model->rows[model->n++] = question->rows[i];
    }
}

static bool row_event(const struct tab_model *model, size_t row)
{
    return frame_view_holds(&model->question->view.view, model->outcome, row);
}

static void count_factor(const struct tab_model *model, struct tab_factor *factor)
{
    struct rk_arena *arena = model->question->desk->scratch;

    factor->n = RK_ARRAY(arena, long, factor->variable.levels + 1);
    factor->events = RK_ARRAY(arena, long, factor->variable.levels + 1);
    for (size_t i = 0; i < model->n; i++) {
        long level = tab_level(&factor->variable, model->rows[i]);

        factor->n[level]++;
        factor->events[level] += row_event(model, model->rows[i]);
    }
    for (size_t i = 0; i < factor->variable.levels; i++)
        factor->present += factor->n[i] > 0;
}

/* The code that the study names, if anybody has it; else the largest, of two the first. */
static void find_reference(struct tab_factor *factor, const char *named)
{
    const struct tab_variable *variable = &factor->variable;

    for (size_t i = 0; i < variable->levels; i++) {
        if (!factor->n[i]) continue;
        if (factor->reference < 0 || factor->n[i] > factor->n[factor->reference])
            factor->reference = (long)i;
    }
    for (size_t i = 0; named && i < variable->levels; i++) {
        if (factor->n[i] && strcmp(variable->codes[i], named) == 0)
            factor->reference = (long)i;
    }
}

/* ---- design ---- */

/* A level that nobody has, the reference and what does not differ have no column. */
static void number_columns(struct tab_model *model, struct tab_factor *factor)
{
    struct rk_arena *arena = model->question->desk->scratch;
    size_t levels = factor->number ? 1 : factor->variable.levels;

    factor->column = RK_ARRAY(arena, long, levels + 1);
    factor->columns = RK_ARRAY(arena, size_t, levels + 1);
    for (size_t i = 0; i < levels; i++) {
        factor->column[i] = -1;
        if (!factor->number && (!factor->n[i] || (long)i == factor->reference)) continue;
        factor->columns[factor->column_count++] = model->p;
        factor->column[i] = (long)model->p++;
    }
}

static void fill_row(const struct tab_model *model, size_t row, double *x)
{
    x[0] = 1;
    for (size_t i = 0; i < model->factor_count; i++) {
        const struct tab_factor *factor = &model->factors[i];
        long level = factor->number ? 0 : tab_level(&factor->variable, row);
        long column = factor->column[level];

        if (column >= 0) x[column] = factor->number ? tab_score(&factor->scores, row) : 1;
    }
}

/* A row of the design while they are sorted. */
struct line {
    const double *x;
    double y;
    size_t p;
    uint32_t row;
};

static int by_content(const void *a, const void *b)
{
    const struct line *left = a, *right = b;

    for (size_t i = 0; i < left->p; i++) {
        if (left->x[i] != right->x[i]) return left->x[i] < right->x[i] ? -1 : 1;
    }
    return (left->y > right->y) - (left->y < right->y);
}

/* In the order of their content, so that no sum depends on the order of the rows. */
static void make_design(struct tab_model *model)
{
    struct rk_arena *arena = model->question->desk->scratch;
    double *x = RK_ARRAY(arena, double, model->n *model->p + 1);
    struct line *lines = RK_ARRAY(arena, struct line, model->n + 1);

    for (size_t i = 0; i < model->n; i++) {
        fill_row(model, model->rows[i], x + i * model->p);
        lines[i] = (struct line){x + i * model->p, row_event(model, model->rows[i]), model->p,
                                 model->rows[i]};
    }
    qsort(lines, model->n, sizeof *lines, by_content);
    model->x = RK_ARRAY(arena, double, model->n *model->p + 1);
    model->y = RK_ARRAY(arena, double, model->n + 1);
    for (size_t i = 0; i < model->n; i++) {
        memcpy(model->x + i * model->p, lines[i].x, model->p * sizeof *model->x);
        model->y[i] = lines[i].y;
        model->rows[i] = lines[i].row;
    }
}

/* ---- fit ---- */

/* Why there can be no model, or NULL. */
static const char *refusal(const struct tab_model *model)
{
    long others = (long)model->n - model->events;
    long rarer = model->events < others ? model->events : others;

    if (!model->n) return "of nobody all of it is known";
    if (!rarer) return "all have the same outcome";
    if (model->p < 2) return "nobody differs in what is compared";
    if (rarer < (long)model->p - 1) return "fewer events than characteristics";
    return NULL;
}

static bool few_events(const struct tab_model *model)
{
    long others = (long)model->n - model->events;
    long rarer = model->events < others ? model->events : others;

    return rarer < ENOUGH_EVENTS * ((long)model->p - 1);
}

static const char *words_of(stats_status status)
{
    return status == STATS_UNDEFINED ? "one characteristic repeats others"
                                     : stats_status_text(status);
}

static stats_status fit_plain(struct tab_model *model)
{
    struct stats_logit found;
    long double *work =
        RK_ARRAY(model->question->desk->scratch, long double, stats_logit_workspace(model->p));

    model->method = "logit";
    return stats_logit_fit(model->x, model->y, model->n, model->p, model->beta,
                           model->covariance, work, &found);
}

static stats_status fit_firth(struct tab_model *model)
{
    long double *work = RK_ARRAY(model->question->desk->scratch, long double,
                                 stats_firth_workspace(model->n, model->p));

    model->method = "firth";
    return stats_firth_fit(model->x, model->y, model->n, model->p, model->beta,
                           model->covariance, work, &model->loglik);
}

/* The sandwich between clients, with the customary corrections for few of them and for the
 * parameters (CR1). */
static stats_status correct_for_clusters(struct tab_model *model)
{
    struct rk_arena *arena = model->question->desk->scratch;
    size_t n = model->n, p = model->p, groups = model->clusters.count, used = 0;
    double *residual = RK_ARRAY(arena, double, n + 1);
    double *bread = RK_ARRAY(arena, double, p *p);
    size_t *code = RK_ARRAY(arena, size_t, groups + 1);
    double few;

    for (size_t i = 0; i < n; i++) {
        size_t *own = &code[model->clusters.of_row[model->rows[i]]];

        if (!*own) *own = ++used;
        model->cluster[i] = *own - 1;
    }
    if (n <= p || used < 2) return STATS_UNDEFINED;
    stats_logit_fitted(model->x, n, p, model->beta, residual);
    for (size_t i = 0; i < n; i++)
        residual[i] = model->y[i] - residual[i];
    memcpy(bread, model->covariance, p * p * sizeof *bread);
    few = (double)used / (double)(used - 1) * (double)(n - 1) / (double)(n - p);
    stats_status status = stats_cluster_covariance(
        model->x, residual, model->cluster, n, p, used, bread,
        RK_ARRAY(arena, double, used * p + p * p), model->covariance);
    for (size_t i = 0; status == STATS_OK && i < p * p; i++)
        model->covariance[i] *= few;
    return status;
}

static void fit_clustered(struct tab_model *model)
{
    stats_status status = fit_plain(model);

    model->method = "logit-cluster";
    if (status == STATS_NO_CONVERGENCE)
        model->why = "a characteristic settles the outcome, and clients have several records";
    else if (status != STATS_OK)
        model->why = words_of(status);
    else if (correct_for_clusters(model) != STATS_OK)
        model->why = "the records are of too few clients";
}

static void fit(struct tab_model *model)
{
    struct rk_arena *arena = model->question->desk->scratch;
    stats_status status = STATS_NO_CONVERGENCE;

    model->method = "logit";
    model->why = refusal(model);
    if (model->why) return;
    model->beta = RK_ARRAY(arena, double, model->p);
    model->covariance = RK_ARRAY(arena, double, model->p *model->p);
    if (model->cluster) {
        fit_clustered(model);
        return;
    }
    if (!few_events(model)) status = fit_plain(model);
    if (status == STATS_NO_CONVERGENCE) status = fit_firth(model);
    if (status != STATS_OK) model->why = words_of(status);
}

rk_status tab_model_open(const struct tab_question *question, struct tab_model *out)
{
    struct tab_desk *desk = question->desk;
    const struct study_result *asked = question->asked;
    struct condition *outcome;

    *out = (struct tab_model){.question = question, .factor_count = asked->on_count, .p = 1};
    RK_TRY(frame_view_condition(desk->run, &question->view.view, asked->of_place, asked->of,
                                &outcome));
    out->outcome = outcome;
    out->factors = RK_ARRAY(desk->scratch, struct tab_factor, asked->on_count + 1);
    for (size_t i = 0; i < asked->on_count; i++)
        RK_TRY(open_factor(question, asked->on[i], &out->factors[i]));
    pick_rows(out);
    for (size_t i = 0; i < asked->on_count; i++) {
        struct tab_factor *factor = &out->factors[i];

        if (!factor->number) count_factor(out, factor);
        if (!factor->number) find_reference(factor, asked->reference[i]);
        number_columns(out, factor);
    }
    if (asked->cluster) {
        RK_TRY(tab_clusters_open(question, asked->cluster, &out->clusters));
        out->cluster = RK_ARRAY(desk->scratch, size_t, out->n + 1);
    }
    make_design(out);
    for (size_t i = 0; i < out->n; i++)
        out->events += out->y[i] > 0;
    fit(out);
    return RK_OK;
}

/* ---- what it says ---- */

static double level_of(const struct tab_model *model)
{
    return model->question->desk->study->level;
}

struct tab_figure tab_model_points(const struct tab_model *model,
                                   const struct tab_factor *factor, size_t column)
{
    struct stats_effect effect = {column, !factor->number, factor->columns,
                                  factor->column_count};
    struct stats_interval found = {NAN, NAN, NAN};
    struct tab_figure figure;
    stats_status status;
    double se;

    if (model->why) {
        figure = tab_figure("points", UNIT_POINTS, NAN, model->method);
        figure.why = model->why;
        return figure;
    }
    status = stats_logit_effect(model->x, model->n, model->p, model->beta, model->covariance,
                                &effect, level_of(model),
                                RK_ARRAY(model->question->desk->scratch, double, 2 * model->p),
                                &se, &found);
    return tab_estimate("points", UNIT_POINTS, &found, 100, model->method, status);
}

static stats_status profile(const struct tab_model *model, size_t column,
                            struct stats_interval *found, double *p)
{
    struct rk_arena *arena = model->question->desk->scratch;

    return stats_firth_profile(
        model->x, model->y, model->n, model->p, model->beta, model->covariance, model->loglik,
        column, level_of(model), RK_ARRAY(arena, double, model->p),
        RK_ARRAY(arena, long double, stats_firth_workspace(model->n, model->p)), found, p);
}

static void wald(const struct tab_model *model, size_t column, struct stats_interval *found,
                 double *p)
{
    double se = sqrt(model->covariance[column * model->p + column]);
    double reach = stats_z(level_of(model)) * se, b = model->beta[column];

    *found = (struct stats_interval){b, b - reach, b + reach};
    *p = stats_p_normal(b / se);
}

void tab_model_odds(const struct tab_model *model, size_t column, struct tab_figure *ratio,
                    struct tab_figure *p)
{
    struct stats_interval found = {NAN, NAN, NAN};
    stats_status status = STATS_OK;

    *ratio = tab_figure("ratio", UNIT_RATIO, NAN, model->method);
    *p = tab_figure("p", UNIT_P, NAN, model->method);
    ratio->why = p->why = model->why;
    if (model->why) return;
    if (strcmp(model->method, "firth") == 0)
        status = profile(model, column, &found, &p->value);
    else
        wald(model, column, &found, &p->value);
    if (status != STATS_OK) {
        ratio->why = p->why = stats_status_text(status);
        return;
    }
    ratio->value = exp(found.estimate);
    if (!isfinite(exp(found.low)) || !isfinite(exp(found.high))) return;
    ratio->low = exp(found.low);
    ratio->high = exp(found.high);
}

/** The design's rows are in the order of their content. */
size_t tab_model_combinations(const struct tab_model *model)
{
    size_t count = model->n > 0;

    for (size_t i = 1; i < model->n; i++)
        count += memcmp(model->x + i * model->p, model->x + (i - 1) * model->p,
                        model->p * sizeof *model->x) != 0;
    return count;
}
