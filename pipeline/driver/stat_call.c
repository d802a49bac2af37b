// SPDX-License-Identifier: MIT
#include "pipeline/driver/stat_priv.h"

#include <string.h>

#include "pipeline/base/rk_text.h"

void *stat_alloc(struct stat_call *call, size_t count, size_t size)
{
    /* An empty array still has an address, so that callers need not ask. */
    return rk_arena_alloc(call->arena, count ? count : 1, size);
}

static const char *find(const struct stat_call *call, const char *key)
{
    for (size_t i = 0; i < call->n_pairs; i++)
        if (strcmp(call->pairs[i].key, key) == 0) return call->pairs[i].value;
    return NULL;
}

bool stat_has(const struct stat_call *call, const char *key)
{
    return find(call, key) != NULL;
}

const char *stat_text_or(struct stat_call *call, const char *key, const char *otherwise)
{
    const char *value = find(call, key);
    return value ? value : otherwise;
}

const char *stat_text(struct stat_call *call, const char *key)
{
    const char *value = find(call, key);
    if (!value)
        stat_misuse(call, "%s is missing; %s takes: %s", key, call->method->name,
                    call->method->inputs);
    return value;
}

/* The keys a method takes, from its row. `data` brings its companions along. */
static const char **known_keys(struct stat_call *call, size_t *n)
{
    static const char *const companions[] = {"filter", "na", "order"};
    char *list = rk_arena_copy(call->arena, call->method->inputs), *rest = NULL;
    const char **keys = STAT_NEW(call, strlen(list) + 4, const char *);

    *n = 0;
    for (char *key = strtok_r(list, " []|", &rest); key;
         key = strtok_r(NULL, " []|", &rest)) {
        keys[(*n)++] = key;
        if (strcmp(key, "data") == 0)
            for (size_t i = 0; i < sizeof companions / sizeof *companions; i++)
                keys[(*n)++] = companions[i];
    }
    keys[(*n)++] = "note";
    return keys;
}

static bool is_among(const char *word, const char **words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static void check_keys(struct stat_call *call)
{
    size_t n;
    const char **keys = known_keys(call, &n);

    for (size_t i = 0; i < call->n_pairs; i++) {
        const char *key = call->pairs[i].key;
        /* A key is one word; several are a remark ("B is a subset of A"). */
        if (is_among(key, keys, n) || strchr(key, ' ')) continue;
        const char *nearest = rk_text_nearest(key, keys, n);
        stat_misuse(call, "%s does not take \"%s\"%s%s%s; it takes: %s", call->method->name,
                    key, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                    nearest ? "\"?" : "", call->method->inputs);
    }
}

/* key=value;key=value. A part without = is a key whose presence says it all. */
static void read_pairs(struct stat_call *call, const char *input)
{
    struct stat_words parts = stat_split(call, input, ';');

    for (size_t i = 0; i < parts.n; i++) {
        if (!*parts.word[i]) continue;
        char *key = rk_arena_copy(call->arena, parts.word[i]), *value = strchr(key, '=');
        if (value) *value++ = '\0';
        struct stat_pair pair = {rk_text_trim(key), value ? rk_text_trim(value) : ""};
        if (stat_has(call, pair.key)) stat_misuse(call, "%s is given twice", pair.key);
        RK_ROOM(call->arena, call->pairs, call->n_pairs, call->cap_pairs);
        call->pairs[call->n_pairs++] = pair;
    }
}

struct stat_call *stat_answer(struct stat_session *session, struct rk_arena *arena,
                              const char *method, const char *input)
{
    struct stat_call *call = RK_NEW(arena, struct stat_call);
    const char *nearest = NULL;

    call->session = session;
    call->arena = arena;
    call->method = stat_find(method, &nearest);
    if (!call->method) {
        stat_misuse(call, "there is no method \"%s\"%s%s%s", method,
                    nearest ? "; did you mean \"" : "; see: reckon stat --list",
                    nearest ? nearest : "", nearest ? "\"?" : "");
        return call;
    }
    read_pairs(call, input);
    check_keys(call);
    if (!stat_stopped(call)) call->method->ask(call);
    return call;
}

/* ---- what went wrong --------------------------------------------------------------- */

/* The first reason is the one that explains the others. */
static void stop(struct stat_call *call, enum stat_state state, const char *format,
                 va_list args)
{
    if (call->state != STAT_ANSWERED) return;
    call->state = state;
    call->reason = rk_arena_vprintf(call->arena, format, args);
}

void stat_refuse(struct stat_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    stop(call, STAT_REFUSED, format, args);
    va_end(args);
}

void stat_misuse(struct stat_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    stop(call, STAT_MISUSED, format, args);
    va_end(args);
}

bool stat_ok(struct stat_call *call, stats_status status)
{
    if (status != STATS_OK) stat_refuse(call, "%s", stats_status_text(status));
    return status == STATS_OK;
}

bool stat_stopped(const struct stat_call *call)
{
    return call->state != STAT_ANSWERED;
}
