// SPDX-License-Identifier: MIT
#include "sample-data/generate_sample.h"

#include <assert.h>

/* Day numbers, because a constant cannot call date_of; sample_build checks them. */
const struct calendar calendar = {16155, 16191, 16313, 16466, 16491, 16507, 16708};

static void check_calendar(void)
{
    assert(calendar.start == date_of(2014, 3, 26));
    assert(calendar.wellbeing == date_of(2014, 5, 1));
    assert(calendar.baseline == date_of(2014, 8, 31));
    assert(calendar.end_january == date_of(2015, 1, 31));
    assert(calendar.committee == date_of(2015, 2, 25));
    assert(calendar.cut_off == date_of(2015, 3, 13));
    assert(calendar.later_cut_off == date_of(2015, 9, 30));
}

int weekday_between(struct rng *rng, int low, int high)
{
    for (;;) {
        int date = rng_between(rng, low, high);

        if (date_weekday(date) == date) return date;
    }
}

void sample_build(struct world *world, uint64_t seed)
{
    struct rng rng;

    check_calendar();
    rng_start(&rng, seed, 1);
    sample_arrivals(world, &rng);
    sample_background(world, &rng);
    sample_answers(world, &rng);
    sample_reviews(world, &rng);
    sample_wellbeing(world, &rng);
    sample_services(world, &rng);
    sample_jobs(world, &rng);
}
