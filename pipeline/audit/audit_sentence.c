// SPDX-License-Identifier: MIT
/** Arithmetic inside a sentence: "728 of 1,207 (60%)", "from 36.5% to 44%, 7.5 percentage
 * points", "719 (406 in A, 240 in B and 73 in C)", "(95% CI 3.7 to 11.5)". */
#include "pipeline/audit/audit_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

struct sentence {
    const struct audit_text *text;
    const struct audit_block *block;
    const char *bare;
    struct audit_token *tokens;
    size_t count;
};

static bool is_count(const struct audit_token *t)
{
    return t->value.unit == AUDIT_PLAIN && t->value.decimals == 0 &&
           t->value.sense == AUDIT_EXACT && t->value.value >= 0 && !t->value.signed_;
}

static bool is_share(const struct audit_token *t)
{
    return t->value.unit == AUDIT_PERCENT;
}

/** The text between two tokens, folded to one blank and lower case. */
static const char *between(const struct sentence *s, size_t a, size_t b)
{
    return audit_fold(s->text->arena,
                      rk_arena_copy_n(s->text->arena, s->bare + s->tokens[a].to,
                                      s->tokens[b].from - s->tokens[a].to));
}

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0) return true;
    return false;
}

static bool is_of(const char *gap)
{
    static const char *const words[] = {"of",         "out of", "of the",   "of all",
                                        "out of the", "of its", "of these", "of a total of",
                                        "from",       "/",      "of those", NULL};

    return is_one_of(gap, words);
}

static bool opens(const char *gap)
{
    size_t bytes = strlen(gap);

    return bytes && bytes < 60 && gap[bytes - 1] == '(' && !strpbrk(gap, ".;)");
}

static void tell(const struct sentence *s, size_t first, size_t last, const char *check,
                 const char *why, enum audit_sure sure, const char *if_)
{
    struct audit_finding f =
        audit_in_text(s->text, s->block, s->tokens[first].from,
                      s->tokens[last].to - s->tokens[first].from, check);

    f.why = why;
    f.sure = sure;
    f.if_ = if_;
    audit_find(s->text->findings, f);
}

static void check_ratio(const struct sentence *s, size_t count, size_t base, size_t share)
{
    const struct audit_value *p = &s->tokens[share].value;
    double n = s->tokens[count].value.value, of = s->tokens[base].value.value;
    size_t first = count < share ? count : share, last = base > share ? base : share;
    char a[32], b[32], c[32];

    if (!(of > 0) || audit_meets(p->low, p->high, 100 * n / of, 100 * n / of)) return;
    tell(s, first, last, "percent",
         rk_arena_printf(s->text->arena, "%s of %s is %s%%", audit_value_text(a, n, 0),
                         audit_value_text(b, of, 0),
                         audit_value_text(c, 100 * n / of, p->decimals + 1)),
         AUDIT_PROVED, NULL);
}

/** "Most (68%) would recommend it: 43 of the 47": what follows the colon is what the share is. */
static bool ends_in_colon(const char *gap)
{
    size_t bytes = strlen(gap);

    return bytes && bytes < 60 && gap[bytes - 1] == ':' && !strpbrk(gap, ".;,");
}

/** Counts, their base and their percentage in the orders in which people write them. */
static void check_ratios(const struct sentence *s)
{
    for (size_t i = 0; i + 2 < s->count; i++) {
        const struct audit_token *t = &s->tokens[i];
        const char *one = between(s, i, i + 1), *two = between(s, i + 1, i + 2);
        if (is_count(&t[0]) && is_count(&t[1]) && is_share(&t[2]) && is_of(one) &&
            (opens(two) || strcmp(two, ",") == 0 || strcmp(two, "or") == 0 ||
             strcmp(two, ", or") == 0))
            check_ratio(s, i, i + 1, i + 2);
        else if (is_share(&t[0]) && is_count(&t[1]) && is_count(&t[2]) && is_of(two) &&
                 (opens(one) || ends_in_colon(one) || strcmp(one, ",") == 0))
            check_ratio(s, i + 1, i + 2, i);
        else if (is_count(&t[0]) && is_share(&t[1]) && is_count(&t[2]) &&
                 strcmp(one, "(") == 0 && two[0] == ')' &&
                 is_of(two + 1 + strspn(two + 1, " ")))
            check_ratio(s, i, i + 2, i + 1);
    }
}

/** Is the token's number what a sentence starts from: "Of the 1,207 responses, 728 (60%)"?
 */
static bool is_whole(const struct sentence *s, size_t i)
{
    size_t from = s->tokens[i].from > 12 ? s->tokens[i].from - 12 : 0;
    const char *before =
        audit_fold(s->text->arena, rk_arena_copy_n(s->text->arena, s->bare + from,
                                                   s->tokens[i].from - from));
    size_t bytes = strlen(before);
    static const char *const words[] = {"of",        "of the", "of all",
                                        "of these",  "out of", "of our",
                                        "among the", "among",  NULL};

    for (size_t k = 0; words[k]; k++) {
        size_t n = strlen(words[k]);
        if (bytes >= n && strcmp(before + bytes - n, words[k]) == 0 &&
            (bytes == n || before[bytes - n - 1] == ' '))
            return true;
    }
    return false;
}

/** "Of the 1,207 responses, 728 (60%) said yes." with one pair only. */
static void check_whole(const struct sentence *s)
{
    for (size_t i = 0; i + 2 < s->count; i++) {
        const struct audit_token *t = &s->tokens[i];
        const char *gap = between(s, i, i + 1);
        size_t bytes = strlen(gap);
        bool comma = bytes && bytes < 80 && (gap[bytes - 1] == ',' || strchr(gap, ',')) &&
                     !strpbrk(gap, ".;(");
        if (is_count(&t[0]) && is_count(&t[1]) && is_share(&t[2]) && is_whole(s, i) &&
            comma && strcmp(between(s, i + 1, i + 2), "(") == 0)
            check_ratio(s, i + 1, i, i + 2);
        else if (is_count(&t[0]) && is_share(&t[1]) && is_count(&t[2]) && is_whole(s, i) &&
                 comma && strcmp(between(s, i + 1, i + 2), "(") == 0 &&
                 s->bare[t[2].to] == ')')
            check_ratio(s, i + 2, i, i + 1);
    }
}

static const char *sentence_start(const struct sentence *s, size_t at)
{
    while (at && !((s->bare[at - 1] == '.' || s->bare[at - 1] == ';') &&
                   isspace((unsigned char)s->bare[at])))
        at--;
    return s->bare + at;
}

static bool same_sentence(const struct sentence *s, size_t a, size_t b)
{
    return sentence_start(s, s->tokens[a].from) == sentence_start(s, s->tokens[b].from);
}

/** ... with its parts after semicolons. */
static bool same_period(const struct sentence *s, size_t a, size_t b)
{
    for (size_t at = s->tokens[a].to; at + 1 < s->tokens[b].from; at++)
        if (s->bare[at] == '.' && isspace((unsigned char)s->bare[at + 1])) return false;
    return true;
}

static bool is_pair(const struct sentence *s, size_t i)
{
    return i + 1 < s->count && is_count(&s->tokens[i]) && is_share(&s->tokens[i + 1]) &&
           strcmp(between(s, i, i + 1), "(") == 0;
}

static bool pair_fits(const struct sentence *s, size_t i, double base)
{
    double value = 100 * s->tokens[i].value.value / base;

    return audit_meets(s->tokens[i + 1].value.low, s->tokens[i + 1].value.high, value,
                       value);
}

/** The number before the first pair of a sentence that most of its pairs are shares of. */
static double base_of_pairs(const struct sentence *s, size_t first, size_t end,
                            size_t *fits)
{
    double base = 0;

    *fits = 0;
    for (size_t b = first; b-- > 0 && same_period(s, b, first);) {
        size_t good = 0;
        if (!is_count(&s->tokens[b])) continue;
        for (size_t i = first; i < end; i++)
            good += is_pair(s, i) && pair_fits(s, i, s->tokens[b].value.value);
        if (good > *fits) {
            *fits = good;
            base = s->tokens[b].value.value;
        }
    }
    return base;
}

/** "277 cases: 126 (45%), 142 (51%) and 9 (3%)". */
static void check_list_of_shares(const struct sentence *s)
{
    for (size_t first = 0, end; first < s->count; first = end) {
        size_t pairs = 0, fits;
        double base;
        end = first + 1;
        if (!is_pair(s, first)) continue;
        while (end < s->count && same_period(s, first, end))
            end++;
        for (size_t i = first; i < end; i++)
            pairs += is_pair(s, i);
        base = base_of_pairs(s, first, end, &fits);
        if (pairs < 2 || fits * 2 < pairs || fits == pairs) continue;
        for (size_t i = first; i < end; i++) {
            char a[32], b[32], c[32];
            if (!is_pair(s, i) || pair_fits(s, i, base)) continue;
            tell(s, i, i + 1, "percent",
                 rk_arena_printf(s->text->arena, "%s of %s is %s%%",
                                 audit_value_text(a, s->tokens[i].value.value, 0),
                                 audit_value_text(b, base, 0),
                                 audit_value_text(c, 100 * s->tokens[i].value.value / base,
                                                  s->tokens[i + 1].value.decimals + 1)),
                 AUDIT_PROVED_IF, "it is of the same base as the others in the sentence");
        }
    }
}

/** "fewer than 1% of the 315 clients": a handful. */
static void note_few(const struct sentence *s, size_t share, size_t base)
{
    double most =
        floor(s->tokens[base].value.value * s->tokens[share].value.high / 100 + 1e-9);
    struct audit_finding f;

    if (most >= (double)s->text->findings->small || s->tokens[share].value.value <= 0 ||
        s->tokens[base].value.value < (double)s->text->findings->small)
        return;
    f = audit_in_text(s->text, s->block, s->tokens[share].from,
                      s->tokens[base].to - s->tokens[share].from, "small");
    f.why = rk_arena_printf(s->text->arena, "these are %.0f people at most", most);
    f.sure = AUDIT_PROVED_IF;
    f.if_ = "they are people";
    f.note = true;
    audit_find(s->text->findings, f);
}

/** Is there such a number of people? `first` and `last` are what is printed of it. */
static void check_whole_number(const struct sentence *s, size_t share, size_t base)
{
    const struct audit_value *p = &s->tokens[share].value;
    double n = s->tokens[base].value.value, near = round(n * p->value / 100);
    size_t first = share < base ? share : base, last = share < base ? base : share;
    char a[32], b[32], c[32];

    if (p->sense != AUDIT_EXACT || p->value > 100 || n < 1 ||
        audit_has_whole(n * p->low / 100, n * p->high / 100))
        return;
    tell(s, first, last, "grim",
         rk_arena_printf(s->text->arena,
                         "no whole number of %s is this percentage; %s of %s is %s%%",
                         audit_value_text(a, n, 0), audit_value_text(b, near, 0), a,
                         audit_value_text(c, 100 * near / n, p->decimals + 1)),
         AUDIT_PROVED_IF, "nobody is weighted");
}

/** "60.5% of 20 clients", "Of the 20 clients we asked, 60.5% came". */
static void check_possible(const struct sentence *s)
{
    for (size_t i = 0; i + 1 < s->count; i++) {
        const struct audit_token *t = &s->tokens[i];
        const char *gap = between(s, i, i + 1);
        size_t bytes = strlen(gap);
        if (is_share(&t[0]) && is_count(&t[1]) && is_of(gap)) {
            if (t[0].value.sense != AUDIT_OVER) note_few(s, i, i + 1);
            check_whole_number(s, i, i + 1);
        }
        if (is_count(&t[0]) && is_whole(s, i) && is_share(&t[1]) && bytes && bytes < 60 &&
            gap[bytes - 1] == ',' && !strpbrk(gap, ".;(") &&
            !(i + 2 < s->count && is_of(between(s, i + 1, i + 2))))
            check_whole_number(s, i + 1, i);
    }
}

/** What goes before the token, folded, without its last blanks and signs. */
static bool follows(const struct sentence *s, size_t token, const char *const *words)
{
    size_t to = s->tokens[token].from, from;

    while (to && strchr(" ,(:", s->bare[to - 1]))
        to--;
    from = to > 24 ? to - 24 : 0;
    const char *before =
        audit_fold(s->text->arena, rk_arena_copy_n(s->text->arena, s->bare + from, to - from));
    for (size_t i = 0; words[i]; i++) {
        size_t n = strlen(words[i]), bytes = strlen(before);
        if (bytes >= n && strcmp(before + bytes - n, words[i]) == 0) return true;
    }
    return false;
}

/** "Of 412 people 301 were matched. The rest, 111, were waiting." */
static void check_rest(const struct sentence *s)
{
    static const char *const rest[] = {"the rest", "the remaining", "the remainder", "all others",
                                       NULL};

    for (size_t r = 2; r < s->count; r++) {
        double left = 0;
        size_t whole = r, parts = 0;
        char a[32];
        if (!is_count(&s->tokens[r]) || !follows(s, r, rest)) continue;
        while (whole-- > 0 && !(is_count(&s->tokens[whole]) && is_whole(s, whole)))
            if (is_count(&s->tokens[whole])) {
                left += s->tokens[whole].value.value;
                parts++;
            }
        if (whole >= s->count || !parts) continue;
        left = s->tokens[whole].value.value - left;
        if (left < 0 || left == s->tokens[r].value.value) continue;
        tell(s, whole, r, "sum",
             rk_arena_printf(s->text->arena, "what is left is %s", audit_value_text(a, left, 0)),
             AUDIT_PROVED_IF, "the numbers between are all the other parts");
    }
}

/** Which way the words before a token say that it went: 1 up, -1 down, 0 unsaid. */
static int direction(const struct sentence *s, size_t token)
{
    static const char *const up[] = {"rose",  "increased", "grew",    "rising", "increase",
                                     "risen", "gained",    "climbed", NULL};
    static const char *const down[] = {"fell",      "decreased", "dropped",  "declined",
                                       "fallen",    "reduced",   "decrease", "falling",
                                       "reduction", NULL};
    const char *from = sentence_start(s, s->tokens[token].from);
    size_t bytes = (size_t)(s->bare + s->tokens[token].from - from);
    size_t start = bytes > 45 ? bytes - 45 : 0;
    const char *near = audit_fold(
        s->text->arena, rk_arena_copy_n(s->text->arena, from + start, bytes - start));
    int out = 0;

    for (size_t i = 0; up[i]; i++)
        if (audit_has_word(near, up[i])) out |= 1;
    for (size_t i = 0; down[i]; i++)
        if (audit_has_word(near, down[i])) out |= 2;
    return out == 1 ? 1 : out == 2 ? -1 : 0;
}

static void check_difference(const struct sentence *s, size_t a, size_t b, size_t c)
{
    const struct audit_value *x = &s->tokens[a].value, *y = &s->tokens[b].value,
                             *d = &s->tokens[c].value;
    double low = y->low - x->high, high = y->high - x->low;
    int coarse = x->decimals < y->decimals ? x->decimals : y->decimals;
    char one[32], two[32];

    if (d->sense != AUDIT_EXACT || x->sense != AUDIT_EXACT || y->sense != AUDIT_EXACT)
        return;
    if (d->value >= 0 && y->value < x->value) {
        double swap = low;
        low = -high;
        high = -swap;
    }
    if (!audit_meets(d->low, d->high, low, high))
        tell(s, a, c, "difference",
             rk_arena_printf(
                 s->text->arena, "the two percentages are %s points apart",
                 audit_value_text(one, fabs(y->value - x->value),
                                  x->decimals > y->decimals ? x->decimals : y->decimals)),
             AUDIT_PROVED, NULL);
    else if (d->decimals > coarse && x->decimals != y->decimals)
        tell(s, a, c, "rounding",
             rk_arena_printf(
                 s->text->arena,
                 "a difference of rounded figures: the exact one lies between %s and %s",
                 audit_value_text(one, low, 2), audit_value_text(two, high, 2)),
             AUDIT_SUSPICIOUS, NULL);
}

/** "66% said so, up from 64%. That is a rise of 2 points": the shares of the sentence before, when
 * its words compare them. */
static size_t shares_before(const struct sentence *s, size_t token, size_t at[2])
{
    static const char *const compares[] = {"up from", "down from", "compared with",
                                           "compared to", "from", NULL};
    size_t shares = 0, last = token;

    while (last && same_sentence(s, last - 1, token))
        last--;
    for (size_t i = last; i-- > 0 && same_sentence(s, i, last - 1);) {
        if (s->tokens[i].value.unit == AUDIT_POINTS) return 0;
        if (is_share(&s->tokens[i]) && shares < 2) at[1 - shares] = i;
        shares += is_share(&s->tokens[i]);
    }
    if (shares != 2) return 0;
    const char *gap = rk_arena_copy_n(s->text->arena, s->bare + s->tokens[at[0]].to,
                                      s->tokens[at[1]].from - s->tokens[at[0]].to);
    for (size_t i = 0; compares[i]; i++)
        if (audit_has_word(audit_fold(s->text->arena, gap), compares[i])) return 2;
    return 0;
}

/** "from 36.5% to 44%", and the percentage points that follow. */
static void check_changes(const struct sentence *s)
{
    for (size_t i = 0; i + 1 < s->count; i++) {
        const struct audit_token *a = &s->tokens[i], *b = &s->tokens[i + 1];
        const char *gap = between(s, i, i + 1);
        bool from = a->from >= 5 && strncasecmp(s->bare + a->from - 5, "from ", 5) == 0 &&
                    strncmp(gap, "to", 2) == 0 && strlen(gap) < 24;
        int way = from ? direction(s, i) : 0;
        if (from && is_share(a) == is_share(b) && way && a->value.sense == AUDIT_EXACT &&
            b->value.sense == AUDIT_EXACT && (b->value.value - a->value.value) * way < 0)
            tell(s, i, i + 1, "direction",
                 way > 0 ? "the words say up, the figures go down"
                         : "the words say down, the figures go up",
                 AUDIT_PROVED, NULL);
    }
    for (size_t c = 2; c < s->count; c++) {
        size_t shares = 0, at[2] = {0, 0};
        if (s->tokens[c].value.unit != AUDIT_POINTS) continue;
        for (size_t i = 0; i < c; i++)
            if (same_sentence(s, i, c)) {
                if (s->tokens[i].value.unit == AUDIT_POINTS) shares = 9;
                if (is_share(&s->tokens[i]) && shares < 2) at[shares] = i;
                shares += is_share(&s->tokens[i]);
            }
        if (shares == 0) shares = shares_before(s, c, at);
        if (shares == 2) check_difference(s, at[0], at[1], c);
    }
}

/** "719 clients (406 in Manchester, 240 in Salford and 73 in Trafford)". */
static void check_breakdown(const struct sentence *s)
{
    for (size_t i = 0; i + 2 < s->count; i++) {
        const char *gap = between(s, i, i + 1);
        size_t open = s->tokens[i + 1].from, last = i;
        double sum = 0, whole = s->tokens[i].value.value;
        bool plain = true;
        char a[32];
        if (!is_count(&s->tokens[i]) || !opens(gap) || strlen(gap) > 40) continue;
        size_t close = open + strcspn(s->bare + open, ")");
        for (size_t k = i + 1; k < s->count && s->tokens[k].to <= close; k++) {
            const char *next = k > i + 1 ? between(s, k - 1, k) : "x";
            size_t bytes = strlen(next);
            plain &= is_count(&s->tokens[k]) &&
                     (k == i + 1 ||
                      (bytes > 3 && (next[bytes - 1] == ',' || next[bytes - 1] == ';' ||
                                     strcmp(next + bytes - 3, "and") == 0)));
            sum += s->tokens[k].value.value;
            last = k;
        }
        if (last < i + 2 || !plain || sum == whole || sum < 0.75 * whole ||
            sum > 1.25 * whole)
            continue;
        tell(s, i, last, "sum",
             rk_arena_printf(s->text->arena, "the parts in brackets come to %s",
                             audit_value_text(a, sum, 0)),
             AUDIT_PROVED_IF, "they are all the parts");
    }
}

/** "7.6 (95% CI 3.7 to 11.5; p = 0.02)". */
static void check_interval(const struct sentence *s)
{
    for (size_t i = 1; i + 1 < s->count; i++) {
        const struct audit_token *low = &s->tokens[i], *high = &s->tokens[i + 1];
        const char *before = between(s, i - 1, i), *gap = between(s, i, i + 1);
        static const char *const joins[] = {"to", ",",   "-", "\xE2\x80\x93",
                                            ";",  "and", NULL};
        size_t e = i - 1;
        if (!(audit_has_word(before, "ci") || strstr(before, "confidence interval")) ||
            !is_one_of(gap, joins))
            continue;
        if (low->value.value > high->value.value) {
            tell(s, i, i + 1, "interval", "the lower limit is above the upper limit",
                 AUDIT_PROVED, NULL);
            continue;
        }
        while (e && is_share(&s->tokens[e]) &&
               (s->tokens[e].value.value == 95 || s->tokens[e].value.value == 99 ||
                s->tokens[e].value.value == 90))
            e--;
        bool level = is_share(&s->tokens[i - 1]) && s->tokens[i - 1].value.value >= 90;
        if (level && i - 1 != e && opens(between(s, e, i - 1)) &&
            strlen(between(s, e, i - 1)) < 25 &&
            (s->tokens[e].value.high < low->value.low ||
             s->tokens[e].value.low > high->value.high))
            tell(s, e, i + 1, "interval", "the interval does not hold its figure",
                 AUDIT_PROVED, NULL);
    }
}

void audit_check_sentences(const struct audit_text *text)
{
    for (size_t i = 0; i < text->doc->block_count; i++) {
        struct sentence s = {.text = text, .block = &text->doc->blocks[i]};
        s.bare = audit_bare(text->arena, s.block->text);
        s.count = audit_tokens(text->arena, s.bare, &s.tokens);
        check_ratios(&s);
        check_whole(&s);
        check_list_of_shares(&s);
        check_possible(&s);
        check_rest(&s);
        check_changes(&s);
        check_breakdown(&s);
        check_interval(&s);
    }
}
