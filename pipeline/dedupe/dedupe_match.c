// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_match.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/dedupe/dedupe_merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One rule at work. */
struct matching {
    struct dedupe_rows *rows;
    const struct study_duplicate *rule;
    const char *code;
    const struct frame_column **columns; /* that must agree */
    size_t count;
    bool blanks_agree;      /* match: all */
    struct rk_arena *arena; /* of this rule */
    char *key;              /* buffer of the key in hand */
    size_t key_bytes, key_cap;
};

static void key_put(struct matching *matching, const char *text, size_t bytes)
{
    size_t need = matching->key_bytes + bytes + 1;

    while (need > matching->key_cap)
        RK_ROOM(matching->arena, matching->key, matching->key_cap, matching->key_cap);
    memcpy(matching->key + matching->key_bytes, text, bytes);
    matching->key_bytes += bytes;
    matching->key[matching->key_bytes] = '\0';
}

/* Texts agree when they are equal to a reader (folded). */
static void key_value(struct matching *matching, struct rk_arena *scratch,
                      const struct frame_column *column, size_t row)
{
    struct value value = frame_value(column, row);
    char number[32], length[32];
    const char *text = "";

    if (value.state == VALUE_THERE && column->type == COLUMN_ID)
        text = value.text;
    else if (value.state == VALUE_THERE && column->type == COLUMN_TEXT)
        text = matching->blanks_agree ? value.text : rk_text_fold(scratch, value.text);
    else if (value.state == VALUE_THERE)
        text = rk_text_double(number, value.number);
    /* With its length, so that no two lists of texts make one key. */
    key_put(matching, length,
            (size_t)snprintf(length, sizeof length, "%d,%zu,", value.state == VALUE_THERE,
                             strlen(text)));
    key_put(matching, text, strlen(text));
}

/* The row's key under the rule; NULL when a column that must agree is not answered. */
static const char *row_key(struct matching *matching, struct rk_arena *scratch, size_t row)
{
    matching->key_bytes = 0;
    for (size_t i = 0; i < matching->count; i++) {
        if (!matching->blanks_agree &&
            frame_value(matching->columns[i], row).state != VALUE_THERE)
            return NULL;
        key_value(matching, scratch, matching->columns[i], row);
    }
    return matching->key;
}

/* Rows by their key: chains of rows, in the order of the files. */
struct groups {
    struct rk_map *keys;
    int64_t *first, *last; /* by key */
    size_t cap, last_cap;
    int64_t *next; /* by row */
};

static void group_add(struct matching *matching, struct groups *groups, const char *key,
                      size_t row)
{
    size_t known = rk_map_count(groups->keys);
    size_t at = rk_map_add(groups->keys, key);

    groups->next[row] = -1;
    if (at == known) {
        RK_ROOM(matching->arena, groups->first, at, groups->cap);
        RK_ROOM(matching->arena, groups->last, at, groups->last_cap);
        groups->first[at] = (int64_t)row;
    } else {
        groups->next[groups->last[at]] = (int64_t)row;
    }
    groups->last[at] = (int64_t)row;
}

static struct groups group_rows(struct matching *matching)
{
    size_t rows = matching->rows->frame->rows;
    struct rk_arena *scratch = rk_arena_new();
    struct groups groups = {.keys = rk_map_new(matching->arena),
                            .next = RK_ARRAY(matching->arena, int64_t, rows + 1)};

    for (size_t row = 0; row < rows; row++) {
        const char *key = row_key(matching, scratch, row);

        if (key) group_add(matching, &groups, key, row);
        rk_arena_reset(scratch);
    }
    rk_arena_free(scratch);
    return groups;
}

/* The row that stands for this one, with the way there shortened. */
static size_t survivor(struct dedupe_rows *rows, size_t row)
{
    while (rows->kept_in[row] != (int64_t)row) {
        rows->kept_in[row] = rows->kept_in[rows->kept_in[row]];
        row = (size_t)rows->kept_in[row];
    }
    return row;
}

static int by_content(const void *a, const void *b, void *rows)
{
    const size_t *left = a;
    const size_t *right = b;

    return dedupe_order(rows, *left, *right);
}

/* Takes all of a group into the one that the rule keeps, in the order of their content. */
static void join(struct matching *matching, size_t *group, size_t count, int rule)
{
    struct dedupe_rows *rows = matching->rows;
    size_t kept;

    qsort_r(group, count, sizeof *group, by_content, rows);
    kept = dedupe_merge_choose(rows, matching->rule, group, count);
    for (size_t i = 0; i < count; i++) {
        if (group[i] == kept) continue;
        dedupe_merge_absorb(rows, matching->code, matching->rule->fill, kept, group[i]);
        rows->kept_in[group[i]] = (int64_t)kept;
        rows->rule[group[i]] = rule;
        rows->absorbed[rule]++;
    }
}

/* Survivors that the rule joins, directly or through a chain: known as a whole before any
 * is taken into another, so that no order of rows shows. */
struct components {
    int64_t *up;           /* towards the root, by row */
    int64_t *first, *last; /* members of a root */
    int64_t *next;
};

static size_t root(const struct components *components, size_t row)
{
    int64_t *up = components->up;

    while (up[row] != (int64_t)row) {
        up[row] = up[up[row]];
        row = (size_t)up[row];
    }
    return row;
}

static void unite_groups(struct matching *matching, const struct groups *groups,
                         struct components *components)
{
    size_t count = rk_map_count(groups->keys);

    for (size_t i = 0; i < count; i++) {
        size_t first = root(components, survivor(matching->rows, (size_t)groups->first[i]));

        for (int64_t row = groups->next[groups->first[i]]; row >= 0;
             row = groups->next[row]) {
            size_t other = root(components, survivor(matching->rows, (size_t)row));

            components->up[other > first ? other : first] =
                (int64_t)(other > first ? first : other);
            first = other > first ? first : other;
        }
    }
}

static struct components find_components(struct matching *matching,
                                         const struct groups *groups)
{
    size_t count = matching->rows->frame->rows;
    struct components components = {.up = RK_ARRAY(matching->arena, int64_t, count + 1),
                                    .first = RK_ARRAY(matching->arena, int64_t, count + 1),
                                    .last = RK_ARRAY(matching->arena, int64_t, count + 1),
                                    .next = RK_ARRAY(matching->arena, int64_t, count + 1)};

    for (size_t row = 0; row < count; row++) {
        components.up[row] = (int64_t)row;
        components.first[row] = components.last[row] = components.next[row] = -1;
    }
    unite_groups(matching, groups, &components);
    for (size_t row = 0; row < count; row++) {
        size_t at = root(&components, row);

        if (survivor(matching->rows, row) != row) continue;
        if (components.first[at] < 0)
            components.first[at] = (int64_t)row;
        else
            components.next[components.last[at]] = (int64_t)row;
        components.last[at] = (int64_t)row;
    }
    return components;
}

static void match_rule(struct matching *matching, int rule)
{
    struct groups groups = group_rows(matching);
    struct components components = find_components(matching, &groups);
    size_t count = matching->rows->frame->rows;

    for (size_t at = 0; at < count; at++) {
        size_t *group = NULL;
        size_t size = 0, cap = 0;

        if (components.first[at] == components.last[at]) continue;
        for (int64_t row = components.first[at]; row >= 0; row = components.next[row]) {
            RK_ROOM(matching->arena, group, size, cap);
            group[size++] = (size_t)row;
        }
        join(matching, group, size, rule);
    }
}

static void find_columns(struct matching *matching, const char *const *names, size_t count)
{
    const struct frame *frame = matching->rows->frame;

    matching->blanks_agree = !names;
    matching->columns =
        RK_ARRAY(matching->arena, const struct frame_column *, frame->count + count);
    if (names)
        for (size_t i = 0; i < count; i++)
            matching->columns[matching->count++] = frame_column(frame, names[i]);
    else
        for (size_t i = 0; i < frame->count; i++)
            matching->columns[matching->count++] = &frame->columns[i];
}

static void run_rule(struct dedupe_rows *rows, const struct study_duplicate *rule,
                     int number)
{
    struct matching matching = {
        .rows = rows, .rule = rule, .code = rule->code, .arena = rk_arena_new()};

    find_columns(&matching, rule->match, rule->match_count);
    match_rule(&matching, number);
    rk_arena_free(matching.arena);
}

rk_status dedupe_match(struct dedupe_rows *rows)
{
    const struct study_source *source = rows->source;
    struct rk_arena *arena = rows->run->arena;
    size_t count = rows->frame->rows;

    rows->kept_in = RK_ARRAY(arena, int64_t, count + 1);
    rows->rule = RK_ARRAY(arena, int, count + 1);
    rows->absorbed = RK_ARRAY(arena, long, source->duplicate_count + 1);
    for (size_t i = 0; i < count; i++) {
        rows->kept_in[i] = (int64_t)i;
        rows->rule[i] = -1;
    }
    for (size_t i = 0; i < source->duplicate_count; i++)
        run_rule(rows, &source->duplicates[i], (int)i);
    if (source == rows->stage->study->people) {
        const struct study_duplicate same_key = {.code = DEDUPE_SAME_KEY,
                                                 .match = source->keys,
                                                 .match_count = source->key_count,
                                                 .keep = KEEP_FIRST,
                                                 .fill = true};

        run_rule(rows, &same_key, (int)source->duplicate_count);
    }
    for (size_t i = 0; i < count; i++)
        rows->kept_in[i] = (int64_t)survivor(rows, i);
    return RK_OK;
}
