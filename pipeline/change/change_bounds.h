// SPDX-License-Identifier: MIT
#ifndef CHANGE_BOUNDS_H
#define CHANGE_BOUNDS_H

#include "pipeline/change/change_pairs.h"

/**
 * How far off the mean change of the pairs could be, had those without a second score moved to
 * either end of the scale: Manski's bounds. Columns `bounds_linked` (with both records) and
 * `bounds_all` (whoever has a first score), measure `mean`. Says nothing of scores whose ends
 * are not known.
 */
void change_tell_score_bounds(const struct change_pairs *pairs, enum cell_unit unit);

#endif
