// SPDX-License-Identifier: MIT
#ifndef RK_RUN_PRIV_H
#define RK_RUN_PRIV_H

#include "pipeline/base/rk_run.h"

/** Reads the options into `run`; true in *help or *version where asked for. */
rk_status run_read_options(struct rk_run *run, int argc, char **argv, const char **operands,
                           size_t *operand_count, bool *help, bool *version) RK_MUST_CHECK;
/** Makes the process what the code takes for granted: descriptors 0 to 2 open, no inherited
 *  signal settings that kill it at a write or hide its children. */
void run_tidy_process(void);

#endif
