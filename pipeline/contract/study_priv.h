// SPDX-License-Identifier: MIT
#ifndef STUDY_PRIV_H
#define STUDY_PRIV_H

#include "pipeline/contract/study.h"

#include <stddef.h>

/** study.yaml while it is being read. Every problem is said where it is met; reading goes on. */
struct study_reader {
    struct rk_run *run;
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct study *study;
    size_t list_cap; /**< of study->code_lists */
};

/* ---- Keys of a map, as a table of rows (study_keys.c) ---- */

enum study_key_kind {
    KEY_TEXT,   /**< const char * */
    KEY_TEXTS,  /**< const char ** and, at `count`, a size_t; one text is a list of one */
    KEY_LONG,
    KEY_DOUBLE,
    KEY_BOOL,
    KEY_DATE,   /**< long, days */
    KEY_CHOICE, /**< an enum: position in `choices` */
    KEY_OTHER,  /**< allowed; the caller reads it */
};

struct study_key {
    const char *name;
    enum study_key_kind kind;
    size_t offset;              /**< of the field in what is filled in */
    size_t count;               /**< TEXTS: of the field that counts them */
    const char *const *choices; /**< CHOICE, ended by NULL */
    bool required;
    unsigned kinds;             /**< bits of the kinds of thing it is for; 0: all */
};

/** Fills `target` from `map`. Says what is unknown (and the nearest), missing, of a wrong type,
 *  or not for this kind of thing: `kind` is its bit and `thing` its name, "a code column". False
 *  when `node` is no map at all. */
bool study_keys_read(struct study_reader *reader, const struct rk_yaml *map,
                     const struct study_key *keys, size_t count, unsigned kind,
                     const char *thing, void *target);
#define STUDY_KEYS_READ(reader, map, keys, kind, thing, target)                                \
    study_keys_read((reader), (map), (keys), sizeof(keys) / sizeof *(keys), (kind), (thing),   \
                    (target))

/** Says a problem at a node. */
void study_say(struct study_reader *reader, const struct rk_yaml *node, const char *format, ...)
    RK_PRINTF(3, 4);
void study_say_at(struct study_reader *reader, struct rk_place place, const char *format, ...)
    RK_PRINTF(3, 4);
/** "; did you mean "x"?" or "". */
const char *study_hint(struct study_reader *reader, const char *word, const char *const *known,
                       size_t count);
/** Place of the first character of a text node, behind its quote. */
struct rk_place study_text_place(const struct rk_yaml *node);
/** Is the key of a map entry a good name for a `what`? Says so if not. */
bool study_name_ok(struct study_reader *reader, const struct rk_yaml *key, const char *what);
/** The text of a node, or NULL after saying that `what` should be one. */
const char *study_text_of(struct study_reader *reader, const struct rk_yaml *node,
                          const char *what);
/** Entries of a map, 0 when the node is NULL or (said) no map. */
size_t study_entries(struct study_reader *reader, const struct rk_yaml *map, const char *what);
/** Items of a list, 0 when the node is NULL or (said) no list. */
size_t study_items(struct study_reader *reader, const struct rk_yaml *list, const char *what);

/* ---- Parts of the study, in the order in which they are read ---- */

void study_read_scales(struct study_reader *reader, const struct rk_yaml *root);
void study_read_sources(struct study_reader *reader, const struct rk_yaml *root);
void study_read_points(struct study_reader *reader, const struct rk_yaml *root);
void study_read_derived(struct study_reader *reader, const struct rk_yaml *root);
void study_read_results(struct study_reader *reader, const struct rk_yaml *root);
/** `quality` (study_quality.c), once all sources are known. */
/** `masking` of the study; then `mask` of a result, which stands for it where it is not said. */
void study_read_masking(struct study_reader *reader, const struct rk_yaml *root);
/** `merge` of it, once columns and variables are known. */
void study_read_merges(struct study_reader *reader, const struct rk_yaml *root);
void study_read_mask(struct study_reader *reader, const struct rk_yaml *map,
                     struct study_result *result);
void study_read_quality(struct study_reader *reader, const struct rk_yaml *root);
/** `dedupe` (study_link.c); people and columns are known. */
void study_read_linkage(struct study_reader *reader, const struct rk_yaml *root);

/** `at` and `until` of a time_to (study_models.c). */
void study_read_days(struct study_reader *reader, const struct rk_yaml *map,
                     struct study_result *result);
/** `reference` of factors, once their columns are known: NULL where `on` names none. */
void study_read_references(struct study_reader *reader, struct study_result *result,
                           const struct study_column *const *columns);

/** "latest assessed" to its parts; says what else is allowed. */
void study_read_keep(struct study_reader *reader, const struct rk_yaml *node, enum keep *keep,
                     const char **by);
/** Code list of a name, read from codes/ on first use, or made of a list of labels. Never NULL:
 *  after saying what is wrong an open list stands in. */
struct code_list *study_codes(struct study_reader *reader, const struct rk_yaml *node,
                              const char *name);
/** Looks up a code, says when it is none; -1. */
int study_code(struct study_reader *reader, const struct code_list *list,
               const struct rk_yaml *node);

/* ---- Cross-checks (study_check.c, study_check_results.c): all names and conditions ---- */

void study_check_sources(struct study_reader *reader);
void study_check_points(struct study_reader *reader);
void study_check_derived(struct study_reader *reader);
void study_check_results(struct study_reader *reader);

/* ---- Names a condition of the study may use (study_scope.c) ---- */

enum study_sees {
    SEES_EXTRACT, /**< the declared columns of the source: clean */
    SEES_LINKED,  /**< and the declared ones of people: checks */
    SEES_EARLIER, /**< and derived ones before `before`, also of people */
    SEES_KEPT,    /**< all that stands in 20-people: points, results */
};

struct study_scope {
    struct condition_scope condition; /**< for condition_parse */
    const struct study_column **columns;
    bool *of_person;
    const char **names;
    size_t count, cap;
    struct rk_map *index;
};

/** `before`: for EARLIER, a derived variable of `source`; NULL: all of them. */
struct study_scope *study_scope_new(struct study_reader *reader,
                                    const struct study_source *source, enum study_sees sees,
                                    const struct study_column *before);
/** A column by name, or NULL. */
const struct study_column *study_scope_find(const struct study_scope *scope, const char *name);
/** The same; says that `what` names none, with the nearest. */
const struct study_column *study_scope_need(struct study_reader *reader,
                                            const struct study_scope *scope,
                                            struct rk_place place, const char *what,
                                            const char *name);
/** Parses a condition (NULL: fine) to say its mistakes; `out` may be NULL. */
bool study_scope_condition(struct study_reader *reader, const struct study_scope *scope,
                           struct rk_place place, const char *text, struct condition **out);

#endif
