// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/clean/clean_number.h"
#include "pipeline/clean/clean_reader.h"
#include "pipeline/contract/folder.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

enum { AHEAD = 50, WIDEST = 2000 };

/* A file while it is read. */
struct reading {
    struct draft *draft;
    struct rk_arena *scratch;
    const char *name, *sheet;
    struct draft_source *source;
    size_t *column; /* of each cell, in the source's columns */
    size_t width;
};

void draft_texts_add(struct rk_arena *arena, struct draft_texts *texts, const char *text,
                     long rows)
{
    size_t known, at;

    if (!texts->map) texts->map = rk_map_new(arena);
    known = rk_map_count(texts->map);
    at = rk_map_add(texts->map, text);
    if (at == known) {
        RK_ROOM(arena, texts->items, at, texts->cap);
        texts->items[at] = (struct draft_text){.text = rk_map_key(texts->map, at)};
        texts->count++;
    }
    texts->items[at].rows += rows;
    texts->rows += rows;
}

/* ---- which row holds the headings ---- */

static size_t usual_width(const struct rk_csv_row *rows, size_t count)
{
    size_t best = 0, most = 0;

    for (size_t i = 0; i < count; i++) {
        size_t same = 0;

        for (size_t j = 0; j < count; j++)
            same += !rows[j].blank && rows[j].count == rows[i].count;
        if (!rows[i].blank && (same > most || (same == most && rows[i].count > best))) {
            most = same;
            best = rows[i].count;
        }
    }
    return best;
}

static bool is_figure(const char *text)
{
    struct clean_date date;
    double number;
    bool mended;

    return clean_number_read(text, &number, &mended) ||
           clean_date_read(text, "d/m/yyyy", &date) ||
           clean_date_read(text, "yyyy-mm-dd", &date);
}

/* Headings are words, nearly all there, and each once. */
static bool may_be_headings(const struct rk_csv_row *row, size_t width)
{
    size_t there = 0, figures = 0, twice = 0;

    if (row->blank || row->damage || row->count < width - width / 5) return false;
    for (size_t i = 0; i < row->count; i++) {
        there += *row->cells[i] != '\0';
        figures += is_figure(row->cells[i]);
        for (size_t j = 0; j < i; j++)
            twice += *row->cells[i] && strcasecmp(row->cells[i], row->cells[j]) == 0;
    }
    return there * 10 >= row->count * 7 && figures * 5 <= there && !twice;
}

static const struct rk_csv_row *find_headings(const struct rk_csv_row *rows, size_t count)
{
    size_t width = usual_width(rows, count);

    for (size_t i = 0; i < count; i++)
        if (may_be_headings(&rows[i], width)) return &rows[i];
    return NULL;
}

/* ---- sources: files with the same headings ---- */

static bool same_heading(struct rk_arena *scratch, const char *a, const char *b)
{
    return strcmp(rk_text_fold(scratch, a), rk_text_fold(scratch, b)) == 0;
}

static long column_of(struct reading *reading, const struct draft_source *source,
                      const char *heading)
{
    for (size_t i = 0; i < source->count; i++)
        if (same_heading(reading->scratch, source->columns[i].heading, heading))
            return (long)i;
    return -1;
}

static bool same_sheet(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The source whose headings are these but for a few, or NULL. */
static struct draft_source *alike(struct reading *reading, const struct rk_csv_row *row)
{
    struct draft *draft = reading->draft;

    for (size_t s = 0; s < draft->count; s++) {
        size_t shared = 0;

        if (!same_sheet(draft->sources[s].sheet, reading->sheet)) continue;
        for (size_t i = 0; i < row->count; i++)
            shared += column_of(reading, &draft->sources[s], row->cells[i]) >= 0;
        if (shared * 10 >= (row->count + draft->sources[s].count - shared) * 7)
            return &draft->sources[s];
    }
    return NULL;
}

static struct draft_source *new_source(struct draft *draft)
{
    RK_ROOM(draft->arena, draft->sources, draft->count, draft->cap);
    return &draft->sources[draft->count++];
}

static size_t add_column(struct reading *reading, const char *heading, size_t cap)
{
    struct draft_source *source = reading->source;
    struct rk_arena *arena = reading->draft->arena;

    if (!source->columns) source->columns = RK_ARRAY(arena, struct draft_column, cap);
    if (source->count >= WIDEST) return WIDEST;
    source->columns[source->count] =
        (struct draft_column){.heading = rk_arena_copy(arena, heading)};
    return source->count++;
}

static void take_headings(struct reading *reading, const struct rk_csv_row *row)
{
    struct rk_arena *arena = reading->draft->arena;
    struct draft_source *source = alike(reading, row);
    bool first = !source;

    reading->source = source = source ? source : new_source(reading->draft);
    source->sheet = reading->sheet;
    reading->width = row->count;
    reading->column = RK_ARRAY(arena, size_t, row->count + 1);
    for (size_t i = 0; !first && i < source->count; i++) {
        bool there = false;

        for (size_t c = 0; c < row->count; c++)
            there = there || same_heading(reading->scratch, source->columns[i].heading,
                                          row->cells[c]);
        source->columns[i].optional = source->columns[i].optional || !there;
    }
    for (size_t i = 0; i < row->count; i++) {
        const char *heading = rk_text_trim(rk_arena_copy(arena, row->cells[i]));
        long known = first || !*heading ? -1 : column_of(reading, source, heading);

        reading->column[i] = WIDEST;
        if (!*heading) continue;
        reading->column[i] =
            known >= 0 ? (size_t)known : add_column(reading, heading, WIDEST);
        if (known < 0 && !first && reading->column[i] < WIDEST)
            source->columns[reading->column[i]].optional = true;
    }
    source->files = rk_arena_grow(arena, source->files, source->file_count,
                                  source->file_count + 1, sizeof *source->files);
    source->files[source->file_count++] = reading->name;
}

/* ---- rows ---- */

static bool is_footer(struct reading *reading, const struct rk_csv_row *row)
{
    const struct draft_phrases *footers = &reading->draft->words->footers;
    const char *first = row->count ? draft_loose(reading->scratch, row->cells[0]) : "";
    size_t there = 0;

    for (size_t i = 0; i < row->count; i++)
        there += *row->cells[i] != '\0';
    if (there > 2 || reading->width <= 2) return false;
    for (size_t i = 0; i < footers->count; i++) {
        size_t bytes = strlen(footers->words[i]);

        if (strncmp(first, footers->words[i], bytes) == 0 &&
            (!first[bytes] || first[bytes] == ' '))
            return true;
    }
    return false;
}

/* The words of a footer, without the number behind them. */
static void note_footer(struct reading *reading, const struct rk_csv_row *row)
{
    char *text = rk_text_trim(rk_arena_copy(reading->draft->arena, row->cells[0]));
    size_t end = strlen(text);

    while (end > 1 &&
           (isdigit((unsigned char)text[end - 1]) || strchr(" ,.=", text[end - 1])))
        end--;
    text[end] = '\0';
    reading->source->footer = text;
}

static void take_cell(struct reading *reading, struct draft_column *column,
                      const char *cell)
{
    struct draft *draft = reading->draft;
    char *text;

    if (!*cell) {
        column->blank++;
        return;
    }
    text = rk_text_trim(rk_arena_copy(reading->scratch, cell));
    if (!*text)
        column->blank++;
    else if (column->texts.map && rk_map_find(column->texts.map, text) >= 0)
        draft_texts_add(draft->arena, &column->texts, text, 1);
    else if (draft_words_has(&draft->words->missing, reading->scratch, text))
        draft_texts_add(draft->arena, &column->none, text, 1);
    else
        draft_texts_add(draft->arena, &column->texts, text, 1);
}

static bool headings_again(const struct reading *reading, const struct rk_csv_row *row)
{
    for (size_t i = 0; i < reading->width && i < row->count; i++)
        if (reading->column[i] < WIDEST &&
            strcasecmp(reading->source->columns[reading->column[i]].heading,
                       row->cells[i]) != 0)
            return false;
    return true;
}

static void take_row(struct reading *reading, const struct rk_csv_row *row)
{
    if (row->blank || row->damage || headings_again(reading, row)) return;
    if (is_footer(reading, row)) {
        note_footer(reading, row);
        return;
    }
    if (row->count < reading->width) return;
    reading->source->rows++;
    for (size_t i = 0; i < reading->width; i++)
        if (reading->column[i] < WIDEST)
            take_cell(reading, &reading->source->columns[reading->column[i]],
                      row->cells[i]);
}

static void take_above(struct reading *reading, const struct rk_csv_row *row)
{
    struct draft_source *source = reading->source;
    struct rk_arena *arena = reading->draft->arena;

    if (row->blank) return;
    source->above = rk_arena_grow(arena, source->above, source->above_count,
                                  source->above_count + 1, sizeof *source->above);
    source->above[source->above_count++] =
        rk_text_trim(rk_arena_copy(arena, row->cells[0]));
}

/* ---- files ---- */

static rk_status read_rows(struct reading *reading, struct clean_reader *reader)
{
    const struct rk_csv_row *ahead;
    struct rk_csv_row row, headings;
    size_t count;

    ahead = clean_reader_ahead(reader, &count);
    ahead = find_headings(ahead, count);
    if (!ahead) {
        rk_diag_say(reading->draft->run->diag, RK_DIAG_WARNING, RK_AT(reading->name, 0, 0),
                    "no row of headings among the first %d; the file is left out", AHEAD);
        return RK_OK;
    }
    headings = *ahead;
    take_headings(reading, &headings);
    while (clean_reader_next(reader, &row)) {
        rk_arena_reset(reading->scratch);
        if (row.line < headings.line)
            take_above(reading, &row);
        else if (row.line > headings.line)
            take_row(reading, &row);
    }
    return clean_reader_status(reader);
}

static rk_status read_table(struct draft *draft, struct rk_arena *scratch, const char *name,
                            const char *sheet)
{
    struct reading reading = {
        .draft = draft, .scratch = scratch, .name = name, .sheet = sheet};
    struct extract_options options = {.sheet = sheet};
    struct clean_reader *reader;
    rk_status status;

    RK_TRY(clean_reader_open(draft->arena, draft->run->diag,
                             rk_arena_printf(draft->arena, "%s/%s", draft->from, name),
                             options, AHEAD, &reader));
    status = read_rows(&reading, reader);
    clean_reader_close(reader);
    return status;
}

/* Each sheet of a workbook is a table of its own. */
static rk_status read_file(struct draft *draft, struct rk_arena *scratch, const char *name)
{
    struct extract_sheets sheets = {.count = 0};
    const char *path = rk_arena_printf(draft->arena, "%s/%s", draft->from, name);

    RK_TRY(extract_sheets(draft->arena, draft->run->diag, path, &sheets));
    if (sheets.count <= 1) return read_table(draft, scratch, name, NULL);
    for (size_t i = 0; i < sheets.count; i++)
        RK_TRY(read_table(draft, scratch, name, sheets.names[i]));
    return RK_OK;
}

static bool is_table(const char *name)
{
    static const char *const ends[] = {".csv", ".tsv", ".txt", ".tab", ".xlsx", ".sav"};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(dot, ends[i]) == 0) return true;
    return false;
}

/* ---- names of sources ---- */

/* "reviews 2015-03.csv" is one of "reviews*.csv"; several files share their beginning. */
static void name_source(struct draft *draft, struct draft_source *source)
{
    const char *first = source->files[0];
    const char *dot = strrchr(first, '.');
    size_t bytes = (size_t)(dot - first);
    char *stem;

    for (size_t i = 1; i < source->file_count; i++) {
        size_t same = 0;

        while (same < bytes && source->files[i][same] == first[same])
            same++;
        bytes = same;
    }
    while (bytes > 1 && strchr("0123456789-_ .()", first[bytes - 1]))
        bytes--;
    stem = rk_arena_copy_n(draft->arena, first, bytes);
    source->glob = rk_arena_printf(draft->arena, "%s*%s", stem, dot);
    if (source->sheet) stem = rk_arena_copy(draft->arena, source->sheet);
    source->name = rk_text_code(draft->arena, *stem ? stem : "extract");
    if (isdigit((unsigned char)*source->name))
        source->name = rk_arena_printf(draft->arena, "extract_%s", source->name);
    for (char *at = stem; *at; at++)
        if (*at == '_' || *at == '-') *at = ' ';
    if (islower((unsigned char)*stem)) *stem = (char)toupper((unsigned char)*stem);
    source->label = *stem ? stem : source->name;
}

/* The glob of a source fits its own files and no other's: "fake*.csv" is not for both
 * fake_1000.csv and fake_labels.csv. */
static bool fits_another(const struct draft *draft, const struct draft_source *source)
{
    for (size_t s = 0; s < draft->count; s++) {
        const struct draft_source *other = &draft->sources[s];

        for (size_t i = 0; other != source && i < other->file_count; i++)
            if (fnmatch(source->glob, other->files[i], 0) == 0 &&
                !(source->sheet && other->sheet))
                return true;
    }
    return false;
}

static void narrow_glob(const struct draft *draft, struct draft_source *source)
{
    if (source->file_count == 1 && fits_another(draft, source))
        source->glob = source->files[0];
}

static void name_sources(struct draft *draft)
{
    /* Files and points of 10-clean and 20-people have these names already. */
    static const char *const taken[] = {
        "people",     "issues",   "flow",    "rejects", "ledger", "headings",   "keys",
        "duplicates", "unlinked", "initial", "latest",  "all",    "datapackage"};
    struct rk_map *names = rk_map_new(draft->arena);

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        rk_map_add(names, taken[i]);
    for (size_t i = 0; i < draft->count; i++) {
        struct draft_source *source = &draft->sources[i];
        const char *stem;
        size_t known;

        name_source(draft, source);
        narrow_glob(draft, source);
        stem = strcmp(source->name, "people") == 0 ? "persons" : source->name;
        source->name = stem;
        for (int n = 2;
             known = rk_map_count(names), rk_map_add(names, source->name) < known; n++)
            source->name = rk_arena_printf(draft->arena, "%s_%d", stem, n);
    }
}

/* A file that is no table has been told of; the others are read all the same. */
static rk_status read_files(struct draft *draft, const struct folder_list *files)
{
    struct rk_arena *scratch = rk_arena_new();
    rk_status status = RK_OK;

    for (size_t i = 0; status == RK_OK && i < files->count; i++) {
        if (!is_table(files->names[i])) continue;
        status = read_file(draft, scratch, files->names[i]);
        if (status != RK_CHECK && status != RK_STUDY) continue;
        rk_diag_say(draft->run->diag, RK_DIAG_WARNING, RK_AT(files->names[i], 0, 0),
                    "is left out");
        status = RK_OK;
    }
    rk_arena_free(scratch);
    return status;
}

rk_status draft_read(struct draft *draft)
{
    struct folder_list files;

    RK_TRY(folder_list_glob(draft->arena, draft->run->diag, draft->from, "*", &files));
    RK_TRY(read_files(draft, &files));
    if (!draft->count)
        return rk_fail(
            draft->run->diag, RK_WORLD, RK_AT(draft->from, 0, 0),
            "there is no extract here: no file of this folder ends in .csv, .tsv, "
            ".txt, .xlsx or .sav and has headings");
    name_sources(draft);
    return RK_OK;
}
