// SPDX-License-Identifier: MIT
/* Links, the places they lead to, and bookmarks. */
#include "render/pdf_priv.h"

#include <string.h>

void pdf_put_destination(struct pdf *pdf, struct pdf_bytes *out, size_t leaf, double y)
{
    pdf_putf(out, "[%u 0 R /XYZ null ", pdf->leaves[leaf]->object);
    pdf_put_number(out, y, 1);
    pdf_put(out, "null]");
}

static void put_target(struct pdf *pdf, struct pdf_bytes *out, const struct pdf_link *link)
{
    long label;

    if (link->target[0] != '#') {
        pdf_put(out, "/A << /S /URI /URI ");
        pdf_put_text(out, link->target);
        pdf_put(out, " >>\n");
        return;
    }
    label = rk_map_find(pdf->labels, link->target + 1);
    if (label < 0) {
        pdf->status =
            rk_fail(pdf->diag, RK_STUDY, RK_NOWHERE,
                    "a link leads to %s, which is nowhere in the document", link->target);
        return;
    }
    pdf_put(out, "/Dest ");
    pdf_put_destination(pdf, out, pdf->anchors[label].leaf, pdf->anchors[label].y);
    pdf_put(out, "\n");
}

void pdf_links_finish(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);

    for (size_t i = 0; i < pdf->link_count; i++) {
        const struct pdf_link *link = &pdf->links[i];

        body.length = 0;
        pdf_put(&body, "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [");
        pdf_put_number(&body, link->left, 2);
        pdf_put_number(&body, link->bottom, 2);
        pdf_put_number(&body, link->right, 2);
        pdf_put_number(&body, link->top, 2);
        pdf_putf(&body, "] /StructParent %zu /Contents ", pdf->leaf_count + i);
        pdf_put_text(&body, link->words);
        pdf_put(&body, "\n");
        put_target(pdf, &body, link);
        pdf_object_fill(pdf, link->object, body.data);
    }
}

/* Position of the next entry on the same level under the same parent, or `count`. */
static size_t next_sibling(const struct pdf *pdf, size_t at)
{
    size_t next = at + 1;

    while (next < pdf->bookmark_count &&
           pdf->bookmarks[next].level > pdf->bookmarks[at].level)
        next++;
    if (next < pdf->bookmark_count && pdf->bookmarks[next].level < pdf->bookmarks[at].level)
        return pdf->bookmark_count;
    return next;
}

static bool has_children(const struct pdf *pdf, size_t at)
{
    return at + 1 < pdf->bookmark_count &&
           pdf->bookmarks[at + 1].level > pdf->bookmarks[at].level;
}

/* Chains the entries from `first` to their last sibling and writes them with all below. */
static void write_level(struct pdf *pdf, const pdf_object *objects, size_t first,
                        unsigned parent, struct pdf_bytes *above)
{
    size_t before = pdf->bookmark_count, last = first;
    struct pdf_bytes body = pdf_bytes_new(pdf);
    int entries = 0;

    for (size_t at = first; at < pdf->bookmark_count;
         before = at, at = next_sibling(pdf, at)) {
        size_t next = next_sibling(pdf, at);

        body.length = 0;
        pdf_put(&body, "/Title ");
        pdf_put_text(&body, pdf->bookmarks[at].title);
        pdf_putf(&body, " /Parent %u 0 R /Dest ", parent);
        pdf_put_destination(pdf, &body, pdf->bookmarks[at].leaf, pdf->bookmarks[at].y);
        pdf_put(&body, "\n");
        if (before < pdf->bookmark_count)
            pdf_putf(&body, "/Prev %u 0 R ", pdf_object_number(objects[before]));
        if (next < pdf->bookmark_count)
            pdf_putf(&body, "/Next %u 0 R ", pdf_object_number(objects[next]));
        if (has_children(pdf, at))
            write_level(pdf, objects, at + 1, pdf_object_number(objects[at]), &body);
        pdf_object_fill(pdf, objects[at], body.data);
        last = at;
        entries++;
    }
    /* A negative count keeps the entries below the top level folded. */
    pdf_putf(above, "/First %u 0 R /Last %u 0 R /Count %d",
             pdf_object_number(objects[first]), pdf_object_number(objects[last]),
             pdf->bookmarks[first].level > 1 ? -entries : entries);
}

/* A level that skips one would have no parent: it moves up. */
static void mend_levels(struct pdf *pdf)
{
    int above = 0;

    for (size_t i = 0; i < pdf->bookmark_count; i++) {
        if (pdf->bookmarks[i].level > above + 1) pdf->bookmarks[i].level = above + 1;
        above = pdf->bookmarks[i].level;
    }
}

unsigned pdf_bookmarks_finish(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);
    pdf_object root, *objects;

    if (pdf->bookmark_count == 0) return 0;
    mend_levels(pdf);
    root = pdf_object_new(pdf);
    objects = RK_ARRAY(pdf->arena, pdf_object, pdf->bookmark_count);
    for (size_t i = 0; i < pdf->bookmark_count; i++)
        objects[i] = pdf_object_new(pdf);
    pdf_put(&body, "/Type /Outlines ");
    write_level(pdf, objects, 0, pdf_object_number(root), &body);
    pdf_object_fill(pdf, root, body.data);
    return pdf_object_number(root);
}

void pdf_anchor_add(struct pdf *pdf, const char *label, double y)
{
    size_t at = rk_map_add(pdf->labels, label);

    RK_ROOM(pdf->arena, pdf->anchors, at, pdf->anchor_cap);
    pdf->anchors[at] = (struct pdf_anchor){pdf->leaf_count - 1, y};
}

void pdf_link_add(struct pdf *pdf, struct pdf_link link)
{
    struct pdf_leaf *leaf = pdf->leaves[pdf->leaf_count - 1];

    link.object = pdf_object_new(pdf);
    if (!link.object) return;
    RK_ROOM(pdf->arena, pdf->links, pdf->link_count, pdf->link_cap);
    pdf->links[pdf->link_count] = link;
    pdf_tag_link(pdf, link.tag, pdf->leaf_count - 1, pdf->link_count++);
    if (!leaf->annotations) leaf->annotations = HPDF_Array_New(pdf->doc->mmgr);
    if (leaf->annotations) HPDF_Array_Add(leaf->annotations, link.object);
}

void pdf_bookmark_add(struct pdf *pdf, int level, const char *title, double y)
{
    RK_ROOM(pdf->arena, pdf->bookmarks, pdf->bookmark_count, pdf->bookmark_cap);
    pdf->bookmarks[pdf->bookmark_count++] = (struct pdf_bookmark){
        level, rk_arena_copy(pdf->arena, title), pdf->leaf_count - 1, y};
}
