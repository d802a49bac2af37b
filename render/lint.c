// SPDX-License-Identifier: MIT
#include "render/lint_priv.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct lint_rule lint_rules[] = {
    {"typed-number", "a figure that is no cell, citation, date or label"},
    {"number-word", "a figure in words: two thirds, half, twenty"},
    {"rounded-difference", "a difference taken between rounded figures"},
    {"claim", "a word that the cells do not support: rose, most, significant"},
    {"no-evidence", "such a word with no cell and no claim to judge it by"},
    {"cause", "impact, effect, because of: the design cannot show it"},
    {"two-bases", "two bases in one comparison"},
    {"unit", "clients over records, or records over clients"},
    {"percent-change", "percentages subtracted as percent: points are meant"},
    {"headline", "a masked or small-base number in a headline"},
    {"close", "a comparison that the intervals do not tell apart"},
    {"exception", "an exception that nothing needs"},
    {"person", "a description that fits too few people"},
    {NULL, NULL},
};

/* ---- findings ---- */

static struct rk_place place_at(const struct lint *lint, size_t at)
{
    size_t line = 0;

    while (line + 1 < lint->line_count && lint->lines[line + 1] <= at)
        line++;
    return RK_AT(lint->path, line + 1, at - lint->lines[line] + 1);
}

/** Is what is found listed as an exception? Its text must cover the words or lie in them. */
static bool excepted(struct lint *lint, size_t at, size_t end)
{
    for (size_t i = 0; i < lint->exception_count; i++) {
        struct lint_exception *exception = &lint->exceptions[i];
        size_t bytes = strlen(exception->text);
        if (!exception->here)
            continue;
        for (size_t from = at > bytes ? at - bytes : 0; from < end; from++)
            if (strncmp(lint->raw + from, exception->text, bytes) == 0 && from + bytes > at) {
                exception->used = true;
                return true;
            }
    }
    return false;
}

static void add_finding(struct lint *lint, struct lint_finding finding)
{
    RK_ROOM(lint->arena, lint->out->items, lint->out->count, lint->finding_cap);
    lint->out->items[lint->out->count++] = finding;
}

void lint_find(struct lint *lint, const char *rule, bool error, size_t at, size_t end,
               const char *format, ...)
{
    va_list args;
    const char *message;

    if (excepted(lint, at, end))
        return;
    va_start(args, format);
    message = rk_arena_vprintf(lint->arena, format, args);
    va_end(args);
    struct rk_place place = place_at(lint, at);
    add_finding(lint, (struct lint_finding){place, place.column + (end - at), rule, message,
                                            error && !lint->lenient});
}

const char *lint_quote(struct lint *lint, size_t from, size_t to)
{
    char *text = rk_arena_copy_n(lint->arena, lint->raw + from, to - from), *out = text;

    for (char *p = text; *p; p++)
        if (!isspace((unsigned char)*p) || (out > text && out[-1] != ' '))
            *out++ = isspace((unsigned char)*p) ? ' ' : *p;
    *out = '\0';
    return rk_text_trim(text);
}

const char *lint_value(struct lint *lint, const struct cell *cell)
{
    return narrative_value(lint->reading, cell);
}

/* ---- exceptions.csv: report,text,reason ---- */

static rk_status exceptions_read(struct lint *lint, const char *name)
{
    struct reading *reading = lint->reading;
    const char *path = rk_arena_printf(lint->arena, "%s/exceptions.csv", lint->study->dir);
    static const char *const names[] = {"report", "text", "reason"};
    struct rk_csv_table table;
    rk_status status = RK_OK;
    long at[3];

    if (access(path, F_OK) != 0)
        return RK_OK;
    RK_TRY(rk_csv_table_read(lint->arena, reading->diag, path, &table));
    for (int i = 0; i < 3; i++)
        if ((at[i] = rk_csv_column(&table, names[i])) < 0)
            return rk_fail(reading->diag, RK_STUDY, RK_AT(path, 1, 0),
                           "exceptions.csv has the columns report,text,reason; \"%s\" is not "
                           "there",
                           names[i]);
    lint->exceptions = RK_ARRAY(lint->arena, struct lint_exception, table.rows + 1);
    for (size_t i = 0; i < table.rows; i++) {
        char **cells = table.cells + i * table.columns;
        struct lint_exception *exception = &lint->exceptions[lint->exception_count++];
        exception->text = rk_text_trim(cells[at[1]]);
        exception->reason = rk_text_trim(cells[at[2]]);
        exception->place = RK_AT(path, table.lines[i], 0);
        exception->here = strcmp(cells[at[0]], "*") == 0 || strcmp(cells[at[0]], name) == 0;
        if (!exception->text[0] || !exception->reason[0])
            status = rk_fail(reading->diag, RK_STUDY, exception->place,
                             "an exception has a text and a reason");
    }
    return status;
}

static void say_unused(struct lint *lint)
{
    for (size_t i = 0; i < lint->exception_count; i++) {
        const struct lint_exception *exception = &lint->exceptions[i];
        if (exception->here && !exception->used)
            add_finding(lint, (struct lint_finding){
                                  exception->place, 0, "exception",
                                  rk_arena_printf(lint->arena,
                                                  "nothing in the report needs the exception "
                                                  "\"%s\"; delete the line",
                                                  exception->text),
                                  false});
    }
}

/* ---- the rules in their order ---- */

static void look_at(struct lint *lint, const struct lint_segment *segment)
{
    size_t count;
    struct lint_sentence *sentences = lint_sentences(lint, segment, &count);

    for (size_t i = 0; i < count; i++) {
        lint_numbers(lint, &sentences[i]);
        lint_number_words(lint, &sentences[i]);
        lint_claims(lint, &sentences[i]);
        lint_causes(lint, &sentences[i]);
        lint_bases(lint, &sentences[i]);
        lint_headlines(lint, &sentences[i]);
        lint->out->numbers += sentences[i].cell_count;
    }
    lint->out->sentences += count;
}

static int by_place(const void *a, const void *b)
{
    const struct lint_finding *x = a, *y = b;
    int file = strcmp(x->place.file, y->place.file);

    if (file)
        return -file; /* report.md before exceptions.csv */
    if (x->place.line != y->place.line)
        return x->place.line < y->place.line ? -1 : 1;
    if (x->place.column != y->place.column)
        return x->place.column < y->place.column ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

/** `lint: warn`: what is found is said and keeps no report from being made. */
static bool is_lenient(struct reading *reading)
{
    static const char *const choices[] = {"error", "warn", NULL};
    int choice = 0;

    rk_yaml_choice(reading->diag, reading->source.front, "lint", choices, &choice);
    return choice == 1;
}

/** The file as prose. */
static rk_status lint_open(struct rk_run *run, const struct results *results, const char *name,
                           struct lint_findings *out, struct lint **opened)
{
    struct reading *reading = RK_NEW(run->arena, struct reading);
    struct lint *lint = RK_NEW(run->arena, struct lint);
    char *raw;

    *out = (struct lint_findings){0};
    *reading = (struct reading){
        .run = run,
        .arena = run->arena,
        .diag = run->diag,
        .results = results ? results : results_new(run->arena),
        .printed = rk_map_new(run->arena),
    };
    RK_TRY(study_open(run, &reading->study));
    *lint = (struct lint){
        .reading = reading,
        .arena = run->arena,
        .study = reading->study,
        .results = results,
        .path = rk_arena_printf(run->arena, "%s/%s.md", reading->study->dir, name),
        .out = out,
    };
    RK_TRY(narrative_source_read(run->arena, run->diag, lint->path, &reading->source));
    RK_TRY(rk_file_read(run->arena, run->diag, lint->path, &raw, &lint->bytes));
    lint->raw = raw;
    lint->lenient = is_lenient(reading);
    lint_text_read(lint);
    *opened = lint;
    return RK_OK;
}

rk_status lint_narrative(struct rk_run *run, const struct results *results, const char *name,
                         struct lint_findings *out)
{
    struct lint *lint;

    RK_TRY(lint_open(run, results, name, out, &lint));
    RK_TRY(exceptions_read(lint, name));
    lint_labels_read(lint);
    for (size_t i = 0; i < lint->segment_count; i++)
        look_at(lint, &lint->segments[i]);
    say_unused(lint);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_place);
    return RK_OK;
}

rk_status lint_portraits(struct rk_run *run, const char *name, struct lint_portrait **out,
                         size_t *count)
{
    const struct fence *before = NULL;
    struct lint_findings none;
    struct lint *lint;
    bool worded = false;
    size_t cap = 0;

    *count = 0;
    RK_TRY(lint_open(run, NULL, name, &none, &lint));
    for (size_t i = 0; i < lint->segment_count; i++) {
        const struct lint_segment *segment = &lint->segments[i];
        const char *words = rk_arena_copy_n(lint->arena, lint->text + segment->start,
                                            segment->end - segment->start);
        if (!segment->portrait)
            continue;
        bool items = strcmp(segment->portrait->kind, "quotes") == 0;
        worded &= segment->portrait == before;
        if (segment->portrait != before || items) {
            RK_ROOM(lint->arena, *out, *count, cap);
            (*out)[(*count)++] = (struct lint_portrait){
                place_at(lint, segment->start), "", fence_value(segment->portrait, "cleared")};
        }
        struct lint_portrait *last = &(*out)[*count - 1];
        if (!worded && segment->kind == LINT_PARAGRAPH) /* not at its title */
            last->place = place_at(lint, segment->start);
        worded = segment->kind == LINT_PARAGRAPH;
        last->words = rk_arena_printf(lint->arena, "%s %s", last->words, words);
        before = segment->portrait;
    }
    return RK_OK;
}
