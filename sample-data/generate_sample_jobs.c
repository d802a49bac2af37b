// SPDX-License-Identifier: MIT
/* Jobs: seven in Manchester to 22 December 2014, seventeen clients in work at the cut-off.
 */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_sample.h"

#include <assert.h>

enum { MINIMUM_WAGE = 650 }; /* pence, from October 2014 */

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

static void employ(struct world *world, struct rng *rng, int client, int row)
{
    int outcomes_date = date_of(2014, 12, 22);
    int soonest = world->clients[client].assessed + 23;
    struct job *job = world_job(world);

    if (jobs[row].wage == MINIMUM_WAGE && soonest < date_of(2014, 10, 3))
        soonest = date_of(2014, 10, 3); /* it had been 6.31 before that week */
    job->client = client;
    job->start = jobs[row].from_start
                     ? date_weekday_before(rng_between(rng, soonest, outcomes_date))
                     : weekday_between(rng, outcomes_date + 14, calendar.cut_off - 20);
    job->end = NONE;
    if (jobs[row].ended)
        job->end = date_weekday_before(rng_between(rng, job->start + 9, calendar.cut_off));
    job->evidence = jobs[row].evidence;
    job->wage_pence = jobs[row].wage;
    job->hours = 8 * rng_between(rng, 2, 5);
}

void sample_jobs(struct world *world, struct rng *rng)
{
    for (int area = 0; area < 3; area++) {
        struct crowd crowd = CROWD(world, IS(area, area),
                                   IN(assessed, calendar.start, calendar.baseline + 30));
        int next = 0;

        crowd_rank(rng, &crowd, hopeful, 80);
        for (int row = 0; row < (int)(sizeof jobs / sizeof jobs[0]); row++) {
            if (jobs[row].area != area) continue;
            assert(next < crowd.n);
            employ(world, rng, crowd.who[next++], row);
        }
    }
}
