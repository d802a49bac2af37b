// SPDX-License-Identifier: MIT
/** receipt=yes: under a table how it was made, for those who want to check it. */
#include "render/narrative_plan_priv.h"

#include "pipeline/base/rk_file.h"
#include "render/words.h"

#include <string.h>

/** Ends of rules: what can stand between a table and the rows read. */
enum { DEEPEST = 6, HASH_DIGITS = 16 };

struct receipt {
    struct plan *plan;
    struct rk_arena *arena;
    struct rk_map *methods, *formulas; /**< in the order met */
    const struct base *base;           /**< of the first cell that has one */
};

/** How the number is made of others; NULL: as the method says. */
static const char *formula(const struct cell *cell)
{
    size_t bytes = strlen(cell->column);
    bool change = bytes >= 6 && strcmp(cell->column + bytes - 6, "change") == 0;

    if (change && (cell->unit == UNIT_POINTS || strcmp(cell->measure, "mean") == 0))
        return "latest less initial, of the same people, before rounding";
    if (cell->unit == UNIT_PERCENT && cell->numerator >= 0)
        return "percentage: 100 \u00d7 those counted / base";
    return NULL;
}

static void look(struct receipt *receipt, const struct cell *cell)
{
    const char *how = cell ? formula(cell) : NULL;

    if (!cell || cell->mark == MARK_NOT_APPLICABLE || cell->mark == MARK_NOT_AVAILABLE)
        return;
    if (how)
        rk_map_add(receipt->formulas, how);
    if (words_method_source(cell->method))
        rk_map_add(receipt->methods, cell->method);
    if (!receipt->base && cell->base_id)
        receipt->base = results_find_base(receipt->plan->reading->results, cell->base_id);
}

static void look_at_all(struct receipt *receipt)
{
    const struct plan *plan = receipt->plan;

    for (size_t r = plan->row_count; r-- > 0;) /* the total first: its base is that of all */
        for (size_t c = 0; c < plan->column_count; c++)
            look(receipt, plan_cell(plan, plan->rows[r].code, &plan->columns[c]));
}

static const char *made(const struct receipt *receipt)
{
    struct rk_arena *arena = receipt->arena;
    const char *text = "";

    for (size_t i = 0; i < rk_map_count(receipt->formulas); i++)
        text = rk_arena_printf(arena, "%s%s%s", text, *text ? "; " : "",
                               rk_map_key(receipt->formulas, i));
    for (size_t i = 0; i < rk_map_count(receipt->methods); i++) {
        const char *method = rk_map_key(receipt->methods, i);
        const char *use = words_method_use(method);
        text = rk_arena_printf(arena, "%s%s%s, %s: %s", text, *text ? "; " : "",
                               use ? use : "method", words_method(method),
                               words_method_source(method));
    }
    return *text ? text : "counted";
}

/** "315 clients who answered twice, of 825 clients, of 888 rows read". A masked number is left out. */
static const char *of_whom(const struct receipt *receipt)
{
    const struct results *results = receipt->plan->reading->results;
    const struct base *base = receipt->base;
    const char *text = "";

    for (int depth = 0; base && depth < DEEPEST; depth++) {
        const char *n = base->n < 0 ? "" : rk_arena_printf(receipt->arena, "%ld ", base->n);
        if (*base->sentence)
            text = rk_arena_printf(receipt->arena, "%s%s%s%s", text, *text ? ", of " : "", n,
                                   base->sentence);
        base = results_find_base(results, base->parent);
    }
    return text;
}

/** Where the study asks for it, without the path to the study. */
static const char *asked(const struct receipt *receipt)
{
    struct rk_place place = receipt->plan->result->place;
    const char *slash = place.file ? strrchr(place.file, '/') : NULL;

    return rk_arena_printf(receipt->arena, "%s, line %zu: %s", slash ? slash + 1 : place.file,
                           place.line, receipt->plan->result->name);
}

/** The first digits of the hash of the attached table; the seal of the PDF has all of them. */
static const char *released(const struct receipt *receipt)
{
    const struct reading *reading = receipt->plan->reading;
    const char *name = rk_arena_printf(receipt->arena, "%s.csv", receipt->plan->result->name);
    const char *path = rk_run_path(reading->run, "40-release/tables", name);
    char hash[65];

    if (rk_hash_file(reading->diag, path, hash) != RK_OK)
        return NULL; /* said; no report is made */
    return rk_arena_printf(receipt->arena, "%s, BLAKE2b %.*s", name, HASH_DIGITS, hash);
}

size_t grid_receipt(struct plan *plan, const char ***out)
{
    struct receipt receipt = {plan, plan->reading->arena, rk_map_new(plan->reading->arena),
                              rk_map_new(plan->reading->arena), NULL};
    const struct {
        const char *head, *(*text)(const struct receipt *receipt);
    } lines[] = {{"Made by", made}, {"Of", of_whom}, {"Asked for in", asked}, {"Attached as", released}};
    size_t count = 0;

    look_at_all(&receipt);
    *out = RK_ARRAY(receipt.arena, const char *, sizeof lines / sizeof *lines);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *text = lines[i].text(&receipt);
        if (!text || !*text)
            continue;
        (*out)[count] = rk_arena_printf(receipt.arena, "%s%s: %s.", count ? "" : "Receipt. ",
                                        lines[i].head, text);
        count++;
    }
    return count;
}
