// SPDX-License-Identifier: MIT
#ifndef RENDER_PDF_SYNTAX_H
#define RENDER_PDF_SYNTAX_H

#include "pipeline/base/rk_arena.h"

#include <stddef.h>

/**
 * The bytes of PDF: a growing buffer, and numbers, strings and names as the format spells
 * them. Independent of locale. Text from outside is always escaped here, never pasted.
 */
struct pdf_bytes {
    struct rk_arena *arena;
    char *data; /**< always followed by a NUL */
    size_t length, cap;
};

void pdf_put(struct pdf_bytes *out, const char *text);
void pdf_put_n(struct pdf_bytes *out, const void *data, size_t bytes);
/** printf for integers and text that is known to be plain syntax. */
void pdf_putf(struct pdf_bytes *out, const char *format, ...) RK_PRINTF(2, 3);
/** A number with at most `decimals` (0 to 4) decimals, without trailing zeros, and a blank.
 */
void pdf_put_number(struct pdf_bytes *out, double value, int decimals);
/** A text string: (ASCII) with escapes, or <FEFF...> in UTF-16 when it is not ASCII. */
void pdf_put_text(struct pdf_bytes *out, const char *utf8);
/** Upper-case hex of UTF-16BE, no brackets. */
void pdf_put_utf16(struct pdf_bytes *out, const char *utf8, size_t bytes);
/** " 12 0 R" */
void pdf_put_ref(struct pdf_bytes *out, unsigned object);
/** Text inside XML: & < > " escaped, control characters left out. */
void pdf_put_xml(struct pdf_bytes *out, const char *utf8);

#endif
