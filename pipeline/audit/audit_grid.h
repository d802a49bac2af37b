// SPDX-License-Identifier: MIT
#ifndef AUDIT_GRID_H
#define AUDIT_GRID_H

#include "pipeline/audit/audit_doc.h"
#include "pipeline/audit/audit_find.h"

/** A table as numbers: what each number measures and what each row and column is. */

enum audit_kind {
    AUDIT_NONE,
    AUDIT_COUNT,
    AUDIT_SHARE,  /**< a percentage */
    AUDIT_CHANGE, /**< a difference */
    AUDIT_MEAN,
    AUDIT_SD,
    AUDIT_LOW, /**< limits of an interval */
    AUDIT_HIGH,
    AUDIT_P,
    AUDIT_BASE,
    AUDIT_OTHER, /**< a rate, a ratio, a year: nothing adds up */
};

enum audit_role { AUDIT_PART, AUDIT_TOTAL, AUDIT_BASE_ROW, AUDIT_EMPTY };

struct audit_label {
    const char *text;  /**< as printed, for messages */
    const char *group; /**< folded: the section or the spanning head, "" for none */
    const char *name;  /**< folded, without the words of measure */
    enum audit_role role;
    bool group_total; /**< the group is a total: "Grand Total | No" */
    bool of_which;    /**< "of which ...": counted in another row */
    bool unknown;     /**< "no response", "missing" */
    enum audit_kind hint;
    double base; /**< of "(n=326)", or NAN */
    size_t indent;
    size_t section; /**< rows between headings */
};

struct audit_number {
    bool there;
    bool hidden;      /**< a dash or a mark: something in [low, high] that is not printed */
    double low, high; /**< rounding interval of a number that is there */
    struct audit_value value;
    enum audit_kind kind;
    bool paired; /**< a percentage whose count and base are known */
    const struct audit_cell *cell;
};

struct audit_grid {
    const struct audit_table *table;
    struct rk_arena *arena;
    const char *name; /**< "Table 5.2", or "table at line 12" */
    size_t rows, columns;
    struct audit_number *numbers;
    struct audit_label *row, *column;
    bool turned;         /**< rows and columns have changed places */
    bool overlapping;    /**< the caption or a note says that answers overlap */
    bool weighted;       /**< ... that figures are weighted */
    bool rounded;        /**< ... that counts are rounded; or all are multiples of 5 */
    double masked_below; /**< of "counts below 5 are not shown", or HUGE_VAL */
    double base; /**< of a "base: 315" directive or "n=315" in the caption, or NAN */
};

struct audit_grid *audit_grid_new(struct rk_arena *arena, const struct audit_table *table);
/** The same with rows and columns changed. */
struct audit_grid *audit_grid_turn(const struct audit_grid *grid);
struct audit_number *audit_at(const struct audit_grid *grid, size_t row, size_t column);
bool audit_shown(const struct audit_number *number, enum audit_kind kind);

/** "Table 5.2, Grand Total, No". */
const char *audit_where(const struct audit_grid *grid, size_t row, size_t column);
/** A finding about one cell; the caller fills in what is left. */
struct audit_finding audit_about(const struct audit_grid *grid, size_t row, size_t column,
                                 const char *check);
/** Value of "{name: value}" in the notes, or NULL. */
const char *audit_directive(const struct audit_grid *grid, const char *name);

/** Fills role, name, hint and base from a label's text. */
void audit_label_read(struct rk_arena *arena, const char *text, struct audit_label *out);
/** Lower case, blanks single, no emphasis: for comparing. */
const char *audit_fold(struct rk_arena *arena, const char *text);
/** Is `word` a whole word (or phrase) of `text`? Both folded. */
bool audit_has_word(const char *text, const char *word);

#endif
