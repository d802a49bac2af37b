// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_merge.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_match.h"

#include <string.h>

static size_t answers(const struct dedupe_rows *rows, size_t row)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->frame->count; i++)
        count += frame_value(&rows->frame->columns[i], row).state == VALUE_THERE;
    return count;
}

/* Rows without a date are the last that a rule by date takes. */
static int by_value(const struct dedupe_rows *rows, const char *name, bool latest, size_t a,
                    size_t b)
{
    const struct frame_column *column = frame_column(rows->frame, name);
    struct value left = frame_value(column, a), right = frame_value(column, b);
    int order;

    if (left.state != VALUE_THERE || right.state != VALUE_THERE)
        return (left.state != VALUE_THERE) - (right.state != VALUE_THERE);
    if (left.text)
        order = strcmp(left.text, right.text);
    else
        order = (left.number > right.number) - (left.number < right.number);
    return latest ? -order : order;
}

/* Below 0 when the rule would rather keep a than b. First and last are places in the files.
 */
static int preference(const struct dedupe_rows *rows, const struct study_duplicate *rule,
                      size_t a, size_t b)
{
    size_t full_a, full_b;

    switch (rule->keep) {
    case KEEP_FIRST:
        return (a > b) - (a < b);
    case KEEP_LAST:
        return (a < b) - (a > b);
    case KEEP_FULLEST:
        full_a = answers(rows, a);
        full_b = answers(rows, b);
        return (full_a < full_b) - (full_a > full_b);
    default:
        return by_value(rows, rule->keep_by, rule->keep == KEEP_LATEST, a, b);
    }
}

size_t dedupe_merge_choose(const struct dedupe_rows *rows,
                           const struct study_duplicate *rule, const size_t *group,
                           size_t count)
{
    size_t best = group[0];

    for (size_t i = 1; i < count; i++) {
        int order = preference(rows, rule, group[i], best);

        if (order < 0 || (order == 0 && dedupe_order(rows, group[i], best) < 0))
            best = group[i];
    }
    return best;
}

static bool same_value(const struct frame_column *column, size_t a, size_t b)
{
    if (column->text) return strcmp(column->text[a], column->text[b]) == 0;
    if (column->number) return column->number[a] == column->number[b];
    return column->whole[a] == column->whole[b];
}

static void copy_value(struct frame_column *column, size_t to, size_t from)
{
    if (column->text)
        column->text[to] = column->text[from];
    else if (column->number)
        column->number[to] = column->number[from];
    else
        column->whole[to] = column->whole[from];
}

const char *dedupe_value_text(struct rk_arena *arena, const struct frame_column *column,
                              size_t row)
{
    struct value value = frame_value(column, row);
    char text[32];

    if (value.state != VALUE_THERE) return "";
    switch (column->type) {
    case COLUMN_DATE:
        return rk_arena_copy(arena, rk_date_text(text, (long)value.number));
    case COLUMN_CODE:
        return column->codes->codes[(size_t)value.number];
    case COLUMN_ID:
    case COLUMN_TEXT:
        return value.text;
    default:
        return rk_arena_copy(arena, rk_text_double(text, value.number));
    }
}

static void put_row(struct dedupe_rows *rows, const char *code, size_t kept, size_t other)
{
    struct rk_csv_writer *writer = &rows->stage->duplicates;

    rk_csv_cell(writer, rows->source->name);
    rk_csv_cell(writer, code);
    rk_csv_cell(writer, rows->frame->file_line[kept]);
    rk_csv_cell(writer, rows->frame->file_line[other]);
}

/* What two records of one person say differently, or only one of them says. */
static void put_difference(struct dedupe_rows *rows, const char *code, size_t kept,
                           size_t other, const struct frame_column *column,
                           const char *what)
{
    struct rk_csv_writer *writer = &rows->stage->duplicates;
    bool hidden = !column->declared->kept;
    struct rk_arena *arena = rows->run->arena;

    put_row(rows, code, kept, other);
    rk_csv_cell(writer, column->name);
    rk_csv_cell(writer, hidden ? "" : dedupe_value_text(arena, column, kept));
    rk_csv_cell(writer, hidden ? "" : dedupe_value_text(arena, column, other));
    rk_csv_cell(writer, what);
    rk_csv_end(writer);
}

void dedupe_merge_absorb(struct dedupe_rows *rows, const char *code, bool fill, size_t kept,
                         size_t other)
{
    struct rk_csv_writer *writer = &rows->stage->duplicates;

    put_row(rows, code, kept, other);
    rk_csv_cell(writer, "");
    rk_csv_cell(writer, "");
    rk_csv_cell(writer, "");
    rk_csv_cell(writer, "absorbed");
    rk_csv_end(writer);
    for (size_t i = 0; i < rows->frame->count; i++) {
        struct frame_column *column = &rows->frame->columns[i];
        bool here = frame_value(column, kept).state == VALUE_THERE;
        bool there = frame_value(column, other).state == VALUE_THERE;

        if (here && there && !same_value(column, kept, other)) {
            put_difference(rows, code, kept, other, column, "conflict");
        } else if (!here && there) {
            put_difference(rows, code, kept, other, column, fill ? "filled" : "left blank");
            if (fill) copy_value(column, kept, other);
        }
    }
}
