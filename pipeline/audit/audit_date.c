// SPDX-License-Identifier: MIT
/** Dates in running text: ends before starts, weekdays that the calendar does not have. */
#include "pipeline/audit/audit_text.h"

#include "pipeline/base/rk_date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/** A day, or a whole month: first and last day of it. */
struct day {
    long first, last;
    bool whole_month;
    size_t from, to;
};

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};
static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};

static size_t read_month(const char *text, int *month)
{
    for (int m = 0; m < 12; m++) {
        size_t all = strlen(months[m]);
        if (strncasecmp(text, months[m], all) == 0 && !isalpha((unsigned char)text[all])) {
            *month = m + 1;
            return all;
        }
        size_t bytes = strncasecmp(text, months[m], 3) == 0
                           ? (strncasecmp(text, "sept", 4) == 0 ? 4 : 3)
                           : 0;
        if (bytes && !isalpha((unsigned char)text[bytes])) {
            *month = m + 1;
            return bytes + (text[bytes] == '.');
        }
    }
    return 0;
}

static size_t read_year(const char *text, long *year)
{
    size_t digits = strspn(text, "0123456789");

    if (digits != 4 && !(digits == 2 && text[-1] == '-')) return 0;
    *year = strtol(text, NULL, 10);
    *year += digits == 2 ? 2000 : 0;
    return *year >= 1900 && *year <= 2100 ? digits : 0;
}

/** "26th March 2014", "March 2014", "Mar-14", "2014-03-26" at `text`. */
static size_t read_day(const char *text, struct day *out)
{
    long day = 0, year;
    int month = 0;
    size_t at = strspn(text, "0123456789"), bytes;
    char iso[11];

    if (at == 4 && text[4] == '-' && strlen(text) >= 10) {
        memcpy(iso, text, 10);
        iso[10] = '\0';
        out->whole_month = false;
        if (!rk_date_parse(iso, &out->first)) return 0;
        out->last = out->first;
        return 10;
    }
    if (at > 2) return 0;
    if (at) {
        day = strtol(text, NULL, 10);
        if (strncasecmp(text + at, "st", 2) == 0 || strncasecmp(text + at, "nd", 2) == 0 ||
            strncasecmp(text + at, "rd", 2) == 0 || strncasecmp(text + at, "th", 2) == 0)
            at += 2;
        at += strspn(text + at, " \n");
        if (strncasecmp(text + at, "of ", 3) == 0) at += 3;
    }
    if (!(bytes = read_month(text + at, &month))) return 0;
    at += bytes;
    bytes = strspn(text + at, " ,-\n");
    if (!bytes || !read_year(text + at + bytes, &year)) return 0;
    at += bytes + read_year(text + at + bytes, &year);
    out->whole_month = day == 0;
    if (!rk_date_days(year, month, day ? (int)day : 1, &out->first)) return 0;
    out->last = out->first;
    if (!day)
        while (rk_date_days(year, month, (int)++day, &out->last))
            ;
    return at;
}

static void tell(const struct audit_text *text, const struct audit_block *block,
                 size_t from, size_t to, const char *why, enum audit_sure sure,
                 const char *if_)
{
    struct audit_finding f = audit_in_text(text, block, from, to - from, "date");

    f.why = why;
    f.sure = sure;
    f.if_ = if_;
    audit_find(text->findings, f);
}

static bool joins(struct rk_arena *arena, const char *bare, const struct day *a,
                  const struct day *b)
{
    static const char *const words[] = {
        "to",  "-",      "until",    "to end",  "- end",   "to the end of",
        "and", "to mid", "to early", "to late", "through", "till",
        NULL};
    const char *gap =
        audit_fold(arena, rk_arena_copy_n(arena, bare + a->to, b->from - a->to));

    for (size_t i = 0; words[i]; i++)
        if (strcmp(gap, words[i]) == 0)
            return strcmp(gap, "and") != 0 ||
                   (a->from > 8 && strncasecmp(bare + a->from - 8, "between ", 8) == 0);
    return false;
}

static int weekday_before(const char *bare, size_t at, size_t *from)
{
    size_t to = at;

    while (to && (isspace((unsigned char)bare[to - 1]) || bare[to - 1] == ','))
        to--;
    if (to > 3 && strncasecmp(bare + to - 3, "the", 3) == 0) to -= 4;
    for (int d = 0; d < 7; d++) {
        size_t bytes = strlen(weekdays[d]);
        if (to >= bytes && strncasecmp(bare + to - bytes, weekdays[d], bytes) == 0) {
            *from = to - bytes;
            return d;
        }
    }
    return -1;
}

static void check_weekday(const struct audit_text *text, const struct audit_block *block,
                          const char *bare, const struct day *day)
{
    int real = (int)(((day->first % 7) + 10) % 7); /* 1970-01-01 was a Thursday */
    size_t from;
    int said = day->whole_month ? -1 : weekday_before(bare, day->from, &from);
    size_t start = day->from > 40 ? day->from - 40 : 0;
    const char *near = audit_fold(
        text->arena, rk_arena_copy_n(text->arena, bare + start, day->from - start));
    size_t bytes = strlen(near);
    bool week = !day->whole_month &&
                ((bytes >= 15 && strcmp(near + bytes - 15, "week commencing") == 0) ||
                 (bytes >= 19 && strcmp(near + bytes - 19, "week commencing the") == 0) ||
                 (bytes >= 14 && strcmp(near + bytes - 14, "week beginning") == 0) ||
                 (bytes >= 18 && strcmp(near + bytes - 18, "week beginning the") == 0));

    if (said >= 0 && said != real)
        tell(text, block, from, day->to,
             rk_arena_printf(text->arena, "that day was a %c%s", weekdays[real][0] - 32,
                             weekdays[real] + 1),
             AUDIT_PROVED, NULL);
    if (week && real != 0 && real != 6)
        tell(text, block, day->from, day->to,
             rk_arena_printf(text->arena, "a week does not begin then: it was a %c%s",
                             weekdays[real][0] - 32, weekdays[real] + 1),
             AUDIT_PROVED_IF, "weeks begin on Monday or Sunday");
}

static void check_block(const struct audit_text *text, const struct audit_block *block)
{
    const char *bare = audit_bare(text->arena, block->text);
    struct day before = {0};
    bool any = false;

    for (size_t at = 0; bare[at];) {
        struct day day = {0};
        bool starts = !at || !isalnum((unsigned char)bare[at - 1]);
        size_t bytes = starts ? read_day(bare + at, &day) : 0;
        if (!bytes) {
            at++;
            continue;
        }
        day.from = at;
        day.to = at + bytes;
        if (any && day.last < before.first && joins(text->arena, bare, &before, &day))
            tell(text, block, before.from, day.to, "the end is before the start",
                 AUDIT_PROVED, NULL);
        check_weekday(text, block, bare, &day);
        before = day;
        any = true;
        at += bytes;
    }
}

void audit_check_dates(const struct audit_text *text)
{
    for (size_t i = 0; i < text->doc->block_count; i++)
        check_block(text, &text->doc->blocks[i]);
}
