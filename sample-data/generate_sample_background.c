// SPDX-License-Identifier: MIT
/* Sex, age, ethnicity, health and record of the 830, and which 326 of them have been
 * reviewed. */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_sample.h"

#include <assert.h>

/* Table 4.1 as counts: Manchester, Salford, Trafford; the five clients without an area have
 * no ethnicity either. */
const int ethnicity_by_area[ETHNICITY_COUNT][3] = {
    [ETHNICITY_BANGLADESHI] = {1,   0,   1 },
    [ETHNICITY_BLACK_AFRICAN] = {6,   5,   0 },
    [ETHNICITY_BLACK_BRITISH] = {12,  3,   5 },
    [ETHNICITY_BLACK_CARIBBEAN] = {6,   0,   1 },
    [ETHNICITY_INDIAN] = {2,   1,   1 },
    [ETHNICITY_OTHER_ASIAN] = {13,  1,   0 },
    [ETHNICITY_OTHER_ETHNIC_GROUP] = {24,  2,   0 },
    [ETHNICITY_OTHER_MIXED] = {12,  3,   4 },
    [ETHNICITY_OTHER_WHITE] = {0,   2,   0 },
    [ETHNICITY_PAKISTANI] = {21,  0,   3 },
    [ETHNICITY_PREFER_NOT_TO_SAY] = {3,   0,   2 },
    [ETHNICITY_WHITE_AND_ASIAN] = {2,   1,   0 },
    [ETHNICITY_WHITE_AND_BLACK_AFRICAN] = {1,   0,   0 },
    [ETHNICITY_WHITE_AND_BLACK_CARIBBEAN] = {9,   0,   0 },
    [ETHNICITY_WHITE_BRITISH] = {360, 225, 69},
    [ETHNICITY_WHITE_IRISH] = {18,  3,   3 },
};

/*
 * Primary condition of the reviewed (paragraph 79): how many, of them Yes at first,
 * answered at review, Yes at review. Then all 830 by condition type: mental, physical, no
 * response. The paragraph fixes the first four up to the smallest bases that give its
 * percentages; paragraph 15 fixes six totals; the other totals are our choice.
 */
const struct condition_facts conditions[CONDITION_COUNT] = {
    [CONDITION_DEPRESSION] = {73, 35, 73, 44, 184, 0,  0 },
    [CONDITION_ANXIETY_DISORDER] = {55, 23, 55, 25, 183, 0,  0 },
    [CONDITION_BACK_PROBLEMS] = {22, 8,  22, 8,  0,   66, 0 },
    [CONDITION_EPILEPSY] = {29, 6,  29, 10, 0,   44, 0 },
    [CONDITION_OSTEOARTHRITIS] = {19, 4,  16, 5,  0,   27, 0 },
    [CONDITION_RHEUMATOID_ARTHRITIS] = {8,  1,  7,  1,  0,   14, 0 },
    [CONDITION_PROBLEMS_WITH_LEGS] = {11, 4,  9,  4,  0,   34, 0 },
    [CONDITION_ALCOHOL_ADDICTION] = {14, 4,  13, 6,  12,  20, 0 },
    [CONDITION_SUBSTANCE_MISUSE] = {6,  3,  6,  4,  8,   5,  0 },
    [CONDITION_BIPOLAR_DISORDER] = {6,  2,  6,  3,  14,  0,  0 },
    [CONDITION_PTSD] = {3,  1,  3,  0,  8,   0,  0 },
    [CONDITION_LEARNING_DIFFICULTIES] = {6,  3,  6,  2,  6,   8,  0 },
    [CONDITION_DIABETES] = {7,  2,  6,  2,  0,   16, 0 },
    [CONDITION_HEART_BLOOD_PRESSURE] = {9,  4,  8,  5,  0,   21, 0 },
    [CONDITION_CHEST_BREATHING] = {4,  1,  3,  1,  0,   12, 0 },
    [CONDITION_FIBROMYALGIA] = {3,  0,  3,  1,  0,   8,  0 },
    [CONDITION_PROBLEMS_WITH_FEET] = {5,  0,  5,  1,  0,   9,  0 },
    [CONDITION_PROBLEMS_WITH_ARMS] = {3,  1,  3,  3,  0,   7,  0 },
    [CONDITION_PROBLEMS_WITH_HANDS] = {1,  0,  1,  1,  0,   3,  0 },
    [CONDITION_NECK_PROBLEMS] = {3,  1,  3,  1,  0,   7,  0 },
    [CONDITION_DIFFICULTY_SEEING] = {3,  2,  3,  0,  0,   6,  0 },
    [CONDITION_DIFFICULTY_HEARING] = {2,  2,  2,  2,  0,   4,  0 },
    [CONDITION_NEUROLOGICAL] = {2,  0,  2,  1,  0,   5,  0 },
    [CONDITION_BLOOD_RELATED_DISORDER] = {1,  0,  1,  0,  0,   3,  0 },
    [CONDITION_BRAIN_INJURY_TRAUMA] = {1,  0,  1,  0,  0,   4,  0 },
    [CONDITION_CHRONIC_FATIGUE_SYNDROME] = {1,  0,  1,  0,  0,   4,  0 },
    [CONDITION_OTHER] = {21, 6,  21, 11, 0,   22, 18},
    [CONDITION_PREFER_NOT_TO_SAY] = {2,  1,  2,  0,  0,   0,  5 },
};
static const struct condition_facts not_named = {6, 5, 5, 2, 0, 0, 43};

/* Table 7.1 as flows: 119 Yes at first and 143 at review, by area 76 to 86, 38 to 48, 5
 * to 9. */
static const int pairs_by_area[3][PAIRS] = {
    {71, 5, 15, 99, 7},
    {35, 3, 13, 55, 4},
    {5,  0, 4,  10, 0}
};

static int joined_early(const struct client *client)
{
    return -client->assessed;
}

static int is_male(const struct client *client)
{
    return client->sex == SEX_MALE ? 60 : 0;
}

static void deal_area_ethnicity(struct world *world, struct rng *rng)
{
    for (int area = 0; area < 3; area++) {
        struct crowd crowd = CROWD(world, IS(area, area));
        int quota[ETHNICITY_COUNT];

        for (int code = 0; code < ETHNICITY_COUNT; code++)
            quota[code] = ethnicity_by_area[code][area];
        crowd_shuffle(rng, &crowd);
        deal(&crowd, FIELD(ethnicity), quota, ETHNICITY_COUNT);
    }
    struct crowd rest = CROWD(world, IS(area, NONE));
    deal_one(&rest, FIELD(ethnicity), NONE, rest.n);
}

static void deal_sex_age(struct world *world, struct rng *rng)
{
    static const int sexes[SEX_COUNT] = {357, 471, 2};
    static const int bands[BANDS] = {58, 165, 223, 262, 117};
    struct crowd crowd = CROWD(world, IN(area, NONE, AREA_TRAFFORD));

    crowd_shuffle(rng, &crowd);
    deal(&crowd, FIELD(sex), sexes, SEX_COUNT);
    crowd_shuffle(rng, &crowd);
    deal_one(&crowd, FIELD(band), NONE, 5);
    deal(&crowd, FIELD(band), bands, BANDS);
}

static void choose_reviewed(struct world *world, struct rng *rng)
{
    struct crowd all = CROWD(world, IN(area, NONE, AREA_TRAFFORD));

    deal_one(&all, FIELD(pair), NONE, all.n);
    for (int area = 0; area < 3; area++) {
        int n = 0;
        struct crowd crowd = CROWD(world, IS(area, area),
                                   IN(assessed, calendar.start, calendar.cut_off - 42));

        for (int pair = 0; pair < PAIRS; pair++)
            n += pairs_by_area[area][pair];
        crowd_rank(rng, &crowd, joined_early, 60);
        assert(crowd.n >= n);
        crowd.n = n;
        crowd_shuffle(rng, &crowd);
        deal(&crowd, FIELD(pair), pairs_by_area[area], PAIRS);
    }
}

/* The fewest movers that give both margins: nobody moves both ways within a condition. */
static int condition_quota(const struct condition_facts *facts, int pair)
{
    int stayed =
        facts->yes_first < facts->yes_latest ? facts->yes_first : facts->yes_latest;
    int blank = facts->reviewed - facts->answered;

    switch (pair) {
    case YES_YES:
        return stayed;
    case YES_NO:
        return facts->yes_first - stayed;
    case NO_YES:
        return facts->yes_latest - stayed;
    case NO_BLANK:
        return blank;
    default:
        return facts->reviewed - facts->yes_first - facts->yes_latest + stayed - blank;
    }
}

static void deal_conditions(struct world *world, struct rng *rng)
{
    int quota[CONDITION_COUNT];

    for (int pair = 0; pair < PAIRS; pair++) {
        struct crowd crowd = CROWD(world, IS(pair, pair));

        for (int code = 0; code < CONDITION_COUNT; code++)
            quota[code] = condition_quota(&conditions[code], pair);
        crowd_shuffle(rng, &crowd);
        deal_one(&crowd, FIELD(condition), NONE, condition_quota(&not_named, pair));
        deal(&crowd, FIELD(condition), quota, CONDITION_COUNT);
    }
    struct crowd rest = CROWD(world, IS(pair, NONE));
    for (int code = 0; code < CONDITION_COUNT; code++) {
        const struct condition_facts *facts = &conditions[code];

        quota[code] =
            facts->mental + facts->physical + facts->no_response - facts->reviewed;
    }
    crowd_shuffle(rng, &rest);
    deal_one(&rest, FIELD(condition), NONE, not_named.no_response - not_named.reviewed);
    deal(&rest, FIELD(condition), quota, CONDITION_COUNT);
}

static void deal_types(struct world *world, struct rng *rng)
{
    static const int second[TYPE_COUNT] = {357, 307, 75, 91};

    for (int code = NONE; code < CONDITION_COUNT; code++) {
        const struct condition_facts *facts = code == NONE ? &not_named : &conditions[code];
        int quota[TYPE_COUNT] = {facts->mental, facts->physical, 0, facts->no_response};
        struct crowd crowd = CROWD(world, IS(condition, code));

        crowd_shuffle(rng, &crowd);
        deal(&crowd, FIELD(type), quota, TYPE_COUNT);
    }
    struct crowd all = CROWD(world, IN(area, NONE, AREA_TRAFFORD));
    crowd_shuffle(rng, &all);
    deal(&all, FIELD(second_type), second, TYPE_COUNT);
}

/* The key worker's view: 697 of 830, 277 of the 326 reviewed; never No where the primary
 * condition is mental. */
static void deal_mental(struct world *world, struct rng *rng)
{
    static const int without[PAIRS] = {17, 2, 8, 20, 2};
    struct crowd all = CROWD(world, IN(area, NONE, AREA_TRAFFORD));

    deal_one(&all, FIELD(mental), ANSWER_YES, all.n);
    for (int pair = 0; pair < PAIRS; pair++) {
        struct crowd crowd =
            CROWD(world, IS(pair, pair), IN(type, TYPE_PHYSICAL, TYPE_NO_RESPONSE));

        crowd_shuffle(rng, &crowd);
        deal_one(&crowd, FIELD(mental), ANSWER_NO, without[pair]);
    }
    struct crowd rest =
        CROWD(world, IS(pair, NONE), IN(type, TYPE_PHYSICAL, TYPE_NO_RESPONSE));
    crowd_shuffle(rng, &rest);
    deal_one(&rest, FIELD(mental), ANSWER_NO, 84);
}

/* Registered disabled: 109 of 830, 33 of the reviewed, whose Yes goes from 10 to 11. */
static void deal_disabled(struct world *world, struct rng *rng)
{
    static const int with[PAIRS] = {10, 0, 1, 22, 0};
    struct crowd all = CROWD(world, IN(area, NONE, AREA_TRAFFORD));

    deal_one(&all, FIELD(disabled), ANSWER_NO, all.n);
    for (int pair = 0; pair < PAIRS; pair++) {
        struct crowd crowd = CROWD(world, IS(pair, pair), IS(mental, ANSWER_YES));

        crowd_shuffle(rng, &crowd);
        deal_one(&crowd, FIELD(disabled), ANSWER_YES, with[pair]);
    }
    struct crowd rest = CROWD(world, IS(pair, NONE));
    crowd_shuffle(rng, &rest);
    deal_one(&rest, FIELD(disabled), ANSWER_YES, 76);
}

/* A third of those who answered have a record, 13% an unspent conviction. */
static void deal_record(struct world *world, struct rng *rng)
{
    struct crowd all = CROWD(world, IN(area, NONE, AREA_TRAFFORD));

    crowd_shuffle(rng, &all);
    deal_one(&all, FIELD(criminal), NONE, 24);
    crowd_rank(rng, &all, is_male, 100);
    deal_one(&all, FIELD(criminal), ANSWER_YES, 269);
    deal_one(&all, FIELD(criminal), ANSWER_NO, all.n);

    struct crowd asked = CROWD(world, IS(criminal, ANSWER_NO));
    deal_one(&asked, FIELD(unspent), ANSWER_NO, asked.n);
    struct crowd silent = CROWD(world, IS(criminal, NONE));
    deal_one(&silent, FIELD(unspent), NONE, silent.n);
    struct crowd with = CROWD(world, IS(criminal, ANSWER_YES));
    crowd_shuffle(rng, &with);
    deal_one(&with, FIELD(unspent), ANSWER_YES, 105);
    deal_one(&with, FIELD(unspent), ANSWER_NO, with.n);
}

/* Real answers move both ways. So many times per area somebody who stayed with Yes and
 * somebody alike who stayed with No each change their mind: every margin stays. */
static const int turns[3] = {13, 7, 0};

static bool alike(const struct client *a, const struct client *b)
{
    return a->area == b->area && a->condition == b->condition && a->mental == b->mental &&
           a->disabled != ANSWER_YES && b->disabled != ANSWER_YES;
}

static void turn_around(struct world *world)
{
    int left[3] = {turns[0], turns[1], turns[2]};

    for (int i = 0; i < world->n_clients; i++) {
        struct client *yes = &world->clients[i];
        for (int k = world->n_clients - 1; k >= 0 && yes->pair == YES_YES && left[yes->area]; k--) {
            struct client *no = &world->clients[k];
            if (no->pair != NO_NO || !alike(yes, no)) continue;
            yes->pair = YES_NO;
            no->pair = NO_YES;
            left[yes->area]--;
        }
    }
    assert(!left[0] && !left[1] && !left[2]);
}

void sample_background(struct world *world, struct rng *rng)
{
    deal_area_ethnicity(world, rng);
    deal_sex_age(world, rng);
    for (int i = 0; i < world->n_clients; i++) {
        person_invent(rng, &world->clients[i]);
        person_birth(rng, &world->clients[i]);
    }
    choose_reviewed(world, rng);
    deal_conditions(world, rng);
    deal_types(world, rng);
    deal_mental(world, rng);
    deal_disabled(world, rng);
    turn_around(world);
    deal_record(world, rng);
}
