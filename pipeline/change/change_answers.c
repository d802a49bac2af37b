// SPDX-License-Identifier: MIT
/* Yes/no questions, and categories, each of which is a yes/no question of its own. */
#include "pipeline/change/change_kind.h"
#include "pipeline/change/change_shift.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_fragile.h"
#include "stats/stats_missing.h"
#include "stats/stats_multiple.h"
#include "stats/stats_ordinal.h"
#include "stats/stats_paired.h"

#include <string.h>

/* The three bases; docs/study.md says what each is good for. */
enum { PAIRS, LINKED, EACH_FROM, EACH_TO, BASES };

static const struct {
    enum change_say from, to;
} base_says[BASES] = {
    [PAIRS] = {SAY_ANSWERED, SAY_ANSWERED},
    [LINKED] = {SAY_RECORD,   SAY_RECORD  },
    [EACH_FROM] = {SAY_ANSWERED, SAY_RECORD  },
    [EACH_TO] = {SAY_RECORD,   SAY_ANSWERED},
};

/* Columns that count people of whom something is true at one point or both. */
static const struct share {
    enum change_column column;
    enum change_say from, to;
    int base;
} shares[] = {
    {COLUMN_INITIAL,        SAY_IS,        SAY_ANSWERED,  PAIRS    },
    {COLUMN_LATEST,         SAY_ANSWERED,  SAY_IS,        PAIRS    },
    {COLUMN_GAINED,         SAY_OTHERWISE, SAY_IS,        PAIRS    },
    {COLUMN_LOST,           SAY_IS,        SAY_OTHERWISE, PAIRS    },
    {COLUMN_STAYED_YES,     SAY_IS,        SAY_IS,        PAIRS    },
    {COLUMN_STAYED_NO,      SAY_OTHERWISE, SAY_OTHERWISE, PAIRS    },
    {COLUMN_LINKED_INITIAL, SAY_IS,        SAY_RECORD,    LINKED   },
    {COLUMN_LINKED_LATEST,  SAY_RECORD,    SAY_IS,        LINKED   },
    {COLUMN_EACH_INITIAL,   SAY_IS,        SAY_RECORD,    EACH_FROM},
    {COLUMN_EACH_LATEST,    SAY_RECORD,    SAY_IS,        EACH_TO  },
};
enum {
    FROM_YES,
    TO_YES,
    GAINED,
    LOST,
    STAYED_YES,
    STAYED_NO,
    LINKED_FROM,
    LINKED_TO,
    EACH_FROM_YES,
    EACH_TO_YES,
    SHARES
};

struct answers {
    const struct change *change;
    struct change_flow flow;
    struct tab_group *base[BASES]; /* of each slot */
    struct tab_group *first;       /* whoever answered at first, reviewed or not */
};

/* One answer against all others. */
struct answer {
    const struct answers *answers;
    size_t category;
    struct tab_group *share[SHARES]; /* of each slot */
    struct tab_group *first;         /* so answered at first, reviewed or not */
};

/* ---- bases ---- */

/* Every base below that of all groups, and all below those with both records. */
static void make_base(const struct answers *answers, struct tab_group *groups,
                      const struct tab_group *above)
{
    const struct tab_question *question = &answers->change->question;
    size_t all = answers->flow.slots - 1;

    tab_base(question->desk, &groups[all], above, &question->voice);
    for (size_t slot = 0; slot < all; slot++) {
        if (tab_group_shown(&answers->change->groups, slot))
            tab_base(question->desk, &groups[slot], &groups[all], &question->voice);
    }
}

static void open_answers(const struct change *change, struct answers *out)
{
    static const int order[BASES] = {LINKED, PAIRS, EACH_FROM, EACH_TO};

    out->change = change;
    change_flow_open(change, &out->flow);
    for (int i = 0; i < BASES; i++) {
        int base = order[i];

        out->base[base] =
            change_groups(&out->flow, base_says[base].from, 0, base_says[base].to, 0);
        make_base(out, out->base[base],
                  base == LINKED ? &change->question.all
                                 : &out->base[LINKED][out->flow.slots - 1]);
    }
    out->first = change_first_groups(&out->flow, SAY_ANSWERED, 0);
    make_base(out, out->first, &change->question.all);
}

/* ---- one answer's counts ---- */

static void sum_two(const struct answer *answer, const struct tab_group *total,
                    const struct tab_group *first, const struct tab_group *second)
{
    struct tab_desk *desk = answer->answers->change->question.desk;

    for (size_t slot = 0; slot < answer->answers->flow.slots; slot++) {
        const struct tab_group *parts[2] = {&first[slot], &second[slot]};

        tab_sum(desk, &total[slot], parts, 2);
    }
}

/* The two-by-two flow and its margins: yes and no at first, yes and no at last. */
static void state_sums(const struct answer *answer)
{
    const struct change_flow *flow = &answer->answers->flow;
    struct tab_group *const *share = answer->share;
    const struct tab_group *pairs = answer->answers->base[PAIRS];
    struct tab_group *from_no = change_groups(flow, SAY_OTHERWISE, answer->category,
                                              SAY_ANSWERED, answer->category);
    struct tab_group *to_no = change_groups(flow, SAY_ANSWERED, answer->category,
                                            SAY_OTHERWISE, answer->category);

    sum_two(answer, pairs, share[FROM_YES], from_no);
    sum_two(answer, pairs, share[TO_YES], to_no);
    sum_two(answer, share[FROM_YES], share[STAYED_YES], share[LOST]);
    sum_two(answer, share[TO_YES], share[STAYED_YES], share[GAINED]);
    sum_two(answer, from_no, share[GAINED], share[STAYED_NO]);
    sum_two(answer, to_no, share[LOST], share[STAYED_NO]);
}

static struct answer open_answer(const struct answers *answers, size_t category)
{
    struct answer answer = {answers, category, {NULL}, NULL};

    for (size_t i = 0; i < SHARES; i++)
        answer.share[i] =
            change_groups(&answers->flow, shares[i].from, category, shares[i].to, category);
    answer.first = change_first_groups(&answers->flow, SAY_IS, category);
    state_sums(&answer);
    return answer;
}

/* ---- cells ---- */

static void tell_shares(const struct answer *answer, size_t slot, struct tab_place place)
{
    const struct tab_question *question = &answer->answers->change->question;

    for (size_t i = 0; i < SHARES; i++) {
        const struct tab_group *share = &answer->share[i][slot];
        const struct tab_group *base = &answer->answers->base[shares[i].base][slot];

        change_column_place(answer->answers->change, shares[i].column, &place);
        tab_tell_count(question->desk, &place, "count", UNIT_CLIENTS, share, base);
        tab_tell_percent(question->desk, &place, "percent", question->asked->interval,
                         share, base);
    }
}

/* The sample size below which Newcombe's interval is less to be trusted than Tango's. */
enum { TANGO_BELOW = 30 };

/* Newcombe's interval, and Tango's where there are few; of one person no interval at all.
 */
static struct tab_figure points_of(const struct tab_desk *desk,
                                   const struct stats_pairs *pairs)
{
    long n = pairs->yy + pairs->yn + pairs->ny + pairs->nn;
    bool few = n < TANGO_BELOW;
    struct tab_figure figure = tab_figure("points", UNIT_POINTS, NAN, "newcombe-paired");
    struct stats_interval limits;
    stats_status status = few ? stats_tango(pairs, desk->study->level, &limits)
                              : stats_newcombe_paired(pairs, desk->study->level, &limits);

    if (status != STATS_OK) {
        figure.why = tab_why(figure.method, status);
        return figure;
    }
    figure.value = 100.0 * (double)(pairs->ny - pairs->yn) / (double)n;
    figure.method = few ? "tango" : "newcombe-paired";
    if (n < 2) {
        figure.method = "one client";
        return figure;
    }
    figure.low = 100 * limits.low;
    figure.high = 100 * limits.high;
    return figure;
}

static struct tab_figure p_of(const struct stats_pairs *pairs)
{
    struct tab_figure figure = tab_figure("p", UNIT_P, NAN, "mcnemar-midp");
    struct stats_mcnemar test;
    stats_status status = stats_mcnemar(pairs, &test);

    if (status != STATS_OK)
        figure.why = tab_why(figure.method, status);
    else
        figure.value = test.midp;
    return figure;
}

/* How few people would undo the change; they are supposed, so no count of clients. */
static struct tab_figure undo_figure(const char *measure, long people, stats_status status)
{
    struct tab_figure figure = tab_figure(measure, UNIT_NUMBER, NAN, "fragility");

    if (status == STATS_OK && people > 0) {
        figure.value = (double)people;
        return figure;
    }
    figure.why = status == STATS_UNDEFINED ? "no clear change to undo"
                 : status == STATS_OK      ? "no number of these would"
                                           : stats_status_text(status);
    figure.not_applicable = status == STATS_OK || status == STATS_UNDEFINED;
    return figure;
}

/* Of the pairs as they flowed, so they give the flow away. */
static void tell_undo(const struct answer *answer, size_t slot, struct tab_place place,
                      const struct stats_pairs *pairs)
{
    static const int flow[] = {FROM_YES, TO_YES, GAINED, LOST, STAYED_YES, STAYED_NO};
    enum { FLOW = sizeof flow / sizeof *flow };
    struct tab_desk *desk = answer->answers->change->question.desk;
    const struct tab_group *gives[FLOW];
    struct stats_fragility few = {-1, -1, -1};
    stats_status status = stats_paired_fragility(pairs, desk->study->level, &few);
    const struct tab_figure figures[] = {
        undo_figure("undo_answers", few.wrong, status),
        undo_figure("undo_unreviewed", few.unseen, status),
        undo_figure("undo_duplicates", few.doubled, status),
    };

    for (size_t i = 0; i < FLOW; i++)
        gives[i] = &answer->share[flow[i]][slot];
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        tab_tell(desk, &place, &figures[i], &answer->answers->base[PAIRS][slot], gives, FLOW);
}

static struct stats_pairs flow_of(const struct answer *answer, size_t slot)
{
    return (struct stats_pairs){answer->share[STAYED_YES][slot].n,
                                answer->share[LOST][slot].n, answer->share[GAINED][slot].n,
                                answer->share[STAYED_NO][slot].n};
}

/* A blank counts as not of interest. */
static struct stats_pairs linked_flow(const struct answer *answer, size_t slot)
{
    long yy = answer->share[STAYED_YES][slot].n;
    long yn = answer->share[LINKED_FROM][slot].n - yy;
    long ny = answer->share[LINKED_TO][slot].n - yy;

    return (struct stats_pairs){yy, yn, ny,
                                answer->answers->base[LINKED][slot].n - yy - yn - ny};
}

/* What a change gives away: its two shares by its value, the flow behind them by its
 * limits. */
struct gives {
    int base;
    size_t shares[2], flow[4];
    size_t flow_count;
};
static const struct gives pairs_give = {
    PAIRS, {FROM_YES,    TO_YES   },
     { GAINED, LOST, STAYED_YES, STAYED_NO},
     4
};
static const struct gives linked_give = {
    LINKED, {LINKED_FROM, LINKED_TO},
     {STAYED_YES          },
     1
};

static void tell_change(const struct answer *answer, size_t slot, struct tab_place place,
                        const struct stats_pairs *pairs, const struct gives *gives)
{
    struct tab_desk *desk = answer->answers->change->question.desk;
    const struct tab_group *base = &answer->answers->base[gives->base][slot];
    const struct tab_group *given[6];
    struct tab_figure points = points_of(desk, pairs), p = p_of(pairs);

    for (size_t i = 0; i < 2; i++)
        given[i] = &answer->share[gives->shares[i]][slot];
    for (size_t i = 0; i < gives->flow_count; i++)
        given[2 + i] = &answer->share[gives->flow[i]][slot];
    points.limits_give = given + 2;
    points.limits_give_count = gives->flow_count;
    tab_tell(desk, &place, &points, base, given, 2);
    tab_tell(desk, &place, &p, base, given, 2 + gives->flow_count);
}

/* Of those linked, whoever answered at each point: two bases, so no interval. */
static void tell_each(const struct answer *answer, size_t slot, struct tab_place place)
{
    const struct answers *answers = answer->answers;
    struct tab_desk *desk = answers->change->question.desk;
    const struct tab_group *from = &answers->base[EACH_FROM][slot];
    const struct tab_group *to = &answers->base[EACH_TO][slot];
    const struct tab_group *from_yes = &answer->share[EACH_FROM_YES][slot];
    const struct tab_group *to_yes = &answer->share[EACH_TO_YES][slot];
    const struct tab_group *gives[] = {from, to, from_yes, to_yes};
    struct tab_figure figure =
        tab_figure("points", UNIT_POINTS, NAN, "difference-of-groups");

    figure.two_bases = true;
    figure.smallest = from->n < to->n ? from->n : to->n;
    if (figure.smallest)
        figure.value = 100.0 * (double)to_yes->n / (double)to->n -
                       100.0 * (double)from_yes->n / (double)from->n;
    tab_tell(desk, &place, &figure, &answers->base[LINKED][slot], gives, 4);
}

/* How far off the change of the pairs could be, had everybody in `base` answered at last,
 * of whom `yes` did so at first. The limits give away how many of these did not. */
static void tell_bounds(const struct answer *answer, size_t slot, struct tab_place place,
                        const struct tab_group *base, const struct tab_group *yes)
{
    const struct tab_group *both = &answer->answers->base[PAIRS][slot];
    const struct tab_group *from = &answer->share[FROM_YES][slot];
    const struct tab_group *gives[] = {both, from, &answer->share[TO_YES][slot]};
    struct stats_pairs pairs = flow_of(answer, slot);
    long gone_yes = yes->n - from->n, gone = base->n - both->n;
    struct stats_interval bounds = {NAN, NAN, NAN};
    stats_status status = stats_change_bounds(&pairs, gone_yes, gone - gone_yes, &bounds);
    struct tab_figure figure =
        tab_estimate("points", UNIT_POINTS, &bounds, 100, "manski", status);

    figure.bounds = true;
    figure.smallest = both->n;
    figure.limits_give = &yes;
    figure.limits_give_count = 1;
    tab_tell(answer->answers->change->question.desk, &place, &figure, base, gives, 3);
}

static void tell_answer(const struct answer *answer, size_t slot, struct tab_place place)
{
    const struct change *change = answer->answers->change;
    struct stats_pairs pairs = flow_of(answer, slot), all = linked_flow(answer, slot);

    tell_shares(answer, slot, place);
    change_column_place(change, COLUMN_CHANGE, &place);
    tell_change(answer, slot, place, &pairs, &pairs_give);
    tell_undo(answer, slot, place, &pairs);
    change_column_place(change, COLUMN_LINKED_CHANGE, &place);
    tell_change(answer, slot, place, &all, &linked_give);
    change_column_place(change, COLUMN_EACH_CHANGE, &place);
    tell_each(answer, slot, place);
    change_column_place(change, COLUMN_BOUNDS_LINKED, &place);
    tell_bounds(answer, slot, place, &answer->answers->base[EACH_FROM][slot],
                &answer->share[EACH_FROM_YES][slot]);
    change_column_place(change, COLUMN_BOUNDS_ALL, &place);
    tell_bounds(answer, slot, place, &answer->answers->first[slot], &answer->first[slot]);
}

/* ---- yes/no ---- */

rk_status change_yes_no(const struct change *change)
{
    const struct study_result *asked = change->question.asked;
    struct answers answers;
    struct answer answer;
    size_t category = 0;

    open_answers(change, &answers);
    while (category < answers.flow.categories &&
           strcmp(answers.flow.codes[category], asked->of_interest) != 0)
        category++;
    if (category == answers.flow.categories)
        return rk_fail(change->question.desk->run->diag, RK_STUDY, asked->place,
                       "%s: \"%s\" has no code \"%s\"", asked->name, asked->of,
                       asked->of_interest);
    answer = open_answer(&answers, category);
    for (size_t slot = 0; slot < answers.flow.slots; slot++) {
        if (tab_group_shown(&change->groups, slot))
            tell_answer(&answer, slot, change_place(change, slot));
    }
    return RK_OK;
}

/* ---- categories ---- */

/* Everybody in a base has one of the answers: the columns of all answers sum to it. */
static void sum_answers(const struct answers *answers, const struct answer *answer)
{
    struct tab_desk *desk = answers->change->question.desk;
    static const size_t whole[] = {FROM_YES, TO_YES, EACH_FROM_YES, EACH_TO_YES};
    size_t n = answers->flow.categories;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, n + 1);

    for (size_t slot = 0; slot < answers->flow.slots; slot++) {
        for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
            for (size_t c = 0; c < n; c++)
                parts[c] = &answer[c].share[whole[i]][slot];
            tab_sum(desk, &answers->base[shares[whole[i]].base][slot], parts, n);
        }
        for (size_t c = 0; c < n; c++)
            parts[c] = &answer[c].first[slot];
        tab_sum(desk, &answers->first[slot], parts, n);
    }
}

/* Those with both records either gave an answer or left a blank. */
static void sum_linked(const struct answers *answers, const struct answer *answer,
                       size_t share, enum change_say from, enum change_say to)
{
    struct tab_desk *desk = answers->change->question.desk;
    const struct tab_group *blank = change_groups(&answers->flow, from, 0, to, 0);
    size_t n = answers->flow.categories;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, n + 1);

    for (size_t slot = 0; slot < answers->flow.slots; slot++) {
        for (size_t c = 0; c < n; c++)
            parts[c] = &answer[c].share[share][slot];
        parts[n] = &blank[slot];
        tab_sum(desk, &answers->base[LINKED][slot], parts, n + 1);
    }
}

/* The answers are one family of tests; those that nobody gave are not in it. */
static void tell_holm(const struct answers *answers, const struct answer *answer,
                      size_t slot)
{
    struct tab_desk *desk = answers->change->question.desk;
    size_t n = answers->flow.categories;
    double *p = RK_ARRAY(desk->scratch, double, n + 1);
    size_t *work = RK_ARRAY(desk->scratch, size_t, n + 1);

    for (size_t c = 0; c < n; c++) {
        struct stats_pairs pairs = flow_of(&answer[c], slot);

        p[c] = pairs.yy + pairs.yn + pairs.ny ? p_of(&pairs).value : NAN;
    }
    if (stats_adjust(p, n, STATS_HOLM, work, p) != STATS_OK) return;
    for (size_t c = 0; c < n; c++) {
        struct tab_place place = change_category_place(&answers->flow, slot, c);
        struct tab_figure figure = tab_figure("p_holm", UNIT_P, p[c], "mcnemar-midp-holm");
        const struct tab_group **gives =
            RK_ARRAY(desk->scratch, const struct tab_group *, 2 * n + 1);

        for (size_t i = 0; i < n; i++) {
            gives[2 * i] = &answer[i].share[GAINED][slot];
            gives[2 * i + 1] = &answer[i].share[LOST][slot];
        }
        if (isnan(p[c])) figure.why = "nobody gave this answer";
        figure.not_applicable = figure.why != NULL;
        change_column_place(answers->change, COLUMN_CHANGE, &place);
        tab_tell(desk, &place, &figure, &answers->base[PAIRS][slot], gives, 2 * n);
    }
}

static void tell_stuart_maxwell(const struct answers *answers, const struct answer *answer,
                                size_t slot)
{
    struct tab_desk *desk = answers->change->question.desk;
    size_t n = answers->flow.categories;
    long *square = RK_ARRAY(desk->scratch, long, n *n + 1);
    const struct tab_group **gives =
        RK_ARRAY(desk->scratch, const struct tab_group *, 3 * n + 1);
    struct tab_place place = change_total_place(answers->change, slot);
    struct tab_figure figure = tab_figure("p", UNIT_P, NAN, "stuart-maxwell");
    struct stats_test test;
    stats_status status;

    change_square(&answers->flow, slot, square);
    status = stats_stuart_maxwell(square, n, &test);
    if (status != STATS_OK)
        figure.why = tab_why(figure.method, status);
    else
        figure.value = test.p;
    for (size_t c = 0; c < n; c++) {
        gives[3 * c] = &answer[c].share[GAINED][slot];
        gives[3 * c + 1] = &answer[c].share[LOST][slot];
        gives[3 * c + 2] = &answer[c].share[STAYED_YES][slot];
    }
    change_column_place(answers->change, COLUMN_CHANGE, &place);
    tab_tell(desk, &place, &figure, &answers->base[PAIRS][slot], gives, 3 * n);
}

/* How many each column is of. */
static void tell_totals(const struct answers *answers, size_t slot)
{
    static const size_t columns[] = {FROM_YES,  TO_YES,        LINKED_FROM,
                                     LINKED_TO, EACH_FROM_YES, EACH_TO_YES};
    struct tab_place place = change_total_place(answers->change, slot);

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct share *share = &shares[columns[i]];
        const struct tab_group *base = &answers->base[share->base][slot];

        change_column_place(answers->change, share->column, &place);
        tab_tell_count(answers->change->question.desk, &place, "count", UNIT_CLIENTS, base,
                       base);
    }
}

rk_status change_categories(const struct change *change)
{
    struct answers answers;
    struct answer *answer;
    struct change_shift shift;

    open_answers(change, &answers);
    answer = RK_ARRAY(change->question.desk->scratch, struct answer,
                      answers.flow.categories + 1);
    for (size_t c = 0; c < answers.flow.categories; c++)
        answer[c] = open_answer(&answers, c);
    sum_answers(&answers, answer);
    sum_linked(&answers, answer, LINKED_FROM, SAY_BLANK, SAY_RECORD);
    sum_linked(&answers, answer, LINKED_TO, SAY_RECORD, SAY_BLANK);
    for (size_t slot = 0; slot < answers.flow.slots; slot++) {
        if (!tab_group_shown(&change->groups, slot)) continue;
        for (size_t c = 0; c < answers.flow.categories; c++)
            tell_answer(&answer[c], slot, change_category_place(&answers.flow, slot, c));
        tell_holm(&answers, answer, slot);
        tell_totals(&answers, slot);
        tell_stuart_maxwell(&answers, answer, slot);
    }
    if (change_shift_open(&answers.flow, answers.base[PAIRS], &shift))
        change_shift_tell(&shift, answers.base[PAIRS]);
    return RK_OK;
}
