// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_number.h"
#include "tests/support/check.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void only_decimal_numbers_are_numbers(void **state)
{
    static const struct {
        const char *text;
        bool is;
        double value;
    } rows[] = {
        {"12",        true,  12  },
        {"-3.50",     true,  -3.5},
        {"1e3",       true,  1000},
        {"+5",        true,  5   },
        {"05",        true,  5   },
        {".5",        true,  0.5 },
        {"5.",        true,  5   },
        {"1E-2",      true,  0.01},
        {"-0",        true,  0   },
        {"1e-999",    true,  0   },
        {"",          false, 0   },
        {".",         false, 0   },
        {"-",         false, 0   },
        {"1e",        false, 0   },
        {"1e+",       false, 0   },
        {" 1",        false, 0   },
        {"1 ",        false, 0   },
        {"1,5",       false, 0   },
        {"0x10",      false, 0   },
        {"nan",       false, 0   },
        {"inf",       false, 0   },
        {"-Infinity", false, 0   },
        {"NaN(1)",    false, 0   },
        {"1e999",     false, 0   },
        {"--1",       false, 0   },
        {"12D3",      false, 0   },
        {"١",        false, 0   },
        {"1_000",     false, 0   },
        {"e5",        false, 0   },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value = 7;

        CHECK_INT(rk_text_number(rows[i].text, &value), rows[i].is);
        CHECK_NEAR(value, rows[i].is ? rows[i].value : 7, 0);
    }
}

static void whole_numbers_do_not_wrap(void **state)
{
    static const struct {
        const char *text;
        bool is;
        long value;
    } rows[] = {
        {"0",                    true,  0         },
        {"-12",                  true,  -12       },
        {"+007",                 true,  7         },
        {"4294967297",           true,  4294967297},
        {"9223372036854775807",  true,  LONG_MAX  },
        {"9223372036854775808",  false, 0         },
        {"-9223372036854775807", true,  -LONG_MAX },
        {"-9223372036854775808", false, 0         }, /* is RK_NO_VALUE */
        {"99999999999999999999", false, 0         },
        {"",                     false, 0         },
        {"-",                    false, 0         },
        {"1.0",                  false, 0         },
        {"1e3",                  false, 0         },
        {" 1",                   false, 0         },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long value = 7;

        CHECK_INT(rk_text_integer(rows[i].text, &value), rows[i].is);
        CHECK_INT(value, rows[i].is ? rows[i].value : 7);
    }
}

static void doubles_print_short(void **state)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.1,             "0.1"                    },
        {123456789.123,   "123456789.123"          },
        {100,             "100"                    },
        {1e6,             "1000000"                },
        {1.0 / 3,         "0.3333333333333333"     },
        {5e-324,          "5e-324"                 },
        {0,               "0"                      },
        {-2.5,            "-2.5"                   },
        {1e15,            "1e+15"                  },
        {0.1 + 0.2,       "0.30000000000000004"    },
        {DBL_MAX,         "1.7976931348623157e+308"},
        {999999999999999, "999999999999999"        },
        {DBL_MIN,         "2.2250738585072014e-308"},
        {INFINITY,        "inf"                    },
        {NAN,             ""                       },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[32];

        CHECK_TEXT(rk_text_double(text, rows[i].value), rows[i].text);
    }
}

static void every_double_reads_back_exactly(void **state)
{
    uint64_t seed = 20150930;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char text[32];
        double value, again = 0;

        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        memcpy(&value, &seed, sizeof value);
        if (!isfinite(value)) continue;
        CHECK(rk_text_number(rk_text_double(text, value), &again));
        CHECK(memcmp(&value, &again, sizeof value) == 0);
    }
}

/* Numbers with few digits take a way of their own; the C library's is the measure. */
static void short_numbers_are_what_the_c_library_makes_of_them(void **state)
{
    uint64_t seed = 20150313;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char given[64], text[32];
        double value;

        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        snprintf(given, sizeof given, "%s%llu.%0*d", seed & 1 ? "-" : "",
                 (unsigned long long)(seed >> 40) >> (seed >> 3 & 31),
                 (int)(seed >> 8 & 7) + 1, (int)(seed >> 16 & 1023));
        CHECK(rk_text_number(given, &value));
        CHECK(value == strtod(given, NULL));
        snprintf(given, sizeof given, "%.15g", value);
        if (strtod(given, NULL) == value) CHECK_TEXT(rk_text_double(text, value), given);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_decimal_numbers_are_numbers),
        cmocka_unit_test(whole_numbers_do_not_wrap),
        cmocka_unit_test(doubles_print_short),
        cmocka_unit_test(every_double_reads_back_exactly),
        cmocka_unit_test(short_numbers_are_what_the_c_library_makes_of_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
