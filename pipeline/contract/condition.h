// SPDX-License-Identifier: MIT
#ifndef CONTRACT_CONDITION_H
#define CONTRACT_CONDITION_H

#include "pipeline/contract/codes.h"

#include <stdint.h>

enum column_type {
    COLUMN_ID,
    COLUMN_DATE,    /**< days since 1970-01-01 */
    COLUMN_CODE,    /**< position in a code list */
    COLUMN_INTEGER,
    COLUMN_NUMBER,
    COLUMN_TEXT,
};

/** One cell as a condition sees it. */
enum value_state { VALUE_MISSING, VALUE_INVALID, VALUE_THERE };
struct value {
    enum value_state state;
    double number;    /**< DATE days, INTEGER, NUMBER, CODE position */
    const char *text; /**< ID, TEXT */
};

/** Names a condition may use. `find` gives a slot >= 0 and its type, or -1; `get` its value. */
struct condition_scope {
    long (*find)(const void *names, const char *name, enum column_type *type,
                 const struct code_list **codes);
    /** Every name, for "did you mean"; may be NULL. */
    void (*list)(const void *names, const char *const **out, size_t *count);
    const void *names;
    long period_start, cut_off; /**< what the words stand for, days */
};

/** A condition of the study, parsed once and asked for every row. See docs/study.md. */
struct condition;

/** Parses `text`, whose first character is at `place`. RK_STUDY after one message that says where
 *  in the text, what was expected and the nearest spelling. */
rk_status condition_parse(struct rk_arena *arena, struct rk_diag *diag, struct rk_place place,
                          const char *text, const struct condition_scope *scope,
                          struct condition **out) RK_MUST_CHECK;

typedef struct value (*condition_get)(const void *row, long slot);
/** A NULL condition holds. */
bool condition_holds(const struct condition *condition, condition_get get, const void *row);
/** The slots that it asks for, each once, in the order of the text. */
size_t condition_slots(const struct condition *condition, const long **out);

#endif
