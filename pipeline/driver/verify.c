// SPDX-License-Identifier: MIT
/** reckon verify: with the PDF alone, and with the extracts. */
#include "pipeline/driver/verify_priv.h"

#include "pipeline/attack/attack_pdf.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/driver/driver.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "reckon verify: is a PDF what it was, and do its numbers tie?\n"
    "\n"
    "  reckon verify out/interim-evaluation.pdf                           with the PDF alone\n"
    "  reckon verify interim-evaluation.pdf config/working-well           and a rerun from the extracts\n"
    "  reckon verify interim-evaluation.pdf config/working-well --data delivery-2 --as-at 2015-09-30\n"
    "  reckon verify out                                                  is the folder one whole set?\n"
    "\n"
    "With the PDF alone: attachments and pages are as they were when the report was made; every printed\n"
    "number is the attached cell, rounded; shares, intervals, changes, totals and bases tie; the attached\n"
    "tables say what the cells say. Somebody who changes a report and all of these with it is found by\n"
    "the rerun: it makes the report anew in a folder of its own, compares every cell and the bytes, and\n"
    "removes the folder. Needs poppler-utils. With an output folder: every folder and report in it is what\n"
    "run.json says, so that all are of one run. Exit status 1 when something is wrong.\n";

static void say(struct verify *verify, const char *word, const char *format, va_list args)
{
    const char *words = rk_arena_vprintf(verify->arena, format, args);
    static const char *const before[] = {"\n  {", ",\n  {"};

    if (verify->run->json) {
        fputs(before[verify->said++ > 0], stdout);
        driver_json_field("verdict", word, ", ", stdout);
        driver_json_field("what", words, "}", stdout);
    } else if (!verify->run->quiet || strcmp(word, "WRONG") == 0) {
        printf("%-5s  %s\n", word, words);
    }
}

void verify_wrong(struct verify *verify, const char *format, ...)
{
    va_list args;

    verify->wrong++;
    va_start(args, format);
    say(verify, "WRONG", format, args);
    va_end(args);
}

void verify_right(struct verify *verify, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(verify, "ok", format, args);
    va_end(args);
}

/** pdftotext ends each page with a form feed. */
static rk_status read_pages(struct verify *verify)
{
    char *text;
    size_t cap = 0;

    RK_TRY(attack_pdf_text(verify->arena, verify->run->diag, verify->pdf, &text));
    for (char *end; (end = strchr(text, '\f')) != NULL; text = end + 1) {
        RK_ROOM(verify->arena, verify->pages, verify->page_count, cap);
        verify->pages[verify->page_count++] =
            rk_arena_copy_n(verify->arena, text, (size_t)(end - text));
    }
    return RK_OK;
}

static rk_status read_attachments(struct verify *verify)
{
    struct rk_run there = *verify->run;
    const char *release = rk_arena_printf(verify->arena, "%s/40-release", verify->folder.path);
    const char *seal = rk_arena_printf(verify->arena, "%s/seal.csv", release);

    if (mkdir(release, 0700) != 0)
        return rk_file_fail(verify->run->diag, release, "make the folder");
    RK_TRY(attack_pdf_save_all(verify->run->diag, verify->pdf, release));
    if (access(seal, R_OK) != 0)
        return rk_fail(verify->run->diag, RK_CHECK, RK_AT(verify->pdf, 0, 0),
                       "has no seal.csv among its attachments: reckon did not make it, somebody has "
                       "taken it out, or its theme says pdf: archive");
    RK_TRY(rk_csv_table_read(verify->arena, verify->run->diag, seal, &verify->seal));
    if (verify->seal.columns != 3)
        return rk_fail(verify->run->diag, RK_CHECK, RK_AT(verify->pdf, 0, 0),
                       "its seal.csv is not one of ours");
    there.out_dir = verify->folder.path;
    return results_read(&there, "40-release", &verify->results);
}

static void compare_one(void *context, const char *what, bool same)
{
    if (same)
        verify_right(context, "%s: as the run wrote it", what);
    else if (strcmp(what, ".run.json") == 0)
        verify_wrong(context, "a run has begun that is not through; `reckon run` goes on");
    else
        verify_wrong(context, "%s: not what the run of run.json wrote", what);
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static rk_status look(struct verify *verify, const char *study)
{
    if (is_folder(verify->pdf)) return manifest_compare(verify->run, verify, compare_one);
    RK_TRY(verify_folder_new(verify->run, &verify->folder));
    RK_TRY(read_pages(verify));
    RK_TRY(read_attachments(verify));
    verify_files(verify);
    verify_pages(verify);
    verify_cells(verify);
    verify_tables(verify);
    verify_sums(verify);
    return study ? verify_rerun(verify, study) : RK_OK;
}

static rk_status verify(struct rk_run *run, const char **operands)
{
    struct verify one = {.run = run, .arena = run->arena, .pdf = operands[0]};
    rk_status status;

    if (access(one.pdf, R_OK) != 0)
        return rk_file_fail(run->diag, one.pdf, "read");
    if (run->data_dir && !operands[1])
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "a rerun from the extracts needs the study, too: reckon verify %s STUDYDIR "
                       "--data %s",
                       one.pdf, run->data_dir);
    if (run->json)
        fputs("{\"findings\": [", stdout);
    run->out_dir = operands[0]; /* if it is a folder */
    status = look(&one, operands[1]);
    verify_folder_remove(&one.folder);
    if (run->json)
        printf("%s], \"wrong\": %zu}\n", one.said ? "\n" : "", one.wrong);
    return status != RK_OK ? status : one.wrong ? RK_CHECK : RK_OK;
}

int driver_verify(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon verify", usage, "a PDF or an output folder; for a rerun of a PDF the study", 1, false, verify};

    return driver_verb_up_to(argc, argv, &verb, 2);
}
