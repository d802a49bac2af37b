// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 256 * 1024 * 1024, BLOCK = 64 * 1024 };

rk_status rk_file_fail(struct rk_diag *diag, const char *path, const char *what)
{
    return rk_fail(diag, RK_WORLD, RK_AT(path, 0, 0), "cannot %s: %s", what,
                   strerror(errno));
}

static ssize_t read_some(int file, char *out, size_t bytes)
{
    ssize_t got;

    do
        got = read(file, out, bytes);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Twice the room at a time; the size fstat gave is only a first guess, a pipe has none. */
static rk_status read_all(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                          int file, char **out, size_t *bytes)
{
    struct stat info;
    size_t room = BLOCK, used = 0;
    ssize_t got;
    char *text;

    if (fstat(file, &info) != 0) return rk_file_fail(diag, path, "read");
    if (S_ISDIR(info.st_mode))
        return rk_fail(diag, RK_WORLD, RK_AT(path, 0, 0), "is a folder, not a file");
    if (S_ISREG(info.st_mode) && info.st_size < FILE_MAX) room = (size_t)info.st_size + 1;
    text = rk_arena_alloc(arena, room + 1, 1);
    while ((got = read_some(file, text + used, room - used)) > 0) {
        used += (size_t)got;
        if (used < room) continue;
        if (used > FILE_MAX)
            return rk_fail(diag, RK_WORLD, RK_AT(path, 0, 0), "is larger than 256 MiB");
        text = rk_arena_grow(arena, text, used, 2 * room + 1, 1);
        room *= 2;
    }
    if (got < 0) return rk_file_fail(diag, path, "read");
    text[used] = '\0';
    *out = text;
    *bytes = used;
    return RK_OK;
}

rk_status rk_file_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       char **out, size_t *bytes)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    rk_status status;

    if (file < 0) return rk_file_fail(diag, path, "read");
    status = read_all(arena, diag, path, file, out, bytes);
    close(file);
    return status;
}
