// SPDX-License-Identifier: MIT
#ifndef ATTACK_STRUCTURE_H
#define ATTACK_STRUCTURE_H

#include "pipeline/attack/attack_release.h"

/**
 * Which numbers of a release add up to which, as a careful reader finds it out: from the shape of
 * each table (rows and columns and their "all"), from columns that add up in every row that can be
 * read in full, and from the names of bases ("people|area=*|" is all of "people|area=salford|").
 * A family of sums of which any does not hold is dropped; one of which none can be read in full is
 * assumed.
 */
void attack_structure(struct attack_facts *facts, const struct attack_release *release);

/** A family of sums of one kind, of which all or none are believed. */
struct attack_family {
    struct attack_facts *facts;
    const char *why;
    struct {
        size_t total, *parts, count;
    } *sums;
    size_t count, cap;
};
void attack_family_add(struct attack_family *family, size_t total, const size_t *parts,
                       size_t count);
/** Adds the sums as rules, or drops them. */
void attack_family_believe(struct attack_family *family);

#endif
