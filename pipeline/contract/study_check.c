// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/study_columns.h"

#include <string.h>

static void check_references(struct study_reader *reader, const struct study_source *source,
                             const struct study_scope *scope)
{
    const struct study_column *column;

    for (size_t i = 0; i < source->key_count; i++)
        study_scope_need(reader, scope, source->place, "key", source->keys[i]);
    if (source == reader->study->people && source->key) {
        column = study_scope_find(scope, source->key);
        if (column && column->type != COLUMN_ID && column->type != COLUMN_TEXT)
            study_say_at(reader, column->place, "the key of people should be of type id");
    }
    if (!source->link) return;
    column = study_scope_need(reader, scope, source->place, "link", source->link);
    if (column && column->type != COLUMN_ID && column->type != COLUMN_TEXT)
        study_say_at(reader, column->place, "a link to people should be of type id");
}

static void check_neighbour(struct study_reader *reader, const struct study_scope *scope,
                            const struct study_column *column, const char *key,
                            const char *name)
{
    const struct study_column *other;

    if (!name) return;
    other = study_scope_need(reader, scope, column->place, key, name);
    if (other && (other->type != COLUMN_DATE || other == column))
        study_say_at(reader, column->place, "%s: expected another date column, not \"%s\"",
                     key, name);
}

/* Two columns read from one heading would be one column twice. */
static void check_headings(struct study_reader *reader, const struct study_source *source)
{
    struct rk_map *headings = rk_map_new(reader->arena);

    for (size_t c = 0; c < source->column_count; c++) {
        const struct study_column *column = &source->columns[c];

        for (size_t i = 0; i < column->from_count; i++) {
            size_t known = rk_map_count(headings);
            const char *folded = rk_text_fold(reader->arena, column->from[i]);

            if (rk_map_add(headings, folded) < known)
                study_say_at(
                    reader, column->place,
                    "column \"%s\": the heading \"%s\" is read by a column already",
                    column->name, column->from[i]);
        }
    }
}

static void check_empty(struct study_reader *reader, const struct study_source *source,
                        const struct study_check *check)
{
    const struct study_scope *own = study_scope_new(reader, source, SEES_EXTRACT, NULL);

    if (check->severity == SEVERITY_EMPTY)
        study_scope_need(reader, own, check->place, "column", check->column);
}

/* What looks at all records is known at dedupe. */
static void check_others(struct study_reader *reader, const struct study_source *source,
                         struct study_check *check)
{
    const struct study_scope *own = study_scope_new(reader, source, SEES_EXTRACT, NULL);

    check->linked = true;
    for (size_t i = 0; i < check->repeated_count; i++)
        study_scope_need(reader, own, check->place, "repeated", check->repeated[i]);
    if (check->unknown && (!source->link || strcmp(check->unknown, source->link) != 0))
        study_say_at(reader, check->place, "unknown: \"%s\" is not the link of source \"%s\"%s%s",
                     check->unknown, source->name, source->link ? "; that is " : "",
                     source->link ? source->link : "");
    if (source == reader->study->people)
        study_say_at(reader, check->place,
                     "check \"%s\": people who are there twice are for \"duplicates\"",
                     check->code);
}

/* A check that uses a person's column waits until it is known who is who. */
static void check_condition(struct study_reader *reader, const struct study_scope *scope,
                            struct study_check *check)
{
    struct condition *condition;
    const long *slots;
    size_t count;

    study_scope_condition(reader, scope, check->place, check->when, &condition);
    count = condition_slots(condition, &slots);
    for (size_t s = 0; s < count; s++)
        check->linked = check->linked || scope->of_person[slots[s]];
}

/* A row that can be left out at once is left out by clean. */
static void make_exclusions(struct study_reader *reader, struct study_source *source)
{
    size_t kept = 0;

    for (size_t i = 0; i < source->check_count; i++) {
        const struct study_check *check = &source->checks[i];

        if (check->severity != SEVERITY_EXCLUDE || check->linked) {
            source->checks[kept++] = *check;
            continue;
        }
        source->exclusions =
            rk_arena_grow(reader->arena, source->exclusions, source->exclusion_count,
                          source->exclusion_count + 1, sizeof *source->exclusions);
        source->exclusions[source->exclusion_count++] =
            (struct study_exclusion){check->code, check->say, check->when, check->place};
    }
    source->check_count = kept;
}

static void check_checks(struct study_reader *reader, struct study_source *source)
{
    const struct study_scope *scope = study_scope_new(reader, source, SEES_LINKED, NULL);

    for (size_t i = 0; i < source->check_count; i++) {
        struct study_check *check = &source->checks[i];

        check_empty(reader, source, check);
        if (check->when)
            check_condition(reader, scope, check);
        else
            check_others(reader, source, check);
    }
    make_exclusions(reader, source);
}

static void check_duplicates(struct study_reader *reader, const struct study_source *source,
                             const struct study_scope *scope)
{
    for (size_t i = 0; i < source->duplicate_count; i++) {
        const struct study_duplicate *rule = &source->duplicates[i];

        for (size_t m = 0; rule->match && m < rule->match_count; m++)
            study_scope_need(reader, scope, rule->place, "match", rule->match[m]);
        if (rule->keep_by)
            study_scope_need(reader, scope, rule->place, "keep", rule->keep_by);
    }
}

/* Each source and each point has a file of its own beside these. */
static void check_taken(struct study_reader *reader, struct rk_place place,
                        const char *thing, const char *name)
{
    static const char *const taken[] = {"issues",     "flow",  "rejects",   "ledger",
                                        "duplicates", "keys",  "unlinked",  "headings",
                                        "unreadable", "pairs",      "decisions", "linkage"};

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(name, taken[i]) == 0)
            study_say_at(reader, place, "a %s cannot be called \"%s\"", thing, name);
}

static void check_file_name(struct study_reader *reader, const struct study_source *source)
{
    check_taken(reader, source->place, "source", source->name);
    if (strcmp(source->name, "people") == 0 && source != reader->study->people)
        study_say_at(reader, source->place,
                     "only the source that becomes people can be called \"people\"");
}

void study_check_sources(struct study_reader *reader)
{
    struct study *study = reader->study;

    for (size_t s = 0; s < study->source_count; s++) {
        struct study_source *source = &study->sources[s];
        const struct study_scope *own = study_scope_new(reader, source, SEES_EXTRACT, NULL);

        check_file_name(reader, source);
        check_references(reader, source, own);
        check_headings(reader, source);
        for (size_t c = 0; c < source->column_count; c++) {
            check_neighbour(reader, own, &source->columns[c], "before",
                            source->columns[c].before);
            check_neighbour(reader, own, &source->columns[c], "after",
                            source->columns[c].after);
        }
        for (size_t i = 0; i < source->exclusion_count; i++)
            study_scope_condition(reader, own, source->exclusions[i].place,
                                  source->exclusions[i].when, NULL);
        check_checks(reader, source);
        check_duplicates(reader, source, own);
        study_check_take(reader, source, own);
    }
}

void study_check_points(struct study_reader *reader)
{
    const struct study *study = reader->study;

    for (size_t i = 0; i < study->point_count; i++) {
        const struct study_point *point = &study->points[i];
        const struct study_scope *scope =
            study_scope_new(reader, point->source, SEES_EARLIER, NULL);

        check_taken(reader, point->place, "point", point->name);
        if (point->source != study->people && !point->source->link)
            study_say_at(reader, point->place,
                         "point \"%s\": source \"%s\" is not linked to "
                         "people",
                         point->name, point->source->name);
        study_scope_condition(reader, scope, point->where_place, point->where, NULL);
        if (point->by) study_scope_need(reader, scope, point->place, "take", point->by);
        if (point->then) study_scope_need(reader, scope, point->place, "then", point->then);
    }
}
