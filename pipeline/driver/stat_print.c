// SPDX-License-Identifier: MIT
/* An answer for people (text) or programs (CSV, JSON); the list of methods in all three. */
#include "pipeline/driver/driver.h"
#include "pipeline/driver/stat_priv.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/rk_text.h"

/* ---- JSON -------------------------------------------------------------------------- */

static void json_quantity(const struct stat_quantity *q, FILE *out)
{
    char number[32];

    driver_json_text(q->name, out);
    fputs(": ", out);
    if (q->text)
        driver_json_text(q->text, out);
    else
        fputs(isfinite(q->value) ? rk_text_double(number, q->value) : "null", out);
}

static void print_json(const struct stat_call *call, const char *input, FILE *out)
{
    fputs("{", out);
    if (call->method) driver_json_field("method", call->method->name, ", ", out);
    driver_json_field("input", input, ",\n ", out);
    if (call->state != STAT_ANSWERED) {
        driver_json_field("error", call->reason, "}\n", out);
        return;
    }
    fputs("\"quantities\": {", out);
    for (size_t i = 0; i < call->n_quantities; i++) {
        fputs(i ? ", " : "", out);
        json_quantity(&call->quantities[i], out);
    }
    fputs("},\n \"sentences\": [", out);
    for (size_t i = 0; i < call->n_sentences; i++) {
        fputs(i ? ", " : "", out);
        driver_json_text(call->sentences[i], out);
    }
    fputs("],\n ", out);
    driver_json_field("source", call->method->source, "}\n", out);
}

/* ---- CSV --------------------------------------------------------------------------- */

void stat_print_value(struct rk_csv_writer *csv, const struct stat_quantity *q)
{
    rk_csv_cell(csv, q->name);
    if (q->text)
        rk_csv_cell(csv, q->text);
    else if (isnan(q->value))
        rk_csv_cell(csv, "NA");
    else
        rk_csv_double(csv, q->value);
}

static void print_csv(const struct stat_call *call, FILE *out)
{
    struct rk_csv_writer csv = {.file = out};
    rk_csv_cell(&csv, "quantity");
    rk_csv_cell(&csv, "value");
    rk_csv_end(&csv);
    if (call->state != STAT_ANSWERED) {
        rk_csv_cell(&csv, "error");
        rk_csv_cell(&csv, call->reason);
        rk_csv_end(&csv);
        return;
    }
    for (size_t i = 0; i < call->n_quantities; i++) {
        stat_print_value(&csv, &call->quantities[i]);
        rk_csv_end(&csv);
    }
}

/* ---- text -------------------------------------------------------------------------- */

static size_t longest_name(const struct stat_call *call)
{
    size_t longest = 0;
    for (size_t i = 0; i < call->n_quantities; i++) {
        size_t length = strlen(call->quantities[i].name);
        if (!call->quantities[i].detail && length > longest) longest = length;
    }
    return longest;
}

static void print_quantities(const struct stat_call *call, FILE *out)
{
    int width = (int)longest_name(call);
    size_t hidden = 0;

    for (size_t i = 0; i < call->n_quantities; i++) {
        const struct stat_quantity *q = &call->quantities[i];
        hidden += q->detail;
        if (q->detail) continue;
        fprintf(out, "  %-*s  ", width, q->name);
        if (q->text)
            fprintf(out, "%s\n", q->text);
        else if (isnan(q->value))
            fputs("not computed\n", out);
        else
            fprintf(out, "%.7g\n", q->value);
    }
    if (hidden) fprintf(out, "  ... and %zu more with --csv\n", hidden);
}

static void print_text(const struct stat_call *call, FILE *out)
{
    if (call->method) fprintf(out, "%s: %s\n\n", call->method->name, call->method->meaning);
    if (call->state != STAT_ANSWERED) {
        fprintf(out, "  not computed: %s\n", call->reason);
    } else {
        print_quantities(call, out);
        for (size_t i = 0; i < call->n_sentences; i++)
            fprintf(out, "%s%s\n", i ? "" : "\n", call->sentences[i]);
    }
    if (call->method) fprintf(out, "\nSource: %s\n", call->method->source);
}

void stat_print(const struct stat_call *call, const char *input, enum stat_style style,
                FILE *out)
{
    switch (style) {
    case STAT_STYLE_TEXT:
        print_text(call, out);
        break;
    case STAT_STYLE_CSV:
        print_csv(call, out);
        break;
    case STAT_STYLE_JSON:
        print_json(call, input, out);
        break;
    }
}

/* ---- the list ---------------------------------------------------------------------- */

static void list_csv(const struct stat_method *m, FILE *out)
{
    struct rk_csv_writer csv = {.file = out};
    rk_csv_cell(&csv, m->name);
    rk_csv_cell(&csv, m->inputs);
    rk_csv_cell(&csv, m->meaning);
    rk_csv_cell(&csv, m->source);
    rk_csv_end(&csv);
}

static void list_json(const struct stat_method *m, bool first, FILE *out)
{
    fputs(first ? "[{" : ",\n {", out);
    driver_json_field("method", m->name, ", ", out);
    driver_json_field("inputs", m->inputs, ", ", out);
    driver_json_field("meaning", m->meaning, ", ", out);
    driver_json_field("source", m->source, "}", out);
}

void stat_print_list(struct rk_arena *arena, const char *word, enum stat_style style,
                     FILE *out)
{
    size_t n, listed = 0;
    const struct stat_method **methods = stat_all(arena, &n);

    if (style == STAT_STYLE_CSV) fputs("method,inputs,meaning,source\n", out);
    for (size_t i = 0; i < n; i++) {
        const struct stat_method *m = methods[i];
        if (word && !strstr(m->name, word) && !strstr(m->meaning, word)) continue;
        if (style == STAT_STYLE_CSV)
            list_csv(m, out);
        else if (style == STAT_STYLE_JSON)
            list_json(m, listed == 0, out);
        else
            fprintf(out, "%-24s %s\n%-24s   takes %s\n", m->name, m->meaning, "",
                    m->inputs);
        listed++;
    }
    if (style == STAT_STYLE_JSON) fputs(listed ? "]\n" : "[]\n", out);
}
