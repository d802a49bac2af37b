// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>

const char *quality_area_label(const struct quality *quality, size_t area)
{
    if (area == quality->all) return "All";
    return area + 1 == quality->area_count ? "Not known" : quality->codes->labels[area];
}

const char *quality_area_code(const struct quality *quality, size_t area)
{
    if (area == quality->all) return "all";
    return area + 1 == quality->area_count ? "" : quality->codes->codes[area];
}

/* ---- people ---- */

struct hashed {
    char hash[65];
    size_t person;
};

static int by_hash(const void *a, const void *b)
{
    return strcmp(((const struct hashed *)a)->hash, ((const struct hashed *)b)->hash);
}

/* A number in an order that has nothing to do with the references and is another with each
 * delivery: without the list of all references nobody can go back, and with it only whoever
 * keeps the records. The same run gives the same numbers. */
static void name_people(struct quality *quality, const char *const *keys, size_t count)
{
    struct hashed *order = RK_ARRAY(quality->arena, struct hashed, count + 1);
    char day[16];

    rk_date_text(day, quality->study->cut_off);
    for (size_t i = 0; i < count; i++) {
        const char *text = rk_arena_printf(quality->arena, "%s\n%s\n%s",
                                           quality->study->name, day, keys[i]);

        rk_hash_bytes(text, strlen(text), order[i].hash);
        order[i].person = i;
    }
    qsort(order, count, sizeof *order, by_hash);
    quality->pseudonym = RK_ARRAY(quality->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        quality->pseudonym[order[i].person] =
            rk_arena_printf(quality->arena, "P%05zu", i + 1);
}

static size_t area_at(const struct quality *quality, const struct frame_column *column,
                      size_t row)
{
    if (!column || frame_whole(column, row) == RK_NO_VALUE) return quality->area_count - 1;
    return (size_t)frame_whole(column, row);
}

static rk_status read_people(struct quality *quality)
{
    const struct study *study = quality->study;
    const struct frame_column *by, *key;
    struct frame *people;
    const char **names;

    RK_TRY(frame_read(quality->run, "20-people", "people", &people));
    by = study->quality_by ? frame_column(people, study->quality_by->name) : NULL;
    key = frame_column(people, study->people->key);
    quality->people = rk_map_new(quality->arena);
    quality->area_of = RK_ARRAY(quality->arena, size_t, people->rows + 1);
    names = RK_ARRAY(quality->arena, const char *, people->rows + 1);
    for (size_t row = 0; row < people->rows; row++) {
        size_t at = rk_map_add(quality->people, key->text[row] ? key->text[row] : "");

        quality->area_of[at] = area_at(quality, by, row);
        names[at] = rk_map_key(quality->people, at);
    }
    name_people(quality, names, rk_map_count(quality->people));
    return RK_OK;
}

/* Whose a row of the extracts is, as dedupe says: by its place, for references may have
 * become pseudonyms. */
static void note_person(struct quality *quality, const char *file_line, long person)
{
    size_t at = rk_map_add(quality->owners, file_line);

    if (at >= quality->owner_cap)
        RK_ROOM(quality->arena, quality->owner, at, quality->owner_cap);
    quality->owner[at] = person;
}

static long person_at(const struct quality *quality, const char *file_line)
{
    long at = rk_map_find(quality->owners, file_line);

    return at < 0 ? -1 : quality->owner[at];
}

static rk_status read_owners(struct quality *quality, const struct study_source *source)
{
    bool people = source == quality->study->people;
    const char *name = people ? source->key : source->link;
    const char *file =
        rk_arena_printf(quality->arena, "%s.csv", people ? "people" : source->name);
    struct rk_csv_table csv;
    long place, reference;

    if (!name) return RK_OK;
    RK_TRY(rk_csv_table_read(quality->arena, quality->run->diag,
                             rk_run_path(quality->run, "20-people", file), &csv));
    place = rk_csv_column(&csv, "file_line");
    reference = rk_csv_column(&csv, name);
    for (size_t r = 0; place >= 0 && reference >= 0 && r < csv.rows; r++) {
        char **cells = &csv.cells[r * csv.columns];

        note_person(quality, cells[place], rk_map_find(quality->people, cells[reference]));
    }
    return RK_OK;
}

/* A row that was taken into another is of the same person. */
static rk_status read_absorbed(struct quality *quality)
{
    struct rk_csv_table csv;
    long kept, absorbed;

    RK_TRY(rk_csv_table_read(quality->arena, quality->run->diag,
                             rk_run_path(quality->run, "20-people", "duplicates.csv"),
                             &csv));
    kept = rk_csv_column(&csv, "kept");
    absorbed = rk_csv_column(&csv, "absorbed");
    for (size_t r = 0; kept >= 0 && absorbed >= 0 && r < csv.rows; r++) {
        char **cells = &csv.cells[r * csv.columns];

        note_person(quality, cells[absorbed], person_at(quality, cells[kept]));
    }
    return RK_OK;
}

/* ---- completeness ---- */

static bool there(const struct frame_column *column, size_t row)
{
    return frame_value(column, row).state == VALUE_THERE;
}

/* Where a row belongs: its own area, else its person's. */
static size_t area_of_row(const struct quality *quality, const struct frame_column *by,
                          long person, size_t row)
{
    if (by && frame_whole(by, row) != RK_NO_VALUE && by->codes == quality->codes)
        return (size_t)frame_whole(by, row);
    return person < 0 ? quality->area_count - 1 : quality->area_of[person];
}

static void note_row(struct quality *quality, const char *file_line, long person,
                     size_t area)
{
    size_t at = rk_map_add(quality->rows, file_line);

    if (at >= quality->row_cap) {
        size_t cap = 2 * at + 1024;

        quality->person = rk_arena_grow(quality->arena, quality->person, quality->row_cap,
                                        cap, sizeof *quality->person);
        quality->row_area = rk_arena_grow(quality->arena, quality->row_area,
                                          quality->row_cap, cap, sizeof *quality->row_area);
        quality->row_cap = cap;
    }
    quality->person[at] = person;
    quality->row_area[at] = area;
}

static void count_column(const struct quality *quality, const struct frame *frame,
                         const size_t *areas, struct quality_column *out)
{
    const struct frame_column *column = frame_column(frame, out->column->name);

    out->areas = RK_ARRAY(quality->arena, struct quality_fill, quality->all + 1);
    for (size_t row = 0; row < frame->rows; row++) {
        bool filled = there(column, row);

        out->areas[areas[row]].rows++;
        out->areas[areas[row]].answered += filled;
        out->areas[quality->all].rows++;
        out->areas[quality->all].answered += filled;
    }
}

static rk_status count_source(struct quality *quality, const struct study_source *source)
{
    const struct study_column *declared = quality->study->quality_by;
    const struct frame_column *by;
    struct frame *frame;
    size_t *areas;

    RK_TRY(frame_read(quality->run, "10-clean", source->name, &frame));
    by = declared ? frame_column(frame, declared->name) : NULL;
    if (by && by->type != COLUMN_CODE) by = NULL;
    areas = RK_ARRAY(quality->arena, size_t, frame->rows + 1);
    for (size_t row = 0; row < frame->rows; row++) {
        const char *place = frame->file_line[row] ? frame->file_line[row] : "";
        long person = person_at(quality, place);

        areas[row] = area_of_row(quality, by, person, row);
        note_row(quality, place, person, areas[row]);
    }
    for (size_t c = 0; c < source->column_count; c++) {
        struct quality_column *out = &quality->columns[quality->column_count];

        if (source->columns[c].kind_of) continue; /* made of another, not read */
        quality->column_count++;

        *out = (struct quality_column){.source = source, .column = &source->columns[c]};
        count_column(quality, frame, areas, out);
    }
    return RK_OK;
}

rk_status quality_count(struct quality *quality)
{
    const struct study *study = quality->study;
    size_t columns = 0;

    quality->codes = study->quality_by ? study->quality_by->codes : NULL;
    quality->area_count = (quality->codes ? quality->codes->count : 0) + 1;
    quality->all = quality->area_count;
    quality->rows = rk_map_new(quality->arena);
    quality->owners = rk_map_new(quality->arena);
    RK_TRY(read_people(quality));
    for (size_t i = 0; i < study->source_count; i++)
        RK_TRY(read_owners(quality, &study->sources[i]));
    RK_TRY(read_absorbed(quality));
    for (size_t s = 0; s < study->source_count; s++)
        columns += study->sources[s].column_count;
    quality->columns = RK_ARRAY(quality->arena, struct quality_column, columns + 1);
    for (size_t s = 0; s < study->source_count; s++)
        RK_TRY(count_source(quality, &study->sources[s]));
    return RK_OK;
}
