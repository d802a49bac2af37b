// SPDX-License-Identifier: MIT
/*
 * What goes wrong in an office: rows entered twice, people under two references, test
 * records, rows that belong nowhere. Numbers are per 830 clients; README.md lists them.
 */
#ifndef GENERATE_MESS_H
#define GENERATE_MESS_H

#include "sample-data/generate_extract.h"

/** Chooses who is entered twice, whose postcode is lost, who has a twin. Before anything is
 * written. */
void mess_mark(struct world *world, struct rng *rng);

/**
 * Writes every assessment, the doubled and the unusable ones among them, and rows of other
 * files that belong nowhere. The block numbers the worlds of one delivery.
 */
void mess_assessments(struct extract *extract, struct world *world, uint64_t seed,
                      int block);

#endif
