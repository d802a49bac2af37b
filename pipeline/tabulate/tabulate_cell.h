// SPDX-License-Identifier: MIT
#ifndef TABULATE_CELL_H
#define TABULATE_CELL_H

#include "pipeline/tabulate/tabulate_desk.h"
#include "stats/stats_types.h"

/** People or records, counted: one quantity, however many cells show it. */
struct tab_group {
    struct tab_who who;
    const char *id; /**< the quantity */
    long n;
    const char *base_id; /**< "" until tab_base has made it a base */
    bool open;           /**< may be published whatever its size */
};

/** Names the quantity. */
struct tab_group tab_group(struct tab_desk *desk, const struct tab_who *who, long n,
                           bool open);

/** How a result speaks of its base: its own sentence, and for whom it was said. */
struct tab_voice {
    const char *result, *said; /**< `said` NULL: made from the study */
    const struct tab_who *known;
};
/** Makes the group a row of bases.csv below `parent`, which is one already. */
void tab_base(struct tab_desk *desk, struct tab_group *group,
              const struct tab_group *parent, const struct tab_voice *voice);

/** All rows of a frame as a base, hung below the rows read. */
struct tab_group tab_root(struct tab_desk *desk, const struct tab_view *view);
/** The root of the tree: the rows read from a source's extracts. */
struct tab_group tab_rows_read(struct tab_desk *desk, const struct study_source *source);
/** A step of the flow of records, as people are told of elsewhere. */
struct tab_who tab_who_flow(struct tab_desk *desk, const char *source, const char *step,
                            const char *code);

/** total = parts, all of them quantities already named. Said twice it stands once. */
void tab_sum(struct tab_desk *desk, const struct tab_group *total,
             const struct tab_group *const *parts, size_t count);

/** Where a cell stands. Texts are copied into it. */
struct tab_place {
    const char *result, *row, *row_label, *column, *column_label;
    long row_order, column_order;
};

/** What a cell says. Made by tab_figure, so that what is not said is NAN, -1 or false. */
struct tab_figure {
    const char *measure;
    enum cell_unit unit;
    double value, low, high;
    double level; /**< of the limits; NAN: the study's */
    long numerator;
    const char *method;
    const char *why;     /**< there is no answer, and this is the reason */
    bool not_applicable; /**< with `why`: nothing failed, the question does not arise */
    bool exact;          /**< no estimate: a small base is no warning */
    const struct tab_group *const *limits_give; /**< what only the limits would give away */
    size_t limits_give_count;
    bool bounds;    /**< the limits are no confidence limits, and have no level */
    bool two_bases; /**< the base is the union of two: no n beside the figure */
    long smallest;  /**< the base that decides whether numbers are low; -1: the base */
};
struct tab_figure tab_figure(const char *measure, enum cell_unit unit, double value,
                             const char *method);
/** An estimate with limits, times `scale` (100 for a fraction); or the reason there is
 * none. */
struct tab_figure tab_estimate(const char *measure, enum cell_unit unit,
                               const struct stats_interval *interval, double scale,
                               const char *method, stats_status status);

/** Writes a cell: marked low on a small base, not applicable on an empty one; linked to
 * every quantity in `gives` and to its base, so that masking finds it. */
void tab_tell(struct tab_desk *desk, const struct tab_place *place,
              const struct tab_figure *figure, const struct tab_group *base,
              const struct tab_group *const *gives, size_t count);

/** The same for a figure made of other cells: their base, and all that their values give
 * away. `base` is NULL when they have two. */
void tab_tell_of(struct tab_desk *desk, const struct tab_place *place,
                 const struct tab_figure *figure, const struct cell *base,
                 const char *const *cells, size_t count);

/** The same, of the base of another cell, with the quantities themselves. */
void tab_tell_given(struct tab_desk *desk, const struct tab_place *place,
                    const struct tab_figure *figure, const struct cell *base,
                    const char *const *quantities, size_t count);

/** A count of the group. */
void tab_tell_count(struct tab_desk *desk, const struct tab_place *place,
                    const char *measure, enum cell_unit unit, const struct tab_group *group,
                    const struct tab_group *base);
/** 100 group / base with the interval of that name ("wilson", "clopper-pearson",
 * "jeffreys", "none"). */
void tab_tell_percent(struct tab_desk *desk, const struct tab_place *place,
                      const char *measure, const char *interval,
                      const struct tab_group *group, const struct tab_group *base);

#define TAB_ALL        "all"
#define TAB_ALL_LABEL  "All"
#define TAB_NONE_LABEL "Not answered"
/** Where margins stand: after every code. */
enum { TAB_LAST = 100000 };

#endif
