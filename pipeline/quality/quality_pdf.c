// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_doc.h"
#include "pipeline/quality/quality_priv.h"

#include "pipeline/base/rk_date.h"
#include "render/chart_look.h"
#include "render/flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_ROWS = 14, AREAS_WIDE = 5, FIXES_SHOWN = 80 };
static const double LEAST_CHANGE = 0.5; /* rows, cells or points of percent */
static const double FULL = 99.5;        /* percent; columns above are not worth a row */

struct paper {
    struct quality *quality;
    struct quality_doc doc;
    size_t areas[AREAS_WIDE + 1]; /* shown as columns of tables */
    size_t area_count;
};

static const char *whole(struct paper *paper, long number)
{
    struct rk_arena *arena = paper->quality->arena;

    if (number < 10000) return rk_arena_printf(arena, "%ld", number);
    if (number < 1000000)
        return rk_arena_printf(arena, "%ld,%03ld", number / 1000, number % 1000);
    return rk_arena_printf(arena, "%ld,%03ld,%03ld", number / 1000000, number / 1000 % 1000,
                           number % 1000);
}

static double percent(const struct quality_fill *fill)
{
    return fill->rows ? 100.0 * (double)fill->answered / (double)fill->rows : NAN;
}

static const char *percent_text(struct paper *paper, double value)
{
    return isnan(value) ? "" : rk_arena_printf(paper->quality->arena, "%.1f", value);
}

/* ---- areas ---- */

static long rows_of_area(const struct quality *quality, size_t area)
{
    long rows = 0;

    for (size_t i = 0; i < quality->column_count; i++)
        rows += quality->columns[i].areas[area].rows;
    return rows;
}

/* Those with the most rows; tables have room for some, the CSV files for all. */
static void choose_areas(struct paper *paper)
{
    const struct quality *quality = paper->quality;

    for (size_t area = 0; quality->codes && area < quality->area_count; area++) {
        size_t at = paper->area_count;
        long rows = rows_of_area(quality, area);

        if (!rows) continue;
        if (paper->area_count < AREAS_WIDE)
            paper->area_count++;
        else if (rows <= rows_of_area(quality, paper->areas[AREAS_WIDE - 1]))
            continue;
        else
            at = AREAS_WIDE - 1;
        for (; at > 0 && rows > rows_of_area(quality, paper->areas[at - 1]); at--)
            paper->areas[at] = paper->areas[at - 1];
        paper->areas[at] = area;
    }
    paper->areas[paper->area_count++] = quality->all;
}

/* "Column|Manchester|...|All" and "lrr...". */
static const char *area_heads(struct paper *paper, const char *first, const char *align,
                              const char **out_align)
{
    struct rk_arena *arena = paper->quality->arena;

    for (size_t i = 0; i < paper->area_count; i++) {
        first = rk_arena_printf(arena, "%s|%s", first,
                                quality_area_label(paper->quality, paper->areas[i]));
        align = rk_arena_printf(arena, "%sr", align);
    }
    *out_align = align;
    return first;
}

/* ---- parts ---- */

static void put_short(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    struct rk_arena *arena = quality->arena;
    struct doc_block *box = quality_callout(&paper->doc, "In short");
    long read = 0, used = 0, mended = 0, emptied = 0;

    for (size_t s = 0; s < quality->study->source_count; s++) {
        read += flow_rows(&quality->flow, quality->study->sources[s].name, "read", "");
        used += flow_rows(&quality->flow, quality->study->sources[s].name, "unique", "");
    }
    for (size_t i = 0; i < quality->repair_count; i++)
        *(quality->repairs[i].emptied ? &emptied : &mended) += quality->repairs[i].cells;
    quality_callout_line(&paper->doc, box,
                         rk_arena_printf(arena,
                                         "%s rows were read and %s records are used.",
                                         whole(paper, read), whole(paper, used)));
    quality_callout_line(&paper->doc, box,
                         rk_arena_printf(arena,
                                         "%s cells were mended and %s could not be read.",
                                         whole(paper, mended), whole(paper, emptied)));
    quality_callout_line(
        &paper->doc, box,
        rk_arena_printf(arena,
                        "%s things are to be put right; they are listed by "
                        "site at the end, and in fixes.csv.",
                        whole(paper, (long)quality->fix_count)));
}

static void put_rows(struct paper *paper)
{
    static const char *const steps[] = {"read",       "set_aside", "excluded",
                                        "duplicates", "unlinked",  "unique"};
    const struct study *study = paper->quality->study;

    quality_table(&paper->doc, "Rows of the extracts", "lrrrrrr",
                  "Extract|Read|Set aside|Excluded|Doubled|Of nobody|Used");
    for (size_t s = 0; s < study->source_count; s++) {
        const char *cells[7] = {study->sources[s].label};

        for (size_t i = 0; i < 6; i++)
            cells[i + 1] = whole(paper, flow_rows(&paper->quality->flow,
                                                  study->sources[s].name, steps[i], ""));
        quality_row(&paper->doc, DOC_ROW_BODY, cells, 7);
    }
    quality_note(&paper->doc,
                 "Set aside: rows that cannot be read. Excluded: by a rule of the "
                 "study. Doubled: taken into another record. Of nobody: the person "
                 "is not among those read, or a check rules the record out.");
}

static void put_completeness(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    const struct study_source *source = NULL;
    const char *align;
    const char *heads = area_heads(paper, "Column", "l", &align);

    quality_table(&paper->doc, "Cells with an answer, in percent", align, heads);
    for (size_t i = 0; i < quality->column_count; i++) {
        const struct quality_column *column = &quality->columns[i];
        const char *cells[AREAS_WIDE + 2] = {column->column->label};

        if (!(percent(&column->areas[quality->all]) < FULL)) continue;
        if (column->source != source) quality_group(&paper->doc, column->source->label);
        source = column->source;
        for (size_t a = 0; a < paper->area_count; a++)
            cells[a + 1] = percent_text(paper, percent(&column->areas[paper->areas[a]]));
        quality_row(&paper->doc, DOC_ROW_BODY, cells, paper->area_count + 1);
    }
    quality_note(&paper->doc,
                 "Columns with an answer in 99.5% of the rows or more are left out. "
                 "Some columns are rightly empty: a job that has not ended has no "
                 "last day. completeness.csv has every column and site.");
}

static void put_repairs(struct paper *paper, bool emptied, const char *caption)
{
    const struct quality *quality = paper->quality;
    bool any = false;

    for (size_t i = 0; i < quality->repair_count; i++) {
        const struct quality_repair *repair = &quality->repairs[i];
        const char *const cells[] = {repair->source->label, repair->label, repair->what,
                                     whole(paper, repair->cells)};

        if (repair->emptied != emptied) continue;
        if (!any) quality_table(&paper->doc, caption, "lllr", "Extract|Column|What|Cells");
        any = true;
        quality_row(&paper->doc, DOC_ROW_BODY, cells, 4);
    }
}

static void put_checks(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    const struct study_source *source = NULL;
    const char *align;
    const char *heads = area_heads(paper, "What was found", "l", &align);

    if (!quality->check_count) return;
    quality_table(&paper->doc, "Rows that a rule tells of", align, heads);
    for (size_t s = 0; s < quality->study->source_count; s++)
        for (size_t i = 0; i < quality->check_count; i++) {
            const struct quality_check *check = &quality->checks[i];
            const char *cells[AREAS_WIDE + 2] = {check->say};

            if (check->source != &quality->study->sources[s]) continue;
            if (check->source != source) quality_group(&paper->doc, check->source->label);
            source = check->source;
            for (size_t a = 0; a < paper->area_count; a++)
                cells[a + 1] = whole(paper, check->areas[paper->areas[a]]);
            quality_row(&paper->doc, DOC_ROW_BODY, cells, paper->area_count + 1);
        }
    quality_note(&paper->doc,
                 "The site of a row that was set aside or excluded is not known.");
}

static void put_doubles(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    bool any = false;

    for (size_t i = 0; i < quality->flow.count; i++) {
        const struct flow_step *step = &quality->flow.steps[i];
        const struct study_source *source = study_source(quality->study, step->source);
        const char *const cells[] = {source ? source->label : step->source, step->reason,
                                     whole(paper, step->rows)};

        if (strcmp(step->step, "duplicates") != 0 || !*step->code || !step->rows) continue;
        if (!any)
            quality_table(&paper->doc, "Rows taken into another record", "llr",
                          "Extract|Because of|Rows");
        any = true;
        quality_row(&paper->doc, DOC_ROW_BODY, cells, 3);
    }
}

/* In the words of the report; what was filled is no conflict. */
static const char *settled(const struct quality_conflict *conflict)
{
    if (strcmp(conflict->what, "taken") == 0) return "that of another record was taken";
    if (strcmp(conflict->what, "conflict") != 0) return NULL;
    return strcmp(conflict->rule, "take") == 0 ? "another says something else"
                                               : "that of the record kept stands";
}

static void put_conflicts(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    bool any = false;

    for (size_t i = 0; i < quality->conflict_count; i++) {
        const struct quality_conflict *conflict = &quality->conflicts[i];
        const char *const cells[] = {conflict->source->label, conflict->label,
                                     settled(conflict), whole(paper, conflict->records)};

        if (!cells[2]) continue;
        if (!any)
            quality_table(&paper->doc, "Records of one person or event that disagree", "lllr",
                          "Extract|Column|Which value|Records");
        any = true;
        quality_row(&paper->doc, DOC_ROW_BODY, cells, 4);
    }
    if (any)
        quality_note(&paper->doc, "Which value stands is settled in the study: keep, take.");
}

static void put_timing(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    const struct study_timing *timing = NULL;

    if (!quality->timing_count) return;
    quality_heading(&paper->doc, 2, "Timing");
    quality_table(&paper->doc, "Days between two dates", "lrrrrr",
                  "Site|Records|Half within|Nine in ten within|Longest|Before");
    for (size_t i = 0; i < quality->timing_count; i++) {
        const struct quality_timing *row = &quality->timings[i];
        const char *const cells[] = {quality_area_label(quality, row->area),
                                     whole(paper, row->n),
                                     whole(paper, row->median),
                                     whole(paper, row->late),
                                     whole(paper, row->most),
                                     whole(paper, row->negative)};

        if (row->timing != timing)
            quality_group(&paper->doc,
                          row->timing->label
                              ? row->timing->label
                              : rk_arena_printf(quality->arena, "%s: %s to %s",
                                                row->timing->source, row->timing->from,
                                                row->timing->to));
        timing = row->timing;
        quality_row(&paper->doc, row->area == quality->all ? DOC_ROW_TOTAL : DOC_ROW_BODY,
                    cells, 6);
    }
    quality_note(&paper->doc, "Before: records whose second date lies before the first.");
}

static const char *number_text(struct paper *paper, const char *what, double value)
{
    if (isnan(value)) return "–";
    if (strcmp(what, "completeness") == 0) return percent_text(paper, value);
    return whole(paper, (long)value);
}

/* Extract, what, then, now, change: in the study's words. */
static void put_change(struct paper *paper, const struct quality_change *change)
{
    struct rk_arena *arena = paper->quality->arena;
    const struct study_source *source = study_source(paper->quality->study, change->source);
    const struct study_column *column = source ? study_column(source, change->name) : NULL;
    const char *name = column ? column->label : change->name;
    double by = change->now - change->then;
    const char *const cells[] = {
        source ? source->label : change->source,
        rk_arena_printf(arena, "%s%s%s", name, *name && *change->rule ? ": " : "",
                        change->rule),
        number_text(paper, change->what, change->then),
        number_text(paper, change->what, change->now),
        isnan(by) ? "new"
                  : rk_arena_printf(
                        arena,
                        strcmp(change->what, "completeness") == 0 ? "%+.1f" : "%+.0f", by)};

    quality_row(&paper->doc, DOC_ROW_BODY, cells, 5);
}

static void put_changes(struct paper *paper)
{
    static const struct {
        const char *what, *words;
    } parts[] = {
        {"rows",         "Rows"                            },
        {"completeness", "Cells with an answer, in percent"},
        {"emptied",      "Cells that could not be read"    },
        {"check",        "Rows that a rule tells of"       },
    };
    const struct quality *quality = paper->quality;

    if (!quality->change_count) return;
    quality_new_page(&paper->doc, 2, "Change since the last extract");
    quality_table(&paper->doc, "What is not as it was", "llrrr",
                  "Extract|What|Then|Now|Change");
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        bool any = false;

        for (size_t i = 0; i < quality->change_count; i++) {
            const struct quality_change *change = &quality->changes[i];

            if (strcmp(change->what, parts[p].what) != 0 ||
                fabs(change->now - change->then) < LEAST_CHANGE)
                continue;
            if (!any) quality_group(&paper->doc, parts[p].words);
            any = true;
            put_change(paper, change);
        }
    }
    quality_note(&paper->doc, "changes.csv has all of them, also what is as it was.");
}

/* ---- what to put right ---- */

static void put_site(struct paper *paper, size_t first, size_t count)
{
    const struct quality *quality = paper->quality;
    const char *site = quality_area_label(quality, quality->fixes[first].area);
    size_t shown = count < FIXES_SHOWN ? count : FIXES_SHOWN;

    quality_table(&paper->doc,
                  rk_arena_printf(quality->arena, "%s: %zu to put right", site, count),
                  "llll", "Person|Row|Column|What");
    for (size_t i = first; i < first + shown; i++) {
        const struct quality_fix *fix = &quality->fixes[i];
        const char *const cells[] = {
            fix->person, rk_arena_printf(quality->arena, "%s:%ld", fix->file, fix->line),
            fix->column, fix->what};

        quality_row(&paper->doc, DOC_ROW_BODY, cells, 4);
    }
    if (shown < count)
        quality_note(
            &paper->doc,
            rk_arena_printf(quality->arena, "and %zu more, in fixes.csv", count - shown));
}

static void put_fixes(struct paper *paper)
{
    const struct quality *quality = paper->quality;
    size_t first = 0;

    quality_new_page(&paper->doc, 1, "What to put right, by site");
    quality_paragraph(
        &paper->doc,
        "A row is named by the file and line of the extract it stands in. A person "
        "has a number that is good for this paper only; no reference, name or date "
        "of birth is printed.");
    while (first < quality->fix_count) {
        size_t count = 1;

        while (first + count < quality->fix_count &&
               quality->fixes[first + count].area == quality->fixes[first].area)
            count++;
        put_site(paper, first, count);
        first += count;
    }
}

/* ---- the chart ---- */

struct ranked {
    const struct quality_column *column;
    double percent;
};

static int by_percent(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->percent != y->percent) return x->percent < y->percent ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static size_t rank_columns(struct paper *paper, struct ranked **out)
{
    const struct quality *quality = paper->quality;
    size_t count = 0;

    *out = RK_ARRAY(quality->arena, struct ranked, quality->column_count + 1);
    for (size_t i = 0; i < quality->column_count; i++) {
        double share = percent(&quality->columns[i].areas[quality->all]);

        if (share < FULL) (*out)[count++] = (struct ranked){&quality->columns[i], share};
    }
    qsort(*out, count, sizeof **out, by_percent);
    return count < CHART_ROWS ? count : CHART_ROWS;
}

static rk_status draw_chart(struct paper *paper, struct rk_out *out,
                            const struct chart_look *look)
{
    struct quality *quality = paper->quality;
    struct ranked *ranked;
    size_t count = rank_columns(paper, &ranked);
    struct chart_group *groups = RK_ARRAY(quality->arena, struct chart_group, count + 1);
    struct chart_point *points = RK_ARRAY(quality->arena, struct chart_point, count + 1);
    static const struct chart_series series = {"answered", "Answered", CHART_PLAIN};
    struct chart_spec spec = {.id = "completeness",
                              .kind = CHART_BARS,
                              .headline = "The least complete columns",
                              .unit = UNIT_PERCENT,
                              .axis_low = 0,
                              .axis_high = 100,
                              .reference = NAN,
                              .style = &look->style,
                              .fonts = look->fonts,
                              .width_mm = look->width_mm,
                              .groups = groups,
                              .group_count = count,
                              .series = &series,
                              .series_count = 1,
                              .points = points,
                              .point_count = count};

    if (!count) return RK_OK;
    for (size_t i = 0; i < count; i++) {
        const struct quality_column *column = ranked[i].column;

        groups[i] = (struct chart_group){
            .code = rk_arena_printf(quality->arena, "%s_%s", column->source->name,
                                    column->column->name),
            .label = rk_arena_printf(quality->arena, "%s: %s", column->source->label,
                                     column->column->label),
            .n = column->areas[quality->all].rows};
        points[i] = (struct chart_point){.group = i,
                                         .value = ranked[i].percent,
                                         .low = NAN,
                                         .high = NAN,
                                         .n = groups[i].n};
    }
    RK_TRY(charts_draw(quality->run, &spec, 1, out));
    quality_figure(&paper->doc, spec.headline, rk_out_path(out, "completeness.draw"),
                   chart_alt(quality->arena, &spec),
                   chart_description(quality->arena, &spec));
    return RK_OK;
}

/* ---- the whole ---- */

static void put_front(struct paper *paper)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const struct study *study = paper->quality->study;
    struct doc_front *front = &paper->doc.doc.front;
    long year;
    int month, day;

    rk_date_civil(study->cut_off, &year, &month, &day);
    *front = (struct doc_front){
        .title = "Quality of the data",
        .subtitle = study->title,
        .date = rk_arena_printf(paper->quality->arena, "%d %s %ld", day, months[month - 1],
                                year),
        .running_head = "Quality of the data",
        .language = "en-GB",
        .theme = "evaluation",
        .stamp = "INTERNAL: true numbers, for those who keep the records"};
    paper->doc.doc.date_days = study->cut_off;
}

static rk_status put_all(struct paper *paper, struct rk_out *out,
                         const struct chart_look *look)
{
    put_front(paper);
    choose_areas(paper);
    quality_heading(&paper->doc, 1, "What came and what is used");
    put_short(paper);
    put_rows(paper);
    put_doubles(paper);
    put_conflicts(paper);
    quality_heading(&paper->doc, 1, "Completeness");
    RK_TRY(draw_chart(paper, out, look));
    put_completeness(paper);
    put_timing(paper);
    quality_heading(&paper->doc, 1, "What was mended and what was found");
    put_repairs(paper, true, "Cells that could not be read and were emptied");
    put_repairs(paper, false, "Cells that were mended");
    put_checks(paper);
    put_changes(paper);
    put_fixes(paper);
    return RK_OK;
}

rk_status quality_write_pdf(struct quality *quality, struct rk_out *out)
{
    struct paper paper = {.quality = quality, .doc = {.arena = quality->arena}};
    struct chart_look look;
    rk_status status;

    RK_TRY(chart_look_open(quality->run, "evaluation", &look));
    status = put_all(&paper, out, &look);
    fonts_close(look.fonts);
    RK_TRY(status);
    return flow_render(quality->run, &paper.doc.doc, rk_out_path(out, "quality.pdf"));
}
