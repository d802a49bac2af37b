// SPDX-License-Identifier: MIT
#ifndef DRIVER_DRIVER_H
#define DRIVER_DRIVER_H

#include "pipeline/base/rk_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** The verbs of `reckon`. Each takes the arguments from its own name on and returns the exit
 *  status; one file a verb. `reckon stat` has its own header. */
int driver_run(int argc, char **argv);
int driver_check(int argc, char **argv);
int driver_init(int argc, char **argv);
int driver_unclean(int argc, char **argv);
int driver_names(int argc, char **argv);
int driver_quality(int argc, char **argv);
int driver_backtest(int argc, char **argv);
int driver_release(int argc, char **argv);
int driver_linkage_score(int argc, char **argv);
int driver_key(int argc, char **argv);
int driver_review(int argc, char **argv);
int driver_lint(int argc, char **argv);
int driver_verify(int argc, char **argv);
int driver_explain(int argc, char **argv);
int driver_purge(int argc, char **argv);
int driver_audit(int argc, char **argv);
int driver_merge(int argc, char **argv);

/** What a verb is that takes a study: its help, its operands and its work. */
struct rk_run;
struct driver_verb {
    const char *program, *usage;
    const char *operands;  /**< in words, for the message: "a study and a file of figures" */
    size_t operand_count;
    bool needs_out;        /**< -o OUT must be given */
    rk_status (*work)(struct rk_run *run, const char **operands);
};
/** Reads the options, checks the operands (the first is the study), works, closes. */
int driver_verb(int argc, char **argv, const struct driver_verb *verb);
/** The same where up to `most` operands may be given; those that are not are NULL. */
int driver_verb_up_to(int argc, char **argv, const struct driver_verb *verb, size_t most);

/** A text in quotes; `"name": "text"` with what comes after it. */
void driver_json_text(const char *text, FILE *out);
void driver_json_field(const char *name, const char *text, const char *after, FILE *out);

struct rk_stage;
/** The eight stages in their order, NULL at the end. */
const struct rk_stage *const *driver_stages(void);
const struct rk_stage *driver_stage(const char *name);

/** The stages of a run, those that are stale, and what a run says at its end. */
rk_status driver_run_stages(struct rk_run *run, const struct rk_stage *const *stages) RK_MUST_CHECK;
/** A stage on memory of its own, so that a run needs no more than its largest stage; the study
 *  and the hashes are the run's. */
rk_status driver_alone(const struct rk_run *run, const struct rk_stage *stage,
                       rk_status (*work)(struct rk_run *run, const struct rk_stage *stage))
    RK_MUST_CHECK;
/** `reckon run --part`. */
rk_status driver_run_part(struct rk_run *run) RK_MUST_CHECK;

#endif
