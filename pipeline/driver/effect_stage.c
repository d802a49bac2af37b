// SPDX-License-Identifier: MIT
#include "pipeline/driver/effect_stage.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/change/change_stage.h"
#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"
#include "pipeline/dedupe/dedupe_stage.h"
#include "pipeline/tabulate/tabulate_stage.h"

#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a folder aside ---- */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static const char *aside_of(const struct rk_run *run)
{
    return rk_arena_printf(run->arena, "%s/.effect", run->out_dir);
}

/* A killed run may have left one. Links in it are removed, not followed. */
static void remove_aside(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static rk_status make_aside(struct rk_run *run, const char *path)
{
    static const char *const shared[] = {"10-clean", "decisions"};

    remove_aside(path);
    if (mkdir(path, 0700) != 0) return rk_file_fail(run->diag, path, "make");
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        const char *link = rk_arena_printf(run->arena, "%s/%s", path, shared[i]);

        if (symlink(rk_arena_printf(run->arena, "../%s", shared[i]), link) != 0)
            return rk_file_fail(run->diag, link, "make");
    }
    return RK_OK;
}

/* ---- once more ---- */

static rk_status run_stages(struct rk_run *run)
{
    static const struct rk_stage *const stages[] = {&dedupe_stage, &tabulate_stage,
                                                    &change_stage};

    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct rk_run own = *run;
        rk_status status;

        own.arena = rk_arena_new();
        status = stages[i]->work(&own);
        rk_arena_free(own.arena);
        RK_TRY(status);
    }
    return RK_OK;
}

static bool is_headline(const struct study *study, const char *result)
{
    size_t bytes = strlen(result);

    for (size_t s = 0; s < study->source_count; s++) {
        const struct study_linkage *linkage = study->sources[s].linkage;

        for (size_t i = 0; linkage && i < linkage->effect_count; i++)
            if (strncmp(linkage->effect[i], result, bytes) == 0 &&
                linkage->effect[i][bytes] == '.')
                return true;
    }
    return false;
}

/* Made of other results, or judged together with them. */
static bool needs_others(const struct study_result *result)
{
    return result->actual_cell || result->profile_cell || result->pair[0] || result->family;
}

/* The study with no results but those that headlines come from: no more is made once more. */
static const struct study *headlines_of(struct rk_run *run, const struct study *study)
{
    struct study *small = RK_NEW(run->arena, struct study);
    struct study_result *results =
        RK_ARRAY(run->arena, struct study_result, study->result_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < study->result_count; i++) {
        if (!is_headline(study, study->results[i].name)) continue;
        if (needs_others(&study->results[i])) return study;
        results[count++] = study->results[i];
    }
    *small = *study;
    small->results = results;
    small->result_count = count;
    return small;
}

/* What went well at `normal` and has been said is not said again. */
static rk_status make_at(struct rk_run *run, const char *links, struct results **out)
{
    struct rk_run other = *run;
    const char *aside = aside_of(run);
    rk_status status;

    other.out_dir = aside;
    other.of_many = false;
    other.links = links;
    other.quiet = true;
    other.hashes = NULL;
    other.study = headlines_of(run, run->study);
    other.diag = rk_diag_new(NULL);
    status = make_aside(run, aside);
    if (status == RK_OK) status = run_stages(&other);
    if (status == RK_OK) status = results_read(&other, "30-results", out);
    rk_diag_free(other.diag);
    remove_aside(aside);
    if (status != RK_OK)
        return rk_fail(run->diag, status, RK_NOWHERE,
                       "the results cannot be made once more with --links %s; `reckon run ... "
                       "--links %s -o OTHER` says why",
                       links, links);
    return RK_OK;
}

/* ---- or not ---- */

/* Did dedupe find that other lines would join the same rows of every source? */
static rk_status same_people(struct rk_run *run, const struct study *study, const char *links,
                             bool *out)
{
    const char *wanted = rk_arena_printf(run->arena, "same_at_%s", links);
    struct rk_csv_table table;
    size_t compared = 0, same = 0;
    long what, value;

    RK_TRY(rk_csv_table_read(run->arena, run->diag, rk_run_path(run, "20-people", "linkage.csv"),
                             &table));
    what = rk_csv_column(&table, "what");
    value = rk_csv_column(&table, "value");
    for (size_t s = 0; s < study->source_count; s++)
        compared += study->sources[s].linkage != NULL;
    for (size_t row = 0; what >= 0 && value >= 0 && row < table.rows; row++) {
        char *const *cells = table.cells + row * table.columns;

        same += strcmp(cells[what], wanted) == 0 && strcmp(cells[value], "1") == 0;
    }
    *out = same == compared;
    return RK_OK;
}

/* Where nobody else is joined every result is as it is. */
static rk_status results_at(struct rk_run *run, const struct study *study, const char *links,
                            struct results *now, struct results **out)
{
    bool same;

    RK_TRY(same_people(run, study, links, &same));
    if (!same) return make_at(run, links, out);
    *out = now;
    return RK_OK;
}

/* ---- cells ---- */

static void copy_links(struct results *to, const struct cell *cell, const struct results *from,
                       const char *id)
{
    for (size_t i = 0; i < from->link_count; i++) {
        const struct cell_link *link = &from->links[i];
        long at = rk_map_find(from->quantity_index, link->quantity);

        if (strcmp(link->cell, id) != 0 || at < 0) continue;
        results_quantity(to, cell, link->quantity, from->quantities[at].value,
                         from->quantities[at].open);
        results_quantity_people(to, link->quantity, from->quantities[at].people);
    }
}

static const char *plain_row(struct rk_arena *arena, const struct cell *cell)
{
    return rk_arena_printf(arena, "%s/%s/%s", cell->result, cell->row, cell->column);
}

static double value_in(const struct results *results, const char *id)
{
    const struct cell *cell = results_find(results, id);

    return cell ? cell->value : NAN;
}

/* Bases hang in their tree: those above come first. */
static void copy_base(struct results *to, const struct results *from, const char *id)
{
    const struct base *base = results_find_base(from, id);

    if (!base || results_find_base(to, id)) return;
    copy_base(to, from, base->parent);
    results_base(to, base->id, base->unit, base->n, base->sentence, base->parent, base->rule);
}

static rk_status add_range(struct rk_run *run, struct rk_place place, const char *id,
                           struct results *const all[3], struct results *out)
{
    const struct cell *normal = results_find(all[0], id);
    struct cell *cell;

    if (!normal)
        return rk_fail(run->diag, RK_STUDY, place, "effect: there is no cell \"%s\"", id);
    copy_base(out, all[0], normal->base_id);
    cell = results_cell(out, "effect", plain_row(run->arena, normal), "range", normal->measure,
                        normal->unit);
    cell->row_label = normal->row_label;
    cell->column_label = "Range over strict and loose linkage";
    cell->value = cell->low = cell->high = normal->value;
    for (int i = 1; i < 3; i++) {
        cell->low = fmin(cell->low, value_in(all[i], id));
        cell->high = fmax(cell->high, value_in(all[i], id));
    }
    cell->base = normal->base;
    cell->base_id = normal->base_id;
    cell->method = "linkage-range";
    cell->mark = normal->mark;
    copy_links(out, cell, all[0], id);
    return RK_OK;
}

static rk_status add_ranges(struct rk_run *run, const struct study *study,
                            struct results *const all[3], struct results *out, size_t *count)
{
    for (size_t s = 0; s < study->source_count; s++) {
        const struct study_linkage *linkage = study->sources[s].linkage;

        for (size_t i = 0; linkage && i < linkage->effect_count; i++, ++*count)
            RK_TRY(add_range(run, linkage->place, linkage->effect[i], all, out));
    }
    return RK_OK;
}

static bool is_asked(const struct study *study)
{
    for (size_t s = 0; s < study->source_count; s++)
        if (study->sources[s].linkage && study->sources[s].linkage->effect_count) return true;
    return false;
}

static rk_status effect(struct rk_run *run)
{
    struct results *all[3], *out = results_new(run->arena);
    const struct study *study;
    size_t count = 0;

    RK_TRY(study_open(run, &study));
    if (!is_asked(study)) {
        rk_run_report(run, "effect", "nothing to do: no `effect` in `dedupe`");
        return RK_OK;
    }
    RK_TRY(results_read(run, results_so_far(run), &all[0]));
    RK_TRY(results_at(run, study, "strict", all[0], &all[1]));
    RK_TRY(results_at(run, study, "loose", all[0], &all[2]));
    RK_TRY(add_ranges(run, study, all, out, &count));
    RK_TRY(results_write_onto(run, out, "effect", all[0]));
    rk_run_report(run, "effect", "%zu headlines at strict and loose linkage", count);
    return RK_OK;
}

const struct rk_stage effect_stage = {
    .name = "effect",
    .summary = "how far headlines move when dedupe must be surer, or less sure",
    .reads = "OUT/10-clean, OUT/20-people and OUT/30-results",
    .writes = "OUT/30-results",
    .examples = "  reckon effect config/working-well -o out\n",
    .work = effect,
};
