// SPDX-License-Identifier: MIT
/* Jobs: seven in Manchester to 22 December 2014, seventeen clients in work at the cut-off.
 */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_sample.h"

#include <assert.h>

enum { MINIMUM_WAGE = 650 };

/* One row per job: wage in pence, whether the evidence has been seen, whether it ended
 * before the cut-off. */
static const struct {
    int area, wage, evidence, from_start;
    bool ended;
} jobs[] = {
    {AREA_MANCHESTER, MINIMUM_WAGE, ANSWER_YES, 1, false},
    {AREA_MANCHESTER, 800,          ANSWER_YES, 1, true },
    {AREA_MANCHESTER, 825,          ANSWER_YES, 1, false},
    {AREA_MANCHESTER, 840,          ANSWER_YES, 1, false},
    {AREA_MANCHESTER, MINIMUM_WAGE, ANSWER_YES, 1, false},
    {AREA_MANCHESTER, 910,          ANSWER_YES, 1, false},
    {AREA_MANCHESTER, 1050,         ANSWER_NO,  1, false},
    {AREA_SALFORD,    700,          ANSWER_YES, 1, true },
    {AREA_SALFORD,    MINIMUM_WAGE, ANSWER_YES, 1, false},
    {AREA_SALFORD,    775,          ANSWER_NO,  0, false},
    {AREA_SALFORD,    815,          ANSWER_YES, 0, true },
    {AREA_SALFORD,    690,          ANSWER_NO,  0, false},
    {AREA_TRAFFORD,   720,          ANSWER_YES, 1, false},
    {AREA_TRAFFORD,   860,          ANSWER_NO,  0, false},
    {AREA_MANCHESTER, 680,          ANSWER_YES, 0, false},
    {AREA_MANCHESTER, 805,          ANSWER_NO,  0, false},
    {AREA_MANCHESTER, MINIMUM_WAGE, ANSWER_NO,  0, true },
    {AREA_MANCHESTER, 750,          ANSWER_NO,  0, false},
    {AREA_MANCHESTER, 900,          ANSWER_YES, 0, false},
    {AREA_SALFORD,    735,          ANSWER_NO,  0, false},
    {AREA_TRAFFORD,   880,          ANSWER_NO,  0, false},
};

static int hopeful(const struct client *client)
{
    return client->latest_believe == ANSWER_YES || client->believe == ANSWER_YES ? 100 : 0;
}

void sample_jobs(struct world *world, struct rng *rng)
{
    int outcomes_date = date_of(2014, 12, 22);

    for (int area = 0; area < 3; area++) {
        struct crowd crowd = CROWD(world, IS(area, area),
                                   IN(assessed, calendar.start, calendar.baseline + 30));
        int next = 0;

        crowd_rank(rng, &crowd, hopeful, 80);
        for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
            if (jobs[i].area != area) continue;
            assert(next < crowd.n);
            struct job *job = world_job(world);

            job->client = crowd.who[next++];
            int soonest = world->clients[job->client].assessed + 20;
            job->start =
                jobs[i].from_start
                    ? date_weekday_before(rng_between(rng, soonest + 3, outcomes_date))
                    : weekday_between(rng, outcomes_date + 14, calendar.cut_off - 20);
            job->end = jobs[i].ended ? date_weekday_before(rng_between(rng, job->start + 9,
                                                                       calendar.cut_off))
                                     : NONE;
            job->evidence = jobs[i].evidence;
            job->wage_pence = jobs[i].wage;
            job->hours = 8 * rng_between(rng, 2, 5);
        }
    }
}
