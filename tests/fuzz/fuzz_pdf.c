// SPDX-License-Identifier: MIT
/* A PDF of anybody: what we read of its bytes ourselves, the alternative texts of figures. (Pages and
 * attachments are read by poppler's programs.) */
#include "pipeline/attack/attack_pdf.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    const char *path = fuzz_file(&run, "report.pdf", data, bytes);
    char *text;

    if (attack_pdf_alt(run.arena, run.diag, path, &text) != RK_OK || strlen(text) > 4 * bytes + 4)
        rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
