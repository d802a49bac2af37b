// SPDX-License-Identifier: MIT
#include "pipeline/contract/jdoc.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A struct jnode is jansson's json_t under a name of ours. */
static json_t *theirs(const struct jnode *node)
{
    union {
        const struct jnode *ours;
        json_t *theirs;
    } either = {node};

    return either.theirs;
}

static struct jnode *ours(json_t *node)
{
    if (!node) rk_out_of_memory();
    return (struct jnode *)node;
}

struct jnode *jdoc_new(void)
{
    return ours(json_object());
}

void jdoc_free(struct jnode *root)
{
    json_decref(theirs(root));
}

static struct jnode *put(struct jnode *into, const char *key, json_t *value)
{
    struct jnode *node = ours(value);
    int failed = key ? json_object_set_new(theirs(into), key, value)
                     : json_array_append_new(theirs(into), value);

    if (failed) rk_out_of_memory();
    return node;
}

/* File names need not be UTF-8, JSON must be: other bytes become question marks. */
static json_t *lossy_string(const char *text)
{
    size_t bytes = strlen(text);
    char *copy = malloc(bytes + 1);
    json_t *made;

    if (!copy) rk_out_of_memory();
    for (size_t i = 0; i <= bytes; i++)
        copy[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
    made = json_string(copy);
    free(copy);
    return made;
}

void jdoc_text(struct jnode *into, const char *key, const char *value)
{
    const char *text = value ? value : "";
    bool sound = rk_text_is_utf8(text, strlen(text));

    put(into, key, sound ? json_string(text) : lossy_string(text));
}

void jdoc_long(struct jnode *into, const char *key, long value)
{
    put(into, key, json_integer(value));
}

void jdoc_bool(struct jnode *into, const char *key, bool value)
{
    put(into, key, json_boolean(value));
}

struct jnode *jdoc_object(struct jnode *into, const char *key)
{
    return put(into, key, json_object());
}

struct jnode *jdoc_list(struct jnode *into, const char *key)
{
    return put(into, key, json_array());
}

void jdoc_remove(struct jnode *object, const char *key)
{
    json_object_del(theirs(object), key);
}

const struct jnode *jdoc_get(const struct jnode *object, const char *key)
{
    return object ? (const struct jnode *)json_object_get(theirs(object), key) : NULL;
}

const char *jdoc_get_text(const struct jnode *object, const char *key,
                          const char *otherwise)
{
    const struct jnode *node = jdoc_get(object, key);
    const char *text = node ? json_string_value(theirs(node)) : NULL;

    return text ? text : otherwise;
}

long jdoc_get_long(const struct jnode *object, const char *key, long otherwise)
{
    const struct jnode *node = jdoc_get(object, key);

    return node && json_is_integer(theirs(node)) ? (long)json_integer_value(theirs(node))
                                                 : otherwise;
}

size_t jdoc_count(const struct jnode *list)
{
    return list ? json_array_size(theirs(list)) : 0;
}

const struct jnode *jdoc_item(const struct jnode *list, size_t at)
{
    return (const struct jnode *)json_array_get(theirs(list), at);
}

char *jdoc_print(struct rk_arena *arena, const struct jnode *root)
{
    char *text = json_dumps(theirs(root), JSON_INDENT(2));
    char *copy;

    if (!text) rk_out_of_memory();
    copy = rk_arena_printf(arena, "%s\n", text);
    free(text);
    return copy;
}

rk_status jdoc_parse(struct rk_diag *diag, const char *path, const char *text, size_t bytes,
                     struct jnode **out)
{
    json_error_t error;
    json_t *root = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &error);

    if (root && json_is_object(root)) {
        *out = ours(root);
        return RK_OK;
    }
    if (root) {
        json_decref(root);
        return rk_fail(diag, RK_WORLD, RK_AT(path, 1, 1), "not a JSON object");
    }
    if (json_error_code(&error) == json_error_out_of_memory) rk_out_of_memory();
    return rk_fail(diag, RK_WORLD,
                   RK_AT(path, error.line > 0 ? (size_t)error.line : 0,
                         error.column > 0 ? (size_t)error.column : 0),
                   "not JSON: %s", error.text);
}
