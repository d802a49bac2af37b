// SPDX-License-Identifier: MIT
#ifndef RENDER_LINT_H
#define RENDER_LINT_H

#include "pipeline/contract/cells.h"
#include "pipeline/contract/study.h"

/**
 * What a narrative says beside its bound numbers: typed figures, and words that are claims
 * (docs/lint.md). With the released cells the claims are judged and the cell that a typed figure
 * probably means is named; without them what can be seen in the text alone is said.
 */

struct lint_finding {
    struct rk_place place;
    size_t end;          /**< column behind the words it is about */
    const char *rule;    /**< "typed-number" */
    const char *message;
    bool error;          /**< else a warning: the report may still be printed */
};

struct lint_findings {
    struct lint_finding *items;
    size_t count;
    size_t sentences, numbers; /**< looked at: sentences; bound numbers in them */
};

/** Reads STUDYDIR/NAME.md. `results` may be NULL. Findings are in the order of the file; the
 *  narrative's own mistakes (an unknown cell) are for narrative_read. RK_STUDY when it cannot be
 *  read as a narrative at all, or exceptions.csv is wrong. */
rk_status lint_narrative(struct rk_run *run, const struct results *results, const char *name,
                         struct lint_findings *out) RK_MUST_CHECK;

/** A quotation or a case study: what it says of one person, all in one text. */
struct lint_portrait {
    struct rk_place place;
    const char *words;   /**< blanks where no prose is */
    const char *cleared; /**< why it may stand whatever it says (cleared=), or NULL */
};
/** The portraits of STUDYDIR/NAME.md in its order. */
rk_status lint_portraits(struct rk_run *run, const char *name, struct lint_portrait **out,
                         size_t *count) RK_MUST_CHECK;

/** The rules and what each is about, ended by a NULL name. */
struct lint_rule {
    const char *name, *about;
};
extern const struct lint_rule lint_rules[];

#endif
