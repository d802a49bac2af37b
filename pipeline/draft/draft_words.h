// SPDX-License-Identifier: MIT
#ifndef DRAFT_WORDS_H
#define DRAFT_WORDS_H

#include "pipeline/base/rk_run.h"

#include <stdbool.h>
#include <stddef.h>

/** What a heading says a column is about; config/draft/words.yaml has the words. */
enum draft_role {
    ROLE_NONE,
    ROLE_REMARKS,
    ROLE_STAFF,
    ROLE_BORN,
    ROLE_SURNAME,
    ROLE_FORENAME,
    ROLE_NAME,
    ROLE_CONTACT,
    ROLE_NUMBER,
    ROLE_POSTCODE,
    ROLE_ADDRESS,
    ROLE_CONSENT,
    ROLE_SEX,
    ROLE_TOTAL,
    ROLE_AREA,
    ROLE_STATUS,
    ROLE_DUE,
    ROLE_ENTERED,
    DRAFT_ROLES
};

struct draft_phrases {
    const char **items; /**< as written */
    const char **words; /**< loose: see draft_loose */
    size_t count;
};

/** One meaning of a list that is known wherever it stands: Yes, No. */
struct draft_meaning {
    const char *code, *label;
    struct draft_phrases spellings;
};

struct draft_known {
    const char *name;
    struct draft_meaning *meanings;
    size_t count;
};

struct draft_words {
    struct draft_phrases missing, roles[DRAFT_ROLES], apart, done, tests, footers, stop,
        references;
    struct draft_phrases *orders; /**< answers that are levels, lowest first */
    size_t order_count;
    struct draft_known *lists;
    size_t list_count;
};

/** Reads config/draft/words.yaml. */
rk_status draft_words_read(struct rk_run *run,
                           const struct draft_words **out) RK_MUST_CHECK;
/** The role of a heading. */
enum draft_role draft_words_role(const struct draft_words *words, struct rk_arena *scratch,
                                 const char *heading);
/** Place of `text` among the phrases, loosely; -1. */
long draft_words_find(const struct draft_phrases *phrases, struct rk_arena *scratch,
                      const char *text);
/** Is `text` one of the phrases? */
bool draft_words_has(const struct draft_phrases *phrases, struct rk_arena *scratch,
                     const char *text);
/** Letters and figures alone, folded, words parted by one blank; & is "and". What spellings
 *  that differ by dots, dashes and case have in common. */
const char *draft_loose(struct rk_arena *arena, const char *text);
/** The same of a heading: "ReviewDate" is two words. */
const char *draft_apart(struct rk_arena *arena, const char *heading);
/** The words of a loose text. */
size_t draft_split(struct rk_arena *arena, const char *loose, const char ***out);

#endif
