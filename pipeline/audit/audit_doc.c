// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

struct rk_place audit_block_place(const struct audit_doc *doc,
                                  const struct audit_block *block, size_t at)
{
    size_t line = block->line, column = block->column + at;

    for (size_t i = 0; i < at && block->text[i]; i++)
        if (block->text[i] == '\n') {
            line++;
            column = at - i;
        }
    return RK_AT(doc->file, line, column);
}

void audit_add_block(struct audit_reader *reader, enum audit_block_kind kind,
                     const char *text, size_t line, size_t column, size_t indent)
{
    struct audit_doc *doc = reader->doc;

    RK_ROOM(reader->arena, doc->blocks, doc->block_count, doc->block_cap);
    doc->blocks[doc->block_count++] =
        (struct audit_block){kind, text, line, column, indent, doc->table_count};
    if (kind == AUDIT_CAPTION) reader->caption = text;
    if (kind != AUDIT_NOTE && kind != AUDIT_CAPTION) reader->under = NULL;
    if (kind == AUDIT_HEADING) reader->caption = NULL;
}

void audit_rows_add(struct audit_reader *reader, struct audit_rows *rows,
                    struct audit_cell *cells, size_t count)
{
    RK_ROOM(reader->arena, rows->counts, rows->count, rows->cap2);
    RK_ROOM(reader->arena, rows->rows, rows->count, rows->cap);
    rows->rows[rows->count] = cells;
    rows->counts[rows->count++] = count;
}

static bool has_number(const struct audit_cell *cells, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (cells[i].kind == AUDIT_CELL_NUMBER) return true;
    return false;
}

/** The first row is always one, then those without numbers; a row of numbers without a
 * label under a first row with gaps (years under a spanning head) is one, too. */
static size_t count_header_rows(const struct audit_table *table)
{
    size_t rows = 1;
    bool gaps = false;

    for (size_t i = 1; i < table->columns; i++)
        gaps |= table->cells[i].kind == AUDIT_CELL_BLANK;
    for (; rows < table->rows && rows < 4; rows++) {
        const struct audit_cell *row = &table->cells[rows * table->columns];
        size_t filled = 0;
        for (size_t i = 1; i < table->columns; i++)
            filled += row[i].kind != AUDIT_CELL_BLANK;
        if (has_number(row, table->columns) && !(gaps && row[0].kind == AUDIT_CELL_BLANK))
            break;
        if (filled == 0 || (filled == 1 && table->columns > 3 && !gaps))
            break; /* a heading of a section */
        if (!gaps && row[0].kind != AUDIT_CELL_BLANK)
            break; /* a row of n/a under a whole head is data */
    }
    return rows;
}

static const char *skip_marks(const char *text)
{
    return text + strspn(text, " *_#>");
}

void audit_add_table(struct audit_reader *reader, const struct audit_rows *rows,
                     size_t line)
{
    struct audit_doc *doc = reader->doc;
    struct audit_table table = {.file = doc->file, .line = line, .rows = rows->count};

    for (size_t i = 0; i < rows->count; i++)
        if (rows->counts[i] > table.columns) table.columns = rows->counts[i];
    if (table.rows < 2 || table.columns < 2 ||
        (reader->doc->laid_out &&
         (!reader->caption || strncasecmp(skip_marks(reader->caption), "table", 5) != 0)))
        return;
    table.caption = reader->caption ? reader->caption : "";
    table.notes = reader->waiting;
    table.cells = RK_ARRAY(reader->arena, struct audit_cell, table.rows * table.columns);
    for (size_t i = 0; i < table.rows; i++)
        for (size_t j = 0; j < table.columns; j++)
            table.cells[i * table.columns + j] =
                j < rows->counts[i] ? rows->rows[i][j]
                                    : (struct audit_cell){.text = "",
                                                          .shape = "",
                                                          .line = rows->rows[i][0].line};
    table.header_rows = count_header_rows(&table);
    RK_ROOM(reader->arena, doc->tables, doc->table_count, doc->table_cap);
    doc->tables[doc->table_count++] = table;
    reader->under = &doc->tables[doc->table_count - 1];
    reader->caption = NULL;
    reader->waiting = "";
}

void audit_add_note(struct audit_reader *reader, const char *text, size_t line)
{
    const char **notes = reader->under ? &reader->under->notes : &reader->waiting;

    *notes = rk_arena_printf(reader->arena, "%s%s%s", *notes, **notes ? "\n" : "", text);
    audit_add_block(reader, AUDIT_NOTE, text, line, 1, 0);
}

static const char *const caption_words[] = {
    "Table", "Figure",     "Fig.",    "Fig",         "Chart",
    "Box",   "Case Study", "Exhibit", "Annex Table", NULL};

bool audit_is_caption(const char *text)
{
    text = skip_marks(text);
    for (size_t i = 0; caption_words[i]; i++) {
        size_t bytes = strlen(caption_words[i]);
        if (!isupper((unsigned char)*text) || strncasecmp(text, caption_words[i], bytes) ||
            !isspace((unsigned char)text[bytes]))
            continue;
        const char *at = text + bytes + strspn(text + bytes, " ");
        size_t number = strspn(at, "0123456789.");
        if (isalpha((unsigned char)at[0]) && at[0] >= 'A' && at[0] <= 'Z' &&
            (at[1] == '.' || isdigit((unsigned char)at[1])))
            number = 1 + strspn(at + 1, "0123456789.");
        if (!number) return false;
        at += number;
        bool closed = at[-1] == '.' || *at == ':' || !*at || *at == '*' || *at == ')';
        at += strspn(at, " *:\t");
        return closed || strncmp(at, "\xE2\x80\x93", 3) == 0 ||
               strncmp(at, "\xE2\x80\x94", 3) == 0 || *at == '-' ||
               isupper((unsigned char)*at) || *at == '\0';
    }
    return false;
}

bool audit_is_note(const char *text)
{
    static const char *const words[] = {"Source", "Note", "Base:", "Base =", "N.B",
                                        "NB",     "Key:", "n =",   "N =",    "n=",
                                        "N=",     "{",    NULL};

    text = skip_marks(text);
    for (size_t i = 0; words[i]; i++)
        if (strncasecmp(text, words[i], strlen(words[i])) == 0) return true;
    return false;
}

bool audit_is_numbered(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (!digits || digits > 3) return false;
    if (text[digits] == '.' && (text[digits + 1] == ' ' || !text[digits + 1])) return true;
    if (text[digits] == '.' && isdigit((unsigned char)text[digits + 1])) {
        size_t more = strspn(text + digits, "0123456789.");
        return text[digits + more] == ' ' || text[digits + more] == '\t' ||
               !text[digits + more];
    }
    return false;
}

static bool ends_with(const char *path, const char *suffix)
{
    size_t bytes = strlen(path), end = strlen(suffix);

    return bytes > end && strcasecmp(path + bytes - end, suffix) == 0;
}

rk_status audit_doc_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         struct audit_doc *out)
{
    struct audit_reader reader = {.arena = arena, .diag = diag, .doc = out, .waiting = ""};
    char *text;
    size_t bytes;

    *out = (struct audit_doc){.file = path};
    if (ends_with(path, ".csv") || ends_with(path, ".tsv"))
        return audit_read_csv(&reader, path);
    if (ends_with(path, ".pdf")) {
        RK_TRY(audit_pdf_text(arena, diag, path, &text));
        out->laid_out = true;
    } else {
        RK_TRY(rk_file_read(arena, diag, path, &text, &bytes));
        if (memchr(text, '\0', bytes) || strncmp(text, "%PDF", 4) == 0 ||
            strncmp(text, "PK\3\4", 4) == 0)
            return rk_fail(diag, RK_CHECK, RK_AT(path, 0, 0),
                           "this is no text; give a .csv, .md, .txt or .pdf file");
    }
    if (!rk_text_is_utf8(text, strlen(text))) text = rk_text_repair(arena, text);
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3;
    audit_read_text(&reader, text);
    return RK_OK;
}
