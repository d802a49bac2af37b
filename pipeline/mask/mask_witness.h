// SPDX-License-Identifier: MIT
#ifndef MASK_WITNESS_H
#define MASK_WITNESS_H

#include "pipeline/mask/mask_lp.h"

/**
 * Small counts and the witnesses that protect them. A witness is a move: it keeps every equation
 * that counts (mask_counts) and changes nothing that is published and not masked, so an attacker
 * cannot tell it from the truth. A small count is safe when its highest and its lowest value over
 * all witnesses (and the truth) lie `threshold` apart.
 */
struct mask_small {
    size_t unknown;
    double high, low;            /**< moves, against the truth */
    size_t high_from, low_from;  /**< witness + 1; 0: the truth */
};

struct mask_witnesses {
    struct mask_problem *problem;
    struct mask_small *small;
    size_t small_count;
    size_t *small_at; /**< of each unknown: position in `small` + 1, 0 when it is none */
    struct mask_move *moves;
    bool *dropped;    /**< of each move: it moves what shall be published after all */
    bool *used;       /**< of each move: a small count rests on it */
    bool *needed;     /**< of each unknown: such a move moves it */
    size_t count, cap, flags_cap;
};

/** The small counts, which are masked here. */
struct mask_witnesses *mask_witnesses_new(struct mask_problem *problem);
/** One more that witnesses must protect (or one of them already); its position in `small`. */
size_t mask_witness_hold(struct mask_witnesses *witnesses, size_t unknown);
bool mask_is_safe(const struct mask_witnesses *witnesses, size_t small);
/** Adds a witness; what it moves and is published is masked, on behalf of `because`. */
void mask_witness_add(struct mask_witnesses *witnesses, const struct mask_move *move,
                      const char *because);
/** Forgets what the witnesses say of a small count. */
void mask_witness_forget(struct mask_witnesses *witnesses, size_t small);
/** Drops every witness that moves `unknown`. */
void mask_witness_drop(struct mask_witnesses *witnesses, size_t unknown);
/** Goes back to the first `count` witnesses, none of those since dropped. */
void mask_witness_keep(struct mask_witnesses *witnesses, size_t count, const bool *dropped);
/** Unmasks what no witness needs. */
void mask_witness_tidy(struct mask_witnesses *witnesses);

#endif
