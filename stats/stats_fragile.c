// SPDX-License-Identifier: MIT
#include "stats/stats_fragile.h"

#include <stdbool.h>

enum { TANGO_BELOW = 30, MOST_UNSEEN = 100000 };

static long people(const struct stats_pairs *pairs)
{
    return pairs->yy + pairs->yn + pairs->ny + pairs->nn;
}

/** Does the interval hold 0? What cannot be computed shows nothing, so it counts as held. */
static bool holds_zero(const struct stats_pairs *pairs, double conf)
{
    struct stats_interval limits;
    stats_status status = people(pairs) < TANGO_BELOW
                              ? stats_tango(pairs, conf, &limits)
                              : stats_newcombe_paired(pairs, conf, &limits);

    return status != STATS_OK || (limits.low <= 0 && limits.high >= 0);
}

/** Turned about, a fall is a rise. */
static struct stats_pairs as_rise(const struct stats_pairs *pairs)
{
    if (pairs->ny >= pairs->yn)
        return *pairs;
    return (struct stats_pairs){pairs->nn, pairs->ny, pairs->yn, pairs->yy};
}

/** Changes `count` people of one kind; false when there are not so many. */
typedef bool alter(struct stats_pairs *pairs, long count);

static bool make_wrong(struct stats_pairs *pairs, long count)
{
    pairs->ny -= count;
    pairs->nn += count;
    return pairs->ny >= 0;
}

static bool make_unseen(struct stats_pairs *pairs, long count)
{
    pairs->yn += count;
    return count <= MOST_UNSEEN;
}

static bool make_doubled(struct stats_pairs *pairs, long count)
{
    pairs->ny -= count;
    return pairs->ny >= 0;
}

static long fewest(const struct stats_pairs *rise, double conf, alter *change)
{
    for (long count = 1;; count++) {
        struct stats_pairs pairs = *rise;
        if (!change(&pairs, count))
            return -1;
        if (holds_zero(&pairs, conf))
            return count;
    }
}

stats_status stats_paired_fragility(const struct stats_pairs *pairs, double conf,
                                    struct stats_fragility *out)
{
    struct stats_pairs rise = as_rise(pairs);

    if (pairs->yy < 0 || pairs->yn < 0 || pairs->ny < 0 || pairs->nn < 0 || !(conf > 0) ||
        !(conf < 1))
        return STATS_DOMAIN;
    if (people(pairs) == 0)
        return STATS_EMPTY;
    if (holds_zero(&rise, conf))
        return STATS_UNDEFINED;
    *out = (struct stats_fragility){fewest(&rise, conf, make_wrong),
                                    fewest(&rise, conf, make_unseen),
                                    fewest(&rise, conf, make_doubled)};
    return STATS_OK;
}
