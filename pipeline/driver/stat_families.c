// SPDX-License-Identifier: MIT
/* The methods `reckon stat` knows: one table per family, each in its own file. */
#include "pipeline/driver/stat_priv.h"

extern const struct stat_method stat_area_methods[];
extern const struct stat_method stat_cross_methods[];
extern const struct stat_method stat_diff_methods[];
extern const struct stat_method stat_groups_methods[];
extern const struct stat_method stat_mask_methods[];
extern const struct stat_method stat_mean_methods[];
extern const struct stat_method stat_models_methods[];
extern const struct stat_method stat_months_methods[];
extern const struct stat_method stat_paired_methods[];
extern const struct stat_method stat_prop_methods[];
extern const struct stat_method stat_rank_methods[];
extern const struct stat_method stat_scale_methods[];
extern const struct stat_method stat_survey_methods[];
extern const struct stat_method stat_survival_methods[];

const struct stat_method *const stat_families[] = {
    stat_area_methods,
    stat_cross_methods,
    stat_diff_methods,
    stat_groups_methods,
    stat_mask_methods,
    stat_mean_methods,
    stat_models_methods,
    stat_months_methods,
    stat_paired_methods,
    stat_prop_methods,
    stat_rank_methods,
    stat_scale_methods,
    stat_survey_methods,
    stat_survival_methods,
    NULL,
};
