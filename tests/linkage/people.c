// SPDX-License-Identifier: MIT
/* people PEOPLE PROFILE [SEED]: made-up people, some of them several times and spoilt, as CSV
 * with the truth in the column `person`. Profiles differ in what goes wrong. */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- chance ---- */

static uint64_t state;

static uint64_t next(void)
{
    uint64_t x = state += UINT64_C(0x9E3779B97F4A7C15);

    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static double chance(void)
{
    return (double)(next() >> 11) / 9007199254740992.0;
}

static long below(long n)
{
    return (long)(chance() * (double)n);
}

/* Few are common and many rare: the commonest of 600 is one in 70, as with first names. */
static long rank(long n)
{
    return (long)(20 * (pow((double)n / 20 + 1, chance()) - 1)) % n;
}

/* ---- what goes wrong ---- */

enum field { GIVEN, SURNAME, BORN, SEX, POSTCODE, ADDRESS, PHONE, EMAIL, FIELDS };

static const struct profile {
    const char *name;
    double again;             /* people who are there more than once */
    long copies;              /* at most so many more */
    double typo, second_typo; /* of a field of a copy */
    double missing;           /* of any record */
    double names_swapped, days_swapped, moved, renamed;
    double relative; /* people who live with one before: surname, address */
    double twin;     /* of them */
    double no_born;  /* of any record, beside `missing` */
    long names;      /* how few given names and surnames there are; 0: many */
} profiles[] = {
    {"none", 0, 0, 0, 0, 0.02, 0, 0, 0, 0, 0.1, 0.03, 0, 0},
    {"light", 0.10, 1, 0.05, 0.05, 0.03, 0.01, 0.02, 0.05, 0.03, 0.1, 0.03, 0, 0},
    {"heavy", 0.25, 3, 0.20, 0.30, 0.10, 0.05, 0.06, 0.15, 0.08, 0.1, 0.03, 0, 0},
    {"typos", 0.20, 2, 0.50, 0.30, 0.05, 0.02, 0.03, 0.05, 0.03, 0.0, 0, 0, 0},
    {"gaps", 0.20, 2, 0.10, 0.10, 0.35, 0.02, 0.02, 0.05, 0.03, 0.1, 0.03, 0, 0},
    {"swaps", 0.20, 1, 0.05, 0.05, 0.05, 0.30, 0.30, 0.10, 0.03, 0.1, 0.03, 0, 0},
    {"family", 0.15, 1, 0.08, 0.10, 0.05, 0.02, 0.02, 0.08, 0.05, 0.6, 0.03, 0, 0},
    {"twins", 0.15, 1, 0.08, 0.10, 0.05, 0.02, 0.02, 0.08, 0.05, 0.3, 0.5, 0, 0},
    {"unborn", 0.20, 2, 0.08, 0.10, 0.05, 0.02, 0.02, 0.10, 0.05, 0.1, 0.03, 0.5, 0},
    {"common", 0.15, 1, 0.08, 0.10, 0.05, 0.02, 0.03, 0.10, 0.05, 0.1, 0.03, 0, 60},
    {"zipf", 0.30, 5, 0.25, 0.30, 0.08, 0.08, 0.05, 0.10, 0.05, 0.0, 0, 0, 0},
};

static void typo(char *text, size_t room)
{
    size_t length = strlen(text), at;
    char letter = (char)('a' + below(26));

    if (!length) return;
    at = (size_t)below((long)length);
    if (isdigit((unsigned char)text[at])) letter = (char)('0' + below(10));
    if (isupper((unsigned char)text[at])) letter = (char)toupper(letter);
    switch (below(4)) {
    case 0:
        text[at] = letter;
        break;
    case 1:
        memmove(text + at, text + at + 1, length - at);
        break;
    case 2:
        if (length + 2 > room) break;
        memmove(text + at + 1, text + at, length - at + 1);
        text[at] = letter;
        break;
    default:
        if (at + 1 == length) break;
        letter = text[at];
        text[at] = text[at + 1];
        text[at + 1] = letter;
    }
}

/* ---- people ---- */

typedef char text[80];
typedef text record[FIELDS];

static void make_word(char *out, long number, const char *end)
{
    static const char *const starts[] = {"b", "br", "c", "d", "f", "g", "h", "j", "k", "l", "m",
                                         "n", "p", "r", "s", "st", "t", "th", "v", "w", "sh"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ee", "ai", "ou"};
    static const char *const ends[] = {"n", "r", "l", "s", "m", "t", "ck", "ll", "ss", "rd"};
    uint64_t mixed = (uint64_t)(number + 1) * UINT64_C(0x9E3779B97F4A7C15);

    *out = '\0';
    for (long part = 0; part < 2; part++) {
        strcat(out, starts[(mixed >> 8) % 21]);
        strcat(out, vowels[(mixed >> 16) % 8]);
        strcat(out, part ? ends[(mixed >> 24) % 10] : "");
        mixed = mixed * UINT64_C(0xBF58476D1CE4E5B9) + 7;
    }
    strcat(out, end);
    *out = (char)toupper((unsigned char)*out);
}

static void make_address(record person)
{
    text street;

    make_word(street, 5000 + below(3000), "");
    snprintf(person[ADDRESS], sizeof(text), "%ld %.40s %s", 1 + below(150), street,
             (const char *[]){"Street", "Road", "Close", "Avenue"}[below(4)]);
    snprintf(person[POSTCODE], sizeof(text), "%c%ld %ld%c%c", "MBLSW"[below(5)], 1 + below(40),
             below(10), (int)('A' + below(26)), (int)('A' + below(26)));
    snprintf(person[PHONE], sizeof(text), "0161 %06ld", below(1000000));
}

static void make_person(record person, const record *relative, const struct profile *profile)
{
    static const char *const hosts[] = {"mail.example", "post.example", "home.example"};

    make_word(person[GIVEN], rank(profile->names ? profile->names : 600), "");
    make_word(person[SURNAME], 1000 + rank(profile->names ? profile->names : 12000),
              below(3) ? "" : "son");
    snprintf(person[BORN], sizeof(text), "%04ld-%02ld-%02ld", 1945 + below(55), 1 + below(12),
             1 + below(28));
    strcpy(person[SEX], below(2) ? "F" : "M");
    make_address(person);
    if (relative) {
        memcpy(person[SURNAME], (*relative)[SURNAME], sizeof(text));
        memcpy(person[ADDRESS], (*relative)[ADDRESS], sizeof(text));
        memcpy(person[POSTCODE], (*relative)[POSTCODE], sizeof(text));
        memcpy(person[PHONE], (*relative)[PHONE], sizeof(text));
        if (chance() < profile->twin) memcpy(person[BORN], (*relative)[BORN], sizeof(text));
    }
    snprintf(person[EMAIL], sizeof(text), "%.30s.%.30s%ld@%s", person[GIVEN], person[SURNAME],
             below(100), hosts[below(3)]);
    for (char *at = person[EMAIL]; *at; at++)
        *at = (char)tolower((unsigned char)*at);
}

static void swap_days(char *born)
{
    char month[2] = {born[5], born[6]};

    if (born[8] > '1' || (born[8] == '1' && born[9] > '2')) return;
    memcpy(born + 5, born + 8, 2);
    memcpy(born + 8, month, 2);
}

static void spoil(record copy, const struct profile *profile)
{
    text kept;

    if (chance() < profile->moved) make_address(copy);
    if (chance() < profile->renamed) make_word(copy[SURNAME], 1000 + rank(12000), "");
    if (chance() < profile->days_swapped) swap_days(copy[BORN]);
    for (int field = 0; field < FIELDS; field++)
        if (field != SEX && chance() < profile->typo) {
            typo(copy[field], sizeof(text));
            if (chance() < profile->second_typo) typo(copy[field], sizeof(text));
        }
    if (chance() < profile->names_swapped) {
        memcpy(kept, copy[GIVEN], sizeof kept);
        memcpy(copy[GIVEN], copy[SURNAME], sizeof kept);
        memcpy(copy[SURNAME], kept, sizeof kept);
    }
}

static long records;

static bool is_missing(const struct profile *profile, int field)
{
    bool missing = chance() < profile->missing;

    return missing || (field == BORN && profile->no_born > 0 && chance() < profile->no_born);
}

static void print_record(record person, long number, const struct profile *profile)
{
    printf("R%07" PRIu64 ",%ld", (uint64_t)(++records * 7919 % 9999991), number);
    for (int field = 0; field < FIELDS; field++)
        printf(",%s", is_missing(profile, field) ? "" : person[field]);
    putchar('\n');
}

static void print_people(long people, const struct profile *profile)
{
    static record person, last, copy;

    puts("id,person,given,surname,born,sex,postcode,address,phone,email");
    for (long i = 0; i < people; i++) {
        bool related = i && chance() < profile->relative;

        memcpy(last, person, sizeof last);
        make_person(person, related ? (const record *)&last : NULL, profile);
        print_record(person, i, profile);
        if (chance() >= profile->again) continue;
        for (long more = 1 + below(profile->copies); more; more--) {
            memcpy(copy, person, sizeof copy);
            spoil(copy, profile);
            print_record(copy, i, profile);
        }
    }
}

int main(int argc, char **argv)
{
    state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    for (size_t i = 0; argc > 2 && i < sizeof profiles / sizeof *profiles; i++)
        if (strcmp(profiles[i].name, argv[2]) == 0) {
            print_people(strtol(argv[1], NULL, 10), &profiles[i]);
            return 0;
        }
    fputs("people PEOPLE none|light|heavy|typos|gaps|swaps|family|twins|unborn|common|zipf [SEED]\n", stderr);
    return 2;
}
