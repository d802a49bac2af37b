// SPDX-License-Identifier: MIT
#ifndef RENDER_CHART_CELLS_PRIV_H
#define RENDER_CHART_CELLS_PRIV_H

#include "render/chart.h"

/** The keys of a figure block, as docs/charts.md lists them. */
enum chart_wish {
    WISH_CHART,
    WISH_RESULT,
    WISH_ROWS,
    WISH_COLUMNS,
    WISH_SHOW,
    WISH_TRANSPOSE,
    WISH_SERIES,
    WISH_PANELS,
    WISH_HEAD,
    WISH_ORDER,
    WISH_REFERENCE,
    WISH_REFERENCE_LABEL,
    WISH_FOCUS,
    WISH_BETTER,
    WISH_AXIS,
    WISH_X,
    WISH_NOTE,
    WISH_NOTE_LABEL,
    WISH_INTERVAL,
    WISH_VALUES,
    WISH_BASE,
    WISH_TOTAL,
    WISH_PROFILE,
    WISH_PART,
    WISH_WIDTH,
    WISH_HEIGHT,
    WISHES /**< how many there are */
};

/** A row or column of a result that the chart shows. */
struct chart_pick {
    const char *result; /**< rows: of which result */
    const char *code, *label;
    long order;
};

struct chart_picks {
    struct chart_pick *picks;
    size_t count, cap;
};

/** Words of a value, parted by blanks or commas. */
struct chart_words {
    const char **words;
    size_t count, cap;
};

struct chart_reading {
    struct rk_run *run;
    struct rk_arena *arena;
    const struct results *results;
    const struct chart_request *request;
    const char *wishes[WISHES]; /**< NULL: not said */
    enum chart_kind kind;
    struct chart_words names; /**< results */
    const char *measure;
    struct chart_picks rows, columns;
    struct chart_spec *spec;
};

struct chart_words chart_words_of(struct rk_arena *arena, const char *text);
/** Says what is wrong with the figure block; RK_STUDY. */
rk_status chart_wish_fail(const struct chart_reading *reading, const char *format, ...)
    RK_PRINTF(2, 3);
/** The same for a name that is none of `known`, with the nearest of them. */
rk_status chart_wish_unknown(const struct chart_reading *reading, const char *what,
                             const char *given, const struct chart_words *known);
bool chart_wish_is(const struct chart_reading *reading, enum chart_wish wish,
                   const char *value);
/** Decides rows, columns and measure (chart_cells_pick.c). */
rk_status chart_pick(struct chart_reading *reading) RK_MUST_CHECK;
/** Makes groups, series, panels and points of them (chart_cells_fill.c). */
rk_status chart_fill(struct chart_reading *reading) RK_MUST_CHECK;
/** Axis, reference, notes and the rest (chart_cells_extras.c). */
rk_status chart_extras(struct chart_reading *reading) RK_MUST_CHECK;
/** A cell of a row and column; NULL when there is none. */
const struct cell *chart_cell(const struct chart_reading *reading, const char *result,
                              const char *row, const char *column, const char *measure);
/** Decimals that the study wants for a unit. */
int chart_decimals(const struct chart_reading *reading, enum cell_unit unit);

#endif
