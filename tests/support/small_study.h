// SPDX-License-Identifier: MIT
#ifndef SMALL_STUDY_H
#define SMALL_STUDY_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"

/**
 * A small study and a 20-people folder written row by row, for tests of the stages that
 * read it. People have a client key, area, sex, believe, when and enrolled; reviews ask
 * believe and when again; services have a type, an answer and an organisation; scores are
 * taken twice; monitoring stands alone.
 */
struct small_study {
    const char *folder;  /**< of study.yaml; OUT is folder/out */
    const char *results; /**< the lines below `results:`, indented by two */
    char *text[6];       /**< of each file of 20-people, in the order of small_file */
    size_t bytes[6], cap[6];
    size_t people, records;
    struct rk_run run;
};

enum small_file {
    SMALL_PEOPLE,
    SMALL_REVIEWS,
    SMALL_LATEST,
    SMALL_SERVICES,
    SMALL_SCORES,
    SMALL_MONITORING,
    SMALL_FILES
};

/** A person; "" for what is not known. `believe` and `when` are what they said at first. */
struct small_person {
    const char *area, *sex, *believe, *when, *enrolled;
};

void small_begin(struct small_study *small, const char *results);
/** Adds a person, and returns their number: client C0001 is 1. */
size_t small_person(struct small_study *small, struct small_person person);
/** `n` people of a kind. */
void small_people(struct small_study *small, long n, struct small_person person);
/** The person's review, which is also their latest; both answers may be "". */
void small_review(struct small_study *small, size_t person, const char *believe,
                  const char *when);
/** A service record of a person (0: of nobody we know). */
void small_service(struct small_study *small, size_t person, const char *type,
                   const char *improving, const char *organisation);
/** `yes` of `n` records of one type, dealt in turn to `people` from person `first` on. */
void small_services(struct small_study *small, long n, long yes, size_t first,
                    size_t people, const char *type);
/** Scores on the first and on a later day; `latest` below 0: scored once. */
void small_scores(struct small_study *small, size_t person, int initial, int latest);
void small_monitoring(struct small_study *small, const char *month, const char *indicator,
                      double value);
/** Turns the rows of every file but the headers round. */
void small_reverse(struct small_study *small);

/** Writes everything, runs a stage of it and reads 30-results. NULL when the stage fails;
 * `status` then says why, and `said` what was printed. */
struct results *small_run(struct small_study *small, const struct rk_stage *stage,
                          rk_status *status, const char **said);
void small_end(struct small_study *small);
/** Forgets a run and its results, so that another may follow. */
void small_forget(struct small_study *small);

/** A cell that must be there. */
const struct cell *small_cell(const struct results *results, const char *id);

/** The value, and the limits, of a cell that must be there. */
void small_value(const struct results *results, const char *id, double value);
void small_limits(const struct results *results, const char *id, double low, double high);
/** A quantity that must be there. */
const struct quantity *small_quantity(const struct results *results, const char *id);
bool small_is_linked(const struct results *results, const char *cell, const char *quantity);
/** Is there a sum with this total and, among others, this part? */
bool small_is_part(const struct results *results, const char *total, const char *part);

#endif
