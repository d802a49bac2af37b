// SPDX-License-Identifier: MIT
#include "pipeline/driver/driver.h"
#include "pipeline/quality/quality.h"

static const char usage[] =
    "reckon quality: what is wrong with the data, for those who keep the records\n"
    "\n"
    "  reckon quality config/working-well -o out\n"
    "  reckon quality config/working-well -o out-2 --former out      and what changed since then\n"
    "\n"
    "Reads OUT/10-clean and OUT/20-people and writes OUT/25-quality: quality.pdf and CSV files with\n"
    "completeness by column and site, what was mended, emptied, excluded and doubled, what checks\n"
    "found, days between dates, and a list by site of what to put right. Internal: its numbers are\n"
    "true ones. It holds no reference, name or other value of a record.\n";

static rk_status quality(struct rk_run *run, const char **operands)
{
    (void)operands;
    RK_TRY(rk_run_lock(run));
    return quality_report(run);
}

int driver_quality(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon quality", usage, "one study", 1, true, quality};

    return driver_verb(argc, argv, &verb);
}
