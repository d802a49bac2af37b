// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_link.h"

#include <string.h>

static const char *const kind_words[LINK_KINDS + 1] = {
    [LINK_GIVEN] = "given",       [LINK_SURNAME] = "surname", [LINK_NAME] = "name",
    [LINK_DATE] = "date",         [LINK_POSTCODE] = "postcode",
    [LINK_ADDRESS] = "address",   [LINK_TEXT] = "text",       [LINK_EMAIL] = "email",
    [LINK_PHONE] = "phone",       [LINK_NUMBER] = "number",   [LINK_EXACT] = "exact",
};

static const char *const test_words[LINK_TESTS + 1] = {
    [LINK_TEST_EXACT] = "exact",
    [LINK_TEST_TYPO] = "typo",
    [LINK_TEST_JARO] = "jaro_winkler",
    [LINK_TEST_SOUND] = "sound",
    [LINK_TEST_START] = "start",
    [LINK_TEST_WORDS] = "words",
    [LINK_TEST_DAY_MONTH] = "day_month_swapped",
    [LINK_TEST_TWO_PARTS] = "two_parts",
    [LINK_TEST_SAME_YEAR_PART] = "same_year_and_part",
    [LINK_TEST_YEAR] = "same_year",
    [LINK_TEST_WITHIN] = "within",
    [LINK_TEST_DISTRICT] = "district",
    [LINK_TEST_BEFORE_AT] = "before_at",
    [LINK_TEST_ERRORS] = "errors",
    [LINK_TEST_ELSE] = "else",
};

static const char *const part_words[LINK_PARTS + 1] = {
    [LINK_WHOLE] = "whole",         [LINK_SOUND] = "sound",
    [LINK_FIRST] = "first",         [LINK_LAST] = "last",
    [LINK_YEAR] = "year",           [LINK_MONTH] = "month",
    [LINK_YEAR_DAY] = "year_day",   [LINK_MONTH_DAY] = "month_day",
    [LINK_ANY_ORDER] = "any_order", [LINK_BOTH] = "both_names",
};

const char *link_part_word(enum link_key_part part)
{
    return part_words[part];
}

const char *link_kind_word(enum link_kind kind)
{
    return kind_words[kind];
}

const char *link_test_word(enum link_test test)
{
    return test_words[test];
}

/* Start values of m and u. What matters is that they are of the right order: data move them
 * where there are enough, and hold them here where there are few. */
static const struct link_level given_levels[] = {
    {LINK_TEST_EXACT, 0, 0.78, 0.01},   {LINK_TEST_TYPO, 0, 0.08, 0.002},
    {LINK_TEST_JARO, 0.88, 0.05, 0.006}, {LINK_TEST_SOUND, 0, 0.01, 0.004},
    {LINK_TEST_START, 0, 0.02, 0.01},   {LINK_TEST_ELSE, 0, 0.06, 0.968},
};
static const struct link_level surname_levels[] = {
    {LINK_TEST_EXACT, 0, 0.80, 0.003},   {LINK_TEST_TYPO, 0, 0.08, 0.001},
    {LINK_TEST_JARO, 0.88, 0.04, 0.005}, {LINK_TEST_SOUND, 0, 0.01, 0.004},
    {LINK_TEST_ELSE, 0, 0.07, 0.987},
};
static const struct link_level name_levels[] = {
    {LINK_TEST_EXACT, 0, 0.75, 0.002},   {LINK_TEST_TYPO, 0, 0.08, 0.001},
    {LINK_TEST_WORDS, 0.6, 0.06, 0.003}, {LINK_TEST_JARO, 0.88, 0.04, 0.006},
    {LINK_TEST_ELSE, 0, 0.07, 0.988},
};
static const struct link_level date_levels[] = {
    {LINK_TEST_EXACT, 0, 0.86, 0.0001},  {LINK_TEST_DAY_MONTH, 0, 0.02, 0.00002},
    {LINK_TEST_TYPO, 0, 0.05, 0.0007},   {LINK_TEST_TWO_PARTS, 0, 0.02, 0.004},
    {LINK_TEST_WITHIN, 45, 0.01, 0.004}, {LINK_TEST_WITHIN, 400, 0.01, 0.03},
    {LINK_TEST_ELSE, 0, 0.03, 0.96118},
};
static const struct link_level postcode_levels[] = {
    {LINK_TEST_EXACT, 0, 0.78, 0.001},    {LINK_TEST_TYPO, 0, 0.07, 0.001},
    {LINK_TEST_DISTRICT, 0, 0.05, 0.01}, {LINK_TEST_ELSE, 0, 0.10, 0.988},
};
static const struct link_level address_levels[] = {
    {LINK_TEST_EXACT, 0, 0.68, 0.001},   {LINK_TEST_TYPO, 0, 0.09, 0.0005},
    {LINK_TEST_JARO, 0.92, 0.05, 0.002}, {LINK_TEST_WORDS, 0.5, 0.06, 0.01},
    {LINK_TEST_ELSE, 0, 0.12, 0.9865},
};
static const struct link_level text_levels[] = {
    {LINK_TEST_EXACT, 0, 0.75, 0.02},    {LINK_TEST_TYPO, 0, 0.08, 0.003},
    {LINK_TEST_JARO, 0.90, 0.05, 0.005}, {LINK_TEST_ELSE, 0, 0.12, 0.972},
};
static const struct link_level email_levels[] = {
    {LINK_TEST_EXACT, 0, 0.78, 0.0001},   {LINK_TEST_ERRORS, 2, 0.08, 0.0001},
    {LINK_TEST_BEFORE_AT, 0, 0.02, 0.0001}, {LINK_TEST_JARO, 0.90, 0.02, 0.002},
    {LINK_TEST_ELSE, 0, 0.10, 0.9978},
};
static const struct link_level number_levels[] = {
    {LINK_TEST_EXACT, 0, 0.85, 0.0001}, {LINK_TEST_TYPO, 0, 0.07, 0.0001},
    {LINK_TEST_ERRORS, 2, 0.03, 0.001}, {LINK_TEST_ELSE, 0, 0.05, 0.9988},
};
static const struct link_level phone_levels[] = {
    {LINK_TEST_EXACT, 0, 0.75, 0.0005}, {LINK_TEST_TYPO, 0, 0.07, 0.0005},
    {LINK_TEST_ELSE, 0, 0.18, 0.999},
};
static const struct link_level exact_levels[] = {
    {LINK_TEST_EXACT, 0, 0.92, 0.25}, {LINK_TEST_ELSE, 0, 0.08, 0.75},
};

#define LEVELS(table) {table, sizeof(table) / sizeof *(table)}
static const struct {
    const struct link_level *levels;
    size_t count;
} defaults[LINK_KINDS] = {
    [LINK_GIVEN] = LEVELS(given_levels),     [LINK_SURNAME] = LEVELS(surname_levels),
    [LINK_NAME] = LEVELS(name_levels),       [LINK_DATE] = LEVELS(date_levels),
    [LINK_POSTCODE] = LEVELS(postcode_levels), [LINK_ADDRESS] = LEVELS(address_levels),
    [LINK_TEXT] = LEVELS(text_levels),       [LINK_EMAIL] = LEVELS(email_levels),
    [LINK_PHONE] = LEVELS(phone_levels),     [LINK_NUMBER] = LEVELS(number_levels),
    [LINK_EXACT] = LEVELS(exact_levels),
};

size_t link_default_levels(enum link_kind kind, struct link_level out[LINK_LEVELS_MAX])
{
    memcpy(out, defaults[kind].levels, defaults[kind].count * sizeof *out);
    return defaults[kind].count;
}
