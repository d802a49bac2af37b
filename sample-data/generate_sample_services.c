// SPDX-License-Identifier: MIT
/*
 * Services: 1,916 records of 615 clients. Those of Manchester to 25 February 2015 (992
 * records of 302 clients) are the committee report's figure 3; there each client has one
 * record of a type, so its "number of clients" counts both.
 */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_sample.h"

#include <assert.h>
#include <string.h>

enum {
    RECORDS = 1916,
    UNTYPED = SERVICE_COUNT, /* the last row of the tables: no type recorded */
    TYPES = SERVICE_COUNT + 1,
    AREAS = 3
};

/* Table 5.1 as counts. */
const int service_records[TYPES] = {
    [SERVICE_CRIMINAL_JUSTICE] = 13,
    [SERVICE_DOMESTIC_ABUSE_SUPPORT] = 4,
    [SERVICE_EMPLOYMENT_SUPPORT] = 80,
    [SERVICE_FAMILY_SUPPORT] = 18,
    [SERVICE_GP] = 585,
    [SERVICE_HOUSING] = 287,
    [SERVICE_LEGAL_AID] = 10,
    [SERVICE_LOCAL_COUNCIL_SERVICES] = 19,
    [SERVICE_MENTAL_HEALTH_SERVICES] = 178,
    [SERVICE_MONEY_SERVICES] = 21,
    [SERVICE_OTHER] = 179,
    [SERVICE_PARENTING_SUPPORT] = 8,
    [SERVICE_PHYSICAL_HEALTH_SERVICES] = 266,
    [SERVICE_QUALIFICATIONS_SUPPORT] = 39,
    [SERVICE_SKILLS_SUPPORT] = 50,
    [SERVICE_SUBSTANCE_ABUSE_SUPPORT] = 73,
    [SERVICE_WELFARE_DEBT_ADVICE] = 67,
    [UNTYPED] = 19,
};

/* Figure 3: records, co-producing, shared plan. */
static const struct {
    int records, coproducing, shared;
} snapshot[TYPES] = {
    [SERVICE_CRIMINAL_JUSTICE] = {6,   1,  0 },
    [SERVICE_DOMESTIC_ABUSE_SUPPORT] = {2,   0,  0 },
    [SERVICE_EMPLOYMENT_SUPPORT] = {41,  34, 17},
    [SERVICE_FAMILY_SUPPORT] = {11,  7,  5 },
    [SERVICE_GP] = {276, 33, 13},
    [SERVICE_HOUSING] = {153, 86, 34},
    [SERVICE_LEGAL_AID] = {5,   2,  0 },
    [SERVICE_LOCAL_COUNCIL_SERVICES] = {13,  9,  1 },
    [SERVICE_MENTAL_HEALTH_SERVICES] = {92,  36, 21},
    [SERVICE_MONEY_SERVICES] = {9,   8,  3 },
    [SERVICE_OTHER] = {56,  23, 7 },
    [SERVICE_PARENTING_SUPPORT] = {4,   2,  1 },
    [SERVICE_PHYSICAL_HEALTH_SERVICES] = {161, 33, 6 },
    [SERVICE_QUALIFICATIONS_SUPPORT] = {25,  19, 16},
    [SERVICE_SKILLS_SUPPORT] = {37,  29, 17},
    [SERVICE_SUBSTANCE_ABUSE_SUPPORT] = {42,  21, 13},
    [SERVICE_WELFARE_DEBT_ADVICE] = {52,  46, 32},
    [UNTYPED] = {7,   0,  0 },
};

/* 992 records of the snapshot: engaged 58%, referred by the key worker 24%. */
static const int engagement_snapshot[ENGAGEMENT_COUNT] = {575, 238, 61, 118};

/* Of each area: clients and records outside the snapshot. Manchester's 38 are new to the
 * file, 58 records are of clients who are in the snapshot already. */
static const int other_clients[AREAS] = {38, 206, 69};
static const int other_records[AREAS] = {96, 618, 210};

/* Table 5.2: No and Yes by area. */
static const int improving_by_area[AREAS][ANSWER_COUNT] = {
    [AREA_MANCHESTER] = {[ANSWER_NO] = 177, [ANSWER_YES] = 488},
    [AREA_SALFORD] = {[ANSWER_NO] = 277, [ANSWER_YES] = 114},
    [AREA_TRAFFORD] = {[ANSWER_NO] = 25,  [ANSWER_YES] = 126},
};

/* Ratings (paragraphs 54 to 56); how good splits into superb and effective is ours. -1: the
 * rest of the types. */
static const struct {
    int service;
    int rated[QUALITY_COUNT];
} ratings[] = {
    {SERVICE_GP,                 {21, 105, 142, 9, 0} },
    {SERVICE_HOUSING,            {14, 73, 60, 4, 2}   },
    {SERVICE_EMPLOYMENT_SUPPORT, {7, 19, 28, 0, 0}    },
    {SERVICE_CRIMINAL_JUSTICE,   {0, 2, 3, 1, 1}      },
    {NONE,                       {62, 236, 167, 26, 0}},
};

enum {
    IN_SNAPSHOT = 1,
    OUTSIDE_SNAPSHOT = 2
}; /* client.services while the parts below work */

static struct service *add_service(struct world *world, int client, int type)
{
    struct service *service = world_service(world);

    service->client = client;
    service->type = type == UNTYPED ? NONE : type;
    service->organisation = service->quality = service->improving = NONE;
    service->coproducing = service->shared_plan = service->engagement = NONE;
    return service;
}

static int joined_early(const struct client *client)
{
    return -client->assessed;
}

static bool world_has(const struct world *world, int client, int type)
{
    int wanted = type == UNTYPED ? NONE : type;

    for (int i = 0; i < world->n_services; i++) {
        if (world->services[i].client == client && world->services[i].type == wanted)
            return true;
    }
    return false;
}

/* One record of a type for so many clients, first for those who have none of any type. */
static void give_type(struct world *world, struct rng *rng, struct crowd *crowd,
                      int *records, int type)
{
    int given = 0;

    crowd_shuffle(rng, crowd);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < crowd->n && given < snapshot[type].records; i++) {
            int who = crowd->who[i];

            if (pass == 0 ? records[who] > 0 : world_has(world, who, type)) continue;
            add_service(world, who, type);
            records[who]++;
            given++;
        }
    }
}

static void build_snapshot(struct world *world, struct rng *rng)
{
    static int records[SAMPLE_CLIENTS];
    struct crowd crowd = CROWD(world, IS(area, AREA_MANCHESTER),
                               IN(assessed, calendar.start, calendar.committee - 5));

    crowd_rank(rng, &crowd, joined_early, 90);
    assert(crowd.n >= 302);
    crowd.n = 302;
    memset(records, 0, sizeof records);
    give_type(world, rng, &crowd, records, SERVICE_GP);
    for (int type = 0; type < TYPES; type++) {
        if (type != SERVICE_GP) give_type(world, rng, &crowd, records, type);
    }
    deal_one(&crowd, FIELD(services), IN_SNAPSHOT, 302);
    for (int i = 0; i < world->n_services; i++) {
        struct service *service = &world->services[i];
        int assessed = world->clients[service->client].assessed;

        service->date = weekday_between(rng, assessed, calendar.committee);
    }
}

static int date_outside(struct rng *rng, const struct client *client)
{
    int soonest = client->assessed;

    if (client->area == AREA_MANCHESTER && soonest <= calendar.committee)
        soonest = calendar.committee + 1;
    return weekday_between(rng, soonest, calendar.cut_off);
}

/* Every one of them but a few has one GP record; the rest are dealt out within each area.
 */
static void build_outside(struct world *world, struct rng *rng)
{
    struct crowd holders[AREAS];
    int bag[RECORDS];
    int n_bag = 0;
    int next = 0;

    for (int type = 0; type < TYPES; type++) {
        for (int i = snapshot[type].records; i < service_records[type]; i++) {
            if (type != SERVICE_GP) bag[n_bag++] = type;
        }
    }
    rng_shuffle(rng, bag, n_bag);
    int without_gp = other_clients[0] + other_clients[1] + other_clients[2] -
                     (service_records[SERVICE_GP] - snapshot[SERVICE_GP].records);
    for (int area = 0; area < AREAS; area++) {
        struct crowd *crowd = &holders[area];

        *crowd = CROWD(world, IS(area, area), IS(services, 0));
        crowd_rank(rng, crowd, joined_early, 200);
        assert(crowd->n >= other_clients[area]);
        crowd->n = other_clients[area];
        int left = other_records[area];
        for (int i = 0; i < crowd->n; i++, left--) {
            bool no_gp = area == AREA_SALFORD && i < without_gp;

            add_service(world, crowd->who[i], no_gp ? bag[next++] : SERVICE_GP);
            world->clients[crowd->who[i]].services = OUTSIDE_SNAPSHOT;
        }
        if (area == AREA_MANCHESTER)
            *crowd =
                CROWD(world, IS(area, area), IN(services, IN_SNAPSHOT, OUTSIDE_SNAPSHOT));
        for (; left > 0; left--)
            add_service(world, crowd->who[rng_below(rng, crowd->n)], bag[next++]);
    }
    assert(next == n_bag);
}

/* ---- answers about each record ---- */

typedef bool record_test(const struct world *world, const struct service *service,
                         int code);

/* Indices of the records that pass a test, in an order drawn at random. */
static int records_where(struct world *world, struct rng *rng, record_test *test, int code,
                         int *which)
{
    int n = 0;

    for (int i = 0; i < world->n_services; i++) {
        if (test(world, &world->services[i], code)) which[n++] = i;
    }
    rng_shuffle(rng, which, n);
    return n;
}

static bool in_snapshot(const struct world *world, const struct service *service, int type)
{
    const struct client *client = &world->clients[service->client];
    int wanted = type == UNTYPED ? NONE : type;

    return client->area == AREA_MANCHESTER && service->date <= calendar.committee &&
           (type > UNTYPED || service->type == wanted);
}

static void answer_snapshot(struct world *world, struct rng *rng)
{
    int which[RECORDS];
    int n = records_where(world, rng, in_snapshot, TYPES, which);
    int next = 0;

    for (int code = 0; code < ENGAGEMENT_COUNT; code++) {
        for (int i = 0; i < engagement_snapshot[code]; i++)
            world->services[which[next++]].engagement = code;
    }
    assert(next == n);
    for (int type = 0; type < TYPES; type++) {
        n = records_where(world, rng, in_snapshot, type, which);
        assert(n == snapshot[type].records);
        for (int i = 0; i < n; i++) {
            struct service *service = &world->services[which[i]];

            service->coproducing = i < snapshot[type].coproducing ? ANSWER_YES : ANSWER_NO;
            service->shared_plan = i < snapshot[type].shared ? ANSWER_YES : ANSWER_NO;
        }
    }
}

/* Outside the snapshot nothing is published about these: alike, with some blanks. */
static void answer_outside(struct world *world, struct rng *rng)
{
    static const int engagement_weight[ENGAGEMENT_COUNT] = {52, 26, 8, 14};

    for (int i = 0; i < world->n_services; i++) {
        struct service *service = &world->services[i];

        if (service->engagement != NONE) continue;
        if (rng_chance(rng, 930))
            service->engagement = rng_weighted(rng, engagement_weight, ENGAGEMENT_COUNT);
        if (rng_chance(rng, 100)) continue;
        service->coproducing = rng_chance(rng, 380) ? ANSWER_YES : ANSWER_NO;
        bool shared = service->coproducing == ANSWER_YES && rng_chance(rng, 450);
        service->shared_plan = shared ? ANSWER_YES : ANSWER_NO;
    }
}

static bool of_area(const struct world *world, const struct service *service, int area)
{
    return world->clients[service->client].area == area;
}

/* How ready somebody is to call a service useful: oneself, age (paragraph 24), sex and area
 * (paragraph 23). */
static int readiness(const struct client *client, int mood)
{
    static const int by_band[BANDS] = {130, 50, 20, 0, -170};
    static const int by_area_female[AREAS] = {60, -90, 20};
    int score = mood;

    if (client->band != NONE) score += by_band[client->band];
    if (client->sex == SEX_FEMALE) score += by_area_female[client->area];
    if (client->ethnicity == ETHNICITY_WHITE_BRITISH) score -= 20;
    return score;
}

static void answer_improving(struct world *world, struct rng *rng)
{
    static int mood[SAMPLE_CLIENTS];
    static int score[RECORDS];
    int which[RECORDS];

    for (int i = 0; i < SAMPLE_CLIENTS; i++)
        mood[i] = rng_between(rng, -320, 320);
    for (int area = 0; area < AREAS; area++) {
        int answered =
            improving_by_area[area][ANSWER_YES] + improving_by_area[area][ANSWER_NO];
        int n = records_where(world, rng, of_area, area, which);

        assert(n >= answered);
        for (int i = 0; i < answered; i++) {
            int client = world->services[which[i]].client;

            score[which[i]] = readiness(&world->clients[client], mood[client]) +
                              rng_between(rng, -320, 320);
        }
        for (int i = 0; i < answered; i++) { /* the highest come to the front, one by one */
            int best = i;

            for (int j = i + 1; j < answered; j++)
                best = score[which[j]] > score[which[best]] ? j : best;
            int held = which[i];
            which[i] = which[best];
            which[best] = held;
            world->services[which[i]].improving =
                i < improving_by_area[area][ANSWER_YES] ? ANSWER_YES : ANSWER_NO;
        }
    }
}

/* ---- organisations and how well one works with them ---- */

static bool of_type(const struct world *world, const struct service *service, int type)
{
    (void)world;
    return service->type == type;
}

/* Each organisation of the type at least once, the first ones more often; GPs give health
 * services too. */
static void name_organisations(struct world *world, struct rng *rng)
{
    int which[RECORDS];

    for (int type = 0; type < SERVICE_COUNT; type++) {
        int first;
        int n_organisations = organisations_of(type, &first);
        int n = records_where(world, rng, of_type, type, which);
        bool health = type == SERVICE_MENTAL_HEALTH_SERVICES ||
                      type == SERVICE_PHYSICAL_HEALTH_SERVICES;

        assert(n >= n_organisations);
        for (int i = 0; i < n; i++) {
            int low = rng_below(rng, n_organisations);
            int lower = rng_below(rng, n_organisations);
            int drawn = i < n_organisations ? i : low < lower ? low : lower;
            bool by_gp = health && i >= n - n / 9;

            world->services[which[i]].organisation =
                by_gp ? ORGANISATION_GP : first + drawn;
        }
    }
}

/* Council services are the council's own; somebody without a type is often with a GP. */
static void place_organisations(struct world *world, struct rng *rng)
{
    int first;

    organisations_of(SERVICE_LOCAL_COUNCIL_SERVICES, &first);
    for (int i = 0; i < world->n_services; i++) {
        struct service *service = &world->services[i];

        if (service->type == NONE && rng_chance(rng, 700))
            service->organisation = ORGANISATION_GP;
        if (service->type == SERVICE_LOCAL_COUNCIL_SERVICES)
            service->organisation = first + world->clients[service->client].area;
    }
}

static bool of_rest(const struct world *world, const struct service *service, int code)
{
    (void)world;
    (void)code;
    for (size_t i = 0; ratings[i].service != NONE; i++) {
        if (service->type == ratings[i].service) return false;
    }
    return true;
}

static void rate(struct world *world, struct rng *rng)
{
    int which[RECORDS];

    for (size_t row = 0; row < sizeof ratings / sizeof ratings[0]; row++) {
        int type = ratings[row].service;
        int n = records_where(world, rng, type == NONE ? of_rest : of_type, type, which);
        int next = 0;

        for (int code = 0; code < QUALITY_COUNT; code++) {
            for (int i = 0; i < ratings[row].rated[code]; i++) {
                assert(next < n);
                world->services[which[next++]].quality = code;
            }
        }
    }
}

static void trade_quality(struct world *world, struct service *service, int quality)
{
    if (service->quality == quality) return;
    for (int i = 0; i < world->n_services; i++) {
        struct service *other = &world->services[i];

        if (other->type != service->type || other->quality != quality ||
            other->organisation == service->organisation)
            continue;
        other->quality = service->quality;
        service->quality = quality;
        return;
    }
    assert(!"nobody to trade a rating with");
}

static void trade_organisation(struct world *world, struct service *service,
                               int organisation)
{
    for (int i = 0; i < world->n_services && service->organisation != organisation; i++) {
        struct service *other = &world->services[i];

        if (other->type != service->type || other->organisation != organisation) continue;
        other->organisation = service->organisation;
        service->organisation = organisation;
    }
    assert(service->organisation == organisation);
}

static bool of_organisation(const struct world *world, const struct service *service,
                            int code)
{
    (void)world;
    return service->organisation == code && service->type == SERVICE_HOUSING;
}

/*
 * The three very poor ratings (paragraph 54): a private landlord, an unnamed criminal
 * justice agency, and a housing association that has two average ratings and an effective
 * one besides.
 */
static void place_very_poor(struct world *world, struct rng *rng)
{
    static const int association_ratings[] = {QUALITY_AVERAGE, QUALITY_AVERAGE,
                                              QUALITY_EFFECTIVE, QUALITY_VERY_POOR};
    enum { ASSOCIATION = ORGANISATION_PRIVATE_LANDLORD + 2 };
    int which[RECORDS];
    int n = records_where(world, rng, of_organisation, ASSOCIATION, which);

    assert(n >= 4);
    for (int i = 0; i < n; i++)
        trade_quality(world, &world->services[which[i]],
                      i < 4 ? association_ratings[i] : NONE);
    for (int i = 0; i < world->n_services; i++) {
        struct service *service = &world->services[i];

        if (service->quality != QUALITY_VERY_POOR || service->organisation == ASSOCIATION)
            continue;
        trade_organisation(world, service,
                           service->type == SERVICE_HOUSING ? ORGANISATION_PRIVATE_LANDLORD
                                                            : ORGANISATION_JUSTICE_AGENCY);
    }
}

/* Six services that clients used before anybody assessed them: right, and worth a warning.
 */
static void use_before_assessment(struct world *world, struct rng *rng)
{
    for (int done = 0; done < 6;) {
        struct service *service = &world->services[rng_below(rng, world->n_services)];
        const struct client *client = &world->clients[service->client];
        int date = date_weekday_before(client->assessed - rng_between(rng, 3, 40));

        if (client->assessed > calendar.committee || service->date > calendar.committee ||
            date < calendar.start)
            continue;
        service->date = date;
        done++;
    }
}

void sample_services(struct world *world, struct rng *rng)
{
    build_snapshot(world, rng);
    int built = world->n_services;
    build_outside(world, rng);
    for (int i = built; i < world->n_services; i++)
        world->services[i].date =
            date_outside(rng, &world->clients[world->services[i].client]);
    assert(world->n_services == RECORDS);
    answer_snapshot(world, rng);
    answer_outside(world, rng);
    answer_improving(world, rng);
    name_organisations(world, rng);
    place_organisations(world, rng);
    rate(world, rng);
    place_very_poor(world, rng);
    use_before_assessment(world, rng);
}
