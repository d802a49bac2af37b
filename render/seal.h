// SPDX-License-Identifier: MIT
#ifndef RENDER_SEAL_H
#define RENDER_SEAL_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"
#include "render/document.h"

/**
 * seal.csv, attached to every report: what its pages print and what its attachments hold, so that
 * the PDF alone can be checked (`reckon verify`). Columns kind,name,value:
 *
 *     reckon,version,0.1.0
 *     file,cells.csv,HASH            of each other attachment
 *     page,3,HASH                    of the characters of a page, whatever their order
 *     numbers,3,"15.2% 830 [c]"      the numbers of a page, sorted
 *     cell,belief.all.change.points,"7.6 percentage points (95% CI 2.1 to 13.1)"   each printing
 */

/** `trace` is that of all pages (render/trace.h). RK_WORLD when an attachment cannot be read. */
rk_status seal_make(struct rk_arena *arena, struct rk_diag *diag, const struct doc *doc,
                    const char *trace, char **csv, size_t *bytes) RK_MUST_CHECK;

/** The numbers and marks of a page's text, sorted, a blank between two: "15.2% 830 [c]". */
const char *seal_numbers(struct rk_arena *arena, const char *text);
/** Hash of the characters of a page's text but for blanks, sorted: the order in which a reader of
 *  PDF finds the pieces of a page does not matter. */
void seal_characters(struct rk_arena *arena, const char *text, char hex[65]);

#endif
