// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_model.h"

#include "pipeline/linkage/link_tally.h"

#include <math.h>
#include <string.h>

enum { IMAGINED_PAIRS = 10, IMAGINED_OTHERS = 100, ROUNDS_MAX = 300 };

/* What two rows answer when given name and surname changed places. */
static const struct link_level swapped_levels[] = {
    {LINK_TEST_ELSE, 0, 0.004, 0.00001}, /* half */
    {LINK_TEST_ELSE, 0, 0.008, 0.00001},
};

static bool is_level(const struct link_table *table, size_t column, unsigned answer)
{
    return (answer >= 1 && answer <= table->columns[column].field->level_count) ||
           ((int)column == table->swap[0] && table->swap[1] >= 0 &&
            (answer == LINK_HALF_SWAPPED || answer == LINK_SWAPPED));
}

static const struct link_level *start_of(const struct link_table *table, size_t column,
                                         unsigned answer)
{
    return answer >= LINK_HALF_SWAPPED ? &swapped_levels[answer - LINK_HALF_SWAPPED]
                                       : &table->columns[column].field->levels[answer - 1];
}

/* Is a field of a class as with strangers? */
static bool is_tied(enum link_class class, enum link_kind kind)
{
    static const bool tied[LINK_CLASSES][LINK_KINDS] = {
        [LINK_HOME] = {[LINK_GIVEN] = true, [LINK_DATE] = true, [LINK_NUMBER] = true},
        [LINK_NAMESAKES] = {[LINK_DATE] = true, [LINK_NUMBER] = true, [LINK_POSTCODE] = true,
                            [LINK_ADDRESS] = true, [LINK_PHONE] = true, [LINK_TEXT] = true},
    };

    return class == LINK_OTHERS || tied[class][kind];
}

/* Of two people in one home so many are born on one day, before the data say more. */
static const double twins = 0.03;
enum { IMAGINED_HOMES = 30 };
/* Mail made of a name is like a namesake's, but seldom the same. */
static const double one_mail = 0.01;

/* ---- weights ---- */

/* A value that agrees: instead of how often any value does, how often this one would, by how
 * many other rows have it; beside them one imagined row stands for what all values do, which
 * counts where rows are few. */
static double frequency_bits(const struct link_model *model, const struct link_table *table,
                             size_t column, link_pattern pattern, uint32_t a)
{
    const struct link_column *of = &table->columns[column];
    double others, usual, here;

    if (link_answer(pattern, column) != 1 || !of->field->frequency) return 0;
    usual = model->share[LINK_OTHERS][column][1];
    others = of->counts[of->value[a]] > 2 ? of->counts[of->value[a]] - 2 : 0;
    here = (others + 1) / ((double)of->answered + 1 / usual);
    return fmax(log2(usual / here), -model->weight[LINK_PERSON][column][1]);
}

double link_model_probability(const struct link_model *model, double weight)
{
    return 1 / (1 + exp2(-(weight + model->prior[LINK_PERSON])));
}

double link_model_field_weight(const struct link_model *model, const struct link_table *table,
                               size_t column, link_pattern pattern, uint32_t a)
{
    return model->weight[LINK_PERSON][column][link_answer(pattern, column)] +
           frequency_bits(model, table, column, pattern, a);
}

/* log2(share / u) of a pattern in a class, all fields together. */
static double class_weight(const struct link_model *model, size_t columns,
                           enum link_class class, link_pattern pattern)
{
    double weight = 0;

    for (size_t c = 0; c < columns; c++)
        weight += model->weight[class][c][link_answer(pattern, c)];
    return weight;
}

double link_model_weight(const struct link_model *model, const struct link_table *table,
                         link_pattern pattern, uint32_t a)
{
    double weights[LINK_CLASSES], others = 1;

    for (size_t k = LINK_PERSON; k < model->classes; k++)
        weights[k] = class_weight(model, table->column_count, (enum link_class)k, pattern);
    for (size_t c = 0; c < table->column_count; c++) {
        double bits = frequency_bits(model, table, c, pattern, a);

        for (size_t k = LINK_PERSON; bits != 0 && k < model->classes; k++)
            if (!is_tied((enum link_class)k, table->columns[c].field->kind))
                weights[k] += bits;
    }
    for (size_t k = LINK_HOME; k < model->classes; k++)
        others += exp2(weights[k] + model->prior[k]);
    return weights[LINK_PERSON] - log2(others);
}

/* ---- m/u falls from level to level ---- */

static void pool_levels(struct link_model *model, enum link_class class, size_t column,
                        size_t levels)
{
    double m[LINK_LEVELS_MAX], u[LINK_LEVELS_MAX];
    size_t sizes[LINK_LEVELS_MAX], groups = 0, at = 0;

    for (size_t level = 0; level < levels; level++) {
        m[groups] = model->share[class][column][level + 1];
        u[groups] = model->share[LINK_OTHERS][column][level + 1];
        sizes[groups++] = 1;
        while (groups > 1 && m[groups - 1] * u[groups - 2] > m[groups - 2] * u[groups - 1]) {
            m[groups - 2] += m[groups - 1];
            u[groups - 2] += u[groups - 1];
            sizes[groups - 2] += sizes[groups - 1];
            groups--;
        }
    }
    for (size_t group = 0; group < groups; group++)
        for (size_t i = 0; i < sizes[group]; i++)
            model->weight[class][column][++at] = log2(m[group] / u[group]);
}

static void set_weights(struct link_model *model, const struct link_table *table,
                        enum link_class class)
{
    double others = model->pairs;

    for (size_t c = 0; c < table->column_count; c++) {
        const struct link_field *field = table->columns[c].field;

        if (is_tied(class, field->kind) && field->kind != LINK_DATE) continue;
        for (unsigned answer = 1; answer < LINK_ANSWERS; answer++)
            if (is_level(table, c, answer))
                model->weight[class][c][answer] =
                    log2(model->share[class][c][answer] / model->share[LINK_OTHERS][c][answer]);
        if (!field->fixed) pool_levels(model, class, c, field->level_count);
    }
    for (size_t k = LINK_PERSON; k < model->classes; k++)
        others -= model->expected[k];
    model->prior[class] = log2(model->expected[class] / fmax(1, others));
}

/* ---- EM ---- */

static bool any_fixed(const struct link_table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].field->fixed) return true;
    return false;
}

static void start(struct link_model *model, const struct link_table *table)
{
    memset(model, 0, sizeof *model);
    model->classes = any_fixed(table) ? LINK_PERSON + 1 : LINK_CLASSES;
    model->pairs = link_tally_pairs(table);
    for (size_t k = LINK_PERSON; k < model->classes; k++)
        model->expected[k] = fmax(1, 0.05 * (double)table->rows);
    for (size_t c = 0; c < table->column_count; c++)
        for (unsigned answer = 1; answer < LINK_ANSWERS; answer++)
            if (is_level(table, c, answer)) {
                const struct link_level *level = start_of(table, c, answer);

                for (size_t k = LINK_OTHERS; k < model->classes; k++)
                    model->share[k][c][answer] = k == LINK_OTHERS ? level->u : level->m;
            }
}

/* Chances of each class for a pattern; they add up to 1. */
static void split(const struct link_model *model, size_t columns, link_pattern pattern,
                  double chances[LINK_CLASSES])
{
    double sum = 0;

    for (size_t k = LINK_OTHERS; k < model->classes; k++) {
        chances[k] = k == LINK_OTHERS
                         ? 1
                         : exp2(fmin(class_weight(model, columns, (enum link_class)k, pattern) +
                                         model->prior[k],
                                     900));
        sum += chances[k];
    }
    for (size_t k = LINK_OTHERS; k < model->classes; k++)
        chances[k] /= sum;
}

struct sums {
    double pairs[LINK_CLASSES];
    double answers[LINK_CLASSES][LINK_FIELDS_MAX][LINK_ANSWERS];
};

/* Pairs by class and answer, each pattern dealt out by its chances. */
static void add_up(const struct link_model *model, size_t columns,
                   const struct link_tally *tally, struct sums *sums)
{
    double chances[LINK_CLASSES];

    memset(sums, 0, sizeof *sums);
    for (size_t i = 0; i < tally->count; i++) {
        split(model, columns, tally->patterns[i], chances);
        for (size_t k = LINK_OTHERS; k < model->classes; k++) {
            double pairs = tally->counts[i] * chances[k];

            sums->pairs[k] += pairs;
            for (size_t c = 0; c < columns; c++)
                sums->answers[k][c][link_answer(tally->patterns[i], c)] += pairs;
        }
    }
}

/* Shares of the levels of a column among the pairs of a class, to which imagined ones with
 * the start values are added. A level that was never met is not impossible: its u is half a
 * pair, where there are enough to tell. */
static void set_shares(const struct link_table *table, size_t column, enum link_class class,
                       const double *sums, double *shares)
{
    double imagined = class == LINK_OTHERS ? IMAGINED_OTHERS : IMAGINED_PAIRS;
    double pairs = 0, total = 0;

    for (unsigned answer = 1; answer < LINK_ANSWERS; answer++)
        pairs += sums[answer];
    for (unsigned answer = 1; answer < LINK_ANSWERS; answer++) {
        const struct link_level *level;

        if (!is_level(table, column, answer)) continue;
        level = start_of(table, column, answer);
        shares[answer] =
            (sums[answer] + imagined * (class == LINK_OTHERS ? level->u : level->m)) /
            (pairs + imagined);
        if (class == LINK_OTHERS)
            shares[answer] = fmax(shares[answer], fmin(0.5 / (pairs + 1), level->u));
        total += shares[answer];
    }
    for (unsigned answer = 1; answer < LINK_ANSWERS; answer++)
        shares[answer] /= total;
}

/* How many of a home are twins is learned, from thirty imagined pairs on: sisters whose sex or
 * mail differs show it, and without it twins would pass for one person with two given names. */
static double twin_share(const double *sums)
{
    double pairs = 0;

    for (unsigned answer = 1; sums && answer < LINK_ANSWERS; answer++)
        pairs += sums[answer];
    return ((sums ? sums[1] : 0) + IMAGINED_HOMES * twins) / (pairs + IMAGINED_HOMES);
}

/* `sums`: pairs of the class by answer; NULL: none yet. */
static void tie(struct link_model *model, enum link_class class, size_t column,
                enum link_kind kind, const double *sums)
{
    double *shares = model->share[class][column];

    memcpy(shares, model->share[LINK_OTHERS][column], sizeof model->share[class][column]);
    if (class == LINK_HOME && kind == LINK_DATE) shares[1] = fmax(shares[1], twin_share(sums));
}

static void learn(struct link_model *model, const struct link_table *table,
                  const struct sums *sums, enum link_class class)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const struct link_field *field = table->columns[c].field;

        if (field->fixed) continue;
        if (class != LINK_OTHERS && is_tied(class, field->kind))
            tie(model, class, c, field->kind, sums->answers[class][c]);
        else
            set_shares(table, c, class, sums->answers[class][c], model->share[class][c]);
        if (class == LINK_NAMESAKES && field->kind == LINK_EMAIL)
            model->share[class][c][1] = fmin(model->share[class][c][1], one_mail);
    }
}

static void set_all_weights(struct link_model *model, const struct link_table *table)
{
    for (size_t k = LINK_PERSON; k < model->classes; k++)
        set_weights(model, table, (enum link_class)k);
}

/* Returns how far the expected number of matches moved, as a share. */
static double round_of_em(struct link_model *model, const struct link_table *table,
                          const struct link_tally *blocked, const struct link_tally *random)
{
    double before = model->expected[LINK_PERSON], most = 10 * (double)table->rows;
    struct sums sums, others;

    add_up(model, table->column_count, blocked, &sums);
    add_up(model, table->column_count, random, &others);
    learn(model, table, &others, LINK_OTHERS);
    for (size_t k = LINK_PERSON; k < model->classes; k++) {
        model->expected[k] = fmin(fmax(sums.pairs[k], 0.5), most);
        learn(model, table, &sums, (enum link_class)k);
    }
    set_all_weights(model, table);
    return fabs(model->expected[LINK_PERSON] - before) / before;
}

/* Pairs at random are nearly all of strangers. */
static void start_others(struct link_model *model, const struct link_table *table,
                         const struct link_tally *random)
{
    struct link_model blank = {.classes = 1};
    struct sums sums;

    add_up(&blank, table->column_count, random, &sums);
    learn(model, table, &sums, LINK_OTHERS);
    for (size_t k = LINK_HOME; k < model->classes; k++)
        for (size_t c = 0; c < table->column_count; c++)
            if (is_tied((enum link_class)k, table->columns[c].field->kind))
                tie(model, (enum link_class)k, c, table->columns[c].field->kind, NULL);
    set_all_weights(model, table);
}

void link_model_fit(struct link_model *model, const struct link_table *table,
                    const struct link_tally *blocked, const struct link_tally *random)
{
    start(model, table);
    start_others(model, table, random);
    while (model->rounds < ROUNDS_MAX) {
        model->rounds++;
        if (round_of_em(model, table, blocked, random) < 1e-6) break;
    }
    model->patterns = blocked->count;
}

void link_model_learn(struct link_model *model, struct link_plan *plan)
{
    struct rk_arena *arena = rk_arena_new();
    struct link_tally blocked, random;

    link_tally_blocked(arena, plan, &blocked);
    if (plan->all)
        random = blocked;
    else
        link_tally_random(arena, plan->table, &random);
    link_model_fit(model, plan->table, &blocked, &random);
    rk_arena_free(arena);
}
