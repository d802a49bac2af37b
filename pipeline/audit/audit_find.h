// SPDX-License-Identifier: MIT
#ifndef AUDIT_FIND_H
#define AUDIT_FIND_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stdio.h>

/** How sure a finding is. */
enum audit_sure {
    AUDIT_PROVED,     /**< arithmetic on what is printed */
    AUDIT_PROVED_IF,  /**< proved if what `if_` says holds */
    AUDIT_SUSPICIOUS, /**< worth a look */
};

struct audit_finding {
    const char *check; /**< "sum", "percent", "grim": docs/audit.md lists them */
    const char *file;
    size_t line, column;
    const char *where;   /**< "Table 5.2, Grand Total, No", or NULL */
    const char *printed; /**< as it stands there */
    const char *why;     /**< what it should be, or why it cannot be */
    enum audit_sure sure;
    const char *if_; /**< PROVED_IF: the condition */
    bool note;       /**< true of a sound report, too: worth knowing, no error */
};

struct audit_findings {
    struct rk_arena *arena;
    struct audit_finding *items;
    size_t count, cap;
    long small; /**< counts from 1 to below it are noted as small */
};

/** Takes the finding unless the same check has one at the same place already. */
void audit_find(struct audit_findings *findings, struct audit_finding finding);
/** Those that are no notes. */
size_t audit_errors(const struct audit_findings *findings);
/** By file, line, column. */
void audit_sort(struct audit_findings *findings);

void audit_print_text(const struct audit_findings *findings, bool notes, FILE *out);
void audit_print_csv(const struct audit_findings *findings, FILE *out);
void audit_print_json(const struct audit_findings *findings, FILE *out);

#endif
