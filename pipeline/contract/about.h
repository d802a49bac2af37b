// SPDX-License-Identifier: MIT
#ifndef CONTRACT_ABOUT_H
#define CONTRACT_ABOUT_H

#include "pipeline/base/rk_out.h"

#include <stdbool.h>

/**
 * release.csv of 40-release: what is promised about it, so that whoever has the folder can hold it
 * to that. Rows of key, value, reason.
 */
struct about {
    const char *study;       /**< "working-well" */
    const char *as_at;       /**< "2015-03-13" */
    long suppress_below;     /**< counts from 1 to one less are hidden */
    long round_base;         /**< cells with the mark "r" are of counts rounded to it; 0: none are */
    bool masked;             /**< false: --internal, nothing is hidden */
    const char **exempt;     /**< results that are printed whatever their size, */
    const char **reasons;    /**< and why */
    size_t exempt_count;
};

rk_status about_write(const struct about *about, struct rk_out *out) RK_MUST_CHECK;
/** Texts live in the arena. RK_WORLD or RK_CHECK after a message. */
rk_status about_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                     struct about *out) RK_MUST_CHECK;
bool about_exempts(const struct about *about, const char *result);

#endif
