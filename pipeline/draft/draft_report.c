// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_results.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

/* A heading between the quotes of a title. */
static const char *title(struct rk_arena *arena, const char *text)
{
    char *out = rk_arena_copy(arena, text);

    for (char *at = out; *at; at++)
        if (*at == '"' || (unsigned char)*at < ' ' || *at == '{' || *at == '}') *at = '\'';
    return out;
}

static const char *label(struct rk_arena *arena, const char *name)
{
    char *out = rk_arena_copy(arena, name);

    for (char *at = out; *at; at++)
        if (*at == '_') *at = '-';
    return out;
}

static void put_table(struct draft_out *out, const struct draft_result *result,
                      const char *show)
{
    draft_put(out, "::: {.table #tbl-%s result=%s%s title=\"%s\"}\n:::\n\n",
              label(out->arena, result->name), result->name, show,
              title(out->arena, result->title));
}

static bool is_kind(const struct draft_result *result, unsigned kinds)
{
    return kinds & 1u << result->kind;
}

static const struct draft_result *last_of(const struct draft_results *results,
                                          unsigned kinds)
{
    const struct draft_result *last = NULL;

    for (size_t i = 0; i < results->count; i++)
        if (is_kind(&results->items[i], kinds)) last = &results->items[i];
    return last;
}

/* "@tbl-sex, @tbl-age and @tbl-area" */
static void put_references(struct draft_out *out, const struct draft_results *results,
                           unsigned kinds, const char *before, const char *after)
{
    const struct draft_result *last = last_of(results, kinds);
    bool first = true;

    draft_put(out, "%s", before);
    for (size_t i = 0; i < results->count; i++) {
        if (!is_kind(&results->items[i], kinds)) continue;
        draft_put(out, "%s@tbl-%s",
                  first                        ? ""
                  : &results->items[i] == last ? " and "
                                               : ", ",
                  label(out->arena, results->items[i].name));
        first = false;
    }
    draft_put(out, "%s", after);
}

static void put_front(const struct draft *draft, struct draft_out *out)
{
    long year;
    int month, at;
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};

    rk_date_civil(draft->cut_off, &year, &month, &at);
    draft_put(out,
              "---\ntitle: %s\nsubtitle: First tables, drafted from the extracts\nauthor: "
              "Evaluation team\ndate: %d %s %ld\ntheme: evaluation\nnumbering: "
              "decimal\ncontents: "
              "2\n---\n\n<!-- Drafted by reckon init. Every number here is a cell of the "
              "results; "
              "write the story around them. -->\n\n",
              draft_yaml(out->arena, draft->title), at, months[month - 1], year);
}

static void put_people(const struct draft *draft, const struct draft_results *results,
                       struct draft_out *out)
{
    const unsigned kinds =
        1u << SHOWN_AREA | 1u << SHOWN_ONE_WAY | 1u << SHOWN_BY_AREA | 1u << SHOWN_MEAN;
    const struct draft_column *area = draft_area(draft);

    draft_put(
        out,
        "# Who the clients are {#sec-who}\n\n{{ flow.%s.unique.count }} people are left "
        "of {{ flow.%s.read.count }} rows read.",
        draft->people->name, draft->people->name);
    if (area)
        draft_put(out, " The %s of {{ %s.all.all.count }} of them is known.",
                  title(out->arena, draft_loose(out->arena, area->heading)), area->name);
    if (last_of(results, kinds)) put_references(out, results, kinds, " See ", ".");
    draft_put(out, "\n\n");
    for (size_t i = 0; i < results->count; i++)
        if (is_kind(&results->items[i], kinds))
            put_table(out, &results->items[i],
                      results->items[i].kind == SHOWN_BY_AREA
                          ? rk_arena_printf(out->arena, " show=percent columns=\"%s\"",
                                            draft_area_codes(draft, " "))
                      : results->items[i].kind == SHOWN_MEAN ? " show=\"mean ci\""
                                                             : " show=\"count percent\"");
    if (last_of(results, 1u << SHOWN_MONTHS))
        draft_put(
            out,
            "@fig-months shows how many came in each month.\n\n"
            "::: {.figure #fig-months chart=columns result=months title=\"%s, by month\" "
            "subtitle=\"Clients a month\"}\n:::\n\n",
            title(out->arena, last_of(results, 1u << SHOWN_MONTHS)->title));
}

static void put_records(const struct draft_results *results, struct draft_out *out)
{
    const unsigned kinds = 1u << SHOWN_RECORDS;

    if (!last_of(results, kinds)) return;
    draft_put(out, "# What is on record {#sec-records}\n\n");
    put_references(out, results, kinds, "Records, not clients, are counted in ", ".\n\n");
    for (size_t i = 0; i < results->count; i++)
        if (is_kind(&results->items[i], kinds))
            put_table(out, &results->items[i], " show=\"count percent\"");
}

static void put_change(const struct draft_results *results, struct draft_out *out)
{
    const unsigned kinds = 1u << SHOWN_YESNO | 1u << SHOWN_CATEGORIES | 1u << SHOWN_SCORE;

    if (!last_of(results, kinds)) return;
    draft_put(out, "# What changed {#sec-change}\n\n");
    put_references(
        out, results, kinds,
        "The same people are compared with themselves, whoever has an answer at both "
        "points: ",
        ".\n\n");
    for (size_t i = 0; i < results->count; i++) {
        const struct draft_result *result = &results->items[i];

        if (!is_kind(result, kinds)) continue;
        if (result->kind == SHOWN_YESNO)
            draft_put(out, "%s: {{ %s.all.change.points | ci }}.\n\n",
                      title(out->arena, result->title), result->name);
        if (result->kind == SHOWN_SCORE)
            draft_put(out, "%s: {{ %s.all.change.mean | ci }}.\n\n",
                      title(out->arena, result->title), result->name);
        put_table(
            out, result,
            result->kind == SHOWN_YESNO
                ? " columns=\"initial.percent latest.percent change.points\" head=\"At "
                  "first; At the latest; Change in points\""
            : result->kind == SHOWN_SCORE
                ? " columns=\"initial.mean latest.mean change.mean\" head=\"At first; At "
                  "the latest; Change\""
                : " columns=\"initial.percent latest.percent\" head=\"At first; At the "
                  "latest\"");
    }
}

static void put_annex(struct draft_out *out)
{
    draft_put(
        out,
        "# How it was done {.annex #annex-methods}\n\n@tbl-sources lists what was read, "
        "@tbl-exclusions and @tbl-duplicates what was left out, @tbl-complete how complete "
        "the columns are, and @tbl-methods what was reckoned.\n\n");
    draft_put(
        out,
        "::: {.methods #tbl-sources of=sources title=\"Extracts\"}\n:::\n\n"
        "::: {.methods #tbl-exclusions of=exclusions title=\"Rows left out\"}\n:::\n\n"
        "::: {.methods #tbl-duplicates of=duplicates title=\"Rows of one record\"}\n:::\n\n"
        "::: {.methods #tbl-complete of=completeness title=\"Answers there\"}\n:::\n\n"
        "::: {.methods #tbl-methods of=methods title=\"Statistical methods\"}\n:::\n");
}

void draft_write_report(struct draft *draft, struct draft_out *out)
{
    struct draft_results *results = draft_results_make(draft);

    put_front(draft, out);
    put_people(draft, results, out);
    put_records(results, out);
    put_change(results, out);
    put_annex(out);
}
