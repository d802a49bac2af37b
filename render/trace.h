// SPDX-License-Identifier: MIT
#ifndef RENDER_TRACE_H
#define RENDER_TRACE_H

#include "pipeline/base/rk_arena.h"

/**
 * Pages as text, for tests: one line for each thing drawn, in the order of drawing.
 *
 *     page 3 595.3 841.9
 *     text 72.0 640.2 10.5 Carlito P "Of the 315 clients who answered twice"
 *     box 70.9 500.0 453.5 120.0 fill
 *     picture 70.9 500.0 453.5 120.0
 *     line 70.9 480.0 524.4 480.0
 *     shape 70.9 500.0 12 fill                  first point, number of points
 *     anchor tbl-belief 655.0
 *     link 120.0 640.0 50.0 12.0 #tbl-belief
 *     bookmark 1 700.0 "Achievements"
 *
 * x, y (points from the lower left; of a box its lower left corner), for text its size,
 * face and element. Artifacts have "-" for their element.
 */
struct trace;

struct trace *trace_new(struct rk_arena *arena);
void trace_add(struct trace *trace, const char *format, ...) RK_PRINTF(2, 3);
/** Everything so far; lives as long as the arena. */
const char *trace_text(const struct trace *trace);

#endif
