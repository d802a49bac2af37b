// SPDX-License-Identifier: MIT
#include "pipeline/driver/stat_counts.h"

#include <math.h>

struct stats_table stat_count_table(struct stat_call *call, const char *key)
{
    struct stat_table table = stat_table(call, key);
    long *count = STAT_NEW(call, table.rows * table.cols, long);

    for (size_t i = 0; i < table.rows * table.cols && !stat_stopped(call); i++) {
        double value = table.cell[i];
        if (!(value >= 0 && value <= 9e15 && value == floor(value)))
            stat_misuse(call, "%s: row %zu, column %zu is not a count (0, 1, 2, ...)", key,
                        i / table.cols + 1, i % table.cols + 1);
        else
            count[i] = (long)value;
    }
    return (struct stats_table){count, table.rows, table.cols};
}

struct stats_table stat_flow_table(struct stat_call *call, const char *key)
{
    struct stats_table table = stat_count_table(call, key);

    if (!stat_stopped(call) && table.rows != table.cols)
        stat_misuse(call,
                    "%s has %zu rows and %zu columns; a flow table from initial (rows) to "
                    "latest (columns) has as many of both",
                    key, table.rows, table.cols);
    return table;
}

struct stats_two_groups stat_two_groups(struct stat_call *call)
{
    struct stats_two_groups groups;

    groups.yes1 = stat_count(call, "x1");
    groups.n1 = stat_count(call, "n1");
    groups.yes2 = stat_count(call, "x2");
    groups.n2 = stat_count(call, "n2");
    return groups;
}

struct stats_pairs stat_pairs(struct stat_call *call)
{
    struct stats_pairs pairs;

    pairs.yy = stat_count(call, "yy");
    pairs.yn = stat_count(call, "yn");
    pairs.ny = stat_count(call, "ny");
    pairs.nn = stat_count(call, "nn");
    return pairs;
}

long stat_people(const struct stats_table *table)
{
    long people = 0;

    for (size_t i = 0; i < table->rows * table->cols; i++)
        people += table->count[i];
    return people;
}

const char *stat_share(struct stat_call *call, long yes, long n)
{
    return stat_format(call, "%ld of %ld (%s)", yes, n,
                       stat_percent(call, (double)yes / (double)n));
}

const char *stat_points(struct stat_call *call, double difference)
{
    if (difference == 0) return "no difference";
    return stat_format(call, "%s%s percentage points", difference > 0 ? "+" : "",
                       stat_fixed(call, 100 * difference, 1));
}

const char *stat_ci_points(struct stat_call *call, const struct stats_interval *ci)
{
    return stat_format(call, "%s points", stat_ci(call, 100 * ci->low, 100 * ci->high, 1));
}
