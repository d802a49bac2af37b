// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_strata.h"

#include "pipeline/tabulate/tabulate_words.h"
#include "pipeline/tabulate/tabulate_why.h"
#include "stats/stats_strata.h"

/* Rows and columns that somebody is in, of all layers together. */
struct strata {
    const struct tab_cross *cross;
    size_t rows, columns;
    size_t *row, *column;
    const struct tab_group *base;
    const struct tab_group *const *cells;
    size_t count;
    const char *why; /* no test at all, and the reason */
};

static long count_at(const struct strata *strata, size_t layer, size_t row, size_t column)
{
    const struct tab_cross *cross = strata->cross;

    return cross->count[tab_cross_at(cross, (struct tab_slot){layer, row, column})];
}

/* "Not answered" is no row of a test, so columns are summed without it. */
static void find_used(struct strata *strata)
{
    const struct tab_cross *cross = strata->cross;
    struct rk_arena *arena = cross->question->desk->scratch;

    strata->row = RK_ARRAY(arena, size_t, cross->rows + 1);
    strata->column = RK_ARRAY(arena, size_t, cross->columns + 1);
    for (size_t r = 0; r < cross->rows; r++) {
        if (count_at(strata, cross->layers, r, cross->columns))
            strata->row[strata->rows++] = r;
    }
    for (size_t k = 0; k < cross->columns; k++) {
        long n = 0;

        for (size_t r = 0; r < cross->rows; r++)
            n += count_at(strata, cross->layers, r, k);
        if (n) strata->column[strata->columns++] = k;
    }
}

static struct tab_place place_of(const struct strata *strata)
{
    const struct tab_cross *cross = strata->cross;
    struct tab_place place = tab_place_of(cross->question);

    place.row = "adjusted";
    place.row_label =
        rk_arena_printf(cross->question->desk->arena, "With %s held equal",
                        tab_lowered(cross->question->desk->arena, cross->layer.label));
    place.row_order = 2 * TAB_LAST;
    return place;
}

static void tell(const struct strata *strata, struct tab_figure figure)
{
    struct tab_place place = place_of(strata);

    if (strata->why) {
        figure.why = strata->why;
        figure.not_applicable = true;
    }
    tab_tell(strata->cross->question->desk, &place, &figure, strata->base, strata->cells,
             strata->count);
}

static struct tab_figure p_figure(const char *measure, const char *method,
                                  const struct stats_test *test, stats_status status)
{
    struct tab_figure figure = tab_figure(measure, UNIT_P, test->p, method);

    if (status != STATS_OK) figure.why = tab_why(figure.method, status);
    return figure;
}

/* ---- two by two ---- */

static struct stats_two_groups *pairs_of(const struct strata *strata)
{
    const struct tab_cross *cross = strata->cross;
    struct stats_two_groups *pairs = RK_ARRAY(cross->question->desk->scratch,
                                              struct stats_two_groups, cross->layers + 1);

    for (size_t layer = 0; layer < cross->layers; layer++) {
        long n[4];

        for (size_t i = 0; i < 4; i++)
            n[i] = count_at(strata, layer, strata->row[i / 2], strata->column[i % 2]);
        pairs[layer] = (struct stats_two_groups){n[0], n[0] + n[1], n[2], n[2] + n[3]};
    }
    return pairs;
}

static void tell_pairs(const struct strata *strata)
{
    const struct stats_two_groups *pairs = pairs_of(strata);
    size_t layers = strata->cross->layers;
    double level = strata->cross->question->desk->study->level;
    struct stats_cmh cmh = {.test.p = NAN};
    struct stats_breslow_day agree = {.tarone.p = NAN};
    struct stats_interval points = {NAN, NAN, NAN}, ratio = {NAN, NAN, NAN};
    stats_status status;

    status = stats_cmh(pairs, layers, &cmh);
    tell(strata, p_figure("p", "mantel-haenszel", &cmh.test, status));
    status = stats_mh_difference(pairs, layers, level, &points, NULL);
    tell(strata,
         tab_estimate("points", UNIT_POINTS, &points, 100, "mantel-haenszel", status));
    status = stats_mh_odds_ratio(pairs, layers, level, &ratio);
    tell(strata, tab_estimate("ratio", UNIT_RATIO, &ratio, 1, "mantel-haenszel", status));
    status = stats_breslow_day(pairs, layers, &agree);
    tell(strata, p_figure("homogeneity", "breslow-day-tarone", &agree.tarone, status));
}

/* ---- larger ---- */

static void tell_larger(const struct strata *strata)
{
    const struct tab_cross *cross = strata->cross;
    struct rk_arena *arena = cross->question->desk->scratch;
    size_t cells = strata->rows * strata->columns;
    long *count = RK_ARRAY(arena, long, cells * cross->layers + 1);
    struct stats_test test = {.p = NAN};
    stats_status status = STATS_UNDEFINED;

    for (size_t layer = 0; layer < cross->layers; layer++) {
        for (size_t i = 0; i < cells; i++)
            count[layer * cells + i] =
                count_at(strata, layer, strata->row[i / strata->columns],
                         strata->column[i % strata->columns]);
    }
    if (strata->rows > 1 && strata->columns > 1)
        status = stats_cmh_general(
            count, strata->rows, strata->columns, cross->layers,
            RK_ARRAY(arena, double,
                     stats_cmh_general_work(strata->rows, strata->columns) + 1),
            &test);
    tell(strata, p_figure("p", "mantel-haenszel", &test, status));
}

void tab_strata(const struct tab_cross *cross, bool dependent, const struct tab_group *base,
                const struct tab_group *const *cells, size_t count)
{
    struct strata strata = {
        .cross = cross,
        .base = base,
        .cells = cells,
        .count = count,
        .why =
            dependent ? "records of the same clients, or weights, have no such test" : NULL,
    };

    find_used(&strata);
    if (strata.rows == 2 && strata.columns == 2)
        tell_pairs(&strata);
    else
        tell_larger(&strata);
}
