// SPDX-License-Identifier: MIT
/* Disclosure control of linked tables in the pocket calculator: the margins of a three-way table
 * that are published, by the solver of reckon-attack. */
#include "pipeline/driver/stat_linked.h"

#include "pipeline/attack/attack_solve.h"
#include "pipeline/driver/stat_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** A three-way table, as counts and as unknowns of its finest cells; axes A, B and C. */
struct cube {
    struct stat_call *call;
    size_t sizes[3];
    const double *counts;
    struct attack_facts *facts;
    struct stat_words suppressed;
};

static size_t place(const struct cube *cube, const size_t at[3])
{
    return (at[0] * cube->sizes[1] + at[1]) * cube->sizes[2] + at[2];
}

static struct cube cube_of(struct stat_call *call)
{
    struct stat_strata strata = stat_strata(call, "threeway");
    struct cube cube = {.call = call, .facts = attack_facts_new(call->arena, NULL)};
    double *counts;

    if (stat_stopped(call))
        return cube;
    cube.sizes[0] = strata.n;
    cube.sizes[1] = strata.table[0].rows;
    cube.sizes[2] = strata.table[0].cols;
    counts = STAT_NEW(call, strata.n * cube.sizes[1] * cube.sizes[2] + 1, double);
    for (size_t a = 0; a < strata.n && !stat_stopped(call); a++) {
        if (strata.table[a].rows != cube.sizes[1] || strata.table[a].cols != cube.sizes[2]) {
            stat_misuse(call, "the tables of threeway have one shape");
            break;
        }
        memcpy(counts + a * cube.sizes[1] * cube.sizes[2], strata.table[a].cell,
               cube.sizes[1] * cube.sizes[2] * sizeof *counts);
    }
    cube.counts = counts;
    for (size_t i = 0; i < strata.n * cube.sizes[1] * cube.sizes[2]; i++)
        attack_var(cube.facts, rk_arena_printf(call->arena, "%zu", i), "a cell", "");
    return cube;
}

/** "a3b1", with the axes of a margin in their order. */
static const char *cell_name(const struct cube *cube, const bool axes[3], const size_t at[3])
{
    const char *name = "";

    for (int axis = 0; axis < 3; axis++)
        if (axes[axis])
            name = rk_arena_printf(cube->call->arena, "%s%c%zu", name, "abc"[axis], at[axis] + 1);
    return name;
}

static bool is_suppressed(const struct cube *cube, const char *name)
{
    for (size_t i = 0; i < cube->suppressed.n; i++)
        if (strcmp(cube->suppressed.word[i], name) == 0)
            return true;
    return false;
}

/** The unknown of a cell of a margin, tied to the finest cells that it sums up. */
static size_t margin_cell(struct cube *cube, const bool axes[3], const size_t at[3],
                          double *value)
{
    size_t *parts = STAT_NEW(cube->call, cube->sizes[0] * cube->sizes[1] * cube->sizes[2], size_t);
    const char *name = cell_name(cube, axes, at);
    size_t var = attack_var(cube->facts, name, name, ""), n = 0, i[3];

    *value = 0;
    for (i[0] = 0; i[0] < cube->sizes[0]; i[0]++)
        for (i[1] = 0; i[1] < cube->sizes[1]; i[1]++)
            for (i[2] = 0; i[2] < cube->sizes[2]; i[2]++) {
                bool within = true;
                for (int axis = 0; axis < 3; axis++)
                    within = within && (!axes[axis] || i[axis] == at[axis]);
                if (!within)
                    continue;
                parts[n++] = place(cube, i);
                *value += cube->counts[place(cube, i)];
            }
    attack_sum(cube->facts, var, parts, n, false, "a margin");
    return var;
}

/** Publishes a margin, but for its suppressed cells. */
static void publish(struct cube *cube, const bool axes[3])
{
    size_t at[3], most[3];

    for (int axis = 0; axis < 3; axis++)
        most[axis] = axes[axis] ? cube->sizes[axis] : 1;
    for (at[0] = 0; at[0] < most[0]; at[0]++)
        for (at[1] = 0; at[1] < most[1]; at[1]++)
            for (at[2] = 0; at[2] < most[2]; at[2]++) {
                double value;
                size_t var = margin_cell(cube, axes, at, &value);
                if (is_suppressed(cube, cell_name(cube, axes, at)))
                    cube->facts->vars[var].masked = true;
                else
                    attack_know(cube->facts, var, value);
            }
}

/** "AxC all", "B totals", "AxB except suppressed": the letters of the first word. */
static void publish_words(struct cube *cube, const char *words)
{
    bool axes[3] = {false, false, false};
    size_t n = 0;

    while (*words == ' ')
        words++;
    for (; words[n] && words[n] != ' '; n++) {
        const char *axis = strchr("ABC", words[n]);
        if (axis)
            axes[axis - "ABC"] = true;
        else if (words[n] != 'x')
            stat_misuse(cube->call, "published names margins as AxB, AxC or B, not \"%.*s\"",
                        (int)strcspn(words, " "), words);
    }
    if (!n)
        stat_misuse(cube->call, "published names a margin between its commas");
    else if (!stat_stopped(cube->call))
        publish(cube, axes);
}

static void put_range(struct cube *cube, const char *word)
{
    long at = rk_map_find(cube->facts->names, word);

    if (at < 0 || !cube->facts->vars[at].masked) {
        stat_misuse(cube->call, "\"%s\" is no cell of a published margin: a1b1 is the first of AxB",
                    word);
        return;
    }
    double low = ceil(cube->facts->vars[at].low - 1e-6);
    double high = floor(cube->facts->vars[at].high + 1e-6);
    stat_put_as(cube->call, low, "lo_%s", word);
    stat_put_as(cube->call, high, "hi_%s", word);
    stat_say(cube->call, low == high ? "An attacker knows that %s is %g."
                                     : "An attacker knows that %s lies between %g and %g.",
             word, low, high);
}

void stat_linked_audit(struct stat_call *call)
{
    struct cube cube = cube_of(call);
    const char *published = stat_text(call, "published");

    cube.suppressed = stat_words(call, "suppressed");
    for (const char *words = published; !stat_stopped(call) && words;) {
        const char *comma = strchr(words, ',');
        publish_words(&cube, comma ? rk_arena_copy_n(call->arena, words, (size_t)(comma - words))
                                   : words);
        words = comma ? comma + 1 : NULL;
    }
    if (stat_stopped(call))
        return;
    attack_solve(cube.facts, false);
    for (size_t i = 0; i < cube.suppressed.n; i++)
        put_range(&cube, cube.suppressed.word[i]);
}
