// SPDX-License-Identifier: MIT
#ifndef AUDIT_VALUE_H
#define AUDIT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/** What stands behind a printed number: "%" and "pp" are units, "£" is money. */
enum audit_unit { AUDIT_PLAIN, AUDIT_PERCENT, AUDIT_POINTS, AUDIT_MONEY };
/** How the words before it bend it: "just over 22%", "fewer than 5", "around 40". */
enum audit_sense { AUDIT_EXACT, AUDIT_OVER, AUDIT_UNDER, AUDIT_ABOUT };

/** A number as printed, and where the number that was rounded to it must lie. */
struct audit_value {
    double value;
    double low,
        high; /**< closed, so that half up and half even both fit; may be infinite */
    int decimals;
    enum audit_unit unit;
    enum audit_sense sense;
    bool signed_; /**< an explicit plus or minus */
};

/**
 * Reads the number that starts at `text`: sign, currency, thousands commas, decimals, and
 * the unit after it ("%", "per cent", "pp", "percentage points").
 * @return the bytes it takes, 0 if no number starts here
 */
size_t audit_value_read(const char *text, struct audit_value *out);

/** A printed number with `decimals` and nothing else known. */
struct audit_value audit_value_of(double value, int decimals);

/** Looks at the words that end at `at` in `text` and bends the value's interval to them. */
void audit_value_bend(const char *text, size_t at, struct audit_value *value);

/** "the number word of a count up to twelve": its value, or 0 if `word` is none. */
int audit_value_word(const char *word, size_t bytes);

/** "45.4", "1,207" is 1207: shortest text with at most `decimals` decimals. */
char *audit_value_text(char out[32], double value, int decimals);

/** Do the intervals meet (with room for the last bit of a double)? */
bool audit_meets(double low, double high, double other_low, double other_high);
/** Is there a whole number in [low, high]? */
bool audit_has_whole(double low, double high);

#endif
