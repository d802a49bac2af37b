// SPDX-License-Identifier: MIT
/* The one door to libhyphen. */
#include "render/paragraph_priv.h"

#include "pipeline/base/rk_text.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Shorter words are left whole; longer ones do not fit libhyphen's comfort. */
enum { LETTERS_LEAST = 6, BYTES_MOST = 90 };

struct hyphenator {
    HyphenDict *dictionary;
    struct rk_arena *scratch; /**< of one word */
};

struct hyphenator *hyphenator_open(struct rk_arena *arena, struct rk_diag *diag,
                                   const char *language)
{
    struct hyphenator *hyphenator = RK_NEW(arena, struct hyphenator);
    char *path = rk_arena_printf(arena, "/usr/share/hyphen/hyph_%s.dic", language);

    for (char *c = strrchr(path, '/'); *c; c++)
        if (*c == '-') *c = '_';
    if (!strchr(language, '/') && access(path, R_OK) == 0)
        hyphenator->dictionary = hnj_hyphen_load(path);
    if (hyphenator->dictionary) {
        hyphenator->scratch = rk_arena_new();
        return hyphenator;
    }
    rk_diag_say(diag, RK_DIAG_WARNING, RK_AT(path, 0, 0),
                "no hyphenation patterns for %s; words are not divided", language);
    return NULL;
}

void hyphenator_close(struct hyphenator *hyphenator)
{
    if (!hyphenator || !hyphenator->dictionary) return;
    hnj_hyphen_free(hyphenator->dictionary);
    rk_arena_free(hyphenator->scratch);
    hyphenator->dictionary = NULL;
}

/* Letters only, with at most the first a capital: names in capitals and codes are not
 * divided. */
static bool is_plain_word(const char *word, const char *end)
{
    size_t letters = 0;

    for (; word < end; letters++) {
        uint32_t c = rk_text_next(&word);

        if (!font_is_lower(c) && (letters > 0 || !font_is_upper(c))) return false;
    }
    return letters >= LETTERS_LEAST;
}

/* libhyphen wants lower case of the same length; NULL when folding changes that. */
static const char *lower(struct hyphenator *hyphenator, const char *word, size_t bytes)
{
    const char *small = rk_text_fold(hyphenator->scratch,
                                     rk_arena_copy_n(hyphenator->scratch, word, bytes));

    return strlen(small) == bytes ? small : NULL;
}

/* Two letters before a division and three after it, whatever the patterns say. */
static size_t read_places(const char *word, size_t bytes, const char *marks,
                          char *const *replace, size_t *places, size_t room)
{
    size_t count = 0;

    for (size_t i = 1; i + 3 < bytes && count < room; i++)
        if ((marks[i] & 1) && ((unsigned char)word[i + 1] & 0xc0) != 0x80 &&
            !(replace && replace[i]))
            places[count++] = i + 1;
    return count;
}

size_t hyphenator_places(struct hyphenator *hyphenator, const char *word, size_t bytes,
                         size_t *places, size_t room)
{
    char marks[BYTES_MOST + 16], **replace = NULL;
    int *position = NULL, *cut = NULL;
    const char *small;
    size_t count = 0;

    if (!hyphenator || bytes > BYTES_MOST || !is_plain_word(word, word + bytes)) return 0;
    small = lower(hyphenator, word, bytes);
    if (small && hnj_hyphen_hyphenate2(hyphenator->dictionary, small, (int)bytes, marks,
                                       NULL, &replace, &position, &cut) == 0)
        count = read_places(word, bytes, marks, replace, places, room);
    for (size_t i = 0; replace && i < bytes; i++)
        free(replace[i]);
    free(replace);
    free(position);
    free(cut);
    rk_arena_reset(hyphenator->scratch);
    return count;
}
