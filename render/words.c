// SPDX-License-Identifier: MIT
#include "render/words.h"

#include <stddef.h>
#include <string.h>

struct word {
    const char *key, *words;
};

static const struct word measures[] = {
    {"count", "Number"},       {"percent", "%"},          {"points", "Points"},
    {"mean", "Mean"},          {"sd", "SD"},              {"median", "Median"},
    {"p", "p"},                {"clients", "Clients"},    {"clients_percent", "% of clients"},
    {"cumulative", "To date"}, {"profile", "Profile"},    {"profile_cumulative", "Profile to date"},
    {"ratio", "Ratio"},        {"sum", "Total"},          {"difference", "Difference"},
    {"slope", "Slope"},        {"d", "Effect size"},      {"target", "Target"},
    {"probability", "Probability (%)"}, {"reach_probability", "Probability at the end (%)"},
    {"expected_total", "Expected at the end"},
    {"longest_run", "Longest run"}, {"crossings", "Crossings of the median"}, {"signal", "Signal"},
    {"gap", "Gap"},            {"actual", "Actual"},      {"shortfall", "Shortfall (%)"},
    {"attainment", "Attained (%)"}, {"days", "Days"},          {"at_risk", "Still waiting"},
    {NULL, NULL},
};

/** Statistical methods, with what they give; stats/BIBLIOGRAPHY.md has their papers. */
static const struct method {
    const char *key, *words, *use;
} methods[] = {
    {"wilson", "Wilson", "interval of a share"},
    {"clopper-pearson", "Clopper-Pearson", "exact interval of a share"},
    {"clopper-pearson-clients", "Clopper-Pearson on clients",
     "interval of a share of records where all or none answer alike"},
    {"jeffreys", "Jeffreys", "interval of a share"},
    {"cluster-logit-t", "allowing for several records of one client",
     "interval of a share of records"},
    {"newcombe", "Newcombe", "interval of a difference between groups"},
    {"newcombe-paired", "Newcombe, paired", "interval of a change in a share"},
    {"tango", "Tango, paired", "interval of a change in a share, few clients"},
    {"mcnemar-midp", "McNemar, mid-p", "test of a change in a share"},
    {"mcnemar-midp-holm", "McNemar, mid-p, Holm's correction",
     "test of a change in each of several answers"},
    {"manski", "Manski bounds", "range of a change if nobody were missing"},
    {"stuart-maxwell", "Stuart-Maxwell", "test of a change in several answers"},
    {"sign-midp", "sign test, mid-p", "test of improved against worse"},
    {"t", "t", "interval of a mean"},
    {"paired-t", "paired t", "interval and test of a change in a score"},
    {"welch", "Welch", "interval and test of a difference between means"},
    {"d-av", "d, average standard deviation", "effect size of a change in a score"},
    {"linear-trend", "linear trend", "trend of means over ordered groups"},
    {"chi-square", "chi-square, uncorrected", "test of a table"},
    {"chi-square-n-1", "chi-square, N-1", "test of a two-by-two table"},
    {"fisher-midp", "Fisher, mid-p", "test of a small two-by-two table"},
    {"fisher-freeman-halton", "Fisher-Freeman-Halton", "test of a small table"},
    {"fisher-freeman-halton-simulated", "Fisher-Freeman-Halton, simulated",
     "test of a small table"},
    {"rao-scott", "Rao-Scott", "test of a table of records"},
    {"cramers-v", "Cram\u00e9r's V, corrected", "strength of association"},
    {"garwood", "Garwood", "interval of a count against a profile"},
    {"anhoej", "run chart, Anh\u00f8j's rules", "is a series of months more than chance"},
    {"beta-posterior", "posterior, Beta(1/2, 1/2) before", "probability that a target is met"},
    {"beta-binomial", "beta-binomial, Beta(1/2, 1/2) before",
     "probability that a target will be met at the end"},
    {"logit", "logistic regression", "what goes with an outcome, others held equal"},
    {"logit-cluster", "logistic regression, clustered",
     "what goes with an outcome of records, others held equal"},
    {"firth", "penalised logistic regression (Firth)",
     "what goes with an outcome, others held equal, few events"},
    {"kaplan-meier", "Kaplan-Meier, log-log interval", "share with an event by a day; median"},
    {"aalen-johansen", "Aalen-Johansen, log-log interval",
     "share with an event by a day when another may come first"},
    {"log-rank", "log-rank", "test of times to an event between groups"},
    {"gray", "Gray", "test of shares with an event between groups"},
    {"binomial-midp", "binomial, mid-p", "test of a share against a target"},
};

static const struct method *find_method(const char *key)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (strcmp(methods[i].key, key) == 0)
            return &methods[i];
    return NULL;
}

static const char *find(const struct word *table, const char *key)
{
    for (; table->key; table++)
        if (strcmp(table->key, key) == 0)
            return table->words;
    return NULL;
}

const char *words_measure(const char *measure)
{
    const char *words = find(measures, measure);

    return words ? words : measure;
}

const char *words_column_head(struct rk_arena *arena, const char *label, const char *measure)
{
    if (strcmp(measure, "percent") == 0)
        return rk_arena_printf(arena, "%s (%%)", label);
    if (strcmp(measure, "points") == 0)
        return rk_arena_printf(arena, "%s (points)", label);
    if (strcmp(measure, "p") == 0)
        return "p";
    return label;
}

const char *words_method(const char *method)
{
    const struct method *found = find_method(method);

    return found ? found->words : method;
}

const char *words_method_use(const char *method)
{
    const struct method *found = find_method(method);

    return found ? found->use : NULL;
}
