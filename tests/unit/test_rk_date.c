// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_date.h"
#include "pipeline/base/rk_number.h"
#include "tests/support/check.h"

#include <time.h>

static void days_that_exist_are_dates(void **state)
{
    static const struct {
        long year;
        int month, day;
        bool exists;
    } rows[] = {
        {2015,  2,  28, true },
        {2015,  2,  29, false},
        {2016,  2,  29, true },
        {1900,  2,  29, false},
        {2000,  2,  29, true },
        {2015,  4,  31, false},
        {2015,  13, 1,  false},
        {2015,  0,  1,  false},
        {2015,  1,  0,  false},
        {2015,  1,  32, false},
        {0,     1,  1,  false},
        {10000, 1,  1,  false},
        {1,     1,  1,  true },
        {9999,  12, 31, true },
        {2015,  12, -1, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long days = 0;

        CHECK_INT(rk_date_days(rows[i].year, rows[i].month, rows[i].day, &days),
                  rows[i].exists);
    }
}

/* The authority is the C library's timegm and gmtime_r, for each day of 1600 to 2400. */
static void days_agree_with_the_c_library(void **state)
{
    long first, last;

    (void)state;
    CHECK(rk_date_days(1600, 1, 1, &first) && rk_date_days(2400, 12, 31, &last));
    for (long days = first; days <= last; days++) {
        time_t seconds = days * 86400;
        struct tm civil;
        long year, again;
        int month, day;

        gmtime_r(&seconds, &civil);
        rk_date_civil(days, &year, &month, &day);
        CHECK(year == civil.tm_year + 1900 && month == civil.tm_mon + 1 &&
              day == civil.tm_mday);
        CHECK(rk_date_days(year, month, day, &again) && again == days);
    }
}

static void iso_dates_read_and_print(void **state)
{
    static const struct {
        const char *text;
        bool is;
        long days;
    } rows[] = {
        {"1970-01-01",       true,  0      },
        {"2015-03-13",       true,  16507  },
        {"1969-12-31",       true,  -1     },
        {"0001-01-01",       true,  -719162},
        {"9999-12-31",       true,  2932896},
        {"2015-02-29",       false, 0      },
        {"2015-3-13",        false, 0      },
        {"15-03-13",         false, 0      },
        {"2015-03-13 ",      false, 0      },
        {" 2015-03-13",      false, 0      },
        {"2015/03/13",       false, 0      },
        {"2015-03",          false, 0      },
        {"",                 false, 0      },
        {"+015-03-13",       false, 0      },
        {"2015-03-1x",       false, 0      },
        {"20150313",         false, 0      },
        {"2015-03-13T00:00", false, 0      },
        {"0000-01-01",       false, 0      },
        {"-001-01-01",       false, 0      },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long days = 5;
        char text[16];

        CHECK_INT(rk_date_parse(rows[i].text, &days), rows[i].is);
        CHECK_INT(days, rows[i].is ? rows[i].days : 5);
        if (rows[i].is) CHECK_TEXT(rk_date_text(text, days), rows[i].text);
    }
}

static void a_day_outside_four_digit_years_prints_as_nothing(void **state)
{
    char text[16];

    (void)state;
    CHECK_TEXT(rk_date_text(text, RK_NO_VALUE), "");
    CHECK_TEXT(rk_date_text(text, 2932897), "");
    CHECK_TEXT(rk_date_text(text, -719163), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_that_exist_are_dates),
        cmocka_unit_test(days_agree_with_the_c_library),
        cmocka_unit_test(iso_dates_read_and_print),
        cmocka_unit_test(a_day_outside_four_digit_years_prints_as_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
