// SPDX-License-Identifier: MIT
#include "tests/support/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void read_line(struct rk_arena *arena, struct pages *pages, char *line)
{
    struct seen seen = {.page = pages->pages, .kind = line};
    char *rest = strchr(line, ' '), *quote = strchr(line, '"');
    char face[80] = "", element[40] = "";

    if (!rest) return;
    *rest++ = '\0';
    if (strcmp(line, "page") == 0) {
        pages->pages++;
        pages->width = rk_arena_grow(arena, pages->width, (size_t)pages->pages,
                                     (size_t)pages->pages + 1, sizeof(double));
        pages->height = rk_arena_grow(arena, pages->height, (size_t)pages->pages,
                                      (size_t)pages->pages + 1, sizeof(double));
        sscanf(rest, "%*d %lf %lf", &pages->width[pages->pages],
               &pages->height[pages->pages]);
        return;
    }
    if (quote) {
        char *end = strrchr(quote + 1, '"');

        if (end) *end = '\0';
        seen.words = quote + 1;
    }
    if (strcmp(line, "text") == 0) {
        sscanf(rest, "%lf %lf %lf %79s %39s", &seen.x, &seen.y, &seen.size, face, element);
        seen.face = rk_arena_copy(arena, face);
        seen.element = rk_arena_copy(arena, element);
    } else {
        sscanf(rest, "%lf %lf %lf", &seen.x, &seen.y, &seen.size);
        seen.words = seen.words ? seen.words : rest;
    }
    RK_ROOM(arena, pages->at, pages->count, pages->cap);
    pages->at[pages->count++] = seen;
}

struct pages pages_read(struct rk_arena *arena, const char *trace)
{
    struct pages pages = {0};
    char *copy = rk_arena_copy(arena, trace), *save;

    pages.width = RK_ARRAY(arena, double, 1);
    pages.height = RK_ARRAY(arena, double, 1);
    for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        read_line(arena, &pages, line);
    return pages;
}

static bool is_text(const struct seen *seen)
{
    return strcmp(seen->kind, "text") == 0;
}

long pages_find(const struct pages *pages, const char *words, size_t from)
{
    for (size_t i = from; i < pages->count; i++)
        if (is_text(&pages->at[i]) && strstr(pages->at[i].words, words)) return (long)i;
    return -1;
}

size_t pages_count(const struct pages *pages, const char *words)
{
    size_t count = 0;

    for (long at = pages_find(pages, words, 0); at >= 0;
         at = pages_find(pages, words, (size_t)at + 1))
        count++;
    return count;
}

const char *pages_text(struct rk_arena *arena, const struct pages *pages, int page)
{
    const char *text = "";

    for (size_t i = 0; i < pages->count; i++)
        if (pages->at[i].page == page && is_text(&pages->at[i]))
            text = rk_arena_printf(arena, "%s %s", text, pages->at[i].words);
    return text;
}

bool pages_extent(const struct pages *pages, int page, double *lowest, double *highest)
{
    bool any = false;

    for (size_t i = 0; i < pages->count; i++) {
        const struct seen *seen = &pages->at[i];

        if (seen->page != page || !is_text(seen) || strcmp(seen->element, "-") == 0)
            continue;
        *lowest = any && *lowest < seen->y ? *lowest : seen->y;
        *highest = any && *highest > seen->y ? *highest : seen->y;
        any = true;
    }
    return any;
}
