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
    "wrong; each line says where and what was expected. Narratives are checked against their\n"
    "cells, by `reckon chart` and `reckon report`.\n";

static void summary(const struct study *study, bool json)
{
    struct {
        const char *one, *several;
        size_t count;
    } things[] = {
        {"source",    "sources",    study->source_count   },
        {"column",    "columns",    0                     },
        {"code list", "code lists", study->code_list_count},
        {"point",     "points",     study->point_count    },
        {"scale",     "scales",     study->scale_count    },
        {"result",    "results",    study->result_count   },
        {"report",    "reports",    study->narrative_count},
    };
    size_t count = sizeof things / sizeof *things;

    for (size_t i = 0; i < study->source_count; i++)
        things[1].count += study->sources[i].column_count;
    if (json) {
        fputs("{", stdout);
        driver_json_field("study", study->path, ", ", stdout);
    } else {
        printf("%s is in order: ", study->path);
    }
    for (size_t i = 0; i < count; i++)
        if (json)
            printf("\"%s\": %zu%s", things[i].several, things[i].count,
                   i + 1 < count ? ", " : "}\n");
        else
            printf("%zu %s%s", things[i].count,
                   things[i].count == 1 ? things[i].one : things[i].several,
                   i + 1 < count ? ", " : "\n");
}

static rk_status check(struct rk_run *run, const char **operands)
{
    const struct study *study;

    (void)operands;
    RK_TRY(study_open(run, &study));
    summary(study, run->json);
    return RK_OK;
}

int driver_check(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon check", usage, "one study", 1, false, check};

    return driver_verb(argc, argv, &verb);
}
