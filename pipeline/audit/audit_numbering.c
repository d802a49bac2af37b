// SPDX-License-Identifier: MIT
/** Numbers of tables, figures and paragraphs: twice, missing, referred to and not there. */
#include "pipeline/audit/audit_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/** "Table 5.2": a kind, what stands before the last point, and the last number. */
struct numbered {
    const char *kind, *prefix;
    long number;
    const struct audit_block *block;
};

static const struct {
    const char *word, *kind;
} kinds[] = {
    {"table",      "Table"     },
    {"figure",     "Figure"    },
    {"fig.",       "Figure"    },
    {"fig",        "Figure"    },
    {"chart",      "Chart"     },
    {"box",        "Box"       },
    {"case study", "Case Study"},
};

/** Reads "Table 5.2" at `text`; the bytes taken, or 0. */
static size_t read_numbered(struct rk_arena *arena, const char *text, struct numbered *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t bytes = strlen(kinds[i].word);
        if (strncasecmp(text, kinds[i].word, bytes) || !isspace((unsigned char)text[bytes]))
            continue;
        bytes += strspn(text + bytes, " \n");
        const char *number = text + bytes;
        size_t letter = isupper((unsigned char)number[0]) &&
                                (number[1] == '.' || isdigit((unsigned char)number[1]))
                            ? 1
                            : 0;
        size_t span = letter + strspn(number + letter, "0123456789.");
        while (span && number[span - 1] == '.')
            span--;
        if (span <= letter || isalpha((unsigned char)number[span])) return 0;
        size_t last = span;
        while (last && isdigit((unsigned char)number[last - 1]))
            last--;
        out->kind = kinds[i].kind;
        out->prefix = rk_arena_copy_n(arena, number, last);
        out->number = strtol(number + last, NULL, 10);
        return bytes + span;
    }
    return 0;
}

static bool same_series(const struct numbered *a, const struct numbered *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->prefix, b->prefix) == 0;
}

/** A line of a list of tables: dots or a page number at its end. */
static bool is_contents(const char *text)
{
    size_t bytes = strlen(text);

    return strstr(text, "....") || strstr(text, ". . .") ||
           (bytes > 3 && isdigit((unsigned char)text[bytes - 1]) && strstr(text, "   "));
}

static size_t read_captions(const struct audit_text *text, struct numbered *out)
{
    size_t count = 0;

    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        out[count].block = block;
        if (block->kind == AUDIT_CAPTION && !is_contents(block->text) &&
            !strstr(block->text, "(continued)") && !strstr(block->text, ", continued") &&
            read_numbered(text->arena, block->text, &out[count]))
            count++;
    }
    return count;
}

static void tell(const struct audit_text *text, const struct audit_block *block, size_t at,
                 size_t bytes, const char *check, const char *why, enum audit_sure sure,
                 const char *if_)
{
    struct audit_finding f = audit_in_text(text, block, at, bytes, check);

    f.why = why;
    f.sure = sure;
    f.if_ = if_;
    audit_find(text->findings, f);
}

static bool same_words(struct rk_arena *arena, const char *a, const char *b)
{
    return strcmp(audit_fold(arena, a), audit_fold(arena, b)) == 0;
}

static void check_captions(const struct audit_text *text, const struct numbered *captions,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct numbered *c = &captions[i];
        const struct audit_block *block = c->block;
        bool seen = false, before = c->number <= 1, later = true;
        for (size_t k = 0; k < i; k++)
            seen |= same_series(c, &captions[k]) && captions[k].number == c->number &&
                    !same_words(text->arena, block->text, captions[k].block->text);
        for (size_t k = 0; k < count; k++) {
            before |= same_series(c, &captions[k]) && captions[k].number == c->number - 1;
            later &= k == i || !same_series(c, &captions[k]) ||
                     captions[k].number >= c->number || captions[k].number < c->number - 1;
        }
        size_t bytes = strcspn(block->text, ":\n");
        bytes = bytes > 60 ? 60 : bytes;
        if (seen)
            tell(text, block, 0, bytes, "numbering",
                 rk_arena_printf(text->arena,
                                 "%s %s%ld is there twice, with different titles", c->kind,
                                 c->prefix, c->number),
                 AUDIT_PROVED, NULL);
        bool any_lower = false;
        for (size_t k = 0; k < count; k++)
            any_lower |= same_series(c, &captions[k]) && captions[k].number < c->number;
        if (!before && any_lower && !seen &&
            !text->doc->laid_out) /* a PDF's captions may not all be read */
            tell(text, block, 0, bytes, "numbering",
                 rk_arena_printf(text->arena, "%s %s%ld is missing before it", c->kind,
                                 c->prefix, c->number - 1),
                 AUDIT_PROVED_IF, "the whole document is here");
    }
}

static void check_references(const struct audit_text *text, const struct numbered *captions,
                             size_t count)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        const char *bare = audit_bare(text->arena, block->text);
        if (block->kind == AUDIT_CAPTION || block->kind == AUDIT_HEADING ||
            is_contents(block->text))
            continue;
        for (size_t at = 0; bare[at]; at++) {
            struct numbered r;
            size_t bytes = !at || !isalpha((unsigned char)bare[at - 1])
                               ? read_numbered(text->arena, bare + at, &r)
                               : 0;
            size_t kind = 0, there = 0;
            if (!bytes) continue;
            for (size_t k = 0; k < count; k++) {
                kind += strcmp(captions[k].kind, r.kind) == 0;
                there += same_series(&captions[k], &r) && captions[k].number == r.number;
            }
            if (kind && !there)
                tell(text, block, at, bytes, "reference",
                     rk_arena_printf(text->arena, "there is no %s %s%ld", r.kind, r.prefix,
                                     r.number),
                     AUDIT_PROVED_IF, "the whole document is here");
            at += bytes - 1;
        }
    }
}

/** "Appendix A" where the document has only an "Annex A". */
static void check_annexes(const struct audit_text *text)
{
    static const char *const words[] = {"Appendix", "Annex"};

    for (size_t i = 0; i < text->doc->block_count; i++)
        for (int w = 0; w < 2; w++) {
            const struct audit_block *block = &text->doc->blocks[i];
            const char *at = strstr(block->text, words[w]);
            size_t bytes = strlen(words[w]);
            bool there = false, other = false;
            if (!at || block->kind == AUDIT_HEADING || at[bytes] != ' ' ||
                !isalnum((unsigned char)at[bytes + 1]) ||
                isalnum((unsigned char)at[bytes + 2]))
                continue;
            for (size_t k = 0; k < text->doc->block_count; k++) {
                const char *head = text->doc->blocks[k].text;
                if (text->doc->blocks[k].kind != AUDIT_HEADING) continue;
                there |= strncasecmp(head, words[w], bytes) == 0 &&
                         head[bytes + 1] == at[bytes + 1];
                other |= strncasecmp(head, words[!w], strlen(words[!w])) == 0 &&
                         head[strlen(words[!w]) + 1] == at[bytes + 1];
            }
            if (!there && other)
                tell(text, block, (size_t)(at - block->text), bytes + 2, "reference",
                     rk_arena_printf(text->arena, "the document has an %s %c only",
                                     words[!w], at[bytes + 1]),
                     AUDIT_PROVED, NULL);
        }
}

/* ---- paragraphs ---- */

enum { DEEPEST = 8 };
struct paragraphs {
    const struct audit_text *text;
    long open[DEEPEST]; /**< numbers of the lists that are open, outermost first */
    size_t depth;
    long section, dotted_section, dotted;
};

/** "12." as a paragraph's number, with the lists inside it counted apart. */
static void check_plain(struct paragraphs *p, const struct audit_block *block, long number)
{
    size_t d = p->depth;

    while (d && p->open[d - 1] + 1 != number)
        d--;
    if (d) {
        p->depth = d;
        p->open[d - 1] = number;
        return;
    }
    if (number == 1 || !p->depth) {
        if (p->depth < DEEPEST) p->open[p->depth++] = number;
        return;
    }
    /* the innermost list in which so small a step is a gap */
    for (d = p->depth; d; d--) {
        long step = number - p->open[d - 1];
        if (step < 2 || step > 3) continue;
        tell(p->text, block, 0, strcspn(block->text, " \n"), "numbering",
             rk_arena_printf(p->text->arena, "number %ld is missing before it", number - 1),
             AUDIT_PROVED_IF, "the whole document is here");
        p->depth = d;
        p->open[d - 1] = number;
        return;
    }
    if (p->depth < DEEPEST) p->open[p->depth++] = number;
}

static void check_dotted(struct paragraphs *p, const struct audit_block *block,
                         long section, long number)
{
    size_t bytes = strcspn(block->text, " \n");
    const char *why = NULL;

    bool empty =
        !block->text[bytes] || !block->text[bytes + strspn(block->text + bytes, " \n")];

    if (empty && p->text->doc->laid_out) return;
    if (empty)
        why = "the paragraph is empty";
    else if (p->section && section != p->section)
        why = rk_arena_printf(p->text->arena, "stands in section %ld", p->section);
    else if (section == p->dotted_section && number == p->dotted)
        why = "the number is there twice";
    else if (section == p->dotted_section && number > p->dotted + 1 &&
             number <= p->dotted + 3)
        why = rk_arena_printf(p->text->arena, "%ld.%ld is missing before it", section,
                              number - 1);
    else if (section != p->dotted_section && number == 2 && p->dotted_section)
        why = rk_arena_printf(p->text->arena, "%ld.1 is missing before it", section);
    if (why)
        tell(p->text, block, 0, bytes, "numbering", why, AUDIT_PROVED_IF,
             "the whole document is here");
    /* a number of another section counts as the one that belongs here */
    if (p->section && section != p->section) {
        p->dotted_section = p->section;
        p->dotted++;
        if (number > p->dotted) p->dotted = number;
        return;
    }
    p->dotted_section = section;
    p->dotted = number;
}

static void check_paragraphs(const struct audit_text *text)
{
    struct paragraphs p = {.text = text};

    for (size_t i = 0; i < text->doc->block_count; i++) {
        const struct audit_block *block = &text->doc->blocks[i];
        char *end;
        long first = strtol(block->text, &end, 10), second;
        if (!isdigit((unsigned char)block->text[0]) || block->kind == AUDIT_NOTE ||
            block->kind == AUDIT_ITEM || block->indent > 3)
            continue;
        bool dotted = *end == '.' && isdigit((unsigned char)end[1]);
        char *point = end;
        second = dotted ? strtol(end + 1, &end, 10) : 0;
        if (dotted && block->kind != AUDIT_HEADING &&
            (first < 1 || end - point > 3 || point[1] == '0' ||
             (text->doc->laid_out && !isupper((unsigned char)end[strspn(end, " ")]))))
            continue; /* a decimal, not a paragraph */
        if (block->kind == AUDIT_HEADING) {
            if (p.section != first) p.dotted = 0;
            p.section = first;
            p.dotted_section = first;
            continue;
        }
        if (dotted && (isspace((unsigned char)*end) || !*end) && second > 0)
            check_dotted(&p, block, first, second);
        else if (!dotted && *end == '.' && (end[1] == ' ' || !end[1]) &&
                 (!text->doc->laid_out ||
                  isupper((unsigned char)end[1 + strspn(end + 1, " ")])))
            check_plain(&p, block, first);
    }
}

void audit_check_numbering(const struct audit_text *text)
{
    struct numbered *captions =
        RK_ARRAY(text->arena, struct numbered, text->doc->block_count + 1);
    size_t count = read_captions(text, captions);

    check_captions(text, captions, count);
    check_references(text, captions, count);
    check_annexes(text);
    check_paragraphs(text);
}
