// SPDX-License-Identifier: MIT
#include "render/seal.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- a page as numbers and as characters ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/** Bytes of a number ("1,207", "36.5%") or of a mark ("[c]") at `at`, or 0. */
static size_t number_bytes(const char *at)
{
    size_t n = 0;

    if (at[0] == '[' && at[1] && strchr("cxz", at[1]) && at[2] == ']')
        return 3;
    if (!isdigit((unsigned char)*at))
        return 0;
    while (isdigit((unsigned char)at[n]) ||
           (strchr(".,", at[n]) && at[n] && isdigit((unsigned char)at[n + 1])))
        n++;
    return n + (at[n] == '%');
}

const char *seal_numbers(struct rk_arena *arena, const char *text)
{
    char **numbers = NULL, *all, *out;
    size_t count = 0, cap = 0, bytes = 1;

    for (const char *p = text; *p;) {
        size_t n = number_bytes(p);
        if (n) {
            RK_ROOM(arena, numbers, count, cap);
            numbers[count++] = rk_arena_copy_n(arena, p, n);
            bytes += n + 1;
        }
        p += n ? n : 1;
    }
    if (count)
        qsort(numbers, count, sizeof *numbers, by_text);
    all = out = RK_ARRAY(arena, char, bytes);
    for (size_t i = 0; i < count; i++) {
        if (i)
            *out++ = ' ';
        out = stpcpy(out, numbers[i]);
    }
    return all;
}

static int by_character(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/** Signs that readers of PDF spell in their own ways. */
static bool counts(uint32_t character)
{
    return !rk_text_is_blank(character) && character >= 0x20 && character != 0xAD &&
           character != 0xFFFD;
}

void seal_characters(struct rk_arena *arena, const char *text, char hex[65])
{
    uint32_t *all = RK_ARRAY(arena, uint32_t, strlen(text) + 1), character;
    size_t count = 0;

    while ((character = rk_text_next(&text)) != 0)
        if (counts(character))
            all[count++] = character;
    if (count)
        qsort(all, count, sizeof *all, by_character);
    rk_hash_bytes(all, count * sizeof *all, hex);
}

/* ---- the pages of a trace ---- */

struct sealing {
    struct rk_arena *arena;
    struct rk_csv_writer csv;
    char *text; /**< of the page that grows */
    size_t bytes, cap;
    size_t page;
};

static void put_row(struct sealing *sealing, const char *kind, const char *name,
                    const char *value)
{
    rk_csv_cell(&sealing->csv, kind);
    rk_csv_cell(&sealing->csv, name);
    rk_csv_cell(&sealing->csv, value);
    rk_csv_end(&sealing->csv);
}

static void add_text(struct sealing *sealing, const char *text, size_t bytes)
{
    while (sealing->bytes + bytes + 2 > sealing->cap) {
        size_t cap = sealing->cap ? 2 * sealing->cap : 4096;
        sealing->text =
            rk_arena_grow(sealing->arena, sealing->text, sealing->bytes, cap, 1);
        sealing->cap = cap;
    }
    memcpy(sealing->text + sealing->bytes, text, bytes);
    sealing->bytes += bytes;
    sealing->text[sealing->bytes++] = '\n';
    sealing->text[sealing->bytes] = '\0';
}

static void end_page(struct sealing *sealing)
{
    const char *text = sealing->bytes ? sealing->text : "";
    char name[32], hex[65];

    if (!sealing->page)
        return;
    rk_text_long(name, (int64_t)sealing->page);
    seal_characters(sealing->arena, text, hex);
    put_row(sealing, "page", name, hex);
    put_row(sealing, "numbers", name, seal_numbers(sealing->arena, text));
    sealing->bytes = 0;
}

static void put_pages(struct sealing *sealing, const char *trace)
{
    for (const char *line = trace; *line;) {
        const char *end = strchr(line, '\n');
        if (!end)
            end = line + strlen(line);
        if (strncmp(line, "page ", 5) == 0) {
            end_page(sealing);
            sealing->page++;
        } else if (strncmp(line, "text ", 5) == 0) {
            const char *quote = memchr(line, '"', (size_t)(end - line));
            if (quote && end > quote + 1)
                add_text(sealing, quote + 1, (size_t)(end - quote - 2));
        }
        line = *end ? end + 1 : end;
    }
    end_page(sealing);
}

/* ---- cells that the document prints ---- */

static void put_spans(struct sealing *sealing, struct doc_text text)
{
    for (size_t i = 0; i < text.count; i++)
        if (text.spans[i].cell && text.spans[i].text[0])
            put_row(sealing, "cell", text.spans[i].cell, text.spans[i].text);
}

static void put_table(struct sealing *sealing, const struct doc_table *table)
{
    for (size_t r = 0; table && r < table->count; r++)
        for (size_t c = 0; c < table->rows[r].count; c++)
            put_spans(sealing, table->rows[r].cells[c].text);
    for (size_t i = 0; table && i < table->note_count; i++)
        put_spans(sealing, table->notes[i]);
}

static void put_blocks(struct sealing *sealing, struct doc_block *const *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct doc_block *block = blocks[i];
        put_spans(sealing, block->text);
        put_spans(sealing, block->caption);
        put_spans(sealing, block->subtitle);
        put_table(sealing, block->table);
        put_blocks(sealing, block->children, block->count);
    }
}

static rk_status put_files(struct sealing *sealing, struct rk_diag *diag, const struct doc *doc)
{
    for (size_t i = 0; i < doc->attachment_count; i++) {
        const char *path = doc->attachments[i], *slash = strrchr(path, '/');
        char hex[65];
        RK_TRY(rk_hash_file(diag, path, hex));
        put_row(sealing, "file", slash ? slash + 1 : path, hex);
    }
    return RK_OK;
}

rk_status seal_make(struct rk_arena *arena, struct rk_diag *diag, const struct doc *doc,
                    const char *trace, char **csv, size_t *bytes)
{
    struct sealing sealing = {.arena = arena};
    char *memory = NULL;
    rk_status status;

    *csv = NULL;
    sealing.csv.file = open_memstream(&memory, bytes);
    if (!sealing.csv.file)
        return rk_fail(diag, RK_WORLD, RK_NOWHERE, "out of memory");
    put_row(&sealing, "kind", "name", "value");
    put_row(&sealing, "reckon", "version", RK_VERSION);
    status = put_files(&sealing, diag, doc);
    put_pages(&sealing, trace);
    put_spans(&sealing, doc->front.abstract);
    put_blocks(&sealing, doc->blocks, doc->count);
    for (size_t i = 0; i < doc->note_count; i++)
        put_blocks(&sealing, doc->notes[i].children, doc->notes[i].count);
    if (fclose(sealing.csv.file) != 0 && status == RK_OK)
        status = rk_fail(diag, RK_WORLD, RK_NOWHERE, "out of memory");
    if (status == RK_OK)
        *csv = rk_arena_copy_n(arena, memory, *bytes);
    free(memory);
    return status;
}
