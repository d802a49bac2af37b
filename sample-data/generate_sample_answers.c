// SPDX-License-Identifier: MIT
/*
 * Belief in finding work, when work could start, confidence in managing health: at first
 * and at the latest review. Tables 7.1 to 7.4 and paragraph 78 fix the margins; the pairing
 * within them is ours: answers tend to stay near what they were.
 */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_draw.h"
#include "sample-data/generate_sample.h"

#include <assert.h>

enum { HEALTH_SCORES = 7 };

/* Table 7.4: confidence scores 0 to 6 of those who believe and of those who do not. */
static const int health_first[2][HEALTH_SCORES] = {
    {13, 1, 26, 22, 18, 21, 18},
    {16, 5, 25, 55, 26, 31, 49}
};
static const int health_latest[2][HEALTH_SCORES] = {
    {16, 14, 17, 41, 33, 12, 9 },
    {8,  2,  20, 45, 38, 27, 30}
};
/* Of those who answered at review, so many left their confidence out: one had said Yes. */
static const int health_latest_blank[2] = {1, 2};

/* Table 7.2 within three groups; paragraph 78 fixes the first two columns of each. */
enum { BELIEVE_MENTAL, BELIEVE_OTHER, BELIEVE_NOT, GROUPS };
static const int when_first[GROUPS][WHEN_COUNT] = {
    {6, 6, 8, 4, 20, 11,  45},
    {6, 3, 1, 0, 2,  1,   6 },
    {0, 0, 0, 0, 2,  194, 11}
};
static const int when_latest[GROUPS][WHEN_COUNT] = {
    {13, 11, 6, 13, 16, 7,   52},
    {13, 6,  0, 1,  1,  1,   3 },
    {0,  0,  0, 0,  2,  164, 6 }
};

static const int believe_free[3] = {170, 318,
                                    16}; /* of the 504 without a review: yes, no, blank */

static int near_health(const struct client *client)
{
    return -10 * client->health;
}

/* Sooner is higher; those who do not know come after those who say never. */
static int near_when(const struct client *client)
{
    return -10 * client->when;
}

static void set_beliefs(struct world *world)
{
    for (int i = 0; i < world->n_clients; i++) {
        struct client *client = &world->clients[i];
        int pair = client->pair;

        client->latest_believe = client->latest_when = client->latest_health = NONE;
        if (pair == NONE) continue;
        client->believe = pair == YES_YES || pair == YES_NO ? ANSWER_YES : ANSWER_NO;
        if (pair != NO_BLANK)
            client->latest_believe =
                pair == YES_YES || pair == NO_YES ? ANSWER_YES : ANSWER_NO;
    }
}

static void deal_health(struct world *world, struct rng *rng)
{
    for (int answer = ANSWER_YES; answer <= ANSWER_NO; answer++) {
        struct crowd first = CROWD(world, IN(pair, 0, PAIRS), IS(believe, answer));

        crowd_shuffle(rng, &first);
        deal(&first, FIELD(health), health_first[answer], HEALTH_SCORES);
    }
    for (int answer = ANSWER_YES; answer <= ANSWER_NO; answer++) {
        struct crowd latest = CROWD(world, IN(pair, 0, PAIRS), IS(latest_believe, answer));

        crowd_shuffle(rng, &latest);
        deal_one(&latest, FIELD(latest_health), NONE, health_latest_blank[answer]);
        crowd_rank(rng, &latest, near_health, 24);
        deal(&latest, FIELD(latest_health), health_latest[answer], HEALTH_SCORES);
    }
}

static struct crowd group_first(struct world *world, int group)
{
    if (group == BELIEVE_NOT)
        return CROWD(world, IN(pair, 0, PAIRS), IS(believe, ANSWER_NO));
    return CROWD(world, IN(pair, 0, PAIRS), IS(believe, ANSWER_YES),
                 IS(mental, group == BELIEVE_MENTAL ? ANSWER_YES : ANSWER_NO));
}

static struct crowd group_latest(struct world *world, int group)
{
    if (group == BELIEVE_NOT)
        return CROWD(world, IN(pair, 0, PAIRS), IS(latest_believe, ANSWER_NO));
    return CROWD(world, IN(pair, 0, PAIRS), IS(latest_believe, ANSWER_YES),
                 IS(mental, group == BELIEVE_MENTAL ? ANSWER_YES : ANSWER_NO));
}

static void deal_when(struct world *world, struct rng *rng)
{
    for (int group = 0; group < GROUPS; group++) {
        struct crowd first = group_first(world, group);

        crowd_shuffle(rng, &first);
        deal(&first, FIELD(when), when_first[group], WHEN_COUNT);
    }
    for (int group = 0; group < GROUPS; group++) {
        struct crowd latest = group_latest(world, group);

        crowd_rank(rng, &latest, near_when, 25);
        deal(&latest, FIELD(latest_when), when_latest[group], WHEN_COUNT);
    }
}

static void swap(int *a, int *b)
{
    int held = *a;

    *a = *b;
    *b = held;
}

/* Somebody of the same group, not disabled, whose answer may change hands; `soon`: says
 * within a month. */
static struct client *partner(struct world *world, struct rng *rng, bool latest, bool soon)
{
    struct crowd crowd =
        latest ? group_latest(world, BELIEVE_MENTAL) : group_first(world, BELIEVE_MENTAL);

    crowd_shuffle(rng, &crowd);
    for (int i = 0; i < crowd.n; i++) {
        struct client *client = &world->clients[crowd.who[i]];
        int when = latest ? client->latest_when : client->when;

        if (client->disabled == ANSWER_NO && (when == WHEN_WITHIN_1_MONTH) == soon)
            return client;
    }
    assert(!"nobody to change answers with");
    return NULL;
}

/* Of the registered disabled nobody said "within 1 month" at first and one did at review
 * (paragraph 78). */
static void settle_disabled(struct world *world, struct rng *rng, bool latest, int wanted)
{
    struct crowd disabled =
        latest ? group_latest(world, BELIEVE_MENTAL) : group_first(world, BELIEVE_MENTAL);
    int found = 0;

    for (int i = 0; i < disabled.n; i++) {
        struct client *client = &world->clients[disabled.who[i]];
        int *when = latest ? &client->latest_when : &client->when;

        if (client->disabled == ANSWER_NO || *when != WHEN_WITHIN_1_MONTH) continue;
        if (found++ < wanted) continue;
        struct client *other = partner(world, rng, latest, false);
        swap(when, latest ? &other->latest_when : &other->when);
    }
    for (int i = 0; i < disabled.n && found < wanted; i++) {
        struct client *client = &world->clients[disabled.who[i]];

        if (client->disabled == ANSWER_NO) continue;
        struct client *other = partner(world, rng, latest, true);
        swap(latest ? &client->latest_when : &client->when,
             latest ? &other->latest_when : &other->when);
        found++;
    }
}

static void answer_freely(struct world *world, struct rng *rng)
{
    struct crowd rest = CROWD(world, IS(pair, NONE));

    crowd_shuffle(rng, &rest);
    deal(&rest, FIELD(believe), believe_free, 3);
    for (int i = 0; i < rest.n; i++) {
        struct client *client = &world->clients[rest.who[i]];

        if (client->believe > ANSWER_NO) {
            client->believe = NONE;
            client->when = NONE;
            client->health = NONE;
            continue;
        }
        draw_first_answers(rng, client);
    }
}

void sample_answers(struct world *world, struct rng *rng)
{
    set_beliefs(world);
    deal_health(world, rng);
    deal_when(world, rng);
    settle_disabled(world, rng, false, 0);
    settle_disabled(world, rng, true, 1);
    answer_freely(world, rng);
}
