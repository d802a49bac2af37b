// SPDX-License-Identifier: MIT
#ifndef DRAFT_PRIV_H
#define DRAFT_PRIV_H

#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_yaml.h"
#include "pipeline/contract/study.h"
#include "pipeline/draft/draft_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One spelling of a column: as it stands, trimmed, and in how many rows. */
struct draft_text {
    const char *text;
    long rows;
};

/** Spellings with their numbers of rows, in the order in which they were met. */
struct draft_texts {
    struct rk_map *map;
    struct draft_text *items;
    size_t count, cap;
    long rows;
};

enum { DRAFT_FORMATS = 12, DRAFT_CHECKS = 6 };

struct draft_list;
struct draft_scale;

/** A column of the extracts and what it was taken for. */
struct draft_column {
    const char *heading; /**< as it stands */
    const char **also;   /**< other headings in files of the same source */
    size_t also_count;
    const char *name;         /**< ours */
    struct draft_texts texts; /**< answers: neither blank nor a word for no answer */
    struct draft_texts none;  /**< words for no answer, as they stand */
    long blank;
    enum draft_role role;
    enum column_type type;
    bool leave; /**< written as a comment only: nothing reads it */
    const char *why_left;
    bool private, optional;
    /* DATE */
    const char *formats[DRAFT_FORMATS];
    size_t format_count;
    long first_day, last_day;          /**< without stragglers */
    const struct draft_column *before; /**< settles the century */
    /* INTEGER, NUMBER */
    bool ranged;
    double low, high;
    /* ID */
    const char *pattern;
    bool tidied, distinct, tests;
    /* CODE */
    struct draft_list *list;
    bool ordered;
    /* an item of a scale, or the total of one */
    struct draft_scale *scale;
    size_t item; /**< from 1; 0: none */
    struct draft_scale *total_of;
    const struct draft_column *twin;  /**< the column of people that asks the same */
    const char *checks[DRAFT_CHECKS]; /**< what a person should look at */
    size_t check_count;
};

/** A code that is drafted, with the other spellings that were taken for it. */
struct draft_code {
    const char *code, *label;
    long rows;
    const char **aliases;
    size_t alias_count;
    bool apart;    /**< no level of a scale; stands last */
    double figure; /**< first number of the label, NAN: none */
};

/** Spellings that may be one by more than their letters: in a long list of names a person
 *  decides, in a short one they are taken to be until a person says otherwise. */
struct draft_pair {
    const char *spelling, *label, *code, *why;
    long rows;
};

/** A code list that is drafted; several columns may share it. */
struct draft_list {
    const char *name;
    struct draft_texts texts;
    struct draft_code *codes;
    size_t count;
    bool ordered, names; /**< `names`: many, so that doubtful pairs are left to a person */
    struct draft_pair *pairs;
    size_t pair_count;
    const char *known; /**< list of words.yaml that it is */
    size_t users;
};

/** A scale met in a source: its items in their order. */
struct draft_scale {
    const char *name, *title;
    const struct study_scale *known; /**< of config/scales; NULL: to be filled in */
    bool sure;                       /**< by its name, not only by the numbers */
    struct draft_column **items;
    size_t count;
    double low, high;
};

struct draft_source {
    const char *name, *label, *glob;
    const char **files;
    size_t file_count;
    const char *sheet; /**< of a workbook with several; NULL */
    const char *footer;
    const char **above; /**< lines above the headings */
    size_t above_count;
    long rows;
    struct draft_column *columns;
    size_t count;
    struct draft_column *key, *link, *date; /**< or NULL */
    double linked; /**< share of its references that are people's */
    struct draft_scale **scales;
    size_t scale_count;
    bool asks_again; /**< has questions of people, or a scale, and a date */
};

/** A study in the making. */
struct draft {
    struct rk_run *run;
    struct rk_arena *arena;
    const char *from;
    const char *data; /**< the same as study.yaml says it */
    const struct draft_words *words;
    struct draft_source *sources;
    size_t count, cap;
    struct draft_source *people;
    const char *strip; /**< signs that references are tidied of, such as "-/ " */
    bool upper;
    struct draft_list **lists;
    size_t list_count, list_cap;
    long start, cut_off; /**< days, or RK_NO_VALUE */
    bool no_period;      /**< no date tells: both stand for nothing */
    bool cut_off_said;   /**< a line above the headings says it */
    const char *name, *title;
};

/** A remark for the person who checks; kept in the study as a comment and in README.md. */
void draft_check(struct draft *draft, struct draft_column *column, const char *format, ...)
    RK_PRINTF(3, 4);
/** Adds rows of a spelling. */
void draft_texts_add(struct rk_arena *arena, struct draft_texts *texts, const char *text,
                     long rows);
/** A reference without the signs that vary, in capitals; in `arena`. */
const char *draft_reference(struct rk_arena *arena, const char *text);

/* The steps, in their order; each looks at all sources. */

/** The files of the folder: headings, spellings. */
rk_status draft_read(struct draft *draft) RK_MUST_CHECK;
/** What type each column is, and what is personal. */
void draft_types(struct draft *draft);
/** Scales by the names, numbers and ranges of their items. */
rk_status draft_scales(struct draft *draft) RK_MUST_CHECK;
/** Who are the people, and which column of another file names them. */
void draft_links(struct draft *draft);
/** Spellings to codes, columns to lists. */
void draft_codes(struct draft *draft);
/** Names of columns, the same for the same question. */
void draft_names(struct draft *draft);

/* What is written, in memory; all end in a newline. */
struct draft_out {
    struct rk_arena *arena;
    char *text;
    size_t bytes, cap;
};
void draft_put(struct draft_out *out, const char *format, ...) RK_PRINTF(2, 3);
/** A scalar as YAML reads it back: plain where it can be, else quoted. */
const char *draft_yaml(struct rk_arena *arena, const char *text);

/** The rules of config/rules that fit the source, bound to its columns. */
void draft_put_rules(struct draft *draft, struct draft_out *out,
                     const struct draft_source *source);
/** `dedupe:`, when enough is known of the people to tell who is probably the same; false: nothing. */
bool draft_put_dedupe(struct draft *draft, struct draft_out *out);
void draft_write_sources(struct draft *draft, struct draft_out *out);
void draft_write_results(struct draft *draft, struct draft_out *out);
void draft_write_report(struct draft *draft, struct draft_out *out);
void draft_write_readme(struct draft *draft, struct draft_out *out);

#endif
