// SPDX-License-Identifier: MIT
/* Text to glyphs: cut into items of one file and one script, each shaped by HarfBuzz. */
#include "render/font_priv.h"

#include "pipeline/base/rk_text.h"

#include <hb-ot.h>
#include <string.h>

/* Characters that are painted by nothing, or by a blank of any width: every font can. */
static bool needs_no_glyph(uint32_t c)
{
    return c == 0x00ad || c == 0x00a0 || (c >= 0x2000 && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x2064) || c == 0x3000 ||
           (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/* Also what joins or varies the character before it: it must come from the same file. */
static bool is_mark(uint32_t c)
{
    return font_is_mark(c) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f);
}

/* A base character with its accents: they must come from one file. */
struct cluster {
    const char *start, *end;
    uint32_t base;
};

static struct cluster next_cluster(const char *text, const char *end)
{
    struct cluster cluster = {.start = text};
    const char *ahead;

    cluster.base = rk_text_next(&text);
    for (ahead = text; ahead < end; text = ahead)
        if (!is_mark(rk_text_next(&ahead))) break;
    cluster.end = text;
    return cluster;
}

static bool covers(const struct font_file *file, uint32_t c)
{
    return c < 0x20 || needs_no_glyph(c) || font_file_covers(file, c) ||
           (c == 0x2011 && font_file_covers(file, '-'));
}

/* A base with an accent counts as covered when the file has the two as one character. */
static bool covers_cluster(const struct font_file *file, const struct cluster *cluster)
{
    const char *text = cluster->start;
    uint32_t base = rk_text_next(&text);
    hb_codepoint_t both;

    while (text < cluster->end) {
        uint32_t mark = rk_text_next(&text);

        if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, mark, &both) &&
            font_file_covers(file, both))
            base = both;
        else if (!covers(file, mark))
            return false;
    }
    return covers(file, base);
}

static struct font_file *file_for(const struct font *font, const struct cluster *cluster)
{
    for (size_t i = 0; i < font->count; i++)
        if (covers_cluster(font->files[i], cluster)) return font->files[i];
    return font->files[0];
}

static hb_script_t script_of(uint32_t c, hb_script_t before)
{
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);

    if (script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
        script == HB_SCRIPT_UNKNOWN)
        return before;
    return script;
}

struct item {
    const char *start, *end;
    struct font_file *file;
    hb_script_t script;
};

/* The longest item from `text` on. Signs without a script of their own join what is before
 * them, or, at the start, what follows. */
static struct item next_item(const struct font *font, const char *text, const char *end)
{
    struct item item = {.start = text, .end = text, .script = HB_SCRIPT_COMMON};

    while (item.end < end) {
        struct cluster cluster = next_cluster(item.end, end);
        struct font_file *file = file_for(font, &cluster);
        hb_script_t script = script_of(cluster.base, item.script);

        if (item.file && item.file != file) break;
        if (item.script != HB_SCRIPT_COMMON && script != item.script) break;
        item.file = file;
        item.script = script;
        item.end = cluster.end;
    }
    if (item.script == HB_SCRIPT_COMMON) item.script = HB_SCRIPT_LATIN;
    return item;
}

static void note_missing(struct fonts *fonts, uint32_t c)
{
    char utf8[8] = "";

    for (size_t i = 0; i < fonts->missing_count; i++)
        if (fonts->missing[i] == c) return;
    RK_ROOM(fonts->arena, fonts->missing, fonts->missing_count, fonts->missing_cap);
    fonts->missing[fonts->missing_count++] = c;
    utf8[rk_text_put(utf8, c)] = '\0';
    rk_diag_say(fonts->diag, RK_DIAG_ERROR, fonts->place,
                "no font of the theme has the character %s (U+%04X); replace it, or add a "
                "fallback font to the theme",
                utf8, (unsigned)c);
}

static void fill_buffer(hb_buffer_t *buffer, const struct item *item)
{
    const char *text = item->start;

    hb_buffer_clear_contents(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    while (text < item->end) {
        unsigned cluster = (unsigned)(text - item->start);
        uint32_t c = rk_text_next(&text);

        if (c < 0x20) c = ' ';
        if (c == 0x2011 && !font_file_covers(item->file, c)) c = '-';
        hb_buffer_add(buffer, c, cluster);
    }
    hb_buffer_set_script(buffer, item->script);
    hb_buffer_set_direction(buffer, hb_script_get_horizontal_direction(item->script));
    if (hb_buffer_get_direction(buffer) != HB_DIRECTION_RTL)
        hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
}

/* End of the characters that glyph `at` begins: the start of the next cluster in text
 * order. */
static unsigned cluster_end(const hb_glyph_info_t *info, unsigned count, unsigned at,
                            bool leftward, unsigned bytes)
{
    unsigned cluster = info[at].cluster;

    if (leftward) {
        for (unsigned i = at; i-- > 0;)
            if (info[i].cluster != cluster) return info[i].cluster;
        return bytes;
    }
    for (unsigned i = at; i < count; i++)
        if (info[i].cluster != cluster) return info[i].cluster;
    return bytes;
}

static void read_glyphs(struct font_run *run, const struct item *item, hb_buffer_t *buffer)
{
    unsigned count, bytes = (unsigned)(item->end - item->start);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    bool leftward = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL;
    double scale = item->file->scale;

    for (unsigned i = 0; i < count; i++) {
        const char *source = item->start + info[i].cluster;
        bool first = i == 0 || info[i - 1].cluster != info[i].cluster;
        unsigned end = cluster_end(info, count, i, leftward, bytes);
        struct font_glyph *glyph = &run->glyphs[run->count++];

        if (info[i].codepoint == 0) {
            const char *at = source;

            note_missing(item->file->fonts, rk_text_next(&at));
        }
        glyph->file = item->file;
        glyph->slot = font_file_slot(item->file, info[i].codepoint, source,
                                     first ? end - info[i].cluster : 0);
        glyph->natural = item->file->slots[glyph->slot].natural;
        glyph->advance = (float)(position[i].x_advance * scale);
        glyph->right = (float)(position[i].x_offset * scale);
        glyph->up = (float)(position[i].y_offset * scale);
        run->width += glyph->advance;
        run->leftward = run->leftward || leftward;
    }
}

static void shape_item(struct font *font, struct font_run *run, const struct item *item)
{
    struct fonts *fonts = font->fonts;
    unsigned count;

    fill_buffer(fonts->buffer, item);
    hb_buffer_set_language(fonts->buffer, fonts->language);
    hb_shape(item->file->font, fonts->buffer, NULL, 0);
    hb_buffer_get_glyph_infos(fonts->buffer, &count);
    run->glyphs = rk_arena_grow(fonts->arena, run->glyphs, run->count, run->count + count,
                                sizeof *run->glyphs);
    read_glyphs(run, item, fonts->buffer);
}

static const struct font_run *shape(struct font *font, const char *text, size_t bytes)
{
    struct font_run *run = RK_NEW(font->fonts->arena, struct font_run);
    const char *end;

    run->text = rk_arena_copy_n(font->fonts->arena, text, bytes);
    run->bytes = bytes;
    for (text = run->text, end = text + bytes; text < end;) {
        struct item item = next_item(font, text, end);

        shape_item(font, run, &item);
        text = item.end;
    }
    return run;
}

static void cache_put(struct font *font, uint32_t hash, const struct font_run *run)
{
    size_t at = hash & (font->cache_cap - 1);

    while (font->cache[at].run)
        at = (at + 1) & (font->cache_cap - 1);
    font->cache[at] = (struct font_cached){hash, run};
}

static void grow_cache(struct font *font)
{
    struct font_cached *old = font->cache;
    size_t old_cap = font->cache_cap;

    font->cache_cap = old_cap ? 2 * old_cap : 1024;
    font->cache = RK_ARRAY(font->fonts->arena, struct font_cached, font->cache_cap);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].run) cache_put(font, old[i].hash, old[i].run);
}

const struct font_run *font_shape(struct font *font, const char *text, size_t bytes)
{
    uint32_t hash = font_hash(0, text, bytes);
    const struct font_run *run;

    if (2 * font->cached >= font->cache_cap) grow_cache(font);
    for (size_t at = hash & (font->cache_cap - 1); font->cache[at].run;
         at = (at + 1) & (font->cache_cap - 1)) {
        run = font->cache[at].run;
        if (font->cache[at].hash == hash && run->bytes == bytes &&
            memcmp(run->text, text, bytes) == 0)
            return run;
    }
    run = shape(font, text, bytes);
    cache_put(font, hash, run);
    font->cached++;
    return run;
}
