// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_pairs.h"

#include "pipeline/linkage/link_priv.h"

#include <math.h>
#include <stdlib.h>

struct finder {
    const struct link_model *model;
    const struct link_table *table;
    struct rk_arena *arena;
    struct link_pair *pairs;
    size_t count, cap;
    double least;
};

static void find_pair(void *context, uint32_t a, uint32_t b)
{
    struct finder *finder = context;
    link_pattern pattern = link_compare(finder->table, a, b);
    double weight = link_model_weight(finder->model, finder->table, pattern, a);

    if (weight < finder->least) return;
    RK_ROOM(finder->arena, finder->pairs, finder->count, finder->cap);
    finder->pairs[finder->count++] =
        (struct link_pair){.a = a, .b = b, .pattern = pattern, .weight = (float)weight};
}

static int by_rows(const void *a, const void *b)
{
    const struct link_pair *left = a;
    const struct link_pair *right = b;

    if (left->a != right->a) return left->a < right->a ? -1 : 1;
    return (left->b > right->b) - (left->b < right->b);
}

void link_pairs_find(struct link_pairs *out, struct rk_arena *arena, struct link_plan *plan,
                     const struct link_model *model, double least)
{
    struct finder finders[LINK_WORKERS];
    void *contexts[LINK_WORKERS];
    size_t count = 0;

    for (int i = 0; i < LINK_WORKERS; i++) {
        finders[i] = (struct finder){
            .model = model, .table = plan->table, .arena = rk_arena_new(), .least = least};
        contexts[i] = &finders[i];
    }
    link_plan_pairs(plan, find_pair, contexts, plan->workers);
    for (int i = 0; i < LINK_WORKERS; i++)
        count += finders[i].count;
    *out = (struct link_pairs){.pairs = RK_ARRAY(arena, struct link_pair, count + 1)};
    for (int i = 0; i < LINK_WORKERS; i++) {
        for (size_t at = 0; at < finders[i].count; at++)
            out->pairs[out->count++] = finders[i].pairs[at];
        rk_arena_free(finders[i].arena);
    }
    qsort(out->pairs, out->count, sizeof *out->pairs, by_rows);
}

/* ---- lines ---- */

static int by_weight(const void *a, const void *b)
{
    const float *left = a;
    const float *right = b;

    return (*left < *right) - (*left > *right);
}

/* Fields are not quite independent of each other, so the model is surer than it should be: on
 * made-up people of eleven kinds the true share of wrong pairs has been up to twice what it
 * expects. The upper limit is that of a count (95%, Poisson, by its score) with a mean twice as
 * large. */
static double up_to(double wrong, double joined)
{
    const double z = 1.96, mean = 2 * wrong;

    return fmin(1, (mean + z * z / 2 + z * sqrt(mean + z * z / 4)) / joined);
}

void link_lines_draw(struct link_lines *out, const struct link_pairs *pairs,
                     const struct link_model *model, double wrong, double missed,
                     double least_p)
{
    struct rk_arena *scratch = rk_arena_new();
    float *weights = RK_ARRAY(scratch, float, pairs->count + 1);
    double joined = 0, right = 0, all = 0, above = 0;

    for (size_t i = 0; i < pairs->count; i++) {
        weights[i] = pairs->pairs[i].weight;
        all += link_model_probability(model, (double)weights[i]);
    }
    qsort(weights, pairs->count, sizeof *weights, by_weight);
    *out = (struct link_lines){.same = INFINITY, .unsure = INFINITY};
    for (size_t i = 0; i < pairs->count; i++) {
        double p = link_model_probability(model, (double)weights[i]);

        if (p < 0.05 || (p < least_p && above >= (1 - missed) * all)) break;
        out->unsure = (double)weights[i];
        above += p;
        if (p < least_p || joined + 1 - right - p > wrong * (joined + 1)) continue;
        joined += 1;
        right += p;
        out->same = (double)weights[i];
    }
    out->expected_same = right;
    out->wrong = joined > 0 ? 1 - right / joined : 0;
    out->wrong_up_to = joined > 0 ? up_to(joined - right, joined) : 0;
    all = fmax(all, model->expected[LINK_PERSON]);
    out->missed = all > 0 ? 1 - above / all : 0;
    rk_arena_free(scratch);
}

/* ---- verdicts ---- */

/* Kinds that are of a person, not of all who live there. */
static bool is_personal(enum link_kind kind)
{
    return kind == LINK_GIVEN || kind == LINK_NAME || kind == LINK_DATE ||
           kind == LINK_EMAIL || kind == LINK_NUMBER;
}

/* Something of the person was compared, and none of it agrees. */
static bool household_only(const struct link_table *table, link_pattern pattern)
{
    bool compared = false;

    for (size_t c = 0; c < table->column_count; c++) {
        const struct link_field *field = table->columns[c].field;
        unsigned answer = link_answer(pattern, c);

        if (!is_personal(field->kind) || answer == LINK_MISSING) continue;
        if (answer != field->level_count) return false;
        compared = true;
    }
    return compared;
}

/* Does a field of the kind answer with a level from `first` to `last`? Levels count from 1;
 * 0 for `last` is the one before ELSE. */
static bool answers(const struct link_table *table, link_pattern pattern, enum link_kind kind,
                    size_t first, size_t last)
{
    for (size_t c = 0; c < table->column_count; c++) {
        size_t answer = link_answer(pattern, c);
        size_t levels = table->columns[c].field->level_count;

        if (table->columns[c].field->kind == kind && answer != LINK_MISSING &&
            answer >= (first ? first : levels) && answer <= (last ? last : levels - !!first))
            return true;
    }
    return false;
}

static bool agrees(const struct link_table *table, link_pattern pattern, enum link_kind kind)
{
    return answers(table, pattern, kind, 1, 0);
}

static bool differs(const struct link_table *table, link_pattern pattern, enum link_kind kind)
{
    return answers(table, pattern, kind, 0, 0);
}

static bool born_alike(const struct link_table *table, link_pattern pattern)
{
    return answers(table, pattern, LINK_DATE, 1, 1) && agrees(table, pattern, LINK_SURNAME) &&
           !agrees(table, pattern, LINK_NUMBER) && !agrees(table, pattern, LINK_EMAIL);
}

/* A number or a mail of one's own tells twins apart. Where hardly two people share a home
 * another given name is a mistake, no sister; but where no given name is known, and sex or
 * such a thing differs, nothing speaks for one person rather than two. */
static bool may_be_twins(const struct link_table *table, link_pattern pattern, bool homes)
{
    if (!born_alike(table, pattern)) return false;
    if (differs(table, pattern, LINK_GIVEN)) return homes;
    return differs(table, pattern, LINK_EXACT) && !agrees(table, pattern, LINK_GIVEN) &&
           !agrees(table, pattern, LINK_NAME);
}

/* Father and son of one name: all agrees but the birth, which has nothing in common. */
static bool may_be_kin(const struct link_table *table, link_pattern pattern)
{
    bool named = agrees(table, pattern, LINK_SURNAME) || agrees(table, pattern, LINK_NAME);
    bool home = agrees(table, pattern, LINK_ADDRESS) || agrees(table, pattern, LINK_POSTCODE) ||
                agrees(table, pattern, LINK_PHONE);

    return named && home && differs(table, pattern, LINK_DATE) &&
           !agrees(table, pattern, LINK_NUMBER) &&
           !answers(table, pattern, LINK_EMAIL, 1, 1);
}

/* Do the data show people of one home? */
static bool has_homes(const struct link_table *table, const struct link_model *model)
{
    return model->expected[LINK_HOME] > 0.005 * (double)table->rows + 2;
}

/* Are two of one home commoner than two records of one person? */
static bool mostly_homes(const struct link_model *model)
{
    return model->expected[LINK_HOME] > model->expected[LINK_PERSON];
}

/* Why a pair is not joined whatever its weight; LINK_BY_WEIGHT: it may be. */
static enum link_why hindrance(const struct link_table *table, link_pattern pattern,
                               const struct link_model *model)
{
    bool homes = has_homes(table, model);

    if (household_only(table, pattern)) return LINK_HOUSEHOLD;
    if (may_be_twins(table, pattern, homes)) return LINK_TWINS;
    return homes && mostly_homes(model) && may_be_kin(table, pattern) ? LINK_KIN
                                                                      : LINK_BY_WEIGHT;
}

bool link_pairs_alike(const struct link_pairs *pairs, const struct link_table *table,
                      const struct link_model *model, const struct link_lines *one,
                      const struct link_lines *other)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct link_pair *pair = &pairs->pairs[i];
        double weight = (double)pair->weight;

        if (pair->why != LINK_BY_PERSON && (weight >= one->same) != (weight >= other->same) &&
            hindrance(table, pair->pattern, model) == LINK_BY_WEIGHT)
            return false;
    }
    return true;
}

void link_pairs_judge(struct link_pairs *pairs, const struct link_table *table,
                      const struct link_model *model, const struct link_lines *lines)
{
    for (size_t i = 0; i < pairs->count; i++) {
        struct link_pair *pair = &pairs->pairs[i];
        double weight = (double)pair->weight;

        pair->why = LINK_BY_WEIGHT;
        pair->verdict = weight >= lines->same     ? LINK_SAME
                        : weight >= lines->unsure ? LINK_UNSURE
                                                  : LINK_DIFFERENT;
        if (pair->verdict != LINK_SAME) continue;
        pair->why = hindrance(table, pair->pattern, model);
        if (pair->why != LINK_BY_WEIGHT) pair->verdict = LINK_UNSURE;
    }
}
