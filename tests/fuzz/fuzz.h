// SPDX-License-Identifier: MIT
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "pipeline/base/rk_run.h"

/** What a target is: reads `data` as its kind of file and must neither crash, nor hang, nor read or
 *  write memory that is not its own. `data` ends in a NUL that is not counted. */
void fuzz_one(const char *data, size_t bytes);

/** A run in a folder of this process, where a target puts files; quiet. Made anew for each input. */
struct rk_run fuzz_run(void);
void fuzz_run_end(struct rk_run *run);
/** Writes a file into that folder and returns its path. */
const char *fuzz_file(struct rk_run *run, const char *name, const char *data, size_t bytes);

#endif
