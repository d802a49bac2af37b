// SPDX-License-Identifier: MIT
#ifndef RENDER_NARRATIVE_H
#define RENDER_NARRATIVE_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"
#include "render/chart.h"
#include "render/document.h"

/** A report's Markdown (docs/narrative.md) with the released cells: a document, ready for pages. */

/** A figure that the chart stage draws: a chart from cells, or boxes and arrows. */
struct narrative_figure {
    const char *id;          /**< "interim-evaluation.fig-belief": name of its .draw file */
    bool diagram;            /**< boxes and arrows: `lines` */
    struct chart_spec chart; /**< else */
    const char **lines;
    size_t line_count;
    const char *headline;
    double width_mm;
    struct rk_place place;   /**< of the first line */
};

struct narrative {
    const char *name; /**< "interim-evaluation" */
    struct doc doc;
    struct narrative_figure *figures;
    size_t figure_count;
};

/** Reads STUDYDIR/NAME.md. RK_STUDY after every problem of the file has been said: its own
 *  mistakes, and what lint (render/lint.h) finds wrong in its words. */
rk_status narrative_read(struct rk_run *run, const struct results *results, const char *name,
                         struct narrative **out) RK_MUST_CHECK;
/** The same without a look at the words. */
rk_status narrative_check(struct rk_run *run, const struct results *results, const char *name,
                          struct narrative **out) RK_MUST_CHECK;

#endif
