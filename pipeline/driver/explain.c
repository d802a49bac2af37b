// SPDX-License-Identifier: MIT
/** reckon explain: the receipt of a number. */
#include "pipeline/attack/attack_pdf.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/driver/driver.h"
#include "pipeline/driver/explain_rows.h"
#include "render/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "reckon explain: where a number comes from\n"
    "\n"
    "  reckon explain out belief.all.change.points\n"
    "  reckon explain out belief                          every cell of a result, a line each\n"
    "  reckon explain out belief.all.latest.percent config/working-well --rows\n"
    "\n"
    "Says the value, its interval and base, the method with its paper, the rules that make the base,\n"
    "the line of the study, the program and the extracts with their hashes. With the study and --rows:\n"
    "the rows behind it, as lines of OUT/20-people and of the extracts, counted anew. Reads\n"
    "OUT/40-release, as published; with --internal OUT/30-results, true values. --json for programs.\n";

struct receipt {
    struct rk_run *run;
    const struct results *results;
    const struct cell *cell;
    size_t fields;
};

/** One line of the receipt, or one field of the object. */
static void line(struct receipt *receipt, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    if (receipt->run->json) {
        fputs(receipt->fields++ ? ",\n " : "\n ", stdout);
        driver_json_field(name, text, "", stdout);
    } else {
        printf("  %-9s %s\n", name, text);
    }
}

static const char *mark_words(enum cell_mark mark)
{
    switch (mark) {
    case MARK_MASKED:
        return "[c]: masked, so that nobody can be recognised; 35-masking says why";
    case MARK_LOW:
        return "[low]: on a small base";
    case MARK_NOT_APPLICABLE:
        return "[z]: not applicable";
    case MARK_NOT_AVAILABLE:
        return "[x]: not available";
    case MARK_INTERVAL:
        return "[c] for its interval, which would give a small number away";
    case MARK_ROUNDED:
        return "[r]: from counts rounded to the base of the study's `masking`";
    case MARK_NONE:
        break;
    }
    return NULL;
}

static const char *value_words(struct receipt *receipt)
{
    const struct cell *cell = receipt->cell;
    char value[32], low[32], high[32];

    if (isnan(cell->value))
        return cell->mark == MARK_MASKED ? "[c]" : "none";
    rk_text_double(value, cell->value);
    if (isnan(cell->low) || isnan(cell->high))
        return rk_arena_printf(receipt->run->arena, "%s %s", value, cell_unit_name(cell->unit));
    return rk_arena_printf(receipt->run->arena, "%s %s, %g%% interval %s to %s", value,
                           cell_unit_name(cell->unit), 100 * cell->level,
                           rk_text_double(low, cell->low), rk_text_double(high, cell->high));
}

/* ---- how it is made ---- */

static const struct cell *beside(const struct receipt *receipt, const char *column,
                                 const char *measure)
{
    return results_find(receipt->results,
                        rk_arena_printf(receipt->run->arena, "%s.%s.%s.%s", receipt->cell->result,
                                        receipt->cell->row, column, measure));
}

/** The arithmetic with its numbers: "100 x 143 / 315", "45.4 - 37.8". */
static const char *formula(struct receipt *receipt)
{
    const struct cell *cell = receipt->cell;
    struct rk_arena *arena = receipt->run->arena;
    const char *change = strstr(cell->column, "change");

    if (isnan(cell->value))
        return NULL;
    if (change && !change[strlen("change")]) {
        const char *measure = cell->unit == UNIT_POINTS ? "percent" : "mean";
        int prefix = (int)(change - cell->column);
        const struct cell *first = beside(
            receipt, rk_arena_printf(arena, "%.*sinitial", prefix, cell->column), measure);
        const struct cell *last = beside(
            receipt, rk_arena_printf(arena, "%.*slatest", prefix, cell->column), measure);
        if (first && last && !isnan(first->value) && !isnan(last->value) &&
            (strcmp(cell->measure, "points") == 0 || strcmp(cell->measure, "mean") == 0))
            return rk_arena_printf(arena, "%s less %s: %.10g - %.10g, before rounding", last->id,
                                   first->id, last->value, first->value);
    }
    if (cell->unit == UNIT_PERCENT && cell->numerator >= 0 && cell->base > 0)
        return rk_arena_printf(arena, "100 x %ld / %ld", cell->numerator, cell->base);
    return NULL;
}

static const char *method(struct receipt *receipt)
{
    const char *name = receipt->cell->method, *use = words_method_use(name);
    const char *source = words_method_source(name);

    if (!*name)
        return NULL;
    return rk_arena_printf(receipt->run->arena, "%s%s%s%s%s%s", words_method(name),
                           use ? ", " : "", use ? use : "", source ? " (" : "",
                           source ? source : "", source ? "); stats/BIBLIOGRAPHY.md" : "");
}

static void base_lines(struct receipt *receipt)
{
    const struct base *base = results_find_base(receipt->results, receipt->cell->base_id);
    struct rk_arena *arena = receipt->run->arena;

    if (receipt->cell->base >= 0)
        line(receipt, "base",
             rk_arena_printf(arena, "%ld %s", receipt->cell->base, base ? base->sentence : ""));
    for (int depth = 0; base && depth < 12; depth++) {
        const struct base *parent = results_find_base(receipt->results, base->parent);
        const char *n = base->n < 0 ? "[c]" : rk_arena_printf(arena, "%ld", base->n);
        line(receipt, receipt->run->json ? rk_arena_printf(arena, "rule_%d", depth)
                      : depth            ? "  part of"
                                         : "rule",
             rk_arena_printf(arena, "%s%s%s %s", *base->rule ? base->rule : "",
                             *base->rule ? ": " : "", n, base->sentence));
        base = parent;
    }
}

/* ---- where it is asked for ---- */

/** The study as text: the one named, else the one that a PDF of OUT carries. */
static const char *study_text(struct rk_run *run, const char *dir, const char **path)
{
    struct folder_list pdfs;
    const char *attached = NULL;
    char *text;
    size_t bytes;

    if (dir) {
        *path = rk_arena_printf(run->arena, "%s/study.yaml", dir);
    } else {
        if (folder_list_suffix(run->arena, run->diag, run->out_dir, ".pdf", &pdfs) != RK_OK ||
            !pdfs.count)
            return NULL;
        const char *pdf = rk_arena_printf(run->arena, "%s/%s", run->out_dir, pdfs.names[0]);
        if (attack_pdf_attachment(run->arena, run->diag, pdf, "study.yaml", &attached) != RK_OK)
            return NULL;
        *path = "study.yaml";
    }
    if (!dir && !attached)
        return NULL;
    return rk_file_read(run->arena, run->diag, dir ? *path : attached, &text, &bytes) == RK_OK
               ? text
               : NULL;
}

/** The line of the results that defines one: behind `results:`, indented, NAME and a colon. */
static const char *study_line(struct receipt *receipt, const char *dir)
{
    const char *path = NULL, *text = study_text(receipt->run, dir, &path);
    const char *wanted = receipt->cell->result;
    size_t number = 0, n = strlen(wanted);
    bool inside = false;

    while (text && *text) {
        size_t bytes = strcspn(text, "\n"), indent = strspn(text, " ");
        number++;
        if (bytes && !indent && *text != '#') /* a key of the study */
            inside = strncmp(text, "results:", 8) == 0;
        if (inside && indent && strncmp(text + indent, wanted, n) == 0 && text[indent + n] == ':')
            return rk_arena_printf(receipt->run->arena, "%s:%zu: %.*s", path, number,
                                   (int)(bytes - indent), text + indent);
        text += bytes + (text[bytes] == '\n');
    }
    return NULL;
}

static void input_lines(struct receipt *receipt)
{
    struct manifest_input *inputs = NULL;
    size_t count;
    const char *version = manifest_text(receipt->run, "reckon");
    const char *study = manifest_text(receipt->run, "study_hash");

    if (version)
        line(receipt, "made by",
             rk_arena_printf(receipt->run->arena, "reckon %s, study %.16s, cut-off %s", version,
                             study ? study : "", manifest_text(receipt->run, "cut_off")));
    manifest_inputs(receipt->run, &inputs, &count);
    for (size_t i = 0; i < count; i++)
        line(receipt, receipt->run->json ? rk_arena_printf(receipt->run->arena, "input_%zu", i)
                      : i                ? ""
                                         : "from",
             rk_arena_printf(receipt->run->arena, "%s %.16s", inputs[i].name, inputs[i].hash));
}

/* ---- the verb ---- */

static void print_receipt(struct receipt *receipt, const char *study)
{
    const struct cell *cell = receipt->cell;

    if (receipt->run->json)
        fputs("{", stdout);
    else
        printf("%s\n", cell->id);
    line(receipt, "cell", receipt->run->json ? cell->id : NULL);
    line(receipt, "value", value_words(receipt));
    line(receipt, "mark", mark_words(cell->mark));
    line(receipt, "of",
         rk_arena_printf(receipt->run->arena, "%s; %s", cell->row_label, cell->column_label));
    line(receipt, "formula", formula(receipt));
    line(receipt, "method", method(receipt));
    base_lines(receipt);
    line(receipt, "study", study_line(receipt, study));
    input_lines(receipt);
    if (receipt->run->json)
        puts("\n}");
}

/** Every cell of a result. */
static bool print_result(const struct results *results, const char *name)
{
    bool any = false;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        char value[32];
        if (strcmp(cell->result, name) != 0)
            continue;
        printf("%s\t%s\t%s\n", cell->id,
               cell->mark == MARK_MASKED ? "[c]" : rk_text_double(value, cell->value),
               cell_unit_name(cell->unit));
        any = true;
    }
    return any;
}

static rk_status unknown(struct rk_run *run, const struct results *results, const char *id)
{
    const char **ids = RK_ARRAY(run->arena, const char *, results->cell_count + 1), *near;

    for (size_t i = 0; i < results->cell_count; i++)
        ids[i] = results->cells[i].id;
    near = rk_text_nearest(id, ids, results->cell_count);
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "there is no cell \"%s\" in %s/%s%s%s%s", id,
                   run->out_dir, run->internal ? "30-results" : "40-release",
                   near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static rk_status explain(struct rk_run *run, const char **operands)
{
    const struct study *study;
    struct results *results;

    run->out_dir = operands[0];
    run->study_dir = operands[2];
    if (run->rows && !operands[2])
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "--rows needs the study: reckon explain %s %s STUDYDIR --rows", operands[0],
                       operands[1]);
    RK_TRY(results_read(run, run->internal ? "30-results" : "40-release", &results));
    struct receipt receipt = {run, results, results_find(results, operands[1]), 0};
    if (!receipt.cell)
        return print_result(results, operands[1]) ? RK_OK : unknown(run, results, operands[1]);
    print_receipt(&receipt, operands[2]);
    if (!run->rows)
        return RK_OK;
    RK_TRY(study_open(run, &study));
    return explain_rows(run, study, results, receipt.cell);
}

int driver_explain(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon explain", usage, "OUT, a cell of it, and for --rows the study", 2, false,
        explain};

    return driver_verb_up_to(argc, argv, &verb, 3);
}
