// SPDX-License-Identifier: MIT
#ifndef TABULATE_WORDS_H
#define TABULATE_WORDS_H

#include "pipeline/tabulate/tabulate_desk.h"

/**
 * `who` as a reader meets them: "clients whose area is Salford and who answered "Do you
 * believe
 * ...?" at the initial assessment and at the latest review".
 *
 * With `said` (the study's own sentence for `known`) only what `who` says beyond `known` is
 * added to it.
 */
const char *tab_words(const struct tab_desk *desk, const struct tab_who *who,
                      const char *said, const struct tab_who *known);

/** What made `who` from a larger set, as a rule: "area is salford; believe answered". */
const char *tab_rule(const struct tab_desk *desk, const struct tab_who *who,
                     const struct tab_who *parent);

/** "March 2014" of "2014_03", "March 2014 to February 2015" of "2014_03..2015_02". */
const char *tab_month_words(struct rk_arena *arena, const char *code);

/** A label inside a sentence: "Latest review" to "latest review", "WSAS score" as it is. */
const char *tab_lowered(struct rk_arena *arena, const char *label);

#endif
