// SPDX-License-Identifier: MIT
#ifndef CONTRACT_PATTERN_H
#define CONTRACT_PATTERN_H

#include "pipeline/base/rk_status.h"

#include <stdbool.h>

/** POSIX extended expressions that a whole text must match. Compiled once each, whatever the
 *  number of columns and conditions that use them, and let go when the program ends. */
struct pattern;

/** NULL when the expression is none: then *why says why (static text). */
const struct pattern *pattern_compile(const char *expression, const char **why);
bool pattern_matches(const struct pattern *pattern, const char *text);

#endif
