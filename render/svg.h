// SPDX-License-Identifier: MIT
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "pipeline/base/rk_out.h"
#include "render/chart_draw.h"

#include <stdio.h>

/** A draw list as an SVG 1.1 picture for slides: vectors, real text, and title and
 * description for those who hear it. */
struct svg_words {
    const char *title;
    const char *description;
};

/** Errors show in ferror(file). */
void svg_write(FILE *file, const struct chart_draw *draw, const struct svg_words *words);

/** Writes ID.draw and ID.svg of a finished figure. */
rk_status chart_files(struct rk_arena *arena, struct rk_out *out, const char *id,
                      const struct chart_draw *draw,
                      const struct svg_words *words) RK_MUST_CHECK;

#endif
