// SPDX-License-Identifier: MIT
#include "pipeline/contract/part.h"

#include "pipeline/base/rk_text.h"

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

static bool is_reference(const struct study_source *source, const char *column)
{
    return study_column(source, column)->type == COLUMN_ID;
}

/* What rows must say alike for the study to join them: those of a rule, then those of a check. */
struct joint {
    const char **columns;
    size_t count;
    bool all; /* every column */
};

static bool joint_at(const struct study_source *source, size_t nth, struct joint *out)
{
    if (nth < source->duplicate_count) {
        const struct study_duplicate *rule = &source->duplicates[nth];

        *out = (struct joint){rule->match, rule->match_count, !rule->match};
        return true;
    }
    nth -= source->duplicate_count;
    if (nth >= source->check_count) return false;
    *out = (struct joint){source->checks[nth].repeated, source->checks[nth].repeated_count,
                          !source->checks[nth].repeated_count};
    return true;
}

/* Does it leave rows of different clients apart? What is equal in all columns is so in that one;
 * texts are compared folded, references to the letter. */
static bool keeps_apart(const struct study_source *source, const struct joint *joint,
                        const char *column)
{
    return joint->all ||
           (is_reference(source, column) && is_among(column, joint->columns, joint->count));
}

/* A reference in it that rows have in common; NULL: other columns alone join them. */
static const char *reference_in(const struct study_source *source, const struct joint *joint)
{
    for (size_t i = 0; i < joint->count; i++)
        if (is_reference(source, joint->columns[i])) return joint->columns[i];
    return NULL;
}

static enum part_reading reading_alone(const struct study_source *source, const char *column,
                                       bool people)
{
    enum part_reading reading = PART_OWN;
    struct joint joint;

    if (source->linkage || !is_reference(source, column)) return PART_WHOLE;
    for (size_t i = 0; joint_at(source, i, &joint); i++) {
        if (keeps_apart(source, &joint, column)) continue;
        if (people || !reference_in(source, &joint)) return PART_WHOLE;
        reading = PART_TIED;
    }
    return reading;
}

/* Of a source that is read whole every record finds its person, so people are then, too. */
static bool any_whole(const struct run_part *part)
{
    for (size_t i = 0; i < part->study->source_count; i++) {
        const struct study_source *source = &part->study->sources[i];
        const char *column = part_column(part, source);

        if (column &&
            reading_alone(source, column, source == part->study->people) == PART_WHOLE)
            return true;
    }
    return false;
}

enum part_reading part_reading(const struct run_part *part, const struct study_source *source)
{
    const char *column = part_column(part, source);

    if (!column) return PART_FIRST;
    if (source == part->study->people) return any_whole(part) ? PART_WHOLE : PART_OWN;
    return reading_alone(source, column, false);
}

const char *part_tie_column(const struct run_part *part, const struct study_source *source,
                            size_t nth)
{
    const char *column = part_column(part, source);
    struct joint joint;

    for (size_t i = 0; joint_at(source, i, &joint); i++)
        if (!keeps_apart(source, &joint, column) && nth-- == 0)
            return reference_in(source, &joint);
    return NULL;
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

long part_of_key(const struct run_part *part, const char *key)
{
    uint64_t hash = part_hash(key ? key : "");

    if (part->ties) hash = part_ties_first(part->ties, hash);
    return (long)(hash % (uint64_t)part->of) + 1;
}
