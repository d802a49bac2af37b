// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/draft/draft_spell.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_FROM = 60 };

/* ---- lists that are known ---- */

static long meaning_of(struct rk_arena *scratch, const struct draft_known *known,
                       const char *text)
{
    const char *loose = draft_loose(scratch, text);

    for (size_t m = 0; m < known->count; m++) {
        const struct draft_phrases *spellings = &known->meanings[m].spellings;

        if (strcmp(loose, draft_loose(scratch, known->meanings[m].label)) == 0)
            return (long)m;
        for (size_t i = 0; i < spellings->count; i++)
            if (strcmp(loose, spellings->words[i]) == 0) return (long)m;
    }
    return -1;
}

/* Nearly all rows are among its spellings. */
static const struct draft_known *known_list(const struct draft *draft,
                                            const struct draft_texts *texts)
{
    for (size_t k = 0; k < draft->words->list_count; k++) {
        long rows = 0;

        for (size_t i = 0; i < texts->count; i++)
            if (meaning_of(draft->arena, &draft->words->lists[k], texts->items[i].text) >=
                0)
                rows += texts->items[i].rows;
        if (rows * 10 >= texts->rows * 9) return &draft->words->lists[k];
    }
    return NULL;
}

static const struct draft_known *known_named(const struct draft *draft, const char *name)
{
    for (size_t k = 0; name && k < draft->words->list_count; k++)
        if (strcmp(draft->words->lists[k].name, name) == 0) return &draft->words->lists[k];
    return NULL;
}

/* ---- columns that share a list ---- */

static struct rk_map *common_texts(struct draft *draft, const struct draft_texts *texts)
{
    struct rk_map *map = rk_map_new(draft->arena);

    for (size_t i = 0; i < texts->count; i++)
        if (texts->items[i].rows * 50 >= texts->rows)
            rk_map_add(map, draft_loose(draft->arena, texts->items[i].text));
    return map;
}

static bool alike(struct draft *draft, const struct draft_texts *a,
                  const struct draft_texts *b)
{
    struct rk_map *x = common_texts(draft, a), *y = common_texts(draft, b);
    size_t both = 0,
           least = rk_map_count(x) < rk_map_count(y) ? rk_map_count(x) : rk_map_count(y);

    for (size_t i = 0; i < rk_map_count(x); i++)
        both += rk_map_find(y, rk_map_key(x, i)) >= 0;
    return both >= 2 && both * 10 >= least * 6;
}

static struct draft_list *list_for(struct draft *draft, const struct draft_column *column)
{
    const struct draft_known *known = known_list(draft, &column->texts);
    struct draft_list *list;

    for (size_t i = 0; i < draft->list_count; i++) {
        list = draft->lists[i];
        if (known || list->known
                ? known && list->known && strcmp(known->name, list->known) == 0
                : alike(draft, &list->texts, &column->texts))
            return list;
    }
    list = RK_NEW(draft->arena, struct draft_list);
    list->known = known ? known->name : NULL;
    RK_ROOM(draft->arena, draft->lists, draft->list_count, draft->list_cap);
    draft->lists[draft->list_count++] = list;
    return list;
}

static void take_column(struct draft *draft, struct draft_column *column)
{
    column->list = list_for(draft, column);
    column->list->users++;
    for (size_t i = 0; i < column->texts.count; i++)
        draft_texts_add(draft->arena, &column->list->texts, column->texts.items[i].text,
                        column->texts.items[i].rows);
}

/* ---- one list ---- */

static double first_figure(const char *label)
{
    const char *at = strpbrk(label, "0123456789");

    /* "JC03" is a name, not a level. */
    return at && (at == label || !isalpha((unsigned char)at[-1])) ? strtod(at, NULL) : NAN;
}

static struct draft_code new_code(struct draft *draft, const struct draft_list *list,
                                  const struct spell_text *text)
{
    const struct draft_known *known =
        text->fixed >= 0 ? known_named(draft, list->known) : NULL;
    struct draft_code code = {
        .label = known ? known->meanings[text->fixed].label : text->text,
        .figure = first_figure(text->text),
        .apart = draft_words_has(&draft->words->apart, draft->arena, text->text)};

    code.code =
        known ? known->meanings[text->fixed].code : rk_text_code(draft->arena, code.label);
    return code;
}

static void add_alias(struct draft *draft, struct draft_code *code, const char *text)
{
    if (strcmp(rk_text_fold(draft->arena, text), rk_text_fold(draft->arena, code->label)) ==
            0 ||
        strcmp(rk_text_fold(draft->arena, text), code->code) == 0)
        return;
    for (size_t i = 0; i < code->alias_count; i++)
        if (strcmp(rk_text_fold(draft->arena, code->aliases[i]),
                   rk_text_fold(draft->arena, text)) == 0)
            return;
    code->aliases = rk_arena_grow(draft->arena, code->aliases, code->alias_count,
                                  code->alias_count + 1, sizeof *code->aliases);
    code->aliases[code->alias_count++] = text;
}

static bool certain(enum spell_reason reason)
{
    return reason == SPELL_SAME || reason == SPELL_LETTERS || reason == SPELL_KNOWN;
}

static size_t blanks(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == ' ';
    return count;
}

/* Of "Hill Hse" and "Hill House" the whole words are the label, when they are not rare. */
static size_t best_label(const struct spell_text *texts, size_t count, size_t head)
{
    size_t best = head;

    for (size_t i = 0; i < count; i++)
        if (texts[i].of == head && texts[i].reason == SPELL_SHORT &&
            blanks(texts[i].text) == blanks(texts[head].text) &&
            strlen(texts[i].text) > strlen(texts[best].text) &&
            texts[i].rows * 4 >= texts[head].rows)
            best = i;
    return best;
}

/* The text that a text stands under: in a list of names, doubtful ones under themselves. */
static size_t head_of(const struct draft_list *list, const struct spell_text *texts,
                      size_t at)
{
    return list->names && !certain(texts[at].reason) ? at : texts[at].of;
}

/* A certain follower of a doubtful one goes where that goes. */
static void settle_names(struct draft *draft, struct draft_list *list,
                         struct spell_text *texts, size_t count)
{
    struct rk_map *letters = rk_map_new(draft->arena);
    size_t *first = RK_ARRAY(draft->arena, size_t, count + 1);

    for (size_t i = 0; list->names && i < count; i++) {
        size_t known = rk_map_count(letters);
        size_t at = rk_map_add(letters, draft_loose(draft->arena, texts[i].text));

        if (at == known) first[at] = i;
        if (at < known && texts[i].reason != SPELL_SAME &&
            texts[i].reason != SPELL_LETTERS) {
            texts[i].reason = SPELL_LETTERS;
            texts[i].of = first[at];
        }
    }
}

static void make_codes(struct draft *draft, struct draft_list *list,
                       struct spell_text *texts, size_t count)
{
    long *code_of = RK_ARRAY(draft->arena, long, count + 1);
    struct rk_map *codes = rk_map_new(draft->arena);

    list->codes = RK_ARRAY(draft->arena, struct draft_code, count + 1);
    for (size_t i = 0; i < count; i++)
        code_of[i] = -1;
    for (size_t i = 0; i < count; i++) {
        size_t head = head_of(list, texts, i);

        while (head_of(list, texts, head) != head)
            head = head_of(list, texts, head);
        if (code_of[head] < 0) {
            struct draft_code code = new_code(
                draft, list, &texts[list->names ? head : best_label(texts, count, head)]);
            size_t known = rk_map_count(codes), at = rk_map_add(codes, code.code);

            if (at == known) list->codes[list->count++] = code;
            code_of[head] = (long)at;
        }
        list->codes[code_of[head]].rows += texts[i].rows;
        add_alias(draft, &list->codes[code_of[head]], texts[i].text);
    }
}

static void make_pairs(struct draft *draft, struct draft_list *list,
                       const struct spell_text *texts, size_t count)
{
    list->pairs = RK_ARRAY(draft->arena, struct draft_pair, count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t of = texts[i].of;

        if (certain(texts[i].reason)) continue;
        list->pairs[list->pair_count++] =
            (struct draft_pair){.spelling = texts[i].text,
                                .label = texts[of].text,
                                .code = rk_text_code(draft->arena, texts[of].text),
                                .why = spell_words(texts[i].reason),
                                .rows = texts[i].rows};
    }
}

/* Levels by their numbers, then what has none; otherwise the commonest first. */
static int by_figure(const void *a, const void *b)
{
    const struct draft_code *x = a, *y = b;

    if (x->apart != y->apart) return x->apart - y->apart;
    if (isnan(x->figure) != isnan(y->figure)) return isnan(x->figure) - isnan(y->figure);
    if (x->figure != y->figure && !isnan(x->figure)) return x->figure > y->figure ? 1 : -1;
    return strcmp(x->code, y->code);
}

static int by_rows(const void *a, const void *b)
{
    const struct draft_code *x = a, *y = b;

    if (x->apart != y->apart) return x->apart - y->apart;
    if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
    return strcmp(x->code, y->code);
}

/* "Not at all", "A little", ..., "Very": each level has its place in one order that is known. */
static bool takes_order(struct draft *draft, const struct draft_phrases *order,
                        struct draft_list *list)
{
    size_t levels = 0;

    for (size_t i = 0; i < list->count; i++) {
        long place = draft_words_find(order, draft->arena, list->codes[i].label);

        if (place < 0 && !list->codes[i].apart) return false;
        levels += place >= 0;
    }
    if (levels < 3) return false;
    for (size_t i = 0; i < list->count; i++) {
        long place = draft_words_find(order, draft->arena, list->codes[i].label);

        list->codes[i].apart = place < 0;
        list->codes[i].figure = place < 0 ? NAN : (double)place;
    }
    return true;
}

static void put_in_order(struct draft *draft, struct draft_list *list)
{
    size_t figures = 0, levels = 0, order = 0;

    while (order < draft->words->order_count &&
           !takes_order(draft, &draft->words->orders[order], list))
        order++;

    for (size_t i = 0; i < list->count; i++) {
        levels += !list->codes[i].apart;
        figures += !list->codes[i].apart && !isnan(list->codes[i].figure);
    }
    list->ordered = figures >= 3 && figures * 10 >= levels * 6 && levels <= 15;
    qsort(list->codes, list->count, sizeof *list->codes,
          list->ordered ? by_figure : by_rows);
}

static void finish_list(struct draft *draft, struct draft_list *list)
{
    const struct draft_known *known = known_named(draft, list->known);
    size_t count = list->texts.count;
    struct spell_text *texts = RK_ARRAY(draft->arena, struct spell_text, count + 1);

    for (size_t i = 0; i < count; i++)
        texts[i] = (struct spell_text){
            .text = list->texts.items[i].text,
            .rows = list->texts.items[i].rows,
            .fixed =
                known ? meaning_of(draft->arena, known, list->texts.items[i].text) : -1};
    spell_group(draft->arena, texts, count);
    for (size_t i = 0, heads = 0; i < count; i++)
        list->names = list->names || (heads += texts[i].of == i) > NAMES_FROM;
    settle_names(draft, list, texts, count);
    make_codes(draft, list, texts, count);
    make_pairs(draft, list, texts, count);
    put_in_order(draft, list);
}

void draft_codes(struct draft *draft)
{
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++)
            if (draft->sources[s].columns[i].type == COLUMN_CODE)
                take_column(draft, &draft->sources[s].columns[i]);
    for (size_t i = 0; i < draft->list_count; i++)
        finish_list(draft, draft->lists[i]);
}
