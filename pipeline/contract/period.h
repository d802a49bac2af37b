// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PERIOD_H
#define CONTRACT_PERIOD_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>

/** Months, quarters and years of the calendar, counted from the year 0 so that they can be
 *  compared and walked through. Their codes ("2014_03", "2014q2", "2014") sort as they follow. */
enum period_unit { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

/** "month", "quarter", "year"; false for another word. */
bool period_unit_parse(const char *word, enum period_unit *out);
/** Number of the period that a day (since 1970-01-01) falls in. */
long period_of_day(enum period_unit unit, long day);
/** First day of a period. */
long period_first_day(enum period_unit unit, long period);
/** "2014q2" and "Apr-Jun 2014" in the arena. */
char *period_code(struct rk_arena *arena, enum period_unit unit, long period);
char *period_label(struct rk_arena *arena, enum period_unit unit, long period);
/** Period of a code; also of "2014-03" for a month. False when it is none. */
bool period_parse(const char *code, enum period_unit unit, long *out);

#endif
