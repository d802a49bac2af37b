// SPDX-License-Identifier: MIT
#include "pipeline/contract/about.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_number.h"

#include <string.h>

static void put(struct rk_csv_writer *writer, const char *key, const char *value,
                const char *reason)
{
    rk_csv_cell(writer, key);
    rk_csv_cell(writer, value);
    rk_csv_cell(writer, reason);
    rk_csv_end(writer);
}

rk_status about_write(const struct about *about, struct rk_out *out)
{
    struct rk_csv_writer writer = {.file = rk_out_open(out, "release.csv")};
    char number[32];

    if (!writer.file)
        return RK_WORLD;
    put(&writer, "key", "value", "reason");
    put(&writer, "study", about->study, "");
    put(&writer, "as_at", about->as_at, "");
    put(&writer, "suppress_below", rk_text_long(number, about->suppress_below), "");
    if (about->round_base > 0)
        put(&writer, "round_base", rk_text_long(number, about->round_base), "");
    put(&writer, "masked", about->masked ? "true" : "false", "");
    for (size_t i = 0; i < about->exempt_count; i++)
        put(&writer, "exempt", about->exempt[i], about->reasons[i]);
    return RK_OK;
}

static rk_status take(struct rk_arena *arena, struct rk_diag *diag,
                      const struct rk_csv_table *table, size_t row, struct about *out)
{
    const char *key = table->cells[row * table->columns];
    const char *value = table->cells[row * table->columns + 1];

    if (strcmp(key, "study") == 0) {
        out->study = value;
    } else if (strcmp(key, "as_at") == 0) {
        out->as_at = value;
    } else if (strcmp(key, "masked") == 0) {
        out->masked = strcmp(value, "false") != 0;
    } else if (strcmp(key, "round_base") == 0) {
        if (!rk_text_integer(value, &out->round_base) || out->round_base < 2)
            return rk_fail(diag, RK_CHECK, RK_AT(table->path, table->lines[row], 0),
                           "round_base \"%s\" is not a whole number from 2", value);
    } else if (strcmp(key, "exempt") == 0) {
        out->exempt[out->exempt_count] = value;
        out->reasons[out->exempt_count++] = rk_arena_copy(
            arena, table->columns > 2 ? table->cells[row * table->columns + 2] : "");
    } else if (strcmp(key, "suppress_below") == 0 &&
               (!rk_text_integer(value, &out->suppress_below) || out->suppress_below < 0)) {
        return rk_fail(diag, RK_CHECK, RK_AT(table->path, table->lines[row], 0),
                       "suppress_below \"%s\" is not a whole number from 0", value);
    }
    return RK_OK;
}

rk_status about_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                     struct about *out)
{
    struct rk_csv_table table;

    RK_TRY(rk_csv_table_read(arena, diag, path, &table));
    if (table.columns < 2)
        return rk_fail(diag, RK_CHECK, RK_AT(path, 1, 0),
                       "has no columns key and value; reckon mask writes it");
    *out = (struct about){.study = "", .as_at = "", .suppress_below = 5, .masked = true,
                          .exempt = RK_ARRAY(arena, const char *, table.rows + 1),
                          .reasons = RK_ARRAY(arena, const char *, table.rows + 1)};
    for (size_t i = 0; i < table.rows; i++)
        RK_TRY(take(arena, diag, &table, i, out));
    return RK_OK;
}

bool about_exempts(const struct about *about, const char *result)
{
    for (size_t i = 0; i < about->exempt_count; i++)
        if (strcmp(about->exempt[i], result) == 0)
            return true;
    return false;
}
