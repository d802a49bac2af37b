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
    {"limit95", "95% limits"}, {"limit998", "99.8% limits"}, {"shrunk", "Shrunk (%)"},
    {"overdispersion", "Overdispersion"}, {"groups", "Groups"},
    {"p_adjusted", "p, adjusted"}, {"family_size", "Tests"},
    {"gap", "Gap"},            {"actual", "Actual"},      {"shortfall", "Shortfall (%)"},
    {"homogeneity", "p, layers alike"}, {"threshold", "Reliable from"}, {"effective", "Effective number"},
    {"attainment", "Attained (%)"}, {"days", "Days"},          {"at_risk", "Still waiting"},
    {NULL, NULL},
};

/** Statistical methods, with what they give; stats/BIBLIOGRAPHY.md has their papers. */
static const struct method {
    const char *key, *words, *use, *source;
} methods[] = {
    {"wilson", "Wilson", "interval of a share", "Wilson (1927), JASA 22, 209-212"},
    {"clopper-pearson", "Clopper-Pearson", "exact interval of a share",
     "Clopper & Pearson (1934), Biometrika 26, 404-413"},
    {"clopper-pearson-clients", "Clopper-Pearson on clients",
     "interval of a share of records where all or none answer alike",
     "Korn & Graubard (1998), Surv. Methodol. 24, 193-201"},
    {"jeffreys", "Jeffreys", "interval of a share",
     "Brown, Cai & DasGupta (2001), Stat. Sci. 16, 101-133"},
    {"cluster-logit-t", "allowing for several records of one client",
     "interval of a share of records", "Rao & Scott (1984), Ann. Stat. 12, 46-60; "
     "Korn & Graubard (1998), Surv. Methodol. 24, 193-201"},
    {"cluster-t", "allowing for several records of one client",
     "interval of a mean of records", "Rao & Scott (1984), Ann. Stat. 12, 46-60"},
    {"weighted-logit-t", "weighted", "share of rows that weigh unequally, and its interval",
     "Korn & Graubard (1998), Surv. Methodol. 24, 193-201"},
    {"weighted-t", "weighted", "mean of rows that weigh unequally, and its interval",
     "Rao & Scott (1984), Ann. Stat. 12, 46-60"},
    {"kish", "Kish", "rows of equal weight that say as much",
     "Kish (1965), Survey Sampling, 11.7"},
    {"newcombe", "Newcombe", "interval of a difference between groups",
     "Newcombe (1998), Stat. Med. 17, 873-890, method 10"},
    {"newcombe-paired", "Newcombe, paired", "interval of a change in a share",
     "Newcombe (1998), Stat. Med. 17, 2635-2650, method 10"},
    {"tango", "Tango, paired", "interval of a change in a share, few clients",
     "Tango (1998), Stat. Med. 17, 891-908"},
    {"mcnemar-midp", "McNemar, mid-p", "test of a change in a share",
     "Fagerland, Lydersen & Laake (2013), BMC Med. Res. Methodol. 13, 91"},
    {"mcnemar-midp-holm", "McNemar, mid-p, Holm's correction",
     "test of a change in each of several answers",
     "Fagerland, Lydersen & Laake (2013), BMC Med. Res. Methodol. 13, 91; "
     "Holm (1979), Scand. J. Stat. 6, 65-70"},
    {"fragility", "Fragility", "how few people would undo a change",
     "Walsh et al. (2014), J. Clin. Epidemiol. 67, 622-628, for paired answers"},
    {"manski", "Manski bounds", "range of a change, whoever is missing",
     "Manski (1990), Am. Econ. Rev. 80, 319-323"},
    {"linkage-range", "range over linkage",
     "lowest and highest when records are joined at strict, normal and loose thresholds",
     "Fellegi & Sunter (1969), JASA 64, 1183-1210"},
    {"stuart-maxwell", "Stuart-Maxwell", "test of a change in several answers",
     "Stuart (1955), Biometrika 42, 412-416; "
     "Maxwell (1970), Br. J. Psychiatry 116, 651-655"},
    {"sign-midp", "sign test, mid-p", "test of improved against worse",
     "Dixon & Mood (1946), JASA 41, 557-566"},
    {"t", "t", "interval of a mean", "Student (1908), Biometrika 6, 1-25"},
    {"paired-t", "paired t", "interval and test of a change in a score",
     "Student (1908), Biometrika 6, 1-25"},
    {"welch", "Welch", "interval and test of a difference between means",
     "Welch (1947), Biometrika 34, 28-35"},
    {"d-av", "d, average standard deviation", "effect size of a change in a score",
     "Algina & Keselman (2003), Educ. Psychol. Meas. 63, 537-553"},
    {"jacobson-truax", "Jacobson-Truax", "how large a reliable change is",
     "Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59, 12-19"},
    {"linear-trend", "linear trend", "trend of means over ordered groups",
     "least squares on the order of the groups"},
    {"chi-square", "chi-square, uncorrected", "test of a table",
     "Pearson (1900), Phil. Mag. 50, 157-175"},
    {"chi-square-n-1", "chi-square, N-1", "test of a two-by-two table",
     "Campbell (2007), Stat. Med. 26, 3661-3675"},
    {"fisher-midp", "Fisher, mid-p", "test of a small two-by-two table",
     "Campbell (2007), Stat. Med. 26, 3661-3675; Lancaster (1961), JASA 56, 223-234"},
    {"fisher-freeman-halton", "Fisher-Freeman-Halton", "test of a small table",
     "Freeman & Halton (1951), Biometrika 38, 141-149"},
    {"fisher-freeman-halton-simulated", "Fisher-Freeman-Halton, simulated",
     "test of a small table", "Freeman & Halton (1951), Biometrika 38, 141-149; "
     "Patefield (1981), Appl. Stat. 30, 91-97"},
    {"mantel-haenszel", "Mantel-Haenszel", "test, difference and odds ratio over layers",
     "Mantel & Haenszel (1959), JNCI 22, 719-748; Sato (1989), Biometrics 45, 1323-1324; "
     "Robins, Breslow & Greenland (1986), Biometrics 42, 311-323"},
    {"breslow-day-tarone", "Breslow-Day-Tarone", "do layers share one odds ratio",
     "Tarone (1985), Biometrika 72, 91-95"},
    {"rao-scott", "Rao-Scott", "test of a table of records",
     "Rao & Scott (1984), Ann. Stat. 12, 46-60"},
    {"cramers-v", "Cram\u00e9r's V, corrected", "strength of association",
     "Bergsma (2013), J. Korean Stat. Soc. 42, 323-328"},
    {"garwood", "Garwood", "interval of a count against a profile",
     "Garwood (1936), Biometrika 28, 437-442"},
    {"funnel-exact", "exact binomial limits", "where shares of groups lie by chance",
     "Spiegelhalter (2005), Stat. Med. 24, 1185-1202"},
    {"funnel-overdispersed", "normal limits, allowing for overdispersion",
     "where shares of groups lie by chance",
     "Spiegelhalter (2005), Stat. Med. 24, 1185-1202"},
    {"empirical-bayes", "empirical Bayes", "share of a group, shrunk towards that of all",
     "Marshall (1991), Appl. Stat. 40, 283-294"},
    {"winsorised-z", "mean squared z, winsorised", "overdispersion between groups",
     "Spiegelhalter (2005), Stat. Med. 24, 1185-1202"},
    {"anhoej", "run chart, Anh\u00f8j's rules", "is a series of months more than chance",
     "Anh\u00f8j & Olesen (2014), PLoS ONE 9, e113825"},
    {"holm", "Holm", "tests of a family, adjusted",
     "Holm (1979), Scand. J. Stat. 6, 65-70"},
    {"bh", "Benjamini-Hochberg", "tests of a family, false discoveries",
     "Benjamini & Hochberg (1995), JRSS B 57, 289-300"},
    {"beta-posterior", "posterior, Beta(1/2, 1/2) before",
     "probability that a target is met",
     "Gelman et al. (2013), Bayesian Data Analysis, 2.4"},
    {"beta-binomial", "beta-binomial, Beta(1/2, 1/2) before",
     "probability that a target will be met at the end",
     "Gelman et al. (2013), Bayesian Data Analysis, 2.4"},
    {"logit", "logistic regression", "what goes with an outcome, others held equal",
     "McCullagh & Nelder (1989), Generalized Linear Models, ch. 4; "
     "Bartus (2005), Stata J. 5, 309-329"},
    {"logit-cluster", "logistic regression, clustered",
     "what goes with an outcome of records, others held equal",
     "McCullagh & Nelder (1989), Generalized Linear Models, ch. 4; "
     "Liang & Zeger (1986), Biometrika 73, 13-22"},
    {"firth", "penalised logistic regression (Firth)",
     "what goes with an outcome, others held equal, few events",
     "Firth (1993), Biometrika 80, 27-38; "
     "Heinze & Schemper (2002), Stat. Med. 21, 2409-2419"},
    {"kaplan-meier", "Kaplan-Meier, log-log interval",
     "share with an event by a day; median", "Kaplan & Meier (1958), JASA 53, 457-481; "
     "Borgan & Liest\u00f8l (1990), Scand. J. Stat. 17, 35-41"},
    {"aalen-johansen", "Aalen-Johansen, log-log interval",
     "share with an event by a day when another may come first",
     "Aalen & Johansen (1978), Scand. J. Stat. 5, 141-150"},
    {"log-rank", "log-rank", "test of times to an event between groups",
     "Peto & Peto (1972), JRSS A 135, 185-207"},
    {"gray", "Gray", "test of shares with an event between groups",
     "Gray (1988), Ann. Stat. 16, 1141-1154"},
    {"binomial-midp", "binomial, mid-p", "test of a share against a target",
     "Lancaster (1961), JASA 56, 223-234"},
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

const char *words_method_source(const char *method)
{
    const struct method *found = find_method(method);

    return found ? found->source : NULL;
}
