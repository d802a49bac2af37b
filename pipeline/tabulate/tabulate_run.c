// SPDX-License-Identifier: MIT
/* `trend: run` of `months`: is it news, or the usual coming and going? */
#include "pipeline/tabulate/tabulate_run.h"

#include "stats/stats_spc.h"

/* With fewer the rules were not studied, and hardly ever fire. */
enum { USEFUL_MONTHS = 10 };
static const char method[] = "anhoej";

struct run {
    struct stats_run_chart chart;
    stats_status status;
    const struct tab_group **middle; /* the months that the median is made of */
    size_t middles;
};

/* The counts next to the median on both sides, which it would give away. */
static void find_middle(struct run *run, const struct tab_group *const *month, size_t months)
{
    double below = -INFINITY, above = INFINITY;

    for (size_t i = 0; i < months; i++) {
        double n = (double)month[i]->n;

        if (n <= run->chart.median && n > below) below = n;
        if (n >= run->chart.median && n < above) above = n;
    }
    for (size_t i = 0; i < months; i++) {
        double n = (double)month[i]->n;

        if (n == below || n == above) run->middle[run->middles++] = month[i];
    }
}

static struct run find_run(struct tab_desk *desk, const struct tab_group *const *month,
                           size_t months)
{
    struct run run = {.middles = 0};
    double *x = RK_ARRAY(desk->scratch, double, months + 1);
    double *work = RK_ARRAY(desk->scratch, double, months + 1);

    run.middle = RK_ARRAY(desk->scratch, const struct tab_group *, months + 1);
    for (size_t i = 0; i < months; i++)
        x[i] = (double)month[i]->n;
    run.status = stats_run_chart(x, months, work, &run.chart);
    if (run.status == STATS_OK) find_middle(&run, month, months);
    return run;
}

void tab_run_tell(struct tab_desk *desk, const struct tab_place *place,
                  const struct tab_group *base, const struct tab_group *const *month,
                  size_t months)
{
    struct run run = find_run(desk, month, months);
    const struct stats_run_chart *chart = &run.chart;
    struct tab_figure median =
        tab_figure("median", UNIT_NUMBER, (double)chart->median, method);
    const struct {
        const char *measure;
        long value;
    } rows[] = {
        {"longest_run",   chart->longest_run  },
        {"longest_max",   chart->longest_max  },
        {"crossings",     chart->crossings    },
        {"crossings_min", chart->crossings_min},
        {"signal",        chart->signal       },
    };

    median.exact = true;
    if (run.status != STATS_OK) median.why = "there is no whole month";
    tab_tell(desk, place, &median, base, run.middle, run.middles);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tab_figure figure =
            tab_figure(rows[i].measure, UNIT_NUMBER, (double)rows[i].value, method);

        figure.exact = true;
        figure.why = median.why;
        if (!figure.why && chart->useful < USEFUL_MONTHS)
            figure.why = "fewer than ten whole months off the median";
        tab_tell(desk, place, &figure, base, NULL, 0);
    }
}
