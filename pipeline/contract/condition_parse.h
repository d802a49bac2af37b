// SPDX-License-Identifier: MIT
#ifndef CONDITION_PARSE_H
#define CONDITION_PARSE_H

#include "pipeline/contract/condition_priv.h"

/** A condition being read: the token in hand and where it stands. */
struct parser {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct rk_place place;
    const char *text;
    const struct condition_scope *scope;
    size_t at;           /**< behind the token in hand */
    struct token token;
    size_t depth;        /**< of brackets and nots */
    long *slots;         /**< every slot met */
    size_t slot_count, slot_cap;
};

void parser_next(struct parser *parser);
bool parser_at_sign(const struct parser *parser, const char *sign);
bool parser_at_word(const struct parser *parser, const char *word);
/** Says what is wrong at the token in hand; false. */
bool parser_fail(struct parser *parser, const char *format, ...) RK_PRINTF(2, 3);

/** A sum, or a single text or code; codes are looked up in the list of `against` (may be NULL). */
bool operand_parse(struct parser *parser, const struct operand *against, struct operand *out);
/** "a date", "a number", "a code", "text". */
const char *operand_type_word(const struct operand *operand);

#endif
