// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_columns.h"

#include "pipeline/base/rk_number.h"
#include "pipeline/contract/frame_store.h"

#include <math.h>

rk_status clean_columns_open(struct clean_source *source)
{
    struct rk_arena *arena = source->run->arena;
    const char *name = rk_arena_printf(arena, "%s.columns", source->source->name);
    FILE *out = rk_out_open(source->out, name);

    if (!out) return RK_WORLD;
    source->coded = columns_new(arena, out);
    for (size_t i = 0; i < source->count; i++) {
        const struct study_column *column = source->columns[i].declared;

        columns_add(source->coded, column->name, frame_store_kind(column->type),
                    (int)column->type);
        if (column->type == COLUMN_CODE)
            columns_dictionary(source->coded, i, column->codes->codes, column->codes->count);
    }
    columns_add(source->coded, "file_line", COLUMNS_TEXT, 0);
    return RK_OK;
}

static void keep_cell(struct clean_source *source, size_t column)
{
    const struct value *value = &source->cells[column].value;
    bool there = value->state == VALUE_THERE;

    switch (frame_store_kind(source->columns[column].declared->type)) {
    case COLUMNS_NUMBER:
        columns_number(source->coded, column, there ? value->number : NAN);
        break;
    case COLUMNS_TEXT:
        columns_text(source->coded, column, there && *value->text ? value->text : NULL);
        break;
    default:
        columns_whole(source->coded, column, there ? (int64_t)value->number : RK_NO_VALUE);
    }
}

void clean_columns_keep(struct clean_source *source, const char *file_line)
{
    for (size_t i = 0; i < source->count; i++)
        keep_cell(source, i);
    columns_text(source->coded, source->count, file_line);
    columns_end(source->coded);
}

void clean_columns_finish(struct clean_source *source)
{
    char hash[65];

    rk_out_hash(source->out, source->kept.file, hash);
    columns_finish(source->coded, hash, "");
}
