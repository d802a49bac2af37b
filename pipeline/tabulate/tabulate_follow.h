// SPDX-License-Identifier: MIT
#ifndef TABULATE_FOLLOW_H
#define TABULATE_FOLLOW_H

#include "pipeline/tabulate/tabulate_question.h"

/** What ended the wait of somebody in a `time_to`. */
enum tab_end { TAB_STILL_WAITING, TAB_EVENT, TAB_COMPETING };

/** Those who can be followed: their dates are known and in order. */
struct tab_follow {
    const struct tab_question *question;
    uint32_t *rows;     /**< of the frame */
    long *days;         /**< waited */
    enum tab_end *end;
    size_t n;
    const char *event;  /**< "job.started" */
    const char *known;  /**< a piece of tab_who: what has to be known to follow somebody */
};

rk_status tab_follow_open(const struct tab_question *question,
                          struct tab_follow *out) RK_MUST_CHECK;

#endif
