// SPDX-License-Identifier: MIT
#ifndef CHART_CASE_H
#define CHART_CASE_H

#include "render/chart.h"
#include "render/chart_draw.h"

/**
 * Charts from a few words, for tests. Groups and series are parted by `|`; `values` has a
 * line per group (parted by `;`) with a cell per series (parted by blanks): `38.6`,
 * `38.6,32,45` with its limits, `c` masked, `-` nothing there. Of several panels the lines
 * follow each other.
 */
struct chart_case {
    const char *id;
    enum chart_kind kind;
    enum cell_unit unit;
    const char *groups, *series, *values;
    const char *panels; /**< NULL: one */
    const char
        *targets;      /**< names of series that are targets, profiles or limits, or NULL */
    long n;            /**< of every group; 0: none */
    double reference;  /**< 0: none */
    const char *notes; /**< of the groups, parted by `|` */
};

struct chart_spec chart_case_spec(struct rk_arena *arena, const struct chart_case *about);

/** A run in a fresh folder that draws `specs` into OUT/50-charts and commits whatever
 * happened. `folder` (may be NULL) gets the path of 50-charts. */
rk_status chart_case_draw(struct rk_arena *arena, const struct chart_spec *specs,
                          size_t count, const char **folder);

/** Every kind with ordinary and with awkward data. */
extern const struct chart_case chart_cases[];
extern const size_t chart_case_count;

#endif
