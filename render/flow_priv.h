// SPDX-License-Identifier: MIT
#ifndef RENDER_FLOW_PRIV_H
#define RENDER_FLOW_PRIV_H

#include "render/flow.h"
#include "render/paragraph.h"
#include "render/pdf.h"
#include "render/trace.h"

/**
 * How the parts of flow meet.
 *
 * flow_text, flow_items, flow_box, flow_quote, flow_table, flow_figure, flow_contents and
 * flow_cover turn blocks into nodes of a list (flow_list). flow_pages cuts the list into
 * plans of pages, flow_emit draws them. Heights and tops run downwards from the top of the
 * text area; x is from the page's left edge; only flow_emit and the draw functions know
 * that PDF counts upwards.
 */

struct flow;
struct node;
struct emitting;

/** A break before this node is forbidden; less is a cost (hole badness is 10,000 x
 * share^2). */
/* Costs of a page break. KEEP: none is possible; between paragraphs it is a little better than
 * inside one. */
enum { KEEP = 10000, INSIDE_PARAGRAPH = 15 };

enum node_kind {
    NODE_BOX,   /**< something that is drawn, or keeps its height free */
    NODE_SPACE, /**< vanishes at the top and the bottom of a page; neighbours do not add up
                 */
    NODE_PAGE,  /**< starts a page */
};

/** Paints a node; `top` is the upper edge in PDF's upward coordinates. */
typedef void node_draw(struct emitting *emitting, const struct node *node, double top);

struct node {
    struct node *next, *prev;
    enum node_kind kind;
    double height;
    double x;         /**< left edge; the draw function knows what it is of */
    int break_before; /**< cost of a page break before it; KEEP: none */
    double need;      /**< break before it unless this much is free on the page */
    bool barrier;     /**< floats do not move past it: a section's heading */
    node_draw *draw;
    const void *data;
    const long *notes; /**< footnotes whose marks are in it */
    size_t note_count;
    struct region *region;         /**< innermost */
    struct group *group;           /**< only while it is at the top level of the list */
    const char *anchor;            /**< label whose place is its upper edge; NULL */
    const struct heading *heading; /**< the heading that starts here; NULL */
    const struct list *parts;      /**< lists side by side in it */
    size_t part_count;
};

struct list {
    struct node *first, *last;
};

/** What is drawn again, or kept free, where a page break divides a run of nodes: the frame
 * of a box, the head of a table. */
struct region {
    struct region *parent;
    const struct node *first, *last;
    double again;          /**< height at the top of a continuation */
    double foot;           /**< height kept free below a break */
    node_draw *draw_again; /**< called with a node that holds `again_data` */
    const void *again_data;
    const struct frame *frame; /**< background behind the nodes; NULL */
};

/** Background of a box. */
struct frame {
    double x, width;
    struct colour fill, bar;
    bool has_bar, outlined;
};

/** A table, figure or box as a whole. */
struct group {
    struct node *first, *last;
    double height;    /**< spaces around it left out */
    const char *kind; /**< order is kept among groups of one kind */
    bool floats; /**< may move past the text that follows it, to the top of the next page */
    bool turned; /**< on landscape pages of its own */
};

struct heading {
    const struct doc_block *block;
    const char *anchor;
    const char *title;   /**< plain text, for bookmarks and running heads */
    size_t plan;         /**< page it is on, once known */
    const char *section; /**< level 1: words of the running head */
};

/** A table, figure or box for the lists after the contents. */
struct listed {
    const struct doc_block *block;
    const char *anchor;
};

struct note {
    struct list lines;
    double height;
    struct pdf_tag *tag;
    const char *anchor;
    bool used;
};

struct flow {
    struct rk_run *run;
    struct rk_arena *arena;
    struct rk_diag *diag;
    const struct doc *doc;
    const struct theme *theme;
    struct fonts *fonts;
    struct paragraph_maker maker;
    struct pdf *pdf;
    struct trace *trace;
    rk_status status; /**< the first failure while nodes are made; already told */

    /* Where nodes go. */
    struct list *list;
    double x, width; /**< of the column being filled */
    double height;   /**< of the text area */
    struct region *region;
    struct group *group;
    int next_break; /**< cost of a break before the next node, or -1: none set */
    int depth;      /**< how many boxes, items and columns we are inside */
    bool turned;
    bool numbered; /**< this section numbers its paragraphs: text keeps clear of the numbers
                    */

    /* Structure. */
    struct pdf_tag *parent; /**< element in which blocks hang */
    size_t *met_notes;      /**< footnotes whose marks were met, not placed yet */
    size_t met_count, met_cap;

    struct heading *headings;
    size_t heading_count, heading_cap;
    size_t headings_met;
    struct listed *listed;
    size_t listed_count, listed_cap;
    struct rk_map *anchors; /**< label to plan, once known */
    size_t *anchor_plan;
    size_t anchor_cap;
    struct note *notes;
    size_t front_end; /**< blocks of the document that belong to the front matter */

    struct pdf_tag *cover_tag, *cover_title;
    struct plan *plans;
    size_t plan_count, plan_cap;
};

/* --- flow_list.c --- */

struct node *flow_box(struct flow *flow, double height, node_draw *draw, const void *data);
/** White space, in which a page may end. Next to other space the larger one counts. */
void flow_space(struct flow *flow, double height);
/** Cost of a page break before whatever is added next. */
void flow_break_cost(struct flow *flow, int cost);
void flow_keep(struct flow *flow);
/** Makes a break at the space just added cost more: what follows belongs to what was
 * before. */
void flow_tie(struct flow *flow, int cost);
void flow_new_page(struct flow *flow);
void list_append(struct list *list, struct node *node);
void list_unlink(struct list *list, struct node *first, struct node *last);
void list_insert(struct list *list, struct node *before, struct node *first,
                 struct node *last);
/** Height of a list that is not cut: spaces at its ends left out. */
double list_height(const struct list *list);
void list_draw(struct emitting *emitting, const struct list *list, double top);

/** Fills another list, for columns and notes, until flow_leave. */
struct outer {
    struct list *list;
    struct region *region;
    struct group *group;
    double x, width;
    int next_break;
    int depth;
};
struct outer flow_enter(struct flow *flow, struct list *list, double x, double width);
void flow_leave(struct flow *flow, struct outer outer);

struct region *region_open(struct flow *flow);
void region_close(struct flow *flow, struct region *region);
/** `kind` e.g. "Table". Inside boxes and columns there are no groups: returns NULL. */
struct group *group_open(struct flow *flow, const char *kind);
void group_close(struct flow *flow, struct group *group);

/* --- flow_text.c --- */

enum flow_style {
    STYLE_BODY,
    STYLE_SMALL, /**< sources, notes under tables */
    STYLE_NOTE,  /**< footnotes */
    STYLE_CAPTION,
    STYLE_SUBTITLE,
    STYLE_QUOTE,  /**< pull quote */
    STYLE_QUOTED, /**< quotes in columns */
    STYLE_CALLOUT,
    STYLE_ATTRIBUTION,
};
struct text_style flow_style(const struct flow *flow, enum flow_style style);

/** What stands left of a paragraph's first line. */
enum mark_kind { MARK_NONE, MARK_TEXT, MARK_DIAMOND, MARK_DASH };
struct mark {
    enum mark_kind kind;
    const char *text;
    double x;     /**< left edge */
    double right; /**< TEXT: right edge to align to, or 0 */
    struct font *font;
    double size;
    struct colour ink;
    struct pdf_tag *tag;
};

/** Adds the lines of a paragraph; `mark` may be NULL. */
struct paragraph *flow_lines(struct flow *flow, const struct doc_text *text,
                             const struct text_style *style, struct pdf_tag *tag,
                             const struct mark *mark);
/** Makes elements for links and footnote marks of a paragraph and notes its footnotes. */
void flow_tag_spans(struct flow *flow, struct paragraph *paragraph, struct pdf_tag *tag);
/** Footnotes of a paragraph's line, as a node keeps them. */
void flow_note_node(struct flow *flow, struct node *node, const struct paragraph *paragraph,
                    size_t line);
/** The text in one string. */
const char *flow_plain(struct flow *flow, const struct doc_text *text);
/** One span. */
struct doc_text *flow_words(struct flow *flow, const char *words, unsigned style);
/** Two texts as one; `between` e.g. a blank. */
struct doc_text *flow_joined(struct flow *flow, const char *label, unsigned style,
                             const char *between, const struct doc_text *text);
void flow_heading(struct flow *flow, const struct doc_block *block);
void flow_paragraph(struct flow *flow, const struct doc_block *block);

/* --- The other makers of nodes --- */

void flow_block(struct flow *flow, const struct doc_block *block);
void flow_blocks(struct flow *flow, struct doc_block *const *blocks, size_t count);
void flow_list(struct flow *flow, const struct doc_block *block);
void flow_framed(struct flow *flow, const struct doc_block *block);
void flow_quote(struct flow *flow, const struct doc_block *block);
void flow_quotes(struct flow *flow, const struct doc_block *block);
void flow_columns(struct flow *flow, const struct doc_block *block);
void flow_table(struct flow *flow, const struct doc_block *block);
void flow_figure(struct flow *flow, const struct doc_block *block);
void flow_contents(struct flow *flow, const struct doc_block *block);
void flow_listing(struct flow *flow, const struct doc_block *block, const char *kind,
                  const char *title);
/** Points the maker functions at an empty list and the page's measure. */
void flow_start_list(struct flow *flow, struct list *list);
/** flow_first.c: how many blocks stand before the contents, and the theme they are set in.
 */
size_t flow_first_blocks(const struct flow *flow);
const struct theme *flow_first_theme(struct flow *flow);
void flow_cover(struct flow *flow);
void flow_back(struct flow *flow);
/** "Source: ..." below a block. */
void flow_source(struct flow *flow, const struct doc_block *block, struct pdf_tag *parent);
/** Headings, tables, figures and boxes of the whole document, before anything is laid out.
 */
void flow_survey(struct flow *flow);
const char *flow_anchor(struct flow *flow, const struct doc_block *block);

/* --- flow_notes.c --- */

/** Lays out the footnotes met since the last call; their elements follow, in `parent`, the
 *  block that has their marks. */
void flow_place_notes(struct flow *flow, struct pdf_tag *parent);
/** The label of a footnote. */
const char *flow_note_anchor(struct flow *flow, size_t note);
/** Space and rule between text and notes. */
double flow_notes_gap(const struct flow *flow);

/* --- flow_pages.c --- */

struct placed {
    const struct node *node;
    double top;
};

struct framed {
    const struct frame *frame;
    double top, bottom;
    bool starts, ends;
};

struct repeated {
    const struct region *region;
    double top;
};

/** Lines `first` to before `end` of a footnote. */
struct note_part {
    const struct node *first, *end;
    double height;
};

enum plan_kind { PLAN_TEXT, PLAN_COVER, PLAN_BACK };

/** A page, decided. */
struct plan {
    enum plan_kind kind;
    bool turned, front;
    struct placed *placed;
    size_t count, cap;
    struct framed *frames;
    size_t frame_count, frame_cap;
    struct repeated *repeats;
    size_t repeat_count, repeat_cap;
    struct note_part *notes;
    size_t note_count, note_cap;
    const struct heading *section; /**< for the running head */
};

/** Cuts a list into plans at the end of flow->plans. */
void flow_paginate(struct flow *flow, struct list *list, bool front);
struct plan *flow_plan(struct flow *flow, enum plan_kind kind);
double flow_text_height(const struct flow *flow, bool turned);

/* --- flow_emit.c --- */

struct emitting {
    struct flow *flow;
    struct render_page *page;
    const struct plan *plan;
    double height, width; /**< of the page */
    bool artifact;        /**< a repetition: no elements, no links */
};

void flow_emit(struct flow *flow);
/** Page number as printed: "iv", "12". */
const char *flow_page_label(struct flow *flow, size_t plan);
/** Plan on which a label stands; flow->plan_count when unknown. */
size_t flow_plan_of(const struct flow *flow, const char *anchor);

#endif
