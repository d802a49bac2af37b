// SPDX-License-Identifier: MIT
#ifndef CONTRACT_STUDY_LINK_H
#define CONTRACT_STUDY_LINK_H

#include "pipeline/base/rk_diag.h"


#include <stdbool.h>
#include <stddef.h>

/** `dedupe:` of a study: who is the same person when no rule of the study says so. Words,
 * defaults and meaning are in docs/linkage.md. */

/** What a field is, and so how two values of it are compared. */
enum link_kind {
    LINK_GIVEN,
    LINK_SURNAME,
    LINK_NAME,
    LINK_DATE,
    LINK_POSTCODE,
    LINK_ADDRESS,
    LINK_TEXT,
    LINK_EMAIL,
    LINK_PHONE,
    LINK_NUMBER,
    LINK_EXACT,
    LINK_KINDS,
};

/** How two values may agree. A field's levels are asked in their order; the first that
 * holds is the field's answer. */
enum link_test {
    LINK_TEST_EXACT,
    LINK_TEST_TYPO,        /**< one typing error (Damerau), or the key beside the right one */
    LINK_TEST_JARO,        /**< Jaro-Winkler at least `at` */
    LINK_TEST_SOUND,       /**< sounds alike */
    LINK_TEST_START,       /**< one is the start of the other: an initial, a short form */
    LINK_TEST_WORDS,       /**< at least the share `at` of words in common, in any order */
    LINK_TEST_DAY_MONTH,   /**< day and month swapped, the same year */
    LINK_TEST_TWO_PARTS,   /**< two of day, month and year */
    LINK_TEST_SAME_YEAR_PART, /**< the same year, and the day or the month */
    LINK_TEST_YEAR,        /**< the same year */
    LINK_TEST_WITHIN,      /**< dates no more than `at` days apart */
    LINK_TEST_DISTRICT,    /**< first part of a postcode */
    LINK_TEST_BEFORE_AT,   /**< an address of mail up to its @ */
    LINK_TEST_ERRORS,      /**< at most `at` typing errors, and one in six letters */
    LINK_TEST_ELSE,
    LINK_TESTS,
};

struct link_level {
    enum link_test test;
    double at;   /**< JARO, WORDS: share; ERRORS: count */
    double m, u; /**< share among pairs of one person, of two; start values unless `fixed` */
};

enum { LINK_FIELDS_MAX = 15, LINK_LEVELS_MAX = 8 };

struct link_field {
    const char *name; /**< column of the source */
    const char *as;   /**< column of people it is compared with; NULL: of the same name */
    enum link_kind kind;
    bool frequency; /**< a rare value that agrees says more than a common one */
    bool fixed;     /**< the levels' m and u are the study's, nothing is learned */
    struct link_level levels[LINK_LEVELS_MAX]; /**< the last is ELSE */
    size_t level_count;
    struct rk_place place;
};

/** What of a field makes two rows worth comparing. */
enum link_key_part {
    LINK_WHOLE,
    LINK_SOUND,     /**< names, addresses */
    LINK_FIRST,     /**< so many letters or figures from the front */
    LINK_LAST,      /**< from the end */
    LINK_YEAR,      /**< dates, as those below */
    LINK_MONTH,     /**< year and month */
    LINK_YEAR_DAY,  /**< year and day of the month */
    LINK_MONTH_DAY, /**< month and day, any year */
    LINK_ANY_ORDER, /**< year, and day and month in any order */
    LINK_BOTH,      /**< sounds of given name and surname, in any order */
    LINK_PARTS,
};

struct link_key {
    size_t field; /**< position in fields */
    enum link_key_part part;
    size_t letters; /**< FIRST, LAST: how many */
};

enum { LINK_KEYS_MAX = 4, LINK_RULES_MAX = 64 };

struct link_rule {
    struct link_key keys[LINK_KEYS_MAX];
    size_t count;
};

enum link_effort { LINK_STRICT, LINK_NORMAL, LINK_LOOSE, LINK_EFFORTS };

struct study_linkage {
    struct link_field *fields;
    size_t field_count;
    struct link_rule *rules; /**< `block`; none: chosen from the data */
    size_t rule_count;
    double wrong;  /**< expected share of wrong ones among pairs joined, at most */
    double missed; /**< expected share of true ones below those shown to a person, at most */
    double same, unsure; /**< weights instead; NAN: by error rates */
    const char *answers; /**< file of a person's answers; NULL: OUT/decisions/answers.csv */
    const char **effect; /**< cells recomputed at strict and loose */
    size_t effect_count;
    struct rk_place place;
};

const char *link_kind_word(enum link_kind kind);
const char *link_test_word(enum link_test test);
const char *link_part_word(enum link_key_part part);
/** The levels of a kind when the study gives none; ends with ELSE. */
size_t link_default_levels(enum link_kind kind, struct link_level out[LINK_LEVELS_MAX]);

#endif
