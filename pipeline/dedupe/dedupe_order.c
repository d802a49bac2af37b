// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_match.h"

#include <math.h>
#include <string.h>

static int by_text(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int by_number(double a, double b)
{
    if (isnan(a) || isnan(b)) return !isnan(a) - !isnan(b);
    return (a > b) - (a < b);
}

static int by_column(const struct frame_column *column, size_t a, size_t b)
{
    if (column->text) return by_text(column->text[a], column->text[b]);
    if (column->number) return by_number(column->number[a], column->number[b]);
    return (column->whole[a] > column->whole[b]) - (column->whole[a] < column->whole[b]);
}

static int by_name(const struct dedupe_rows *rows, const char *name, size_t a, size_t b)
{
    const struct frame_column *column = name ? frame_column(rows->frame, name) : NULL;

    return column ? by_column(column, a, b) : 0;
}

int dedupe_order(const struct dedupe_rows *rows, size_t a, size_t b)
{
    const struct study_source *source = rows->source;
    int order = 0;

    for (size_t i = 0; !order && i < source->key_count; i++)
        order = by_name(rows, source->keys[i], a, b);
    if (!order) order = by_name(rows, source->link, a, b);
    for (size_t i = 0; !order && i < rows->frame->count; i++)
        order = by_column(&rows->frame->columns[i], a, b);
    return order ? order : (a > b) - (a < b);
}
