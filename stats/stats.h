// SPDX-License-Identifier: MIT
/** Everything the statistics room offers: one header per module, each its module's manual. */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "stats/stats_types.h"

#endif
