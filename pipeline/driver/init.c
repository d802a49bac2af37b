// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft.h"
#include "pipeline/driver/driver.h"

static const char usage[] = "reckon init: draft a study from a folder of extracts\n"
                            "\n"
                            "  reckon init my-study --from extracts\n"
                            "  reckon check my-study\n"
                            "  reckon run my-study -o out\n"
                            "\n"
                            "Reads every extract of the folder and writes my-study/: "
                            "study.yaml with types, codes, keys,\n"
                            "dates, links and scales, codes/*.csv with near spellings "
                            "grouped, report.md with first tables,\n"
                            "and README.md, which lists what a person should check. A "
                            "folder that holds anything is left\n"
                            "alone (exit status 2).\n";

static rk_status init(struct rk_run *run, const char **operands)
{
    (void)operands;
    if (!run->from)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "where are the extracts? Add --from DIR; reckon init --help shows "
                       "examples");
    return draft_study(run, run->from);
}

int driver_init(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon init", usage, "a folder for the new study", 1, false, init};

    return driver_verb(argc, argv, &verb);
}
