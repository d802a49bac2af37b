// SPDX-License-Identifier: MIT
/**
 * What the typist says a number is. "992 {services in Manchester}" gives it a name: the
 * same name must not stand on two numbers that cannot be equal, in any of the files. "42%
 * {= 100 * sum([3: *, Shared]) / [services in Manchester]}" gives it a formula over names
 * and table cells, worked out with the rounding of each figure: the interval of the result
 * must meet that of the number.
 */
#include "pipeline/audit/audit_text.h"
#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

struct interval {
    double low, high;
};

struct named {
    const char *name, *where, *printed;
    struct audit_value value;
};
struct audit_names {
    struct rk_arena *arena;
    struct named *items;
    size_t count, cap;
};

struct audit_names *audit_names_new(struct rk_arena *arena)
{
    struct audit_names *names = RK_NEW(arena, struct audit_names);

    names->arena = arena;
    return names;
}

/** One "{...}" after a number. */
struct tag {
    struct audit_token token;
    const char *text;
};

/** The tags of a block that stand right behind a number (or a range "1-2": its ends). */
static size_t find_tags(const struct audit_text *text, const struct audit_block *block,
                        struct tag **out)
{
    const char *bare = audit_bare(text->arena, block->text);
    struct audit_token *tokens;
    size_t count = audit_tokens(text->arena, bare, &tokens), found = 0, cap = 0;
    struct tag *tags = NULL;

    /* braces in a PDF are its own */
    for (const char *at = block->text; !text->doc->laid_out && (at = strchr(at, '{'));
         at++) {
        size_t open = (size_t)(at - block->text), end = strcspn(at, "}");
        for (size_t i = count; i-- > 0;) {
            if (tokens[i].to > open || open - tokens[i].to > 24) continue;
            if (memchr(block->text + tokens[i].to, '}', open - tokens[i].to) ||
                memchr(block->text + tokens[i].to, '.', open - tokens[i].to))
                break;
            RK_ROOM(text->arena, tags, found, cap);
            tags[found++] =
                (struct tag){tokens[i], rk_arena_copy_n(text->arena, at + 1, end - 1)};
            break;
        }
    }
    *out = tags;
    return found;
}

/** "200 to 250 {case load}", "1 to 2 years {...}": the tag's number ends a range. */
static void widen(const char *bare, struct audit_token *token)
{
    size_t at = token->from;

    while (at && isspace((unsigned char)bare[at - 1]))
        at--;
    if (at < 3 || strncmp(bare + at - 2, "to", 2) != 0) return;
    at -= 2;
    while (at && isspace((unsigned char)bare[at - 1]))
        at--;
    size_t start = at;
    while (start && (isdigit((unsigned char)bare[start - 1]) || bare[start - 1] == ',' ||
                     bare[start - 1] == '.'))
        start--;
    struct audit_value first;
    if (start < at && audit_value_read(bare + start, &first) &&
        first.value < token->value.value) {
        token->value.low = first.value;
        token->value.high = token->value.decimals ? token->value.high : token->value.value;
    }
}

void audit_collect_names(const struct audit_text *text, struct audit_names *names)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        struct tag *tags;
        size_t count = find_tags(text, block, &tags);
        for (size_t k = 0; k < count; k++) {
            struct rk_place place = audit_block_place(text->doc, block, tags[k].token.from);
            const char *name = audit_fold(names->arena, tags[k].text);
            if (name[0] == '=' || strchr(name, ':') || !*name) continue;
            widen(audit_bare(text->arena, block->text), &tags[k].token);
            RK_ROOM(names->arena, names->items, names->count, names->cap);
            names->items[names->count++] = (struct named){
                name, rk_arena_printf(names->arena, "%s:%zu", place.file, place.line),
                rk_arena_copy_n(names->arena, block->text + tags[k].token.from,
                                tags[k].token.to - tags[k].token.from),
                tags[k].token.value};
        }
    }
}

/* ---- formulas ---- */

struct formula {
    const struct audit_text *text;
    const struct audit_names *names;
    const char *at;
    const char *error;
    struct interval *list; /**< set by a wildcard, for sum() */
    size_t count;
};

static struct interval expression(struct formula *f);

static void blanks(struct formula *f)
{
    f->at += strspn(f->at, " \n\t");
}

static bool take(struct formula *f, char c)
{
    blanks(f);
    if (*f->at != c) return false;
    f->at++;
    return true;
}

static struct interval fail(struct formula *f, const char *words)
{
    if (!f->error) f->error = words;
    return (struct interval){NAN, NAN};
}

/** Ends in the caption's number: "Table 5.2" for "5.2" and for "table 5.2". */
static bool is_table(const struct audit_grid *grid, struct rk_arena *arena,
                     const char *wanted)
{
    const char *name = audit_fold(arena, grid->name), *blank = strrchr(name, ' ');

    return strcmp(name, wanted) == 0 || (blank && strcmp(blank + 1, wanted) == 0);
}

static bool matches(struct rk_arena *arena, const struct audit_label *label,
                    const char *wanted)
{
    const char *text = audit_fold(arena, label->text);

    return strcmp(wanted, "*") == 0 || strcmp(text, wanted) == 0 ||
           strcmp(label->name, wanted) == 0;
}

/** Cells of "[table: row, column]"; a star takes all parts. */
static void cells_of(struct formula *f, const char *table, const char *row,
                     const char *column)
{
    struct rk_arena *arena = f->text->arena;
    size_t cap = 0;

    f->list = NULL;
    f->count = 0;
    for (size_t g = 0; g < f->text->doc->table_count; g++) {
        const struct audit_grid *grid = f->text->grids[g];
        if (!is_table(grid, arena, table)) continue;
        for (size_t i = 0; i < grid->rows; i++)
            for (size_t j = 0; j < grid->columns; j++) {
                const struct audit_number *n = audit_at(grid, i, j);
                bool all = strcmp(row, "*") == 0 ? grid->row[i].role == AUDIT_PART : true;
                all &= strcmp(column, "*") == 0 ? grid->column[j].role == AUDIT_PART : true;
                if (!all || !matches(arena, &grid->row[i], row) ||
                    !matches(arena, &grid->column[j], column) || !n->there)
                    continue;
                bool exact = n->value.decimals == 0 && n->value.unit == AUDIT_PLAIN &&
                             n->kind == AUDIT_COUNT;
                RK_ROOM(arena, f->list, f->count, cap);
                f->list[f->count++] =
                    exact ? (struct interval){n->value.value, n->value.value}
                          : (struct interval){n->low, n->high};
            }
    }
}

static struct interval named_value(struct formula *f, const char *name)
{
    for (size_t i = 0; i < f->names->count; i++)
        if (strcmp(f->names->items[i].name, name) == 0) {
            const struct audit_value *v = &f->names->items[i].value;
            bool exact = v->decimals == 0 && v->unit == AUDIT_PLAIN &&
                         v->sense == AUDIT_EXACT && v->low > v->value - 0.6;
            return exact ? (struct interval){v->value, v->value}
                         : (struct interval){v->low, v->high};
        }
    return fail(f, rk_arena_printf(f->text->arena, "no number has the name {%s}", name));
}

/** Folding drops stars as emphasis; alone a star means all parts. */
static const char *fold_or_star(struct rk_arena *arena, const char *text)
{
    return strcmp(rk_text_trim(rk_arena_copy(arena, text)), "*") == 0
               ? "*"
               : audit_fold(arena, text);
}

/** "[name]" or "[table: row, column]"; the last comma parts row and column. */
static struct interval bracket(struct formula *f)
{
    struct rk_arena *arena = f->text->arena;
    size_t bytes = strcspn(f->at, "]");
    char *inside = rk_arena_copy_n(arena, f->at, bytes);
    char *colon = strchr(inside, ':'), *comma = strrchr(inside, ',');

    if (!f->at[bytes]) return fail(f, "a [ is not closed");
    f->at += bytes + 1;
    if (!colon) return named_value(f, audit_fold(arena, inside));
    if (!comma || comma < colon) return fail(f, "write a cell as [table: row, column]");
    *colon = *comma = '\0';
    cells_of(f, audit_fold(arena, inside), fold_or_star(arena, colon + 1),
             fold_or_star(arena, comma + 1));
    if (!f->count)
        return fail(
            f, rk_arena_printf(arena, "there is no cell \"%s\", \"%s\" in table \"%s\"",
                               rk_arena_copy(arena, colon + 1 + strspn(colon + 1, " ")),
                               comma + 1 + strspn(comma + 1, " "), inside));
    return f->list[0];
}

/** sum(a * b): products of cells in their order, added up. */
static struct interval sum(struct formula *f)
{
    struct interval total = {0, 0}, *first;
    size_t count;

    bracket(f);
    first = f->list;
    count = f->count;
    if (take(f, '*')) {
        blanks(f);
        if (*f->at != '[') return fail(f, "sum() takes cells: sum([t: *, a] * [t: *, b])");
        f->at++;
        bracket(f);
        if (f->count != count)
            return fail(f, "the two lists of a sum have different lengths");
        for (size_t i = 0; i < count; i++)
            total = (struct interval){total.low + first[i].low * f->list[i].low,
                                      total.high + first[i].high * f->list[i].high};
    } else {
        for (size_t i = 0; i < count; i++)
            total = (struct interval){total.low + first[i].low, total.high + first[i].high};
    }
    f->count = 1;
    return take(f, ')') ? total : fail(f, "a ( is not closed");
}

static struct interval atom(struct formula *f)
{
    struct audit_value value;
    size_t bytes;

    blanks(f);
    if (take(f, '(')) {
        struct interval inside = expression(f);
        return take(f, ')') ? inside : fail(f, "a ( is not closed");
    }
    if (strncasecmp(f->at, "sum(", 4) == 0) {
        f->at += 4;
        blanks(f);
        if (*f->at++ != '[') return fail(f, "sum() takes cells: sum([t: *, a])");
        return sum(f);
    }
    if (*f->at == '[') {
        struct interval out;
        f->at++;
        out = bracket(f);
        if (!f->error && f->count > 1) return fail(f, "a cell with * belongs into sum()");
        return out;
    }
    bytes = isdigit((unsigned char)*f->at) ? audit_value_read(f->at, &value) : 0;
    if (!bytes)
        return fail(f, "a number, [name], [table: row, column] or sum(...) was expected");
    f->at += bytes;
    return (struct interval){value.value, value.value};
}

static struct interval multiply(struct interval a, struct interval b)
{
    double corners[4] = {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high};
    struct interval out = {corners[0], corners[0]};

    for (int i = 1; i < 4; i++) {
        out.low = fmin(out.low, corners[i]);
        out.high = fmax(out.high, corners[i]);
    }
    return out;
}

static struct interval term(struct formula *f)
{
    struct interval left = atom(f);

    for (;;) {
        if (take(f, '*')) {
            left = multiply(left, atom(f));
        } else if (take(f, '/')) {
            struct interval right = atom(f);
            if (right.low <= 0 && right.high >= 0)
                return fail(f, "a division by what may be zero");
            left = multiply(left, (struct interval){1 / right.high, 1 / right.low});
        } else {
            return left;
        }
    }
}

static struct interval expression(struct formula *f)
{
    struct interval left = term(f);

    for (;;) {
        if (take(f, '+')) {
            struct interval right = term(f);
            left = (struct interval){left.low + right.low, left.high + right.high};
        } else if (take(f, '-')) {
            struct interval right = term(f);
            left = (struct interval){left.low - right.high, left.high - right.low};
        } else {
            return left;
        }
    }
}

static void check_formula(const struct audit_text *text, const struct audit_names *names,
                          const struct audit_block *block, const struct tag *tag)
{
    const char *start = strchr(tag->text, '=') + 1;
    struct formula f = {.text = text, .names = names, .at = start, .count = 1};
    struct interval result = expression(&f);
    const struct audit_value *v = &tag->token.value;
    int decimals = v->decimals + 1;
    char low[32], high[32];

    blanks(&f);
    if (!f.error && *f.at)
        fail(&f, rk_arena_printf(text->arena, "\"%s\" is not understood", f.at));
    if (f.error) {
        rk_diag_say(text->diag, RK_DIAG_ERROR,
                    audit_block_place(text->doc, block, tag->token.from),
                    "the formula {%s} cannot be worked out: %s", tag->text, f.error);
        return;
    }
    bool exact = v->decimals == 0 && v->unit == AUDIT_PLAIN && v->sense == AUDIT_EXACT &&
                 result.low == floor(result.low) && result.high == floor(result.high);
    if (audit_meets(result.low, result.high, exact ? v->value : v->low,
                    exact ? v->value : v->high))
        return;
    struct audit_finding finding = audit_in_text(text, block, tag->token.from,
                                                 tag->token.to - tag->token.from, "claim");
    audit_value_text(low, result.low, decimals);
    audit_value_text(high, result.high, decimals);
    finding.why =
        strcmp(low, high) == 0
            ? rk_arena_printf(text->arena, "%s is %s", start + strspn(start, " "), low)
            : rk_arena_printf(text->arena, "%s lies between %s and %s",
                              start + strspn(start, " "), low, high);
    finding.sure = AUDIT_PROVED;
    audit_find(text->findings, finding);
}

/** The same name on a number that cannot be equal, told at the later one. */
static void check_name(const struct audit_text *text, const struct audit_names *names,
                       const struct audit_block *block, const struct tag *tag)
{
    const char *name = audit_fold(text->arena, tag->text);
    struct rk_place place = audit_block_place(text->doc, block, tag->token.from);
    const char *here = rk_arena_printf(text->arena, "%s:%zu", place.file, place.line);
    struct audit_token token = tag->token;

    widen(audit_bare(text->arena, block->text), &token);
    for (size_t i = 0; i < names->count; i++) {
        const struct named *other = &names->items[i];
        if (strcmp(other->name, name) != 0) continue;
        if (strcmp(other->where, here) == 0 && other->value.value == token.value.value)
            return;
        double low = token.value.low, high = token.value.high, other_low = other->value.low,
               other_high = other->value.high;
        bool exact = token.value.sense == AUDIT_EXACT &&
                     other->value.sense == AUDIT_EXACT && !token.value.decimals &&
                     !other->value.decimals && high - low <= 1 &&
                     other_high - other_low <= 1;
        bool open = (isinf(high) && low == other_high) ||
                    (isinf(other_high) && other_low == high) ||
                    (isinf(low) && high < other_high) ||
                    (isinf(other_low) && other_high < high);
        if (exact ? token.value.value == other->value.value
                  : (audit_meets(low, high, other_low, other_high) && !open))
            continue;
        struct audit_finding f = audit_in_text(text, block, tag->token.from,
                                               tag->token.to - tag->token.from, "name");
        f.where = name;
        f.why =
            rk_arena_printf(text->arena, "%s says \"%s\"", other->where, other->printed);
        f.sure = AUDIT_PROVED;
        audit_find(text->findings, f);
        return;
    }
}

void audit_check_claims(const struct audit_text *text, const struct audit_names *names)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        struct tag *tags;
        size_t count = find_tags(text, block, &tags);
        for (size_t k = 0; k < count; k++) {
            const char *inside = tags[k].text + strspn(tags[k].text, " ");
            if (*inside == '=')
                check_formula(text, names, block, &tags[k]);
            else if (!strchr(inside, ':') && *inside)
                check_name(text, names, block, &tags[k]);
        }
    }
}
