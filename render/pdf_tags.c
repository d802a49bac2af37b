// SPDX-License-Identifier: MIT
/* The structure tree: elements are collected while pages are drawn and written at the end.
 */
#include "render/pdf_priv.h"

#include <string.h>

enum kid_kind { KID_TAG, KID_CONTENT, KID_LINK };

struct kid {
    enum kid_kind kind;
    uint32_t leaf;
    uint32_t number; /**< of the marked content, or of the link */
    struct pdf_tag *tag;
};

struct pdf_tag_priv {
    struct pdf_tag *parent;
    struct kid *kids;
    size_t count, cap;
    pdf_object object;
    size_t note;  /**< NOTE: its number, from 1 */
    bool waiting; /**< inline: joins its parent when its first content is drawn */
};

struct tag_and_priv {
    struct pdf_tag tag;
    struct pdf_tag_priv priv;
};

static const char *const role_names[PDF_ROLES] = {
    [PDF_DOCUMENT] = "Document",
    [PDF_SECTION] = "Sect",
    [PDF_DIV] = "Div",
    [PDF_H1] = "H1",
    [PDF_H2] = "H2",
    [PDF_H3] = "H3",
    [PDF_P] = "P",
    [PDF_BLOCK_QUOTE] = "BlockQuote",
    [PDF_CAPTION] = "Caption",
    [PDF_LIST] = "L",
    [PDF_LIST_ITEM] = "LI",
    [PDF_LABEL] = "Lbl",
    [PDF_LIST_BODY] = "LBody",
    [PDF_TABLE] = "Table",
    [PDF_TABLE_HEAD] = "THead",
    [PDF_TABLE_BODY] = "TBody",
    [PDF_TABLE_ROW] = "TR",
    [PDF_TABLE_HEADER] = "TH",
    [PDF_TABLE_DATA] = "TD",
    [PDF_FIGURE] = "Figure",
    [PDF_NOTE] = "Note",
    [PDF_REFERENCE] = "Reference",
    [PDF_LINK] = "Link",
    [PDF_CONTENTS] = "TOC",
    [PDF_CONTENTS_ITEM] = "TOCI",
    [PDF_SPAN] = "Span",
};

const char *pdf_role_name(enum pdf_role role)
{
    return role_names[role];
}

static void add_kid(struct pdf *pdf, struct pdf_tag *tag, struct kid kid)
{
    struct pdf_tag_priv *priv = tag->priv;

    if (priv->count >= priv->cap) {
        size_t cap = priv->cap ? 2 * priv->cap : 2;

        priv->kids =
            rk_arena_grow(pdf->arena, priv->kids, priv->count, cap, sizeof *priv->kids);
        priv->cap = cap;
    }
    priv->kids[priv->count++] = kid;
}

struct pdf_tag *pdf_tag_inline(struct pdf *pdf, struct pdf_tag *parent, enum pdf_role role)
{
    struct tag_and_priv *both = RK_NEW(pdf->arena, struct tag_and_priv);

    both->tag.role = role;
    both->tag.priv = &both->priv;
    both->priv.parent = parent ? parent : pdf->root;
    both->priv.waiting = both->priv.parent != NULL;
    return &both->tag;
}

static void join_parent(struct pdf *pdf, struct pdf_tag *tag)
{
    struct pdf_tag *parent = tag->priv->parent;

    if (!tag->priv->waiting) return;
    tag->priv->waiting = false;
    join_parent(pdf, parent);
    add_kid(pdf, parent, (struct kid){.kind = KID_TAG, .tag = tag});
}

struct pdf_tag *pdf_tag(struct pdf *pdf, struct pdf_tag *parent, enum pdf_role role)
{
    struct pdf_tag *tag = pdf_tag_inline(pdf, parent, role);

    join_parent(pdf, tag);
    return tag;
}

void pdf_tags_begin(struct pdf *pdf)
{
    pdf->root = pdf_tag(pdf, NULL, PDF_DOCUMENT);
}

size_t pdf_tag_content(struct pdf *pdf, struct pdf_leaf *leaf, size_t leaf_index,
                       struct pdf_tag *tag)
{
    size_t number = leaf->content_count;

    join_parent(pdf, tag);
    RK_ROOM(pdf->arena, leaf->content, leaf->content_count, leaf->content_cap);
    leaf->content[leaf->content_count++] = tag;
    add_kid(pdf, tag,
            (struct kid){KID_CONTENT, (uint32_t)leaf_index, (uint32_t)number, NULL});
    return number;
}

void pdf_tag_link(struct pdf *pdf, struct pdf_tag *tag, size_t leaf_index, size_t link)
{
    join_parent(pdf, tag);
    add_kid(pdf, tag, (struct kid){KID_LINK, (uint32_t)leaf_index, (uint32_t)link, NULL});
}

static bool is_cell(const struct pdf_tag *tag)
{
    return tag->role == PDF_TABLE_HEADER || tag->role == PDF_TABLE_DATA;
}

/* Gives an object to every element with content in or below it; says whether there is any.
 */
static bool number_tag(struct pdf *pdf, struct pdf_tag *tag, size_t *notes)
{
    bool alive = is_cell(tag);

    for (size_t i = 0; i < tag->priv->count; i++)
        alive = alive || tag->priv->kids[i].kind != KID_TAG;
    /* Parents come first in the file: the object is taken before those of the children, and
     * goes unused in the rare element that turns out empty. */
    tag->priv->object = pdf_object_new(pdf);
    if (tag->role == PDF_NOTE) tag->priv->note = ++*notes;
    for (size_t i = 0; i < tag->priv->count; i++)
        if (tag->priv->kids[i].kind == KID_TAG)
            alive = number_tag(pdf, tag->priv->kids[i].tag, notes) || alive;
    if (!alive) tag->priv->object = NULL;
    return alive;
}

static void put_note_id(struct pdf_bytes *out, const struct pdf_tag *tag)
{
    pdf_putf(out, "(note-%06zu)", tag->priv->note);
}

static void put_attributes(struct pdf_bytes *out, const struct pdf_tag *tag)
{
    static const char *const scope[] = {"", "/Scope /Column ", "/Scope /Row "};

    if (is_cell(tag) && (tag->scope || tag->columns > 1)) {
        pdf_putf(out, "/A << /O /Table %s", scope[tag->scope]);
        if (tag->columns > 1) pdf_putf(out, "/ColSpan %zu ", tag->columns);
        pdf_put(out, ">>\n");
    }
    if (tag->role == PDF_FIGURE) {
        pdf_put(out, "/A << /O /Layout /Placement /Block /BBox [");
        for (size_t i = 0; i < 4; i++)
            pdf_put_number(out, tag->box[i], 2);
        pdf_put(out, "] >>\n");
    }
    if (tag->role == PDF_LIST)
        pdf_putf(out, "/A << /O /List /ListNumbering /%s >>\n",
                 tag->numbered ? "Decimal" : "Disc");
}

static void put_string(struct pdf_bytes *out, const char *key, const char *text)
{
    if (!text || !*text) return;
    pdf_putf(out, "/%s ", key);
    pdf_put_text(out, text);
    pdf_put(out, "\n");
}

static void put_kid(struct pdf *pdf, struct pdf_bytes *out, const struct kid *kid)
{
    unsigned page = kid->kind == KID_TAG ? 0 : pdf->leaves[kid->leaf]->object;

    if (kid->kind == KID_TAG && kid->tag->priv->object)
        pdf_put_ref(out, pdf_object_number(kid->tag->priv->object));
    if (kid->kind == KID_CONTENT)
        pdf_putf(out, " << /Type /MCR /Pg %u 0 R /MCID %u >>", page, (unsigned)kid->number);
    if (kid->kind == KID_LINK)
        pdf_putf(out, " << /Type /OBJR /Pg %u 0 R /Obj %u 0 R >>", page,
                 pdf_object_number(pdf->links[kid->number].object));
}

static void write_tag(struct pdf *pdf, const struct pdf_tag *tag, unsigned root,
                      struct pdf_bytes *out)
{
    const struct pdf_tag *parent = tag->priv->parent;

    if (!tag->priv->object) return;
    out->length = 0;
    pdf_putf(out, "/Type /StructElem /S /%s /P %u 0 R\n", role_names[tag->role],
             parent ? pdf_object_number(parent->priv->object) : root);
    if (tag->role == PDF_NOTE) {
        pdf_put(out, "/ID ");
        put_note_id(out, tag);
    }
    put_string(out, "Alt", tag->alt);
    put_string(out, "ActualText", tag->actual);
    put_string(out, "T", tag->title);
    put_attributes(out, tag);
    pdf_put(out, "/K [");
    for (size_t i = 0; i < tag->priv->count; i++)
        put_kid(pdf, out, &tag->priv->kids[i]);
    pdf_put(out, " ]");
    pdf_object_fill(pdf, tag->priv->object, out->data);
    for (size_t i = 0; i < tag->priv->count; i++)
        if (tag->priv->kids[i].kind == KID_TAG)
            write_tag(pdf, tag->priv->kids[i].tag, root, out);
}

static void put_notes(const struct pdf_tag *tag, struct pdf_bytes *out)
{
    if (tag->role == PDF_NOTE && tag->priv->object) {
        put_note_id(out, tag);
        pdf_put_ref(out, pdf_object_number(tag->priv->object));
        pdf_put(out, " ");
    }
    for (size_t i = 0; i < tag->priv->count; i++)
        if (tag->priv->kids[i].kind == KID_TAG) put_notes(tag->priv->kids[i].tag, out);
}

/* Entry `key` of the parent tree: a page's elements by content number, or a link's element.
 */
static void put_parent(struct pdf *pdf, struct pdf_bytes *out, size_t key)
{
    if (key >= pdf->leaf_count) {
        const struct pdf_tag *tag = pdf->links[key - pdf->leaf_count].tag;

        pdf_putf(out, "%zu %u 0 R\n", key, pdf_object_number(tag->priv->object));
        return;
    }
    if (pdf->leaves[key]->content_count == 0) return;
    pdf_putf(out, "%zu [", key);
    for (size_t i = 0; i < pdf->leaves[key]->content_count; i++)
        pdf_put_ref(out, pdf_object_number(pdf->leaves[key]->content[i]->priv->object));
    pdf_put(out, " ]\n");
}

enum { PARENTS_FLAT = 4000, PARENTS_A_NODE = 500 };

static void put_parents(struct pdf *pdf, struct pdf_bytes *out, size_t first, size_t end)
{
    pdf_put(out, "/Nums [");
    for (size_t key = first; key < end; key++)
        put_parent(pdf, out, key);
    pdf_put(out, "]\n");
}

static unsigned write_parents(struct pdf *pdf)
{
    size_t count = pdf->leaf_count + pdf->link_count;
    struct pdf_bytes body = pdf_bytes_new(pdf), node = pdf_bytes_new(pdf);

    if (count <= PARENTS_FLAT) {
        put_parents(pdf, &body, 0, count);
        return pdf_object_add(pdf, body.data);
    }
    pdf_put(&body, "/Kids [");
    for (size_t first = 0; first < count; first += PARENTS_A_NODE) {
        size_t end = first + PARENTS_A_NODE < count ? first + PARENTS_A_NODE : count;

        node.length = 0;
        pdf_putf(&node, "/Limits [%zu %zu]\n", first, end - 1);
        put_parents(pdf, &node, first, end);
        pdf_put_ref(&body, pdf_object_add(pdf, node.data));
    }
    pdf_put(&body, " ]");
    return pdf_object_add(pdf, body.data);
}

unsigned pdf_tags_finish(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf), element = pdf_bytes_new(pdf);
    pdf_object root = pdf_object_new(pdf);
    size_t notes = 0;

    if (!number_tag(pdf, pdf->root, &notes)) return 0;
    write_tag(pdf, pdf->root, pdf_object_number(root), &element);
    pdf_putf(&body, "/Type /StructTreeRoot /K [%u 0 R]\n",
             pdf_object_number(pdf->root->priv->object));
    pdf_putf(&body, "/ParentTree %u 0 R /ParentTreeNextKey %zu\n", write_parents(pdf),
             pdf->leaf_count + pdf->link_count);
    if (notes) {
        pdf_put(&body, "/IDTree << /Names [");
        put_notes(pdf->root, &body);
        pdf_put(&body, "] >>");
    }
    pdf_object_fill(pdf, root, body.data);
    return pdf_object_number(root);
}
