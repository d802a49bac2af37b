// SPDX-License-Identifier: MIT
/*
 * The sample study: 830 clients on whom every figure of published/targets.csv is true at
 * once. Each part below adds to the world what the part before it left open; the numbers
 * they deal out are the published ones.
 */
#ifndef GENERATE_SAMPLE_H
#define GENERATE_SAMPLE_H

#include "sample-data/generate_people.h"

enum { SAMPLE_CLIENTS = 830 };

struct calendar {
    int start;         /* of the programme, 26 March 2014 */
    int wellbeing;     /* first scorings, 1 May 2014 */
    int baseline;      /* of the wellbeing bands, 31 August 2014 */
    int end_january;   /* 31 January 2015 */
    int committee;     /* the committee report's data, 25 February 2015 */
    int cut_off;       /* 13 March 2015 */
    int later_cut_off; /* of the second delivery, 30 September 2015 */
};
extern const struct calendar calendar;

/* What is published of ethnicity and primary condition; other clients are drawn in the same
 * proportions. */
extern const int ethnicity_by_area[ETHNICITY_COUNT][3];

struct condition_facts {
    int reviewed, yes_first, answered, yes_latest; /* of those reviewed */
    int mental, physical, no_response;             /* of all 830, by type of condition */
};
extern const struct condition_facts conditions[CONDITION_COUNT];

/** Records of each type of service; the last row is of records without a type. */
extern const int service_records[SERVICE_COUNT + 1];

/** Fills an empty world; the same seed gives the same world. */
void sample_build(struct world *world, uint64_t seed);

/* The parts, in order. */
void sample_arrivals(struct world *world, struct rng *rng);   /* referrals, areas, dates */
void sample_background(struct world *world, struct rng *rng); /* sex, age, health, record */
void sample_answers(struct world *world, struct rng *rng); /* belief, start, confidence */
void sample_reviews(struct world *world, struct rng *rng);
void sample_wellbeing(struct world *world, struct rng *rng);
void sample_services(struct world *world, struct rng *rng);
void sample_jobs(struct world *world, struct rng *rng);

/** A day from low to high that is not on a weekend; there must be one. */
int weekday_between(struct rng *rng, int low, int high);

#endif
