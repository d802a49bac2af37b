// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_MOST = 5 };

/* Words of a heading that say what is asked: no "the", no figures. */
static size_t content_words(struct draft *draft, const char *heading, const char ***out)
{
    const char **all;
    size_t count = draft_split(draft->arena, draft_loose(draft->arena, heading), &all),
           kept = 0;

    *out = RK_ARRAY(draft->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        if (!isdigit((unsigned char)*all[i]) &&
            !draft_words_has(&draft->words->stop, draft->arena, all[i]))
            (*out)[kept++] = all[i];
    return kept;
}

/* "managing" and "manage" are one word. */
static bool same_word(const char *a, const char *b)
{
    size_t same = 0;

    while (a[same] && a[same] == b[same])
        same++;
    return same >= 5 || (!a[same] && !b[same]);
}

static double overlap(struct draft *draft, const char *a, const char *b)
{
    const char **x, **y;
    size_t m = content_words(draft, a, &x), n = content_words(draft, b, &y), both = 0;
    size_t least = m < n ? m : n;

    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
            if (same_word(x[i], y[j])) {
                both++;
                break;
            }
    if (!least || (least == 1 && m != n && m + n > 4)) return 0;
    return (double)both / (double)least;
}

/* The same question: alike in words, and answered alike. */
static bool answered_alike(const struct draft_column *a, const struct draft_column *b)
{
    if (a->leave || b->leave || a->type != b->type || a->item || b->item) return false;
    if (a->type == COLUMN_CODE) return a->list == b->list;
    if (a->type == COLUMN_INTEGER) return a->ranged && b->ranged && a->high == b->high;
    return a->type == COLUMN_NUMBER;
}

static void find_twin(struct draft *draft, struct draft_column *column)
{
    double best = 0.75 - 1e-9;

    for (size_t i = 0; i < draft->people->count; i++) {
        const struct draft_column *other = &draft->people->columns[i];
        double share;

        if (!answered_alike(column, other)) continue;
        share = other->role == ROLE_AREA && column->role == ROLE_AREA
                    ? 1
                    : overlap(draft, column->heading, other->heading);
        if (share <= best) continue;
        best = share;
        column->twin = other;
    }
}

/* ---- names ---- */

static const char *short_name(struct draft *draft, const char *heading)
{
    const char **words;
    size_t count = content_words(draft, heading, &words);
    const char *text = "";

    for (size_t i = 0; i < count && i < WORDS_MOST; i++)
        text = rk_arena_printf(draft->arena, "%s%s%s", text, *text ? " " : "", words[i]);
    text = rk_text_code(draft->arena, *text ? text : heading);
    return isalpha((unsigned char)*text) ? text
                                         : rk_arena_printf(draft->arena, "q_%s", text);
}

/* "Client Ref" names a client. */
static const char *reference_name(struct draft *draft, const struct draft_column *column)
{
    const char **words;
    size_t count =
        draft_split(draft->arena, draft_apart(draft->arena, column->heading), &words);
    const char *text = "";

    if (count > 1 && draft_words_has(&draft->words->references, draft->arena, words[count - 1]))
        count--;
    for (size_t i = 0; i < count; i++)
        text = rk_arena_printf(draft->arena, "%s%s%s", text, i ? " " : "", words[i]);
    text = rk_text_code(draft->arena, text);
    return isalpha((unsigned char)*text) ? text
                                         : rk_arena_printf(draft->arena, "ref_%s", text);
}

static const char *name_for(struct draft *draft, const struct draft_source *source,
                            const struct draft_column *column)
{
    static const char *const by_role[DRAFT_ROLES] = {
        [ROLE_BORN] = "born",         [ROLE_SURNAME] = "surname",
        [ROLE_FORENAME] = "forename", [ROLE_POSTCODE] = "postcode",
        [ROLE_CONSENT] = "consent",
        [ROLE_SEX] = "sex",           [ROLE_AREA] = "area",
    };

    if (column == source->link) return draft->people->key->name;
    if (column == source->key) return reference_name(draft, column);
    if (column->item)
        return rk_arena_printf(draft->arena, "%s_%zu", column->scale->name, column->item);
    if (column->total_of)
        return rk_arena_printf(draft->arena, "%s_total", column->total_of->name);
    if (column->twin) return column->twin->name;
    if (by_role[column->role] && !column->leave) return by_role[column->role];
    return short_name(draft, column->heading);
}

static void name_source(struct draft *draft, struct draft_source *source)
{
    /* Words of the study's language. */
    static const char *const taken[] = {
        "is",      "in",       "not",          "and",       "or",         "missing",
        "invalid", "answered", "begins",       "contains",  "matches",    "all",
        "people",  "cut_off",  "period_start", "file_line", "datapackage"};
    struct rk_map *names = rk_map_new(draft->arena);

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        rk_map_add(names, taken[i]);
    for (size_t i = 0; i < source->count; i++) {
        struct draft_column *column = &source->columns[i];
        const char *stem = column->name = name_for(draft, source, column);
        size_t known;

        for (int n = 2;
             known = rk_map_count(names), rk_map_add(names, column->name) < known; n++)
            column->name = rk_arena_printf(draft->arena, "%s_%d", stem, n);
        if (column->list && !column->list->name)
            column->list->name = column->list->known ? column->list->known : column->name;
    }
}

/* Lists have names of their own: a second "status" is "reviews_status". */
static void name_lists(struct draft *draft)
{
    struct rk_map *names = rk_map_new(draft->arena);

    for (size_t i = 0; i < draft->list_count; i++) {
        struct draft_list *list = draft->lists[i];
        const char *stem = list->name;
        size_t known;

        for (int n = 2; known = rk_map_count(names), rk_map_add(names, list->name) < known;
             n++)
            list->name = rk_arena_printf(draft->arena, "%s_%d", stem, n);
    }
}

void draft_names(struct draft *draft)
{
    if (!draft->people->key)
        draft_check(draft, &draft->people->columns[0],
                    "no column names a person: which one does?");
    if (draft->people->key)
        draft->people->key->name = reference_name(draft, draft->people->key);
    name_source(draft, draft->people);
    for (size_t s = 0; s < draft->count; s++) {
        struct draft_source *source = &draft->sources[s];

        if (source == draft->people) continue;
        for (size_t i = 0; source->link && i < source->count; i++)
            if (&source->columns[i] != source->link && &source->columns[i] != source->key)
                find_twin(draft, &source->columns[i]);
        name_source(draft, source);
        for (size_t i = 0; i < source->count; i++) {
            const struct draft_column *twin = source->columns[i].twin;

            if (twin && twin->role != ROLE_AREA && twin->role != ROLE_SEX && source->link &&
                source->date)
                source->asks_again = true;
        }
    }
    name_lists(draft);
}
