// SPDX-License-Identifier: MIT
#include "pipeline/contract/codes.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/contract/codes_confirmed.h"
#include "pipeline/base/rk_text.h"

#include <string.h>

/* `rows` says how often each was met when the list was drafted: for people alone. */
enum { CODE, LABEL, ALIASES, GROUP, ROWS, FIELDS };
static const char *const field_names[FIELDS] = {"code", "label", "aliases", "group", "rows"};

/* A text of a code that is confirmed to be another's. */
struct moved {
    const char *text, *code;
};

struct reading {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct code_list *list;
    struct codes_confirmed *confirmed; /* NULL: none */
    struct moved *moved;
    size_t moved_count, moved_cap;
    long column[FIELDS];
    size_t columns;
};

static void say(struct reading *reading, size_t line, long column, const char *what,
                const char *value)
{
    rk_diag_say(reading->diag, RK_DIAG_ERROR,
                RK_AT(reading->list->path, line, (size_t)(column + 1)), "%s: \"%s\"", what,
                value);
}

static void read_header(struct reading *reading, const struct rk_csv_row *row)
{
    for (size_t f = 0; f < FIELDS; f++)
        reading->column[f] = -1;
    reading->columns = row->count;
    for (size_t i = 0; i < row->count; i++) {
        const char *name = rk_text_fold(reading->arena, row->cells[i]);
        size_t f = 0;

        while (f < FIELDS && strcmp(name, field_names[f]) != 0)
            f++;
        if (f == FIELDS)
            say(reading, row->line, (long)i,
                "unknown column; a code list has code,label,aliases and maybe group and rows", name);
        else
            reading->column[f] = (long)i;
    }
    for (size_t f = 0; f <= LABEL; f++)
        if (reading->column[f] < 0)
            say(reading, row->line, 0, "there is no column", field_names[f]);
}

static char *field(const struct reading *reading, const struct rk_csv_row *row, int which)
{
    long column = reading->column[which];

    return column < 0 || (size_t)column >= row->count ? NULL
                                                      : rk_text_trim(row->cells[column]);
}

static void add_alias(struct reading *reading, const struct rk_csv_row *row, char *text,
                      int code, int which)
{
    char *alias = rk_text_trim(text);
    const struct code_list *list = reading->list;

    /* What is confirmed goes before what the list says. */
    if (*alias && codes_confirmed_code(reading->confirmed, reading->arena, alias,
                                       reading->list->codes[code]))
        return;
    if (*alias && !code_list_alias(reading->arena, reading->list, alias, code))
        rk_diag_say(reading->diag, RK_DIAG_ERROR,
                    RK_AT(list->path, row->line, (size_t)reading->column[which] + 1),
                    "\"%s\" already means %s, so it cannot mean %s", alias,
                    list->codes[code_list_match(list, reading->arena, alias)],
                    list->codes[code]);
}

static void add_aliases(struct reading *reading, const struct rk_csv_row *row,
                        char *aliases, int code)
{
    char *rest = aliases;

    while (rest) {
        char *alias = rest;

        rest = strchr(rest, '|');
        if (rest) *rest++ = '\0';
        add_alias(reading, row, alias, code, ALIASES);
    }
}

static void add_group(struct reading *reading, const char *group, int code)
{
    struct code_list *list = reading->list;

    list->groups = rk_arena_grow(reading->arena, list->groups, (size_t)code,
                                 (size_t)code + 1, sizeof *list->groups);
    list->groups[code] = rk_arena_copy(reading->arena, group ? group : "");
}

static void move_text(struct reading *reading, const char *text, const char *code)
{
    RK_ROOM(reading->arena, reading->moved, reading->moved_count, reading->moved_cap);
    reading->moved[reading->moved_count++] =
        (struct moved){rk_arena_copy(reading->arena, text), code};
}

/* A code whose label is confirmed to mean another one is that one, with all its spellings. */
static bool move_code(struct reading *reading, const char *code, const char *label, char *aliases)
{
    const char *to = codes_confirmed_code(reading->confirmed, reading->arena, label, code);

    if (!to) return false;
    move_text(reading, label, to);
    move_text(reading, code, to);
    for (char *rest = aliases; rest;) {
        char *alias = rest;

        rest = strchr(rest, '|');
        if (rest) *rest++ = '\0';
        alias = rk_text_trim(alias);
        if (*alias && !codes_confirmed_code(reading->confirmed, reading->arena, alias, NULL))
            move_text(reading, alias, to);
    }
    return true;
}

static void add_moved(struct reading *reading)
{
    codes_confirmed_add(reading->confirmed, reading->arena, reading->diag, reading->list);
    for (size_t i = 0; i < reading->moved_count; i++) {
        int at = code_list_find(reading->list, reading->moved[i].code);

        /* A text that two codes have had is the first one's. */
        if (at >= 0) (void)code_list_alias(reading->arena, reading->list, reading->moved[i].text, at);
    }
}

static void read_code(struct reading *reading, const struct rk_csv_row *row)
{
    char *code = field(reading, row, CODE);
    char *label = field(reading, row, LABEL);
    char *aliases = field(reading, row, ALIASES);
    size_t before = reading->list->count;
    int at;

    if (!code || !code_is_valid(code)) {
        say(reading, row->line, reading->column[CODE], "not a code (a-z, 0-9 and _ only)",
            code ? code : "");
        return;
    }
    if (!label || !*label)
        say(reading, row->line, reading->column[LABEL], "no label for the code", code);
    if (label && *label && move_code(reading, code, label, aliases)) return;
    at = code_list_find(reading->list, code);
    if (at >= 0) {
        say(reading, row->line, reading->column[CODE], "the code is there twice", code);
        return;
    }
    at = code_list_match(reading->list, reading->arena, code);
    if (at >= 0)
        say(reading, row->line, reading->column[CODE],
            "the code is already an alias of another one", code);
    at = code_list_add(reading->arena, reading->list, code, label ? label : code);
    if (reading->list->count > before && label) add_alias(reading, row, label, at, LABEL);
    if (aliases) add_aliases(reading, row, aliases, at);
    if (reading->column[GROUP] >= 0) add_group(reading, field(reading, row, GROUP), at);
}

static void read_rows(struct reading *reading, struct rk_csv *csv)
{
    struct rk_csv_row row;
    bool headed = false;

    while (rk_csv_next(csv, &row)) {
        if (row.blank) continue;
        if (row.damage) {
            say(reading, row.line, 0, "broken row", row.damage);
        } else if (!headed) {
            read_header(reading, &row);
            headed = true;
        } else if (row.count > reading->columns) {
            say(reading, row.line, (long)reading->columns,
                "more cells than headings (a label with a comma needs quotes)",
                row.cells[reading->columns]);
        } else {
            read_code(reading, &row);
        }
    }
    if (!reading->list->count)
        rk_diag_say(reading->diag, RK_DIAG_ERROR, RK_AT(reading->list->path, 1, 0),
                    "the code list is empty");
}

rk_status code_list_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         const char *name, struct code_list **out)
{
    struct reading reading = {.arena = arena, .diag = diag};
    size_t errors = rk_diag_errors(diag);
    struct rk_csv *csv;
    rk_status status;

    reading.list = code_list_new(arena, name, path);
    RK_TRY(codes_confirmed_read(arena, diag, path, &reading.confirmed));
    RK_TRY(rk_csv_open(arena, diag, path, (struct rk_csv_options){0}, &csv));
    read_rows(&reading, csv);
    add_moved(&reading);
    status = rk_csv_status(csv);
    rk_csv_close(csv);
    *out = reading.list;
    if (status != RK_OK) return status;
    return rk_diag_errors(diag) > errors ? RK_STUDY : RK_OK;
}
