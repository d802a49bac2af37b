// SPDX-License-Identifier: MIT
#ifndef DRIVER_VERIFY_PRIV_H
#define DRIVER_VERIFY_PRIV_H

#include "pipeline/base/rk_csv.h"
#include "pipeline/contract/cells.h"

/** A folder of our own: gone with all that is in it when the program ends, however that comes. */
struct verify_folder {
    const char *path; /**< NULL: none was made */
    int ticket;
};

/** One PDF under verification. */
struct verify {
    struct rk_run *run;
    struct rk_arena *arena;
    const char *pdf;
    struct verify_folder folder; /**< where its attachments are: a temporary OUT with 40-release */
    struct rk_csv_table seal; /**< kind, name, value */
    char **pages;            /**< text of each */
    size_t page_count;
    struct results *results; /**< the attached cells and bases */
    size_t wrong, said;      /**< findings so far; lines of JSON so far */
};

/** A finding, on stdout. */
void verify_wrong(struct verify *verify, const char *format, ...) RK_PRINTF(2, 3);
/** Something that was looked at and is in order. */
void verify_right(struct verify *verify, const char *format, ...) RK_PRINTF(2, 3);

/* verify_print.c: pages, attachments and printed cells against the seal */
void verify_files(struct verify *verify);
void verify_pages(struct verify *verify);
void verify_cells(struct verify *verify);

/* verify_sums.c: what must hold between the attached cells */
void verify_sums(struct verify *verify);
/** The files of tables say what cells.csv says. */
void verify_tables(struct verify *verify);

/* verify_rerun.c: the same again from the extracts */
rk_status verify_rerun(struct verify *verify, const char *study) RK_MUST_CHECK;

/* verify_folder.c */
rk_status verify_folder_new(struct rk_run *run, struct verify_folder *folder) RK_MUST_CHECK;
void verify_folder_remove(const struct verify_folder *folder);

#endif
