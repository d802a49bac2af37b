// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_rules.h"

#include "pipeline/clean/clean_ledger.h"

#include <math.h>
#include <string.h>

/* Conditions see the declared columns; a slot is a column's position. */
static long find(const void *names, const char *name, enum column_type *type,
                 const struct code_list **codes)
{
    const struct clean_source *source = names;

    for (size_t i = 0; i < source->count; i++) {
        const struct study_column *column = source->columns[i].declared;

        if (strcmp(column->name, name) == 0) {
            *type = column->type;
            *codes = column->codes;
            return (long)i;
        }
    }
    return -1;
}

static struct value get(const void *row, long slot)
{
    const struct clean_source *source = row;

    return source->cells[slot].value;
}

rk_status clean_rules_init(struct clean_source *source)
{
    const struct study_source *study = source->source;
    struct rk_run *run = source->run;
    struct condition_scope scope = {.find = find,
                                    .names = source,
                                    .period_start = source->study->period_start,
                                    .cut_off = source->study->cut_off};

    source->exclusions =
        RK_ARRAY(run->arena, struct clean_rule, study->exclusion_count + 1);
    source->checks = RK_ARRAY(run->arena, struct clean_rule, study->check_count + 1);
    for (size_t i = 0; i < study->exclusion_count; i++)
        RK_TRY(condition_parse(run->arena, run->diag, study->exclusions[i].place,
                               study->exclusions[i].when, &scope,
                               &source->exclusions[i].condition));
    for (size_t i = 0; i < study->check_count; i++) {
        source->checks[i].format = study_check_format(run->arena, &study->checks[i]);
        if (!study->checks[i].linked)
            RK_TRY(condition_parse(run->arena, run->diag, study->checks[i].place,
                                   study->checks[i].when, &scope,
                                   &source->checks[i].condition));
    }
    return RK_OK;
}

const struct study_exclusion *clean_rules_exclude(struct clean_source *source)
{
    for (size_t i = 0; i < source->source->exclusion_count; i++) {
        if (!condition_holds(source->exclusions[i].condition, get, source)) continue;
        source->exclusions[i].rows++;
        return &source->source->exclusions[i];
    }
    return NULL;
}

static void empty_cell(struct clean_source *source, const struct study_check *check)
{
    for (size_t i = 0; i < source->count; i++) {
        if (strcmp(source->columns[i].declared->name, check->column) != 0) continue;
        source->cells[i].value = (struct value){VALUE_INVALID, NAN, NULL};
        source->counts[i].invalid++;
        source->cells[i].told = true;
        clean_ledger_cell(source, check->column, check->code, source->cells[i].old, "",
                          check->say);
    }
}

/* `say` is the study's sentence; no value of the row is in it. */
static void apply(struct clean_source *source, const struct study_check *check,
                  const char *format)
{
    struct rk_place place = RK_AT(source->path, source->line, 0);
    struct rk_diag *diag = source->run->diag;

    if (check->severity == SEVERITY_EMPTY)
        empty_cell(source, check);
    else
        clean_ledger_cell(source, "", check->code, "", "", check->say);
    if (check->severity == SEVERITY_STOP) {
        rk_diag_say(diag, RK_DIAG_ERROR, place, format, check->code);
        source->worst = source->worst > RK_CHECK ? source->worst : RK_CHECK;
    } else if (check->severity == SEVERITY_WARN) {
        rk_diag_say(diag, RK_DIAG_WARNING, place, format, check->code);
    }
}

void clean_rules_check(struct clean_source *source)
{
    for (size_t i = 0; i < source->source->check_count; i++) {
        const struct clean_rule *rule = &source->checks[i];

        if (!rule->condition || !condition_holds(rule->condition, get, source)) continue;
        apply(source, &source->source->checks[i], rule->format);
    }
}
