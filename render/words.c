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
    {"gap", "Gap"},            {"actual", "Actual"},      {"shortfall", "Shortfall (%)"},
    {"attainment", "Attained (%)"}, {NULL, NULL},
};

static const struct word methods[] = {
    {"wilson", "Wilson"},
    {"clopper-pearson", "Clopper-Pearson"},
    {"jeffreys", "Jeffreys"},
    {"newcombe", "Newcombe"},
    {"newcombe-paired", "Newcombe, paired"},
    {"tango", "Tango, paired"},
    {"t", "t"},
    {"paired-t", "paired t"},
    {"welch", "Welch"},
    {"cluster-logit-t", "allowing for several records of one client"},
    {"cluster-t", "allowing for several records of one client"},
    {"garwood", "Garwood"},
    {NULL, NULL},
};

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
    const char *words = find(methods, method);

    return words ? words : method;
}

const char *words_use(enum cell_unit unit)
{
    switch (unit) {
    case UNIT_PERCENT:
        return "shares";
    case UNIT_POINTS:
        return "differences between shares";
    case UNIT_SCORE:
    case UNIT_YEARS:
    case UNIT_DAYS:
        return "scores and their differences";
    case UNIT_RATIO:
        return "ratios";
    case UNIT_P:
        return "tests";
    case UNIT_CLIENTS:
    case UNIT_RECORDS:
    case UNIT_NUMBER:
        break;
    }
    return NULL;
}
