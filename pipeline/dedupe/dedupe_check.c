// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_check.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_ledger.h"
#include "pipeline/dedupe/dedupe_merge.h"

#include <math.h>
#include <string.h>

/* A format of its own for each check, so that its repeats are grouped and no other's. */
static const char *message(struct rk_arena *arena, const struct study_check *check)
{
    const char *end = check->severity == SEVERITY_STOP ? " (check \"%s\" stops the run)"
                                                       : " (check \"%s\"); row kept";
    char *text = rk_arena_alloc(arena, 2 * strlen(check->say) + strlen(end) + 1, 1);
    char *out = text;

    for (const char *at = check->say; *at; at++) {
        if (*at == '%') *out++ = '%';
        *out++ = *at;
    }
    stpcpy(out, end);
    return text;
}

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

static void apply(struct dedupe_rows *rows, const struct study_check *check,
                  const char *format, size_t row)
{
    struct rk_diag *diag = rows->run->diag;

    if (check->severity == SEVERITY_EMPTY)
        empty_cell(rows, check, row);
    else
        dedupe_issue(rows, row, "", check->code, "", "", check->say);
    if (check->severity == SEVERITY_STOP) {
        rk_diag_say(diag, RK_DIAG_ERROR, dedupe_place(rows, row), format, check->code);
        rows->stage->worst = RK_CHECK > rows->stage->worst ? RK_CHECK : rows->stage->worst;
    } else if (check->severity == SEVERITY_WARN) {
        rk_diag_say(diag, RK_DIAG_WARNING, dedupe_place(rows, row), format, check->code);
    }
}

static rk_status run_check(struct dedupe_rows *rows, const struct study_check *check)
{
    struct frame_view view = {rows->frame, rows->stage->people};
    const char *format = message(rows->run->arena, check);
    struct condition *condition;

    RK_TRY(frame_view_condition(rows->run, &view, check->place, check->when, &condition));
    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->kept_in[row] == (int64_t)row && !rows->away[row] &&
            frame_view_holds(&view, condition, row))
            apply(rows, check, format, row);
    return RK_OK;
}

rk_status dedupe_check(struct dedupe_rows *rows)
{
    for (size_t i = 0; i < rows->source->check_count; i++)
        if (rows->source->checks[i].linked)
            RK_TRY(run_check(rows, &rows->source->checks[i]));
    return RK_OK;
}
