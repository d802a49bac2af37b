// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_structure.h"

#include "pipeline/attack/attack_names.h"

#include <string.h>

/* ---- a result as a grid ---- */

/** Counts of one family of one result, rows by columns; ATTACK_NONE where there is none. */
struct grid {
    struct attack_facts *facts;
    struct rk_map *rows, *columns;
    size_t row_count, column_count;
    size_t *number, *base;
};

/** A line of rows' parts is a column; turned, a line of columns' parts is a row. */
static size_t at(const struct grid *grid, const size_t *values, bool turned, size_t line,
                 size_t place)
{
    size_t row = turned ? line : place, column = turned ? place : line;

    return values[row * grid->column_count + column];
}

static struct grid grid_of(struct attack_facts *facts, const struct attack_release *release,
                           size_t from)
{
    const struct attack_spot *first = &release->spots[from];
    struct grid grid = {facts, rk_map_new(facts->arena), rk_map_new(facts->arena), 0, 0, NULL,
                        NULL};
    size_t cells;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = from; i < release->spot_count; i++) {
            const struct attack_spot *spot = &release->spots[i];
            if (strcmp(spot->result, first->result) != 0 ||
                strcmp(spot->family, first->family) != 0 || !spot->counted)
                continue;
            size_t row = rk_map_add(grid.rows, spot->row);
            size_t column = rk_map_add(grid.columns, spot->column);
            if (pass) {
                grid.number[row * grid.column_count + column] = spot->number;
                grid.base[row * grid.column_count + column] = spot->of;
            }
        }
        if (pass)
            break;
        grid.row_count = rk_map_count(grid.rows);
        grid.column_count = rk_map_count(grid.columns);
        cells = grid.row_count * grid.column_count;
        grid.number = RK_ARRAY(facts->arena, size_t, cells + 1);
        grid.base = RK_ARRAY(facts->arena, size_t, cells + 1);
        for (size_t i = 0; i < cells; i++)
            grid.number[i] = grid.base[i] = ATTACK_NONE;
    }
    return grid;
}

/* ---- parts and their total ---- */

/** "salford/female": of which group, and what of it. Without a slash: a part of "all". */
static const char *stem(struct attack_facts *facts, const char *code, bool second)
{
    const char *slash = strchr(code, '/');

    if (!slash)
        return "";
    return second ? slash + 1 : rk_arena_copy_n(facts->arena, code, (size_t)(slash - code));
}

/**
 * Is `code` a part of `total`? Plain codes are parts of "all"; "salford/female" is a part of
 * "salford" or "salford/all" (`second` false), or of "all/female" (`second`).
 */
static bool is_part(struct attack_facts *facts, const char *code, const char *total, bool second)
{
    bool compound = strchr(code, '/') != NULL;
    const char *head = stem(facts, total, false), *tail = stem(facts, total, true);

    if (strcmp(code, total) == 0)
        return false;
    if (!compound)
        return !second && strcmp(total, "all") == 0;
    if (strcmp(second ? stem(facts, code, false) : stem(facts, code, true), "all") == 0)
        return false;
    if (second)
        return strcmp(head, "all") == 0 && strcmp(tail, stem(facts, code, true)) == 0;
    return strcmp(total, stem(facts, code, false)) == 0 ||
           (strcmp(tail, "all") == 0 && strcmp(head, stem(facts, code, false)) == 0);
}

/** The sums of one total in one line of the grid (a column, or a row when turned). */
static void add_line(struct attack_family *family, const struct grid *grid,
                     const size_t *values, bool turned, size_t line, const size_t *parts,
                     size_t part_count, size_t total)
{
    size_t *vars = RK_ARRAY(grid->facts->arena, size_t, part_count + 1), n = 0;

    for (size_t i = 0; i < part_count; i++) {
        vars[n] = at(grid, values, turned, line, parts[i]);
        if (vars[n] == ATTACK_NONE)
            return;
        for (size_t k = 0; k < n; k++)
            if (vars[k] == vars[n])
                return; /* one base for all: nothing adds up to it */
        n++;
    }
    if (n > 0 && total != ATTACK_NONE)
        attack_family_add(family, total, vars, n);
}

/** All lines in which the parts of the codes' `total` add up to it. */
static void believe_axis(const struct grid *grid, const size_t *values, bool turned,
                         size_t total, bool second)
{
    const struct rk_map *codes = turned ? grid->columns : grid->rows;
    size_t lines = turned ? grid->row_count : grid->column_count;
    size_t count = turned ? grid->column_count : grid->row_count, n = 0;
    size_t *parts = RK_ARRAY(grid->facts->arena, size_t, count + 1);
    struct attack_family family = {.facts = grid->facts,
                                   .why = turned ? "columns add up" : "rows add up"};

    for (size_t i = 0; i < count; i++)
        if (is_part(grid->facts, rk_map_key(codes, i), rk_map_key(codes, total), second))
            parts[n++] = i;
    for (size_t line = 0; n > 1 && line < lines; line++)
        add_line(&family, grid, values, turned, line, parts, n,
                 at(grid, values, turned, line, total));
    attack_family_believe(&family);
}

static void believe_margins(const struct grid *grid, const size_t *values)
{
    for (int turned = 0; turned < 2; turned++) {
        size_t count = turned ? grid->column_count : grid->row_count;
        for (size_t total = 0; total < count; total++)
            for (int second = 0; second < 2; second++)
                believe_axis(grid, values, turned, total, second);
    }
}

/** Columns (or rows) that have a base in common may be all there is of it. */
static void believe_bases(const struct grid *grid, bool turned)
{
    const struct rk_map *codes = turned ? grid->columns : grid->rows;
    size_t lines = turned ? grid->row_count : grid->column_count;
    size_t count = turned ? grid->column_count : grid->row_count, n = 0;
    size_t *parts = RK_ARRAY(grid->facts->arena, size_t, count + 1);
    struct attack_family family = {.facts = grid->facts, .why = "the parts are all of the base"};

    for (size_t i = 0; i < count; i++)
        if (strcmp(rk_map_key(codes, i), "all") != 0 && !strchr(rk_map_key(codes, i), '/'))
            parts[n++] = i;
    for (size_t line = 0; n > 1 && line < lines; line++) {
        size_t base = at(grid, grid->base, turned, line, parts[0]);
        bool common = true;
        for (size_t i = 1; i < n; i++)
            common = common && at(grid, grid->base, turned, line, parts[i]) == base;
        if (common)
            add_line(&family, grid, grid->number, turned, line, parts, n, base);
    }
    attack_family_believe(&family);
}

/* ---- columns that add up wherever they can be read ---- */

enum { SERIES_MOST = 24, SEEN_LEAST = 3 };

/** Counts and bases of the columns, each along the rows. */
struct series {
    const size_t *values;
    size_t column;
};

static size_t term(const struct grid *grid, const struct series *series, size_t row)
{
    return series->values[row * grid->column_count + series->column];
}

static bool is_complete(const struct grid *grid, const struct series *set[3], size_t row)
{
    for (int i = 0; i < 3; i++)
        if (term(grid, set[i], row) == ATTACK_NONE)
            return false;
    return term(grid, set[0], row) != term(grid, set[1], row) &&
           term(grid, set[0], row) != term(grid, set[2], row) &&
           term(grid, set[1], row) != term(grid, set[2], row);
}

/** Rows that can be read in full and do not follow from a zero. */
static size_t rows_that_show(const struct grid *grid, const struct series *set[3])
{
    size_t seen = 0;

    for (size_t row = 0; row < grid->row_count; row++) {
        bool shows = is_complete(grid, set, row);
        for (int i = 0; shows && i < 3; i++)
            shows = attack_is_read(grid->facts, term(grid, set[i], row)) &&
                    grid->facts->vars[term(grid, set[i], row)].low > 0;
        seen += shows;
    }
    return seen;
}

static void believe_triple(const struct grid *grid, const struct series *set[3])
{
    struct attack_family family = {.facts = grid->facts,
                                   .why = "columns add up in every row that can be read"};

    if (rows_that_show(grid, set) < SEEN_LEAST)
        return;
    for (size_t row = 0; row < grid->row_count; row++) {
        if (!is_complete(grid, set, row))
            continue;
        const size_t parts[2] = {term(grid, set[1], row), term(grid, set[2], row)};
        attack_family_add(&family, term(grid, set[0], row), parts, 2);
    }
    attack_family_believe(&family);
}

static void learn_columns(const struct grid *grid)
{
    struct series all[SERIES_MOST];
    size_t n = 0;

    if (2 * grid->column_count > SERIES_MOST || grid->row_count < SEEN_LEAST)
        return;
    for (size_t c = 0; c < grid->column_count; c++) {
        all[n++] = (struct series){grid->number, c};
        all[n++] = (struct series){grid->base, c};
    }
    for (size_t t = 0; t < n; t++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++)
                if (t != a && t != b) {
                    const struct series *set[3] = {&all[t], &all[a], &all[b]};
                    believe_triple(grid, set);
                }
}

/* ---- the whole ---- */

static bool is_first(const struct attack_release *release, size_t at)
{
    const struct attack_spot *spot = &release->spots[at];

    for (size_t i = 0; i < at; i++)
        if (release->spots[i].counted && strcmp(release->spots[i].result, spot->result) == 0 &&
            strcmp(release->spots[i].family, spot->family) == 0)
            return false;
    return spot->counted;
}

void attack_structure(struct attack_facts *facts, const struct attack_release *release)
{
    attack_names(facts, release);
    for (size_t i = 0; i < release->spot_count; i++) {
        if (!is_first(release, i))
            continue;
        struct grid grid = grid_of(facts, release, i);
        believe_margins(&grid, grid.number);
        believe_margins(&grid, grid.base);
        believe_bases(&grid, false);
        believe_bases(&grid, true);
        learn_columns(&grid);
    }
}
