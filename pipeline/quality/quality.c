// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality.h"

#include "pipeline/quality/quality_priv.h"

#include <unistd.h>

static rk_status write_all(struct quality *quality)
{
    struct rk_out *out;
    rk_status status;

    RK_TRY(rk_out_begin(quality->arena, quality->run->diag,
                        rk_run_path(quality->run, "25-quality", NULL), true, &out));
    status = quality_write_csv(quality, out);
    if (status == RK_OK) status = quality_write_pdf(quality, out);
    if (status == RK_OK) return rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}

static rk_status need_stages(struct rk_run *run)
{
    static const char *const files[][2] = {
        {"10-clean",  "issues.csv"},
        {"20-people", "people.csv"}
    };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = rk_run_path(run, files[i][0], files[i][1]);

        if (access(path, R_OK) != 0)
            return rk_fail(
                run->diag, RK_WORLD, RK_AT(path, 0, 0),
                "is not there; run reckon clean and reckon dedupe first, or reckon run");
    }
    return RK_OK;
}

rk_status quality_report(struct rk_run *run)
{
    struct quality quality = {.run = run, .arena = run->arena};

    RK_TRY(study_open(run, &quality.study));
    RK_TRY(need_stages(run));
    RK_TRY(quality_count(&quality));
    RK_TRY(quality_ledger(&quality));
    RK_TRY(quality_time(&quality));
    RK_TRY(quality_compare(&quality));
    RK_TRY(write_all(&quality));
    rk_run_report(run, "quality", "%zu things to put right; %s", quality.fix_count,
                  rk_run_path(run, "25-quality", "quality.pdf"));
    return RK_OK;
}
