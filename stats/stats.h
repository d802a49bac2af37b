// SPDX-License-Identifier: MIT
/** Everything the statistics room offers: one header per module, each its module's manual.
 */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "stats/stats_types.h"

#include "stats/stats_anova.h"
#include "stats/stats_area.h"
#include "stats/stats_assoc.h"
#include "stats/stats_base.h"
#include "stats/stats_cluster.h"
#include "stats/stats_competing.h"
#include "stats/stats_count.h"
#include "stats/stats_cox.h"
#include "stats/stats_cross.h"
#include "stats/stats_diff.h"
#include "stats/stats_effect.h"
#include "stats/stats_firth.h"
#include "stats/stats_linear.h"
#include "stats/stats_logit.h"
#include "stats/stats_mean.h"
#include "stats/stats_fragile.h"
#include "stats/stats_missing.h"
#include "stats/stats_multiple.h"
#include "stats/stats_num.h"
#include "stats/stats_ordinal.h"
#include "stats/stats_paired.h"
#include "stats/stats_prop.h"
#include "stats/stats_quantile.h"
#include "stats/stats_rank.h"
#include "stats/stats_scale.h"
#include "stats/stats_shown.h"
#include "stats/stats_solve.h"
#include "stats/stats_spc.h"
#include "stats/stats_strata.h"
#include "stats/stats_survey.h"
#include "stats/stats_survival.h"
#include "stats/stats_target.h"
#include "stats/stats_trend.h"
#include "stats/stats_weight.h"

#endif
