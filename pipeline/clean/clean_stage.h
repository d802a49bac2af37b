// SPDX-License-Identifier: MIT
#ifndef CLEAN_STAGE_H
#define CLEAN_STAGE_H

#include "pipeline/base/rk_run.h"

/** The stage: extracts to OUT/10-clean. */
extern const struct rk_stage clean_stage;

/** `--dump FILE` and `--dump --typed FILE TYPE`: shows a file as it is read, a JSON list of
 * cells a row. Returns the exit status; arguments are those behind `--dump`. */
int clean_dump(int argc, char **argv);

#endif
