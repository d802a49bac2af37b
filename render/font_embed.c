// SPDX-License-Identifier: MIT
/* Each painted font file as a Type 0 font of its own: subset, widths, and the way back to
 * text. */
#include "render/pdf_priv.h"

#include <hb-subset.h>
#include <math.h>
#include <string.h>

/* Tables that shaping needed and painting does not. */
static const hb_tag_t not_embedded[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('k', 'e', 'r', 'n'), HB_TAG('c', 'm', 'a', 'p'), HB_TAG('n', 'a', 'm', 'e'),
    HB_TAG('O', 'S', '/', '2'), HB_TAG('p', 'o', 's', 't'), HB_TAG('D', 'S', 'I', 'G'),
};

static const struct font_slot *slot_of(const struct font_file *file, size_t code)
{
    return &file->slots[file->slot_of_code[code]];
}

static uint32_t glyph_of(const struct font_file *file, size_t code)
{
    return code == 0 ? 0 : slot_of(file, code)->glyph;
}

static hb_subset_input_t *subset_input(const struct font_file *file)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();

    if (!input) return NULL;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    for (size_t code = 0; code < file->code_count; code++)
        hb_set_add(hb_subset_input_glyph_set(input), glyph_of(file, code));
    for (size_t i = 0; i < sizeof not_embedded / sizeof not_embedded[0]; i++)
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
                   not_embedded[i]);
    return input;
}

/* Code to glyph of the subset, two bytes each. */
static unsigned write_glyph_map(struct pdf *pdf, const struct font_file *file,
                                const hb_subset_plan_t *plan)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    struct pdf_bytes out = pdf_bytes_new(pdf);

    for (size_t code = 0; code < file->code_count; code++) {
        hb_codepoint_t glyph = hb_map_get(map, glyph_of(file, code));
        unsigned char bytes[2] = {(unsigned char)(glyph >> 8), (unsigned char)glyph};

        pdf_put_n(&out, bytes, 2);
    }
    return pdf_stream_add(pdf, "", out.data, out.length, true);
}

/* Which codes have a glyph: all of them, a bit each from the highest. PDF/A-1 asks for it.
 */
static unsigned write_code_set(struct pdf *pdf, const struct font_file *file)
{
    struct pdf_bytes out = pdf_bytes_new(pdf);

    for (size_t code = 0; code < file->code_count; code += 8) {
        size_t codes = file->code_count - code < 8 ? file->code_count - code : 8;
        unsigned char bits = (unsigned char)(0xff << (8 - codes));

        pdf_put_n(&out, &bits, 1);
    }
    return pdf_stream_add(pdf, "", out.data, out.length, true);
}

/* "ABCDEF+Carlito-Bold": six letters from the subset's own bytes. */
static const char *subset_name(struct pdf *pdf, const struct font_file *file,
                               const char *data, size_t bytes)
{
    uint32_t hash = font_hash(0, data, bytes);
    char letters[7] = "";

    for (size_t i = 0; i < 6; i++, hash /= 26)
        letters[i] = (char)('A' + hash % 26);
    return rk_arena_printf(pdf->arena, "%s+%s", letters, file->name);
}

static unsigned write_descriptor(struct pdf *pdf, const struct font_file *file,
                                 const char *name, unsigned stream)
{
    struct pdf_bytes out = pdf_bytes_new(pdf);

    /* 4: symbolic, for the codes are ours; 64: italic. */
    pdf_putf(&out,
             "/Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d]\n",
             name, 4 + (file->italic_angle < 0 ? 64 : 0), file->box[0], file->box[1],
             file->box[2], file->box[3]);
    pdf_put(&out, "/ItalicAngle ");
    pdf_put_number(&out, file->italic_angle, 1);
    pdf_putf(&out,
             "/Ascent %ld /Descent %ld /CapHeight %ld /XHeight %ld /StemV %d "
             "/FontFile2 %u 0 R /CIDSet %u 0 R",
             lround(file->ascent), lround(-file->descent), lround(file->cap_height),
             lround(file->x_height), file->bold ? 140 : 80, stream,
             write_code_set(pdf, file));
    return pdf_object_add(pdf, out.data);
}

static unsigned write_descendant(struct pdf *pdf, const struct font_file *file,
                                 const char *name, unsigned descriptor, unsigned map)
{
    struct pdf_bytes out = pdf_bytes_new(pdf);

    pdf_putf(&out,
             "/Type /Font /Subtype /CIDFontType2 /BaseFont /%s\n"
             "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
             "/FontDescriptor %u 0 R /CIDToGIDMap %u 0 R /DW 1000 /W [0 [",
             name, descriptor, map);
    pdf_put_number(&out, hb_font_get_glyph_h_advance(file->font, 0) * file->scale, 2);
    for (size_t code = 1; code < file->code_count; code++)
        pdf_put_number(&out, (double)slot_of(file, code)->natural, 2);
    pdf_put(&out, "]]");
    return pdf_object_add(pdf, out.data);
}

/* At most 100 lines stand in one block of a CMap. */
enum { CMAP_BLOCK = 100 };

static void put_mappings(struct pdf_bytes *out, const struct font_file *file)
{
    struct pdf_bytes block = {.arena = out->arena};
    int lines = 0;

    for (size_t code = 1; code <= file->code_count; code++) {
        bool end = code == file->code_count;

        if (!end && slot_of(file, code)->bytes) {
            pdf_putf(&block, "<%04X> <", (unsigned)code);
            pdf_put_utf16(&block, slot_of(file, code)->source, slot_of(file, code)->bytes);
            pdf_put(&block, ">\n");
            lines++;
        }
        if (lines == CMAP_BLOCK || (end && lines)) {
            pdf_putf(out, "%d beginbfchar\n", lines);
            pdf_put_n(out, block.data, block.length);
            pdf_put(out, "endbfchar\n");
            block.length = 0;
            lines = 0;
        }
    }
}

static unsigned write_to_unicode(struct pdf *pdf, const struct font_file *file)
{
    struct pdf_bytes out = pdf_bytes_new(pdf);

    pdf_put(&out,
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    put_mappings(&out, file);
    pdf_put(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return pdf_stream_add(pdf, "", out.data, out.length, true);
}

static void write_font(struct pdf *pdf, struct font_file *file, hb_face_t *subset,
                       const hb_subset_plan_t *plan)
{
    hb_blob_t *blob = hb_face_reference_blob(subset);
    struct pdf_bytes out = pdf_bytes_new(pdf);
    unsigned length, descendant;
    const char *data = hb_blob_get_data(blob, &length);
    const char *name = subset_name(pdf, file, data, length);

    pdf_putf(&out, "/Length1 %u", length);
    descendant = pdf_stream_add(pdf, out.data, data, length, true);
    descendant = write_descriptor(pdf, file, name, descendant);
    descendant =
        write_descendant(pdf, file, name, descendant, write_glyph_map(pdf, file, plan));
    out.length = 0;
    pdf_putf(&out,
             "/Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H\n"
             "/DescendantFonts [%u 0 R] /ToUnicode %u 0 R",
             name, descendant, write_to_unicode(pdf, file));
    pdf_object_fill(pdf, pdf->font_objects[file->number], out.data);
    hb_blob_destroy(blob);
}

static bool embed(struct pdf *pdf, struct font_file *file)
{
    hb_subset_input_t *input = subset_input(file);
    hb_subset_plan_t *plan =
        input ? hb_subset_plan_create_or_fail(file->face, input) : NULL;
    hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;

    if (subset) write_font(pdf, file, subset, plan);
    hb_face_destroy(subset);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return subset != NULL;
}

void font_embed(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->fonts->file_count; i++) {
        struct font_file *file = pdf->fonts->files[i];

        if (pdf->font_objects[i] && file->code_count && !embed(pdf, file))
            pdf->status =
                rk_fail(pdf->diag, RK_WORLD, RK_AT(file->path, 0, 0),
                        "cannot be cut down to the characters in use; is the font "
                        "damaged?");
    }
}
