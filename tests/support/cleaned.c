// SPDX-License-Identifier: MIT
#include "tests/support/cleaned.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/dedupe/dedupe_stage.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

static const char study_head[] =
    "reckon: 1\n"
    "study: tiny\n"
    "title: Tiny\n"
    "period_start: 2014-03-26\n"
    "cut_off: 2015-03-13\n"
    "people: clients\n"
    "sources:\n"
    "  clients:\n"
    "    file: clients.csv\n"
    "    key: client\n"
    "    columns:\n";
static const char clients_columns[] =
    "      client: {from: Client, type: id}\n"
    "      name: {from: Name, type: text, private: yes}\n"
    "      born: {from: Born, type: date, formats: [yyyy-mm-dd], private: yes}\n"
    "      sex: {from: Sex, type: code, codes: [Female, Male]}\n"
    "      seen: {from: Seen, type: date, formats: [yyyy-mm-dd]}\n"
    "      score: {from: Score, type: integer}\n";
static const char study_visits[] =
    "  visits:\n"
    "    file: visits.csv\n"
    "    link: client\n"
    "    columns:\n"
    "      client: {from: Client, type: id}\n"
    "      day: {from: Day, type: date, formats: [yyyy-mm-dd]}\n"
    "      number: {from: Number, type: integer}\n"
    "      status: {from: Status, type: code, codes: [Done, Booked]}\n"
    "      mood: {from: Mood, type: integer}\n"
    "      cost: {from: Cost, type: number}\n"
    "      i1: {from: I1, type: integer}\n"
    "      i2: {from: I2, type: integer}\n"
    "      i3: {from: I3, type: integer}\n";
static const char study_tail[] =
    "  jobs:\n"
    "    file: jobs.csv\n"
    "    key: job\n"
    "    link: client\n"
    "    unlinked: keep\n"
    "    columns:\n"
    "      job: {from: Job, type: id}\n"
    "      client: {from: Client, type: id}\n"
    "      started: {from: Started, type: date, formats: [yyyy-mm-dd]}\n"
    "    duplicates:\n"
    "      - {code: same_job, match: [job], keep: last}\n"
    "  totals:\n"
    "    file: totals.csv\n"
    "    key: line\n"
    "    columns:\n"
    "      line: {from: Line, type: id}\n"
    "      value: {from: Value, type: number}\n"
    "scales: [tiny]\n";
static const char scale_text[] = "scale: tiny\n"
                                 "title: Tiny scale\n"
                                 "items: [One, Two, Three]\n"
                                 "item_range: [0, 4]\n"
                                 "better: low\n"
                                 "missing: 1\n"
                                 "bands:\n"
                                 "  - {code: low, label: Low, from: 0, to: 4}\n"
                                 "  - {code: high, label: High, from: 5, to: 12}\n"
                                 "metric: {0: 0, 3: 1.5, 6: 9.25}\n"
                                 "source: nobody\n"
                                 "licence: none\n";

static const char *or_none(const char *text)
{
    return text ? text : "";
}

static void write_study(struct cleaned *cleaned)
{
    struct rk_arena *arena = cleaned->run.arena;
    const char *text = rk_arena_printf(
        arena, "%s%s%s%s%s%s%s%s%s%s%s", study_head,
        cleaned->columns ? cleaned->columns : clients_columns,
        cleaned->duplicates ? "    duplicates:\n" : "", or_none(cleaned->duplicates),
        study_visits, or_none(cleaned->visit_rules), study_tail,
        cleaned->derive ? "derive:\n" : "", or_none(cleaned->derive),
        cleaned->points ? "points:\n" : "", or_none(cleaned->points));

    check_write(cleaned->folder, "study.yaml", text);
    check_write(cleaned->folder, "scales/tiny.yaml", scale_text);
}

/* Each row gets its file_line; returns how many. */
static long write_rows(struct cleaned *cleaned, const char *name, const char *header,
                       const char *rows)
{
    size_t length = strlen(or_none(rows)), cap = 40 * (length + 4) + 256, used;
    char *text = rk_arena_alloc(cleaned->run.arena, cap, 1);
    long count = 0;

    used = (size_t)sprintf(text, "file_line,%s\n", header);
    for (const char *at = or_none(rows); *at; at = strchr(at, '\n') + 1, count++)
        used += (size_t)sprintf(text + used, "%s.csv:%ld,%.*s\n", name, count + 2,
                                (int)strcspn(at, "\n"), at);
    check_write(cleaned->folder,
                rk_arena_printf(cleaned->run.arena, "out/10-clean/%s.csv", name), text);
    return count;
}

static void write_clean(struct cleaned *cleaned)
{
    static const char *const headers[][2] = {
        {"clients", "client,name,born,sex,seen,score"},
        {"visits", "client,day,number,status,mood,cost,i1,i2,i3"},
        {"jobs", "job,client,started"},
        {"totals", "line,value"},
    };
    const char *const rows[] = {cleaned->clients, cleaned->visits, cleaned->jobs,
                                cleaned->totals};
    struct rk_arena *arena = cleaned->run.arena;
    const char *flow = "source,step,code,reason,rows\n";

    for (size_t i = 0; i < 4; i++) {
        long count = write_rows(cleaned, headers[i][0], headers[i][1], rows[i]);

        flow = rk_arena_printf(arena, "%s%s,read,,,%ld\n%s,kept,,,%ld\n", flow,
                               headers[i][0], count, headers[i][0], count);
    }
    check_write(cleaned->folder, "out/10-clean/flow.csv", flow);
}

static void open_run(struct cleaned *cleaned)
{
    cleaned->run =
        (struct rk_run){.program = "test", .study_dir = cleaned->folder, .quiet = true};
    cleaned->run.arena = rk_arena_new();
    cleaned->run.diag = rk_diag_new("test");
    cleaned->run.out_dir = rk_arena_printf(cleaned->run.arena, "%s/out", cleaned->folder);
}

static rk_status work(struct cleaned *cleaned)
{
    rk_status status;

    check_stderr_begin();
    status = dedupe_stage.work(&cleaned->run);
    rk_diag_flush(cleaned->run.diag);
    cleaned->said = check_stderr_end();
    return status;
}

rk_status cleaned_run(struct cleaned *cleaned)
{
    rk_status status;

    if (!cleaned->folder) cleaned->folder = check_folder();
    open_run(cleaned);
    write_study(cleaned);
    write_clean(cleaned);
    status = work(cleaned);
    if (status != RK_OK && status != RK_CHECK && status != RK_WORLD)
        print_error("%s", cleaned->said);
    return status;
}

rk_status cleaned_rerun(struct cleaned *cleaned)
{
    cleaned_end(cleaned);
    open_run(cleaned);
    return work(cleaned);
}

void cleaned_end(struct cleaned *cleaned)
{
    rk_diag_free(cleaned->run.diag);
    rk_arena_free(cleaned->run.arena);
}

const char *cleaned_file(struct cleaned *cleaned, const char *name)
{
    const char *text = check_read(
        cleaned->folder, rk_arena_printf(cleaned->run.arena, "out/20-people/%s", name));

    if (!text) fail_msg("there is no %s", name);
    return text;
}

static struct rk_csv_table table(struct cleaned *cleaned, const char *name)
{
    struct rk_csv_table table;

    CHECK_OK(rk_csv_table_read(cleaned->run.arena, cleaned->run.diag,
                               rk_run_path(&cleaned->run, "20-people", name), &table));
    return table;
}

long cleaned_rows(struct cleaned *cleaned, const char *name)
{
    return (long)table(cleaned, name).rows;
}

const char *cleaned_cell(struct cleaned *cleaned, const char *name, const char *by,
                         const char *key, const char *column)
{
    struct rk_csv_table found = table(cleaned, name);
    long key_at = rk_csv_column(&found, by), at = rk_csv_column(&found, column);

    if (key_at < 0 || at < 0) fail_msg("%s has no column %s or %s", name, by, column);
    for (size_t row = 0; row < found.rows; row++)
        if (strcmp(found.cells[row * found.columns + (size_t)key_at], key) == 0)
            return found.cells[row * found.columns + (size_t)at];
    return NULL;
}

const char *cleaned_person(struct cleaned *cleaned, const char *client, const char *column)
{
    return cleaned_cell(cleaned, "people.csv", "client", client, column);
}

long cleaned_flow(struct cleaned *cleaned, const char *source, const char *step,
                  const char *code)
{
    struct rk_csv_table found = table(cleaned, "flow.csv");

    for (size_t row = 0; row < found.rows; row++) {
        char **cells = found.cells + row * found.columns;

        if (strcmp(cells[0], source) == 0 && strcmp(cells[1], step) == 0 &&
            strcmp(cells[2], code) == 0)
            return strtol(cells[4], NULL, 10);
    }
    return -1;
}
