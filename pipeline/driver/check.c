// SPDX-License-Identifier: MIT
#include "pipeline/contract/study.h"
#include "pipeline/driver/driver.h"

#include <stdio.h>

static const char usage[] =
    "reckon check: say everything that is wrong with a study\n"
    "\n"
    "  reckon check config/working-well\n"
    "\n"
    "Reads study.yaml, codes/ and the scales; writes nothing. Exit status 3 when something is\n"
    "wrong; each line says where and what was expected.\n";

static void summary(const struct study *study)
{
    size_t columns = 0;

    for (size_t i = 0; i < study->source_count; i++)
        columns += study->sources[i].column_count;
    printf("%s is in order: %zu sources, %zu columns, %zu code lists, %zu points, %zu scales, "
           "%zu results, %zu reports\n",
           study->path, study->source_count, columns, study->code_list_count,
           study->point_count, study->scale_count, study->result_count,
           study->narrative_count);
}

static rk_status check(struct rk_run *run, const char **operands)
{
    const struct study *study;

    (void)operands;
    RK_TRY(study_open(run, &study));
    summary(study);
    return RK_OK;
}

int driver_check(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon check", usage, "one study", 1, false, check};

    return driver_verb(argc, argv, &verb);
}
