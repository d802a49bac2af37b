// SPDX-License-Identifier: MIT
#include "tests/audit/reports.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t reports_state;

uint64_t reports_draw(void)
{
    reports_state ^= reports_state << 13;
    reports_state ^= reports_state >> 7;
    reports_state ^= reports_state << 17;
    return reports_state;
}

long reports_between(long low, long high)
{
    return high <= low ? low : low + (long)(reports_draw() % (uint64_t)(high - low + 1));
}

__attribute__((format(printf, 4, 5))) static void
put(struct report *r, size_t row, size_t column, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(r->cells[row][column], TEXT, format, args);
    va_end(args);
    if (row >= r->rows) r->rows = row + 1;
    if (column >= r->columns) r->columns = column + 1;
}

__attribute__((format(printf, 2, 3))) static void say(struct report *r, const char *format,
                                                      ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(r->sentences[r->sentence_count++], sizeof r->sentences[0], format, args);
    va_end(args);
}

/** 100 * count / base as printed, exactly rounded in whole numbers. */
static double share(const struct report *r, long count, long base)
{
    long scale = 1, twice, quotient, rest;

    for (int i = 0; i < r->decimals; i++)
        scale *= 10;
    twice = 100 * count * scale;
    quotient = twice / base;
    rest = 2 * (twice % base);
    if (rest > base || (rest == base && (!r->even || quotient % 2))) quotient++;
    return (double)quotient / (double)scale;
}

static const char *number(long n, char out[32], bool commas)
{
    if (commas && n >= 1000)
        snprintf(out, 32, "%ld,%03ld", n / 1000, n % 1000);
    else
        snprintf(out, 32, "%ld", n);
    return out;
}

static const char *const answers[] = {"Very good", "Good",     "Neither",     "Poor",
                                      "Very poor", "Housing",  "Debt advice", "Skills",
                                      "GP",        "Legal aid"};
static const char *const areas[] = {"Northtown", "Southport", "Eastham", "Westbury",
                                    "Midvale"};

/* ---- kinds of tables ---- */

/** Answers by sex, counts and column percentages, totals down and across. */
static void cross_tab(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 6);
    long counts[8][2], totals[3] = {0, 0, 0};
    bool commas = reports_between(0, 1), sign = reports_between(0, 1);
    char text[32];

    snprintf(r->caption, sizeof r->caption, "Table 1: Answers by sex");
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < 2; j++) {
            counts[i][j] = reports_between(5, 900);
            totals[j] += counts[i][j];
            totals[2] += counts[i][j];
        }
    static const char *const heads[] = {"Answer",  "Men n",   "Men %",  "Women n",
                                        "Women %", "Total n", "Total %"};
    for (size_t j = 0; j < 7; j++)
        put(r, 0, j, "%s", heads[j]);
    for (size_t i = 0; i <= rows; i++) {
        put(r, i + 1, 0, "%s", i < rows ? answers[i] : "Total");
        for (size_t j = 0; j < 3; j++) {
            long n = i == rows ? totals[j]
                     : j < 2   ? counts[i][j]
                               : counts[i][0] + counts[i][1];
            put(r, i + 1, 1 + 2 * j, "%s", number(n, text, commas));
            put(r, i + 1, 2 + 2 * j, "%.*f%s", r->decimals, share(r, n, totals[j]),
                sign ? "%" : "");
        }
    }
    say(r, "Of the %s respondents, %ld (%.*f%%) were women.",
        number(totals[2], text, commas), totals[1], r->decimals,
        share(r, totals[1], totals[2]));
}

/** One question, "45 (23%)" in a cell. */
static void composite(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 8), groups = (size_t)reports_between(1, 3);
    long counts[8][3], totals[3] = {0};

    snprintf(r->caption, sizeof r->caption, "Table 2.1 Main need by area, number (%%)");
    put(r, 0, 0, "Need");
    for (size_t j = 0; j < groups; j++) {
        put(r, 0, j + 1, "%s", areas[j]);
        for (size_t i = 0; i < rows; i++)
            totals[j] += counts[i][j] = reports_between(5, 300);
    }
    for (size_t i = 0; i <= rows; i++) {
        put(r, i + 1, 0, "%s", i < rows ? answers[i] : "All");
        for (size_t j = 0; j < groups; j++) {
            long n = i < rows ? counts[i][j] : totals[j];
            put(r, i + 1, j + 1, "%ld (%.*f%%)", n, r->decimals, share(r, n, totals[j]));
        }
    }
}

/** Percentages alone, with a base row. */
static void with_base(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 6), groups = (size_t)reports_between(2, 4);

    snprintf(r->caption, sizeof r->caption, "Table 3: Rating of the service, per cent");
    put(r, 0, 0, "Rating");
    for (size_t j = 0; j < groups; j++) {
        long counts[8], base = 0;
        put(r, 0, j + 1, "%s", areas[j]);
        for (size_t i = 0; i < rows; i++)
            base += counts[i] = reports_between(1, 30);
        for (size_t i = 0; i < rows; i++) {
            put(r, i + 1, 0, "%s", answers[i]);
            put(r, i + 1, j + 1, "%.*f", r->decimals, share(r, counts[i], base));
        }
        put(r, rows + 1, 0, "Base");
        put(r, rows + 1, j + 1, "%ld", base);
        r->fixed[rows + 1][j + 1] = true;
    }
}

/** Row percentages by area with an All row and a column of bases. */
static void row_shares(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 5);
    long all[4] = {0};

    snprintf(r->caption, sizeof r->caption,
             "Table 4: Do the services help? Row percentages");
    static const char *const heads[] = {"Area", "n", "Yes %", "No %", "Don't know %"};
    for (size_t j = 0; j < 5; j++)
        put(r, 0, j, "%s", heads[j]);
    for (size_t i = 0; i <= rows; i++) {
        long counts[4] = {0};
        for (size_t j = 1; j < 4; j++) {
            counts[j] = i < rows ? reports_between(5, 200) : all[j];
            counts[0] += counts[j];
            all[j] += i < rows ? counts[j] : 0;
        }
        put(r, i + 1, 0, "%s", i < rows ? areas[i] : "All areas");
        put(r, i + 1, 1, "%ld", counts[0]);
        for (size_t j = 1; j < 4; j++)
            put(r, i + 1, j + 1, "%.*f", r->decimals, share(r, counts[j], counts[0]));
    }
}

/** Subtotals, or parents before their children with or without indent. */
static void nested(struct report *r)
{
    long grand = 0;
    size_t row = 1;
    int style = (int)reports_between(0, 2);

    snprintf(r->caption, sizeof r->caption, "Table 5: Clients by ethnic group");
    put(r, 0, 0, "Group");
    put(r, 0, 1, "2014");
    put(r, 0, 2, "2015");
    long second = 0;
    for (size_t g = 0; g < 3; g++) {
        long sum = 0, sum2 = 0;
        size_t head = row, kids = (size_t)reports_between(2, 3);
        if (style > 0) row++;
        for (size_t k = 0; k < kids; k++) {
            long n = reports_between(10, 300), m = reports_between(10, 300);
            put(r, row, 0, "%s%s %s", style == 2 ? "   " : "", areas[g], answers[k]);
            put(r, row, 1, "%ld", n);
            put(r, row++, 2, "%ld", m);
            sum += n;
            sum2 += m;
        }
        if (style == 0) head = row++;
        put(r, head, 0, style == 0 ? "Subtotal %s" : "%s", areas[g]);
        put(r, head, 1, "%ld", sum);
        put(r, head, 2, "%ld", sum2);
        grand += sum;
        second += sum2;
    }
    put(r, row, 0, "Grand total");
    put(r, row, 1, "%ld", grand);
    put(r, row, 2, "%ld", second);
}

/** Before and after, of the same people, with the difference taken before rounding. */
static void change(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 6);
    long base = reports_between(60, 900), left[2] = {base, base};

    snprintf(r->caption, sizeof r->caption, "Table 6: Belief at first and at review");
    put(r, 0, 0, "Answer");
    put(r, 0, 1, "First (n=%ld) %%", base);
    put(r, 0, 2, "Review (n=%ld) %%", base);
    put(r, 0, 3, "Change (pp)");
    for (size_t i = 0; i < rows; i++) {
        long n[2];
        for (size_t j = 0; j < 2; j++) {
            n[j] = i + 1 < rows ? reports_between(0, left[j] / 2) : left[j];
            left[j] -= n[j];
            put(r, i + 1, j + 1, "%.*f", r->decimals, share(r, n[j], base));
        }
        double exact = share(r, labs(n[1] - n[0]), base);
        put(r, i + 1, 0, "%s", answers[i]);
        put(r, i + 1, 3, "%s%.*f", n[1] < n[0] && exact > 0 ? "-" : "+", r->decimals,
            exact);
        if (i == 0)
            say(r,
                "The share %s from %.*f%% to %.*f%%, a change of %.*f percentage points.",
                n[1] >= n[0] ? "rose" : "fell", r->decimals, share(r, n[0], base),
                r->decimals, share(r, n[1], base), r->decimals, exact);
    }
}

/** Means and standard deviations of whole scores, by area. */
static void means(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 5);
    double all = 0, all_squares = 0;
    long people = 0;

    snprintf(r->caption, sizeof r->caption, "Table 7: Wellbeing score by area");
    put(r, 0, 0, "Area");
    put(r, 0, 1, "n");
    put(r, 0, 2, "Mean (SD)");
    for (size_t i = 0; i <= rows; i++) {
        double sum = 0, squares = 0;
        long n = reports_between(8, 60);
        for (long k = 0; k < n && i < rows; k++) {
            double x = (double)reports_between(7, 35);
            sum += x;
            squares += x * x;
        }
        if (i == rows) {
            sum = all;
            squares = all_squares;
            n = people;
        } else {
            all += sum;
            all_squares += squares;
            people += n;
        }
        put(r, i + 1, 0, "%s", i < rows ? areas[i] : "All");
        put(r, i + 1, 1, "%ld", n);
        put(r, i + 1, 2, "%.2f (%.2f)", sum / (double)n,
            sqrt((squares - sum * sum / (double)n) / ((double)n - 1)));
    }
}

/** Months, a running total and the sum. */
static void months(struct report *r)
{
    static const char *const names[] = {"Jan-15", "Feb-15", "Mar-15",
                                        "Apr-15", "May-15", "Jun-15"};
    long sum = 0, target = 0;
    size_t rows = (size_t)reports_between(4, 6);

    snprintf(r->caption, sizeof r->caption,
             "Figure 1: Referrals by month (data of the chart)");
    put(r, 0, 0, "Month");
    put(r, 0, 1, "Referrals");
    put(r, 0, 2, "Profile");
    for (size_t i = 0; i < rows; i++) {
        long n = reports_between(5, 120), m = reports_between(5, 120);
        put(r, i + 1, 0, "%s", names[i]);
        put(r, i + 1, 1, "%ld", n);
        put(r, i + 1, 2, "%ld", m);
        sum += n;
        target += m;
    }
    put(r, rows + 1, 0, "Total");
    put(r, rows + 1, 1, "%ld", sum);
    put(r, rows + 1, 2, "%ld", target);
    say(r, "Between January 2015 and June 2015 there were %ld referrals.", sum);
}

/** Answers of which people could give several. */
static void several(struct report *r)
{
    size_t rows = (size_t)reports_between(4, 8);
    long base = reports_between(50, 700);

    snprintf(r->caption, sizeof r->caption, "Table 8: Barriers to work");
    snprintf(r->note, sizeof r->note,
             "Base: %ld clients. They could choose more than one answer.", base);
    put(r, 0, 0, "Barrier");
    put(r, 0, 1, "Number");
    put(r, 0, 2, "%% of clients");
    for (size_t i = 0; i < rows; i++) {
        long n = reports_between(base / 8, base - 1);
        put(r, i + 1, 0, "%s", answers[i]);
        put(r, i + 1, 1, "%ld", n);
        put(r, i + 1, 2, "%.*f%%", r->decimals, share(r, n, base));
    }
}

/** Masked cells, dashes and footnote signs. */
static void masked(struct report *r)
{
    size_t rows = (size_t)reports_between(4, 8);
    long sum[2] = {0, 0};
    static const char *const marks[] = {"<5", "n/a", "*", "[c]", "-"};

    snprintf(r->caption, sizeof r->caption, "Table 9: Clients by need and year");
    snprintf(r->note, sizeof r->note, "Note: counts below 5 are not shown.");
    put(r, 0, 0, "Need");
    put(r, 0, 1, "2014");
    put(r, 0, 2, "2015");
    for (size_t i = 0; i < rows; i++) {
        put(r, i + 1, 0, "%s", answers[i]);
        for (size_t j = 0; j < 2; j++) {
            long n = i < 2 ? reports_between(1, 4) : reports_between(5, 200);
            const char *mark = marks[reports_between(0, 3)];
            sum[j] += n;
            if (i < 2)
                put(r, i + 1, j + 1, "%s", mark);
            else
                put(r, i + 1, j + 1, "%ld%s", n,
                    reports_between(0, 5) == 0 ? "\xC2\xB9" : "");
        }
    }
    put(r, rows + 1, 0, "Total");
    for (size_t j = 0; j < 2; j++)
        put(r, rows + 1, j + 1, "%ld", sum[j]);
}

/** Percentages with their intervals. */
static void intervals(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 6);

    snprintf(r->caption, sizeof r->caption, "Table 10: Clients who believe they can work");
    put(r, 0, 0, "Area");
    put(r, 0, 1, "n");
    put(r, 0, 2, "%% Yes (95%% CI)");
    r->decimals = 1;
    for (size_t i = 0; i < rows && i < 5; i++) {
        long n = reports_between(30, 400), x = reports_between(3, n - 3);
        double p = (double)x / (double)n, z = 1.96,
               c = (p + z * z / (2 * (double)n)) / (1 + z * z / (double)n);
        double h = z * sqrt(p * (1 - p) / (double)n + z * z / (4 * (double)n * (double)n)) /
                   (1 + z * z / (double)n);
        put(r, i + 1, 0, "%s", areas[i]);
        put(r, i + 1, 1, "%ld", n);
        put(r, i + 1, 2, "%.1f (%.1f to %.1f)", share(r, x, n), 100 * (c - h),
            100 * (c + h));
        r->fixed[i + 1][1] = true;
    }
}

/** Pounds with pence or thousands commas. */
static void money(struct report *r)
{
    size_t rows = (size_t)reports_between(3, 6);
    long sums[2] = {0, 0};
    bool pence = reports_between(0, 1);

    snprintf(r->caption, sizeof r->caption, "Table 11: Spending by service");
    put(r, 0, 0, "Service");
    put(r, 0, 1, "2014/15");
    put(r, 0, 2, "2015/16");
    for (size_t i = 0; i <= rows; i++) {
        put(r, i + 1, 0, "%s", i < rows ? answers[i] : "Total");
        for (size_t j = 0; j < 2; j++) {
            long n = i < rows ? reports_between(100, 99999) : sums[j];
            char text[32];
            sums[j] += i < rows ? n : 0;
            if (pence)
                put(r, i + 1, j + 1, "\xC2\xA3%ld.%02ld", n / 100, n % 100);
            else
                put(r, i + 1, j + 1, "\xC2\xA3%s", number(n, text, true));
        }
    }
}

/** All first, then sections that each add up to it. */
static void banner(struct report *r)
{
    long all = reports_between(200, 900);
    size_t row = 1;

    snprintf(r->caption, sizeof r->caption, "Table 12: Who was asked");
    put(r, 0, 0, "Group");
    put(r, 0, 1, "Clients");
    put(r, 0, 2, "%%");
    put(r, row, 0, "All clients");
    put(r, row, 1, "%ld", all);
    put(r, row++, 2, "%.*f", r->decimals, 100.0);
    for (size_t s = 0; s < 2; s++) {
        long left = all;
        size_t parts = (size_t)reports_between(2, 4);
        put(r, row, 0, s ? "Age" : "Sex");
        put(r, row, 1, "%s", "");
        put(r, row++, 2, "%s", "");
        for (size_t k = 0; k < parts; k++) {
            long n = k + 1 < parts ? reports_between(1, left - (long)parts) : left;
            n = n < 1 ? 1 : n;
            left -= n;
            put(r, row, 0, "%s",
                s ? (k == 0   ? "Under 25"
                     : k == 1 ? "25 to 49"
                     : k == 2 ? "50 to 64"
                              : "65 and over")
                  : answers[k + 5]);
            put(r, row, 1, "%ld", n);
            put(r, row++, 2, "%.*f", r->decimals, share(r, n, all));
        }
    }
}

/** Counts and percentages as rows, areas as columns. */
static void lying(struct report *r)
{
    size_t groups = (size_t)reports_between(2, 4);
    long yes_all = 0, no_all = 0;

    snprintf(r->caption, sizeof r->caption, "Table 13: Do the services help?");
    static const char *const heads[] = {"",       "Yes (n)", "Yes (%)",
                                        "No (n)", "No (%)",  "Base"};
    for (size_t i = 0; i < 6; i++)
        put(r, i, 0, "%s", heads[i]);
    for (size_t j = 0; j <= groups; j++) {
        long yes = j < groups ? reports_between(5, 300) : yes_all,
             no = j < groups ? reports_between(5, 300) : no_all;
        put(r, 0, j + 1, "%s", j < groups ? areas[j] : "All");
        put(r, 1, j + 1, "%ld", yes);
        put(r, 2, j + 1, "%.*f", r->decimals, share(r, yes, yes + no));
        put(r, 3, j + 1, "%ld", no);
        put(r, 4, j + 1, "%.*f", r->decimals, share(r, no, yes + no));
        put(r, 5, j + 1, "%ld", yes + no);
        if (j < groups) {
            yes_all += yes;
            no_all += no;
        }
    }
}

const struct report_kind report_kinds[] = {
    {"cross-tab",  cross_tab,  true },
    {"composite",  composite,  false},
    {"base row",   with_base,  false},
    {"row shares", row_shares, true },
    {"nested",     nested,     false},
    {"change",     change,     true },
    {"means",      means,      true },
    {"months",     months,     false},
    {"several",    several,    true },
    {"masked",     masked,     false},
    {"intervals",  intervals,  false},
    {"money",      money,      false},
    {"banner",     banner,     true },
    {"lying",      lying,      true },
};
const size_t report_kind_count = sizeof report_kinds / sizeof report_kinds[0];
