// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_spell.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/draft/draft_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 200, WORDS = 24 };

/* A spelling taken apart. */
struct apart {
    struct spell_text *text;
    const char *letters; /* loose, without blanks */
    const char **words;
    size_t count;
};

static const struct {
    const char *code, *words;
} reasons[] = {
    [SPELL_SAME] = {"same",    "the same"                       },
    [SPELL_LETTERS] = {"letters", "the same letters"               },
    [SPELL_KNOWN] = {"known",   "a usual way of writing it"      },
    [SPELL_TYPING] = {"typing",  "a typing error apart"           },
    [SPELL_ORDER] = {"order",   "the same words in another order"},
    [SPELL_SHORT] = {"short",   "a shorter or longer form of it" },
};

const char *spell_words(enum spell_reason reason)
{
    return reasons[reason].words;
}

const char *spell_code(enum spell_reason reason)
{
    return reasons[reason].code;
}

/* ---- what two spellings have in common ---- */

/* Optimal string alignment of bytes, given up beyond `most`. */
static size_t typing_errors(const char *a, const char *b, size_t most)
{
    size_t m = strlen(a), n = strlen(b);
    size_t rows[3][LONGEST + 1];

    if (m > LONGEST || n > LONGEST || (m > n ? m - n : n - m) > most) return most + 1;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *row = rows[i % 3], *last = rows[(i + 2) % 3], *older = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[m % 3][n];
}

static bool same_figures(const char *a, const char *b)
{
    for (;;) {
        a += strcspn(a, "0123456789");
        b += strcspn(b, "0123456789");
        if (*a != *b) return false;
        if (!*a) return true;
        a++;
        b++;
    }
}

/* Words that turn a meaning round when they stand before another. */
static bool turns_round(const char *a, const char *b)
{
    static const char *const starts[] = {"un", "in", "im", "non", "not", "dis", "no", "ir"};
    const char *longer = strlen(a) > strlen(b) ? a : b;
    const char *shorter = longer == a ? b : a;

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t bytes = strlen(starts[i]);

        if (strncmp(longer, starts[i], bytes) == 0 &&
            strncmp(shorter, starts[i], bytes) != 0)
            return true;
    }
    return false;
}

/* The words that differ are long ones, with few errors in each. */
static bool is_typing(const struct apart *a, const struct apart *b)
{
    size_t errors = 0;

    if (!same_figures(a->letters, b->letters) || turns_round(a->letters, b->letters))
        return false;
    if (a->count != b->count) {
        size_t shortest = strlen(a->letters) < strlen(b->letters) ? strlen(a->letters)
                                                                  : strlen(b->letters);

        return shortest >= 8 && typing_errors(a->letters, b->letters, 1) <= 1;
    }
    for (size_t i = 0; i < a->count; i++) {
        size_t bytes = strlen(a->words[i]), other = strlen(b->words[i]), most;

        if (strcmp(a->words[i], b->words[i]) == 0) continue;
        bytes = bytes < other ? bytes : other;
        most = bytes >= 8 ? 2 : 1;
        if (bytes < 4 || a->words[i][0] != b->words[i][0]) return false;
        errors += typing_errors(a->words[i], b->words[i], most);
        if (errors > most) return false;
    }
    return errors > 0;
}

static bool is_stop(const char *word)
{
    static const char *const stops[] = {"of", "the", "and", "with", "a",
                                        "in", "for", "by",  "to"};

    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (strcmp(word, stops[i]) == 0) return true;
    return false;
}

static int by_text(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static size_t main_words(const struct apart *text, const char *out[WORDS])
{
    size_t count = 0;

    for (size_t i = 0; i < text->count && count < WORDS; i++)
        if (!is_stop(text->words[i])) out[count++] = text->words[i];
    qsort(out, count, sizeof *out, by_text);
    return count;
}

static bool is_reordered(const struct apart *a, const struct apart *b)
{
    const char *x[WORDS], *y[WORDS];
    size_t count = main_words(a, x);

    if (count < 2 || count != main_words(b, y)) return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(x[i], y[i]) != 0) return false;
    return true;
}

/* How many words of the long form, from `at` on, have these initials; 0: they have not. */
static size_t initials(const char *word, const struct apart *longer, size_t at)
{
    size_t used = 0;

    for (; *word && at + used < longer->count; word++, used++) {
        while (at + used < longer->count && *longer->words[at + used] != *word &&
               is_stop(longer->words[at + used]))
            used++;
        if (at + used >= longer->count || *longer->words[at + used] != *word) return 0;
    }
    return *word ? 0 : used;
}

/* "Blk" of "black", "Hse" of "house": the letters in their order, without the vowels
 * within. */
static bool is_skeleton(const char *word, const char *whole)
{
    size_t bytes = strlen(word);

    if (bytes < 3 || *word != *whole || 1 + strcspn(word + 1, "aeiou") + 1 < bytes)
        return false;
    for (; *word; word++) {
        whole = strchr(whole, *word);
        if (!whole) return false;
        whole++;
    }
    return true;
}

/* Two letters are enough behind another word: "North St". */
static bool is_cut(const char *word, const char *whole, bool first)
{
    size_t bytes = strlen(word);

    return (bytes >= 3 || (bytes == 2 && !first)) &&
           (strncmp(whole, word, bytes) == 0 || is_skeleton(word, whole));
}

/* What stands behind such a word is no mere addition: "Couple" and "Couple with children".
 */
static bool parts(const char *word)
{
    static const char *const words[] = {"with", "without", "and", "or", "but"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) return true;
    return false;
}

/* "Brackenfold HA", "Eng", "DNA", "Physical health" of their long forms. Initials stand for
 * all that is left. */
static bool is_short(const struct apart *shorter, const struct apart *longer)
{
    size_t at = 0;
    bool cut = false, initialed = false;

    for (size_t i = 0; i < shorter->count; i++) {
        const char *word = shorter->words[i];
        size_t bytes = strlen(word), used;

        while (at < longer->count && is_stop(longer->words[at]) &&
               strcmp(longer->words[at], word) != 0)
            at++;
        if (at < longer->count && (strcmp(longer->words[at], word) == 0 ||
                                   is_cut(word, longer->words[at], i == 0))) {
            cut = cut || strcmp(longer->words[at], word) != 0;
            at++;
            continue;
        }
        used = bytes >= 2 && bytes <= 6 ? initials(word, longer, at) : 0;
        if (used < 2) return false;
        cut = initialed = true;
        at += used;
    }
    if (at < longer->count && (initialed || parts(longer->words[at]))) return false;
    if (shorter->count == 1 && is_stop(shorter->words[0])) return false;
    return cut || at < longer->count;
}

/* ---- groups ---- */

static bool commoner(const struct apart *a, const struct apart *b)
{
    if (a->text->rows != b->text->rows) return a->text->rows > b->text->rows;
    if (strlen(a->text->text) != strlen(b->text->text))
        return strlen(a->text->text) > strlen(b->text->text);
    return strcmp(a->text->text, b->text->text) < 0;
}

static int by_rows(const void *a, const void *b)
{
    return commoner(a, b) ? -1 : 1;
}

static void take_apart(struct rk_arena *arena, struct spell_text *text, struct apart *out)
{
    const char *loose = draft_loose(arena, text->text);
    char *letters = rk_arena_copy(arena, loose);
    char *at = letters;

    out->text = text;
    out->count = draft_split(arena, loose, &out->words);
    for (const char *from = loose; *from; from++)
        if (*from != ' ') *at++ = *from;
    *at = '\0';
    out->letters = *letters ? letters : text->text;
}

static void join(struct apart *a, const struct apart *head, enum spell_reason reason)
{
    a->text->of = head->text->of;
    a->text->reason = reason;
}

/* Spellings of one group by their letters, or because they are known to be one. */
static void join_same(struct rk_arena *arena, struct apart *all, size_t count)
{
    struct rk_map *letters = rk_map_new(arena);
    const struct apart **first = RK_ARRAY(arena, const struct apart *, 2 * count + 1);

    for (size_t i = 0; i < count; i++) {
        bool fixed = all[i].text->fixed >= 0;
        const char *key =
            fixed ? rk_arena_printf(arena, "/%ld", all[i].text->fixed) : all[i].letters;
        size_t known = rk_map_count(letters), at = rk_map_add(letters, key);

        if (at == known)
            first[at] = &all[i];
        else
            join(&all[i], first[at], fixed ? SPELL_KNOWN : SPELL_LETTERS);
    }
}

static bool belongs(const struct apart *a, const struct apart *b, const struct apart *head,
                    enum spell_reason reason)
{
    switch (reason) {
    case SPELL_TYPING:
        return 2 * a->text->rows < head->text->rows + 1 && is_typing(a, b);
    case SPELL_ORDER:
        return is_reordered(a, b);
    case SPELL_SHORT:
        if (a->count != b->count && 3 * a->text->rows > head->text->rows) return false;
        return is_short(a, b) || is_short(b, a);
    default:
        return false;
    }
}

/* The heads of all texts, while groups grow: a member's head is where its text points. */
static struct apart *head_of(struct apart *const *at, const struct apart *a)
{
    size_t of = a->text->of;

    while (at[of]->text->of != of)
        of = at[of]->text->of;
    return at[of];
}

/* The one group that the text fits, by any of its spellings; NULL for none or for several.
 */
static struct apart *only_head(struct apart *const *at, struct apart *all, size_t count,
                               const struct apart *a, enum spell_reason reason)
{
    const struct apart *own = head_of(at, a);
    struct apart *found = NULL;

    for (size_t i = 0; i < count; i++) {
        struct apart *head = head_of(at, &all[i]);

        if (head == own || head == found || !belongs(a, &all[i], head, reason)) continue;
        if (found) return NULL;
        found = head;
    }
    return found;
}

/* The rarest first; a group goes where any of its spellings belongs. */
static void join_alike(struct apart *const *at, struct apart *all, size_t count,
                       enum spell_reason reason)
{
    for (size_t i = count; i-- > 0;) {
        struct apart *own = head_of(at, &all[i]), *head;

        if (own->text->fixed >= 0) continue;
        head = only_head(at, all, count, &all[i], reason);
        if (head && commoner(head, own)) join(own, head, reason);
    }
}

/* A head that was joined later hands its followers on. */
static void follow(struct spell_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t of = texts[i].of;

        for (size_t steps = 0; texts[of].of != of && steps < count; steps++)
            of = texts[of].of;
        texts[i].of = of;
    }
}

void spell_group(struct rk_arena *arena, struct spell_text *texts, size_t count)
{
    struct apart *all = RK_ARRAY(arena, struct apart, count + 1);
    struct apart **at =
        RK_ARRAY(arena, struct apart *, count + 1); /* by place in `texts` */

    for (size_t i = 0; i < count; i++) {
        texts[i].of = i;
        texts[i].reason = SPELL_SAME;
        take_apart(arena, &texts[i], &all[i]);
    }
    qsort(all, count, sizeof *all, by_rows);
    join_same(arena, all, count);
    for (size_t i = 0; i < count; i++)
        at[all[i].text - texts] = &all[i];
    join_alike(at, all, count, SPELL_TYPING);
    join_alike(at, all, count, SPELL_ORDER);
    /* Two groups that a text fits may become one, so look again. */
    for (int pass = 0; pass < 3; pass++)
        join_alike(at, all, count, SPELL_SHORT);
    follow(texts, count);
}
