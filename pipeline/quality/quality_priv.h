// SPDX-License-Identifier: MIT
#ifndef QUALITY_PRIV_H
#define QUALITY_PRIV_H

#include "pipeline/base/rk_out.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/frame.h"

/** A column of a source in an area (the last one: not known; before it no more: all). */
struct quality_fill {
    long rows, answered, emptied;
};

struct quality_column {
    const struct study_source *source;
    const struct study_column *column;
    struct quality_fill *areas; /**< by area, and at `all` everywhere */
};

/** Cells of a column that clean mended or emptied, by what happened. */
struct quality_repair {
    const struct study_source *source;
    const char *column, *label, *rule, *what;
    bool emptied;
    long cells;
};

/** Rows that a check or an exclusion of the study tells of. */
struct quality_check {
    const struct study_source *source;
    const char *rule, *say;
    long *areas; /**< rows by area, and at `all` */
};

/** Records of one person or event that say different things, by column. */
struct quality_conflict {
    const struct study_source *source;
    const char *column, *label, *rule, *what; /**< as in duplicates.csv */
    long records;
};

/** One thing to put right, for whoever keeps the record. No value of the record is in it.
 */
struct quality_fix {
    size_t area;
    const char *person; /**< a pseudonym; "" when nobody is named */
    const char *source, *file, *column, *rule, *what;
    long line;
};

struct quality_timing {
    const struct study_timing *timing;
    size_t area;
    long n, median, late, most,
        negative; /**< `late`: days that nine in ten do not exceed */
};

/** Against a former run. */
struct quality_change {
    const char *what, *source, *name, *rule;
    double then, now; /**< NAN: not there */
};

struct quality {
    struct rk_run *run;
    struct rk_arena *arena;
    const struct study *study;
    const struct code_list *codes; /**< of areas; NULL: none */
    size_t area_count, all;        /**< areas with "not known"; position of all of them */
    struct flow flow;
    struct rk_map *people; /**< keys of persons, as 20-people has them */
    size_t *area_of;       /**< of a person */
    const char **pseudonym;
    struct rk_map *owners; /**< "reviews.csv:214" of rows that dedupe knows a person of */
    long *owner;
    size_t owner_cap;
    struct rk_map *rows; /**< "reviews.csv:214" of kept rows */
    long *person;        /**< of each, or -1 */
    size_t *row_area;
    size_t row_cap;
    struct quality_column *columns;
    size_t column_count;
    struct quality_repair *repairs;
    size_t repair_count, repair_cap;
    struct quality_check *checks;
    size_t check_count, check_cap;
    struct quality_conflict *conflicts;
    size_t conflict_count, conflict_cap;
    struct quality_fix *fixes;
    size_t fix_count, fix_cap;
    struct quality_timing *timings;
    size_t timing_count, timing_cap;
    struct quality_change *changes;
    size_t change_count, change_cap;
};

/** "Manchester", "not known", "all". */
const char *quality_area_label(const struct quality *quality, size_t area);
const char *quality_area_code(const struct quality *quality, size_t area);

/** People, areas, pseudonyms; completeness of each column. */
rk_status quality_count(struct quality *quality) RK_MUST_CHECK;
/** What was mended, emptied, set aside, found by checks; the list of what to put right. */
rk_status quality_ledger(struct quality *quality) RK_MUST_CHECK;
/** Days between two dates. */
rk_status quality_time(struct quality *quality) RK_MUST_CHECK;
/** The same numbers in OUT of a former run (run->former). */
rk_status quality_compare(struct quality *quality) RK_MUST_CHECK;
rk_status quality_write_csv(struct quality *quality, struct rk_out *out) RK_MUST_CHECK;
/** quality.pdf, with a chart, in the same folder. */
rk_status quality_write_pdf(struct quality *quality, struct rk_out *out) RK_MUST_CHECK;

#endif
