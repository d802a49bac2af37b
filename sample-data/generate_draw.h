// SPDX-License-Identifier: MIT
/* Clients and events drawn at random, in about the sample's proportions: for other sizes
 * and for later dates. */
#ifndef GENERATE_DRAW_H
#define GENERATE_DRAW_H

#include "sample-data/generate_people.h"

/** The period in which things happen; both days included. */
struct span {
    int from, to;
};

/** Adds one client who enrols within the span; the reference is left to the caller. */
struct client *draw_client(struct world *world, struct rng *rng, struct span span);

/** When work could start and how confident one is, given the belief (which is Yes or No).
 */
void draw_first_answers(struct rng *rng, struct client *client);

/** A total on a scale, so many days after enrolment; draws *first when it is NONE. */
int draw_total(struct rng *rng, int scale, int *first, int days);

/* Each adds what client i does within the span. */
void draw_referral(struct world *world, struct rng *rng, int i, struct span span);
void draw_reviews(struct world *world, struct rng *rng, int i, struct span span);
void draw_scorings(struct world *world, struct rng *rng, int i, struct span span);
void draw_services(struct world *world, struct rng *rng, int i, struct span span);
void draw_job(struct world *world, struct rng *rng, int i, struct span span);

/** All of them. */
void draw_events(struct world *world, struct rng *rng, int i, struct span span);

#endif
