// SPDX-License-Identifier: MIT
#ifndef TESTS_FAULTS_KEYS_H
#define TESTS_FAULTS_KEYS_H

#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_yaml.h"

/** What a reader said and knew while it read; filled by the wrapped functions of keys_heard.c. */
struct heard {
    size_t errors;            /**< messages that are errors */
    size_t nowhere;           /**< of these, without file or without line */
    struct rk_place places[64]; /**< of the first errors */
    char lost[4096];          /**< text of the first of these */
    char last[4096];          /**< text of the last one */
    char names[64][32];       /**< what the last word was compared with, for its nearest */
    size_t name_count;
    const struct rk_diag *diag; /**< whose messages count: a reader tries some things in silence */
    void (*on_map)(const struct rk_yaml *map, const char *const *known); /**< or NULL */
};
extern struct heard heard;

void heard_forget(void);
/** Was an error said at this place? */
bool heard_at(size_t line, size_t column);

/** Values that no key is meant to have: words of shells, formulas, paths, numbers out of range, other
 *  kinds of node. As written in YAML; NULL at the end. */
extern const char *const hostile_values[];

/** What is counted, and said at the end. */
struct tally {
    size_t tried, refused, accepted, wrong;
};
void tally_wrong(struct tally *tally, const char *what, const char *where);

/** Every key of study.yaml of a study; every `every`-th case. What is accepted goes to `keep`/N/study.yaml
 *  (every 50th) unless `keep` is NULL. */
void keys_of_study(const char *study_dir, size_t every, const char *keep, struct tally *tally);
/** Every key of a narrative's front matter and of its blocks. */
void keys_of_narrative(size_t every, struct tally *tally);

/** A folder for one case; made once, removed at the end. */
const char *keys_folder(void);
void keys_put(const char *name, const char *text);
struct rk_run keys_run(void);
void keys_run_end(struct rk_run *run);

#endif
