// SPDX-License-Identifier: MIT
#include "sample-data/generate_later.h"

#include "sample-data/generate_draw.h"
#include "sample-data/generate_sample.h"

enum { LATE_ENTRIES = 6, NEW_CLIENTS = 244, MOVED = 9, REVISED = 6 };

/* Appointments that were booked have taken place by now, or not. */
static void settle_bookings(struct world *world, struct rng *rng)
{
    for (int i = 0; i < world->n_reviews; i++) {
        struct review *review = &world->reviews[i];
        const struct client *client = &world->clients[review->client];

        if (review->status != REVIEW_BOOKED) continue;
        review->status = rng_chance(rng, 700) ? REVIEW_COMPLETED : REVIEW_DID_NOT_ATTEND;
        if (review->status != REVIEW_COMPLETED || client->believe == NONE) continue;
        review->believe =
            client->latest_believe == NONE ? client->believe : client->latest_believe;
        review->when = client->latest_when == NONE ? client->when : client->latest_when;
        review->health =
            client->latest_health == NONE ? client->health : client->latest_health;
    }
}

/* Areas that were missing are known, people have moved, conditions have been named. */
static void revise(struct world *world, struct rng *rng)
{
    int moved = 0;
    int revised = 0;
    int placed = 0;

    for (int i = 0; i < world->n_clients; i++) {
        struct client *client = &world->clients[i];

        if (client->area == NONE && placed++ < 3) {
            client->area = AREA_SALFORD;
            client->ethnicity = ETHNICITY_WHITE_BRITISH;
        } else if (client->treatment == ENTERED_ONCE && i % 70 == 11 && moved++ < MOVED) {
            person_move(rng, client);
        } else if (client->condition == NONE && i % 3 == 0 && revised++ < REVISED) {
            client->condition = CONDITION_OTHER;
        }
    }
}

static void enrol_new(struct world *world, struct rng *rng, int n, struct span span,
                      int assessed_by)
{
    for (int i = 0; i < n; i++) {
        int ref = world->clients[world->n_clients - 1].ref;
        struct client *client = draw_client(world, rng, span);

        client->ref =
            ref - (ref - FIRST_REF) % REF_STEP + REF_STEP + rng_below(rng, REF_STEP);
        if (client->assessed > assessed_by) client->assessed = assessed_by;
        draw_referral(world, rng, world->n_clients - 1, span);
    }
}

static struct span days(int from, int to)
{
    return (struct span){from, to};
}

void later_extend(struct world *world, struct rng *rng)
{
    int known = world->n_clients;
    struct span since = days(calendar.cut_off + 1, calendar.later_cut_off);

    settle_bookings(world, rng);
    revise(world, rng);
    for (int i = 0; i < known; i++) {
        draw_reviews(world, rng, i, since);
        draw_scorings(world, rng, i, since);
        if (rng_chance(rng, 450)) draw_services(world, rng, i, since);
        draw_job(world, rng, i, since);
    }
    enrol_new(world, rng, LATE_ENTRIES, days(calendar.cut_off - 30, calendar.cut_off),
              calendar.cut_off);
    for (int month = 0; month < 6; month++)
        enrol_new(world, rng, NEW_CLIENTS / 6,
                  days(since.from + 2 + month * 31, since.from + 29 + month * 31),
                  calendar.later_cut_off);
    for (int i = known; i < world->n_clients; i++)
        draw_events(world, rng, i, since);
}
