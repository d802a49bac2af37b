// SPDX-License-Identifier: MIT
/* A column file: as it is, and with a tail that vouches for whatever its directory has become, so that
 * the directory itself is read. Every value of every column. */
#include "pipeline/contract/columns.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/contract/columns_priv.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void read_all(struct rk_run *run, const char *path)
{
    struct columns *columns = columns_open(run->arena, path);
    size_t rows = columns ? columns_rows(columns) : 0;
    int64_t *whole;
    double *numbers;
    const char **texts;

    if (!columns || rows > 100000) return;
    whole = RK_ARRAY(run->arena, int64_t, rows + 1);
    numbers = RK_ARRAY(run->arena, double, rows + 1);
    texts = RK_ARRAY(run->arena, const char *, rows + 1);
    for (size_t i = 0; i < columns_count(columns); i++) {
        switch (columns_kind(columns, i)) {
        case COLUMNS_WHOLE:
            columns_read_whole(columns, i, whole);
            break;
        case COLUMNS_NUMBER:
            columns_read_number(columns, i, numbers);
            break;
        case COLUMNS_TEXT:
            columns_read_text(columns, i, run->arena, texts);
            break;
        }
    }
}

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    struct columns_tail tail;
    char hex[65], *copy;

    read_all(&run, fuzz_file(&run, "records.columns", data, bytes));
    if (bytes >= sizeof tail) {
        size_t before = bytes - sizeof tail;

        copy = rk_arena_copy_n(run.arena, data, bytes);
        memcpy(&tail, data + before, sizeof tail);
        if (tail.directory <= before && tail.bytes <= before - tail.directory) {
            rk_hash_bytes(data + tail.directory, tail.bytes, hex);
            memcpy(copy + before + offsetof(struct columns_tail, hash), hex, COLUMNS_HASH);
            read_all(&run, fuzz_file(&run, "records.columns", copy, bytes));
        }
    }
    fuzz_run_end(&run);
}
