// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_replay.h"

#include "pipeline/base/rk_text.h"

#include <stdio.h>
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

static const char *month_text(struct rk_arena *scratch, int month, size_t letters)
{
    const char *name = months[month - 1];

    if (letters > 3) return name;
    if (letters == 3) return rk_arena_copy_n(scratch, name, 3);
    return rk_arena_printf(scratch, letters == 2 ? "%02d" : "%d", month);
}

static const char *date_text(struct rk_arena *scratch, const char *format, const char *iso)
{
    const char *out = "";
    long days, year;
    int month, day;

    if (!rk_date_parse(iso, &days)) return iso;
    rk_date_civil(days, &year, &month, &day);
    if (strcmp(format, "excel") == 0) return rk_arena_printf(scratch, "%ld", days + 25569);
    while (*format) {
        size_t letters = strchr("dmy", *format) ? strspn(format, (char[2]){*format}) : 0;

        if (*format == 'd')
            out = rk_arena_printf(scratch, letters == 2 ? "%s%02d" : "%s%d", out, day);
        else if (*format == 'm')
            out =
                rk_arena_printf(scratch, "%s%s", out, month_text(scratch, month, letters));
        else if (*format == 'y')
            out = letters == 2 ? rk_arena_printf(scratch, "%s%02ld", out, year % 100)
                               : rk_arena_printf(scratch, "%s%04ld", out, year);
        else
            out = rk_arena_printf(scratch, "%s%c", out, *format);
        format += letters ? letters : 1;
    }
    return out;
}

const char *clean_replay_usual(struct rk_arena *scratch, const struct study_column *column,
                               const char *text)
{
    int code;

    if (!*text) return text;
    if (column->type == COLUMN_DATE && column->format_count)
        return date_text(scratch, column->formats[0], text);
    if (column->type != COLUMN_CODE) return text;
    code = code_list_find(column->codes, text);
    return code < 0 ? text : column->codes->labels[code];
}

const char *clean_replay_text(struct rk_arena *scratch, const struct study_column *column,
                              const struct value *value)
{
    char *text = rk_arena_alloc(scratch, 32, 1);

    if (value->state != VALUE_THERE) return "";
    switch (column->type) {
    case COLUMN_DATE:
        return rk_date_text(text, (long)value->number);
    case COLUMN_CODE:
        return column->codes->codes[(size_t)value->number];
    case COLUMN_INTEGER:
        return rk_text_long(text, (long)value->number);
    case COLUMN_NUMBER:
        return rk_text_double(text, value->number);
    default:
        return value->text;
    }
}

void clean_replay_row(struct clean_source *source, const struct rk_csv_row *row)
{
    struct rk_csv_writer *writer = &source->replay->ledger;

    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *column = &source->columns[i];
        const struct value *value = &source->cells[i].value;
        const char *old = column->cell < 0 ? "" : row->cells[column->cell];

        if (column->cell < 0 || (value->state != VALUE_THERE && !*old)) continue;
        if (strcmp(old, clean_replay_usual(
                            source->scratch, column->declared,
                            clean_replay_text(source->scratch, column->declared, value))) ==
            0)
            continue;
        rk_csv_cell(writer, source->name);
        rk_csv_long(writer, (long)source->line);
        rk_csv_cell(writer, column->declared->name);
        rk_csv_cell(writer, old);
        rk_csv_end(writer);
    }
}
