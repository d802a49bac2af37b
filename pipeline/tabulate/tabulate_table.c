// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_behind.h"
#include "pipeline/tabulate/tabulate_cross.h"
#include "pipeline/tabulate/tabulate_kind.h"
#include "pipeline/tabulate/tabulate_share.h"
#include "pipeline/tabulate/tabulate_strata.h"
#include "pipeline/tabulate/tabulate_test.h"

#include <stdlib.h>
#include <string.h>

/* A table being told. */
struct table {
    const struct tab_question *question;
    struct tab_cross cross;
    struct tab_clusters clusters, people;
    struct tab_share share;
    struct tab_scores weight;
    bool clustered, weighted, distinct;
    int percent;
    size_t *rank;             /* of each row slot, when the largest come first */
    struct tab_group *group;  /* of each slot, once named */
    struct tab_group *client; /* the same of distinct clients */
    long *behind;             /* clients whose records stand in each slot; NULL: no records */
};

/* ---- which rows, in which order ---- */

struct ranked {
    size_t row;
    long n;
};

static int larger_first(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;

    if (left->n != right->n) return left->n < right->n ? 1 : -1;
    return left->row < right->row ? -1 : left->row > right->row;
}

static void rank_rows(struct table *table)
{
    const struct tab_cross *cross = &table->cross;
    struct rk_arena *arena = table->question->desk->scratch;
    struct ranked *rows = RK_ARRAY(arena, struct ranked, cross->rows + 1);

    table->rank = RK_ARRAY(arena, size_t, cross->rows + 2);
    for (size_t r = 0; r < cross->rows; r++) {
        struct tab_slot slot = {cross->layers, r, cross->columns};

        rows[r] = (struct ranked){r, cross->count[tab_cross_at(cross, slot)]};
    }
    if (table->question->asked->order_by_count || table->question->asked->top > 0)
        qsort(rows, cross->rows, sizeof *rows, larger_first);
    for (size_t r = 0; r < cross->rows; r++)
        table->rank[rows[r].row] = r + 1;
    table->rank[tab_row_missing(cross)] = cross->rows + 1;
    table->rank[tab_row_all(cross)] = TAB_LAST;
}

/* Codes of a list that nobody in the data has (an area outside the programme) are no rows;
 * an answer that nobody gave is one. */
static bool row_shown(const struct table *table, size_t row)
{
    const struct tab_variable *variable = &table->cross.row;
    long top = table->question->asked->top;

    if (row == tab_row_missing(&table->cross)) return table->cross.show_missing;
    if (row == tab_row_all(&table->cross)) return true;
    if (!variable->used[row] && !variable->ordered && variable->levels > 2) return false;
    return top <= 0 || table->rank[row] <= (size_t)top;
}

static bool column_shown(const struct table *table, size_t column)
{
    return column == table->cross.columns || table->cross.column.used[column];
}

static bool layer_shown(const struct table *table, size_t layer)
{
    return layer == table->cross.layers || table->cross.layer.used[layer];
}

/* ---- groups and their sums ---- */

static struct tab_who clients_of(struct table *table, const struct tab_who *who)
{
    struct tab_who clients = *who;

    clients.frame = rk_arena_printf(table->question->desk->arena, "%s.%s", who->frame,
                                    table->people.people ? "clients" : table->people.name);
    return clients;
}

static void name_groups(struct table *table)
{
    const struct tab_cross *cross = &table->cross;
    struct rk_arena *arena = table->question->desk->scratch;
    size_t slots = tab_cross_slots(cross);
    struct tab_slot slot;

    table->group = RK_ARRAY(arena, struct tab_group, slots);
    table->client = RK_ARRAY(arena, struct tab_group, slots);
    for (slot.layer = 0; slot.layer <= cross->layers; slot.layer++) {
        for (slot.row = 0; slot.row <= tab_row_all(cross); slot.row++) {
            if (slot.row == tab_row_missing(cross) && !cross->show_missing) continue;
            for (slot.column = 0; slot.column <= cross->columns; slot.column++) {
                struct tab_who who = tab_cross_who(cross, slot);
                size_t at = tab_cross_at(cross, slot);

                table->group[at] = tab_part(table->question, &who, cross->count[at]);
                if (table->behind)
                    tab_behind_counted(table->question->desk, table->group[at].id,
                                       table->behind[at]);
                if (!cross->clients) continue;
                who = clients_of(table, &who);
                table->client[at] = tab_part(table->question, &who, cross->clients[at]);
            }
        }
    }
}

/* The slot along one axis: 0 layers, 1 rows, 2 columns. */
static size_t *axis_of(struct tab_slot *slot, int axis)
{
    return axis == 0 ? &slot->layer : axis == 1 ? &slot->row : &slot->column;
}

static size_t axis_all(const struct tab_cross *cross, int axis)
{
    return axis == 0 ? cross->layers : axis == 1 ? tab_row_all(cross) : cross->columns;
}

static const struct tab_variable *axis_variable(const struct tab_cross *cross, int axis)
{
    return axis == 0 ? &cross->layer : axis == 1 ? &cross->row : &cross->column;
}

/* The margin along an axis is the sum of what it runs over. Clients with several records
 * may stand in several rows, but not where the rows are something of the client's own. */
static void sum_axis(struct table *table, const struct tab_group *groups,
                     struct tab_slot margin, int axis)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_desk *desk = table->question->desk;
    size_t all = axis_all(cross, axis), count = 0;
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, all + 1);
    struct tab_slot slot = margin;

    if (groups == table->client &&
        !(cross->clients && table->people.people && axis_variable(cross, axis)->through))
        return;

    for (size_t i = 0; i < all; i++) {
        *axis_of(&slot, axis) = i;
        if (axis == 1 && i == tab_row_missing(cross) && !cross->show_missing) continue;
        parts[count++] = &groups[tab_cross_at(cross, slot)];
    }
    if (count) tab_sum(desk, &groups[tab_cross_at(cross, margin)], parts, count);
}

static void sum_all(struct table *table)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_slot slot;

    for (slot.layer = 0; slot.layer <= cross->layers; slot.layer++) {
        for (slot.row = 0; slot.row <= tab_row_all(cross); slot.row++) {
            if (slot.row == tab_row_missing(cross) && !cross->show_missing) continue;
            for (slot.column = 0; slot.column <= cross->columns; slot.column++) {
                for (int axis = 0; axis < 3; axis++) {
                    if (*axis_of(&slot, axis) != axis_all(cross, axis)) continue;
                    sum_axis(table, table->group, slot, axis);
                    sum_axis(table, table->client, slot, axis);
                }
            }
        }
    }
}

/* ---- cells ---- */

/* Of what a slot is a part, in the direction of the percentages. */
static struct tab_slot base_of(const struct table *table, struct tab_slot slot)
{
    if (table->percent != PERCENT_COLUMN) slot.column = table->cross.columns;
    if (table->percent != PERCENT_ROW) slot.row = tab_row_all(&table->cross);
    return slot;
}

static const char *row_name(const struct tab_cross *cross, size_t row, bool label)
{
    if (row == tab_row_all(cross)) return label ? TAB_ALL_LABEL : TAB_ALL;
    if (row == tab_row_missing(cross)) return label ? TAB_NONE_LABEL : "missing";
    return label ? cross->row.labels[row] : cross->row.codes[row];
}

/* "salford/female", "salford/all", "all/female"; the last of all is "all". */
static const char *layered(const struct table *table, struct tab_slot slot, bool label)
{
    const struct tab_cross *cross = &table->cross;
    const char *row = row_name(cross, slot.row, label), *layer;
    bool last = slot.layer == cross->layers;

    if (!cross->has_layer || (last && slot.row == tab_row_all(cross))) return row;
    layer = last ? (label ? TAB_ALL_LABEL : TAB_ALL)
                 : (label ? cross->layer.labels : cross->layer.codes)[slot.layer];
    return rk_arena_printf(table->question->desk->arena, label ? "%s, %s" : "%s/%s", layer,
                           row);
}

static struct tab_place place_of(const struct table *table, struct tab_slot slot)
{
    struct tab_place place = tab_place_of(table->question);
    const struct tab_cross *cross = &table->cross;

    place.row = layered(table, slot, false);
    place.row_label = layered(table, slot, true);
    place.row_order = (long)table->rank[slot.row];
    if (cross->has_layer && slot.layer < cross->layers)
        place.row_order += ((long)slot.layer - (long)cross->layers) * TAB_LAST;
    if (slot.column < cross->columns)
        tab_place_column(&place, &cross->column, (long)slot.column);
    return place;
}

static void tell_slot(struct table *table, struct tab_slot slot)
{
    const struct tab_question *question = table->question;
    struct tab_desk *desk = question->desk;
    struct tab_place place = place_of(table, slot);
    const struct tab_group *group = &table->group[tab_cross_at(&table->cross, slot)];
    const struct tab_group *base =
        &table->group[tab_cross_at(&table->cross, base_of(table, slot))];
    const char *interval = question->asked->interval ? question->asked->interval : "wilson";

    tab_tell_count(desk, &place, "count", question->unit, group, base);
    if (table->percent == PERCENT_NONE) return;
    if (group == base)
        tab_tell_percent(desk, &place, "percent", "none", group, base);
    else if (table->weighted || (table->clustered && strcmp(interval, "none") != 0))
        tab_share_tell(&table->share, &place, slot, base_of(table, slot), group, base);
    else
        tab_tell_percent(desk, &place, "percent", interval, group, base);
}

static void tell_clients(struct table *table, struct tab_slot slot)
{
    const struct tab_question *question = table->question;
    struct tab_desk *desk = question->desk;
    struct tab_place place = place_of(table, slot);
    const struct tab_group *group = &table->client[tab_cross_at(&table->cross, slot)];
    const struct tab_group *base =
        &table->client[tab_cross_at(&table->cross, base_of(table, slot))];
    bool whole = group == base;

    tab_tell_count(desk, &place, "clients",
                   table->people.people ? UNIT_CLIENTS : UNIT_NUMBER, group, base);
    if (table->percent != PERCENT_NONE)
        tab_tell_percent(desk, &place, "clients_percent", whole ? "none" : "wilson", group,
                         base);
}

static void make_bases(struct table *table, size_t layer)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_desk *desk = table->question->desk;
    struct tab_slot whole = {cross->layers, tab_row_all(cross), cross->columns};
    struct tab_slot slot = {layer, 0, 0};

    for (slot.row = tab_row_all(cross) + 1; slot.row-- > 0;) {
        if (!row_shown(table, slot.row)) continue;
        for (slot.column = cross->columns + 1; slot.column-- > 0;) {
            struct tab_slot base = base_of(table, slot);
            struct tab_group *group = &table->group[tab_cross_at(cross, base)];
            const struct tab_group *parent = &table->group[tab_cross_at(cross, whole)];

            if (*group->base_id || !column_shown(table, slot.column)) continue;
            tab_base(desk, group, group == parent ? &table->question->all : parent,
                     &table->question->voice);
            if (!cross->clients) continue;
            tab_base(desk, &table->client[tab_cross_at(cross, base)], group, NULL);
        }
    }
}

static void tell_effective(struct table *table, size_t layer)
{
    struct tab_slot whole = {layer, tab_row_all(&table->cross), table->cross.columns};
    struct tab_place place = place_of(table, whole);

    tab_share_tell_effective(&table->share, &place, whole,
                             &table->group[tab_cross_at(&table->cross, whole)]);
}

static void tell_layer(struct table *table, size_t layer)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_slot slot = {layer, 0, 0};

    for (slot.row = 0; slot.row <= tab_row_all(cross); slot.row++) {
        if (!row_shown(table, slot.row)) continue;
        for (slot.column = 0; slot.column <= cross->columns; slot.column++) {
            if (!column_shown(table, slot.column)) continue;
            tell_slot(table, slot);
            if (cross->clients) tell_clients(table, slot);
        }
    }
    if (table->weighted) tell_effective(table, layer);
}

/* A test uses every cell of its layer, so it would give each of them away. */
static void test_layer(struct table *table, size_t layer)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_slot whole = {layer, tab_row_all(cross), cross->columns}, slot = whole;
    struct tab_place place = place_of(table, whole);
    size_t count = 0;
    const struct tab_group **cells =
        RK_ARRAY(table->question->desk->scratch, const struct tab_group *,
                 cross->rows * cross->columns + 1);
    struct tab_group *base = &table->group[tab_cross_at(cross, whole)];

    for (slot.row = 0; slot.row < cross->rows; slot.row++) {
        for (slot.column = 0; slot.column < cross->columns; slot.column++)
            cells[count++] = &table->group[tab_cross_at(cross, slot)];
    }
    if (!*base->base_id)
        tab_base(table->question->desk, base, &table->question->all,
                 &table->question->voice);
    tab_test(cross, table->clustered || table->weighted ? &table->clusters : NULL,
             table->weighted ? &table->weight : NULL, layer, &place, base, cells, count);
}

/* Over all layers together: every cell of every layer. */
static void test_strata(struct table *table)
{
    const struct tab_cross *cross = &table->cross;
    struct tab_slot whole = {cross->layers, tab_row_all(cross), cross->columns}, slot = whole;
    const struct tab_group **cells =
        RK_ARRAY(table->question->desk->scratch, const struct tab_group *,
                 cross->layers * cross->rows * cross->columns + 1);
    size_t count = 0;

    for (slot.layer = 0; slot.layer < cross->layers; slot.layer++) {
        for (slot.row = 0; slot.row < cross->rows; slot.row++) {
            for (slot.column = 0; slot.column < cross->columns; slot.column++)
                cells[count++] = &table->group[tab_cross_at(cross, slot)];
        }
    }
    tab_strata(cross, table->clustered || table->weighted,
               &table->group[tab_cross_at(cross, whole)], cells, count);
}

/* Many records may be those of a few clients, who are then as easy to find as few are. */
static rk_status count_behind(struct table *table)
{
    const struct tab_question *question = table->question;
    const char *link = question->view.source ? question->view.source->link : NULL;
    struct tab_clusters owners;

    if (question->unit != UNIT_RECORDS || !link) return RK_OK;
    RK_TRY(tab_clusters_open(question, link, &owners));
    table->behind = tab_cross_distinct(&table->cross, &owners, true);
    return RK_OK;
}

static rk_status open_table(struct table *table, const struct study_result *asked)
{
    RK_TRY(tab_cross_open(table->question, &table->cross));
    table->percent = asked->variable_count == 1 ? PERCENT_COLUMN : (int)asked->percent;
    table->clustered = asked->cluster != NULL;
    table->distinct = asked->distinct != NULL;
    table->weighted = asked->weight != NULL;
    if (table->clustered)
        RK_TRY(tab_clusters_open(table->question, asked->cluster, &table->clusters));
    else if (table->weighted)
        tab_clusters_single(table->question, &table->clusters);
    if (table->weighted)
        RK_TRY(tab_scores_open(table->question->desk, &table->question->view, asked->weight,
                               asked->place, &table->weight));
    if (table->clustered || table->weighted)
        tab_share_open(&table->cross, &table->clusters,
                       table->weighted ? &table->weight : NULL, &table->share);
    if (table->distinct) {
        RK_TRY(tab_clusters_open(table->question, asked->distinct, &table->people));
        table->cross.clients = tab_cross_distinct(&table->cross, &table->people, false);
    }
    return RK_OK;
}

rk_status tab_table(struct tab_desk *desk, const struct study_result *asked)
{
    struct tab_question question;
    struct table table = {.question = &question};

    RK_TRY(tab_question_open(desk, asked, &question));
    RK_TRY(open_table(&table, asked));
    RK_TRY(count_behind(&table));
    rank_rows(&table);
    name_groups(&table);
    sum_all(&table);
    for (size_t layer = table.cross.layers + 1; layer-- > 0;) {
        if (!layer_shown(&table, layer)) continue;
        make_bases(&table, layer);
        tell_layer(&table, layer);
        if (asked->test && table.cross.has_column) test_layer(&table, layer);
    }
    if (asked->test && table.cross.has_layer) test_strata(&table);
    return RK_OK;
}
