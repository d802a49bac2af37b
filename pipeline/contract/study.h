// SPDX-License-Identifier: MIT
#ifndef CONTRACT_STUDY_H
#define CONTRACT_STUDY_H

#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_yaml.h"
#include "pipeline/contract/condition.h"
#include "pipeline/contract/study_link.h"

/** study.yaml as docs/study.md describes it, checked whole. Everything is in the run's arena.
 *  Texts of conditions stay texts here: each stage parses them in its own scope; study_open has
 *  parsed them once against the declared names, so that all mistakes are listed at once. */

enum better { BETTER_NONE, BETTER_HIGH, BETTER_LOW };

/** Why there is no answer. */
enum missing_kind {
    MISSING_NOT_ANSWERED,
    MISSING_NOT_ASKED,  /**< no part of a base: nobody asked */
    MISSING_DECLINED,   /**< asked, and would not say */
    MISSING_NOT_DUE,    /**< no part of a base: not yet asked */
    MISSING_UNREADABLE, /**< there is an answer, but it could not be read */
    MISSING_KINDS
};

/** Texts that mean no answer, and what kind each is. */
struct study_missing {
    const char **texts;
    enum missing_kind *kinds;
    size_t count, text_cap, kind_cap;
    bool apart; /**< kinds are told apart: the column has a column NAME_missing */
};

enum keep { KEEP_FIRST, KEEP_LAST, KEEP_EARLIEST, KEEP_LATEST, KEEP_FULLEST };

/** Whose value stands where records of one person say different things. */
enum take {
    TAKE_KEPT, /**< that of the record which survives; its blanks are filled as `fill` says */
    TAKE_FIRST,
    TAKE_LAST,
    TAKE_EARLIEST, /**< of the record that is earliest by another column */
    TAKE_LATEST,
    TAKE_FULLEST, /**< the longest text */
    TAKE_FREQUENT,
    TAKE_FILES, /**< the first of `files` that has one */
    TAKES
};
struct study_take {
    enum take rule;
    const char *by; /**< EARLIEST, LATEST: a column */
    const char **files;
    size_t file_count;
    struct rk_place place;
};

/** A column as declared, or a derived variable (then `derive` is set and `from` is empty). */
struct study_column {
    const char *name, *label;
    const char **from;
    size_t from_count;
    enum column_type type;
    bool private, optional, ordered;
    struct study_missing missing;
    const char *kind_of; /**< of a column NAME_missing: NAME; its value is a missing_kind, or none
                              where NAME is answered */
    const char *pattern;
    const char **tidy;
    size_t tidy_count;
    const char **formats;
    size_t format_count;
    double lowest, highest; /**< range or between; NAN when open; dates in days */
    const char *before, *after;
    struct code_list *codes;
    enum { UNKNOWN_STOP, UNKNOWN_INVALID, UNKNOWN_CODE } unknown;
    int unknown_code;
    struct study_take take;
    bool *apart;            /**< per code: no level of the scale; NULL when none */
    enum better better;
    const struct study_derive *derive;
    bool kept;              /**< stands in 20-people; false: private and gone after dedupe */
    struct rk_place place;
};

enum derive_kind {
    DERIVE_AGE,    /**< years, months or days between two dates */
    DERIVE_CUT,
    DERIVE_PERIOD,
    DERIVE_RECODE,
    DERIVE_CASES,
    DERIVE_HAS,
    DERIVE_COUNT,
    DERIVE_FROM,
    DERIVE_SCALE,
    DERIVE_BAND,
};

struct study_case {
    const char *when;
    int code;
    struct rk_place place;
};

struct study_derive {
    enum derive_kind kind;
    const char *unit;          /**< AGE: "years"...; PERIOD: "quarter"... */
    const char *start, *end;   /**< AGE: columns, or "cut_off", "period_start" */
    const char *of;            /**< CUT, PERIOD, RECODE, BAND: the column; COUNT: the source;
                                    HAS: the point; FROM: "point.column" */
    double *at;                /**< CUT */
    size_t at_count;
    int *to;                   /**< RECODE: per code of `of`, the new code or -1 */
    struct study_case *cases;
    size_t case_count;
    const char *where;         /**< COUNT */
    struct rk_place where_place;
    const struct study_scale *scale;
    const char **items;        /**< SCALE: columns */
    size_t item_count;
    bool metric;
    bool late;                 /**< of people: made from records of other sources, or from such */
    const struct rk_yaml *map; /**< as written */
    struct rk_place place;
};

struct study_exclusion {
    const char *code, *reason, *when;
    struct rk_place place;
};

enum severity {
    SEVERITY_NOTE,
    SEVERITY_WARN,
    SEVERITY_EMPTY,
    SEVERITY_EXCLUDE, /**< only of linked checks: others have become exclusions */
    SEVERITY_STOP,
};
struct study_check {
    const char *code, *when, *say;
    const char *column;    /**< EMPTY: the cell to empty */
    const char **repeated; /**< instead of `when`: columns that another record has, too */
    size_t repeated_count;
    const char *unknown;   /**< instead of `when`: a link to a person who is not there */
    enum severity severity;
    bool linked;           /**< uses people's columns: runs at dedupe */
    struct rk_place place;
};

struct study_duplicate {
    const char *code;
    const char **match;    /**< columns; NULL for `all` */
    size_t match_count;
    enum keep keep;
    const char *keep_by;   /**< EARLIEST, LATEST: a column */
    bool fill;
    struct rk_place place;
};

/** Folder of OUT that holds what databases gave. */
#define STUDY_DATABASE_FOLDER "05-database"

struct study_source {
    const char *name, *label, *file;
    const char *encoding, *separator; /**< as typed */
    const char *database, *query;     /**< an address postgresql://..., or NULL; then `file` is the
                                           name of what is fetched in STUDY_DATABASE_FOLDER */
    struct rk_place database_place;
    const char **sheets;              /**< of a workbook: names, * and ? allowed */
    size_t sheet_count;
    long header_line;                 /**< 0: find it */
    const char **ignored;             /**< headings that are known and not read; * allowed */
    size_t ignored_count;
    const char **footer;
    size_t footer_count;
    const char **keys;                /**< columns that name a row */
    size_t key_count;
    const char *key, *link;           /**< column names or NULL; key is the first of keys */
    bool keep_unlinked, optional;
    struct study_column *columns;     /**< declared ones */
    size_t column_count;
    struct study_column *derived;     /**< of derive: SOURCE */
    size_t derived_count;
    struct study_exclusion *exclusions;
    size_t exclusion_count;
    struct study_check *checks;
    size_t check_count;
    struct study_duplicate *duplicates;
    size_t duplicate_count;
    struct study_linkage *linkage; /**< `dedupe`: NULL when rules alone decide */
    struct study_duplicate probable; /**< what becomes of rows that it joins */
    struct rk_place place;
};

/** One record per person at a point in time. */
struct study_point {
    const char *name, *label;
    const struct study_source *source;
    const char *where;
    struct rk_place where_place;
    enum keep take;        /**< EARLIEST (first), LATEST; KEEP_FIRST when one record each */
    const char *by, *then; /**< columns that order the records */
    struct rk_place place;
};

struct study_band {
    const char *code, *label;
    double low, high;
};

struct study_scale {
    const char *name, *title, *stem, *source, *licence;
    const char *dir;       /**< folder of the scale file */
    const char **items;
    size_t item_count;
    double item_low, item_high;
    enum better better;
    long may_miss;         /**< items that may be missing, prorated; 0 none */
    struct study_band *bands;
    size_t band_count;
    struct code_list *band_codes;
    double *metric_raw, *metric;
    size_t metric_count;
    double reliable_change; /**< published; of metric scores, if it has them; NAN: unknown */
    double reliability;     /**< in [0, 1): a reliable change follows; NAN: unknown */
};

enum result_kind {
    RESULT_TABLE,
    RESULT_MEAN,
    RESULT_COUNT,
    RESULT_SUM,
    RESULT_MONTHS,
    RESULT_TARGET,
    RESULT_AGAINST,
    RESULT_CHANGE,
    RESULT_TRANSITIONS,
    RESULT_COMPARE,
    RESULT_FUNNEL,
    RESULT_FACTORS,
    RESULT_TIME_TO,
};

/** Of the tests of a family. */
enum study_adjust { ADJUST_NONE, ADJUST_HOLM, ADJUST_BH };

struct study_result {
    const char *name, *title, *note, *base, *where;
    struct rk_place where_place;
    enum result_kind kind;
    const char *source;     /**< "people", a source or a point */
    bool records;           /**< unit: records, not clients */
    const char *variables[3]; /**< TABLE: rows, columns, layers */
    size_t variable_count;
    const char *of;         /**< MEAN, SUM, CHANGE, TRANSITIONS: variable; MONTHS: date;
                                 COUNT: "records" or the column counted distinct; TARGET, FUNNEL,
                                 FACTORS: condition; TIME_TO: the point or source of the event */
    struct rk_place of_place;
    const char *by;
    enum { PERCENT_NONE, PERCENT_ROW, PERCENT_COLUMN, PERCENT_TOTAL } percent;
    const char *interval;   /**< "wilson", ... */
    bool test, trend, show_missing;
    bool run;               /**< MONTHS: `trend: run` */
    enum study_adjust adjust;
    const char *family;     /**< results whose tests are adjusted together; NULL: this one alone */
    const char *cluster, *distinct;
    const char *weight;     /**< TABLE, MEAN: a number, how many each row stands for */
    const char **answered;
    size_t answered_count;
    bool order_by_count;
    long top;
    const char *from, *to;  /**< CHANGE, TRANSITIONS: points; MONTHS: "2014-03" */
    const char *of_interest;
    long part;              /**< MONTHS: last day of data in a part month, or LONG_MIN */
    struct {
        const char *source, *month, *value, *where;
        struct rk_place where_place;
    } profile;
    double target;
    long expected;          /**< TARGET: clients there will be at the end; 0: not said */
    const char *actual_cell, *profile_cell; /**< AGAINST */
    const char *pair[2];    /**< COMPARE: results */
    const char *measure;
    const char **on;        /**< FACTORS: characteristics, codes or numbers */
    size_t on_count;
    const char **reference; /**< FACTORS: of each the code to compare with; NULL: the largest */
    const char *event, *until, *competing; /**< TIME_TO: dates, as is `from`; until: also a word
                                                or an ISO date; competing: NULL when none */
    long *at;               /**< TIME_TO: days, rising */
    size_t at_count;
    bool mask;              /**< false: published as it is, because of mask_reason */
    int method;             /**< enum masking_method: how small numbers are kept from readers */
    const char *mask_reason;
    enum { RELEASE_ALL, RELEASE_NONE, RELEASE_COLUMNS } release;
    const char **released;  /**< RELEASE_COLUMNS: codes of columns; no other is published */
    size_t released_count;
    const struct rk_yaml *map; /**< as written */
    struct rk_place place;
};

/** Days that the data-quality report measures. */
struct study_timing {
    const char *source, *from, *to, *label; /**< dates of the source, or "people.NAME" */
};

/** How small numbers are kept from readers: hidden, or every count shown as a multiple of a base. */
enum masking_method { MASKING_SUPPRESS, MASKING_ROUND };
/** Categories of a variable that tables show as one. */
struct study_merge {
    const char *name;       /**< of a column of people, or SOURCE.NAME */
    const struct study_column *column;
    bool until_safe;        /**< as many as it takes until no table by it has a small count */
    struct study_merged {
        const char *label;  /**< NULL: made of theirs */
        const char **codes; /**< two or more */
        size_t count;
    } *groups;              /**< as the study lists them */
    size_t group_count;
};
struct study_masking {
    int method;             /**< enum masking_method, of results that do not say otherwise */
    long base;              /**< of rounding: 5 */
    long work;              /**< steps of the search for what to mask; 0: as many as is usual */
    struct study_merge *merges;
    size_t merge_count;
};

enum study_design { DESIGN_BEFORE_AFTER, DESIGN_COMPARISON, DESIGN_RANDOMISED };
enum study_unsupported { UNSUPPORTED_FAIL, UNSUPPORTED_SOFTEN };

struct study {
    const char *path, *dir, *name, *title, *programme;
    const char *pseudonyms; /**< key file, as typed; NULL: none */
    const char *data_dir;   /**< resolved; --data replaces it */
    const char *ledger;     /**< folder of earlier releases, resolved; --ledger replaces it; NULL: none */
    long period_start, cut_off;
    struct study_missing missing;
    long small_base, min_percent_base, suppress_below;
    struct study_masking masking;
    double level;
    long decimals_percent, decimals_mean, decimals_points, decimals_ratio;
    int design;             /**< enum study_design: what causal words may rest on */
    int unsupported;        /**< enum study_unsupported: of a claim that the data do not bear out */
    const char **identifying; /**< people's variables by which a person may be recognised */
    size_t identifying_count;
    struct rk_place identifying_place;
    struct study_source *sources;
    size_t source_count;
    const struct study_source *people;
    struct study_point *points;
    size_t point_count;
    struct study_scale *scales;
    size_t scale_count;
    struct study_result *results;
    size_t result_count;
    const struct study_column *quality_by; /**< areas of the data-quality report; NULL: none */
    struct study_timing *timings;
    size_t timing_count;
    struct code_list **code_lists; /**< those read from codes/ */
    size_t code_list_count;
    const char **narratives;       /**< names of NAME.md, sorted, without README.md */
    size_t narrative_count;
    struct frame_people *frame_people; /**< what frame_read remembers of 20-people/people.csv */
};

/** Reads the study of `run` once (run->study); later calls return it. RK_STUDY after every
 *  problem has been said. */
rk_status study_open(struct rk_run *run, const struct study **out) RK_MUST_CHECK;

const struct study_source *study_source(const struct study *study, const char *name);
const struct study_point *study_point(const struct study *study, const char *name);
const struct study_result *study_result(const struct study *study, const char *name);
const struct study_scale *study_scale(const struct study *study, const char *name);
/** Where the files of a source lie: the data folder, or what was fetched from its database. */
const char *study_folder(const struct rk_run *run, const struct study *study,
                         const struct study_source *source);
/** A declared or derived column of a source, or NULL. "people" finds the people source above. */
const struct study_column *study_column(const struct study_source *source, const char *name);
/** Is a missing value of this kind no part of a base, for it was not asked for? */
bool missing_not_asked(enum missing_kind kind);
/** Is a column of the result published (`release`)? */
bool study_result_releases(const struct study_result *result, const char *column);
/** "NAME.pdf", and "NAME-internal.pdf" of a run in which nothing is masked, so that the one is not
 *  taken for the other. In the run's arena. */
const char *study_report_file(const struct rk_run *run, const char *narrative);
/** The key file of `pseudonyms`, or NULL: references stay as they are. */
const char *study_key_path(const struct rk_run *run, const struct study *study);
/** The file of a person's answers about pairs of a source: `answers` of the study, or
 *  OUT/decisions/answers.csv; NULL when the source is not compared by probability. */
const char *study_answers_path(const struct rk_run *run, const struct study *study,
                               const struct study_source *source);
/** Which stage makes a result: "change" for CHANGE and TRANSITIONS, else "tabulate". */
const char *study_result_stage(const struct study_result *result);
/** What a row that breaks a check is reported with: a format of its own for each check, so that
 *  its repeats are grouped and no other's; its %s is the check's code. */
const char *study_check_format(struct rk_arena *arena, const struct study_check *check);

#endif
