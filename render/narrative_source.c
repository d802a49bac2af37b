// SPDX-License-Identifier: MIT
#include "render/narrative_source.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/** The masked text while it grows. */
struct out {
    struct rk_arena *arena;
    char *text;
    size_t bytes, cap;
};

static void out_add(struct out *out, const char *text, size_t bytes)
{
    while (out->bytes + bytes + 1 > out->cap) {
        size_t cap = out->cap ? 2 * out->cap : 4096;
        out->text = rk_arena_grow(out->arena, out->text, out->bytes, cap, 1);
        out->cap = cap;
    }
    memcpy(out->text + out->bytes, text, bytes);
    out->bytes += bytes;
    out->text[out->bytes] = '\0';
}

static void out_newlines(struct out *out, const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from == '\n')
            out_add(out, "\n", 1);
}

static void out_token(struct out *out, size_t index)
{
    char token[40], open[4], close[4];
    size_t a = rk_text_put(open, TOKEN_OPEN), b = rk_text_put(close, TOKEN_CLOSE);
    int n = snprintf(token, sizeof token, "%.*s%zu%.*s", (int)a, open, index, (int)b, close);

    out_add(out, token, (size_t)n);
}

/* ---- a scan that knows its line and column ---- */

struct scan {
    struct narrative_source *source;
    const char *p, *end;
    const char *line_start;
    size_t line, column_shift;
};

static struct rk_place scan_place(const struct scan *scan, const char *at)
{
    return RK_AT(scan->source->path, scan->line,
                 (size_t)(at - scan->line_start) + 1 + scan->column_shift);
}

static void scan_to(struct scan *scan, const char *to)
{
    for (; scan->p < to; scan->p++)
        if (*scan->p == '\n') {
            scan->line++;
            scan->line_start = scan->p + 1;
            scan->column_shift = 0;
        }
}

static size_t add_token(struct narrative_source *source, enum token_kind kind, const char *text,
                        struct rk_place place)
{
    RK_ROOM(source->arena, source->tokens, source->token_count, source->token_cap);
    source->tokens[source->token_count] = (struct token){kind, text, place};
    return source->token_count++;
}

/** `{{ ... }}` at scan->p. */
static void take_number(struct scan *scan, struct out *out)
{
    const char *start = scan->p, *close = start;
    struct rk_place place = scan_place(scan, start);

    while (close < scan->end && strncmp(close, "}}", 2) != 0 &&
           strncmp(close, "\n\n", 2) != 0)
        close++;
    if (close >= scan->end || *close == '\n') {
        (void)rk_fail(scan->source->diag, RK_STUDY, place, "{{ is not closed by }}");
        out_add(out, "{{", 2);
        scan_to(scan, start + 2);
        return;
    }
    char *text = rk_arena_copy_n(scan->source->arena, start + 2, (size_t)(close - start - 2));
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    out_token(out, add_token(scan->source, TOKEN_NUMBER, rk_text_trim(text), place));
    out_newlines(out, start, close);
    scan_to(scan, close + 2);
}

static const char *const reference_kinds[] = {"tbl-", "fig-", "box-", "case-", "sec-", "annex-"};

static size_t reference_bytes(const char *p, const char *end)
{
    for (size_t i = 0; i < sizeof reference_kinds / sizeof reference_kinds[0]; i++) {
        size_t n = strlen(reference_kinds[i]);
        if ((size_t)(end - p) <= n || strncmp(p, reference_kinds[i], n) != 0)
            continue;
        while (p + n < end && (isalnum((unsigned char)p[n]) || p[n] == '-' || p[n] == '_'))
            n++;
        while (p[n - 1] == '-')
            n--;
        return n;
    }
    return 0;
}

/** `@tbl-belief` at scan->p, or the plain character. */
static void take_reference(struct scan *scan, struct out *out, const char *start)
{
    bool word_before = scan->p > start && isalnum((unsigned char)scan->p[-1]);
    size_t n = word_before ? 0 : reference_bytes(scan->p + 1, scan->end);

    if (n) {
        char *label = rk_arena_copy_n(scan->source->arena, scan->p + 1, n);
        out_token(out,
                  add_token(scan->source, TOKEN_REFERENCE, label, scan_place(scan, scan->p)));
        scan_to(scan, scan->p + 1 + n);
    } else {
        out_add(out, "@", 1);
        scan_to(scan, scan->p + 1);
    }
}

/** Masks up to `end`; code spans are left alone. */
static void take_text(struct scan *scan, struct out *out, const char *end)
{
    const char *start = scan->p;
    bool code = false;

    while (scan->p < end) {
        if (*scan->p == '`')
            code = !code;
        if (!code && strncmp(scan->p, "{{", 2) == 0) {
            take_number(scan, out);
        } else if (!code && *scan->p == '@') {
            take_reference(scan, out, start);
        } else {
            out_add(out, scan->p, 1);
            scan_to(scan, scan->p + 1);
        }
    }
}

/* ---- fences ---- */

static bool is_fence(const char *line, const char *end)
{
    const char *p = line;

    while (p < end && *p == ':')
        p++;
    if (p - line < 3)
        return false;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    return p >= end || *p == '\n' || *p == '{';
}

/** End of `{...}` that starts at p, quotes respected; NULL when it is not closed. */
static const char *brace_end(const char *p, const char *end)
{
    bool quoted = false;

    for (; p < end; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == '}' && !quoted)
            return p;
    }
    return NULL;
}

static void fence_attribute(struct narrative_source *source, struct fence *fence, size_t *cap,
                            const char **p)
{
    const char *key = *p;
    char *value;

    while (**p && **p != '=' && !isspace((unsigned char)**p))
        ++*p;
    char *name = rk_arena_copy_n(source->arena, key, (size_t)(*p - key));
    if (**p != '=') {
        (void)rk_fail(source->diag, RK_STUDY, fence->place,
                      "\"%s\" is neither .kind, #label nor key=value", name);
        return;
    }
    const char *start = ++*p;
    if (*start == '"') {
        start = ++*p;
        while (**p && **p != '"')
            ++*p;
        value = rk_arena_copy_n(source->arena, start, (size_t)(*p - start));
        *p += **p == '"';
    } else {
        while (**p && !isspace((unsigned char)**p))
            ++*p;
        value = rk_arena_copy_n(source->arena, start, (size_t)(*p - start));
    }
    RK_ROOM(source->arena, fence->attributes, fence->count, *cap);
    fence->attributes[fence->count++] = (struct attribute){name, value};
}

static void fence_words(struct narrative_source *source, struct fence *fence, const char *p)
{
    size_t cap = 0;

    while (*p) {
        const char *start = p;
        if (isspace((unsigned char)*p)) {
            p++;
        } else if (*p == '.' || *p == '#') {
            while (*p && !isspace((unsigned char)*p))
                p++;
            char *word = rk_arena_copy_n(source->arena, start + 1, (size_t)(p - start - 1));
            if (*start == '.')
                fence->kind = word;
            else
                fence->label = word;
        } else {
            fence_attribute(source, fence, &cap, &p);
        }
    }
}

static void add_fence(struct narrative_source *source, struct out *out, struct fence fence)
{
    char marker[40];
    int n = snprintf(marker, sizeof marker, "<!--fence %zu-->", source->fence_count);

    out_add(out, marker, (size_t)n);
    RK_ROOM(source->arena, source->fences, source->fence_count, source->fence_cap);
    source->fences[source->fence_count++] = fence;
}

static const char *line_end(const char *p, const char *end)
{
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    return newline ? newline : end;
}

/** A figure's lines up to its closing fence, kept as they are. */
static void take_raw(struct scan *scan, struct out *out, struct fence *fence)
{
    size_t cap = 0;

    fence->raw_line = scan->line;
    while (scan->p < scan->end && !is_fence(scan->p, line_end(scan->p, scan->end))) {
        const char *end = line_end(scan->p, scan->end);
        RK_ROOM(scan->source->arena, fence->raw, fence->raw_count, cap);
        fence->raw[fence->raw_count++] =
            rk_arena_copy_n(scan->source->arena, scan->p, (size_t)(end - scan->p));
        out_newlines(out, scan->p, end < scan->end ? end + 1 : end);
        scan_to(scan, end < scan->end ? end + 1 : end);
    }
}

static void take_fence(struct scan *scan, struct out *out)
{
    struct narrative_source *source = scan->source;
    const char *start = scan->p, *brace = memchr(start, '{', (size_t)(line_end(start, scan->end) - start));
    struct fence fence = {.place = scan_place(scan, start), .opens = brace != NULL};
    const char *close = brace ? brace_end(brace, scan->end) : NULL;

    if (brace && !close)
        (void)rk_fail(source->diag, RK_STUDY, fence.place, "{ is not closed by }");
    const char *end = line_end(close ? close : start, scan->end);
    if (close)
        fence_words(source, &fence,
                    rk_arena_copy_n(source->arena, brace + 1, (size_t)(close - brace - 1)));
    if (fence.opens && !fence.kind) {
        (void)rk_fail(source->diag, RK_STUDY, fence.place,
                      "a block needs its kind: ::: {.table ...}");
        fence.kind = "";
    }
    size_t index = source->fence_count;
    add_fence(source, out, fence);
    out_newlines(out, start, end < scan->end ? end + 1 : end);
    scan_to(scan, end < scan->end ? end + 1 : end);
    if (fence.opens && strcmp(fence.kind, "figure") == 0)
        take_raw(scan, out, &source->fences[index]);
}

/* ---- the file ---- */

static bool starts_with_line(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    const char *stop = line_end(p, end);

    while (stop > p && (stop[-1] == ' ' || stop[-1] == '\r'))
        stop--;
    return (size_t)(stop - p) == n && strncmp(p, word, n) == 0;
}

static rk_status take_front(struct scan *scan, struct out *out)
{
    const char *start, *p;
    struct narrative_source *source = scan->source;

    if (!starts_with_line(scan->p, scan->end, "---"))
        return RK_OK;
    start = p = line_end(scan->p, scan->end) + 1;
    while (p < scan->end && !starts_with_line(p, scan->end, "---"))
        p = line_end(p, scan->end) + 1;
    if (p >= scan->end)
        return rk_fail(source->diag, RK_STUDY, RK_AT(source->path, 1, 1),
                       "the front matter is not closed by a line of ---");
    RK_TRY(rk_yaml_parse(source->arena, source->diag, source->path, start,
                         (size_t)(p - start), 2, &source->front));
    p = line_end(p, scan->end);
    p = p < scan->end ? p + 1 : p;
    out_newlines(out, scan->p, p);
    scan_to(scan, p);
    return RK_OK;
}

rk_status narrative_source_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                                struct narrative_source *out)
{
    struct out masked = {.arena = arena};
    struct scan scan = {.source = out, .line = 1};
    char *text;
    size_t bytes;

    *out = (struct narrative_source){.arena = arena, .diag = diag, .path = path};
    RK_TRY(rk_file_read(arena, diag, path, &text, &bytes));
    if (!rk_text_is_utf8(text, bytes))
        return rk_fail(diag, RK_STUDY, RK_AT(path, 0, 0), "is not UTF-8 text");
    scan.p = scan.line_start = text;
    scan.end = text + bytes;
    out_add(&masked, "", 0);
    RK_TRY(take_front(&scan, &masked));
    while (scan.p < scan.end) {
        const char *end = line_end(scan.p, scan.end);
        if (is_fence(scan.p, end))
            take_fence(&scan, &masked);
        else
            take_text(&scan, &masked, end < scan.end ? end + 1 : end);
    }
    out->text = masked.text;
    return RK_OK;
}

const char *narrative_source_inline(struct narrative_source *source, const char *text,
                                    struct rk_place place)
{
    struct out masked = {.arena = source->arena};
    struct scan scan = {
        .source = source,
        .p = text,
        .end = text + strlen(text),
        .line_start = text,
        .line = place.line,
        .column_shift = place.column ? place.column - 1 : 0,
    };

    out_add(&masked, "", 0);
    take_text(&scan, &masked, scan.end);
    return masked.text;
}

const char *fence_value(const struct fence *fence, const char *key)
{
    for (size_t i = 0; i < fence->count; i++)
        if (strcmp(fence->attributes[i].key, key) == 0)
            return fence->attributes[i].value;
    return NULL;
}
