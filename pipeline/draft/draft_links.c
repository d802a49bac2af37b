// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

/* A column of references, tidied, each once. */
static struct rk_map *references(struct draft *draft, const struct draft_column *column)
{
    struct rk_map *map = rk_map_new(draft->arena);

    for (size_t i = 0; i < column->texts.count; i++)
        rk_map_add(map, draft_reference(draft->arena, column->texts.items[i].text));
    return map;
}

/* Share of one column's different references that stand in the other. */
static double share_within(const struct rk_map *of, const struct rk_map *in)
{
    size_t count = rk_map_count(of), both = 0;

    for (size_t i = 0; i < count; i++)
        both += rk_map_find(in, rk_map_key(of, i)) >= 0;
    return count ? (double)both / (double)count : 0;
}

struct sets {
    struct rk_map ***maps; /* of each source, each column; NULL: no reference */
};

static struct sets all_references(struct draft *draft)
{
    struct sets sets = {RK_ARRAY(draft->arena, struct rk_map **, draft->count + 1)};

    for (size_t s = 0; s < draft->count; s++) {
        struct draft_source *source = &draft->sources[s];

        sets.maps[s] = RK_ARRAY(draft->arena, struct rk_map *, source->count + 1);
        for (size_t i = 0; i < source->count; i++)
            if (source->columns[i].type == COLUMN_ID)
                sets.maps[s][i] = references(draft, &source->columns[i]);
    }
    return sets;
}

static double best_share(const struct draft *draft, const struct sets *sets, size_t source,
                         const struct rk_map *in, size_t *column)
{
    double best = 0;

    for (size_t i = 0; i < draft->sources[source].count; i++) {
        double share = sets->maps[source][i] ? share_within(sets->maps[source][i], in) : 0;

        if (share <= best) continue;
        best = share;
        *column = i;
    }
    return best;
}

static bool knows_persons(const struct draft_source *source)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->columns[i].role == ROLE_BORN ||
            source->columns[i].role == ROLE_SURNAME || source->columns[i].role == ROLE_SEX)
            return true;
    return false;
}

/* The people are those whom the other files point to, and of whom persons' things are
 * known. */
static void find_people(struct draft *draft, const struct sets *sets)
{
    double best = -1;

    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++) {
            struct draft_column *column = &draft->sources[s].columns[i];
            double score = knows_persons(&draft->sources[s]) ? 0.75 : 0;
            size_t at;

            if (!sets->maps[s][i] || !column->distinct) continue;
            for (size_t o = 0; o < draft->count; o++)
                if (o != s) score += best_share(draft, sets, o, sets->maps[s][i], &at);
            if (score <= best) continue;
            best = score;
            draft->people = &draft->sources[s];
            draft->people->key = column;
        }
    if (!draft->people) draft->people = &draft->sources[0];
}

static void link_source(struct draft *draft, const struct sets *sets, size_t s,
                        const struct rk_map *people)
{
    struct draft_source *source = &draft->sources[s];
    size_t at = 0;
    double share = best_share(draft, sets, s, people, &at);

    if (share >= 0.5) {
        source->link = &source->columns[at];
        source->linked = share;
        if (share < 0.995)
            draft_check(draft, source->link, "%.0f%% of these references are not in %s",
                        100 * (1 - share), draft->people->name);
    }
    for (size_t i = 0; i < source->count && !source->key; i++)
        if (sets->maps[s][i] && source->columns[i].distinct &&
            &source->columns[i] != source->link)
            source->key = &source->columns[i];
}

/* Signs that some references have and others lack. */
static void find_strip(struct draft *draft, struct draft_column *column)
{
    size_t length = strlen(draft->strip);

    if (!column) return;
    for (size_t i = 0; i < column->texts.count; i++)
        for (const char *at = column->texts.items[i].text; *at; at++) {
            if (islower((unsigned char)*at)) draft->upper = true;
            if (!strchr("-/ ._", *at) || strchr(draft->strip, *at) || length > 6) continue;
            draft->strip = rk_arena_printf(draft->arena, "%s%c", draft->strip, *at);
            length++;
        }
}

static void mark_tidied(struct draft *draft, struct draft_column *column)
{
    if (column) column->tidied = draft->upper || *draft->strip;
}

/* A reference to a person that is not the source's own is still a reference to a person. */
static void hide_references(struct draft *draft)
{
    for (size_t s = 0; s < draft->count; s++) {
        struct draft_source *source = &draft->sources[s];

        find_strip(draft, source->link);
        if (source == draft->people) find_strip(draft, source->key);
    }
    for (size_t s = 0; s < draft->count; s++) {
        struct draft_source *source = &draft->sources[s];

        mark_tidied(draft, source->link);
        if (source == draft->people) mark_tidied(draft, source->key);
        if (source->link && draft->people->key->pattern)
            source->link->pattern = draft->people->key->pattern;
    }
}

void draft_links(struct draft *draft)
{
    struct sets sets = all_references(draft);
    const struct rk_map *people;

    draft->strip = "";
    find_people(draft, &sets);
    if (!draft->people->key) return;
    people = sets.maps[draft->people - draft->sources]
                      [draft->people->key - draft->people->columns];
    for (size_t s = 0; s < draft->count; s++)
        if (&draft->sources[s] != draft->people) link_source(draft, &sets, s, people);
    hide_references(draft);
}
