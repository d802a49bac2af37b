// SPDX-License-Identifier: MIT
#ifndef RENDER_FONT_H
#define RENDER_FONT_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Typefaces: found, measured, shaped (HarfBuzz: kerning, ligatures, accents, Arabic forms).
 * A character that a face lacks comes from the fallback faces; one that none of them has is
 * an error that names it. Sizes and widths are in points. Text is UTF-8; tabs and line ends
 * count as blanks.
 */
enum font_face {
    FONT_REGULAR,
    FONT_BOLD,
    FONT_ITALIC,
    FONT_BOLD_ITALIC,
    FONT_HEADING,
    FONT_CODE,
    FONT_FACES /**< how many there are */
};

/**
 * Which files: a file name ("Carlito-Bold.ttf"), a path below a font folder
 * ("truetype/crosextra/Carlito-Bold.ttf", found sooner) or an absolute path. A NULL face is
 * the regular one. Font folders: RECKON_FONTS (colon-separated), /usr/share/fonts,
 * /usr/local/share/fonts. TrueType outlines only: a CFF font is refused with a message.
 */
struct fonts_choice {
    const char *face[FONT_FACES];
    const char *const *fallback; /**< tried in order when a face lacks a character */
    size_t fallback_count;
    const char *const *bold_fallback; /**< tried before them for bold and heading */
    size_t bold_fallback_count;
    struct rk_place place; /**< of the choice in a theme: messages name it */
};

/** Carlito, then DejaVu Sans for what Carlito lacks, DejaVu Sans Mono for code. */
extern const struct fonts_choice fonts_default;

/** The faces of one document: measured by anybody, embedded into one PDF. */
struct fonts;
/** One face with those it falls back on. Belongs to its `fonts`. */
struct font;

/** RK_WORLD: a file is missing (the message names the Debian package) or is no TrueType
 * font. */
rk_status fonts_open(struct rk_arena *arena, struct rk_diag *diag,
                     const struct fonts_choice *choice, struct fonts **out) RK_MUST_CHECK;
void fonts_close(struct fonts *fonts);
struct font *fonts_face(const struct fonts *fonts, enum font_face face);

/** Where the text shaped from now on stands in its source, for the message about a
 * character that no font has. Each such character is told to `diag` once, as an error. */
void fonts_place(struct fonts *fonts, struct rk_place place);
/** How many characters had no glyph so far. */
size_t fonts_missing(const struct fonts *fonts);

/** What breaking lines must know of a character. */
bool font_is_letter(uint32_t character);
bool font_is_lower(uint32_t character);
bool font_is_upper(uint32_t character);
/** An accent or the like, painted over the character before it. */
bool font_is_mark(uint32_t character);

/** Advance width in points, kerning included. */
double font_width(struct font *font, const char *text, double size);
/** Heights above the baseline and depth below it (positive), in points. */
double font_ascent(const struct font *font, double size);
double font_descent(const struct font *font, double size);
double font_cap_height(const struct font *font, double size);
double font_x_height(const struct font *font, double size);
/** "Carlito-Bold", for traces. */
const char *font_name(const struct font *font);

/**
 * A shaped piece of text: glyphs of one or more faces in the order they are painted. `slot`
 * is the file's entry for the glyph together with the characters it came from, so that text
 * comes out of the PDF as it went in ("ffi" of "office"). Advances and offsets are in
 * thousandths of the font size.
 */
struct font_glyph {
    struct font_file *file;
    uint32_t slot;
    float advance;   /**< as shaped, with kerning */
    float natural;   /**< as the PDF's width table has it */
    float right, up; /**< offset of an accent */
};
struct font_run {
    const char *text; /**< as given, for traces */
    size_t bytes;
    struct font_glyph *glyphs;
    size_t count;
    float width;   /**< sum of the advances, thousandths of the font size */
    bool leftward; /**< Arabic, Hebrew: written right to left */
};

/** Shapes `bytes` of text, e.g. one word. The run lives as long as `fonts`; the same text
 * gives the same run again without work. */
const struct font_run *font_shape(struct font *font, const char *text, size_t bytes);

#endif
