// SPDX-License-Identifier: MIT
/**
 * Terms of a model, `x=age,area(ref=Salford),race(factor:ref=1)`, to a design of numbers.
 */
#ifndef PIPELINE_DRIVER_STAT_DESIGN_H
#define PIPELINE_DRIVER_STAT_DESIGN_H

#include "pipeline/driver/stat.h"

/** One column of the design beside the intercept, or the intercept. */
struct stat_term {
    const char *name;  /**< "Intercept", "age", "areaSalford" */
    const char *brief; /**< the level alone ("Salford"), or the name */
    size_t factor; /**< columns of one factor share a number, counted from 1; 0: a number */
};

struct stat_design {
    double *x; /**< n rows by p columns */
    double *y;
    size_t *cluster; /**< codes 0 .. clusters - 1, or NULL */
    size_t n, p, clusters;
    struct stat_term *term; /**< p of them */
    const char *y_name;
};

/**
 * Reads y, x and, if given, cluster; rows with a missing value go or are an error
 * (na=drop).
 *
 * A term is a column of numbers, a column of text (a factor, first level by alphabet as
 * reference), `a(ref=Level)`, `a(factor)`, `a(factor:ref=Level)` or a range `x1..x6`.
 * Without a data file x is one list of numbers.
 *
 * @param intercept  begin with a column of ones (a Cox model has none)
 */
struct stat_design stat_design(struct stat_call *call, bool intercept);
/** The same with further columns (times, events) kept in step; y may be absent. */
struct stat_design stat_design_with(struct stat_call *call, bool intercept,
                                    struct stat_column *const others[], size_t n_others);

/** The design's columns of the factor a term belongs to, for stats_effect. */
size_t *stat_design_rivals(struct stat_call *call, const struct stat_design *design,
                           size_t term, size_t *n);
/**
 * "b_age" and, where the brief name differs, "b_Salford" beside "b_areaSalford" in detail.
 */
void stat_put_term(struct stat_call *call, const char *prefix, const struct stat_term *term,
                   double value);

#endif
