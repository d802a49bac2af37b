// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft.h"

#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "pipeline/draft/draft_priv.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what the whole study needs ---- */

static const char *last_part(struct rk_arena *arena, const char *path)
{
    char *copy = rk_arena_copy(arena, path);
    size_t end = strlen(copy);
    char *slash;

    while (end > 1 && copy[end - 1] == '/')
        copy[--end] = '\0';
    slash = strrchr(copy, '/');
    return slash ? slash + 1 : copy;
}

static void name_study(struct draft *draft)
{
    const char *part = last_part(draft->arena, draft->run->study_dir);
    char *name = rk_text_code(draft->arena, part), *title;

    for (char *at = name; *at; at++)
        if (*at == '_') *at = '-';
    draft->name = isalpha((unsigned char)*name)
                      ? name
                      : rk_arena_printf(draft->arena, "study-%s", name);
    title = rk_arena_copy(draft->arena, draft->name);
    *title = (char)toupper((unsigned char)*title);
    for (char *at = title; *at; at++)
        if (*at == '-') *at = ' ';
    draft->title = title;
}

/* A date in a line above the headings: "initial assessments to 13/03/2015". */
static bool day_in(const char *text, long *out)
{
    for (const char *at = text; *at; at++) {
        int day, month, bytes = 0;
        long year;

        if (!isdigit((unsigned char)*at) || (at > text && isdigit((unsigned char)at[-1])))
            continue;
        if (sscanf(at, "%d/%d/%ld%n", &day, &month, &year, &bytes) == 3 && year > 1900 &&
            rk_date_days(year, month, day, out))
            return true;
        if (sscanf(at, "%ld-%d-%d%n", &year, &month, &day, &bytes) == 3 && year > 1900 &&
            rk_date_days(year, month, day, out))
            return true;
    }
    return false;
}

/* 2000-01-01: no date of the extracts says when the programme is; a person has to. */
enum { NO_PERIOD = 10957 };

/* The span of what records are about; dates to come and stragglers are no part of it. */
static void find_period(struct draft *draft)
{
    draft->start = draft->cut_off = RK_NO_VALUE;
    for (size_t s = 0; s < draft->count; s++) {
        const struct draft_column *date = draft->sources[s].date;

        if (!date || (&draft->sources[s] != draft->people && !draft->sources[s].link))
            continue;
        if (draft->start == RK_NO_VALUE || date->first_day < draft->start)
            draft->start = date->first_day;
        if (draft->cut_off == RK_NO_VALUE || date->last_day > draft->cut_off)
            draft->cut_off = date->last_day;
    }
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].above_count; i++) {
            long day;

            if (draft->cut_off == RK_NO_VALUE ||
                !day_in(draft->sources[s].above[i], &day) ||
                labs(day - draft->cut_off) > 60)
                continue;
            draft->cut_off = day;
            draft->cut_off_said = true;
        }
    if (draft->start != RK_NO_VALUE) return;
    draft->no_period = true;
    draft->start = draft->cut_off = NO_PERIOD;
}

static rk_status make_draft(struct draft *draft)
{
    RK_TRY(draft_words_read(draft->run, &draft->words));
    RK_TRY(draft_read(draft));
    draft_types(draft);
    RK_TRY(draft_scales(draft));
    draft_links(draft);
    draft_codes(draft);
    draft_names(draft);
    name_study(draft);
    find_period(draft);
    return RK_OK;
}

/* ---- files ---- */

static const char *csv_cell(struct rk_arena *arena, const char *text)
{
    char *out, *at;

    if (!strpbrk(text, ",\"\n\r")) return text;
    at = out = rk_arena_alloc(arena, 2 * strlen(text) + 3, 1);
    *at++ = '"';
    for (; *text; text++) {
        if (*text == '"') *at++ = '"';
        *at++ = *text;
    }
    *at = '"';
    return out;
}

static void write_list(const struct draft_list *list, struct draft_out *out)
{
    draft_put(out, "code,label,aliases,rows\n");
    for (size_t i = 0; i < list->count; i++) {
        const struct draft_code *code = &list->codes[i];
        const char *aliases = "";

        for (size_t a = 0; a < code->alias_count; a++)
            if (!strchr(code->aliases[a], '|'))
                aliases = rk_arena_printf(out->arena, "%s%s%s", aliases,
                                          *aliases ? "|" : "", code->aliases[a]);
        draft_put(out, "%s,%s,%s,%ld\n", code->code, csv_cell(out->arena, code->label),
                  csv_cell(out->arena, aliases), code->rows);
    }
}

static void write_pairs(const struct draft_list *list, struct draft_out *out)
{
    draft_put(out, "spelling,rows,code,label,why,confirm\n");
    for (size_t i = 0; i < list->pair_count; i++) {
        const struct draft_pair *pair = &list->pairs[i];

        draft_put(out, "%s,%ld,%s,%s,%s,\n", csv_cell(out->arena, pair->spelling),
                  pair->rows, pair->code, csv_cell(out->arena, pair->label), pair->why);
    }
}

static void write_scale(const struct draft_scale *scale, struct draft_out *out)
{
    draft_put(out,
              "# Drafted by reckon init; CHECK everything here against the questionnaire.\n"
              "scale: %s\ntitle: %s  # CHECK\nstem: Answered from %g to %g  # CHECK: what "
              "do they "
              "stand for?\nitems:\n",
              scale->name, draft_yaml(out->arena, scale->name), scale->low, scale->high);
    for (size_t i = 0; i < scale->count; i++)
        draft_put(out, "  - %s  # CHECK: the wording\n",
                  draft_yaml(out->arena, scale->items[i]->heading));
    draft_put(
        out,
        "item_range: [%g, %g]\nbetter: high  # CHECK\nmissing: none  # CHECK: may items be "
        "missing, and how many?\nsource: not known  # CHECK: who made the scale\nlicence: "
        "not known  # CHECK\n",
        scale->low, scale->high);
}

static rk_status put_file(struct draft *draft, const char *name,
                          const struct draft_out *out)
{
    return rk_out_file(draft->run->diag,
                       rk_arena_printf(draft->arena, "%s/%s", draft->run->study_dir, name),
                       out->text ? out->text : "", out->bytes, 0644);
}

static rk_status make_folder(struct draft *draft, const char *name)
{
    const char *path =
        *name ? rk_arena_printf(draft->arena, "%s/%s", draft->run->study_dir, name)
              : draft->run->study_dir;

    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        return rk_file_fail(draft->run->diag, path, "make the folder");
    return RK_OK;
}

static rk_status write_lists(struct draft *draft)
{
    if (draft->list_count) RK_TRY(make_folder(draft, "codes"));
    for (size_t i = 0; i < draft->list_count; i++) {
        const struct draft_list *list = draft->lists[i];
        struct draft_out codes = {.arena = draft->arena}, pairs = {.arena = draft->arena};

        write_list(list, &codes);
        RK_TRY(put_file(draft, rk_arena_printf(draft->arena, "codes/%s.csv", list->name),
                        &codes));
        if (!list->pair_count || !list->names) continue;
        write_pairs(list, &pairs);
        RK_TRY(put_file(
            draft, rk_arena_printf(draft->arena, "codes/%s.suggestions.csv", list->name),
            &pairs));
    }
    return RK_OK;
}

static rk_status write_scales(struct draft *draft)
{
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].scale_count; i++) {
            const struct draft_scale *scale = draft->sources[s].scales[i];
            struct draft_out out = {.arena = draft->arena};

            if (scale->known) continue;
            RK_TRY(make_folder(draft, "scales"));
            write_scale(scale, &out);
            RK_TRY(put_file(
                draft, rk_arena_printf(draft->arena, "scales/%s.yaml", scale->name), &out));
        }
    return RK_OK;
}

/* `data` of study.yaml is relative to it: "../extracts". */
static const char *path_between(struct rk_arena *arena, const char *dir, const char *to)
{
    char *base = realpath(dir, NULL), *path = realpath(to, NULL);
    const char *out = "";
    size_t same = 0;

    for (size_t i = 0; base && path; i++) {
        if ((!base[i] || base[i] == '/') && (!path[i] || path[i] == '/')) same = i;
        if (!base[i] || base[i] != path[i]) break;
    }
    for (const char *at = base ? base + same : ""; *at; at++)
        if (*at == '/' && at[1]) out = rk_arena_printf(arena, "../%s", out);
    if (path) out = rk_arena_printf(arena, "%s%s", out, path + same + (path[same] == '/'));
    free(base);
    free(path);
    return *out ? out : ".";
}

/* study.yaml comes last: without it the folder is no study yet. */
static rk_status write_all(struct draft *draft)
{
    struct draft_out study = {.arena = draft->arena}, report = study, readme = study;

    RK_TRY(make_folder(draft, ""));
    draft->data = path_between(draft->arena, draft->run->study_dir, draft->from);
    RK_TRY(write_lists(draft));
    RK_TRY(write_scales(draft));
    draft_write_report(draft, &report);
    RK_TRY(put_file(draft, "report.md", &report));
    draft_write_readme(draft, &readme);
    RK_TRY(put_file(draft, "README.md", &readme));
    draft_write_sources(draft, &study);
    draft_write_results(draft, &study);
    return put_file(draft, "study.yaml", &study);
}

/* ---- the folder ---- */

static rk_status check_empty(struct rk_run *run)
{
    struct folder_list files;
    struct stat info;

    if (stat(run->study_dir, &info) != 0) return RK_OK;
    if (!S_ISDIR(info.st_mode))
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s is a file; init makes a folder",
                       run->study_dir);
    RK_TRY(folder_list(run->arena, run->diag, run->study_dir, &files));
    if (!files.count) return RK_OK;
    return rk_fail(
        run->diag, RK_USAGE, RK_NOWHERE,
        "%s is there and holds %zu files; init never writes over a study: name a new "
        "folder",
        run->study_dir, files.count);
}

static rk_status check_from(struct rk_run *run, const char *from)
{
    struct stat info;

    if (stat(from, &info) != 0 || !S_ISDIR(info.st_mode))
        return rk_fail(run->diag, RK_WORLD, RK_NOWHERE, "there is no folder of extracts %s",
                       from);
    return RK_OK;
}

rk_status draft_study(struct rk_run *run, const char *from)
{
    struct draft draft = {.run = run, .arena = run->arena, .from = from};
    size_t columns = 0, checks = 0;

    RK_TRY(check_empty(run));
    RK_TRY(check_from(run, from));
    RK_TRY(make_draft(&draft));
    RK_TRY(write_all(&draft));
    for (size_t s = 0; s < draft.count; s++)
        for (size_t i = 0; i < draft.sources[s].count; i++) {
            columns += !draft.sources[s].columns[i].leave;
            checks += draft.sources[s].columns[i].check_count;
        }
    rk_run_report(run, "init",
                  "%zu sources, %zu columns, %zu code lists; %zu things to check: "
                  "%s/README.md",
                  draft.count, columns, draft.list_count, checks, run->study_dir);
    return RK_OK;
}
