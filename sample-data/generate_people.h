// SPDX-License-Identifier: MIT
/* The made-up truth: clients and what happened to them, before anybody types it. */
#ifndef GENERATE_PEOPLE_H
#define GENERATE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "sample-data/generate_spell.h"

enum { WSAS, SWEMWBS, GSE, SCALES };
/** The n-th client (from 0) has a reference from FIRST_REF + n * REF_STEP on; gaps stay
 * between them. */
enum { FIRST_REF = 10004, REF_STEP = 3 };

enum { SCALE_ITEMS = 10, NAME_ROOM = 32, POSTCODE_ROOM = 12 };

struct scale {
    int items, low, high; /* number of items, range of one */
};
extern const struct scale scales[SCALES];

enum {
    FIRST_QUARTER,
    QUARTERS = 4
}; /* of enrolment: April-June 2014 ... January-March 2015 */
enum { BAND_UNDER_25, BAND_25, BAND_35, BAND_45, BAND_55, BANDS };

/** One person. Every answer is a code of generate_codes.h or NONE; every date a day number
 * or NONE. */
struct client {
    int ref;        /* the number after WW */
    int second_ref; /* of a person who was entered again under a new reference, else NONE */
    char forename[NAME_ROOM];
    char surname[NAME_ROOM];
    char postcode[POSTCODE_ROOM];
    int sex, area, ethnicity;
    int band, born;
    int referred, met, enrolled, assessed;
    int type, condition, second_type;
    int disabled, mental;
    int criminal, unspent;
    int believe, when, health;                      /* at the initial assessment */
    int pair;                                       /* enum pair, of those reviewed */
    int latest_believe, latest_when, latest_health; /* at the latest completed review */
    int key_worker;
    int wellbeing;   /* 1: has been scored at least once */
    int services;    /* 0: uses none */
    int treatment;   /* enum treatment */
    int spare_taken; /* 1: the unused number next to `ref` has been given away */
};

/** Belief that one can find and keep work: first answer, then answer at the latest review.
 */
enum pair { YES_YES, YES_NO, NO_YES, NO_NO, NO_BLANK, PAIRS };

/** How the office spoiled a client's row. */
enum treatment { ENTERED_ONCE, TWIN, ROW_REPEATED, SAVED_TWICE, REKEYED, POSTCODE_LOST };

struct review {
    int client; /* index, or NONE: somebody whose assessment is not in the extract */
    int number, date, status;
    int believe, when, health;
    int key_worker;
};

struct scoring {
    int client;
    int date;
    int item[SCALES][SCALE_ITEMS]; /* NONE: blank */
    int total[SCALES];             /* as typed; NONE: blank */
};

struct service {
    int date, client;
    int type, organisation, engagement;
    int coproducing, shared_plan, improving, quality;
};

struct referral {
    int client; /* NONE: nobody has an assessment from it yet */
    int area, date, met, attached;
    int status; /* the return of 31 January 2015, NONE for later referrals */
};

struct job {
    int start, client;
    int end, evidence;
    int wage_pence, hours;
};

/** Arrays that grow; `n` of each. */
struct world {
    struct client *clients;
    struct review *reviews;
    struct scoring *scorings;
    struct service *services;
    struct referral *referrals;
    struct job *jobs;
    int n_clients, n_reviews, n_scorings, n_services, n_referrals, n_jobs;
    int room[6];
};

/** Each adds one zeroed item and returns it; the pointer lives until the next one of its
 * kind. */
struct client *world_client(struct world *world);
struct review *world_review(struct world *world);
struct scoring *world_scoring(struct world *world);
struct service *world_service(struct world *world);
struct referral *world_referral(struct world *world);
struct job *world_job(struct world *world);

/** Puts services and jobs into the order of their dates, so that their numbers follow it.
 */
void world_sort(struct world *world);

/** Forgets all items and keeps the memory. */
void world_empty(struct world *world);

void world_free(struct world *world);

/** Names, a postcode, a key worker: whatever no figure depends on. Needs sex and area. */
void person_invent(struct rng *rng, struct client *client);

/** A new postcode in the area. */
void person_move(struct rng *rng, struct client *client);

/** A date of birth within the age band, as it is on the day of the assessment. */
void person_birth(struct rng *rng, struct client *client);

/** Spreads a total over the items of a scale. */
void scoring_fill(struct rng *rng, struct scoring *scoring, int scale, int total);

void scoring_blank(struct scoring *scoring, int scale);

/** The sum of the items; NONE unless every item is answered. */
int scoring_sum(const struct scoring *scoring, int scale);

/** Calendar quarter of enrolment, 0 for April to June 2014; later ones go on counting. */
int quarter_of(int date);

#endif
