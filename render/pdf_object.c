// SPDX-License-Identifier: MIT
#include "render/pdf_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

struct pdf_bytes pdf_bytes_new(struct pdf *pdf)
{
    return (struct pdf_bytes){.arena = pdf->arena};
}

static HPDF_STATUS write_body(HPDF_Dict object, HPDF_Stream stream)
{
    const char *body = object->attr;

    return body ? HPDF_Stream_WriteStr(stream, body) : HPDF_OK;
}

pdf_object pdf_object_new(struct pdf *pdf)
{
    HPDF_Dict object = HPDF_Dict_New(pdf->doc->mmgr);

    if (!object || HPDF_Xref_Add(pdf->doc->xref, object) != HPDF_OK) return NULL;
    object->write_fn = write_body;
    return object;
}

void pdf_object_fill(struct pdf *pdf, pdf_object object, const char *body)
{
    if (!object) return;
    object->attr = rk_arena_copy(pdf->arena, body);
    object->write_fn = write_body;
    pdf_mix(pdf, body, strlen(body));
}

unsigned pdf_object_number(pdf_object object)
{
    return object ? object->header.obj_id & 0x00ffffffu : 0;
}

unsigned pdf_object_add(struct pdf *pdf, const char *body)
{
    pdf_object object = pdf_object_new(pdf);

    pdf_object_fill(pdf, object, body);
    return pdf_object_number(object);
}

unsigned pdf_stream_add(struct pdf *pdf, const char *body, const void *data, size_t bytes,
                        bool compress)
{
    HPDF_Dict object = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);

    if (!object) return 0;
    object->filter = compress ? HPDF_STREAM_FILTER_FLATE_DECODE : HPDF_STREAM_FILTER_NONE;
    pdf_object_fill(pdf, object, body);
    pdf_mix(pdf, data, bytes);
    HPDF_Stream_Write(object->stream, data, (HPDF_UINT)bytes);
    return pdf_object_number(object);
}

void pdf_mix(struct pdf *pdf, const void *data, size_t bytes)
{
    char both[2 * 64 + 1];

    memcpy(both, pdf->digest, 64);
    rk_hash_bytes(data, bytes, both + 64);
    rk_hash_bytes(both, 128, pdf->digest);
}
