// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <math.h>
#include <string.h>

static const char *const kind_names[] = {
    [CHART_BARS] = "bars",
    [CHART_GROUPED] = "grouped",
    [CHART_STACKED] = "stacked",
    [CHART_SHARES] = "shares",
    [CHART_DIVERGING] = "diverging",
    [CHART_DUMBBELL] = "dumbbell",
    [CHART_DOTS] = "dots",
    [CHART_FOREST] = "forest",
    [CHART_BULLET] = "bullet",
    [CHART_SLOPE] = "slope",
    [CHART_COLUMNS] = "columns",
    [CHART_CUMULATIVE] = "cumulative",
    [CHART_RUN] = "run",
    [CHART_FUNNEL] = "funnel",
    [CHART_SURVIVAL] = "survival",
};
enum { KINDS = sizeof kind_names / sizeof *kind_names };

const struct chart_style chart_style_default = {
    .palette = {0x12436D, 0x28A197, 0x801650, 0xF46A25},
    .focus = 0x12436D,
    .muted = 0xBFBFBF,
    .ink = 0x262626,
    .soft_ink = 0x595959,
    .grid = 0xDCDCDC,
    .label_pt = 8.5,
    .small_pt = 7.8,
};

bool chart_kind_find(const char *name, enum chart_kind *out)
{
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(name, kind_names[i])) continue;
        *out = (enum chart_kind)i;
        return true;
    }
    return false;
}

const char *chart_kind_name(enum chart_kind kind)
{
    return kind_names[kind];
}

const char *const *chart_kind_names(size_t *count)
{
    *count = KINDS;
    return kind_names;
}

size_t chart_panel_count(const struct chart_spec *spec)
{
    return spec->panel_count ? spec->panel_count : 1;
}

const struct chart_point *chart_find(const struct chart_spec *spec, size_t group,
                                     size_t series, size_t panel)
{
    for (size_t i = 0; i < spec->point_count; i++) {
        const struct chart_point *point = &spec->points[i];
        if (point->group == group && point->series == series && point->panel == panel)
            return point;
    }
    return NULL;
}

bool chart_is_masked(const struct chart_point *point)
{
    return point && point->mark == MARK_MASKED;
}

bool chart_has_value(const struct chart_point *point)
{
    return point && point->mark != MARK_MASKED && isfinite(point->value);
}

bool chart_has_limits(const struct chart_point *point)
{
    return chart_has_value(point) && isfinite(point->low) && isfinite(point->high);
}

const char *chart_point_text(const struct chart_plot *plot, const struct chart_point *point)
{
    const struct chart_spec *spec = plot->spec;
    const char *value = chart_number(plot->arena, point->value, spec->unit, spec->decimals);
    if (!spec->point_bases || point->n < 0) return value;
    return rk_arena_printf(plot->arena, "%s (n=%s)", value,
                           chart_number(plot->arena, (double)point->n, UNIT_NUMBER, 0));
}

bool chart_any_focus(const struct chart_spec *spec)
{
    for (size_t i = 0; i < spec->group_count; i++)
        if (spec->groups[i].focus) return true;
    return false;
}

/* --- Colours --- */

/** `share` of a colour on white. */
static unsigned tint(unsigned colour, double share)
{
    unsigned out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double part = (double)(colour >> shift & 0xFF);
        out |= (unsigned)lround(255 - share * (255 - part)) << shift;
    }
    return out;
}

/** Relative luminance, WCAG 2.1. */
static double luminance(unsigned colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = (double)(colour >> (16 - 8 * i) & 0xFF) / 255;
        sum += weights[i] *
               (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

unsigned chart_ink_on(unsigned background)
{
    double light = luminance(background) + 0.05;
    return 1.05 / light > light / 0.05 ? 0xFFFFFF : 0x1A1A1A;
}

/** How many series are levels: all but those set apart, which come last. */
static size_t level_count(const struct chart_spec *spec)
{
    size_t levels = 0;
    for (size_t i = 0; i < spec->series_count; i++)
        levels += spec->series[i].role != CHART_APART;
    return levels;
}

/** Dark to light over the levels. */
static unsigned ramp(const struct chart_plot *plot, size_t series)
{
    static const double shares[][5] = {
        {1}, {1, 0.3}, {1, 0.55, 0.2}, {1, 0.65, 0.38, 0.16}, {1, 0.72, 0.48, 0.28, 0.12}};
    size_t levels = level_count(plot->spec);
    if (levels <= 5) return tint(plot->style->focus, shares[levels - 1][series]);
    return tint(plot->style->focus, 1 - 0.9 * (double)series / (double)(levels - 1));
}

/** Strong at both ends, pale towards the middle, grey in it. */
static unsigned diverging(const struct chart_plot *plot, size_t series)
{
    size_t levels = level_count(plot->spec), half = levels / 2;
    bool rising = plot->spec->better != BETTER_LOW;
    if (levels % 2 && series == half) return tint(0x808080, 0.3);
    bool lower = series < half;
    size_t outward = lower ? half - series : series - (levels - 1 - half);
    double share =
        half == 1 ? 0.85 : 0.4 + 0.6 * (double)(outward - 1) / (double)(half - 1);
    return tint(lower == rising ? plot->style->palette[3] : plot->style->palette[0], share);
}

struct chart_ink chart_series_fill(const struct chart_plot *plot, size_t series)
{
    const struct chart_spec *spec = plot->spec;
    const struct chart_style *style = plot->style;
    bool shaded = spec->kind == CHART_STACKED || spec->kind == CHART_SHARES;
    if (spec->series[series].role == CHART_APART)
        return (struct chart_ink){.colour = style->muted};
    if (shaded) return (struct chart_ink){.colour = ramp(plot, series)};
    if (spec->kind == CHART_DIVERGING)
        return (struct chart_ink){.colour = diverging(plot, series)};
    size_t pair = level_count(spec) == 2 && series == 1 ? 3 : series % 4;
    int hatch = series >= 2 || (style->hatch_all && series == 1) ? (int)series : 0;
    return (struct chart_ink){.colour = style->palette[pair],
                              .hatch = hatch ? 1 + (hatch - 1) % 3 : 0};
}

struct chart_ink chart_series_mark(const struct chart_plot *plot, size_t series)
{
    static const enum chart_shape shapes[] = {CHART_CIRCLE, CHART_SQUARE, CHART_DIAMOND,
                                              CHART_TRIANGLE};
    const struct chart_spec *spec = plot->spec;
    struct chart_ink ink = {.width = 1.3, .size = 7, .shape = shapes[series % 4]};
    ink.colour = plot->style->palette[series % 4];
    ink.hollow = series % 2 == 1;
    if (spec->kind == CHART_DUMBBELL || spec->kind == CHART_SLOPE) {
        ink.colour = plot->style->focus;
        ink.shape = CHART_CIRCLE;
        ink.hollow = series == 0;
    }
    return ink;
}

/* --- Layout --- */

static const double points_per_mm = 72 / 25.4;
static const double usual_width_mm = 160;

rk_status chart_settle(struct chart_plot *plot, struct rk_diag *diag,
                       struct chart_pads pads, chart_paint_all *paint, void *context)
{
    for (int tries = 0; tries < 6; tries++) {
        double left, right;
        if (!paint(plot, &pads, context))
            return rk_fail(diag, RK_STUDY, plot->spec->place,
                           "chart %s: %.0f mm is too narrow for what it shows; widen it, "
                           "shorten the labels, or show fewer groups or panels",
                           plot->spec->id, plot->width / points_per_mm);
        chart_overflow(plot, &left, &right);
        if (left < 0.05 && right < 0.05) break;
        pads.left += left;
        pads.right += right;
    }
    return RK_OK;
}

static rk_status wrong(struct rk_diag *diag, const struct chart_spec *spec,
                       const char *what)
{
    return rk_fail(diag, RK_STUDY, spec->place, "chart %s: %s", spec->id, what);
}

static rk_status check(struct rk_diag *diag, const struct chart_spec *spec)
{
    if (!spec->group_count) return wrong(diag, spec, "there is nothing to show: no groups");
    if (!spec->series_count)
        return wrong(diag, spec, "there is nothing to show: no series");
    if (spec->kind == CHART_DUMBBELL && spec->series_count != 2)
        return wrong(diag, spec,
                     "a dumbbell shows two points in time, no more and no fewer");
    if (spec->kind == CHART_SLOPE && spec->series_count < 2)
        return wrong(diag, spec, "a slope needs two points in time or more");
    for (size_t i = 0; i < spec->point_count; i++) {
        const struct chart_point *point = &spec->points[i];
        if (point->group >= spec->group_count || point->series >= spec->series_count ||
            point->panel >= chart_panel_count(spec))
            return wrong(diag, spec, "a point belongs to no group, series or panel");
    }
    return RK_OK;
}

static rk_status by_kind(struct chart_plot *plot, struct rk_diag *diag)
{
    switch (plot->spec->kind) {
    case CHART_COLUMNS:
    case CHART_CUMULATIVE:
    case CHART_RUN:
        return chart_columns(plot, diag);
    case CHART_FUNNEL:
    case CHART_SURVIVAL:
    case CHART_SLOPE:
        return chart_curves(plot, diag);
    default:
        return chart_rows(plot, diag);
    }
}

rk_status chart_layout(struct rk_arena *arena, struct rk_diag *diag,
                       const struct chart_spec *spec, struct fonts *fonts,
                       struct chart_plot *plot)
{
    RK_TRY(check(diag, spec));
    double width_mm = spec->width_mm > 0 ? spec->width_mm : usual_width_mm;
    *plot = (struct chart_plot){
        .arena = arena,
        .spec = spec,
        .style = spec->style ? spec->style : &chart_style_default,
        .fonts = fonts,
        .width = width_mm * points_per_mm,
    };
    fonts_place(fonts, spec->place);
    return by_kind(plot, diag);
}
