// SPDX-License-Identifier: MIT
#ifndef CONTRACT_CELLS_H
#define CONTRACT_CELLS_H

#include "pipeline/base/rk_run.h"

#include <math.h>
#include <stdbool.h>

/** The numbers of the report: cells.csv and bases.csv, contract version 1 (docs/contracts.md). */

enum cell_unit {
    UNIT_CLIENTS,
    UNIT_RECORDS,
    UNIT_PERCENT,
    UNIT_POINTS, /**< difference of two percentages */
    UNIT_SCORE,
    UNIT_DAYS,
    UNIT_YEARS,
    UNIT_RATIO,
    UNIT_P,
    UNIT_NUMBER, /**< anything else: pounds, organisations */
};

enum cell_mark {
    MARK_NONE,
    MARK_MASKED,         /**< "c": value, low, high, numerator (and base if it was small) are gone */
    MARK_LOW,            /**< "low": the base is small */
    MARK_NOT_APPLICABLE, /**< "z" */
    MARK_NOT_AVAILABLE,  /**< "x": could not be computed; `method` says why */
    MARK_INTERVAL,       /**< "ci": low, high and level are masked, the value is not */
    MARK_ROUNDED,        /**< "r": from counts rounded to a base; the base may be small, too */
};

struct cell {
    const char *id;      /**< "belief.manchester.change.points" */
    const char *result, *row, *column, *measure;
    const char *row_label, *column_label;
    enum cell_unit unit;
    double value;        /**< unrounded; percent as 36.5, not 0.365; NAN when there is none */
    double low, high;    /**< confidence limits in `unit`; NAN when not asked for */
    double level;        /**< 0.95; NAN without an interval */
    long numerator;      /**< -1 when there is none */
    long base;           /**< -1 when there is none */
    const char *base_id; /**< a row of bases.csv: of whom; "" when none */
    const char *method;  /**< key of stats/BIBLIOGRAPHY.md, or a reason for `x` */
    enum cell_mark mark;
    long row_order, column_order; /**< how the study orders them */
};

struct base {
    const char *id;
    const char *unit;     /**< "clients", "records" */
    long n;               /**< -1 masked */
    const char *sentence; /**< "clients who answered at both points" */
    const char *parent;   /**< another base, "" for a root (rows read) */
    const char *rule;     /**< the condition or rule that made it from its parent */
};

/** What was counted, for disclosure control: the same people counted twice have one name.
 *  A cell names every quantity that it would give away. */
struct quantity {
    const char *id;      /**< "people|area=manchester&sex=female|reviewed is yes" */
    long value;
    long people;         /**< how many people are behind it: records may be many, their clients few */
    bool open;           /**< may be published whatever its size (mask: no) */
    unsigned stages;     /**< who counted it; kept by results_write */
};
struct sum {             /**< total = sum of its parts */
    const char *total;
    const char **parts;
    size_t count;
    unsigned stages;
};
/** Which part of a cell gives a quantity away: its value (so that all of the cell has to go), or
 *  nothing but its limits. */
enum link_part { LINK_VALUE, LINK_INTERVAL };
struct cell_link {
    const char *cell, *quantity;
    enum link_part part;
};

struct result_stage {    /**< stages.csv: which stage wrote a result last */
    const char *result;
    unsigned stage;
};

struct results {
    struct rk_arena *arena;
    struct cell *cells;
    size_t cell_count, cell_cap;
    struct base *bases;
    size_t base_count, base_cap;
    struct quantity *quantities;
    size_t quantity_count, quantity_cap;
    struct rk_map *quantity_index;
    struct sum *sums;
    size_t sum_count, sum_cap;
    struct cell_link *links;
    size_t link_count, link_cap;
    struct rk_map *cell_index, *base_index;
    struct result_stage *stages; /**< as read; results_write makes its own */
    size_t stage_count, stage_cap;
};

struct results *results_new(struct rk_arena *arena);
/** Adds a cell (its id is made from the four parts) and returns it for filling in, which must be
 *  done before the next cell is added; numbers start as NAN and -1, texts as "". An id given twice
 *  is our mistake (assert). Names and labels are copied; what you fill in is not. */
struct cell *results_cell(struct results *results, const char *result, const char *row,
                          const char *column, const char *measure, enum cell_unit unit);
/** Adds or finds a base; the same id must say the same. */
const struct base *results_base(struct results *results, const char *id, const char *unit,
                                long n, const char *sentence, const char *parent,
                                const char *rule);
/** Adds or finds a quantity and links the cell to it (cell may be NULL). The same id must have the
 *  same value (assert); it is open only if every caller says so. */
void results_quantity(struct results *results, const struct cell *cell, const char *id,
                      long value, bool open);
/** How many people the records of a quantity belong to, when they are fewer. */
void results_quantity_people(struct results *results, const char *id, long people);
/** The same where not the cell's value but its interval would give the quantity away. */
void results_quantity_interval(struct results *results, const struct cell *cell,
                               const char *id, long value, bool open);
/** total = parts; ids of quantities. */
void results_sum(struct results *results, const char *total, const char *const *parts,
                 size_t count);
/** The cell of an address, or NULL; valid until the next cell is added. */
const struct cell *results_find(const struct results *results, const char *cell_id);
const struct base *results_find_base(const struct results *results, const char *base_id);

/** Reads OUT/folder: cells, bases and, when they are there (30-results), quantities, sums, links. */
rk_status results_read(struct rk_run *run, const char *folder, struct results **out)
    RK_MUST_CHECK;
/** Where the results of this run stand: in 30-results, or in the hidden folder that the stages of
 *  `reckon run` fill one after the other before it takes its place (manifest_publish). */
const char *results_so_far(const struct rk_run *run);
/** The same of 30-results, for a stage that is about to write there: false when it is not there
 *  or cannot be read (an older version wrote it), and nothing is said. */
bool results_read_again(struct rk_run *run, struct results **out) RK_MUST_CHECK;
/** Writes 30-results (0700/0600): the results of `stage` ("tabulate" or "change") replace what that
 *  stage wrote before; the other stage's stay as they are in the folder. Rows sorted by id. Also
 *  datapackage.json. */
rk_status results_write(struct rk_run *run, const struct results *results, const char *stage)
    RK_MUST_CHECK;
/** The same where the stage has just read the folder: `there` is what is in it, NULL to read it. */
rk_status results_write_onto(struct rk_run *run, const struct results *results, const char *stage,
                             const struct results *there) RK_MUST_CHECK;
/** Writes cells.csv, bases.csv and nothing else into an open output folder (for 40-release);
 *  package_cells and package_bases in package.h describe them for its datapackage.json. */
struct rk_out;
rk_status results_write_public(struct rk_run *run, const struct results *results,
                               struct rk_out *out) RK_MUST_CHECK;

/** Names as in cells.csv, both ways; _parse is false for a name that is none. */
const char *cell_unit_name(enum cell_unit unit);
const char *cell_mark_name(enum cell_mark mark);
bool cell_unit_parse(const char *name, enum cell_unit *unit);
bool cell_mark_parse(const char *name, enum cell_mark *mark);
const char *link_part_name(enum link_part part);
bool link_part_parse(const char *name, enum link_part *part);

#endif
