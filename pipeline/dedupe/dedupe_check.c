// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_check.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_ledger.h"
#include "pipeline/dedupe/dedupe_merge.h"

#include <math.h>
#include <string.h>

static void empty_cell(struct dedupe_rows *rows, const struct study_check *check,
                       size_t row)
{
    const struct frame_column *column = frame_column(rows->frame, check->column);

    dedupe_issue(rows, row, column->name, check->code,
                 dedupe_value_text(rows->run->arena, column, row), "", check->say);
    if (column->text)
        column->text[row] = NULL;
    else if (column->number)
        column->number[row] = NAN;
    else
        column->whole[row] = RK_NO_VALUE;
}

static void apply(struct dedupe_rows *rows, size_t at, const char *format, size_t row)
{
    const struct study_check *check = &rows->source->checks[at];
    struct rk_diag *diag = rows->run->diag;

    if (check->severity == SEVERITY_EMPTY)
        empty_cell(rows, check, row);
    else
        dedupe_issue(rows, row, "", check->code, "", "", check->say);
    if (check->severity == SEVERITY_EXCLUDE) dedupe_rule_out(rows, row, at);
    if (check->severity == SEVERITY_STOP) {
        rk_diag_say(diag, RK_DIAG_ERROR, dedupe_place(rows, row), format, check->code);
        rows->stage->worst = RK_CHECK > rows->stage->worst ? RK_CHECK : rows->stage->worst;
    } else if (check->severity == SEVERITY_WARN) {
        rk_diag_say(diag, RK_DIAG_WARNING, dedupe_place(rows, row), format, check->code);
    }
}

static bool is_there(const struct dedupe_rows *rows, size_t row)
{
    return rows->kept_in[row] == (int64_t)row && !rows->away[row];
}

static rk_status run_condition(struct dedupe_rows *rows, size_t at, const char *format)
{
    const struct study_check *check = &rows->source->checks[at];
    struct frame_view view = {rows->frame, rows->source->link ? rows->stage->people : NULL};
    struct condition *condition;

    RK_TRY(frame_view_condition(rows->run, &view, check->place, check->when, &condition));
    for (size_t row = 0; row < rows->frame->rows; row++)
        if (is_there(rows, row) && frame_view_holds(&view, condition, row))
            apply(rows, at, format, row);
    return RK_OK;
}

/* The columns of a row in one text; NULL when one of them is missing. */
static const char *together(struct dedupe_rows *rows, const struct study_check *check,
                            size_t row)
{
    const char *text = "";

    for (size_t i = 0; i < check->repeated_count; i++) {
        const struct frame_column *column = frame_column(rows->frame, check->repeated[i]);
        const char *value = dedupe_value_text(rows->run->arena, column, row);

        if (!*value) return NULL;
        text = rk_arena_printf(rows->run->arena, "%s%s%c", text, value, '\x1f');
    }
    return text;
}

/* All records of a group are told, for nobody knows which is wrong; excluding keeps the
 * first. */
static void run_repeated(struct dedupe_rows *rows, size_t at, const char *format)
{
    const struct study_check *check = &rows->source->checks[at];
    struct rk_map *seen = rk_map_new(rows->run->arena);
    size_t count = rows->frame->rows;
    size_t *group = RK_ARRAY(rows->run->arena, size_t, count + 1);
    long *members = RK_ARRAY(rows->run->arena, long, count + 1);
    bool *met = RK_ARRAY(rows->run->arena, bool, count + 1);

    for (size_t row = 0; row < count; row++) {
        const char *text = is_there(rows, row) ? together(rows, check, row) : NULL;

        group[row] = text ? rk_map_add(seen, text) : count;
        members[group[row]] += text != NULL;
    }
    for (size_t row = 0; row < count; row++) {
        bool first = !met[group[row]];

        if (group[row] == count || members[group[row]] < 2) continue;
        met[group[row]] = true;
        if (!first || check->severity != SEVERITY_EXCLUDE) apply(rows, at, format, row);
    }
}

/* They have been set aside, or stay without a person: here it is said. */
static void run_unknown(struct dedupe_rows *rows, size_t at, const char *format)
{
    const struct frame_column *link = frame_column(rows->frame, rows->source->link);

    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->kept_in[row] == (int64_t)row && rows->frame->persons[row] < 0 &&
            link->text[row] && rows->away[row] != AWAY_RULED)
            apply(rows, at, format, row);
}

static rk_status run_check(struct dedupe_rows *rows, size_t at)
{
    const struct study_check *check = &rows->source->checks[at];
    const char *format = study_check_format(rows->run->arena, check);

    if (check->when) return run_condition(rows, at, format);
    if (check->repeated_count)
        run_repeated(rows, at, format);
    else
        run_unknown(rows, at, format);
    return RK_OK;
}

rk_status dedupe_check(struct dedupe_rows *rows)
{
    for (size_t i = 0; i < rows->source->check_count; i++)
        if (rows->source->checks[i].linked) RK_TRY(run_check(rows, i));
    return RK_OK;
}
