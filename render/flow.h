// SPDX-License-Identifier: MIT
#ifndef RENDER_FLOW_H
#define RENDER_FLOW_H

#include "pipeline/base/rk_run.h"
#include "render/document.h"
#include "render/theme.h"

/**
 * Blocks to pages. A document becomes one long list of lines, rows, figures and spaces; the
 * list is cut into pages where that costs least; then the pages, whose numbers are now
 * known, are drawn.
 */

/** Lays a document out in its theme and writes the PDF, whole or not at all.
 *  RK_STUDY: a character that no font has, a link to nowhere. RK_WORLD: a font, an
 * attachment or a draw list is missing, the disk is full. */
rk_status flow_render(struct rk_run *run, const struct doc *doc,
                      const char *pdf_path) RK_MUST_CHECK;
/** Does so, and writes the pages as text (render/trace.h) to `trace_path`. */
rk_status flow_render_traced(struct rk_run *run, const struct doc *doc, const char *pdf_path,
                             const char *trace_path) RK_MUST_CHECK;

/** The same pages as text (render/trace.h) and, unless `pdf_path` is NULL, as PDF. */
rk_status flow_trace(struct rk_run *run, const struct doc *doc, const struct theme *theme,
                     const char *pdf_path, const char **trace) RK_MUST_CHECK;

#endif
