// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_ITEMS = 3, MOST_ITEMS = 100 };

/* The scales that are there, as far as they are needed to recognise one. */
struct shelf {
    struct study_scale *scales;
    size_t count;
};

static void read_range(const struct rk_yaml *root, struct study_scale *scale)
{
    const struct rk_yaml *range = rk_yaml_get(root, "item_range");

    if (range && range->kind == RK_YAML_LIST && range->count == 2) {
        rk_text_number(range->items[0]->text, &scale->item_low);
        rk_text_number(range->items[1]->text, &scale->item_high);
    }
}

static rk_status read_shelf(struct draft *draft, struct shelf *shelf)
{
    struct rk_run *run = draft->run;
    struct folder_list files;
    const char *readme;
    char *dir;

    RK_TRY(rk_run_share(run, "scales", "README.md", &readme));
    dir = rk_arena_copy_n(draft->arena, readme, strlen(readme) - strlen("/README.md"));
    RK_TRY(folder_list_suffix(draft->arena, run->diag, dir, ".yaml", &files));
    shelf->scales = RK_ARRAY(draft->arena, struct study_scale, files.count + 1);
    for (size_t i = 0; i < files.count; i++) {
        struct study_scale *scale = &shelf->scales[shelf->count++];
        struct rk_yaml *root;

        RK_TRY(rk_yaml_read(draft->arena, run->diag,
                            rk_arena_printf(draft->arena, "%s/%s", dir, files.names[i]),
                            &root));
        rk_yaml_text(run->diag, root, "scale", &scale->name);
        rk_yaml_text(run->diag, root, "title", &scale->title);
        rk_yaml_texts(draft->arena, run->diag, root, "items", &scale->items,
                      &scale->item_count);
        read_range(root, scale);
    }
    return RK_OK;
}

/* "WSAS 1", "wsas_1" and "Q2.WSAS1" end in the number of an item. */
static const char *stem_of(struct rk_arena *arena, const char *heading, size_t *item)
{
    char *loose = rk_arena_copy(arena, draft_loose(arena, heading));
    size_t end = strlen(loose), bytes = end;

    while (bytes > 0 && isdigit((unsigned char)loose[bytes - 1]))
        bytes--;
    if (bytes == end || end - bytes > 3 || !bytes) return NULL;
    *item = strtoul(loose + bytes, NULL, 10);
    while (bytes > 0 && loose[bytes - 1] == ' ')
        bytes--;
    loose[bytes] = '\0';
    return *item >= 1 && *item <= MOST_ITEMS ? loose : NULL;
}

static bool may_be_item(const struct draft_column *column)
{
    return column->type == COLUMN_INTEGER && column->ranged && !column->scale;
}

/* All columns of the source with this stem, 1 to n without a gap. */
static struct draft_scale *gather(struct draft *draft, struct draft_source *source,
                                  const char *stem)
{
    struct draft_scale *scale = RK_NEW(draft->arena, struct draft_scale);

    scale->items = RK_ARRAY(draft->arena, struct draft_column *, MOST_ITEMS + 1);
    for (size_t i = 0; i < source->count; i++) {
        size_t item;
        const char *other = stem_of(draft->arena, source->columns[i].heading, &item);

        if (other && strcmp(other, stem) == 0 && may_be_item(&source->columns[i]) &&
            item <= MOST_ITEMS)
            scale->items[item - 1] = &source->columns[i];
    }
    while (scale->items[scale->count])
        scale->count++;
    scale->name = rk_text_code(draft->arena, stem);
    return scale->count >= FEWEST_ITEMS ? scale : NULL;
}

/* Of all items; their own ranges have no stragglers. */
static void whole_range(struct draft_scale *scale)
{
    scale->low = scale->items[0]->low;
    scale->high = scale->items[0]->high;
    for (size_t i = 1; i < scale->count; i++) {
        scale->low = fmin(scale->low, scale->items[i]->low);
        scale->high = fmax(scale->high, scale->items[i]->high);
    }
}

/* A scale that another source has, too, is one scale. */
static void share_range(struct draft *draft, struct draft_scale *scale)
{
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].scale_count; i++) {
            struct draft_scale *other = draft->sources[s].scales[i];

            if (strcmp(other->name, scale->name) != 0) continue;
            scale->low = other->low = fmin(scale->low, other->low);
            scale->high = other->high = fmax(scale->high, other->high);
        }
}

static bool has_initials(struct rk_arena *arena, const char *title, const char *stem)
{
    const char **words;
    size_t count = draft_split(arena, draft_loose(arena, title), &words), at = 0;

    for (size_t i = 0; i < count; i++)
        at += stem[at] == *words[i];
    return strlen(stem) >= 3 && !stem[at];
}

static void recognise(struct draft *draft, const struct shelf *shelf,
                      struct draft_scale *scale)
{
    whole_range(scale);
    for (int pass = 0; pass < 2 && !scale->known; pass++)
        for (size_t i = 0; i < shelf->count && !scale->known; i++) {
            const struct study_scale *known = &shelf->scales[i];
            bool named = strstr(scale->name, known->name) ||
                         has_initials(draft->arena, known->title, scale->name);

            if (known->item_count != scale->count) continue;
            if (pass == 0 ? !named
                          : scale->low < known->item_low || scale->high != known->item_high)
                continue;
            scale->known = known;
            scale->sure = pass == 0;
        }
    if (!scale->known) return;
    scale->name = scale->known->name;
    scale->title = scale->known->title;
    scale->low = scale->known->item_low;
    scale->high = scale->known->item_high;
}

static long rows_outside(const struct draft_column *column)
{
    long away = 0;

    for (size_t i = 0; i < column->texts.count; i++) {
        double number;

        if (rk_text_number(column->texts.items[i].text, &number) &&
            (number < column->low || number > column->high))
            away += column->texts.items[i].rows;
    }
    return away;
}

static void mark_ranges(struct draft *draft, struct draft_scale *scale)
{
    for (size_t i = 0; i < scale->count; i++) {
        struct draft_column *column = scale->items[i];
        long away;

        column->low = scale->low;
        column->high = scale->high;
        column->check_count = 0;
        away = rows_outside(column);
        if (away)
            draft_check(draft, column, "%ld lie outside %g to %g and are emptied", away,
                        column->low, column->high);
    }
    if (scale->known && !scale->sure)
        draft_check(draft, scale->items[0],
                    "as many items and the same answers as the %s: is it that scale?",
                    scale->known->title);
}

static void mark_items(struct draft *draft, struct draft_source *source,
                       struct draft_scale *scale)
{
    for (size_t i = 0; i < scale->count; i++) {
        scale->items[i]->scale = scale;
        scale->items[i]->item = i + 1;
    }
    for (size_t i = 0; i < source->count; i++) {
        struct draft_column *column = &source->columns[i];

        if (column->role == ROLE_TOTAL && !column->item && column->type == COLUMN_INTEGER &&
            strstr(rk_text_code(draft->arena, column->heading), scale->name)) {
            column->total_of = scale;
            column->ranged = false;
            column->check_count = 0;
        }
    }
    source->scales = rk_arena_grow(draft->arena, source->scales, source->scale_count,
                                   source->scale_count + 1, sizeof *source->scales);
    source->scales[source->scale_count++] = scale;
    share_range(draft, scale);
}

rk_status draft_scales(struct draft *draft)
{
    struct shelf shelf = {.count = 0};

    RK_TRY(read_shelf(draft, &shelf));
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++) {
            struct draft_column *column = &draft->sources[s].columns[i];
            struct draft_scale *scale;
            size_t item;
            const char *stem = stem_of(draft->arena, column->heading, &item);

            if (!stem || item != 1 || !may_be_item(column)) continue;
            scale = gather(draft, &draft->sources[s], stem);
            if (!scale) continue;
            recognise(draft, &shelf, scale);
            mark_items(draft, &draft->sources[s], scale);
        }
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].scale_count; i++)
            mark_ranges(draft, draft->sources[s].scales[i]);
    return RK_OK;
}
