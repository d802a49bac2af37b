// SPDX-License-Identifier: MIT
/* A draw list, as gnuplot's driver writes it. */
#include "render/chart_draw.h"
#include "tests/fuzz/fuzz.h"

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    struct chart_draw draw;

    if (chart_draw_parse(run.arena, run.diag, "fuzz.draw", data, bytes, &draw) != RK_OK)
        rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
