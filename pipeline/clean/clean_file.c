// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_file.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_batch.h"
#include "pipeline/clean/clean_cells.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_header.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/clean/clean_mended.h"
#include "pipeline/clean/clean_reader.h"
#include "pipeline/clean/clean_replay.h"
#include "pipeline/clean/clean_rules.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *code, *reason;
} breaks[BREAKS] = {
    [BREAK_DAMAGED] = {"damaged",       "damaged row"                  },
    [BREAK_RAGGED] = {"ragged",        "not as many cells as headings"},
    [BREAK_HEADER] = {"header_again",  "headings repeated"            },
    [BREAK_FOOTER] = {"footer_inside", "a footer inside the file"     },
};

const char *clean_break_code(enum clean_break kind)
{
    return breaks[kind].code;
}

const char *clean_break_reason(enum clean_break kind)
{
    return breaks[kind].reason;
}

struct extract_options clean_file_options(const struct study_source *source,
                                          const char *sheet)
{
    struct extract_options options = {.csv = {RK_CSV_AUTO, 0}, .sheet = sheet};

    if (source->database) {
        options.csv = (struct rk_csv_options){RK_CSV_UTF8, ','};
        return options;
    }
    if (strcmp(source->encoding, "utf-8") == 0)
        options.csv.encoding = RK_CSV_UTF8;
    else if (strcmp(source->encoding, "windows-1252") == 0)
        options.csv.encoding = RK_CSV_WINDOWS_1252;
    else if (strcmp(source->encoding, "iso-8859-15") == 0)
        options.csv.encoding = RK_CSV_ISO_8859_15;
    else if (strcmp(source->encoding, "utf-16") == 0)
        options.csv.encoding = RK_CSV_UTF16;
    if (strcmp(source->separator, "tab") == 0)
        options.csv.separator = '\t';
    else if (strcmp(source->separator, "auto") != 0)
        options.csv.separator = source->separator[0];
    return options;
}

/* Opens the file and reads up to and with its header. */
static rk_status open_at_header(struct clean_source *source, struct clean_reader **out,
                                struct rk_csv_row *header)
{
    struct clean_reader *reader;
    const struct rk_csv_row *rows;
    rk_status status;
    size_t line, count;

    RK_TRY(clean_reader_open(source->run->arena, source->run->diag, source->input->path,
                             clean_file_options(source->source, source->input->sheet), CLEAN_HEADER_WITHIN, &reader));
    source->name = source->input->name;
    source->path = extract_place(clean_reader_extract(reader));
    source->typed = source->source->database ||
                    extract_kind(clean_reader_extract(reader)) != EXTRACT_TEXT;
    rows = clean_reader_ahead(reader, &count);
    source->ahead = rows;
    source->ahead_count = count;
    status = clean_header_find(source, rows, count, &line);
    while (status == RK_OK && clean_reader_next(reader, header)) {
        if (header->line < line || header->blank) continue;
        *out = reader;
        return RK_OK;
    }
    clean_reader_close(reader);
    if (status != RK_OK) return status;
    return rk_fail(source->run->diag, RK_STUDY, RK_AT(source->path, line, 0),
                   "the file ends before the line of the headings, %zu", line);
}

static bool is_footer(const struct clean_source *source, const struct rk_csv_row *row)
{
    const char *first;

    if (!source->source->footer_count || !row->count) return false;
    first = rk_text_fold(source->scratch, row->cells[0]);
    for (size_t i = 0; i < source->source->footer_count; i++) {
        const char *footer = rk_text_fold(source->scratch, source->source->footer[i]);

        if (*footer && strncmp(first, footer, strlen(footer)) == 0) return true;
    }
    return false;
}

/* ---- one row ---- */

static rk_status set_broken(struct clean_source *source, const struct rk_csv_row *row,
                            enum clean_break kind, const char *what)
{
    source->broken[kind]++;
    rk_diag_say(source->run->diag, RK_DIAG_WARNING, RK_AT(source->path, row->line, 0),
                "%s; row set aside", what);
    return clean_ledger_reject(source, row, breaks[kind].code, what);
}

static void put_cell(struct clean_source *source, const struct value *value,
                     struct frame_block_column *to, size_t row)
{
    bool there = value->state == VALUE_THERE;

    if (to->whole)
        to->whole[row] = there ? (int64_t)value->number : RK_NO_VALUE;
    else if (to->number)
        to->number[row] = there ? value->number : NAN;
    else
        to->text[row] =
            there && *value->text ? frame_writer_keep(source->kept, value->text) : NULL;
}

static void keep_row(struct clean_source *source)
{
    struct frame_block_column *columns;
    size_t row;
    char line[32];

    source->kept_rows++;
    columns = frame_writer_row(source->kept, &row);
    for (size_t i = 0; i < source->count; i++)
        put_cell(source, &source->cells[i].value, &columns[i], row);
    rk_text_long(line, (long)source->line);
    frame_writer_end(source->kept,
                     frame_writer_place(source->kept, source->name, line), -1);
}

static void read_cell(struct clean_source *source, const struct rk_csv_row *row, size_t column)
{
    long cell = source->columns[column].cell;
    const char *text = cell < 0 ? NULL : row->cells[cell];
    const char *mended = clean_cells_take(source, column);

    if (mended)
        clean_field_by_hand(source, column, text, mended);
    else
        clean_field_read(source, column, text, cell < 0 || !row->other ? NULL : row->other[cell]);
}

/* NULL, or why the study does without the row. */
static const struct study_exclusion *judge(struct clean_source *source,
                                           const struct rk_csv_row *row)
{
    const struct study_exclusion *exclusion;

    source->line = row->line;
    clean_cells_row(source, row);
    for (size_t i = 0; i < source->count; i++)
        read_cell(source, row, i);
    clean_field_settle(source);
    exclusion = clean_rules_exclude(source);
    if (exclusion) return exclusion;
    clean_rules_check(source);
    clean_replay_row(source, row);
    return NULL;
}

static rk_status judge_row(struct clean_source *source, const struct rk_csv_row *row)
{
    const struct study_exclusion *exclusion = judge(source, row);

    if (exclusion)
        return clean_ledger_reject(source, row, exclusion->code, exclusion->reason);
    keep_row(source);
    return RK_OK;
}

/* Exports often end each line with a separator: cells without a heading and without a text.
 */
static bool only_blank_beyond(const struct clean_source *source,
                              const struct rk_csv_row *row)
{
    for (size_t i = source->width; i < row->count; i++)
        if (row->cells[i][strspn(row->cells[i], " \t")]) return false;
    return row->count > source->width;
}

static bool fits(const struct clean_source *source, const struct rk_csv_row *row)
{
    return row->count == source->width || only_blank_beyond(source, row);
}

/* Why a row cannot be judged, in words; NULL when it can. */
static const char *what_broke(struct clean_source *source, const struct rk_csv_row *row,
                              enum clean_break *kind)
{
    *kind = BREAK_DAMAGED;
    if (row->damage) return row->damage;
    *kind = BREAK_HEADER;
    if (clean_header_again(source, row)) return breaks[BREAK_HEADER].reason;
    *kind = BREAK_RAGGED;
    if (fits(source, row)) return NULL;
    return rk_arena_printf(source->scratch, "%zu cells where the headings are %zu", row->count,
                           source->width);
}

/* What a cell of references will come to, mended by hand or not. */
static const char *reference_of(struct clean_source *source, const struct rk_csv_row *row,
                                size_t column)
{
    long cell = source->columns[column].cell;
    const char *by_hand;

    if (cell < 0) return NULL;
    clean_cells_row(source, row);
    by_hand = clean_cells_take(source, column);
    return clean_field_reference(source, column, by_hand ? by_hand : row->cells[cell],
                                 by_hand || !row->other ? NULL : row->other[cell]);
}

/* A row of nobody, and one that cannot be read, is of the part of nobody. */
static bool is_of_another_part(struct clean_source *source, const struct rk_csv_row *row,
                               bool broken)
{
    const struct run_part *part = source->run->part;

    if (!part || source->reading == PART_WHOLE) return false;
    if (source->reading == PART_FIRST) return part->number != 1;
    return part_of_key(part, broken ? NULL : reference_of(source, row, source->owner)) !=
           part->number;
}

/* It is not read, but cells of it that are mended by hand are no mistake. */
static rk_status pass_over(struct clean_source *source)
{
    source->passed_over++;
    for (size_t i = 0; source->row && clean_cells_any(source) && i < source->count; i++)
        (void)clean_cells_take(source, i);
    return RK_OK;
}

rk_status clean_file_row(struct clean_source *source, const struct rk_csv_row *row)
{
    struct rk_csv_row mended;
    enum clean_break kind;
    const char *told = NULL, *broken;

    if (clean_mended_take(source, row, &mended, &told)) row = &mended;
    broken = what_broke(source, row, &kind);
    if (is_of_another_part(source, row, broken)) return pass_over(source);
    source->read++;
    source->line = row->line;
    source->mended_rows += told != NULL;
    if (told) clean_ledger_cell(source, "", "mended", "", "", told);
    return broken ? set_broken(source, row, kind, broken) : judge_row(source, row);
}

bool clean_file_ordinary(struct clean_source *source, const struct rk_csv_row *row)
{
    size_t said = rk_diag_said(source->run->diag);
    long unknown = source->unknown;

    return fits(source, row) && !clean_header_again(source, row) && !judge(source, row) &&
           rk_diag_said(source->run->diag) == said && source->unknown == unknown;
}

void clean_file_keep(struct clean_source *source, const struct rk_csv_row *row)
{
    source->read++;
    source->line = row->line;
    keep_row(source);
}

/* ---- a file ---- */

/* A row that may be the footer: it is one if no row follows. */
struct footer {
    bool held;
    struct rk_csv_row row;
};

static rk_status release_footer(struct clean_source *source, struct footer *footer)
{
    if (!footer->held) return RK_OK;
    footer->held = false;
    if (is_of_another_part(source, &footer->row, true)) return pass_over(source);
    source->read++;
    return set_broken(source, &footer->row, BREAK_FOOTER, breaks[BREAK_FOOTER].reason);
}

/* The last whole number of the footer, in a cell of its own or behind its words. */
static bool footer_number(const struct rk_csv_row *row, long *out)
{
    bool found = false;

    for (size_t i = 0; i < row->count; i++) {
        const char *cell = row->cells[i];
        size_t end = strlen(cell), start;
        long number;

        while (end > 0 && strchr(" \t.", cell[end - 1]))
            end--;
        for (start = end; start > 0 && strchr("0123456789", cell[start - 1]); start--)
            continue;
        if (start == end || end - start > 15) continue;
        number = 0;
        for (size_t c = start; c < end; c++)
            number = number * 10 + (cell[c] - '0');
        *out = number;
        found = true;
    }
    return found;
}

static void check_footer(const struct clean_source *source, const struct footer *footer,
                         long rows)
{
    struct rk_place place = RK_AT(source->path, footer->row.line, 0);
    long number;

    if (!footer->held) return;
    if (!footer_number(&footer->row, &number))
        rk_diag_say(source->run->diag, RK_DIAG_NOTE, place,
                    "the footer has no number of rows; dropped");
    else if (number != rows)
        rk_diag_say(source->run->diag, RK_DIAG_WARNING, place,
                    "the footer says %ld rows, but %ld were read: is the file whole?",
                    number, rows);
}

/* A row, now or in its turn; what came before a row of which there is more to say comes first. */
static rk_status hand_over(struct clean_source *source, struct footer *footer,
                           const struct rk_csv_row *row)
{
    struct clean_batches *batches = source->batches;
    bool last = !row->damage && is_footer(source, row);
    enum clean_break kind;

    if (batches && row->text_bytes && !row->damage && !footer->held && !last)
        return is_of_another_part(source, row, what_broke(source, row, &kind))
                   ? pass_over(source)
                   : clean_batches_add(batches, row);
    if (batches) RK_TRY(clean_batches_drain(batches));
    RK_TRY(release_footer(source, footer));
    if (!last) return clean_file_row(source, row);
    *footer = (struct footer){true, clean_reader_copy(source->run->arena, row)};
    return RK_OK;
}

static rk_status say_odd(const struct clean_source *source, const struct rk_csv_row *row)
{
    if (!row->odd) return RK_OK;
    if (source->batches) RK_TRY(clean_batches_drain(source->batches));
    rk_diag_say(source->run->diag, RK_DIAG_NOTE, RK_AT(source->path, row->line, 0), "%s",
                row->odd);
    return RK_OK;
}

static void say_blank(const struct clean_source *source, long blank)
{
    if (blank)
        rk_diag_say(source->run->diag, RK_DIAG_NOTE, RK_AT(source->path, 0, 0),
                    "%ld blank %s passed over", blank, blank == 1 ? "row" : "rows");
}

static rk_status read_rows(struct clean_source *source, struct clean_reader *reader)
{
    struct footer footer = {.held = false};
    long before = source->read + source->passed_over, blank = 0, rows;
    struct rk_csv_row row;

    clean_field_forget(source);
    if (source->batches) clean_batches_header(source->batches);
    while (clean_reader_next(reader, &row)) {
        rk_arena_reset(source->scratch);
        rk_progress_step(1, (double)row.raw_bytes + 1);
        RK_TRY(say_odd(source, &row));
        if (row.blank && !row.damage)
            blank++;
        else
            RK_TRY(hand_over(source, &footer, &row));
    }
    if (source->batches) RK_TRY(clean_batches_drain(source->batches));
    rows = source->read + source->passed_over - before;
    check_footer(source, &footer, rows);
    say_blank(source, blank);
    if (!rows)
        rk_diag_say(source->run->diag, RK_DIAG_WARNING, RK_AT(source->path, 0, 0),
                    "there are headings, but no rows");
    return clean_reader_status(reader);
}

rk_status clean_file_read(struct clean_source *source)
{
    struct rk_csv_row header;
    struct clean_reader *reader;
    long before = source->read;
    size_t header_line;
    rk_status status;

    RK_TRY(open_at_header(source, &reader, &header));
    header_line = header.line;
    status = clean_header_map(source, &header);
    if (status == RK_OK) {
        clean_ledger_header(source, &header);
        clean_replay_header(source);
        clean_mended_header(source, &header,
                            extract_separator(clean_reader_extract(reader)));
        status = read_rows(source, reader);
        clean_ledger_extract(source, extract_words(clean_reader_extract(reader)), header_line,
                             source->read - before);
    }
    clean_reader_close(reader);
    return status;
}

static void prove_row(struct clean_source *source, const struct rk_csv_row *row)
{
    for (size_t i = 0; i < source->count; i++) {
        long cell = source->columns[i].cell;
        char *text;

        if (!source->columns[i].both_orders || cell < 0 || (size_t)cell >= row->count)
            continue;
        text = rk_text_trim(rk_arena_copy(source->scratch, row->cells[cell]));
        if (*text)
            clean_field_prove(source, i, text,
                              RK_AT(source->path, row->line, (size_t)cell + 1));
    }
}

rk_status clean_file_prove(struct clean_source *source)
{
    struct rk_csv_row row;
    struct clean_reader *reader;
    rk_status status;

    RK_TRY(open_at_header(source, &reader, &row));
    source->proving = true;
    status = clean_header_map(source, &row);
    source->proving = false;
    while (status == RK_OK && clean_reader_next(reader, &row)) {
        rk_arena_reset(source->scratch);
        if (!row.damage && !row.blank) prove_row(source, &row);
    }
    clean_reader_close(reader);
    return status;
}

static void look_at_row(struct clean_source *source, const struct rk_csv_row *row,
                        clean_look *look, void *context)
{
    struct rk_csv_row mended;
    enum clean_break kind;
    const char *told;

    if (clean_mended_take(source, row, &mended, &told)) row = &mended;
    if (what_broke(source, row, &kind)) return;
    source->row = row;
    look(source, context);
}

const char *clean_file_reference(struct clean_source *source, size_t column)
{
    return reference_of(source, source->row, column);
}

rk_status clean_file_look(struct clean_source *source, clean_look *look, void *context)
{
    struct rk_csv_row row;
    struct clean_reader *reader;
    rk_status status;

    RK_TRY(open_at_header(source, &reader, &row));
    status = clean_header_map(source, &row);
    if (status == RK_OK)
        clean_mended_header(source, &row, extract_separator(clean_reader_extract(reader)));
    while (status == RK_OK && clean_reader_next(reader, &row)) {
        rk_arena_reset(source->scratch);
        if (!row.damage && !row.blank) look_at_row(source, &row, look, context);
    }
    if (status == RK_OK) status = clean_reader_status(reader);
    clean_reader_close(reader);
    return status;
}
