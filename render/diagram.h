// SPDX-License-Identifier: MIT
#ifndef RENDER_DIAGRAM_H
#define RENDER_DIAGRAM_H

#include "render/chart.h"
#include "render/chart_draw.h"

/**
 * Boxes and arrows from a few lines, for a logic model, a process or a flow of records:
 *
 *     direction: right                     right or down; else whichever suits
 *     referral: Referral | by Jobcentre    the words of a box: title | smaller words
 *     referral -> assessment : within 10 days
 *     assessment -> support -> review      a chain
 *     assessment ~> left : 27 excluded     a box at the side, in the same step
 *     layer Inputs: staff, money           boxes of one step, with a heading
 *
 * A box without words of its own shows its name. Steps are found from the arrows (an arrow
 * that would make a circle is drawn backwards), boxes are ordered so that few arrows cross.
 */
struct diagram;

/** RK_STUDY: an empty diagram, a line that is none of the above; all are said. `place` is
 * that of the first line. */
rk_status diagram_parse(struct rk_arena *arena, struct rk_diag *diag, struct rk_place place,
                        const char *const *lines, size_t count,
                        struct diagram **out) RK_MUST_CHECK;

/** Lays it out `width_mm` wide (0: 160). RK_STUDY when it does not fit. */
rk_status diagram_draw(struct rk_arena *arena, struct rk_diag *diag,
                       struct diagram *diagram, struct fonts *fonts,
                       const struct chart_style *style, double width_mm,
                       struct chart_draw *out) RK_MUST_CHECK;

/** The same in words: "Referral (by Jobcentre) leads to Assessment (within 10 days). ..."
 */
const char *diagram_description(struct rk_arena *arena, const struct diagram *diagram);

/**
 * Lines for the flow of records of a source, from the result `flow`: read, who left and why
 * at the side, what remained. RK_STUDY when the release has no such flow.
 */
rk_status diagram_flow(struct rk_run *run, const struct results *results,
                       struct rk_place place, const char *source, const char ***lines,
                       size_t *count) RK_MUST_CHECK;

#endif
