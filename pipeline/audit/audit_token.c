// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_text.h"

#include <ctype.h>
#include <string.h>

char *audit_bare(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_copy(arena, text);
    bool inside = false;

    for (char *at = copy; *at; at++) {
        inside |= *at == '{';
        bool closes = *at == '}';
        if (inside || *at == '*' || *at == '\t' || *at == '\n') *at = ' ';
        if (closes) inside = false;
    }
    return copy;
}

static const char *const month_names[] = {
    "january", "february",  "march",   "april",    "may",      "june", "july",
    "august",  "september", "october", "november", "december", "jan",  "feb",
    "mar",     "apr",       "jun",     "jul",      "aug",      "sep",  "sept",
    "oct",     "nov",       "dec",     NULL};
static const char *const reference_words[] = {
    "table",    "tables",   "figure",   "figures", "fig",       "fig.",
    "box",      "section",  "sections", "chart",   "paragraph", "para",
    "paras",    "appendix", "annex",    "week",    "page",      "note",
    "footnote", "chapter",  "question", "wave",    "phase",     "year",
    "study",    "studies",  "stage",    "level",   "quarter",   NULL};

static bool word_is(const char *text, size_t from, size_t to, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == to - from && strncasecmp(text + from, *words, to - from) == 0)
            return true;
    return false;
}

/** The word that ends before `at`. */
static bool word_before(const char *text, size_t at, const char *const *words)
{
    size_t to = at, from;

    while (to && (isspace((unsigned char)text[to - 1]) || text[to - 1] == '-'))
        to--;
    for (from = to;
         from && (isalpha((unsigned char)text[from - 1]) || text[from - 1] == '.');)
        from--;
    return to > from && word_is(text, from, to, words);
}

static bool word_after(const char *text, size_t at, const char *const *words)
{
    size_t from = at, to;

    if (strncasecmp(text + from, "th", 2) == 0 || strncasecmp(text + from, "st", 2) == 0 ||
        strncasecmp(text + from, "nd", 2) == 0 || strncasecmp(text + from, "rd", 2) == 0)
        from += 2;
    from += strspn(text + from, " \n-");
    for (to = from; isalpha((unsigned char)text[to]);)
        to++;
    return to > from && word_is(text, from, to, words);
}

/** Years, dates, ordinals, references, numbered labels, parts of words are no figures. */
static bool is_figure(const char *text, size_t at, size_t end, const struct audit_value *v)
{
    unsigned char before = at ? (unsigned char)text[at - 1] : ' ';
    bool whole = v->decimals == 0 && v->unit == AUDIT_PLAIN;

    if (isalpha(before) || before == '/' || before == '_' ||
        (before == '-' && v->value >= 0))
        return false;
    if (v->unit == AUDIT_PLAIN && (isalpha((unsigned char)text[end]) || text[end] == '_'))
        return false;
    if (word_before(text, at, reference_words)) return false;
    if (whole && v->value >= 1900 && v->value <= 2100 && !memchr(text + at, ',', end - at))
        return false;
    if (whole && (word_after(text, end, month_names) || word_before(text, at, month_names)))
        return false;
    if (whole && text[end] == '-' && isalpha((unsigned char)text[end + 1])) return false;
    if (whole && strncmp(text + end, "\xE2\x80\x93", 3) == 0 &&
        isdigit((unsigned char)text[end + 3]))
        return false;
    if (whole && (text[end] == '-' || text[end] == '/') &&
        isdigit((unsigned char)text[end + 1]) && text[end] == '-')
        return false;
    return true;
}

/** A number of a paragraph at the start of its text. */
static size_t skip_number(const char *text)
{
    size_t digits = strspn(text, "0123456789.");

    return digits && (text[digits] == ' ' || text[digits] == ')') &&
                   (text[digits - 1] == '.' || memchr(text, '.', digits) ||
                    text[digits] == ')')
               ? digits
               : 0;
}

size_t audit_tokens(struct rk_arena *arena, const char *text, struct audit_token **out)
{
    struct audit_token *tokens = NULL;
    size_t count = 0, cap = 0;

    for (size_t at = skip_number(text); text[at];) {
        struct audit_value value;
        bool starts = isdigit((unsigned char)text[at]) ||
                      ((text[at] == '+' || text[at] == '-' || text[at] == '.') &&
                       isdigit((unsigned char)text[at + 1])) ||
                      strncmp(text + at, "\xC2\xA3", 2) == 0 ||
                      strncmp(text + at, "\xE2\x88\x92", 3) == 0;
        size_t bytes = starts && (!at || !isdigit((unsigned char)text[at - 1]))
                           ? audit_value_read(text + at, &value)
                           : 0;
        if (!bytes) {
            at++;
            continue;
        }
        if (is_figure(text, at, at + bytes, &value)) {
            audit_value_bend(text, at, &value);
            RK_ROOM(arena, tokens, count, cap);
            tokens[count++] = (struct audit_token){value, at, at + bytes};
        }
        at += bytes;
    }
    *out = tokens;
    return count;
}

struct audit_finding audit_in_text(const struct audit_text *text,
                                   const struct audit_block *block, size_t at, size_t bytes,
                                   const char *check)
{
    struct rk_place place = audit_block_place(text->doc, block, at);
    char *printed = rk_arena_copy_n(text->arena, block->text + at, bytes);

    for (char *c = printed; *c; c++)
        if (*c == '\n') *c = ' ';
    return (struct audit_finding){.check = check,
                                  .file = text->doc->file,
                                  .line = place.line,
                                  .column = place.column,
                                  .printed = printed};
}
