// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_doc.h"

#include <string.h>

static struct doc_text text_of(struct quality_doc *out, const char *words)
{
    struct doc_span *span;

    if (!words || !*words) return (struct doc_text){NULL, 0};
    span = RK_NEW(out->arena, struct doc_span);
    *span = (struct doc_span){.text = words, .footnote = -1};
    return (struct doc_text){span, 1};
}

static struct doc_block *new_block(struct quality_doc *out, enum doc_kind kind,
                                   const char *words)
{
    struct doc_block *block = RK_NEW(out->arena, struct doc_block);

    block->kind = kind;
    block->number = "";
    block->text = text_of(out, words);
    return block;
}

static struct doc_block *add(struct quality_doc *out, enum doc_kind kind, const char *words)
{
    struct doc_block *block = new_block(out, kind, words);

    RK_ROOM(out->arena, out->doc.blocks, out->doc.count, out->cap);
    out->doc.blocks[out->doc.count++] = block;
    return block;
}

void quality_heading(struct quality_doc *out, int level, const char *words)
{
    add(out, DOC_HEADING, words)->level = level;
}

void quality_new_page(struct quality_doc *out, int level, const char *heading)
{
    struct doc_block *block = add(out, DOC_HEADING, heading);

    block->level = level;
    block->page_before = true;
}

void quality_paragraph(struct quality_doc *out, const char *words)
{
    add(out, DOC_PARAGRAPH, words);
}

struct doc_block *quality_callout(struct quality_doc *out, const char *title)
{
    struct doc_block *block = add(out, DOC_CALLOUT, "");

    block->caption = text_of(out, title);
    return block;
}

void quality_callout_line(struct quality_doc *out, struct doc_block *callout,
                          const char *words)
{
    callout->children = rk_arena_grow(out->arena, callout->children, callout->count,
                                      callout->count + 1, sizeof *callout->children);
    callout->children[callout->count++] = new_block(out, DOC_PARAGRAPH, words);
}

static struct doc_row *add_row(struct quality_doc *out, enum doc_row_role role,
                               size_t cells)
{
    struct doc_table *table = out->into->table;
    struct doc_row *row;

    /* Doubled now and then, so that a list of thousands is no trouble. */
    if ((table->count & (table->count - 1)) == 0)
        table->rows = rk_arena_grow(out->arena, table->rows, table->count,
                                    2 * table->count + 1, sizeof *table->rows);
    row = &table->rows[table->count++];
    row->role = role;
    row->count = cells;
    row->cells = RK_ARRAY(out->arena, struct doc_cell, cells);
    for (size_t i = 0; i < cells; i++)
        row->cells[i].span = 1;
    return row;
}

void quality_row(struct quality_doc *out, enum doc_row_role role, const char *const *cells,
                 size_t count)
{
    struct doc_row *row = add_row(out, role, count);

    for (size_t i = 0; i < count; i++)
        row->cells[i].text = text_of(out, cells[i]);
}

void quality_group(struct quality_doc *out, const char *words)
{
    struct doc_row *row = add_row(out, DOC_ROW_GROUP, 1);

    row->cells[0].span = out->into->table->columns;
    row->cells[0].text = text_of(out, words);
}

void quality_table(struct quality_doc *out, const char *caption, const char *align,
                   const char *heads)
{
    struct doc_block *block = add(out, DOC_TABLE, "");
    const char **cells = RK_ARRAY(out->arena, const char *, strlen(align) + 1);
    size_t count = 0;

    block->table = RK_NEW(out->arena, struct doc_table);
    block->caption_kind = rk_arena_printf(out->arena, "Table %zu", ++out->tables);
    block->label = rk_arena_printf(out->arena, "tbl-%zu", out->tables);
    block->caption = text_of(out, caption);
    block->table->columns = strlen(align);
    block->table->align = RK_ARRAY(out->arena, enum doc_align, strlen(align));
    for (size_t i = 0; align[i]; i++)
        block->table->align[i] = align[i] == 'r' ? DOC_RIGHT : DOC_LEFT;
    out->into = block;
    for (char *rest = rk_arena_copy(out->arena, heads); rest && count < strlen(align);) {
        cells[count++] = rest;
        rest = strchr(rest, '|');
        if (rest) *rest++ = '\0';
    }
    quality_row(out, DOC_ROW_HEAD, cells, count);
}

void quality_note(struct quality_doc *out, const char *words)
{
    struct doc_table *table = out->into->table;

    table->notes = rk_arena_grow(out->arena, table->notes, table->note_count,
                                 table->note_count + 1, sizeof *table->notes);
    table->notes[table->note_count++] = text_of(out, words);
}

void quality_figure(struct quality_doc *out, const char *caption, const char *draw_path,
                    const char *alt, const char *description)
{
    struct doc_block *block = add(out, DOC_FIGURE, "");

    block->caption_kind = "Figure 1";
    block->label = "fig-complete";
    block->caption = text_of(out, caption);
    block->figure = RK_NEW(out->arena, struct doc_figure);
    block->figure->draw_path = draw_path;
    block->figure->alt = alt;
    block->figure->description = description;
}
