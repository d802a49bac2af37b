// SPDX-License-Identifier: MIT
#ifndef CONTRACT_FLOW_H
#define CONTRACT_FLOW_H

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_run.h"

/** Who left, where and why: flow.csv, one row per source, step and reason, in order.
 *  10-clean/flow.csv holds the steps of clean, 20-people/flow.csv those and dedupe's. */
struct flow_step {
    const char *source;
    const char *step;   /**< "read", "set_aside", "excluded", "kept", "duplicates", "unlinked",
                             "unique" */
    const char *code;   /**< reason's code, "" for the step's total */
    const char *reason; /**< in words */
    long rows;
};

struct flow {
    struct rk_arena *arena;
    struct flow_step *steps;
    size_t count, cap;
};

void flow_add(struct flow *flow, const char *source, const char *step, const char *code,
              const char *reason, long rows);
/** Rows of a step, 0 when it is not there. */
long flow_rows(const struct flow *flow, const char *source, const char *step, const char *code);
/** Reads OUT/folder/flow.csv into a new flow in the run's arena. */
rk_status flow_read(struct rk_run *run, const char *folder, struct flow *out) RK_MUST_CHECK;
/** Header and steps. */
void flow_write(const struct flow *flow, struct rk_csv_writer *writer);

#endif
