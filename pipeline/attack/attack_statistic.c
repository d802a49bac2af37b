// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_statistic.h"

#include "pipeline/attack/attack_guess.h"
#include "stats/stats.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a table or a change says ---- */

/** value, and limits where the method has them; NAN where it has none. */
struct said {
    double value, low, high;
};

static struct said chi2_of(const struct stats_table *table)
{
    struct stats_chisq chisq;

    return (struct said){stats_chisq(table, &chisq) == STATS_OK ? chisq.pearson.statistic : NAN,
                         NAN, NAN};
}

static struct said p_of(const struct stats_table *table)
{
    struct stats_chisq chisq;

    return (struct said){stats_chisq(table, &chisq) == STATS_OK ? chisq.pearson.p : NAN, NAN,
                         NAN};
}

static struct said v_of(const struct stats_table *table)
{
    struct stats_cramers_v v;

    return (struct said){stats_cramers_v(table, &v) == STATS_OK ? v.corrected : NAN, NAN, NAN};
}

static struct said plain_v_of(const struct stats_table *table)
{
    struct stats_cramers_v v;

    return (struct said){stats_cramers_v(table, &v) == STATS_OK ? v.v : NAN, NAN, NAN};
}

static struct said two_by_two_of(const struct stats_table *table)
{
    const long *n = table->count;
    struct stats_two_groups groups = {n[0], n[0] + n[1], n[2], n[2] + n[3]};
    enum stats_2x2_choice choice;
    struct stats_test test;
    bool fine = table->rows == 2 && table->cols == 2 &&
                stats_test_2x2(&groups, &choice, &test) == STATS_OK;

    return (struct said){fine ? test.p : NAN, NAN, NAN};
}

static struct said midp_of(const struct stats_pairs *pairs, double level)
{
    struct stats_mcnemar mcnemar;
    (void)level;

    return (struct said){stats_mcnemar(pairs, &mcnemar) == STATS_OK ? mcnemar.midp : NAN, NAN,
                         NAN};
}

static struct said percent(stats_status status, const struct stats_interval *interval)
{
    if (status != STATS_OK)
        return (struct said){NAN, NAN, NAN};
    return (struct said){100 * interval->estimate, 100 * interval->low, 100 * interval->high};
}

static struct said newcombe_of(const struct stats_pairs *pairs, double level)
{
    struct stats_interval interval;

    return percent(stats_newcombe_paired(pairs, level, &interval), &interval);
}

static struct said tango_of(const struct stats_pairs *pairs, double level)
{
    struct stats_interval interval;

    return percent(stats_tango(pairs, level, &interval), &interval);
}

/** How each is known: by its method, and by what it measures. */
static const struct kind {
    const char *method, *measure;
    struct said (*of_table)(const struct stats_table *table);
    struct said (*of_pairs)(const struct stats_pairs *pairs, double level);
} kinds[] = {
    {"chi-square", "chi2", chi2_of, NULL},
    {"chi-square", "p", p_of, NULL},
    {"chi-square-n-1", "p", two_by_two_of, NULL},
    {"fisher-midp", "p", two_by_two_of, NULL},
    {"cramers-v", "v", v_of, NULL},
    {"cramers-v", "plain_v", plain_v_of, NULL},
    {"mcnemar-midp", "p", NULL, midp_of},
    {"newcombe-paired", "points", NULL, newcombe_of},
    {"tango", "points", NULL, tango_of},
};

static const struct kind *kind_of(const char *method, const char *measure)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].method, method) == 0 && strcmp(kinds[i].measure, measure) == 0)
            return &kinds[i];
    return NULL;
}

bool attack_knows_statistic(const char *method, const char *measure)
{
    return kind_of(method, measure) != NULL;
}

/** What is not printed contradicts nothing. */
static bool near(double found, double printed, double off)
{
    return isnan(printed) || fabs(found - printed) <= off + 1e-9 * fabs(printed);
}

static bool agrees(const struct said *said, const struct attack_statistic *printed)
{
    return near(said->value, printed->value, printed->off) &&
           near(said->low, printed->low, printed->off) &&
           near(said->high, printed->high, printed->off);
}

/* ---- a table ---- */

/** A table without its margins, and what is printed of it. */
struct layout {
    size_t rows, columns;
    long *count; /**< rows x columns */
    const struct attack_statistic **all;
    size_t statistics;
};

static bool table_fits(const double *values, const void *printed)
{
    const struct layout *layout = printed;
    struct stats_table table = {layout->count, layout->rows, layout->columns};

    for (size_t i = 0; i < layout->rows * layout->columns; i++)
        layout->count[i] = lround(values[i]);
    for (size_t i = 0; i < layout->statistics; i++) {
        const struct attack_statistic *one = layout->all[i];
        struct said said = kind_of(one->method, one->measure)->of_table(&table);
        if (!agrees(&said, one))
            return false;
    }
    return true;
}

static bool is_inside(const struct attack_spot *spot)
{
    static const char *const margins[] = {"all", "missing"};

    for (size_t i = 0; i < 2; i++)
        if (strcmp(spot->row, margins[i]) == 0 || strcmp(spot->column, margins[i]) == 0)
            return false;
    return spot->counted && strcmp(spot->family, "count") == 0;
}

/** The unknowns row by row; NULL when a place of the table is not there. */
static size_t *lay_out(struct attack_facts *facts, const struct attack_release *release,
                       const char *result, struct layout *layout)
{
    struct rk_map *rows = rk_map_new(facts->arena), *columns = rk_map_new(facts->arena);
    size_t cells = 0, *vars = NULL;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < release->spot_count; i++) {
            const struct attack_spot *spot = &release->spots[i];
            if (strcmp(spot->result, result) != 0 || !is_inside(spot))
                continue;
            size_t row = rk_map_add(rows, spot->row), column = rk_map_add(columns, spot->column);
            cells += !pass;
            if (pass)
                vars[row * layout->columns + column] = spot->number;
        }
        layout->rows = rk_map_count(rows);
        layout->columns = rk_map_count(columns);
        if (layout->rows < 2 || layout->columns < 2 || cells != layout->rows * layout->columns)
            return NULL;
        if (!pass)
            vars = RK_ARRAY(facts->arena, size_t, cells);
    }
    layout->count = RK_ARRAY(facts->arena, long, cells);
    return vars;
}

static bool is_of_table(const struct attack_statistic *one)
{
    return strcmp(one->row, "all") == 0 && strcmp(one->column, "all") == 0 &&
           kind_of(one->method, one->measure)->of_table;
}

static bool counts(const struct attack_statistic *one, const char *result, bool assumed)
{
    return is_of_table(one) && strcmp(one->result, result) == 0 && (assumed || !one->assumed);
}

static bool try_table(struct attack_facts *facts, const struct attack_release *release,
                      const char *result, bool assumed)
{
    struct layout layout = {0};
    struct attack_guess guess = {.assumed = assumed, .fits = table_fits, .printed = &layout};

    guess.vars = lay_out(facts, release, result, &layout);
    if (!guess.vars)
        return false;
    guess.count = layout.rows * layout.columns;
    layout.all = RK_ARRAY(facts->arena, const struct attack_statistic *,
                          release->statistic_count + 1);
    for (size_t i = 0; i < release->statistic_count; i++)
        if (counts(&release->statistics[i], result, assumed))
            layout.all[layout.statistics++] = &release->statistics[i];
    return layout.statistics && attack_guess(facts, &guess);
}

/* ---- a change ---- */

enum { INITIAL, LATEST, BASE, GAINED, LOST, MOVES };

/** What is printed of one change: its test and its interval. */
struct change {
    const struct attack_statistic **all;
    size_t count;
};

static bool change_fits(const double *values, const void *printed)
{
    const struct change *change = printed;
    struct stats_pairs pairs = {
        lround(values[INITIAL] - values[LOST]), lround(values[LOST]), lround(values[GAINED]),
        lround(values[BASE] - values[INITIAL] - values[GAINED])};

    if (pairs.yy < 0 || pairs.nn < 0)
        return false;
    for (size_t i = 0; i < change->count; i++) {
        const struct attack_statistic *one = change->all[i];
        struct said said = kind_of(one->method, one->measure)
                               ->of_pairs(&pairs, isnan(one->level) ? 0.95 : one->level);
        if (!agrees(&said, one))
            return false;
    }
    return true;
}

/** Is it of the same change? */
static bool is_of_change(const struct attack_statistic *one, const struct attack_statistic *first)
{
    return kind_of(one->method, one->measure)->of_pairs && strcmp(one->row, first->row) == 0 &&
           strcmp(one->column, first->column) == 0 && strcmp(one->result, first->result) == 0;
}

static const struct attack_spot *spot_at(struct attack_facts *facts,
                                         const struct attack_release *release,
                                         const struct attack_statistic *one, const char *column)
{
    long at = rk_map_find(release->index, rk_arena_printf(facts->arena, "%s.%s.%s.count",
                                                          one->result, one->row, column));

    return at < 0 || !release->spots[at].counted ? NULL : &release->spots[at];
}

/** Those who moved one way: a place of the table, or a number that nobody prints. */
static size_t movers(struct attack_facts *facts, const struct attack_release *release,
                     const struct attack_statistic *one, const struct attack_spot *initial,
                     const char *column, const char *words)
{
    const struct attack_spot *printed = spot_at(facts, release, one, column);
    size_t known = facts->var_count, var;

    if (printed)
        return printed->number;
    var = attack_var(facts,
                     rk_arena_printf(facts->arena, "%zu|%s.%s.%s", release->number, one->result,
                                     one->row, column),
                     rk_arena_printf(facts->arena, "%s: %s, %s", one->result,
                                     initial->row_label, words),
                     release->place);
    if (var == known) {
        facts->vars[var].masked = true;
        facts->vars[var].release = release->number;
        facts->vars[var].exempt = initial->exempt;
    }
    return var;
}

/** latest = initial + gained - lost; nobody loses who had not, or gains who had. */
static void tie_movers(struct attack_facts *facts, const size_t *vars)
{
    const struct attack_term net[] = {
        {vars[LATEST], 1}, {vars[INITIAL], -1}, {vars[GAINED], -1}, {vars[LOST], 1}};
    const struct attack_term lost[] = {{vars[LOST], 1}, {vars[INITIAL], -1}};
    const struct attack_term gained[] = {{vars[GAINED], 1}, {vars[LATEST], -1}};

    attack_rule(facts, net, 4, 0, 0, false, "who gained and who lost make the change");
    attack_rule(facts, lost, 2, -HUGE_VAL, 0, false, "nobody loses who had not");
    attack_rule(facts, gained, 2, -HUGE_VAL, 0, false, "nobody gains who has not");
}

static bool try_change(struct attack_facts *facts, const struct attack_release *release,
                       const struct attack_statistic *first, bool assumed)
{
    const struct attack_spot *initial = spot_at(facts, release, first, "initial");
    const struct attack_spot *latest = spot_at(facts, release, first, "latest");
    struct change change = {
        RK_ARRAY(facts->arena, const struct attack_statistic *, release->statistic_count), 0};

    if (strcmp(first->column, "change") != 0 || !initial || !latest ||
        initial->of == ATTACK_NONE || initial->of != latest->of)
        return false;
    for (size_t i = 0; i < release->statistic_count; i++)
        if (is_of_change(&release->statistics[i], first))
            change.all[change.count++] = &release->statistics[i];
    const size_t vars[MOVES] = {
        [INITIAL] = initial->number,
        [LATEST] = latest->number,
        [BASE] = initial->of,
        [GAINED] = movers(facts, release, first, initial, "gained", "those who gained it"),
        [LOST] = movers(facts, release, first, initial, "lost", "those who lost it"),
    };
    if (!assumed) /* the first of the two times */
        tie_movers(facts, vars);
    return attack_guess(facts, &(struct attack_guess){vars, MOVES, assumed, change_fits, &change});
}

/* ---- the whole ---- */

bool attack_statistics(struct attack_facts *facts, const struct attack_release *release,
                       bool assumed)
{
    bool narrowed = false;

    for (size_t i = 0; i < release->statistic_count; i++) {
        const struct attack_statistic *one = &release->statistics[i];
        bool again = false; /* with one before it */
        for (size_t k = 0; k < i && !again; k++)
            again = is_of_table(one) ? is_of_table(&release->statistics[k]) &&
                                           strcmp(one->result, release->statistics[k].result) == 0
                                     : is_of_change(&release->statistics[k], one);
        if (again)
            continue;
        if (is_of_table(one))
            narrowed |= try_table(facts, release, one->result, assumed);
        else if (kind_of(one->method, one->measure)->of_pairs)
            narrowed |= try_change(facts, release, one, assumed);
    }
    return narrowed;
}
