// SPDX-License-Identifier: MIT
/** Segments to sentences, sentences to words. */
#include "render/lint_priv.h"

#include <ctype.h>
#include <string.h>

bool lint_one_of(const char *word, const char *list)
{
    size_t n = strlen(word);

    for (const char *p = list; n && p; p = strchr(p, '|')) {
        p += *p == '|';
        if (strncmp(p, word, n) == 0 && (p[n] == '|' || !p[n]))
            return true;
    }
    return false;
}

/** Does a sentence end with the mark at `at`? "8.5", "e.g. this" and "No. 3" do not. */
static bool ends_sentence(const struct lint *lint, size_t at, size_t end)
{
    const char *text = lint->text;
    size_t next = at + 1;

    if (!strchr(".?!", text[at]))
        return false;
    while (next < end && strchr("\"*_)", text[next]))
        next++;
    if (next >= end)
        return true;
    if (!isspace((unsigned char)text[next]) && text[next] != LINT_REFERENCE)
        return false;
    while (next < end && (isspace((unsigned char)text[next]) || strchr("*_(", text[next])))
        next++;
    return next >= end || !islower((unsigned char)text[next]);
}

static const struct lint_token *token_at(const struct lint *lint, size_t at)
{
    for (size_t i = 0; i < lint->token_count; i++)
        if (lint->tokens[i].start <= at && at < lint->tokens[i].end)
            return &lint->tokens[i];
    return NULL;
}

static bool word_byte(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80 || c == '\'';
}

static void add_word(struct lint *lint, struct lint_sentence *sentence, size_t start, size_t end,
                     const struct lint_token *token)
{
    char *text = rk_arena_copy_n(lint->arena, token ? "" : lint->text + start,
                                 token ? 0 : end - start);

    for (char *c = text; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    RK_ROOM(lint->arena, sentence->words, sentence->count, sentence->cap);
    sentence->words[sentence->count++] = (struct lint_word){text, start, end, token};
}

static void take_words(struct lint *lint, struct lint_sentence *sentence)
{
    size_t at = sentence->start;

    while (at < sentence->end) {
        const struct lint_token *token =
            lint->text[at] == LINT_BOUND ? token_at(lint, at) : NULL;
        size_t start = at;
        if (token) {
            at = token->end;
            add_word(lint, sentence, start, at, token);
            continue;
        }
        while (at < sentence->end && word_byte(lint->text[at]))
            at++;
        if (at > start)
            add_word(lint, sentence, start, at, NULL);
        else
            at++;
    }
}

static void take_cells(struct lint *lint, struct lint_sentence *sentence)
{
    sentence->cells = RK_ARRAY(lint->arena, const struct cell *, sentence->count + 1);
    for (size_t i = 0; i < sentence->count; i++) {
        const struct lint_token *token = sentence->words[i].token;
        if (token && token->cell)
            sentence->cells[sentence->cell_count++] = token->cell;
    }
}

struct lint_sentence *lint_sentences(struct lint *lint, const struct lint_segment *segment,
                                     size_t *count)
{
    struct lint_sentence *sentences = NULL;
    size_t cap = 0, start = segment->start;

    *count = 0;
    for (size_t at = segment->start; at < segment->end; at++) {
        if (at + 1 < segment->end && !ends_sentence(lint, at, segment->end))
            continue;
        RK_ROOM(lint->arena, sentences, *count, cap);
        sentences[*count] =
            (struct lint_sentence){.segment = segment, .start = start, .end = at + 1};
        take_words(lint, &sentences[*count]);
        take_cells(lint, &sentences[(*count)++]);
        start = at + 1;
    }
    return sentences;
}

size_t lint_phrase(const struct lint_sentence *sentence, size_t at, const char *phrase)
{
    while (*phrase) {
        size_t n = strcspn(phrase, " ");
        if (at >= sentence->count)
            return 0;
        const struct lint_word *word = &sentence->words[at];
        bool any = n == 1 && *phrase == '*';
        if (word->token || (!any && (strlen(word->text) != n ||
                                     strncmp(word->text, phrase, n) != 0)))
            return 0;
        at++;
        phrase += n;
        phrase += *phrase == ' ';
    }
    return at;
}

bool lint_before(const struct lint_sentence *sentence, size_t at, size_t within,
                 const char *list)
{
    for (size_t i = 1; i <= within && i <= at; i++)
        if (lint_one_of(sentence->words[at - i].text, list))
            return true;
    return false;
}
