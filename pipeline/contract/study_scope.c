// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include <string.h>

static void put(struct study_reader *reader, struct study_scope *scope, const char *name,
                const struct study_column *column, bool of_person)
{
    size_t at = rk_map_count(scope->index);
    size_t cap = scope->cap, persons = scope->cap;

    if (rk_map_add(scope->index, name) < at)
        return; /* a column of the source hides the person's */
    RK_ROOM(reader->arena, scope->columns, at, cap);
    RK_ROOM(reader->arena, scope->of_person, at, persons);
    RK_ROOM(reader->arena, scope->names, at, scope->cap);
    scope->columns[at] = column;
    scope->of_person[at] = of_person;
    scope->names[at] = name;
    scope->count = at + 1;
}

static bool sees(enum study_sees sees, const struct study_column *column, bool of_person)
{
    bool late = column->derive && column->derive->late;

    switch (sees) {
    case SEES_EXTRACT:
    case SEES_LINKED:
        return !column->derive;
    case SEES_EARLIER:
        return !of_person || !late;
    default:
        return column->kept;
    }
}

/* Names of one source; those of the person also as people.NAME. */
static void put_source(struct study_reader *reader, struct study_scope *scope,
                       const struct study_source *source, enum study_sees what,
                       const struct study_column *before, bool of_person,
                       const char *prefix)
{
    const struct study_column *lists[] = {source->columns, source->derived};
    const size_t counts[] = {source->column_count, source->derived_count};

    for (size_t list = 0; list < 2; list++) {
        for (size_t i = 0; i < counts[list]; i++) {
            const struct study_column *column = &lists[list][i];

            if (column == before) return;
            if (sees(what, column, of_person))
                put(reader, scope,
                    rk_arena_printf(reader->arena, "%s%s", prefix, column->name), column,
                    of_person);
        }
    }
}

static long find(const void *names, const char *name, enum column_type *type,
                 const struct code_list **codes)
{
    const struct study_scope *scope = names;
    long at = rk_map_find(scope->index, name);

    if (at >= 0) {
        *type = scope->columns[at]->type;
        *codes = scope->columns[at]->codes;
    }
    return at;
}

static void list(const void *names, const char *const **out, size_t *count)
{
    const struct study_scope *scope = names;

    *out = scope->names;
    *count = scope->count;
}

struct study_scope *study_scope_new(struct study_reader *reader,
                                    const struct study_source *source, enum study_sees what,
                                    const struct study_column *before)
{
    struct study_scope *scope = RK_NEW(reader->arena, struct study_scope);
    const struct study *study = reader->study;

    scope->index = rk_map_new(reader->arena);
    scope->condition = (struct condition_scope){.find = find,
                                                .list = list,
                                                .names = scope,
                                                .period_start = study->period_start,
                                                .cut_off = study->cut_off};
    put_source(reader, scope, source, what, before, false, "");
    if (what != SEES_EXTRACT && source->link && study->people && source != study->people) {
        put_source(reader, scope, study->people, what, NULL, true, "");
        put_source(reader, scope, study->people, what, NULL, true, "people.");
    }
    return scope;
}

const struct study_column *study_scope_find(const struct study_scope *scope,
                                            const char *name)
{
    long at = rk_map_find(scope->index, name);

    return at < 0 ? NULL : scope->columns[at];
}

const struct study_column *study_scope_need(struct study_reader *reader,
                                            const struct study_scope *scope,
                                            struct rk_place place, const char *what,
                                            const char *name)
{
    const struct study_column *column = study_scope_find(scope, name);

    if (!column)
        study_say_at(reader, place, "%s: there is no column \"%s\"%s", what, name,
                     study_hint(reader, name, scope->names, scope->count));
    return column;
}

bool study_scope_condition(struct study_reader *reader, const struct study_scope *scope,
                           struct rk_place place, const char *text, struct condition **out)
{
    struct condition *parsed = NULL;
    rk_status status = RK_OK;

    if (text)
        status = condition_parse(reader->arena, reader->diag, place, text,
                                 &scope->condition, &parsed);
    if (out) *out = parsed;
    return status == RK_OK;
}
