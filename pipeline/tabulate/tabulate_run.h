// SPDX-License-Identifier: MIT
#ifndef TABULATE_RUN_H
#define TABULATE_RUN_H

#include "pipeline/tabulate/tabulate_cell.h"

/**
 * Tells the run chart of counts of whole months, in order of time: median, longest run and
 * crossings, the limits of both, and the signal (1: more than chance). With fewer than ten
 * months off the median there is a median and no signal. Anhoej & Olesen (2014).
 */
void tab_run_tell(struct tab_desk *desk, const struct tab_place *place,
                  const struct tab_group *base, const struct tab_group *const *month,
                  size_t months);

#endif
