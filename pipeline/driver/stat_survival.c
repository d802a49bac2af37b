// SPDX-License-Identifier: MIT
/* reckon stat: time to an event. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/stat_priv.h"
#include "stats/stats_competing.h"
#include "stats/stats_num.h"

/* ---- who was followed, how long, to what end ----------------------------------------- */

struct followed {
    struct stats_subject *subject;
    size_t n;
    struct stat_column group; /* levels 0 if none is asked for */
    struct stat_words causes; /* labels of events 1, 2, ...; empty if plain numbers */
    int most;                 /* the largest event number */
};

/* event=ev(0=censored,1=job,2=left): the cell's value to its number; 0 is what is called
 * censored, the others count on in the order written. */
static struct stat_column coded_event(struct stat_call *call, const char *text,
                                      const char *open, struct stat_words *causes)
{
    char *name = rk_arena_copy_n(call->arena, text, (size_t)(open - text));
    char *list = rk_arena_copy(call->arena, open + 1), *end = strrchr(list, ')');
    if (end) *end = '\0';
    struct stat_words codes = stat_split(call, list, ',');
    struct stat_column column = stat_factor_of(call, rk_text_trim(name));
    double *number = STAT_NEW(call, column.levels, double);

    *causes = (struct stat_words){STAT_NEW(call, codes.n, const char *), 0};
    for (size_t k = 0; k < column.levels; k++)
        number[k] = NAN;
    for (size_t c = 0; c < codes.n; c++) {
        char *value = rk_arena_copy(call->arena, codes.word[c]),
             *label = strchr(value, '=');
        if (label) *label++ = '\0';
        bool censored = label && strcmp(label, "censored") == 0;
        if (!censored) causes->word[causes->n++] = label ? label : value;
        for (size_t k = 0; k < column.levels; k++)
            if (strcmp(column.label[k], value) == 0)
                number[k] = censored ? 0 : (double)causes->n;
    }
    for (size_t i = 0; i < column.n; i++)
        column.value[i] = isnan(column.value[i]) ? NAN : number[(size_t)column.value[i]];
    column.levels = 0;
    return column;
}

static struct stat_column read_event(struct stat_call *call, struct stat_words *causes)
{
    const char *text = stat_text_or(call, "event", ""), *open = strchr(text, '(');

    *causes = (struct stat_words){NULL, 0};
    if (open && stat_has_data(call)) return coded_event(call, text, open, causes);
    return stat_column(call, "event");
}

static void check_events(struct stat_call *call, const struct stat_column *event, int most)
{
    for (size_t i = 0; i < event->n && !stat_stopped(call); i++) {
        double e = event->value[i];
        if (!(e >= 0 && e <= most) || e != floor(e))
            stat_misuse(
                call, "event has a value other than 0 (still waiting) to %d; %s", most,
                most == 1 ? "write it as event=STATUS==VALUE" : "number the events");
    }
}

static struct followed read_followed(struct stat_call *call, bool with_group, int most)
{
    struct followed f = {0};
    struct stat_column time = stat_column(call, "time"),
                       event = read_event(call, &f.causes);
    struct stat_column *columns[] = {&time, &event, NULL};

    if (with_group) {
        f.group = stat_factor(call, "group");
        columns[2] = &f.group;
    }
    if (!stat_stopped(call)) stat_complete(call, columns, 3);
    check_events(call, &event, most);
    if (stat_stopped(call)) return f;
    f.n = time.n;
    f.subject = STAT_NEW(call, f.n, struct stats_subject);
    for (size_t i = 0; i < f.n; i++) {
        f.subject[i] = (struct stats_subject){time.value[i], (int)event.value[i],
                                              with_group ? (int)f.group.value[i] : 0};
        f.most = f.subject[i].event > f.most ? f.subject[i].event : f.most;
    }
    return f;
}

struct life {
    struct stats_life *row;
    size_t n;
};

static struct life life_table(struct stat_call *call, struct followed *f, int cause)
{
    struct life life = {STAT_NEW(call, f->n, struct stats_life), 0};
    stats_status status = stats_life_table(f->subject, f->n, cause, life.row, &life.n);

    if (status == STATS_DOMAIN) stat_refuse(call, "a time is negative");
    stat_ok(call, status);
    return life;
}

/* ---- at which times ------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t unique(double *x, size_t n)
{
    size_t kept = 0;
    qsort(x, n, sizeof *x, ascending);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || x[i] != x[kept - 1]) x[kept++] = x[i];
    return kept;
}

/* Round times people ask about, whatever the unit: years in days, tens, sixes (months). */
static size_t round_times(double last, double *out)
{
    static const double steps[] = {365, 10, 6};
    size_t n = 0;

    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
        for (double t = steps[s]; t <= last && n < 1000; t += steps[s])
            out[n++] = t;
    return n;
}

/* at=180,365; otherwise every time in the data and the round ones between, as detail. */
static struct stat_vector times_asked(struct stat_call *call, const struct life *life)
{
    if (stat_has(call, "at")) return stat_numbers(call, "at");

    double last = life->n ? life->row[life->n - 1].time : 0;
    struct stat_vector times = {STAT_NEW(call, life->n + 1000, double), life->n};
    for (size_t i = 0; i < life->n; i++)
        times.value[i] = life->row[i].time;
    times.n += round_times(last, times.value + times.n);
    times.n = unique(times.value, times.n);
    return times;
}

static void put_at(struct stat_call *call, const char *name, double t, double value)
{
    char text[32];
    stat_put_as(call, value, "%s_t%s", name, rk_text_double(text, t));
}

/* ---- Kaplan-Meier -------------------------------------------------------------------- */

static const struct {
    enum stats_survival_scale scale;
    const char *low, *high, *median_low, *median_high;
} scales[] = {
    {STATS_LOG_LOG, "lo_loglog", "hi_loglog", "median_lo_loglog", "median_hi_loglog"},
    {STATS_LOG,     "lo_log",    "hi_log",    "median_lo_log",    "median_hi_log"   },
    {STATS_PLAIN,   "lo_plain",  "hi_plain",  "median_lo_plain",  "median_hi_plain" },
};
enum { N_SCALES = sizeof scales / sizeof *scales };

static void put_curve(struct stat_call *call, const struct life *life, double t,
                      double conf)
{
    struct stats_survival at = stats_survival_at(life->row, life->n, t);

    put_at(call, "S", t, at.survival);
    put_at(call, "se", t, at.se);
    put_at(call, "nrisk", t, (double)at.at_risk);
    for (size_t s = 0; s < N_SCALES; s++) {
        struct stats_interval ci =
            stats_survival_interval(at.survival, at.greenwood, conf, scales[s].scale);
        put_at(call, scales[s].low, t, ci.low);
        put_at(call, scales[s].high, t, ci.high);
    }
    if (stat_has(call, "at")) {
        struct stats_interval ci =
            stats_survival_interval(at.survival, at.greenwood, conf, STATS_LOG_LOG);
        stat_say(call, "Still waiting after %s: %s (%s; %zu at risk).",
                 stat_fixed(call, t, 0), stat_percent(call, at.survival),
                 isnan(ci.low) ? "no interval" : stat_ci_percent(call, ci.low, ci.high),
                 at.at_risk);
    }
}

static const char *or_not_reached(struct stat_call *call, double time)
{
    return isnan(time) ? "not reached" : stat_fixed(call, time, 1);
}

static void put_medians(struct stat_call *call, const struct life *life, double conf)
{
    for (size_t s = 0; s < N_SCALES; s++) {
        struct stats_interval median =
            stats_survival_median(life->row, life->n, conf, scales[s].scale);
        stat_detail(call, s > 0);
        if (s == 0) {
            stat_put(call, "median", median.estimate);
            if (isnan(median.estimate))
                stat_say(call,
                         "Fewer than half had the event in the time they were followed.");
            else
                stat_say(call, "Half had had it after %s (%s%% CI %s to %s).",
                         stat_fixed(call, median.estimate, 1),
                         stat_fixed(call, 100 * conf, 0), or_not_reached(call, median.low),
                         or_not_reached(call, median.high));
        }
        stat_put(call, scales[s].median_low, median.low);
        stat_put(call, scales[s].median_high, median.high);
    }
    stat_detail(call, false);
}

static size_t count_events(const struct followed *f, int cause)
{
    size_t events = 0;
    for (size_t i = 0; i < f->n; i++)
        events += cause ? f->subject[i].event == cause : f->subject[i].event != 0;
    return events;
}

static void ask_kaplan_meier(struct stat_call *call)
{
    struct followed f = read_followed(call, false, 1);
    double conf = stat_conf(call);

    if (stat_stopped(call)) return;
    struct life life = life_table(call, &f, 1);
    struct stat_vector times = times_asked(call, &life);
    if (stat_stopped(call)) return;
    stat_put(call, "n", (double)f.n);
    stat_put(call, "events", (double)count_events(&f, 0));
    stat_say(call,
             "%zu people, %zu of whom had the event; the others are still waiting or were "
             "followed no further.",
             f.n, count_events(&f, 0));
    put_medians(call, &life, conf);
    stat_detail(call, !stat_has(call, "at"));
    for (size_t i = 0; i < times.n; i++)
        put_curve(call, &life, times.value[i], conf);
}

static void ask_rmst(struct stat_call *call)
{
    struct followed f = read_followed(call, false, 1);
    double tau = stat_number(call, "tau"), conf = stat_conf(call), se;
    struct stats_interval mean;

    if (stat_stopped(call)) return;
    struct life life = life_table(call, &f, 1);
    if (stat_stopped(call)) return;
    stats_status status = stats_restricted_mean(life.row, life.n, tau, conf, &se, &mean);
    if (status == STATS_UNDEFINED)
        stat_refuse(call, "nobody was followed as long as tau=%g; the longest was %g", tau,
                    life.row[life.n - 1].time);
    if (!stat_ok(call, status)) return;
    stat_put(call, "rmst", mean.estimate);
    stat_put(call, "se", se);
    stat_put(call, "lo", mean.low);
    stat_put(call, "hi", mean.high);
    stat_put(call, "n", (double)f.n);
    stat_say(call, "Within the first %s, people waited %s on average (%s; n = %zu).",
             stat_fixed(call, tau, 0), stat_fixed(call, mean.estimate, 1),
             stat_ci(call, mean.low, mean.high, 1), f.n);
}

/* ---- groups -------------------------------------------------------------------------- */

static void compare(struct stat_call *call, double rho)
{
    struct followed f = read_followed(call, true, 1);
    size_t groups = f.group.levels;
    struct stats_test test;

    if (stat_stopped(call)) return;
    double *observed = STAT_NEW(call, groups, double),
           *expected = STAT_NEW(call, groups, double);
    long double *work = STAT_NEW(call, stats_logrank_workspace(groups), long double);
    stats_status status =
        stats_logrank(f.subject, f.n, groups, rho, work, observed, expected, &test);
    if (status == STATS_UNDEFINED)
        stat_refuse(call,
                    "fewer than two groups had anyone at risk when an event happened");
    if (!stat_ok(call, status)) return;
    for (size_t g = 0; g < groups; g++)
        stat_put_as(call, observed[g], "obs%zu", g + 1);
    for (size_t g = 0; g < groups; g++)
        stat_put_as(call, expected[g], "exp%zu", g + 1);
    stat_put(call, "chisq", test.statistic);
    stat_put(call, "df", test.df);
    stat_put(call, "p", test.p);
    for (size_t g = 0; g < groups; g++)
        stat_say(call, "%s: %s events, %s expected if the groups were alike.",
                 f.group.label[g], stat_fixed(call, observed[g], rho == 0 ? 0 : 1),
                 stat_fixed(call, expected[g], 1));
    stat_say(call, "%s, %s.",
             test.p < 0.05 ? "The groups' times differ"
                           : "No clear difference between the groups",
             stat_p(call, test.p));
}

static void ask_logrank(struct stat_call *call)
{
    compare(call, 0);
}

static void ask_peto(struct stat_call *call)
{
    compare(call, stat_number_or(call, "rho", 1));
}

/* ---- competing events ---------------------------------------------------------------- */

static const char *cause_name(struct stat_call *call, const struct followed *f, int cause)
{
    return (size_t)cause <= f->causes.n ? f->causes.word[cause - 1]
                                        : stat_format(call, "event %d", cause);
}

static void put_incidence(struct stat_call *call, const struct followed *f,
                          const struct life *life, int cause, double t)
{
    struct stats_incidence at = stats_incidence_at(life->row, life->n, t);

    put_at(call, stat_format(call, "cif%d", cause), t, at.incidence);
    put_at(call, stat_format(call, "se_infjack%d", cause), t, at.se);
    put_at(call, stat_format(call, "se_aalen%d", cause), t, at.se_aalen);
    if (stat_has(call, "at"))
        stat_say(call, "%s by %s: %s (standard error %s).", cause_name(call, f, cause),
                 stat_fixed(call, t, 0), stat_percent(call, at.incidence),
                 stat_percent(call, at.se));
}

/* One minus Kaplan-Meier with the other events as if people were still waiting: what the
 * name says, kept to show by how much it overstates. */
static void put_naive(struct stat_call *call, const struct followed *f,
                      const struct stat_vector *times)
{
    struct followed naive = *f;

    naive.subject = STAT_NEW(call, f->n, struct stats_subject);
    for (size_t i = 0; i < f->n; i++) {
        naive.subject[i] = f->subject[i];
        naive.subject[i].event = f->subject[i].event == 1;
    }
    struct life life = life_table(call, &naive, 1);
    for (size_t i = 0; i < times->n; i++)
        put_at(call, "one_minus_km_WRONG", times->value[i],
               1 - stats_survival_at(life.row, life.n, times->value[i]).survival);
}

static void ask_aalen_johansen(struct stat_call *call)
{
    struct followed f = read_followed(call, false, 99);
    struct stat_vector times = {NULL, 0};
    int causes = (int)f.causes.n > f.most ? (int)f.causes.n : f.most;

    if (stat_stopped(call)) return;
    stat_put(call, "n", (double)f.n);
    for (int cause = 1; cause <= causes && !stat_stopped(call); cause++) {
        struct life life = life_table(call, &f, cause);
        if (cause == 1) times = times_asked(call, &life);
        size_t events = count_events(&f, cause);
        stat_put_as(call, (double)events, "events%d", cause);
        stat_say(call,
                 "%s: %zu of %zu so far; %s by the end of follow-up, allowing for the "
                 "others.",
                 cause_name(call, &f, cause), events, f.n,
                 stat_percent(call, life.n ? life.row[life.n - 1].incidence : NAN));
        stat_detail(call, !stat_has(call, "at"));
        for (size_t i = 0; i < times.n && !stat_stopped(call); i++)
            put_incidence(call, &f, &life, cause, times.value[i]);
        stat_detail(call, false);
    }
    stat_detail(call, true);
    if (!stat_stopped(call)) put_naive(call, &f, &times);
    stat_detail(call, false);
}

static void ask_gray(struct stat_call *call)
{
    struct followed f = read_followed(call, true, 99);
    size_t groups = f.group.levels;

    if (stat_stopped(call)) return;
    long double *work = STAT_NEW(call, stats_gray_workspace(groups), long double);
    for (int cause = 1; cause <= f.most; cause++) {
        struct stats_test test;
        stats_status status = stats_gray(f.subject, f.n, groups, cause, work, &test);
        if (status == STATS_UNDEFINED)
            stat_refuse(call, "too few groups or events to compare");
        if (!stat_ok(call, status)) return;
        stat_put_as(call, test.statistic, "chisq%d", cause);
        stat_put_as(call, test.df, "df%d", cause);
        stat_put_as(call, test.p, "p%d", cause);
        stat_say(call, "%s: %s, %s.", cause_name(call, &f, cause),
                 test.p < 0.05 ? "the groups differ"
                               : "no clear difference between the groups",
                 stat_p(call, test.p));
    }
}

// clang-format off
const struct stat_method stat_survival_methods[] = {
    {"kaplan_meier", "data time event | time event [at] [conf]",
     "share still waiting over time, with the median wait",
     "Kaplan & Meier 1958; Brookmeyer & Crowley 1982", ask_kaplan_meier},
    {"rmst", "data time event | time event tau [conf]",
     "average wait within the first tau (restricted mean)", "Royston & Parmar 2013",
     ask_rmst},
    {"logrank", "data time event group | time event group",
     "do groups differ in how long they wait?", "Peto & Peto 1972", ask_logrank},
    {"peto_peto", "data time event group | time event group [rho]",
     "the same, early differences weighing more",
     "Peto & Peto 1972; Harrington & Fleming 1982", ask_peto},
    {"aalen_johansen", "data time event | time event [at]",
     "share who have had an event when another may come first",
     "Aalen & Johansen 1978; Dinse & Larson 1986", ask_aalen_johansen},
    {"gray_test", "data time event group | time event group",
     "do groups differ in an event when another may come first?", "Gray 1988", ask_gray},
    {0},
};
// clang-format on
