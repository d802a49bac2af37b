// SPDX-License-Identifier: MIT
#ifndef ATTACK_INPUTS_H
#define ATTACK_INPUTS_H

#include "pipeline/attack/attack_find.h"
#include "pipeline/base/rk_child.h"

/** A text that was published, and of which release. The pages of a PDF are read by another
 *  program while the rest is looked at; until it has ended there is no text. */
struct attack_text_input {
    const char *text, *place;
    size_t release;
    struct rk_child reader;
};

/** Everything that was given to the program. */
struct attack_inputs {
    struct attack_facts *facts;
    struct attack_release *releases;
    size_t release_count, release_cap;
    struct attack_text_input *texts;
    size_t text_count, text_cap;
    long below; /**< for tables that do not say it */
};

/**
 * Takes a path in: a folder of outputs (40-release, 50-charts and the PDFs), a 40-release folder,
 * a PDF (what is attached, the pages, the alternative texts), a table as CSV, or a text. Releases
 * are numbered in the order they come in; give the earliest first. After a failure no program is
 * left at work.
 */
rk_status attack_take(struct attack_inputs *inputs, const char *path) RK_MUST_CHECK;

/** Solves and looks: all findings, those that rest on assumptions last. RK_WORLD when the pages of
 *  a PDF cannot be read. To be called once everything is taken. */
rk_status attack_all(struct attack_inputs *inputs, struct attack_findings *findings)
    RK_MUST_CHECK;

#endif
