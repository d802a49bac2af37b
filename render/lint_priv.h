// SPDX-License-Identifier: MIT
#ifndef RENDER_LINT_PRIV_H
#define RENDER_LINT_PRIV_H

#include "render/lint.h"
#include "render/narrative_priv.h"

/** Takes the place of each byte of `{{ ... }}` and of `@tbl-x` in lint->text. */
enum { LINT_BOUND = 1, LINT_REFERENCE = 2 };

/** `{{ ... }}` where it stands. */
struct lint_token {
    size_t start, end;       /**< bytes of the file */
    const char *id, *word;   /**< "belief.all.change.points", "ci"; word "" when there is none */
    const struct cell *cell; /**< NULL: no cell (study.x, reported ...), or no results */
    bool reported;           /**< a figure or a word of somebody else, with its source */
    bool names_cell;         /**< looks like a cell, whether or not it is there */
};

enum lint_kind { LINT_PARAGRAPH, LINT_HEADING, LINT_TITLE, LINT_SMALL };

/** A stretch of prose: a paragraph, an item, a heading, a title, a note, one side of a claim. */
struct lint_segment {
    size_t start, end;
    enum lint_kind kind;
    bool headline;         /**< a heading, a title or in a callout: people read nothing else */
    bool cited;            /**< words of somebody who is named: a quotation, a case study */
    bool idle;             /**< the side of a claim that is not printed now */
    bool claimed;          /**< has a claim of its own */
    bool instead;          /**< the else of a claim: says nothing of its cells */
    const struct cell **tested; /**< cells of the claim */
    size_t tested_count;
    const struct fence *portrait; /**< the quotation or case study it is part of */
    const char *results;   /**< of a titled table or figure: the names in result= */
};

struct lint_word {
    const char *text; /**< lower case; "" for a token */
    size_t start, end;
    const struct lint_token *token;
};

struct lint_sentence {
    const struct lint_segment *segment;
    size_t start, end;
    struct lint_word *words;
    size_t count, cap;
    const struct cell **cells; /**< those that it prints, in order */
    size_t cell_count;
};

struct lint_exception {
    const char *text, *reason;
    struct rk_place place;
    bool used, here; /**< here: it is for this report */
};

struct lint {
    struct reading *reading;
    struct rk_arena *arena;
    const struct study *study;
    const struct results *results; /**< NULL before the first run */
    const char *path;
    const char *raw;  /**< the file */
    char *text;       /**< the same length: what is no prose is blank */
    size_t bytes;
    size_t *lines;    /**< where each line starts */
    size_t line_count, line_cap;
    struct lint_token *tokens;
    size_t token_count, token_cap;
    struct lint_segment *segments;
    size_t segment_count, segment_cap;
    const char **labels; /**< of the study, those with a digit */
    size_t label_count, label_cap;
    struct lint_exception *exceptions;
    size_t exception_count;
    const char **causes; /**< causal phrases with each way to name the programme; NULL at first */
    size_t cause_count, cause_cap;
    bool lenient;          /**< `lint: warn` in the front matter */
    struct lint_findings *out;
    size_t finding_cap;
};

/* lint_text.c: the file as prose */
void lint_text_read(struct lint *lint);
/* lint_words.c: a segment as sentences, a sentence as words */
struct lint_sentence *lint_sentences(struct lint *lint, const struct lint_segment *segment,
                                     size_t *count);
/** Position just behind `phrase` ("higher than", "*" is any word) when it starts at word `at`, or 0. */
size_t lint_phrase(const struct lint_sentence *sentence, size_t at, const char *phrase);
/** Is one of `list` ("not|no|never") among the `within` words before `at`? */
bool lint_before(const struct lint_sentence *sentence, size_t at, size_t within,
                 const char *list);
bool lint_one_of(const char *word, const char *list);

/* lint.c */
void lint_find(struct lint *lint, const char *rule, bool error, size_t at, size_t end,
               const char *format, ...) RK_PRINTF(6, 7);
/** The bytes from..to of the file, quoted in a message; runs of blanks become one. */
const char *lint_quote(struct lint *lint, size_t from, size_t to);
/** As the report prints it. */
const char *lint_value(struct lint *lint, const struct cell *cell);

/* lint_labels.c */
void lint_labels_read(struct lint *lint);
bool lint_in_label(struct lint *lint, size_t start, size_t end);
bool lint_in_range(struct lint *lint, const struct lint_sentence *sentence, double value);

/* lint_near.c */
enum lint_unit { LINT_COUNT, LINT_PERCENT, LINT_POINTS };
/** The cell that a typed number probably means, or NULL; *word is how to print it. */
const struct cell *lint_near(struct lint *lint, const struct lint_sentence *sentence,
                             double value, int decimals, enum lint_unit unit,
                             const char **word);

/* The rules, one file each */
void lint_numbers(struct lint *lint, const struct lint_sentence *sentence);
void lint_number_words(struct lint *lint, const struct lint_sentence *sentence);
void lint_claims(struct lint *lint, const struct lint_sentence *sentence);
void lint_bases(struct lint *lint, const struct lint_sentence *sentence);
void lint_headlines(struct lint *lint, const struct lint_sentence *sentence);
void lint_causes(struct lint *lint, const struct lint_sentence *sentence);

#endif
