// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_find.h"

#include "pipeline/base/rk_csv.h"

#include <stdlib.h>
#include <string.h>

static const char *const sure_words[] = {"proved", "proved if", "suspicious"};

static bool same(const struct audit_finding *a, const struct audit_finding *b)
{
    return strcmp(a->check, b->check) == 0 && strcmp(a->file, b->file) == 0 &&
           a->line == b->line && a->column == b->column && strcmp(a->why, b->why) == 0;
}

void audit_find(struct audit_findings *findings, struct audit_finding finding)
{
    for (size_t i = 0; i < findings->count; i++)
        if (same(&findings->items[i], &finding)) return;
    RK_ROOM(findings->arena, findings->items, findings->count, findings->cap);
    findings->items[findings->count++] = finding;
}

size_t audit_errors(const struct audit_findings *findings)
{
    size_t errors = 0;

    for (size_t i = 0; i < findings->count; i++)
        errors += !findings->items[i].note;
    return errors;
}

static int by_place(const void *left, const void *right)
{
    const struct audit_finding *a = left, *b = right;
    int order = strcmp(a->file, b->file);

    if (order) return order;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    order = strcmp(a->check, b->check);
    return order ? order : strcmp(a->why, b->why);
}

void audit_sort(struct audit_findings *findings)
{
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, by_place);
}

static void print_place(const struct audit_finding *f, FILE *out)
{
    fprintf(out, "%s:%zu:", f->file, f->line);
    if (f->column) fprintf(out, "%zu:", f->column);
}

static void print_one(const struct audit_finding *f, FILE *out)
{
    print_place(f, out);
    fprintf(out, " [%s, %s]", f->check, f->note ? "note" : sure_words[f->sure]);
    if (f->where) fprintf(out, " %s:", f->where);
    if (f->printed) fprintf(out, " \"%s\":", f->printed);
    fprintf(out, " %s", f->why);
    if (f->sure == AUDIT_PROVED_IF && f->if_) fprintf(out, " (proved if %s)", f->if_);
    putc('\n', out);
}

void audit_print_text(const struct audit_findings *findings, bool notes, FILE *out)
{
    size_t errors = audit_errors(findings), shown = findings->count - errors;

    for (size_t i = 0; i < findings->count; i++)
        if (!findings->items[i].note) print_one(&findings->items[i], out);
    if (notes && shown) {
        fputs(errors ? "\nWorth knowing, no errors:\n" : "Worth knowing, no errors:\n",
              out);
        for (size_t i = 0; i < findings->count; i++)
            if (findings->items[i].note) print_one(&findings->items[i], out);
    }
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

void audit_print_csv(const struct audit_findings *findings, FILE *out)
{
    static const char *const head[] = {"file", "line", "column", "check",   "kind",
                                       "sure", "if",   "where",  "printed", "why"};
    struct rk_csv_writer w = {.file = out};

    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        rk_csv_cell(&w, head[i]);
    rk_csv_end(&w);
    for (size_t i = 0; i < findings->count; i++) {
        const struct audit_finding *f = &findings->items[i];
        rk_csv_cell(&w, f->file);
        rk_csv_long(&w, (long)f->line);
        rk_csv_long(&w, (long)f->column);
        rk_csv_cell(&w, f->check);
        rk_csv_cell(&w, f->note ? "note" : "finding");
        rk_csv_cell(&w, sure_words[f->sure]);
        rk_csv_cell(&w, or_empty(f->if_));
        rk_csv_cell(&w, or_empty(f->where));
        rk_csv_cell(&w, or_empty(f->printed));
        rk_csv_cell(&w, f->why);
        rk_csv_end(&w);
    }
}

static void json_text(const char *name, const char *text, FILE *out)
{
    fprintf(out, "\"%s\": \"", name);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < 0x20)
            fprintf(out, "\\u%04x", c);
        else
            putc(c, out);
    }
    putc('"', out);
}

void audit_print_json(const struct audit_findings *findings, FILE *out)
{
    fprintf(out, "{\"findings\": %zu, \"notes\": %zu, \"items\": [", audit_errors(findings),
            findings->count - audit_errors(findings));
    for (size_t i = 0; i < findings->count; i++) {
        const struct audit_finding *f = &findings->items[i];
        fputs(i ? ",\n  {" : "\n  {", out);
        json_text("file", f->file, out);
        fprintf(out, ", \"line\": %zu, \"column\": %zu, ", f->line, f->column);
        json_text("check", f->check, out);
        fprintf(out, ", \"kind\": \"%s\", \"sure\": \"%s\", ", f->note ? "note" : "finding",
                sure_words[f->sure]);
        json_text("if", or_empty(f->if_), out);
        fputs(", ", out);
        json_text("where", or_empty(f->where), out);
        fputs(", ", out);
        json_text("printed", or_empty(f->printed), out);
        fputs(", ", out);
        json_text("why", f->why, out);
        putc('}', out);
    }
    fputs("\n]}\n", out);
}
