// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_suggest.h"
#include "pipeline/driver/driver.h"

static const char usage[] =
    "reckon names: spellings of a code list that may be one, for a person to confirm\n"
    "\n"
    "  reckon names config/working-well organisation\n"
    "  reckon names config/working-well organisation --data extracts-september\n"
    "\n"
    "Reads the extracts and writes STUDY/codes/organisation.suggestions.csv: spellings near a code,\n"
    "names that the list lacks, and codes that look like one. Write yes under confirm, and from\n"
    "then on the spelling means that code, in later extracts, too; no, and it is not suggested\n"
    "again. A yes that becomes a no is taken back. The list itself is never changed.\n";

static rk_status names(struct rk_run *run, const char **operands)
{
    return draft_suggest(run, operands[1]);
}

int driver_names(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon names", usage, "a study and the name of a code list", 2, false, names};

    return driver_verb(argc, argv, &verb);
}
