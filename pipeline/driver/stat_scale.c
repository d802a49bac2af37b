// SPDX-License-Identifier: MIT
/* reckon stat: scales. */
#include "stats/stats_scale.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/base/rk_yaml.h"
#include "pipeline/driver/stat_priv.h"

/* ---- reliable change and cut-off --------------------------------------------------- */

static void ask_reliable_change(struct stat_call *call)
{
    double initial = stat_number(call, "x1"), latest = stat_number(call, "x2");
    double sd = stat_number(call, "sd"), reliability = stat_number(call, "reliability");
    double conf = stat_conf(call);
    const char *scale = stat_text_or(call, "scale", "the scale");
    struct stats_reliable r;

    if (stat_stopped(call)) return;
    stats_status status = stats_reliable_change(initial, latest, sd, reliability, conf, &r);
    if (status == STATS_DOMAIN)
        stat_refuse(call, "needs sd > 0 and a reliability from 0 to below 1");
    else if (status == STATS_UNDEFINED)
        stat_refuse(call, "a reliability of 1 leaves no noise to compare a change with");
    if (!stat_ok(call, status)) return;
    stat_put(call, "sem", r.sem);
    stat_put(call, "s_diff", r.s_diff);
    stat_put(call, "rci", r.rci);
    stat_put(call, "threshold", r.threshold);
    stat_say(call, "%s to %s on %s: %s, which takes %s points.",
             stat_fixed(call, initial, 1), stat_fixed(call, latest, 1), scale,
             stats_scale_change(initial, latest, r.threshold, 1) == STATS_CHANGE_NONE
                 ? "no reliable change"
                 : "a reliable change",
             stat_fixed(call, r.threshold, 1));
}

static void ask_cutoff(struct stat_call *call)
{
    double mean_clinical = stat_number(call, "mean_clin"),
           sd_clinical = stat_number(call, "sd_clin");
    double mean_general = stat_number(call, "mean_norm"),
           sd_general = stat_number(call, "sd_norm");
    double c;

    if (stat_stopped(call) ||
        !stat_ok(call, stats_clinical_cutoff(mean_clinical, sd_clinical, mean_general,
                                             sd_general, &c)))
        return;
    stat_put(call, "c", c);
    stat_say(call, "Scores %s %s are nearer the general population than the clinical one.",
             mean_general > mean_clinical ? "above" : "below", stat_fixed(call, c, 1));
}

/* ---- Cronbach's alpha -------------------------------------------------------------- */

/* items=all, items=all 7 (and there must be 7), items=a,b,c */
static struct stat_words item_names(struct stat_call *call)
{
    const char *items = stat_text(call, "items");
    long wanted = 0;

    if (!items || strncmp(items, "all", 3) != 0 || (items[3] && items[3] != ' '))
        return stat_words(call, "items");
    struct stat_words names = stat_column_names(call);
    if (items[3] && (!rk_text_integer(items + 4, &wanted) || (size_t)wanted != names.n))
        stat_misuse(call, "items=%s, but %s has %zu columns", items,
                    stat_text_or(call, "data", "the file"), names.n);
    return names;
}

/* The columns side by side, one person a row. */
static struct stat_table item_matrix(struct stat_call *call, const struct stat_words *names)
{
    struct stat_column *columns = STAT_NEW(call, names->n, struct stat_column);
    struct stat_column **each = STAT_NEW(call, names->n, struct stat_column *);

    for (size_t k = 0; k < names->n; k++) {
        columns[k] = stat_column_of(call, names->word[k]);
        each[k] = &columns[k];
    }
    stat_complete(call, each, names->n);
    size_t people = stat_stopped(call) || names->n == 0 ? 0 : columns[0].n;
    struct stat_table table = {STAT_NEW(call, people * names->n, double), people, names->n};
    for (size_t i = 0; i < people; i++)
        for (size_t k = 0; k < names->n; k++)
            table.cell[i * names->n + k] = columns[k].value[i];
    return table;
}

static void put_alpha(struct stat_call *call, const double *items, size_t people, size_t k)
{
    struct stats_interval alpha;
    stats_status status = stats_cronbach_alpha(items, people, k, stat_conf(call), &alpha);

    if (status == STATS_DOMAIN)
        stat_refuse(call, "alpha needs at least two items");
    else if (status == STATS_EMPTY)
        stat_refuse(call, "alpha needs at least two people with every item");
    else if (status == STATS_UNDEFINED)
        stat_refuse(call,
                    "everyone has the same total, so there is no variance to share out");
    if (!stat_ok(call, status)) return;
    stat_put(call, "alpha", alpha.estimate);
    stat_put(call, "feldt_lo", alpha.low);
    stat_put(call, "feldt_hi", alpha.high);
    stat_put(call, "n", (double)people);
    stat_put(call, "items", (double)k);
    stat_say(call, "Cronbach's alpha of %zu items is %s (%s; %zu people who answered all).",
             k, stat_fixed(call, alpha.estimate, 2),
             stat_ci(call, alpha.low, alpha.high, 2), people);
}

static void ask_alpha(struct stat_call *call)
{
    struct stat_table table;

    if (stat_has_data(call)) {
        struct stat_words names = item_names(call);
        table = item_matrix(call, &names);
    } else {
        table = stat_table(call, "table");
    }
    if (!stat_stopped(call)) put_alpha(call, table.cell, table.rows, table.cols);
}

/* ---- a published conversion: SWEMWBS ------------------------------------------------ */

struct conversion {
    double *from, *to;
    size_t n;
    long items;
    double low, high;
};

static const char *scale_path(struct stat_call *call, const char *name)
{
    struct rk_run run = {.arena = call->arena, .diag = call->session->diag};
    const char *path = NULL;

    if (rk_run_share(&run, "scales", stat_format(call, "%s.yaml", name), &path) != RK_OK)
        stat_refuse(call, "scales/%s.yaml is not installed", name);
    return stat_stopped(call) ? NULL : path;
}

static bool read_pair(const struct rk_yaml *metric, size_t i, struct conversion *out)
{
    return metric->items[i]->kind == RK_YAML_TEXT &&
           rk_text_number(metric->keys[i]->text, &out->from[i]) &&
           rk_text_number(metric->items[i]->text, &out->to[i]);
}

static void read_conversion(struct stat_call *call, const char *name,
                            struct conversion *out)
{
    const char *path = scale_path(call, name);
    struct rk_yaml *scale = NULL;

    if (!path || rk_yaml_read(call->arena, call->session->diag, path, &scale) != RK_OK) {
        stat_refuse(call, "the scale %s cannot be read", name);
        return;
    }
    const struct rk_yaml *metric = rk_yaml_get(scale, "metric");
    const struct rk_yaml *items = rk_yaml_get(scale, "items");
    const struct rk_yaml *range = rk_yaml_get(scale, "item_range");
    if (!metric || metric->kind != RK_YAML_MAP || !items || items->kind != RK_YAML_LIST ||
        !range || range->kind != RK_YAML_LIST || range->count != 2 ||
        !rk_text_number(range->items[0]->text, &out->low) ||
        !rk_text_number(range->items[1]->text, &out->high)) {
        stat_refuse(call, "%s lacks items, item_range or metric", path);
        return;
    }
    out->items = (long)items->count;
    out->n = metric->count;
    out->from = STAT_NEW(call, out->n, double);
    out->to = STAT_NEW(call, out->n, double);
    for (size_t i = 0; i < out->n; i++)
        if (!read_pair(metric, i, out))
            stat_refuse(call, "%s:%zu: metric is not a number to a number", path,
                        metric->items[i]->line);
}

/* raw=22, or items=3,4,NA,... which must all be there. */
static double raw_score(struct stat_call *call, const struct conversion *scale)
{
    double raw = NAN;

    if (!stat_has(call, "items")) return stat_number(call, "raw");
    struct stat_vector items = stat_numbers(call, "items");
    if (stat_stopped(call)) return NAN;
    if (items.n != (size_t)scale->items) {
        stat_misuse(call, "items has %zu answers, the scale has %ld", items.n,
                    scale->items);
        return NAN;
    }
    stats_status status =
        stats_scale_total(items.value, items.n, scale->low, scale->high, 0, &raw);
    if (status == STATS_DOMAIN)
        stat_refuse(call, "an item is outside %g to %g", scale->low, scale->high);
    else if (status != STATS_OK)
        stat_refuse(call,
                    "an item is missing; there is no published rule for fewer than %ld",
                    scale->items);
    return raw;
}

static void ask_swemwbs(struct stat_call *call)
{
    struct conversion scale = {0};
    double metric = NAN;

    read_conversion(call, "swemwbs", &scale);
    double raw = stat_stopped(call) ? NAN : raw_score(call, &scale);
    if (stat_stopped(call)) return;
    if (stats_scale_convert(raw, scale.from, scale.to, scale.n, &metric) != STATS_OK) {
        stat_refuse(call, "no metric score for a raw score of %g", raw);
        return;
    }
    stat_put(call, "raw", raw);
    stat_put(call, "metric", metric);
    stat_say(call, "A raw SWEMWBS score of %g is %s on the metric scale (7.00 to 35.00).",
             raw, stat_fixed(call, metric, 2));
}

// clang-format off
const struct stat_method stat_scale_methods[] = {
    {"reliable_change", "x1 x2 sd reliability [scale] [conf]",
     "is a change of score more than measurement noise?", "Jacobson & Truax 1991",
     ask_reliable_change},
    {"clinical_cutoff_c", "mean_clin sd_clin mean_norm sd_norm [scale]",
     "score midway between a clinical and a general population", "Jacobson & Truax 1991",
     ask_cutoff},
    {"cronbach_alpha", "data items | table [conf]",
     "do the items of a scale belong together? with Feldt's interval",
     "Cronbach 1951; Feldt 1965", ask_alpha},
    {"swemwbs_metric", "raw | items", "SWEMWBS raw score (7 to 35) to its metric score",
     "Stewart-Brown et al. 2009", ask_swemwbs},
    {0},
};
// clang-format on
