// SPDX-License-Identifier: MIT
/* reckon stat: records within clients, weights, strata. */
#include "stats/stats_survey.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/driver/stat.h"
#include "stats/stats_weight.h"

/* ---- the design -------------------------------------------------------------------- */

/* A design and the columns asked of it, all rows of the file; a row whose answer is missing
 * stays (its cluster counts) but is outside `domain`. */
struct sample {
    struct stats_design design;
    char *domain;
    double *inside; /**< 1 for records of the domain asked for; NULL when all are */
    double *score;  /**< workspace, one per record */
};

static void check_length(struct stat_call *call, const struct stat_column *column, size_t n)
{
    if (!stat_stopped(call) && column->n != n)
        stat_misuse(call, "%s has %zu values where %zu are needed", column->name, column->n,
                    n);
}

/* The codes of a factor of n records, none of them missing. */
static size_t *codes_of(struct stat_call *call, const struct stat_column *column, size_t n)
{
    size_t *code = STAT_NEW(call, n, size_t);

    check_length(call, column, n);
    for (size_t i = 0; i < n && !stat_stopped(call); i++) {
        if (isnan(column->value[i]))
            stat_misuse(call, "%s is missing in row %zu of those asked for", column->name,
                        i + 1);
        else
            code[i] = (size_t)column->value[i];
    }
    return code;
}

static double *whole_column(struct stat_call *call, const char *key, size_t n)
{
    struct stat_column column = stat_column(call, key);

    check_length(call, &column, n);
    for (size_t i = 0; i < n && !stat_stopped(call); i++)
        if (isnan(column.value[i]))
            stat_misuse(call, "%s is missing in row %zu of those asked for", column.name,
                        i + 1);
    return column.value;
}

/* A cluster belongs to one stratum; names used again in another must be made different. */
static void check_nested(struct stat_call *call, const struct stats_design *d)
{
    size_t *home = STAT_NEW(call, d->clusters, size_t);

    for (size_t i = 0; d->cluster && i < d->n && !stat_stopped(call); i++) {
        size_t *mine = &home[d->cluster[i]];
        if (*mine != 0 && *mine != d->stratum[i] + 1)
            stat_misuse(call,
                        "a cluster lies in two strata (row %zu of those asked for): give "
                        "clusters names of their own in each stratum",
                        i + 1);
        *mine = d->stratum[i] + 1;
    }
}

/* Reads cluster, strata, weight and fpc where given, for n rows. */
static struct stats_design read_design(struct stat_call *call, size_t n)
{
    struct stats_design d = {.n = n};

    if (stat_has(call, "cluster")) {
        struct stat_column cluster = stat_factor(call, "cluster");
        d.cluster = codes_of(call, &cluster, n);
        d.clusters = cluster.levels;
    }
    if (stat_has(call, "strata")) {
        struct stat_column stratum = stat_factor(call, "strata");
        d.stratum = codes_of(call, &stratum, n);
        d.strata = stratum.levels;
        check_nested(call, &d);
    }
    if (stat_has(call, "weight")) d.weight = whole_column(call, "weight", n);
    if (stat_has(call, "fpc")) d.fpc = whole_column(call, "fpc", n);
    d.work = STAT_NEW(call, stats_design_work(&d), double);
    return d;
}

/* Which rows have all of these columns. Without na=... a missing one is an error. */
static char *answered(struct stat_call *call, struct stat_column *const columns[],
                      size_t count, size_t n)
{
    char *domain = STAT_NEW(call, n, char);
    size_t missing = 0;

    for (size_t c = 0; c < count; c++)
        if (columns[c]) check_length(call, columns[c], n);
    if (stat_stopped(call)) return domain; /* a column may be empty now */
    for (size_t i = 0; i < n; i++) {
        domain[i] = 1;
        for (size_t c = 0; c < count; c++)
            if (columns[c] && isnan(columns[c]->value[i])) domain[i] = 0;
        missing += !domain[i];
    }
    if (missing > 0 && !stat_has(call, "na"))
        stat_misuse(call, "%zu of %zu rows have a missing value; na=drop_y leaves them out",
                    missing, n);
    return domain;
}

/* design=answered_records_only: clusters without an answer do not count at all. */
static bool answered_only(struct stat_call *call)
{
    const char *design = stat_text_or(call, "design", "all");

    if (strncmp(design, "answered", strlen("answered")) == 0) return true;
    if (strncmp(design, "all", strlen("all")) != 0)
        stat_misuse(call, "design=%s: all or answered_records_only", design);
    return false;
}

/* Forget the records outside the domain and renumber the clusters that are left. */
static void keep_domain(struct stat_call *call, struct sample *s, double *y)
{
    struct stats_design *d = &s->design;
    size_t kept = 0, *code = STAT_NEW(call, d->clusters + 1, size_t), codes = 0;
    size_t *cluster = STAT_NEW(call, d->n, size_t), *stratum = STAT_NEW(call, d->n, size_t);
    double *weight = STAT_NEW(call, d->n, double), *fpc = STAT_NEW(call, d->n, double);

    for (size_t i = 0; i < d->n; i++) {
        if (!s->domain[i]) continue;
        if (d->cluster) {
            size_t *mine = &code[d->cluster[i]];
            if (*mine == 0) *mine = ++codes;
            cluster[kept] = *mine - 1;
        }
        stratum[kept] = d->stratum ? d->stratum[i] : 0;
        weight[kept] = d->weight ? d->weight[i] : 1;
        fpc[kept] = d->fpc ? d->fpc[i] : 0;
        s->domain[kept] = 1;
        if (s->inside) s->inside[kept] = s->inside[i];
        y[kept++] = y[i];
    }
    d->n = kept;
    d->cluster = d->cluster ? cluster : NULL;
    d->clusters = codes;
    d->stratum = d->stratum ? stratum : NULL;
    d->weight = d->weight ? weight : NULL;
    d->fpc = d->fpc ? fpc : NULL;
    d->work = STAT_NEW(call, stats_design_work(d), double);
}

static struct sample read_sample(struct stat_call *call, struct stat_column *y)
{
    *y = stat_column(call, "y");
    struct sample s = {.design = read_design(call, y->n),
                       .score = STAT_NEW(call, y->n, double)};
    struct stat_column *one[] = {y};

    s.domain = answered(call, one, 1, y->n);
    if (stat_has(call, "domain")) {
        struct stat_column inside = stat_column(call, "domain");
        check_length(call, &inside, y->n);
        s.inside = inside.value;
    }
    if (answered_only(call) && !stat_stopped(call)) keep_domain(call, &s, y->value);
    return s;
}

/* ---- proportions and means --------------------------------------------------------- */

/* Mean over the domain. One cluster leaves the estimate and no standard error. */
static bool put_mean(struct stat_call *call, const struct sample *s, const double *y,
                     struct stats_design_mean *m)
{
    if (stat_stopped(call)) return false;
    stats_status status = stats_design_mean(&s->design, y, s->domain, s->score, m);
    if (status == STATS_UNDEFINED)
        stat_say(call, "One cluster (or a stratum of one) says nothing about how clusters "
                       "differ: no standard error.");
    else if (!stat_ok(call, status))
        return false;
    stat_put(call, "est", m->estimate);
    return true;
}

static const struct stats_interval no_interval = {NAN, NAN, NAN};

static void put_limits(struct stat_call *call, const struct stats_interval *ci,
                       const char *suffix)
{
    stat_put_as(call, ci->low, "ci_low%s", suffix);
    stat_put_as(call, ci->high, "ci_high%s", suffix);
}

typedef stats_status (*design_interval)(const struct stats_design_mean *m, double conf,
                                        struct stats_interval *out);

static struct stats_interval
interval_or_none(design_interval interval, const struct stats_design_mean *m, double conf)
{
    struct stats_interval ci = no_interval;

    return interval(m, conf, &ci) ? no_interval : ci;
}

static void put_proportion(struct stat_call *call, const struct sample *s, const double *y)
{
    double conf = stat_conf(call);
    struct stats_design_mean m;

    for (size_t i = 0; i < s->design.n && !stat_stopped(call); i++)
        if (s->domain[i] && y[i] != 0 && y[i] != 1)
            stat_misuse(call, "y must be 1 or 0, or a condition such as improving==Yes");
    if (!put_mean(call, s, y, &m)) return;
    struct stats_interval logit = interval_or_none(stats_cluster_logit, &m, conf);
    struct stats_interval t = interval_or_none(stats_design_t, &m, conf);
    struct stats_interval beta = interval_or_none(stats_cluster_beta, &m, conf);
    struct stats_interval wilson = interval_or_none(stats_cluster_wilson, &m, conf);
    struct stats_interval ratio = interval_or_none(stats_cluster_likelihood, &m, conf);
    stat_put(call, "se_linearised", m.se);
    stat_put(call, "df", isnan(m.se) ? NAN : m.df);
    put_limits(call, &logit, "_logit");
    stat_put(call, "n", m.n);
    stat_put(call, "deff", m.deff);
    stat_put(call, "n_eff", m.n_eff);
    put_limits(call, &t, "_t");
    put_limits(call, &beta, "_beta");
    put_limits(call, &ratio, "_likelihood");
    put_limits(call, &wilson, "_wilson_neff");
    if (isnan(m.se)) return;
    if (m.df < 1)
        stat_say(call, "Too few clusters for an interval.");
    else if (isnan(logit.low))
        stat_say(call, "All answers are alike: use prop_clopper_pearson on the number of "
                       "clients.");
    else
        stat_say(call,
                 "%s of %s records; %s, allowing for records of the same client "
                 "(design effect %s).",
                 stat_percent(call, m.estimate), stat_fixed(call, m.n, 0),
                 stat_ci_percent(call, logit.low, logit.high), stat_fixed(call, m.deff, 2));
    if (m.df >= 1 && m.df < 19)
        stat_say(call, "Fewer than 20 clusters: take the interval with caution.");
}

static void ask_cluster_prop(struct stat_call *call)
{
    struct stat_column y;
    struct sample s = read_sample(call, &y);

    put_proportion(call, &s, y.value);
}

static void ask_cluster_domain(struct stat_call *call)
{
    struct stat_column y;
    struct sample s = read_sample(call, &y);

    (void)stat_text(call, "domain");
    for (size_t i = 0; i < s.design.n && !stat_stopped(call); i++)
        s.domain[i] = s.domain[i] && s.inside[i] == 1;
    put_proportion(call, &s, y.value);
}

static void ask_cluster_wilson(struct stat_call *call)
{
    struct stat_column y;
    struct sample s = read_sample(call, &y);
    double conf = stat_conf(call);
    struct stats_design_mean m;
    struct stats_interval ci;

    if (!put_mean(call, &s, y.value, &m) ||
        !stat_ok(call, stats_cluster_wilson(&m, conf, &ci)))
        return;
    stat_put(call, "deff", m.deff);
    stat_put(call, "n_eff", m.n_eff);
    put_limits(call, &ci, "");
    stat_say(call, "%s; %s (Wilson on %s effective records).",
             stat_percent(call, m.estimate), stat_ci_percent(call, ci.low, ci.high),
             stat_fixed(call, m.n_eff, 0));
}

static void ask_svy_mean(struct stat_call *call)
{
    struct stat_column y;
    struct sample s = read_sample(call, &y);
    double conf = stat_conf(call);
    struct stats_design_mean m;

    if (!put_mean(call, &s, y.value, &m)) return;
    struct stats_interval ci = interval_or_none(stats_design_t, &m, conf);
    stat_put(call, "se", m.se);
    put_limits(call, &ci, "");
    stat_put(call, "df", m.df);
    stat_put(call, "n", m.n);
    stat_put(call, "deff", m.deff);
    stat_say(call, "Mean %s of %s records; %s.", stat_fixed(call, m.estimate, 2),
             stat_fixed(call, m.n, 0), stat_ci(call, ci.low, ci.high, 2));
}

static void ask_svy_ratio(struct stat_call *call)
{
    struct stat_column above = stat_column(call, "num"), below = stat_column(call, "den");
    struct stats_design d = read_design(call, above.n);
    double ratio, se, conf = stat_conf(call);

    check_length(call, &below, above.n);
    if (stat_stopped(call) ||
        !stat_ok(call, stats_design_ratio(&d, above.value, below.value,
                                          STAT_NEW(call, d.n, double), &ratio, &se)))
        return;
    stat_put(call, "est", ratio);
    struct stats_design_mean r = {ratio, se, stats_design_df(&d, NULL), NAN, NAN, NAN};
    struct stats_interval ci = interval_or_none(stats_design_t, &r, conf);
    stat_put(call, "se", se);
    put_limits(call, &ci, "");
    stat_say(call, "Ratio of totals %s (s.e. %s); %s.", stat_fixed(call, ratio, 3),
             stat_fixed(call, se, 3), stat_ci(call, ci.low, ci.high, 3));
}

/* The second group, as named by the data, less the first: Yes - No. */
static void ask_svy_ttest(struct stat_call *call)
{
    struct stat_column y = stat_column(call, "y"),
                       group = stat_factor_of(call, stat_text_or(call, "group", ""));
    struct stat_column *both[] = {&y, &group};
    struct stats_design d = read_design(call, y.n);
    double conf = stat_conf(call);
    struct stats_comparison c;

    if (!stat_stopped(call) && group.levels != 2)
        stat_misuse(call, "%s has %zu groups; the test compares two", group.name,
                    group.levels);
    char *side = answered(call, both, 2, y.n);
    for (size_t i = 0; i < y.n && !stat_stopped(call); i++)
        side[i] = (char)(!side[i] ? 0 : group.value[i] == 1 ? 1 : 2);
    if (stat_stopped(call) ||
        !stat_ok(call, stats_design_ttest(&d, y.value, side, conf,
                                          STAT_NEW(call, d.n, double), &c)))
        return;
    stat_put(call, "diff", c.difference.estimate);
    stat_put(call, "se", c.se);
    stat_put(call, "t", c.test.statistic);
    stat_put(call, "df", c.test.df);
    stat_put(call, "p", c.test.p);
    put_limits(call, &c.difference, "");
    stat_say(call, "%s less %s: %s; %s, %s.", group.label[1], group.label[0],
             stat_fixed(call, c.difference.estimate, 2),
             stat_ci(call, c.difference.low, c.difference.high, 2), stat_p(call, c.test.p));
}

static void ask_sandwich(struct stat_call *call)
{
    struct stat_column y = stat_column(call, "y"), cluster = stat_factor(call, "cluster");
    struct stat_column *both[] = {&y, &cluster};
    struct stats_sandwich s;

    stat_complete(call, both, 2);
    size_t *code = codes_of(call, &cluster, y.n);
    if (stat_stopped(call)) return;
    stats_status status = stats_cluster_sandwich(
        y.value, code, y.n, cluster.levels, STAT_NEW(call, cluster.levels, double), &s);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "one cluster says nothing about how clusters differ");
    if (!stat_ok(call, status)) return;
    stat_put(call, "est", s.mean);
    stat_put(call, "se_CR0", s.cr0);
    stat_put(call, "se_CR0_cadjust", s.cr1);
    stat_put(call, "se_CR1", s.cr1);
}

/* ---- two classifications ----------------------------------------------------------- */

/* Codes renumbered so that every class has a record in the domain. */
static size_t renumber(struct stat_call *call, const struct stat_column *column,
                       const char *domain, size_t *code)
{
    size_t *place = STAT_NEW(call, column->levels + 1, size_t), classes = 0;

    for (size_t i = 0; i < column->n; i++)
        if (domain[i]) place[(size_t)column->value[i]] = 1;
    for (size_t k = 0; k < column->levels; k++)
        if (place[k]) place[k] = ++classes;
    for (size_t i = 0; i < column->n; i++)
        code[i] = domain[i] ? place[(size_t)column->value[i]] - 1 : 0;
    return classes;
}

static void ask_rao_scott(struct stat_call *call)
{
    struct stat_column row = stat_factor(call, "rows"), col = stat_factor(call, "cols");
    struct stat_column *both[] = {&row, &col};
    struct stats_design d = read_design(call, row.n);
    char *domain = answered(call, both, 2, row.n);
    size_t *r = STAT_NEW(call, row.n, size_t), *c = STAT_NEW(call, row.n, size_t);
    struct stats_rao_scott rs;

    if (stat_stopped(call)) return;
    size_t rows = renumber(call, &row, domain, r), cols = renumber(call, &col, domain, c);
    double *work = STAT_NEW(call, stats_rao_scott_work(d.n, rows, cols), double);
    stats_status status = stats_rao_scott(&d, r, c, rows, cols, domain, work, &rs);
    if (status == STATS_UNDEFINED)
        stat_refuse(call,
                    "needs two rows and two columns or more, and two clusters or more in "
                    "every stratum");
    if (!stat_ok(call, status)) return;
    stat_put(call, "F", rs.f);
    stat_put(call, "ndf", rs.df1);
    stat_put(call, "ddf", rs.df2);
    stat_put(call, "p", rs.p);
    stat_put(call, "pearson_naive", rs.pearson);
    stat_say(call,
             "F(%s, %s) = %s, %s (Rao-Scott, allowing for records of the same client).",
             stat_fixed(call, rs.df1, 2), stat_fixed(call, rs.df2, 0),
             stat_fixed(call, rs.f, 2), stat_p(call, rs.p));
}

/* ---- weights ----------------------------------------------------------------------- */

/* E:4421,H:755 or E=4421,H=755, for the classes of a column: every class needs a target. */
static struct stats_margin read_margin(struct stat_call *call, const char *column,
                                       const char *targets, char sign)
{
    struct stat_column group = stat_factor_of(call, column);
    double *target = STAT_NEW(call, group.levels, double);
    struct stats_margin m = {codes_of(call, &group, group.n), group.levels, target};
    const char *at = targets;

    while (at && *at && !stat_stopped(call)) {
        const char *equals = strchr(at, sign), *comma = strchr(at, ',');
        size_t k = 0;
        while (equals && k < group.levels &&
               (strlen(group.label[k]) != (size_t)(equals - at) ||
                strncmp(group.label[k], at, (size_t)(equals - at)) != 0))
            k++;
        if (!equals || k == group.levels || sscanf(equals + 1, "%lf", &target[k]) != 1)
            stat_misuse(call, "targets of %s: write class%cpeople,class%cpeople", column,
                        sign, sign);
        at = comma ? comma + 1 : NULL;
    }
    for (size_t k = 0; k < group.levels && !stat_stopped(call); k++)
        if (!(target[k] > 0))
            stat_misuse(call, "%s: no target for \"%s\"", column, group.label[k]);
    return m;
}

/* The weights of the file, or 1 each, in memory that may be changed. */
static double *start_weights(struct stat_call *call, size_t n)
{
    double *weight = STAT_NEW(call, n, double);
    double *given = stat_has(call, "weight") ? whole_column(call, "weight", n) : NULL;

    for (size_t i = 0; i < n && !stat_stopped(call); i++)
        weight[i] = given ? given[i] : 1;
    return weight;
}

static void ask_poststratified(struct stat_call *call)
{
    struct stat_column y = stat_column(call, "y");
    const char *column = stat_text(call, "poststrata"),
               *targets = stat_text(call, "targets");
    struct stats_design d = read_design(call, y.n);
    double mean, se;

    if (stat_stopped(call)) return;
    struct stats_margin m = read_margin(call, column, targets, ':');
    double *weight = start_weights(call, y.n),
           *work = STAT_NEW(call, 2 * m.classes, double);
    if (stat_stopped(call) || !stat_ok(call, stats_poststratify(&m, y.n, work, weight)))
        return;
    d.weight = weight;
    stats_status status = stats_poststratified_mean(
        &d, &m, y.value, STAT_NEW(call, y.n, double), work, &mean, &se);
    if (status != STATS_UNDEFINED && !stat_ok(call, status)) return;
    stat_put(call, "est", mean);
    stat_put(call, "se", se);
    stat_say(call, "Weighted to the known totals, the mean is %s (s.e. %s).",
             stat_fixed(call, mean, 2), stat_fixed(call, se, 2));
}

/* margins=stype:E=4421,H=755/sch.wide:No=1072,Yes=5122 */
static struct stats_margin *read_margins(struct stat_call *call, size_t *count)
{
    const char *text = stat_text_or(call, "margins", "");
    struct stats_margin *margins = STAT_NEW(call, strlen(text) + 1, struct stats_margin);

    for (*count = 0; *text && !stat_stopped(call);) {
        size_t length = strcspn(text, "/");
        const char *colon = memchr(text, ':', length);
        if (!colon) {
            stat_misuse(call, "margins: write column:class=people,class=people/column:...");
            break;
        }
        margins[(*count)++] = read_margin(
            call, stat_format(call, "%.*s", (int)(colon - text), text),
            stat_format(call, "%.*s", (int)(text + length - colon - 1), colon + 1), '=');
        text += length + (text[length] == '/');
    }
    return margins;
}

/* Weighted means of all columns of numbers, as mean_NAME. */
static void put_means(struct stat_call *call, const double *weight, size_t n)
{
    struct stat_words names = stat_column_names(call);

    for (size_t c = 0; c < names.n; c++) {
        struct stat_column factor = stat_factor_of(call, names.word[c]);
        double sum = 0, weights = 0, value;
        size_t numbers = 0;
        for (size_t k = 0; k < factor.levels; k++)
            numbers += sscanf(factor.label[k], "%lf", &value) == 1;
        if (numbers < factor.levels || factor.n != n) continue;
        struct stat_column column = stat_column_of(call, names.word[c]);
        for (size_t i = 0; i < n; i++) {
            if (isnan(column.value[i])) continue;
            sum += weight[i] * column.value[i];
            weights += weight[i];
        }
        stat_put_as(call, sum / weights, "mean_%s", names.word[c]);
    }
}

static void ask_raking(struct stat_call *call)
{
    size_t count, most = 0;
    struct stats_margin *margins = read_margins(call, &count);
    struct stat_words names = stat_column_names(call);
    double deff, n_eff;

    if (!stat_stopped(call) && count == 0) stat_misuse(call, "margins is empty");
    if (stat_stopped(call) || names.n == 0) return;
    size_t n = stat_factor_of(call, names.word[0]).n;
    double *weight = start_weights(call, n);
    for (size_t a = 0; a < count; a++)
        most = margins[a].classes > most ? margins[a].classes : most;
    if (stat_stopped(call)) return;
    stats_status status =
        stats_rake(margins, count, n, STAT_NEW(call, most, double), weight);
    if (status == STATS_NO_CONVERGENCE)
        stat_refuse(call,
                    "the margins cannot all be met: do their targets have the same sum?");
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "a class has no record to weight: merge it with another");
    if (!stat_ok(call, status) || !stat_ok(call, stats_kish(weight, n, &deff, &n_eff)))
        return;
    stat_put(call, "w_first", weight[0]);
    stat_put(call, "kish_deff", deff);
    stat_put(call, "n_eff", n_eff);
    stat_detail(call, true);
    put_means(call, weight, n);
    stat_say(call,
             "Weighted to %zu margins; %zu records weigh as much as %s with equal weights.",
             count, n, stat_fixed(call, n_eff, 0));
}

#define DESIGN "[data] [cluster] [strata] [weight] [fpc] [conf]"

// clang-format off
const struct stat_method stat_survey_methods[] = {
    {"cluster_prop", "y " DESIGN " [design]", "a share of records that lie within clients",
     "Korn & Graubard 1998, 1999", ask_cluster_prop},
    {"cluster_prop_domain", "y domain " DESIGN " [design]",
     "the same for part of the records, all clients kept", "Korn & Graubard 1999",
     ask_cluster_domain},
    {"cluster_prop_wilson_neff", "y " DESIGN " [design]",
     "the same with Wilson's interval on effective records", "Korn & Graubard 1998",
     ask_cluster_wilson},
    {"cluster_mean_sandwich", "y cluster [data]",
     "standard errors of a mean of clustered records",
     "Liang & Zeger 1986", ask_sandwich},
    {"svy_mean", "y " DESIGN " [design]", "a mean of clustered or weighted records",
     "Korn & Graubard 1999", ask_svy_mean},
    {"svy_ratio", "num den " DESIGN, "ratio of two totals", "Korn & Graubard 1999",
     ask_svy_ratio},
    {"svy_ttest", "y group " DESIGN, "difference of two groups' means",
     "Korn & Graubard 1999", ask_svy_ttest},
    {"rao_scott", "rows cols " DESIGN, "are two answers related, allowing for clusters?",
     "Rao & Scott 1984", ask_rao_scott},
    {"poststratified_mean", "y poststrata targets " DESIGN,
     "a mean weighted to known totals of one margin", "Holt & Smith 1979",
     ask_poststratified},
    {"raking", "margins data [weight]", "weights that meet several known margins",
     "Deming & Stephan 1940; Kish 1965", ask_raking},
    {0},
};
// clang-format on
