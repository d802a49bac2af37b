// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_stage.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/dedupe/dedupe_check.h"
#include "pipeline/dedupe/dedupe_derive.h"
#include "pipeline/dedupe/dedupe_ledger.h"
#include "pipeline/dedupe/dedupe_link.h"
#include "pipeline/dedupe/dedupe_match.h"
#include "pipeline/dedupe/dedupe_order.h"
#include "pipeline/dedupe/dedupe_point.h"
#include "pipeline/dedupe/dedupe_probable.h"
#include "pipeline/dedupe/dedupe_pseudonym.h"
#include "pipeline/dedupe/dedupe_review.h"
#include "pipeline/dedupe/dedupe_write.h"

#include <assert.h>
#include <string.h>

/* ---- what became of the rows ---- */

static const char *rule_reason(struct rk_arena *arena, const struct study_source *source,
                               const struct study_duplicate *rule)
{
    const char *text = "the same";

    if (!rule->match) return "equal in every column";
    for (size_t i = 0; i < rule->match_count; i++)
        text = rk_arena_printf(arena, "%s%s %s", text, i ? "," : "",
                               study_column(source, rule->match[i])->label);
    return text;
}

static void copy_steps(struct flow *to, const struct flow *from, const char *source)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct flow_step *step = &from->steps[i];

        if (strcmp(step->source, source) == 0)
            flow_add(to, step->source, step->step, step->code, step->reason, step->rows);
    }
}

/* A part writes reasons down that none of its rows has, so that all parts have the same ones and
 * `reckon merge` need only add; what is 0 in sum it leaves out again. */
static long add_duplicates(struct dedupe_rows *rows, struct flow *flow)
{
    const struct study_source *source = rows->source;
    long total = 0;

    for (size_t i = 0; i <= source->duplicate_count + 1; i++)
        total += rows->absorbed[i];
    flow_add(flow, source->name, "duplicates", "", "rows taken into another", total);
    for (size_t i = 0; i < source->duplicate_count; i++)
        flow_add(flow, source->name, "duplicates", source->duplicates[i].code,
                 rule_reason(flow->arena, source, &source->duplicates[i]),
                 rows->absorbed[i]);
    if (rows->absorbed[source->duplicate_count] || rows->run->part)
        flow_add(flow, source->name, "duplicates", DEDUPE_SAME_KEY, "the same key",
                 rows->absorbed[source->duplicate_count]);
    if (source->linkage && !source->link)
        flow_add(flow, source->name, "duplicates", DEDUPE_PROBABLE,
                 "probably the same person", rows->absorbed[source->duplicate_count + 1]);
    return total;
}

static const char *rule_code(const struct study_source *source, size_t number)
{
    if (number < source->duplicate_count) return source->duplicates[number].code;
    return number == source->duplicate_count ? DEDUPE_SAME_KEY : DEDUPE_PROBABLE;
}

static const char *by_rule(const struct dedupe_rows *rows)
{
    struct rk_arena *arena = rows->run->arena;
    const char *text = "";

    for (size_t i = 0; i <= rows->source->duplicate_count + 1; i++)
        if (rows->absorbed[i])
            text = rk_arena_printf(arena, "%s%s%ld %s", text, *text ? ", " : " (",
                                   rows->absorbed[i], rule_code(rows->source, i));
    return *text ? rk_arena_printf(arena, "%s)", text) : "";
}

static bool rows_ruled(const struct dedupe_rows *rows)
{
    for (size_t i = 0; i < rows->source->check_count; i++)
        if (rows->ruled[i]) return true;
    return false;
}

static long add_unlinked(const struct dedupe_rows *rows, struct flow *flow)
{
    const char *name = rows->source->name;
    long away[AWAYS] = {0}, total = 0;

    for (size_t row = 0; row < rows->frame->rows; row++) {
        away[rows->away[row]]++;
        total += rows->away[row] != AWAY_NOT;
    }
    flow_add(flow, name, "unlinked", "",
             away[AWAY_RULED] ? "rows of no person known, or excluded by a check that knows people"
                              : "rows of no person known",
             total);
    for (size_t i = 0; i < rows->source->check_count; i++)
        if (rows->ruled[i] || rows->run->part)
            flow_add(flow, name, "unlinked", rows->source->checks[i].code,
                     rows->source->checks[i].say, rows->ruled[i]);
    for (int why = AWAY_NOT + 1; why < AWAY_RULED; why++)
        if (away[why] || rows->run->part)
            flow_add(flow, name, "unlinked", dedupe_away_code((enum dedupe_away)why),
                     dedupe_away_reason((enum dedupe_away)why), away[why]);
    return total;
}

/* People may look into 10-clean and mend it; then its own account no longer holds. */
static void check_kept(const struct dedupe_rows *rows, const struct flow *clean)
{
    long kept = flow_rows(clean, rows->source->name, "kept", "");
    const char *file = rk_arena_printf(rows->run->arena, "%s.csv", rows->source->name);

    if (kept != (long)rows->frame->rows)
        rk_diag_say(rows->run->diag, RK_DIAG_WARNING,
                    RK_AT(rk_run_path(rows->run, "10-clean", file), 0, 0),
                    "%zu rows, but clean kept %ld; the file was changed since, and is used "
                    "as it is",
                    rows->frame->rows, kept);
}

static void balance(struct dedupe_rows *rows, const struct flow *clean)
{
    struct dedupe *stage = rows->stage;
    const char *name = rows->source->name;
    bool people = rows->source == stage->study->people;
    long duplicates, away, unique = 0;

    for (size_t row = 0; row < rows->frame->rows; row++)
        unique += rows->kept_in[row] == (int64_t)row && !rows->away[row];
    check_kept(rows, clean);
    copy_steps(&stage->flow, clean, name);
    duplicates = add_duplicates(rows, &stage->flow);
    away = add_unlinked(rows, &stage->flow);
    flow_add(&stage->flow, name, "unique", "",
             people ? "people" : "records that results are made of", unique);
    assert((long)rows->frame->rows == duplicates + away + unique && "no row is lost");
    rk_run_report(stage->run, "dedupe", "%-12s %zu rows, %ld duplicates%s, %s%ld %s", name,
                  rows->frame->rows, duplicates, by_rule(rows),
                  away ? rk_arena_printf(rows->run->arena, "%ld of nobody known%s, ", away,
                                 rows_ruled(rows) ? " or excluded" : "")
                       : "",
                  unique, people ? "people" : "records");
}

/* ---- one source ---- */

/* References as the extract has them, before any becomes a pseudonym. */
static void keep_given(struct dedupe_rows *rows)
{
    const struct frame_column *key = frame_column(rows->frame, rows->source->key);

    rows->given = RK_ARRAY(rows->run->arena, const char *, rows->frame->rows + 1);
    for (size_t row = 0; row < rows->frame->rows; row++)
        rows->given[row] = key->text[row];
}

static rk_status open_rows(struct dedupe *stage, struct rk_run *run,
                           const struct study_source *source, struct dedupe_rows *rows)
{
    const char *file = rk_arena_printf(run->arena, "%s.csv", source->name);

    *rows = (struct dedupe_rows){.stage = stage, .run = run, .source = source};
    RK_TRY(frame_read(run, "10-clean", source->name, &rows->frame));
    if (rows->frame->rows && !rows->frame->file_line[0])
        return rk_fail(run->diag, RK_WORLD, RK_AT(rk_run_path(run, "10-clean", file), 1, 0),
                       "there is no column \"file_line\"; run reckon clean again");
    rows->away = RK_ARRAY(run->arena, unsigned char, rows->frame->rows + 1);
    rows->ruled = RK_ARRAY(run->arena, long, source->check_count + 1);
    if (stage->ties) keep_given(rows);
    dedupe_pseudonym_apply(rows);
    dedupe_order_init(rows);
    return RK_OK;
}

static rk_status derive_all(struct dedupe_rows *rows)
{
    struct frame_view view = {rows->frame, rows->source->link ? rows->stage->people : NULL};

    dedupe_derive_room(rows->run, rows->frame);
    for (size_t i = 0; i < rows->source->derived_count; i++)
        RK_TRY(
            dedupe_derive(rows->run, &view, rows->frame, &rows->source->derived[i], NULL));
    return RK_OK;
}

/* POINT.csv: people in the order of their keys, those who have a record. */
static rk_status write_point(struct dedupe *stage, const struct dedupe_rows *rows,
                             const struct study_point *point)
{
    size_t *order = RK_ARRAY(rows->run->arena, size_t, stage->people->rows + 1);
    size_t count = 0;
    int64_t *taken;

    RK_TRY(dedupe_point_take(stage, rows, point, &taken));
    RK_TRY(dedupe_point_late(stage, rows, point, taken));
    for (size_t person = 0; person < stage->people->rows; person++)
        if (taken[person] >= 0) order[count++] = (size_t)taken[person];
    return dedupe_write_rows(stage, point->name, rows->frame, order, count);
}

static rk_status finish_source(struct dedupe *stage, struct dedupe_rows *rows)
{
    const struct study *study = stage->study;

    RK_TRY(derive_all(rows));
    RK_TRY(dedupe_write_source(rows));
    if (!rows->source->link) return RK_OK;
    for (size_t i = 0; i < study->point_count; i++)
        if (study->points[i].source == rows->source)
            RK_TRY(write_point(stage, rows, &study->points[i]));
    return dedupe_point_counts(stage, rows);
}

static rk_status read_source(struct dedupe *stage, struct rk_run *run,
                             const struct study_source *source, const struct flow *clean)
{
    struct dedupe_rows rows;

    RK_TRY(open_rows(stage, run, source, &rows));
    if (source->link) {
        RK_TRY(dedupe_probable_find(&rows));
        dedupe_link_records(&rows);
    }
    RK_TRY(dedupe_match(&rows));
    if (source->link) dedupe_link_set_aside(&rows);
    RK_TRY(dedupe_check(&rows));
    RK_TRY(finish_source(stage, &rows));
    balance(&rows, clean);
    return RK_OK;
}

/* Whoever a reference was given to. */
static void tie_references(struct dedupe_rows *rows)
{
    const struct frame_column *key = frame_column(rows->frame, rows->source->key);

    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->given[row])
            part_ties_add(rows->stage->ties, part_hash(rows->given[row]),
                          part_hash(key->text[rows->kept_in[row]]));
}

static rk_status read_people(struct dedupe *stage, struct rk_run *run,
                             const struct study_source *source, const struct flow *clean)
{
    struct dedupe_rows rows;

    RK_TRY(open_rows(stage, run, source, &rows));
    RK_TRY(dedupe_match(&rows));
    if (stage->ties) tie_references(&rows);
    dedupe_link_people(&rows);
    balance(&rows, clean);
    return RK_OK;
}

/* A source at a time is in memory, beside people. */
static rk_status dedupe_source(struct dedupe *stage, const struct study_source *source,
                               const struct flow *clean)
{
    struct rk_run run = *stage->run;
    bool people = source == stage->study->people;
    rk_status status;

    if (stage->folder) run.out_dir = stage->folder;
    run.arena = rk_arena_new();
    status = (people ? read_people : read_source)(stage, &run, source, clean);
    rk_arena_free(run.arena);
    return status;
}

/* ---- people ---- */

static rk_status derive_people(struct dedupe *stage, bool late)
{
    const struct study_source *source = stage->study->people;
    struct frame_view view = {stage->people, stage->people};

    for (size_t i = 0; i < source->derived_count; i++)
        if (source->derived[i].derive->late == late)
            RK_TRY(dedupe_derive(stage->run, &view, stage->people, &source->derived[i],
                                 &stage->late[i]));
    return RK_OK;
}

static rk_status make_people(struct dedupe *stage, const struct flow *clean)
{
    const struct study_source *source = stage->study->people;

    RK_TRY(dedupe_source(stage, source, clean));
    stage->late =
        RK_ARRAY(stage->run->arena, struct frame_column, source->derived_count + 1);
    dedupe_derive_room(stage->run, stage->people);
    return derive_people(stage, false);
}

static rk_status write_own_point(struct dedupe *stage, const struct study_point *point)
{
    struct frame_view view = {stage->people, stage->people};
    size_t *order = RK_ARRAY(stage->run->arena, size_t, stage->people->rows + 1);
    struct condition *where;
    size_t count = 0;

    RK_TRY(
        frame_view_condition(stage->run, &view, point->where_place, point->where, &where));
    for (size_t row = 0; row < stage->people->rows; row++)
        if (frame_view_holds(&view, where, row)) order[count++] = row;
    return dedupe_write_rows(stage, point->name, stage->people, order, count);
}

static rk_status write_people(struct dedupe *stage)
{
    const struct study *study = stage->study;
    size_t *order = RK_ARRAY(stage->run->arena, size_t, stage->people->rows + 1);

    for (size_t row = 0; row < stage->people->rows; row++)
        order[row] = row;
    RK_TRY(dedupe_write_rows(stage, "people", stage->people, order, stage->people->rows));
    for (size_t i = 0; i < study->point_count; i++)
        if (study->points[i].source == study->people)
            RK_TRY(write_own_point(stage, &study->points[i]));
    return dedupe_write_keys(stage);
}

/* ---- the stage ---- */

static rk_status write_flow(struct dedupe *stage)
{
    struct rk_csv_writer writer = {.file = rk_out_open(stage->out, "flow.csv")};

    if (!writer.file) return RK_WORLD;
    flow_write(&stage->flow, &writer);
    return RK_OK;
}

/* About so many: each source, and its points. */
static double rows_to_write(const struct dedupe *stage, const struct flow *clean)
{
    const struct study *study = stage->study;
    double rows = 0;

    for (size_t i = 0; i < study->source_count; i++)
        rows += (double)flow_rows(clean, study->sources[i].name, "kept", "");
    for (size_t i = 0; i < study->point_count; i++)
        rows += (double)flow_rows(clean, study->people->name, "kept", "");
    return rows;
}

static rk_status begin(struct dedupe *stage, const struct flow *clean)
{
    RK_TRY(dedupe_pseudonym_open(stage));
    RK_TRY(dedupe_ledger_open(stage));
    RK_TRY(dedupe_review_open(stage));
    return make_people(stage, clean);
}

static rk_status go_on(struct dedupe *stage, const struct flow *clean)
{
    const struct study *study = stage->study;

    dedupe_link_own(stage);
    for (size_t i = 0; i < study->source_count; i++)
        if (&study->sources[i] != study->people)
            RK_TRY(dedupe_source(stage, &study->sources[i], clean));
    RK_TRY(derive_people(stage, true));
    RK_TRY(write_people(stage));
    RK_TRY(write_flow(stage));
    RK_TRY(dedupe_write_package(stage));
    return stage->worst;
}

static rk_status open_stage(struct rk_run *run, struct dedupe *stage)
{
    *stage = (struct dedupe){.run = run, .flow = {.arena = run->arena}};
    RK_TRY(study_open(run, &stage->study));
    return rk_out_begin(run->arena, run->diag, rk_run_path(run, "20-people", NULL), true,
                        &stage->out);
}

static rk_status dedupe_all(struct rk_run *run, struct dedupe *stage, bool begun)
{
    struct flow clean;

    RK_TRY(flow_read(run, "10-clean", &clean));
    rk_progress_begin("dedupe", "people and records", "rows", rows_to_write(stage, &clean));
    if (!begun) RK_TRY(begin(stage, &clean));
    return go_on(stage, &clean);
}

static rk_status work(struct rk_run *run)
{
    struct dedupe *begun = run->part ? run->part->begun : NULL, own;
    struct dedupe *stage = begun ? begun : &own;
    rk_status status;

    if (!begun) RK_TRY(open_stage(run, stage));
    status = dedupe_all(run, stage, begun);
    if (status == RK_OK) return rk_out_commit(stage->out);
    rk_out_abandon(stage->out);
    return status;
}

rk_status dedupe_begin(struct rk_run *run, const char *folder, struct part_ties *ties,
                       struct dedupe **out)
{
    struct dedupe *stage = RK_NEW(run->arena, struct dedupe);
    struct rk_run there = *run;
    struct flow clean;
    rk_status status;

    there.out_dir = folder;
    RK_TRY(flow_read(&there, "10-clean", &clean));
    RK_TRY(open_stage(run, stage));
    stage->folder = folder;
    stage->ties = ties;
    status = begin(stage, &clean);
    stage->folder = NULL;
    stage->ties = NULL;
    if (status != RK_OK) rk_out_abandon(stage->out);
    *out = stage;
    return status;
}

void dedupe_abandon(struct dedupe *begun)
{
    rk_out_abandon(begun->out);
}

const struct rk_stage dedupe_stage = {
    .name = "dedupe",
    .summary =
        "finds who is who: one row per person, records linked to people, derived variables",
    .reads = "OUT/10-clean",
    .writes = "OUT/20-people",
    .examples = "  reckon-dedupe config/working-well -o out\n",
    .work = work,
};
