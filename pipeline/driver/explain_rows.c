// SPDX-License-Identifier: MIT
#include "pipeline/driver/explain_rows.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The rows that are left while one rule after the other is asked. */
struct asking {
    struct rk_run *run;
    const struct study *study;
    struct frame *frame, *people;
    bool *in;            /**< per row of the frame */
    const char *unknown; /**< the first rule that cannot be asked row by row */
};

static size_t left(const struct asking *asking)
{
    size_t count = 0;

    for (size_t i = 0; i < asking->frame->rows; i++)
        count += asking->in[i];
    return count;
}

/** Parses and asks a condition of a frame's rows; false when it is no condition of it. */
static bool ask_frame(struct asking *asking, const struct frame *frame, const char *rule,
                      bool *holds)
{
    const struct frame_view view = {frame, asking->people};
    struct rk_run quiet = *asking->run;
    struct condition *condition;
    rk_status status;

    quiet.diag = rk_diag_new(NULL);
    status = frame_view_condition(&quiet, &view, RK_NOWHERE, rule, &condition);
    for (size_t i = 0; status == RK_OK && i < frame->rows; i++)
        holds[i] = frame_view_holds(&view, condition, i);
    rk_diag_free(quiet.diag);
    return status == RK_OK;
}

/** Keeps the people of whom `holds` is true at a point. */
static void keep_people(struct asking *asking, const struct frame *point, const bool *holds)
{
    bool *there = RK_ARRAY(asking->run->arena, bool, asking->people->rows + 1);
    const int32_t *of_point = frame_person(point), *of_frame = frame_person(asking->frame);

    for (size_t i = 0; i < point->rows; i++) {
        int64_t person = of_point ? of_point[i] : (int64_t)i;
        if (holds[i] && person >= 0)
            there[person] = true;
    }
    for (size_t i = 0; i < asking->frame->rows; i++) {
        int64_t person = of_frame ? of_frame[i] : (int64_t)i;
        asking->in[i] &= person >= 0 && there[person];
    }
}

/** "latest: a record" (empty rule: having one) or "latest.believe answered". */
static bool ask_point(struct asking *asking, const struct study_point *point, const char *rule)
{
    struct frame *frame;

    if (frame_read(asking->run, "20-people", point->name, &frame) != RK_OK)
        return false;
    bool *holds = RK_ARRAY(asking->run->arena, bool, frame->rows + 1);
    if (*rule && !ask_frame(asking, frame, rule, holds))
        return false;
    for (size_t i = 0; !*rule && i < frame->rows; i++)
        holds[i] = true;
    keep_people(asking, frame, holds);
    return true;
}

static bool ask_of_point(struct asking *asking, const char *rule, bool *answered)
{
    for (size_t i = 0; i < asking->study->point_count; i++) {
        const struct study_point *point = &asking->study->points[i];
        size_t n = strlen(point->name);
        if (strncmp(rule, point->name, n) != 0 || !strchr(".:", rule[n]) || !rule[n])
            continue;
        *answered = ask_point(asking, point, rule[n] == ':' ? "" : rule + n + 1);
        return true;
    }
    return false;
}

static void ask(struct asking *asking, const char *rule)
{
    bool *holds = RK_ARRAY(asking->run->arena, bool, asking->frame->rows + 1);
    bool answered = false;

    if (!*rule || strcmp(rule, "exclusions and duplicates taken out") == 0)
        return; /* 20-people is what is left after these */
    if (!ask_of_point(asking, rule, &answered)) {
        answered = ask_frame(asking, asking->frame, rule, holds);
        for (size_t i = 0; answered && i < asking->frame->rows; i++)
            asking->in[i] &= holds[i];
    }
    if (!answered && !asking->unknown)
        asking->unknown = rule;
}

/** The rules of a base and of those it is part of. */
static void ask_base(struct asking *asking, const struct results *results, const char *id)
{
    const struct base *base = results_find_base(results, id);

    if (!base)
        return;
    ask_base(asking, results, base->parent);
    char *rules = rk_arena_copy(asking->run->arena, base->rule), *save = NULL;
    for (char *rule = strtok_r(rules, ";", &save); rule; rule = strtok_r(NULL, ";", &save))
        ask(asking, rk_text_trim(rule));
}

/** What makes a row of the base one of those counted; false when that is no single rule. */
static bool ask_counted(struct asking *asking, const struct study_result *result,
                        const struct cell *cell)
{
    const char *parts[] = {cell->row, cell->column};

    if (result && result->kind == RESULT_CHANGE && result->of_interest) {
        const char *point = strstr(cell->column, "initial")  ? result->from
                            : strstr(cell->column, "latest") ? result->to
                                                             : NULL;
        if (point)
            ask(asking, rk_arena_printf(asking->run->arena, "%s.%s is %s", point, result->of,
                                        result->of_interest));
        return point != NULL;
    }
    if (!result || result->kind != RESULT_TABLE || strchr(cell->row, '/') ||
        result->variable_count > 2)
        return false;
    for (size_t i = 0; i < result->variable_count; i++)
        if (strcmp(parts[i], "all") != 0)
            ask(asking, rk_arena_printf(asking->run->arena, "%s is %s", result->variables[i],
                                        parts[i]));
    return true;
}

/* ---- printing ---- */

static rk_status print_rows(struct asking *asking, const char *name)
{
    const char *path = rk_run_path(asking->run, "20-people",
                                   rk_arena_printf(asking->run->arena, "%s.csv", name));
    struct rk_csv_table table;

    RK_TRY(rk_csv_table_read(asking->run->arena, asking->run->diag, path, &table));
    for (size_t i = 0; i < table.rows && i < asking->frame->rows; i++)
        if (asking->in[i])
            printf("20-people/%s.csv:%zu  from %s\n", name, table.lines[i],
                   table.cells[i * table.columns]);
    return RK_OK;
}

static rk_status compare(struct asking *asking, const struct cell *cell, long expected,
                         const char *what)
{
    long found = (long)left(asking);

    if (expected < 0 || cell->mark == MARK_MASKED)
        return RK_OK;
    if (found != expected)
        return rk_fail(asking->run->diag, RK_CHECK, RK_NOWHERE,
                       "%s says %ld %s and the rules find %ld rows: is 20-people of another run?",
                       cell->id, expected, what, found);
    return RK_OK;
}

/** The file of 20-people that a base counts in: "outcomes+|..." is of outcomes. */
static const char *file_of(struct rk_run *run, const struct cell *cell)
{
    size_t n = strcspn(cell->base_id, "|+.");

    return rk_arena_copy_n(run->arena, cell->base_id, n);
}

rk_status explain_rows(struct rk_run *run, const struct study *study,
                       const struct results *results, const struct cell *cell)
{
    struct asking asking = {.run = run, .study = study};
    const struct study_result *result = study_result(study, cell->result);
    const char *name = file_of(run, cell);
    rk_status status = RK_OK;

    if (!*name)
        return rk_fail(run->diag, RK_CHECK, RK_NOWHERE, "%s has no base, so no rows", cell->id);
    if (study->people && strcmp(name, study->people->name) == 0)
        name = "people";
    RK_TRY(frame_read(run, "20-people", name, &asking.frame));
    RK_TRY(frame_read(run, "20-people", "people", &asking.people));
    asking.in = RK_ARRAY(run->arena, bool, asking.frame->rows + 1);
    memset(asking.in, true, asking.frame->rows);
    ask_base(&asking, results, cell->base_id);
    if (result && result->where && strcmp(file_of(run, cell), name) == 0)
        ask(&asking, result->where);
    if (asking.unknown)
        return rk_fail(run->diag, RK_CHECK, RK_NOWHERE,
                       "the rule \"%s\" of its base is no question to single rows", asking.unknown);
    status = compare(&asking, cell, cell->base, "in its base");
    bool counted = cell->numerator >= 0 && ask_counted(&asking, result, cell);
    if (counted && status == RK_OK && !asking.unknown)
        status = compare(&asking, cell, cell->numerator, "counted");
    printf("%s: %zu rows\n", counted ? "counted" : "in its base", left(&asking));
    rk_status printed = print_rows(&asking, name);
    return status != RK_OK ? status : printed;
}
