// SPDX-License-Identifier: MIT
#ifndef CONTRACT_MANIFEST_H
#define CONTRACT_MANIFEST_H

#include "pipeline/base/rk_run.h"

/**
 * OUT/run.json: what was run on what. For every stage the hash of all that it reads (its key)
 * and of the folder it wrote, so that `reckon run` knows which stages are stale and which folder
 * was changed by hand. No time, no absolute path: two runs give the same bytes.
 */

/** A stage as the folders see it. */
struct manifest_stage {
    const char *name;     /**< "clean" */
    const char *reads[3]; /**< folders of OUT; none for clean, which reads the extracts */
    const char *writes;   /**< "10-clean"; for report the file names are the narratives' */
    bool narratives;      /**< the narratives and the theme count as read, too */
};

enum manifest_state {
    MANIFEST_FRESH,   /**< read the same things, and what it wrote is still there */
    MANIFEST_STALE,   /**< something it reads changed, or it never ran */
    MANIFEST_EDITED,  /**< read the same things; somebody changed what it wrote */
    MANIFEST_CLASH,   /**< somebody changed what it wrote, and what it reads changed too */
};

struct manifest_verdict {
    enum manifest_state state;
    const char *why; /**< in words, for `reckon run -n` */
};

/** The eight stages in their order, ended by a NULL name. */
const struct manifest_stage *manifest_stages(void);
const struct manifest_stage *manifest_find(const char *name);

/** The verb that makes a file or folder of OUT again: "dedupe" for OUT/20-people/people.csv. */
const char *manifest_writer(const char *path);

/** Compares run.json with what is there now. A missing or unreadable run.json: all stale. */
rk_status manifest_judge(struct rk_run *run, const struct manifest_stage *stage,
                         struct manifest_verdict *out) RK_MUST_CHECK;
/** Notes the stage after it has committed its folder: in run.json, or in .run.json while a run of
 *  many stages (run->of_many) is not through, or when later stages have read something else.
 *  run.json tells of whole sets alone. */
rk_status manifest_record(struct rk_run *run, const struct manifest_stage *stage) RK_MUST_CHECK;

/** Stages of a run that share a folder leave their results in a hidden one (manifest_staged) until
 *  the last of them, `stage`, is through: then the folder changes as one, and is noted. Does
 *  nothing for other stages. */
rk_status manifest_publish(struct rk_run *run, const struct manifest_stage *stage) RK_MUST_CHECK;
/** ".30-results" */
const char *manifest_staged(const struct rk_run *run, const char *folder);
/** Told of each folder of OUT (and of "the reports", and of .run.json, which an unfinished run
 *  leaves) whether it is as run.json says. */
typedef void manifest_say(void *context, const char *what, bool same);
/** Is what lies in OUT one whole set, made by the run that run.json tells of? RK_CHECK after a message
 *  when no run was ever through. */
rk_status manifest_compare(struct rk_run *run, void *context, manifest_say *say) RK_MUST_CHECK;

/** The run is through: what it noted becomes run.json. */
rk_status manifest_finish(struct rk_run *run) RK_MUST_CHECK;
/** The extracts that run.json names, sorted by name, with their hashes; none without run.json. */
struct manifest_input {
    const char *name, *hash;
};
void manifest_inputs(struct rk_run *run, struct manifest_input **out, size_t *count);
/** In words what run.json is of and the run is not: another study, cut-off, version or extract;
 *  NULL when it is of the same. */
rk_status manifest_differs(struct rk_run *run, const char **what) RK_MUST_CHECK;
/** A text of run.json ("reckon", "cut_off", "study_hash"), or NULL. */
const char *manifest_text(struct rk_run *run, const char *key);

/** A stage's program: parses options, locks, works, records. The body of every *_main.c. */
int manifest_main(int argc, char **argv, const struct rk_stage *stage);
/** The same for a run that is already open: works and records. */
rk_status manifest_run(struct rk_run *run, const struct rk_stage *stage) RK_MUST_CHECK;

#endif
