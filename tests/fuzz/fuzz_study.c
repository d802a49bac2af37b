// SPDX-License-Identifier: MIT
/* A study file: YAML, every key, conditions and models, all checks. */
#include "pipeline/contract/study.h"
#include "tests/fuzz/fuzz.h"

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    const struct study *study;

    fuzz_file(&run, "study.yaml", data, bytes);
    if (study_open(&run, &study) != RK_OK) rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
