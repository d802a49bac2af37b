// SPDX-License-Identifier: MIT
#include "render/pdf_priv.h"

#include "pipeline/base/rk_out.h"

#include <math.h>
#include <string.h>

/* libharu calls this once per failure and then refuses everything; we keep the first. */
static void remember(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    struct pdf *pdf = user;

    if (pdf->error) return;
    pdf->error = error;
    pdf->error_detail = detail;
}

rk_status pdf_open(struct rk_arena *arena, struct rk_diag *diag, struct fonts *fonts,
                   const struct pdf_info *info, struct pdf **out)
{
    struct pdf *pdf = RK_NEW(arena, struct pdf);

    pdf->arena = arena;
    pdf->diag = diag;
    pdf->fonts = fonts;
    pdf->info = *info;
    pdf->labels = rk_map_new(arena);
    pdf->content = pdf_bytes_new(pdf);
    pdf->font_objects = RK_ARRAY(arena, pdf_object, fonts->file_count);
    memset(pdf->digest, '0', 64);
    pdf->doc = HPDF_New(remember, pdf);
    if (!pdf->doc)
        return rk_fail(diag, RK_WORLD, RK_NOWHERE, "cannot start a PDF: memory ran out");
    HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
    pdf_tags_begin(pdf);
    *out = pdf;
    return RK_OK;
}

struct render_page *pdf_page(struct pdf *pdf, double width, double height)
{
    struct pdf_leaf *leaf = RK_NEW(pdf->arena, struct pdf_leaf);

    if (pdf->drawing) page_finish(pdf->drawing);
    leaf->page = HPDF_AddPage(pdf->doc);
    if (leaf->page) {
        leaf->object = pdf_object_number(leaf->page);
        HPDF_Page_SetWidth(leaf->page, (HPDF_REAL)width);
        HPDF_Page_SetHeight(leaf->page, (HPDF_REAL)height);
    }
    RK_ROOM(pdf->arena, pdf->leaves, pdf->leaf_count, pdf->leaf_cap);
    pdf->leaves[pdf->leaf_count] = leaf;
    pdf->drawing = page_new(pdf, pdf->leaf_count++, width, height);
    return pdf->drawing;
}

void pdf_trace(struct pdf *pdf, struct trace *trace)
{
    pdf->trace = trace;
}

size_t pdf_page_count(const struct pdf *pdf)
{
    return pdf->leaf_count;
}

void pdf_page_labels(struct pdf *pdf, size_t first, bool roman, const char *prefix)
{
    RK_ROOM(pdf->arena, pdf->page_labels, pdf->label_count, pdf->label_cap);
    pdf->page_labels[pdf->label_count++] =
        (struct pdf_label){first, roman, prefix ? rk_arena_copy(pdf->arena, prefix) : ""};
}

const char *pdf_font_resource(struct pdf *pdf, size_t leaf, struct font_file *file)
{
    pdf_object *object = &pdf->font_objects[file->number];
    const char *name;

    if (!*object) {
        *object = pdf_object_new(pdf);
        if (*object) (*object)->header.obj_class |= HPDF_OSUBCLASS_FONT;
    }
    if (!*object || !pdf->leaves[leaf]->page) return "F1";
    name = HPDF_Page_GetLocalFontName(pdf->leaves[leaf]->page, *object);
    return name ? name : "F1";
}

static void put_page_labels(struct pdf *pdf, struct pdf_bytes *out)
{
    if (pdf->label_count == 0) return;
    pdf_put(out, "/PageLabels << /Nums [");
    for (size_t i = 0; i < pdf->label_count; i++) {
        pdf_putf(out, "%zu << /S /%s", pdf->page_labels[i].first,
                 pdf->page_labels[i].roman ? "r" : "D");
        if (*pdf->page_labels[i].prefix) {
            pdf_put(out, " /P ");
            pdf_put_text(out, pdf->page_labels[i].prefix);
        }
        pdf_put(out, " >> ");
    }
    pdf_put(out, "] >>\n");
}

static void put_catalog_ref(struct pdf_bytes *out, const char *key, unsigned object)
{
    if (object) pdf_putf(out, "/%s %u 0 R\n", key, object);
}

static void finish_catalog(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);
    unsigned outlines = pdf_bookmarks_finish(pdf);
    unsigned files = pdf_attachments_finish(pdf);
    unsigned intent = pdf_intent_finish(pdf);

    pdf_put(&body, "/MarkInfo << /Marked true >>\n"
                   "/ViewerPreferences << /DisplayDocTitle true >>\n");
    pdf_putf(&body, "/PageMode /%s\n", outlines ? "UseOutlines" : "UseNone");
    pdf_put(&body, "/Lang ");
    pdf_put_text(&body,
                 pdf->info.language && *pdf->info.language ? pdf->info.language : "en");
    pdf_put(&body, "\n");
    put_catalog_ref(&body, "StructTreeRoot", pdf_tags_finish(pdf));
    put_catalog_ref(&body, "Outlines", outlines);
    put_catalog_ref(&body, "Metadata", pdf_metadata_finish(pdf));
    if (intent) pdf_putf(&body, "/OutputIntents [%u 0 R]\n", intent);
    if (files) pdf_putf(&body, "/Names << /EmbeddedFiles %u 0 R >>\n", files);
    put_page_labels(pdf, &body);
    HPDF_Dict_RemoveElement(pdf->doc->catalog, "PageMode");
    pdf_object_fill(pdf, pdf->doc->catalog, body.data);
}

/* Two equal strings: the file has never been changed. */
static void finish_id(struct pdf *pdf)
{
    HPDF_Array id = HPDF_Array_New(pdf->doc->mmgr);
    HPDF_BYTE bytes[16];

    for (size_t i = 0; i < sizeof bytes; i++) {
        unsigned value = 0;

        for (size_t k = 0; k < 2; k++) {
            char c = pdf->digest[2 * i + k];

            value = 16 * value + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        bytes[i] = (HPDF_BYTE)value;
    }
    for (int i = 0; i < 2; i++)
        HPDF_Array_Add(id, HPDF_Binary_New(pdf->doc->mmgr, bytes, sizeof bytes));
    HPDF_Dict_Add(pdf->doc->trailer, "ID", id);
}

static void finish_leaf(struct pdf_leaf *leaf, size_t index)
{
    if (!leaf->page) return;
    HPDF_Dict_AddName(leaf->page, "Tabs", "S");
    if (leaf->content_count)
        HPDF_Dict_AddNumber(leaf->page, "StructParents", (HPDF_INT32)index);
    if (leaf->annotations) HPDF_Dict_Add(leaf->page, "Annots", leaf->annotations);
}

static rk_status world(struct pdf *pdf, const char *path)
{
    return rk_fail(pdf->diag, RK_WORLD, RK_AT(path, 0, 0),
                   "the PDF library failed (error 0x%04lx, detail %lu); no file written",
                   (unsigned long)pdf->error, (unsigned long)pdf->error_detail);
}

static rk_status finish(struct pdf *pdf, const char *path)
{
    if (pdf->drawing) page_finish(pdf->drawing);
    pdf->drawing = NULL;
    if (!pdf->error) {
        for (size_t i = 0; i < pdf->leaf_count; i++)
            finish_leaf(pdf->leaves[i], i);
        font_embed(pdf);
        pdf_links_finish(pdf);
        finish_catalog(pdf);
        pdf_info_finish(pdf);
        finish_id(pdf);
        /* libharu sets the version back when some features are used: say it last. */
        pdf->doc->pdf_version = pdf->info.archive ? HPDF_VER_14 : HPDF_VER_17;
    }
    if (pdf->status != RK_OK) return pdf->status;
    return pdf->error ? world(pdf, path) : RK_OK;
}

static rk_status save(struct pdf *pdf, const char *path)
{
    size_t size, got = 0;
    char *data;

    if (HPDF_SaveToStream(pdf->doc) != HPDF_OK || pdf->error) return world(pdf, path);
    size = HPDF_GetStreamSize(pdf->doc);
    data = rk_arena_alloc(pdf->arena, size + 1, 1);
    HPDF_ResetStream(pdf->doc);
    while (got < size) {
        HPDF_UINT32 bytes = (HPDF_UINT32)(size - got);
        HPDF_STATUS read = HPDF_ReadFromStream(pdf->doc, (HPDF_BYTE *)data + got, &bytes);

        got += bytes;
        if (bytes == 0 || (read != HPDF_OK && read != HPDF_STREAM_EOF)) break;
    }
    if (got != size) return world(pdf, path);
    return rk_out_file(pdf->diag, path, data, size, 0644);
}

rk_status pdf_close(struct pdf *pdf, const char *path)
{
    rk_status status = finish(pdf, path);

    if (status == RK_OK && path) status = save(pdf, path);
    pdf_abandon(pdf);
    return status;
}

void pdf_abandon(struct pdf *pdf)
{
    if (!pdf || !pdf->doc) return;
    HPDF_Free(pdf->doc);
    pdf->doc = NULL;
}
