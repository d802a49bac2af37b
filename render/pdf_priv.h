// SPDX-License-Identifier: MIT
#ifndef RENDER_PDF_PRIV_H
#define RENDER_PDF_PRIV_H

#include "render/font_priv.h"
#include "render/page.h"
#include "render/pdf.h"
#include "render/pdf_syntax.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

/**
 * An indirect object that libharu numbers and writes, with a body that we spell: libharu's
 * own dictionaries cost 128 bytes a key and know integers and 16-bit lengths only.
 */
typedef HPDF_Dict pdf_object; /**< NULL after a failure; all functions take that */

struct pdf_leaf {
    HPDF_Page page;
    unsigned object;
    struct pdf_tag **content; /**< element of each marked content, by its number */
    size_t content_count, content_cap;
    HPDF_Array annotations;
};

struct pdf_anchor {
    size_t leaf;
    double y;
};

struct pdf_link {
    pdf_object object;
    struct pdf_tag *tag;
    double left, bottom, right, top;
    const char *target, *words;
};

struct pdf_bookmark {
    int level;
    const char *title;
    size_t leaf;
    double y;
};

struct pdf_label {
    size_t first;
    bool roman;
    const char *prefix;
};

struct pdf_attachment {
    const char *name;
    unsigned object;
};

struct pdf {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct fonts *fonts;
    struct pdf_info info;
    HPDF_Doc doc;
    HPDF_STATUS error, error_detail; /**< libharu's first failure */
    rk_status status;                /**< ours, already told to diag */
    struct trace *trace;             /**< NULL, or gets everything that is drawn */
    struct render_page *drawing;     /**< the page that is open */
    struct pdf_bytes content;        /**< buffer of its stream, used again by the next */
    struct pdf_leaf **leaves;
    size_t leaf_count, leaf_cap;
    pdf_object *font_objects; /**< by font_file.number */
    struct pdf_tag *root;
    struct rk_map *labels;
    struct pdf_anchor *anchors; /**< by position in labels */
    size_t anchor_cap;
    struct pdf_link *links;
    size_t link_count, link_cap;
    struct pdf_bookmark *bookmarks;
    size_t bookmark_count, bookmark_cap;
    struct pdf_label *page_labels;
    size_t label_count, label_cap;
    struct pdf_image *images; /**< pictures so far, the last one first */
    struct pdf_attachment *attachments;
    size_t attachment_count, attachment_cap;
    char digest[65]; /**< of everything written: becomes the file's ID */
};

/* pdf_object.c */
/** A new object without a body yet. */
pdf_object pdf_object_new(struct pdf *pdf);
/** What stands between << and >>. */
void pdf_object_fill(struct pdf *pdf, pdf_object object, const char *body);
unsigned pdf_object_number(pdf_object object);
/** The two together; returns the number. */
unsigned pdf_object_add(struct pdf *pdf, const char *body);
/** A stream; `body` holds keys of its dictionary besides Length and Filter. */
unsigned pdf_stream_add(struct pdf *pdf, const char *body, const void *data, size_t bytes,
                        bool compress);
/** Mixes into the file's ID. */
void pdf_mix(struct pdf *pdf, const void *data, size_t bytes);
struct pdf_bytes pdf_bytes_new(struct pdf *pdf);

/* pdf_tags.c */
void pdf_tags_begin(struct pdf *pdf);
/** Numbers the elements, writes tree and parent tree; returns the root's object. */
unsigned pdf_tags_finish(struct pdf *pdf);
/** Notes that the next marked content of `leaf` belongs to `tag`; returns its number. */
size_t pdf_tag_content(struct pdf *pdf, struct pdf_leaf *leaf, size_t leaf_index,
                       struct pdf_tag *tag);
void pdf_tag_link(struct pdf *pdf, struct pdf_tag *tag, size_t leaf_index, size_t link);
const char *pdf_role_name(enum pdf_role role);

/* pdf_links.c */
void pdf_links_finish(struct pdf *pdf);
/** Number of the outline's object, 0 when there is none. */
unsigned pdf_bookmarks_finish(struct pdf *pdf);
void pdf_anchor_add(struct pdf *pdf, const char *label, double y);
/** The link's object is made here. */
void pdf_link_add(struct pdf *pdf, struct pdf_link link);
void pdf_bookmark_add(struct pdf *pdf, int level, const char *title, double y);
void pdf_put_destination(struct pdf *pdf, struct pdf_bytes *out, size_t leaf, double y);

/* pdf_meta.c, pdf_icc.c */
void pdf_info_finish(struct pdf *pdf);
unsigned pdf_metadata_finish(struct pdf *pdf);
unsigned pdf_intent_finish(struct pdf *pdf);
/** An sRGB profile: ICC version 4, or 2 when `old`. */
void pdf_icc_srgb(struct pdf_bytes *out, bool old);

/* pdf_attach.c: number of the name tree's object, 0 when nothing is attached. */
unsigned pdf_attachments_finish(struct pdf *pdf);

/* font_embed.c: fills the objects of all fonts that were painted. */
void font_embed(struct pdf *pdf);

/* page.c */
void page_finish(struct render_page *page);
struct render_page *page_new(struct pdf *pdf, size_t leaf, double width, double height);

/* pdf.c: the name under which a page's content calls a font. */
const char *pdf_font_resource(struct pdf *pdf, size_t leaf, struct font_file *file);

/** What stands in a JPEG file before its pixels. */
struct jpeg_look {
    int orientation; /**< 1 to 8, as Exif has it: which way the first row and column lie */
    bool whole;      /**< pixels follow, and the mark of the end after them */
};
/** `data` need not be a JPEG file: then it is not whole. */
struct jpeg_look pdf_jpeg_look(const void *data, size_t bytes);

#endif
