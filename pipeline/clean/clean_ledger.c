// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_ledger.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_mended.h"

#include <string.h>

struct clean_ledger {
    struct rk_run *run;
    struct rk_out *out;
    struct rk_csv_writer issues, extracts, cells;
    struct rk_csv_writer
        rejects; /* of the source in hand; no file until a row is set aside */
    const struct study_source *source;
    struct rk_map *layouts;      /* headers of this source's files */
    struct rk_csv_writer *files; /* of each layout */
    size_t file_cap;
    size_t layout;
    const char **headings;
    size_t heading_count;
};

static void put_texts(struct rk_csv_writer *writer, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rk_csv_cell(writer, texts[i] ? texts[i] : "");
}

rk_status clean_ledger_open(struct rk_run *run, struct rk_out *out,
                            struct clean_ledger **ledger)
{
    static const char *const names[] = {"file", "line", "column", "source",
                                        "rule", "old",  "new",    "what"};
    static const char *const extracts[] = {"file",        "source",  "read_as",
                                           "header_line", "columns", "rows"};
    struct clean_ledger *made = RK_NEW(run->arena, struct clean_ledger);

    made->run = run;
    made->out = out;
    made->issues.file = rk_out_open(out, "issues.csv");
    if (!made->issues.file) return RK_WORLD;
    put_texts(&made->issues, names, sizeof names / sizeof *names);
    rk_csv_end(&made->issues);
    made->extracts.file = rk_out_open(out, "extracts.csv");
    if (!made->extracts.file) return RK_WORLD;
    put_texts(&made->extracts, extracts, sizeof extracts / sizeof *extracts);
    rk_csv_end(&made->extracts);
    *ledger = made;
    return RK_OK;
}

struct clean_ledger *clean_ledger_aside(struct rk_arena *arena, struct rk_csv_memory *issues)
{
    struct clean_ledger *made = RK_NEW(arena, struct clean_ledger);

    made->issues.memory = issues;
    return made;
}

void clean_ledger_put(struct clean_ledger *ledger, const char *rows, size_t bytes)
{
    fwrite_unlocked(rows, 1, bytes, ledger->issues.file);
}

void clean_ledger_extract(struct clean_source *source, const char *words, size_t header_line,
                          long rows)
{
    struct rk_csv_writer *writer = &source->ledger->extracts;
    const char *const texts[] = {source->name, source->source->name, words};

    put_texts(writer, texts, sizeof texts / sizeof *texts);
    rk_csv_long(writer, (long)header_line);
    rk_csv_long(writer, (long)source->width);
    rk_csv_long(writer, rows);
    rk_csv_end(writer);
}

void clean_ledger_cell(struct clean_source *source, const char *column, const char *rule,
                       const char *old, const char *now, const char *what)
{
    struct rk_csv_writer *issues = &source->ledger->issues;
    const char *const rest[] = {column, source->source->name, rule, old, now, what};

    rk_csv_cell(issues, source->name);
    rk_csv_long(issues, (long)source->line);
    put_texts(issues, rest, sizeof rest / sizeof *rest);
    rk_csv_end(issues);
}

struct rk_csv_writer *clean_ledger_cells(struct clean_source *source, const char *const *names,
                                         size_t count)
{
    struct clean_ledger *ledger = source->ledger;

    if (ledger->cells.file) return &ledger->cells;
    if (!ledger->out) return NULL; /* aside: such a row is read again */
    ledger->cells.file = rk_out_open(ledger->out, "unreadable.csv");
    if (!ledger->cells.file) {
        source->worst = RK_WORLD;
        return NULL;
    }
    put_texts(&ledger->cells, names, count);
    rk_csv_end(&ledger->cells);
    return &ledger->cells;
}

/* Files of one source whose headings differ have files of their own. */
void clean_ledger_header(struct clean_source *source, const struct rk_csv_row *header)
{
    struct clean_ledger *ledger = source->ledger;
    struct rk_arena *arena = ledger->run->arena;
    char *layout = rk_arena_copy(arena, "");

    if (ledger->source != source->source) {
        ledger->source = source->source;
        ledger->layouts = rk_map_new(arena);
        ledger->files = NULL;
        ledger->file_cap = 0;
    }
    ledger->headings = RK_ARRAY(arena, const char *, header->count);
    ledger->heading_count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        ledger->headings[i] = rk_arena_copy(arena, header->cells[i]);
        layout = rk_arena_printf(arena, "%s%s\n", layout, header->cells[i]);
    }
    ledger->layout = rk_map_add(ledger->layouts, layout);
    if (ledger->layout >= ledger->file_cap)
        RK_ROOM(arena, ledger->files, ledger->layout, ledger->file_cap);
}

static rk_status open_rejects(struct clean_ledger *ledger)
{
    static const char *const names[] = {"file", "line", "reason", "was"};
    struct rk_csv_writer *writer = &ledger->files[ledger->layout];
    const char *name =
        ledger->layout
            ? rk_arena_printf(ledger->run->arena, "rejects/%s_%zu.csv",
                              ledger->source->name, ledger->layout + 1)
            : rk_arena_printf(ledger->run->arena, "rejects/%s.csv", ledger->source->name);

    if (writer->file) return RK_OK;
    writer->file = rk_out_open(ledger->out, name);
    if (!writer->file) return RK_WORLD;
    put_texts(writer, names, sizeof names / sizeof *names);
    put_texts(writer, ledger->headings, ledger->heading_count);
    rk_csv_cell(writer, "raw");
    rk_csv_end(writer);
    return RK_OK;
}

/* Cells that fit the headings stand under them; a record that does not is given as it
 * stood. */
rk_status clean_ledger_reject(struct clean_source *source, const struct rk_csv_row *row,
                              const char *code, const char *reason)
{
    struct clean_ledger *ledger = source->ledger;
    bool fits = !row->damage && row->count == ledger->heading_count;
    struct rk_csv_writer *writer;
    char mark[17];

    RK_TRY(open_rejects(ledger));
    writer = &ledger->files[ledger->layout];
    rk_csv_cell(writer, source->name);
    rk_csv_long(writer, (long)row->line);
    rk_csv_cell(writer, reason);
    clean_mended_mark(row, mark);
    rk_csv_cell(writer, mark);
    for (size_t i = 0; i < ledger->heading_count; i++)
        rk_csv_cell(writer, fits ? row->cells[i] : "");
    rk_csv_cell_n(writer, fits ? "" : row->raw, fits ? 0 : row->raw_bytes);
    rk_csv_end(writer);
    source->line = row->line;
    clean_ledger_cell(source, "", code, "", "", reason);
    return RK_OK;
}
