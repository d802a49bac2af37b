// SPDX-License-Identifier: MIT
/* The one door to libhyphen. */
#include "render/paragraph_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <hyphen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

/* Shorter words are left whole; longer ones do not fit libhyphen's comfort. */
enum { LETTERS_LEAST = 6, BYTES_MOST = 90 };

struct hyphenator {
    HyphenDict *dictionary;
};

struct hyphenator *hyphenator_open(struct rk_arena *arena, struct rk_diag *diag,
                                   const char *language)
{
    struct hyphenator *hyphenator = RK_NEW(arena, struct hyphenator);
    char *path = rk_arena_printf(arena, "/usr/share/hyphen/hyph_%s.dic", language);

    for (char *c = path; *c; c++)
        if (*c == '-')
            *c = '_';
    if (access(path, R_OK) == 0)
        hyphenator->dictionary = hnj_hyphen_load(path);
    if (hyphenator->dictionary)
        return hyphenator;
    rk_diag_say(diag, RK_DIAG_WARNING, RK_AT(path, 0, 0),
                "no hyphenation patterns for %s; words are not divided", language);
    return NULL;
}

void hyphenator_close(struct hyphenator *hyphenator)
{
    if (hyphenator && hyphenator->dictionary)
        hnj_hyphen_free(hyphenator->dictionary);
    if (hyphenator)
        hyphenator->dictionary = NULL;
}

/* Lower case, letter by letter; false if there is anything but letters, or capitals beyond the
 * first: names in capitals and codes are not divided. */
static bool lower(const char *word, size_t bytes, char *out, size_t *letters)
{
    const char *end = word + bytes;
    size_t length = 0;

    *letters = 0;
    while (word < end) {
        utf8proc_int32_t c = (utf8proc_int32_t)rk_text_next(&word);
        utf8proc_category_t category = utf8proc_category(c);

        if (category != UTF8PROC_CATEGORY_LL &&
            (category != UTF8PROC_CATEGORY_LU || *letters > 0))
            return false;
        length += rk_text_put(out + length, (uint32_t)utf8proc_tolower(c));
        ++*letters;
    }
    out[length] = '\0';
    return length == bytes;
}

size_t hyphenator_places(struct hyphenator *hyphenator, const char *word, size_t bytes,
                         size_t *places, size_t room)
{
    char small[BYTES_MOST + 8], marks[BYTES_MOST + 16];
    char **replace = NULL;
    int *position = NULL, *cut = NULL;
    size_t letters, count = 0;

    if (!hyphenator || bytes > BYTES_MOST || !lower(word, bytes, small, &letters) ||
        letters < LETTERS_LEAST)
        return 0;
    if (hnj_hyphen_hyphenate2(hyphenator->dictionary, small, (int)bytes, marks, NULL, &replace,
                              &position, &cut) == 0) {
        /* Two letters before a division and three after it, whatever the patterns say. */
        for (size_t i = 1; i + 3 < bytes && count < room; i++)
            if ((marks[i] & 1) && ((unsigned char)word[i + 1] & 0xc0) != 0x80 &&
                !(replace && replace[i]))
                places[count++] = i + 1;
    }
    for (size_t i = 0; replace && i < bytes; i++)
        free(replace[i]);
    free(replace);
    free(position);
    free(cut);
    return count;
}
