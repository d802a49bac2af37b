// SPDX-License-Identifier: MIT
#ifndef AUDIT_TEXT_H
#define AUDIT_TEXT_H

#include "pipeline/audit/audit_doc.h"
#include "pipeline/audit/audit_find.h"
#include "pipeline/audit/audit_grid.h"

/** One document with its tables as grids: what the checks of running text see. */
struct audit_text {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const struct audit_doc *doc;
    struct audit_grid **grids;
    struct audit_findings *findings;
};

/** A number in running text. */
struct audit_token {
    struct audit_value value;
    size_t from, to; /**< bytes of the text */
};
/** The text with "{...}", emphasis and line ends blanked out, byte for byte. */
char *audit_bare(struct rk_arena *arena, const char *text);
/** The numbers of `text`; the array lives in the arena. Not those of dates, references and
 *  numbered labels. */
size_t audit_tokens(struct rk_arena *arena, const char *text, struct audit_token **out);
/** A finding at byte `at` of a block; `printed` are `bytes` of it. */
struct audit_finding audit_in_text(const struct audit_text *text,
                                   const struct audit_block *block, size_t at, size_t bytes,
                                   const char *check);

void audit_check_sentences(const struct audit_text *text);
void audit_check_against_tables(const struct audit_text *text);
void audit_check_numbering(const struct audit_text *text);
void audit_check_dates(const struct audit_text *text);
void audit_check_words(const struct audit_text *text);

/** Scales as config/scales has them. */
struct audit_scale {
    const char *code, *title; /**< folded */
    double items, item_low, item_high;
};
rk_status audit_scales_read(struct rk_arena *arena, struct rk_diag *diag,
                            const char *const *paths, size_t count,
                            struct audit_scale **out) RK_MUST_CHECK;
void audit_check_scales(const struct audit_text *text, const struct audit_scale *scales,
                        size_t count);

/** What is said of a name "{clients}" in any file: the names of all documents. */
struct audit_names;
struct audit_names *audit_names_new(struct rk_arena *arena);
/** Names are collected over all documents first, claims checked then. */
void audit_collect_names(const struct audit_text *text, struct audit_names *names);
void audit_check_claims(const struct audit_text *text, const struct audit_names *names);

#endif
