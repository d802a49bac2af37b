// SPDX-License-Identifier: MIT
#ifndef RENDER_NARRATIVE_PRIV_H
#define RENDER_NARRATIVE_PRIV_H

#include "render/markdown.h"
#include "render/narrative.h"
#include "render/narrative_source.h"

/** A reference waiting for the number of what it points to. */
struct pending {
    struct doc_span *span;
    const char *label;
    struct rk_place place;
};

struct label {
    const char *name;  /**< "tbl-belief" */
    const char *words; /**< "Table 7.1" */
    bool mentioned, must_be_mentioned;
    struct rk_place place;
};

struct reading;
/** An annex table that waits until everything has been printed. */
struct late_table {
    struct doc_table *table;
    struct doc_table *(*make)(struct reading *);
};

/** What is known while one narrative is read. */
struct reading {
    struct rk_run *run;
    struct rk_arena *arena;
    struct rk_diag *diag;
    const struct study *study;
    const struct results *results;
    struct narrative_source source;
    struct narrative *out;
    struct label *labels;
    size_t label_count, label_cap;
    struct pending *pending;
    size_t pending_count, pending_cap;
    struct late_table *late;
    size_t late_count, late_cap;
    size_t figure_cap;
    /* numbering */
    const char *section;     /**< "7", "A"; NULL before the first */
    const char *section_word;
    int sections, annexes;
    int tables, figures, boxes, cases; /**< within the section */
    int paragraphs;
    enum { NUMBER_NONE, NUMBER_PARAGRAPHS, NUMBER_DECIMAL } numbering;
    bool in_annex, in_first_page;
    struct rk_map *printed; /**< ids of the cells that the report prints */
    const struct cell *clear; /**< the change of the last claim that held by "excludes 0" */
    size_t next_block;      /**< position among the children of the Markdown tree */
};

/* narrative_bind.c: text with tokens to text that can be printed */
struct doc_text narrative_text(struct reading *reading, struct doc_text raw);
/** A string of the front matter or of an attribute as text; NULL gives no spans. */
struct doc_text narrative_words(struct reading *reading, const char *text,
                                struct rk_place place);
/** "Source: ..." under a table, figure or box; NULL gives no spans. */
struct doc_text narrative_source(struct reading *reading, const char *text,
                                 struct rk_place place);
/** The same with all styles gone. */
const char *narrative_plain(struct reading *reading, const char *text, struct rk_place place);
/** A line that is not Markdown (a diagram): only its numbers are bound. */
const char *narrative_plain_line(struct reading *reading, const char *line,
                                 struct rk_place place);
const char *narrative_flat(struct rk_arena *arena, struct doc_text text);
/** A cell by its address, or NULL after an error with the nearest. */
const struct cell *narrative_cell(struct reading *reading, const char *id,
                                  struct rk_place place);
void narrative_resolve(struct reading *reading);
void narrative_add_label(struct reading *reading, const char *name, const char *words,
                         bool must_be_mentioned, struct rk_place place);

/* narrative_value.c: one cell as words */
/** As its unit wants: "36.5%", "[c]". */
const char *narrative_value(struct reading *reading, const struct cell *cell);
/** The number alone, as a table prints it. */
const char *narrative_bare(struct reading *reading, const struct cell *cell, bool sign);
/** "3.5 to 11.2" in the cell's unit; "" without one. */
const char *narrative_interval(struct reading *reading, const struct cell *cell);
/** On a small base, whether or not its interval is masked, too. */
bool narrative_is_low(const struct reading *reading, const struct cell *cell);
/** A sentence for the cell, worded as the evidence allows. */
const char *narrative_say(struct reading *reading, const struct cell *cell);
/* narrative_say.c: sentences of more than one cell */
/** "It would take 8 wrong answers, or ... to undo this."; NULL when the cell is no change. */
const char *narrative_fragility(struct reading *reading, const struct cell *cell);
/** A result as a whole; NULL when there is nothing to say of it. */
const char *narrative_say_result(struct reading *reading, const struct study_result *result);
/** What stands for a claim that the data do not bear out. */
const char *narrative_soft(struct reading *reading, const struct cell *cell);

/* narrative_value.c again */
int narrative_decimals(const struct reading *reading, enum cell_unit unit);
const char *narrative_mark(const struct cell *cell);
/** Why a cell is [x] or [z]; NULL of others, and where no reason is known. */
const char *narrative_reason(const struct cell *cell);

/* narrative_claim.c */
/** `?? TEST : "text" else "text"`: the text that may be printed, or NULL after an error. */
const char *narrative_claim(struct reading *reading, const char *line, struct rk_place place);

/* narrative_table.c */
struct doc_table *narrative_table(struct reading *reading, const struct fence *fence,
                                  const struct study_result **first);
/** A table typed as Markdown: its numbers are bound like those of text. */
struct doc_table *narrative_typed(struct reading *reading, const struct md_node *node);
/* narrative_sources.c */
/** "Initial assessment data set and review data set, to 13 March 2015", of the block's results. */
const char *narrative_source_line(struct reading *reading, const struct fence *fence);

/* narrative_annex.c: generated tables of the annexes */
/** `title` is set to one that fits. */
struct doc_table *narrative_methods(struct reading *reading, const struct fence *fence,
                                    const char **title);
/** Fills them, when all is known that the report prints. */
void narrative_late(struct reading *reading);

/* narrative_blocks.c */
struct block_list {
    struct doc_block **blocks;
    size_t count, cap;
};
struct doc_block *narrative_block(struct reading *reading, enum doc_kind kind,
                                  struct rk_place place);
void narrative_add(struct reading *reading, struct block_list *list, struct doc_block *block);
/** Blocks from the Markdown nodes of `parent`, from reading->next_block on, until the fence that
 *  opened them closes (or the end, at the top). */
void narrative_blocks(struct reading *reading, const struct md_node *parent,
                      const struct fence *inside, struct block_list *out);

/* narrative_figure.c */
void narrative_figure(struct reading *reading, const struct md_node *parent,
                      const struct fence *fence, struct block_list *out);

/* narrative_fence.c: one fenced block */
/** Numbers a block ("Table 7.1"), words its title and source, remembers its label. */
void narrative_caption(struct reading *reading, struct doc_block *block,
                       const struct fence *fence, const char *word, int *counter,
                       bool must_be_mentioned);
void narrative_fence(struct reading *reading, const struct md_node *parent,
                     const struct fence *fence, struct block_list *out);

/** Path of a picture that lies beside the narrative; NULL after an error. */
const char *narrative_picture(struct reading *reading, const char *name, struct rk_place place);

/* narrative_front.c */
void narrative_front(struct reading *reading);

/** The first error of a file in a word: place, then what. Counts in diag. */
#define narrative_error(reading, place, ...)                                                   \
    ((void)rk_fail((reading)->diag, RK_STUDY, (place), __VA_ARGS__))

#endif
