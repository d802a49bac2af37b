// SPDX-License-Identifier: MIT
/**
 * `reckon stat METHOD 'key=value;...'`: the evaluator's pocket calculator.
 *
 * A method is a row of a table (struct stat_method) and a function that asks its call for
 * inputs, hands them to stats/, and puts the answers back:
 *
 *     static void ask_wilson(struct stat_call *call)
 *     {
 *         long yes = stat_count(call, "x"), n = stat_count(call, "n");
 *         double conf = stat_conf(call);
 *         struct stats_interval ci;
 *
 *         if (stat_stopped(call) || !stat_ok(call, stats_wilson(yes, n, conf, &ci)))
 *             return;
 *         stat_put(call, "estimate", ci.estimate);
 *         stat_put(call, "lo", ci.low);
 *         stat_put(call, "hi", ci.high);
 *         stat_say(call, "%ld of %ld, %s (95%% CI ...)", yes, n, ...);
 *     }
 *
 *     const struct stat_method stat_prop_methods[] = {
 *         {"prop_wilson", "x n [conf]", "share with Wilson's score interval",
 *          "Wilson 1927", ask_wilson},
 *         {0},
 *     };
 *
 * Add the table to the list in stat_families.c. Nothing here is freed by a method: strings,
 * arrays and workspace live as long as the call.
 *
 * Errors stick: the first one is kept, later getters return zeros, empty or NULL, and
 * stat_stopped() says so. Ask for every input, then look once.
 */
#ifndef PIPELINE_DRIVER_STAT_H
#define PIPELINE_DRIVER_STAT_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/stats_types.h"

struct stat_call;

/** One method of the calculator; a table of them ends with an empty row. */
struct stat_method {
    const char *name;    /**< as in `reckon stat NAME` */
    const char *inputs;  /**< keys it takes, by spaces; [k] optional, a|b either form:
                              "x n [conf]", "table | data rows cols". Naming `data` also
                              allows filter and na. `note` is always allowed. */
    const char *meaning; /**< one line, for --list */
    const char *source;  /**< short citation(s), as in stats/BIBLIOGRAPHY.md */
    void (*ask)(struct stat_call *call);
};

/**
 * The verb: argv[0] is "stat". Exit status: 0 answered, 1 not computed, 2 usage, 4 no file.
 */
int driver_stat(int argc, char **argv);

/* ---- inputs ------------------------------------------------------------------------ */

/** Numbers in the order given; NAN where the input says NA. */
struct stat_vector {
    double *value;
    size_t n;
};

/** A table `1,2|3,4`, row after row. */
struct stat_table {
    double *cell;
    size_t rows, cols;
};

/** Tables joined by `/`: one per stratum. */
struct stat_strata {
    struct stat_table *table;
    size_t n;
};

/** Words joined by commas. */
struct stat_words {
    const char **word;
    size_t n;
};

/**
 * A column of the data file after `filter`, in file order; NAN where missing. A factor has
 * codes 0..levels-1 as values and a label per code; a number has levels 0.
 */
struct stat_column {
    const char *name;
    double *value;
    size_t n;
    const char **label;
    size_t levels;
};

bool stat_has(const struct stat_call *call, const char *key);
const char *stat_text(struct stat_call *call, const char *key);
const char *stat_text_or(struct stat_call *call, const char *key, const char *otherwise);
double stat_number(struct stat_call *call, const char *key);
double stat_number_or(struct stat_call *call, const char *key, double otherwise);
/** A whole number of things, zero or more. */
long stat_count(struct stat_call *call, const char *key);
long stat_count_or(struct stat_call *call, const char *key, long otherwise);
/** The key `conf`, a fraction between 0 and 1; 0.95 when absent. */
double stat_conf(struct stat_call *call);
/** yes/no, true/false, 1/0 */
bool stat_yes(struct stat_call *call, const char *key, bool otherwise);
struct stat_vector stat_numbers(struct stat_call *call, const char *key);
/** As whole numbers; anything else (NA too) is an error. */
long *stat_counts(struct stat_call *call, const char *key, size_t *n);
struct stat_words stat_words(struct stat_call *call, const char *key);
struct stat_table stat_table(struct stat_call *call, const char *key);
struct stat_strata stat_strata(struct stat_call *call, const char *key);

/** Does this call read a file (key `data`)? */
bool stat_has_data(const struct stat_call *call);
/**
 * The numbers the value of `key` names: a column, `A-B` (difference, missing if either is),
 * `A==B` or `A!=B` (1 or 0). A-B is the binary difference, as R and scipy take it, so that
 * 80.7 - 80.2 and 75.6 - 75.1 need not tie; a method that ranks differences takes `initial`
 * and `latest` and subtracts whole tenths.
 * Without a data file: the vector itself, so one method serves both.
 */
struct stat_column stat_column(struct stat_call *call, const char *key);
/** The same for an expression in hand instead of a key. */
struct stat_column stat_column_of(struct stat_call *call, const char *expression);
/**
 * The column named by `key` as groups. Their order: the key `order` if given (values
 * outside it count as missing); numbers by size; text by first appearance where the file
 * lists its groups in runs, else by alphabet.
 */
struct stat_column stat_factor(struct stat_call *call, const char *key);
/** The same for a column name in hand; text always by alphabet. */
struct stat_column stat_factor_of(struct stat_call *call, const char *column);
/** All columns of the data file, in order. */
struct stat_words stat_column_names(struct stat_call *call);
/**
 * Keep the rows complete in every column (all of one length; NULLs are skipped), in place.
 * Rows with a missing value are dropped if the input says na=..., otherwise an error that
 * counts them and says what to type.
 * After any error the columns are empty, though their arrays keep their length.
 */
void stat_complete(struct stat_call *call, struct stat_column *const columns[], size_t n);

/* ---- memory ------------------------------------------------------------------------ */

/** Zeroed, aligned for anything, freed with the call; sizes are checked for overflow. */
void *stat_alloc(struct stat_call *call, size_t count, size_t size);
#define STAT_NEW(call, count, type) ((type *)stat_alloc((call), (count), sizeof(type)))

/* ---- answers ----------------------------------------------------------------------- */

/** A quantity in the order put; NAN prints as NA (not computed). */
void stat_put(struct stat_call *call, const char *name, double value);
/** The same under a name made up on the spot: stat_put_as(call, p, "p_t%g", t). */
void stat_put_as(struct stat_call *call, double value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** A quantity that is words or several numbers. */
void stat_put_text(struct stat_call *call, const char *name, const char *text);
/**
 * From here on, quantities are detail: in --csv, --json and --cases, not on the terminal.
 */
void stat_detail(struct stat_call *call, bool on);
/** The sentence a report would print; several calls make several lines. */
void stat_say(struct stat_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** No answer, and why, for the whole call: the data do not allow one. */
void stat_refuse(struct stat_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** The question is wrong: what, and what to type instead. Exit status 2. */
void stat_misuse(struct stat_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** True if the status is STATS_OK; otherwise refuses with its reason. */
bool stat_ok(struct stat_call *call, stats_status status);
/** Has an error stuck? */
bool stat_stopped(const struct stat_call *call);

/* ---- wording ----------------------------------------------------------------------- */

/** Fixed decimals, half away from zero on the decimal value: 0.35 to one is "0.4". */
const char *stat_fixed(struct stat_call *call, double value, int decimals);
/** A fraction as a percentage with one decimal: "30.8%". */
const char *stat_percent(struct stat_call *call, double fraction);
/** A p-value as people read it: "p = 0.034", "p < 0.001". */
const char *stat_p(struct stat_call *call, double p);
/** "95% CI 25.5% to 36.6%" of fractions; the level is the call's. */
const char *stat_ci_percent(struct stat_call *call, double low, double high);
/** "95% CI 1.90 to 6.12". */
const char *stat_ci(struct stat_call *call, double low, double high, int decimals);
/** As printf, into the call's memory. */
const char *stat_format(struct stat_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
