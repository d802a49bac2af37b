// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of the folder; `file` is NULL once it is closed, or when a library writes it. */
struct entry {
    const char *path;
    FILE *file;
    bool synced;
};

struct rk_out {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *folder; /**< OUT/10-clean */
    const char *hidden; /**< OUT/.10-clean.new */
    bool secret, open;
    int ticket;
    rk_status status; /**< of the first failure; later calls do nothing */
    struct entry *entries;
    size_t count, cap;
};

/* "a/b/c", "." and "new" to "a/b/.c.new": a sibling, so that a rename never crosses disks. */
static const char *beside(struct rk_arena *arena, const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/');
    int above = slash ? (int)(slash - path + 1) : 0;

    return rk_arena_printf(arena, "%.*s.%s.%s", above, path, path + above, ending);
}

static const char *without_slashes(struct rk_arena *arena, const char *path)
{
    size_t bytes = strlen(path);

    while (bytes > 1 && path[bytes - 1] == '/')
        bytes--;
    return rk_arena_copy_n(arena, path, bytes);
}

static rk_status fail(struct rk_out *out, const char *path, const char *what)
{
    rk_status status = rk_file_fail(out->diag, path, what);

    if (out->status == RK_OK)
        out->status = status;
    return status;
}

static rk_status check_target(struct rk_out *out)
{
    struct stat info;

    if (stat(out->folder, &info) != 0 || S_ISDIR(info.st_mode))
        return RK_OK;
    return rk_fail(out->diag, RK_WORLD, RK_AT(out->folder, 0, 0),
                   "is a file where a folder of results must go; move it away");
}

rk_status rk_out_begin(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                       bool secret, struct rk_out **result)
{
    struct rk_out *out = RK_NEW(arena, struct rk_out);

    out->arena = arena;
    out->diag = diag;
    out->folder = without_slashes(arena, folder);
    out->hidden = beside(arena, out->folder, "new");
    out->secret = secret;
    *result = out;
    RK_TRY(check_target(out));
    out_recover(out->folder, beside(arena, out->folder, "old"));
    if (!rk_remove_tree(out->hidden))
        return fail(out, out->hidden, "remove what an earlier run left");
    out->ticket = rk_cleanup_add(out->hidden);
    if (mkdir(out->hidden, secret ? 0700 : 0777) != 0) {
        rk_cleanup_drop(out->ticket);
        return fail(out, out->hidden, "make the folder");
    }
    out->open = true;
    return RK_OK;
}

/* Names may come from a study: no name may lead out of the folder. */
static bool is_safe(const char *name)
{
    for (const char *part = name;; part++) {
        size_t bytes = strcspn(part, "/");

        if (bytes == 0 || (bytes == 1 && part[0] == '.') ||
            (bytes == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += bytes;
        if (!*part)
            return true;
    }
}

static bool make_folders(struct rk_out *out, char *path, size_t above)
{
    for (char *slash = strchr(path + above, '/'); slash; slash = strchr(slash + 1, '/')) {
        bool made;

        *slash = '\0';
        made = mkdir(path, out->secret ? 0700 : 0777) == 0 || errno == EEXIST;
        if (!made)
            fail(out, path, "make the folder");
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static struct entry *add_entry(struct rk_out *out, const char *name)
{
    size_t above = strlen(out->hidden) + 1;
    char *path;

    if (out->status != RK_OK)
        return NULL;
    if (!is_safe(name)) {
        out->status = rk_fail(out->diag, RK_STUDY, RK_AT(out->folder, 0, 0),
                              "\"%s\" cannot be the name of a file in it", name);
        return NULL;
    }
    path = rk_arena_printf(out->arena, "%s/%s", out->hidden, name);
    if (!make_folders(out, path, above))
        return NULL;
    RK_ROOM(out->arena, out->entries, out->count, out->cap);
    out->entries[out->count].path = path;
    return &out->entries[out->count++];
}

FILE *rk_out_open(struct rk_out *out, const char *name)
{
    struct entry *entry = add_entry(out, name);
    int file;

    if (!entry)
        return NULL;
    file = open(entry->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                out->secret ? 0600 : 0666);
    entry->file = file < 0 ? NULL : fdopen(file, "w");
    if (!entry->file) {
        fail(out, entry->path, "write");
        if (file >= 0)
            close(file);
    }
    return entry->file;
}

const char *rk_out_path(struct rk_out *out, const char *name)
{
    struct entry *entry = add_entry(out, name);

    return entry ? entry->path : NULL;
}

static rk_status finish(struct rk_out *out, struct entry *entry)
{
    FILE *file = entry->file;

    entry->file = NULL;
    entry->synced = true;
    return out_close(file) ? RK_OK : fail(out, entry->path, "write");
}

rk_status rk_out_close(struct rk_out *out, FILE *file)
{
    for (size_t i = out->count; i-- > 0;)
        if (out->entries[i].file == file)
            return finish(out, &out->entries[i]);
    return out->status;
}

static rk_status sync_all(struct rk_out *out)
{
    for (size_t i = 0; i < out->count; i++) {
        struct entry *entry = &out->entries[i];

        if (entry->file)
            RK_TRY(finish(out, entry));
        else if (!entry->synced && !out_sync(entry->path, out->secret ? 0600 : 0))
            return fail(out, entry->path, "write");
    }
    return out_sync_folders(out->hidden) ? RK_OK : fail(out, out->hidden, "write");
}

rk_status rk_out_commit(struct rk_out *out)
{
    const char *old;

    if (out->status == RK_OK)
        out->status = sync_all(out);
    if (out->status != RK_OK) {
        rk_out_abandon(out);
        return out->status;
    }
    old = beside(out->arena, out->folder, "old");
    if (!out_swap(out->hidden, out->folder, old)) {
        fail(out, out->folder, "put the new results in place");
        rk_out_abandon(out);
        return out->status;
    }
    if (!out_sync_above(out->folder))
        fail(out, out->folder, "write");
    rk_remove_tree(out->hidden); /* the old results after an exchange */
    rk_cleanup_drop(out->ticket);
    out->open = false;
    return out->status;
}

void rk_out_abandon(struct rk_out *out)
{
    if (!out || !out->open)
        return;
    for (size_t i = 0; i < out->count; i++)
        if (out->entries[i].file)
            fclose(out->entries[i].file); /* what it says no longer matters */
    rk_remove_tree(out->hidden);
    rk_cleanup_drop(out->ticket);
    out->open = false;
}

static rk_status write_file(struct rk_diag *diag, const char *temporary, const void *data,
                            size_t bytes, int mode)
{
    int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    FILE *stream = file < 0 ? NULL : fdopen(file, "w");

    if (!stream) {
        if (file >= 0)
            close(file);
        return rk_file_fail(diag, temporary, "write");
    }
    if (bytes)
        fwrite(data, 1, bytes, stream);
    return out_close(stream) ? RK_OK : rk_file_fail(diag, temporary, "write");
}

rk_status rk_out_file(struct rk_diag *diag, const char *path, const void *data, size_t bytes,
                      int mode)
{
    struct rk_arena *arena = rk_arena_new();
    const char *temporary = beside(arena, path, "new");
    int ticket = rk_cleanup_add(temporary);
    rk_status status = RK_OK;

    if (!rk_remove_tree(temporary))
        status = rk_file_fail(diag, temporary, "remove what an earlier run left");
    if (status == RK_OK)
        status = write_file(diag, temporary, data, bytes, mode);
    if (status == RK_OK && rename(temporary, path) != 0)
        status = rk_file_fail(diag, path, "write");
    if (status == RK_OK && !out_sync_above(path))
        status = rk_file_fail(diag, path, "write");
    if (status != RK_OK)
        rk_remove_tree(temporary);
    rk_cleanup_drop(ticket);
    rk_arena_free(arena);
    return status;
}
