// SPDX-License-Identifier: MIT
#include "render/report_stage.h"

#include "pipeline/contract/folder.h"
#include "render/flow.h"
#include "render/narrative.h"

#include <stdio.h>

/** The released cells and the study travel inside the PDF, so that a reader can check it. */
static rk_status add_attachments(struct rk_run *run, const struct study *study, struct doc *doc)
{
    const char *release = rk_run_path(run, "40-release", "tables");
    struct folder_list tables;
    size_t count = 0;

    RK_TRY(folder_list_suffix(run->arena, run->diag, release, ".csv", &tables));
    doc->attachments = RK_ARRAY(run->arena, const char *, tables.count + 4);
    doc->attachments[count++] = rk_run_path(run, "40-release", "cells.csv");
    doc->attachments[count++] = rk_run_path(run, "40-release", "bases.csv");
    doc->attachments[count++] = rk_run_path(run, "40-release", "release.csv");
    doc->attachments[count++] = study->path;
    for (size_t i = 0; i < tables.count; i++)
        doc->attachments[count++] =
            rk_arena_printf(run->arena, "%s/%s", release, tables.names[i]);
    doc->attachment_count = count;
    return RK_OK;
}

static rk_status report_one(struct rk_run *run, const struct study *study,
                            const struct results *results, const char *name)
{
    struct narrative *narrative;
    const char *file = study_report_file(run, name);
    const char *path = rk_run_path(run, file, NULL);

    RK_TRY(narrative_read(run, results, name, &narrative));
    RK_TRY(add_attachments(run, study, &narrative->doc));
    RK_TRY(run->trace ? flow_render_traced(run, &narrative->doc, path,
                                           rk_arena_printf(run->arena, "%s/%s.trace",
                                                           run->out_dir, name))
                      : flow_render(run, &narrative->doc, path));
    rk_run_report(run, "report", "%s written", file);
    return RK_OK;
}

/** All narratives are tried, so that one run lists what is wrong in each. */
static rk_status report_work(struct rk_run *run)
{
    const struct study *study;
    struct results *results;
    rk_status status = RK_OK;

    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "40-release", &results));
    if (!study->narrative_count)
        return rk_fail(run->diag, RK_STUDY, RK_AT(study->dir, 0, 0),
                       "there is no narrative: a report is a file NAME.md beside study.yaml");
    for (size_t i = 0; i < study->narrative_count; i++) {
        rk_status one = report_one(run, study, results, study->narratives[i]);
        if (status == RK_OK)
            status = one;
    }
    return status;
}

const struct rk_stage report_stage = {
    .name = "report",
    .summary = "narratives, released cells and charts to PDF",
    .reads = "STUDYDIR/*.md, OUT/40-release, OUT/50-charts",
    .writes = "OUT/NAME.pdf for each STUDYDIR/NAME.md",
    .examples = "  reckon-report config/working-well -o out\n"
                "  reckon-report config/working-well -o out --internal\n",
    .work = report_work,
};
