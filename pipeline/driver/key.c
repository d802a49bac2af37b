// SPDX-License-Identifier: MIT
/* A new key for pseudonyms. */
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/driver/driver.h"

#include <stdio.h>
#include <unistd.h>

static const char usage[] =
    "reckon key: a new key for the pseudonyms of a study\n"
    "\n"
    "  reckon key ~/keys/working-well.key\n"
    "\n"
    "Writes 32 random bytes in hex, for you alone (0600). Name the file in the study's\n"
    "`pseudonyms`; keep it outside the outputs, and keep it: without it nobody's pseudonym is found\n"
    "again, and answers and later deliveries no longer fit. A file that is there is left alone.\n";

static rk_status make_key(struct rk_run *run, const char **operands)
{
    unsigned char key[RK_KEY_BYTES];
    char text[2 * RK_KEY_BYTES + 2];

    if (access(operands[0], F_OK) == 0)
        return rk_fail(run->diag, RK_USAGE, RK_AT(operands[0], 0, 0),
                       "is there already; a new key would orphan every pseudonym made with it");
    rk_key_new(key);
    for (int i = 0; i < RK_KEY_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", key[i]);
    text[2 * RK_KEY_BYTES] = '\n';
    return rk_out_file(run->diag, operands[0], text, 2 * RK_KEY_BYTES + 1, 0600);
}

int driver_key(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon key", usage, "a file to make", 1, false,
                                            make_key};

    return driver_verb(argc, argv, &verb);
}
