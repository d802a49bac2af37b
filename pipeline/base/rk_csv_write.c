// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_number.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes ---- */

void rk_csv_memory_free(struct rk_csv_memory *memory)
{
    free(memory->text);
    *memory = (struct rk_csv_memory){NULL, 0, 0};
}

static void remember(struct rk_csv_memory *memory, const char *text, size_t bytes)
{
    if (bytes > memory->cap - memory->used) {
        memory->cap = 2 * (memory->used + bytes) + RK_CSV_GATHER;
        memory->text = realloc(memory->text, memory->cap);
        if (!memory->text) rk_out_of_memory();
    }
    memcpy(memory->text + memory->used, text, bytes);
    memory->used += bytes;
}

static void pass_on(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    writer->written += bytes;
    if (writer->file)
        fwrite_unlocked(text, 1, bytes, writer->file);
    else
        remember(writer->memory, text, bytes);
}

/* Bytes of one record are gathered, for a call of the C library costs more than they do. */
static inline void put(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    if (bytes > sizeof writer->record - writer->gathered) {
        pass_on(writer, writer->record, writer->gathered);
        writer->gathered = 0;
    }
    if (bytes > sizeof writer->record) {
        pass_on(writer, text, bytes);
        return;
    }
    memcpy(writer->record + writer->gathered, text, bytes);
    writer->gathered += bytes;
}

static inline void put_byte(struct rk_csv_writer *writer, char byte)
{
    if (writer->gathered == sizeof writer->record) {
        pass_on(writer, writer->record, writer->gathered);
        writer->gathered = 0;
    }
    writer->record[writer->gathered++] = byte;
}

/* ---- cells ---- */

static const bool special[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};

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
        if (special[(unsigned char)text[i]]) return true;
    return false;
}

static inline void begin_cell(struct rk_csv_writer *writer, size_t bytes)
{
    if (writer->inside) put_byte(writer, ',');
    writer->only_empty = !writer->inside && bytes == 0;
    writer->inside = true;
}

void rk_csv_cell_n(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    begin_cell(writer, bytes);
    if (!needs_quotes(text, bytes)) {
        put(writer, text, bytes);
        return;
    }
    put_byte(writer, '"');
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '"') put_byte(writer, '"');
        put_byte(writer, text[i]);
    }
    put_byte(writer, '"');
}

void rk_csv_plain(struct rk_csv_writer *writer, const char *text, size_t bytes)
{
    begin_cell(writer, bytes);
    put(writer, text, bytes);
}

void rk_csv_cell(struct rk_csv_writer *writer, const char *text)
{
    rk_csv_cell_n(writer, text, strlen(text));
}

void rk_csv_long(struct rk_csv_writer *writer, long value)
{
    char text[32];

    if (value >= 0 && value <= 9) {
        rk_csv_plain(writer, &(char){(char)('0' + value)}, 1);
        return;
    }
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
    if (writer->only_empty) put(writer, "\"\"", 2);
    put_byte(writer, '\n');
    pass_on(writer, writer->record, writer->gathered);
    writer->gathered = 0;
    writer->inside = writer->only_empty = false;
}

/* ---- labels ---- */

/* The first character behind blanks and apostrophes, full-width forms as the plain ones. */
static char first_sign(const char **at)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\xA0", "\xEF\xBC\x8B",
                                       "\xEF\xBC\x8D"};
    static const char plain[] = "=@+-";

    *at += strspn(*at, " \t\r\n'");
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(*at, wide[i], 3) == 0) return plain[i];
    return **at;
}

/* "-5 to 0" and "+44" are words; what calls, joins or refers is not. */
static bool is_formula(const char *text)
{
    char sign = first_sign(&text);

    return sign == '=' || sign == '@' ||
           ((sign == '+' || sign == '-') && strpbrk(text, "(|!=@&\"") != NULL);
}

void rk_csv_label(struct rk_csv_writer *writer, const char *text)
{
    char *guarded;

    if (!is_formula(text)) {
        rk_csv_cell(writer, text);
        return;
    }
    guarded = malloc(strlen(text) + 2);
    if (!guarded) rk_out_of_memory();
    guarded[0] = '\'';
    strcpy(guarded + 1, text);
    rk_csv_cell(writer, guarded);
    free(guarded);
}

const char *rk_csv_label_text(const char *cell)
{
    return cell[0] == '\'' && is_formula(cell) ? cell + 1 : cell;
}
