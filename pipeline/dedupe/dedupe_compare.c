// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_compare.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- values ---- */

const char *dedupe_compare_text(const struct frame_column *column, size_t row, char room[32])
{
    if (column->text) return column->text[row];
    if (column->number)
        return isnan(column->number[row]) ? NULL : rk_text_double(room, column->number[row]);
    if (column->whole[row] == RK_NO_VALUE) return NULL;
    if (column->type == COLUMN_DATE) return rk_date_text(room, (long)column->whole[row]);
    if (column->type == COLUMN_CODE) return column->codes->codes[column->whole[row]];
    snprintf(room, 32, "%lld", (long long)column->whole[row]);
    return room;
}

void dedupe_compare_fill(struct dedupe_compare *compare, const struct frame *frame, bool people,
                         size_t from, size_t count)
{
    char room[32];

    for (size_t c = 0; c < compare->linkage->field_count; c++) {
        const struct link_field *field = &compare->linkage->fields[c];
        const struct frame_column *column =
            frame_column(frame, people && field->as ? field->as : field->name);

        for (size_t i = from; i < from + count; i++)
            link_table_put(&compare->table, c, i,
                           dedupe_compare_text(column, compare->rows[i], room));
    }
}

/* ---- rows ---- */

const struct frame *dedupe_compare_frame(const struct dedupe_compare *compare, uint32_t row)
{
    return compare->frames[compare->table.side && !compare->table.side[row] ? 1 : 0];
}

const char *dedupe_compare_name(const struct dedupe_compare *compare, uint32_t row)
{
    const struct frame *frame = dedupe_compare_frame(compare, row);
    const struct frame_column *key =
        frame->source->key ? frame_column(frame, frame->source->key) : NULL;
    const char *name = key && key->text ? key->text[compare->rows[row]] : NULL;

    return name ? name : frame->file_line[compare->rows[row]];
}

/* ---- lines ---- */

/* How sure: share of wrong pairs times this, and the least chance of each pair. */
static const struct {
    double wrong, least_p, bits;
} efforts[LINK_EFFORTS] = {
    [LINK_STRICT] = {0.25, 0.95, 3},
    [LINK_NORMAL] = {1, 0.8, 0},
    [LINK_LOOSE] = {2.5, 0.5, -3},
};

static enum link_effort effort_of(const struct rk_run *run)
{
    if (!run->links || strcmp(run->links, "normal") == 0) return LINK_NORMAL;
    return strcmp(run->links, "strict") == 0 ? LINK_STRICT : LINK_LOOSE;
}

/* Lower than this no line is drawn. */
static double least_weight(const struct dedupe_compare *compare)
{
    static const double least_odds = -7; /* log2: less than one in a hundred */

    return isnan(compare->linkage->same) ? -compare->model.prior[LINK_PERSON] + least_odds
                                         : compare->linkage->unsure - 3;
}

static void draw_lines(struct dedupe_compare *compare, enum link_effort effort)
{
    const struct study_linkage *linkage = compare->linkage;
    struct link_lines *lines = &compare->lines_at[effort];

    link_lines_draw(lines, &compare->pairs, &compare->model,
                    linkage->wrong * efforts[effort].wrong, linkage->missed,
                    efforts[effort].least_p);
    if (isnan(linkage->same)) return;
    lines->same = linkage->same + efforts[effort].bits;
    lines->unsure = fmin(linkage->unsure, lines->same);
}

void dedupe_compare_run(struct dedupe_compare *compare)
{
    link_table_close(&compare->table);
    link_plan_make(&compare->plan, compare->arena, &compare->table, compare->linkage->rules,
                   compare->linkage->rule_count);
    if (compare->run->threads == 1) compare->plan.workers = 1;
    link_model_learn(&compare->model, &compare->plan);
    link_pairs_find(&compare->pairs, compare->arena, &compare->plan, &compare->model,
                    least_weight(compare));
    for (int effort = 0; effort < LINK_EFFORTS; effort++)
        draw_lines(compare, (enum link_effort)effort);
    compare->lines = compare->lines_at[effort_of(compare->run)];
    link_pairs_judge(&compare->pairs, &compare->table, &compare->model, &compare->lines);
}

bool dedupe_compare_alike(const struct dedupe_compare *compare, enum link_effort effort)
{
    return link_pairs_alike(&compare->pairs, &compare->table, &compare->model, &compare->lines,
                            &compare->lines_at[effort]);
}
