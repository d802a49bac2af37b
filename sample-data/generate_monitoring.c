// SPDX-License-Identifier: MIT
/*
 * The contract manager's figures. The committee report says that referrals were 9% below a
 * profile it does not print: 490 to 495 fit; ours is 12 for the last days of March 2014 and
 * 48 a month, 492 to the end of January.
 */
#include "sample-data/generate_extract.h"
#include "sample-data/generate_sample.h"

#include <stdio.h>

static void line(struct extract *extract, int region, int date, int indicator, int value,
                 const char *note)
{
    struct csv_file *csv = &extract->monitoring;
    char number[16];
    int n = csv->n_rows + 1;

    snprintf(number, sizeof number, "%d", n);
    csv_cell(csv, number);
    csv_cell(csv, spell(&extract->speller, &list_region, region));
    csv_cell(csv, spell_date(&extract->speller, date, DATE_ISO, NULL, 0, 0));
    csv_cell(csv, spell(&extract->speller, &list_indicator, indicator));
    csv_cell(csv, spell_number(&extract->speller, value));
    csv_cell(csv, note);
    csv_row_end(csv, n);
}

static void profile(struct extract *extract, int region, int first, int monthly)
{
    for (int month = 3; month <= 12 + 9; month++) {
        int year = month > 12 ? 2015 : 2014;
        int last = date_of(month == 12 ? year + 1 : year, month % 12 + 1, 1) - 1;

        if (last > extract->delivery->as_at + 20) return;
        line(extract, region, last, INDICATOR_REFERRAL_PROFILE,
             month == 3 ? first : monthly, "");
    }
}

void extract_monitoring(struct extract *extract)
{
    bool second = extract->delivery->as_at > calendar.cut_off;

    profile(extract, REGION_MANCHESTER, 12, 48);
    profile(extract, REGION_SALFORD, 7, 26);
    profile(extract, REGION_TRAFFORD, 3, 10);
    line(extract, REGION_MANCHESTER, calendar.end_january, INDICATOR_WORK_PROGRAMME_EXITS,
         532, "since March 2014");
    line(extract, REGION_GREATER_MANCHESTER, calendar.committee,
         INDICATOR_JOB_STARTS_CLAIMED, 26, "both providers");
    line(extract, REGION_GREATER_MANCHESTER, calendar.committee,
         INDICATOR_JOB_STARTS_PROFILE, 27, "both providers");
    if (!second) return;
    line(extract, REGION_MANCHESTER, calendar.later_cut_off, INDICATOR_WORK_PROGRAMME_EXITS,
         1015, "since March 2014");
    line(extract, REGION_GREATER_MANCHESTER, calendar.later_cut_off,
         INDICATOR_JOB_STARTS_CLAIMED, 118, "both providers");
    line(extract, REGION_GREATER_MANCHESTER, calendar.later_cut_off,
         INDICATOR_JOB_STARTS_PROFILE, 124, "both providers");
}

void extract_close(struct extract *extract)
{
    char count[32];

    csv_flush(&extract->assessments);
    csv_cell(&extract->assessments, "Total records");
    snprintf(count, sizeof count, "%ld", extract->n_assessments);
    csv_cell(&extract->assessments, count);
    csv_row_end(&extract->assessments, 0);
    extract_monitoring(extract);
    csv_close(&extract->assessments);
    csv_close(&extract->reviews);
    csv_close(&extract->scorings);
    csv_close(&extract->services);
    csv_close(&extract->referrals);
    csv_close(&extract->jobs);
    csv_close(&extract->monitoring);
}
