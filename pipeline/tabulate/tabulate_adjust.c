// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_adjust.h"

#include "pipeline/tabulate/tabulate_cell.h"

#include "stats/stats_multiple.h"

#include <string.h>

/* Tests that are adjusted together. */
struct family {
    const char *name;
    enum study_adjust how;
    size_t *cell; /* in results->cells */
    double *p;
    size_t count, size; /* all; those that could be made */
    const char **gives; /* quantities */
    size_t give_count;
};

static const char *family_of(const struct study_result *result)
{
    return result->family ? result->family : result->name;
}

/* The same change on another base, or as improved less worse, is no test of its own. */
static bool in_family(const struct study *study, const struct family *family,
                      const struct cell *cell)
{
    const struct study_result *asked = study_result(study, cell->result);

    if (!asked || asked->adjust == ADJUST_NONE || strcmp(cell->measure, "p") != 0)
        return false;
    if (asked->kind == RESULT_CHANGE && strcmp(cell->column, "change") != 0) return false;
    return strcmp(family_of(asked), family->name) == 0;
}

static void gather(struct tab_desk *desk, struct family *family)
{
    const struct results *results = desk->results;

    family->cell = RK_ARRAY(desk->scratch, size_t, results->cell_count + 1);
    family->p = RK_ARRAY(desk->scratch, double, results->cell_count + 1);
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];

        if (!in_family(desk->study, family, cell)) continue;
        family->cell[family->count] = i;
        family->p[family->count++] = cell->value;
    }
    family->size = stats_family(family->p, family->count);
}

static void gather_gives(struct tab_desk *desk, struct family *family)
{
    const struct results *results = desk->results;
    struct rk_map *tests = rk_map_new(desk->scratch), *seen = rk_map_new(desk->scratch);

    for (size_t i = 0; i < family->count; i++)
        rk_map_add(tests, results->cells[family->cell[i]].id);
    family->gives = RK_ARRAY(desk->scratch, const char *, results->link_count + 1);
    for (size_t i = 0; i < results->link_count; i++) {
        const struct cell_link *link = &results->links[i];

        if (rk_map_find(tests, link->cell) < 0 || rk_map_find(seen, link->quantity) >= 0)
            continue;
        rk_map_add(seen, link->quantity);
        family->gives[family->give_count++] = link->quantity;
    }
}

static void tell(struct tab_desk *desk, const struct family *family, size_t i)
{
    const struct cell test = desk->results->cells[family->cell[i]];
    struct tab_place place = {
        .result = test.result,
        .row = test.row,
        .row_label = test.row_label,
        .column = test.column,
        .column_label = test.column_label,
        .row_order = test.row_order,
        .column_order = test.column_order,
    };
    struct tab_figure p = tab_figure("p_adjusted", UNIT_P, family->p[i],
                                     family->how == ADJUST_HOLM ? "holm" : "bh");
    struct tab_figure size =
        tab_figure("family_size", UNIT_NUMBER, (double)family->size, "count");

    size.exact = true;
    if (isnan(family->p[i])) p.why = size.why = "the test could not be made";
    p.not_applicable = size.not_applicable = p.why != NULL;
    tab_tell_given(desk, &place, &p, &test, family->gives, family->give_count);
    tab_tell_given(desk, &place, &size, &test, NULL, 0);
}

static void adjust(struct tab_desk *desk, struct family *family)
{
    size_t *work;

    gather(desk, family);
    work = RK_ARRAY(desk->scratch, size_t, family->count + 1);
    if (stats_adjust(family->p, family->count,
                     family->how == ADJUST_HOLM ? STATS_HOLM : STATS_BH, work,
                     family->p) != STATS_OK)
        family->size = 0; /* none could be made: they are NAN as they stand */
    gather_gives(desk, family);
    for (size_t i = 0; i < family->count; i++)
        tell(desk, family, i);
}

void tab_adjust(struct tab_desk *desk)
{
    const struct study *study = desk->study;
    struct rk_map *done = rk_map_new(desk->arena);

    for (size_t i = 0; i < study->result_count; i++) {
        const struct study_result *asked = &study->results[i];
        struct family family = {.name = family_of(asked), .how = asked->adjust};

        if (asked->adjust == ADJUST_NONE || rk_map_find(done, family.name) >= 0) continue;
        rk_map_add(done, family.name);
        adjust(desk, &family);
        rk_arena_reset(desk->scratch);
    }
}
