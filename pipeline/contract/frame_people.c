// SPDX-License-Identifier: MIT
#include "pipeline/contract/frame_people.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"

#include <string.h>
#include <sys/stat.h>

struct frame_people {
    struct rk_arena *arena; /* the study's */
    struct rk_map *rows;
    struct stat file; /* when they were read */
};

struct frame_people *frame_people_new(struct rk_arena *arena)
{
    struct frame_people *people = RK_NEW(arena, struct frame_people);

    people->arena = arena;
    return people;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static rk_status find_key(struct rk_run *run, const char *path,
                          const struct rk_csv_row *header, const char *key, size_t *at)
{
    for (*at = 0; *at < header->count; ++*at)
        if (strcmp(header->cells[*at], key) == 0) return RK_OK;
    return rk_fail(run->diag, RK_WORLD, RK_AT(path, 1, 0),
                   "there is no column \"%s\"; run reckon dedupe again", key);
}

static rk_status read_keys(struct rk_run *run, const char *path, const char *key,
                           struct rk_csv *csv, struct rk_map *rows)
{
    struct rk_csv_row row;
    size_t at, count = 0;

    if (!rk_csv_next(csv, &row))
        return rk_fail(run->diag, RK_WORLD, RK_AT(path, 1, 0), "the file is empty");
    RK_TRY(find_key(run, path, &row, key, &at));
    for (; rk_csv_next(csv, &row); count++) {
        if (row.damage || at >= row.count)
            return rk_fail(run->diag, RK_WORLD, RK_AT(path, row.line, 0), "a broken row");
        if (rk_map_add(rows, row.cells[at]) < count)
            return rk_fail(run->diag, RK_WORLD, RK_AT(path, row.line, at + 1),
                           "two people have one key");
    }
    return rk_csv_status(csv);
}

rk_status frame_people_find(struct rk_run *run, const struct study *study,
                            const struct rk_map **out)
{
    struct frame_people *people = study->frame_people;
    struct rk_csv_options options = {RK_CSV_UTF8, ','};
    const char *path = rk_run_path(run, "20-people", "people.csv");
    struct rk_csv *csv;
    struct stat now;
    rk_status status;

    if (people->rows && stat(path, &now) == 0 && same_file(&now, &people->file)) {
        *out = people->rows;
        return RK_OK;
    }
    people->rows = NULL;
    RK_TRY(rk_csv_open(run->arena, run->diag, path, options, &csv));
    people->rows = rk_map_new(people->arena);
    status = read_keys(run, path, study->people->key, csv, people->rows);
    rk_csv_close(csv);
    if (status != RK_OK || stat(path, &people->file) != 0) people->rows = NULL;
    if (status == RK_OK && !people->rows) return rk_file_fail(run->diag, path, "read");
    *out = people->rows;
    return status;
}
