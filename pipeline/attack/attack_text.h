// SPDX-License-Identifier: MIT
#ifndef ATTACK_TEXT_H
#define ATTACK_TEXT_H

#include "pipeline/attack/attack_find.h"

/**
 * Reads a text for numbers that stand beside the labels of a masked place: lines that begin with
 * the row's label (tables, bars of charts), and sentences that name row and column. A number is
 * explained when it is what a printed cell of the same row or column rounds to; others are
 * findings.
 */
void attack_text(const struct attack_facts *facts, const struct attack_release *release,
                 const char *text, const char *place, struct attack_findings *findings);

#endif
