// SPDX-License-Identifier: MIT
/* The methods `reckon stat` knows: one table per family, each in its own file. */
#include "pipeline/driver/stat_priv.h"

extern const struct stat_method stat_scale_methods[];
extern const struct stat_method stat_area_methods[];
extern const struct stat_method stat_time_methods[];
extern const struct stat_method stat_model_methods[];
extern const struct stat_method stat_survival_methods[];

const struct stat_method *const stat_families[] = {
    stat_scale_methods, stat_area_methods,     stat_time_methods,
    stat_model_methods, stat_survival_methods, NULL,
};
