// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_field.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <string.h>

enum { NO_CODE = -1, NO_ANSWER = -2, REMEMBERED = 20000 };

static struct known_text look_up(struct clean_source *source,
                                 const struct clean_column *column, const char *text)
{
    const struct code_list *list = column->declared->codes;
    struct known_text known = {.code = NO_CODE};

    if (clean_field_missing(source, column, text, &known.kind)) {
        known.code = NO_ANSWER;
        return known;
    }
    known.code = code_list_match(list, source->scratch, text);
    known.alias = known.code >= 0 && strcmp(text, list->codes[known.code]) != 0 &&
                  strcmp(text, list->labels[known.code]) != 0;
    return known;
}

/* A column has few texts, met again and again. */
static struct known_text find(struct clean_source *source, struct clean_column *column,
                              const char *text)
{
    long at = rk_map_find(column->texts, text);
    struct known_text known;

    if (at >= 0) return column->known[at];
    known = look_up(source, column, text);
    if (rk_map_count(column->texts) < REMEMBERED) {
        size_t new = rk_map_add(column->texts, text);

        RK_ROOM(source->run->arena, column->known, new, column->known_cap);
        column->known[new] = known;
    }
    return known;
}

static void note_unknown(struct clean_source *source, struct clean_column *column,
                         const char *text)
{
    size_t known = rk_map_count(column->unknown);
    size_t at = rk_map_add(column->unknown, rk_text_fold(source->scratch, text));

    if (at == known) {
        RK_ROOM(source->run->arena, column->unknowns, known, column->unknown_cap);
        column->unknowns[at] = (struct unknown_text){
            .text = rk_arena_copy(source->run->arena, text),
            .first = RK_AT(source->path, source->line, (size_t)(column->cell + 1))};
    }
    column->unknowns[at].count++;
    source->unknown++;
}

static void unknown(struct clean_source *source, size_t column, const char *text)
{
    struct clean_column *at = &source->columns[column];
    const struct study_column *declared = at->declared;

    switch (declared->unknown) {
    case UNKNOWN_STOP:
        source->cells[column].value.state = VALUE_INVALID;
        note_unknown(source, at, text);
        break;
    case UNKNOWN_INVALID:
        clean_field_fault(source, column, FAULT_CODE);
        break;
    case UNKNOWN_CODE:
        source->cells[column].value =
            (struct value){VALUE_THERE, declared->unknown_code, NULL};
        clean_field_mended(source, column, "unknown_code",
                           declared->codes->codes[declared->unknown_code],
                           "not in the code list; taken as the study says");
    }
}

void clean_code_read(struct clean_source *source, size_t column, const char *text,
                     const char *other)
{
    struct clean_column *at = &source->columns[column];
    struct known_text known = find(source, at, text);

    if (known.code == NO_CODE && other) known = find(source, at, other);
    source->cells[column].kind = known.kind;
    if (known.code == NO_CODE) {
        unknown(source, column, text);
    } else if (known.code >= 0) {
        source->cells[column].value = (struct value){VALUE_THERE, known.code, NULL};
        if (known.alias)
            clean_field_mended(source, column, "alias",
                               at->declared->codes->codes[known.code],
                               "another spelling of the code list");
    }
}

/* "code,label," with what a spreadsheet would ask to be quoted in quotes. */
static const char *line_to_paste(struct rk_arena *arena, const char *text)
{
    bool quote = strpbrk(text, ",\"\n\r") != NULL;
    char *label = rk_arena_alloc(arena, 2 * strlen(text) + 3, 1);
    char *out = label;

    if (quote) *out++ = '"';
    for (; *text; text++) {
        if (*text == '"') *out++ = '"';
        *out++ = *text;
    }
    if (quote) *out++ = '"';
    *out = '\0';
    return label;
}

static bool list_is_file(const struct code_list *list)
{
    size_t bytes = strlen(list->path);

    return bytes > 4 && strcmp(list->path + bytes - 4, ".csv") == 0;
}

/* A list in study.yaml has no aliases. */
static void report_inline(struct clean_source *source, const struct clean_column *column,
                          const struct unknown_text *unknown, const char *times)
{
    const char *name = column->declared->name;

    rk_diag_say(source->run->diag, RK_DIAG_ERROR, unknown->first, "%s",
                rk_arena_printf(source->run->arena,
                                "%s: %s%s%s is not in the list in %s, %s; add it there, or, if it "
                                "is another spelling, write the list as codes/%s.csv with aliases",
                                name, column->declared->private ? "" : "\"",
                                column->declared->private ? "a value (not shown)"
                                                          : unknown->text,
                                column->declared->private ? "" : "\"",
                                column->declared->codes->path, times, name));
}

static void report_text(struct clean_source *source, const struct clean_column *column,
                        const struct unknown_text *unknown)
{
    struct rk_arena *arena = source->run->arena;
    const struct code_list *list = column->declared->codes;
    int nearest = code_list_nearest(list, arena, unknown->text);
    const char *times =
        unknown->count == 1 ? "once" : rk_arena_printf(arena, "%ld times", unknown->count);
    const char *what;

    if (!list_is_file(list)) {
        report_inline(source, column, unknown, times);
        return;
    }
    if (column->declared->private)
        what = rk_arena_printf(arena, "%s: a value (not shown) is not in %s, %s",
                               column->declared->name, list->path, times);
    else if (nearest >= 0)
        what = rk_arena_printf(
            arena,
            "%s: \"%s\" is not in %s, %s; did you mean \"%s\"? Then add it to the aliases "
            "of %s, else add the line: %s,%s,",
            column->declared->name, unknown->text, list->path, times, list->labels[nearest],
            list->codes[nearest], rk_text_code(arena, unknown->text),
            line_to_paste(arena, unknown->text));
    else
        what = rk_arena_printf(arena, "%s: \"%s\" is not in %s, %s; add the line: %s,%s,",
                               column->declared->name, unknown->text, list->path, times,
                               rk_text_code(arena, unknown->text),
                               line_to_paste(arena, unknown->text));
    rk_diag_say(source->run->diag, RK_DIAG_ERROR, unknown->first, "%s", what);
}

void clean_code_report(struct clean_source *source)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *column = &source->columns[i];
        size_t count = rk_map_count(column->unknown);

        for (size_t u = 0; u < count; u++)
            report_text(source, column, &column->unknowns[u]);
        if (count) source->worst = RK_STUDY > source->worst ? RK_STUDY : source->worst;
    }
}
