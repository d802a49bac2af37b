// SPDX-License-Identifier: MIT
#ifndef MERGE_ROWS_H
#define MERGE_ROWS_H

#include "pipeline/base/rk_out.h"
#include "pipeline/merge/merge_parts.h"

/** In what order rows with a code stand, within a source. */
enum merge_codes {
    MERGE_NO_CODES,
    MERGE_RULES,  /**< as the rules of `duplicates`; what no rule of the study did comes last */
    MERGE_CHECKS, /**< as the checks; what is of no check comes first */
};

/**
 * An account of what became of rows, of all parts to one. Its rows stand by source, then by code,
 * then by the row of the extract that they are about. Columns are counted from 0; -1: there is none.
 */
struct merge_account {
    const char *name;       /**< "issues.csv" */
    int source;             /**< -1: part.csv says where the rows of a source end */
    enum merge_codes codes;
    int code;
    int file, line;         /**< where the row is from; line -1: `file` is "reviews.csv:214" */
    int other;              /**< rows in a run with one `file` are a group, which stands by the first
                                 of all rows of the extract that it names here and there */
    const struct study_source *only; /**< all of it is of this source; or NULL */
};

/** What all accounts of a folder need. */
struct merge_rows {
    struct rk_run *run;
    const struct study *study;
    const struct merge_parts *parts;
    struct rk_out *out;
    const char *folder;       /**< "10-clean" */
    struct rk_map **files;    /**< of each source: its files in the order they are read */
    long **ledger_ends;       /**< of each part: bytes of ledger.csv up to the end of each source */
};

rk_status merge_account(const struct merge_rows *rows, const struct merge_account *account)
    RK_MUST_CHECK;
/** A file whose rows stand by their first cell. */
rk_status merge_sorted(const struct merge_rows *rows, const char *name) RK_MUST_CHECK;
/** A file that is the same in all parts; no such file is none here. */
rk_status merge_same(const struct merge_rows *rows, const char *name) RK_MUST_CHECK;
/** Is there a file of that name in any part? */
bool merge_any(const struct merge_rows *rows, const char *name);
/** Parts that say something of their own about a source: one, where each has read all of it. */
size_t merge_part_count(const struct merge_rows *rows, const struct study_source *source);

/** files of all sources, from extracts.csv. */
rk_status merge_files(struct merge_rows *rows) RK_MUST_CHECK;
/** flow.csv: rows of all parts are added. */
rk_status merge_flow(const struct merge_rows *rows) RK_MUST_CHECK;
/** extracts.csv: the same. */
rk_status merge_extracts(const struct merge_rows *rows) RK_MUST_CHECK;

/** The two folders, OUT/10-clean and OUT/20-people of run->parts: the work of stages. */
rk_status merge_clean(struct rk_run *run) RK_MUST_CHECK;
rk_status merge_dedupe(struct rk_run *run) RK_MUST_CHECK;

#endif
