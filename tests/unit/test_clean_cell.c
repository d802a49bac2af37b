// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/clean/clean_number.h"
#include "pipeline/clean/clean_text.h"
#include "pipeline/contract/period.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

/* A text, a format, and the day it is; NULL: refused. Two-digit years near 2015. */
static const struct {
    const char *text, *format, *iso;
} dates[] = {
    {"14/03/2014",                    "dd/mm/yyyy",  "2014-03-14"},
    {"14/03/2014 09:30",              "dd/mm/yyyy",  "2014-03-14"},
    {"14/03/2014 23:59:59",           "dd/mm/yyyy",  "2014-03-14"},
    {"14/03/2014 9:30 pm",            "dd/mm/yyyy",  "2014-03-14"},
    {"14/03/2014 25:00",              "dd/mm/yyyy",  NULL        },
    {"14/03/2014x",                   "dd/mm/yyyy",  NULL        },
    {"14/03/2014 x",                  "dd/mm/yyyy",  NULL        },
    {"31/02/2015",                    "dd/mm/yyyy",  NULL        },
    {"29/02/2015",                    "dd/mm/yyyy",  NULL        },
    {"29/02/2016",                    "dd/mm/yyyy",  "2016-02-29"},
    {"29/02/1900",                    "dd/mm/yyyy",  NULL        },
    {"1/4/2014",                      "dd/mm/yyyy",  NULL        },
    {"1/4/2014",                      "d/m/yyyy",    "2014-04-01"},
    {"01/04/2014",                    "d/m/yyyy",    "2014-04-01"},
    {"14/03/14",                      "dd/mm/yyyy",  NULL        },
    {"14/03/20145",                   "dd/mm/yyyy",  NULL        },
    {"14.03.2014",                    "dd/mm/yyyy",  NULL        },
    {"14.03.2014",                    "dd.mm.yyyy",  "2014-03-14"},
    {"00/03/2014",                    "dd/mm/yyyy",  NULL        },
    {"-1/03/2014",                    "dd/mm/yyyy",  NULL        },
    {"14/13/2014",                    "dd/mm/yyyy",  NULL        },
    {"",                              "dd/mm/yyyy",  NULL        },
    {"02/13/2015",                    "mm/dd/yyyy",  "2015-02-13"},
    {"2015-02-13",                    "yyyy-mm-dd",  "2015-02-13"},
    {"2015-02-13T09:30:00Z",          "yyyy-mm-dd",  "2015-02-13"},
    {"2015-02-13T09:30:00.123+01:00", "yyyy-mm-dd",  "2015-02-13"},
    {"05-Mar-14",                     "dd-mmm-yy",   "2014-03-05"},
    {"05-MAR-14",                     "dd-mmm-yy",   "2014-03-05"},
    {"05 Mar 14",                     "dd-mmm-yy",   "2014-03-05"},
    {"05-Sept-14",                    "dd-mmm-yy",   "2014-09-05"},
    {"05-March-2014",                 "dd-mmm-yyyy", "2014-03-05"},
    {"05-Mrz-14",                     "dd-mmm-yy",   NULL        },
    {"5 March 2014",                  "d mmmm yyyy", "2014-03-05"},
    {"5 Mar, 2014",                   "d mmmm yyyy", "2014-03-05"},
    {"5 Marc 2014",                   "d mmmm yyyy", NULL        },
    {"14/03/64",                      "dd/mm/yy",    "2064-03-14"},
    {"14/03/65",                      "dd/mm/yy",    "1965-03-14"},
    {"29/02/00",                      "dd/mm/yy",    "2000-02-29"},
    {"1/4/65",                        "d/m/yy",      "1965-04-01"},
    {"1/4/1965",                      "d/m/yy",      NULL        },
    {"Wed 05 Mar 2014",               "d mmmm yyyy", "2014-03-05"},
    {"Wednesday, 5 March 2014",       "d mmmm yyyy", "2014-03-05"},
    {"Wedge 5 March 2014",            "d mmmm yyyy", NULL        },
    {"March 5, 2014",                 "mmmm d yyyy", "2014-03-05"},
    {"5-Mar-14",                      "d-mmm-yy",    "2014-03-05"},
    {"20140305",                      "yyyymmdd",    "2014-03-05"},
    {"20140230",                      "yyyymmdd",    NULL        },
    {"201403051",                     "yyyymmdd",    NULL        },
    {"5-3-2014",                      "d-m-yyyy",    "2014-03-05"},
    {"5.3.2014",                      "d.m.yyyy",    "2014-03-05"},
    {"3/5/2014 12:00:00 AM",          "m/d/yyyy",    "2014-03-05"},
    {"2014/03/05",                    "yyyy/mm/dd",  "2014-03-05"},
    {"40586",                         "excel1904",   "2015-02-13"},
    {"60",                            "excel1904",   "1904-03-01"},
    {"42048",                         "excel",       "2015-02-13"},
    {"42048.75",                      "excel",       "2015-02-13"},
    {"61",                            "excel",       "1900-03-01"},
    {"60",                            "excel",       NULL        },
    {"59",                            "excel",       "1900-02-28"},
    {"0",                             "excel",       NULL        },
    {"-5",                            "excel",       NULL        },
    {"1e9",                           "excel",       NULL        },
};

static void dates_are_read_whole_or_refused(void **state)
{
    long near = 0;

    (void)state;
    CHECK(rk_date_parse("2015-03-13", &near));
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct clean_date date;
        char iso[16];
        long days;
        bool read = clean_date_read(dates[i].text, dates[i].format, &date) &&
                    clean_date_days(&date, NAN, NAN, near, &days);

        if (read != (dates[i].iso != NULL))
            fail_msg("%s as %s", dates[i].text, dates[i].format);
        if (read) CHECK_TEXT(rk_date_text(iso, days), dates[i].iso);
    }
}

static void a_century_lies_within_the_limits_and_near(void **state)
{
    struct clean_date date;
    long cut_off = 0, seen = 0, days;
    char iso[16];

    (void)state;
    CHECK(rk_date_parse("2015-03-13", &cut_off));
    CHECK(rk_date_parse("2014-06-01", &seen));
    CHECK(clean_date_read("05/06/14", "dd/mm/yy", &date));
    CHECK(clean_date_days(&date, NAN, (double)seen, cut_off, &days));
    CHECK_TEXT(rk_date_text(iso, days),
               "1914-06-05"); /* not born four days after being seen */
    CHECK(clean_date_read("31/05/14", "dd/mm/yy", &date));
    CHECK(clean_date_days(&date, NAN, (double)seen, cut_off, &days));
    CHECK_TEXT(rk_date_text(iso, days), "2014-05-31");
    CHECK(clean_date_read("31/05/16", "dd/mm/yy", &date));
    CHECK(clean_date_days(&date, (double)seen, NAN, cut_off, &days));
    CHECK_TEXT(rk_date_text(iso, days), "2016-05-31");
}

static void formats_know_which_comes_first(void **state)
{
    (void)state;
    CHECK_INT(clean_date_order("dd/mm/yyyy"), 1);
    CHECK_INT(clean_date_order("d/m/yyyy"), 1);
    CHECK_INT(clean_date_order("mm/dd/yyyy"), -1);
    CHECK_INT(clean_date_order("dd-mm-yyyy"), 1);
    CHECK_INT(clean_date_order("m/d/yy"), -1);
    CHECK_INT(clean_date_order("yyyy/mm/dd"), 0);
    CHECK_INT(clean_date_order("yyyy-mm-dd"), 0);
    CHECK_INT(clean_date_order("dd-mmm-yy"), 0);
    CHECK_INT(clean_date_order("dd.mm.yyyy"), 0);
    CHECK_INT(clean_date_order("excel"), 0);
}

/* NAN: refused. */
static const struct {
    const char *text;
    double number;
    bool mended, whole;
} numbers[] = {
    {"12",         12,       false, true },
    {"-3.50",      -3.5,     false, false},
    {".5",         0.5,      false, false},
    {"+5",         5,        false, true },
    {"1e3",        1000,     false, true },
    {"£6.50",     6.5,      true,  false},
    {"-£6.50",    -6.5,     true,  false},
    {"$ 8",        8,        true,  true },
    {"€9",       9,        true,  true },
    {"1,234",      1234,     true,  true },
    {"1,234.5",    1234.5,   true,  false},
    {"12,345,678", 12345678, true,  true },
    {"12,34,567",  NAN,      false, false},
    {"6,50",       NAN,      false, false},
    {"1,2345",     NAN,      false, false},
    {",123",       NAN,      false, false},
    {"1.5,000",    NAN,      false, false},
    {"nan",        NAN,      false, false},
    {"inf",        NAN,      false, false},
    {"0x10",       NAN,      false, false},
    {"1 234",      NAN,      false, false},
    {"£",         NAN,      false, false},
    {"",           NAN,      false, false},
    {"5 hours",    NAN,      false, false},
};

static void numbers_are_read_whole_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double number = NAN;
        bool mended, whole;
        bool read = clean_number_read(numbers[i].text, &number, &mended);

        if (read == isnan(numbers[i].number)) fail_msg("\"%s\"", numbers[i].text);
        if (!read) continue;
        CHECK_NEAR(number, numbers[i].number, 0);
        CHECK_INT(mended, numbers[i].mended);
        whole = clean_integer_read(numbers[i].text, &number, &mended);
        if (whole != numbers[i].whole) fail_msg("whole \"%s\"", numbers[i].text);
    }
}

static void whole_numbers_do_not_wrap(void **state)
{
    double number;
    bool mended;

    (void)state;
    CHECK(clean_integer_read("3.0", &number, &mended));
    CHECK(mended);
    CHECK(clean_integer_read("9007199254740992", &number, &mended));
    CHECK(!clean_integer_read("99999999999999999999", &number, &mended));
}

static void tidying_goes_in_the_order_of_the_study(void **state)
{
    static const char *steps[] = {"collapse", "upper", "remove \"-\"", "remove ' '"};
    struct rk_arena *arena = rk_arena_new();
    struct study_column column = {.tidy = steps, .tidy_count = 4};

    (void)state;
    CHECK_TEXT(clean_text_tidy(arena, &column,
                               "ww - 10\xc2\xa0\xc2\xa0"
                               "1é"),
               "WW101é");
    column.tidy_count = 1;
    CHECK_TEXT(clean_text_tidy(arena, &column, "New \t\xe2\x80\x83Town"), "New Town");
    CHECK_TEXT(clean_text_tidy(arena, &column, "as it is"), "as it is");
    rk_arena_free(arena);
}

static void periods_have_codes_that_sort(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    long day = 0, period;

    (void)state;
    CHECK(rk_date_parse("2014-06-30", &day));
    CHECK_TEXT(period_code(arena, PERIOD_QUARTER, period_of_day(PERIOD_QUARTER, day)),
               "2014q2");
    CHECK_TEXT(period_label(arena, PERIOD_QUARTER, period_of_day(PERIOD_QUARTER, day)),
               "Apr-Jun 2014");
    CHECK_TEXT(period_code(arena, PERIOD_MONTH, period_of_day(PERIOD_MONTH, day)),
               "2014_06");
    CHECK_TEXT(period_label(arena, PERIOD_MONTH, period_of_day(PERIOD_MONTH, day)),
               "Jun 2014");
    CHECK_TEXT(period_code(arena, PERIOD_YEAR, period_of_day(PERIOD_YEAR, day)), "2014");
    CHECK(period_parse("2014q2", PERIOD_QUARTER, &period));
    CHECK_INT(period, period_of_day(PERIOD_QUARTER, day));
    CHECK(period_parse("2014-06", PERIOD_MONTH, &period));
    CHECK_INT(period_first_day(PERIOD_MONTH, period), day - 29);
    CHECK(!period_parse("2014q5", PERIOD_QUARTER, &period));
    CHECK(!period_parse("2014_13", PERIOD_MONTH, &period));
    CHECK(!period_parse("2014_6", PERIOD_MONTH, &period));
    CHECK(!period_parse("2014q2x", PERIOD_QUARTER, &period));
    CHECK(!period_parse("", PERIOD_YEAR, &period));
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_whole_or_refused),
        cmocka_unit_test(a_century_lies_within_the_limits_and_near),
        cmocka_unit_test(formats_know_which_comes_first),
        cmocka_unit_test(numbers_are_read_whole_or_refused),
        cmocka_unit_test(whole_numbers_do_not_wrap),
        cmocka_unit_test(tidying_goes_in_the_order_of_the_study),
        cmocka_unit_test(periods_have_codes_that_sort),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
