// SPDX-License-Identifier: MIT
#include "pipeline/contract/codes.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

bool code_is_valid(const char *code)
{
    return *code && code[strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

bool name_is_valid(const char *name)
{
    return *name >= 'a' && *name <= 'z' && code_is_valid(name);
}

struct code_list *code_list_new(struct rk_arena *arena, const char *name, const char *path)
{
    struct code_list *list = RK_NEW(arena, struct code_list);

    list->name = name;
    list->path = path;
    list->lookup = rk_map_new(arena);
    return list;
}

int code_list_match(const struct code_list *list, struct rk_arena *scratch,
                    const char *text)
{
    long at = rk_map_find(list->lookup, rk_text_fold(scratch, text));

    return at < 0 ? -1 : list->code_of[at];
}

int code_list_find(const struct code_list *list, const char *code)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->codes[i], code) == 0) return (int)i;
    return -1;
}

bool code_list_alias(struct rk_arena *arena, struct code_list *list, const char *text,
                     int code)
{
    size_t known = rk_map_count(list->lookup);
    size_t at = rk_map_add(list->lookup, rk_text_fold(arena, text));

    if (at < known) return list->code_of[at] == code;
    RK_ROOM(arena, list->code_of, known, list->lookup_cap);
    list->code_of[at] = code;
    return true;
}

int code_list_add(struct rk_arena *arena, struct code_list *list, const char *code,
                  const char *label)
{
    int at = list->open ? code_list_match(list, arena, code) : code_list_find(list, code);
    size_t cap = list->cap;

    if (at >= 0) return at;
    RK_ROOM(arena, list->codes, list->count, cap);
    RK_ROOM(arena, list->labels, list->count, list->cap);
    at = (int)list->count++;
    list->codes[at] = rk_arena_copy(arena, code);
    list->labels[at] = rk_arena_copy(arena, label);
    code_list_alias(arena, list, code, at);
    code_list_alias(arena, list, label, at);
    return at;
}

int code_list_nearest(const struct code_list *list, struct rk_arena *scratch,
                      const char *text)
{
    size_t count = rk_map_count(list->lookup);
    const char **words = RK_ARRAY(scratch, const char *, count + 1);
    const char *nearest;

    for (size_t i = 0; i < count; i++)
        words[i] = rk_map_key(list->lookup, i);
    nearest = rk_text_nearest(rk_text_fold(scratch, text), words, count);
    return nearest ? list->code_of[rk_map_find(list->lookup, nearest)] : -1;
}
