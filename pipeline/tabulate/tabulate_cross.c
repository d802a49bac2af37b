// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_cross.h"

#include <assert.h>
#include <string.h>

size_t tab_cross_slots(const struct tab_cross *cross)
{
    return (cross->layers + 1) * (cross->rows + 2) * (cross->columns + 1);
}

size_t tab_cross_at(const struct tab_cross *cross, struct tab_slot slot)
{
    return (slot.layer * (cross->rows + 2) + slot.row) * (cross->columns + 1) + slot.column;
}

bool tab_cross_find(const struct tab_cross *cross, size_t row, struct tab_slot *slot)
{
    long level = tab_level(&cross->row, row);
    long column = cross->has_column ? tab_level(&cross->column, row) : 0;
    long layer = cross->has_layer ? tab_level(&cross->layer, row) : 0;

    if (column < 0 || layer < 0 || (level < 0 && !cross->show_missing)) return false;
    slot->row = level < 0 ? tab_row_missing(cross) : (size_t)level;
    slot->column = (size_t)column;
    slot->layer = (size_t)layer;
    return true;
}

bool tab_slot_within(const struct tab_cross *cross, struct tab_slot slot,
                     struct tab_slot whole)
{
    return (whole.layer == cross->layers || whole.layer == slot.layer) &&
           (whole.row == tab_row_all(cross) || whole.row == slot.row) &&
           (whole.column == cross->columns || whole.column == slot.column);
}

/* The slots a row counts in: its own and the margins over it. */
static size_t margins_of(const struct tab_cross *cross, struct tab_slot slot, size_t out[8])
{
    size_t layers[2] = {slot.layer, cross->layers};
    size_t columns[2] = {slot.column, cross->columns};
    size_t rows[2] = {slot.row, tab_row_all(cross)};
    size_t count = 0;

    for (size_t l = cross->has_layer ? 0 : 1; l < 2; l++) {
        for (size_t r = 0; r < 2; r++) {
            for (size_t k = cross->has_column ? 0 : 1; k < 2; k++)
                out[count++] =
                    tab_cross_at(cross, (struct tab_slot){layers[l], rows[r], columns[k]});
        }
    }
    return count;
}

/* One addition per row of the data; the margins afterwards, from the cells. */
static void count_rows(struct tab_cross *cross)
{
    const struct tab_question *question = cross->question;
    size_t slots = tab_cross_slots(cross), margins[8];
    long *own = RK_ARRAY(question->desk->scratch, long, slots);
    struct tab_slot slot;

    cross->count = RK_ARRAY(question->desk->scratch, long, slots);
    for (size_t i = 0; i < question->count; i++) {
        if (tab_cross_find(cross, question->rows[i], &slot))
            own[tab_cross_at(cross, slot)]++;
    }
    for (slot.layer = 0; slot.layer < cross->layers + !cross->has_layer; slot.layer++) {
        for (slot.row = 0; slot.row <= cross->rows; slot.row++) {
            for (slot.column = 0; slot.column < cross->columns + !cross->has_column;
                 slot.column++) {
                size_t n = margins_of(cross, slot, margins);

                for (size_t m = 0; m < n; m++)
                    cross->count[margins[m]] += own[tab_cross_at(cross, slot)];
            }
        }
    }
}

rk_status tab_cross_open(const struct tab_question *question, struct tab_cross *out)
{
    const struct study_result *asked = question->asked;

    *out = (struct tab_cross){
        .question = question,
        .has_column = asked->variable_count > 1,
        .has_layer = asked->variable_count > 2,
        .show_missing = asked->show_missing,
    };
    RK_TRY(tab_question_variable(question, asked->variables[0], &out->row));
    if (out->has_column)
        RK_TRY(tab_question_variable(question, asked->variables[1], &out->column));
    if (out->has_layer)
        RK_TRY(tab_question_variable(question, asked->variables[2], &out->layer));
    out->rows = out->row.levels;
    out->columns = out->column.levels;
    out->layers = out->layer.levels;
    count_rows(out);
    return RK_OK;
}

struct tab_who tab_cross_who(const struct tab_cross *cross, struct tab_slot slot)
{
    struct tab_who who = cross->question->all.who;

    if (slot.layer < cross->layers)
        tab_who_level(&who, &cross->layer, (long)slot.layer);
    else if (cross->has_layer)
        tab_who_answered(&who, &cross->layer);
    if (slot.column < cross->columns)
        tab_who_level(&who, &cross->column, (long)slot.column);
    else if (cross->has_column)
        tab_who_answered(&who, &cross->column);
    if (slot.row < cross->rows)
        tab_who_level(&who, &cross->row, (long)slot.row);
    else if (slot.row == tab_row_missing(cross))
        tab_who_missing(&who, &cross->row);
    else if (!cross->show_missing)
        tab_who_answered(&who, &cross->row);
    return who;
}

/* People are numbered in the order in which their first record stands. */
static void number_people(const struct frame *frame, size_t *number, size_t *of_row,
                          struct tab_clusters *out)
{
    const int32_t *person = frame_person(frame);

    for (size_t i = 0; i < frame->rows; i++) {
        size_t *known = &number[person[i]];

        if (!*known) *known = ++out->count;
        of_row[i] = *known - 1;
    }
    out->known = out->count;
}

static const char *text_of(struct value value, char buffer[40])
{
    if (value.text) return value.text;
    snprintf(buffer, 40, "%.17g", value.number);
    return buffer;
}

static void number_texts(struct rk_arena *arena, const struct frame_column *column,
                         size_t rows, size_t *of_row, struct tab_clusters *out)
{
    struct rk_map *names = rk_map_new(arena);
    char buffer[40];

    for (size_t i = 0; i < rows; i++) {
        struct value value = frame_value(column, i);

        if (value.state == VALUE_THERE)
            of_row[i] = rk_map_add(names, text_of(value, buffer));
    }
    out->count = out->known = rk_map_count(names);
    for (size_t i = 0; i < rows; i++) {
        if (frame_value(column, i).state != VALUE_THERE) of_row[i] = out->count++;
    }
}

static bool is_name(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

rk_status tab_clusters_open(const struct tab_question *question, const char *name,
                            struct tab_clusters *out)
{
    struct tab_desk *desk = question->desk;
    const struct frame *frame = question->view.view.frame;
    const struct study_source *source = question->view.source;
    size_t *of_row;
    long rows;

    if (!frame_answered(frame, name, &rows))
        return rk_fail(desk->run->diag, RK_STUDY, question->asked->place,
                       "there is no column \"%s\" in %s", name, frame->name);
    of_row = RK_ARRAY(desk->scratch, size_t, frame->rows + 1);
    *out = (struct tab_clusters){.name = name, .of_row = of_row};
    out->people = is_name(source->link, name) ||
                  (source == desk->study->people && is_name(source->key, name));
    if (is_name(source->link, name) && frame_all_linked(frame))
        number_people(frame, RK_ARRAY(desk->scratch, size_t, frame->people + 1), of_row,
                      out);
    else
        number_texts(desk->arena, frame_column(frame, name), frame->rows, of_row, out);
    return RK_OK;
}

void tab_clusters_single(const struct tab_question *question, struct tab_clusters *out)
{
    size_t rows = question->view.view.frame->rows;
    size_t *of_row = RK_ARRAY(question->desk->scratch, size_t, rows + 1);

    for (size_t i = 0; i < rows; i++)
        of_row[i] = i;
    *out = (struct tab_clusters){.of_row = of_row, .count = rows, .known = rows};
}

struct tab_by_cluster tab_by_cluster(const struct tab_question *question,
                                     const struct tab_clusters *clusters)
{
    struct rk_arena *arena = question->desk->scratch;
    size_t *start = RK_ARRAY(arena, size_t, clusters->count + 2);
    uint32_t *rows = RK_ARRAY(arena, uint32_t, question->count + 1);

    for (size_t i = 0; i < question->count; i++)
        start[clusters->of_row[question->rows[i]] + 2]++;
    for (size_t c = 2; c < clusters->count + 2; c++)
        start[c] += start[c - 1];
    for (size_t i = 0; i < question->count; i++)
        rows[start[clusters->of_row[question->rows[i]] + 1]++] = question->rows[i];
    return (struct tab_by_cluster){rows, start};
}

long *tab_cross_distinct(const struct tab_cross *cross, const struct tab_clusters *clusters,
                         bool nameless_too)
{
    struct rk_arena *arena = cross->question->desk->scratch;
    struct tab_by_cluster by = tab_by_cluster(cross->question, clusters);
    size_t *seen = RK_ARRAY(arena, size_t, tab_cross_slots(cross));
    size_t margins[8];
    struct tab_slot slot;

    long *distinct = RK_ARRAY(arena, long, tab_cross_slots(cross));
    size_t count = nameless_too ? clusters->count : clusters->known;

    for (size_t c = 0; c < count; c++) {
        for (size_t i = by.start[c]; i < by.start[c + 1]; i++) {
            size_t n;

            if (!tab_cross_find(cross, by.rows[i], &slot)) continue;
            n = margins_of(cross, slot, margins);
            for (size_t m = 0; m < n; m++) {
                if (seen[margins[m]] == c + 1) continue;
                seen[margins[m]] = c + 1;
                distinct[margins[m]]++;
            }
        }
    }
    return distinct;
}
