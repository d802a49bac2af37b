// SPDX-License-Identifier: MIT
#include "sample-data/generate_draw.h"

#include "sample-data/generate_sample.h"

enum { MOST_REVIEWS = 6, MOST_SCORINGS = 6, HEALTH_WORST = 6 };

/* By belief at first: yes, no. */
static const int when_weight[2][WHEN_COUNT] = {
    {9, 8, 8, 4, 20, 8,  43},
    {0, 0, 0, 0, 2,  90, 8 }
};
static const int health_weight[2][HEALTH_WORST + 1] = {
    {11, 2, 21, 20, 15, 16, 15},
    {8,  3, 12, 27, 13, 15, 22}
};

/* Hundredths: a typical first total and its spread, and the change in the first 90 days or
 * so. */
static const struct {
    int first, spread, per_quarter;
} shapes[SCALES] = {
    {2500, 1500, -190},
    {1800, 900,  95  },
    {2300, 1100, 75  }
};

static int later(int a, int b)
{
    return a > b ? a : b;
}

static int earlier(int a, int b)
{
    return a < b ? a : b;
}

static int yes_in(struct rng *rng, int per_thousand)
{
    return rng_chance(rng, per_thousand) ? ANSWER_YES : ANSWER_NO;
}

static void draw_health(struct rng *rng, struct client *client)
{
    static const int second[TYPE_COUNT] = {357, 307, 75, 91};
    int weight[CONDITION_COUNT];

    for (int code = 0; code < CONDITION_COUNT; code++)
        weight[code] = conditions[code].mental + conditions[code].physical +
                       conditions[code].no_response;
    client->type = TYPE_NO_RESPONSE;
    client->condition = NONE;
    if (rng_chance(rng, 950)) {
        client->condition = rng_weighted(rng, weight, CONDITION_COUNT);
        const struct condition_facts *facts = &conditions[client->condition];
        int types[TYPE_COUNT] = {facts->mental, facts->physical, 0, facts->no_response};
        client->type = rng_weighted(rng, types, TYPE_COUNT);
    }
    client->second_type = rng_weighted(rng, second, TYPE_COUNT);
    client->mental = client->type == TYPE_MENTAL ? ANSWER_YES : yes_in(rng, 680);
    client->disabled = yes_in(rng, 131);
}

static void draw_person(struct rng *rng, struct client *client)
{
    static const int areas[4] = {490, 246, 89, 5};
    static const int sexes[SEX_COUNT] = {357, 471, 2};
    static const int bands[BANDS + 1] = {58, 165, 223, 262, 117, 5};
    int weight[ETHNICITY_COUNT];

    client->area = rng_weighted(rng, areas, 4);
    if (client->area > AREA_TRAFFORD) client->area = NONE;
    client->ethnicity = NONE;
    for (int code = 0; code < ETHNICITY_COUNT && client->area != NONE; code++)
        weight[code] = ethnicity_by_area[code][client->area];
    if (client->area != NONE)
        client->ethnicity = rng_weighted(rng, weight, ETHNICITY_COUNT);
    client->sex = rng_weighted(rng, sexes, SEX_COUNT);
    client->band = rng_weighted(rng, bands, BANDS + 1);
    if (client->band == BANDS) client->band = NONE;
}

struct client *draw_client(struct world *world, struct rng *rng, struct span span)
{
    struct client *client = world_client(world);

    client->second_ref = client->pair = NONE;
    client->enrolled = weekday_between(rng, span.from, span.to);
    client->assessed =
        weekday_between(rng, client->enrolled, earlier(client->enrolled + 18, span.to));
    client->met = client->enrolled;
    client->referred = date_weekday_before(client->enrolled - rng_between(rng, 6, 28));
    draw_person(rng, client);
    person_invent(rng, client);
    person_birth(rng, client);
    draw_health(rng, client);
    client->criminal = rng_chance(rng, 29) ? NONE : yes_in(rng, 334);
    client->unspent = client->criminal == ANSWER_YES ? yes_in(rng, 390) : client->criminal;
    client->believe = client->when = client->health = NONE;
    client->latest_believe = client->latest_when = client->latest_health = NONE;
    if (rng_chance(rng, 980)) {
        client->believe = yes_in(rng, 355);
        draw_first_answers(rng, client);
    }
    return client;
}

void draw_first_answers(struct rng *rng, struct client *client)
{
    client->when = rng_weighted(rng, when_weight[client->believe], WHEN_COUNT);
    client->health = rng_weighted(rng, health_weight[client->believe], HEALTH_WORST + 1);
}

int draw_total(struct rng *rng, int scale, int *first, int days)
{
    int low = scales[scale].items * scales[scale].low;
    int high = scales[scale].items * scales[scale].high;

    if (*first == NONE) {
        int drawn = (shapes[scale].first + rng_bell(rng, shapes[scale].spread)) / 100;

        *first = later(low, earlier(high, drawn));
    }
    int slowing = days * 540 / (days + 540); /* most of the change comes early */
    int moved = shapes[scale].per_quarter * slowing / 90;
    int hundredths = *first * 100 + moved + rng_bell(rng, 500);
    return later(low, earlier(high, hundredths / 100));
}

void draw_referral(struct world *world, struct rng *rng, int i, struct span span)
{
    const struct client *client = &world->clients[i];
    struct referral *referral = world_referral(world);

    referral->client = i;
    referral->area = client->area;
    referral->date = client->referred;
    referral->met = client->met;
    referral->attached = client->enrolled;
    referral->status = NONE;
    if (rng_chance(rng, 880)) return;
    referral = world_referral(world); /* and somebody who never came */
    referral->client = referral->met = referral->attached = referral->status = NONE;
    referral->area = world->clients[i].area;
    referral->date = weekday_between(rng, span.from, span.to);
}

/* The latest completed review of the client so far, or NULL. */
static const struct review *last_review(const struct world *world, int i)
{
    const struct review *last = NULL;

    for (int r = 0; r < world->n_reviews; r++) {
        const struct review *review = &world->reviews[r];

        if (review->client != i || review->status != REVIEW_COMPLETED) continue;
        if (!last || review->date > last->date ||
            (review->date == last->date && review->number > last->number))
            last = review;
    }
    return last;
}

/* Answers drift: belief comes more often than it goes, the others follow it. */
static void drift(struct rng *rng, struct review *review)
{
    if (review->believe == NONE) review->believe = ANSWER_NO;
    if (rng_chance(rng, review->believe == ANSWER_NO ? 110 : 60))
        review->believe = review->believe == ANSWER_NO ? ANSWER_YES : ANSWER_NO;
    if (review->when == NONE || rng_chance(rng, 250))
        review->when = rng_weighted(rng, when_weight[review->believe], WHEN_COUNT);
    if (review->health == NONE || rng_chance(rng, 100))
        review->health =
            rng_weighted(rng, health_weight[review->believe], HEALTH_WORST + 1);
    else if (review->health > 0 && rng_chance(rng, 300))
        review->health--;
}

void draw_reviews(struct world *world, struct rng *rng, int i, struct span span)
{
    static const int missed_status[] = {REVIEW_BOOKED, REVIEW_CANCELLED,
                                        REVIEW_DID_NOT_ATTEND};
    const struct client *client = &world->clients[i];
    const struct review *last = last_review(world, i);
    struct review answers = {.client = i, .number = 1, .status = REVIEW_COMPLETED};

    answers.key_worker = client->key_worker;
    answers.believe = last ? last->believe : client->believe;
    answers.when = last ? last->when : client->when;
    answers.health = last ? last->health : client->health;
    answers.number = last ? last->number + 1 : 1;
    int date = later(span.from, client->assessed + 35) + rng_below(rng, 60);
    while (date_weekday(date) <= span.to && answers.number <= MOST_REVIEWS) {
        struct review *review;

        drift(rng, &answers);
        answers.date = date_weekday(date);
        review = world_review(world);
        *review = answers;
        if (rng_chance(rng, 40)) review->believe = review->when = review->health = NONE;
        answers.number++;
        date += rng_between(rng, 60, 120);
        if (rng_chance(rng, 300)) return;
    }
    if (rng_chance(rng, 450)) {
        struct review *review = world_review(world);

        *review = answers;
        review->date = date_weekday(later(date, span.to - 10));
        review->status = missed_status[review->date > span.to ? 0 : rng_below(rng, 3)];
        review->believe = review->when = review->health = NONE;
    }
}

/* First totals of a client who was scored before; NONE otherwise. */
static int first_totals(const struct world *world, int i, int first[SCALES])
{
    int n = 0;

    for (int scale = 0; scale < SCALES; scale++)
        first[scale] = NONE;
    for (int s = 0; s < world->n_scorings; s++) {
        if (world->scorings[s].client != i) continue;
        n++;
        for (int scale = 0; scale < SCALES; scale++) {
            if (first[scale] == NONE)
                first[scale] = scoring_sum(&world->scorings[s], scale);
        }
    }
    return n;
}

/* Now and then an item is left out, or a total added up wrongly. */
static void slip(struct rng *rng, struct scoring *scoring, int scale)
{
    int *item = &scoring->item[scale][rng_below(rng, scales[scale].items)];

    if (rng_chance(rng, 20)) *item = rng_chance(rng, 500) ? NONE : scales[scale].high + 1;
    if (rng_chance(rng, 20)) scoring->total[scale] += rng_between(rng, 1, 6);
}

void draw_scorings(struct world *world, struct rng *rng, int i, struct span span)
{
    const struct client *client = &world->clients[i];
    int first[SCALES];
    int n = first_totals(world, i, first);
    int date =
        later(span.from, later(client->enrolled, calendar.wellbeing)) + rng_below(rng, 50);

    if (n == 0 && rng_chance(rng, 130)) return;
    for (; date_weekday(date) <= span.to && n < MOST_SCORINGS; n++) {
        struct scoring *scoring = world_scoring(world);
        int sure = rng_below(rng, SCALES);

        scoring->client = i;
        scoring->date = date_weekday(date);
        for (int scale = 0; scale < SCALES; scale++) {
            int total = draw_total(rng, scale, &first[scale], date - client->enrolled);

            if (scale != sure && !rng_chance(rng, 880)) continue;
            scoring_fill(rng, scoring, scale, total);
            slip(rng, scoring, scale);
        }
        date += rng_between(rng, 45, 110);
    }
}

static int draw_organisation(struct rng *rng, int type)
{
    int first;
    int n = organisations_of(type, &first);
    int one = rng_below(rng, n);
    int two = rng_below(rng, n);

    return first + earlier(one, two);
}

static void draw_service(struct rng *rng, const struct client *client,
                         struct service *service)
{
    static const int engagement_weight[ENGAGEMENT_COUNT] = {52, 26, 8, 14};
    static const int quality_weight[QUALITY_COUNT] = {106, 435, 400, 39, 2};
    static const int improving_share[4] = {734, 292, 834, 500}; /* by area, then unknown */

    if (rng_chance(rng, 930))
        service->engagement = rng_weighted(rng, engagement_weight, ENGAGEMENT_COUNT);
    service->coproducing = yes_in(rng, 390);
    service->shared_plan =
        service->coproducing == ANSWER_YES ? yes_in(rng, 470) : (int)ANSWER_NO;
    if (rng_chance(rng, 630))
        service->improving =
            yes_in(rng, improving_share[client->area == NONE ? 3 : client->area]);
    if (rng_chance(rng, 512))
        service->quality = rng_weighted(rng, quality_weight, QUALITY_COUNT);
}

void draw_services(struct world *world, struct rng *rng, int i, struct span span)
{
    static const int how_many[8] = {26, 22, 18, 12, 9, 7, 4, 2};
    const struct client *client = &world->clients[i];
    int n = rng_weighted(rng, how_many, 8);
    int from = later(span.from, client->assessed);

    for (int s = 0; s < n; s++) {
        struct service *service = world_service(world);
        int type = s == 0 && rng_chance(rng, 900)
                       ? (int)SERVICE_GP
                       : rng_weighted(rng, service_records, SERVICE_COUNT + 1);

        service->client = i;
        service->date = weekday_between(rng, from, span.to);
        service->type = type == SERVICE_COUNT ? NONE : type;
        service->organisation =
            type == SERVICE_COUNT ? (int)ORGANISATION_GP : draw_organisation(rng, type);
        service->engagement = service->improving = service->quality = NONE;
        draw_service(rng, client, service);
    }
}

void draw_job(struct world *world, struct rng *rng, int i, struct span span)
{
    const struct client *client = &world->clients[i];
    int from = later(span.from, client->assessed + 30);

    if (from + 3 > span.to || !rng_chance(rng, client->believe == ANSWER_YES ? 70 : 20))
        return;
    struct job *job = world_job(world);
    job->client = i;
    job->start = weekday_between(rng, from, span.to);
    job->end = NONE;
    if (rng_chance(rng, 250))
        job->end = date_weekday(job->start + rng_between(rng, 10, 120));
    if (job->end > span.to) job->end = NONE;
    job->evidence = yes_in(rng, 600);
    job->wage_pence = rng_chance(rng, 300) ? 650 : 650 + 5 * rng_below(rng, 80);
    job->hours = 8 * rng_between(rng, 2, 5);
}

void draw_events(struct world *world, struct rng *rng, int i, struct span span)
{
    draw_reviews(world, rng, i, span);
    draw_scorings(world, rng, i, span);
    draw_services(world, rng, i, span);
    draw_job(world, rng, i, span);
}
