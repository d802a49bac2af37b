// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/driver/driver.h"

#include <dirent.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "reckon audit: what cannot be true in published tables and sentences\n"
    "\n"
    "  reckon audit report.md                     Markdown or plain text, as anybody can "
    "type it\n"
    "  reckon audit table.csv text.md             several files of one or more documents\n"
    "  reckon audit report.pdf                    the text of a PDF (through pdftotext)\n"
    "  reckon audit --csv report.md >found.csv    for programs; --json as well\n"
    "\n"
    "  --below N       counts from 1 to N - 1 are noted as small (5)\n"
    "  --csv, --json   findings and notes for programs\n"
    "  -q              findings only, no notes and no counts\n"
    "  -h, --help      this text\n"
    "\n"
    "Each finding says where (file:line:column), what is printed, what it should be or why "
    "it cannot\n"
    "be, and how sure: proved, proved if, suspicious. Notes are true of sound reports, too "
    "(small\n"
    "groups, bases that percentages give away). docs/audit.md explains the form and the "
    "checks.\n"
    "\n"
    "Exit status: 0 no finding; 1 findings; 2 usage; 3 a {= formula} is wrong; 4 a file "
    "cannot be read.\n";

enum style { STYLE_TEXT, STYLE_CSV, STYLE_JSON };

struct request {
    enum style style;
    long below; /**< counts from 1 to below it are small */
    bool quiet, help, wrong;
};

/** A whole number, 2 to 1000: counts of 1 are the least that can be small. */
static bool read_below(const char *text, long *below)
{
    char *end;

    *below = strtol(text, &end, 10);
    if (end == text || *end || *below < 2 || *below > 1000) *below = 0;
    return *below > 0;
}

static struct request read_arguments(int argc, char **argv)
{
    static const struct option options[] = {
        {"below", required_argument, NULL, 'b'},
        {"csv",   no_argument, NULL, 'c'},
        {"json",  no_argument, NULL, 'j'},
        {"quiet", no_argument, NULL, 'q'},
        {"help",  no_argument, NULL, 'h'},
        {NULL,    0,           NULL, 0  },
    };
    struct request request = {.below = 5};

    optind = 0; /* another verb may have used getopt before */
    for (int c; (c = getopt_long(argc, argv, "hq", options, NULL)) != -1;) {
        if (c == 'b')
            request.wrong |= !read_below(optarg, &request.below);
        else if (c == 'c')
            request.style = STYLE_CSV;
        else if (c == 'j')
            request.style = STYLE_JSON;
        else if (c == 'q')
            request.quiet = true;
        else if (c == 'h')
            request.help = true;
        else
            request.wrong = true;
    }
    return request;
}

static int is_scale(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');

    return end && strcmp(end, ".yaml") == 0;
}

/** The files of config/scales; none is no error. */
static size_t list_scales(struct rk_run *run, const char ***out)
{
    struct rk_diag *silent = rk_diag_new(NULL), *spoken = run->diag;
    const char *folder = NULL;
    struct dirent **entries;
    int count = -1;
    rk_status found;

    *out = NULL;
    run->diag = silent;
    found = rk_run_share(run, ".", "scales", &folder);
    run->diag = spoken;
    rk_diag_free(silent);
    if (found == RK_OK) count = scandir(folder, &entries, is_scale, alphasort);
    if (count < 0) return 0;
    *out = RK_ARRAY(run->arena, const char *, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        (*out)[i] = rk_arena_printf(run->arena, "%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}

static void print(const struct request *request, const struct audit_findings *found,
                  const struct audit_counts *counts)
{
    size_t errors = audit_errors(found);

    if (request->style == STYLE_CSV)
        audit_print_csv(found, stdout);
    else if (request->style == STYLE_JSON)
        audit_print_json(found, stdout);
    else
        audit_print_text(found, !request->quiet, stdout);
    if (request->style == STYLE_TEXT && !request->quiet)
        printf("%s%zu tables, %zu numbers, %zu blocks of text: %zu finding%s, %zu note%s\n",
               found->count ? "\n" : "", counts->tables, counts->numbers, counts->sentences,
               errors, errors == 1 ? "" : "s", found->count - errors,
               found->count - errors == 1 ? "" : "s");
}

static rk_status work(struct rk_run *run, const struct request *request,
                      const char *const *paths, size_t count)
{
    struct audit_findings found;
    struct audit_counts counts;
    const char **scales;
    size_t scale_count = list_scales(run, &scales);

    RK_TRY(audit_files(run->arena, run->diag, paths, count, scales, scale_count, request->below,
                       &found, &counts));
    print(request, &found, &counts);
    if (rk_diag_errors(run->diag)) return RK_STUDY;
    return audit_errors(&found) ? RK_CHECK : RK_OK;
}

int driver_audit(int argc, char **argv)
{
    struct request request = read_arguments(argc, argv);
    struct rk_run run = {.program = "reckon audit", .lock = -1};
    rk_status status;

    if (request.help) {
        fputs(usage, stdout);
        return RK_OK;
    }
    if (request.below == 0) fputs("reckon audit: --below needs a whole number, 2 to 1000\n", stderr);
    if (request.wrong || optind >= argc) {
        fputs(request.wrong ? "" : "reckon audit: which file?\n", stderr);
        fputs("reckon audit --help shows examples\n", stderr);
        return RK_USAGE;
    }
    run.arena = rk_arena_new();
    run.diag = rk_diag_new(run.program);
    status =
        work(&run, &request, (const char *const *)(argv + optind), (size_t)(argc - optind));
    rk_diag_flush(run.diag);
    rk_diag_free(run.diag);
    rk_arena_free(run.arena);
    return (int)status;
}
