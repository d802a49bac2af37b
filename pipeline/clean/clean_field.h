// SPDX-License-Identifier: MIT
#ifndef CLEAN_FIELD_H
#define CLEAN_FIELD_H

#include "pipeline/clean/clean_priv.h"

/** Makes the columns ready to read: texts for no answer, patterns, what their formats allow. */
void clean_field_all(struct clean_source *source);
/** Forgets what dates came to: another table may have other rules for them. */
void clean_field_forget(struct clean_source *source);
/** Reads the cell as what a person says it should be; `old` is what stands there. */
void clean_field_by_hand(struct clean_source *source, size_t column, const char *old,
                         const char *text);
/** Reads one cell of the row in hand; `text` is NULL where the extract has no such column,
 * `other` is its other reading (see extract.h) or NULL: the value behind a label, "" when the
 * file itself says that there is no answer. */
void clean_field_read(struct clean_source *source, size_t column, const char *text,
                      const char *other);
/** Could the column read this cell? Nothing is written down or said. */
enum value_state clean_field_try(struct clean_source *source, size_t column, const char *text,
                                 const char *other);
/** What a column of references would make of this cell, NULL for nothing; written down or said is
 * nothing. */
const char *clean_field_reference(struct clean_source *source, size_t column, const char *text,
                                  const char *other);
/** When all cells of the row are read: centuries, limits, dates against each other. */
void clean_field_settle(struct clean_source *source);
/** Looks at a cell of a date column before anything is read: what does it prove about the
 * order of day and month? */
void clean_field_prove(struct clean_source *source, size_t column, const char *text,
                       struct rk_place place);

/** What can be wrong with a cell. */
enum clean_fault {
    FAULT_DATE,
    FAULT_AMBIGUOUS,
    FAULT_LIMITS,
    FAULT_BEFORE,
    FAULT_AFTER,
    FAULT_NUMBER,
    FAULT_INTEGER,
    FAULT_PATTERN,
    FAULT_CODE,
    FAULT_SPREADSHEET,
};
/** Empties a cell, remembers it as invalid, writes it down and says so. */
void clean_field_fault(struct clean_source *source, size_t column, enum clean_fault fault);
/** Writes down that a cell was mended; `now` as it is written. */
void clean_field_mended(struct clean_source *source, size_t column, const char *rule,
                        const char *now, const char *what);

/** A column of codes; see clean_code.c. */
void clean_code_read(struct clean_source *source, size_t column, const char *text,
                     const char *other);
/** Lists the unknown texts of all columns that stop, with the lines to paste. */
void clean_code_report(struct clean_source *source);
/** Does a trimmed text mean no answer, and of which kind? */
bool clean_field_missing(const struct clean_source *source,
                         const struct clean_column *column, const char *text,
                         enum missing_kind *kind);

#endif
