// SPDX-License-Identifier: MIT
/* cells.csv of a release, with its bases. */
#include "pipeline/contract/cells.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const char bases[] =
    "base_id,unit,n,sentence,parent,rule\nanswered,clients,526,clients who answered,,\n";

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    struct results *results;

    fuzz_file(&run, "40-release/bases.csv", bases, strlen(bases));
    fuzz_file(&run, "40-release/cells.csv", data, bytes);
    if (results_read(&run, "40-release", &results) != RK_OK) rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
