// SPDX-License-Identifier: MIT
/* reckon stat: the same people twice, by ranks; many p-values at once. */
#include "stats/stats_rank.h"

#include <math.h>

#include "pipeline/driver/stat.h"
#include "stats/stats_multiple.h"
#include "stats/stats_num.h"

/* ---- changes ----------------------------------------------------------------------- */

struct changes {
    double *exact; /**< rounded so that equal changes are equal */
    double *raw;   /**< left to binary fractions: what goes wrong without */
    size_t n;
};

static struct changes read_changes(struct stat_call *call)
{
    struct stat_column a = stat_column(call, "initial"), b = stat_column(call, "latest");
    struct stat_column *both[] = {&a, &b};

    stat_complete(call, both, 2);
    struct changes c = {STAT_NEW(call, a.n, double), STAT_NEW(call, a.n, double), a.n};
    if (stat_stopped(call)) return c;
    if (a.n == 0) stat_refuse(call, "nobody has both scores");
    for (size_t i = 0; i < a.n; i++) {
        c.exact[i] = stats_rounded_difference(b.value[i], a.value[i]);
        c.raw[i] = b.value[i] - a.value[i];
    }
    return c;
}

static bool signed_rank(struct stat_call *call, const double *change, size_t n,
                        struct stats_signed_rank *out)
{
    return stat_ok(call, stats_signed_rank(change, n, STAT_NEW(call, n, size_t),
                                           STAT_NEW(call, 2 * n, double), out));
}

static void ask_signed_rank(struct stat_call *call)
{
    struct changes c = read_changes(call);
    struct stats_signed_rank w, raw;

    (void)stat_conf(call);
    if (stat_stopped(call) || !signed_rank(call, c.exact, c.n, &w) ||
        !signed_rank(call, c.raw, c.n, &raw))
        return;
    stat_put(call, "n", (double)w.n);
    stat_put(call, "n_zero", (double)w.zeros);
    stat_put(call, "W_plus", w.w_plus);
    stat_put(call, "p_exact_permutation", w.p_exact);
    stat_put(call, "p_normal_nocc", w.p_normal);
    stat_put(call, "p_pratt_normal", w.p_pratt);
    stat_put(call, "p_normal_cc", w.p_normal_cc);
    stat_detail(call, true);
    stat_put(call, "W_plus_if_ties_broken_by_float_WRONG", raw.w_plus);
    if (w.zeros == w.n)
        stat_say(call, "Nobody changed.");
    else
        stat_say(call, "%ld of %ld changed; %s (Wilcoxon signed rank, %s).", w.n - w.zeros,
                 w.n, stat_p(call, w.p), isnan(w.p_exact) ? "normal" : "exact");
}

static bool hodges_lehmann(struct stat_call *call, struct changes *c,
                           struct stats_hodges_lehmann *out)
{
    *c = read_changes(call);
    double conf = stat_conf(call);
    double *work = STAT_NEW(call, stats_hodges_lehmann_work(c->n), double);

    return !stat_stopped(call) &&
           stat_ok(call, stats_hodges_lehmann(c->exact, c->n, conf, work, out));
}

static void say_shift(struct stat_call *call, const struct changes *c,
                      const struct stats_hodges_lehmann *h)
{
    if (c->n < 6)
        stat_say(call, "Typical change %s in %zu people; too few for an interval.",
                 stat_fixed(call, h->shift.estimate, 2), c->n);
    else
        stat_say(call, "Typical change %s in %zu people (Hodges-Lehmann); %s.",
                 stat_fixed(call, h->shift.estimate, 2), c->n,
                 stat_ci(call, h->shift.low, h->shift.high, 2));
}

static void ask_hodges_lehmann(struct stat_call *call)
{
    struct changes c;
    struct stats_hodges_lehmann h;

    if (!hodges_lehmann(call, &c, &h)) return;
    stat_put(call, "est_all_differences", h.shift.estimate);
    stat_put(call, "ci_low", h.shift.low);
    stat_put(call, "ci_high", h.shift.high);
    stat_put(call, "k", (double)h.k);
    stat_put(call, "achieved", c.n < 6 ? NAN : h.achieved);
    say_shift(call, &c, &h);
}

/* The classical example, with the test beside the estimate. */
static void ask_hollander(struct stat_call *call)
{
    struct changes c;
    struct stats_hodges_lehmann h;
    struct stats_signed_rank w;
    double conf = stat_conf(call);

    if (!hodges_lehmann(call, &c, &h) || !signed_rank(call, c.exact, c.n, &w)) return;
    stat_put(call, "n", (double)c.n);
    stat_put(call, "W_plus", w.w_plus);
    stat_put(call, "W_minus",
             (double)(w.n - w.zeros) * (double)(w.n - w.zeros + 1) / 2 - w.w_plus);
    stat_put(call, "p_exact", w.p_exact);
    stat_put(call, "est", h.shift.estimate);
    stat_put(call, "ci_low", h.shift.low);
    stat_put(call, "ci_high", h.shift.high);
    stat_put(call, "ci_achieved_conf", fmin(conf, h.achieved));
    stat_put(call, "achieved", h.achieved);
    say_shift(call, &c, &h);
}

/* ---- many p-values ----------------------------------------------------------------- */

static void put_adjusted(struct stat_call *call, enum stats_adjustment how,
                         const char *name)
{
    struct stat_vector p = stat_numbers(call, "p");
    double *adjusted = STAT_NEW(call, p.n, double);

    if (stat_stopped(call)) return;
    stats_status status =
        stats_adjust(p.value, p.n, how, STAT_NEW(call, p.n, size_t), adjusted);
    if (status == STATS_DOMAIN) stat_refuse(call, "a p-value lies between 0 and 1");
    if (!stat_ok(call, status)) return;
    for (size_t i = 0; i < p.n; i++)
        stat_put_as(call, adjusted[i], "adj%zu", i + 1);
    stat_say(call, "Adjusted for a family of %zu (%s).", stats_family(p.value, p.n), name);
}

static void ask_holm(struct stat_call *call)
{
    put_adjusted(call, STATS_HOLM, "Holm");
}

static void ask_bh(struct stat_call *call)
{
    put_adjusted(call, STATS_BH, "Benjamini-Hochberg");
}

static void ask_hochberg(struct stat_call *call)
{
    put_adjusted(call, STATS_HOCHBERG, "Hochberg");
}

static void ask_bonferroni(struct stat_call *call)
{
    put_adjusted(call, STATS_BONFERRONI, "Bonferroni");
}

// clang-format off
const struct stat_method stat_rank_methods[] = {
    {"wilcoxon_signed_rank", "initial latest [data] [conf]",
     "did scores change, by signed ranks?", "Wilcoxon 1945; Pratt 1959", ask_signed_rank},
    {"hodges_lehmann_paired", "initial latest [data] [conf]",
     "typical change, with zeros kept, and its interval", "Hodges & Lehmann 1963",
     ask_hodges_lehmann},
    {"hollander_wolfe_depression", "initial latest [data] [conf]",
     "signed-rank test, typical change and interval in one",
     "Hollander & Wolfe 1973; Hodges & Lehmann 1963", ask_hollander},
    {"padjust_holm", "p", "p-values of a declared family (the default)", "Holm 1979",
     ask_holm},
    {"padjust_bh", "p", "p-values of a screening, by false discovery rate",
     "Benjamini & Hochberg 1995", ask_bh},
    {"padjust_hochberg", "p", "p-values of independent tests", "Hochberg 1988",
     ask_hochberg},
    {"padjust_bonferroni", "p", "p-values times their number", "Bonferroni",
     ask_bonferroni},
    {0},
};
// clang-format on
