// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_why.h"

#include <stddef.h>
#include <string.h>

/* What STATS_UNDEFINED means of each method. */
static const struct {
    const char *method, *why;
} reasons[] = {
    {"welch",               "a group has fewer than two scores, or nobody differs in either"     },
    {"linear-trend",        "too few groups or scores for a trend, or nobody differs"            },
    {"paired-t",            "fewer than two people changed, or all by the same amount"           },
    {"d-av",                "fewer than two people have both scores, or nobody differs"          },
    {"stuart-maxwell",      "nobody changed the answer"                                          },
    {"mantel-haenszel",     "no layer has both groups and both answers"                          },
    {"breslow-day-tarone",  "fewer than two layers have both groups and both answers"            },
    {"chi-square",          "fewer than two rows or two columns hold anybody"                    },
    {"cramers-v",           "fewer than two rows or two columns hold anybody"                    },
    {"rao-scott",           "all records are of one client, or too many cells are empty"         },
    {"log-rank",            "fewer than two groups have anybody, or the event happened to nobody"},
    {"gray",                "fewer than two groups have anybody, or the event happened to nobody"},
    {"empirical-bayes",     "nobody, or everybody, in any group"                                 },
    {"garwood",             "nothing was expected"                                               },
};

const char *tab_why(const char *method, stats_status status)
{
    for (size_t i = 0; status == STATS_UNDEFINED && i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(reasons[i].method, method) == 0) return reasons[i].why;
    }
    return status == STATS_EMPTY ? "nobody is in it" : stats_status_text(status);
}
