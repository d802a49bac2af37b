// SPDX-License-Identifier: MIT
#ifndef CONDITION_PRIV_H
#define CONDITION_PRIV_H

#include "pipeline/contract/condition.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /**< name, code or keyword */
    TOKEN_NUMBER,
    TOKEN_DATE,
    TOKEN_TEXT,   /**< in quotes */
    TOKEN_SIGN,   /**< ( ) [ ] , + - < <= > >= */
    TOKEN_WRONG,
};

struct token {
    enum token_kind kind;
    const char *text; /**< without quotes; of a sign the sign itself */
    double number;    /**< NUMBER, DATE (days) */
    size_t offset;    /**< in the condition's text */
};

/** The token at *at, which moves past it. */
struct token token_next(struct rk_arena *arena, const char *text, size_t *at);

/** Something to compare: a text, or a sum of numbers, dates and columns. */
struct term {
    long slot;        /**< -1: a constant */
    double number;    /**< constant; also the position of a code */
    const char *text; /**< constant of a text column, or a code of an open list */
    int sign;         /**< 1, -1 */
};
struct operand {
    enum column_type type;         /**< INTEGER stands as NUMBER, ID as TEXT */
    const struct code_list *codes; /**< CODE */
    struct term *terms;
    size_t count, cap;
};

enum condition_kind {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,
    CONDITION_STATE,   /**< `operand` is in state `state` */
    CONDITION_COMPARE, /**< operand `op` values[0] */
    CONDITION_IN,      /**< operand is one of values */
    CONDITION_BEGINS,
    CONDITION_CONTAINS,
    CONDITION_MATCHES,
};

enum condition_op { OP_IS, OP_IS_NOT, OP_LESS, OP_AT_MOST, OP_MORE, OP_AT_LEAST };

struct condition {
    enum condition_kind kind;
    struct condition *left, *right; /**< AND, OR; NOT: left */
    struct operand operand;
    enum value_state state;
    bool negated; /**< STATE: is not */
    enum condition_op op;
    struct operand *values;
    size_t value_count, value_cap;
    const struct pattern *pattern;
    const long *slots; /**< of the root: every slot of the tree */
    size_t slot_count;
};

#endif
