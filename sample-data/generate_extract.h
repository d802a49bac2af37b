// SPDX-License-Identifier: MIT
/* The seven files of a delivery: what each row looks like once somebody has typed it. */
#ifndef GENERATE_EXTRACT_H
#define GENERATE_EXTRACT_H

#include "sample-data/generate_csv.h"
#include "sample-data/generate_people.h"

/** What differs between deliveries. */
struct delivery {
    const char *title;          /* of the assessments file */
    const char *area_heading;   /* in it */
    int as_at, referrals_as_at; /* nothing later is known, but for booked reviews */
    int coded_from;         /* areas of clients enrolled since then are statistics codes */
    int stray_records_from; /* numbers of service records that belong to nobody */
};

struct extract {
    const struct delivery *delivery;
    struct speller speller;
    struct csv_file assessments, reviews, scorings, services, referrals, jobs, monitoring;
    long n_assessments;
    int n_reviews, n_scorings, n_services, n_stray_services, n_referrals, n_jobs, n_spoiled;
    int birth_turn, health_turn;
};

/** One row of the assessments file. A text that is not NULL stands in place of the client's
 * own value. */
struct entry {
    struct client client;
    int consent;
    const char *ref, *enrolled, *assessed, *area, *note;
};

/** Starts the files; on failure says so and ends the program with status 4. */
void extract_open(struct extract *extract, const struct delivery *delivery,
                  const char *folder, uint64_t seed);

/** The contract manager's figures, as far as the delivery knows them. */
void extract_monitoring(struct extract *extract);

/** Footer, monitoring figures, end. */
void extract_close(struct extract *extract);

/** Writes what is held back. */
void extract_flush(struct extract *extract);

/* One row each. Where `ref` is asked for, it is the number after WW that the row shows. */
void extract_assessment(struct extract *extract, const struct entry *entry, long key);
void extract_review(struct extract *extract, const struct review *review, int ref,
                    const char *date);
void extract_scoring(struct extract *extract, const struct scoring *scoring, int ref);
void extract_service(struct extract *extract, const struct service *service, int ref,
                     int number);
void extract_referral(struct extract *extract, const struct referral *referral, int ref);
void extract_job(struct extract *extract, const struct job *job, int area, int ref);

/** The reference under which a client's row of that date was entered. */
int extract_ref(const struct client *client, int date);

/** Every event of the world, and some of the rows twice; the assessments are
 * mess_assessments' work. */
void extract_world(struct extract *extract, const struct world *world);

#endif
