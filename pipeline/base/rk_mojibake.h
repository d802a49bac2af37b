// SPDX-License-Identifier: MIT
#ifndef RK_MOJIBAKE_H
#define RK_MOJIBAKE_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>

/**
 * Undoes UTF-8 that was read as windows-1252 and written again, once or twice: "JosÃ©" is
 * "José". Repaired is only what can hardly have been meant: letters that are UTF-8 when they are
 * turned back, and then are Latin letters, typographic signs or signs of money.
 *
 * Returns the repaired copy, or NULL when there is nothing to repair. `doubt`: something is
 * left that looks so and cannot be repaired for certain, or a letter (U+FFFD) was lost before.
 */
char *rk_text_unmangle(struct rk_arena *arena, const char *text, bool *doubt);

#endif
