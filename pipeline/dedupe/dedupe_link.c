// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_link.h"

#include <stdlib.h>
#include <string.h>

/* "reviews.csv:214" to its parts. */
static const char *split(const struct dedupe_rows *rows, size_t row, const char **line)
{
    const char *text = rows->frame->file_line[row];
    const char *colon = text ? strrchr(text, ':') : NULL;

    *line = colon ? colon + 1 : "";
    return colon ? rk_arena_copy_n(rows->run->arena, text, (size_t)(colon - text)) : "";
}

struct rk_place dedupe_place(const struct dedupe_rows *rows, size_t row)
{
    const char *line;
    const char *file = split(rows, row, &line);

    return RK_AT(file, strtoul(line, NULL, 10), 0);
}

void dedupe_issue(struct dedupe_rows *rows, size_t row, const char *column,
                  const char *rule, const char *old, const char *now, const char *what)
{
    struct rk_csv_writer *writer = &rows->stage->issues;
    const char *line;
    const char *file = split(rows, row, &line);
    const char *const cells[] = {file, line, column, rows->source->name,
                                 rule, old,  now,    what};

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        rk_csv_cell(writer, cells[i]);
    rk_csv_end(writer);
}

static const struct frame_column *key_column(const struct dedupe_rows *rows,
                                             const char *name)
{
    return frame_column(rows->frame, name);
}

/* ---- people ---- */

struct keyed {
    const char *key;
    size_t row;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *left = a;
    const struct keyed *right = b;

    return strcmp(left->key, right->key);
}

static void gather(struct rk_arena *arena, struct frame_column *to,
                   const struct frame_column *from, const struct keyed *order, size_t count)
{
    *to = *from;
    if (from->text)
        to->text = RK_ARRAY(arena, const char *, count + 1);
    else if (from->number)
        to->number = RK_ARRAY(arena, double, count + 1);
    else
        to->whole = RK_ARRAY(arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (from->text)
            to->text[i] = from->text[order[i].row];
        else if (from->number)
            to->number[i] = from->number[order[i].row];
        else
            to->whole[i] = from->whole[order[i].row];
    }
}

static struct frame *gather_people(const struct dedupe_rows *rows,
                                   const struct keyed *order, size_t count)
{
    struct rk_arena *arena = rows->stage->run->arena;
    struct frame *people = RK_NEW(arena, struct frame);

    *people =
        (struct frame){.name = "people",
                       .source = rows->source,
                       .rows = count,
                       .people = count,
                       .count = rows->frame->count,
                       .columns = RK_ARRAY(arena, struct frame_column, rows->frame->count),
                       .file_line = RK_ARRAY(arena, const char *, count + 1)};
    for (size_t c = 0; c < people->count; c++)
        gather(arena, &people->columns[c], &rows->frame->columns[c], order, count);
    for (size_t i = 0; i < count; i++)
        people->file_line[i] = rows->frame->file_line[order[i].row];
    return people;
}

static void map_references(struct dedupe_rows *rows, const struct frame_column *key)
{
    struct dedupe *stage = rows->stage;
    size_t cap = 0;

    stage->references = rk_map_new(stage->run->arena);
    for (size_t row = 0; row < rows->frame->rows; row++) {
        size_t at;

        if (!key->text[row]) continue;
        at = rk_map_add(stage->references, key->text[row]);
        RK_ROOM(stage->run->arena, stage->person_of, at, cap);
        stage->person_of[at] = key->text[rows->kept_in[row]];
    }
}

rk_status dedupe_link_people(struct dedupe_rows *rows)
{
    struct rk_arena *arena = rows->stage->run->arena;
    const struct frame_column *key = key_column(rows, rows->source->key);
    struct keyed *order = RK_ARRAY(arena, struct keyed, rows->frame->rows + 1);
    size_t count = 0;

    for (size_t row = 0; row < rows->frame->rows; row++) {
        if (rows->kept_in[row] != (int64_t)row) continue;
        if (key->text[row]) {
            order[count++] = (struct keyed){key->text[row], row};
            continue;
        }
        rows->away[row] = true;
        dedupe_issue(rows, row, key->name, "no_key", "", "", "no key, so nobody");
        rk_diag_say(rows->run->diag, RK_DIAG_WARNING, dedupe_place(rows, row),
                    "no %s, so it is not known who this is; row set aside", key->name);
    }
    qsort(order, count, sizeof *order, by_key);
    map_references(rows, key);
    rows->stage->people = gather_people(rows, order, count);
    return RK_OK;
}

/* ---- records of people ---- */

void dedupe_link_records(struct dedupe_rows *rows)
{
    const struct frame_column *link = key_column(rows, rows->source->link);
    const struct dedupe *stage = rows->stage;

    for (size_t row = 0; row < rows->frame->rows; row++) {
        long at = link->text[row] ? rk_map_find(stage->references, link->text[row]) : -1;

        if (at >= 0) link->text[row] = stage->person_of[at];
    }
}

static struct rk_map *people_rows(const struct dedupe_rows *rows)
{
    const struct frame *people = rows->stage->people;
    const struct frame_column *key = frame_column(people, people->source->key);
    struct rk_map *map = rk_map_new(rows->run->arena);

    for (size_t i = 0; i < people->rows; i++)
        rk_map_add(map, key->text[i]);
    return map;
}

void dedupe_link_set_aside(struct dedupe_rows *rows)
{
    struct frame *frame = rows->frame;
    const struct frame_column *link = key_column(rows, rows->source->link);
    const struct rk_map *people = people_rows(rows);

    frame->people = rows->stage->people->rows;
    frame->person = RK_ARRAY(rows->run->arena, int64_t, frame->rows + 1);
    for (size_t row = 0; row < frame->rows; row++) {
        const char *reference = link->text[row];

        frame->person[row] = reference ? rk_map_find(people, reference) : -1;
        if (frame->person[row] >= 0 || rows->source->keep_unlinked ||
            rows->kept_in[row] != (int64_t)row)
            continue;
        rows->away[row] = true;
        dedupe_issue(rows, row, link->name, reference ? "unknown_person" : "no_reference",
                     reference ? reference : "", "",
                     reference ? "its person is not known (never there, or excluded)"
                               : "it names no person");
    }
}
