// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_probable.h"

#include "pipeline/dedupe/dedupe_answers.h"
#include "pipeline/dedupe/dedupe_compare.h"
#include "pipeline/dedupe/dedupe_merge.h"
#include "pipeline/dedupe/dedupe_order.h"
#include "pipeline/dedupe/dedupe_review.h"

#include <stdlib.h>
#include <string.h>

static struct dedupe_compare *open_compare(struct dedupe_rows *rows, const struct frame *people)
{
    struct rk_arena *arena = rk_arena_new();
    struct dedupe_compare *compare = RK_NEW(arena, struct dedupe_compare);

    *compare = (struct dedupe_compare){.arena = arena,
                                       .run = rows->run,
                                       .source = rows->source,
                                       .linkage = rows->source->linkage,
                                       .frames = {rows->frame, people}};
    compare->rows =
        RK_ARRAY(arena, size_t, rows->frame->rows + (people ? people->rows : 0) + 1);
    return compare;
}

static void start_table(struct dedupe_compare *compare, size_t count)
{
    link_table_init(&compare->table, compare->arena, count, compare->linkage->fields,
                    compare->linkage->field_count);
}

/* Blocks too large to compare are not silent. */
static void say_left_out(const struct dedupe_compare *compare)
{
    for (size_t i = 0; i < compare->plan.rule_count; i++) {
        const struct link_block_rule *rule = &compare->plan.rules[i];

        if (rule->blocks_left_out)
            rk_diag_say(compare->run->diag, RK_DIAG_NOTE, compare->linkage->place,
                        "%s: %zu rows agree in %s in blocks of more than %zu (the largest %zu); "
                        "they are compared where something else brings them together",
                        compare->source->name, rule->rows_left_out,
                        link_plan_rule_words(compare->arena, &compare->plan, rule),
                        compare->plan.block_max, rule->largest);
    }
}

static void report(struct dedupe_rows *rows, const struct dedupe_compare *compare,
                   const char *what, long count)
{
    long unsure = dedupe_review_open_pairs(compare);

    say_left_out(compare);
    rk_run_report(rows->stage->run, "dedupe",
                  "%-12s %ld %s by probability%s, %ld pairs cannot be told%s",
                  rows->source->name, count, what,
                  count ? rk_arena_printf(compare->arena, " (%.1f in a hundred are expected to be wrong, %.1f at most)",
                                          100 * compare->lines.wrong, 100 * compare->lines.wrong_up_to)
                        : "",
                  unsure, unsure ? ": `reckon review`" : "");
    if (compare->kept || compare->expired)
        rk_run_report(rows->stage->run, "dedupe", "%-12s %ld answers kept, %ld expired",
                      rows->source->name, compare->kept, compare->expired);
}

static rk_status answer(struct dedupe_compare *compare, const struct study *study)
{
    return dedupe_answers_apply(compare,
                                study_answers_path(compare->run, study, compare->source));
}

/* ---- rows of one source ---- */

static int by_content(const void *a, const void *b, void *rows)
{
    const size_t *left = a;
    const size_t *right = b;

    return dedupe_order(rows, *left, *right);
}

static size_t take_survivors(struct dedupe_rows *rows, size_t *out)
{
    size_t count = 0;

    for (size_t row = 0; row < rows->frame->rows; row++)
        if (rows->kept_in[row] == (int64_t)row) out[count++] = row;
    qsort_r(out, count, sizeof *out, by_content, rows);
    return count;
}

struct member {
    uint32_t group;
    size_t row;
};

static int by_group(const void *a, const void *b)
{
    const struct member *left = a;
    const struct member *right = b;

    if (left->group != right->group) return left->group < right->group ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

static void join_group(struct dedupe_rows *rows, size_t *group, size_t count)
{
    const struct study_duplicate *rule = &rows->source->probable;

    dedupe_merge_rank(rows, rule, group, count);
    for (size_t i = 1; i < count; i++) {
        dedupe_merge_absorb(rows, rule, group[0], group[i]);
        rows->kept_in[group[i]] = (int64_t)group[0];
        rows->absorbed[rows->source->duplicate_count + 1]++;
    }
}

static void join_groups(struct dedupe_rows *rows, const struct dedupe_compare *compare)
{
    size_t count = compare->table.rows, members = 0;
    struct member *order = RK_ARRAY(compare->arena, struct member, count + 1);
    size_t *group = RK_ARRAY(compare->arena, size_t, count + 1);

    for (size_t i = 0; i < count; i++)
        order[i] = (struct member){compare->clusters.group[i], compare->rows[i]};
    qsort(order, count, sizeof *order, by_group);
    for (size_t i = 0; i < count; i += members) {
        for (members = 0; i + members < count && order[i + members].group == order[i].group;
             members++)
            group[members] = order[i + members].row;
        if (members > 1) join_group(rows, group, members);
    }
}

rk_status dedupe_probable_join(struct dedupe_rows *rows)
{
    struct dedupe_compare *compare;
    rk_status status;
    size_t count;

    if (!rows->source->linkage || rows->source->link) return RK_OK;
    compare = open_compare(rows, NULL);
    count = take_survivors(rows, compare->rows);
    start_table(compare, count);
    dedupe_compare_fill(compare, rows->frame, false, 0, count);
    dedupe_compare_run(compare);
    status = answer(compare, rows->stage->study);
    if (status == RK_OK) {
        link_clusters_make(&compare->clusters, compare->arena, &compare->pairs, &compare->table,
                           &compare->model);
        join_groups(rows, compare);
        dedupe_review_write(rows->stage, compare);
        report(rows, compare, "records joined", rows->absorbed[rows->source->duplicate_count + 1]);
    }
    rk_arena_free(compare->arena);
    return status;
}

/* ---- records of another source ---- */

static bool names_somebody(const struct dedupe_rows *rows, const struct frame_column *link,
                           size_t row)
{
    return link->text[row] && rk_map_find(rows->stage->references, link->text[row]) >= 0;
}

/* People first, in the order of their keys, then the records that name nobody known. */
static size_t take_records(struct dedupe_rows *rows, struct dedupe_compare *compare)
{
    const struct frame_column *link = frame_column(rows->frame, rows->source->link);
    size_t people = compare->frames[1]->rows, count = people;

    for (size_t row = 0; row < people; row++)
        compare->rows[row] = row;
    for (size_t row = 0; row < rows->frame->rows; row++)
        if (!names_somebody(rows, link, row)) compare->rows[count++] = row;
    qsort_r(compare->rows + people, count - people, sizeof *compare->rows, by_content, rows);
    return count;
}

/* A record that is like two people is nobody's until somebody says whose. */
static void drop_ambiguous(struct dedupe_compare *compare, size_t *best)
{
    struct link_pairs *pairs = &compare->pairs;

    for (size_t i = 0; i < pairs->count; i++) {
        struct link_pair *pair = &pairs->pairs[i];
        struct link_pair *before = best[pair->b] ? &pairs->pairs[best[pair->b] - 1] : NULL;

        if (pair->verdict != LINK_SAME) continue;
        if (!before) {
            best[pair->b] = i + 1;
        } else if (before->why == LINK_BY_PERSON || before->verdict != LINK_SAME) {
            pair->verdict = LINK_UNSURE;
        } else if (pair->why == LINK_BY_PERSON) {
            before->verdict = LINK_UNSURE;
            best[pair->b] = i + 1;
        } else {
            before->verdict = pair->verdict = LINK_UNSURE;
        }
    }
}

static long fill_links(struct dedupe_rows *rows, struct dedupe_compare *compare)
{
    const struct frame_column *link = frame_column(rows->frame, rows->source->link);
    const struct frame *people = compare->frames[1];
    const struct frame_column *key = frame_column(people, people->source->key);
    long found = 0;

    for (size_t i = 0; i < compare->pairs.count; i++) {
        const struct link_pair *pair = &compare->pairs.pairs[i];

        if (pair->verdict != LINK_SAME) continue;
        link->text[compare->rows[pair->b]] = key->text[compare->rows[pair->a]];
        found++;
    }
    return found;
}

static void mark_sides(struct dedupe_compare *compare, size_t count)
{
    unsigned char *side = RK_ARRAY(compare->arena, unsigned char, count + 1);

    memset(side + compare->frames[1]->rows, 1, count - compare->frames[1]->rows);
    compare->table.side = side;
}

rk_status dedupe_probable_find(struct dedupe_rows *rows)
{
    const struct frame *people = rows->stage->people;
    struct dedupe_compare *compare;
    rk_status status;
    size_t count;

    if (!rows->source->linkage || !rows->source->link) return RK_OK;
    compare = open_compare(rows, people);
    count = take_records(rows, compare);
    start_table(compare, count);
    mark_sides(compare, count);
    dedupe_compare_fill(compare, people, true, 0, people->rows);
    dedupe_compare_fill(compare, rows->frame, false, people->rows, count - people->rows);
    dedupe_compare_run(compare);
    status = answer(compare, rows->stage->study);
    if (status == RK_OK) {
        drop_ambiguous(compare, RK_ARRAY(compare->arena, size_t, count + 1));
        rows->found = fill_links(rows, compare);
        dedupe_review_write(rows->stage, compare);
        report(rows, compare, "records given to a person", rows->found);
    }
    rk_arena_free(compare->arena);
    return status;
}
