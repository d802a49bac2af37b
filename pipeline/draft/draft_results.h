// SPDX-License-Identifier: MIT
#ifndef DRAFT_RESULTS_H
#define DRAFT_RESULTS_H

#include "pipeline/draft/draft_priv.h"

/** How the drafted report shows a result. */
enum draft_shown {
    SHOWN_AREA,
    SHOWN_ONE_WAY,
    SHOWN_BY_AREA,
    SHOWN_MEAN,
    SHOWN_MONTHS,
    SHOWN_RECORDS,
    SHOWN_YESNO,
    SHOWN_CATEGORIES,
    SHOWN_SCORE,
};

struct draft_result {
    const char *name, *title,
        *yaml; /**< `yaml`: what stands between the braces, but for title */
    enum draft_shown kind;
};

struct draft_results {
    struct draft *draft;
    struct rk_map *names;
    struct draft_result *items;
    size_t count, cap;
};

/** The first tables of a study: the same each time, for study.yaml and the report. */
struct draft_results *draft_results_make(struct draft *draft);

/** A code column that makes a table. */
bool draft_is_shown(const struct draft_column *column);
/** The column of people's areas, or NULL; has it few enough codes for columns of tables? */
const struct draft_column *draft_area(const struct draft *draft);
bool draft_area_holds(const struct draft *draft);
/** The areas that hold 2% of the rows or more, and "all", with `between` behind each. */
const char *draft_area_codes(const struct draft *draft, const char *between);
/** Date of birth with a date to reckon the age at, or NULL. */
const struct draft_column *draft_born(const struct draft *draft);
/** The source that asks people's questions again, or NULL. */
const struct draft_source *draft_again(const struct draft *draft);
/** Has the source scores with dates of its own? */
bool draft_scored_twice(const struct draft *draft, const struct draft_source *source);

#endif
