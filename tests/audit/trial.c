// SPDX-License-Identifier: MIT
/**
 * Random reports that are right, and the same with one planted fault: how many false
 * alarms, how many faults caught. `trial [REPORTS] [-v]` prints the counts by kind; exit
 * status 1 on a false alarm or when fewer faults than promised are caught.
 *
 * Every report has one table of a random kind in a random form (Markdown, CSV, tabs,
 * columns of blanks) with percentages rounded half up or half to even, and sentences about
 * it.
 */
#include "pipeline/audit/audit.h"
#include "pipeline/base/rk_arena.h"
#include "tests/audit/reports.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_KINDS = 32 };

/* ---- forms ---- */

static void write_markdown(const struct report *r, FILE *out)
{
    for (size_t i = 0; i < r->rows; i++) {
        for (size_t j = 0; j < r->columns; j++)
            fprintf(out, "| %s ", r->cells[i][j]);
        fputs("|\n", out);
        for (size_t j = 0; i == 0 && j < r->columns; j++)
            fputs(j + 1 < r->columns ? "|---" : "|---|\n", out);
    }
}

static void write_csv(const struct report *r, FILE *out)
{
    for (size_t i = 0; i < r->rows; i++)
        for (size_t j = 0; j < r->columns; j++)
            fprintf(out, "\"%s\"%s", r->cells[i][j], j + 1 < r->columns ? "," : "\n");
}

static void write_tabs(const struct report *r, FILE *out)
{
    for (size_t i = 0; i < r->rows; i++)
        for (size_t j = 0; j < r->columns; j++)
            fprintf(out, "%s%s", r->cells[i][j], j + 1 < r->columns ? "\t" : "\n");
}

static size_t width(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static void write_columns(const struct report *r, FILE *out)
{
    for (size_t i = 0; i < r->rows; i++) {
        for (size_t j = 0; j < r->columns; j++) {
            size_t wide = j ? 26 : 28,
                   pad = wide > width(r->cells[i][j]) ? wide - width(r->cells[i][j]) : 2;
            if (j)
                fprintf(out, "%*s%s", (int)pad, "", r->cells[i][j]);
            else
                fprintf(out, "%s%*s", r->cells[i][j], (int)pad, "");
        }
        putc('\n', out);
    }
}

static void write_report(const struct report *r, int form, const char *path)
{
    FILE *out = fopen(path, "w");

    if (!out) exit(4);
    fprintf(out, form == 1 ? "\"%s\"\n" : "%s\n\n", r->caption);
    if (form == 0)
        write_markdown(r, out);
    else if (form == 1)
        write_csv(r, out);
    else if (form == 2)
        write_tabs(r, out);
    else
        write_columns(r, out);
    fprintf(out, *r->note ? (form == 1 ? "\"%s\"\n" : "\n%s\n") : "%s", r->note);
    for (size_t i = 0; i < r->sentence_count; i++)
        fprintf(out, form == 1 ? "\n\"%s\"\n" : "\n%s\n", r->sentences[i]);
    fclose(out);
}

/* ---- faults ---- */

/** Changes one digit (not to a leading zero) of the `which`-th number cell; false if there
 * is none. */
static bool change_digit(char *text)
{
    size_t places[TEXT], count = 0;

    for (size_t i = 0; text[i] && i < TEXT; i++)
        if (isdigit((unsigned char)text[i]) && (unsigned char)text[i] < 0x80)
            places[count++] = i;
    if (!count) return false;
    size_t at = places[(size_t)reports_between(0, (long)count - 1)];
    char old = text[at], new_ = old;
    bool leading = (at == 0 || !(isdigit((unsigned char)text[at - 1]) ||
                                 text[at - 1] == '.' || text[at - 1] == ',')) &&
                   isdigit((unsigned char)text[at + 1]);
    while (new_ == old || (leading && new_ == '0'))
        new_ = (char)('0' + reports_between(0, 9));
    text[at] = new_;
    return true;
}

static bool is_number(const char *text)
{
    return isdigit((unsigned char)text[0]) || text[0] == '+' || text[0] == '-' ||
           (unsigned char)text[0] == 0xC2;
}

enum fault { FAULT_DIGIT, FAULT_SWAP, FAULT_SENTENCE, FAULTS };
static const char *const fault_names[] = {"a digit", "two cells changed places",
                                          "a digit in a sentence"};

static bool plant(struct report *r, int fault)
{
    if (fault == FAULT_SENTENCE)
        for (size_t tries = 0; r->sentence_count && tries < 50; tries++) {
            char *text = r->sentences[reports_between(0, (long)r->sentence_count - 1)];
            size_t at = (size_t)reports_between(0, (long)strlen(text) - 1);
            if (!isdigit((unsigned char)text[at]) || strncmp(text, "Between", 7) == 0)
                continue;
            char old = text[at];
            while (text[at] == old)
                text[at] = (char)('1' + reports_between(0, 8));
            return true;
        }
    for (size_t tries = 0; fault != FAULT_SENTENCE && tries < 400; tries++) {
        size_t i = (size_t)reports_between(1, (long)r->rows - 1),
               j = (size_t)reports_between(1, (long)r->columns - 1);
        size_t k = (size_t)reports_between(1, (long)r->rows - 1);
        char old[TEXT];
        if (!is_number(r->cells[i][j]) || r->fixed[i][j]) continue;
        if (fault == FAULT_DIGIT) return change_digit(r->cells[i][j]);
        if (!is_number(r->cells[k][j]) || strcmp(r->cells[i][j], r->cells[k][j]) == 0 ||
            r->fixed[k][j])
            continue;
        memcpy(old, r->cells[i][j], TEXT);
        memcpy(r->cells[i][j], r->cells[k][j], TEXT);
        memcpy(r->cells[k][j], old, TEXT);
        return true;
    }
    return false;
}

/* ---- the trial ---- */

static struct report make_report(size_t kind)
{
    struct report r = {.even = reports_between(0, 1),
                       .decimals = (int)reports_between(0, 2)};

    report_kinds[kind].make(&r);
    return r;
}

static size_t audit(const char *path, bool tell)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new(NULL);
    struct audit_findings found;
    struct audit_counts counts;
    const char *paths[] = {path};
    size_t errors = 9999;

    if (audit_files(arena, diag, paths, 1, NULL, 0, 5, &found, &counts) == RK_OK &&
        counts.tables == 1)
        errors = audit_errors(&found);
    if (tell && errors) audit_print_text(&found, false, stdout);
    rk_diag_free(diag);
    rk_arena_free(arena);
    return errors;
}

static const char *const forms[] = {"md", "csv", "txt", "txt"};

int main(int argc, char **argv)
{
    long reports = argc > 1 ? atol(argv[1]) : 1000;
    bool verbose = argc > 2;
    size_t right[MOST_KINDS] = {0}, alarms[MOST_KINDS] = {0},
           planted[MOST_KINDS][FAULTS] = {{0}}, caught[MOST_KINDS][FAULTS] = {{0}};
    size_t all_right = 0, all_alarms = 0, all_planted = 0, all_caught = 0;
    char path[64];

    for (long n = 0; n < 2 * reports; n++) {
        size_t kind = (size_t)(n / 2) % report_kind_count;
        int form = (int)(n / 2 / (long)report_kind_count) % 4,
            fault = (int)(n / 2) % FAULTS;
        bool wrong = n % 2;
        fault = fault == FAULT_SWAP && !report_kinds[kind].swaps ? FAULT_DIGIT : fault;
        reports_state = 88172645463325252u + 7919u * (uint64_t)(n / 2);
        for (int i = 0; i < 20; i++)
            reports_draw();
        struct report r = make_report(kind);
        if (wrong && !plant(&r, fault) && !plant(&r, fault = FAULT_DIGIT)) continue;
        snprintf(path, sizeof path, "%s/reckon-trial-%ld.%s",
                 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (long)getpid(), forms[form]);
        write_report(&r, form, path);
        size_t errors = audit(path, verbose && !wrong);
        if (!wrong) {
            right[kind]++;
            alarms[kind] += errors > 0;
        } else {
            planted[kind][fault]++;
            caught[kind][fault] += errors > 0 && errors < 9999;
        }
        if (verbose && (wrong ? errors == 0 || errors == 9999 : errors > 0)) {
            printf("---- %s %s %zu\n", wrong ? fault_names[fault] : "FALSE ALARM",
                   report_kinds[kind].name, errors);
            fflush(stdout);
            FILE *in = fopen(path, "r");
            for (int c; in && (c = getc(in)) != EOF;)
                putchar(c);
            if (in) fclose(in);
        }
        remove(path);
    }
    printf("%-12s %18s   caught: %s, %s, %s\n", "kind", "false alarms", fault_names[0],
           fault_names[1], fault_names[2]);
    for (size_t k = 0; k < report_kind_count; k++) {
        printf("%-12s %8zu of %6zu  ", report_kinds[k].name, alarms[k], right[k]);
        for (size_t f = 0; f < FAULTS; f++) {
            printf("  %4zu of %4zu", caught[k][f], planted[k][f]);
            all_planted += planted[k][f];
            all_caught += caught[k][f];
        }
        putchar('\n');
        all_right += right[k];
        all_alarms += alarms[k];
    }
    printf("%zu sound reports: %zu with a false alarm; %zu planted faults: %zu caught "
           "(%.1f%%)\n",
           all_right, all_alarms, all_planted, all_caught,
           100.0 * (double)all_caught / (double)all_planted);
    return all_alarms || all_caught * 100 < all_planted * 88;
}
