// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_input.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_header.h"
#include "pipeline/clean/clean_reader.h"
#include "pipeline/contract/folder.h"

#include <fnmatch.h>
#include <string.h>

static void add(struct clean_source *source, struct clean_inputs *out, const char *name,
                const char *path, const char *sheet)
{
    struct rk_arena *arena = source->run->arena;

    RK_ROOM(arena, out->list, out->count, out->cap);
    out->list[out->count++] = (struct clean_input){
        .name = sheet ? rk_arena_printf(arena, "%s!%s", name, sheet) : name,
        .path = path,
        .sheet = sheet};
}

static const char *quoted(struct rk_arena *arena, const char *const *names, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = rk_arena_printf(arena, "%s%s\"%s\"", text, i ? ", " : "", names[i]);
    return text;
}

/* How many declared headings the best row of a sheet has. */
static rk_status count_headings(struct clean_source *source, const char *path,
                                const char *sheet, size_t *out)
{
    struct extract_options options = {.sheet = sheet};
    struct clean_reader *reader;
    const struct rk_csv_row *rows;
    size_t count;

    RK_TRY(clean_reader_open(source->run->arena, source->run->diag, path, options,
                             CLEAN_HEADER_WITHIN, &reader));
    rows = clean_reader_ahead(reader, &count);
    *out = clean_header_score(source, rows, count);
    clean_reader_close(reader);
    return RK_OK;
}

/* The study says nothing: the one sheet that has the headings. */
static rk_status guess_sheet(struct clean_source *source, const char *name, const char *path,
                             const struct extract_sheets *sheets, struct clean_inputs *out)
{
    struct rk_arena *arena = source->run->arena;
    size_t most = 0, alike = 0, best = 0;

    for (size_t i = 0; i < sheets->count; i++) {
        size_t headings;

        RK_TRY(count_headings(source, path, sheets->names[i], &headings));
        alike = headings > most ? 1 : alike + (headings == most && headings > 0);
        if (headings <= most) continue;
        most = headings;
        best = i;
    }
    if (most == 0 || alike > 1)
        return rk_fail(source->run->diag, RK_STUDY, RK_AT(path, 1, 0),
                       "%s: %s; write under \"%s\" in study.yaml the one that is meant, or "
                       "several: sheet: [%s]",
                       source->source->name,
                       most ? "more than one sheet of the workbook has its headings"
                            : "no sheet of the workbook has any of its headings",
                       source->source->name, quoted(arena, sheets->names, sheets->count));
    rk_diag_say(source->run->diag, RK_DIAG_NOTE, RK_AT(path, 0, 0),
                "%s is read from the sheet \"%s\", which has its headings; \"sheet: %s\" in "
                "study.yaml settles it",
                source->source->name, sheets->names[best], sheets->names[best]);
    add(source, out, name, path, sheets->names[best]);
    return RK_OK;
}

static bool is_meant(const struct study_source *source, const char *sheet)
{
    for (size_t i = 0; i < source->sheet_count; i++)
        if (fnmatch(source->sheets[i], sheet, 0) == 0 || strcmp(source->sheets[i], sheet) == 0)
            return true;
    return false;
}

static rk_status chosen_sheets(struct clean_source *source, const char *name, const char *path,
                               const struct extract_sheets *sheets, struct clean_inputs *out)
{
    const struct study_source *study = source->source;
    size_t before = out->count;

    for (size_t i = 0; i < sheets->count; i++)
        if (is_meant(study, sheets->names[i])) add(source, out, name, path, sheets->names[i]);
    if (out->count > before) return RK_OK;
    for (size_t i = 0; i < study->sheet_count; i++) /* a hidden one, or none: opening says */
        add(source, out, name, path, study->sheets[i]);
    return RK_OK;
}

static rk_status add_file(struct clean_source *source, const char *name, const char *path,
                          struct clean_inputs *out)
{
    struct extract_sheets sheets;

    RK_TRY(extract_sheets(source->run->arena, source->run->diag, path, &sheets));
    if (sheets.count && source->source->sheet_count)
        return chosen_sheets(source, name, path, &sheets, out);
    if (sheets.count > 1) return guess_sheet(source, name, path, &sheets, out);
    if (source->source->database) /* as it is found in OUT */
        name = rk_arena_printf(source->run->arena, "%s/%s", STUDY_DATABASE_FOLDER, name);
    add(source, out, name, path, sheets.count ? sheets.names[0] : NULL);
    return RK_OK;
}

static rk_status no_file(const struct clean_source *source)
{
    const struct study_source *study = source->source;
    const char *data = source->study->data_dir, *nearest;
    struct folder_list all;

    if (study->optional) return RK_OK;
    RK_TRY(folder_list_glob(source->run->arena, source->run->diag, data, "*", &all));
    nearest = rk_text_nearest(study->file, all.names, all.count);
    if (nearest)
        return rk_fail(source->run->diag, RK_WORLD, study->place,
                       "no file fits \"%s\" in %s; did you mean \"%s\"?", study->file, data,
                       nearest);
    return rk_fail(source->run->diag, RK_WORLD, study->place,
                   "no file fits \"%s\" in %s, which holds %zu files (\"optional: yes\" lets "
                   "the source be empty)",
                   study->file, data, all.count);
}

rk_status clean_inputs_find(struct clean_source *source, struct clean_inputs *out)
{
    struct rk_arena *arena = source->run->arena;
    const char *data = study_folder(source->run, source->study, source->source);
    rk_status worst = RK_OK;
    struct folder_list files;

    *out = (struct clean_inputs){NULL, 0, 0};
    RK_TRY(folder_list_glob(arena, source->run->diag, data, source->source->file, &files));
    if (!files.count) return no_file(source);
    for (size_t i = 0; i < files.count; i++) {
        const char *path = rk_arena_printf(arena, "%s/%s", data, files.names[i]);
        rk_status status = add_file(source, files.names[i], path, out);

        worst = status > worst ? status : worst;
    }
    return worst;
}
