// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_LOOK_H
#define RENDER_CHART_LOOK_H

#include "render/chart.h"

/** What a theme means for its charts: its fonts, its colours, and the width of its text. */
struct chart_look {
    const char *theme;
    struct fonts *fonts;
    struct chart_style style;
    double width_mm;
};

/** `theme` NULL or "": evaluation. Close the fonts after use. */
rk_status chart_look_open(struct rk_run *run, const char *theme,
                          struct chart_look *out) RK_MUST_CHECK;

#endif
