// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include <string.h>

/** One variable under check. */
struct variable {
    struct study_reader *reader;
    struct study_source *source;
    struct study_column *column;
    struct study_derive *derive;
    struct study_scope *scope; /**< what it may use */
};

/* Made from something that is made from other sources' records. */
static void use(struct variable *variable, const struct study_column *column)
{
    if (column->derive && column->derive->late) variable->derive->late = true;
}

/* The column that a key names; NULL after saying that there is none, or of the wrong type.
 */
static const struct study_column *need(struct variable *variable, const char *key,
                                       const char *name, unsigned types, const char *wanted)
{
    struct rk_place place = variable->derive->place;
    const struct study_column *column;

    if (!name) return NULL;
    column = study_scope_need(variable->reader, variable->scope, place, key, name);
    if (!column) return NULL;
    use(variable, column);
    if (types & (1U << column->type)) return column;
    study_say_at(variable->reader, place, "%s: \"%s\" is not %s", key, name, wanted);
    return NULL;
}

enum {
    DATES = 1U << COLUMN_DATE,
    CODES = 1U << COLUMN_CODE,
    NUMBERS = (1U << COLUMN_INTEGER) | (1U << COLUMN_NUMBER),
};

static void check_day(struct variable *variable, const char *name)
{
    if (name && strcmp(name, "cut_off") != 0 && strcmp(name, "period_start") != 0)
        need(variable, variable->derive->unit, name, DATES, "a date");
}

static void check_recode(struct variable *variable)
{
    struct study_derive *derive = variable->derive;
    struct study_reader *reader = variable->reader;
    const struct study_column *of =
        need(variable, "recode", derive->of, CODES, "a code column");
    const struct rk_yaml *to = rk_yaml_get(derive->map, "to");
    size_t count = study_entries(reader, to, "to");
    bool own = !rk_yaml_get(derive->map, "codes");

    if (!of || !of->codes || of->codes->open) return;
    derive->to = RK_ARRAY(reader->arena, int, of->codes->count);
    for (size_t i = 0; i < of->codes->count; i++)
        derive->to[i] = -1;
    for (size_t i = 0; i < count; i++) {
        int from = study_code(reader, of->codes, to->keys[i]);
        const struct rk_yaml *item = to->items[i];
        int code = own ? code_list_match(variable->column->codes, reader->arena, item->text)
                       : study_code(reader, variable->column->codes, item);

        if (from >= 0) derive->to[from] = code;
    }
}

static void check_cases(struct variable *variable)
{
    for (size_t i = 0; i < variable->derive->case_count; i++) {
        const struct study_case *one = &variable->derive->cases[i];
        struct condition *condition;
        const long *slots;
        size_t count;

        study_scope_condition(variable->reader, variable->scope, one->place, one->when,
                              &condition);
        count = condition_slots(condition, &slots);
        for (size_t s = 0; s < count; s++)
            use(variable, variable->scope->columns[slots[s]]);
    }
}

static bool of_people(struct variable *variable, const char *key)
{
    if (variable->source == variable->reader->study->people) return true;
    study_say_at(variable->reader, variable->derive->place,
                 "%s: only people have points and records of other sources", key);
    return false;
}

/* The point that a variable of people uses. One over people itself is asked for its
 * condition where the variable stands, so that may use only what comes before. */
static const struct study_point *need_point(struct variable *variable, const char *name)
{
    struct study_reader *reader = variable->reader;
    const struct study *study = reader->study;
    const struct study_point *point = study_point(study, name);
    const char **names = RK_ARRAY(reader->arena, const char *, study->point_count + 1);

    for (size_t i = 0; i < study->point_count; i++)
        names[i] = study->points[i].name;
    if (!point)
        study_say_at(reader, variable->derive->place, "there is no point \"%s\"%s", name,
                     study_hint(reader, name, names, study->point_count));
    else if (point->source != study->people)
        variable->derive->late = true;
    else
        study_scope_condition(reader, variable->scope, point->where_place, point->where,
                              NULL);
    return point;
}

static void check_has(struct variable *variable)
{
    if (of_people(variable, "has") && variable->derive->of)
        need_point(variable, variable->derive->of);
}

static void check_from(struct variable *variable)
{
    const char *text = variable->derive->of;
    const char *dot = text ? strchr(text, '.') : NULL;
    struct study_reader *reader = variable->reader;
    const struct study_column *column;
    const struct study_point *point;
    const struct study_scope *scope;

    variable->column->type = COLUMN_TEXT;
    if (!of_people(variable, "from") || !text) return;
    if (!dot) {
        study_say_at(reader, variable->derive->place,
                     "from: expected POINT.COLUMN, as latest.believe, not \"%s\"", text);
        return;
    }
    point =
        need_point(variable, rk_arena_copy_n(reader->arena, text, (size_t)(dot - text)));
    if (!point) return;
    scope = study_scope_new(reader, point->source, SEES_EARLIER,
                            point->source == variable->source ? variable->column : NULL);
    column = study_scope_need(reader, scope, variable->derive->place, "from", dot + 1);
    if (!column) return;
    if (!column->kept)
        study_say_at(reader, variable->derive->place,
                     "from: \"%s\" is private: it stays behind in 10-clean", dot + 1);
    variable->column->type = column->type;
    variable->column->codes = column->codes;
    variable->column->apart = column->apart;
    variable->column->ordered = column->ordered;
    variable->column->private = column->private;
    if (variable->column->better == BETTER_NONE) variable->column->better = column->better;
}

static void check_count(struct variable *variable)
{
    struct study_derive *derive = variable->derive;
    struct study_reader *reader = variable->reader;
    const struct study_source *source;

    if (!of_people(variable, "count") || !derive->of) return;
    derive->late = true;
    source = study_source(reader->study, derive->of);
    if (!source || !source->link) {
        study_say_at(reader, derive->place, "count: \"%s\" is no source linked to people",
                     derive->of);
        return;
    }
    study_scope_condition(reader, study_scope_new(reader, source, SEES_EARLIER, NULL),
                          derive->where_place, derive->where, NULL);
}

static void check_variable(struct variable *variable)
{
    struct study_derive *derive = variable->derive;

    switch (derive->kind) {
    case DERIVE_AGE:
        check_day(variable, derive->start);
        check_day(variable, derive->end);
        break;
    case DERIVE_CUT:
        need(variable, "cut", derive->of, NUMBERS, "a number");
        break;
    case DERIVE_PERIOD:
        need(variable, "period", derive->of, DATES, "a date");
        break;
    case DERIVE_RECODE:
        check_recode(variable);
        break;
    case DERIVE_CASES:
        check_cases(variable);
        break;
    case DERIVE_HAS:
        check_has(variable);
        break;
    case DERIVE_COUNT:
        check_count(variable);
        break;
    case DERIVE_FROM:
        check_from(variable);
        break;
    case DERIVE_BAND:
        need(variable, "band", derive->of, NUMBERS, "a number");
        break;
    case DERIVE_SCALE:
        for (size_t i = 0; i < derive->item_count; i++)
            need(variable, "items", derive->items[i], NUMBERS, "a number");
        break;
    }
}

static void check_source(struct study_reader *reader, struct study_source *source)
{
    for (size_t i = 0; i < source->derived_count; i++) {
        struct study_column *column = &source->derived[i];
        struct study_derive *derive = RK_NEW(reader->arena, struct study_derive);
        struct variable variable = {reader, source, column, derive,
                                    study_scope_new(reader, source, SEES_EARLIER, column)};

        *derive = *column->derive;
        column->derive = derive;
        check_variable(&variable);
    }
}

void study_check_derived(struct study_reader *reader)
{
    struct study *study = reader->study;

    /* People first: what is made late there no other source may use. */
    check_source(reader, &study->sources[study->people - study->sources]);
    for (size_t i = 0; i < study->source_count; i++)
        if (&study->sources[i] != study->people) check_source(reader, &study->sources[i]);
}
