// SPDX-License-Identifier: MIT
#ifndef DEDUPE_PSEUDONYM_H
#define DEDUPE_PSEUDONYM_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Reads the study's key (`pseudonyms`), which must lie outside OUT; nothing when the study
 * names none. */
rk_status dedupe_pseudonym_open(struct dedupe *stage) RK_MUST_CHECK;

/**
 * Puts a keyed hash (BLAKE2b, 80 bits in hex) in the place of every key and reference of a
 * source that has just been read: from here on nothing holds the reference itself, and who
 * has the key can find a person's pseudonym, nobody else. Without a key references stay.
 */
void dedupe_pseudonym_apply(struct dedupe_rows *rows);

#endif
