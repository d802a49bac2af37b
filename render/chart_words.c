// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>

static const char *const pictures[] = {
    [CHART_BARS] = "Horizontal bars",
    [CHART_GROUPED] = "Horizontal bars in groups",
    [CHART_STACKED] = "Stacked horizontal bars",
    [CHART_SHARES] = "Horizontal bars, each divided into shares of 100%",
    [CHART_DIVERGING] = "Horizontal bars of ratings to both sides of the middle",
    [CHART_DUMBBELL] = "Pairs of dots joined by a line",
    [CHART_DOTS] = "Dots with intervals",
    [CHART_FOREST] = "Forest plot: estimates with intervals",
    [CHART_BULLET] = "Bars against their targets",
    [CHART_SLOPE] = "Lines from one point in time to the next",
    [CHART_COLUMNS] = "Columns",
    [CHART_CUMULATIVE] = "Cumulative lines",
    [CHART_RUN] = "Run chart: a line over time",
    [CHART_FUNNEL] = "Funnel plot: values against their bases, with control limits",
    [CHART_SURVIVAL] = "Survival curves: steps that fall over time",
};

const char *chart_alt(struct rk_arena *arena, const struct chart_spec *spec)
{
    if (spec->headline && *spec->headline) return spec->headline;
    const char *about = spec->axis_label ? spec->axis_label : spec->subtitle;
    return about && *about ? rk_arena_printf(arena, "%s: %s", pictures[spec->kind], about)
                           : pictures[spec->kind];
}

/** Text that grows by whole pieces. */
struct prose {
    struct rk_arena *arena;
    const char *text;
};

static void say(struct prose *prose, const char *before, const char *piece)
{
    prose->text = rk_arena_printf(prose->arena, "%s%s%s", prose->text,
                                  *prose->text ? before : "", piece);
}

static const char *value_words(struct rk_arena *arena, const struct chart_spec *spec,
                               const struct chart_point *point)
{
    if (chart_is_masked(point)) return "masked [c]";
    if (!chart_has_value(point)) return "no data";
    const char *value = chart_number(arena, point->value, spec->unit, spec->decimals);
    if (spec->point_bases && point->n >= 0)
        value = rk_arena_printf(arena, "%s of %s", value,
                                chart_number(arena, (double)point->n, UNIT_NUMBER, 0));
    const char *part = point->part ? " (part of the period)" : "";
    if (point->mark == MARK_INTERVAL)
        return rk_arena_printf(arena, "%s (interval masked [c])%s", value, part);
    if (!chart_has_limits(point)) return rk_arena_printf(arena, "%s%s", value, part);
    return rk_arena_printf(
        arena, "%s (interval %s)%s", value,
        chart_interval(arena, point->low, point->high, spec->unit, spec->decimals), part);
}

static const char *group_name(struct rk_arena *arena, const struct chart_group *group)
{
    const char *low = group->low ? ", small base" : "";
    if (group->base)
        return rk_arena_printf(arena, "%s (%s%s)", group->label, group->base, low);
    if (group->n < 0) return rk_arena_printf(arena, "%s%s", group->label, low);
    return rk_arena_printf(arena, "%s (n=%s%s)", group->label,
                           chart_number(arena, (double)group->n, UNIT_NUMBER, 0), low);
}

/** "Salford (n=110): Initial assessment 32.7%, Latest review 44.5%". */
static const char *group_words(struct rk_arena *arena, const struct chart_spec *spec,
                               size_t group, size_t panel)
{
    struct prose prose = {arena, ""};
    for (size_t series = 0; series < spec->series_count; series++) {
        const struct chart_point *point = chart_find(spec, group, series, panel);
        const char *words = value_words(arena, spec, point);
        if (spec->series[series].role == CHART_LIMIT) continue;
        if (spec->series_count > 1)
            words = rk_arena_printf(arena, "%s %s", spec->series[series].label, words);
        say(&prose, ", ", words);
    }
    if (spec->groups[group].note)
        say(&prose, "; ",
            rk_arena_printf(arena, "%s %s", spec->note_label ? spec->note_label : "",
                            spec->groups[group].note));
    return rk_arena_printf(arena, "%s: %s", group_name(arena, &spec->groups[group]),
                           prose.text);
}

static void say_groups(struct prose *prose, const struct chart_spec *spec, size_t panel)
{
    const char *between = ". ";
    if (spec->panels)
        say(prose, between, rk_arena_printf(prose->arena, "%s", spec->panels[panel]));
    for (size_t group = 0; group < spec->group_count; group++) {
        say(prose,
            group          ? "; "
            : spec->panels ? ": "
                           : between,
            group_words(prose->arena, spec, group, panel));
    }
}

/** Survival has no groups, only places along its axis. */
static void say_steps(struct prose *prose, const struct chart_spec *spec, size_t series)
{
    say(prose, ". ", spec->series[series].label);
    const char *between = ": ";
    for (size_t i = 0; i < spec->point_count; i++) {
        const struct chart_point *point = &spec->points[i];
        if (point->series != series) continue;
        say(prose, between,
            rk_arena_printf(prose->arena, "%s at %s",
                            value_words(prose->arena, spec, point),
                            chart_number(prose->arena, point->x, UNIT_NUMBER, 0)));
        between = "; ";
    }
}

const char *chart_description(struct rk_arena *arena, const struct chart_spec *spec)
{
    struct prose prose = {arena, pictures[spec->kind]};
    if (spec->axis_label) say(&prose, ": ", spec->axis_label);
    if (spec->subtitle && *spec->subtitle) say(&prose, ". ", spec->subtitle);
    if (spec->kind == CHART_SURVIVAL) {
        for (size_t series = 0; series < spec->series_count; series++)
            say_steps(&prose, spec, series);
    } else {
        for (size_t panel = 0; panel < chart_panel_count(spec); panel++)
            say_groups(&prose, spec, panel);
    }
    if (isfinite(spec->reference))
        say(&prose, ". ",
            rk_arena_printf(
                arena, "Reference line: %s",
                spec->reference_label
                    ? spec->reference_label
                    : chart_number(arena, spec->reference, spec->unit, spec->decimals)));
    say(&prose, "", ".");
    return prose.text;
}
