// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_number.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { LONGEST = 63 };

static const char *behind_money(const char *text)
{
    static const char *const signs[] = {"£", "$", "€"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t bytes = strlen(signs[i]);

        if (strncmp(text, signs[i], bytes) == 0)
            return text + bytes + strspn(text + bytes, " ");
    }
    return text;
}

/* Copies the figures without thousands' signs; false unless each parts three of them. */
static bool without_thousands(const char *text, char out[LONGEST + 1])
{
    size_t used = 0, digits = 0;
    bool parted = false, whole = true;

    for (; *text; text++) {
        if (*text == ',') {
            if (!whole || (parted ? digits != 3 : digits < 1 || digits > 3)) return false;
            parted = true;
            digits = 0;
            continue;
        }
        if (*text == '.' || *text == 'e' || *text == 'E') {
            if (parted && whole && digits != 3) return false;
            whole = false;
        }
        if (isdigit((unsigned char)*text)) digits++;
        if (used == LONGEST) return false;
        out[used++] = *text;
    }
    out[used] = '\0';
    return !parted || !whole || digits == 3;
}

bool clean_number_read(const char *text, double *out, bool *repaired)
{
    char plain[LONGEST + 1];
    const char *figures;
    bool negative = *text == '-';

    *repaired = false;
    if (rk_text_number(text, out)) return true;
    *repaired = true;
    figures = behind_money(text + negative);
    if (!without_thousands(figures, plain) || !isdigit((unsigned char)*plain) ||
        !rk_text_number(plain, out))
        return false;
    if (negative) *out = -*out;
    return true;
}

bool clean_integer_read(const char *text, double *out, bool *repaired)
{
    long whole;

    if (!clean_number_read(text, out, repaired) || *out != floor(*out) ||
        fabs(*out) > 9007199254740992.0)
        return false;
    *repaired = *repaired || !rk_text_integer(text, &whole);
    return true;
}
