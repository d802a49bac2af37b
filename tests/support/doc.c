// SPDX-License-Identifier: MIT
#include "tests/support/doc.h"

#include <stdlib.h>
#include <string.h>

void write_begin(struct write *write)
{
    *write = (struct write){0};
    write->run.program = "test";
    write->run.arena = rk_arena_new();
    write->run.diag = rk_diag_new("test");
    write->doc.front.language = "en-GB";
}

void write_end(struct write *write)
{
    rk_diag_free(write->run.diag);
    rk_arena_free(write->run.arena);
}

struct spans {
    struct doc_span *at;
    size_t count, cap;
};

static void add_span(struct write *write, struct spans *spans, const char *text,
                     size_t bytes, struct doc_span like)
{
    if (bytes == 0) return;
    RK_ROOM(write->run.arena, spans->at, spans->count, spans->cap);
    like.text = rk_arena_copy_n(write->run.arena, text, bytes);
    spans->at[spans->count++] = like;
}

/* "[c]" is no link. */
static bool is_link(const char *text)
{
    const char *end = strchr(text, ']');

    return end && end[1] == '(';
}

/* "[words](#label)" after its bracket; returns what follows. */
static const char *add_link(struct write *write, struct spans *spans, const char *text,
                            struct doc_span like)
{
    size_t words = strcspn(text, "]"), target;
    const char *after = text + words + (text[words] ? 2 : 0);

    target = strcspn(after, ")");
    like.target = rk_arena_copy_n(write->run.arena, after, target);
    add_span(write, spans, text, words, like);
    return after + target + (after[target] == ')');
}

static const char *add_mark(struct write *write, struct spans *spans, const char *text)
{
    size_t bytes = strcspn(text, "^");
    struct doc_span mark = {.style = DOC_RAISED, .footnote = atol(text) - 1};

    add_span(write, spans, text, bytes, mark);
    return text + bytes + (text[bytes] == '^');
}

struct doc_text write_text(struct write *write, const char *words)
{
    struct spans spans = {0};
    struct doc_span style = {.footnote = -1};

    while (words && *words) {
        size_t bytes = strcspn(words, "*`[^");

        add_span(write, &spans, words, bytes, style);
        words += bytes;
        if (words[0] == '*' && words[1] == '*') {
            style.style ^= DOC_BOLD;
            words += 2;
        } else if (*words == '*') {
            style.style ^= DOC_ITALIC;
            words++;
        } else if (*words == '`') {
            style.style ^= DOC_CODE;
            words++;
        } else if (*words == '[' && is_link(words)) {
            words = add_link(write, &spans, words + 1, style);
        } else if (*words == '[') {
            add_span(write, &spans, words++, 1, style);
        } else if (*words == '^') {
            words = add_mark(write, &spans, words + 1);
        }
    }
    return (struct doc_text){spans.at, spans.count};
}

static struct doc_block *new_block(struct write *write, enum doc_kind kind,
                                   const char *words)
{
    struct doc_block *block = RK_NEW(write->run.arena, struct doc_block);

    block->kind = kind;
    block->number = "";
    block->text = write_text(write, words);
    return block;
}

struct doc_block *write_block(struct write *write, enum doc_kind kind, const char *words)
{
    struct doc_block *block = new_block(write, kind, words);

    RK_ROOM(write->run.arena, write->doc.blocks, write->doc.count, write->block_cap);
    write->doc.blocks[write->doc.count++] = block;
    return block;
}

struct doc_block *write_heading(struct write *write, int level, const char *number,
                                const char *words)
{
    struct doc_block *block = write_block(write, DOC_HEADING, words);

    block->level = level;
    block->number = number;
    return block;
}

struct doc_block *write_paragraph(struct write *write, const char *number,
                                  const char *words)
{
    struct doc_block *block = write_block(write, DOC_PARAGRAPH, words);

    block->number = number;
    return block;
}

struct doc_block *write_child(struct write *write, struct doc_block *parent,
                              enum doc_kind kind, const char *words)
{
    struct doc_block *block = new_block(write, kind, words);

    parent->children = rk_arena_grow(write->run.arena, parent->children, parent->count,
                                     parent->count + 1, sizeof *parent->children);
    parent->children[parent->count++] = block;
    return block;
}

struct doc_block *write_item(struct write *write, struct doc_block *list, const char *mark,
                             const char *words)
{
    struct doc_block *item = write_child(write, list, DOC_ITEM, "");

    item->mark = mark;
    write_child(write, item, DOC_PARAGRAPH, words);
    return item;
}

void write_note(struct write *write, const char *words)
{
    struct doc_note *note;
    struct doc_block *block = new_block(write, DOC_PARAGRAPH, words);

    RK_ROOM(write->run.arena, write->doc.notes, write->doc.note_count, write->note_cap);
    note = &write->doc.notes[write->doc.note_count++];
    note->mark = rk_arena_printf(write->run.arena, "%zu", write->doc.note_count);
    note->children = RK_NEW(write->run.arena, struct doc_block *);
    note->children[0] = block;
    note->count = 1;
}

struct doc_block *write_table(struct write *write, const char *kind, const char *label,
                              const char *caption, const char *align)
{
    struct doc_block *block = write_block(write, DOC_TABLE, "");
    struct doc_table *table = RK_NEW(write->run.arena, struct doc_table);

    block->table = table;
    block->caption_kind = kind;
    block->label = label;
    block->caption = write_text(write, caption);
    table->columns = strlen(align);
    table->align = RK_ARRAY(write->run.arena, enum doc_align, table->columns);
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = align[i] == 'r'   ? DOC_RIGHT
                          : align[i] == 'd' ? DOC_DECIMAL
                          : align[i] == 'c' ? DOC_CENTRE
                                            : DOC_LEFT;
    return block;
}

static size_t count_cells(const char *cells)
{
    size_t count = 1;

    for (; *cells; cells++)
        count += *cells == '|';
    return count;
}

struct doc_row *write_row(struct write *write, struct doc_block *block,
                          enum doc_row_role role, const char *cells)
{
    struct rk_arena *arena = write->run.arena;
    struct doc_table *table = block->table;
    struct doc_row *row;

    table->rows = rk_arena_grow(arena, table->rows, table->count, table->count + 1,
                                sizeof *table->rows);
    row = &table->rows[table->count++];
    row->role = role;
    row->cells = RK_ARRAY(arena, struct doc_cell, count_cells(cells));
    while (row->count == 0 || *cells) {
        size_t bytes = strcspn(cells, "|");
        const char *text = rk_arena_copy_n(arena, cells, bytes);
        struct doc_cell *cell = &row->cells[row->count++];

        cell->span = 1;
        if (text[0] >= '2' && text[0] <= '9' && text[1] == ':') {
            cell->span = (size_t)(text[0] - '0');
            text += 2;
        }
        cell->text = write_text(write, text);
        cells += bytes;
        if (*cells == '|' && !*++cells) row->cells[row->count++].span = 1;
    }
    return row;
}

struct doc_block *write_figure(struct write *write, const char *kind, const char *label,
                               const char *caption, const char *draw_path)
{
    struct doc_block *block = write_block(write, DOC_FIGURE, "");

    block->caption_kind = kind;
    block->label = label;
    block->caption = write_text(write, caption);
    block->figure = RK_NEW(write->run.arena, struct doc_figure);
    block->figure->draw_path = draw_path;
    block->figure->alt = "A figure of the test.";
    return block;
}
