// SPDX-License-Identifier: MIT
#include "pipeline/driver/verify_priv.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"

#include <stdlib.h>

rk_status verify_folder_new(struct rk_run *run, struct verify_folder *folder)
{
    const char *base = getenv("TMPDIR");
    char *path =
        rk_arena_printf(run->arena, "%s/reckon-verify-XXXXXX", base && *base ? base : "/tmp");
    rk_status status = RK_OK;

    rk_cleanup_hold(true); /* no signal between making it and remembering it */
    if (mkdtemp(path)) { /* 0700 */
        folder->path = path;
        folder->ticket = rk_cleanup_add(path);
    } else {
        status = rk_file_fail(run->diag, path, "make a folder");
    }
    rk_cleanup_hold(false);
    return status;
}

void verify_folder_remove(const struct verify_folder *folder)
{
    if (!folder->path)
        return;
    rk_remove_tree(folder->path);
    rk_cleanup_drop(folder->ticket);
}
