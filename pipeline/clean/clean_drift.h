// SPDX-License-Identifier: MIT
#ifndef CLEAN_DRIFT_H
#define CLEAN_DRIFT_H

#include "pipeline/clean/clean_priv.h"

/**
 * Headings that are not what the study expects. A declared column that is missing is looked for
 * among the headings that are nobody's, by spelling and by what stands under them; the find is
 * proposed with the line to paste and used only when the study confirms it.
 */
void clean_drift_missing(struct clean_source *source, const struct rk_csv_row *header,
                         const struct study_column *column);
/** Headings that the study neither declares nor lists under `ignored`, when it has that key. */
void clean_drift_new(struct clean_source *source, const struct rk_csv_row *header);
/** Columns of which most cells could not be read: their meaning may have changed. */
void clean_drift_report(struct clean_source *source);

#endif
