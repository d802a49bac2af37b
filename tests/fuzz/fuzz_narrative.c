// SPDX-License-Identifier: MIT
/* A narrative: front matter, Markdown, blocks, bound numbers, claims, tables and figures. */
#include "pipeline/contract/study.h"
#include "render/narrative.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const char study_yaml[] =
    "reckon: 1\nstudy: small\ntitle: A small study\nprogramme: Small\ndata: .\n"
    "period_start: 2015-01-01\ncut_off: 2015-03-13\npeople: people\n"
    "sources:\n  people:\n    label: Register\n    file: people.csv\n    key: id\n    columns:\n"
    "      id: {from: Id, type: id}\n"
    "      believe: {from: Believe, type: code, codes: [Yes, No], label: Do you believe it?}\n"
    "      area: {from: Area, type: code, codes: [North, South]}\n"
    "results:\n  belief: {table: area by believe, percent: row}\n";

static void add_share(struct results *results, const char *row, const char *column, long n)
{
    struct cell *cell = results_cell(results, "belief", row, column, "percent", UNIT_PERCENT);

    cell->row_label = row;
    cell->column_label = column;
    cell->value = 100.0 * (double)n / 326;
    cell->low = cell->value - 5;
    cell->high = cell->value + 5;
    cell->level = 0.95;
    cell->numerator = n;
    cell->base = 326;
    cell->base_id = "answered";
    cell->method = "wilson";
}

void fuzz_one(const char *data, size_t bytes)
{
    struct rk_run run = fuzz_run();
    struct results *results = results_new(run.arena);
    struct narrative *narrative;

    fuzz_file(&run, "study.yaml", study_yaml, strlen(study_yaml));
    fuzz_file(&run, "report.md", data, bytes);
    results_base(results, "answered", "clients", 326, "clients who answered", "", "");
    add_share(results, "north", "yes", 119);
    add_share(results, "south", "yes", 90);
    add_share(results, "all", "yes", 209);
    if (narrative_read(&run, results, "report", &narrative) != RK_OK) rk_diag_flush(run.diag);
    fuzz_run_end(&run);
}
