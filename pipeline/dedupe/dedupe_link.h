// SPDX-License-Identifier: MIT
#ifndef DEDUPE_LINK_H
#define DEDUPE_LINK_H

#include "pipeline/dedupe/dedupe_priv.h"

/** Makes the people of the stage from the rows that survive: one row each, in the order of
 * their keys, and the person of every reference given, all in the stage's arena. Rows
 * without a key are set aside. */
void dedupe_link_people(struct dedupe_rows *rows);
/** Before duplicates of a linked source are looked for: each reference becomes its person's
 * key. */
void dedupe_link_records(struct dedupe_rows *rows);
/** After it: frame->person, and rows of nobody known are set aside (unless the study keeps
 * them). */
void dedupe_link_set_aside(struct dedupe_rows *rows);

/** In a part that has had to read all people: which are its own, and where they will stand. */
void dedupe_link_own(struct dedupe *stage);

#endif
