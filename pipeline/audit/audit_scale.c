// SPDX-License-Identifier: MIT
/** Scales: items times answers against the range of the total, and known scales against
 * their definition. */
#include "pipeline/audit/audit_text.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/base/rk_yaml.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

rk_status audit_scales_read(struct rk_arena *arena, struct rk_diag *diag,
                            const char *const *paths, size_t count,
                            struct audit_scale **out)
{
    *out = RK_ARRAY(arena, struct audit_scale, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct rk_yaml *root;
        const struct rk_yaml *items, *range;
        const char *code = "", *title = "";
        struct audit_scale *scale = &(*out)[i];
        RK_TRY(rk_yaml_read(arena, diag, paths[i], &root));
        rk_yaml_text(diag, root, "scale", &code);
        rk_yaml_text(diag, root, "title", &title);
        items = rk_yaml_get(root, "items");
        range = rk_yaml_get(root, "item_range");
        *scale = (struct audit_scale){audit_fold(arena, code), audit_fold(arena, title), 0,
                                      0, 0};
        if (!items || !range || range->count != 2) continue;
        scale->items = (double)items->count;
        rk_text_number(range->items[0]->text, &scale->item_low);
        rk_text_number(range->items[1]->text, &scale->item_high);
    }
    return RK_OK;
}

struct ends {
    const struct audit_text *text;
    const struct audit_block *block;
    const char *bare;
    struct audit_token *tokens;
    size_t count;
};

static const char *folded_gap(const struct ends *e, size_t from, size_t to)
{
    return audit_fold(e->text->arena,
                      rk_arena_copy_n(e->text->arena, e->bare + from, to - from));
}

/** What the words around a token say it is: -1 the lowest score, 1 the highest, 0 neither.
 */
static int which_end(const struct ends *e, size_t i)
{
    static const char *const low[] = {"lowest possible", "minimum possible",
                                      "minimum score",   "lowest score",
                                      "lowest total",    NULL};
    static const char *const high[] = {"highest possible", "maximum possible",
                                       "maximum score",    "highest score",
                                       "highest total",    NULL};
    size_t to = e->tokens[i].to,
           end = i + 1 < e->count ? e->tokens[i + 1].from : strlen(e->bare);
    const char *after = folded_gap(e, to, end > to + 40 ? to + 40 : end);
    size_t from = i ? e->tokens[i - 1].to : 0;
    from = e->tokens[i].from > from + 40 ? e->tokens[i].from - 40 : from;
    const char *before = folded_gap(e, from, e->tokens[i].from);

    for (const char *stop; (stop = strpbrk(before, ".;,"));)
        before = stop + 1;
    for (size_t k = 0; low[k]; k++) {
        if (strncmp(after, "= ", 2) == 0 && strncmp(after + 2, low[k], strlen(low[k])) == 0)
            return -1;
        if (strncmp(after, "= ", 2) == 0 &&
            strncmp(after + 2, high[k], strlen(high[k])) == 0)
            return 1;
        if (audit_has_word(before, low[k])) return -1;
        if (audit_has_word(before, high[k])) return 1;
    }
    return 0;
}

static void tell(const struct ends *e, size_t i, size_t last, const char *why)
{
    struct audit_finding f = audit_in_text(e->text, e->block, e->tokens[i].from,
                                           e->tokens[last].to - e->tokens[i].from, "scale");

    f.why = why;
    f.sure = AUDIT_PROVED;
    audit_find(e->text->findings, f);
}

static bool is_range(const struct ends *e, size_t i)
{
    const char *gap =
        i + 1 < e->count ? folded_gap(e, e->tokens[i].to, e->tokens[i + 1].from) : "";

    return strcmp(gap, "to") == 0 || strcmp(gap, "-") == 0 || strcmp(gap, "and") == 0;
}

/** "can range from 0 to 40", "total scores from 7 to 35". */
static bool is_total_range(const struct ends *e, size_t i)
{
    size_t from = e->tokens[i].from > 60 ? e->tokens[i].from - 60 : 0;
    const char *before = folded_gap(e, from, e->tokens[i].from);
    const char *stop = strrchr(before, '.');

    before = stop ? stop + 1 : before;
    return is_range(e, i) && audit_has_word(before, "from") &&
           (audit_has_word(before, "total") || audit_has_word(before, "totals") ||
            audit_has_word(before, "total scores") ||
            audit_has_word(before, "scores can range") ||
            audit_has_word(before, "scores range") ||
            audit_has_word(before, "scores may range"));
}

static void check_known(const struct ends *e, const struct audit_scale *scale)
{
    double low = scale->items * scale->item_low, high = scale->items * scale->item_high;
    char a[32], b[32];
    const char *range = rk_arena_printf(
        e->text->arena, "%s has %.0f items from %s to %s: its scores run from %.0f to %.0f",
        scale->title, scale->items, audit_value_text(a, scale->item_low, 0),
        audit_value_text(b, scale->item_high, 0), low, high);

    for (size_t i = 0; i < e->count; i++) {
        int end = which_end(e, i);
        if ((end < 0 && e->tokens[i].value.value != low) ||
            (end > 0 && e->tokens[i].value.value != high))
            tell(e, i, i, range);
        else if (is_total_range(e, i) &&
                 (e->tokens[i].value.value != low || e->tokens[i + 1].value.value != high))
            tell(e, i, i + 1, range);
    }
}

/** "five questions scored from 0 to 8 ... totals from 0 to 40". */
static void check_product(const struct ends *e)
{
    const char *folded = audit_fold(e->text->arena, e->bare);
    double items = 0, low = 0, high = -1;
    static const char *const nouns[] = {" questions", " items", " statements", NULL};

    for (size_t n = 0; nouns[n] && !items; n++) {
        const char *at = strstr(folded, nouns[n]);
        const char *from = at;
        while (from && from > folded && isalnum((unsigned char)from[-1]))
            from--;
        if (at) {
            items = audit_value_word(from, (size_t)(at - from));
            items = items ? items : strtod(from, NULL);
        }
    }
    if (items < 2) return;
    for (size_t i = 0; i + 1 < e->count; i++) {
        size_t from = e->tokens[i].from > 24 ? e->tokens[i].from - 24 : 0;
        const char *before = folded_gap(e, from, e->tokens[i].from);
        char a[32], b[32];
        if (is_total_range(e, i)) {
            if (high >= low && (e->tokens[i].value.value != items * low ||
                                e->tokens[i + 1].value.value != items * high))
                tell(e, i, i + 1,
                     rk_arena_printf(
                         e->text->arena,
                         "%.0f items from %s to %s make totals from %.0f to %.0f", items,
                         audit_value_text(a, low, 0), audit_value_text(b, high, 0),
                         items * low, items * high));
        } else if (is_range(e, i) &&
                   (audit_has_word(before, "scale of") ||
                    audit_has_word(before, "scored") || audit_has_word(before, "from") ||
                    audit_has_word(before, "scored on a scale of"))) {
            low = e->tokens[i].value.value;
            high = e->tokens[i + 1].value.value;
        }
    }
}

/** A mean in a row or column that names a scale lies in its range. */
static void check_means(const struct audit_text *text, const struct audit_grid *grid,
                        const struct audit_scale *scale)
{
    double low = scale->items * scale->item_low, high = scale->items * scale->item_high;

    for (size_t i = 0; i < grid->rows; i++)
        for (size_t j = 0; j < grid->columns; j++) {
            const struct audit_number *n = audit_at(grid, i, j);
            const char *labels = audit_fold(
                text->arena, rk_arena_printf(text->arena, "%s %s", grid->row[i].text,
                                             grid->column[j].text));
            if (!audit_shown(n, AUDIT_MEAN) || (n->high >= low && n->low <= high) ||
                audit_has_word(labels, "item") ||
                !(audit_has_word(labels, scale->code) ||
                  audit_has_word(labels, scale->title)))
                continue;
            struct audit_finding f = audit_about(grid, i, j, "scale");
            f.why = rk_arena_printf(text->arena,
                                    "lies outside the scale: %s runs from %.0f to %.0f",
                                    scale->title, low, high);
            f.sure = AUDIT_PROVED_IF;
            f.if_ = "it is the mean of the scale's totals";
            audit_find(text->findings, f);
        }
}

void audit_check_scales(const struct audit_text *text, const struct audit_scale *scales,
                        size_t count)
{
    for (size_t t = 0; t < text->doc->table_count; t++)
        for (size_t k = 0; k < count; k++)
            if (scales[k].items > 0) check_means(text, text->grids[t], &scales[k]);
    for (size_t i = 0; i < text->doc->block_count; i++) {
        struct ends e = {.text = text, .block = &text->doc->blocks[i]};
        const char *folded;
        e.bare = audit_bare(text->arena, e.block->text);
        folded = audit_fold(text->arena, e.bare);
        e.count = audit_tokens(text->arena, e.bare, &e.tokens);
        check_product(&e);
        for (size_t s = 0; s < count; s++)
            if (scales[s].items > 0 &&
                (audit_has_word(folded, scales[s].code) ||
                 audit_has_word(folded, scales[s].title)) &&
                !audit_has_word(folded, "metric"))
                check_known(&e, &scales[s]);
    }
}
