// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_compare.h"

#include <math.h>
#include <string.h>

/* ---- the tests, a function each ---- */

typedef bool test_function(struct link_text a, struct link_text b, double at);

/* Of three letters one wrong is another name, unless the finger slipped. */
static bool test_typo(struct link_text a, struct link_text b, double at)
{
    size_t longer = a.length > b.length ? a.length : b.length;

    (void)at;
    return longer < 4 ? link_neighbour_key(a, b) : link_one_error(a, b);
}

static bool test_jaro(struct link_text a, struct link_text b, double at)
{
    return link_jaro_winkler_holds(a, b, at);
}

static bool test_sound(struct link_text a, struct link_text b, double at)
{
    uint32_t sound = link_sound(a);

    (void)at;
    return sound && sound == link_sound(b);
}

static bool test_start(struct link_text a, struct link_text b, double at)
{
    size_t shorter = a.length < b.length ? a.length : b.length;

    (void)at;
    return memcmp(a.text, b.text, shorter) == 0;
}

static bool test_words(struct link_text a, struct link_text b, double at)
{
    return link_words_shared(a, b) >= at;
}

static bool test_errors(struct link_text a, struct link_text b, double at)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int most = shorter / 6 < (size_t)at ? (int)(shorter / 6) : (int)at;

    return link_errors(a, b, most) <= most;
}

/* Dates are yyyymmdd. */
static bool is_date(struct link_text a, struct link_text b)
{
    return a.length == 8 && b.length == 8;
}

static bool part(struct link_text a, struct link_text b, size_t from, size_t other, size_t n)
{
    return memcmp(a.text + from, b.text + other, n) == 0;
}

static bool test_day_month(struct link_text a, struct link_text b, double at)
{
    (void)at;
    return is_date(a, b) && part(a, b, 0, 0, 4) && part(a, b, 4, 6, 2) && part(a, b, 6, 4, 2);
}

static bool test_year_part(struct link_text a, struct link_text b, double at)
{
    (void)at;
    return is_date(a, b) && part(a, b, 0, 0, 4) &&
           (part(a, b, 4, 4, 2) || part(a, b, 6, 6, 2));
}

static bool test_two_parts(struct link_text a, struct link_text b, double at)
{
    return test_year_part(a, b, at) || (is_date(a, b) && part(a, b, 4, 4, 4));
}

static bool test_year(struct link_text a, struct link_text b, double at)
{
    (void)at;
    return is_date(a, b) && part(a, b, 0, 0, 4);
}

static long figure(const char *text, size_t count)
{
    long number = 0;

    for (size_t i = 0; i < count; i++)
        number = 10 * number + (text[i] - '0');
    return number;
}

/* Days since some day, near enough: there need be no such date. */
static double day_of(struct link_text date)
{
    return 365.25 * (double)figure(date.text, 4) + 30.44 * (double)figure(date.text + 4, 2) +
           (double)figure(date.text + 6, 2);
}

static bool test_within(struct link_text a, struct link_text b, double at)
{
    return is_date(a, b) && fabs(day_of(a) - day_of(b)) <= at;
}

/* Of a British postcode all but its last three; of figures the first half. */
static size_t district(struct link_text text)
{
    bool figures = true;

    for (size_t i = 0; i < text.length; i++)
        figures &= text.text[i] >= '0' && text.text[i] <= '9';
    return figures || text.length < 5 ? text.length / 2 : text.length - 3;
}

static bool test_district(struct link_text a, struct link_text b, double at)
{
    size_t length = district(a);

    (void)at;
    return length && length == district(b) && memcmp(a.text, b.text, length) == 0;
}

static size_t before_at(struct link_text text)
{
    const char *at = memchr(text.text, '@', text.length);

    return at ? (size_t)(at - text.text) : text.length;
}

static bool test_before_at(struct link_text a, struct link_text b, double at)
{
    size_t length = before_at(a);

    (void)at;
    return length > 4 && length == before_at(b) && memcmp(a.text, b.text, length) == 0;
}

static test_function *const tests[LINK_TESTS] = {
    [LINK_TEST_TYPO] = test_typo,
    [LINK_TEST_JARO] = test_jaro,
    [LINK_TEST_SOUND] = test_sound,
    [LINK_TEST_START] = test_start,
    [LINK_TEST_WORDS] = test_words,
    [LINK_TEST_DAY_MONTH] = test_day_month,
    [LINK_TEST_TWO_PARTS] = test_two_parts,
    [LINK_TEST_SAME_YEAR_PART] = test_year_part,
    [LINK_TEST_YEAR] = test_year,
    [LINK_TEST_WITHIN] = test_within,
    [LINK_TEST_DISTRICT] = test_district,
    [LINK_TEST_BEFORE_AT] = test_before_at,
    [LINK_TEST_ERRORS] = test_errors,
};

bool link_test_holds(const struct link_column *column, const struct link_level *level,
                     uint32_t a, uint32_t b)
{
    switch (level->test) {
    case LINK_TEST_EXACT:
        return a == b;
    case LINK_TEST_ELSE:
        return true;
    case LINK_TEST_SOUND:
        if (column->list->sounds)
            return column->list->sounds[a] && column->list->sounds[a] == column->list->sounds[b];
        /* fall through */
    default:
        return tests[level->test](link_table_text(column, a), link_table_text(column, b),
                                  level->at);
    }
}

/* ---- rows ---- */

static unsigned answer(const struct link_column *column, uint32_t a, uint32_t b)
{
    const struct link_field *field = column->field;
    unsigned level = 0;

    if (!a || !b) return LINK_MISSING;
    while (level + 1 < field->level_count &&
           !link_test_holds(column, &field->levels[level], a, b))
        level++;
    return level + 1;
}

static bool near(const struct link_column *column, uint32_t a, uint32_t b)
{
    return a == b ||
           link_jaro_winkler_holds(link_table_text(column, a), link_table_text(column, b), 0.88);
}

/* Names of the two rows crosswise: both alike, or one the same and one not given. */
static unsigned crosswise(const struct link_table *table, uint32_t a, uint32_t b)
{
    const struct link_column *given = &table->columns[table->swap[0]];
    const struct link_column *surname = &table->columns[table->swap[1]];
    uint32_t given_a = given->value[a], given_b = given->value[b];
    uint32_t surname_a = surname->value[a], surname_b = surname->value[b];
    bool one = given_a && given_a == surname_b, other = surname_a && surname_a == given_b;

    if (!one && !other) return 0;
    if (one && other) return LINK_SWAPPED;
    if (one && (!surname_a || !given_b)) return LINK_HALF_SWAPPED;
    if (other && (!given_a || !surname_b)) return LINK_HALF_SWAPPED;
    return (one ? near(given, surname_a, given_b) : near(given, given_a, surname_b))
               ? LINK_SWAPPED
               : 0;
}

/* Straight, at most one of the two agrees at all. */
static bool may_be_swapped(const struct link_table *table, const unsigned *answers)
{
    unsigned given = answers[table->swap[0]], surname = answers[table->swap[1]];

    return (given == LINK_MISSING ||
            given == table->columns[table->swap[0]].field->level_count) &&
           (surname == LINK_MISSING ||
            surname == table->columns[table->swap[1]].field->level_count);
}

link_pattern link_compare(const struct link_table *table, uint32_t a, uint32_t b)
{
    unsigned answers[LINK_FIELDS_MAX], swapped;
    link_pattern pattern = 0;

    for (size_t c = 0; c < table->column_count; c++)
        answers[c] = answer(&table->columns[c], table->columns[c].value[a],
                            table->columns[c].value[b]);
    if (table->swap[0] >= 0 && table->swap[1] >= 0 && may_be_swapped(table, answers) &&
        (swapped = crosswise(table, a, b))) {
        answers[table->swap[0]] = swapped;
        answers[table->swap[1]] = LINK_MISSING;
    }
    for (size_t c = 0; c < table->column_count; c++)
        pattern |= (link_pattern)answers[c] << (4 * c);
    return pattern;
}
