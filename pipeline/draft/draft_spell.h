// SPDX-License-Identifier: MIT
#ifndef DRAFT_SPELL_H
#define DRAFT_SPELL_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stddef.h>

/** How two spellings were found to be one. */
enum spell_reason {
    SPELL_SAME,    /**< it stands for itself */
    SPELL_LETTERS, /**< the same letters and figures: dots, dashes, case, "&" apart */
    SPELL_KNOWN,   /**< a list that is known wherever it stands */
    SPELL_TYPING,  /**< one or two typing errors in a long word */
    SPELL_ORDER,   /**< the same words in another order */
    SPELL_SHORT,   /**< words shortened, left out at the end, or their initials */
};

struct spell_text {
    const char *text;
    long rows;
    long fixed; /**< group that it is in already (its number, from 0), or -1 */
    /* found: */
    size_t of; /**< position of the spelling that it is one with; its own when none */
    enum spell_reason reason;
};

/**
 * Groups spellings of the same answers: each text points to the commonest of its group.
 * Only where there is one group that it can belong to; a text that fits two stays by
 * itself. Rows and texts alone decide, so that the order of the texts changes nothing but
 * ties, which go to the text that comes first by its bytes.
 */
void spell_group(struct rk_arena *arena, struct spell_text *texts, size_t count);
/** "one typing error in a long word". */
const char *spell_words(enum spell_reason reason);
/** "typing". */
const char *spell_code(enum spell_reason reason);

#endif
