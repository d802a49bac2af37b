// SPDX-License-Identifier: MIT
/** "Source: ..." of a table or figure that names none: the extracts behind its results. */
#include "render/narrative_priv.h"

#include "render/number.h"

#include <string.h>

enum { MOST_SOURCES = 8 };

struct extracts {
    const struct study *study;
    const struct study_source *sources[MOST_SOURCES];
    size_t count;
};

/** A source by its name or by that of a point. */
static void add(struct extracts *extracts, const char *name)
{
    const struct study_point *point = name ? study_point(extracts->study, name) : NULL;
    const struct study_source *source = point  ? point->source
                                        : name ? study_source(extracts->study, name)
                                               : NULL;

    if (!source)
        source = extracts->study->people;
    for (size_t i = 0; i < extracts->count; i++)
        if (extracts->sources[i] == source)
            return;
    if (extracts->count < MOST_SOURCES)
        extracts->sources[extracts->count++] = source;
}

static const struct study_result *result_of(const struct extracts *extracts, const char *address)
{
    char name[128];
    size_t bytes = strcspn(address, ".");

    if (bytes >= sizeof name)
        return NULL;
    memcpy(name, address, bytes);
    name[bytes] = '\0';
    return study_result(extracts->study, name);
}

static bool asks_people(const struct study_result *result)
{
    for (size_t i = 0; i < result->on_count; i++)
        if (strncmp(result->on[i], "people.", 7) == 0)
            return true;
    return false;
}

static void add_result(struct extracts *extracts, const struct study_result *result);

static void add_both(struct extracts *extracts, const char *first, const char *second)
{
    add_result(extracts, result_of(extracts, first));
    add_result(extracts, result_of(extracts, second));
}

/** What is made of other results has their extracts. */
static void add_result(struct extracts *extracts, const struct study_result *result)
{
    if (!result)
        return;
    switch (result->kind) {
    case RESULT_CHANGE:
    case RESULT_TRANSITIONS:
        add(extracts, result->from);
        add(extracts, result->to);
        return;
    case RESULT_AGAINST:
        add_both(extracts, result->actual_cell, result->profile_cell);
        return;
    case RESULT_COMPARE:
        add_both(extracts, result->pair[0], result->pair[1]);
        return;
    default:
        break;
    }
    if (asks_people(result))
        add(extracts, NULL);
    add(extracts, result->source);
    if (result->kind == RESULT_TIME_TO)
        add(extracts, result->of);
    if (result->profile.source)
        add(extracts, result->profile.source);
}

/** Within a line a label begins small, unless it begins with a name such as "WSAS". */
static const char *within_line(struct rk_arena *arena, const char *label)
{
    char *text = rk_arena_copy(arena, label);

    if (text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z')
        text[0] = (char)(text[0] - 'A' + 'a');
    return text;
}

const char *narrative_source_line(struct reading *reading, const struct fence *fence)
{
    struct rk_arena *arena = reading->arena;
    struct extracts extracts = {.study = reading->study};
    const char *names = fence_value(fence, "result"), *line = "";
    char *next = rk_arena_copy(arena, names ? names : "");

    for (char *name = strtok_r(next, " ", &next); name; name = strtok_r(NULL, " ", &next))
        add_result(&extracts, study_result(reading->study, name));
    if (!extracts.count)
        add(&extracts, NULL);
    for (size_t i = 0; i < extracts.count; i++) {
        const char *label = extracts.sources[i]->label;

        line = rk_arena_printf(arena, "%s%s%s", line,
                               !i                        ? ""
                               : i + 1 < extracts.count ? ", "
                                                         : " and ",
                               i ? within_line(arena, label) : label);
    }
    return rk_arena_printf(arena, "%s, to %s", line,
                           render_date(arena, reading->study->cut_off));
}
