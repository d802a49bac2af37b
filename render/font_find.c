// SPDX-License-Identifier: MIT
#include "render/font_priv.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool readable_file(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, R_OK) == 0;
}

/* The alphabetically first path to `name` in or below `folder`: the order of the directory
 * must not decide. */
static const char *search(struct rk_arena *arena, const char *folder, const char *name,
                          int depth)
{
    struct dirent **entries;
    const char *found = NULL;
    int count = depth > 0 ? scandir(folder, &entries, NULL, alphasort) : -1;

    for (int i = 0; i < count; i++) {
        const char *path = rk_arena_printf(arena, "%s/%s", folder, entries[i]->d_name);

        if (!found && entries[i]->d_name[0] != '.') {
            if (strcmp(entries[i]->d_name, name) == 0 && readable_file(path))
                found = path;
            else
                found = search(arena, path, name, depth - 1);
        }
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    return found;
}

/* A name with a folder in it is tried below every root before anything is walked. */
static const char *in_root(struct rk_arena *arena, const char *root, const char *name)
{
    const char *path = rk_arena_printf(arena, "%s/%s", root, name);
    const char *base = strrchr(name, '/');

    if (readable_file(path)) return path;
    return search(arena, root, base ? base + 1 : name, 6);
}

const char *font_find(struct rk_arena *arena, const char *name)
{
    const char *own = getenv("RECKON_FONTS");
    const char *roots =
        rk_arena_printf(arena, "%s%s/usr/share/fonts:/usr/local/share/fonts",
                        own ? own : "", own && *own ? ":" : "");

    if (name[0] == '/') return readable_file(name) ? name : NULL;
    while (*roots) {
        size_t length = strcspn(roots, ":");
        const char *root = rk_arena_copy_n(arena, roots, length);
        const char *found = length ? in_root(arena, root, name) : NULL;

        if (found) return found;
        roots += length + (roots[length] == ':');
    }
    return NULL;
}
