// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_text.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

/* ---- one way to write it ---- */

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80) return false;
    return true;
}

static size_t put_words(const char *text, char *out)
{
    size_t length = 0;

    for (; *text && length < LINK_TEXT_MAX; text++) {
        unsigned char c = (unsigned char)*text;

        if (isalnum(c))
            out[length++] = (char)tolower(c);
        else if (c != '\'' && c != '.' && length && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    while (length && out[length - 1] == ' ')
        length--;
    return length;
}

/* Of letters with accents and of other scripts the code that stands for them. */
static size_t put_plain(const char *text, char *out,
                        size_t (*put)(const char *text, char *out))
{
    struct rk_arena *scratch;
    size_t length;

    if (is_plain(text)) return put(text, out);
    scratch = rk_arena_new();
    length = put(rk_text_code(scratch, text), out);
    rk_arena_free(scratch);
    return length;
}

size_t link_text_words(const char *text, char out[LINK_TEXT_MAX])
{
    return put_plain(text, out, put_words);
}

static size_t put_joined(const char *text, char *out)
{
    size_t length = 0;

    for (; *text && length < LINK_TEXT_MAX; text++)
        if (isalnum((unsigned char)*text) || *text == '@' || *text == '.')
            out[length++] = (char)tolower((unsigned char)*text);
    return length;
}

size_t link_text_joined(const char *text, char out[LINK_TEXT_MAX])
{
    return put_plain(text, out, put_joined);
}

size_t link_text_digits(const char *text, char out[LINK_TEXT_MAX])
{
    bool abroad = text[strspn(text, " (")] == '+';
    size_t length = 0, skip = 0;

    for (; *text && length < LINK_TEXT_MAX; text++)
        if (isdigit((unsigned char)*text)) out[length++] = *text;
    if (length >= 12 && (abroad || strncmp(out, "0044", 4) == 0))
        skip = out[0] == '0' ? 4 : 2;
    while (skip < length && length - skip > 7 && out[skip] == '0')
        skip++;
    memmove(out, out + skip, length - skip);
    return length - skip;
}

size_t link_text_date(const char *text, char out[LINK_TEXT_MAX])
{
    size_t length = 0, first = strspn(text, "0123456789");

    for (; *text && length < 8; text++)
        if (isdigit((unsigned char)*text)) out[length++] = *text;
    if (length < 8) return 0;
    if (first == 1 || first == 2) { /* 26/02/1931 */
        char turned[8] = {out[4], out[5], out[6], out[7], out[2], out[3], out[0], out[1]};

        memcpy(out, turned, sizeof turned);
    }
    return 8;
}

/* ---- how like ---- */

struct link_text link_text_of(const char *text, size_t length)
{
    struct link_text made = {text, (uint32_t)length, 0};

    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];

        made.letters |= UINT32_C(1) << (c >= 'a' && c <= 'z' ? c - 'a' : 26 + c % 6);
    }
    return made;
}

static int bits(uint32_t set)
{
    return __builtin_popcount(set);
}

static bool equal(struct link_text a, struct link_text b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* Letters that two texts share within a window, and how many of them are out of order. */
static int shared_letters(struct link_text a, struct link_text b, int *out_of_order)
{
    bool taken[LINK_TEXT_MAX] = {false};
    char common[LINK_TEXT_MAX];
    size_t longer = a.length > b.length ? a.length : b.length;
    size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
    int count = 0, at = 0;

    for (size_t i = 0; i < a.length; i++) {
        size_t j = i > window ? i - window : 0;
        size_t end = i + window + 1 < b.length ? i + window + 1 : b.length;

        while (j < end && (taken[j] || a.text[i] != b.text[j]))
            j++;
        if (j >= end) continue;
        taken[j] = true;
        common[count++] = a.text[i];
    }
    *out_of_order = 0;
    for (size_t j = 0; j < b.length; j++)
        if (taken[j]) *out_of_order += b.text[j] != common[at++];
    return count;
}

double link_jaro_winkler(struct link_text a, struct link_text b)
{
    int out_of_order, common;
    double jaro, prefix = 0;

    if (!a.length || !b.length) return 0;
    if (equal(a, b)) return 1;
    common = shared_letters(a, b, &out_of_order);
    if (!common) return 0;
    jaro = ((double)common / (double)a.length + (double)common / (double)b.length +
            ((double)common - out_of_order / 2) / common) /
           3;
    while (prefix < 4 && prefix < (double)a.length && prefix < (double)b.length &&
           a.text[(size_t)prefix] == b.text[(size_t)prefix])
        prefix++;
    return jaro + prefix * 0.1 * (1 - jaro);
}

/* Letters that only one text has are not shared; the rest may all be, and in order. */
bool link_jaro_winkler_holds(struct link_text a, struct link_text b, double at)
{
    double left = (double)a.length - bits(a.letters & ~b.letters);
    double right = (double)b.length - bits(b.letters & ~a.letters);
    double common = left < right ? left : right, most;

    if (!a.length || !b.length) return false;
    most = common > 0 ? (common / a.length + common / b.length + 1) / 3 : 0;
    return most + 0.4 * (1 - most) + 1e-9 >= at && link_jaro_winkler(a, b) >= at;
}

bool link_one_error(struct link_text a, struct link_text b)
{
    uint32_t i = 0, end = 0;

    if (a.length > b.length) return link_one_error(b, a);
    if (b.length - a.length > 1 || bits(a.letters ^ b.letters) > 2) return false;
    while (i < a.length && a.text[i] == b.text[i])
        i++;
    while (end < a.length - i && a.text[a.length - 1 - end] == b.text[b.length - 1 - end])
        end++;
    if (b.length > a.length) return i + end == a.length;
    return i + end + 1 >= a.length ||
           (i + end + 2 == a.length && a.text[i] == b.text[i + 1] &&
            a.text[i + 1] == b.text[i]);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

int link_errors(struct link_text a, struct link_text b, int most)
{
    int rows[3][LINK_TEXT_MAX + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    int longer = (int)a.length - (int)b.length;

    if (longer > most || -longer > most || bits(a.letters ^ b.letters) > 2 * most)
        return most + 1;
    for (size_t j = 0; j <= b.length; j++)
        last[j] = (int)j;
    for (size_t i = 1; i <= a.length; i++) {
        int lowest = now[0] = (int)i, *next;

        for (size_t j = 1; j <= b.length; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1,
                           last[j - 1] + (a.text[i - 1] != b.text[j - 1]));
            if (i > 1 && j > 1 && a.text[i - 1] == b.text[j - 2] &&
                a.text[i - 2] == b.text[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            lowest = least(lowest, now[j]);
        }
        if (lowest > most) return most + 1;
        next = before, before = last, last = now, now = next;
    }
    return least(last[b.length], most + 1);
}

bool link_neighbour_key(struct link_text a, struct link_text b)
{
    static const char *const keys[26] = {
        ['a' - 'a'] = "qwsz",  ['b' - 'a'] = "vghn",  ['c' - 'a'] = "xdfv",
        ['d' - 'a'] = "serfcx", ['e' - 'a'] = "wsdr", ['f' - 'a'] = "drtgvc",
        ['g' - 'a'] = "ftyhbv", ['h' - 'a'] = "gyujnb", ['i' - 'a'] = "ujko",
        ['j' - 'a'] = "huikmn", ['k' - 'a'] = "jiolm", ['l' - 'a'] = "kop",
        ['m' - 'a'] = "njk",   ['n' - 'a'] = "bhjm",  ['o' - 'a'] = "iklp",
        ['p' - 'a'] = "ol",    ['q' - 'a'] = "wa",    ['r' - 'a'] = "edft",
        ['s' - 'a'] = "awedxz", ['t' - 'a'] = "rfgy", ['u' - 'a'] = "yhji",
        ['v' - 'a'] = "cfgb",  ['w' - 'a'] = "qase",  ['x' - 'a'] = "zsdc",
        ['y' - 'a'] = "tghu",  ['z' - 'a'] = "asx",
    };
    size_t at = 0;

    if (a.length != b.length || equal(a, b)) return false;
    while (a.text[at] == b.text[at])
        at++;
    return memcmp(a.text + at + 1, b.text + at + 1, a.length - at - 1) == 0 &&
           a.text[at] >= 'a' && a.text[at] <= 'z' && strchr(keys[a.text[at] - 'a'], b.text[at]);
}

/* ---- words ---- */

enum { WORDS_MAX = 16 };

static size_t split_words(struct link_text text, struct link_text words[WORDS_MAX])
{
    size_t count = 0, at = 0;

    while (at < text.length && count < WORDS_MAX) {
        size_t start = at;

        while (at < text.length && text.text[at] != ' ')
            at++;
        words[count++] = link_text_of(text.text + start, at - start);
        at++;
    }
    return count;
}

static bool like_word(struct link_text a, struct link_text b)
{
    return equal(a, b) || (a.length > 3 && b.length > 3 && link_one_error(a, b));
}

double link_words_shared(struct link_text a, struct link_text b)
{
    struct link_text left[WORDS_MAX], right[WORDS_MAX];
    size_t lefts = split_words(a, left), rights = split_words(b, right), shared = 0;
    bool taken[WORDS_MAX] = {false};

    for (size_t i = 0; i < lefts; i++)
        for (size_t j = 0; j < rights; j++)
            if (!taken[j] && like_word(left[i], right[j])) {
                taken[j] = true;
                shared++;
                break;
            }
    return lefts && rights ? (double)shared / (double)(lefts > rights ? lefts : rights) : 0;
}

/* ---- sound ---- */

/* Classes of consonants after Soundex; 0: not heard. */
static unsigned sound_of(char c)
{
    static const char classes[] = "01230120022455012623010202";

    return c >= 'a' && c <= 'z' ? (unsigned)(classes[c - 'a'] - '0') : 0;
}

/* The first letter by its sound, and how many letters that takes. */
static size_t first_sound(struct link_text text, unsigned *out)
{
    static const struct {
        const char *letters;
        char sound;
    } starts[] = {{"ph", 'f'}, {"kn", 'n'}, {"wr", 'r'}, {"gn", 'n'}, {"ck", 'k'},
                  {"ch", 'k'}, {"c", 'k'},  {"q", 'k'},  {"z", 's'},  {"v", 'f'},
                  {"g", 'j'},  {"y", 'i'},  {"e", 'a'},  {"i", 'a'},  {"o", 'a'},
                  {"u", 'a'}};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t length = strlen(starts[i].letters);

        if (text.length < length || memcmp(text.text, starts[i].letters, length) != 0)
            continue;
        *out = (unsigned)starts[i].sound;
        return length;
    }
    *out = (unsigned char)text.text[0];
    return 1;
}

uint32_t link_sound(struct link_text text)
{
    unsigned first, last = 0, classes = 0;
    size_t at;

    while (text.length && (*text.text < 'a' || *text.text > 'z')) {
        text.text++;
        text.length--;
    }
    if (!text.length) return 0;
    at = first_sound(text, &first);
    last = sound_of(text.text[at - 1]);
    for (; at < text.length && text.text[at] != ' ' && classes < 512; at++) {
        unsigned now = sound_of(text.text[at]);

        if (now && now != last) classes = classes * 8 + now;
        if (text.text[at] != 'h' && text.text[at] != 'w') last = now;
    }
    return (uint32_t)first << 16 | classes;
}
