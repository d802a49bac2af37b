// SPDX-License-Identifier: MIT
/** The same report again, from the study and its extracts. */
#include "pipeline/driver/verify_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/contract/study.h"
#include "pipeline/driver/driver.h"

#include <math.h>
#include <string.h>

enum { MOST_NAMED = 20 };

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return same_number(a->value, b->value) && same_number(a->low, b->low) &&
           same_number(a->high, b->high) && a->numerator == b->numerator && a->base == b->base &&
           a->mark == b->mark;
}

static void compare_cells(struct verify *verify, const struct results *again)
{
    size_t differ = 0;

    for (size_t i = 0; i < verify->results->cell_count; i++) {
        const struct cell *cell = &verify->results->cells[i];
        const struct cell *other = results_find(again, cell->id);
        char a[32], b[32];
        if (other && same_cell(cell, other))
            continue;
        if (differ++ < MOST_NAMED)
            verify_wrong(verify, "%s is %s in the PDF and %s in the rerun", cell->id,
                         cell->mark == MARK_MASKED ? "[c]" : rk_text_double(a, cell->value),
                         !other                         ? "not there"
                         : other->mark == MARK_MASKED ? "[c]"
                                                        : rk_text_double(b, other->value));
    }
    for (size_t i = 0; i < again->cell_count; i++)
        if (!results_find(verify->results, again->cells[i].id) && differ++ < MOST_NAMED)
            verify_wrong(verify, "%s is in the rerun and not in the PDF", again->cells[i].id);
    if (differ > MOST_NAMED)
        verify_wrong(verify, "and %zu more cells differ", differ - MOST_NAMED);
    if (!differ)
        verify_right(verify, "%zu cells of the rerun are those of the PDF",
                     verify->results->cell_count);
}

static rk_status compare_bytes(struct verify *verify, const char *folder)
{
    const char *slash = strrchr(verify->pdf, '/');
    const char *again =
        rk_arena_printf(verify->arena, "%s/%s", folder, slash ? slash + 1 : verify->pdf);
    char a[65], b[65];

    RK_TRY(rk_hash_file(verify->run->diag, verify->pdf, a));
    RK_TRY(rk_hash_file(verify->run->diag, again, b));
    if (strcmp(a, b) == 0)
        verify_right(verify, "the rerun gives the same PDF, byte for byte");
    else
        verify_wrong(verify, "the rerun gives another PDF");
    return RK_OK;
}

/** Every stage, quietly: warnings about the data were for the first run. */
static rk_status run_stages(struct rk_run *run)
{
    run->hashes = hash_book_new(run->arena);
    for (const struct rk_stage *const *s = driver_stages(); *s; s++)
        RK_TRY(manifest_run(run, *s));
    return RK_OK;
}

static rk_status rerun(struct verify *verify, struct rk_run *run)
{
    struct results *again;

    RK_TRY(run_stages(run));
    RK_TRY(results_read(run, "40-release", &again));
    compare_cells(verify, again);
    return compare_bytes(verify, run->out_dir);
}

rk_status verify_rerun(struct verify *verify, const char *study)
{
    struct rk_run run = *verify->run;
    struct verify_folder folder = {0};
    rk_status status;

    run.study_dir = study;
    run.study = NULL;
    run.quiet = true;
    run.diag = rk_diag_new(run.verbose ? "reckon verify" : NULL); /* said at the first run */
    status = verify_folder_new(&run, &folder);
    run.out_dir = folder.path;
    if (status == RK_OK)
        status = rerun(verify, &run);
    rk_diag_free(run.diag);
    verify_folder_remove(&folder);
    if (status != RK_OK && !run.verbose)
        return rk_fail(verify->run->diag, status, RK_AT(study, 0, 0),
                       "the rerun came to no end; `reckon run %s -o OUT`, or -v here, says why",
                       study);
    return status;
}
