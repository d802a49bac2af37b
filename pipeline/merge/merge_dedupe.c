// SPDX-License-Identifier: MIT
/* OUT/20-people of the parts' 20-people. */
#include "pipeline/merge/merge_frame.h"
#include "pipeline/merge/merge_rows.h"

#include <string.h>

static const struct merge_account accounts[] = {
    {.name = "duplicates.csv", .source = 0, .codes = MERGE_RULES, .code = 1, .file = 2, .line = -1,
     .other = 3},
    {.name = "unlinked.csv", .source = 0, .codes = MERGE_CHECKS, .code = 4, .file = 1, .line = -1,
     .other = -1},
    {.name = "issues.csv", .source = 3, .codes = MERGE_CHECKS, .code = 4, .file = 0, .line = 1,
     .other = -1},
};

/* What probability has joined or left open was the same to all parts. */
static const char *const same[] = {"pairs.csv", "decisions.csv", "linkage.csv",
                                   "datapackage.json"};

struct merging {
    struct merge_rows rows;
    struct merge_people *people; /* of each part */
    char people_hash[65];
};

static rk_status merge_table(struct merging *merging, const char *name,
                             const struct study_source *source, const char *const *order,
                             size_t order_count)
{
    const struct merge_frame_options options = {
        .out = merging->rows.out,
        .folder = merging->rows.folder,
        .name = name,
        .source = source,
        .parts = merging->rows.parts,
        .part_count = merging->rows.parts->count,
        .order = order,
        .order_count = order_count,
        .people = strcmp(name, "people") == 0,
        .people_of = merging->people,
        .people_hash = merging->people_hash,
        .arena = merging->rows.run->arena};

    return merge_frame(merging->rows.run, &options);
}

/* By what names a row, then by whose it is: dedupe_order. */
static rk_status merge_source(struct merging *merging, const struct study_source *source)
{
    const char **order =
        RK_ARRAY(merging->rows.run->arena, const char *, source->key_count + 2);
    size_t count = 0;

    for (size_t i = 0; i < source->key_count; i++)
        order[count++] = source->keys[i];
    if (source->link) order[count++] = source->link;
    return merge_table(merging, source->name, source, order, count);
}

static rk_status merge_tables(struct merging *merging)
{
    const struct study *study = merging->rows.study;

    RK_TRY(merge_table(merging, "people", study->people, study->people->keys, 1));
    for (size_t i = 0; i < study->source_count; i++)
        if (&study->sources[i] != study->people)
            RK_TRY(merge_source(merging, &study->sources[i]));
    for (size_t i = 0; i < study->point_count; i++) {
        const struct study_source *source = study->points[i].source;
        const char *whose = source == study->people ? source->key : source->link;

        RK_TRY(merge_table(merging, study->points[i].name, source, &whose, 1));
    }
    return RK_OK;
}

static rk_status merge_all(struct merging *merging)
{
    struct merge_rows *rows = &merging->rows;

    RK_TRY(merge_files(rows));
    RK_TRY(merge_tables(merging));
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++)
        RK_TRY(merge_account(rows, &accounts[i]));
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        RK_TRY(merge_same(rows, same[i]));
    RK_TRY((merge_part_count(rows, rows->study->people) == 1 ? merge_same : merge_sorted)(
        rows, "keys.csv"));
    return merge_flow(rows);
}

rk_status merge_dedupe(struct rk_run *run)
{
    struct merging merging = {.rows = {.run = run, .parts = run->parts, .folder = "20-people"}};
    struct merge_rows *rows = &merging.rows;
    rk_status status;

    RK_TRY(study_open(run, &rows->study));
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, rows->folder, NULL), true,
                        &rows->out));
    merging.people = RK_ARRAY(run->arena, struct merge_people, rows->parts->count);
    status = merge_all(&merging);
    if (status != RK_OK) {
        rk_out_abandon(rows->out);
        return status;
    }
    rk_run_report(run, "dedupe", "20-people put together from %zu parts", rows->parts->count);
    return rk_out_commit(rows->out);
}
