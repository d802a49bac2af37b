// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_number.h"

#include <assert.h>
#include <string.h>

/* What would not come back as it is without quotes. Blanks at the ends are quoted for
 * readers that trim. */
static bool needs_quotes(const char *text, size_t bytes)
{
    if (bytes == 0) return false;
    if (text[0] == ' ' || text[0] == '\t' || text[bytes - 1] == ' ' ||
        text[bytes - 1] == '\t')
        return true;
    if (bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) return true;
    for (size_t i = 0; i < bytes; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    return false;
}

void rk_csv_cell_n(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    if (writer->inside) putc_unlocked(',', writer->file);
    writer->only_empty = !writer->inside && bytes == 0;
    writer->inside = true;
    if (!needs_quotes(text, bytes)) {
        fwrite_unlocked(text, 1, bytes, writer->file);
        return;
    }
    putc_unlocked('"', writer->file);
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '"') putc_unlocked('"', writer->file);
        putc_unlocked(text[i], writer->file);
    }
    putc_unlocked('"', writer->file);
}

void rk_csv_plain(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    if (writer->inside) putc_unlocked(',', writer->file);
    writer->only_empty = !writer->inside && bytes == 0;
    writer->inside = true;
    fwrite_unlocked(text, 1, bytes, writer->file);
}

void rk_csv_cell(struct rk_csv_writer *writer, const char *text)
{
    rk_csv_cell_n(writer, text, strlen(text));
}

void rk_csv_long(struct rk_csv_writer *writer, long value)
{
    char text[32];

    rk_text_long(text, value);
    rk_csv_plain(writer, text, strlen(text));
}

void rk_csv_double(struct rk_csv_writer *writer, double value)
{
    char text[32];

    rk_csv_cell(writer, rk_text_double(text, value));
}

void rk_csv_end(struct rk_csv_writer *writer)
{
    assert(writer->inside);
    if (writer->only_empty) fputs("\"\"", writer->file);
    putc_unlocked('\n', writer->file);
    writer->inside = writer->only_empty = false;
}
