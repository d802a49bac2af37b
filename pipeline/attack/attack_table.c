// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_table.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"

#include <string.h>

static bool is_hidden(const char *cell)
{
    static const char *const marks[] = {"[c]", "c", "*", "x", "X", "..", "-c-", "s", "[x]"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(cell, marks[i]) == 0)
            return true;
    return *cell == '<';
}

/** "1,234" too. A count is a whole number. */
static bool read_count(struct rk_arena *arena, const char *cell, double *out)
{
    char *plain = rk_arena_copy(arena, cell), *to = plain;

    for (const char *from = cell; *from; from++)
        if (*from != ',' && *from != ' ')
            *to++ = *from;
    *to = '\0';
    return rk_text_number(plain, out) && *out >= 0 && *out == floor(*out);
}

static bool is_total(struct rk_arena *arena, const char *label)
{
    const char *folded = rk_text_fold(arena, label);

    return strcmp(folded, "all") == 0 || strcmp(folded, "total") == 0 ||
           strcmp(folded, "sum") == 0 || strcmp(folded, "totals") == 0;
}

/** Is every cell a count, hidden or empty, and at least one a count or hidden? */
static bool is_counts(struct rk_arena *arena, const struct rk_csv_table *table, size_t column)
{
    size_t seen = 0;
    double value;

    for (size_t row = 0; row < table->rows; row++) {
        const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
        if (!*cell || strcmp(cell, "-") == 0)
            continue;
        if (!is_hidden(cell) && !read_count(arena, cell, &value))
            return false;
        seen++;
    }
    return seen > 0;
}

static struct attack_spot *add_cell(struct attack_facts *facts, struct attack_release *release,
                                    const struct rk_csv_table *table, size_t row, size_t column)
{
    const char *row_label = rk_text_trim(table->cells[row * table->columns]);
    const char *column_label = table->names[column];
    const char *key = rk_arena_printf(facts->arena, "%zu|table|%zu|%zu", release->number, row,
                                      column);
    struct attack_spot *spot;

    RK_ROOM(facts->arena, release->spots, release->spot_count, release->spot_cap);
    spot = &release->spots[release->spot_count++];
    *spot = (struct attack_spot){
        .result = release->place,
        .row = is_total(facts->arena, row_label)
                   ? "all"
                   : rk_arena_printf(facts->arena, "row%zu", row + 1),
        .column = is_total(facts->arena, column_label)
                      ? "all"
                      : rk_arena_printf(facts->arena, "column%zu", column),
        .family = "count",
        .row_label = row_label,
        .column_label = column_label,
        .base = "",
        .of = ATTACK_NONE,
        .others = ATTACK_NONE,
        .grown = ATTACK_NONE,
        .counted = true,
    };
    spot->number = attack_var(
        facts, key, rk_arena_printf(facts->arena, "%s, %s", row_label, column_label),
        release->place);
    facts->vars[spot->number].release = release->number;
    return spot;
}

static void take_cell(struct attack_facts *facts, struct attack_release *release,
                      const struct rk_csv_table *table, size_t row, size_t column)
{
    const char *cell = rk_text_trim(table->cells[row * table->columns + column]);
    struct attack_spot *spot;
    double value;

    if (!*cell)
        return;
    spot = add_cell(facts, release, table, row, column);
    struct attack_var *v = &facts->vars[spot->number];
    if (strcmp(cell, "-") == 0 || read_count(facts->arena, cell, &value)) {
        attack_know(facts, spot->number, strcmp(cell, "-") == 0 ? 0 : value);
        return;
    }
    v->masked = spot->masked = true;
    if (*cell == '<' && read_count(facts->arena, cell + 1, &value)) {
        v->low = 1;
        v->high = value - 1;
    }
}

rk_status attack_table_read(struct attack_facts *facts, struct attack_release *release,
                            const char *path)
{
    struct rk_csv_table table;

    release->index = rk_map_new(facts->arena);
    RK_TRY(rk_csv_table_read(facts->arena, facts->diag, path, &table));
    for (size_t column = 1; column < table.columns; column++)
        for (size_t row = 0; row < table.rows && is_counts(facts->arena, &table, column); row++)
            take_cell(facts, release, &table, row, column);
    if (!release->spot_count)
        return rk_fail(facts->diag, RK_CHECK, RK_AT(path, 1, 0),
                       "has no column of counts; the first row names the columns, the first "
                       "column the rows");
    return RK_OK;
}
