// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_cell.h"

#include "pipeline/tabulate/tabulate_words.h"
#include "pipeline/tabulate/tabulate_why.h"
#include "stats/stats_prop.h"

#include <assert.h>
#include <string.h>

/* Frames that a person has edited may disagree about the same people; then they are two
 * counts. */
static const char *name_of_count(struct tab_desk *desk, const struct tab_who *who, long n)
{
    const char *id = tab_who_id(desk->arena, who);
    long at = rk_map_find(desk->results->quantity_index, id);

    if (at < 0 || desk->results->quantities[at].value == n) return id;
    rk_diag_say(desk->run->diag, RK_DIAG_WARNING, RK_NOWHERE,
                "20-people counts the same group twice, as %ld and as %ld: %s",
                desk->results->quantities[at].value, n, id);
    return rk_arena_printf(desk->arena, "%s~%ld", id, n);
}

struct tab_group tab_group(struct tab_desk *desk, const struct tab_who *who, long n,
                           bool open)
{
    struct tab_group group = {*who, name_of_count(desk, who, n), n, "", open};

    results_quantity(desk->results, NULL, group.id, n, open);
    return group;
}

static const char *unit_of(const struct tab_who *who)
{
    bool clients = strcmp(who->frame, "people") == 0 || strstr(who->frame, ".clients");

    return clients ? "clients" : "records";
}

void tab_base(struct tab_desk *desk, struct tab_group *group,
              const struct tab_group *parent, const struct tab_voice *voice)
{
    const char *said = voice ? voice->said : NULL;
    const char *words = tab_words(desk, &group->who, said, said ? voice->known : NULL);

    group->base_id = group->id;
    if (parent && strcmp(parent->id, group->id) == 0 && !said) {
        group->base_id = parent->base_id;
        return;
    }
    if (said)
        group->base_id = rk_arena_printf(desk->arena, "%s#%s", group->id, voice->result);
    if (results_find_base(desk->results, group->base_id)) return;
    results_base(desk->results, group->base_id, unit_of(&group->who), group->n, words,
                 parent ? parent->base_id : "",
                 parent ? tab_rule(desk, &group->who, &parent->who) : "");
}

struct tab_who tab_who_flow(struct tab_desk *desk, const char *source, const char *step,
                            const char *code)
{
    struct tab_who who = {.frame = rk_arena_printf(desk->arena, "%s.flow", source)};

    tab_who_add(&who, "step", step);
    if (*code) tab_who_add(&who, "code", code);
    return who;
}

struct tab_group tab_rows_read(struct tab_desk *desk, const struct study_source *source)
{
    struct tab_who who = tab_who_flow(desk, source->name, "read", "");
    const char *label = source->label ? source->label : source->name;
    struct tab_group read =
        tab_group(desk, &who, flow_rows(&desk->flow, source->name, "read", ""), true);

    read.base_id = read.id;
    results_base(desk->results, read.id, "records", read.n,
                 rk_arena_printf(desk->arena, "rows read from the %s",
                                 tab_lowered(desk->arena, label)),
                 "", "");
    return read;
}

static void hang(struct tab_desk *desk, struct tab_group *group,
                 const struct tab_group *parent, const char *rule)
{
    group->base_id = group->id;
    results_base(desk->results, group->id, unit_of(&group->who), group->n,
                 tab_words(desk, &group->who, NULL, NULL), parent->base_id, rule);
}

static struct tab_group root_of_people(struct tab_desk *desk)
{
    struct tab_who who = {.frame = "people"};
    struct tab_group people = tab_group(desk, &who, (long)desk->people->rows, false);
    struct tab_group read = tab_rows_read(desk, desk->study->people);

    hang(desk, &people, &read, "exclusions and duplicates taken out");
    return people;
}

static const char *point_rule(struct tab_desk *desk, const struct study_point *point)
{
    static const char *const take[] = {[KEEP_FIRST] = "the record",
                                       [KEEP_LAST] = "last",
                                       [KEEP_EARLIEST] = "earliest",
                                       [KEEP_LATEST] = "latest",
                                       [KEEP_FULLEST] = "fullest"};

    return rk_arena_printf(desk->arena, "%s: %s%s%s%s%s", point->name, take[point->take],
                           point->by ? " " : "", point->by ? point->by : "",
                           point->where ? ", where " : "",
                           point->where ? point->where : "");
}

struct tab_group tab_root(struct tab_desk *desk, const struct tab_view *view)
{
    struct tab_group people = root_of_people(desk), all, read;

    if (view->own_is_people) return people;
    all = tab_group(desk, &view->who, (long)view->view.frame->rows,
                    !view->clients && !view->source->link);
    if (view->point) {
        hang(desk, &all, &people, point_rule(desk, view->point));
    } else {
        read = tab_rows_read(desk, view->source);
        hang(desk, &all, &read, "exclusions and duplicates taken out");
    }
    return all;
}

static long value_of(const struct results *results, const char *quantity)
{
    long at = rk_map_find(results->quantity_index, quantity);

    assert(at >= 0 && "a sum is of quantities that have been named");
    return results->quantities[at].value;
}

static bool is_new_sum(struct tab_desk *desk, const char *total, const char *const *parts,
                       size_t count)
{
    size_t bytes = strlen(total) + 1, known = rk_map_count(desk->sums);
    char *key, *end;

    for (size_t i = 0; i < count; i++)
        bytes += strlen(parts[i]) + 1;
    key = rk_arena_alloc(desk->arena, bytes, 1);
    end = stpcpy(key, total);
    for (size_t i = 0; i < count; i++) {
        *end++ = '\n';
        end = stpcpy(end, parts[i]);
    }
    return rk_map_add(desk->sums, key) == known;
}

void tab_sum(struct tab_desk *desk, const struct tab_group *total,
             const struct tab_group *const *parts, size_t count)
{
    const char **ids = RK_ARRAY(desk->scratch, const char *, count + 1);
    size_t kept = 0;
    long sum = 0;

    for (size_t i = 0; i < count; i++) {
        sum += value_of(desk->results, parts[i]->id);
        if (strcmp(parts[i]->id, total->id) == 0) return; /* the others are empty */
        ids[kept++] = parts[i]->id;
    }
    assert(sum == value_of(desk->results, total->id) && "a total is the sum of its parts");
    if (kept && is_new_sum(desk, total->id, ids, kept))
        results_sum(desk->results, total->id, ids, kept);
}

struct tab_figure tab_figure(const char *measure, enum cell_unit unit, double value,
                             const char *method)
{
    return (struct tab_figure){
        .measure = measure,
        .unit = unit,
        .value = value,
        .low = NAN,
        .high = NAN,
        .level = NAN,
        .numerator = -1,
        .method = method,
        .exact = unit == UNIT_CLIENTS || unit == UNIT_RECORDS,
        .smallest = -1,
    };
}

struct tab_figure tab_estimate(const char *measure, enum cell_unit unit,
                               const struct stats_interval *interval, double scale,
                               const char *method, stats_status status)
{
    struct tab_figure figure = tab_figure(measure, unit, NAN, method);

    if (status != STATS_OK) {
        figure.why = tab_why(figure.method, status);
        return figure;
    }
    figure.value = scale * interval->estimate;
    figure.low = scale * interval->low;
    figure.high = scale * interval->high;
    return figure;
}

static enum cell_mark mark_of(const struct tab_desk *desk, const struct tab_figure *figure,
                              long base)
{
    long smallest = figure->smallest < 0 ? base : figure->smallest;

    if (figure->why && !figure->not_applicable && smallest != 0) return MARK_NOT_AVAILABLE;
    if (figure->why || (smallest == 0 && !figure->exact)) return MARK_NOT_APPLICABLE;
    if (figure->exact || smallest < 0) return MARK_NONE;
    return smallest < desk->study->small_base ? MARK_LOW : MARK_NONE;
}

static const char *method_of(struct tab_desk *desk, const struct tab_figure *figure,
                             enum cell_mark mark)
{
    bool none = mark == MARK_NOT_APPLICABLE || mark == MARK_NOT_AVAILABLE;

    if (!none) return figure->method;
    if (!figure->why) return "nobody in the base";
    return figure->not_applicable
               ? figure->why
               : rk_arena_printf(desk->arena, "not computed: %s", figure->why);
}

static struct cell *tell(struct tab_desk *desk, const struct tab_place *place,
                         const struct tab_figure *figure, long base, const char *base_id)
{
    struct cell *cell = results_cell(desk->results, place->result, place->row,
                                     place->column, figure->measure, figure->unit);

    cell->row_label = rk_arena_copy(desk->arena, place->row_label);
    cell->column_label = rk_arena_copy(desk->arena, place->column_label);
    cell->row_order = place->row_order;
    cell->column_order = place->column_order;
    cell->base = figure->two_bases ? -1 : base;
    cell->base_id = base_id;
    cell->numerator = figure->numerator;
    cell->mark = mark_of(desk, figure, base);
    cell->method = method_of(desk, figure, cell->mark);
    if (cell->mark == MARK_NOT_APPLICABLE || cell->mark == MARK_NOT_AVAILABLE) return cell;
    cell->value = figure->value;
    cell->low = figure->low;
    cell->high = figure->high;
    if (!isnan(figure->low) && !figure->bounds)
        cell->level = isnan(figure->level) ? desk->study->level : figure->level;
    return cell;
}

void tab_tell(struct tab_desk *desk, const struct tab_place *place,
              const struct tab_figure *figure, const struct tab_group *base,
              const struct tab_group *const *gives, size_t count)
{
    const struct cell *cell =
        tell(desk, place, figure, base ? base->n : -1, base ? base->base_id : "");
    bool given = figure->unit == UNIT_CLIENTS || figure->unit == UNIT_RECORDS;

    for (size_t i = 0; i < count; i++) {
        results_quantity(desk->results, cell, gives[i]->id, gives[i]->n, gives[i]->open);
        if (base && strcmp(gives[i]->id, base->id) == 0) given = true;
    }
    if (base && !given)
        results_quantity(desk->results, cell, base->id, base->n, base->open);
    for (size_t i = 0; i < figure->limits_give_count; i++) {
        const struct tab_group *group = figure->limits_give[i];

        results_quantity_interval(desk->results, cell, group->id, group->n, group->open);
    }
}

static bool among(const char *id, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(id, cells[i]) == 0) return true;
    }
    return false;
}

void tab_tell_given(struct tab_desk *desk, const struct tab_place *place,
                    const struct tab_figure *figure, const struct cell *base,
                    const char *const *quantities, size_t count)
{
    struct results *results = desk->results;
    const struct cell *cell =
        tell(desk, place, figure, base ? base->base : -1, base ? base->base_id : "");

    for (size_t i = 0; i < count; i++) {
        long at = rk_map_find(results->quantity_index, quantities[i]);
        const struct quantity *quantity = &results->quantities[at];

        results_quantity(results, cell, quantity->id, quantity->value, quantity->open);
    }
}

void tab_tell_of(struct tab_desk *desk, const struct tab_place *place,
                 const struct tab_figure *figure, const struct cell *base,
                 const char *const *cells, size_t count)
{
    const struct results *results = desk->results;
    struct rk_map *linked = rk_map_new(desk->scratch);
    const char **given = RK_ARRAY(desk->scratch, const char *, results->link_count + 1);
    size_t givens = 0;

    for (size_t i = 0; i < results->link_count; i++) {
        const char *id = results->links[i].quantity;

        if (results->links[i].part == LINK_INTERVAL) continue;
        if (!among(results->links[i].cell, cells, count)) continue;
        if (rk_map_find(linked, id) >= 0) continue;
        rk_map_add(linked, id);
        given[givens++] = id;
    }
    tab_tell_given(desk, place, figure, base, given, givens);
}

void tab_tell_count(struct tab_desk *desk, const struct tab_place *place,
                    const char *measure, enum cell_unit unit, const struct tab_group *group,
                    const struct tab_group *base)
{
    struct tab_figure figure = tab_figure(measure, unit, (double)group->n, "count");

    figure.numerator = group->n;
    tab_tell(desk, place, &figure, base, &group, 1);
}

static const struct {
    const char *name;
    stats_status (*function)(long yes, long n, double conf, struct stats_interval *out);
} intervals[] = {
    {"wilson",          stats_wilson         },
    {"clopper-pearson", stats_clopper_pearson},
    {"jeffreys",        stats_jeffreys       },
};

/* Counts to percent here, not through the fraction, so that 100 of 100 is 100 exactly. */
void tab_tell_percent(struct tab_desk *desk, const struct tab_place *place,
                      const char *measure, const char *interval,
                      const struct tab_group *group, const struct tab_group *base)
{
    struct tab_figure figure = tab_figure(measure, UNIT_PERCENT, NAN, "percent");
    struct stats_interval limits;

    figure.numerator = group->n;
    if (base->n) figure.value = 100.0 * (double)group->n / (double)base->n;
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        if (strcmp(interval, intervals[i].name) != 0 ||
            intervals[i].function(group->n, base->n, desk->study->level, &limits) !=
                STATS_OK)
            continue;
        figure.low = 100 * limits.low;
        figure.high = 100 * limits.high;
        figure.method = intervals[i].name;
    }
    tab_tell(desk, place, &figure, base, &group, 1);
}
