// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_ties.h"

#include "pipeline/clean/clean_cells.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_file.h"
#include "pipeline/clean/clean_input.h"
#include "pipeline/clean/clean_mended.h"

#include <stdlib.h>
#include <string.h>

/* A number and whose row it stands on, both as hashes: a study has millions. */
struct standing {
    uint64_t number, reference;
};

struct looking {
    struct rk_arena *arena;
    size_t *columns; /* that hold numbers */
    size_t column_count;
    struct standing *standings;
    size_t count, cap;
};

static size_t position_of(const struct study_source *source, const char *name)
{
    size_t at = 0;

    while (strcmp(source->columns[at].name, name) != 0)
        at++;
    return at;
}

static void look_at(struct clean_source *source, void *context)
{
    struct looking *looking = context;
    const char *reference = clean_file_reference(source, source->owner);
    uint64_t hash = part_hash(reference ? reference : "");

    for (size_t i = 0; i < looking->column_count; i++) {
        const char *number = clean_file_reference(source, looking->columns[i]);

        if (!number) continue;
        RK_ROOM(looking->arena, looking->standings, looking->count, looking->cap);
        looking->standings[looking->count++] =
            (struct standing){part_hash(number) + looking->columns[i], hash};
    }
}

static int by_number(const void *a, const void *b)
{
    const struct standing *left = a, *right = b;

    return (left->number > right->number) - (left->number < right->number);
}

static void tie(struct looking *looking, struct part_ties *ties)
{
    struct standing *all = looking->standings;

    if (all) qsort(all, looking->count, sizeof *all, by_number);
    for (size_t i = 1; i < looking->count; i++)
        if (all[i].number == all[i - 1].number)
            part_ties_add(ties, all[i].reference, all[i - 1].reference);
}

static rk_status look_through(struct clean_source *source, struct looking *looking)
{
    const struct run_part *part = source->run->part;
    struct clean_inputs inputs;
    const char *name;

    source->proving = true;
    source->owner = position_of(source->source, part_column(part, source->source));
    looking->columns = RK_ARRAY(looking->arena, size_t, source->source->duplicate_count +
                                                            source->source->check_count + 1);
    for (size_t i = 0; (name = part_tie_column(part, source->source, i)); i++)
        looking->columns[looking->column_count++] = position_of(source->source, name);
    clean_field_all(source);
    RK_TRY(clean_mended_read(source));
    RK_TRY(clean_cells_read(source));
    RK_TRY(clean_inputs_find(source, &inputs));
    for (size_t i = 0; i < inputs.count; i++) {
        source->input = &inputs.list[i];
        RK_TRY(clean_file_look(source, look_at, looking));
    }
    return RK_OK;
}

static rk_status clean_tied(struct rk_run *run, const struct study *study,
                            const struct study_source *tied, struct part_ties *ties)
{
    struct rk_run own = *run;
    struct clean_source source = {.run = &own, .study = study, .source = tied,
                                  .count = tied->column_count};
    struct looking looking = {.arena = rk_arena_new()};
    rk_status status;

    own.arena = looking.arena;
    source.scratch = rk_arena_new();
    source.cells = RK_ARRAY(own.arena, struct clean_cell, tied->column_count + 1);
    status = look_through(&source, &looking);
    if (status == RK_OK) tie(&looking, ties);
    rk_arena_free(source.scratch);
    rk_arena_free(own.arena);
    return status;
}

rk_status clean_ties(struct rk_run *run, struct part_ties *ties)
{
    const struct study *study;

    RK_TRY(study_open(run, &study));
    for (size_t i = 0; i < study->source_count; i++)
        if (part_reading(run->part, &study->sources[i]) == PART_TIED)
            RK_TRY(clean_tied(run, study, &study->sources[i], ties));
    return RK_OK;
}
