// SPDX-License-Identifier: MIT
/** Markdown nodes and fenced blocks to the blocks of a document, numbered as they come. */
#include "render/narrative_priv.h"

#include <stdlib.h>
#include <string.h>

struct doc_block *narrative_block(struct reading *reading, enum doc_kind kind,
                                  struct rk_place place)
{
    struct doc_block *block = RK_NEW(reading->arena, struct doc_block);

    block->kind = kind;
    block->number = "";
    block->mark = "";
    block->place = place;
    return block;
}

void narrative_add(struct reading *reading, struct block_list *list, struct doc_block *block)
{
    RK_ROOM(reading->arena, list->blocks, list->count, list->cap);
    list->blocks[list->count++] = block;
}

/* ---- headings ---- */

/** `Title {#sec-x .annex}`: takes the braces off the text and reads them. */
struct heading_words {
    const char *label;
    bool annex, plain;
};

static struct heading_words take_heading_words(struct reading *reading, struct doc_text *text)
{
    struct heading_words words = {0};
    struct doc_span *last = text->count ? &text->spans[text->count - 1] : NULL;
    const char *brace = last ? strrchr(last->text, '{') : NULL;
    char *copy, *save = NULL;

    if (!brace || !strchr(brace, '}'))
        return words;
    copy = rk_arena_copy(reading->arena, brace + 1);
    *strchr(copy, '}') = '\0';
    for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        words.annex |= strcmp(word, ".annex") == 0;
        words.plain |= strcmp(word, ".plain") == 0;
        if (*word == '#')
            words.label = word + 1;
    }
    size_t bytes = (size_t)(brace - last->text);
    while (bytes && last->text[bytes - 1] == ' ')
        bytes--;
    last->text = rk_arena_copy_n(reading->arena, last->text, bytes);
    if (!bytes)
        text->count--;
    return words;
}

static void start_section(struct reading *reading, const struct heading_words *words)
{
    reading->in_annex = words->annex;
    if (words->annex)
        reading->section = rk_arena_printf(reading->arena, "%c", 'A' + reading->annexes++ % 26);
    else
        reading->section = rk_arena_printf(reading->arena, "%d", ++reading->sections);
    reading->tables = reading->figures = reading->boxes = reading->cases = 0;
    if (reading->numbering == NUMBER_DECIMAL)
        reading->paragraphs = 0;
}

static void add_heading(struct reading *reading, const struct md_node *node,
                        struct rk_place place, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_HEADING, place);
    struct heading_words words;

    block->level = node->level > 3 ? 3 : node->level;
    block->text = narrative_text(reading, node->text);
    words = take_heading_words(reading, &block->text);
    if (node->level == 1 && !words.plain) {
        start_section(reading, &words);
        block->number = rk_arena_printf(reading->arena, "%s %s",
                                        words.annex ? "Annex" : reading->section_word,
                                        reading->section);
        if (!words.annex && !reading->section_word[0])
            block->number = reading->section;
    }
    if (words.label) {
        block->label = words.label;
        narrative_add_label(reading, words.label,
                            block->number[0] ? block->number
                                             : narrative_flat(reading->arena, block->text),
                            false, place);
    }
    narrative_add(reading, out, block);
}

/* ---- paragraphs and lists ---- */

/** `{.plain}` at the end takes the paragraph's number away. */
static bool take_plain(struct reading *reading, struct doc_text *text)
{
    static const char word[] = "{.plain}";
    struct doc_span *last = text->count ? &text->spans[text->count - 1] : NULL;
    size_t bytes = last ? strlen(last->text) : 0, n = sizeof word - 1;

    if (bytes < n || strcmp(last->text + bytes - n, word) != 0)
        return false;
    last->text = rk_arena_copy_n(reading->arena, last->text, bytes - n);
    return true;
}

static void number_paragraph(struct reading *reading, struct doc_block *block)
{
    if (reading->in_first_page || reading->in_annex || !reading->sections)
        return;
    if (reading->numbering == NUMBER_PARAGRAPHS)
        block->number = rk_arena_printf(reading->arena, "%d", ++reading->paragraphs);
    else if (reading->numbering == NUMBER_DECIMAL)
        block->number = rk_arena_printf(reading->arena, "%s.%d", reading->section,
                                        ++reading->paragraphs);
}

static bool is_claim(const struct md_node *node)
{
    return node->text.count && strncmp(node->text.spans[0].text, "??", 2) == 0;
}

/** The text as Markdown once more: a claim is read as one line, its words parsed again. */
static const char *marked(struct rk_arena *arena, struct doc_text text)
{
    const char *line = "";

    for (size_t i = 0; i < text.count; i++) {
        const struct doc_span *span = &text.spans[i];
        const char *mark = span->style & DOC_BOLD     ? "**"
                           : span->style & DOC_ITALIC ? "*"
                           : span->style & DOC_CODE   ? "`"
                                                      : "";
        line = rk_arena_printf(arena, "%s%s%s%s", line, mark, span->text, mark);
    }
    return line;
}

/** The text of a paragraph, a claim judged first. Empty when the claim fails. */
static struct doc_text paragraph_text(struct reading *reading, const struct md_node *node,
                                      struct rk_place place)
{
    const char *words;

    if (!is_claim(node))
        return narrative_text(reading, node->text);
    words = narrative_claim(reading, marked(reading->arena, node->text), place);
    return words ? narrative_text(reading, markdown_parse(reading->arena, words, place.line)
                                               ->children[0]
                                               ->text)
                 : (struct doc_text){0};
}

static void add_paragraph(struct reading *reading, const struct md_node *node, bool numbered,
                          struct rk_place place, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_PARAGRAPH, place);

    block->text = paragraph_text(reading, node, place);
    if (!block->text.count)
        return;
    if (!take_plain(reading, &block->text) && numbered)
        number_paragraph(reading, block);
    narrative_add(reading, out, block);
}

static struct rk_place place_of(const struct reading *reading, const struct md_node *node)
{
    return RK_AT(reading->source.path, node->line, 1);
}

static void add_list(struct reading *reading, const struct md_node *node, int depth,
                     struct block_list *out);

static struct doc_block *make_item(struct reading *reading, const struct md_node *item,
                                   const char *mark, int depth)
{
    struct doc_block *block = narrative_block(reading, DOC_ITEM, place_of(reading, item));
    struct block_list children = {0};

    block->mark = mark;
    for (size_t i = 0; i < item->count; i++) {
        if (item->children[i]->kind == MD_LIST)
            add_list(reading, item->children[i], depth + 1, &children);
        else if (item->children[i]->kind == MD_PARAGRAPH)
            add_paragraph(reading, item->children[i], false,
                          place_of(reading, item->children[i]), &children);
        else
            narrative_error(reading, place_of(reading, item->children[i]),
                            "a list item holds paragraphs and lists");
    }
    block->children = children.blocks;
    block->count = children.count;
    return block;
}

static void add_list(struct reading *reading, const struct md_node *node, int depth,
                     struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_LIST, place_of(reading, node));
    struct block_list items = {0};

    block->level = depth;
    for (size_t i = 0; i < node->count; i++) {
        const char *mark = "";
        if (node->ordered)
            mark = depth == 1 ? rk_arena_printf(reading->arena, "%ld.", node->start + (long)i)
                              : rk_arena_printf(reading->arena, "%c.", (char)('a' + i % 26));
        narrative_add(reading, &items, make_item(reading, node->children[i], mark, depth));
    }
    block->children = items.blocks;
    block->count = items.count;
    narrative_add(reading, out, block);
}

/* ---- the walk ---- */

static void add_node(struct reading *reading, const struct md_node *node, bool top,
                     struct block_list *out)
{
    struct rk_place place = place_of(reading, node);

    switch (node->kind) {
    case MD_HEADING:
        add_heading(reading, node, place, out);
        break;
    case MD_PARAGRAPH:
        add_paragraph(reading, node, top, place, out);
        break;
    case MD_LIST:
        add_list(reading, node, 1, out);
        break;
    case MD_RULE:
        narrative_add(reading, out, narrative_block(reading, DOC_PAGE_BREAK, place));
        break;
    case MD_FOOTNOTE:
        break;
    case MD_TABLE:
        narrative_error(reading, place, "a table that is typed stands alone in a "
                        "::: {.table #tbl-x title=\"...\"} without result=");
        break;
    default:
        narrative_error(reading, place, "a report has no use for %s here; see docs/narrative.md",
                        node->kind == MD_QUOTE  ? "a > quotation (write ::: {.quote})"
                        : node->kind == MD_CODE ? "a code block"
                        : node->literal         ? node->literal
                                                : "this");
        break;
    }
}

static const struct fence *fence_of(const struct reading *reading, const struct md_node *node)
{
    if (node->kind != MD_MARKER || strncmp(node->literal, "fence ", 6) != 0)
        return NULL;
    return &reading->source.fences[strtoul(node->literal + 6, NULL, 10)];
}

void narrative_blocks(struct reading *reading, const struct md_node *parent,
                      const struct fence *inside, struct block_list *out)
{
    while (reading->next_block < parent->count) {
        const struct md_node *node = parent->children[reading->next_block++];
        const struct fence *fence = fence_of(reading, node);

        if (!fence) {
            if (node->kind != MD_MARKER)
                add_node(reading, node, !inside, out);
        } else if (fence->opens) {
            narrative_fence(reading, parent, fence, out);
        } else if (inside) {
            return;
        } else {
            narrative_error(reading, fence->place, "this ::: closes nothing");
        }
    }
    if (inside)
        narrative_error(reading, inside->place, "the block .%s is not closed by :::",
                        inside->kind);
}
