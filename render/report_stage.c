// SPDX-License-Identifier: MIT
#include "render/report_stage.h"

#include "pipeline/contract/folder.h"
#include "render/flow.h"
#include "render/narrative.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

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

/** A report between its narrative and its pages. */
struct report {
    struct rk_run *run;
    const char *name, *file;
    struct doc *doc;  /**< NULL: its narrative is wrong, which has been said */
    rk_status status;
    bool fine;        /**< its pages are made, and there was nothing to say */
};

static rk_status read_report(struct rk_run *run, const struct study *study,
                             const struct results *results, const char *name,
                             struct report *out)
{
    struct narrative *narrative;

    *out = (struct report){.run = run, .name = name, .file = study_report_file(run, name)};
    RK_TRY(narrative_read(run, results, name, &narrative));
    RK_TRY(add_attachments(run, study, &narrative->doc));
    out->doc = &narrative->doc;
    return RK_OK;
}

static rk_status make_pages(struct rk_run *run, const struct report *report)
{
    const char *path = rk_run_path(run, report->file, NULL);

    if (!run->trace) return flow_render(run, report->doc, path);
    return flow_render_traced(run, report->doc, path,
                              rk_arena_printf(run->arena, "%s/%s.trace", run->out_dir,
                                              report->name));
}

/* ---- side by side ---- */

struct queue {
    struct report **reports; /**< the longest first */
    size_t count;
    atomic_size_t next;
};

/** Makes the pages without a word. What has something to say is made once more, by itself, so that
 *  messages come in their order. */
static void make_quietly(struct report *report)
{
    struct rk_run own = *report->run;

    own.arena = rk_arena_new();
    own.diag = rk_diag_new(NULL);
    report->fine = make_pages(&own, report) == RK_OK && rk_diag_said(own.diag) == 0;
    rk_diag_free(own.diag);
    rk_arena_free(own.arena);
}

static void *make_some(void *context)
{
    struct queue *queue = context;

    for (size_t at; (at = atomic_fetch_add(&queue->next, 1)) < queue->count;)
        make_quietly(queue->reports[at]);
    return NULL;
}

static int longest_first(const void *a, const void *b)
{
    const struct report *const *left = a, *const *right = b;

    if ((*left)->doc->count != (*right)->doc->count)
        return (*left)->doc->count < (*right)->doc->count ? 1 : -1;
    return strcmp((*left)->name, (*right)->name);
}

static void make_side_by_side(struct rk_run *run, struct report *reports, size_t count)
{
    struct queue queue = {.reports = RK_ARRAY(run->arena, struct report *, count + 1)};
    pthread_t other;

    for (size_t i = 0; i < count; i++)
        if (reports[i].doc)
            queue.reports[queue.count++] = &reports[i];
    if (run->threads < 2 || queue.count < 2)
        return;
    qsort(queue.reports, queue.count, sizeof *queue.reports, longest_first);
    if (pthread_create(&other, NULL, make_some, &queue) != 0)
        return;
    make_some(&queue);
    pthread_join(other, NULL);
}

static rk_status finish(struct rk_run *run, struct report *report)
{
    if (!report->doc)
        return report->status;
    if (!report->fine)
        RK_TRY(make_pages(run, report));
    rk_run_report(run, "report", "%s written", report->file);
    return RK_OK;
}

/** All narratives are tried, so that one run lists what is wrong in each. */
static rk_status report_work(struct rk_run *run)
{
    const struct study *study;
    struct results *results;
    struct report *reports;
    rk_status status = RK_OK;

    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "40-release", &results));
    if (!study->narrative_count)
        return rk_fail(run->diag, RK_STUDY, RK_AT(study->dir, 0, 0),
                       "there is no narrative: a report is a file NAME.md beside study.yaml");
    reports = RK_ARRAY(run->arena, struct report, study->narrative_count);
    for (size_t i = 0; i < study->narrative_count; i++)
        reports[i].status =
            read_report(run, study, results, study->narratives[i], &reports[i]);
    make_side_by_side(run, reports, study->narrative_count);
    for (size_t i = 0; i < study->narrative_count; i++) {
        rk_status one = finish(run, &reports[i]);
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
