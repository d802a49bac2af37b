// SPDX-License-Identifier: MIT
#ifndef AUDIT_CHECKS_H
#define AUDIT_CHECKS_H

#include "pipeline/audit/audit_find.h"
#include "pipeline/audit/audit_grid.h"

/** The checks of one table, each in the direction of its rows; call them for the turned
 * table, too. */
void audit_check_sums(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_shares(const struct audit_grid *grid, struct audit_findings *findings);
/** After the shares of both directions: percentages without counts, with a base. */
void audit_check_possible(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_hundred(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_changes(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_average(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_means(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_intervals(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_bases(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_joint(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_derived(const struct audit_grid *grid, struct audit_findings *findings);
void audit_check_small(const struct audit_grid *grid, struct audit_findings *findings);

/** Rows that belong together. */
struct audit_set {
    size_t *rows;
    size_t count;
};
struct audit_set audit_set_new(const struct audit_grid *grid);
/** The rows that are parts and in the group `group` (NULL: any), without "of which" rows
 * and rows that are indented under another. */
struct audit_set audit_parts(const struct audit_grid *grid, const char *group, size_t from,
                             size_t to);
/** "177 + 277 + 25". */
const char *audit_sum_text(const struct audit_grid *grid, const struct audit_set *set,
                           size_t column);
/** Do the set's percentages come to 100 in this column? Sets *sum; false, too, when fewer
 * than two are there. */
bool audit_makes_hundred(const struct audit_grid *grid, const struct audit_set *set,
                         size_t column, double *low, double *high, size_t *shown);

#endif
