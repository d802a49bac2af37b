// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_match.h"

#include "pipeline/dedupe/dedupe_block.h"
#include "pipeline/dedupe/dedupe_merge.h"
#include "pipeline/dedupe/dedupe_probable.h"
#include "pipeline/dedupe/dedupe_survivor.h"

/* Survivors that a rule joins, directly or through a chain: known as a whole before any is
 * taken into another, so that no order of rows shows. */
struct components {
    int32_t *up;           /* towards the root, by row */
    int32_t *first, *last; /* members of a root */
    int32_t *next;
};

/* The end of the way up from a row, and the way there shortened. */
static size_t top(int32_t *up, size_t row)
{
    while (up[row] != (int32_t)row) {
        up[row] = up[up[row]];
        row = (size_t)up[row];
    }
    return row;
}

static void unite(struct components *components, size_t a, size_t b)
{
    size_t left = top(components->up, a), right = top(components->up, b);

    if (left < right)
        components->up[right] = (int32_t)left;
    else
        components->up[left] = (int32_t)right;
}

/* A row that was taken into another stands for its survivor. */
static void unite_groups(struct dedupe_rows *rows, const struct dedupe_groups *groups,
                         struct components *components)
{
    for (size_t i = 0; i < groups->count; i++) {
        size_t first = top(rows->kept_in, (size_t)groups->first[i]);

        for (int32_t row = groups->next[groups->first[i]]; row >= 0;
             row = groups->next[row])
            unite(components, first, top(rows->kept_in, (size_t)row));
    }
}

static struct components find_components(struct dedupe_rows *rows, struct rk_arena *arena,
                                         const struct dedupe_groups *groups)
{
    size_t count = rows->frame->rows;
    struct components components = {.up = RK_ARRAY(arena, int32_t, count + 1),
                                    .first = RK_ARRAY(arena, int32_t, count + 1),
                                    .last = RK_ARRAY(arena, int32_t, count + 1),
                                    .next = RK_ARRAY(arena, int32_t, count + 1)};

    for (size_t row = 0; row < count; row++) {
        components.up[row] = (int32_t)row;
        components.first[row] = components.last[row] = components.next[row] = -1;
    }
    unite_groups(rows, groups, &components);
    for (size_t row = 0; row < count; row++) {
        size_t at = top(components.up, row); /* of one already taken: itself, alone */

        if (components.first[at] < 0)
            components.first[at] = (int32_t)row;
        else
            components.next[components.last[at]] = (int32_t)row;
        components.last[at] = (int32_t)row;
    }
    return components;
}

/* Takes all of a group into the one that the rule likes best, the next best first. */
static void join(struct dedupe_rows *rows, const struct study_duplicate *rule,
                 size_t number, size_t *group, size_t count)
{
    dedupe_merge_rank(rows, rule, group, count);
    for (size_t i = 1; i < count; i++) {
        dedupe_merge_absorb(rows, rule, group[0], group[i]);
        rows->kept_in[group[i]] = (int32_t)group[0];
        rows->absorbed[number]++;
    }
}

static void run_rule(struct dedupe_rows *rows, const struct study_duplicate *rule,
                     size_t number)
{
    struct rk_arena *arena = rk_arena_new();
    struct dedupe_groups groups = dedupe_block(rows, arena, rule->match, rule->match_count);
    struct components components = find_components(rows, arena, &groups);
    size_t *group = NULL, cap = 0;

    for (size_t at = 0; at < rows->frame->rows; at++) {
        size_t count = 0;

        if (components.first[at] == components.last[at]) continue;
        for (int32_t row = components.first[at]; row >= 0; row = components.next[row]) {
            RK_ROOM(arena, group, count, cap);
            group[count++] = (size_t)row;
        }
        join(rows, rule, number, group, count);
    }
    rk_arena_free(arena);
}

rk_status dedupe_match(struct dedupe_rows *rows)
{
    const struct study_source *source = rows->source;
    struct rk_arena *arena = rows->run->arena;
    size_t count = rows->frame->rows;

    rows->kept_in = RK_ARRAY(arena, int32_t, count + 1);
    rows->absorbed = RK_ARRAY(arena, long, source->duplicate_count + 2);
    for (size_t i = 0; i < count; i++)
        rows->kept_in[i] = (int32_t)i;
    dedupe_survivor_open(rows);
    for (size_t i = 0; i < source->duplicate_count; i++)
        run_rule(rows, &source->duplicates[i], i);
    if (source == rows->stage->study->people) {
        const struct study_duplicate same_key = {.code = DEDUPE_SAME_KEY,
                                                 .match = source->keys,
                                                 .match_count = source->key_count,
                                                 .keep = KEEP_FIRST,
                                                 .fill = true};

        run_rule(rows, &same_key, source->duplicate_count);
    }
    RK_TRY(dedupe_probable_join(rows));
    for (size_t i = 0; i < count; i++)
        rows->kept_in[i] = (int32_t)top(rows->kept_in, i);
    dedupe_survivor_take(rows);
    return RK_OK;
}
