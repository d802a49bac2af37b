// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_H
#define RENDER_CHART_H

#include "pipeline/base/rk_out.h"
#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"
#include "render/font.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * What a chart shows, before anyone draws it: groups (the rows people read), series (the
 * colours), panels (small multiples) and one point for each of their meetings. Nothing is
 * averaged or rounded here; the numbers are those of the released cells. Strings are
 * borrowed.
 */

enum chart_kind {
    CHART_BARS, /**< ranked horizontal bars, one series, whiskers when there are limits */
    CHART_GROUPED,   /**< a bar per series in every group */
    CHART_STACKED,   /**< series add up; lengths are counts */
    CHART_SHARES,    /**< series add up to 100% */
    CHART_DIVERGING, /**< ordered ratings to both sides of the middle; 100% wide */
    CHART_DUMBBELL,  /**< two series: two dots and a line */
    CHART_DOTS,      /**< dots with intervals, reference line */
    CHART_FOREST,    /**< squares sized by base, interval, numbers in a column, total as
                        diamond */
    CHART_BULLET,  /**< a bar against its target; series 0 actual, ROLE_TARGET the target */
    CHART_SLOPE,   /**< two or more series as posts, a line per group */
    CHART_COLUMNS, /**< a column per group (month), ROLE_PROFILE as stepped line */
    CHART_CUMULATIVE, /**< lines over groups (months), ROLE_PROFILE dashed */
    CHART_RUN,        /**< line with dots over groups, the reference is its median */
    CHART_FUNNEL,     /**< value against x (the base); ROLE_LIMIT series are the limits */
    CHART_SURVIVAL,   /**< steps over x, band from low and high */
};

enum chart_role {
    CHART_PLAIN,
    CHART_TARGET,  /**< BULLET */
    CHART_PROFILE, /**< what was planned: COLUMNS, CUMULATIVE */
    CHART_LIMIT,   /**< FUNNEL: low and high at each x */
    CHART_APART,   /**< no level of the scale ("don't know"): grey, after the others */
};

struct chart_group {
    const char *code, *label;
    long n;           /**< printed "(n=197)"; -1 when there is none or series differ */
    const char *base; /**< replaces "n=197": "n=326 and 315"; NULL */
    const char *note; /**< right-hand column ("+7.6 (3.7 to 11.5)"); NULL */
    bool low;         /**< small base: flagged [low] */
    bool total;       /**< "All": bold, set apart, never sorted */
    bool focus;       /**< stands out, the others are greyed; none set: all alike */
};

struct chart_series {
    const char *code, *label;
    enum chart_role role;
};

struct chart_point {
    size_t group, series, panel;
    double value;        /**< in `unit`; NAN: none */
    double low, high;    /**< limits, NAN when there are none */
    double x;            /**< FUNNEL, SURVIVAL: where on the number axis */
    long n;              /**< base; FOREST: size of the square; -1 unknown */
    enum cell_mark mark; /**< MASKED is not drawn, "[c]" stands in its place */
    bool part;           /**< a part month: hatched */
};

enum chart_sort { CHART_AS_GIVEN, CHART_LARGEST_FIRST, CHART_SMALLEST_FIRST };

/** Colours and sizes; a theme may have its own. Contrast on white: docs/charts.md. */
struct chart_style {
    unsigned palette[4]; /**< 0xRRGGBB */
    unsigned focus, muted, ink, soft_ink, grid;
    double label_pt, small_pt;
    bool hatch_all; /**< hatch from the second series on, not only the third and fourth */
};
extern const struct chart_style chart_style_default;

struct chart_spec {
    const char *id; /**< "report.fig-belief": file names; a-z 0-9 - _ . only */
    enum chart_kind kind;
    const char *headline,
        *subtitle; /**< for alt text and SVG title; the page sets them itself */
    enum cell_unit unit;
    int decimals;                /**< of value labels */
    const char *axis_label;      /**< "Share of clients"; NULL */
    const char *x_label;         /**< number axis of FUNNEL and SURVIVAL; NULL */
    const char *note_label;      /**< head of the notes column; NULL */
    double axis_low, axis_high;  /**< NAN: found from the data (bars always start at 0) */
    double reference;            /**< NAN: none */
    const char *reference_label; /**< "All clients 54.1%" */
    enum chart_sort sort;   /**< by series 0 of panel 0; ties and totals stay in place */
    enum better better;     /**< "lower is better" beside the axis */
    double width_mm;        /**< 0: 160 */
    double height_mm;       /**< 0: as its rows need */
    bool hide_values;       /**< no value labels */
    bool point_bases;       /**< GROUPED, DOTS: "22.8% (n=171)" for each point */
    const char *part_label; /**< legend of hatched columns: "February: to the 25th" */
    const struct chart_group *groups;
    size_t group_count;
    const struct chart_series *series;
    size_t series_count;
    const char *const *panels; /**< labels; NULL: one panel */
    size_t panel_count;        /**< 0 counts as 1 */
    const struct chart_point *points;
    size_t point_count;
    const struct chart_style *style; /**< NULL: chart_style_default */
    struct fonts *fonts;   /**< the page's own, for margins; NULL: fonts_default */
    struct rk_place place; /**< the block of the narrative, for messages */
};

/** "dumbbell" to CHART_DUMBBELL; false when there is no such kind. */
bool chart_kind_find(const char *name, enum chart_kind *out);
const char *chart_kind_name(enum chart_kind kind);
/** The names, in the order of the kinds, for "did you mean". */
const char *const *chart_kind_names(size_t *count);

/**
 * A figure block's wish: `result=belief chart=dumbbell show=percent ...` as key and value
 * pairs. docs/charts.md has the keys; an unknown key, result, row, column or measure is
 * RK_STUDY after a message with the nearest spelling.
 */
struct chart_key {
    const char *key, *value;
};
struct chart_request {
    const char *id;
    const char *headline, *subtitle;
    const struct chart_key *keys;
    size_t key_count;
    struct rk_place place;
    struct rk_map *shown; /**< gets the ids of the cells that the chart shows; or NULL */
};

/** Cells of a result as a chart. Everything the spec points to is in the run's arena. */
rk_status chart_from_cells(struct rk_run *run, const struct results *results,
                           const struct chart_request *request,
                           struct chart_spec *out) RK_MUST_CHECK;

/** Alt text, first level: the finding (the headline, or what the chart is when there is
 * none). */
const char *chart_alt(struct rk_arena *arena, const struct chart_spec *spec);
/** Second level: every number in words, "Manchester (197 clients): 38.6% at first, ...". */
const char *chart_description(struct rk_arena *arena, const struct chart_spec *spec);

/**
 * Draws all charts with one gnuplot process and writes ID.draw, ID.svg and ID.gp into
 * `out`. A chart that fails names itself and the rest goes on; then RK_WORLD at the end.
 * gnuplot missing is RK_WORLD with the package to install; a spec that cannot be drawn
 * (no group, width too small, too many rows for a page) is RK_STUDY.
 */
rk_status charts_draw(struct rk_run *run, const struct chart_spec *specs, size_t count,
                      struct rk_out *out) RK_MUST_CHECK;

#endif
