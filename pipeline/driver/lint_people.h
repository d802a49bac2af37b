// SPDX-License-Identifier: MIT
#ifndef DRIVER_LINT_PEOPLE_H
#define DRIVER_LINT_PEOPLE_H

#include "render/lint.h"

/**
 * Quotations and case studies against the people: sex, age, area, condition as a block describes
 * them, counted together in OUT/20-people. Fewer than the study may publish is a finding; how many
 * is never said. Nothing without OUT/20-people or `identifying:` in the study.
 */
rk_status lint_people(struct rk_run *run, const char *name, struct lint_findings *out)
    RK_MUST_CHECK;

#endif
