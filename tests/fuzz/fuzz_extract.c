// SPDX-License-Identifier: MIT
/* A workbook or an SPSS file: sheets, shared strings, types, labels; every row read. */
#include "pipeline/extract/extract.h"
#include "tests/fuzz/fuzz.h"

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    const char *path =
        fuzz_file(&run, bytes > 1 && data[0] == 'P' ? "extract.xlsx" : "extract.sav", data, bytes);
    struct extract_sheets sheets;
    struct extract *extract;
    struct rk_csv_row row;

    if (extract_sheets(run.arena, run.diag, path, &sheets) != RK_OK) rk_diag_flush(run.diag);
    if (extract_open(run.arena, run.diag, path, (struct extract_options){0}, &extract) == RK_OK) {
        while (extract_next(extract, &row))
            continue;
        if (extract_status(extract) != RK_OK) rk_diag_flush(run.diag);
        extract_close(extract);
    }
    fuzz_run_end(&run);
}
