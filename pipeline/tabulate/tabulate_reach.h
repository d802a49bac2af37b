// SPDX-License-Identifier: MIT
#ifndef TABULATE_REACH_H
#define TABULATE_REACH_H

#include "pipeline/tabulate/tabulate_question.h"

/** Of whom something is true (`of` of the result), by group: named, summed, with bases. */
struct tab_reach {
    struct tab_question question;
    struct tab_groups groups;
    size_t slots;
    struct tab_group *base, *reached; /**< of each slot; the last is `all` */
};

rk_status tab_reach_open(struct tab_desk *desk, const struct study_result *asked,
                         struct tab_reach *out) RK_MUST_CHECK;

#endif
