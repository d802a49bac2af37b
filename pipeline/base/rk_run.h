// SPDX-License-Identifier: MIT
#ifndef RK_RUN_H
#define RK_RUN_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>

/**
 * What every stage is given: where the study is, where the outputs go, and the services. A
 * stage's main is `return rk_run_main(argc, argv, &stage)`; reckon calls the same stages
 * with the run it has made.
 */
struct rk_run {
    const char *program;   /**< "reckon-clean" */
    const char *study_dir; /**< folder of study.yaml */
    const char *out_dir;   /**< OUT */
    const char *data_dir;  /**< --data, or NULL: the study says */
    const char *ledger_dir; /**< --ledger, or NULL: the study says */
    const char *as_at;     /**< --as-at 2015-09-30, or NULL: the study's cut_off */
    const char *from;      /**< --from: the extracts that `reckon init` reads, or NULL */
    const char *former;    /**< --former: OUT of an earlier run, for `reckon quality`, or NULL */
    const char *links;     /**< --links strict or loose, or NULL: how sure dedupe must be */
    const char *part_asked; /**< --part 2/7 as typed, or NULL */
    const struct run_part *part; /**< the share of the clients that is worked on; NULL: all */
    const struct merge_parts *parts; /**< parts that `reckon merge` puts together, or NULL */
    const char *whole_dir; /**< OUT, where out_dir is the folder of a part in it; else NULL */
    bool internal;         /**< --internal: nothing masked, stamped on every page */
    bool of_many;          /**< one of the stages of a run: the run records that it is whole */
    bool trace;            /**< --trace: the pages also as text */
    bool quiet, verbose, json, dry_run;
    bool fetched;    /**< databases have been asked: see clean_fetch.h */
    const char *jobs; /**< -j as typed, or NULL */
    long threads;    /**< how many may work at a time; results are the same with any number */
    bool rows;             /**< --rows: explain lists the rows behind a number */
    bool done;       /**< --help or --version was answered: nothing is left to do */
    int lock;        /**< OUT/.lock while it is held, or -1 */
    int lock_ticket; /**< its place among what goes when the run ends early */
    struct rk_arena *arena;
    struct rk_diag *diag;
    const struct study *study; /**< read by the first stage that asks: see study_open */
    struct hash_book *hashes;  /**< of the files looked at: see hash_book.h */
};

struct rk_stage {
    const char *name;           /**< "clean": the program is reckon-clean */
    const char *summary;        /**< one line for --help */
    const char *reads, *writes; /**< "the extracts", "OUT/10-clean" for --help */
    const char *examples;       /**< lines for --help, ending in \n */
    rk_status (*work)(struct rk_run *run);
};

/** Parses the common options, handles --help and --version, locks OUT (a second run in the
 * same folder is refused with RK_WORLD), runs the stage, flushes messages. Returns the exit
 * status. */
int rk_run_main(int argc, char **argv, const struct rk_stage *stage);

/** The pieces, for reckon itself: rk_run_open reads the options into `run` (which it
 * clears) and makes its arena and diag; `operands` receives the arguments that are no
 * options and has room for `argc`. After --help (`usage` on stdout) or --version run->done
 * is set. Close it whatever it returns. */
rk_status rk_run_open(struct rk_run *run, const char *program, int argc, char **argv,
                      const char *usage, const char **operands,
                      size_t *operand_count) RK_MUST_CHECK;
/** Makes out_dir if need be and holds OUT/.lock until rk_run_close. */
rk_status rk_run_lock(struct rk_run *run) RK_MUST_CHECK;
void rk_run_close(struct rk_run *run);

/** "OUT/10-clean/name" in the run's arena; without `name` "OUT/10-clean". */
const char *rk_run_path(const struct rk_run *run, const char *folder, const char *name);
/** A line about what a stage did, to stderr unless quiet: "clean   4,210
 * rows read, ...". */
void rk_run_report(const struct rk_run *run, const char *stage, const char *format, ...)
    RK_PRINTF(3, 4);

/** Where config files (scales, themes, the terminal driver) are: RECKON_SHARE, the
 * installed share folder, or config/ of the source tree beside the program; RK_WORLD when
 * nowhere. */
rk_status rk_run_share(struct rk_run *run, const char *kind, const char *name,
                       const char **path) RK_MUST_CHECK;

#endif
