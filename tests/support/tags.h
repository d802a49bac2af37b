// SPDX-License-Identifier: MIT
#ifndef TAGS_H
#define TAGS_H

#include "pipeline/base/rk_arena.h"

/** What is wrong with the tags of a PDF, a line each, "" when nothing is; NULL where qpdf, which
 *  reads it, is not installed or cannot. What PDF/UA-1 asks of structure and a program can see:
 *  that all that is painted is an artifact or belongs to an element, that elements and pages,
 *  links and elements name each other, alternatives, table heads, regular rows, levels of
 *  headings, notes, language, title, tab order, embedded fonts with Unicode. Not what only a
 *  person can judge. */
const char *tags_problems(struct rk_arena *arena, const char *pdf);

#endif
