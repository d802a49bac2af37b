// SPDX-License-Identifier: MIT
#ifndef CONTRACT_FOLDER_H
#define CONTRACT_FOLDER_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

/** Names of files, sorted by their bytes, so that no order of a disk reaches an output. */
struct folder_list {
    const char **names; /**< relative to the folder: "tables/belief.csv" */
    size_t count, cap;
};

/** Every regular file below `folder`; hidden ones are left out. No such folder: an empty list. */
rk_status folder_list(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                      struct folder_list *out) RK_MUST_CHECK;
/** The files of `folder` whose name ends in `suffix`, not those of its folders. */
rk_status folder_list_suffix(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                             const char *suffix, struct folder_list *out) RK_MUST_CHECK;
/** The files of `folder` that fit a glob pattern. */
rk_status folder_list_glob(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                           const char *pattern, struct folder_list *out) RK_MUST_CHECK;

#endif
