// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdarg.h>
#include <string.h>

void study_say_at(struct study_reader *reader, struct rk_place place, const char *format,
                  ...)
{
    va_list args;

    va_start(args, format);
    rk_diag_say(reader->diag, RK_DIAG_ERROR, place, "%s",
                rk_arena_vprintf(reader->arena, format, args));
    va_end(args);
}

void study_say(struct study_reader *reader, const struct rk_yaml *node, const char *format,
               ...)
{
    va_list args;

    va_start(args, format);
    rk_diag_say(reader->diag, RK_DIAG_ERROR, rk_yaml_place(node), "%s",
                rk_arena_vprintf(reader->arena, format, args));
    va_end(args);
}

const char *study_hint(struct study_reader *reader, const char *word,
                       const char *const *known, size_t count)
{
    const char *nearest = rk_text_nearest(word, known, count);

    return nearest ? rk_arena_printf(reader->arena, "; did you mean \"%s\"?", nearest) : "";
}

struct rk_place study_text_place(const struct rk_yaml *node)
{
    struct rk_place place = rk_yaml_place(node);

    if (node && node->quoted) place.column++;
    return place;
}

bool study_name_ok(struct study_reader *reader, const struct rk_yaml *key, const char *what)
{
    static const char *const reserved[] = {
        "is",      "in",           "not",       "and",      "or",          "missing",
        "invalid", "answered",     "begins",    "contains", "matches",     "all",
        "cut_off", "period_start", "file_line",   "datapackage", NULL,
    };

    for (size_t i = 0; reserved[i]; i++) {
        if (strcmp(key->text, reserved[i]) == 0) {
            study_say(reader, key, "\"%s\" is a word of the language, it cannot name a %s",
                      key->text, what);
            return false;
        }
    }
    if (name_is_valid(key->text)) return true;
    study_say(reader, key,
              "\"%s\" cannot name a %s: a name is a-z, 0-9 and _ and starts with a "
              "letter; perhaps \"%s\"",
              key->text, what, rk_text_code(reader->arena, key->text));
    return false;
}

static const char *const kind_words[] = {[RK_YAML_TEXT] = "a text",
                                         [RK_YAML_LIST] = "a list",
                                         [RK_YAML_MAP] = "keys with values"};

static bool is_kind(struct study_reader *reader, const struct rk_yaml *node,
                    enum rk_yaml_kind kind, const char *what)
{
    if (node->kind == kind) return true;
    study_say(reader, node, "%s: expected %s, found %s", what, kind_words[kind],
              kind_words[node->kind]);
    return false;
}

const char *study_text_of(struct study_reader *reader, const struct rk_yaml *node,
                          const char *what)
{
    return is_kind(reader, node, RK_YAML_TEXT, what) ? node->text : NULL;
}

size_t study_entries(struct study_reader *reader, const struct rk_yaml *map,
                     const char *what)
{
    return map && is_kind(reader, map, RK_YAML_MAP, what) ? map->count : 0;
}

size_t study_items(struct study_reader *reader, const struct rk_yaml *list,
                   const char *what)
{
    return list && is_kind(reader, list, RK_YAML_LIST, what) ? list->count : 0;
}

static void read_key(struct study_reader *reader, const struct rk_yaml *map,
                     const struct study_key *key, void *target)
{
    void *field = (char *)target + key->offset;

    switch (key->kind) {
    case KEY_TEXT:
        rk_yaml_text(reader->diag, map, key->name, field);
        break;
    case KEY_TEXTS:
        rk_yaml_texts(reader->arena, reader->diag, map, key->name, field,
                      (size_t *)(void *)((char *)target + key->count));
        break;
    case KEY_LONG:
        rk_yaml_long(reader->diag, map, key->name, field);
        break;
    case KEY_DOUBLE:
        rk_yaml_double(reader->diag, map, key->name, field);
        break;
    case KEY_BOOL:
        rk_yaml_bool(reader->diag, map, key->name, field);
        break;
    case KEY_DATE:
        rk_yaml_date(reader->diag, map, key->name, field);
        break;
    case KEY_CHOICE:
        rk_yaml_choice(reader->diag, map, key->name, key->choices, field);
        break;
    case KEY_OTHER:
        break;
    }
}

static bool key_is_for(const struct study_key *key, unsigned kind)
{
    return !key->kinds || !kind || (key->kinds & kind);
}

static void check_known(struct study_reader *reader, const struct rk_yaml *map,
                        const struct study_key *keys, size_t count)
{
    const char **names = RK_ARRAY(reader->arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++)
        names[i] = keys[i].name;
    rk_yaml_known(reader->diag, map, names);
}

static const struct rk_yaml *key_node(const struct rk_yaml *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i]->text, key) == 0) return map->keys[i];
    return NULL;
}

bool study_keys_read(struct study_reader *reader, const struct rk_yaml *map,
                     const struct study_key *keys, size_t count, unsigned kind,
                     const char *thing, void *target)
{
    if (!is_kind(reader, map, RK_YAML_MAP, thing)) return false;
    check_known(reader, map, keys, count);
    for (size_t i = 0; i < count; i++) {
        const struct rk_yaml *node = key_node(map, keys[i].name);

        if (node && !key_is_for(&keys[i], kind))
            study_say(reader, node, "\"%s\" has no meaning for %s", keys[i].name, thing);
        else if (node)
            read_key(reader, map, &keys[i], target);
        else if (keys[i].required && key_is_for(&keys[i], kind))
            study_say(reader, map, "%s needs the key \"%s\"", thing, keys[i].name);
    }
    return true;
}
