// SPDX-License-Identifier: MIT
/* Covariances of a table's cells under a design. Declared in stats_design_priv.h. */
#include "stats/stats_design_priv.h"

/*
 * Lists through the workspace, as number + 1 of what comes next and 0 at the end:
 * sums.total starts the records of a cluster, sums.mean the clusters of a stratum, and
 * sums.home goes on from one of those to the next. Their order is that of the records and
 * clusters.
 */
struct pass {
    const struct design_cells *cells;
    struct design_sums sums;
    size_t size;   /* rows cols */
    double *next;  /* per record, within its cluster */
    double *here;  /* per cell: the cluster's share */
    double *met;   /* the cells that the cluster is in, and how many */
    double *whole; /* per cell: the stratum's share */
    double *covariance;
    size_t met_count;
};

static void link_records(struct pass *pass)
{
    const struct stats_design *d = pass->cells->design;

    for (size_t i = d->n; i-- > 0;) {
        size_t j = stats_cluster_of(d, i);
        if (pass->sums.home[j] < 0) pass->sums.home[j] = (double)stats_stratum_of(d, i);
        pass->next[i] = pass->sums.total[j];
        pass->sums.total[j] = (double)(i + 1);
    }
}

/* As in stats_design_variance a cluster without records counts where there is one stratum.
 */
static void link_clusters(struct pass *pass)
{
    const struct stats_design *d = pass->cells->design;
    struct design_sums *s = &pass->sums;

    for (size_t j = stats_cluster_count(d); j-- > 0;) {
        if (s->home[j] < 0 && d->stratum) continue;
        size_t h = s->home[j] < 0 ? 0 : (size_t)s->home[j];
        s->clusters[h] += 1;
        s->home[j] = s->mean[h];
        s->mean[h] = (double)(j + 1);
    }
}

static void meet_records(struct pass *pass, double first)
{
    const struct design_cells *c = pass->cells;

    pass->met_count = 0;
    for (double at = first; at > 0; at = pass->next[(size_t)at - 1]) {
        size_t i = (size_t)at - 1;
        double w = stats_design_weight(c, i);
        if (w == 0) continue;
        size_t cell = c->row[i] * c->cols + c->col[i];
        if (pass->here[cell] == 0) pass->met[pass->met_count++] = (double)cell;
        pass->here[cell] += (double)(w / c->weights);
    }
}

static void add_cluster(struct pass *pass, double first, double factor)
{
    meet_records(pass, first);
    for (size_t k = 0; k < pass->met_count; k++) {
        size_t a = (size_t)pass->met[k];
        pass->whole[a] += pass->here[a];
        for (size_t l = 0; l < pass->met_count; l++) {
            size_t b = (size_t)pass->met[l];
            pass->covariance[a * pass->size + b] += factor * pass->here[a] * pass->here[b];
        }
    }
    for (size_t k = 0; k < pass->met_count; k++)
        pass->here[(size_t)pass->met[k]] = 0;
}

/* The clusters' squares less those of their mean. */
static void add_stratum(struct pass *pass, size_t h)
{
    double g = pass->sums.clusters[h], factor = pass->sums.kept[h] * g / (g - 1);

    for (double at = pass->sums.mean[h]; at > 0; at = pass->sums.home[(size_t)at - 1])
        add_cluster(pass, pass->sums.total[(size_t)at - 1], factor);
    for (size_t a = 0; a < pass->size; a++) {
        double *line = pass->covariance + a * pass->size;
        for (size_t b = 0; pass->whole[a] != 0 && b < pass->size; b++)
            line[b] -= factor / g * pass->whole[a] * pass->whole[b];
    }
    for (size_t a = 0; a < pass->size; a++)
        pass->whole[a] = 0;
}

static void lay_out(struct pass *pass, double *work)
{
    pass->next = work;
    pass->here = pass->next + pass->cells->design->n;
    pass->met = pass->here + pass->size;
    pass->whole = pass->met + pass->size;
    for (double *at = pass->here; at < pass->whole + pass->size; at++)
        *at = 0;
    for (size_t k = 0; k < pass->size * pass->size; k++)
        pass->covariance[k] = 0;
    pass->sums = stats_design_lay_out(pass->cells->design);
}

stats_status stats_design_covariance(const struct design_cells *cells, double *work,
                                     double *covariance)
{
    const struct stats_design *d = cells->design;
    struct pass pass = {
        .cells = cells, .size = cells->rows * cells->cols, .covariance = covariance};
    stats_status status = stats_design_check(d);

    if (status) return status;
    lay_out(&pass, work);
    link_records(&pass);
    link_clusters(&pass);
    for (size_t h = 0; h < stats_stratum_count(d); h++)
        if (pass.sums.clusters[h] == 1) return STATS_UNDEFINED;
    if ((status = stats_design_kept(d, &pass.sums))) return status;
    for (size_t h = 0; h < stats_stratum_count(d); h++)
        if (pass.sums.clusters[h] > 1) add_stratum(&pass, h);
    return STATS_OK;
}
