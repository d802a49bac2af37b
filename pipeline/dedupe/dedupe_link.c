// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_link.h"

#include "pipeline/dedupe/dedupe_ledger.h"

#include <stdlib.h>
#include <string.h>

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

/* A column of people. The rows' own goes with its source, so texts are copied. */
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
        size_t row = order[i].row;

        if (from->number)
            to->number[i] = from->number[row];
        else if (from->whole)
            to->whole[i] = from->whole[row];
        else if (from->text[row])
            to->text[i] = rk_arena_copy(arena, from->text[row]);
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
        people->file_line[i] = rk_arena_copy(arena, rows->frame->file_line[order[i].row]);
    return people;
}

/* Whoever a reference was given to: the row of people that its row went into. */
static void map_references(struct dedupe_rows *rows, const struct frame_column *key,
                           const struct keyed *order, size_t count)
{
    struct dedupe *stage = rows->stage;
    int64_t *person = RK_ARRAY(rows->run->arena, int64_t, rows->frame->rows + 1);
    size_t cap = 0;

    stage->references = rk_map_new(stage->run->arena);
    for (size_t i = 0; i < count; i++)
        person[order[i].row] = (int64_t)i;
    for (size_t row = 0; row < rows->frame->rows; row++) {
        size_t at;

        if (!key->text[row]) continue;
        at = rk_map_add(stage->references, key->text[row]);
        RK_ROOM(stage->run->arena, stage->person_of, at, cap);
        stage->person_of[at] = person[rows->kept_in[row]];
    }
}

void dedupe_link_own(struct dedupe *stage)
{
    const struct run_part *part = stage->run->part;
    const struct frame_column *key = frame_column(stage->people, stage->study->people->key);
    int64_t own = 0;

    if (!part || part_reading(part, stage->study->people) != PART_WHOLE) return;
    stage->own_row = RK_ARRAY(stage->run->arena, int64_t, stage->people->rows + 1);
    for (size_t i = 0; i < stage->people->rows; i++)
        stage->own_row[i] = part_of_key(part, key->text[i]) == part->number ? own++ : -1;
}

void dedupe_link_people(struct dedupe_rows *rows)
{
    const struct frame_column *key = frame_column(rows->frame, rows->source->key);
    struct keyed *order = RK_ARRAY(rows->run->arena, struct keyed, rows->frame->rows + 1);
    size_t count = 0;

    for (size_t row = 0; row < rows->frame->rows; row++) {
        if (rows->kept_in[row] != (int64_t)row) continue;
        if (key->text[row])
            order[count++] = (struct keyed){key->text[row], row};
        else
            dedupe_set_aside(rows, row, key, AWAY_NO_KEY);
    }
    qsort(order, count, sizeof *order, by_key);
    rows->stage->people = gather_people(rows, order, count);
    map_references(rows, key, order, count);
}

/* ---- records of people ---- */

static int64_t find_person(const struct dedupe *stage, const char *reference)
{
    long at = reference ? rk_map_find(stage->references, reference) : -1;

    return at < 0 ? -1 : stage->person_of[at];
}

void dedupe_link_records(struct dedupe_rows *rows)
{
    const struct frame_column *link = frame_column(rows->frame, rows->source->link);
    const struct frame *people = rows->stage->people;
    const struct frame_column *key = frame_column(people, people->source->key);

    for (size_t row = 0; row < rows->frame->rows; row++) {
        int64_t person = find_person(rows->stage, link->text[row]);

        if (person >= 0) link->text[row] = key->text[person];
    }
}

void dedupe_link_set_aside(struct dedupe_rows *rows)
{
    struct frame *frame = rows->frame;
    const struct frame_column *link = frame_column(frame, rows->source->link);

    frame->people = rows->stage->people->rows;
    frame->persons = RK_ARRAY(rows->run->arena, int32_t, frame->rows + 1);
    for (size_t row = 0; row < frame->rows; row++) {
        frame->persons[row] = (int32_t)find_person(rows->stage, link->text[row]);
        if (frame->persons[row] < 0 && !rows->source->keep_unlinked &&
            rows->kept_in[row] == (int64_t)row)
            dedupe_set_aside(rows, row, link,
                             link->text[row] ? AWAY_UNKNOWN : AWAY_NO_REFERENCE);
    }
}
