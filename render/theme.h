// SPDX-License-Identifier: MIT
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "pipeline/base/rk_run.h"
#include "render/font.h"
#include "render/page.h"

#include <stdbool.h>

/**
 * How a report looks: config/themes/NAME.yaml, every key of which is explained in
 * docs/themes.md. A theme needs no C. Lengths are points here; the file speaks millimetres
 * for paper.
 */

enum theme_cover {
    THEME_COVER_BAND,  /**< a cover page with a coloured band */
    THEME_COVER_PLAIN, /**< a cover page in black on white */
    THEME_COVER_BLOCK, /**< no cover page: a committee paper's header block */
};

struct theme_heading {
    double size, leading, above, below;
    bool rule; /**< a thin rule under it */
};

struct theme {
    const char *name;
    struct fonts_choice fonts;

    /* Paper. */
    double width, height, left, right, top, bottom;

    /* Running text. */
    double size, leading, gap, number_width, list_indent;
    bool justify, hyphenate;

    /* What is not running text. */
    double caption_size, table_size, table_least, table_padding, small_size, note_size;
    double block_gap;    /**< around tables, figures, boxes */
    double section_room; /**< share of a page that a section needs, or it starts a page */
    struct theme_heading heading[3];

    /* Colours. */
    struct colour ink, soft, accent, second, rule, band, band_ink, tint, case_bar,
        case_tint;
    bool table_bands; /**< group rows and totals on a tint */

    enum theme_cover cover;
    bool running_heads, page_of; /**< "3 of 40" */
    const char *contents_title, *tables_title, *figures_title, *continued;
    bool claims_ua; /**< writes the PDF/UA identifier */
    bool archive;   /**< writes PDF/A-1b, without attachments */
};

/** Reads a theme by name. RK_WORLD: there is none; RK_STUDY: after every problem in it was
 * said. */
rk_status theme_read(struct rk_run *run, const char *name, struct theme *out) RK_MUST_CHECK;
/** The same from a file. */
rk_status theme_read_file(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                          struct theme *out) RK_MUST_CHECK;
/** Contrast of two colours, 1 to 21 (WCAG 2.1). */
double theme_contrast(struct colour a, struct colour b);

#endif
