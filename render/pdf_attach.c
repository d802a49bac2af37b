// SPDX-License-Identifier: MIT
/* Files that travel inside the PDF. */
#include "render/pdf_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>

static const char *media_type(const char *name)
{
    static const char *const types[][2] = {
        {".csv",  "text#2Fcsv"        },
        {".json", "application#2Fjson"},
        {".yaml", "text#2Fplain"      },
        {".md",   "text#2Fmarkdown"   },
        {".txt",  "text#2Fplain"      },
        {".svg",  "image#2Fsvg+xml"   },
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(dot, types[i][0]) == 0) return types[i][1];
    return "application#2Foctet-stream";
}

void pdf_attach_bytes(struct pdf *pdf, const char *name, const char *data, size_t bytes,
                      const char *description)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);
    unsigned stream;

    pdf_putf(&body, "/Type /EmbeddedFile /Subtype /%s /Params << /Size %zu >>",
             media_type(name), bytes);
    stream = pdf_stream_add(pdf, body.data, data, bytes, true);
    body.length = 0;
    pdf_put(&body, "/Type /Filespec /AFRelationship /Data /F ");
    pdf_put_text(&body, name);
    pdf_put(&body, " /UF ");
    pdf_put_text(&body, name);
    if (description && *description) {
        pdf_put(&body, " /Desc ");
        pdf_put_text(&body, description);
    }
    pdf_putf(&body, " /EF << /F %u 0 R /UF %u 0 R >>", stream, stream);
    RK_ROOM(pdf->arena, pdf->attachments, pdf->attachment_count, pdf->attachment_cap);
    pdf->attachments[pdf->attachment_count++] =
        (struct pdf_attachment){name, pdf_object_add(pdf, body.data)};
}

rk_status pdf_attach(struct pdf *pdf, const char *path, const char *description)
{
    const char *slash = strrchr(path, '/');
    char *data;
    size_t bytes;

    RK_TRY(rk_file_read(pdf->arena, pdf->diag, path, &data, &bytes));
    pdf_attach_bytes(pdf, rk_arena_copy(pdf->arena, slash ? slash + 1 : path), data, bytes,
                     description);
    return RK_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct pdf_attachment *left = a, *right = b;

    return strcmp(left->name, right->name);
}

unsigned pdf_attachments_finish(struct pdf *pdf)
{
    struct pdf_bytes body = pdf_bytes_new(pdf);

    if (pdf->attachment_count == 0) return 0;
    qsort(pdf->attachments, pdf->attachment_count, sizeof *pdf->attachments, by_name);
    pdf_put(&body, "/Names [");
    for (size_t i = 0; i < pdf->attachment_count; i++) {
        pdf_put_text(&body, pdf->attachments[i].name);
        pdf_put_ref(&body, pdf->attachments[i].object);
        pdf_put(&body, "\n");
    }
    pdf_put(&body, "]");
    return pdf_object_add(pdf, body.data);
}
