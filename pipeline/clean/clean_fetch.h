// SPDX-License-Identifier: MIT
#ifndef CLEAN_FETCH_H
#define CLEAN_FETCH_H

#include "pipeline/base/rk_run.h"

/** Asks the databases of the study once a run and puts what they give into OUT/05-database, a
 * CSV file for each source (0700/0600): the extract that the stages read and the hashes are of.
 * Nothing when no source is in a database, or when it has been done. */
rk_status clean_fetch(struct rk_run *run) RK_MUST_CHECK;

#endif
