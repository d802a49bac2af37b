// SPDX-License-Identifier: MIT
#include "pipeline/contract/condition_parse.h"

#include "pipeline/contract/pattern.h"

#include <stdarg.h>
#include <string.h>

enum { DEEPEST = 100 };

void parser_next(struct parser *parser)
{
    parser->token = token_next(parser->arena, parser->text, &parser->at);
}

bool parser_at_sign(const struct parser *parser, const char *sign)
{
    return parser->token.kind == TOKEN_SIGN && strcmp(parser->token.text, sign) == 0;
}

bool parser_at_word(const struct parser *parser, const char *word)
{
    return parser->token.kind == TOKEN_WORD && strcmp(parser->token.text, word) == 0;
}

bool parser_fail(struct parser *parser, const char *format, ...)
{
    struct rk_place place = parser->place;
    va_list args;
    char *what;

    if (place.column) place.column += parser->token.offset;
    va_start(args, format);
    what = rk_arena_vprintf(parser->arena, format, args);
    va_end(args);
    rk_diag_say(parser->diag, RK_DIAG_ERROR, place, "%s in the condition: %s", what,
                parser->text);
    return false;
}

static bool take_sign(struct parser *parser, const char *sign)
{
    if (!parser_at_sign(parser, sign)) return false;
    parser_next(parser);
    return true;
}

static bool take_word(struct parser *parser, const char *word)
{
    if (!parser_at_word(parser, word)) return false;
    parser_next(parser);
    return true;
}

static struct condition *node(struct parser *parser, enum condition_kind kind,
                              struct condition *left, struct condition *right)
{
    struct condition *made = RK_NEW(parser->arena, struct condition);

    made->kind = kind;
    made->left = left;
    made->right = right;
    return made;
}

/* missing, invalid or answered behind a column; true when one was there. */
static bool take_state(struct parser *parser, struct condition *test)
{
    static const struct {
        const char *word;
        enum value_state state;
    } states[] = {
        {"missing",  VALUE_MISSING},
        {"invalid",  VALUE_INVALID},
        {"answered", VALUE_THERE  }
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (take_word(parser, states[i].word)) {
            test->kind = CONDITION_STATE;
            test->state = states[i].state;
            return true;
        }
    }
    return false;
}

static bool one_column(struct parser *parser, const struct operand *operand)
{
    if (operand->count == 1 && operand->terms[0].slot >= 0) return true;
    return parser_fail(parser, "only a column can be missing, invalid or answered");
}

static bool add_value(struct parser *parser, struct condition *test)
{
    struct operand *value;

    RK_ROOM(parser->arena, test->values, test->value_count, test->value_cap);
    value = &test->values[test->value_count++];
    if (!operand_parse(parser, &test->operand, value)) return false;
    if (value->type == test->operand.type) return true;
    return parser_fail(parser, "%s is compared with %s", operand_type_word(&test->operand),
                       operand_type_word(value));
}

static bool read_list(struct parser *parser, struct condition *test)
{
    test->kind = CONDITION_IN;
    if (!take_sign(parser, "["))
        return parser_fail(parser, "expected [ and a list of values behind \"in\"");
    do {
        if (!add_value(parser, test)) return false;
    } while (take_sign(parser, ","));
    if (take_sign(parser, "]")) return true;
    return parser_fail(parser, "expected , or ] in the list, found \"%s\"",
                       parser->token.text);
}

static bool read_is(struct parser *parser, struct condition *test)
{
    bool negated = take_word(parser, "not");

    test->negated = negated;
    if (take_state(parser, test)) return one_column(parser, &test->operand);
    if (take_word(parser, "in")) return read_list(parser, test);
    test->kind = CONDITION_COMPARE;
    test->op = negated ? OP_IS_NOT : OP_IS;
    return add_value(parser, test);
}

static bool read_order(struct parser *parser, struct condition *test, bool *found)
{
    static const struct {
        const char *sign;
        enum condition_op op;
    } orders[] = {
        {"<",  OP_LESS    },
        {"<=", OP_AT_MOST },
        {">",  OP_MORE    },
        {">=", OP_AT_LEAST}
    };

    *found = false;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (!take_sign(parser, orders[i].sign)) continue;
        *found = true;
        test->kind = CONDITION_COMPARE;
        test->op = orders[i].op;
        return add_value(parser, test);
    }
    return true;
}

static bool compile_pattern(struct parser *parser, struct condition *test)
{
    const char *why = "";

    test->pattern = pattern_compile(test->values[0].terms[0].text, &why);
    return test->pattern || parser_fail(parser, "not a regular expression: %s", why);
}

static bool read_text_test(struct parser *parser, struct condition *test, bool *found)
{
    static const struct {
        const char *word;
        enum condition_kind kind;
    } tests[] = {
        {"begins",   CONDITION_BEGINS  },
        {"contains", CONDITION_CONTAINS},
        {"matches",  CONDITION_MATCHES }
    };

    *found = false;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (!take_word(parser, tests[i].word)) continue;
        *found = true;
        test->kind = tests[i].kind;
        if (test->operand.type != COLUMN_TEXT)
            return parser_fail(parser, "\"%s\" is for text; this column is %s",
                               tests[i].word, operand_type_word(&test->operand));
        if (parser->token.kind != TOKEN_TEXT)
            return parser_fail(parser, "expected a text in quotes behind \"%s\", found %s",
                               tests[i].word, parser->token.text);
        return add_value(parser, test) &&
               (test->kind != CONDITION_MATCHES || compile_pattern(parser, test));
    }
    return true;
}

static bool read_test(struct parser *parser, struct condition *test)
{
    bool found, fine;

    if (take_word(parser, "is")) return read_is(parser, test);
    if (take_word(parser, "answered")) {
        test->kind = CONDITION_STATE;
        test->state = VALUE_THERE;
        return one_column(parser, &test->operand);
    }
    if (take_word(parser, "in")) return read_list(parser, test);
    if (take_word(parser, "not")) {
        test->negated = true;
        if (take_word(parser, "in")) return read_list(parser, test);
        return parser_fail(parser, "expected \"in\" behind \"not\", or \"is not\"");
    }
    fine = read_order(parser, test, &found);
    if (found) return fine;
    fine = read_text_test(parser, test, &found);
    if (found) return fine;
    return parser_fail(parser,
                       "expected is, answered, in, <, <=, >, >=, begins, contains or "
                       "matches, found \"%s\"",
                       parser->token.text);
}

static struct condition *parse_test(struct parser *parser)
{
    struct condition *test = node(parser, CONDITION_STATE, NULL, NULL);

    if (!operand_parse(parser, NULL, &test->operand) || !read_test(parser, test))
        return NULL;
    return test;
}

static struct condition *parse_or(struct parser *parser);

static struct condition *parse_inside(struct parser *parser)
{
    struct condition *inner = parse_or(parser);

    if (inner && !take_sign(parser, ")")) {
        parser_fail(parser, "expected \")\", found \"%s\"", parser->token.text);
        return NULL;
    }
    return inner;
}

static struct condition *parse_not(struct parser *parser)
{
    struct condition *made;

    if (parser->depth == DEEPEST) {
        parser_fail(parser, "brackets go too deep");
        return NULL;
    }
    parser->depth++;
    if (take_word(parser, "not")) {
        struct condition *inner = parse_not(parser);

        made = inner ? node(parser, CONDITION_NOT, inner, NULL) : NULL;
    } else if (take_sign(parser, "(")) {
        made = parse_inside(parser);
    } else {
        made = parse_test(parser);
    }
    parser->depth--;
    return made;
}

static struct condition *parse_and(struct parser *parser)
{
    struct condition *left = parse_not(parser);

    while (left && take_word(parser, "and")) {
        struct condition *right = parse_not(parser);

        left = right ? node(parser, CONDITION_AND, left, right) : NULL;
    }
    return left;
}

static struct condition *parse_or(struct parser *parser)
{
    struct condition *left = parse_and(parser);

    while (left && take_word(parser, "or")) {
        struct condition *right = parse_and(parser);

        left = right ? node(parser, CONDITION_OR, left, right) : NULL;
    }
    return left;
}

rk_status condition_parse(struct rk_arena *arena, struct rk_diag *diag,
                          struct rk_place place, const char *text,
                          const struct condition_scope *scope, struct condition **out)
{
    struct parser parser = {
        .arena = arena, .diag = diag, .place = place, .text = text, .scope = scope};
    struct condition *root;

    parser_next(&parser);
    root = parse_or(&parser);
    if (root && parser.token.kind != TOKEN_END) {
        parser_fail(&parser, "expected \"and\", \"or\" or the end, found \"%s\"",
                    parser.token.text);
        root = NULL;
    }
    if (!root) return RK_STUDY;
    root->slots = parser.slots;
    root->slot_count = parser.slot_count;
    *out = root;
    return RK_OK;
}

size_t condition_slots(const struct condition *condition, const long **out)
{
    *out = condition ? condition->slots : NULL;
    return condition ? condition->slot_count : 0;
}
