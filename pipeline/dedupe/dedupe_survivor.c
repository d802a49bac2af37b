// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_survivor.h"

#include "pipeline/dedupe/dedupe_merge.h"
#include "pipeline/dedupe/dedupe_order.h"

#include <fnmatch.h>
#include <string.h>

/* The rows of one record, the survivor first, and the column in hand. */
struct record {
    struct dedupe_rows *rows;
    size_t *row, count, cap;
    struct frame_column *column;
    const struct frame_column *by; /* EARLIEST, LATEST */
};

#define NONE ((size_t)-1)

static bool any_take(const struct dedupe_rows *rows)
{
    for (size_t i = 0; i < rows->frame->count; i++)
        if (rows->frame->columns[i].declared->take.rule != TAKE_KEPT) return true;
    return false;
}

/* Is a row's own value asked for, to be taken or to say whose is? */
static bool is_asked(const struct dedupe_rows *rows, const struct frame_column *column)
{
    for (size_t i = 0; i < rows->frame->count; i++) {
        const struct study_take *take = &rows->frame->columns[i].declared->take;

        if (take->by && strcmp(take->by, column->name) == 0) return true;
    }
    return column->declared->take.rule != TAKE_KEPT;
}

void dedupe_survivor_open(struct dedupe_rows *rows)
{
    struct rk_arena *arena = rows->run->arena;

    if (!any_take(rows)) return;
    rows->filled = RK_ARRAY(arena, unsigned char *, rows->frame->count + 1);
    for (size_t i = 0; i < rows->frame->count; i++)
        if (is_asked(rows, &rows->frame->columns[i]))
            rows->filled[i] = RK_ARRAY(arena, unsigned char, rows->frame->rows + 1);
}

static unsigned char *filled_of(const struct dedupe_rows *rows,
                                const struct frame_column *column)
{
    return rows->filled ? rows->filled[column - rows->frame->columns] : NULL;
}

void dedupe_survivor_filled(struct dedupe_rows *rows, const struct frame_column *column,
                            size_t row)
{
    unsigned char *filled = filled_of(rows, column);

    if (filled) filled[row] = 1;
}

/* Does the row itself say anything? */
static bool says(const struct record *record, const struct frame_column *column, size_t row)
{
    const unsigned char *filled = filled_of(record->rows, column);

    return !(filled && filled[row]) && frame_value(column, row).state == VALUE_THERE;
}

/* ---- which value ---- */

static long as_often(const struct record *record, size_t row)
{
    long count = 0;

    for (size_t i = 0; i < record->count; i++)
        count += says(record, record->column, record->row[i]) &&
                 dedupe_same_value(record->column, record->row[i], row);
    return count;
}

static size_t file_rank(const struct record *record, size_t row)
{
    const struct study_take *take = &record->column->declared->take;
    const char *file = rk_arena_copy(record->rows->run->arena, record->rows->frame->file_line[row]);
    size_t rank = 0;

    *strchrnul(file, ':') = '\0';
    *strchrnul(file, '!') = '\0';
    while (rank < take->file_count && fnmatch(take->files[rank], file, 0) != 0)
        rank++;
    return rank;
}

static long letters(const struct record *record, size_t row)
{
    long count = 0;

    for (const char *at = record->column->text[row]; *at; at++)
        count += ((unsigned char)*at & 0xC0) != 0x80;
    return count;
}

/* Below 0 when the rule would rather take what a says. */
static long by_rule(const struct record *record, size_t a, size_t b)
{
    const struct study_take *take = &record->column->declared->take;
    bool have_a, have_b;

    switch (take->rule) {
    case TAKE_FIRST:
        return dedupe_order_place(record->rows, a, b);
    case TAKE_LAST:
        return dedupe_order_place(record->rows, b, a);
    case TAKE_FULLEST:
        return letters(record, b) - letters(record, a);
    case TAKE_FREQUENT:
        return as_often(record, b) - as_often(record, a);
    case TAKE_FILES:
        return (long)file_rank(record, a) - (long)file_rank(record, b);
    default:
        have_a = says(record, record->by, a);
        have_b = says(record, record->by, b);
        if (!have_a || !have_b) return have_b - have_a;
        return dedupe_order_by(record->by, take->rule == TAKE_LATEST, a, b);
    }
}

static bool is_better(const struct record *record, size_t row, size_t best)
{
    long order = by_rule(record, row, best);

    if (order || best == record->row[0]) return order < 0;
    return dedupe_order(record->rows, row, best) < 0;
}

/* False when none of them says anything. */
static bool choose(const struct record *record, size_t *best)
{
    bool any = false;

    for (size_t i = 0; i < record->count; i++) {
        size_t row = record->row[i];

        if (!says(record, record->column, row)) continue;
        if (!any || is_better(record, row, *best)) *best = row;
        any = true;
    }
    return any;
}

/* ---- what becomes of it ---- */

/* What the survivor says from here on, and what of the others disagrees. */
static void take(const struct record *record, size_t best)
{
    struct dedupe_rows *rows = record->rows;
    struct frame_column *column = record->column;
    size_t kept = record->row[0];
    bool own = says(record, column, kept);

    if (!own || !dedupe_same_value(column, kept, best)) {
        dedupe_put_difference(rows, "take", kept, best, column, own ? "taken" : "filled");
        dedupe_fill_value(rows, column, kept, best);
    }
    for (size_t i = 1; i < record->count; i++) {
        size_t row = record->row[i];

        if (says(record, column, row) && !dedupe_same_value(column, row, kept))
            dedupe_put_difference(rows, "take", kept, row, column, "conflict");
    }
}

/* A column at a time may be changed whose values another one's rule asks for, so all are chosen
 * first. */
static void take_all(struct record *record)
{
    struct frame *frame = record->rows->frame;
    size_t *best = RK_ARRAY(record->rows->run->arena, size_t, frame->count + 1);

    for (int chosen = 0; chosen < 2; chosen++)
        for (size_t i = 0; i < frame->count; i++) {
            record->column = &frame->columns[i];
            record->by = record->column->declared->take.by
                             ? frame_column(frame, record->column->declared->take.by)
                             : NULL;
            if (record->column->declared->take.rule == TAKE_KEPT) continue;
            if (!chosen)
                best[i] = choose(record, &best[i]) ? best[i] : NONE;
            else if (best[i] != NONE)
                take(record, best[i]);
        }
}

/* Rows that another stands for, by the one that does: the last first. */
static int64_t *rows_behind(const struct dedupe_rows *rows, int64_t **next)
{
    size_t count = rows->frame->rows;
    int64_t *first = RK_ARRAY(rows->run->arena, int64_t, count + 1);

    *next = RK_ARRAY(rows->run->arena, int64_t, count + 1);
    for (size_t row = 0; row < count; row++)
        first[row] = -1;
    for (size_t row = count; row-- > 0;) {
        int64_t kept = rows->kept_in[row];

        if (kept == (int64_t)row) continue;
        (*next)[row] = first[kept];
        first[kept] = (int64_t)row;
    }
    return first;
}

void dedupe_survivor_take(struct dedupe_rows *rows)
{
    struct record record = {.rows = rows};
    int64_t *first, *next;

    if (!rows->filled) return;
    first = rows_behind(rows, &next);
    for (size_t kept = 0; kept < rows->frame->rows; kept++) {
        if (first[kept] < 0) continue;
        record.count = 0;
        for (int64_t row = (int64_t)kept; row >= 0;
             row = row == (int64_t)kept ? first[kept] : next[row]) {
            RK_ROOM(rows->run->arena, record.row, record.count, record.cap);
            record.row[record.count++] = (size_t)row;
        }
        take_all(&record);
    }
}
