// SPDX-License-Identifier: MIT
#include "stats/stats_types.h"

#include <gsl/gsl_errno.h>

const char *stats_status_text(stats_status status)
{
    switch (status) {
    case STATS_OK:
        return "computed";
    case STATS_EMPTY:
        return "no data";
    case STATS_DOMAIN:
        return "the numbers given cannot occur together";
    case STATS_UNDEFINED:
        return "the quantity does not exist for these data";
    case STATS_NO_CONVERGENCE:
        return "the calculation did not settle on a value";
    case STATS_TOO_BIG:
        return "the data are too many for this calculation";
    }
    return "unknown reason";
}

void stats_start(void)
{
    gsl_set_error_handler_off();
}
