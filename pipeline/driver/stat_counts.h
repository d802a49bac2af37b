// SPDX-License-Identifier: MIT
/** Tables of people for the methods of `reckon stat` that take counts. */
#ifndef PIPELINE_DRIVER_STAT_COUNTS_H
#define PIPELINE_DRIVER_STAT_COUNTS_H

#include "pipeline/driver/stat.h"
#include "stats/stats_cross.h"
#include "stats/stats_diff.h"
#include "stats/stats_paired.h"

/** The table of `key` as counts: whole numbers, 0 or more; otherwise a misuse. */
struct stats_table stat_count_table(struct stat_call *call, const char *key);

/** The same, square: a flow table. */
struct stats_table stat_flow_table(struct stat_call *call, const char *key);

/** x1 of n1 and x2 of n2. */
struct stats_two_groups stat_two_groups(struct stat_call *call);

/** yy, yn, ny, nn. */
struct stats_pairs stat_pairs(struct stat_call *call);

/** Sum of a table. */
long stat_people(const struct stats_table *table);

/** "56 of 70 (80.0%)" */
const char *stat_share(struct stat_call *call, long yes, long n);

/** "+5.1 percentage points", "no change": of a difference of fractions. */
const char *stat_points(struct stat_call *call, double difference);

/** "95% CI -2.1 to 12.3 points" of fractions. */
const char *stat_ci_points(struct stat_call *call, const struct stats_interval *ci);

#endif
