// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where a stream's bytes go. The C library's own streams take an interrupted write for a
 * failed one and forget why a write failed. */
struct sink {
    int file;
    int error; /**< of the first write that failed */
    struct rk_hasher *hasher; /**< or NULL */
};

/* A file of the folder; `stream` is NULL once it is closed, or when a library writes it. */
struct entry {
    const char *name, *path;
    FILE *stream;
    struct sink *sink;
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

/* "a/b/c", "." and "new" to "a/b/.c.new": a sibling, so that a rename
 * never crosses disks. */
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

    if (out->status == RK_OK) out->status = status;
    return status;
}

static rk_status check_target(struct rk_diag *diag, const char *folder)
{
    struct stat info;

    if (stat(folder, &info) != 0 || S_ISDIR(info.st_mode)) return RK_OK;
    return rk_fail(diag, RK_WORLD, RK_AT(folder, 0, 0),
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
    RK_TRY(check_target(diag, out->folder));
    out_recover(out->folder, beside(arena, out->folder, "old"));
    if (!rk_remove_tree(out->hidden))
        return fail(out, out->hidden, "remove what an earlier run left");
    out->ticket = rk_cleanup_add(out->hidden);
    if (mkdir(out->hidden, secret ? 0700 : 0755) != 0) {
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
        if (!*part) return true;
    }
}

static bool make_folders(struct rk_out *out, char *path, size_t above)
{
    for (char *slash = strchr(path + above, '/'); slash; slash = strchr(slash + 1, '/')) {
        bool made;

        *slash = '\0';
        made = mkdir(path, out->secret ? 0700 : 0755) == 0 || errno == EEXIST;
        if (!made) fail(out, path, "make the folder");
        *slash = '/';
        if (!made) return false;
    }
    return true;
}

static struct entry *add_entry(struct rk_out *out, const char *name)
{
    size_t above = strlen(out->hidden) + 1;
    char *path;

    if (out->status != RK_OK) return NULL;
    if (!is_safe(name)) {
        out->status = rk_fail(out->diag, RK_STUDY, RK_AT(out->folder, 0, 0),
                              "\"%s\" cannot be the name of a file in it", name);
        return NULL;
    }
    path = rk_arena_printf(out->arena, "%s/%s", out->hidden, name);
    if (!make_folders(out, path, above)) return NULL;
    RK_ROOM(out->arena, out->entries, out->count, out->cap);
    out->entries[out->count].name = rk_arena_copy(out->arena, name);
    out->entries[out->count].path = path;
    return &out->entries[out->count++];
}

static ssize_t drain(void *cookie, const char *data, size_t bytes)
{
    struct sink *sink = cookie;

    if (!sink->error && !out_write(sink->file, data, bytes)) sink->error = errno;
    if (sink->hasher) rk_hasher_add(sink->hasher, data, bytes);
    return sink->error ? 0 : (ssize_t)bytes;
}

FILE *rk_out_open(struct rk_out *out, const char *name)
{
    struct entry *entry = add_entry(out, name);
    struct sink *sink;

    if (!entry) return NULL;
    sink = RK_NEW(out->arena, struct sink);
    sink->file = open(entry->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      out->secret ? 0600 : 0644);
    if (sink->file >= 0)
        entry->stream = fopencookie(sink, "w", (cookie_io_functions_t){.write = drain});
    if (!entry->stream) {
        fail(out, entry->path, "write");
        if (sink->file >= 0) close(sink->file);
    }
    entry->sink = sink;
    return entry->stream;
}

static struct entry *entry_of(struct rk_out *out, const FILE *file)
{
    size_t i = out->count;

    while (i > 0 && out->entries[i - 1].stream != file)
        i--;
    return i > 0 ? &out->entries[i - 1] : NULL;
}

FILE *rk_out_open_hashed(struct rk_out *out, const char *name)
{
    FILE *file = rk_out_open(out, name);

    if (file) entry_of(out, file)->sink->hasher = rk_hasher_new(out->arena);
    return file;
}

void rk_out_hash(struct rk_out *out, FILE *file, char hex[65])
{
    fflush(file);
    rk_hasher_hex(entry_of(out, file)->sink->hasher, hex);
}

const char *rk_out_path(struct rk_out *out, const char *name)
{
    struct entry *entry = add_entry(out, name);

    return entry ? entry->path : NULL;
}

/* The first error of a stream until its end, or 0; the stream and its file are closed. */
static int end_stream(struct entry *entry)
{
    bool whole = fflush(entry->stream) == 0 && !ferror(entry->stream);
    int error = entry->sink->error;

    if (!error && !whole) error = EIO;
    if (fclose(entry->stream) != 0 && !error) error = errno;
    if (!out_close(entry->sink->file) && !error) error = errno;
    entry->stream = NULL;
    return error;
}

static rk_status finish(struct rk_out *out, struct entry *entry)
{
    int error = end_stream(entry);

    entry->synced = true;
    errno = error;
    return error ? fail(out, entry->path, "write") : RK_OK;
}

rk_status rk_out_close(struct rk_out *out, FILE *file)
{
    struct entry *entry = file ? entry_of(out, file) : NULL;

    return entry ? finish(out, entry) : out->status;
}

static rk_status sync_all(struct rk_out *out)
{
    for (size_t i = 0; i < out->count; i++) {
        struct entry *entry = &out->entries[i];

        if (entry->stream)
            RK_TRY(finish(out, entry));
        else if (!entry->synced && !out_sync(entry->path, out->secret ? 0600 : 0))
            return fail(out, entry->path, "write");
    }
    return out_sync_folders(out->hidden) ? RK_OK : fail(out, out->hidden, "write");
}

/* The old results go, but a folder where one of our files must go is none of ours. */
static rk_status check_old(struct rk_arena *arena, struct rk_diag *diag, const char *folder,
                           const char *name)
{
    const char *old = rk_arena_printf(arena, "%s/%s", folder, name);
    struct stat info;

    if (lstat(old, &info) != 0 || !S_ISDIR(info.st_mode)) return RK_OK;
    return rk_fail(diag, RK_WORLD, RK_AT(old, 0, 0),
                   "is a folder where a file of results must go; move it away");
}

static rk_status check_all_old(struct rk_out *out)
{
    for (size_t i = 0; i < out->count; i++)
        RK_TRY(check_old(out->arena, out->diag, out->folder, out->entries[i].name));
    return RK_OK;
}

static rk_status swap(struct rk_out *out)
{
    RK_TRY(out->status);
    RK_TRY(sync_all(out));
    RK_TRY(check_all_old(out));
    if (!out_swap(out->hidden, out->folder, beside(out->arena, out->folder, "old")))
        return fail(out, out->folder, "put the new results in place");
    if (!out_sync_above(out->folder)) return fail(out, out->folder, "write");
    return RK_OK;
}

rk_status rk_out_commit(struct rk_out *out)
{
    out->status = swap(out);
    rk_out_abandon(out); /* what is hidden now: the old results, or new ones that failed */
    return out->status;
}

void rk_out_abandon(struct rk_out *out)
{
    if (!out || !out->open) return;
    for (size_t i = 0; i < out->count; i++)
        if (out->entries[i].stream)
            end_stream(&out->entries[i]); /* what went wrong in it no longer matters */
    rk_remove_tree(out->hidden);
    rk_cleanup_drop(out->ticket);
    out->open = false;
}

static rk_status check_files_of(struct rk_arena *arena, struct rk_diag *diag, const char *fresh,
                                const char *folder)
{
    DIR *files = opendir(fresh);
    const struct dirent *file;
    rk_status status = RK_OK;

    if (!files) return rk_file_fail(diag, fresh, "read");
    while (status == RK_OK && (file = readdir(files)) != NULL)
        if (file->d_type != DT_DIR) status = check_old(arena, diag, folder, file->d_name);
    closedir(files);
    return status;
}

rk_status rk_out_replace(struct rk_arena *arena, struct rk_diag *diag, const char *fresh,
                         const char *folder)
{
    RK_TRY(check_target(diag, folder));
    RK_TRY(check_files_of(arena, diag, fresh, folder));
    if (!out_swap(fresh, folder, beside(arena, folder, "old")))
        return rk_file_fail(diag, folder, "put the new results in place");
    if (!out_sync_above(folder)) return rk_file_fail(diag, folder, "write");
    rk_remove_tree(fresh);
    return RK_OK;
}

static rk_status write_file(struct rk_diag *diag, const char *temporary, const void *data,
                            size_t bytes, int mode)
{
    int file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    int error = 0;

    if (file < 0) return rk_file_fail(diag, temporary, "write");
    if (!out_write(file, data, bytes)) error = errno;
    if (!out_close(file) && !error) error = errno;
    errno = error;
    return error ? rk_file_fail(diag, temporary, "write") : RK_OK;
}

rk_status rk_out_file(struct rk_diag *diag, const char *path, const void *data,
                      size_t bytes, int mode)
{
    struct rk_arena *arena = rk_arena_new();
    const char *temporary = beside(arena, path, "new");
    int ticket = rk_cleanup_add(temporary);
    rk_status status = RK_OK;

    if (!rk_remove_tree(temporary))
        status = rk_file_fail(diag, temporary, "remove what an earlier run left");
    if (status == RK_OK) status = write_file(diag, temporary, data, bytes, mode);
    if (status == RK_OK && rename(temporary, path) != 0)
        status = rk_file_fail(diag, path, "write");
    if (status == RK_OK && !out_sync_above(path))
        status = rk_file_fail(diag, path, "write");
    if (status != RK_OK) rk_remove_tree(temporary);
    rk_cleanup_drop(ticket);
    rk_arena_free(arena);
    return status;
}
