// SPDX-License-Identifier: MIT
#include "render/markdown.h"

#include "pipeline/base/rk_cleanup.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct rk_arena *arena;
    size_t first_line;
};

/** Runs of text while they are gathered. */
struct runs {
    struct rk_arena *arena;
    struct doc_span *spans;
    size_t count, cap;
};

static void runs_add(struct runs *runs, const char *text, unsigned style, const char *target,
                     long footnote)
{
    struct doc_span *last = runs->count ? &runs->spans[runs->count - 1] : NULL;

    if (last && last->style == style && last->target == target && last->footnote < 0 &&
        footnote < 0) {
        last->text = rk_arena_printf(runs->arena, "%s%s", last->text, text);
        return;
    }
    RK_ROOM(runs->arena, runs->spans, runs->count, runs->cap);
    runs->spans[runs->count++] = (struct doc_span){
        .text = rk_arena_copy(runs->arena, text),
        .style = style,
        .target = target,
        .footnote = footnote,
    };
}

static void read_inlines(struct runs *runs, cmark_node *parent, unsigned style,
                         const char *target)
{
    for (cmark_node *n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) {
        cmark_node_type type = cmark_node_get_type(n);

        if (type == CMARK_NODE_TEXT)
            runs_add(runs, cmark_node_get_literal(n), style, target, -1);
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            runs_add(runs, type == CMARK_NODE_SOFTBREAK ? " " : "\n", style, target, -1);
        else if (type == CMARK_NODE_CODE)
            runs_add(runs, cmark_node_get_literal(n), style | DOC_CODE, target, -1);
        else if (type == CMARK_NODE_EMPH)
            read_inlines(runs, n, style ^ DOC_ITALIC, target);
        else if (type == CMARK_NODE_STRONG)
            read_inlines(runs, n, style | DOC_BOLD, target);
        else if (type == CMARK_NODE_LINK)
            read_inlines(runs, n, style, rk_arena_copy(runs->arena, cmark_node_get_url(n)));
        else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
            runs_add(runs, cmark_node_get_literal(n), style | DOC_RAISED, NULL,
                     strtol(cmark_node_get_literal(n), NULL, 10) - 1);
        else
            read_inlines(runs, n, style, target);
    }
}

static struct doc_text read_text(struct reader *reader, cmark_node *node)
{
    struct runs runs = {.arena = reader->arena};

    read_inlines(&runs, node, DOC_PLAIN, NULL);
    return (struct doc_text){runs.spans, runs.count};
}

static struct md_node *read_block(struct reader *reader, cmark_node *node);

static void read_children(struct reader *reader, cmark_node *node, struct md_node *out)
{
    size_t cap = 0;

    for (cmark_node *n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
        RK_ROOM(reader->arena, out->children, out->count, cap);
        out->children[out->count++] = read_block(reader, n);
    }
}

static const char *marker_text(struct rk_arena *arena, const char *html)
{
    const char *start = strstr(html, "<!--"), *end = start ? strstr(start, "-->") : NULL;

    return end ? rk_arena_copy_n(arena, start + 4, (size_t)(end - start - 4)) : NULL;
}

static struct md_node *read_cell(struct reader *reader, cmark_node *node, unsigned char align)
{
    struct md_node *out = RK_NEW(reader->arena, struct md_node);

    out->kind = MD_CELL;
    out->line = reader->first_line + (size_t)cmark_node_get_start_line(node) - 1;
    out->align = align == 'r' ? DOC_RIGHT : align == 'c' ? DOC_CENTRE : DOC_LEFT;
    out->text = read_text(reader, node);
    return out;
}

/** Every row has as many cells as the head: CommonMark's tables see to that. */
static struct md_node *read_table(struct reader *reader, cmark_node *node)
{
    const unsigned char *aligns = cmark_gfm_extensions_get_table_alignments(node);
    struct md_node *out = RK_NEW(reader->arena, struct md_node);
    size_t rows = 0;

    out->kind = MD_TABLE;
    out->line = reader->first_line + (size_t)cmark_node_get_start_line(node) - 1;
    for (cmark_node *r = cmark_node_first_child(node); r; r = cmark_node_next(r)) {
        struct md_node *row = RK_NEW(reader->arena, struct md_node);
        size_t cells = 0;

        row->kind = MD_ROW;
        row->line = reader->first_line + (size_t)cmark_node_get_start_line(r) - 1;
        for (cmark_node *c = cmark_node_first_child(r); c; c = cmark_node_next(c)) {
            RK_ROOM(reader->arena, row->children, row->count, cells);
            row->children[row->count] = read_cell(reader, c, aligns[row->count]);
            row->count++;
        }
        RK_ROOM(reader->arena, out->children, out->count, rows);
        out->children[out->count++] = row;
    }
    return out;
}

static struct md_node *read_block(struct reader *reader, cmark_node *node)
{
    struct md_node *out;

    if (strcmp(cmark_node_get_type_string(node), "table") == 0)
        return read_table(reader, node);
    out = RK_NEW(reader->arena, struct md_node);
    out->line = reader->first_line + (size_t)cmark_node_get_start_line(node) - 1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
        out->kind = MD_DOCUMENT;
        break;
    case CMARK_NODE_HEADING:
        out->kind = MD_HEADING;
        out->level = cmark_node_get_heading_level(node);
        out->text = read_text(reader, node);
        return out;
    case CMARK_NODE_PARAGRAPH:
        out->kind = MD_PARAGRAPH;
        out->text = read_text(reader, node);
        return out;
    case CMARK_NODE_LIST:
        out->kind = MD_LIST;
        out->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        out->start = cmark_node_get_list_start(node);
        break;
    case CMARK_NODE_ITEM:
        out->kind = MD_ITEM;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        out->kind = MD_QUOTE;
        break;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        out->kind = MD_FOOTNOTE;
        break;
    case CMARK_NODE_CODE_BLOCK:
        out->kind = MD_CODE;
        out->literal = rk_arena_copy(reader->arena, cmark_node_get_literal(node));
        return out;
    case CMARK_NODE_THEMATIC_BREAK:
        out->kind = MD_RULE;
        return out;
    case CMARK_NODE_HTML_BLOCK:
        out->literal = marker_text(reader->arena, cmark_node_get_literal(node));
        out->kind = out->literal ? MD_MARKER : MD_OTHER;
        if (!out->literal)
            out->literal = "HTML";
        return out;
    default:
        out->kind = MD_OTHER;
        out->literal = rk_arena_copy(reader->arena, cmark_node_get_type_string(node));
        break;
    }
    read_children(reader, node, out);
    return out;
}

/* cmark's own allocator aborts when memory runs out. */
static void *all_or_end(void *got)
{
    if (!got) rk_out_of_memory();
    return got;
}

static void *take(size_t count, size_t bytes)
{
    return all_or_end(calloc(count ? count : 1, bytes ? bytes : 1));
}

static void *take_more(void *old, size_t bytes)
{
    return all_or_end(realloc(old, bytes ? bytes : 1));
}

static void use_our_memory(void)
{
    cmark_mem *memory = cmark_get_default_mem_allocator();

    memory->calloc = take;
    memory->realloc = take_more;
}

struct md_node *markdown_parse(struct rk_arena *arena, const char *text, size_t first_line)
{
    struct reader reader = {arena, first_line};
    struct md_node *out;
    cmark_parser *parser;
    cmark_node *root;

    use_our_memory();
    cmark_gfm_core_extensions_ensure_registered();
    parser = cmark_parser_new(CMARK_OPT_SMART | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text, strlen(text));
    root = cmark_parser_finish(parser);
    cmark_parser_free(parser);

    cmark_consolidate_text_nodes(root);
    out = read_block(&reader, root);
    cmark_node_free(root);
    return out;
}
