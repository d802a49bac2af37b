// SPDX-License-Identifier: MIT
#ifndef EXTRACT_PRIV_H
#define EXTRACT_PRIV_H

#include "pipeline/extract/extract.h"

/** What a kind of file does. */
struct extract_calls {
    bool (*next)(void *reader, struct rk_csv_row *row);
    rk_status (*status)(const void *reader);
    void (*close)(void *reader);
};

struct extract {
    const struct extract_calls *calls;
    void *reader;
    enum extract_kind kind;
    const char *place, *words;
    char separator;
};

/** A row being made of typed cells: texts one after the other in a buffer of its own. */
struct extract_row {
    char *text;
    size_t used, cap;
    size_t *cell_at, *other_at; /**< offsets in text, plus 1; 0: none */
    size_t count, cell_cap;
    char **cells, **others;
    bool any_other;
};

void extract_row_clear(struct extract_row *row);
/** Sets a cell (blank ones between are made); `other` may be NULL. */
void extract_row_put(struct extract_row *row, size_t column, const char *text,
                     const char *other);
/** Fills `out` as rk_csv_next would; raw is the cells as a line of CSV. */
void extract_row_give(struct extract_row *row, size_t line, struct rk_csv_row *out);
void extract_row_free(struct extract_row *row);

rk_status xlsx_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                    const char *sheet, struct extract *out) RK_MUST_CHECK;
rk_status xlsx_sheets(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                      struct extract_sheets *out) RK_MUST_CHECK;
rk_status sav_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                   struct extract *out) RK_MUST_CHECK;

#endif
