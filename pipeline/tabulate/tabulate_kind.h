// SPDX-License-Identifier: MIT
#ifndef TABULATE_KIND_H
#define TABULATE_KIND_H

#include "pipeline/tabulate/tabulate_desk.h"

/** Each kind of result, from a study's question to cells. What they leave out, and of whom
 * each cell tells, is in docs/study.md. */
rk_status tab_table(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_mean(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_count(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_total(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_months(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_target(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_funnel(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_factors(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_time_to(struct tab_desk *desk, const struct study_result *asked) RK_MUST_CHECK;
/** These two speak of cells that others have made, so they come last. */
rk_status tab_against(struct tab_desk *desk,
                      const struct study_result *asked) RK_MUST_CHECK;
rk_status tab_compare(struct tab_desk *desk,
                      const struct study_result *asked) RK_MUST_CHECK;

/** Results that every study has. */
rk_status tab_flow(struct tab_desk *desk) RK_MUST_CHECK;
rk_status tab_answered(struct tab_desk *desk) RK_MUST_CHECK;
rk_status tab_points(struct tab_desk *desk) RK_MUST_CHECK;

#endif
