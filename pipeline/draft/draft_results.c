// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_results.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

enum { TABLES_PEOPLE = 12, TABLES_SOURCE = 4, CODES_MOST = 30, CODES_BY_AREA = 6 };

bool draft_is_shown(const struct draft_column *column)
{
    return column->type == COLUMN_CODE && !column->leave && column->role != ROLE_CONSENT &&
           column->list->count >= 2 && column->list->count <= CODES_MOST;
}

const struct draft_column *draft_area(const struct draft *draft)
{
    for (size_t i = 0; i < draft->people->count; i++)
        if (draft->people->columns[i].role == ROLE_AREA &&
            draft_is_shown(&draft->people->columns[i]))
            return &draft->people->columns[i];
    return NULL;
}

const struct draft_column *draft_born(const struct draft *draft)
{
    for (size_t i = 0; i < draft->people->count; i++)
        if (draft->people->columns[i].role == ROLE_BORN && draft->people->columns[i].before)
            return &draft->people->columns[i];
    return NULL;
}

static bool is_main(const struct draft_list *list, size_t code)
{
    return list->codes[code].rows * 50 >= list->texts.rows;
}

bool draft_area_holds(const struct draft *draft)
{
    const struct draft_column *area = draft_area(draft);
    size_t count = 0;

    for (size_t i = 0; area && i < area->list->count; i++)
        count += is_main(area->list, i);
    return count >= 2 && count <= CODES_BY_AREA;
}

const char *draft_area_codes(const struct draft *draft, const char *between)
{
    const struct draft_list *list = draft_area(draft)->list;
    const char *text = "";

    for (size_t i = 0; i < list->count; i++)
        if (is_main(list, i))
            text =
                rk_arena_printf(draft->arena, "%s%s%s", text, list->codes[i].code, between);
    return rk_arena_printf(draft->arena, "%sall", text);
}

/* ---- what is derived ---- */

static void put_scale(struct draft_out *out, const struct draft_scale *scale)
{
    draft_put(out, "    %s: {scale: %s, items: [", scale->name, scale->name);
    for (size_t i = 0; i < scale->count; i++)
        draft_put(out, "%s%s", i ? ", " : "", scale->items[i]->name);
    draft_put(out, "], label: %s}\n",
              draft_yaml(out->arena, scale->title ? scale->title : scale->name));
}

static bool has_people_variables(const struct draft *draft)
{
    return draft_born(draft) || draft->people->scale_count || draft_again(draft);
}

static void put_people_derived(struct draft *draft, struct draft_out *out)
{
    const struct draft_column *born = draft_born(draft);
    const struct draft_source *again = draft_again(draft);

    draft_put(out, "  people:\n");
    if (born)
        draft_put(
            out,
            "    age: {years: [%s, %s], label: Age}\n"
            "    age_band: {cut: age, at: [25, 35, 45, 55], labels: [24 or under, 25-34, "
            "35-44, 45-54, 55 or over], label: Age band}\n",
            born->name, born->before->name);
    for (size_t i = 0; i < draft->people->scale_count; i++)
        put_scale(out, draft->people->scales[i]);
    if (again)
        draft_put(
            out, "    asked_again: {has: latest, label: %s}\n",
            draft_yaml(draft->arena,
                       rk_arena_printf(draft->arena, "Has a record in %s", again->label)));
}

static void put_derived(struct draft *draft, struct draft_out *out)
{
    bool any = has_people_variables(draft);

    for (size_t s = 0; s < draft->count; s++)
        any = any || draft->sources[s].scale_count;
    if (!any) return;
    draft_put(out, "\nderive:\n");
    if (has_people_variables(draft)) put_people_derived(draft, out);
    for (size_t s = 0; s < draft->count; s++) {
        const struct draft_source *source = &draft->sources[s];

        if (source == draft->people || !source->scale_count) continue;
        draft_put(out, "  %s:\n", source->name);
        for (size_t i = 0; i < source->scale_count; i++)
            put_scale(out, source->scales[i]);
    }
}

/* ---- points in time ---- */

const struct draft_source *draft_again(const struct draft *draft)
{
    const struct draft_source *best = NULL;

    for (size_t s = 0; s < draft->count; s++)
        if (draft->sources[s].asks_again && (!best || draft->sources[s].rows > best->rows))
            best = &draft->sources[s];
    return best;
}

/* "status is completed": only records that took place. */
static const char *done(struct draft *draft, const struct draft_source *source)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct draft_column *column = &source->columns[i];

        if (column->role != ROLE_STATUS || !column->list) continue;
        for (size_t c = 0; c < column->list->count; c++)
            if (draft_words_has(&draft->words->done, draft->arena,
                                column->list->codes[c].label))
                return rk_arena_printf(draft->arena, "%s is %s and ", column->name,
                                       column->list->codes[c].code);
    }
    return "";
}

static void put_scale_points(struct draft_out *out, const struct draft_source *source)
{
    for (size_t i = 0; i < source->scale_count; i++) {
        const struct draft_scale *scale = source->scales[i];
        static const char *const takes[2][2] = {
            {"first",  "earliest"},
            {"latest", "latest"  }
        };

        for (int t = 0; t < 2; t++)
            draft_put(out,
                      "  %s_%s: {source: %s, where: %s answered, take: %s %s, label: \"%s "
                      "%s\"}\n",
                      takes[t][0], scale->name, source->name, scale->name, takes[t][1],
                      source->date->name, t ? "Latest" : "First", scale->name);
    }
}

bool draft_scored_twice(const struct draft *draft, const struct draft_source *source)
{
    return source != draft->people && source != draft_again(draft) && source->link &&
           source->date && source->scale_count;
}

static void put_points(struct draft *draft, struct draft_out *out)
{
    const struct draft_source *again = draft_again(draft);
    bool any = again != NULL;

    for (size_t s = 0; s < draft->count; s++)
        any = any || draft_scored_twice(draft, &draft->sources[s]);
    if (!any) return;
    draft_put(out, "\npoints:\n");
    if (again) {
        draft_put(out, "  initial: {source: %s, label: At first}\n", draft->people->name);
        draft_put(out,
                  "  latest: {source: %s, where: %s%s answered, take: latest %s, label: "
                  "At the latest review}\n",
                  again->name, done(draft, again), again->date->name, again->date->name);
    }
    for (size_t s = 0; s < draft->count; s++)
        if (draft_scored_twice(draft, &draft->sources[s]))
            put_scale_points(out, &draft->sources[s]);
}

/* ---- results ---- */

static void add(struct draft_results *results, const char *name, enum draft_shown kind,
                const char *title)
{
    struct rk_arena *arena = results->draft->arena;
    const char *stem = name;
    size_t known;

    for (int n = 2;
         known = rk_map_count(results->names), rk_map_add(results->names, name) < known;
         n++)
        name = rk_arena_printf(arena, "%s_%d", stem, n);
    RK_ROOM(arena, results->items, results->count, results->cap);
    results->items[results->count++] =
        (struct draft_result){.name = name, .kind = kind, .title = title};
}

static void say(struct draft_results *results, const char *format, ...) RK_PRINTF(2, 3);
static void say(struct draft_results *results, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    results->items[results->count - 1].yaml =
        rk_arena_vprintf(results->draft->arena, format, args);
    va_end(args);
}

static void add_people(struct draft_results *results)
{
    struct draft *draft = results->draft;
    const struct draft_column *area = draft_area(draft);
    bool by_area = draft_area_holds(draft);
    const char *by =
        by_area ? rk_arena_printf(draft->arena, " by %s, percent: column, release: [%s]",
                                  area->name, draft_area_codes(draft, ", "))
                : "";
    size_t shown = 0;

    if (area) {
        add(results, area->name, SHOWN_AREA, area->heading);
        say(results, "table: %s", area->name);
    }
    if (draft_born(draft)) {
        add(results, "age_band", by_area ? SHOWN_BY_AREA : SHOWN_ONE_WAY, "Age");
        say(results, "table: age_band%s", by);
    }
    for (size_t i = 0; i < draft->people->count && shown < TABLES_PEOPLE; i++) {
        const struct draft_column *column = &draft->people->columns[i];

        if (!draft_is_shown(column) || column == area) continue;
        shown++;
        add(results, column->name, by_area ? SHOWN_BY_AREA : SHOWN_ONE_WAY,
            column->heading);
        say(results, "table: %s%s", column->name, by);
    }
}

static void add_means(struct draft_results *results)
{
    struct draft *draft = results->draft;
    const char *by = draft_area_holds(draft) ? rk_arena_printf(draft->arena, ", by: %s",
                                                               draft_area(draft)->name)
                                             : "";

    for (size_t i = 0; i < draft->people->count; i++) {
        const struct draft_column *column = &draft->people->columns[i];

        if (column->leave || column->item || column->total_of ||
            (column->type != COLUMN_NUMBER && column->type != COLUMN_INTEGER))
            continue;
        add(results, column->name, SHOWN_MEAN, column->heading);
        say(results, "mean: %s%s", column->name, by);
    }
}

static void add_records(struct draft_results *results, const struct draft_source *source)
{
    struct rk_arena *arena = results->draft->arena;
    size_t shown = 0;

    for (size_t i = 0; i < source->count && shown < TABLES_SOURCE; i++) {
        const struct draft_column *column = &source->columns[i];

        if (!draft_is_shown(column) ||
            (column->twin && source == draft_again(results->draft)))
            continue;
        shown++;
        add(results, rk_arena_printf(arena, "%s_%s", source->name, column->name),
            SHOWN_RECORDS,
            rk_arena_printf(arena, "%s: %s", source->label, column->heading));
        say(results, "table: %s, source: %s, unit: records, cluster: %s, order: count",
            column->name, source->name, source->link->name);
    }
}

static bool is_yesno(const struct draft_column *column)
{
    return column->list && column->list->known && strcmp(column->list->known, "yesno") == 0;
}

static void add_changes(struct draft_results *results)
{
    struct draft *draft = results->draft;
    const struct draft_source *again = draft_again(draft);
    const char *by = draft_area_holds(draft) ? rk_arena_printf(draft->arena, ", by: %s",
                                                               draft_area(draft)->name)
                                             : "";

    for (size_t i = 0; again && i < again->count; i++) {
        const struct draft_column *column = &again->columns[i];
        bool codes = column->type == COLUMN_CODE;

        if (!column->twin || column->role == ROLE_AREA || column->role == ROLE_SEX)
            continue;
        if (codes && !draft_is_shown(column)) continue;
        add(results, rk_arena_printf(draft->arena, "%s_change", column->name),
            !codes             ? SHOWN_SCORE
            : is_yesno(column) ? SHOWN_YESNO
                               : SHOWN_CATEGORIES,
            column->heading);
        say(results, "change: %s, from: initial, to: latest%s%s%s", column->name,
            is_yesno(column) ? ", of_interest: yes" : "",
            codes && !is_yesno(column) ? "" : by, ", release: [initial, latest, change]");
    }
}

static void add_scores(struct draft_results *results, const struct draft_source *source,
                       const char *from, const char *to)
{
    struct draft *draft = results->draft;

    for (size_t i = 0; i < source->scale_count; i++) {
        const struct draft_scale *scale = source->scales[i];
        bool own = source == draft_again(draft);
        bool both = false;

        for (size_t p = 0; p < draft->people->scale_count; p++)
            both = both || strcmp(draft->people->scales[p]->name, scale->name) == 0;
        if (own && !both) continue;
        add(results, rk_arena_printf(draft->arena, "%s_change", scale->name), SHOWN_SCORE,
            scale->title ? scale->title : scale->name);
        say(results,
            "change: %s, from: %s%s%s, to: %s%s%s, release: [initial, latest, change]",
            scale->name, from, own ? "" : "_", own ? "" : scale->name, to, own ? "" : "_",
            own ? "" : scale->name);
    }
}

struct draft_results *draft_results_make(struct draft *draft)
{
    struct draft_results *results = RK_NEW(draft->arena, struct draft_results);
    char from[16], to[16];

    results->draft = draft;
    results->names = rk_map_new(draft->arena);
    rk_map_add(results->names, "flow");
    rk_map_add(results->names, "answered");
    rk_map_add(results->names, "points");
    add_people(results);
    add_means(results);
    if (draft->people->date) {
        add(results, "months", SHOWN_MONTHS, draft->people->date->heading);
        say(results, "months: %s, from: %.7s, to: %.7s", draft->people->date->name,
            rk_date_text(from, draft->start), rk_date_text(to, draft->cut_off));
    }
    for (size_t s = 0; s < draft->count; s++)
        if (draft->sources[s].link) add_records(results, &draft->sources[s]);
    add_changes(results);
    if (draft_again(draft)) add_scores(results, draft_again(draft), "initial", "latest");
    for (size_t s = 0; s < draft->count; s++)
        if (draft_scored_twice(draft, &draft->sources[s]))
            add_scores(results, &draft->sources[s], "first", "latest");
    return results;
}

static void put_scale_names(struct draft *draft, struct draft_out *out)
{
    struct rk_map *names = rk_map_new(draft->arena);

    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].scale_count; i++) {
            size_t known = rk_map_count(names);

            if (rk_map_add(names, draft->sources[s].scales[i]->name) == known)
                draft_put(out, "%s%s", known ? ", " : "\nscales: [",
                          draft->sources[s].scales[i]->name);
        }
    if (rk_map_count(names)) draft_put(out, "]\n");
}

void draft_write_results(struct draft *draft, struct draft_out *out)
{
    struct draft_results *results = draft_results_make(draft);

    put_derived(draft, out);
    put_points(draft, out);
    put_scale_names(draft, out);
    draft_put(out, "\n# First tables; delete what the report does not need.\nresults:%s\n",
              results->count ? "" : " {}");
    for (size_t i = 0; i < results->count; i++)
        draft_put(out, "  %s: {%s, title: %s}\n", results->items[i].name,
                  results->items[i].yaml,
                  draft_yaml(draft->arena, results->items[i].title));
}
