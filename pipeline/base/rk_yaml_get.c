// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/base/rk_yaml.h"

#include <stdio.h>
#include <string.h>

const struct rk_yaml *rk_yaml_get(const struct rk_yaml *map, const char *key)
{
    if (!map || map->kind != RK_YAML_MAP) return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i]->text, key) == 0) return map->items[i];
    return NULL;
}

const struct rk_yaml *rk_yaml_at(const struct rk_yaml *map, const char *key)
{
    const struct rk_yaml *node = rk_yaml_get(map, key);

    return node ? node : map;
}

struct rk_place rk_yaml_place(const struct rk_yaml *node)
{
    return node ? RK_AT(node->file, node->line, node->column) : RK_NOWHERE;
}

static const char *const kind_names[] = {"a text", "a list", "a map of keys"};

static void complain(struct rk_diag *diag, const struct rk_yaml *node, const char *key,
                     const char *wanted)
{
    if (node->kind == RK_YAML_TEXT)
        rk_diag_say(diag, RK_DIAG_ERROR, rk_yaml_place(node), "%s is \"%s\"; expected %s",
                    key, node->text, wanted);
    else
        rk_diag_say(diag, RK_DIAG_ERROR, rk_yaml_place(node), "%s is %s; expected %s", key,
                    kind_names[node->kind], wanted);
}

/* Text of a key; NULL when it is absent, or is none, which is said. */
static const char *text_of(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                           const char *wanted)
{
    const struct rk_yaml *node = rk_yaml_get(map, key);

    if (!node) return NULL;
    if (node->kind == RK_YAML_TEXT) return node->text;
    complain(diag, node, key, wanted);
    return NULL;
}

void rk_yaml_text(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  const char **out)
{
    const char *text = text_of(diag, map, key, "a text");

    if (text) *out = text;
}

void rk_yaml_long(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  long *out)
{
    static const char wanted[] = "a whole number";
    const char *text = text_of(diag, map, key, wanted);

    if (text && !rk_text_integer(text, out))
        complain(diag, rk_yaml_get(map, key), key, wanted);
}

void rk_yaml_double(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                    double *out)
{
    static const char wanted[] = "a number such as 0.95";
    const char *text = text_of(diag, map, key, wanted);

    if (text && !rk_text_number(text, out))
        complain(diag, rk_yaml_get(map, key), key, wanted);
}

void rk_yaml_bool(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  bool *out)
{
    static const char wanted[] = "yes or no";
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        {"yes",   true },
        {"true",  true },
        {"no",    false},
        {"false", false}
    };
    const char *text = text_of(diag, map, key, wanted);

    if (!text) return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i].word) == 0) {
            *out = words[i].value;
            return;
        }
    }
    complain(diag, rk_yaml_get(map, key), key, wanted);
}

void rk_yaml_date(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  long *out)
{
    static const char wanted[] = "a date such as 2015-09-30";
    const char *text = text_of(diag, map, key, wanted);

    if (text && !rk_date_parse(text, out))
        complain(diag, rk_yaml_get(map, key), key, wanted);
}

static size_t count_names(const char *const *names)
{
    size_t count = 0;

    while (names[count])
        count++;
    return count;
}

/* "one, two or three" into a buffer; what does not fit is left out. */
static const char *join(const char *const *names, char *out, size_t room)
{
    size_t count = count_names(names), used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && used < room; i++) {
        const char *between = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        int bytes = snprintf(out + used, room - used, "%s%s", between, names[i]);

        used += bytes > 0 ? (size_t)bytes : 0;
    }
    return out;
}

void rk_yaml_choice(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                    const char *const *names, int *out)
{
    char wanted[512];
    const char *text = text_of(diag, map, key, join(names, wanted, sizeof wanted));
    const char *nearest;

    if (!text) return;
    for (int i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            return;
        }
    }
    nearest = rk_text_nearest(text, names, count_names(names));
    if (nearest)
        rk_diag_say(diag, RK_DIAG_ERROR, rk_yaml_place(rk_yaml_get(map, key)),
                    "%s is \"%s\"; did you mean \"%s\"? Expected %s", key, text, nearest,
                    wanted);
    else
        complain(diag, rk_yaml_get(map, key), key, wanted);
}

void rk_yaml_texts(struct rk_arena *arena, struct rk_diag *diag, const struct rk_yaml *map,
                   const char *key, const char ***out, size_t *count)
{
    static const char wanted[] = "a text or a list of texts";
    const struct rk_yaml *node = rk_yaml_get(map, key);
    const char **texts;

    if (!node) return;
    if (node->kind == RK_YAML_MAP) {
        complain(diag, node, key, wanted);
        return;
    }
    if (node->kind == RK_YAML_TEXT) {
        *out = RK_ARRAY(arena, const char *, 1);
        (*out)[0] = node->text;
        *count = 1;
        return;
    }
    texts = RK_ARRAY(arena, const char *, node->count);
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind != RK_YAML_TEXT) {
            complain(diag, node->items[i], key, "a text in this list");
            return;
        }
        texts[i] = node->items[i]->text;
    }
    *out = texts;
    *count = node->count;
}

static bool is_among(const char *text, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(text, *names) == 0) return true;
    return false;
}

void rk_yaml_known(struct rk_diag *diag, const struct rk_yaml *map,
                   const char *const *known)
{
    size_t count = count_names(known);
    char wanted[512];

    if (!map || map->kind != RK_YAML_MAP) return;
    for (size_t i = 0; i < map->count; i++) {
        const struct rk_yaml *key = map->keys[i];
        const char *nearest;

        if (is_among(key->text, known)) continue;
        nearest = rk_text_nearest(key->text, known, count);
        if (nearest)
            rk_diag_say(diag, RK_DIAG_ERROR, rk_yaml_place(key),
                        "unknown key \"%s\"; did you mean \"%s\"?", key->text, nearest);
        else
            rk_diag_say(diag, RK_DIAG_ERROR, rk_yaml_place(key),
                        "unknown key \"%s\"; expected %s", key->text,
                        join(known, wanted, sizeof wanted));
    }
}
