// SPDX-License-Identifier: MIT
#ifndef TABULATE_MODEL_H
#define TABULATE_MODEL_H

#include "pipeline/tabulate/tabulate_cross.h"

/** A characteristic of `factors`, in the design of the model. */
struct tab_factor {
    const char *row;        /**< how its rows begin: the name without "people." */
    const char *label;
    const char *known;      /**< its name in a tab_who, or NULL: everybody has it */
    bool number;
    struct tab_variable variable; /**< of codes */
    struct tab_scores scores;     /**< of numbers */
    long reference;         /**< of codes: the level compared with */
    size_t present;         /**< of codes: levels that somebody has */
    long *n, *events;       /**< of codes: per level */
    long *column;           /**< of the design, per level (a number has one): -1 is none */
    size_t *columns;        /**< all of them */
    size_t column_count;
};

/** A yes/no outcome on characteristics, of those of whom all is known. */
struct tab_model {
    const struct tab_question *question;
    const struct condition *outcome;
    struct tab_factor *factors;
    size_t factor_count;
    uint32_t *rows;         /**< of the frame, with all answers; their order is the design's */
    size_t n, p;
    long events;
    double *x, *y;
    struct tab_clusters clusters;
    size_t *cluster;        /**< per row; NULL when records are people */
    double *beta, *covariance, loglik;
    const char *method;     /**< "logit", "logit-cluster", "firth" */
    const char *why;        /**< there is no model, and this is the reason */
};

/** Finds who is in, counts them, makes the design and fits the model. */
rk_status tab_model_open(const struct tab_question *question,
                         struct tab_model *out) RK_MUST_CHECK;

/** How many combinations of the characteristics somebody has. */
size_t tab_model_combinations(const struct tab_model *model);
/** A column's average marginal effect, in points. */
struct tab_figure tab_model_points(const struct tab_model *model,
                                   const struct tab_factor *factor, size_t column);
/** Its odds ratio, and the p-value that it is 1. */
void tab_model_odds(const struct tab_model *model, size_t column, struct tab_figure *ratio,
                    struct tab_figure *p);

#endif
