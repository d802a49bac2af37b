// SPDX-License-Identifier: MIT
#ifndef CONTRACT_LEDGER_H
#define CONTRACT_LEDGER_H

#include "pipeline/contract/study.h"

/**
 * The release ledger: LEDGER/AS_AT for each release that has gone out, with what was published
 * (cells.csv, bases.csv, release.csv), the hashes of every file (files.csv), and what is needed to
 * mask the next release together with it (quantities.csv, sums.csv: true counts, so the ledger is
 * as private as 30-results). LEDGER/releases.csv lists them.
 */
struct ledger_entry {
    const char *as_at;  /**< "2015-03-13" */
    const char *folder;
};

struct ledger {
    struct ledger_entry *entries; /**< by date */
    size_t count;
};

/** Releases of the study before its cut-off; none without a ledger. RK_CHECK when one is of another
 *  study, or later. */
rk_status ledger_open(struct rk_run *run, const struct study *study, struct ledger *out)
    RK_MUST_CHECK;

/** What an earlier release said of a count. */
enum ledger_state {
    LEDGER_PUBLISHED, /**< a cell gave it away */
    LEDGER_MASKED,    /**< a cell would have, and was masked */
    LEDGER_ROUNDED,   /**< a cell showed it as a multiple of a base */
    LEDGER_HIDDEN,    /**< no cell speaks of it */
};
const char *ledger_state_name(enum ledger_state state);
bool ledger_state_parse(const char *name, enum ledger_state *state);

#endif
