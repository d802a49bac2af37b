// SPDX-License-Identifier: MIT
#ifndef TABULATE_BEHIND_H
#define TABULATE_BEHIND_H

#include "pipeline/tabulate/tabulate_desk.h"

/** Clients behind records: 12 records may be those of one client, who is then as easy to find. */

/** So many clients have been counted behind the records of a quantity. */
void tab_behind_counted(struct tab_desk *desk, const char *quantity, long clients);

/**
 * How many there are at least behind the records that `whole` counts and `within`, a part of it, does
 * not. No fewer than it takes when each has as many as anybody has in the frame; and where the clients
 * of the whole are counted, no fewer than these exceed those of the part, nor than the records if
 * all second records of the whole are among them. A difference of people is as many as it is.
 */
long tab_behind_least(struct tab_desk *desk, const char *frame,
                      const struct quantity *whole, const struct quantity *within);

#endif
