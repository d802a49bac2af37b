// SPDX-License-Identifier: MIT
#ifndef TABULATE_CLOSE_H
#define TABULATE_CLOSE_H

#include "pipeline/tabulate/tabulate_desk.h"

/**
 * Says of every two counts of which one lies within the other how many lie between them:
 * all = reviewed + the others, whichever results the two stand in. Without it a count that
 * one table masks could be had as the difference of two others.
 *
 * `others` are the counts of the stage before (NULL: none); relations among them alone are
 * its business. Behind a difference of records stand no fewer clients than tab_behind_least
 * says. A difference that is nothing but missing answers may be known; any other is
 * as private as a count.
 */
void tab_close(struct tab_desk *desk, const struct results *others);

#endif
