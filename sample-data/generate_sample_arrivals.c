// SPDX-License-Identifier: MIT
/* Who was referred when, who joined, and so who is a client: the Manchester months are the
 * published ones. */
#include "sample-data/generate_sample.h"

#include <assert.h>
#include <stdlib.h>

/*
 * Manchester referrals by month (committee report, figure 5). Of the 448 to the end of
 * January 98 were not attached, 70 of them still without a first appointment; which months
 * those came from is our choice.
 */
static const struct {
    int year, month;
    int attached, passed,
        awaiting; /* at 31 January 2015; passed: seen once, not attached */
} manchester_months[] = {
    {2014, 3,  18, 1, 0 },
    {2014, 4,  27, 1, 0 },
    {2014, 5,  25, 1, 0 },
    {2014, 6,  24, 1, 0 },
    {2014, 7,  23, 2, 0 },
    {2014, 8,  24, 1, 0 },
    {2014, 9,  27, 2, 0 },
    {2014, 10, 45, 2, 0 },
    {2014, 11, 52, 3, 0 },
    {2014, 12, 55, 5, 8 },
    {2015, 1,  30, 9, 62},
};

/* Enrolments by month, April 2014 to 25 February 2015, of those whose referral is in the
 * extract. */
static const struct {
    int area;
    int enrolled[11];
    int later;  /* in the extract, enrolled after 25 February */
    int never;  /* in the extract, not enrolled by the cut-off */
    int newest; /* referred and enrolled after 25 February */
} other_areas[] = {
    {AREA_SALFORD,  {18, 17, 16, 15, 14, 13, 22, 26, 28, 28, 17}, 14, 27, 18},
    {AREA_TRAFFORD, {5, 5, 5, 4, 4, 4, 7, 9, 12, 13, 9},          5,  13, 7 },
    {NONE,          {0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1},            0,  0,  0 },
};

static int earlier(int a, int b)
{
    return a < b ? a : b;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

static void month_span(int year, int month, int *first, int *last)
{
    *first = later(date_of(year, month, 1), calendar.start);
    *last = earlier(month == 12 ? date_of(year, 12, 31) : date_of(year, month + 1, 1) - 1,
                    calendar.committee);
}

static struct referral *refer(struct world *world, int area, int date)
{
    struct referral *referral = world_referral(world);

    referral->client = NONE;
    referral->area = area;
    referral->date = date;
    referral->met = referral->attached = NONE;
    referral->status = NONE;
    return referral;
}

/* Seen one to three weeks after the referral, attached within days of it, both by `limit`.
 */
static void attach(struct rng *rng, struct referral *referral, int limit)
{
    int soonest = later(referral->date + 5, date_of(2014, 4, 1));

    referral->met =
        weekday_between(rng, earlier(soonest, limit - 4), earlier(soonest + 15, limit));
    referral->attached =
        weekday_between(rng, referral->met, earlier(referral->met + 6, limit));
}

/* Seen between two dates, attached at once. */
static void attach_between(struct rng *rng, struct referral *referral, int low, int high)
{
    referral->met = referral->attached =
        weekday_between(rng, later(low, referral->date), high);
}

/* What became, after January, of the `n`-th of the 70 who waited for a first appointment.
 */
static void settle_awaiting(struct rng *rng, struct referral *referral, int n)
{
    if (n < 50)
        attach_between(rng, referral, calendar.end_january + 2, calendar.committee);
    else if (n < 60)
        attach_between(rng, referral, calendar.committee + 1, calendar.cut_off - 3);
}

/* The `n`-th of the 28 who were seen and not attached; three were attached in February
 * after all. */
static void settle_passed(struct rng *rng, struct referral *referral, int n)
{
    int limit = earlier(referral->date + 20, calendar.end_january);

    referral->met = weekday_between(rng, earlier(referral->date + 5, limit - 4), limit);
    if (n % 10 == 7)
        referral->attached =
            weekday_between(rng, calendar.end_january + 2, calendar.committee);
}

static void manchester_to_january(struct world *world, struct rng *rng)
{
    int n_passed = 0;
    int n_awaiting = 0;

    for (size_t m = 0; m < sizeof manchester_months / sizeof manchester_months[0]; m++) {
        int first;
        int last;

        month_span(manchester_months[m].year, manchester_months[m].month, &first, &last);
        int soon = earlier(last, calendar.end_january - 15);
        for (int i = 0; i < manchester_months[m].attached; i++) {
            struct referral *referral =
                refer(world, AREA_MANCHESTER, weekday_between(rng, first, soon));

            attach(rng, referral, calendar.end_january);
            referral->status = REFERRAL_ATTACHED;
        }
        for (int i = 0; i < manchester_months[m].passed; i++) {
            struct referral *referral =
                refer(world, AREA_MANCHESTER, weekday_between(rng, first, soon));

            settle_passed(rng, referral, n_passed++);
            referral->status = REFERRAL_NOT_ATTACHED;
        }
        for (int i = 0; i < manchester_months[m].awaiting; i++) {
            struct referral *referral =
                refer(world, AREA_MANCHESTER, weekday_between(rng, first, last));

            settle_awaiting(rng, referral, n_awaiting++);
            referral->status = REFERRAL_AWAITING_FIRST_APPOINTMENT;
        }
    }
}

/* 56 referrals to 25 February, and 34 clients whose referral came after the extract. */
static void manchester_february(struct world *world, struct rng *rng)
{
    int first;
    int last;

    month_span(2015, 2, &first, &last);
    for (int i = 0; i < 56; i++) {
        int until = i < 23 ? last - 8 : last;
        struct referral *referral =
            refer(world, AREA_MANCHESTER, weekday_between(rng, first, until));

        if (i < 23)
            attach_between(rng, referral, referral->date + 3, last);
        else if (i < 43)
            attach_between(rng, referral, last + 1, calendar.cut_off - 3);
        else if (i < 46)
            referral->met = weekday_between(rng, referral->date, last);
    }
}

static void refer_newest(struct world *world, struct rng *rng, int area, int n)
{
    for (int i = 0; i < n; i++) {
        struct referral *referral =
            refer(world, area,
                  weekday_between(rng, calendar.committee + 1, calendar.cut_off - 6));

        attach_between(rng, referral, referral->date + 1, calendar.cut_off - 1);
    }
}

static void return_of_january(struct referral *referral)
{
    if (referral->date > calendar.end_january) return;
    if (referral->attached != NONE && referral->attached <= calendar.end_january)
        referral->status = REFERRAL_ATTACHED;
    else if (referral->met != NONE && referral->met <= calendar.end_january)
        referral->status = REFERRAL_NOT_ATTACHED;
    else
        referral->status = REFERRAL_AWAITING_FIRST_APPOINTMENT;
}

static void enrolled_in_month(struct world *world, struct rng *rng, int area, int month)
{
    int first;
    int last;

    month_span(2014 + (month + 3) / 12, (month + 3) % 12 + 1, &first, &last);
    int enrolled = weekday_between(rng, first, last);
    int soonest = later(enrolled - 30, calendar.start);
    struct referral *referral = refer(
        world, area, weekday_between(rng, earlier(soonest, enrolled - 4), enrolled - 1));

    referral->attached = enrolled;
    referral->met = weekday_between(rng, later(referral->date, enrolled - 4), enrolled);
    return_of_january(referral);
}

static void other_area(struct world *world, struct rng *rng, int row)
{
    int area = other_areas[row].area;

    for (int month = 0; month < 11; month++) {
        for (int i = 0; i < other_areas[row].enrolled[month]; i++)
            enrolled_in_month(world, rng, area, month);
    }
    for (int i = 0; i < other_areas[row].later; i++) {
        struct referral *referral = refer(
            world, area, weekday_between(rng, date_of(2015, 1, 12), calendar.committee));

        attach_between(rng, referral, calendar.committee + 1, calendar.cut_off - 3);
        return_of_january(referral);
    }
    for (int i = 0; i < other_areas[row].never; i++) {
        struct referral *referral =
            refer(world, area, weekday_between(rng, calendar.start, calendar.committee));

        if (i % 2 && referral->date + 9 < calendar.committee)
            referral->met = weekday_between(rng, referral->date + 5, referral->date + 9);
        return_of_january(referral);
    }
    refer_newest(world, rng, area, other_areas[row].newest);
}

static int by_date(const void *a, const void *b)
{
    const struct referral *one = a;
    const struct referral *two = b;

    if (one->date != two->date) return one->date - two->date;
    if (one->attached != two->attached) return one->attached - two->attached;
    if (one->area != two->area) return one->area - two->area;
    return one->met != two->met ? one->met - two->met : one->status - two->status;
}

static int by_attached(const void *a, const void *b)
{
    const struct referral *one = *(struct referral *const *)a;
    const struct referral *two = *(struct referral *const *)b;

    if (one->attached != two->attached) return one->attached - two->attached;
    return (one > two) - (one < two);
}

static void enrol(struct world *world, struct rng *rng, struct referral *referral)
{
    struct client *client = world_client(world);
    int n = world->n_clients;

    referral->client = n - 1;
    client->ref = FIRST_REF + (n - 1) * REF_STEP + rng_below(rng, REF_STEP);
    client->second_ref = NONE;
    client->area = referral->area;
    client->referred = referral->date;
    client->met = referral->met;
    client->enrolled = referral->attached;
    client->assessed = weekday_between(rng, client->enrolled,
                                       earlier(client->enrolled + 18, calendar.cut_off));
}

/* References are given in the order of enrolment. */
static void enrol_attached(struct world *world, struct rng *rng)
{
    struct referral *attached[SAMPLE_CLIENTS];
    int n = 0;

    for (int i = 0; i < world->n_referrals; i++) {
        if (world->referrals[i].attached == NONE) continue;
        assert(n < SAMPLE_CLIENTS);
        attached[n++] = &world->referrals[i];
    }
    assert(n == SAMPLE_CLIENTS);
    qsort(attached, (size_t)n, sizeof attached[0], by_attached);
    for (int i = 0; i < n; i++)
        enrol(world, rng, attached[i]);
}

void sample_arrivals(struct world *world, struct rng *rng)
{
    manchester_to_january(world, rng);
    manchester_february(world, rng);
    refer_newest(world, rng, AREA_MANCHESTER, 34);
    for (int row = 0; row < (int)(sizeof other_areas / sizeof other_areas[0]); row++)
        other_area(world, rng, row);
    qsort(world->referrals, (size_t)world->n_referrals, sizeof world->referrals[0],
          by_date);
    enrol_attached(world, rng);
}
