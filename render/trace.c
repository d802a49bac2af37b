// SPDX-License-Identifier: MIT
#include "render/trace.h"

#include <stdarg.h>
#include <string.h>

struct trace {
    struct rk_arena *arena;
    char *text;
    size_t length, cap;
};

struct trace *trace_new(struct rk_arena *arena)
{
    struct trace *trace = RK_NEW(arena, struct trace);

    trace->arena = arena;
    trace->cap = 4096;
    trace->text = rk_arena_alloc(arena, trace->cap, 1);
    return trace;
}

void trace_add(struct trace *trace, const char *format, ...)
{
    const char *line;
    size_t bytes;
    va_list args;

    if (!trace) return;
    va_start(args, format);
    line = rk_arena_vprintf(trace->arena, format, args);
    va_end(args);
    bytes = strlen(line);
    while (trace->length + bytes + 2 > trace->cap) {
        trace->text =
            rk_arena_grow(trace->arena, trace->text, trace->cap, 2 * trace->cap, 1);
        trace->cap *= 2;
    }
    memcpy(trace->text + trace->length, line, bytes);
    trace->length += bytes;
    trace->text[trace->length++] = '\n';
    trace->text[trace->length] = '\0';
}

const char *trace_text(const struct trace *trace)
{
    return trace->text;
}
