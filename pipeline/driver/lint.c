// SPDX-License-Identifier: MIT
/** reckon lint: what the narratives say beside their bound numbers. */
#include "render/lint.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/driver.h"
#include "pipeline/driver/lint_people.h"
#include "render/narrative.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
    "reckon lint: typed numbers and words that the cells do not bear out\n"
    "\n"
    "  reckon lint config/working-well -o out            every report, with the cells of the last run\n"
    "  reckon lint config/working-well/brief.md -o out   one report\n"
    "  reckon lint config/working-well                   what can be seen without cells\n"
    "\n"
    "Each finding says file:line:column, what is wrong and how to mend it. With -o OUT claims are\n"
    "judged by OUT/40-release, a typed figure is set beside the cell that was probably meant, and\n"
    "quotations and case studies are held against OUT/20-people: a description that fits fewer people\n"
    "than may be published is an error. Writes nothing. --json prints one object. Exit status 1 when\n"
    "there is an error, 3 when a narrative cannot be read. docs/lint.md lists the rules.\n";

struct tally {
    size_t reports, sentences, numbers, errors, warnings, printed;
};

static void print_text(const struct lint_finding *finding)
{
    printf("%s:%zu:", finding->place.file, finding->place.line);
    if (finding->place.column)
        printf("%zu:", finding->place.column);
    printf(" %s%s [%s]\n", finding->error ? "" : "warning: ", finding->message, finding->rule);
}

static void print_json(const struct lint_finding *finding, bool first)
{
    fputs(first ? "\n  {" : ",\n  {", stdout);
    driver_json_field("file", finding->place.file, ", ", stdout);
    printf("\"line\": %zu, \"column\": %zu, \"end\": %zu, ", finding->place.line,
           finding->place.column, finding->end);
    driver_json_field("rule", finding->rule, ", ", stdout);
    driver_json_field("level", finding->error ? "error" : "warning", ", ", stdout);
    driver_json_field("message", finding->message, "}", stdout);
}

static void print_findings(struct rk_run *run, const struct lint_findings *findings,
                           struct tally *tally)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct lint_finding *finding = &findings->items[i];
        if (run->json)
            print_json(finding, tally->printed == 0);
        else
            print_text(finding);
        tally->printed++;
        tally->errors += finding->error;
        tally->warnings += !finding->error;
    }
    tally->sentences += findings->sentences;
    tally->numbers += findings->numbers;
}

/** The narrative's own mistakes, said by its reader; without cells there is nothing to read. */
static rk_status read_whole(struct rk_run *run, const struct results *results, const char *name)
{
    struct narrative *narrative;

    return results ? narrative_check(run, results, name, &narrative) : RK_OK;
}

static rk_status lint_one(struct rk_run *run, const struct results *results, const char *name,
                          struct tally *tally)
{
    struct lint_findings findings, people;

    RK_TRY(lint_narrative(run, results, name, &findings));
    print_findings(run, &findings, tally);
    RK_TRY(lint_people(run, name, &people));
    print_findings(run, &people, tally);
    tally->reports++;
    return read_whole(run, results, name);
}

static void summary(const struct tally *tally, bool with_cells)
{
    printf("%zu report%s, %zu sentences", tally->reports, tally->reports == 1 ? "" : "s",
           tally->sentences);
    if (with_cells)
        printf(", %zu bound numbers", tally->numbers);
    printf(": %zu error%s, %zu warning%s%s\n", tally->errors, tally->errors == 1 ? "" : "s",
           tally->warnings, tally->warnings == 1 ? "" : "s",
           with_cells ? "" : "; add -o OUT of the last run to judge claims by its cells");
}

/** Takes `STUDY/name.md` apart; the operand may also be the study alone. */
static const char *split_operand(struct rk_run *run, const char *operand)
{
    size_t bytes = strlen(operand);
    const char *slash = strrchr(operand, '/'), *name = slash ? slash + 1 : operand;

    if (bytes < 3 || strcmp(operand + bytes - 3, ".md") != 0)
        return NULL;
    run->study_dir = slash ? rk_arena_copy_n(run->arena, operand, (size_t)(slash - operand)) : ".";
    return rk_arena_copy_n(run->arena, name, strlen(name) - 3);
}

static bool is_report(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->narrative_count; i++)
        if (strcmp(study->narratives[i], name) == 0)
            return true;
    return false;
}

static rk_status lint(struct rk_run *run, const char **operands)
{
    const char *only = split_operand(run, operands[0]);
    const struct study *study;
    struct results *results = NULL;
    struct tally tally = {0};
    rk_status status = RK_OK;

    RK_TRY(study_open(run, &study));
    if (only && !is_report(study, only))
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s is no report of %s", operands[0],
                       study->dir);
    if (run->out_dir)
        RK_TRY(results_read(run, "40-release", &results));
    if (run->json)
        printf("{\"findings\": [");
    for (size_t i = 0; i < study->narrative_count; i++) {
        if (only && strcmp(only, study->narratives[i]) != 0)
            continue;
        rk_status one = lint_one(run, results, study->narratives[i], &tally);
        status = one > status ? one : status;
    }
    if (run->json)
        printf("%s], \"reports\": %zu, \"errors\": %zu, \"warnings\": %zu}\n",
               tally.printed ? "\n" : "", tally.reports, tally.errors, tally.warnings);
    else if (!run->quiet)
        summary(&tally, results != NULL);
    return status != RK_OK ? status : tally.errors ? RK_CHECK : RK_OK;
}

int driver_lint(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon lint", usage, "a study or one of its reports",
                                            1, false, lint};

    return driver_verb(argc, argv, &verb);
}
