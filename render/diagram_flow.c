// SPDX-License-Identifier: MIT
#include "render/diagram.h"

#include "render/number.h"

#include <math.h>
#include <string.h>

/** Lines of a diagram, growing. */
struct lines {
    struct rk_arena *arena;
    const char **text;
    size_t count, cap;
};

static void add(struct lines *lines, const char *text)
{
    RK_ROOM(lines->arena, lines->text, lines->count, lines->cap);
    lines->text[lines->count++] = text;
}

static const struct cell *flow_cell(struct rk_arena *arena, const struct results *results,
                                    const char *source, const char *column)
{
    return results_find(results,
                        rk_arena_printf(arena, "flow.%s.%s.count", source, column));
}

static const char *shown(struct rk_arena *arena, const struct cell *cell)
{
    if (cell->mark == MARK_MASKED) return "[c]";
    if (isnan(cell->value)) return "[x]";
    return render_number(arena, cell->value, 0, NUMBER_PLAIN);
}

static bool is_nothing(const struct cell *cell)
{
    return !cell || (cell->mark == MARK_NONE && cell->value == 0);
}

/** "27 excluded: test record 5, no consent 22", or NULL when nobody left at this step. */
static const char *leavers(struct rk_arena *arena, const struct results *results,
                           const char *source, const char *step, const char *words)
{
    const struct cell *all = flow_cell(arena, results, source, step);
    const char *start = rk_arena_printf(arena, "%s/", step), *reasons = NULL;
    if (is_nothing(all)) return NULL;
    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (strcmp(cell->result, "flow") || strcmp(cell->row, source) || is_nothing(cell))
            continue;
        if (strncmp(cell->column, start, strlen(start)) || strcmp(cell->measure, "count"))
            continue;
        const char *one = rk_arena_printf(arena, "%s %s",
                                          cell->column_label && *cell->column_label
                                              ? cell->column_label
                                              : cell->column + strlen(start),
                                          shown(arena, cell));
        reasons = reasons ? rk_arena_printf(arena, "%s, %s", reasons, one) : one;
    }
    return rk_arena_printf(arena, "%s %s%s%s", shown(arena, all), words,
                           reasons ? ": " : "", reasons ? reasons : "");
}

rk_status diagram_flow(struct rk_run *run, const struct results *results,
                       struct rk_place place, const char *source, const char ***out,
                       size_t *count)
{
    static const struct {
        const char *step, *words;
    } steps[] = {
        {"set_aside",  "set aside"      },
        {"excluded",   "excluded"       },
        {"unlinked",   "of nobody known"},
        {"duplicates", "second entries" }
    };
    struct lines lines = {.arena = run->arena};
    const struct cell *read = flow_cell(run->arena, results, source, "read");
    const struct cell *unique = flow_cell(run->arena, results, source, "unique");
    const char *left = NULL;
    if (!read || !unique)
        return rk_fail(run->diag, RK_STUDY, place,
                       "the release has no flow of records for the source \"%s\"", source);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const char *one =
            leavers(run->arena, results, source, steps[i].step, steps[i].words);
        if (one) left = left ? rk_arena_printf(run->arena, "%s; %s", left, one) : one;
    }
    add(&lines, rk_arena_printf(run->arena, "read: %s rows read", shown(run->arena, read)));
    add(&lines, rk_arena_printf(run->arena, "unique: %s kept", shown(run->arena, unique)));
    add(&lines, "read -> unique");
    if (left) {
        add(&lines, rk_arena_printf(run->arena, "left: Left out | %s", left));
        add(&lines, "read ~> left");
    }
    *out = lines.text;
    *count = lines.count;
    return RK_OK;
}
