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

int driver_check(int argc, char **argv)
{
    struct rk_run run = {0};
    const struct study *study;
    const char *operands[2];
    size_t count = 2;
    rk_status status = rk_run_open(&run, "reckon check", argc, argv, usage, operands, &count);

    if (status == RK_OK && run.study_dir) {
        status = study_open(&run, &study);
        if (status == RK_OK)
            summary(study);
    }
    rk_run_close(&run);
    return status;
}
