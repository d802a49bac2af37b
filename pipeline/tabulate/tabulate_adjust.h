// SPDX-License-Identifier: MIT
#ifndef TABULATE_ADJUST_H
#define TABULATE_ADJUST_H

#include "pipeline/tabulate/tabulate_desk.h"

/**
 * Beside every `p` of a result that asks for `adjust` its `p_adjusted` and the `family_size`: the
 * tests of all results of one family that this stage has made, or of the one result. Tests
 * that could not be made are not in the family. An adjusted p would give away whatever any p
 * of its family would.
 */
void tab_adjust(struct tab_desk *desk);

#endif
