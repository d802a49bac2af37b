// SPDX-License-Identifier: MIT
/* An extract: encoding, separator and quotes guessed, then every row read. */
#include "pipeline/base/rk_csv.h"
#include "tests/fuzz/fuzz.h"

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    const char *path = fuzz_file(&run, "extract.csv", data, bytes);
    struct rk_csv_table table;
    struct rk_csv *csv;
    struct rk_csv_row row;

    if (rk_csv_open(run.arena, run.diag, path, (struct rk_csv_options){0}, &csv) == RK_OK) {
        while (rk_csv_next(csv, &row))
            continue;
        if (rk_csv_status(csv) != RK_OK) rk_diag_flush(run.diag);
        rk_csv_close(csv);
    }
    if (rk_csv_table_read(run.arena, run.diag, path, &table) != RK_OK) rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
