// SPDX-License-Identifier: MIT
/* reckon stat: means, effect sizes, medians, one set of scores, two groups, or twice. */
#include "stats/stats_mean.h"

#include <math.h>
#include <string.h>

#include "pipeline/driver/stat.h"
#include "stats/stats_effect.h"
#include "stats/stats_num.h"
#include "stats/stats_quantile.h"
#include "stats/stats_rank.h"

/* ---- inputs ------------------------------------------------------------------------ */

/* y of a file, or x typed in; without missing values. */
static struct stat_column read_scores(struct stat_call *call)
{
    struct stat_column y = stat_column(call, stat_has_data(call) ? "y" : "x");
    struct stat_column *one[] = {&y};

    stat_complete(call, one, 1);
    return y;
}

/* Scores of two groups, first n1 of the one, then n2 of the other. */
struct two_samples {
    double *both;
    size_t n1, n2;
};

static struct two_samples typed_samples(struct stat_call *call)
{
    struct stat_column x = stat_column(call, "x"), y = stat_column(call, "y");
    struct stat_column *a[] = {&x}, *b[] = {&y};

    stat_complete(call, a, 1);
    stat_complete(call, b, 1);
    struct two_samples s = {STAT_NEW(call, x.n + y.n, double), x.n, y.n};
    memcpy(s.both, x.value, x.n * sizeof *x.value);
    memcpy(s.both + x.n, y.value, y.n * sizeof *y.value);
    return s;
}

/* Which level of the factor `key` names; the factor's own order if the key is absent. */
static size_t level_of(struct stat_call *call, const struct stat_column *group,
                       const char *key, size_t otherwise)
{
    if (!stat_has(call, key)) {
        if (group->levels != 2 && !stat_stopped(call))
            stat_misuse(call,
                        "%s has %zu groups; say which two with g1= and g2=", group->name,
                        group->levels);
        return otherwise;
    }
    const char *name = stat_text(call, key);
    for (size_t k = 0; name && k < group->levels; k++)
        if (strcmp(group->label[k], name) == 0) return k;
    stat_misuse(call, "%s=%s is not a group of %s", key, name ? name : "", group->name);
    return 0;
}

static struct two_samples read_samples(struct stat_call *call)
{
    if (!stat_has_data(call)) return typed_samples(call);
    struct stat_column y = stat_column(call, "y"), group = stat_factor(call, "group");
    struct stat_column *both[] = {&y, &group};
    double wanted[2] = {(double)level_of(call, &group, "g1", 0),
                        (double)level_of(call, &group, "g2", 1)};
    size_t n[2] = {0, 0}, at = 0;

    if (wanted[0] == wanted[1]) stat_misuse(call, "g1 and g2 name the same group");
    stat_complete(call, both, 2);
    struct two_samples s = {STAT_NEW(call, y.n, double), 0, 0};
    for (size_t g = 0; g < 2; g++)
        for (size_t i = 0; i < y.n; i++)
            if (group.value[i] == wanted[g]) {
                s.both[at++] = y.value[i];
                n[g]++;
            }
    s.n1 = n[0];
    s.n2 = n[1];
    return s;
}

static bool describe_samples(struct stat_call *call, struct stats_moments *a,
                             struct stats_moments *b)
{
    struct two_samples s = read_samples(call);

    if (!stat_stopped(call) && (s.n1 == 0 || s.n2 == 0))
        stat_refuse(call, "a group is empty");
    return !stat_stopped(call) && stat_ok(call, stats_describe(s.both, s.n1, a)) &&
           stat_ok(call, stats_describe(s.both + s.n1, s.n2, b));
}

static bool read_pairs(struct stat_call *call, struct stats_pair_moments *pairs)
{
    struct stat_column a = stat_column(call, "initial"), b = stat_column(call, "latest");
    struct stat_column *both[] = {&a, &b};

    stat_complete(call, both, 2);
    if (!stat_stopped(call) && a.n == 0) stat_refuse(call, "nobody has both scores");
    return !stat_stopped(call) &&
           stat_ok(call, stats_describe_pairs(a.value, b.value, a.n, pairs));
}

/* ---- one set ----------------------------------------------------------------------- */

static void ask_mean_t(struct stat_call *call)
{
    struct stat_column y = read_scores(call);
    double conf = stat_conf(call);
    struct stats_moments m;
    struct stats_interval ci = {NAN, NAN, NAN};

    if (stat_stopped(call) || !stat_ok(call, stats_describe(y.value, y.n, &m))) return;
    stats_status status = stats_mean_t(&m, conf, &ci);
    stat_put(call, "n", (double)m.n);
    stat_put(call, "mean", m.mean);
    stat_put(call, "sd", m.sd);
    stat_put(call, "se", m.se);
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    if (status)
        stat_say(call, "Mean %s of %zu; no interval: %s.", stat_fixed(call, m.mean, 2), m.n,
                 m.n < 2 ? "one score has no spread" : "all scores are equal");
    else
        stat_say(call, "Mean %s of %zu (sd %s); %s.", stat_fixed(call, m.mean, 2), m.n,
                 stat_fixed(call, m.sd, 2), stat_ci(call, ci.low, ci.high, 2));
}

static void ask_univariate(struct stat_call *call)
{
    struct stat_column y = read_scores(call);
    struct stats_moments m;
    double r = NAN;

    if (stat_stopped(call) || !stat_ok(call, stats_describe(y.value, y.n, &m))) return;
    if (stats_autocorrelation(y.value, y.n, &r)) r = NAN;
    stat_put(call, "n", (double)m.n);
    stat_put(call, "mean", m.mean);
    stat_put(call, "sd", m.sd);
    stat_put(call, "autocorr1", r);
}

static struct stat_column read_sorted(struct stat_call *call)
{
    struct stat_column y = read_scores(call);

    if (!stat_stopped(call)) stats_sort(y.value, y.n);
    return y;
}

static void ask_median(struct stat_call *call)
{
    struct stat_column y = read_sorted(call);
    double conf = stat_conf(call);
    struct stats_median m;

    if (stat_stopped(call) || !stat_ok(call, stats_median(y.value, y.n, conf, &m))) return;
    stat_put(call, "n", (double)y.n);
    stat_put(call, "median", m.median);
    stat_put(call, "k", m.k > 0 ? (double)m.k : NAN);
    stat_put(call, "ci_low", m.low);
    stat_put(call, "ci_high", m.high);
    stat_put(call, "achieved", m.achieved);
    if (m.k > 0)
        stat_say(call, "Median %s of %zu; %s to %s (true confidence %s).",
                 stat_fixed(call, m.median, 1), y.n, stat_fixed(call, m.low, 1),
                 stat_fixed(call, m.high, 1), stat_percent(call, m.achieved));
    else
        stat_say(call, "Median %s of %zu; too few for an interval.",
                 stat_fixed(call, m.median, 1), y.n);
}

static void ask_quantiles(struct stat_call *call)
{
    static const struct {
        const char *name;
        double prob;
        int type;
    } wanted[] = {
        {"q25_type7", 0.25, 7},
        {"q75_type7", 0.75, 7},
        {"q25_type2", 0.25, 2},
        {"q75_type2", 0.75, 2},
        {"q25_type6", 0.25, 6},
        {"q75_type6", 0.75, 6},
        {"q25_type8", 0.25, 8},
        {"q75_type8", 0.75, 8},
        {"q50_type7", 0.5,  7}
    };
    struct stat_column y = read_sorted(call);
    double q[sizeof wanted / sizeof *wanted];

    for (size_t k = 0; k < sizeof wanted / sizeof *wanted && !stat_stopped(call); k++) {
        if (!stat_ok(call,
                     stats_quantile(y.value, y.n, wanted[k].prob, wanted[k].type, &q[k])))
            return;
        stat_detail(call, k >= 2);
        stat_put(call, wanted[k].name, q[k]);
    }
    if (!stat_stopped(call))
        stat_say(call, "A quarter score up to %s, a quarter %s or more (type 7).",
                 stat_fixed(call, q[0], 1), stat_fixed(call, q[1], 1));
}

/* ---- two groups -------------------------------------------------------------------- */

static void put_comparison(struct stat_call *call, const struct stats_comparison *c)
{
    stat_put(call, "t", c->test.statistic);
    stat_put(call, "df", c->test.df);
    stat_put(call, "p", c->test.p);
    stat_put(call, "ci_low", c->difference.low);
    stat_put(call, "ci_high", c->difference.high);
}

static const struct stats_comparison not_computed = {
    {NAN, NAN, NAN},
    {NAN, NAN, NAN},
    NAN
};

static void ask_welch(struct stat_call *call)
{
    struct stats_moments a, b;
    double conf = stat_conf(call);
    struct stats_comparison c = not_computed;

    if (!describe_samples(call, &a, &b)) return;
    stats_status status = stats_welch_t(&a, &b, conf, &c);
    stat_put(call, "n1", (double)a.n);
    stat_put(call, "n2", (double)b.n);
    stat_put(call, "mean1", a.mean);
    stat_put(call, "mean2", b.mean);
    stat_put(call, "diff", a.mean - b.mean);
    put_comparison(call, &c);
    if (status)
        stat_say(call, "Means %s and %s; not tested: %s.", stat_fixed(call, a.mean, 2),
                 stat_fixed(call, b.mean, 2),
                 a.n < 2 || b.n < 2 ? "a group of one has no spread"
                                    : "no score differs from its group's mean");
    else
        stat_say(
            call, "Means %s (n = %zu) and %s (n = %zu), difference %s; %s, %s (Welch).",
            stat_fixed(call, a.mean, 2), a.n, stat_fixed(call, b.mean, 2), b.n,
            stat_fixed(call, a.mean - b.mean, 2),
            stat_ci(call, c.difference.low, c.difference.high, 2), stat_p(call, c.test.p));
}

static void ask_pooled(struct stat_call *call)
{
    struct stats_moments a, b;
    double conf = stat_conf(call);
    struct stats_comparison c;

    if (!describe_samples(call, &a, &b) || !stat_ok(call, stats_pooled_t(&a, &b, conf, &c)))
        return;
    stat_put(call, "diff", a.mean - b.mean);
    put_comparison(call, &c);
    stat_say(call, "Assumes equal spread in both groups; reports use welch_t.");
}

static void ask_mann_whitney(struct stat_call *call)
{
    struct two_samples s = read_samples(call);
    size_t *order = STAT_NEW(call, s.n1 + s.n2, size_t);
    double *rank = STAT_NEW(call, s.n1 + s.n2, double), exact = NAN;
    struct stats_mann_whitney m;

    (void)stat_conf(call);
    if (stat_stopped(call) ||
        !stat_ok(call, stats_mann_whitney(s.both, s.n1, s.n2, order, rank, &m)))
        return;
    size_t room = stats_mann_whitney_work(s.n1, s.n2);
    if (room > 0 &&
        stats_mann_whitney_exact(rank, s.n1, s.n2, STAT_NEW(call, room, double), &exact))
        exact = NAN;
    stat_put(call, "U", m.u);
    stat_put(call, "prob_superiority", m.superiority);
    stat_put(call, "p_normal_nocc", m.p_normal);
    stat_put(call, "p_exact", exact);
    stat_put(call, "p_normal_cc", m.p_normal_cc);
    stat_say(call,
             "Someone of the first group scores higher than someone of the second %s of "
             "the time, ties half; %s (%s).",
             stat_percent(call, m.superiority),
             stat_p(call, isnan(exact) ? m.p_normal : exact),
             isnan(exact) ? "normal" : "exact");
}

typedef stats_status (*effect_size)(const struct stats_moments *a,
                                    const struct stats_moments *b, double conf,
                                    struct stats_interval *out);

static void put_effect(struct stat_call *call, effect_size effect, const char *name)
{
    struct stats_moments a, b;
    double conf = stat_conf(call);
    struct stats_interval ci;

    if (!describe_samples(call, &a, &b)) return;
    stats_status status = effect(&a, &b, conf, &ci);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "no spread within the groups, or too few people");
    if (!stat_ok(call, status)) return;
    stat_put(call, name, ci.estimate);
    if (*name == 'g') stat_put(call, "J", stats_hedges_j((double)a.n + (double)b.n - 2));
    stat_put(call, "ci_low", ci.low);
    stat_put(call, "ci_high", ci.high);
    stat_say(call, "%s %s pooled standard deviations; %s.",
             *name == 'g' ? "Hedges' g" : "Cohen's d", stat_fixed(call, ci.estimate, 2),
             stat_ci(call, ci.low, ci.high, 2));
}

static void ask_cohen(struct stat_call *call)
{
    put_effect(call, stats_cohen_d, "d");
}

static void ask_hedges(struct stat_call *call)
{
    put_effect(call, stats_hedges_g, "g");
}

static void ask_nct_limits(struct stat_call *call)
{
    double t = stat_number(call, "t"), df = stat_number(call, "df"), conf = stat_conf(call);
    struct stats_interval ncp;

    if (stat_stopped(call) || !stat_ok(call, stats_nct_limits(t, df, conf, &ncp))) return;
    stat_put(call, "ncp_lo", ncp.low);
    stat_put(call, "ncp_hi", ncp.high);
}

/* ---- the same people twice --------------------------------------------------------- */

static void ask_paired_t(struct stat_call *call)
{
    struct stats_pair_moments p;
    double conf = stat_conf(call);
    struct stats_comparison c = not_computed;

    if (!read_pairs(call, &p)) return;
    stats_status status = stats_paired_t(&p, conf, &c);
    stat_put(call, "n", (double)p.change.n);
    stat_put(call, "mean_initial", p.initial.mean);
    stat_put(call, "mean_latest", p.latest.mean);
    stat_put(call, "change", p.change.mean);
    stat_put(call, "sd_change", p.change.sd);
    put_comparison(call, &c);
    if (status)
        stat_say(call, "From %s to %s; not tested: %s.",
                 stat_fixed(call, p.initial.mean, 2), stat_fixed(call, p.latest.mean, 2),
                 p.change.n < 2 ? "one person has no spread"
                                : "everybody changed by the same");
    else
        stat_say(call, "From %s to %s in the same %zu people, change %s; %s, %s.",
                 stat_fixed(call, p.initial.mean, 2), stat_fixed(call, p.latest.mean, 2),
                 p.change.n, stat_fixed(call, p.change.mean, 2),
                 stat_ci(call, c.difference.low, c.difference.high, 2),
                 stat_p(call, c.test.p));
}

static bool paired_effects(struct stat_call *call, struct stats_pair_moments *p,
                           struct stats_paired_effects *effects)
{
    if (!read_pairs(call, p)) return false;
    stats_status status = stats_paired_effect(p, effects);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "everybody changed by the same, or fewer than two people");
    return stat_ok(call, status);
}

static void ask_paired_effect(struct stat_call *call)
{
    struct stats_pair_moments p;
    struct stats_paired_effects effects;

    (void)stat_conf(call);
    if (!paired_effects(call, &p, &effects)) return;
    stat_put(call, "d_av", effects.d_av);
    stat_put(call, "d_z", effects.d_z);
    stat_put(call, "glass_delta_initial", effects.glass);
    stat_put(call, "g_av", effects.g_av);
    stat_put(call, "r", p.r);
    stat_say(call, "The mean change is %s of the average standard deviation (d_av).",
             stat_fixed(call, effects.d_av, 2));
}

static void ask_paired_effect_ci(struct stat_call *call)
{
    struct stats_pair_moments p;
    struct stats_paired_effects effects;
    struct stats_interval dz, dav;
    double conf = stat_conf(call);

    if (!paired_effects(call, &p, &effects) ||
        !stat_ok(call, stats_effect_dz(&p, conf, &dz)) ||
        !stat_ok(call, stats_effect_dav(&p, conf, &dav)))
        return;
    stat_put(call, "d_av", effects.d_av);
    stat_put(call, "d_av_lo", dav.low);
    stat_put(call, "d_av_hi", dav.high);
    stat_put(call, "g_av", effects.g_av);
    stat_put(call, "d_z", effects.d_z);
    stat_put(call, "d_z_lo", dz.low);
    stat_put(call, "d_z_hi", dz.high);
    stat_say(call, "The mean change is %s of the average standard deviation (d_av); %s.",
             stat_fixed(call, effects.d_av, 2), stat_ci(call, dav.low, dav.high, 2));
}

#define ONE_SET  "y|x [data] [conf]"
#define TWO_SETS "y x|group [data] [g1] [g2] [conf]"
#define TWICE    "initial latest [data] [conf]"

// clang-format off
const struct stat_method stat_mean_methods[] = {
    {"mean_t", ONE_SET, "a mean with its t interval", "Student 1908", ask_mean_t},
    {"welch_t", TWO_SETS, "difference of two groups' means (the default)", "Welch 1947",
     ask_welch},
    {"pooled_t_NOT_default", TWO_SETS,
     "difference of two groups' means, equal spread assumed",
     "Student 1908", ask_pooled},
    {"paired_t", TWICE, "mean change of the same people", "Student 1908", ask_paired_t},
    {"paired_effect_size", TWICE, "change in standard deviations, four ways",
     "Cumming 2012", ask_paired_effect},
    {"paired_effect_size_ci", TWICE, "change in standard deviations, with intervals",
     "Algina & Keselman 2003; Cumming 2012", ask_paired_effect_ci},
    {"cohen_d_independent", TWO_SETS, "difference in pooled standard deviations",
     "Cohen 1988", ask_cohen},
    {"hedges_g_independent", TWO_SETS, "the same, corrected for small samples",
     "Hedges 1981", ask_hedges},
    {"mann_whitney", TWO_SETS, "do two groups differ in rank?", "Mann & Whitney 1947",
     ask_mann_whitney},
    {"median_ci", ONE_SET, "a median with its order-statistic interval", "Thompson 1936",
     ask_median},
    {"quantiles", ONE_SET, "quartiles", "Hyndman & Fan 1996", ask_quantiles},
    {"nct_limits", "t df [conf]", "limits of the noncentrality behind a t", "noncentral t",
     ask_nct_limits},
    {"nist_univariate", ONE_SET, "mean, sd and lag-1 autocorrelation", "NIST StRD",
     ask_univariate},
    {0},
};
// clang-format on
