// SPDX-License-Identifier: MIT
#include "render/font_priv.h"

#include <hb-ot.h>
#include <math.h>
#include <string.h>

uint32_t font_hash(uint32_t seed, const char *text, size_t bytes)
{
    uint32_t hash = 2166136261u ^ (seed * 2654435761u);

    for (size_t i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

static double metric(struct font_file *file, hb_ot_metrics_tag_t tag, double otherwise)
{
    hb_position_t value;

    if (hb_ot_metrics_get_position(file->font, tag, &value) && value != 0)
        return value * file->scale;
    return otherwise;
}

static void read_box(struct font_file *file)
{
    hb_blob_t *head = hb_face_reference_table(file->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length;
    const unsigned char *data = (const unsigned char *)hb_blob_get_data(head, &length);

    for (size_t i = 0; i < 4 && length >= 44; i++) {
        int16_t edge = (int16_t)(data[36 + 2 * i] << 8 | data[37 + 2 * i]);

        file->box[i] = (int)lround(edge * file->scale);
    }
    hb_blob_destroy(head);
}

static void read_metrics(struct font_file *file)
{
    hb_font_extents_t extents;

    hb_font_get_h_extents(file->font, &extents);
    file->ascent = extents.ascender * file->scale;
    file->descent = -extents.descender * file->scale;
    file->cap_height = metric(file, HB_OT_METRICS_TAG_CAP_HEIGHT, file->ascent * 0.7);
    file->x_height = metric(file, HB_OT_METRICS_TAG_X_HEIGHT, file->ascent * 0.5);
    file->italic_angle = hb_style_get_value(file->font, HB_STYLE_TAG_SLANT_ANGLE);
    file->bold = hb_style_get_value(file->font, HB_STYLE_TAG_WEIGHT) >= 600;
    read_box(file);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(table) > 0;

    hb_blob_destroy(table);
    return has;
}

static const char *postscript_name(struct font_file *file)
{
    char name[96];
    unsigned length = sizeof name;

    hb_ot_name_get_utf8(file->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID,
                        &length, name);
    /* It becomes a PDF name: anything but letters, digits and hyphens would need escaping.
     */
    for (char *c = name; *c; c++)
        if (!strchr("-", *c) && !(*c >= '0' && *c <= '9') &&
            !((*c | 32) >= 'a' && (*c | 32) <= 'z'))
            *c = '_';
    return rk_arena_copy(file->fonts->arena, *name ? name : "Font");
}

static rk_status load(struct font_file *file)
{
    struct rk_place place = RK_AT(file->path, 0, 0);
    struct rk_diag *diag = file->fonts->diag;

    file->blob = hb_blob_create_from_file_or_fail(file->path);
    if (!file->blob) return rk_fail(diag, RK_WORLD, place, "cannot read this font");
    file->face = hb_face_create(file->blob, 0);
    if (!has_table(file->face, HB_TAG('g', 'l', 'y', 'f')))
        return rk_fail(diag, RK_WORLD, place,
                       "not a TrueType font; choose a .ttf file in the theme");
    if (hb_face_get_glyph_count(file->face) == 0 || hb_face_get_upem(file->face) == 0)
        return rk_fail(diag, RK_WORLD, place, "a damaged font: it has no glyphs");
    file->font = hb_font_create(file->face);
    file->scale = 1000.0 / hb_face_get_upem(file->face);
    file->name = postscript_name(file);
    read_metrics(file);
    return RK_OK;
}

static rk_status fail_missing(struct fonts *fonts, const char *name)
{
    const char *base = strrchr(name, '/');

    base = base ? base + 1 : name;
    if (strncmp(base, "Carlito", 7) == 0)
        return rk_fail(fonts->diag, RK_WORLD, fonts->place,
                       "no font %s; type: apt-get install fonts-crosextra-carlito", base);
    if (strncmp(base, "DejaVu", 6) == 0)
        return rk_fail(
            fonts->diag, RK_WORLD, fonts->place,
            "no font %s; type: apt-get install fonts-dejavu-core fonts-dejavu-extra", base);
    return rk_fail(
        fonts->diag, RK_WORLD, fonts->place,
        "no font %s below /usr/share/fonts, /usr/local/share/fonts or RECKON_FONTS; install "
        "it or name another",
        *base ? base : "\"\"");
}

rk_status font_file_open(struct fonts *fonts, const char *name, struct font_file **out)
{
    const char *path = font_find(fonts->arena, name);
    struct font_file *file;

    if (!path) return fail_missing(fonts, name);
    for (size_t i = 0; i < fonts->file_count; i++) {
        if (strcmp(fonts->files[i]->path, path) == 0) {
            *out = fonts->files[i];
            return RK_OK;
        }
    }
    file = RK_NEW(fonts->arena, struct font_file);
    file->fonts = fonts;
    file->path = path;
    file->number = fonts->file_count;
    RK_ROOM(fonts->arena, fonts->files, fonts->file_count, fonts->file_cap);
    fonts->files[fonts->file_count++] = file;
    *out = file;
    return load(file);
}

void font_file_close(struct font_file *file)
{
    hb_font_destroy(file->font);
    hb_face_destroy(file->face);
    hb_blob_destroy(file->blob);
}

static bool same_slot(const struct font_slot *slot, uint32_t glyph, const char *source,
                      size_t bytes)
{
    return slot->glyph == glyph && slot->bytes == bytes &&
           memcmp(slot->source, source, bytes) == 0;
}

static void index_slot(struct font_file *file, uint32_t slot)
{
    const struct font_slot *s = &file->slots[slot];
    size_t at = font_hash(s->glyph, s->source, s->bytes) & (file->index_cap - 1);

    while (file->slot_index[at])
        at = (at + 1) & (file->index_cap - 1);
    file->slot_index[at] = slot + 1;
}

static void grow_index(struct font_file *file)
{
    file->index_cap = file->index_cap ? 2 * file->index_cap : 512;
    file->slot_index = RK_ARRAY(file->fonts->arena, uint32_t, file->index_cap);
    for (uint32_t i = 0; i < file->slot_count; i++)
        index_slot(file, i);
}

uint32_t font_file_slot(struct font_file *file, uint32_t glyph, const char *source,
                        size_t bytes)
{
    struct rk_arena *arena = file->fonts->arena;
    size_t at;

    if (2 * file->slot_count >= file->index_cap) grow_index(file);
    at = font_hash(glyph, source, bytes) & (file->index_cap - 1);
    for (; file->slot_index[at]; at = (at + 1) & (file->index_cap - 1))
        if (same_slot(&file->slots[file->slot_index[at] - 1], glyph, source, bytes))
            return file->slot_index[at] - 1;
    RK_ROOM(arena, file->slots, file->slot_count, file->slot_cap);
    file->slots[file->slot_count] = (struct font_slot){
        .source = rk_arena_copy_n(arena, source, bytes),
        .bytes = bytes,
        .glyph = glyph,
        .natural = (float)(hb_font_get_glyph_h_advance(file->font, glyph) * file->scale),
    };
    file->slot_index[at] = (uint32_t)++file->slot_count;
    return (uint32_t)file->slot_count - 1;
}

uint16_t font_file_code(struct font_file *file, uint32_t slot)
{
    struct font_slot *s = &file->slots[slot];

    if (s->code || file->code_count > 0xfffe) return s->code;
    RK_ROOM(file->fonts->arena, file->slot_of_code, file->code_count, file->code_cap);
    if (file->code_count == 0) file->code_count = 1;
    file->slot_of_code[file->code_count] = slot;
    s->code = (uint16_t)file->code_count++;
    return s->code;
}

bool font_file_covers(const struct font_file *file, uint32_t character)
{
    hb_codepoint_t glyph, first, second;

    if (hb_font_get_nominal_glyph(file->font, character, &glyph)) return true;
    if (!hb_unicode_decompose(hb_unicode_funcs_get_default(), character, &first, &second))
        return false;
    return font_file_covers(file, first) && (!second || font_file_covers(file, second));
}
