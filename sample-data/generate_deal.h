// SPDX-License-Identifier: MIT
/* Gives exact numbers of answers to groups of clients: how the published counts come true.
 */
#ifndef GENERATE_DEAL_H
#define GENERATE_DEAL_H

#include "sample-data/generate_people.h"

/** Indices of some clients of a world. */
struct crowd {
    struct client *clients;
    int who[2048];
    int n;
};

#define FIELD(name) offsetof(struct client, name)

/** A condition on a client: the field (FIELD(area)) holds one of low..high. */
struct want {
    size_t field;
    int low, high;
};

#define IS(name, value)     ((struct want){FIELD(name), (value), (value)})
#define IN(name, low, high) ((struct want){FIELD(name), (low), (high)})

/** The clients who meet all n conditions. */
struct crowd crowd_of(struct world *world, int n, const struct want *wants);

#define CROWD(world, ...)                                                              \
    crowd_of(world, (int)(sizeof((struct want[]){__VA_ARGS__}) / sizeof(struct want)), \
             (struct want[]){__VA_ARGS__})

/** Puts the clients into an order drawn at random, those with a high score first.
 *  Without noise the score alone decides (equal scores by index). */
void crowd_rank(struct rng *rng, struct crowd *crowd, int (*score)(const struct client *),
                int noise);

void crowd_shuffle(struct rng *rng, struct crowd *crowd);

/** Hands code i to the next quota[i] clients of the crowd, in order; the quotas must use it
 * up. */
void deal(const struct crowd *crowd, size_t field, const int *quota, int n);

/** Gives one value to the first `count` clients of the crowd and removes them from it. */
void deal_one(struct crowd *crowd, size_t field, int value, int count);

#endif
