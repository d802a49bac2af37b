// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of the running program, or NULL. */
static const char *program_dir(struct rk_arena *arena)
{
    char path[PATH_MAX];
    ssize_t bytes = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;

    if (bytes <= 0) return NULL;
    path[bytes] = '\0';
    slash = strrchr(path, '/');
    return slash ? rk_arena_copy_n(arena, path, (size_t)(slash - path)) : NULL;
}

static bool is_plain(const char *name)
{
    return *name && *name != '/' && *name != '.' && !strstr(name, "/.");
}

rk_status rk_run_share(struct rk_run *run, const char *kind, const char *name,
                       const char **path)
{
    const char *named = getenv("RECKON_SHARE");
    const char *beside = program_dir(run->arena);
    const struct {
        const char *above, *below;
    } places[] = {
        {named && *named ? named : NULL, ""                },
        {beside,                         "/../../config"   }, /* build/bin in the source tree */
        {beside,                         "/../../../config"}, /* build/check/bin */
        {beside,                         "/../share/reckon"},
        {RK_PREFIX,                      "/share/reckon"   },
    };

    if (!is_plain(name))
        return rk_fail(run->diag, RK_STUDY, RK_NOWHERE, "\"%s\" is no name from %s/", name,
                       kind);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!places[i].above) continue;
        *path = rk_arena_printf(run->arena, "%s%s/%s/%s", places[i].above, places[i].below,
                                kind, name);
        if (access(*path, R_OK) == 0) return RK_OK;
    }
    return rk_fail(run->diag, RK_WORLD, RK_NOWHERE,
                   "%s/%s is nowhere: neither in RECKON_SHARE, nor beside the program, nor "
                   "in " RK_PREFIX
                   "/share/reckon; install reckon, or set RECKON_SHARE to its config "
                   "folder",
                   kind, name);
}
