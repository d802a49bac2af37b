// SPDX-License-Identifier: MIT
/** Fenced blocks: `::: {.kind #label key="value"}`; one function a kind, chosen by a table. */
#include "render/narrative_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>

struct fence_kind {
    const char *name;
    const char *keys; /**< those it knows, between blanks */
    void (*make)(struct reading *, const struct md_node *, const struct fence *,
                 struct block_list *);
};

/* ---- keys ---- */

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = strstr(words, word); p; p = strstr(p + 1, word))
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
            return true;
    return false;
}

static void check_keys(struct reading *reading, const struct fence *fence, const char *keys)
{
    for (size_t i = 0; keys && i < fence->count; i++)
        if (!has_word(keys, fence->attributes[i].key))
            narrative_error(reading, fence->place, "a .%s has no key \"%s\"; it knows %s",
                            fence->kind, fence->attributes[i].key, keys[0] ? keys : "none");
}

/* ---- captions ---- */

/** "Table 7.1"; before the first section "Summary table", "Summary table 2"; "Table 7" where
 * nothing is numbered. */
static const char *caption_kind(struct reading *reading, const char *word, int number)
{
    if (reading->section)
        return rk_arena_printf(reading->arena, "%s %s.%d", word, reading->section, number);
    if (reading->numbering == NUMBER_NONE)
        return rk_arena_printf(reading->arena, "%s %d", word, number);
    const char *lower = rk_arena_printf(reading->arena, "%c%s", word[0] | 0x20, word + 1);
    return number == 1 ? rk_arena_printf(reading->arena, "Summary %s", lower)
                       : rk_arena_printf(reading->arena, "Summary %s %d", lower, number);
}

/** title=; with claim="TEST" it stands when the test holds, or else= stands instead. */
static const char *title_of(struct reading *reading, const struct fence *fence)
{
    const char *title = fence_value(fence, "title"), *claim = fence_value(fence, "claim");
    const char *other = fence_value(fence, "else");
    struct rk_arena *arena = reading->arena;

    if (!claim)
        return title;
    claim = rk_arena_printf(arena, "?? %s : \"%s\"", claim, title ? title : "");
    if (other)
        claim = rk_arena_printf(arena, "%s else \"%s\"", claim, other);
    return narrative_claim(reading, claim, fence->place);
}

/** "Table 7.1" for the next of its kind in the section; label and mention are looked after. */
void narrative_caption(struct reading *reading, struct doc_block *block, const struct fence *fence,
                    const char *word, int *counter, bool must_be_mentioned)
{
    block->caption_kind = caption_kind(reading, word, ++*counter);
    block->caption = narrative_words(reading, title_of(reading, fence), fence->place);
    block->source = narrative_source(reading, fence_value(fence, "source"), fence->place);
    block->label = fence->label;
    if (fence->label)
        narrative_add_label(reading, fence->label, block->caption_kind, must_be_mentioned,
                            fence->place);
    else if (must_be_mentioned)
        narrative_error(reading, fence->place, "a .%s has a #label, so that the text can refer "
                        "to it",
                        fence->kind);
}

static struct doc_text plain_text(struct reading *reading, const char *words)
{
    struct doc_span *span = RK_NEW(reading->arena, struct doc_span);

    *span = (struct doc_span){.text = words, .footnote = -1};
    return (struct doc_text){span, 1};
}

static void take_children(struct reading *reading, const struct md_node *parent,
                          const struct fence *fence, struct doc_block *block)
{
    struct block_list children = {0};

    narrative_blocks(reading, parent, fence, &children);
    block->children = children.blocks;
    block->count = children.count;
}

/* ---- kinds ---- */

static void make_box(struct reading *reading, const struct md_node *parent,
                     const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_BOX, fence->place);

    narrative_caption(reading, block, fence, "Box", &reading->boxes, false);
    take_children(reading, parent, fence, block);
    narrative_add(reading, out, block);
}

static void make_case(struct reading *reading, const struct md_node *parent,
                      const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_CASE_STUDY, fence->place);

    narrative_caption(reading, block, fence, "Case Study", &reading->cases, false);
    take_children(reading, parent, fence, block);
    narrative_add(reading, out, block);
}

/** A box that prints a scale's items from the definition that scores them. */
static void make_items(struct reading *reading, const struct md_node *parent,
                       const struct fence *fence, struct block_list *out)
{
    struct doc_block *box = narrative_block(reading, DOC_BOX, fence->place);
    struct doc_block *list = narrative_block(reading, DOC_LIST, fence->place);
    const char *name = fence_value(fence, "scale");
    const struct study_scale *scale = name ? study_scale(reading->study, name) : NULL;
    struct block_list items = {0}, body = {0};

    narrative_caption(reading, box, fence, "Box", &reading->boxes, false);
    narrative_blocks(reading, parent, fence, &body);
    if (!scale) {
        narrative_error(reading, fence->place, "the study has no scale \"%s\"",
                        name ? name : "");
        return;
    }
    for (size_t i = 0; i < scale->item_count; i++) {
        struct doc_block *item = narrative_block(reading, DOC_ITEM, fence->place);
        struct doc_block *text = narrative_block(reading, DOC_PARAGRAPH, fence->place);
        struct block_list children = {0};
        item->mark = rk_arena_printf(reading->arena, "%zu.", i + 1);
        text->text = plain_text(reading, scale->items[i]);
        narrative_add(reading, &children, text);
        item->children = children.blocks;
        item->count = children.count;
        narrative_add(reading, &items, item);
    }
    list->level = 1;
    list->children = items.blocks;
    list->count = items.count;
    narrative_add(reading, &body, list);
    if (scale->licence) {
        struct doc_block *licence = narrative_block(reading, DOC_PARAGRAPH, fence->place);
        licence->text = plain_text(reading, scale->licence);
        narrative_add(reading, &body, licence);
    }
    box->children = body.blocks;
    box->count = body.count;
    if (!box->source.count && scale->source)
        box->source = narrative_source(reading, scale->source, fence->place);
    narrative_add(reading, out, box);
}

static void make_quote(struct reading *reading, const struct md_node *parent,
                       const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_QUOTE, fence->place);

    block->attribution = narrative_words(reading, fence_value(fence, "by"), fence->place);
    take_children(reading, parent, fence, block);
    narrative_add(reading, out, block);
}

/** Splits "words -- who" at its last dash (two hyphens, which Markdown made an en dash). */
static void split_attribution(struct reading *reading, struct doc_block *quote)
{
    struct doc_text *text = &quote->children[0]->text;

    for (size_t i = text->count; i-- > 0;) {
        const char *at = NULL;
        for (const char *p = strstr(text->spans[i].text, " \u2013 "); p;
             p = strstr(p + 1, " \u2013 "))
            at = p;
        if (!at)
            continue;
        size_t rest = text->count - i;
        struct doc_span *who = RK_ARRAY(reading->arena, struct doc_span, rest);
        memcpy(who, text->spans + i, rest * sizeof *who);
        who[0].text = at + strlen(" \u2013 ");
        quote->attribution = (struct doc_text){who, rest};
        text->spans[i].text = rk_arena_copy_n(reading->arena, text->spans[i].text,
                                              (size_t)(at - text->spans[i].text));
        text->count = i + 1;
        return;
    }
    narrative_error(reading, quote->place, "a quotation ends with \" -- who said it\"");
}

/** A list inside becomes rows of quotation and speaker. */
static void make_quotes(struct reading *reading, const struct md_node *parent,
                        const struct fence *fence, struct block_list *out)
{
    struct doc_block *box = narrative_block(reading, DOC_BOX, fence->place);
    struct doc_block *quotes = narrative_block(reading, DOC_QUOTES, fence->place);
    struct block_list rows = {0}, body = {0};

    narrative_caption(reading, box, fence, "Box", &reading->boxes, false);
    take_children(reading, parent, fence, quotes);
    for (size_t i = 0; i < quotes->count; i++) {
        struct doc_block *list = quotes->children[i];
        for (size_t k = 0; list->kind == DOC_LIST && k < list->count; k++) {
            struct doc_block *quote = narrative_block(reading, DOC_QUOTE, list->place);
            quote->children = list->children[k]->children;
            quote->count = list->children[k]->count;
            if (quote->count)
                split_attribution(reading, quote);
            narrative_add(reading, &rows, quote);
        }
    }
    quotes->children = rows.blocks;
    quotes->count = rows.count;
    narrative_add(reading, &body, quotes);
    box->children = body.blocks;
    box->count = body.count;
    narrative_add(reading, out, box);
}

/** Under a headline that claims a clear change: what would undo it. */
static void add_fragility(struct reading *reading, struct doc_block *block, const char *words)
{
    struct block_list children = {0};
    struct doc_block *text;

    if (!words)
        return;
    for (size_t i = 0; i < block->count; i++)
        narrative_add(reading, &children, block->children[i]);
    text = narrative_block(reading, DOC_PARAGRAPH, block->place);
    text->text = plain_text(reading, words);
    text->text.spans[0].style = DOC_ITALIC;
    narrative_add(reading, &children, text);
    block->children = children.blocks;
    block->count = children.count;
}

static void make_callout(struct reading *reading, const struct md_node *parent,
                         const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_CALLOUT, fence->place);
    const char *fragility = fence_value(fence, "fragility");

    reading->clear = NULL;
    block->caption = narrative_words(reading, title_of(reading, fence), fence->place);
    take_children(reading, parent, fence, block);
    if (reading->clear && (!fragility || strcmp(fragility, "no") != 0))
        add_fragility(reading, block, narrative_fragility(reading, reading->clear));
    narrative_add(reading, out, block);
}

static void make_columns(struct reading *reading, const struct md_node *parent,
                         const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_COLUMNS, fence->place);

    take_children(reading, parent, fence, block);
    narrative_add(reading, out, block);
}

static void make_first_page(struct reading *reading, const struct md_node *parent,
                            const struct fence *fence, struct block_list *out)
{
    size_t before = out->count;

    reading->in_first_page = true;
    narrative_blocks(reading, parent, fence, out);
    reading->in_first_page = false;
    if (out->count > before)
        out->blocks[before]->page_before = true;
}

static void make_page(struct reading *reading, const struct md_node *parent,
                      const struct fence *fence, struct block_list *out)
{
    struct block_list none = {0};

    narrative_blocks(reading, parent, fence, &none);
    narrative_add(reading, out, narrative_block(reading, DOC_PAGE_BREAK, fence->place));
}

/** The Markdown inside a table or methods block is notes under it. */
static void take_notes(struct reading *reading, const struct md_node *parent,
                       const struct fence *fence, struct doc_table *table)
{
    struct block_list notes = {0};
    struct doc_text *all;

    narrative_blocks(reading, parent, fence, &notes);
    if (!table || !notes.count)
        return;
    all = RK_ARRAY(reading->arena, struct doc_text, notes.count + table->note_count);
    for (size_t i = 0; i < notes.count; i++)
        all[i] = notes.blocks[i]->text;
    for (size_t i = 0; i < table->note_count; i++)
        all[notes.count + i] = table->notes[i];
    table->notes = all;
    table->note_count += notes.count;
}

/** The Markdown table that a .table without a result starts with, or NULL. */
static const struct md_node *typed_in(struct reading *reading, const struct md_node *parent,
                                      const struct fence *fence)
{
    const struct md_node *next =
        reading->next_block < parent->count ? parent->children[reading->next_block] : NULL;

    if (!next || next->kind != MD_TABLE || fence_value(fence, "result"))
        return NULL;
    reading->next_block++;
    return next;
}

static void make_typed(struct reading *reading, const struct md_node *parent,
                       const struct fence *fence, const struct md_node *typed,
                       struct doc_block *block, struct block_list *out)
{
    check_keys(reading, fence, "title claim else source");
    if (!block->caption.count)
        narrative_error(reading, fence->place, "a table that is typed has a title=\"...\"");
    block->table = narrative_typed(reading, typed);
    take_notes(reading, parent, fence, block->table);
    narrative_add(reading, out, block);
}

static void make_table(struct reading *reading, const struct md_node *parent,
                       const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_TABLE, fence->place);
    const struct md_node *typed = typed_in(reading, parent, fence);
    const struct study_result *result;

    narrative_caption(reading, block, fence, "Table", &reading->tables, true);
    if (typed) {
        make_typed(reading, parent, fence, typed, block, out);
        return;
    }
    block->table = narrative_table(reading, fence, &result);
    take_notes(reading, parent, fence, block->table);
    if (!block->table)
        return;
    if (!block->caption.count && result->title)
        block->caption = plain_text(reading, result->title);
    if (!block->source.count)
        block->source =
            narrative_source(reading, narrative_source_line(reading, fence), fence->place);
    narrative_add(reading, out, block);
}

static void make_methods(struct reading *reading, const struct md_node *parent,
                         const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_TABLE, fence->place);
    const char *title = "";

    narrative_caption(reading, block, fence, "Table", &reading->tables, true);
    block->table = narrative_methods(reading, fence, &title);
    if (!block->caption.count)
        block->caption = plain_text(reading, title);
    take_notes(reading, parent, fence, block->table);
    if (block->table)
        narrative_add(reading, out, block);
}

/* ---- the table of kinds ---- */

static const struct fence_kind kinds[] = {
    {"table", "result rows columns show head stub transpose order total note base receipt title claim else source",
     make_table},
    {"figure", NULL, narrative_figure},
    {"box", "title source", make_box},
    {"case-study", "title source cleared", make_case},
    {"items", "scale title source", make_items},
    {"quote", "by cleared", make_quote},
    {"quotes", "title source cleared", make_quotes},
    {"callout", "title claim else fragility", make_callout},
    {"columns", "", make_columns},
    {"first-page", "", make_first_page},
    {"methods", "of title source", make_methods},
    {"page", "", make_page},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

void narrative_fence(struct reading *reading, const struct md_node *parent,
                     const struct fence *fence, struct block_list *out)
{
    const char *names[KINDS], *near;
    struct block_list none = {0};

    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (strcmp(fence->kind, kinds[i].name) == 0) {
            check_keys(reading, fence, kinds[i].keys);
            kinds[i].make(reading, parent, fence, out);
            return;
        }
    }
    near = rk_text_nearest(fence->kind, names, KINDS);
    narrative_error(reading, fence->place, "there is no block .%s%s%s%s", fence->kind,
                    near ? "; did you mean ." : "", near ? near : "", near ? "?" : "");
    narrative_blocks(reading, parent, fence, &none);
}
