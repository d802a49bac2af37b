// SPDX-License-Identifier: MIT
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "pipeline/audit/audit_find.h"
#include "pipeline/base/rk_diag.h"

/** How many numbers and tables were looked at. */
struct audit_counts {
    size_t tables, numbers, sentences;
};

/**
 * Reads published documents and says what cannot be true in them. Names and scales are
 * shared by all of the files, so that documents can contradict each other.
 * @param scales   files of config/scales (may be none): what known scales range over
 * @param small    counts from 1 to below it are noted as small; 5 as a rule
 * @param out      the findings, sorted; they live in `arena`
 */
rk_status audit_files(struct rk_arena *arena, struct rk_diag *diag,
                      const char *const *paths, size_t count, const char *const *scales,
                      size_t scale_count, long small, struct audit_findings *out,
                      struct audit_counts *counts) RK_MUST_CHECK;

#endif
