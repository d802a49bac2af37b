// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PRIV_H
#define CONTRACT_PRIV_H

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_run.h"

/** Reading the files between the stages, which are ours: a fault in one is RK_WORLD. */
struct contract_table {
    struct rk_run *run;
    struct rk_csv_table csv;
    long *columns; /**< of each name asked for; -1 when it may be absent and is */
    bool sound;    /**< false after a cell that is no number */
};

/** Opens OUT/folder/file and finds the columns of `names` (NULL-terminated; one that begins with
 *  `?` may be absent). */
rk_status contract_read(struct rk_run *run, const char *folder, const char *file,
                        const char *const *names, struct contract_table *out) RK_MUST_CHECK;
/** Is there a file OUT/folder/file? */
bool contract_exists(const struct rk_run *run, const char *folder, const char *file);
/** Cell of a row by position in `names`; "" for an absent column. */
const char *contract_text(const struct contract_table *table, size_t row, size_t name);
/** Numbers: NAN and -1 when empty; anything else that is no number is said and clears `sound`. */
double contract_double(struct contract_table *table, size_t row, size_t name);
long contract_long(struct contract_table *table, size_t row, size_t name);
struct rk_place contract_place(const struct contract_table *table, size_t row, size_t name);

#endif
