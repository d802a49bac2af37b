// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_replay.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

struct clean_replay {
    struct rk_csv_writer ledger, headings;
};

static rk_status open_file(struct rk_out *out, const char *name, const char *const *columns,
                           size_t count, struct rk_csv_writer *writer)
{
    writer->file = rk_out_open(out, name);
    if (!writer->file) return RK_WORLD;
    for (size_t i = 0; i < count; i++)
        rk_csv_cell(writer, columns[i]);
    rk_csv_end(writer);
    return RK_OK;
}

rk_status clean_replay_open(struct rk_run *run, struct rk_out *out,
                            struct clean_replay **replay)
{
    static const char *const ledger[] = {"file", "line", "column", "old"};
    static const char *const headings[] = {"file", "source", "column", "position",
                                           "heading"};
    struct clean_replay *made = RK_NEW(run->arena, struct clean_replay);

    RK_TRY(open_file(out, "ledger.csv", ledger, 4, &made->ledger));
    RK_TRY(open_file(out, "headings.csv", headings, 5, &made->headings));
    *replay = made;
    return RK_OK;
}

struct clean_replay *clean_replay_aside(struct rk_arena *arena, struct rk_csv_memory *cells)
{
    struct clean_replay *made = RK_NEW(arena, struct clean_replay);

    made->ledger.memory = cells;
    return made;
}

void clean_replay_put(struct clean_replay *replay, const char *rows, size_t bytes)
{
    fwrite_unlocked(rows, 1, bytes, replay->ledger.file);
    replay->ledger.written += bytes;
}

void clean_replay_header(struct clean_source *source)
{
    struct rk_csv_writer *writer = &source->replay->headings;

    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *column = &source->columns[i];

        if (column->cell < 0) continue;
        rk_csv_cell(writer, source->name);
        rk_csv_cell(writer, source->source->name);
        rk_csv_cell(writer, column->declared->name);
        rk_csv_long(writer, column->cell + 1);
        rk_csv_cell(writer, column->heading);
        rk_csv_end(writer);
    }
}

/* ---- the usual form ---- */

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* At least `digits` figures; returns what follows them. */
static char *put_number(char *out, long number, size_t digits)
{
    char text[32];

    rk_text_long(text, number);
    for (size_t bytes = strlen(text); bytes < digits; bytes++)
        *out++ = '0';
    return stpcpy(out, text);
}

static char *put_month(char *out, int month, size_t letters)
{
    if (letters < 3) return put_number(out, month, letters);
    return letters > 3 ? stpcpy(out, months[month - 1])
                       : stpcpy(stpncpy(out, months[month - 1], 3), "");
}

/* `out` holds FORM bytes, enough for any format. */
enum { FORM = 96 };
static void date_form(char out[FORM], const char *format, long days)
{
    long year;
    int month, day;

    rk_date_civil(days, &year, &month, &day);
    if (strcmp(format, "excel") == 0) {
        put_number(out, days + 25569, 1);
        return;
    }
    while (*format) {
        size_t letters = strchr("dmy", *format) ? strspn(format, (char[2]){*format}) : 0;

        if (*format == 'd')
            out = put_number(out, day, letters);
        else if (*format == 'm')
            out = put_month(out, month, letters);
        else if (*format == 'y')
            out = put_number(out, letters == 2 ? year % 100 : year, letters);
        else
            *out++ = *format;
        format += letters ? letters : 1;
    }
    *out = '\0';
}

const char *clean_replay_usual(struct rk_arena *scratch, const struct study_column *column,
                               const char *text)
{
    long days;
    int code;

    if (!*text) return text;
    if (column->type == COLUMN_DATE && rk_date_parse(text, &days)) {
        char *form = rk_arena_alloc(scratch, FORM, 1);

        date_form(form, column->format_count ? column->formats[0] : "yyyy-mm-dd", days);
        return form;
    }
    if (column->type != COLUMN_CODE) return text;
    code = code_list_find(column->codes, text);
    return code < 0 ? text : column->codes->labels[code];
}

/* Is the cell what its usual form would be? Answered without making that form where it can
 * be: this is asked of every cell. */
static bool is_usual(const struct study_column *column, const struct value *value,
                     const char *old)
{
    char text[FORM];

    if (value->state != VALUE_THERE) return !*old;
    switch (column->type) {
    case COLUMN_INTEGER:
        /* Answers to items, by the million. */
        if (*old >= '0' && *old <= '9' && !old[1]) return value->number == *old - '0';
        return strcmp(old, rk_text_long(text, (long)value->number)) == 0;
    case COLUMN_NUMBER:
        return strcmp(old, rk_text_double(text, value->number)) == 0;
    case COLUMN_CODE:
        return strcmp(old, column->codes->labels[(size_t)value->number]) == 0;
    case COLUMN_DATE:
        date_form(text, column->format_count ? column->formats[0] : "yyyy-mm-dd",
                  (long)value->number);
        return strcmp(old, text) == 0;
    default:
        return strcmp(old, value->text) == 0;
    }
}

/* Can it be put back without the ledger? */
static bool is_known(const struct study_column *column, const struct clean_cell *cell,
                     const char *old)
{
    if (cell->by_hand) return false;
    return cell->told ? strcmp(old, cell->old) == 0 : is_usual(column, &cell->value, old);
}

void clean_replay_row(struct clean_source *source, const struct rk_csv_row *row)
{
    struct rk_csv_writer *writer = &source->replay->ledger;

    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *column = &source->columns[i];
        const struct clean_cell *cell = &source->cells[i];
        const char *old = column->cell < 0 ? "" : row->cells[column->cell];

        if (column->cell < 0 || is_known(column->declared, cell, old)) continue;
        rk_csv_cell(writer, source->name);
        rk_csv_long(writer, (long)source->line);
        rk_csv_cell(writer, column->declared->name);
        rk_csv_cell(writer, old);
        rk_csv_end(writer);
    }
}

long clean_replay_bytes(const struct clean_replay *replay)
{
    return (long)replay->ledger.written;
}
