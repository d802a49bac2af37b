// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_order.h"

#include <math.h>
#include <string.h>

static int compare_texts(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b)) return !isnan(a) - !isnan(b);
    return (a > b) - (a < b);
}

static int compare(const struct frame_column *column, size_t a, size_t b)
{
    if (column->text) return compare_texts(column->text[a], column->text[b]);
    if (column->number) return compare_numbers(column->number[a], column->number[b]);
    return (column->whole[a] > column->whole[b]) - (column->whole[a] < column->whole[b]);
}

static void put_column(struct dedupe_rows *rows, const char *name)
{
    const struct frame_column *column = name ? frame_column(rows->frame, name) : NULL;
    size_t position = column ? (size_t)(column - rows->frame->columns) : 0;

    for (size_t i = 0; i < rows->order_count; i++)
        if (rows->order_by[i] == position) return;
    if (column) rows->order_by[rows->order_count++] = position;
}

void dedupe_order_init(struct dedupe_rows *rows)
{
    rows->order_by = RK_ARRAY(rows->run->arena, size_t, rows->frame->count + 1);
    rows->order_count = 0;
    for (size_t i = 0; i < rows->source->key_count; i++)
        put_column(rows, rows->source->keys[i]);
    put_column(rows, rows->source->link);
    rows->key_count = rows->order_count;
    for (size_t i = 0; i < rows->frame->count; i++)
        put_column(rows, rows->frame->columns[i].name);
}

static int by_columns(const struct dedupe_rows *rows, size_t count, size_t a, size_t b)
{
    int order = 0;

    for (size_t i = 0; !order && i < count; i++)
        order = compare(&rows->frame->columns[rows->order_by[i]], a, b);
    return order ? order : (a > b) - (a < b);
}

int dedupe_order(const struct dedupe_rows *rows, size_t a, size_t b)
{
    return by_columns(rows, rows->order_count, a, b);
}

int dedupe_order_place(const struct dedupe_rows *rows, size_t a, size_t b)
{
    return by_columns(rows, rows->key_count, a, b);
}

int dedupe_order_by(const struct frame_column *column, bool latest, size_t a, size_t b)
{
    bool have_a = frame_value(column, a).state == VALUE_THERE;
    bool have_b = frame_value(column, b).state == VALUE_THERE;

    if (!have_a || !have_b) return have_b - have_a;
    return latest ? compare(column, b, a) : compare(column, a, b);
}

/* ---- leads ---- */

/* Bytes with which all the texts begin; a missing one begins with none. */
static size_t common_bytes(const char **text, const struct dedupe_lead *leads, size_t count)
{
    size_t common = count && text[leads[0].row] ? strlen(text[leads[0].row]) : 0;

    for (size_t i = 1; common && i < count; i++) {
        const char *first = text[leads[0].row], *other = text[leads[i].row];
        size_t same = 0;

        while (other && same < common && first[same] == other[same])
            same++;
        common = same;
    }
    return common;
}

/* Eight bytes, the first of them the highest; a missing text comes first, as 0. */
static uint64_t lead_of(const char *text, size_t skip)
{
    uint64_t lead = 0;
    size_t at = 0;

    if (!text) return 0;
    for (; at < 8 && text[skip + at]; at++)
        lead = lead << 8 | (unsigned char)text[skip + at];
    return at ? lead << 8 * (8 - at) : 0;
}

void dedupe_order_lead(const struct dedupe_rows *rows, struct dedupe_lead *leads,
                       size_t count)
{
    const struct frame_column *first =
        rows->order_count ? &rows->frame->columns[rows->order_by[0]] : NULL;
    size_t skip;

    if (!first || !first->text) return;
    skip = common_bytes(first->text, leads, count);
    for (size_t i = 0; i < count; i++)
        leads[i].lead = lead_of(first->text[leads[i].row], skip);
}
