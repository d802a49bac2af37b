// SPDX-License-Identifier: MIT
/* A published report as anybody types it: as Markdown and as CSV, every check on what is
 * read. */
#include "pipeline/audit/audit.h"
#include "tests/fuzz/fuzz.h"

void fuzz_one(const char *data, size_t bytes)
{
    static const char *const names[] = {"report.md", "report.csv"};

    for (size_t i = 0; i < 2; i++) {
        struct rk_run run = fuzz_run();
        const char *paths[] = {fuzz_file(&run, names[i], data, bytes)};
        struct audit_findings found;
        struct audit_counts counts;

        if (audit_files(run.arena, run.diag, paths, 1, NULL, 0, 5, &found, &counts) != RK_OK)
            rk_diag_flush(run.diag);
        fuzz_run_end(&run);
    }
}
