// SPDX-License-Identifier: MIT
#ifndef CLEANED_H
#define CLEANED_H

#include "pipeline/base/rk_run.h"

/**
 * A small study and a 10-clean folder for tests of dedupe: clients (the people), their
 * visits, jobs (whose unknown people stay) and totals that stand alone. A test fills in
 * what it is about and leaves the rest NULL. Rows are given without file_line, a line each:
 * "clients.csv:2" is the first.
 */
struct cleaned {
    const char *columns;     /**< of clients, instead of the usual ones; whole lines */
    const char *duplicates;  /**< rules of clients, each "      - {...}\n" */
    const char *visit_rules; /**< more keys of visits: checks, duplicates; whole lines */
    const char *derive;      /**< below `derive:` */
    const char *points;      /**< below `points:`, indented by two */
    const char *clients;     /**< client,name,born,sex,seen,score */
    const char *visits;      /**< client,day,number,status,mood,cost,i1,i2,i3 */
    const char *jobs;        /**< job,client,started */
    const char *totals;      /**< line,value */
    const char *folder;      /**< of study.yaml; OUT is folder/out. Made if NULL */
    struct rk_run run;
    const char *said; /**< on stderr */
};

/** Writes the folder and runs dedupe. End with cleaned_end. */
rk_status cleaned_run(struct cleaned *cleaned);
/** Runs dedupe again on what lies in the folder. */
rk_status cleaned_rerun(struct cleaned *cleaned);
void cleaned_end(struct cleaned *cleaned);

/** A file of 20-people as it is. */
const char *cleaned_file(struct cleaned *cleaned, const char *name);
/** Its rows without the header. */
long cleaned_rows(struct cleaned *cleaned, const char *name);
/** Cell of the first row that has `key` in column `by`; NULL when there is no such row. */
const char *cleaned_cell(struct cleaned *cleaned, const char *name, const char *by,
                         const char *key, const char *column);
/** The same of people.csv by client, which is what tests ask most. */
const char *cleaned_person(struct cleaned *cleaned, const char *client, const char *column);
/** Rows of a step in flow.csv; -1 when it is not there. */
long cleaned_flow(struct cleaned *cleaned, const char *source, const char *step,
                  const char *code);

#endif
