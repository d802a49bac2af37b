// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_merge.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_order.h"
#include "pipeline/dedupe/dedupe_survivor.h"

#include <stdlib.h>
#include <string.h>

static long answers(const struct dedupe_rows *rows, size_t row)
{
    long count = 0;

    for (size_t i = 0; i < rows->frame->count; i++)
        count += !rows->frame->columns[i].declared->kind_of &&
                 frame_value(&rows->frame->columns[i], row).state == VALUE_THERE;
    return count;
}

struct ranking {
    const struct dedupe_rows *rows;
    const struct study_duplicate *rule;
    const struct frame_column *by; /* EARLIEST, LATEST */
};

/* Below 0 when the rule would rather keep a than b. */
static int by_liking(const void *left, const void *right, void *context)
{
    const struct ranking *ranking = context;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    long full_a, full_b;
    int order = 0;

    switch (ranking->rule->keep) {
    case KEEP_FIRST:
        return dedupe_order_place(ranking->rows, a, b);
    case KEEP_LAST:
        return dedupe_order_place(ranking->rows, b, a);
    case KEEP_FULLEST:
        full_a = answers(ranking->rows, a);
        full_b = answers(ranking->rows, b);
        order = (full_a < full_b) - (full_a > full_b);
        break;
    default:
        order = dedupe_order_by(ranking->by, ranking->rule->keep == KEEP_LATEST, a, b);
    }
    return order ? order : dedupe_order(ranking->rows, a, b);
}

void dedupe_merge_rank(struct dedupe_rows *rows, const struct study_duplicate *rule,
                       size_t *group, size_t count)
{
    struct ranking ranking = {
        rows, rule, rule->keep_by ? frame_column(rows->frame, rule->keep_by) : NULL};

    qsort_r(group, count, sizeof *group, by_liking, &ranking);
}

bool dedupe_same_value(const struct frame_column *column, size_t a, size_t b)
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

/* What is filled is missing no more. */
void dedupe_fill_value(struct dedupe_rows *rows, struct frame_column *column, size_t to,
                       size_t from)
{
    copy_value(column, to, from);
    for (size_t i = 0; i < rows->frame->count; i++) {
        const struct frame_column *why = &rows->frame->columns[i];

        if (why->declared->kind_of && strcmp(why->declared->kind_of, column->name) == 0)
            why->whole[to] = RK_NO_VALUE;
    }
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
void dedupe_put_difference(struct dedupe_rows *rows, const char *code, size_t kept,
                           size_t other, const struct frame_column *column,
                           const char *what)
{
    struct rk_csv_writer *writer = &rows->stage->duplicates;
    bool hidden = !column->declared->kept;
    bool blank = strcmp(what, "filled") == 0;
    struct rk_arena *arena = rows->run->arena;

    put_row(rows, code, kept, other);
    rk_csv_cell(writer, column->name);
    rk_csv_cell(writer, hidden || blank ? "" : dedupe_value_text(arena, column, kept));
    rk_csv_cell(writer, hidden ? "" : dedupe_value_text(arena, column, other));
    rk_csv_cell(writer, what);
    rk_csv_end(writer);
}

/* A record without its key would be nobody's. */
static bool names_row(const struct study_source *source, const struct frame_column *column)
{
    return source->key && strcmp(column->name, source->key) == 0;
}

static void put_absorbed(struct dedupe_rows *rows, const char *code, size_t kept,
                         size_t other)
{
    struct rk_csv_writer *writer = &rows->stage->duplicates;

    put_row(rows, code, kept, other);
    for (int empty = 0; empty < 3; empty++)
        rk_csv_cell(writer, "");
    rk_csv_cell(writer, "absorbed");
    rk_csv_end(writer);
}

/* One column of a row that is taken into another. What has a rule of its own is told once all
 * rows of the record are known (dedupe_survivor). */
static void absorb_value(struct dedupe_rows *rows, const struct study_duplicate *rule,
                         struct frame_column *column, size_t kept, size_t other)
{
    bool here = frame_value(column, kept).state == VALUE_THERE;
    bool fill = rule->fill || names_row(rows->source, column);
    bool told = column->declared->take.rule == TAKE_KEPT;

    if (frame_value(column, other).state != VALUE_THERE) return;
    if (here && told && !dedupe_same_value(column, kept, other)) {
        dedupe_put_difference(rows, rule->code, kept, other, column, "conflict");
    } else if (!here) {
        if (told)
            dedupe_put_difference(rows, rule->code, kept, other, column,
                                  fill ? "filled" : "left blank");
        if (!fill) return;
        dedupe_survivor_filled(rows, column, kept);
        dedupe_fill_value(rows, column, kept, other);
    }
}

void dedupe_merge_absorb(struct dedupe_rows *rows, const struct study_duplicate *rule,
                         size_t kept, size_t other)
{
    put_absorbed(rows, rule->code, kept, other);
    for (size_t i = 0; i < rows->frame->count; i++)
        if (!rows->frame->columns[i].declared->kind_of)
            absorb_value(rows, rule, &rows->frame->columns[i], kept, other);
}
