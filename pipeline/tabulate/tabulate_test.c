// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_test.h"
#include "pipeline/tabulate/tabulate_why.h"

#include "stats/stats_cross.h"
#include "stats/stats_diff.h"
#include "stats/stats_survey.h"

#include <pthread.h>

/* Enumerating more than this takes longer than simulating, and no longer changes the
 * answer. */
enum { MOST_STEPS = 2000000, SIMULATED = 99999 };

/* One layer without its margins and without rows and columns that nobody is in. */
struct layer {
    const struct tab_cross *cross;
    size_t at, rows, columns;
    long *count;          /* rows x columns */
    size_t *row, *column; /* new number of each level; SIZE_MAX when dropped */
};

static long margin(const struct layer *layer, size_t row, size_t column)
{
    return layer->cross
        ->count[tab_cross_at(layer->cross, (struct tab_slot){layer->at, row, column})];
}

/* "Not answered" is no row of a test, so margins are summed without it. */
static size_t number_rows(struct layer *layer)
{
    size_t kept = 0;

    for (size_t r = 0; r < layer->cross->rows; r++)
        layer->row[r] = margin(layer, r, layer->cross->columns) ? kept++ : SIZE_MAX;
    return kept;
}

static size_t number_columns(struct layer *layer)
{
    size_t kept = 0;

    for (size_t k = 0; k < layer->cross->columns; k++) {
        long n = 0;

        for (size_t r = 0; r < layer->cross->rows; r++)
            n += margin(layer, r, k);
        layer->column[k] = n ? kept++ : SIZE_MAX;
    }
    return kept;
}

static struct layer layer_open(const struct tab_cross *cross, size_t at)
{
    struct rk_arena *arena = cross->question->desk->scratch;
    struct layer layer = {
        .cross = cross,
        .at = at,
        .row = RK_ARRAY(arena, size_t, cross->rows + 1),
        .column = RK_ARRAY(arena, size_t, cross->columns + 1),
    };

    layer.rows = number_rows(&layer);
    layer.columns = number_columns(&layer);
    layer.count = RK_ARRAY(arena, long, layer.rows *layer.columns + 1);
    for (size_t r = 0; r < cross->rows; r++) {
        for (size_t k = 0; k < cross->columns; k++) {
            if (layer.row[r] == SIZE_MAX || layer.column[k] == SIZE_MAX) continue;
            layer.count[layer.row[r] * layer.columns + layer.column[k]] =
                margin(&layer, r, k);
        }
    }
    return layer;
}

/* A p-value, how it was found, or why it was not. */
struct answer {
    double p;
    const char *method;
    stats_status status;
};

static struct answer two_by_two(const struct layer *layer)
{
    const long *n = layer->count;
    struct stats_two_groups groups = {n[0], n[0] + n[1], n[2], n[2] + n[3]};
    enum stats_2x2_choice choice;
    struct stats_test test;
    struct answer answer = {.status = stats_test_2x2(&groups, &choice, &test)};

    if (answer.status != STATS_OK) return answer;
    answer.p = test.p;
    answer.method = choice == STATS_2X2_NMINUS1 ? "chi-square-n-1" : "fisher-midp";
    return answer;
}

/* Half of a simulation. */
struct half {
    const struct stats_table *table;
    long first, tables, rare;
    double *work;
    stats_status status;
};

static void *draw_half(void *context)
{
    struct half *half = context;

    half->status =
        stats_ffh_rare(half->table, half->first, half->tables, half->work, &half->rare);
    return NULL;
}

/* Both halves at once where two may work; the answer is that of one after the other. */
static stats_status simulate(const struct tab_desk *desk, const struct stats_table *table,
                             long n, struct stats_exact *out)
{
    struct half halves[2];
    pthread_t other;
    bool beside;

    for (long i = 0; i < 2; i++)
        halves[i] = (struct half){.table = table,
                                  .first = i * (SIMULATED / 2),
                                  .tables = i ? SIMULATED - SIMULATED / 2 : SIMULATED / 2,
                                  .work = RK_ARRAY(desk->scratch, double, (size_t)n + 1)};
    beside = desk->run->threads > 1 &&
             pthread_create(&other, NULL, draw_half, &halves[1]) == 0;
    draw_half(&halves[0]);
    if (beside)
        pthread_join(other, NULL);
    else
        draw_half(&halves[1]);
    stats_ffh_of_rare(halves[0].rare + halves[1].rare, SIMULATED, out);
    return halves[0].status ? halves[0].status : halves[1].status;
}

static struct answer exact(const struct tab_desk *desk, const struct stats_table *table, long n)
{
    struct rk_arena *arena = desk->scratch;
    double *work = RK_ARRAY(arena, double, (size_t)n + 1);
    struct stats_exact found;
    struct answer answer = {.method = "fisher-freeman-halton"};

    answer.status = stats_fisher_freeman_halton(table, MOST_STEPS, work, &found);
    if (answer.status == STATS_TOO_BIG) {
        answer.method = "fisher-freeman-halton-simulated";
        answer.status = simulate(desk, table, n, &found);
    }
    if (answer.status == STATS_OK) answer.p = found.p;
    return answer;
}

static struct answer chi_square(const struct layer *layer)
{
    struct stats_table table = {layer->count, layer->rows, layer->columns};
    struct stats_chisq chisq;
    struct answer answer = {.method = "chi-square"};

    if (layer->rows == 2 && layer->columns == 2) return two_by_two(layer);
    answer.status = stats_chisq(&table, &chisq);
    if (answer.status != STATS_OK) return answer;
    if (stats_chisq_is_doubtful(&chisq)) return exact(layer->cross->question->desk, &table, chisq.n);
    answer.p = chisq.pearson.p;
    return answer;
}

/* The records of the layer; all clients of the frame are the sample. */
static struct answer rao_scott(const struct layer *layer,
                               const struct tab_clusters *clusters,
                               const struct tab_scores *weight)
{
    const struct tab_question *question = layer->cross->question;
    struct rk_arena *arena = question->desk->scratch;
    size_t *row = RK_ARRAY(arena, size_t, question->count + 1), n = 0;
    size_t *column = RK_ARRAY(arena, size_t, question->count + 1);
    size_t *cluster = RK_ARRAY(arena, size_t, question->count + 1);
    double *weigh = RK_ARRAY(arena, double, question->count + 1);
    struct answer answer = {.method = "rao-scott"};
    struct stats_rao_scott found;
    struct stats_design design;
    struct tab_slot slot;

    for (size_t i = 0; i < question->count; i++) {
        if (!tab_cross_find(layer->cross, question->rows[i], &slot) ||
            slot.row >= layer->cross->rows ||
            (layer->at < layer->cross->layers && slot.layer != layer->at))
            continue;
        row[n] = layer->row[slot.row];
        column[n] = layer->column[slot.column];
        if (weight) weigh[n] = tab_weight(weight, question->rows[i]);
        cluster[n++] = clusters->of_row[question->rows[i]];
    }
    design = (struct stats_design){
        .n = n,
        .weight = weight ? weigh : NULL,
        .cluster = cluster,
        .clusters = clusters->count,
        .work = RK_ARRAY(arena, double, 2 * clusters->count + 4),
    };
    answer.status = stats_rao_scott(
        &design, row, column, layer->rows, layer->columns, NULL,
        RK_ARRAY(arena, double, stats_rao_scott_work(n, layer->rows, layer->columns) + 1),
        &found);
    if (answer.status == STATS_OK) answer.p = found.p;
    return answer;
}

static void tell_p(const struct tab_cross *cross, const struct tab_place *place,
                   const struct answer *answer, const struct tab_group *base,
                   const struct tab_group *const *cells, size_t count)
{
    struct tab_figure figure = tab_figure("p", UNIT_P, answer->p, answer->method);

    if (answer->status != STATS_OK) figure.why = tab_why(figure.method, answer->status);
    tab_tell(cross->question->desk, place, &figure, base, cells, count);
}

static void tell_v(const struct layer *layer, const struct tab_place *place,
                   const struct tab_group *base, const struct tab_group *const *cells,
                   size_t count)
{
    struct stats_table table = {layer->count, layer->rows, layer->columns};
    struct stats_cramers_v v = {NAN, NAN};
    stats_status status = stats_cramers_v(&table, &v);
    struct tab_figure figure = tab_figure("v", UNIT_RATIO, v.corrected, "cramers-v");

    if (status != STATS_OK) figure.why = tab_why(figure.method, status);
    tab_tell(layer->cross->question->desk, place, &figure, base, cells, count);
}

void tab_test(const struct tab_cross *cross, const struct tab_clusters *clusters,
              const struct tab_scores *weight, size_t at, const struct tab_place *place, const struct tab_group *base,
              const struct tab_group *const *cells, size_t count)
{
    struct layer layer = layer_open(cross, at);
    struct answer answer;

    if (layer.rows < 2 || layer.columns < 2)
        answer = (struct answer){NAN, "chi-square", STATS_UNDEFINED};
    else if (clusters)
        answer = rao_scott(&layer, clusters, weight);
    else
        answer = chi_square(&layer);
    tell_p(cross, place, &answer, base, cells, count);
    if (!weight) tell_v(&layer, place, base, cells, count); /* V is of counts */
}
