// SPDX-License-Identifier: MIT
#ifndef RK_YAML_H
#define RK_YAML_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * A YAML document as a tree of nodes that know their line and column; the one door to
 * libyaml. Every scalar stays text until somebody asks for a type. No anchors, tags or
 * second documents: each is an error, and so is a key given twice.
 */
enum rk_yaml_kind { RK_YAML_TEXT, RK_YAML_LIST, RK_YAML_MAP };

struct rk_yaml {
    enum rk_yaml_kind kind;
    const char *file;
    size_t line, column;
    const char *text;       /**< TEXT */
    bool quoted;            /**< TEXT: stood in quotes */
    size_t count;           /**< LIST, MAP */
    struct rk_yaml **items; /**< LIST: the items; MAP: the values */
    struct rk_yaml **keys;  /**< MAP: TEXT nodes, in the order of the file */
};

rk_status rk_yaml_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       struct rk_yaml **out) RK_MUST_CHECK;
/** The same from memory; `first_line` is where the text starts in `file` (front matter). */
rk_status rk_yaml_parse(struct rk_arena *arena, struct rk_diag *diag, const char *file,
                        const char *text, size_t bytes, size_t first_line,
                        struct rk_yaml **out) RK_MUST_CHECK;

/** Value of a key of a map, or NULL (also when `map` is NULL or no map). */
const struct rk_yaml *rk_yaml_get(const struct rk_yaml *map, const char *key);
/** The same for a message: where the key is not there, the map itself. */
const struct rk_yaml *rk_yaml_at(const struct rk_yaml *map, const char *key);
struct rk_place rk_yaml_place(const struct rk_yaml *node);

/* Typed readers: an absent key leaves *out alone. A wrong type is said to `diag` as an
 * error (counted there) and leaves *out alone: a reader goes on and lists every problem. */
void rk_yaml_text(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  const char **out);
void rk_yaml_long(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  long *out);
void rk_yaml_double(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                    double *out);
/** yes/no, true/false. */
void rk_yaml_bool(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  bool *out);
/** ISO date to days. */
void rk_yaml_date(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                  long *out);
/** One of `names` (NULL-terminated) to its position. */
void rk_yaml_choice(struct rk_diag *diag, const struct rk_yaml *map, const char *key,
                    const char *const *names, int *out);
/** A list of texts, or one text as a list of one. */
void rk_yaml_texts(struct rk_arena *arena, struct rk_diag *diag, const struct rk_yaml *map,
                   const char *key, const char ***out, size_t *count);
/** An error for every key of `map` that is not in `known` (NULL-terminated), with the
 * nearest. */
void rk_yaml_known(struct rk_diag *diag, const struct rk_yaml *map,
                   const char *const *known);

#endif
