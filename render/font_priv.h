// SPDX-License-Identifier: MIT
#ifndef RENDER_FONT_PRIV_H
#define RENDER_FONT_PRIV_H

#include "render/font.h"

#include <hb.h>

/** A glyph and the characters it stands for; gets its two-byte PDF code when first painted.
 */
struct font_slot {
    const char *source; /**< UTF-8; "" for all but the first glyph of a cluster */
    size_t bytes;
    uint32_t glyph;
    uint16_t code; /**< 0: never painted */
    float natural; /**< advance in thousandths */
};

/** One font file. Metrics are in thousandths of the font size. */
struct font_file {
    struct fonts *fonts;
    const char *path;
    const char *name; /**< PostScript name */
    size_t number;    /**< position in fonts->files */
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *font;
    double scale; /**< font units to thousandths */
    double ascent, descent, cap_height, x_height, italic_angle;
    int box[4];
    bool bold;
    struct font_slot *slots;
    size_t slot_count, slot_cap;
    uint32_t *slot_index; /**< open addressing; slot + 1, 0 is free */
    size_t index_cap;
    uint32_t *slot_of_code; /**< code 0 is .notdef */
    size_t code_count, code_cap;
};

struct font_cached {
    uint32_t hash;
    const struct font_run *run;
};

/** A face: its file and those that stand in, first match wins. */
struct font {
    struct fonts *fonts;
    struct font_file **files;
    size_t count;
    struct font_cached *cache; /**< open addressing */
    size_t cached, cache_cap;
};

struct fonts {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct font_file **files;
    size_t file_count, file_cap;
    struct font *face[FONT_FACES];
    hb_buffer_t *buffer;
    hb_language_t language;
    struct rk_place place;
    uint32_t *missing;
    size_t missing_count, missing_cap;
};

/* font_find.c: a font file's path, or NULL. */
const char *font_find(struct rk_arena *arena, const char *name);

/* font_file.c */
/** Opens `name` once per `fonts`; RK_WORLD after a message. */
rk_status font_file_open(struct fonts *fonts, const char *name,
                         struct font_file **out) RK_MUST_CHECK;
void font_file_close(struct font_file *file);
/** The slot of a glyph that stands for `bytes` of `source`. */
uint32_t font_file_slot(struct font_file *file, uint32_t glyph, const char *source,
                        size_t bytes);
/** The code of a slot; from here on the glyph is part of the embedded subset. */
uint16_t font_file_code(struct font_file *file, uint32_t slot);
/** True if the file has a glyph for the character, composed or in parts. */
bool font_file_covers(const struct font_file *file, uint32_t character);

uint32_t font_hash(uint32_t seed, const char *text, size_t bytes);

#endif
