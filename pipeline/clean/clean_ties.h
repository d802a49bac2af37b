// SPDX-License-Identifier: MIT
#ifndef CLEAN_TIES_H
#define CLEAN_TIES_H

#include "pipeline/clean/clean_priv.h"

/** Looks through the extracts of sources whose rules may join rows of different clients, for
 *  clients on whose rows the same number stands: adds them to `ties`. Writes nothing. */
rk_status clean_ties(struct rk_run *run, struct part_ties *ties) RK_MUST_CHECK;

#endif
