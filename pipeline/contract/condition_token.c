// SPDX-License-Identifier: MIT
#include "pipeline/contract/condition_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static struct token quoted(struct rk_arena *arena, const char *text, size_t *at)
{
    char quote = text[*at];
    size_t start = *at;
    const char *end = strchr(text + start + 1, quote);

    if (!end) {
        *at += strlen(text + start);
        return (struct token){
            .kind = TOKEN_WRONG, .text = "a quote that is not closed", .offset = start};
    }
    *at = (size_t)(end - text) + 1;
    return (struct token){
        .kind = TOKEN_TEXT,
        .text = rk_arena_copy_n(arena, text + start + 1, (size_t)(end - text) - start - 1),
        .offset = start};
}

/* 2015-03-13, which would else be a sum. */
static bool date_at(const char *text, long *days)
{
    char copy[11];

    if (strlen(text) < 10 || is_word(text[10])) return false;
    memcpy(copy, text, 10);
    copy[10] = '\0';
    return rk_date_parse(copy, days);
}

static struct token word(struct rk_arena *arena, const char *text, size_t *at)
{
    size_t start = *at;
    struct token token = {.kind = TOKEN_WORD, .offset = start};
    long days;

    if (date_at(text + start, &days)) {
        *at += 10;
        token.kind = TOKEN_DATE;
        token.number = (double)days;
        token.text = rk_arena_copy_n(arena, text + start, 10);
        return token;
    }
    while (is_word(text[*at]))
        ++*at;
    token.text = rk_arena_copy_n(arena, text + start, *at - start);
    if (rk_text_number(token.text, &token.number)) token.kind = TOKEN_NUMBER;
    return token;
}

static struct token sign(struct rk_arena *arena, const char *text, size_t *at)
{
    size_t start = *at;
    size_t length =
        (text[start] == '<' || text[start] == '>') && text[start + 1] == '=' ? 2 : 1;

    *at += length;
    return (struct token){.kind = TOKEN_SIGN,
                          .text = rk_arena_copy_n(arena, text + start, length),
                          .offset = start};
}

struct token token_next(struct rk_arena *arena, const char *text, size_t *at)
{
    while (isspace((unsigned char)text[*at]))
        ++*at;
    if (!text[*at])
        return (struct token){.kind = TOKEN_END, .text = "the end", .offset = *at};
    if (text[*at] == '"' || text[*at] == '\'') return quoted(arena, text, at);
    if (is_word(text[*at])) return word(arena, text, at);
    if (strchr("()[],+-<>", text[*at])) return sign(arena, text, at);
    return (struct token){
        .kind = TOKEN_WRONG, .text = "a sign that has no meaning here", .offset = (*at)++};
}
