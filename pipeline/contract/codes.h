// SPDX-License-Identifier: MIT
#ifndef CONTRACT_CODES_H
#define CONTRACT_CODES_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>

/** A code list: codes/NAME.csv, or made by the study (inline lists, cuts, periods). */
struct code_list {
    const char *name;
    const char *path;      /**< of the file, or of study.yaml */
    size_t count;
    const char **codes;    /**< "within_1_month", in the order people see */
    const char **labels;   /**< "Within 1 month" */
    struct rk_map *lookup; /**< folded code, label or alias to a position in `code_of` */
    int *code_of;
    const char **groups;   /**< codes' group, "" for none; NULL without a column `group` */
    bool open;             /**< grows while values are met (periods): see `period` */
    const char *period;    /**< "month", "quarter", "year", or NULL; codes sort as text */
    size_t cap, lookup_cap;
};

/** An empty list. */
struct code_list *code_list_new(struct rk_arena *arena, const char *name, const char *path);

/** Reads codes/NAME.csv: `code,label,aliases` and maybe `group`, aliases between `|`. RK_STUDY after
 *  saying every problem of the file. */
rk_status code_list_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         const char *name, struct code_list **out) RK_MUST_CHECK;
/** Position of the code that `text` means (folded), or -1. */
int code_list_match(const struct code_list *list, struct rk_arena *scratch, const char *text);
/** Position of an exact code, or -1. */
int code_list_find(const struct code_list *list, const char *code);
/** Adds a code at the end with its label as an alias, or finds it. */
int code_list_add(struct rk_arena *arena, struct code_list *list, const char *code,
                  const char *label);
/** Lets `text` (folded) mean a code too; false when it already means another. */
bool code_list_alias(struct rk_arena *arena, struct code_list *list, const char *text, int code);
/** Code with the fewest typing errors from `text` (by code, label or alias), or -1. */
int code_list_nearest(const struct code_list *list, struct rk_arena *scratch, const char *text);
/** a-z, 0-9 and _ only, and not empty; a name also starts with a letter. */
bool code_is_valid(const char *code);
bool name_is_valid(const char *name);

#endif
