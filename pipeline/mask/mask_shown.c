// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_shown.h"

#include "stats/stats.h"

#include <string.h>

/** The counts that each cell of `all` gives away. */
struct showing {
    const struct mask_problem *problem;
    const struct study *study;
    const struct results *all;
    size_t *first;  /**< links of cell c: order[first[c]] up to order[first[c + 1]] */
    size_t *order;
};

static void index_links(struct showing *showing, struct rk_arena *arena)
{
    const struct results *all = showing->all;
    size_t *next = RK_ARRAY(arena, size_t, all->cell_count + 2);

    showing->first = RK_ARRAY(arena, size_t, all->cell_count + 2);
    showing->order = RK_ARRAY(arena, size_t, all->link_count + 1);
    for (size_t i = 0; i < all->link_count; i++)
        next[rk_map_find(all->cell_index, all->links[i].cell) + 1]++;
    for (size_t c = 0; c < all->cell_count; c++) {
        next[c + 1] += next[c];
        showing->first[c + 1] = next[c + 1];
    }
    for (size_t i = 0; i < all->link_count; i++)
        showing->order[next[rk_map_find(all->cell_index, all->links[i].cell)]++] = i;
}

/* ---- what a count looks like ---- */

/** -1: masked, or there is no such count. */
static long shown_of(const struct mask_problem *problem, long unknown)
{
    const struct mask_unknown *u = unknown < 0 ? NULL : &problem->unknowns[unknown];

    if (!u || u->masked != MASK_NO)
        return -1;
    return u->rounded ? u->shown : u->value;
}

static bool is_rounded(const struct mask_problem *problem, long unknown)
{
    return unknown >= 0 && problem->unknowns[unknown].rounded;
}

static long base_of(const struct showing *showing, const struct cell *cell)
{
    return cell->base < 0 ? -1 : mask_of_base(showing->all, cell->base_id);
}

/** The count of that value which the cell gives away; rather not that of its base. -1: none. */
static long counted(const struct showing *showing, const struct cell *cell, long value)
{
    size_t c = (size_t)rk_map_find(showing->all->cell_index, cell->id);
    long base = base_of(showing, cell), found = -1;

    for (size_t k = showing->first[c]; k < showing->first[c + 1]; k++) {
        const struct cell_link *link = &showing->all->links[showing->order[k]];
        long at = rk_map_find(showing->all->quantity_index, link->quantity);
        if (at < 0 || link->part != LINK_VALUE ||
            showing->problem->unknowns[at].value != value || (found >= 0 && at == base))
            continue;
        if (found < 0 || found == base)
            found = at;
    }
    return found;
}

/** What is rounded of that which a cell gives away: by its value (its base or other counts, some of
 *  them small), by its limits, as the number of its base. */
struct touched {
    bool value, others, few, limits, base;
};

static struct touched touched_by(const struct showing *showing, const struct cell *cell)
{
    size_t c = (size_t)rk_map_find(showing->all->cell_index, cell->id);
    long base = base_of(showing, cell);
    struct touched touched = {.base = is_rounded(showing->problem, base)};

    for (size_t k = showing->first[c]; k < showing->first[c + 1]; k++) {
        const struct cell_link *link = &showing->all->links[showing->order[k]];
        long at = rk_map_find(showing->all->quantity_index, link->quantity);
        if (!is_rounded(showing->problem, at))
            continue;
        const struct mask_unknown *u = &showing->problem->unknowns[at];
        touched.value |= link->part == LINK_VALUE;
        touched.others |= link->part == LINK_VALUE && at != base;
        touched.limits |= link->part == LINK_INTERVAL;
        touched.few |= link->part == LINK_VALUE && u->people > 0 &&
                       u->people < showing->problem->threshold;
    }
    return touched;
}

/* ---- numbers from rounded counts ---- */

static void no_limits(struct cell *cell)
{
    if (!isnan(cell->low) || !isnan(cell->high))
        cell->mark = MARK_INTERVAL;
    cell->low = cell->high = cell->level = NAN;
}

static void take_limits(struct cell *cell, stats_status status, const struct stats_interval *limits)
{
    if (status != STATS_OK || isnan(cell->low) || isnan(cell->high)) {
        no_limits(cell);
        return;
    }
    cell->low = 100 * limits->low;
    cell->high = 100 * limits->high;
}

static bool show_count(const struct showing *showing, const struct cell *true_cell,
                       struct cell *cell)
{
    long shown = shown_of(showing->problem,
                          counted(showing, true_cell, (long)true_cell->value));

    if (shown < 0)
        return false;
    cell->value = (double)shown;
    no_limits(cell);
    return true;
}

static bool is_share(const struct cell *cell)
{
    return cell->unit == UNIT_PERCENT && cell->numerator >= 0 && cell->base > 0 &&
           fabs(cell->value - 100.0 * (double)cell->numerator / (double)cell->base) < 1e-9;
}

static double logit(double p)
{
    return log(p / (1 - p));
}

/**
 * Limits that allow for several records of a client lie evenly about logit(p); with the rounded
 * counts they are as much wider as those of independent records would be.
 */
static stats_status clustered(const struct cell *true_cell, const struct cell *cell,
                              struct stats_interval *out)
{
    double p = true_cell->value / 100, n = (double)true_cell->base;
    double shown = cell->value / 100, of = (double)cell->base;
    double half = (logit(true_cell->high / 100) - logit(true_cell->low / 100)) / 2;

    half *= sqrt(n * p * (1 - p) / (of * shown * (1 - shown)));
    if (!isfinite(half) || !(shown > 0 && shown < 1))
        return STATS_UNDEFINED;
    *out = (struct stats_interval){shown, 1 / (1 + exp(half - logit(shown))),
                                   1 / (1 + exp(-half - logit(shown)))};
    return STATS_OK;
}

static bool show_share(const struct cell *true_cell, struct cell *cell)
{
    struct stats_interval limits = {0};
    stats_status status = STATS_UNDEFINED;

    if (cell->numerator < 0 || cell->base <= 0 || cell->numerator > cell->base)
        return false;
    cell->value = 100.0 * (double)cell->numerator / (double)cell->base;
    if (strcmp(cell->method, "wilson") == 0)
        status = stats_wilson(cell->numerator, cell->base, cell->level, &limits);
    else if (strcmp(cell->method, "cluster-logit-t") == 0)
        status = clustered(true_cell, cell, &limits);
    take_limits(cell, status, &limits);
    return true;
}

/* ---- differences ---- */

/** Columns of a change: this one is the last less the first. */
static const struct {
    const char *column, *first, *last;
} differences[] = {
    {"change",        "initial",        "latest"       },
    {"linked_change", "linked_initial", "linked_latest"},
    {"each_change",   "each_initial",   "each_latest"  },
    {"bounds_linked", "initial",        "latest"       },
    {"bounds_all",    "initial",        "latest"       },
    {"net",           "worse",          "improved"     },
};

struct share {
    long count, base;
};

static struct share share_of(const struct showing *showing, const struct cell *cell,
                             const char *column)
{
    const struct results *all = showing->all;
    const struct cell *other =
        results_find(all, rk_arena_printf(all->arena, "%s.%s.%s.percent", cell->result, cell->row,
                                          column));

    if (!other || other->numerator < 0)
        return (struct share){-1, -1};
    return (struct share){
        shown_of(showing->problem, counted(showing, other, other->numerator)),
        shown_of(showing->problem, base_of(showing, other)),
    };
}

/** The flow behind a difference of the same people: who said yes at both. */
static void paired_limits(const struct showing *showing, struct cell *cell, struct share first,
                          struct share last)
{
    struct stats_pairs pairs = {.yy = share_of(showing, cell, "stayed_yes").count};
    struct stats_interval limits = {0};
    stats_status status = STATS_UNDEFINED;

    pairs.yn = first.count - pairs.yy;
    pairs.ny = last.count - pairs.yy;
    pairs.nn = first.base - pairs.yy - pairs.yn - pairs.ny;
    if (pairs.yy < 0 || pairs.yn < 0 || pairs.ny < 0 || pairs.nn < 0 || first.base != last.base)
        status = STATS_DOMAIN;
    else if (strcmp(cell->method, "newcombe-paired") == 0)
        status = stats_newcombe_paired(&pairs, cell->level, &limits);
    else if (strcmp(cell->method, "tango") == 0)
        status = stats_tango(&pairs, cell->level, &limits);
    take_limits(cell, status, &limits);
}

static bool show_difference(const struct showing *showing, struct cell *cell)
{
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++) {
        if (strcmp(cell->column, differences[i].column) != 0)
            continue;
        struct share first = share_of(showing, cell, differences[i].first);
        struct share last = share_of(showing, cell, differences[i].last);
        if (first.count < 0 || last.count < 0 || first.base <= 0 || last.base <= 0)
            return false;
        cell->value = 100 * ((double)last.count / (double)last.base -
                             (double)first.count / (double)first.base);
        paired_limits(showing, cell, first, last);
        return true;
    }
    return false;
}

/* ---- averages ---- */

/** On the scale of what was measured: means, medians, spreads, their differences. */
static bool is_average(const struct cell *cell)
{
    return cell->unit == UNIT_SCORE || cell->unit == UNIT_DAYS || cell->unit == UNIT_YEARS;
}

static double to_decimals(double value, long decimals)
{
    double factor = pow(10, (double)decimals);

    return round(value * factor) / factor;
}

/** As many as are printed. */
static long decimals_of(const struct study *study, enum cell_unit unit)
{
    switch (unit) {
    case UNIT_PERCENT:
        return study->decimals_percent;
    case UNIT_POINTS:
        return study->decimals_points;
    case UNIT_RATIO:
        return study->decimals_ratio;
    case UNIT_P:
        return 3;
    default:
        return study->decimals_mean;
    }
}

/** A t interval is as wide as it would be with as many people as are shown. */
static void show_t(const struct cell *true_cell, struct cell *cell)
{
    double half = (cell->high - cell->low) / 2, middle = (cell->high + cell->low) / 2;

    half *= sqrt((double)true_cell->base / (double)cell->base) *
            stats_t(cell->level, (double)cell->base - 1) /
            stats_t(cell->level, (double)true_cell->base - 1);
    cell->low = middle - half;
    cell->high = middle + half;
}

/**
 * A mean of n whole scores is a multiple of 1 / n, so with all its digits it tells n; to d decimals
 * it fits any n of 10^d or more. So with whatever else depends on n and on much that nobody knows.
 * `exact`: limits that tell counts.
 */
static bool show_statistic(const struct showing *showing, const struct cell *true_cell, bool exact,
                           struct cell *cell)
{
    long decimals = decimals_of(showing->study, cell->unit);
    bool t = strcmp(cell->method, "t") == 0 || strcmp(cell->method, "paired-t") == 0;

    if (true_cell->base >= 0 && (cell->base < 2 || true_cell->base < 10))
        return false;
    if (cell->unit != UNIT_P && true_cell->base >= 0 &&
        (double)true_cell->base < pow(10, (double)decimals))
        return false;
    cell->value = to_decimals(cell->value, decimals);
    if (t && !isnan(cell->low) && cell->base > 1)
        show_t(true_cell, cell);
    else if (exact)
        no_limits(cell);
    cell->low = to_decimals(cell->low, decimals);
    cell->high = to_decimals(cell->high, decimals);
    return true;
}

/* ---- one cell ---- */

static bool is_count(const struct cell *cell)
{
    return cell->unit == UNIT_CLIENTS || cell->unit == UNIT_RECORDS;
}

/** False: it cannot be had from what is shown. */
static bool show_value(const struct showing *showing, const struct cell *true_cell,
                       struct touched touched, struct cell *cell)
{
    if (is_count(true_cell) && touched.value)
        return show_count(showing, true_cell, cell);
    if (is_share(true_cell))
        return show_share(true_cell, cell);
    if (cell->unit == UNIT_POINTS && show_difference(showing, cell))
        return true;
    if (!touched.few && (is_average(cell) || !touched.others))
        return show_statistic(showing, true_cell, touched.others || touched.limits, cell);
    if (touched.limits)
        no_limits(cell);
    return !touched.value;
}

static void hide(struct cell *cell)
{
    cell->value = NAN;
    no_limits(cell);
    cell->numerator = -1;
    cell->method = "";
    cell->mark = MARK_MASKED;
}

static bool show(const struct showing *showing, struct cell *cell)
{
    const struct cell *true_cell = results_find(showing->all, cell->id);
    struct touched touched = touched_by(showing, true_cell);

    if (!touched.value && !touched.limits && !touched.base)
        return false;
    if (touched.base)
        cell->base = shown_of(showing->problem, base_of(showing, true_cell));
    if (true_cell->numerator >= 0)
        cell->numerator =
            shown_of(showing->problem, counted(showing, true_cell, true_cell->numerator));
    if (isnan(true_cell->value))
        return false;
    if (!show_value(showing, true_cell, touched, cell)) {
        hide(cell);
        return false;
    }
    if (cell->mark == MARK_NONE || cell->mark == MARK_LOW)
        cell->mark = MARK_ROUNDED;
    return true;
}

size_t mask_show_rounded(const struct mask_problem *problem, const struct study *study,
                         const struct results *all, struct results *results)
{
    struct showing showing = {.problem = problem, .study = study, .all = all};
    size_t count = 0;

    index_links(&showing, problem->arena);
    for (size_t i = 0; i < results->cell_count; i++)
        count += show(&showing, &results->cells[i]);
    return count;
}

void mask_show_models(const struct study *study, struct results *results)
{
    for (size_t i = 0; i < results->cell_count; i++) {
        struct cell *cell = &results->cells[i];
        const struct study_result *result = study_result(study, cell->result);
        if (!result || result->kind != RESULT_FACTORS ||
            (strcmp(cell->column, "effect") != 0 && strcmp(cell->column, "odds") != 0))
            continue;
        long decimals = decimals_of(study, cell->unit);
        cell->value = to_decimals(cell->value, decimals);
        cell->low = to_decimals(cell->low, decimals);
        cell->high = to_decimals(cell->high, decimals);
    }
}
