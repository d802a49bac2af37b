// SPDX-License-Identifier: MIT
#ifndef CLEAN_NUMBER_H
#define CLEAN_NUMBER_H

#include <stdbool.h>

/** Reads the whole of a text as a number: "12", "-3.50", ".5", "1e3"; also, as a repair,
 * with a sign of money in front or thousands parted by commas ("1,234.50"). False for
 * anything else, such as "6,50" (a decimal comma or a wrong thousand?), "nan", "0x10". */
bool clean_number_read(const char *text, double *out, bool *repaired);
/** The same for a whole number ("3.0" is one) up to 2^53. */
bool clean_integer_read(const char *text, double *out, bool *repaired);

#endif
