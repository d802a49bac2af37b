// SPDX-License-Identifier: MIT
#ifndef QUALITY_QUALITY_H
#define QUALITY_QUALITY_H

#include "pipeline/base/rk_run.h"

/**
 * The data-quality report of a run: OUT/25-quality with CSV files and quality.pdf, from
 * OUT/10-clean and OUT/20-people. An internal paper for whoever keeps the records: true
 * counts, pseudonyms, no value of a record. RK_WORLD when clean or dedupe has not run.
 */
rk_status quality_report(struct rk_run *run) RK_MUST_CHECK;

#endif
