// SPDX-License-Identifier: MIT
#include "pipeline/quality/quality_priv.h"

#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>

/* A row of issues.csv. */
struct issue {
    const char *file, *line, *column, *rule, *old, *now, *what;
    const struct study_source *source;
    size_t area;
    const char *person;
};

static const char *const issue_names[] = {"file", "line", "column", "source",
                                          "rule", "old",  "new",    "what"};

/* ---- where a row belongs ---- */

static void place_issue(const struct quality *quality, struct issue *issue)
{
    long at = rk_map_find(
        quality->rows, rk_arena_printf(quality->arena, "%s:%s", issue->file, issue->line));
    long person = at < 0 ? -1 : quality->person[at];

    issue->area = at < 0 ? quality->area_count - 1 : quality->row_area[at];
    issue->person = person < 0 ? "" : quality->pseudonym[person];
}

/* ---- what the study says of a rule ---- */

struct said {
    const char *say;
    bool note; /* nobody has to do anything */
};

static bool find_rule(const struct study_source *source, const char *rule, struct said *out)
{
    for (size_t i = 0; i < source->exclusion_count; i++)
        if (strcmp(source->exclusions[i].code, rule) == 0) {
            *out = (struct said){source->exclusions[i].reason, false};
            return true;
        }
    for (size_t i = 0; i < source->check_count; i++)
        if (strcmp(source->checks[i].code, rule) == 0) {
            *out = (struct said){source->checks[i].say,
                                 source->checks[i].severity == SEVERITY_NOTE};
            return true;
        }
    return false;
}

/* ---- what is counted ---- */

static void add_fix(struct quality *quality, const struct issue *issue, const char *column,
                    const char *what)
{
    RK_ROOM(quality->arena, quality->fixes, quality->fix_count, quality->fix_cap);
    quality->fixes[quality->fix_count++] =
        (struct quality_fix){.area = issue->area,
                             .person = issue->person,
                             .source = issue->source->label,
                             .file = issue->file,
                             .line = strtol(issue->line, NULL, 10),
                             .column = column,
                             .rule = issue->rule,
                             .what = what};
}

static void count_emptied(struct quality *quality, const struct issue *issue)
{
    for (size_t i = 0; i < quality->column_count; i++) {
        struct quality_column *column = &quality->columns[i];

        if (column->source != issue->source ||
            strcmp(column->column->name, issue->column) != 0)
            continue;
        column->areas[issue->area].emptied++;
        column->areas[quality->all].emptied++;
    }
}

static void count_repair(struct quality *quality, const struct issue *issue,
                         const char *label)
{
    bool emptied = !*issue->now;

    for (size_t i = 0; i < quality->repair_count; i++) {
        struct quality_repair *repair = &quality->repairs[i];

        if (repair->source != issue->source || strcmp(repair->column, issue->column) != 0 ||
            strcmp(repair->rule, issue->rule) != 0)
            continue;
        repair->cells++;
        return;
    }
    RK_ROOM(quality->arena, quality->repairs, quality->repair_count, quality->repair_cap);
    quality->repairs[quality->repair_count++] = (struct quality_repair){
        issue->source, issue->column, label, issue->rule, issue->what, emptied, 1};
}

static void count_check(struct quality *quality, const struct issue *issue, const char *say)
{
    struct quality_check *check = NULL;

    for (size_t i = 0; i < quality->check_count; i++)
        if (quality->checks[i].source == issue->source &&
            strcmp(quality->checks[i].rule, issue->rule) == 0)
            check = &quality->checks[i];
    if (!check) {
        RK_ROOM(quality->arena, quality->checks, quality->check_count, quality->check_cap);
        check = &quality->checks[quality->check_count++];
        *check = (struct quality_check){issue->source, issue->rule, say,
                                        RK_ARRAY(quality->arena, long, quality->all + 1)};
    }
    check->areas[issue->area]++;
    check->areas[quality->all]++;
}

/* A cell that was mended is said in numbers; one that was emptied has to be put right. */
static void take_cell(struct quality *quality, const struct issue *issue)
{
    const struct study_column *column = study_column(issue->source, issue->column);
    const char *label = column ? column->label : issue->column;

    count_repair(quality, issue, label);
    if (*issue->now) return;
    count_emptied(quality, issue);
    add_fix(quality, issue, label, issue->what);
}

static void take_row(struct quality *quality, const struct issue *issue)
{
    struct said said = {issue->what, false};

    find_rule(issue->source, issue->rule, &said);
    count_check(quality, issue, said.say);
    if (!said.note && strcmp(issue->rule, "mended") != 0)
        add_fix(quality, issue, "", said.say);
}

/* ---- files ---- */

static rk_status read_columns(struct quality *quality, const char *folder, const char *file,
                              const char *const *names, size_t count,
                              struct rk_csv_table *csv, long *columns)
{
    const char *path = rk_run_path(quality->run, folder, file);

    RK_TRY(rk_csv_table_read(quality->arena, quality->run->diag, path, csv));
    for (size_t i = 0; i < count; i++) {
        columns[i] = rk_csv_column(csv, names[i]);
        if (columns[i] < 0)
            return rk_fail(quality->run->diag, RK_WORLD, RK_AT(path, 1, 0),
                           "there is no column \"%s\"; run the stage again", names[i]);
    }
    return RK_OK;
}

static rk_status read_issues(struct quality *quality, const char *folder)
{
    enum { FILE_, LINE, COLUMN, SOURCE, RULE, OLD, NEW, WHAT, NAMES };
    struct rk_csv_table csv;
    long at[NAMES];

    RK_TRY(read_columns(quality, folder, "issues.csv", issue_names, NAMES, &csv, at));
    for (size_t r = 0; r < csv.rows; r++) {
        char **cells = &csv.cells[r * csv.columns];
        struct issue issue = {.file = cells[at[FILE_]],
                              .line = cells[at[LINE]],
                              .column = cells[at[COLUMN]],
                              .rule = cells[at[RULE]],
                              .old = cells[at[OLD]],
                              .now = cells[at[NEW]],
                              .what = cells[at[WHAT]],
                              .source = study_source(quality->study, cells[at[SOURCE]])};

        if (!issue.source) continue;
        place_issue(quality, &issue);
        if (*issue.column)
            take_cell(quality, &issue);
        else
            take_row(quality, &issue);
    }
    return RK_OK;
}

/* "reviews.csv:214" to its parts. */
static void split(struct quality *quality, const char *file_line, struct issue *issue)
{
    const char *colon = strrchr(file_line, ':');

    issue->file =
        colon ? rk_arena_copy_n(quality->arena, file_line, (size_t)(colon - file_line))
              : file_line;
    issue->line = colon ? colon + 1 : "";
}

/* Records of nobody; those that a check took out have been told with it. */
static rk_status read_unlinked(struct quality *quality)
{
    enum { SOURCE, FILE_LINE, CODE, REASON, NAMES };
    static const char *const names[] = {"source", "file_line", "code", "reason"};
    struct rk_csv_table csv;
    long at[NAMES];

    RK_TRY(read_columns(quality, "20-people", "unlinked.csv", names, NAMES, &csv, at));
    for (size_t r = 0; r < csv.rows; r++) {
        char **cells = &csv.cells[r * csv.columns];
        struct issue issue = {.rule = cells[at[CODE]],
                              .source = study_source(quality->study, cells[at[SOURCE]])};
        struct said said;

        if (!issue.source || find_rule(issue.source, issue.rule, &said)) continue;
        split(quality, cells[at[FILE_LINE]], &issue);
        place_issue(quality, &issue);
        count_check(quality, &issue, cells[at[REASON]]);
        add_fix(quality, &issue, "", cells[at[REASON]]);
    }
    return RK_OK;
}

/* ---- rows that stand for one record: one of them has to go ---- */

struct double_row {
    struct issue issue;
    const char *kept, *column, *what;
};

static const char *label_of(const struct study_source *source, const char *name)
{
    const struct study_column *column = study_column(source, name);

    return column ? column->label : name;
}

static void count_conflict(struct quality *quality, const struct double_row *row)
{
    const struct issue *issue = &row->issue;

    for (size_t i = 0; i < quality->conflict_count; i++) {
        struct quality_conflict *conflict = &quality->conflicts[i];

        if (conflict->source != issue->source || strcmp(conflict->column, row->column) != 0 ||
            strcmp(conflict->rule, issue->rule) != 0 || strcmp(conflict->what, row->what) != 0)
            continue;
        conflict->records++;
        return;
    }
    RK_ROOM(quality->arena, quality->conflicts, quality->conflict_count,
            quality->conflict_cap);
    quality->conflicts[quality->conflict_count++] =
        (struct quality_conflict){issue->source, row->column,
                                  label_of(issue->source, row->column), issue->rule,
                                  row->what, 1};
}

/* The fix of a row that was taken into another names the columns in which they differ. */
static void take_difference(struct quality *quality, const struct double_row *row,
                            struct quality_fix *fix)
{
    bool differs = strcmp(row->what, "conflict") == 0 || strcmp(row->what, "taken") == 0;

    count_conflict(quality, row);
    if (!fix || !differs) return;
    fix->what = rk_arena_printf(quality->arena, "%s%s %s", fix->what,
                                strstr(fix->what, "; they differ in ") ? "," : "; they differ in",
                                label_of(row->issue.source, row->column));
}

static rk_status read_duplicates(struct quality *quality)
{
    enum { SOURCE, RULE, KEPT, ABSORBED, COLUMN, WHAT, NAMES };
    static const char *const names[] = {"source", "rule", "kept", "absorbed", "column", "what"};
    struct rk_map *absorbed = rk_map_new(quality->arena); /* in the order of their fixes */
    size_t first = quality->fix_count;
    struct rk_csv_table csv;
    long at[NAMES], known;

    RK_TRY(read_columns(quality, "20-people", "duplicates.csv", names, NAMES, &csv, at));
    for (size_t r = 0; r < csv.rows; r++) {
        char **cells = &csv.cells[r * csv.columns];
        struct double_row row = {.issue = {.rule = cells[at[RULE]],
                                           .source = study_source(quality->study,
                                                                  cells[at[SOURCE]])},
                                 .kept = cells[at[KEPT]],
                                 .column = cells[at[COLUMN]],
                                 .what = cells[at[WHAT]]};

        if (!row.issue.source) continue;
        split(quality, cells[at[ABSORBED]], &row.issue);
        if (*row.column) {
            known = rk_map_find(absorbed, cells[at[ABSORBED]]);
            take_difference(quality, &row, known < 0 ? NULL : &quality->fixes[first + (size_t)known]);
            continue;
        }
        place_issue(quality, &row.issue);
        rk_map_add(absorbed, cells[at[ABSORBED]]);
        add_fix(quality, &row.issue, "",
                rk_arena_printf(quality->arena, "The same record as %s", row.kept));
    }
    return RK_OK;
}

/* By site, then by person, so that a record is opened once. */
static int by_site(const void *a, const void *b)
{
    const struct quality_fix *x = a, *y = b;
    int order;

    if (x->area != y->area) return x->area < y->area ? -1 : 1;
    if ((order = strcmp(x->person, y->person)) != 0) return order;
    if ((order = strcmp(x->file, y->file)) != 0) return order;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    if ((order = strcmp(x->column, y->column)) != 0) return order;
    return strcmp(x->what, y->what);
}

static int by_cells(const void *a, const void *b)
{
    const struct quality_repair *x = a, *y = b;

    if (x->emptied != y->emptied) return x->emptied ? 1 : -1;
    if (x->cells != y->cells) return x->cells < y->cells ? 1 : -1;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    return strcmp(x->column, y->column);
}

static int by_conflict(const void *a, const void *b)
{
    const struct quality_conflict *x = a, *y = b;
    int order = (x->source > y->source) - (x->source < y->source);

    if (!order) order = strcmp(x->column, y->column);
    if (!order) order = strcmp(x->rule, y->rule);
    return order ? order : strcmp(x->what, y->what);
}

rk_status quality_ledger(struct quality *quality)
{
    RK_TRY(flow_read(quality->run, "20-people", &quality->flow));
    RK_TRY(read_issues(quality, "10-clean"));
    RK_TRY(read_issues(quality, "20-people"));
    RK_TRY(read_unlinked(quality));
    RK_TRY(read_duplicates(quality));
    if (quality->conflict_count)
        qsort(quality->conflicts, quality->conflict_count, sizeof *quality->conflicts,
              by_conflict);
    if (quality->fix_count)
        qsort(quality->fixes, quality->fix_count, sizeof *quality->fixes, by_site);
    if (quality->repair_count)
        qsort(quality->repairs, quality->repair_count, sizeof *quality->repairs, by_cells);
    return RK_OK;
}
