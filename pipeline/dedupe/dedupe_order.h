// SPDX-License-Identifier: MIT
#ifndef DEDUPE_ORDER_H
#define DEDUPE_ORDER_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Fills rows->order_by: key, link, then the other declared columns. */
void dedupe_order_init(struct dedupe_rows *rows);

/** Order of two rows by what is in them (key first), then by their place in the files: how
 * the files are shuffled shows only between rows that are equal throughout. */
int dedupe_order(const struct dedupe_rows *rows, size_t a, size_t b);
/** What `first` and `last` mean: by key, then by place in the files. */
int dedupe_order_place(const struct dedupe_rows *rows, size_t a, size_t b);
/** By one column; a row without a value comes last whether `latest` (greatest first) or
 * not. */
int dedupe_order_by(const struct frame_column *column, bool latest, size_t a, size_t b);

/** A row and a number that orders it like the first column of dedupe_order where they differ:
 *  a sort then seldom has to look at the rows, which are far apart. */
struct dedupe_lead {
    uint64_t lead;
    size_t row;
};
void dedupe_order_lead(const struct dedupe_rows *rows, struct dedupe_lead *leads,
                       size_t count);

#endif
