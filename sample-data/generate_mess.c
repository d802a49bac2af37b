// SPDX-License-Identifier: MIT
#include "sample-data/generate_mess.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "sample-data/generate_draw.h"
#include "sample-data/generate_sample.h"

/* ---- before writing ---- */

static int share_of(const struct world *world, int per_830)
{
    return per_830 * world->n_clients / SAMPLE_CLIENTS;
}

static bool plain(const struct client *client)
{
    return client->treatment == ENTERED_ONCE && client->born != NONE &&
           client->believe != NONE && client->area != NONE && client->criminal != NONE;
}

/* Born the same day at the same address, brother and sister: not the same person. */
static void make_twins(struct world *world, struct rng *rng, int wanted)
{
    for (int tries = 0; wanted > 0 && tries < 100000; tries++) {
        struct client *one = &world->clients[rng_below(rng, world->n_clients)];
        struct client *two = &world->clients[rng_below(rng, world->n_clients)];

        if (!plain(one) || !plain(two) || one->band != two->band ||
            one->area != two->area || one->sex != SEX_FEMALE || two->sex != SEX_MALE ||
            one->band == BAND_UNDER_25)
            continue;
        if (date_age(one->born, two->assessed) != date_age(one->born, one->assessed))
            continue;
        two->born = one->born;
        memcpy(two->surname, one->surname, NAME_ROOM);
        memcpy(two->postcode, one->postcode, POSTCODE_ROOM);
        one->treatment = two->treatment = TWIN;
        wanted--;
    }
}

static bool may_be_saved_twice(const struct client *client)
{
    return plain(client) && client->assessed - client->enrolled >= 4;
}

static bool may_be_rekeyed(const struct client *client)
{
    bool same_age = client->born != NONE && date_age(client->born, client->assessed + 6) ==
                                                date_age(client->born, client->assessed);

    return plain(client) && same_age && client->assessed < calendar.cut_off - 60;
}

static void treat(struct world *world, struct rng *rng, int treatment, int wanted,
                  bool (*fits)(const struct client *))
{
    for (int tries = 0; wanted > 0 && tries < 100000; tries++) {
        struct client *client = &world->clients[rng_below(rng, world->n_clients)];

        if (!fits(client)) continue;
        client->treatment = treatment;
        wanted--;
    }
}

/* A number that no client has, from the time of the date: references leave gaps. */
static int spare_ref(struct world *world, int date)
{
    int i = 0;

    while (i < world->n_clients - 1 &&
           (world->clients[i].enrolled < date || world->clients[i].spare_taken))
        i++;
    while (i > 0 && world->clients[i].spare_taken)
        i--;
    struct client *client = &world->clients[i];
    client->spare_taken = 1;
    int slot = (client->ref - FIRST_REF) % REF_STEP;
    return client->ref - slot + (slot + 1) % REF_STEP;
}

/* Services of the days between the two entries move behind them: they came after the
 * assessment either way. */
static void clear_of_rekeying(struct world *world)
{
    for (int i = 0; i < world->n_services; i++) {
        struct service *service = &world->services[i];
        const struct client *client = &world->clients[service->client];
        int days = service->date - client->assessed;

        if (client->treatment == REKEYED && days >= 0 && days < 8)
            service->date = date_weekday(client->assessed + 8);
    }
}

void mess_mark(struct world *world, struct rng *rng)
{
    make_twins(world, rng, share_of(world, 2));
    treat(world, rng, ROW_REPEATED, share_of(world, 9), plain);
    treat(world, rng, SAVED_TWICE, share_of(world, 10), may_be_saved_twice);
    treat(world, rng, REKEYED, share_of(world, 12), may_be_rekeyed);
    treat(world, rng, POSTCODE_LOST, share_of(world, 15), plain);
    clear_of_rekeying(world);
    for (int i = 0, lost = 0; i < world->n_clients; i++) {
        struct client *client = &world->clients[i];

        if (client->treatment == REKEYED)
            client->second_ref = spare_ref(world, client->assessed + 3);
        if (client->treatment == POSTCODE_LOST)
            snprintf(client->postcode, POSTCODE_ROOM, "%s", lost++ % 5 ? "" : "NFA");
    }
}

/* ---- the same person twice ---- */

/* Saved before the meeting was over: an earlier date, other answers or none. The later row
 * is right. */
static void save_early(struct extract *extract, const struct client *client,
                       struct rng *rng)
{
    struct entry entry = {
        .client = *client, .consent = ANSWER_YES, .note = "saved, not finished"};
    struct client *early = &entry.client;

    early->assessed = weekday_between(rng, client->enrolled, client->assessed - 2);
    early->believe = rng_chance(rng, 500) ? NONE : (int)ANSWER_NO;
    early->when = NONE;
    early->health = rng_chance(rng, 500) ? NONE : rng_below(rng, 7);
    early->unspent = NONE;
    extract_assessment(extract, &entry, client->ref);
}

/* Half of them as before, the others with a letter wrong in one name. */
static void misspell(struct client *client, int nth)
{
    char *name = nth % 4 == 1 ? client->surname : client->forename;
    size_t length = strlen(name);

    if (nth % 2 == 0) return;
    if (nth % 4 == 3) {
        name[3] = 0;
        return;
    }
    char held = name[length - 3];
    name[length - 3] = name[length - 2];
    name[length - 2] = held;
}

static void key_again(struct extract *extract, const struct client *client, struct rng *rng,
                      int nth)
{
    struct entry entry = {.client = *client, .consent = ANSWER_YES, .note = ""};

    entry.client.ref = client->second_ref;
    entry.client.assessed = date_weekday(client->assessed + rng_between(rng, 1, 4));
    entry.client.key_worker = rng_between(rng, 1, 20);
    misspell(&entry.client, nth);
    extract_assessment(extract, &entry, client->second_ref);
}

/* Two clients without scores whose enrolment date cannot be read. */
static const char *broken_enrolment(struct extract *extract, const struct client *client)
{
    static const char *const broken[] = {"30/02/2015", "Not recorded"};

    if (client->wellbeing || client->pair != NONE || !plain(client) ||
        extract->n_spoiled >= 2)
        return NULL;
    return broken[extract->n_spoiled++];
}

static void write_clients(struct extract *extract, struct world *world, struct rng *rng)
{
    int rekeyed = 0;

    for (int i = 0; i < world->n_clients; i++) {
        const struct client *client = &world->clients[i];
        struct entry entry = {.client = *client, .consent = ANSWER_YES};

        if (client->treatment == SAVED_TWICE) save_early(extract, client, rng);
        entry.enrolled = broken_enrolment(extract, client);
        extract_assessment(extract, &entry, client->ref);
        if (client->treatment == ROW_REPEATED) {
            csv_repeat(&extract->assessments, client->ref + 50);
            extract->n_assessments++;
        }
        if (client->treatment == REKEYED) key_again(extract, client, rng, rekeyed++);
    }
}

/* ---- rows that must go: per 830 clients, in the order in which reasons are tried ---- */

static const struct {
    const char *ref, *assessed, *area;
    int consent;
} unusable[] = {
  /* test records; the second has no consent either */
    {"TEST01",  NULL,         NULL,        ANSWER_YES},
    {"Test02",  NULL,         NULL,        ANSWER_NO },
    {"TEST03",  NULL,         NULL,        ANSWER_YES},
    {" test04", NULL,         NULL,        ANSWER_YES},
    {"TEST-05", NULL,         "Bolton",    ANSWER_YES},
    {"TEST06",  "14/05/2015", NULL,        ANSWER_YES},
 /* no client reference; the third is outside the areas as well */
    {"",        NULL,         NULL,        ANSWER_YES},
    {"-",       NULL,         NULL,        ANSWER_YES},
    {"N/A",     NULL,         "Stockport", ANSWER_YES},
    {"",        NULL,         NULL,        ANSWER_NO },
 /* assessment date impossible or after the cut-off */
    {NULL,      "31/02/2015", NULL,        ANSWER_YES},
    {NULL,      "31/06/2014", NULL,        ANSWER_YES},
    {NULL,      "14/05/2015", NULL,        ANSWER_YES},
    {NULL,      "02-Apr-15",  NULL,        ANSWER_NO },
    {NULL,      "12/11/2041", NULL,        ANSWER_YES},
 /* no consent */
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         NULL,        ANSWER_NO },
    {NULL,      NULL,         "Wigan",     ANSWER_NO },
 /* outside the three areas */
    {NULL,      NULL,         "Bolton",    ANSWER_YES},
    {NULL,      NULL,         "Bury",      ANSWER_YES},
    {NULL,      NULL,         "tameside",  ANSWER_YES},
    {NULL,      NULL,         "Oldham",    ANSWER_YES},
    {NULL,      NULL,         "Rochdale",  ANSWER_YES},
};

enum { UNUSABLE = sizeof unusable / sizeof unusable[0] };

/* Writes the unusable rows and keeps the references of those who had one. */
static int write_unusable(struct extract *extract, struct world *world, struct rng *rng,
                          int refs[UNUSABLE])
{
    static struct world strangers;
    struct span span = {calendar.start + 40, calendar.cut_off - 8};
    int n =
        share_of(world, UNUSABLE) < UNUSABLE ? share_of(world, UNUSABLE) : (int)UNUSABLE;
    int n_refs = 0;

    for (int i = 0; i < n; i++) {
        struct entry entry = {.client = *draw_client(&strangers, rng, span)};

        world_empty(&strangers);
        entry.client.ref = spare_ref(world, entry.client.enrolled);
        entry.ref = unusable[i].ref;
        entry.assessed = unusable[i].assessed;
        entry.area = unusable[i].area;
        entry.consent = unusable[i].consent;
        if (entry.ref && (entry.ref[0] == 'T' || entry.ref[0] == ' ')) {
            snprintf(entry.client.forename, NAME_ROOM, "Test");
            snprintf(entry.client.surname, NAME_ROOM, "Record");
            entry.note = "please ignore";
        }
        extract_assessment(extract, &entry, entry.client.ref);
        if (!entry.ref) refs[n_refs++] = entry.client.ref;
    }
    return n_refs;
}

/* ---- rows of other files that no client, or no day, stands behind ---- */

static int nth_ref(const int *refs, int n, int i)
{
    return refs[i % n];
}

/* Reviews of people whose assessment is not there, or was set aside. */
static void stray_reviews(struct extract *extract, struct world *world, struct rng *rng,
                          const int *refs, int n_refs)
{
    int unknown = share_of(world, 4);
    int excluded = share_of(world, 3);

    for (int i = 0; i < unknown + excluded; i++) {
        struct review review = {.client = NONE, .number = 1, .status = REVIEW_COMPLETED};

        review.date = weekday_between(rng, calendar.end_january - 60, calendar.cut_off);
        review.believe = rng_below(rng, 2);
        review.when = rng_below(rng, WHEN_COUNT);
        review.health = rng_below(rng, 7);
        review.key_worker = rng_between(rng, 1, 20);
        extract_review(
            extract, &review,
            i < unknown ? spare_ref(world, review.date) : nth_ref(refs, n_refs, i), NULL);
    }
}

static struct review *completed_review(struct world *world, struct rng *rng, int at_least)
{
    for (;;) {
        struct review *review = &world->reviews[rng_below(rng, world->n_reviews)];

        if (review->status == REVIEW_COMPLETED && review->number >= at_least) return review;
    }
}

/* Completed "after" the cut-off, on 31 November, before the assessment: none of them is the
 * latest review. */
static void misdated_reviews(struct extract *extract, struct world *world, struct rng *rng)
{
    static const char *const dates[] = {NULL, "31/11/2014", NULL};
    int n = share_of(world, 6);

    for (int i = 0; i < n; i++) {
        struct review review = *completed_review(world, rng, 2);
        const struct client *client = &world->clients[review.client];

        review.believe = ANSWER_YES;
        review.when = WHEN_WITHIN_1_MONTH;
        review.health = 0;
        review.number = i % 3 == 0 ? review.number + 1 : 1;
        if (i % 3 == 0)
            review.date = weekday_between(rng, extract->delivery->as_at + 200,
                                          extract->delivery->as_at + 360);
        if (i % 3 == 2) review.date = date_weekday_before(client->assessed - 20);
        extract_review(extract, &review, client->ref, dates[i % 3]);
    }
}

static const struct scoring *repeated_client(struct world *world, struct rng *rng)
{
    for (;;) {
        int i = rng_below(rng, world->n_scorings);
        int same = 0;

        for (int j = 0; j < world->n_scorings; j++)
            same += world->scorings[j].client == world->scorings[i].client;
        if (same > 1) return &world->scorings[i];
    }
}

/* Of unknown people; empty forms; a year wrong by one either way. */
static void stray_scorings(struct extract *extract, struct world *world, struct rng *rng)
{
    int n = share_of(world, 14);

    for (int i = 0; i < n; i++) {
        struct scoring scoring = *repeated_client(world, rng);
        int ref = world->clients[scoring.client].ref;

        if (i % 14 < 4) {
            ref = spare_ref(world, scoring.date);
        } else if (i % 14 < 9) {
            for (int scale = 0; scale < SCALES; scale++)
                scoring_blank(&scoring, scale);
            scoring.date = weekday_between(rng, calendar.end_january, calendar.cut_off);
        } else {
            for (int scale = 0; scale < SCALES; scale++)
                scoring_fill(rng, &scoring, scale,
                             scales[scale].items * scales[scale].high);
            scoring.date = i % 14 < 12
                               ? calendar.start - rng_between(rng, 90, 300)
                               : extract->delivery->as_at + rng_between(rng, 90, 300);
        }
        extract_scoring(extract, &scoring, ref);
    }
}

/* Of unknown and excluded people, and recorded after the cut-off. */
static void stray_services(struct extract *extract, struct world *world, struct rng *rng,
                           const int *refs, int n_refs)
{
    int n = share_of(world, 14);

    for (int i = 0; i < n; i++) {
        struct service service = world->services[rng_below(rng, world->n_services)];
        int ref = world->clients[service.client].ref;

        if (i % 14 < 9)
            ref = spare_ref(world, service.date);
        else if (i % 14 < 11)
            ref = nth_ref(refs, n_refs, i);
        else
            service.date = extract->delivery->as_at + rng_between(rng, 60, 300);
        extract_service(extract, &service, ref,
                        extract->delivery->stray_records_from +
                            ++extract->n_stray_services);
    }
}

/* Salford referrals of people whose assessment is set aside for want of consent. */
static void stray_referrals(struct extract *extract, struct world *world, struct rng *rng,
                            const int *refs, int n_refs)
{
    int n = share_of(world, 3);

    for (int i = 0; i < n; i++) {
        struct referral referral = {.client = NONE, .area = AREA_SALFORD, .status = NONE};

        referral.date = weekday_between(rng, calendar.start, calendar.baseline);
        referral.met = referral.attached = date_weekday(referral.date + 12);
        referral.status = REFERRAL_ATTACHED;
        extract_referral(extract, &referral, nth_ref(refs, n_refs, i));
    }
}

static void stray_job(struct extract *extract, struct world *world, struct rng *rng)
{
    struct job job = {.end = NONE, .evidence = ANSWER_NO, .wage_pence = 710, .hours = 16};

    if (share_of(world, 1) == 0) return;
    job.start = weekday_between(rng, calendar.end_january - 60, calendar.end_january);
    extract_job(extract, &job, AREA_SALFORD, spare_ref(world, job.start));
}

void mess_assessments(struct extract *extract, struct world *world, uint64_t seed,
                      int block)
{
    int refs[UNUSABLE];
    struct rng rng;

    rng_start(&rng, seed, 4 * (uint64_t)block + 2);
    write_clients(extract, world, &rng);
    rng_start(&rng, seed, 4 * (uint64_t)block + 3);
    int n_refs = write_unusable(extract, world, &rng, refs);
    if (n_refs == 0 || world->n_reviews < 100) return;
    stray_reviews(extract, world, &rng, refs, n_refs);
    misdated_reviews(extract, world, &rng);
    stray_scorings(extract, world, &rng);
    stray_services(extract, world, &rng, refs, n_refs);
    stray_referrals(extract, world, &rng, refs, n_refs);
    stray_job(extract, world, &rng);
}
