// SPDX-License-Identifier: MIT
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "render/chart_draw.h"

#include <stdio.h>

/** A draw list as an SVG 1.1 picture for slides: vectors, real text in `family` with plain
 *  fallbacks, and title and description for those who hear it. */
struct svg_words {
    const char *title;
    const char *description;
    const char *family; /**< "Carlito" */
};

/** Errors show in ferror(file). */
void svg_write(FILE *file, const struct chart_draw *draw, const struct svg_words *words);

#endif
