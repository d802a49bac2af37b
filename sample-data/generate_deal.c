// SPDX-License-Identifier: MIT
#include "sample-data/generate_deal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int *field_of(struct client *client, size_t field)
{
    return (int *)(void *)((char *)client + field);
}

struct crowd crowd_of(struct world *world, int n, const struct want *wants)
{
    struct crowd crowd = {.clients = world->clients};

    for (int i = 0; i < world->n_clients; i++) {
        bool fits = true;

        for (int w = 0; w < n; w++) {
            int value = *field_of(&world->clients[i], wants[w].field);

            fits = fits && value >= wants[w].low && value <= wants[w].high;
        }
        if (!fits) continue;
        assert(crowd.n < (int)(sizeof crowd.who / sizeof crowd.who[0]));
        crowd.who[crowd.n++] = i;
    }
    return crowd;
}

struct ranked {
    int score;
    int who;
};

static int by_score(const void *a, const void *b)
{
    const struct ranked *one = a;
    const struct ranked *two = b;

    if (one->score != two->score) return one->score > two->score ? -1 : 1;
    return (one->who > two->who) - (one->who < two->who);
}

void crowd_rank(struct rng *rng, struct crowd *crowd, int (*score)(const struct client *),
                int noise)
{
    struct ranked ranked[sizeof crowd->who / sizeof crowd->who[0]];

    for (int i = 0; i < crowd->n; i++) {
        ranked[i].who = crowd->who[i];
        ranked[i].score = score(&crowd->clients[crowd->who[i]]);
        if (noise > 0) ranked[i].score += rng_between(rng, -noise, noise);
    }
    qsort(ranked, (size_t)crowd->n, sizeof ranked[0], by_score);
    for (int i = 0; i < crowd->n; i++)
        crowd->who[i] = ranked[i].who;
}

void crowd_shuffle(struct rng *rng, struct crowd *crowd)
{
    rng_shuffle(rng, crowd->who, crowd->n);
}

void deal(const struct crowd *crowd, size_t field, const int *quota, int n)
{
    int next = 0;

    for (int code = 0; code < n; code++) {
        for (int i = 0; i < quota[code]; i++) {
            assert(next < crowd->n);
            *field_of(&crowd->clients[crowd->who[next++]], field) = code;
        }
    }
    assert(next == crowd->n);
}

void deal_one(struct crowd *crowd, size_t field, int value, int count)
{
    assert(count <= crowd->n);
    for (int i = 0; i < count; i++)
        *field_of(&crowd->clients[crowd->who[i]], field) = value;
    crowd->n -= count;
    memmove(crowd->who, crowd->who + count, (size_t)crowd->n * sizeof crowd->who[0]);
}
