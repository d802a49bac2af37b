// SPDX-License-Identifier: MIT
#include "pipeline/contract/folder.h"

#include "pipeline/base/rk_file.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_add(struct rk_arena *arena, struct folder_list *list, const char *prefix,
                     const char *name)
{
    RK_ROOM(arena, list->names, list->count, list->cap);
    list->names[list->count++] = rk_arena_printf(arena, "%s%s", prefix, name);
}

/** Adds the files of `folder`, and of the folders in it when `deep`, that `fits` accepts.
 */
struct walk {
    struct rk_arena *arena;
    struct rk_diag *diag;
    bool deep;
    bool (*fits)(const char *name, const char *wanted);
    const char *wanted;
    struct folder_list *out;
};

static rk_status walk_folder(const struct walk *walk, const char *folder,
                             const char *prefix)
{
    DIR *dir = opendir(folder);
    rk_status status = RK_OK;

    if (!dir) return errno == ENOENT ? RK_OK : rk_file_fail(walk->diag, folder, "open");
    for (struct dirent *entry; status == RK_OK && (entry = readdir(dir));) {
        const char *path = rk_arena_printf(walk->arena, "%s/%s", folder, entry->d_name);
        struct stat st;

        if (entry->d_name[0] == '.' || stat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode) && walk->deep)
            status = walk_folder(
                walk, path, rk_arena_printf(walk->arena, "%s%s/", prefix, entry->d_name));
        else if (S_ISREG(st.st_mode) && walk->fits(entry->d_name, walk->wanted))
            list_add(walk->arena, walk->out, prefix, entry->d_name);
    }
    closedir(dir);
    return status;
}

static rk_status list_folder(const struct walk *walk, const char *folder)
{
    *walk->out = (struct folder_list){0};
    RK_TRY(walk_folder(walk, folder, ""));
    if (walk->out->count)
        qsort(walk->out->names, walk->out->count, sizeof *walk->out->names, by_name);
    return RK_OK;
}

static bool fits_all(const char *name, const char *wanted)
{
    (void)name;
    (void)wanted;
    return true;
}

static bool fits_suffix(const char *name, const char *suffix)
{
    size_t bytes = strlen(name), end = strlen(suffix);

    return bytes > end && strcmp(name + bytes - end, suffix) == 0;
}

static bool fits_pattern(const char *name, const char *pattern)
{
    return fnmatch(pattern, name, 0) == 0;
}

rk_status folder_list(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                      struct folder_list *out)
{
    return list_folder(&(struct walk){arena, diag, true, fits_all, NULL, out}, folder);
}

rk_status folder_list_suffix(struct rk_arena *arena, struct rk_diag *diag,
                             const char *folder, const char *suffix,
                             struct folder_list *out)
{
    return list_folder(&(struct walk){arena, diag, false, fits_suffix, suffix, out},
                       folder);
}

rk_status folder_list_glob(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                           const char *pattern, struct folder_list *out)
{
    return list_folder(&(struct walk){arena, diag, false, fits_pattern, pattern, out},
                       folder);
}
