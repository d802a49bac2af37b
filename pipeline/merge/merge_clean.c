// SPDX-License-Identifier: MIT
/* OUT/10-clean of the parts' 10-clean. */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "pipeline/merge/merge_frame.h"
#include "pipeline/merge/merge_rows.h"

#include <string.h>

static const struct merge_account issues = {
    .name = "issues.csv", .source = 3, .code = -1, .file = 0, .line = 1, .other = -1};
static const struct merge_account unreadable = {
    .name = "unreadable.csv", .source = 0, .code = -1, .file = 1, .line = 2, .other = -1};
static const struct merge_account ledger = {
    .name = "ledger.csv", .source = -1, .code = -1, .file = 0, .line = 1, .other = -1};

/* part.csv: where in ledger.csv the rows of each source end. */
static rk_status read_ledger_ends(struct merge_rows *rows, size_t part)
{
    struct rk_arena *arena = rows->run->arena;
    const char *path =
        rk_arena_printf(arena, "%s/10-clean/part.csv", rows->parts->runs[part].out_dir);
    const struct study *study = rows->study;
    struct rk_csv_table table;
    bool sound;

    RK_TRY(rk_csv_table_read(arena, rows->run->diag, path, &table));
    sound = table.columns == 2 && table.rows == study->source_count;
    rows->ledger_ends[part] = RK_ARRAY(arena, long, study->source_count + 1);
    for (size_t i = 0; sound && i < study->source_count; i++)
        sound = strcmp(table.cells[2 * i], study->sources[i].name) == 0 &&
                rk_text_integer(table.cells[2 * i + 1], &rows->ledger_ends[part][i]);
    if (sound) return RK_OK;
    return rk_fail(rows->run->diag, RK_WORLD, RK_AT(path, 0, 0),
                   "does not list the sources of the study; run this part again");
}

static rk_status merge_source(const struct merge_rows *rows, const struct study_source *source)
{
    char no_people[65] = "";
    const struct merge_frame_options options = {
        .out = rows->out,
        .folder = rows->folder,
        .name = source->name,
        .source = source,
        .parts = rows->parts,
        .part_count = merge_part_count(rows, source),
        .files = rows->files[source - rows->study->sources],
        .people_hash = no_people,
        .arena = rows->run->arena};

    return merge_frame(rows->run, &options);
}

/* rejects/reviews.csv, rejects/reviews_2.csv: a source whose files have other headings. */
static rk_status merge_rejects(const struct merge_rows *rows, const struct study_source *source)
{
    struct merge_account rejects = {
        .source = -1, .code = -1, .file = 0, .line = 1, .other = -1, .only = source};
    struct rk_arena *arena = rows->run->arena;
    size_t layouts = rk_map_count(rows->files[source - rows->study->sources]);

    for (size_t i = 1; i <= layouts; i++) {
        rejects.name = i == 1 ? rk_arena_printf(arena, "rejects/%s.csv", source->name)
                              : rk_arena_printf(arena, "rejects/%s_%zu.csv", source->name, i);
        if (merge_any(rows, rejects.name)) RK_TRY(merge_account(rows, &rejects));
    }
    return RK_OK;
}

static rk_status merge_all(struct merge_rows *rows)
{
    RK_TRY(merge_files(rows));
    rows->ledger_ends = RK_ARRAY(rows->run->arena, long *, rows->parts->count);
    for (size_t part = 0; part < rows->parts->count; part++)
        RK_TRY(read_ledger_ends(rows, part));
    for (size_t i = 0; i < rows->study->source_count; i++) {
        RK_TRY(merge_source(rows, &rows->study->sources[i]));
        RK_TRY(merge_rejects(rows, &rows->study->sources[i]));
    }
    RK_TRY(merge_account(rows, &issues));
    if (merge_any(rows, unreadable.name)) RK_TRY(merge_account(rows, &unreadable));
    RK_TRY(merge_account(rows, &ledger));
    RK_TRY(merge_extracts(rows));
    RK_TRY(merge_flow(rows));
    RK_TRY(merge_same(rows, "headings.csv"));
    return merge_same(rows, "datapackage.json");
}

rk_status merge_clean(struct rk_run *run)
{
    struct merge_rows rows = {.run = run, .parts = run->parts, .folder = "10-clean"};
    rk_status status;

    RK_TRY(study_open(run, &rows.study));
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, "10-clean", NULL), true,
                        &rows.out));
    status = merge_all(&rows);
    if (status != RK_OK) {
        rk_out_abandon(rows.out);
        return status;
    }
    rk_run_report(run, "clean", "10-clean put together from %zu parts", rows.parts->count);
    return rk_out_commit(rows.out);
}
