// SPDX-License-Identifier: MIT
#ifndef TABULATE_WHY_H
#define TABULATE_WHY_H

#include "stats/stats_types.h"

/** Why a method has no answer, in words that a reader of the report understands: of a quantity
 * that does not exist, what in the data is the reason. */
const char *tab_why(const char *method, stats_status status);

#endif
