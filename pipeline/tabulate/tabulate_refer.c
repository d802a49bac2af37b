// SPDX-License-Identifier: MIT
/* `against` and `compare`: figures made of cells that stand already. */
#include "pipeline/tabulate/tabulate_cell.h"
#include "pipeline/tabulate/tabulate_kind.h"

#include "stats/stats_count.h"

#include <string.h>

static rk_status find(struct tab_desk *desk, const struct study_result *asked,
                      const char *id, struct cell *out)
{
    const struct cell *cell = id ? results_find(desk->results, id) : NULL;

    if (!cell)
        return rk_fail(
            desk->run->diag, RK_STUDY, asked->place,
            "%s: there is no cell \"%s\"; name a result of this study that is no "
            "`change`, and a cell of it, as in referrals.2015_01.all.cumulative",
            asked->name, id ? id : "");
    *out = *cell;
    return RK_OK;
}

/* ---- against ---- */

struct against {
    struct tab_desk *desk;
    struct tab_place place;
    struct cell actual, profile;
};

static void tell(const struct against *against, const struct tab_figure *figure)
{
    const char *cells[2] = {against->actual.id, against->profile.id};

    tab_tell_of(against->desk, &against->place, figure, &against->actual, cells, 2);
}

static bool is_count(double value)
{
    return value >= 0 && value == floor(value) && value < 1e15;
}

/* What was reached of the profile, which is taken as known; a count has Garwood's limits.
 */
static struct tab_figure share(const struct against *against, const char *measure,
                               enum cell_unit unit, double scale)
{
    double actual = against->actual.value, profile = against->profile.value;
    struct tab_figure figure = tab_figure(measure, unit, scale * actual / profile, "ratio");
    struct stats_count_ratio found;

    if (!(profile > 0)) {
        figure.why = "the profile is not above 0";
        return figure;
    }
    if (!is_count(actual) ||
        stats_count_vs_profile((long)actual, profile, against->desk->study->level,
                               &found) != STATS_OK)
        return figure;
    figure.low = scale * found.ratio.low;
    figure.high = scale * found.ratio.high;
    figure.method = "garwood";
    return figure;
}

/* How far below the profile, in percent of it. */
static struct tab_figure shortfall(const struct against *against)
{
    double actual = against->actual.value, profile = against->profile.value;
    struct tab_figure figure = tab_figure("shortfall", UNIT_PERCENT,
                                          100 * (profile - actual) / profile, "difference");

    if (!(profile > 0)) figure.why = "the profile is not above 0";
    return figure;
}

rk_status tab_against(struct tab_desk *desk, const struct study_result *asked)
{
    struct against against = {
        .desk = desk,
        .place = {asked->name, TAB_ALL, TAB_ALL_LABEL, TAB_ALL, TAB_ALL_LABEL, TAB_LAST,
                  TAB_LAST},
    };
    struct tab_figure figures[6];

    RK_TRY(find(desk, asked, asked->actual_cell, &against.actual));
    RK_TRY(find(desk, asked, asked->profile_cell, &against.profile));
    figures[0] = tab_figure("actual", against.actual.unit, against.actual.value,
                            against.actual.method);
    figures[1] = tab_figure("profile", against.profile.unit, against.profile.value,
                            against.profile.method);
    figures[2] = tab_figure("gap", against.actual.unit,
                            against.actual.value - against.profile.value, "difference");
    figures[3] = share(&against, "ratio", UNIT_RATIO, 1);
    figures[4] = share(&against, "attainment", UNIT_PERCENT, 100);
    figures[5] = shortfall(&against);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        figures[i].exact = true;
        tell(&against, &figures[i]);
    }
    return RK_OK;
}

/* ---- compare ---- */

static bool is_of(const struct cell *cell, const char *result, const char *measure)
{
    return strcmp(cell->result, result) == 0 && strcmp(cell->measure, measure) == 0;
}

/* Different people in both, so no interval: a difference of shares is not a change. */
static void tell_difference(struct tab_desk *desk, const struct study_result *asked,
                            const struct cell *first, const struct cell *second)
{
    bool percent = second->unit == UNIT_PERCENT;
    struct tab_place place = {asked->name,         second->row,          second->row_label,
                              second->column,      second->column_label, second->row_order,
                              second->column_order};
    struct tab_figure figure =
        tab_figure(percent ? "points" : "difference", percent ? UNIT_POINTS : second->unit,
                   second->value - first->value, "difference-of-groups");
    const char *cells[2] = {first->id, second->id};

    figure.smallest = first->base < second->base ? first->base : second->base;
    if (isnan(figure.value) && figure.smallest != 0)
        figure.why = "one of the two has no figure";
    if (percent && first->base > 0 && second->base > 0 && first->numerator >= 0 &&
        second->numerator >= 0)
        figure.value = 100.0 * (double)second->numerator / (double)second->base -
                       100.0 * (double)first->numerator / (double)first->base;
    tab_tell_of(desk, &place, &figure, NULL, cells, 2);
}

static rk_status is_known(struct tab_desk *desk, const struct study_result *asked,
                          const char *result)
{
    const struct study_result *found = study_result(desk->study, result);

    if (found && strcmp(study_result_stage(found), "tabulate") == 0) return RK_OK;
    return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                   "%s: \"%s\" is no table; a `change` tells its own differences",
                   asked->name, result);
}

rk_status tab_compare(struct tab_desk *desk, const struct study_result *asked)
{
    const char *measure = asked->measure ? asked->measure : "percent";
    size_t before = desk->results->cell_count, told = 0;

    for (int i = 0; i < 2; i++)
        RK_TRY(is_known(desk, asked, asked->pair[i]));
    for (size_t i = 0; i < before; i++) {
        struct cell second = desk->results->cells[i];
        const struct cell *first;

        if (!is_of(&second, asked->pair[1], measure)) continue;
        first = results_find(desk->results,
                             rk_arena_printf(desk->arena, "%s.%s.%s.%s", asked->pair[0],
                                             second.row, second.column, measure));
        if (!first) continue;
        tell_difference(desk, asked, first, &second);
        told++;
    }
    if (told) return RK_OK;
    return rk_fail(desk->run->diag, RK_STUDY, asked->place,
                   "%s: \"%s\" and \"%s\" have no row and column with \"%s\" in common",
                   asked->name, asked->pair[0], asked->pair[1], measure);
}
