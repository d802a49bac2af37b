// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_scores.h"

#include <stdlib.h>
#include <string.h>

struct scored_row {
    double x;
    size_t slot;
    uint32_t row;
};

static int by_slot_and_score(const void *a, const void *b)
{
    const struct scored_row *left = a, *right = b;

    if (left->slot != right->slot) return left->slot < right->slot ? -1 : 1;
    if (left->x < right->x || left->x > right->x) return left->x < right->x ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

static int rising(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

static size_t collect(const struct tab_question *question, const struct tab_scores *scores,
                      const struct tab_groups *groups, struct scored_row *out)
{
    size_t n = 0;

    for (size_t i = 0; i < question->count; i++) {
        double x = tab_score(scores, question->rows[i]);

        if (isnan(x)) continue;
        out[n++] = (struct scored_row){x, tab_group_of(groups, question->rows[i]),
                                       question->rows[i]};
    }
    qsort(out, n, sizeof *out, by_slot_and_score);
    return n;
}

static void describe(struct tab_scored *scored, size_t slot)
{
    struct stats_moments *moments = &scored->moments[slot];

    *moments = (struct stats_moments){0, NAN, NAN, NAN};
    if (stats_describe(scored->sorted + tab_scored_start(scored, slot),
                       tab_scored_count(scored, slot), moments) != STATS_OK)
        moments->n = 0;
}

void tab_scored_fill(const struct tab_question *question, const struct tab_scores *scores,
                     const struct tab_groups *groups, struct tab_scored *out)
{
    struct rk_arena *arena = question->desk->scratch;
    struct rk_arena *found = rk_arena_new();
    struct scored_row *rows = RK_ARRAY(found, struct scored_row, question->count + 1);
    size_t n = collect(question, scores, groups, rows);

    *out = (struct tab_scored){
        .slots = tab_group_slots(groups),
        .x = RK_ARRAY(arena, double, n + 1),
        .row = RK_ARRAY(arena, uint32_t, n + 1),
        .slot = RK_ARRAY(arena, size_t, n + 1),
    };
    out->start = RK_ARRAY(arena, size_t, out->slots + 1);
    out->moments = RK_ARRAY(arena, struct stats_moments, out->slots);
    for (size_t i = 0; i < n; i++) {
        out->x[i] = rows[i].x;
        out->row[i] = rows[i].row;
        out->slot[i] = rows[i].slot;
        out->start[rows[i].slot + 1]++;
    }
    rk_arena_free(found);
    out->sorted = RK_ARRAY(arena, double, 2 * n + 1);
    for (size_t i = 0; i < n; i++)
        out->sorted[i] = out->sorted[n + i] = out->x[i];
    qsort(out->sorted + n, n, sizeof *out->sorted, rising);
    for (size_t slot = 0; slot + 1 < out->slots; slot++)
        out->start[slot + 1] += out->start[slot];
    out->start[out->slots] = 2 * n;
    for (size_t slot = 0; slot < out->slots; slot++)
        describe(out, slot);
}

size_t tab_scored_count(const struct tab_scored *scored, size_t slot)
{
    return scored->start[slot + 1] - scored->start[slot];
}

size_t tab_scored_start(const struct tab_scored *scored, size_t slot)
{
    return scored->start[slot];
}

static enum cell_unit unit_of_time(const char *unit)
{
    if (strcmp(unit, "years") == 0) return UNIT_YEARS;
    return strcmp(unit, "days") == 0 ? UNIT_DAYS : UNIT_NUMBER;
}

enum cell_unit tab_scores_unit(const struct tab_scores *scores)
{
    const struct study_column *declared = scores->declared;
    bool ranged = declared && (isfinite(declared->lowest) || isfinite(declared->highest));

    if (declared && declared->derive) {
        if (declared->derive->kind == DERIVE_AGE)
            return unit_of_time(declared->derive->unit);
        return declared->derive->kind == DERIVE_COUNT ? UNIT_NUMBER : UNIT_SCORE;
    }
    if (scores->column->type == COLUMN_NUMBER) return UNIT_NUMBER;
    return ranged ? UNIT_SCORE : UNIT_NUMBER;
}
