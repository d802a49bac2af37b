// SPDX-License-Identifier: MIT
#include "pipeline/contract/part.h"

#include "pipeline/base/rk_text.h"

#include <stdint.h>
#include <string.h>

rk_status part_parse(struct rk_run *run, const char *text, long *number, long *of)
{
    const char *slash = strchr(text, '/');
    const char *first =
        slash ? rk_arena_copy_n(run->arena, text, (size_t)(slash - text)) : "";

    if (slash && rk_text_integer(first, number) && rk_text_integer(slash + 1, of) &&
        *number >= 1 && *number <= *of && *of <= PART_MOST)
        return RK_OK;
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                   "--part \"%s\" is no part; write 1/4 to 4/4 for each of four (at most %d)",
                   text, PART_MOST);
}

const char *part_text(struct rk_arena *arena, const struct run_part *part)
{
    return rk_arena_printf(arena, "%ld/%ld", part->number, part->of);
}

const char *part_folder(struct rk_arena *arena, const char *out_dir, long number, long of)
{
    return rk_arena_printf(arena, "%s/part-%ld-of-%ld", out_dir, number, of);
}

/* ---- what the study allows ---- */

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

const char *part_column(const struct run_part *part, const struct study_source *source)
{
    return source == part->study->people ? source->key : source->link;
}

/* Does a rule leave rows of different clients apart? What is equal in all columns is so in that
 * one; texts are compared folded, references to the letter. */
static bool keeps_apart(const struct study_source *source, const struct study_duplicate *rule,
                        const char *column)
{
    return !rule->match || (study_column(source, column)->type == COLUMN_ID &&
                            is_among(column, rule->match, rule->match_count));
}

static bool joins_clients(const struct study_source *source, const char *column)
{
    if (source->linkage || study_column(source, column)->type != COLUMN_ID) return true;
    for (size_t i = 0; i < source->duplicate_count; i++)
        if (!keeps_apart(source, &source->duplicates[i], column)) return true;
    for (size_t i = 0; i < source->check_count; i++)
        if (source->checks[i].repeated_count &&
            !is_among(column, source->checks[i].repeated, source->checks[i].repeated_count))
            return true;
    return false;
}

/* Of a source that is read whole every record finds its person, so people are then, too. */
bool part_needs_who(const struct run_part *part)
{
    for (size_t i = 0; i < part->study->source_count; i++) {
        const struct study_source *source = &part->study->sources[i];
        const char *column = part_column(part, source);

        if (column && joins_clients(source, column)) return true;
    }
    return false;
}

enum part_reading part_reading(const struct run_part *part, const struct study_source *source)
{
    const char *column = part_column(part, source);

    if (!column) return PART_FIRST;
    if (source == part->study->people) return part_needs_who(part) ? PART_WHOLE : PART_OWN;
    return joins_clients(source, column) ? PART_WHOLE : PART_OWN;
}

static rk_status check_source(struct rk_run *run, const struct study *study,
                              const struct study_source *source)
{
    const struct run_part part = {.study = study};
    const char *column = part_column(&part, source);

    if (source->database)
        return rk_fail(run->diag, RK_STUDY, source->database_place,
                       "source \"%s\" is asked of a database, and parts might get different "
                       "answers; write the answer to a file once and read that",
                       source->name);
    for (size_t i = 0; column && i < source->check_count; i++) {
        const struct study_check *check = &source->checks[i];

        if (check->severity == SEVERITY_EMPTY && strcmp(check->column, column) == 0)
            return rk_fail(run->diag, RK_STUDY, check->place,
                           "check \"%s\" empties \"%s\", which says whose a row is: the study "
                           "cannot be run in parts",
                           check->code, column);
    }
    return RK_OK;
}

rk_status part_check(struct rk_run *run, const struct study *study)
{
    rk_status worst = RK_OK;

    for (size_t i = 0; i < study->source_count; i++) {
        rk_status status = check_source(run, study, &study->sources[i]);

        worst = status > worst ? status : worst;
    }
    return worst;
}

/* ---- whose part ---- */

/* FNV-1a and a last mix: the same on every machine, and in every release that can merge. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    hash = (hash ^ hash >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 29;
}

long part_of_key(const struct run_part *part, const char *key)
{
    return (long)(hash_of(key ? key : "") % (uint64_t)part->of) + 1;
}

long part_of_reference(const struct run_part *part, const char *reference)
{
    long at =
        reference && part->references ? rk_map_find(part->references, reference) : -1;

    return at >= 0 ? part->owners[at] : part_of_key(part, reference);
}
