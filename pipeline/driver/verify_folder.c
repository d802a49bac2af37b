// SPDX-License-Identifier: MIT
#include "pipeline/driver/verify_priv.h"

#include "pipeline/base/rk_file.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

rk_status verify_folder_new(struct rk_run *run, const char **folder)
{
    const char *base = getenv("TMPDIR");
    char *path =
        rk_arena_printf(run->arena, "%s/reckon-verify-XXXXXX", base && *base ? base : "/tmp");

    if (!mkdtemp(path)) /* 0700 */
        return rk_file_fail(run->diag, path, "make a folder");
    *folder = path;
    return RK_OK;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

void verify_folder_remove(const char *folder)
{
    if (folder)
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
