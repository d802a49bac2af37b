// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_words.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/base/rk_yaml.h"

#include <ctype.h>
#include <string.h>

static const char *const role_names[DRAFT_ROLES] = {
    [ROLE_REMARKS] = "remarks", [ROLE_STAFF] = "staff",       [ROLE_BORN] = "born",
    [ROLE_SURNAME] = "surname", [ROLE_FORENAME] = "forename", [ROLE_CONTACT] = "contact",
    [ROLE_NAME] = "name",       [ROLE_POSTCODE] = "postcode",
    [ROLE_NUMBER] = "number",   [ROLE_ADDRESS] = "address",   [ROLE_CONSENT] = "consent",
    [ROLE_SEX] = "sex",         [ROLE_TOTAL] = "total",       [ROLE_AREA] = "area",
    [ROLE_STATUS] = "status",   [ROLE_DUE] = "due",           [ROLE_ENTERED] = "entered",
};

const char *draft_loose(struct rk_arena *arena, const char *text)
{
    const char *folded = rk_text_fold(arena, text);
    char *out = rk_arena_alloc(arena, 4 * strlen(folded) + 8, 1);
    char *at = out;
    bool gap = false;

    while (*folded) {
        const char *start = folded;
        uint32_t character = rk_text_next(&folded);
        size_t bytes = (size_t)(folded - start);

        if (character == '\'') continue;
        if (character == '&') {
            at = stpcpy(at, at > out ? " and" : "and");
            gap = true;
        } else if (rk_text_is_letter(character) || rk_text_is_mark(character) ||
                   (character < 128 && isdigit((int)character))) {
            if (gap && at > out) *at++ = ' ';
            gap = false;
            memcpy(at, start, bytes);
            at += bytes;
        } else {
            gap = true;
        }
    }
    *at = '\0';
    return out;
}

size_t draft_split(struct rk_arena *arena, const char *loose, const char ***out)
{
    char *copy = rk_arena_copy(arena, loose);
    size_t count = 0, cap = 0;
    char *rest;

    *out = NULL;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        RK_ROOM(arena, *out, count, cap);
        (*out)[count++] = word;
    }
    return count;
}

static void read_phrases(struct rk_run *run, const struct rk_yaml *map, const char *key,
                         struct draft_phrases *out)
{
    rk_yaml_texts(run->arena, run->diag, map, key, &out->items, &out->count);
    out->words = RK_ARRAY(run->arena, const char *, out->count + 1);
    for (size_t i = 0; i < out->count; i++)
        out->words[i] = draft_loose(run->arena, out->items[i]);
}

static void read_known(struct rk_run *run, const char *name, const struct rk_yaml *list,
                       struct draft_known *out)
{
    out->name = name;
    out->meanings = RK_ARRAY(run->arena, struct draft_meaning, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        struct draft_meaning *meaning = &out->meanings[out->count++];

        rk_yaml_text(run->diag, list->items[i], "code", &meaning->code);
        rk_yaml_text(run->diag, list->items[i], "label", &meaning->label);
        read_phrases(run, list->items[i], "spellings", &meaning->spellings);
    }
}

static void read_orders(struct rk_run *run, const struct rk_yaml *map,
                        struct draft_words *words)
{
    if (!map || map->kind != RK_YAML_MAP) return;
    words->orders = RK_ARRAY(run->arena, struct draft_phrases, map->count + 1);
    for (size_t i = 0; i < map->count; i++)
        read_phrases(run, map, map->keys[i]->text, &words->orders[words->order_count++]);
}

static void read_all(struct rk_run *run, const struct rk_yaml *root,
                     struct draft_words *words)
{
    const struct rk_yaml *headings = rk_yaml_get(root, "headings");
    const struct rk_yaml *lists = rk_yaml_get(root, "lists");
    const struct {
        const char *key;
        struct draft_phrases *to;
    } rows[] = {
        {"missing", &words->missing},
        {"apart",   &words->apart  },
        {"done",    &words->done   },
        {"tests",   &words->tests  },
        {"footers", &words->footers},
        {"stop",    &words->stop   },
        {"references", &words->references},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        read_phrases(run, root, rows[i].key, rows[i].to);
    for (int role = ROLE_NONE + 1; role < DRAFT_ROLES; role++)
        read_phrases(run, headings, role_names[role], &words->roles[role]);
    read_orders(run, rk_yaml_get(root, "orders"), words);
    if (!lists || lists->kind != RK_YAML_MAP) return;
    words->lists = RK_ARRAY(run->arena, struct draft_known, lists->count + 1);
    for (size_t i = 0; i < lists->count; i++)
        read_known(run, lists->keys[i]->text, lists->items[i],
                   &words->lists[words->list_count++]);
}

rk_status draft_words_read(struct rk_run *run, const struct draft_words **out)
{
    struct draft_words *words = RK_NEW(run->arena, struct draft_words);
    size_t errors = rk_diag_errors(run->diag);
    struct rk_yaml *root;
    const char *path;

    RK_TRY(rk_run_share(run, "draft", "words.yaml", &path));
    RK_TRY(rk_yaml_read(run->arena, run->diag, path, &root));
    read_all(run, root, words);
    *out = words;
    return rk_diag_errors(run->diag) > errors ? RK_WORLD : RK_OK;
}

/* Does the phrase stand in the text, at the borders of words? */
static bool holds(const char *text, const char *phrase)
{
    size_t bytes = strlen(phrase);

    for (const char *at = text; bytes && (at = strstr(at, phrase)); at++)
        if ((at == text || at[-1] == ' ') && (at[bytes] == '\0' || at[bytes] == ' '))
            return true;
    return false;
}

/* "ReviewDate" and "review_date" are two words each. */
const char *draft_apart(struct rk_arena *scratch, const char *heading)
{
    char *out = rk_arena_alloc(scratch, 2 * strlen(heading) + 1, 1);
    char *at = out;

    for (const char *from = heading; *from; from++) {
        if (from > heading && isupper((unsigned char)*from) &&
            islower((unsigned char)from[-1]))
            *at++ = ' ';
        *at++ = *from;
    }
    *at = '\0';
    return draft_loose(scratch, out);
}

enum draft_role draft_words_role(const struct draft_words *words, struct rk_arena *scratch,
                                 const char *heading)
{
    const char *text = draft_apart(scratch, heading);

    for (int role = ROLE_NONE + 1; role < DRAFT_ROLES; role++)
        for (size_t i = 0; i < words->roles[role].count; i++)
            if (holds(text, words->roles[role].words[i])) return (enum draft_role)role;
    return ROLE_NONE;
}

long draft_words_find(const struct draft_phrases *phrases, struct rk_arena *scratch,
                      const char *text)
{
    const char *loose = draft_loose(scratch, text);
    const char *folded = rk_text_fold(scratch, text);

    for (size_t i = 0; i < phrases->count; i++) {
        if (*phrases->words[i] && strcmp(phrases->words[i], loose) == 0)
            return (long)i;
        if (!*phrases->words[i] &&
            strcmp(rk_text_fold(scratch, phrases->items[i]), folded) == 0)
            return (long)i;
    }
    return -1;
}

bool draft_words_has(const struct draft_phrases *phrases, struct rk_arena *scratch,
                     const char *text)
{
    return draft_words_find(phrases, scratch, text) >= 0;
}
