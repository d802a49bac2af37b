// SPDX-License-Identifier: MIT
#include "pipeline/contract/codes_confirmed.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"

#include <string.h>
#include <unistd.h>

struct confirmed_row {
    const char *spelling, *code, *label;
    size_t line;
};

struct codes_confirmed {
    const char *path;
    struct rk_map *spellings; /* folded, to `rows` */
    struct confirmed_row *rows;
    size_t cap;
};

enum { SPELLING, CODE, LABEL, CONFIRM, NAMES };
static const char *const names[NAMES] = {"spelling", "code", "label", "confirm"};

/* "codes/organisation.csv" to "codes/organisation.suggestions.csv". */
static const char *path_beside(struct rk_arena *arena, const char *path)
{
    size_t bytes = strlen(path) - strlen(".csv");

    return rk_arena_printf(arena, "%.*s.suggestions.csv", (int)bytes, path);
}

static void say(struct rk_diag *diag, const struct rk_csv_table *csv, size_t row,
                long column, const char *what, const char *value)
{
    rk_diag_say(diag, RK_DIAG_ERROR, RK_AT(csv->path, csv->lines[row], (size_t)column + 1),
                "%s: \"%s\"", what, value);
}

static void take_row(struct rk_arena *arena, struct rk_diag *diag,
                     const struct rk_csv_table *csv, size_t r, const long *at,
                     struct codes_confirmed *out)
{
    char **cells = &csv->cells[r * csv->columns];
    const char *answer = rk_text_fold(arena, cells[at[CONFIRM]]);
    const char *spelling = rk_text_fold(arena, cells[at[SPELLING]]);
    size_t known = rk_map_count(out->spellings), found;

    if (!*answer || strcmp(answer, "no") == 0 || strcmp(answer, "n") == 0) return;
    if (strcmp(answer, "yes") != 0 && strcmp(answer, "y") != 0) {
        say(diag, csv, r, at[CONFIRM], "confirm: expected yes, no or nothing", answer);
        return;
    }
    if (!*spelling || !code_is_valid(cells[at[CODE]])) {
        say(diag, csv, r, at[CODE],
            "a confirmed row needs a spelling and a code (a-z, 0-9 and _ only)",
            cells[at[CODE]]);
        return;
    }
    found = rk_map_add(out->spellings, spelling);
    if (found < known && strcmp(out->rows[found].code, cells[at[CODE]]) != 0) {
        say(diag, csv, r, at[SPELLING], "is confirmed to mean another code, too",
            cells[at[SPELLING]]);
        return;
    }
    RK_ROOM(arena, out->rows, found, out->cap);
    out->rows[found] = (struct confirmed_row){cells[at[SPELLING]], cells[at[CODE]],
                                              cells[at[LABEL]], csv->lines[r]};
}

rk_status codes_confirmed_read(struct rk_arena *arena, struct rk_diag *diag,
                               const char *path, struct codes_confirmed **out)
{
    const char *beside = path_beside(arena, path);
    size_t errors = rk_diag_errors(diag);
    struct rk_csv_table csv;
    long at[NAMES];

    *out = NULL;
    if (access(beside, F_OK) != 0) return RK_OK;
    RK_TRY(rk_csv_table_read(arena, diag, beside, &csv));
    for (size_t i = 0; i < NAMES; i++) {
        at[i] = rk_csv_column(&csv, names[i]);
        if (at[i] < 0)
            return rk_fail(diag, RK_STUDY, RK_AT(beside, 1, 0),
                           "there is no column \"%s\"; suggestions have "
                           "spelling,rows,code,label,why,confirm",
                           names[i]);
    }
    *out = RK_NEW(arena, struct codes_confirmed);
    **out = (struct codes_confirmed){.path = beside, .spellings = rk_map_new(arena)};
    for (size_t r = 0; r < csv.rows; r++)
        take_row(arena, diag, &csv, r, at, *out);
    return rk_diag_errors(diag) > errors ? RK_STUDY : RK_OK;
}

static const struct confirmed_row *find(const struct codes_confirmed *confirmed,
                                        struct rk_arena *scratch, const char *text)
{
    long at =
        confirmed ? rk_map_find(confirmed->spellings, rk_text_fold(scratch, text)) : -1;

    return at < 0 ? NULL : &confirmed->rows[at];
}

const char *codes_confirmed_code(const struct codes_confirmed *confirmed,
                                 struct rk_arena *scratch, const char *text,
                                 const char *own)
{
    const struct confirmed_row *row = find(confirmed, scratch, text), *next;
    size_t steps = confirmed ? rk_map_count(confirmed->spellings) : 0;

    /* What it means may itself be confirmed to be another. */
    while (row && (next = find(confirmed, scratch, row->label)) != NULL && next != row &&
           strcmp(next->code, row->code) != 0 && steps-- > 0)
        row = next;
    return !row || (own && strcmp(row->code, own) == 0) ? NULL : row->code;
}

void codes_confirmed_add(const struct codes_confirmed *confirmed, struct rk_arena *arena,
                         struct rk_diag *diag, struct code_list *list)
{
    for (size_t i = 0; confirmed && i < rk_map_count(confirmed->spellings); i++) {
        const struct confirmed_row *row = &confirmed->rows[i];
        const char *code = codes_confirmed_code(confirmed, arena, row->spelling, NULL);
        int at = code_list_find(list, code);

        if (at < 0)
            at = code_list_add(arena, list, code, *row->label ? row->label : row->spelling);
        if (!code_list_alias(arena, list, row->spelling, at))
            rk_diag_say(
                diag, RK_DIAG_ERROR, RK_AT(confirmed->path, row->line, 1),
                "\"%s\" is confirmed to mean %s, but is an alias of %s in %s; take it out "
                "there",
                row->spelling, code,
                list->codes[code_list_match(list, arena, row->spelling)], list->path);
    }
}
