// SPDX-License-Identifier: MIT
#include "pipeline/contract/hash_book.h"

#include "pipeline/base/rk_text.h"

#include <string.h>
#include <sys/stat.h>

/* What a file was when it was hashed. */
struct page {
    dev_t device;
    ino_t node;
    off_t size;
    struct timespec written, changed;
    char hex[65];
};

struct hash_book {
    struct rk_arena *arena;
    struct rk_map *paths;
    struct page *pages; /* of each path */
    size_t count, cap;
};

struct hash_book *hash_book_new(struct rk_arena *arena)
{
    struct hash_book *book = RK_NEW(arena, struct hash_book);

    book->arena = arena;
    book->paths = rk_map_new(arena);
    return book;
}

static struct page *page_of(struct hash_book *book, const char *path)
{
    size_t at = rk_map_add(book->paths, path);

    if (at == book->count) {
        RK_ROOM(book->arena, book->pages, book->count, book->cap);
        book->count++;
    }
    return &book->pages[at];
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_as_before(const struct page *page, const struct stat *now)
{
    return page->hex[0] && page->device == now->st_dev && page->node == now->st_ino &&
           page->size == now->st_size && same_time(page->written, now->st_mtim) &&
           same_time(page->changed, now->st_ctim);
}

rk_status hash_book_file(struct hash_book *book, struct rk_diag *diag, const char *path,
                         char hex[65])
{
    struct page *page = page_of(book, path);
    struct stat now;
    bool known = stat(path, &now) == 0;

    if (!known || !is_as_before(page, &now)) {
        RK_TRY(rk_hash_file(diag, path, hex));
        if (!known) return RK_OK;
        *page = (struct page){now.st_dev,  now.st_ino,  now.st_size,
                              now.st_mtim, now.st_ctim, ""};
        memcpy(page->hex, hex, sizeof page->hex);
    }
    memcpy(hex, page->hex, sizeof page->hex);
    return RK_OK;
}
