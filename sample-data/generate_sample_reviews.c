// SPDX-License-Identifier: MIT
/* Reviews: completed, missed and to come. The latest completed one carries the answers that
 * were dealt out. */
#include "sample-data/generate_sample.h"

enum { MOST_REVIEWS = 4 };

static struct review *add_review(struct world *world, int client, int number, int date,
                                 int status)
{
    struct review *review = world_review(world);

    review->client = client;
    review->number = number;
    review->date = date;
    review->status = status;
    review->believe = review->when = review->health = NONE;
    review->key_worker = world->clients[client].key_worker;
    return review;
}

static void answer_latest(const struct client *client, struct review *review)
{
    review->believe = client->latest_believe;
    review->when = client->latest_when;
    review->health = client->latest_health;
}

/* Before the latest review an answer is either the first one or already the last one. */
static void answer_between(struct rng *rng, const struct client *client, int step,
                           int steps, struct review *review)
{
    bool moved = rng_below(rng, steps) < step && client->latest_believe != NONE;

    review->believe = moved ? client->latest_believe : client->believe;
    review->when = moved ? client->latest_when : client->when;
    moved = rng_below(rng, steps) < step && client->latest_health != NONE;
    review->health = moved ? client->latest_health : client->health;
}

/* A cancelled or missed appointment, a week or so before the review that took its number.
 */
static void miss_one(struct world *world, struct rng *rng, int client, int number, int date)
{
    int status = rng_chance(rng, 600) ? REVIEW_DID_NOT_ATTEND : REVIEW_CANCELLED;
    int missed = date_weekday_before(date - rng_between(rng, 5, 14));

    if (missed > world->clients[client].assessed)
        add_review(world, client, number, missed, status);
}

static void book_next(struct world *world, struct rng *rng, int client, int number)
{
    int date = weekday_between(rng, calendar.cut_off - 4, calendar.cut_off + 60);

    add_review(world, client, number, date, REVIEW_BOOKED);
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* Two kinds of tie, so that "latest by date, then by number" has something to decide. */
static void tie_with_latest(struct world *world, int nth)
{
    struct review *latest = &world->reviews[world->n_reviews - 1];
    struct review *before = latest - 1;

    if (before->status != REVIEW_COMPLETED || before->client != latest->client) return;
    if (nth % 24 == 5)
        before->date = latest->date;
    else if (nth % 24 == 17)
        before->number = latest->number;
}

static void review_client(struct world *world, struct rng *rng, int i, int nth)
{
    const struct client *client = &world->clients[i];
    int steps = 1 + rng_below(rng, 1 + (calendar.cut_off - client->assessed) / 80);
    int latest = weekday_between(rng, later(client->assessed + 35, calendar.cut_off - 75),
                                 calendar.cut_off);

    if (steps > MOST_REVIEWS) steps = MOST_REVIEWS;
    for (int step = 1; step < steps; step++) {
        int date =
            date_weekday(client->assessed + (latest - client->assessed) * step / steps);

        answer_between(rng, client, step, steps,
                       add_review(world, i, step, date, REVIEW_COMPLETED));
        if (rng_chance(rng, 150)) miss_one(world, rng, i, step, date);
    }
    if (rng_chance(rng, 150)) miss_one(world, rng, i, steps, latest);
    answer_latest(client, add_review(world, i, steps, latest, REVIEW_COMPLETED));
    if (steps > 1) tie_with_latest(world, nth);
    if (rng_chance(rng, 450)) book_next(world, rng, i, steps + 1);
}

static void not_yet_reviewed(struct world *world, struct rng *rng, int i)
{
    const struct client *client = &world->clients[i];

    if (client->assessed < calendar.cut_off - 30 && rng_chance(rng, 200))
        miss_one(world, rng, i, 1, calendar.cut_off - rng_below(rng, 10));
    if (rng_chance(rng, 400)) book_next(world, rng, i, 1);
}

void sample_reviews(struct world *world, struct rng *rng)
{
    int nth = 0;

    for (int i = 0; i < world->n_clients; i++) {
        if (world->clients[i].pair == NONE)
            not_yet_reviewed(world, rng, i);
        else
            review_client(world, rng, i, nth++);
    }
}
