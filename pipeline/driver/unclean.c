// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_unclean.h"
#include "pipeline/driver/driver.h"

static const char usage[] =
    "reckon unclean: put the extracts back from what clean made of them\n"
    "\n"
    "  reckon unclean config/working-well -o out\n"
    "\n"
    "Reads OUT/10-clean (the cleaned tables, ledger.csv, headings.csv, rejects/) and writes\n"
    "OUT/11-unclean: every declared cell as it stood, byte for byte. Then compares with the\n"
    "extracts, when they are there; exit status 1 when a cell or row is not as it stood.\n";

static rk_status unclean(struct rk_run *run, const char **operands)
{
    (void)operands;
    RK_TRY(rk_run_lock(run));
    return clean_unclean(run);
}

int driver_unclean(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon unclean", usage, "one study", 1, true, unclean};

    return driver_verb(argc, argv, &verb);
}
