// SPDX-License-Identifier: MIT
/** What the files of `reckon stat` share; a method's file needs only stat.h. */
#ifndef PIPELINE_DRIVER_STAT_PRIV_H
#define PIPELINE_DRIVER_STAT_PRIV_H

#include <stdio.h>

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_diag.h"
#include "pipeline/driver/stat.h"

/** What one run of the verb keeps: data files already read, and where to look for them. */
struct stat_session {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *folder; /**< names in `data=` are relative to it; "" is where we stand */
    struct rk_map *sheet_names;
    struct rk_csv_table *sheets;
    size_t n_sheets, cap_sheets;
};

enum stat_state {
    STAT_ANSWERED,
    STAT_REFUSED, /**< no answer, and a reason: the data do not allow one */
    STAT_MISUSED, /**< the question is wrong */
    STAT_NO_FILE  /**< a file it names cannot be read */
};

struct stat_quantity {
    const char *name;
    double value;
    const char *text; /**< instead of the value, or NULL */
    bool detail;
};

struct stat_pair {
    const char *key, *value;
};

struct stat_call {
    struct stat_session *session;
    struct rk_arena *arena; /**< workspace and answers alike */
    const struct stat_method *method;
    struct stat_pair *pairs;
    size_t n_pairs, cap_pairs;

    const struct rk_csv_table *sheet; /**< NULL until a column is asked for */
    size_t *kept;                     /**< rows of the sheet that pass the filter */
    size_t n_kept;

    enum stat_state state;
    const char *reason; /**< of a state other than ANSWERED */
    struct stat_quantity *quantities;
    size_t n_quantities, cap_quantities;
    bool in_detail;
    const char **sentences;
    size_t n_sentences, cap_sentences;
};

/** NULL-terminated list of the families' tables. */
extern const struct stat_method *const stat_families[];

/** The method of a name, or NULL and the nearest spelling (may be NULL too). */
const struct stat_method *stat_find(const char *name, const char **nearest);
/** Every method in the order of the tables; the array lives in the arena. */
const struct stat_method **stat_all(struct rk_arena *arena, size_t *n);

/** Answer one question; never NULL. All of it lives in `arena`. */
struct stat_call *stat_answer(struct stat_session *session, struct rk_arena *arena,
                              const char *method, const char *input);
/** Answer every row of a case file, as CSV on `out`. */
rk_status stat_cases(struct stat_session *session, const char *path,
                     FILE *out) RK_MUST_CHECK;

enum stat_style { STAT_STYLE_TEXT, STAT_STYLE_CSV, STAT_STYLE_JSON };
void stat_print(const struct stat_call *call, const char *input, enum stat_style style,
                FILE *out);
void stat_print_list(struct rk_arena *arena, const char *word, enum stat_style style,
                     FILE *out);
/** One quantity as --csv and --cases write it. */
void stat_print_value(struct rk_csv_writer *csv, const struct stat_quantity *quantity);

/** Split a copy of `text` at a separator; blanks around the parts go. */
struct stat_words stat_split(struct stat_call *call, const char *text, char separator);
/** A number or NA (NAN); false for anything else. */
bool stat_read_number(const char *text, double *out);

#endif
