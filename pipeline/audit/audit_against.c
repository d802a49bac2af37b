// SPDX-License-Identifier: MIT
/** Sentences against the tables they speak of: a number beside a row's name must be in that
 * row. */
#include "pipeline/audit/audit_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

struct against {
    const struct audit_text *text;
    const struct audit_block *block;
    const char *bare;   /**< as typed, for places */
    const char *folded; /**< lower case, of the same length where it is ASCII */
    struct audit_token *tokens;
    size_t count;
};

/** Lower case in place of the bytes, so that places stay. */
static char *lower(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_copy(arena, text);

    for (char *c = copy; *c; c++)
        *c = *c == '\n' ? ' ' : (char)tolower((unsigned char)*c);
    return copy;
}

/** Is the table named in the block, or the only one beside it? */
static bool speaks_of(const struct against *a, const struct audit_grid *grid)
{
    const char *name = audit_fold(a->text->arena, grid->name);

    return *name && isdigit((unsigned char)name[strlen(name) - 1]) &&
           audit_has_word(a->folded, name);
}

/** Does `label` stand right beside the token: "Salford (29%)", "29% in Salford", "Salford:
 * 29%"? */
static bool beside(const struct against *a, size_t token, const char *label)
{
    static const char *const before_gaps[] = {" (",   ": ", " was ", " were ", " at ",
                                              " is ", " ",  " - ",   ", ",     NULL};
    static const char *const after_gaps[] = {
        " in ", " of ",   " for ", " were ",   " was ",    " from ", " are ",
        " is ", " said ", " ",     " in the ", " of the ", NULL};
    size_t bytes = strlen(label), from = a->tokens[token].from, to = a->tokens[token].to;

    if (bytes < 4) return false;
    for (size_t i = 0; before_gaps[i]; i++) {
        size_t gap = strlen(before_gaps[i]);
        if (from < gap + bytes || strncmp(a->folded + from - gap, before_gaps[i], gap) != 0)
            continue;
        if (strcmp(before_gaps[i], " ") == 0 || strcmp(before_gaps[i], ", ") == 0) continue;
        if (strncmp(a->folded + from - gap - bytes, label, bytes) == 0 &&
            (from == gap + bytes ||
             !isalnum((unsigned char)a->folded[from - gap - bytes - 1])))
            return true;
    }
    for (size_t i = 0; after_gaps[i]; i++) {
        size_t gap = strlen(after_gaps[i]);
        if (strncmp(a->folded + to, after_gaps[i], gap) == 0 &&
            strncmp(a->folded + to + gap, label, bytes) == 0 &&
            !isalnum((unsigned char)a->folded[to + gap + bytes]))
            return true;
    }
    return false;
}

/** Words after which a number is of something else: "83% in Leeds and 73% in York". */
static bool turns_away(const char *word, size_t bytes)
{
    static const char *const words[] = {"and", "but", "while", "whereas", "plus",
                                        "nor", "than", "against", NULL};

    for (size_t i = 0; words[i]; i++)
        if (strlen(words[i]) == bytes && strncmp(word, words[i], bytes) == 0) return true;
    return false;
}

/** "Hospital discharge sent 83": the label, one word, the number. */
static bool one_word_after(const struct against *a, size_t token, const char *label)
{
    size_t to = a->tokens[token].from, bytes = strlen(label);

    if (!to || a->folded[to - 1] != ' ') return false;
    size_t word = --to;
    while (word && isalpha((unsigned char)a->folded[word - 1]))
        word--;
    if (turns_away(a->folded + word, to - word)) return false;
    return to - word >= 3 && word > bytes && a->folded[word - 1] == ' ' && bytes >= 4 &&
           strncmp(a->folded + word - 1 - bytes, label, bytes) == 0 &&
           (word - 1 == bytes || !isalnum((unsigned char)a->folded[word - 2 - bytes]));
}

/** "83 people, 22.1% of the total" says two things of one row. */
static bool is_share_of_total(const struct against *a, size_t token)
{
    static const char *const totals[] = {" of the total", " of all", " of the whole", NULL};
    const char *after = a->folded + a->tokens[token].to;

    if (!token || a->tokens[token].value.unit != AUDIT_PERCENT ||
        a->tokens[token - 1].value.unit != AUDIT_PLAIN)
        return false;
    const char *gap = a->folded + a->tokens[token - 1].to;
    if (a->tokens[token].from - a->tokens[token - 1].to > 24 ||
        memchr(gap, '.', a->tokens[token].from - a->tokens[token - 1].to))
        return false;
    for (size_t i = 0; totals[i]; i++)
        if (strncmp(after, totals[i], strlen(totals[i])) == 0) return true;
    return false;
}

static bool tells_of(const struct against *a, size_t token, const char *label)
{
    return beside(a, token, label) || one_word_after(a, token, label) ||
           (is_share_of_total(a, token) &&
            (beside(a, token - 1, label) || one_word_after(a, token - 1, label)));
}

/** Does a cell, or 100 less it, fit the number? */
static bool agrees(const struct audit_number *n, const struct audit_value *v)
{
    if (!n->there) return false;
    if (n->kind == AUDIT_COUNT || n->kind == AUDIT_BASE)
        return audit_meets(v->low, v->high, n->value.value, n->value.value);
    return audit_meets(v->low, v->high, n->low, n->high) ||
           audit_meets(v->low, v->high, 100 - n->high, 100 - n->low) ||
           audit_meets(v->low, v->high, -n->high, -n->low);
}

struct row_view {
    size_t kinds, fits;
    const char *values;
    size_t shown;
};

/** Does the sentence share a word with the column's head? */
static bool shares_word(const struct against *a, const struct audit_grid *grid,
                        size_t column)
{
    const char *head = audit_fold(a->text->arena, grid->column[column].text);

    while (*head) {
        size_t bytes = 0;
        while (isalpha((unsigned char)head[bytes]))
            bytes++;
        if (bytes >= 4 &&
            audit_has_word(a->folded, rk_arena_copy_n(a->text->arena, head, bytes)))
            return true;
        head += bytes ? bytes : 1;
    }
    return false;
}

/** Counts can be of anything: the sentence must share a word with the column's head, or the
 * heads have no words (years). */
static bool names_column(const struct against *a, const struct audit_grid *grid,
                         size_t column)
{
    const char *head = grid->column[column].text;

    if (grid->column[column].role == AUDIT_BASE_ROW) return false;
    return head[strspn(head, "0123456789/-. ")] == '\0' || shares_word(a, grid, column);
}

/** Columns whose whole name is in the text: when there are some, the others do not count.
 */
static bool is_named(const struct against *a, const struct audit_grid *grid, size_t column)
{
    const char *name = grid->column[column].name;

    return strlen(name) >= 4 && grid->column[column].role == AUDIT_PART &&
           audit_has_word(a->folded, name);
}

static bool any_named(const struct against *a, const struct audit_grid *grid, size_t row,
                      enum audit_kind kind)
{
    for (size_t j = 0; j < grid->columns; j++)
        if (audit_at(grid, row, j)->there && audit_at(grid, row, j)->kind == kind &&
            is_named(a, grid, j))
            return true;
    return false;
}

static struct row_view look(const struct against *a, const struct audit_grid *grid,
                            size_t row, const struct audit_value *v)
{
    struct row_view view = {0, 0, "", 0};
    enum audit_kind kind = v->unit == AUDIT_PERCENT ? AUDIT_SHARE : AUDIT_COUNT;
    bool named = any_named(a, grid, row, kind);
    char text[32];

    for (size_t j = 0; j < grid->columns; j++) {
        const struct audit_number *n = audit_at(grid, row, j);
        if (named && !is_named(a, grid, j) && grid->column[j].hint != AUDIT_CHANGE)
            continue;
        view.fits += agrees(n, v);
        if (!n->there || n->kind != kind ||
            (kind == AUDIT_COUNT && !names_column(a, grid, j)))
            continue;
        view.kinds++;
        if (view.shown++ < 4)
            view.values = rk_arena_printf(
                a->text->arena, "%s%s%s%s", view.values, *view.values ? ", " : "",
                audit_value_text(text, n->value.value, n->value.decimals),
                kind == AUDIT_SHARE ? "%" : "");
    }
    /* differences and sums of two cells of the row are fair, too */
    for (size_t j = 0; j < grid->columns && !view.fits && !named; j++)
        for (size_t k = 0; k < grid->columns; k++) {
            const struct audit_number *x = audit_at(grid, row, j),
                                      *y = audit_at(grid, row, k);
            if (j == k || !x->there || !y->there || x->kind != kind || y->kind != kind)
                continue;
            view.fits += audit_meets(v->low, v->high, x->low - y->high, x->high - y->low) ||
                         audit_meets(v->low, v->high, x->low + y->low, x->high + y->high);
        }
    return view;
}

static void check_row(const struct against *a, const struct audit_grid *grid, size_t row,
                      size_t token)
{
    const struct audit_value *v = &a->tokens[token].value;
    struct row_view view = look(a, grid, row, v);
    struct audit_finding f;

    if (view.fits || !view.kinds) return;
    f = audit_in_text(a->text, a->block, a->tokens[token].from,
                      a->tokens[token].to - a->tokens[token].from, "text");
    f.where = rk_arena_printf(a->text->arena, "%s, %s", grid->name, grid->row[row].text);
    f.why = rk_arena_printf(a->text->arena, "the table has %s", view.values);
    f.sure = AUDIT_PROVED_IF;
    f.if_ = "the sentence speaks of that row";
    audit_find(a->text->findings, f);
}

/** The one row (or column) that a token stands beside; two of them say nothing. */
static void check_grid(const struct against *a, const struct audit_grid *grid)
{
    for (size_t t = 0; t < a->count; t++) {
        const struct audit_value *v = &a->tokens[t].value;
        long found = -1;
        if (v->unit == AUDIT_POINTS || v->unit == AUDIT_MONEY ||
            (v->unit == AUDIT_PLAIN && v->decimals) || v->sense == AUDIT_ABOUT)
            continue;
        for (size_t i = 0; i < grid->rows; i++) {
            if (grid->row[i].role != AUDIT_PART || !tells_of(a, t, grid->row[i].name))
                continue;
            if (found >= 0 && strlen(grid->row[i].name) <= strlen(grid->row[found].name))
                continue;
            found = (long)i;
        }
        if (found < 0) continue;
        /* the same name in several groups: any of them may be meant */
        bool fits = false, twice = false;
        for (size_t i = 0; i < grid->rows; i++)
            if ((long)i != found && strcmp(grid->row[i].name, grid->row[found].name) == 0) {
                twice = true;
                fits |= look(a, grid, i, v).fits > 0;
            }
        if (!twice && !fits) check_row(a, grid, (size_t)found, t);
    }
}

/** "increases at 3 and 4" where row 1 rose, too. */
static void check_complete(const struct against *a, const struct audit_grid *grid)
{
    static const char *const ups[] = {"increases", "increase", "rises", "rose", NULL};
    static const char *const downs[] = {"decreases", "falls", "fell", "reductions", NULL};

    for (size_t j = 0; j < grid->columns; j++)
        for (int way = 1; way >= -1; way -= 2) {
            const char *const *words = way > 0 ? ups : downs;
            const char *at = NULL, *left = "";
            size_t listed = 0, missing = 0, end;
            for (size_t w = 0; words[w] && !at; w++)
                at = strstr(a->folded, words[w]);
            if (!at || grid->column[j].hint != AUDIT_CHANGE) continue;
            end = (size_t)(at - a->folded) + strcspn(at, ".;");
            for (size_t i = 0; i < grid->rows; i++) {
                const struct audit_number *n = audit_at(grid, i, j);
                bool numeric =
                         grid->row[i].name[0] &&
                         grid->row[i].name[strspn(grid->row[i].name, "0123456789")] == '\0',
                     in = false;
                if (!n->there || !numeric) continue;
                for (size_t t = 0; t < a->count; t++)
                    in |=
                        a->tokens[t].from > (size_t)(at - a->folded) &&
                        a->tokens[t].to <= end && a->tokens[t].value.unit == AUDIT_PLAIN &&
                        strcmp(rk_arena_copy_n(a->text->arena, a->bare + a->tokens[t].from,
                                               a->tokens[t].to - a->tokens[t].from),
                               grid->row[i].name) == 0;
                if (in && n->value.value * way > 0)
                    listed++;
                else if (in)
                    listed = 1000;
                else if (n->value.value * way > 0) {
                    missing++;
                    left = rk_arena_printf(a->text->arena, "%s%s%s", left,
                                           *left ? ", " : "", grid->row[i].name);
                }
            }
            if (listed < 2 || listed > 999 || !missing) continue;
            struct audit_finding f =
                audit_in_text(a->text, a->block, (size_t)(at - a->folded),
                              end - (size_t)(at - a->folded), "text");
            f.where = grid->name;
            f.why = rk_arena_printf(a->text->arena, "the same is true of %s", left);
            f.sure = AUDIT_PROVED_IF;
            f.if_ = "the sentence means to name them all";
            audit_find(a->text->findings, f);
        }
}

/* ---- the most and the fewest ---- */

static const struct superlative {
    const char *word;
    int way;
} superlatives[] = {
    {"the most", 1},    {"the largest", 1},  {"the highest", 1}, {"the greatest", 1},
    {"the fewest", -1}, {"the smallest", -1}, {"the lowest", -1}, {"the least", -1},
};

/** The one row of the table that the sentence names; -1: none or several. */
static long only_row(const struct against *a, const struct audit_grid *grid, const char *sentence)
{
    long found = -1;

    for (size_t i = 0; i < grid->rows; i++) {
        if (grid->row[i].role != AUDIT_PART || strlen(grid->row[i].name) < 4 ||
            !audit_has_word(sentence, audit_fold(a->text->arena, grid->row[i].name)))
            continue;
        if (found >= 0) return -1;
        found = (long)i;
    }
    return found;
}

/** A row with a number beyond that of `row` in one column of its group. */
static void check_beyond(const struct against *a, const struct audit_grid *grid, size_t row,
                         size_t column, size_t token, int way)
{
    const struct audit_number *own = audit_at(grid, row, column);
    char text[32];

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (i == row || grid->row[i].role != AUDIT_PART || !n->there || n->kind != own->kind ||
            grid->row[i].group != grid->row[row].group ||
            (way > 0 ? n->low <= own->high : n->high >= own->low))
            continue;
        struct audit_finding f =
            audit_in_text(a->text, a->block, a->tokens[token].from,
                          a->tokens[token].to - a->tokens[token].from, "text");
        f.where = rk_arena_printf(a->text->arena, "%s, %s", grid->name, grid->row[row].text);
        f.why = rk_arena_printf(a->text->arena, "%s has %s", grid->row[i].text,
                                audit_value_text(text, n->value.value, n->value.decimals));
        f.sure = AUDIT_PROVED_IF;
        f.if_ = "the sentence compares it with the other rows of the table";
        audit_find(a->text->findings, f);
        return;
    }
}

/** "Centre saw the most patients (530)" where South has 540. The number tells which column. */
static void check_most(const struct against *a, const struct audit_grid *grid, size_t token)
{
    size_t from = a->tokens[token].from, end = a->tokens[token].to;

    while (from && !(strchr(".;", a->folded[from - 1]) && a->folded[from] == ' '))
        from--;
    const char *sentence =
        audit_fold(a->text->arena, rk_arena_copy_n(a->text->arena, a->folded + from, end - from));
    long row = only_row(a, grid, sentence);
    for (size_t k = 0; row >= 0 && k < sizeof superlatives / sizeof *superlatives; k++) {
        if (!audit_has_word(sentence, superlatives[k].word) || strstr(sentence, "one of the") ||
            strstr(sentence, "among the") || strstr(sentence, "at the"))
            continue;
        for (size_t j = 0; j < grid->columns; j++)
            if (audit_shown(audit_at(grid, (size_t)row, j), AUDIT_COUNT) &&
                audit_at(grid, (size_t)row, j)->value.value == a->tokens[token].value.value)
                check_beyond(a, grid, (size_t)row, j, token, superlatives[k].way);
    }
}

static void check_superlatives(const struct against *a, const struct audit_grid *grid)
{
    for (size_t t = 0; t < a->count; t++)
        if (a->tokens[t].value.unit == AUDIT_PLAIN && a->tokens[t].value.sense == AUDIT_EXACT &&
            a->tokens[t].value.value >= 10)
            check_most(a, grid, t);
}

void audit_check_against_tables(const struct audit_text *text)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        struct against a = {.text = text, .block = &text->doc->blocks[i]};
        if (a.block->kind == AUDIT_CAPTION || a.block->kind == AUDIT_NOTE ||
            a.block->kind == AUDIT_HEADING)
            continue;
        a.bare = audit_bare(text->arena, a.block->text);
        a.folded = lower(text->arena, a.bare);
        a.count = audit_tokens(text->arena, a.bare, &a.tokens);
        for (size_t g = 0; g < text->doc->table_count; g++) {
            check_superlatives(&a, text->grids[g]);
            if (!speaks_of(&a, text->grids[g])) continue;
            check_grid(&a, text->grids[g]);
            check_complete(&a, text->grids[g]);
        }
    }
}
