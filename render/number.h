// SPDX-License-Identifier: MIT
#ifndef RENDER_NUMBER_H
#define RENDER_NUMBER_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>

/**
 * Numbers as people read them. One rounding rule: half away from zero, on the decimal value (the
 * shortest decimal that reads back as the double), so that 12.5 prints 13 and 0.35 prints 0.4
 * whatever their binary says.
 */

/** `value` rounded to `decimals` (0 to 9); never minus zero. */
double render_round(double value, int decimals);

enum number_style {
    NUMBER_PLAIN = 0,
    NUMBER_SIGNED = 1, /**< "+7.4" */
    NUMBER_SIZE = 2,   /**< without its sign */
};

/** "1,897", "36.5", a true minus sign U+2212 for less than zero; commas from four digits on. */
const char *render_number(struct rk_arena *arena, double value, int decimals,
                          enum number_style style);
/** "one" to "ten", else digits: for the start or the flow of a sentence. */
const char *render_number_word(struct rk_arena *arena, double value);
/** "p < 0.001", "p = 0.03", "p = 0.35": two decimals, three below 0.1. */
const char *render_p(struct rk_arena *arena, double p);
/** "13 March 2015" from days since 1970. */
const char *render_date(struct rk_arena *arena, long days);

#endif
