// SPDX-License-Identifier: MIT
/* Margins of a cross-tabulation with its empty rows and columns left out. */
#ifndef STATS_STATS_MARGINS_PRIV_H
#define STATS_STATS_MARGINS_PRIV_H

#include "stats/stats_cross.h"

struct margins {
    size_t rows, cols;                                     /* not empty */
    size_t row_at[STATS_MAX_SIDE], col_at[STATS_MAX_SIDE]; /* their places in the table */
    long row[STATS_MAX_SIDE], col[STATS_MAX_SIDE];
    long n;
};

/* STATS_EMPTY, STATS_DOMAIN, STATS_TOO_BIG, or STATS_UNDEFINED below 2 x 2. */
STATS_MUST_CHECK stats_status stats_margins(const struct stats_table *table,
                                            struct margins *out);

/* Count in kept row i, kept column j. */
long stats_kept_count(const struct stats_table *table, const struct margins *margins,
                      size_t i, size_t j);

#endif
