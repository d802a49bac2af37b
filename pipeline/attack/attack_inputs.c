// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_inputs.h"

#include "pipeline/attack/attack_pdf.h"
#include "pipeline/attack/attack_solve.h"
#include "pipeline/attack/attack_statistic.h"
#include "pipeline/attack/attack_structure.h"
#include "pipeline/attack/attack_table.h"
#include "pipeline/attack/attack_text.h"
#include "pipeline/attack/attack_waves.h"
#include "pipeline/base/rk_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_file(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static bool ends(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/** Files of a folder that end so, by name. */
static size_t list(struct rk_arena *arena, const char *folder, const char *end, char ***out)
{
    DIR *dir = opendir(folder);
    size_t count = 0, cap = 0;

    *out = NULL;
    if (!dir)
        return 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!ends(entry->d_name, end))
            continue;
        RK_ROOM(arena, *out, count, cap);
        (*out)[count++] = rk_arena_printf(arena, "%s/%s", folder, entry->d_name);
    }
    closedir(dir);
    if (count)
        qsort(*out, count, sizeof **out, by_name);
    return count;
}

static struct attack_release *add_release(struct attack_inputs *inputs, const char *place)
{
    struct attack_release *release;

    RK_ROOM(inputs->facts->arena, inputs->releases, inputs->release_count, inputs->release_cap);
    release = &inputs->releases[inputs->release_count];
    *release = (struct attack_release){
        .place = place,
        .number = inputs->release_count++,
        .about = {.study = "", .as_at = "", .suppress_below = inputs->below, .masked = true},
    };
    return release;
}

static void add_text(struct attack_inputs *inputs, const char *text, const char *place)
{
    RK_ROOM(inputs->facts->arena, inputs->texts, inputs->text_count, inputs->text_cap);
    inputs->texts[inputs->text_count++] = (struct attack_text_input){
        .text = text,
        .place = place,
        .release = inputs->release_count ? inputs->release_count - 1 : 0};
}

/* ---- pages, read meanwhile ---- */

/** As many programs read at a time. */
enum { READERS_MOST = 4 };

static rk_status finish_text(struct attack_inputs *inputs, struct attack_text_input *input)
{
    struct attack_facts *facts = inputs->facts;
    char *text;

    if (input->text)
        return RK_OK;
    RK_TRY(attack_pdf_end(facts->arena, facts->diag, &input->reader, input->place, &text));
    input->text = text;
    return RK_OK;
}

static void drop_readers(struct attack_inputs *inputs)
{
    for (size_t i = 0; i < inputs->text_count; i++)
        rk_child_drop(&inputs->texts[i].reader);
}

static rk_status add_pages(struct attack_inputs *inputs, const char *pdf)
{
    size_t at_work = 0;

    for (size_t i = inputs->text_count; i-- > 0;)
        if (!inputs->texts[i].text && ++at_work == READERS_MOST)
            RK_TRY(finish_text(inputs, &inputs->texts[i]));
    add_text(inputs, NULL, pdf);
    inputs->texts[inputs->text_count - 1].reader = attack_pdf_start(pdf);
    return RK_OK;
}

static rk_status take_release(struct attack_inputs *inputs, const char *folder)
{
    struct rk_arena *arena = inputs->facts->arena;
    struct attack_release *release = add_release(inputs, folder);
    const char *about = rk_arena_printf(arena, "%s/release.csv", folder);
    const char *bases = rk_arena_printf(arena, "%s/bases.csv", folder);

    if (is_file(about))
        RK_TRY(about_read(arena, inputs->facts->diag, about, &release->about));
    return attack_release_read(inputs->facts, release,
                               rk_arena_printf(arena, "%s/cells.csv", folder),
                               is_file(bases) ? bases : NULL);
}

static rk_status take_words(struct attack_inputs *inputs, const char *pdf)
{
    struct attack_facts *facts = inputs->facts;
    char *text;

    RK_TRY(add_pages(inputs, pdf));
    RK_TRY(attack_pdf_alt(facts->arena, facts->diag, pdf, &text));
    add_text(inputs, text, rk_arena_printf(facts->arena, "%s (alternative texts)", pdf));
    return RK_OK;
}

/** A PDF alone: the release is what is attached. */
static rk_status take_pdf(struct attack_inputs *inputs, const char *pdf)
{
    struct attack_facts *facts = inputs->facts;
    const char *cells, *bases, *about;

    RK_TRY(attack_pdf_attachment(facts->arena, facts->diag, pdf, "cells.csv", &cells));
    RK_TRY(attack_pdf_attachment(facts->arena, facts->diag, pdf, "bases.csv", &bases));
    RK_TRY(attack_pdf_attachment(facts->arena, facts->diag, pdf, "release.csv", &about));
    struct attack_release *release = add_release(inputs, pdf);
    if (about)
        RK_TRY(about_read(facts->arena, facts->diag, about, &release->about));
    if (cells)
        RK_TRY(attack_release_read(facts, release, cells, bases));
    else
        rk_diag_say(facts->diag, RK_DIAG_WARNING, RK_AT(pdf, 0, 0),
                    "no cells.csv is attached; only its words are read");
    return take_words(inputs, pdf);
}

static rk_status take_chart_words(struct attack_inputs *inputs, const char *folder)
{
    char **files, *text;
    size_t bytes, count = list(inputs->facts->arena, folder, ".svg", &files);

    for (size_t i = 0; i < count; i++) {
        RK_TRY(rk_file_read(inputs->facts->arena, inputs->facts->diag, files[i], &text, &bytes));
        char *from = strstr(text, "<desc"), *end = from ? strstr(from, "</desc>") : NULL;
        if (!end)
            continue;
        *end = '\0';
        add_text(inputs, strchr(from, '>') + 1, files[i]);
    }
    return RK_OK;
}

/** A run's folder: only what is to be published is looked at. */
static rk_status take_outputs(struct attack_inputs *inputs, const char *folder)
{
    struct rk_arena *arena = inputs->facts->arena;
    char **pdfs;
    size_t count = list(arena, folder, ".pdf", &pdfs);

    RK_TRY(take_release(inputs, rk_arena_printf(arena, "%s/40-release", folder)));
    RK_TRY(take_chart_words(inputs, rk_arena_printf(arena, "%s/50-charts", folder)));
    for (size_t i = 0; i < count; i++)
        if (!ends(pdfs[i], "-internal.pdf")) /* of another run in the same folder */
            RK_TRY(take_words(inputs, pdfs[i]));
    return RK_OK;
}

static rk_status take_file(struct attack_inputs *inputs, const char *path)
{
    struct attack_facts *facts = inputs->facts;
    char *text;
    size_t bytes;

    if (ends(path, ".csv"))
        return attack_table_read(facts, add_release(inputs, path), path);
    RK_TRY(rk_file_read(facts->arena, facts->diag, path, &text, &bytes));
    if (memchr(text, '\0', bytes))
        return rk_fail(facts->diag, RK_CHECK, RK_AT(path, 0, 0),
                       "is neither a folder, a PDF, a CSV file nor a text");
    add_text(inputs, text, path);
    return RK_OK;
}

static rk_status take(struct attack_inputs *inputs, const char *path)
{
    struct rk_arena *arena = inputs->facts->arena;

    if (is_file(rk_arena_printf(arena, "%s/cells.csv", path)))
        return take_release(inputs, path);
    if (is_file(rk_arena_printf(arena, "%s/40-release/cells.csv", path)))
        return take_outputs(inputs, path);
    if (is_folder(path))
        return rk_fail(inputs->facts->diag, RK_WORLD, RK_AT(path, 0, 0),
                       "has neither cells.csv nor 40-release/cells.csv in it");
    return ends(path, ".pdf") ? take_pdf(inputs, path) : take_file(inputs, path);
}

/** What adds up, and then what the statistics leave of it. */
static void solve(struct attack_inputs *inputs, bool assumed)
{
    bool narrowed = false;

    attack_solve(inputs->facts, assumed);
    for (size_t i = 0; i < inputs->release_count; i++)
        narrowed |= attack_statistics(inputs->facts, &inputs->releases[i], assumed);
    if (narrowed)
        attack_solve(inputs->facts, assumed);
}

rk_status attack_take(struct attack_inputs *inputs, const char *path)
{
    rk_status status = take(inputs, path);

    if (status != RK_OK)
        drop_readers(inputs);
    return status;
}

static rk_status read_texts(struct attack_inputs *inputs, struct attack_findings *findings)
{
    for (size_t i = 0; i < inputs->text_count; i++) {
        struct attack_text_input *input = &inputs->texts[i];

        RK_TRY(finish_text(inputs, input));
        if (inputs->release_count)
            attack_text(inputs->facts, &inputs->releases[input->release], input->text,
                        input->place, findings);
    }
    return RK_OK;
}

rk_status attack_all(struct attack_inputs *inputs, struct attack_findings *findings)
{
    struct attack_facts *facts = inputs->facts;
    rk_status status;

    for (size_t i = 0; i < inputs->release_count; i++)
        attack_structure(facts, &inputs->releases[i]);
    for (size_t i = 1; i < inputs->release_count; i++)
        if (strcmp(inputs->releases[i].about.study, inputs->releases[i - 1].about.study) == 0)
            attack_waves(facts, &inputs->releases[i - 1], &inputs->releases[i]);
    for (int assumed = 0; assumed < 2; assumed++) {
        solve(inputs, assumed);
        attack_find(facts, inputs->releases, inputs->release_count, assumed, findings);
    }
    status = read_texts(inputs, findings);
    drop_readers(inputs);
    return status;
}
