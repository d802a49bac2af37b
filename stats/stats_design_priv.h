// SPDX-License-Identifier: MIT
/* How the records of a design hang together, for the files that sum over its clusters. */
#ifndef STATS_STATS_DESIGN_PRIV_H
#define STATS_STATS_DESIGN_PRIV_H

#include "stats/stats_cluster.h"

/* The design's workspace: per cluster its total and its stratum (-1 where no record is),
 * per stratum the number of its clusters, two sums and the share that was not sampled. */
struct design_sums {
    double *total, *home;
    double *clusters, *mean, *squares, *kept;
};

/* STATS_EMPTY, or STATS_DOMAIN for a number out of range. */
STATS_MUST_CHECK stats_status stats_design_check(const struct stats_design *design);
/* The workspace emptied: home -1, all else 0. */
struct design_sums stats_design_lay_out(const struct stats_design *design);
/* Fills `kept` from the finite population; `clusters` are known. */
STATS_MUST_CHECK stats_status stats_design_kept(const struct stats_design *design,
                                                struct design_sums *sums);

static inline size_t stats_cluster_count(const struct stats_design *d)
{
    return d->cluster ? d->clusters : d->n;
}

static inline size_t stats_stratum_count(const struct stats_design *d)
{
    return d->stratum ? d->strata : 1;
}

static inline size_t stats_cluster_of(const struct stats_design *d, size_t i)
{
    return d->cluster ? d->cluster[i] : i;
}

static inline size_t stats_stratum_of(const struct stats_design *d, size_t i)
{
    return d->stratum ? d->stratum[i] : 0;
}

/* Records of a domain by the cell of a table that they lie in. */
struct design_cells {
    const struct stats_design *design;
    const size_t *row, *col; /* per record; any number outside the domain */
    size_t rows, cols;
    const char *domain;  /* NULL: all records */
    long double weights; /* of the domain: a record's share is its weight over this */
};

/* A record's weight, 0 outside the domain. */
static inline double stats_design_weight(const struct design_cells *c, size_t i)
{
    if (c->domain && !c->domain[i]) return 0;
    return c->design->weight ? c->design->weight[i] : 1;
}

/*
 * Covariances of the shares' totals by cell, as stats_design_variance has the variance of
 * one total, in one pass over the clusters: a cluster adds only to the pairs of cells that
 * its records lie in.
 *
 * work        n + 3 rows cols numbers
 * covariance  (rows cols) squared, symmetric
 * Returns as stats_design_variance.
 */
STATS_MUST_CHECK stats_status stats_design_covariance(const struct design_cells *cells,
                                                      double *work, double *covariance);

#endif
