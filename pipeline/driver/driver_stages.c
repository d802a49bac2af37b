// SPDX-License-Identifier: MIT
#include "pipeline/driver/driver.h"

#include "pipeline/attack/attack_stage.h"
#include "pipeline/change/change_stage.h"
#include "pipeline/clean/clean_stage.h"
#include "pipeline/dedupe/dedupe_stage.h"
#include "pipeline/driver/effect_stage.h"
#include "pipeline/mask/mask_stage.h"
#include "pipeline/tabulate/tabulate_stage.h"
#include "render/chart_stage.h"
#include "render/report_stage.h"

#include <string.h>

static const struct rk_stage *const stages[] = {
    &clean_stage, &dedupe_stage, &tabulate_stage, &change_stage, &effect_stage,
    &mask_stage,  &chart_stage,  &report_stage,   &attack_stage, NULL,
};

const struct rk_stage *const *driver_stages(void)
{
    return stages;
}

const struct rk_stage *driver_stage(const char *name)
{
    for (size_t i = 0; stages[i]; i++)
        if (strcmp(stages[i]->name, name) == 0)
            return stages[i];
    return NULL;
}
