// SPDX-License-Identifier: MIT
/* The methods `reckon stat` knows: one table per family, each in its own file. */
#include "pipeline/driver/stat_priv.h"

const struct stat_method *const stat_families[] = {
    NULL,
};
