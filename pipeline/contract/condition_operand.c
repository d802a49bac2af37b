// SPDX-License-Identifier: MIT
#include "pipeline/contract/condition_parse.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

static const char *const type_words[] = {
    [COLUMN_ID] = "text",          [COLUMN_DATE] = "a date",     [COLUMN_CODE] = "a code",
    [COLUMN_INTEGER] = "a number", [COLUMN_NUMBER] = "a number", [COLUMN_TEXT] = "text",
};

/* Operands are of four types only. */
static enum column_type plain_type(enum column_type type)
{
    if (type == COLUMN_INTEGER) return COLUMN_NUMBER;
    return type == COLUMN_ID ? COLUMN_TEXT : type;
}

const char *operand_type_word(const struct operand *operand)
{
    return type_words[operand->type];
}

static const char *nearest_name(const struct parser *parser, const char *word)
{
    const char *const *names;
    size_t count;

    if (!parser->scope->list) return NULL;
    parser->scope->list(parser->scope->names, &names, &count);
    return rk_text_nearest(word, names, count);
}

static bool unknown_name(struct parser *parser)
{
    const char *word = parser->token.text;
    const char *nearest = nearest_name(parser, word);

    if (nearest)
        return parser_fail(parser, "there is no column \"%s\"; did you mean \"%s\"?", word,
                           nearest);
    return parser_fail(parser, "there is no column \"%s\" (a text needs quotes)", word);
}

static bool unknown_code(struct parser *parser, const struct code_list *codes)
{
    const char *word = parser->token.text;
    int nearest = codes->open ? -1 : code_list_nearest(codes, parser->arena, word);

    if (nearest >= 0)
        return parser_fail(parser, "\"%s\" is not a code of %s; did you mean \"%s\"?", word,
                           codes->name, codes->codes[nearest]);
    return parser_fail(parser, "\"%s\" is not a code of %s", word, codes->name);
}

static void use_slot(struct parser *parser, long slot)
{
    for (size_t i = 0; i < parser->slot_count; i++)
        if (parser->slots[i] == slot) return;
    RK_ROOM(parser->arena, parser->slots, parser->slot_count, parser->slot_cap);
    parser->slots[parser->slot_count++] = slot;
}

/* One term as it is met: its type, and its codes if it is a column of codes. */
struct met {
    struct term term;
    enum column_type type;
    const struct code_list *codes;
};

static bool known_word(struct parser *parser, struct met *met)
{
    const char *word = parser->token.text;
    bool period = strcmp(word, "period_start") == 0;

    met->term.slot =
        parser->scope->find(parser->scope->names, word, &met->type, &met->codes);
    if (met->term.slot >= 0) {
        met->type = plain_type(met->type);
        use_slot(parser, met->term.slot);
        return true;
    }
    if (!period && strcmp(word, "cut_off") != 0) return unknown_name(parser);
    met->type = COLUMN_DATE;
    met->term.number =
        (double)(period ? parser->scope->period_start : parser->scope->cut_off);
    return true;
}

static bool open_code(const struct code_list *codes, const char *word)
{
    return codes->open && code_is_valid(word);
}

/* A code that stands against a column of codes; anything else may still be such a column.
 */
static bool code_word(struct parser *parser, const struct operand *against, struct met *met)
{
    const struct code_list *codes = against->codes;
    bool quoted = parser->token.kind == TOKEN_TEXT;
    const char *word = parser->token.text;
    int at =
        quoted ? code_list_match(codes, parser->arena, word) : code_list_find(codes, word);
    enum column_type type = COLUMN_TEXT;
    const struct code_list *theirs = NULL;

    met->type = COLUMN_CODE;
    met->codes = codes;
    if (at >= 0 || open_code(codes, word)) {
        met->term.number = at;
        met->term.text = word;
        if (at >= 0) met->term.text = codes->codes[at];
        return true;
    }
    met->term.slot =
        quoted ? -1 : parser->scope->find(parser->scope->names, word, &type, &theirs);
    if (met->term.slot < 0 || type != COLUMN_CODE || theirs != codes)
        return unknown_code(parser, codes);
    use_slot(parser, met->term.slot);
    return true;
}

static bool read_term(struct parser *parser, const struct operand *against, struct met *met)
{
    enum token_kind kind = parser->token.kind;

    *met = (struct met){
        .term = {.slot = -1, .sign = 1},
          .type = COLUMN_NUMBER
    };
    if (kind == TOKEN_SIGN || kind == TOKEN_END || kind == TOKEN_WRONG)
        return parser_fail(parser, "expected a column or a value, found %s%s%s",
                           kind == TOKEN_SIGN ? "\"" : "", parser->token.text,
                           kind == TOKEN_SIGN ? "\"" : "");
    if (against && against->type == COLUMN_CODE) {
        if (!code_word(parser, against, met)) return false;
    } else if (kind == TOKEN_WORD) {
        if (!known_word(parser, met)) return false;
    } else {
        met->type = kind == TOKEN_DATE   ? COLUMN_DATE
                    : kind == TOKEN_TEXT ? COLUMN_TEXT
                                         : COLUMN_NUMBER;
        met->term.number = parser->token.number;
        met->term.text = parser->token.text;
    }
    parser_next(parser);
    return true;
}

static void put_term(struct parser *parser, struct operand *operand, struct term term)
{
    RK_ROOM(parser->arena, operand->terms, operand->count, operand->cap);
    operand->terms[operand->count++] = term;
}

static bool sign_comes(const struct parser *parser)
{
    return parser_at_sign(parser, "+") || parser_at_sign(parser, "-");
}

/* date - date is a number of days, date + number a date. */
static bool add_term(struct parser *parser, struct operand *sum, const struct met *met)
{
    bool minus = met->term.sign < 0;

    if (sum->type == COLUMN_CODE || sum->type == COLUMN_TEXT || met->type == COLUMN_CODE ||
        met->type == COLUMN_TEXT)
        return parser_fail(parser, "only numbers and dates can be added");
    if (met->type == COLUMN_DATE && !(sum->type == COLUMN_DATE && minus))
        return parser_fail(parser, "a date cannot be added to anything");
    if (met->type == COLUMN_DATE) sum->type = COLUMN_NUMBER;
    put_term(parser, sum, met->term);
    return true;
}

bool operand_parse(struct parser *parser, const struct operand *against,
                   struct operand *out)
{
    struct met met;
    int sign = 1;

    *out = (struct operand){.type = COLUMN_NUMBER};
    if (parser_at_sign(parser, "-")) {
        sign = -1;
        parser_next(parser);
    }
    if (!read_term(parser, against, &met)) return false;
    if (sign < 0 && met.type != COLUMN_NUMBER)
        return parser_fail(parser, "only a number can be negative");
    met.term.sign = sign;
    out->type = met.type;
    out->codes = met.codes;
    put_term(parser, out, met.term);
    while (sign_comes(parser)) {
        sign = parser_at_sign(parser, "-") ? -1 : 1;
        parser_next(parser);
        if (!read_term(parser, NULL, &met)) return false;
        met.term.sign = sign;
        if (!add_term(parser, out, &met)) return false;
    }
    return true;
}
