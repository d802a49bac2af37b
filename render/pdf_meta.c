// SPDX-License-Identifier: MIT
/* What the file says about itself: information dictionary, XMP, output intent. */
#include "render/pdf_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

static bool given(const char *text)
{
    return text && *text;
}

static void put_info(struct pdf_bytes *out, const char *key, const char *text)
{
    if (!given(text)) return;
    pdf_putf(out, "/%s ", key);
    pdf_put_text(out, text);
    pdf_put(out, "\n");
}

static const char *producer(struct pdf *pdf)
{
    return rk_arena_printf(pdf->arena, "reckon %s, libharu %s", RK_VERSION,
                           HPDF_GetVersion());
}

void pdf_info_finish(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);
    long year;
    int month, day;

    rk_date_civil(pdf->info.date_days, &year, &month, &day);
    put_info(&body, "Title", pdf->info.title);
    put_info(&body, "Author", pdf->info.author);
    put_info(&body, "Subject", pdf->info.subject);
    put_info(&body, "Keywords", pdf->info.keywords);
    put_info(&body, "Creator", "reckon");
    put_info(&body, "Producer", producer(pdf));
    pdf_putf(&body, "/CreationDate (D:%04ld%02d%02d000000Z)\n", year, month, day);
    pdf_putf(&body, "/ModDate (D:%04ld%02d%02d000000Z)", year, month, day);
    HPDF_Dict_RemoveElement(pdf->doc->info, "Producer");
    pdf_object_fill(pdf, pdf->doc->info, body.data);
}

/* dc:title and dc:description are lists of languages, dc:creator an ordered list. */
static void put_dc(struct pdf_bytes *out, const char *name, const char *list,
                   const char *text)
{
    const char *language = strcmp(list, "Alt") == 0 ? " xml:lang=\"x-default\"" : "";

    if (!given(text)) return;
    pdf_putf(out, "<dc:%s><rdf:%s><rdf:li%s>", name, list, language);
    pdf_put_xml(out, text);
    pdf_putf(out, "</rdf:li></rdf:%s></dc:%s>\n", list, name);
}

static void put_dates(struct pdf *pdf, struct pdf_bytes *out)
{
    static const char *const names[] = {"CreateDate", "ModifyDate", "MetadataDate"};
    char date[16];

    rk_date_text(date, pdf->info.date_days);
    for (size_t i = 0; i < 3; i++)
        pdf_putf(out, "<xmp:%s>%sT00:00:00Z</xmp:%s>\n", names[i], date, names[i]);
}

unsigned pdf_metadata_finish(struct pdf *pdf)
{
    struct pdf_bytes xmp = pdf_bytes_new(pdf);
    const struct pdf_info *info = &pdf->info;

    pdf_put(&xmp, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\"\n"
                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                  " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                  " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                  "<dc:format>application/pdf</dc:format>\n");
    put_dc(&xmp, "title", "Alt", info->title);
    put_dc(&xmp, "creator", "Seq", info->author);
    put_dc(&xmp, "description", "Alt", info->subject);
    put_dc(&xmp, "language", "Bag", info->language);
    put_dates(pdf, &xmp);
    pdf_put(&xmp, "<xmp:CreatorTool>reckon</xmp:CreatorTool>\n<pdf:Producer>");
    pdf_put_xml(&xmp, producer(pdf));
    pdf_put(&xmp, "</pdf:Producer>\n");
    if (given(info->keywords)) {
        pdf_put(&xmp, "<pdf:Keywords>");
        pdf_put_xml(&xmp, info->keywords);
        pdf_put(&xmp, "</pdf:Keywords>\n");
    }
    if (info->claims_ua)
        pdf_put(&xmp, "<pdfuaid:part xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">1"
                      "</pdfuaid:part>\n");
    if (info->archive)
        pdf_put(&xmp, "<pdfaid:part>1</pdfaid:part>\n"
                      "<pdfaid:conformance>B</pdfaid:conformance>\n");
    pdf_put(&xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return pdf_stream_add(pdf, "/Type /Metadata /Subtype /XML", xmp.data, xmp.length,
                          false);
}

unsigned pdf_intent_finish(struct pdf *pdf)
{
    struct pdf_bytes icc = pdf_bytes_new(pdf), body = pdf_bytes_new(pdf);
    unsigned profile;

    pdf_icc_srgb(&icc, pdf->info.archive);
    profile = pdf_stream_add(pdf, "/N 3 /Alternate /DeviceRGB", icc.data, icc.length, true);
    pdf_putf(&body,
             "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier "
             "(sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /RegistryName "
             "(http://www.color.org) /DestOutputProfile %u 0 R",
             profile);
    return pdf_object_add(pdf, body.data);
}
