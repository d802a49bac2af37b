// SPDX-License-Identifier: MIT
#include "stats/stats_missing.h"
#include "stats/stats_num.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

stats_status stats_missing_bounds(long yes, long answered, long eligible,
                                  struct stats_missing_bounds *out)
{
    if (yes < 0 || yes > answered || answered > eligible) return STATS_DOMAIN;
    if (eligible == 0) return STATS_EMPTY;
    double n = (double)eligible;
    out->answered = answered > 0 ? (double)yes / (double)answered : NAN;
    out->response_rate = (double)answered / n;
    out->lower = (double)yes / n;
    out->upper = (double)(yes + eligible - answered) / n;
    return STATS_OK;
}

struct cover_target {
    double width, conf; /* upper - lower in units of the larger standard error */
};

static double cover_shortfall(double c, const void *given)
{
    const struct cover_target *want = given;

    return gsl_cdf_ugaussian_P(c + want->width) - gsl_cdf_ugaussian_P(-c) - want->conf;
}

stats_status stats_imbens_manski(long yes, long answered, long eligible, double conf,
                                 struct stats_interval *out, double *factor)
{
    struct stats_missing_bounds b;
    stats_status status = stats_missing_bounds(yes, answered, eligible, &b);
    double c;

    if (status) return status;
    if (!stats_is_conf(conf)) return STATS_DOMAIN;
    double n = (double)eligible;
    double se_low = sqrt(b.lower * (1 - b.lower) / n);
    double se_high = sqrt(b.upper * (1 - b.upper) / n);
    if (!(fmax(se_low, se_high) > 0)) return STATS_UNDEFINED;
    struct cover_target want = {(b.upper - b.lower) / fmax(se_low, se_high), conf};
    status = stats_root(cover_shortfall, &want, 0, stats_z(conf) + 1, &c);
    if (status) return status;
    *out = (struct stats_interval){b.answered, fmax(0, b.lower - c * se_low),
                                   fmin(1, b.upper + c * se_high)};
    if (factor) *factor = c;
    return STATS_OK;
}

stats_status stats_change_bounds(const struct stats_pairs *p, long unreviewed_yes,
                                 long unreviewed_no, struct stats_interval *out)
{
    if (p->yy < 0 || p->yn < 0 || p->ny < 0 || p->nn < 0) return STATS_DOMAIN;
    if (unreviewed_yes < 0 || unreviewed_no < 0) return STATS_DOMAIN;
    long pairs = p->yy + p->yn + p->ny + p->nn,
         all = pairs + unreviewed_yes + unreviewed_no;
    if (all == 0) return STATS_EMPTY;
    double gained = (double)(p->ny - p->yn);
    out->estimate = pairs > 0 ? gained / (double)pairs : NAN;
    out->low = (gained - (double)unreviewed_yes) / (double)all;
    out->high = (gained + (double)unreviewed_no) / (double)all;
    return STATS_OK;
}

stats_status stats_mean_change_bounds(double change, long pairs, double missing_initial,
                                      long missing, double lowest, double highest,
                                      struct stats_interval *out)
{
    if (pairs < 0 || missing < 0 || !(lowest <= highest)) return STATS_DOMAIN;
    if (pairs + missing == 0) return STATS_EMPTY;
    double all = (double)(pairs + missing), gone = (double)missing;
    out->estimate = pairs > 0 ? change / (double)pairs : NAN;
    out->low = (change + gone * lowest - missing_initial) / all;
    out->high = (change + gone * highest - missing_initial) / all;
    return STATS_OK;
}
