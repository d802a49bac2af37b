// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_diag.h"

#include "pipeline/base/rk_progress.h"
#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_text.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_OF_A_KIND = 5, FIRST_MAX = 300, TEXT_MAX = 2048, LINE_BYTES = 4 * TEXT_MAX };

/* Messages with one format are one kind. */
struct kind {
    enum rk_diag_level level;
    size_t said;
    const char *first;    /**< text of the first one, for the count at the end */
    struct rk_place last; /**< of the last one that was not shown */
};

struct rk_diag {
    const char *program;
    bool quiet, verbose, colour;
    size_t errors, warnings, said;
    struct rk_arena *arena;
    struct rk_map *formats, *files;
    struct kind *kinds; /**< by position in formats */
    size_t kind_cap;
};

struct rk_diag *rk_diag_new(const char *program)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = RK_NEW(arena, struct rk_diag);
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    diag->arena = arena;
    diag->program = program ? rk_arena_copy(arena, program) : NULL;
    diag->formats = rk_map_new(arena);
    diag->files = rk_map_new(arena);
    diag->colour = isatty(STDERR_FILENO) && !(no_colour && *no_colour) && terminal &&
                   strcmp(terminal, "dumb") != 0;
    return diag;
}

void rk_diag_free(struct rk_diag *diag)
{
    if (diag) rk_arena_free(diag->arena);
}

void rk_diag_verbosity(struct rk_diag *diag, bool quiet, bool verbose)
{
    diag->quiet = quiet;
    diag->verbose = verbose;
}

size_t rk_diag_errors(const struct rk_diag *diag)
{
    return diag->errors;
}

size_t rk_diag_warnings(const struct rk_diag *diag)
{
    return diag->warnings;
}

size_t rk_diag_said(const struct rk_diag *diag)
{
    return diag->said;
}

/* A line under construction; what does not fit is left out, its end marked. */
struct line {
    char text[LINE_BYTES];
    size_t used;
};

static void put(struct line *line, const char *text, size_t bytes)
{
    size_t room = sizeof line->text - line->used;

    if (bytes > room) bytes = room;
    memcpy(line->text + line->used, text, bytes);
    line->used += bytes;
}

static void put_text(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

/* Control characters move a terminal's cursor, directional marks reorder what is read. */
static bool is_dangerous(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e ||
           c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xfeff;
}

static void put_escaped(struct line *line, const char *text)
{
    while (*text) {
        const char *start = text;
        uint32_t c = rk_text_next(&text);
        char code[16];

        if (c == 0xfffd && text - start == 1)
            snprintf(code, sizeof code, "\\x%02x", (unsigned char)*start);
        else if (c == '\n')
            snprintf(code, sizeof code, "\\n");
        else if (c == '\t')
            snprintf(code, sizeof code, "\\t");
        else if (is_dangerous(c))
            snprintf(code, sizeof code, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
        else {
            put(line, start, (size_t)(text - start));
            continue;
        }
        put_text(line, code);
    }
}

static void put_place(struct line *line, struct rk_place place)
{
    char number[48];

    if (place.file) put_escaped(line, place.file);
    if (place.line && place.column)
        snprintf(number, sizeof number, ":%zu:%zu", place.line, place.column);
    else if (place.line)
        snprintf(number, sizeof number, ":%zu", place.line);
    else
        number[0] = '\0';
    put_text(line, number);
}

static void write_line(const struct line *line)
{
    size_t done = 0;

    while (done < line->used) {
        ssize_t bytes;

        rk_progress_clear();
        bytes = write(STDERR_FILENO, line->text + done, line->used - done);

        if (bytes < 0 && errno != EINTR) return; /* nobody is left to tell */
        if (bytes > 0) done += (size_t)bytes;
    }
}

static void print(const struct rk_diag *diag, enum rk_diag_level level,
                  struct rk_place place, const char *text)
{
    static const char *const words[] = {"note: ", "warning: ", ""};
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
    struct line line = {.used = 0};

    if (diag->colour) put_text(&line, "\033[1m");
    put_text(&line, diag->program);
    put_text(&line, ": ");
    if (place.file) {
        put_place(&line, place);
        put_text(&line, ": ");
    }
    if (diag->colour) {
        put_text(&line, "\033[0m");
        put_text(&line, colours[level]);
    }
    put_text(&line, words[level]);
    put_escaped(&line, text);
    if (line.used > sizeof line.text - 8) line.used = sizeof line.text - 8;
    put_text(&line, diag->colour ? "\033[0m\n" : "\n");
    write_line(&line);
}

/* Cuts a text to at most `bytes` with "..." for the rest, between characters. */
static void shorten(char *text, size_t bytes)
{
    size_t at = bytes - 4;

    if (strlen(text) < bytes - 1) return;
    while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    memcpy(text + at, "...", 4);
}

/* Counts a message; true if it is one of those to show. A bare "%s" says nothing of its
 * kind. */
static bool is_shown(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                     const char *format, const char *text)
{
    size_t position;
    struct kind *kind;

    if (diag->verbose || strcmp(format, "%s") == 0) return true;
    position = rk_map_add(diag->formats, format);
    while (position >= diag->kind_cap)
        RK_ROOM(diag->arena, diag->kinds, diag->kind_cap, diag->kind_cap);
    kind = &diag->kinds[position];
    kind->level = level;
    if (kind->said++ == 0) {
        char *first = rk_arena_copy(diag->arena, text);

        shorten(first, FIRST_MAX);
        kind->first = first;
    }
    if (kind->said <= SHOWN_OF_A_KIND) return true;
    kind->last = place;
    if (place.file) /* the map keeps one copy of each file's name */
        kind->last.file = rk_map_key(diag->files, rk_map_add(diag->files, place.file));
    return false;
}

static void say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                const char *format, va_list args)
{
    char text[TEXT_MAX];

    diag->said++;
    diag->errors += level == RK_DIAG_ERROR;
    diag->warnings += level == RK_DIAG_WARNING;
    if (!diag->program || (level == RK_DIAG_NOTE && diag->quiet)) return;
    if (vsnprintf(text, sizeof text, format, args) < 0) text[0] = '\0';
    shorten(text, sizeof text);
    if (is_shown(diag, level, place, format, text)) print(diag, level, place, text);
}

void rk_diag_say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                 const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(diag, level, place, format, args);
    va_end(args);
}

rk_status rk_fail(struct rk_diag *diag, rk_status status, struct rk_place place,
                  const char *format, ...)
{
    va_list args;

    assert(status != RK_OK);
    va_start(args, format);
    say(diag, RK_DIAG_ERROR, place, format, args);
    va_end(args);
    return status;
}

void rk_diag_flush(struct rk_diag *diag)
{
    for (size_t i = 0; i < diag->kind_cap; i++) {
        struct kind *kind = &diag->kinds[i];
        struct line last = {.used = 0};
        char text[TEXT_MAX];

        if (kind->said > SHOWN_OF_A_KIND) {
            if (kind->last.file) {
                put_text(&last, ", the last at ");
                put_place(&last, kind->last);
            }
            snprintf(text, sizeof text, "and %zu more like \"%s\"%.*s (-v shows all)",
                     kind->said - SHOWN_OF_A_KIND, kind->first, (int)last.used, last.text);
            print(diag, kind->level, RK_NOWHERE, text);
        }
        kind->said = 0;
    }
}
