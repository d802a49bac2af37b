// SPDX-License-Identifier: MIT
/** A narrative's file to segments of prose. Nothing moves: a byte of the text is a byte of the
 *  file, so that every finding knows its line and column; what is no prose becomes blank. */
#include "render/lint_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

static void blank(struct lint *lint, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (lint->text[i] != '\n')
            lint->text[i] = ' ';
}

static void fill(struct lint *lint, size_t from, size_t to, char with)
{
    memset(lint->text + from, with, to - from);
}

static size_t line_end(const struct lint *lint, size_t at)
{
    const char *newline = memchr(lint->raw + at, '\n', lint->bytes - at);
    return newline ? (size_t)(newline - lint->raw) : lint->bytes;
}

static void index_lines(struct lint *lint)
{
    for (size_t at = 0; at <= lint->bytes; at = line_end(lint, at) + 1) {
        RK_ROOM(lint->arena, lint->lines, lint->line_count, lint->line_cap);
        lint->lines[lint->line_count++] = at;
    }
}

/* ---- tokens ---- */

static bool looks_like_cell(const char *id)
{
    int dots = 0;

    for (const char *p = id; *p; p++) {
        dots += *p == '.';
        if (isspace((unsigned char)*p))
            return false;
    }
    return dots == 3;
}

static void add_token(struct lint *lint, size_t start, size_t end)
{
    struct rk_arena *arena = lint->arena;
    char *text = rk_text_trim(rk_arena_copy_n(arena, lint->raw + start + 2, end - start - 4));
    char *bar = strchr(text, '|'), *word = bar ? bar + 1 : text + strlen(text);

    if (bar)
        *bar = '\0';
    text = rk_text_trim(text);
    if (strncmp(text, "say ", 4) == 0) {
        text = rk_text_trim(text + 4);
        word = rk_arena_copy(arena, "say");
    } else if (strncmp(text, "fragility ", 10) == 0) {
        text = rk_text_trim(text + 10);
        word = rk_arena_copy(arena, "fragility");
    }
    RK_ROOM(arena, lint->tokens, lint->token_count, lint->token_cap);
    lint->tokens[lint->token_count++] = (struct lint_token){
        .start = start,
        .end = end,
        .id = text,
        .word = rk_text_trim(word),
        .cell = lint->results ? results_find(lint->results, text) : NULL,
        .reported = strncmp(text, "reported ", 9) == 0,
        .names_cell = looks_like_cell(text),
    };
}

static void take_tokens(struct lint *lint)
{
    const char *p = lint->raw;

    while ((p = strstr(p, "{{"))) {
        const char *close = strstr(p, "}}"), *paragraph = strstr(p, "\n\n");
        if (!close || (paragraph && paragraph < close)) {
            p += 2;
            continue;
        }
        size_t start = (size_t)(p - lint->raw), end = (size_t)(close + 2 - lint->raw);
        add_token(lint, start, end);
        fill(lint, start, end, LINT_BOUND);
        p = close + 2;
    }
}

/* ---- what is no prose ---- */

static bool word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static void blank_reference(struct lint *lint, size_t at)
{
    size_t end = at + 1;

    while (end < lint->bytes && word_byte(lint->text[end]))
        end++;
    fill(lint, at, end, LINT_REFERENCE);
}

/** An address of the web or a mailbox: everything up to the next blank on both sides. */
static void blank_address(struct lint *lint, size_t at)
{
    size_t from = at, to = at;

    while (from > 0 && !strchr(" \n\t(<[\"", lint->text[from - 1]))
        from--;
    while (to < lint->bytes && !strchr(" \n\t)>]\"", lint->text[to]))
        to++;
    blank(lint, from, to);
}

static void blank_until(struct lint *lint, size_t at, const char *close)
{
    const char *end = strstr(lint->text + at, close);

    if (end)
        blank(lint, at, (size_t)(end - lint->text) + strlen(close));
}

/** `{#sec-x .annex}` or `{.plain}` at the end of a line; a block's braces hold titles. */
static void blank_braces(struct lint *lint, size_t at)
{
    const char *next = lint->text + at + 1;
    size_t before = at;

    while (before && lint->text[before - 1] == ' ')
        before--;
    if ((*next == '#' || *next == '.') && !(before && lint->text[before - 1] == ':'))
        blank_until(lint, at, "}");
}

static void blank_marks(struct lint *lint)
{
    char *text = lint->text;

    for (size_t i = 0; i < lint->bytes; i++) {
        if (strncmp(text + i, "<!--", 4) == 0)
            blank_until(lint, i, "-->");
        else if (strncmp(text + i, "](", 2) == 0)
            blank_until(lint, i, ")");
        else if (strncmp(text + i, "[^", 2) == 0)
            blank_until(lint, i, "]");
        else if (strncmp(text + i, "://", 3) == 0)
            blank_address(lint, i);
        else if (text[i] == '{')
            blank_braces(lint, i);
        else if (text[i] == '@' && i && word_byte(text[i - 1]))
            blank_address(lint, i);
        else if (text[i] == '@')
            blank_reference(lint, i);
    }
}

/* ---- segments ---- */

static struct lint_segment *add_segment(struct lint *lint, const struct lint_segment *like,
                                        size_t start, size_t end)
{
    RK_ROOM(lint->arena, lint->segments, lint->segment_count, lint->segment_cap);
    struct lint_segment *segment = &lint->segments[lint->segment_count++];

    *segment = *like;
    segment->start = start;
    segment->end = end;
    return segment;
}

/** The cells that the test of a claim names. */
static void take_tested(struct lint *lint, struct lint_segment *segment, const char *tests)
{
    char *copy = rk_arena_copy(lint->arena, tests), *save = NULL;
    size_t cap = 0;

    segment->claimed = true;
    for (char *word = strtok_r(copy, " \n\t:", &save); word;
         word = strtok_r(NULL, " \n\t:", &save)) {
        const struct cell *cell = lint->results ? results_find(lint->results, word) : NULL;
        if (!cell)
            continue;
        RK_ROOM(lint->arena, segment->tested, segment->tested_count, cap);
        segment->tested[segment->tested_count++] = cell;
    }
}

/** Does the test hold? Mistakes in it are narrative_claim's to tell. */
static bool claim_holds(struct lint *lint, const char *tests)
{
    struct reading quiet = *lint->reading;
    const char *line, *words;

    if (!lint->results)
        return true;
    quiet.diag = rk_diag_new(NULL);
    line = rk_arena_printf(lint->arena, "?? %s : \"yes\" else \"no\"", tests);
    words = narrative_claim(&quiet, line, RK_NOWHERE);
    rk_diag_free(quiet.diag);
    return words && strcmp(words, "yes") == 0;
}

/** From an opening quote at or behind `at` to its closing one; false when there is none. */
static bool quoted(const struct lint *lint, size_t at, size_t end, size_t *from, size_t *to)
{
    const char *open = memchr(lint->text + at, '"', end - at), *close;

    if (!open)
        return false;
    *from = (size_t)(open + 1 - lint->text);
    close = memchr(open + 1, '"', end - *from);
    *to = close ? (size_t)(close - lint->text) : end;
    return true;
}

/** `?? TEST : "words" else "words"`: two segments, one of which is idle. */
static void add_claim(struct lint *lint, const struct lint_segment *like, size_t start,
                      size_t end)
{
    struct lint_segment side = *like;
    size_t from, to;

    if (!quoted(lint, start, end, &from, &to))
        return;
    const char *tests = rk_arena_copy_n(lint->arena, lint->raw + start + 2, from - start - 3);
    char *colon = strrchr(tests, ':');
    if (colon)
        *colon = '\0';
    bool holds = claim_holds(lint, tests);

    take_tested(lint, &side, tests);
    side.idle = !holds;
    add_segment(lint, &side, from, to);
    if (!quoted(lint, to < end ? to + 1 : end, end, &from, &to))
        return;
    side.idle = holds;
    side.instead = true;
    add_segment(lint, &side, from, to);
}

static void add_prose(struct lint *lint, const struct lint_segment *like, size_t start,
                      size_t end)
{
    while (start < end && isspace((unsigned char)lint->text[start]))
        start++;
    while (end > start && isspace((unsigned char)lint->text[end - 1]))
        end--;
    if (start == end)
        return;
    if (strncmp(lint->text + start, "??", 2) == 0)
        add_claim(lint, like, start, end);
    else
        add_segment(lint, like, start, end);
}

/** Bytes of a list mark ("- ", "12. ") at `at`, or 0. */
static size_t list_mark(const struct lint *lint, size_t at)
{
    size_t p = at;

    if (strchr("-*+", lint->text[p]) && lint->text[p + 1] == ' ')
        return 2;
    while (isdigit((unsigned char)lint->text[p]))
        p++;
    return p > at && strchr(".)", lint->text[p]) && lint->text[p + 1] == ' ' ? p + 2 - at : 0;
}

/* ---- fenced blocks ---- */

static const struct fence *fence_at(const struct lint *lint, size_t line)
{
    const struct narrative_source *source = &lint->reading->source;

    for (size_t i = 0; i < source->fence_count; i++)
        if (source->fences[i].place.line == line)
            return &source->fences[i];
    return NULL;
}

/** Where the value of a key starts on the fence's line; 0 when it is not quoted there. */
static size_t value_at(const struct lint *lint, size_t start, size_t end, const char *key)
{
    const char *wanted = rk_arena_printf(lint->arena, " %s=\"", key);
    const char *found = memmem(lint->raw + start, end - start, wanted, strlen(wanted));

    return found ? (size_t)(found - lint->raw) + strlen(wanted) : 0;
}

static void add_attribute(struct lint *lint, struct lint_segment like, size_t start, size_t end,
                          const struct attribute *attribute)
{
    static const char small[] = "subtitle|note|alt|head|stub|by";
    size_t at = value_at(lint, start, end, attribute->key);

    if (!at)
        return;
    like.kind = lint_one_of(attribute->key, small) ? LINT_SMALL : LINT_TITLE;
    like.headline = like.kind == LINT_TITLE;
    if (like.headline || lint_one_of(attribute->key, small))
        add_segment(lint, &like, at, at + strlen(attribute->value));
}

static bool is_portrait(const struct fence *fence)
{
    return lint_one_of(fence->kind, "quote|quotes|case-study");
}

/** The words among a block's keys. */
static void add_attributes(struct lint *lint, const struct fence *fence, size_t start,
                           size_t end)
{
    struct lint_segment like = {.results = fence_value(fence, "result")};
    const char *claim = fence_value(fence, "claim");
    bool holds = !claim || claim_holds(lint, claim);

    if (claim)
        take_tested(lint, &like, claim);
    like.portrait = is_portrait(fence) ? fence : NULL;
    for (size_t i = 0; i < fence->count; i++) {
        const char *key = fence->attributes[i].key;
        bool title = strcmp(key, "title") == 0, other = strcmp(key, "else") == 0;
        if (!title && !other && !lint_one_of(key, "subtitle|note|alt|head|stub|by"))
            continue;
        like.instead = other;
        like.idle = (title && !holds) || (other && holds);
        add_attribute(lint, like, start, end, &fence->attributes[i]);
    }
}

/* ---- the walk ---- */

struct walk {
    const struct fence *open[16]; /**< blocks around the line */
    size_t depth;
    size_t start;                 /**< of the paragraph that is growing */
    bool growing;
};

static struct lint_segment surroundings(const struct walk *walk)
{
    struct lint_segment like = {0};

    for (size_t i = 0; i < walk->depth; i++) {
        const struct fence *fence = walk->open[i];
        const char *kind = fence->kind;
        like.headline |= strcmp(kind, "callout") == 0;
        if (!is_portrait(fence))
            continue;
        like.portrait = fence;
        like.cited |= fence_value(fence, "source") || fence_value(fence, "by");
    }
    return like;
}

static void end_paragraph(struct lint *lint, struct walk *walk, size_t at)
{
    struct lint_segment like = surroundings(walk);

    if (walk->growing)
        add_prose(lint, &like, walk->start, at);
    walk->growing = false;
}

static void take_fence(struct lint *lint, struct walk *walk, const struct fence *fence,
                       size_t start, size_t end)
{
    end_paragraph(lint, walk, start);
    if (fence->opens && fence->kind) {
        add_attributes(lint, fence, start, end);
        if (walk->depth < sizeof walk->open / sizeof *walk->open)
            walk->open[walk->depth++] = fence;
    } else if (walk->depth) {
        walk->depth--;
    }
}

static bool in_figure(const struct walk *walk)
{
    return walk->depth && strcmp(walk->open[walk->depth - 1]->kind, "figure") == 0;
}

static void take_heading(struct lint *lint, struct walk *walk, size_t start, size_t end)
{
    struct lint_segment like = {.kind = LINT_HEADING, .headline = true};
    size_t at = start;

    end_paragraph(lint, walk, start);
    while (at < end && strchr("# ", lint->text[at]))
        at++;
    add_prose(lint, &like, at + list_mark(lint, at), end); /* "## 1. Belief" */
}

static void take_line(struct lint *lint, struct walk *walk, size_t start, size_t end)
{
    size_t at = start, mark;

    while (at < end && (lint->text[at] == ' ' || lint->text[at] == '\t'))
        at++;
    if (at == end || lint->text[at] == '\r') {
        end_paragraph(lint, walk, start);
        return;
    }
    if (lint->text[at] == '#') {
        take_heading(lint, walk, at, end);
        return;
    }
    if (in_figure(walk)) { /* a line of a diagram */
        struct lint_segment like = {.kind = LINT_SMALL};
        add_prose(lint, &like, at, end);
        return;
    }
    mark = list_mark(lint, at);
    if (mark || strncmp(lint->raw + at, "[^", 2) == 0) {
        end_paragraph(lint, walk, start);
        blank(lint, at, at + mark);
    }
    if (!walk->growing)
        walk->start = at + mark;
    walk->growing = true;
}

/** Title and abstract are prose; the other keys are names and dates. */
static size_t take_front(struct lint *lint)
{
    static const char *const keys[] = {"title", "subtitle", "abstract", "subject"};
    const struct rk_yaml *front = lint->reading->source.front;
    size_t line = 1;

    if (!front || strncmp(lint->raw, "---", 3) != 0)
        return 0;
    while (line < lint->line_count && strncmp(lint->raw + lint->lines[line], "---", 3) != 0)
        line++;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct rk_yaml *node = rk_yaml_get(front, keys[i]);
        struct lint_segment like = {.kind = i < 2 ? LINT_TITLE : LINT_PARAGRAPH, .headline = i < 2};
        if (!node || node->kind != RK_YAML_TEXT || !node->line)
            continue;
        size_t first = node->line - 1, last = first + 1;
        while (last < line && strchr(" \t\n", lint->raw[lint->lines[last]]))
            last++;
        add_prose(lint, &like, lint->lines[first] + node->column - 1, lint->lines[last]);
    }
    return line + 1;
}

/** A block's braces may run over several lines; its last byte. */
static size_t fence_end(const struct lint *lint, const struct fence *fence, size_t start)
{
    size_t end = line_end(lint, start);
    const char *open = memchr(lint->raw + start, '{', end - start);
    bool inside = false;

    for (const char *p = open; fence->opens && p && *p; p++) {
        inside ^= *p == '"';
        if (*p == '}' && !inside)
            return line_end(lint, (size_t)(p - lint->raw));
    }
    return end;
}

void lint_text_read(struct lint *lint)
{
    struct walk walk = {0};

    lint->text = rk_arena_copy_n(lint->arena, lint->raw, lint->bytes);
    index_lines(lint);
    take_tokens(lint);
    blank_marks(lint);
    for (size_t i = take_front(lint); i < lint->line_count; i++) {
        size_t start = lint->lines[i], end = line_end(lint, start);
        const struct fence *fence = fence_at(lint, i + 1);
        if (fence) {
            end = fence_end(lint, fence, start);
            take_fence(lint, &walk, fence, start, end);
            while (i + 1 < lint->line_count && lint->lines[i + 1] <= end)
                i++;
        } else if (start < lint->bytes) {
            take_line(lint, &walk, start, end);
        }
    }
    end_paragraph(lint, &walk, lint->bytes);
}
