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
    bool open;             /**< grows while values are met (periods); sorted when complete */
};

rk_status code_list_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         const char *name, struct code_list **out) RK_MUST_CHECK;
/** Position of the code that `text` means (folded), or -1. */
int code_list_match(const struct code_list *list, struct rk_arena *scratch, const char *text);
/** Position of an exact code, or -1. */
int code_list_find(const struct code_list *list, const char *code);
/** Adds a code at the end, or finds it. */
int code_list_add(struct rk_arena *arena, struct code_list *list, const char *code,
                  const char *label);

#endif
