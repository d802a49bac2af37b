// SPDX-License-Identifier: MIT
/** Words against what they count or claim: "three main sources:" over four bullets,
 * "percentage points in the number of", "significant" without a test, "Figure 3 shows" what
 * Figure 1 shows. */
#include "pipeline/audit/audit_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void tell(const struct audit_text *text, const struct audit_block *block, size_t at,
                 size_t bytes, const char *check, const char *why, enum audit_sure sure,
                 bool note)
{
    struct audit_finding f = audit_in_text(text, block, at, bytes, check);

    f.why = why;
    f.sure = sure;
    f.note = note;
    f.if_ = "the list is what the word counts";
    audit_find(text->findings, f);
}

/** "three main sources:", with the bullets that follow. */
static void check_list(const struct audit_text *text, size_t at)
{
    const struct audit_doc *doc = text->doc;
    const struct audit_block *block = &doc->blocks[at];
    const char *bare = audit_bare(text->arena, block->text);
    size_t bytes = strlen(bare), items = 0, where = 0, words = 0, length = 0;
    int said = 0;

    while (bytes && isspace((unsigned char)bare[bytes - 1]))
        bytes--;
    if (!bytes || bare[bytes - 1] != ':' || at + 1 >= doc->block_count ||
        doc->blocks[at + 1].kind != AUDIT_ITEM)
        return;
    for (size_t i = at + 1; i < doc->block_count && doc->blocks[i].kind == AUDIT_ITEM; i++)
        items += doc->blocks[i].indent <= doc->blocks[at + 1].indent;
    size_t start = bytes;
    while (start && bare[start - 1] != '.' && bare[start - 1] != ';' && bytes - start < 80)
        start--;
    for (size_t i = start; i < bytes;) {
        size_t end = i;
        while (isalnum((unsigned char)bare[end]))
            end++;
        int number = end > i ? audit_value_word(bare + i, end - i) : 0;
        if (number > 1) {
            said = number;
            where = i;
            length = end - i;
            words++;
        }
        i = end + 1;
    }
    if (words == 1 && items >= 2 && said != (int)items && abs(said - (int)items) <= 2 &&
        !strstr(bare + where, " of "))
        tell(text, block, where, length, "list",
             rk_arena_printf(text->arena, "%zu items follow", items), AUDIT_PROVED_IF,
             false);
}

static void check_points(const struct audit_text *text, const struct audit_block *block)
{
    static const char *const wrong[] = {
        "percentage points in the number", "percentage point in the number",
        "percentage points in numbers", "points in the number of", NULL};
    const char *folded = audit_bare(text->arena, block->text);

    for (size_t i = 0; wrong[i]; i++) {
        const char *at = strstr(folded, wrong[i]);
        if (!at) continue;
        tell(text, block, (size_t)(at - folded), strlen(wrong[i]), "unit",
             "points are a difference of shares, not of numbers of people",
             AUDIT_SUSPICIOUS, false);
        return;
    }
}

static void check_significant(const struct audit_text *text,
                              const struct audit_block *block)
{
    const char *folded = audit_fold(text->arena, audit_bare(text->arena, block->text));
    static const char *const about[] = {"significant increase",
                                        "significant increases",
                                        "significant rise",
                                        "significant fall",
                                        "significant change",
                                        "significant difference",
                                        "significant improvement",
                                        "significant reduction",
                                        "significantly higher",
                                        "significantly lower",
                                        "increased significantly",
                                        "significant decrease",
                                        NULL};

    if (strstr(folded, "p =") || strstr(folded, "p=") || strstr(folded, "p <") ||
        strstr(folded, "p<") || strstr(folded, " ci") || strstr(folded, "interval") ||
        audit_has_word(folded, "test"))
        return;
    for (size_t i = 0; about[i]; i++)
        if (audit_has_word(folded, about[i])) {
            const char *at = strcasestr(block->text, "significant");
            if (at)
                tell(text, block, (size_t)(at - block->text), 11, "significance",
                     "no test and no interval is given for it", AUDIT_SUSPICIOUS, true);
            return;
        }
}

/** Percentages of one sentence with different precision. */
static void check_precision(const struct audit_text *text, const struct audit_block *block)
{
    const char *bare = audit_bare(text->arena, block->text);
    struct audit_token *tokens;
    size_t count = audit_tokens(text->arena, bare, &tokens), shares = 0, odd = 0, at = 0;

    for (size_t i = 0; i < count; i++)
        if (tokens[i].value.unit == AUDIT_PERCENT) {
            shares++;
            if (tokens[i].value.decimals == 2) {
                odd++;
                at = i;
            }
        }
    if (shares >= 6 && odd && odd * 3 < shares)
        tell(text, block, tokens[at].from, tokens[at].to - tokens[at].from, "precision",
             "two decimals beside percentages without", AUDIT_SUSPICIOUS, true);
}

/* ---- "Figure 3 shows ..." ---- */

static bool is_stop_word(const char *word)
{
    static const char *const stop[] = {
        "figure",       "table",       "shows",   "show",        "that",       "with",
        "from",         "across",      "this",    "have",        "which",      "were",
        "their",        "client",      "clients", "analysis",    "programme",  "working",
        "well",         "group",       "data",    "number",      "percentage", "people",
        "participants", "respondents", "numbers", "percentages", "results",    "survey",
        "report",       "2014",        "2015",    NULL};

    for (size_t i = 0; stop[i]; i++)
        if (strcmp(stop[i], word) == 0) return true;
    return false;
}

/** How many words of four letters or more two texts share. */
static size_t shared_words(struct rk_arena *arena, const char *a, const char *b)
{
    const char *fa = audit_fold(arena, a), *fb = audit_fold(arena, b);
    size_t shared = 0;

    for (const char *at = fa; *at;) {
        size_t bytes = 0;
        while (isalpha((unsigned char)at[bytes]))
            bytes++;
        if (bytes >= 4) {
            const char *word = rk_arena_copy_n(arena, at, bytes);
            shared += !is_stop_word(word) && audit_has_word(fb, word);
        }
        at += bytes ? bytes : 1;
    }
    return shared;
}

static bool names_caption(const char *reference, size_t bytes, const char *caption)
{
    return strncasecmp(reference, caption, bytes) == 0 &&
           !isdigit((unsigned char)caption[bytes]) && caption[bytes] != '.';
}

static void check_shows(const struct audit_text *text, const struct audit_block *block)
{
    const char *bare = audit_bare(text->arena, block->text);

    for (const char *at = bare; (at = strstr(at, " shows")); at++) {
        size_t end = (size_t)(at - bare), start = end;
        while (start && (isdigit((unsigned char)bare[start - 1]) || bare[start - 1] == '.'))
            start--;
        if (start == end || start < 6) continue;
        size_t word = start >= 7 && strncmp(bare + start - 7, "Figure ", 7) == 0 ? start - 7
                      : start >= 6 && strncmp(bare + start - 6, "Table ", 6) == 0
                          ? start - 6
                          : end;
        size_t mine = 0, named = 0, best = 0;
        const char *other = NULL;
        if (word == end) continue;
        const char *sentence = rk_arena_copy_n(text->arena, at, strcspn(at, ".;"));
        for (size_t i = 0; i < text->doc->block_count; i++) {
            const struct audit_block *c = &text->doc->blocks[i];
            size_t shared;
            if (c->kind != AUDIT_CAPTION) continue;
            shared = shared_words(text->arena, c->text, sentence);
            if (names_caption(bare + word, end - word, c->text)) {
                named++;
                mine += shared;
            } else if (shared > best) {
                best = shared;
                other = c->text;
            }
        }
        if (named && mine == 0 && best >= 2)
            tell(
                text, block, word, end - word, "reference",
                rk_arena_printf(text->arena,
                                "its title shares no word with the sentence; \"%.*s\" does",
                                (int)strcspn(other, "\n"), other),
                AUDIT_SUSPICIOUS, false);
    }
}

void audit_check_words(const struct audit_text *text)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        check_list(text, i);
        check_points(text, block);
        check_significant(text, block);
        check_precision(text, block);
        check_shows(text, block);
    }
}
