// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_grid.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

struct audit_number *audit_at(const struct audit_grid *grid, size_t row, size_t column)
{
    return grid->turned ? &grid->numbers[column * grid->rows + row]
                        : &grid->numbers[row * grid->columns + column];
}

bool audit_shown(const struct audit_number *number, enum audit_kind kind)
{
    return number->there && number->kind == kind && number->value.sense == AUDIT_EXACT;
}

const char *audit_directive(const struct audit_grid *grid, const char *name)
{
    size_t bytes = strlen(name);

    for (const char *at = grid->table->notes; (at = strchr(at, '{')); at++) {
        const char *key = at + 1 + strspn(at + 1, " ");
        if (strncasecmp(key, name, bytes) || key[bytes + strspn(key + bytes, " ")] != ':')
            continue;
        key += bytes + strspn(key + bytes, " ") + 1;
        key += strspn(key, " ");
        return rk_text_trim(rk_arena_copy_n(grid->arena, key, strcspn(key, "}")));
    }
    return NULL;
}

/* ---- columns of the table to columns of numbers ---- */

/** What the values of one shape are. NONE: as the head and the value say. */
static const struct shape {
    const char *shape;
    size_t count;
    enum audit_kind kinds[AUDIT_CELL_VALUES];
} shapes[] = {
    {"# (# to #)",           3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (# - #)",            3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (#-#)",              3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (#, #)",             3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# [#, #]",             3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# [# to #]",           3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# [#-#]",              3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (#\xE2\x80\x93#)",   3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# [#\xE2\x80\x93#]",   3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (# \xE2\x80\x93 #)", 3, {AUDIT_NONE, AUDIT_LOW, AUDIT_HIGH}             },
    {"# (95#: # to #)",      4, {AUDIT_NONE, AUDIT_OTHER, AUDIT_LOW, AUDIT_HIGH}},
    {"#/#",                  2, {AUDIT_COUNT, AUDIT_BASE}                       },
    {"# / #",                2, {AUDIT_COUNT, AUDIT_BASE}                       },
    {"# of #",               2, {AUDIT_COUNT, AUDIT_BASE}                       },
    {"#/# (#)",              3, {AUDIT_COUNT, AUDIT_BASE, AUDIT_SHARE}          },
    {"# / # (#)",            3, {AUDIT_COUNT, AUDIT_BASE, AUDIT_SHARE}          },
    {"# of # (#)",           3, {AUDIT_COUNT, AUDIT_BASE, AUDIT_SHARE}          },
    {"# (#/#)",              3, {AUDIT_SHARE, AUDIT_COUNT, AUDIT_BASE}          },
    {"# (# of #)",           3, {AUDIT_SHARE, AUDIT_COUNT, AUDIT_BASE}          },
    {"# \xC2\xB1 #",         2, {AUDIT_MEAN, AUDIT_SD}                          },
    {"#\xC2\xB1#",           2, {AUDIT_MEAN, AUDIT_SD}                          },
 /* an interval alone: limits under a head that says so, else a range of ages or the like
  */
    {"#\xE2\x80\x93#",       2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"# \xE2\x80\x93 #",     2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"#-#",                  2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"# - #",                2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"# to #",               2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"(#, #)",               2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"(# to #)",             2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"[#, #]",               2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"#, #",                 2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"(#\xE2\x80\x93#)",     2, {AUDIT_LOW, AUDIT_HIGH}                         },
    {"(#-#)",                2, {AUDIT_LOW, AUDIT_HIGH}                         },
};

static const struct shape *shape_of(const struct audit_cell *cell)
{
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (strcmp(cell->shape, shapes[i].shape) == 0) return &shapes[i];
    return NULL;
}

static bool is_pair(const struct audit_cell *cell)
{
    return strcmp(cell->shape, "# (#)") == 0 || strcmp(cell->shape, "#(#)") == 0;
}

/** "45 (23%)", "23% (45)", "3.4 (1.2)": what the two are. */
static enum audit_kind pair_kind(const struct audit_cell *cell, size_t k, const char *head)
{
    const struct audit_value *v = cell->values;

    if (v[0].unit == AUDIT_PERCENT || v[1].unit == AUDIT_PERCENT)
        return v[k].unit == AUDIT_PERCENT ? AUDIT_SHARE
               : v[k].decimals == 0       ? AUDIT_COUNT
                                          : AUDIT_OTHER;
    if (audit_has_word(head, "sd") || audit_has_word(head, "s.d.") ||
        audit_has_word(head, "standard deviation"))
        return k == 0 ? AUDIT_MEAN : AUDIT_SD;
    if (audit_has_word(head, "mean") || audit_has_word(head, "se") ||
        audit_has_word(head, "median"))
        return k == 0 ? AUDIT_MEAN : AUDIT_OTHER;
    if (strstr(head, "% (n") || strstr(head, "per cent (n") ||
        strstr(head, "percentage (n"))
        return k == 0 ? AUDIT_SHARE : AUDIT_COUNT;
    if (v[0].decimals == 0) return k == 0 ? AUDIT_COUNT : AUDIT_SHARE;
    return k == 0 ? AUDIT_MEAN : AUDIT_SD;
}

/** How many numbers the cells of a table column hold at most. */
static size_t values_in_column(const struct audit_table *table, size_t column)
{
    size_t most = 1;

    for (size_t i = table->header_rows; i < table->rows; i++) {
        const struct audit_cell *cell = &table->cells[i * table->columns + column];
        if (cell->kind == AUDIT_CELL_NUMBER && cell->count > most &&
            (is_pair(cell) || shape_of(cell)))
            most = cell->count;
    }
    return most;
}

/** "11 to 20" is a label, unless the head speaks of an interval. */
static bool is_range(const struct audit_table *table, const struct audit_cell *cell,
                     size_t column)
{
    const struct shape *shape = shape_of(cell);

    if (!shape || shape->count != 2 || shape->kinds[0] != AUDIT_LOW) return false;
    for (size_t i = 0; i < table->header_rows; i++) {
        const char *head = table->cells[i * table->columns + column].text;
        if (strcasestr(head, "CI") || strcasestr(head, "confidence") ||
            strcasestr(head, "interval"))
            return false;
    }
    return true;
}

static size_t count_label_columns(const struct audit_table *table)
{
    size_t labels = 1;

    for (; labels + 1 < table->columns && labels < 3; labels++) {
        bool words = false;
        for (size_t i = table->header_rows; i < table->rows; i++) {
            const struct audit_cell *cell = &table->cells[i * table->columns + labels];
            if (cell->kind == AUDIT_CELL_TEXT || is_range(table, cell, labels))
                words = true;
            else if (cell->kind != AUDIT_CELL_BLANK)
                return labels;
        }
        if (!words) break;
    }
    return labels;
}

/* ---- labels ---- */

static void read_row_labels(struct audit_grid *grid, size_t label_columns)
{
    const struct audit_table *table = grid->table;
    const char *group = "", *above[2] = {"", ""};
    size_t section = 0;

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_cell *cells =
            &table->cells[(i + table->header_rows) * table->columns];
        struct audit_label *label = &grid->row[i];
        bool empty = true;
        for (size_t j = label_columns; j < table->columns; j++)
            empty &= cells[j].kind == AUDIT_CELL_BLANK;
        audit_label_read(grid->arena, cells[label_columns - 1].text, label);
        if (label_columns > 1) {
            for (size_t k = 0; k + 1 < label_columns && k < 2; k++)
                if (cells[k].kind != AUDIT_CELL_BLANK) above[k] = cells[k].text;
            struct audit_label upper;
            const char *joined = label_columns > 2 ? rk_arena_printf(grid->arena, "%s, %s",
                                                                     above[0], above[1])
                                                   : above[0];
            audit_label_read(grid->arena, joined, &upper);
            label->group = audit_fold(grid->arena, joined);
            label->group_total = upper.role == AUDIT_TOTAL;
            if (!*label->name) {
                label->role = upper.role;
                label->name = upper.name;
                label->group = "";
            }
            label->text = *cells[label_columns - 1].text
                              ? rk_arena_printf(grid->arena, "%s, %s", joined, label->text)
                              : joined;
        } else {
            if (empty) {
                label->role = AUDIT_EMPTY;
                group = label->name;
                section++;
            }
            label->group = label->role == AUDIT_EMPTY ? "" : group;
        }
        label->section = section;
    }
}

/** The text over a column: what stands in the last head, and what spans it. */
static void read_column_label(struct audit_grid *grid, size_t at, size_t column)
{
    const struct audit_table *table = grid->table;
    const char *span = "",
               *last =
                   table->cells[(table->header_rows - 1) * table->columns + column].text;
    struct audit_label *label = &grid->column[at], upper;

    for (size_t i = 0; i + 1 < table->header_rows; i++)
        for (size_t j = column + 1; j-- > 0;) {
            const char *text = table->cells[i * table->columns + j].text;
            if (!*text) continue;
            span = *span ? rk_arena_printf(grid->arena, "%s, %s", span, text) : text;
            break;
        }
    audit_label_read(grid->arena, last, label);
    if (*span) {
        audit_label_read(grid->arena, span, &upper);
        label->group = upper.name;
        label->group_total = upper.role == AUDIT_TOTAL;
        label->text = rk_arena_printf(grid->arena, "%s, %s", span, last);
        if (isnan(label->base)) label->base = upper.base;
        if (!*label->name) {
            label->name = upper.name;
            label->group = "";
            label->role = upper.role;
        }
        if (label->hint == AUDIT_NONE) label->hint = upper.hint;
    }
}

/* ---- numbers ---- */

static enum audit_kind plain_kind(const struct audit_grid *grid,
                                  const struct audit_cell *cell, size_t row, size_t column)
{
    const struct audit_value *v = &cell->values[0];
    enum audit_kind down = grid->column[column].hint, across = grid->row[row].hint;

    if (v->unit == AUDIT_POINTS) return AUDIT_CHANGE;
    if (grid->row[row].role == AUDIT_BASE_ROW && v->unit == AUDIT_PLAIN && v->decimals == 0)
        return AUDIT_BASE;
    if (v->unit == AUDIT_PERCENT)
        return down == AUDIT_CHANGE || across == AUDIT_CHANGE ? AUDIT_CHANGE
               : down == AUDIT_LOW || down == AUDIT_HIGH      ? down
                                                              : AUDIT_SHARE;
    if (grid->column[column].role == AUDIT_BASE_ROW && v->decimals == 0) return AUDIT_COUNT;
    if (down != AUDIT_NONE && !(down == AUDIT_COUNT && v->decimals > 0))
        return down == AUDIT_COUNT && across != AUDIT_NONE ? across : down;
    if (across != AUDIT_NONE && !(across == AUDIT_COUNT && v->decimals > 0)) return across;
    return v->decimals == 0 || v->unit == AUDIT_MONEY ? AUDIT_COUNT : AUDIT_NONE;
}

/** Does the head of a column of intervals say that they are confidence intervals? */
static bool says_interval(const struct audit_grid *grid, size_t column)
{
    const char *head = audit_fold(grid->arena, grid->column[column].text);

    return audit_has_word(head, "ci") || audit_has_word(head, "confidence") ||
           audit_has_word(head, "interval");
}

/** What the figure before an interval is, by the head without the words of the interval. */
static enum audit_kind estimate_kind(const struct audit_grid *grid,
                                     const struct audit_cell *cell, size_t column)
{
    static const char *const words[] = {
        "(95% ci)", "95% ci", "[95% ci]", "(95% confidence interval)",
        "(ci)",     "90% ci", "99% ci",   NULL};
    char *head =
        rk_arena_copy(grid->arena, audit_fold(grid->arena, grid->column[column].text));
    struct audit_label label;

    for (size_t i = 0; words[i]; i++) {
        char *at = strstr(head, words[i]);
        if (at) memmove(at, at + strlen(words[i]), strlen(at + strlen(words[i])) + 1);
    }
    audit_label_read(grid->arena, head, &label);
    if (label.hint == AUDIT_NONE && cell->values[0].unit == AUDIT_PERCENT)
        return AUDIT_SHARE;
    return label.hint == AUDIT_NONE ? AUDIT_OTHER : label.hint;
}

static enum audit_kind kind_of(const struct audit_grid *grid, const struct audit_cell *cell,
                               size_t k, size_t row, size_t column)
{
    const struct shape *shape = shape_of(cell);

    if (is_pair(cell)) {
        const char *head = audit_fold(
            grid->arena, rk_arena_printf(grid->arena, "%s %s %s", grid->column[column].text,
                                         grid->row[row].text, grid->table->caption));
        return pair_kind(cell, k, head);
    }
    if (shape && shape->count == 2 && shape->kinds[0] == AUDIT_LOW &&
        !says_interval(grid, column))
        return AUDIT_OTHER;
    if (shape && shape->kinds[k] != AUDIT_NONE) return shape->kinds[k];
    if (shape && cell->values[0].unit != AUDIT_POINTS &&
        grid->column[column].hint == AUDIT_OTHER)
        return estimate_kind(grid, cell, column);
    return plain_kind(grid, cell, row, column);
}

/** Bounds of "<5", of a dash (a zero or nothing), of "n/a". */
static void hide(const struct audit_grid *grid, struct audit_number *number,
                 const struct audit_cell *cell, size_t row, size_t column)
{
    bool suppressed =
        grid->column[column].hint != AUDIT_SHARE && grid->row[row].hint != AUDIT_SHARE;

    suppressed &= strchr(cell->text, '*') || cell->text[0] == 'c' ||
                  strncmp(cell->text, "[c", 2) == 0 || cell->text[0] == 's';
    number->hidden = true;
    number->low = 0;
    number->high =
        cell->kind == AUDIT_CELL_HIDDEN && suppressed ? grid->masked_below - 1 : HUGE_VAL;
    if (cell->count == 1 && strchr(cell->shape, '<'))
        number->high = cell->values[0].value - (cell->values[0].decimals == 0 &&
                                                cell->values[0].unit == AUDIT_PLAIN);
    else if (cell->count == 1 && strchr(cell->shape, '>'))
        number->low = cell->values[0].value;
}

static void take_number(struct audit_grid *grid, const struct audit_cell *cell, size_t k,
                        size_t row, size_t column)
{
    struct audit_number *number = audit_at(grid, row, column);

    number->cell = cell;
    if (cell->kind == AUDIT_CELL_DASH || cell->kind == AUDIT_CELL_HIDDEN) {
        hide(grid, number, cell, row, column);
        number->kind = grid->column[column].hint;
        return;
    }
    if (cell->kind != AUDIT_CELL_NUMBER || k >= cell->count) return;
    number->there = true;
    number->value = cell->values[k];
    number->low = number->value.low;
    number->high = number->value.high;
    number->kind = kind_of(grid, cell, k, row, column);
}

/** A number with decimals under a caption that speaks of scores or means, and no word of its own. */
static bool is_score(const struct audit_grid *grid, const struct audit_number *n)
{
    static const char *const words[] = {"score", "scores", "mean", "means", "average", NULL};
    const char *caption = audit_fold(grid->arena, grid->table->caption);

    for (size_t i = 0; words[i] && n->value.decimals > 0 && n->value.unit == AUDIT_PLAIN; i++)
        if (audit_has_word(caption, words[i]) && !audit_has_word(caption, "median")) return true;
    return false;
}

/** Numbers of a column whose neighbours have a percent sign are percentages, too. */
static void settle_column(struct audit_grid *grid, size_t column, bool caption_share)
{
    size_t signs = 0, all = 0, above = 0;

    for (size_t i = 0; i < grid->rows; i++) {
        const struct audit_number *n = audit_at(grid, i, column);
        if (!n->there || n->kind == AUDIT_BASE) continue;
        all++;
        signs += n->kind == AUDIT_SHARE;
        above += n->value.value > 100;
    }
    for (size_t i = 0; i < grid->rows; i++) {
        struct audit_number *n = audit_at(grid, i, column);
        if (!n->there || n->cell->count > 1 || n->value.unit == AUDIT_MONEY ||
            n->value.unit == AUDIT_PERCENT)
            continue;
        bool open = n->kind == AUDIT_NONE ||
                    (n->kind == AUDIT_COUNT && grid->column[column].hint == AUDIT_NONE &&
                     grid->row[i].hint == AUDIT_NONE);
        if (!open) continue;
        if ((2 * signs > all && signs && n->value.decimals > 0) ||
            (caption_share && !above))
            n->kind = AUDIT_SHARE;
        else if (n->kind == AUDIT_NONE)
            n->kind = is_score(grid, n) ? AUDIT_MEAN : AUDIT_OTHER;
    }
}

static bool any_share(const struct audit_grid *grid)
{
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        if (grid->numbers[i].there && grid->numbers[i].kind == AUDIT_SHARE) return true;
    return false;
}

static const char *const overlap_words[] = {"more than one",
                                            "multiple response",
                                            "multiple responses",
                                            "tick all",
                                            "select all",
                                            "all that apply",
                                            "do not sum",
                                            "don't sum",
                                            "may not sum",
                                            "do not add",
                                            "don't add",
                                            "may not add",
                                            "overlap",
                                            "overlapping",
                                            "not mutually exclusive",
                                            "exceed 100",
                                            "several answers",
                                            "multi-response",
                                            "multiple answers",
                                            "counted in each",
                                            "counted more than once",
                                            NULL};

/** "counts below 5 are not shown": 5. Both must be in one sentence. */
static double threshold_in(struct rk_arena *arena, const char *text)
{
    static const char *const words[] = {
        "below ", "fewer than ", "less than ", "under ", "smaller than ", "< ", "<", NULL};
    static const char *const masks[] = {"not shown", "suppress", "mask", "hidden",
                                        "withheld",  "replaced", NULL};

    for (size_t bytes; *text; text += bytes) {
        bytes = strcspn(text, ".;\n") + 1;
        bytes = bytes > strlen(text) ? strlen(text) : bytes;
        const char *part = rk_arena_copy_n(arena, text, bytes);
        bool says = false;
        for (size_t i = 0; masks[i]; i++)
            says |= strstr(part, masks[i]) != NULL;
        for (size_t i = 0; words[i] && says; i++) {
            const char *at = strstr(part, words[i]);
            struct audit_value value;
            if (at && audit_value_read(at + strlen(words[i]), &value) && value.value > 1 &&
                value.decimals == 0)
                return value.value;
        }
    }
    return HUGE_VAL;
}

static void read_words(struct audit_grid *grid)
{
    const char *text =
        audit_fold(grid->arena, rk_arena_printf(grid->arena, "%s %s", grid->table->caption,
                                                grid->table->notes));
    struct audit_label label;
    const char *base;
    struct audit_value value;

    for (size_t i = 0; overlap_words[i]; i++)
        grid->overlapping |= audit_has_word(text, overlap_words[i]);
    if (audit_has_word(text, "due to rounding") ||
        audit_has_word(text, "because of rounding"))
        grid->overlapping =
            strstr(text, "more than one") != NULL || strstr(text, "apply") != NULL;
    grid->weighted =
        audit_has_word(text, "weighted") && !audit_has_word(text, "unweighted");
    grid->rounded = strstr(text, "rounded to") || strstr(text, "nearest 5") ||
                    strstr(text, "nearest five") || strstr(text, "nearest 10") ||
                    strstr(text, "nearest ten");
    grid->masked_below = threshold_in(grid->arena, text);
    audit_label_read(grid->arena, text, &label);
    grid->base = label.base;
    base = audit_directive(grid, "base");
    if (base && audit_value_read(base, &value)) grid->base = value.value;
}

static void name_grid(struct audit_grid *grid)
{
    const char *caption = grid->table->caption + strspn(grid->table->caption, " *_#");
    size_t bytes = strcspn(caption, ":\n");

    if (bytes > 30) {
        const char *blank = strchr(caption, ' ');
        bytes = blank ? (size_t)(blank - caption) + 1 : 0;
        bytes += strcspn(caption + bytes, " :\n");
    }
    while (bytes && strchr(".*_ ", caption[bytes - 1]))
        bytes--;
    grid->name =
        bytes ? rk_arena_copy_n(grid->arena, caption, bytes)
              : rk_arena_printf(grid->arena, "the table at line %zu", grid->table->line);
}

struct audit_grid *audit_grid_new(struct rk_arena *arena, const struct audit_table *table)
{
    struct audit_grid *grid = RK_NEW(arena, struct audit_grid);
    size_t labels = count_label_columns(table), at = 0;
    size_t *values = RK_ARRAY(arena, size_t, table->columns);
    const char *caption = audit_fold(arena, table->caption);

    grid->table = table;
    grid->arena = arena;
    grid->rows = table->rows - table->header_rows;
    for (size_t j = labels; j < table->columns; j++)
        grid->columns += values[j] = values_in_column(table, j);
    grid->numbers = RK_ARRAY(arena, struct audit_number, grid->rows * grid->columns + 1);
    grid->row = RK_ARRAY(arena, struct audit_label, grid->rows + 1);
    grid->column = RK_ARRAY(arena, struct audit_label, grid->columns + 1);
    read_words(grid);
    name_grid(grid);
    read_row_labels(grid, labels);
    for (size_t j = labels; j < table->columns; j++)
        for (size_t k = 0; k < values[j]; k++, at++) {
            read_column_label(grid, at, j);
            for (size_t i = 0; i < grid->rows; i++)
                take_number(grid,
                            &table->cells[(i + table->header_rows) * table->columns + j], k,
                            i, at);
        }
    bool share =
        (audit_has_word(caption, "percentage") || audit_has_word(caption, "percentages") ||
         audit_has_word(caption, "%") || audit_has_word(caption, "per cent") ||
         audit_has_word(caption, "percent")) &&
        !audit_has_word(caption, "number") && !audit_has_word(caption, "numbers") &&
        !audit_has_word(caption, "counts") && !any_share(grid);
    for (size_t j = 0; j < grid->columns; j++)
        settle_column(grid, j, share);
    return grid;
}

struct audit_grid *audit_grid_turn(const struct audit_grid *grid)
{
    struct audit_grid *turned = RK_NEW(grid->arena, struct audit_grid);

    *turned = *grid;
    turned->rows = grid->columns;
    turned->columns = grid->rows;
    turned->row = grid->column;
    turned->column = grid->row;
    turned->turned = !grid->turned;
    return turned;
}

const char *audit_where(const struct audit_grid *grid, size_t row, size_t column)
{
    const char *r = grid->row[row].text, *c = grid->column[column].text;

    return rk_arena_printf(grid->arena, "%s, %s%s%s", grid->name, grid->turned ? c : r,
                           *r && *c ? ", " : "", grid->turned ? r : c);
}

struct audit_finding audit_about(const struct audit_grid *grid, size_t row, size_t column,
                                 const char *check)
{
    const struct audit_number *number = audit_at(grid, row, column);
    const struct audit_cell *cell = number->cell;

    return (struct audit_finding){
        .check = check,
        .file = grid->table->file,
        .line = cell ? cell->line : grid->table->line,
        .column = cell ? cell->column : 0,
        .where = audit_where(grid, row, column),
        .printed = cell ? cell->text : NULL,
    };
}
