// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_program.h"

#include "pipeline/attack/attack_inputs.h"
#include "pipeline/base/rk_number.h"
#include "pipeline/base/rk_run.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "reckon-attack: tries to work out what is masked, from what was published and nothing else\n"
    "\n"
    "  reckon-attack out                      a run: its tables, charts, attachments and PDFs\n"
    "  reckon-attack report.pdf               a PDF alone: what is attached, and its words\n"
    "  reckon-attack spring/40-release autumn/40-release     two releases against each other\n"
    "  reckon-attack table.csv --below 10     a table of counts; [c], * and <10 are hidden\n"
    "\n"
    "  --below N   what counts as small where the release does not say it (5)\n"
    "\n"
    "Give the earliest release first. A masked count is recovered when it could be small and lies\n"
    "in a range of less than N; so are small counts that are printed or follow by subtraction.\n"
    "Folders are read for 40-release, 50-charts and *.pdf only: never the true results.\n"
    "Exit status: 0 nothing was recovered; 1 something was.\n";

/** Takes --below N out of the arguments. */
static bool take_below(int *argc, char **argv, long *below)
{
    int to = 1;
    bool fine = true;

    for (int i = 1; i < *argc; i++) {
        const char *value = NULL;
        if (strcmp(argv[i], "--below") == 0)
            value = i + 1 < *argc ? argv[++i] : "";
        else if (strncmp(argv[i], "--below=", 8) == 0)
            value = argv[i] + 8;
        if (value)
            fine = fine && rk_text_integer(value, below) && *below >= 2;
        else
            argv[to++] = argv[i];
    }
    *argc = to;
    return fine;
}

static void print_text(const char *text)
{
    putchar('"');
    for (const char *at = text; *at; at++) {
        if (*at == '"' || *at == '\\')
            putchar('\\');
        if ((unsigned char)*at < 0x20)
            printf("\\u%04x", (unsigned)*at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void print_json(struct rk_arena *arena, const struct attack_findings *findings)
{
    printf("{\"findings\": [");
    for (size_t i = 0; i < findings->count; i++) {
        const struct attack_finding *finding = &findings->all[i];
        printf("%s\n  {\"kind\": ", i ? "," : "");
        print_text(attack_kind_name(finding->kind));
        printf(", \"place\": ");
        print_text(finding->place);
        printf(", \"cell\": ");
        print_text(finding->cell);
        printf(", \"low\": %g", finding->low);
        if (finding->high < HUGE_VAL)
            printf(", \"high\": %g", finding->high);
        printf(", \"assumed\": %s, \"says\": ", finding->assumed ? "true" : "false");
        print_text(attack_say(arena, finding));
        printf("}");
    }
    puts("\n]}");
}

static void count_masked(const struct attack_inputs *inputs, size_t *masked)
{
    *masked = 0;
    for (size_t r = 0; r < inputs->release_count; r++)
        for (size_t i = 0; i < inputs->releases[r].spot_count; i++)
            *masked += inputs->releases[r].spots[i].masked;
}

static rk_status report(struct rk_run *run, const struct attack_inputs *inputs,
                        const struct attack_findings *findings)
{
    size_t masked;

    count_masked(inputs, &masked);
    if (run->json) {
        print_json(run->arena, findings);
    } else {
        for (size_t i = 0; i < findings->count; i++)
            printf("%s: %s\n", findings->all[i].place, attack_say(run->arena, &findings->all[i]));
        if (!run->quiet)
            printf("%zu release%s, %zu masked counts, %zu rules, %zu texts: %zu recovered\n",
                   inputs->release_count, inputs->release_count == 1 ? "" : "s", masked,
                   inputs->facts->rule_count, inputs->text_count, findings->count);
    }
    return findings->count ? RK_CHECK : RK_OK;
}

static rk_status work(struct rk_run *run, const char **paths, size_t count, long below)
{
    struct attack_inputs inputs = {.facts = attack_facts_new(run->arena, run->diag),
                                   .below = below};
    struct attack_findings findings = {.arena = run->arena};

    if (!count)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "needs a folder, a PDF or a table; reckon-attack --help shows examples");
    for (size_t i = 0; i < count; i++)
        RK_TRY(attack_take(&inputs, paths[i]));
    for (size_t i = 0; i < inputs.release_count; i++)
        if (!inputs.releases[i].about.masked)
            rk_diag_say(run->diag, RK_DIAG_WARNING, RK_AT(inputs.releases[i].place, 0, 0),
                        "is an internal release: nothing in it is masked");
    RK_TRY(attack_all(&inputs, &findings));
    return report(run, &inputs, &findings);
}

int attack_program(int argc, char **argv)
{
    struct rk_arena *arena = rk_arena_new();
    const char **operands = RK_ARRAY(arena, const char *, (size_t)argc + 1);
    size_t count = 0;
    long below = 5;
    bool fine = take_below(&argc, argv, &below);
    struct rk_run run;
    rk_status status = rk_run_open(&run, "reckon-attack", argc, argv, usage, operands, &count);

    if (status == RK_OK && !run.done) {
        status = fine ? work(&run, operands, count, below)
                      : rk_fail(run.diag, RK_USAGE, RK_NOWHERE,
                                "--below needs a whole number from 2, such as 5 or 10");
    }
    rk_run_close(&run);
    rk_arena_free(arena);
    return (int)status;
}
