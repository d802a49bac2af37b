// SPDX-License-Identifier: MIT
/*
 * Scorings on the three scales. Fixed: who has any (719), the bands of the first scores as
 * at 31 August 2014 (committee report, figure 1), and by how much the latest mean of those
 * who joined first differs from that of those who joined last. The means themselves are
 * ours.
 */
#include "sample-data/generate_deal.h"
#include "sample-data/generate_draw.h"
#include "sample-data/generate_sample.h"

#include <assert.h>
#include <stdlib.h>

enum { MOST_SCORINGS = 5, MOST_BANDS = 5, UNSCORED = -2 };

static const int wellbeing_by_area[3] = {406, 240, 73};

/* Clients scored by 31 August, by area, and how many of them on each scale. */
static const int baseline_clients[3] = {108, 64, 18};
// clang-format off
static const struct {
    int scale;
    int bands;
    int low[MOST_BANDS], high[MOST_BANDS]; /* UNSCORED: an item is missing */
    int count[3][MOST_BANDS];              /* by area */
} baselines[SCALES] = {
    {WSAS, 3, {21, 10, 0}, {40, 20, 9},
     {{49, 16, 4}, {24, 9, 6}, {15, 1, 1}}},
    {SWEMWBS, 5, {7, 11, 21, 28, UNSCORED}, {10, 20, 27, 35, UNSCORED},
     {{11, 50, 33, 6, 0}, {5, 33, 13, 2, 4}, {1, 5, 5, 3, 3}}},
    {GSE, 3, {10, 21, 31}, {20, 30, 40},
     {{35, 53, 17}, {27, 25, 10}, {6, 6, 2}}},
};
// clang-format on

/* Hundredths: mean of the latest scores by quarter of enrolment. That of the newest quarter
 * follows from the published difference, longest minus newest. */
static const struct {
    int mean[QUARTERS - 1];
    int longest_minus_newest;
} cohorts[SCALES] = {
    {{1990, 2165, 2345}, -500},
    {{2090, 2020, 1925}, 264 },
    {{2500, 2445, 2375}, 200 },
};

struct plan {
    int first[SAMPLE_CLIENTS][SCALES]; /* the first total, NONE before it is drawn */
    bool baseline[SAMPLE_CLIENTS];
};

static int joined_early(const struct client *client)
{
    return -client->enrolled;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static void blank_one_item(struct rng *rng, struct scoring *scoring, int scale)
{
    scoring->item[scale][rng_below(rng, scales[scale].items)] = NONE;
}

static void score_in_band(struct rng *rng, struct scoring *scoring, int scale, int band)
{
    int low = baselines[scale].low[band];

    if (low == UNSCORED) {
        scoring_fill(rng, scoring, scale, rng_between(rng, 12, 24));
        blank_one_item(rng, scoring, scale);
        scoring->total[scale] = NONE;
        return;
    }
    scoring_fill(rng, scoring, scale, rng_between(rng, low, baselines[scale].high[band]));
}

/*
 * Gives each scale's bands to the scorings first..first+n-1 of one area. WSAS starts in the
 * middle, GSE at the front, SWEMWBS at the back, so that everybody has at least one scale.
 */
static void deal_bands(struct world *world, struct rng *rng, int area, int first, int n)
{
    for (int scale = 0; scale < SCALES; scale++) {
        int total = 0;

        for (int band = 0; band < baselines[scale].bands; band++)
            total += baselines[scale].count[area][band];
        int skip = scale == GSE ? 0 : scale == SWEMWBS ? n - total : (n - total) / 2;
        int order[128];
        for (int i = 0; i < total; i++)
            order[i] = first + skip + i;
        rng_shuffle(rng, order, total);
        int next = 0;
        for (int band = 0; band < baselines[scale].bands; band++) {
            for (int i = 0; i < baselines[scale].count[area][band]; i++)
                score_in_band(rng, &world->scorings[order[next++]], scale, band);
        }
    }
}

static void score_baseline(struct world *world, struct rng *rng, struct plan *plan,
                           int area)
{
    struct crowd crowd =
        CROWD(world, IS(area, area), IN(enrolled, calendar.start, calendar.baseline - 9));
    int first = world->n_scorings;
    int n = baseline_clients[area];

    assert(crowd.n >= n);
    crowd_rank(rng, &crowd, joined_early, 30);
    crowd.n = n;
    crowd_shuffle(rng, &crowd);
    for (int i = 0; i < n; i++) {
        struct scoring *scoring = world_scoring(world);
        int enrolled = world->clients[crowd.who[i]].enrolled;
        int soonest = enrolled > calendar.wellbeing ? enrolled : calendar.wellbeing;

        scoring->client = crowd.who[i];
        scoring->date =
            weekday_between(rng, soonest, clamp(soonest + 40, 0, calendar.baseline));
        plan->baseline[crowd.who[i]] = true;
        world->clients[crowd.who[i]].wellbeing = 1;
    }
    deal_bands(world, rng, area, first, n);
    for (int i = first; i < first + n; i++) {
        for (int scale = 0; scale < SCALES; scale++) {
            int sum = scoring_sum(&world->scorings[i], scale);

            plan->first[world->scorings[i].client][scale] = sum;
        }
    }
}

static void choose_scored(struct world *world, struct rng *rng, int area)
{
    struct crowd crowd = CROWD(world, IS(area, area), IS(wellbeing, 0));

    crowd_shuffle(rng, &crowd);
    deal_one(&crowd, FIELD(wellbeing), 1, wellbeing_by_area[area] - baseline_clients[area]);
}

static void score_at(struct world *world, struct rng *rng, struct plan *plan, int i,
                     int date, int share)
{
    struct scoring *scoring = world_scoring(world);
    int sure = rng_below(rng, SCALES);

    scoring->client = i;
    scoring->date = date;
    for (int scale = 0; scale < SCALES; scale++) {
        int total = draw_total(rng, scale, &plan->first[i][scale],
                               date - world->clients[i].enrolled);

        if (scale == sure || rng_chance(rng, share))
            scoring_fill(rng, scoring, scale, total);
    }
}

/* From the first of September on, every six weeks to three months, for as long as it goes
 * on. */
static void score_later(struct world *world, struct rng *rng, struct plan *plan, int i)
{
    const struct client *client = &world->clients[i];
    int n = plan->baseline[i] ? 1 : 0;
    int date =
        client->enrolled > calendar.baseline ? client->enrolled : calendar.baseline + 1;
    int next =
        plan->baseline[i] ? date + rng_between(rng, 10, 80) : date + rng_below(rng, 30);

    if (n == 0) next = clamp(next, date, calendar.cut_off);
    while (n < MOST_SCORINGS && date_weekday(next) <= calendar.cut_off) {
        score_at(world, rng, plan, i, date_weekday(next), n == 0 ? 940 : 860);
        next += rng_between(rng, 42, 95);
        if (++n > 1 && rng_chance(rng, 250)) return;
    }
}

/* True if at least one item of the scale is answered. */
static bool is_begun(const struct scoring *scoring, int scale)
{
    for (int item = 0; item < scales[scale].items; item++) {
        if (scoring->item[scale][item] != NONE) return true;
    }
    return false;
}

/* The latest scoring of a client on a scale with at least one item; NULL if none. */
static struct scoring *latest_form(struct world *world, int client, int scale)
{
    struct scoring *latest = NULL;

    for (int i = 0; i < world->n_scorings; i++) {
        struct scoring *scoring = &world->scorings[i];

        if (scoring->client == client && is_begun(scoring, scale) &&
            (!latest || scoring->date > latest->date))
            latest = scoring;
    }
    return latest;
}

struct latest {
    struct scoring *scoring[SAMPLE_CLIENTS];
    int n, sum;
};

static struct latest latest_of_quarter(struct world *world, int scale, int quarter)
{
    struct latest latest = {.n = 0};

    for (int i = 0; i < world->n_clients; i++) {
        struct scoring *form = latest_form(world, i, scale);

        if (quarter_of(world->clients[i].enrolled) != quarter || !form) continue;
        int sum = scoring_sum(form, scale);
        if (sum == NONE) continue;
        latest.scoring[latest.n++] = form;
        latest.sum += sum;
    }
    return latest;
}

/* Moves single items up or down until the scores of a quarter add up to `wanted`; baseline
 * scores stay. */
static void move_sum(struct rng *rng, struct latest *latest, int scale, int wanted)
{
    while (latest->sum != wanted) {
        int step = wanted > latest->sum ? 1 : -1;
        struct scoring *scoring = latest->scoring[rng_below(rng, latest->n)];
        int *item = &scoring->item[scale][rng_below(rng, scales[scale].items)];
        int moved = *item + step;

        if (scoring->date <= calendar.baseline || moved < scales[scale].low ||
            moved > scales[scale].high)
            continue;
        *item = moved;
        scoring->total[scale] += step;
        latest->sum += step;
    }
}

/* Chooses sums near the planned means whose means differ by the published amount as exactly
 * as whole items allow. */
static void tune_scale(struct world *world, struct rng *rng, int scale)
{
    struct latest latest[QUARTERS];
    int wanted[QUARTERS];
    long best = -1;

    for (int quarter = 0; quarter < QUARTERS; quarter++) {
        latest[quarter] = latest_of_quarter(world, scale, quarter);
        if (quarter < QUARTERS - 1)
            wanted[quarter] = cohorts[scale].mean[quarter] * latest[quarter].n / 100;
    }
    long oldest_n = latest[0].n;
    long newest_n = latest[QUARTERS - 1].n;
    int middle = wanted[0];
    for (int sum = middle - 8; sum <= middle + 8; sum++) {
        long needed =
            (sum * 100L - cohorts[scale].longest_minus_newest * oldest_n) * newest_n;
        long newest_sum = (needed + 50 * oldest_n) / (100 * oldest_n);
        long error = labs(needed - 100 * oldest_n * newest_sum);

        if (best >= 0 && error >= best) continue;
        best = error;
        wanted[0] = sum;
        wanted[QUARTERS - 1] = (int)newest_sum;
    }
    for (int quarter = 0; quarter < QUARTERS; quarter++)
        move_sum(rng, &latest[quarter], scale, wanted[quarter]);
}

/* True if another form of the scale, complete, follows: then a gap in this one changes no
 * figure. */
static bool is_superseded(struct world *world, const struct scoring *scoring, int scale)
{
    const struct scoring *latest = latest_form(world, scoring->client, scale);

    return latest && latest->date > scoring->date && scoring_sum(latest, scale) != NONE;
}

/* Leaves out an item, or types one that the scale does not have, in some forms that later
 * ones replace. */
static void spoil_forms(struct world *world, struct rng *rng, int scale, int wanted)
{
    for (int done = 0; done < wanted;) {
        struct scoring *scoring = &world->scorings[rng_below(rng, world->n_scorings)];

        if (scoring->date <= calendar.baseline || scoring_sum(scoring, scale) == NONE ||
            !is_superseded(world, scoring, scale))
            continue;
        int *item = &scoring->item[scale][rng_below(rng, scales[scale].items)];
        *item = done % 2 ? NONE : scales[scale].high + 1;
        if (done % 3 == 0) scoring->total[scale] = NONE;
        done++;
    }
}

/* General self-efficacy allows up to three gaps: forms with one to three, and with four,
 * which is too many. */
static void leave_gaps(struct world *world, struct rng *rng, int wanted)
{
    for (int done = 0; done < wanted;) {
        struct scoring *scoring = &world->scorings[rng_below(rng, world->n_scorings)];

        if (scoring->date <= calendar.baseline || scoring_sum(scoring, GSE) == NONE ||
            !is_superseded(world, scoring, GSE))
            continue;
        int gaps = done % 8 == 7 ? 4 : 1 + done % 3;
        for (int i = 0; i < gaps; i++)
            scoring->item[GSE][(done + 3 * i) % 10] = NONE;
        done++;
    }
}

/* Forms that stand alone and have a gap: the client has a scoring but no score. */
static void spoil_only_forms(struct world *world, struct rng *rng, int scale, int wanted)
{
    for (int done = 0; done < wanted;) {
        struct scoring *scoring = &world->scorings[rng_below(rng, world->n_scorings)];
        int forms = 0;

        for (int i = 0; i < world->n_scorings; i++)
            forms += world->scorings[i].client == scoring->client &&
                     is_begun(&world->scorings[i], scale);
        if (scoring->date <= calendar.baseline || forms != 1 ||
            scoring_sum(scoring, scale) == NONE)
            continue;
        blank_one_item(rng, scoring, scale);
        scoring->total[scale] = NONE;
        done++;
    }
}

/* Totals that were added up wrongly, or typed without items. The items decide. */
static void mistype_totals(struct world *world, struct rng *rng)
{
    for (int done = 0; done < 36;) {
        struct scoring *scoring = &world->scorings[rng_below(rng, world->n_scorings)];
        int scale = rng_below(rng, SCALES);

        if (scoring->total[scale] == NONE ||
            scoring_sum(scoring, scale) != scoring->total[scale])
            continue;
        scoring->total[scale] += done % 2 ? rng_between(rng, 1, 6) : -1;
        done++;
    }
    for (int done = 0; done < 5;) {
        struct scoring *scoring = &world->scorings[rng_below(rng, world->n_scorings)];

        if (scoring->date <= calendar.baseline || is_begun(scoring, WSAS) ||
            scoring->total[WSAS] != NONE || !is_superseded(world, scoring, WSAS))
            continue;
        scoring->total[WSAS] = rng_between(rng, 12, 34);
        done++;
    }
}

void sample_wellbeing(struct world *world, struct rng *rng)
{
    static struct plan plan;

    for (int i = 0; i < SAMPLE_CLIENTS; i++) {
        plan.baseline[i] = false;
        for (int scale = 0; scale < SCALES; scale++)
            plan.first[i][scale] = NONE;
    }
    for (int area = 0; area < 3; area++) {
        score_baseline(world, rng, &plan, area);
        choose_scored(world, rng, area);
    }
    for (int i = 0; i < world->n_clients; i++) {
        if (world->clients[i].wellbeing) score_later(world, rng, &plan, i);
    }
    spoil_only_forms(world, rng, WSAS, 6);
    spoil_only_forms(world, rng, SWEMWBS, 6);
    for (int scale = 0; scale < SCALES; scale++)
        tune_scale(world, rng, scale);
    spoil_forms(world, rng, WSAS, 14);
    spoil_forms(world, rng, SWEMWBS, 14);
    leave_gaps(world, rng, 26);
    mistype_totals(world, rng);
}
