// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_out_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0 or the error; pipes and some file systems cannot sync, which is no failed write. */
static int sync_error(int file)
{
    while (fsync(file) != 0) {
        if (errno == EINTR) continue;
        return errno == EINVAL || errno == ENOTSUP ? 0 : errno;
    }
    return 0;
}

static bool sync_and_close(int file)
{
    int error = sync_error(file);

    if (close(file) != 0 && errno != EINTR && !error) error = errno;
    errno = error;
    return error == 0;
}

bool out_write(int file, const void *data, size_t bytes)
{
    const char *at = data;

    while (bytes > 0) {
        ssize_t done = write(file, at, bytes);

        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        at += done;
        bytes -= (size_t)done;
    }
    return true;
}

bool out_close(int file)
{
    return sync_and_close(file);
}

bool out_sync(const char *path, int mode)
{
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0) return false;
    if (mode && fchmod(file, (mode_t)mode) != 0) {
        close(file);
        return false;
    }
    return sync_and_close(file);
}

static bool sync_folders_at(int above, const char *name)
{
    int file = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = file < 0 ? NULL : fdopendir(file);
    struct dirent *entry;
    bool fine = true;
    int copy;

    if (!folder) {
        if (file >= 0) close(file);
        return false;
    }
    while (fine && (errno = 0, entry = readdir(folder)) != NULL)
        if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0)
            fine = sync_folders_at(file, entry->d_name);
    fine = fine && errno == 0;
    copy = dup(file);
    closedir(folder);
    return copy >= 0 && sync_and_close(copy) && fine;
}

bool out_sync_folders(const char *path)
{
    return sync_folders_at(AT_FDCWD, path);
}

bool out_sync_above(const char *path)
{
    char above[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    size_t bytes = slash ? (size_t)(slash - path) : 0;
    int file;

    if (bytes >= sizeof above) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (slash) {
        memcpy(above, path, bytes ? bytes : 1);
        above[bytes ? bytes : 1] = '\0';
    }
    file = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file >= 0 && sync_and_close(file);
}

static bool is_there(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

bool out_swap_in_two(const char *fresh, const char *target, const char *old)
{
    bool done;

    if (!rk_remove_tree(old)) return false;
    rk_cleanup_hold(true);
    done = rename(target, old) == 0;
    if (done && rename(fresh, target) != 0) {
        int error = errno;

        done = false;
        if (rename(old, target) == 0) errno = error;
    }
    rk_cleanup_hold(false);
    if (done) rk_remove_tree(old);
    return done;
}

bool out_swap(const char *fresh, const char *target, const char *old)
{
    if (!is_there(target)) return rename(fresh, target) == 0;
    if (renameat2(AT_FDCWD, fresh, AT_FDCWD, target, RENAME_EXCHANGE) == 0) return true;
    if (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP) return false;
    return out_swap_in_two(fresh, target, old);
}

void out_recover(const char *target, const char *old)
{
    if (!is_there(old)) return;
    if (!is_there(target) && rename(old, target) == 0) return;
    rk_remove_tree(old);
}
