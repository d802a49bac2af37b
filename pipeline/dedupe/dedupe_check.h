// SPDX-License-Identifier: MIT
#ifndef DEDUPE_CHECK_H
#define DEDUPE_CHECK_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Runs the checks of a source that use people's columns. */
rk_status dedupe_check(struct dedupe_rows *rows) RK_MUST_CHECK;

#endif
