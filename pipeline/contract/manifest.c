// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/part.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_CONTRACT = 1 };

static const struct manifest_stage stages[] = {
    {"clean",    {NULL},                      "10-clean",   false},
    {"dedupe",   {"10-clean"},                "20-people",  false},
    {"tabulate", {"20-people"},               "30-results", false},
    {"change",   {"20-people"},               "30-results", false},
    {"effect",   {"10-clean", "20-people"},   "30-results", false},
    {"mask",     {"30-results"},              "40-release", false},
    {"chart",    {"40-release"},              "50-charts",  true },
    {"report",   {"40-release", "50-charts"}, NULL,         true },
    {"attack",   {"40-release", "50-charts"}, "60-attack",  true },
    {NULL,       {NULL},                      NULL,         false},
};

const struct manifest_stage *manifest_stages(void)
{
    return stages;
}

const struct manifest_stage *manifest_find(const char *name)
{
    for (const struct manifest_stage *s = stages; s->name; s++)
        if (strcmp(s->name, name) == 0) return s;
    return NULL;
}

const char *manifest_writer(const char *path)
{
    for (const struct manifest_stage *s = stages; s->name; s++) {
        size_t bytes = s->writes ? strlen(s->writes) : 0;

        for (const char *at = path; bytes && (at = strstr(at, s->writes)); at++)
            if ((at == path || at[-1] == '/') && (!at[bytes] || at[bytes] == '/'))
                return s->name;
    }
    return "run";
}

/* ---- run.json ---- */

static const char *manifest_path(const struct rk_run *run)
{
    return rk_arena_printf(run->arena, "%s/run.json", run->out_dir);
}

/* What a run that is not through has done so far. run.json keeps telling of the last whole one. */
static const char *unfinished_path(const struct rk_run *run)
{
    return rk_arena_printf(run->arena, "%s/.run.json", run->out_dir);
}

static bool is_unfinished(const struct rk_run *run)
{
    return access(unfinished_path(run), F_OK) == 0;
}

/** The manifest of the run before, or an empty one. */
static json_t *manifest_load(const struct rk_run *run)
{
    json_error_t error;
    json_t *root = json_load_file(
        is_unfinished(run) ? unfinished_path(run) : manifest_path(run), 0, &error);

    if (!json_is_object(root)) {
        json_decref(root);
        return json_object();
    }
    return root;
}

static const char *stage_text(const json_t *root, const char *stage, const char *key)
{
    const char *text = json_string_value(
        json_object_get(json_object_get(json_object_get(root, "stages"), stage), key));
    return text ? text : "";
}

/** tabulate and change share a folder; whichever wrote last knows its hash. */
static const char *known_output(const json_t *root, const struct manifest_stage *stage)
{
    const char *text = json_string_value(json_object_get(
        json_object_get(root, "folders"), stage->writes ? stage->writes : "report"));
    return text ? text : "";
}

rk_status manifest_judge(struct rk_run *run, const struct manifest_stage *stage,
                         struct manifest_verdict *out)
{
    json_t *root = manifest_load(run);
    char key[65], output[65];
    rk_status status = manifest_key(run, stage, key);

    if (status == RK_OK) status = manifest_output(run, stage, output);
    if (status == RK_OK) {
        const char *before = stage_text(root, stage->name, "key");
        const char *written = known_output(root, stage);
        bool same = strcmp(before, key) == 0, whole = strcmp(written, output) == 0;

        if (!before[0])
            *out = (struct manifest_verdict){MANIFEST_STALE, "never ran"};
        else if (!output[0])
            *out = (struct manifest_verdict){MANIFEST_STALE, "its output is not there"};
        else if (same && whole)
            *out =
                (struct manifest_verdict){MANIFEST_FRESH, "nothing it reads has changed"};
        else if (whole)
            *out =
                (struct manifest_verdict){MANIFEST_STALE, "something it reads has changed"};
        else if (same)
            *out = (struct manifest_verdict){MANIFEST_EDITED,
                                             "its output was changed by hand"};
        else
            *out = (struct manifest_verdict){
                MANIFEST_CLASH,
                "its output was changed by hand and what it reads changed, too"};
    }
    json_decref(root);
    return status;
}

/** Rows per source as the flow of records has them: {"assessments": {"read": 888, ...}}. */
static rk_status rows_of(struct rk_run *run, const struct manifest_stage *stage,
                         json_t *entry)
{
    struct flow flow = {.arena = run->arena};

    if (strcmp(stage->name, "clean") != 0 && strcmp(stage->name, "dedupe") != 0)
        return RK_OK;
    RK_TRY(flow_read(run, stage->writes, &flow));
    json_t *rows = json_object();
    for (size_t i = 0; i < flow.count; i++) {
        const struct flow_step *step = &flow.steps[i];
        json_t *source = json_object_get(rows, step->source);
        if (!source) {
            source = json_object();
            json_object_set_new(rows, step->source, source);
        }
        json_object_set_new(
            source,
            step->code[0] ? rk_arena_printf(run->arena, "%s/%s", step->step, step->code)
                          : step->step,
            json_integer(step->rows));
    }
    json_object_set_new(entry, "rows", rows);
    return RK_OK;
}

static rk_status add_inputs(struct rk_run *run, json_t *inputs, const char *folder,
                            const char *prefix, const struct folder_list *files)
{
    for (size_t i = 0; i < files->count; i++) {
        char hash[65];

        RK_TRY(manifest_hash(run, folder, files->names[i], hash));
        json_object_set_new(inputs,
                            rk_arena_printf(run->arena, "%s%s", prefix, files->names[i]),
                            json_string(hash));
    }
    return RK_OK;
}

static rk_status inputs_of(struct rk_run *run, const struct study *study, json_t *root)
{
    json_t *inputs = json_object();
    struct folder_list files;
    const char *folder;
    rk_status status = RK_OK;

    for (size_t i = 0; status == RK_OK && i < study->source_count; i++) {
        status = manifest_extracts(run, study, &study->sources[i], &files);
        if (status == RK_OK)
            status = add_inputs(run, inputs, study_folder(run, study, &study->sources[i]),
                                study->sources[i].database ? STUDY_DATABASE_FOLDER "/" : "",
                                &files);
    }
    if (status == RK_OK) status = manifest_mended(run, study, &folder, &files);
    if (status == RK_OK) status = add_inputs(run, inputs, folder, "mended/", &files);
    json_object_set_new(root, "inputs", inputs);
    return status;
}

static json_t *object_in(json_t *root, const char *key)
{
    json_t *object = json_object_get(root, key);

    if (!json_is_object(object)) {
        object = json_object();
        json_object_set_new(root, key, object);
    }
    return object;
}

static void add_reports(struct rk_run *run, const struct study *study, json_t *root)
{
    json_t *reports = json_array();

    for (size_t i = 0; i < study->narrative_count; i++)
        json_array_append_new(
            reports, json_string(study_report_file(run, study->narratives[i])));
    json_object_set_new(root, "reports", reports);
}

/* What a run is of, whatever its stages. */
static rk_status say_what(struct rk_run *run, const struct study *study, json_t *root)
{
    char hash[65], day[16];

    RK_TRY(manifest_study_hash(run, study, hash));
    json_object_set_new(root, "reckon", json_string(RK_VERSION));
    json_object_set_new(root, "contract", json_integer(MANIFEST_CONTRACT));
    json_object_set_new(root, "study", json_string(study->name));
    json_object_set_new(root, "study_hash", json_string(hash));
    json_object_set_new(root, "cut_off", json_string(rk_date_text(day, study->cut_off)));
    if (run->part)
        json_object_set_new(root, "part", json_string(part_text(run->arena, run->part)));
    return RK_OK;
}

static rk_status manifest_fill(struct rk_run *run, const struct manifest_stage *stage,
                               json_t *root)
{
    const struct study *study;
    json_t *entry = json_object();
    char key[65], output[65];

    json_object_set_new(object_in(root, "stages"), stage->name, entry);
    RK_TRY(study_open(run, &study));
    RK_TRY(manifest_key(run, stage, key));
    RK_TRY(manifest_output(run, stage, output));
    RK_TRY(say_what(run, study, root));
    json_object_set_new(entry, "key", json_string(key));
    json_object_set_new(object_in(root, "folders"),
                        stage->writes ? stage->writes : "report", json_string(output));
    if (!stage->writes) add_reports(run, study, root);
    if (!stage->reads[0]) RK_TRY(inputs_of(run, study, root));
    return rows_of(run, stage, entry);
}

static rk_status manifest_write(struct rk_run *run, const char *path, const json_t *root)
{
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS);
    rk_status status;

    if (!text) return rk_fail(run->diag, RK_WORLD, RK_NOWHERE, "run.json: out of memory");
    status = rk_out_file(run->diag, path, rk_arena_printf(run->arena, "%s\n", text),
                         strlen(text) + 1, 0644);
    free(text);
    return status;
}

/* Before a stage of a run puts its folder in place: .run.json no longer knows it. A run that is
 * killed between folder and note then runs the stage again, and does not take the folder for
 * changed by hand. */
static rk_status manifest_forget(struct rk_run *run, const struct manifest_stage *stage)
{
    json_t *root = manifest_load(run);
    rk_status status = RK_OK;

    if (*stage_text(root, stage->name, "key")) {
        json_object_del(json_object_get(root, "stages"), stage->name);
        status = manifest_write(run, unfinished_path(run), root);
    }
    json_decref(root);
    return status;
}

/* The stage has failed and changed nothing: it is known again. */
static rk_status manifest_remember(struct rk_run *run, const json_t *before, bool unfinished)
{
    if (unfinished) return manifest_write(run, unfinished_path(run), before);
    if (unlink(unfinished_path(run)) == 0 || errno == ENOENT) return RK_OK;
    return rk_file_fail(run->diag, unfinished_path(run), "remove");
}

/* What one stage left otherwise for a while, the next has made again as run.json has it. */
static bool is_whole_again(const struct rk_run *run, json_t *root)
{
    json_error_t error;
    json_t *last = json_load_file(manifest_path(run), 0, &error);
    bool same = last && json_equal(json_object_get(last, "folders"), json_object_get(root, "folders"));

    json_decref(last);
    return same;
}

static bool knows_later(const json_t *root, const struct manifest_stage *stage)
{
    for (const struct manifest_stage *s = stage + 1; s->name; s++)
        if (*stage_text(root, s->name, "key")) return true;
    return false;
}

rk_status manifest_record(struct rk_run *run, const struct manifest_stage *stage)
{
    json_t *root = manifest_load(run);
    const char *written = rk_arena_copy(run->arena, known_output(root, stage));
    rk_status status = manifest_fill(run, stage, root);
    bool moved = strcmp(written, known_output(root, stage)) != 0 && knows_later(root, stage);

    if (status == RK_OK)
        status = manifest_write(run,
                                run->of_many || is_unfinished(run) || moved
                                    ? unfinished_path(run)
                                    : manifest_path(run),
                                root);
    if (status == RK_OK && !run->of_many && is_whole_again(run, root))
        status = manifest_finish(run);
    json_decref(root);
    return status;
}

rk_status manifest_finish(struct rk_run *run)
{
    json_t *root;
    rk_status status;

    if (!is_unfinished(run)) return RK_OK;
    root = manifest_load(run);
    status = manifest_write(run, manifest_path(run), root);
    json_decref(root);
    if (status == RK_OK && unlink(unfinished_path(run)) != 0)
        status = rk_file_fail(run->diag, unfinished_path(run), "remove");
    return status;
}

/* ---- is it all of one run? ---- */

static rk_status reports_hash(struct rk_run *run, const json_t *root, char hash[65])
{
    const json_t *reports = json_object_get(root, "reports");
    size_t count = json_array_size(reports);
    const char **names = RK_ARRAY(run->arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(reports, i));
        names[i] = name ? name : "";
    }
    return manifest_reports_hash(run, names, count, hash);
}

/** What goes out is 40-release, its charts and the reports; the rest may be purged. */
static bool is_private(const char *folder)
{
    return strcmp(folder, "40-release") != 0 && strcmp(folder, "50-charts") != 0 &&
           strcmp(folder, "report") != 0;
}

static rk_status compare_folders(struct rk_run *run, json_t *root, void *context,
                                 manifest_say *say)
{
    const char *folder;
    json_t *known;

    json_object_foreach(json_object_get(root, "folders"), folder, known) {
        bool reports = strcmp(folder, "report") == 0;
        const char *before = json_string_value(known);
        char now[65];

        RK_TRY(reports ? reports_hash(run, root, now) : manifest_folder_hash(run, folder, now));
        if (!*now && is_private(folder)) continue; /* purged: it tells of nobody now */
        say(context, reports ? "the reports" : folder, before && strcmp(before, now) == 0);
    }
    return RK_OK;
}

rk_status manifest_compare(struct rk_run *run, void *context, manifest_say *say)
{
    json_error_t error;
    json_t *root = json_load_file(manifest_path(run), 0, &error);
    rk_status status;

    if (!json_is_object(root)) {
        json_decref(root);
        return rk_fail(run->diag, RK_CHECK, RK_AT(manifest_path(run), 0, 0),
                       "is not there or cannot be read: no run into this folder was ever through");
    }
    if (is_unfinished(run)) say(context, ".run.json", false);
    status = compare_folders(run, root, context, say);
    json_decref(root);
    return status;
}

/* ---- stages that share a folder ---- */

static bool share_folder(const struct manifest_stage *a, const struct manifest_stage *b)
{
    return a->writes && b->writes && strcmp(a->writes, b->writes) == 0;
}

static bool is_of_group(const struct manifest_stage *stage)
{
    return share_folder(stage, stage + 1) || (stage > stages && share_folder(stage - 1, stage));
}

/* Those that worked since the last publishing: manifest_forget has taken their keys. */
static rk_status record_group(struct rk_run *run, const struct manifest_stage *last)
{
    json_t *root = manifest_load(run);
    rk_status status = RK_OK;

    for (const struct manifest_stage *s = stages; status == RK_OK && s <= last; s++)
        if (share_folder(s, last) && !*stage_text(root, s->name, "key"))
            status = manifest_record(run, s);
    json_decref(root);
    return status;
}

rk_status manifest_publish(struct rk_run *run, const struct manifest_stage *stage)
{
    const char *staged;

    if (!is_of_group(stage) || share_folder(stage, stage + 1)) return RK_OK;
    staged = rk_run_path(run, manifest_staged(run, stage->writes), NULL);
    if (access(staged, F_OK) == 0)
        RK_TRY(rk_out_replace(run->arena, run->diag, staged,
                              rk_run_path(run, stage->writes, NULL)));
    return record_group(run, stage);
}

const char *manifest_staged(const struct rk_run *run, const char *folder)
{
    return rk_arena_printf(run->arena, ".%s", folder);
}

static const char *text_in(const json_t *root, const char *key)
{
    const char *text = json_string_value(json_object_get(root, key));

    return text ? text : "";
}

/* The first extract that is another one in the other, or is not there; or NULL. */
static const char *other_input(json_t *inputs, const json_t *others)
{
    const char *name;
    json_t *hash;

    json_object_foreach(inputs, name, hash)
        if (!json_equal(hash, json_object_get(others, name))) return name;
    return NULL;
}

static const char *difference(struct rk_run *run, const json_t *there, const json_t *now)
{
    static const char *const texts[][2] = {{"study", "of the study \"%s\""},
                                           {"reckon", "made by version %s"},
                                           {"study_hash", "of the study as it was before a change"},
                                           {"cut_off", "as at %s"}};
    json_t *inputs = json_object_get(there, "inputs"), *own = json_object_get(now, "inputs");
    const char *input = other_input(own, inputs);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(text_in(there, texts[i][0]), text_in(now, texts[i][0])) != 0)
            return rk_arena_printf(run->arena, texts[i][1], text_in(there, texts[i][0]));
    if (!input) input = other_input(inputs, own);
    return input ? rk_arena_printf(run->arena, "of other extracts (%s is another)", input) : NULL;
}

rk_status manifest_differs(struct rk_run *run, const char **what)
{
    const struct study *study;
    json_t *there = manifest_load(run), *now = json_object();
    rk_status status;

    status = study_open(run, &study);
    if (status == RK_OK) status = say_what(run, study, now);
    if (status == RK_OK) status = inputs_of(run, study, now);
    if (status == RK_OK) *what = difference(run, there, now);
    json_decref(there);
    json_decref(now);
    return status;
}

void manifest_inputs(struct rk_run *run, struct manifest_input **out, size_t *count)
{
    json_t *root = manifest_load(run), *inputs = json_object_get(root, "inputs"), *hash;
    const char *name;
    size_t cap = 0;

    *count = 0;
    json_object_foreach(inputs, name, hash) { /* as they stand in the file: sorted */
        RK_ROOM(run->arena, *out, *count, cap);
        (*out)[(*count)++] = (struct manifest_input){
            rk_arena_copy(run->arena, name),
            rk_arena_copy(run->arena, json_is_string(hash) ? json_string_value(hash) : "")};
    }
    json_decref(root);
}

const char *manifest_text(struct rk_run *run, const char *key)
{
    json_t *root = manifest_load(run);
    const char *text = json_string_value(json_object_get(root, key));

    text = text ? rk_arena_copy(run->arena, text) : NULL;
    json_decref(root);
    return text;
}

/* ---- a stage's program ---- */

static rk_status work_as_one_of_many(struct rk_run *run, const struct rk_stage *stage,
                                     const struct manifest_stage *known)
{
    json_t *before = manifest_load(run);
    bool unfinished = is_unfinished(run);
    rk_status status = manifest_forget(run, known);

    if (status == RK_OK) {
        status = stage->work(run);
        if (status != RK_OK && manifest_remember(run, before, unfinished) != RK_OK)
            status = RK_WORLD;
    }
    json_decref(before);
    return status;
}

rk_status manifest_run(struct rk_run *run, const struct rk_stage *stage)
{
    const struct manifest_stage *known = manifest_find(stage->name);
    struct manifest_verdict verdict;

    if (run->dry_run) {
        RK_TRY(manifest_judge(run, known, &verdict));
        printf("%s would run; %s\n", stage->name, verdict.why);
        return RK_OK;
    }
    RK_TRY(run->of_many ? work_as_one_of_many(run, stage, known) : stage->work(run));
    if (run->of_many && is_of_group(known)) return RK_OK; /* manifest_publish notes them */
    RK_TRY(manifest_record(run, known));
    return run->of_many || known[1].name ? RK_OK : manifest_finish(run);
}

static const struct rk_stage *recorded; /**< the one stage of this program */

static rk_status work_and_record(struct rk_run *run)
{
    return manifest_run(run, recorded);
}

int manifest_main(int argc, char **argv, const struct rk_stage *stage)
{
    struct rk_stage wrapped = *stage;

    recorded = stage;
    wrapped.work = work_and_record;
    return rk_run_main(argc, argv, &wrapped);
}
