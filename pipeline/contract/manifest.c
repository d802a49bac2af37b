// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/flow.h"
#include "pipeline/contract/folder.h"
#include "pipeline/contract/frame_store.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/ledger.h"
#include "pipeline/contract/study.h"

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

/* ---- what a stage reads, as a list of lines "kind name hash" that is hashed in its turn
 * ---- */

struct digest {
    struct rk_run *run;
    char *text;
    size_t bytes, cap;
};

static void digest_line(struct digest *digest, const char *kind, const char *name,
                        const char *value)
{
    size_t more = strlen(kind) + strlen(name) + strlen(value) + 3;

    while (digest->bytes + more + 1 > digest->cap) {
        size_t cap = digest->cap ? 2 * digest->cap : 4096;
        digest->text =
            rk_arena_grow(digest->run->arena, digest->text, digest->bytes, cap, 1);
        digest->cap = cap;
    }
    digest->bytes +=
        (size_t)sprintf(digest->text + digest->bytes, "%s %s %s\n", kind, name, value);
}

/* A column file knows the hash of its CSV; most of the bytes of a run need not be read. */
static rk_status hash_file(struct rk_run *run, const char *folder, const char *name,
                           char hex[65])
{
    const char *path = rk_arena_printf(run->arena, "%s/%s", folder, name);

    if (frame_store_hash(run->arena, path, hex)) return RK_OK;
    if (!run->hashes) run->hashes = hash_book_new(run->arena);
    return hash_book_file(run->hashes, run->diag, path, hex);
}

static rk_status digest_file(struct digest *digest, const char *kind, const char *folder,
                             const char *name)
{
    char hash[65];

    RK_TRY(hash_file(digest->run, folder, name, hash));
    digest_line(digest, kind, name, hash);
    return RK_OK;
}

/* Column files say what the CSVs beside them say; they may come and go. */
static bool is_spare(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && strcmp(dot, ".columns") == 0;
}

static rk_status digest_list(struct digest *digest, const char *kind, const char *folder,
                             const struct folder_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (!is_spare(list->names[i]))
            RK_TRY(digest_file(digest, kind, folder, list->names[i]));
    return RK_OK;
}

static rk_status digest_folder(struct digest *digest, const char *folder)
{
    struct folder_list list;
    const char *path =
        rk_arena_printf(digest->run->arena, "%s/%s", digest->run->out_dir, folder);

    RK_TRY(folder_list(digest->run->arena, digest->run->diag, path, &list));
    return digest_list(digest, folder, path, &list);
}

static rk_status digest_study(struct digest *digest, const struct study *study)
{
    struct rk_run *run = digest->run;
    struct folder_list codes;

    RK_TRY(digest_file(digest, "study", study->dir, "study.yaml"));
    RK_TRY(folder_list_suffix(run->arena, run->diag,
                              rk_arena_printf(run->arena, "%s/codes", study->dir), ".csv",
                              &codes));
    RK_TRY(digest_list(digest, "codes", rk_arena_printf(run->arena, "%s/codes", study->dir),
                       &codes));
    for (size_t i = 0; i < study->scale_count; i++) {
        const char *folder = study->scales[i].dir;
        RK_TRY(digest_file(digest, "scale", folder,
                           rk_arena_printf(run->arena, "%s.yaml", study->scales[i].name)));
    }
    return RK_OK;
}

/* The narratives and the pictures beside them. */
static rk_status digest_narratives(struct digest *digest, const struct study *study)
{
    static const char *const pictures[] = {".png", ".jpg", ".jpeg"};
    struct rk_run *run = digest->run;

    for (size_t i = 0; i < study->narrative_count; i++)
        RK_TRY(digest_file(digest, "narrative", study->dir,
                           rk_arena_printf(run->arena, "%s.md", study->narratives[i])));
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct folder_list files;

        RK_TRY(folder_list_suffix(run->arena, run->diag, study->dir, pictures[i], &files));
        RK_TRY(digest_list(digest, "picture", study->dir, &files));
    }
    return RK_OK;
}

static rk_status extracts_of(struct rk_run *run, const struct study *study,
                             const struct study_source *source, struct folder_list *out)
{
    return folder_list_glob(run->arena, run->diag, study_folder(run, study, source),
                            source->file, out);
}

/* Rows of the extracts that a person has mended: see clean_mended.h. */
static rk_status mended_of(struct rk_run *run, const struct study *study,
                           const char **folder, struct folder_list *out)
{
    *folder = rk_arena_printf(run->arena, "%s/mended", study->data_dir);
    return folder_list_glob(run->arena, run->diag, *folder, "*", out);
}

static rk_status digest_mended(struct digest *digest, const struct study *study)
{
    const char *folder;
    struct folder_list files;

    RK_TRY(mended_of(digest->run, study, &folder, &files));
    return digest_list(digest, "mended", folder, &files);
}

static rk_status digest_extracts(struct digest *digest, const struct study *study)
{
    for (size_t i = 0; i < study->source_count; i++) {
        struct folder_list files;
        RK_TRY(extracts_of(digest->run, study, &study->sources[i], &files));
        RK_TRY(digest_list(digest, "extract", study_folder(digest->run, study, &study->sources[i]),
                           &files));
    }
    return digest_mended(digest, study);
}

/* What people answered about pairs: there or not. */
static rk_status digest_answers(struct digest *digest, const struct study *study)
{
    for (size_t i = 0; i < study->source_count; i++) {
        const char *path = study_answers_path(digest->run, study, &study->sources[i]);
        const char *name = path ? strrchr(path, '/') : NULL;

        if (!name || access(path, F_OK) != 0) continue;
        RK_TRY(digest_file(digest, "answers",
                           rk_arena_copy_n(digest->run->arena, path, (size_t)(name - path)),
                           name + 1));
    }
    return RK_OK;
}

static rk_status digest_key(struct digest *digest, const struct study *study)
{
    const char *path = study_key_path(digest->run, study);
    const char *name = path ? strrchr(path, '/') : NULL;

    if (!name || access(path, F_OK) != 0) return RK_OK;
    return digest_file(digest, "key",
                       rk_arena_copy_n(digest->run->arena, path, (size_t)(name - path)), name + 1);
}

/* Themes and the gnuplot driver come with reckon, or from RECKON_SHARE. */
static rk_status digest_share(struct digest *digest, const char *kind, const char *known,
                              const char *suffix)
{
    struct rk_run *run = digest->run;
    struct folder_list files;
    const char *path, *folder;

    RK_TRY(rk_run_share(run, kind, known, &path));
    folder = rk_arena_copy_n(run->arena, path, (size_t)(strrchr(path, '/') - path));
    RK_TRY(folder_list_suffix(run->arena, run->diag, folder, suffix, &files));
    return digest_list(digest, kind, folder, &files);
}

/* --internal changes nothing before numbers are masked. */
static bool shows_numbers(const struct manifest_stage *stage)
{
    return stage->narratives || strcmp(stage->name, "mask") == 0;
}

/* What went out before is masked and attacked together with what goes out now. */
static rk_status digest_ledger(struct digest *digest, const struct study *study)
{
    struct rk_run *run = digest->run;
    struct ledger ledger;

    RK_TRY(ledger_open(run, study, &ledger));
    for (size_t i = 0; i < ledger.count; i++) {
        struct folder_list files;
        RK_TRY(folder_list(run->arena, run->diag, ledger.entries[i].folder, &files));
        RK_TRY(digest_list(digest, ledger.entries[i].as_at, ledger.entries[i].folder, &files));
    }
    return RK_OK;
}

/** Hash of everything the stage reads, and of the options that change what it writes. */
static rk_status stage_key(struct rk_run *run, const struct manifest_stage *stage,
                           char key[65])
{
    const struct study *study;
    struct digest digest = {.run = run};
    char day[16];

    RK_TRY(study_open(run, &study));
    digest_line(&digest, "reckon", RK_VERSION, stage->name);
    digest_line(&digest, "cut_off", rk_date_text(day, study->cut_off),
                run->internal && shows_numbers(stage) ? "internal" : "public");
    if (run->links) digest_line(&digest, "links", run->links, "");
    RK_TRY(digest_study(&digest, study));
    if (strcmp(stage->name, "dedupe") == 0) {
        RK_TRY(digest_answers(&digest, study));
        RK_TRY(digest_key(&digest, study));
    }
    if (!stage->reads[0]) RK_TRY(digest_extracts(&digest, study));
    for (size_t i = 0; i < 3 && stage->reads[i]; i++)
        RK_TRY(digest_folder(&digest, stage->reads[i]));
    if (strcmp(stage->name, "mask") == 0 || strcmp(stage->name, "attack") == 0)
        RK_TRY(digest_ledger(&digest, study));
    if (stage->narratives) {
        RK_TRY(digest_narratives(&digest, study));
        RK_TRY(digest_share(&digest, "themes", "evaluation.yaml", ".yaml"));
        RK_TRY(digest_share(&digest, "gnuplot", "drawlist.lua", ".lua"));
    }
    rk_hash_bytes(digest.text, digest.bytes, key);
    return RK_OK;
}

/** Hash of what the stage wrote; "" when it is not there. */
static rk_status stage_output(struct rk_run *run, const struct manifest_stage *stage,
                              char hash[65])
{
    const struct study *study;
    struct digest digest = {.run = run};

    hash[0] = '\0';
    if (stage->writes) {
        RK_TRY(digest_folder(&digest, stage->writes));
    } else {
        RK_TRY(study_open(run, &study));
        for (size_t i = 0; i < study->narrative_count; i++) {
            const char *name = study_report_file(run, study->narratives[i]);
            if (access(rk_arena_printf(run->arena, "%s/%s", run->out_dir, name), F_OK) != 0)
                return RK_OK;
            RK_TRY(digest_file(&digest, "report", run->out_dir, name));
        }
    }
    if (digest.bytes) rk_hash_bytes(digest.text, digest.bytes, hash);
    return RK_OK;
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
    rk_status status = stage_key(run, stage, key);

    if (status == RK_OK) status = stage_output(run, stage, output);
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

        RK_TRY(hash_file(run, folder, files->names[i], hash));
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
        status = extracts_of(run, study, &study->sources[i], &files);
        if (status == RK_OK)
            status = add_inputs(run, inputs, study_folder(run, study, &study->sources[i]),
                                study->sources[i].database ? STUDY_DATABASE_FOLDER "/" : "",
                                &files);
    }
    if (status == RK_OK) status = mended_of(run, study, &folder, &files);
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

static rk_status manifest_fill(struct rk_run *run, const struct manifest_stage *stage,
                               json_t *root)
{
    const struct study *study;
    struct digest digest = {.run = run};
    json_t *entry = json_object();
    char key[65], output[65], hash[65], day[16];

    json_object_set_new(object_in(root, "stages"), stage->name, entry);
    RK_TRY(study_open(run, &study));
    RK_TRY(stage_key(run, stage, key));
    RK_TRY(stage_output(run, stage, output));
    RK_TRY(digest_study(&digest, study));
    rk_hash_bytes(digest.text, digest.bytes, hash);
    json_object_set_new(root, "reckon", json_string(RK_VERSION));
    json_object_set_new(root, "contract", json_integer(MANIFEST_CONTRACT));
    json_object_set_new(root, "study", json_string(study->name));
    json_object_set_new(root, "study_hash", json_string(hash));
    json_object_set_new(root, "cut_off", json_string(rk_date_text(day, study->cut_off)));
    json_object_set_new(entry, "key", json_string(key));
    json_object_set_new(object_in(root, "folders"),
                        stage->writes ? stage->writes : "report", json_string(output));
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

rk_status manifest_record(struct rk_run *run, const struct manifest_stage *stage)
{
    json_t *root = manifest_load(run);
    rk_status status = manifest_fill(run, stage, root);

    if (status == RK_OK)
        status = manifest_write(run,
                                run->of_many || is_unfinished(run) ? unfinished_path(run)
                                                                   : manifest_path(run),
                                root);
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

rk_status manifest_run(struct rk_run *run, const struct rk_stage *stage)
{
    struct manifest_verdict verdict;

    if (run->dry_run) {
        RK_TRY(manifest_judge(run, manifest_find(stage->name), &verdict));
        printf("%s would run; %s\n", stage->name, verdict.why);
        return RK_OK;
    }
    RK_TRY(stage->work(run));
    RK_TRY(manifest_record(run, manifest_find(stage->name)));
    return run->of_many || manifest_find(stage->name)[1].name ? RK_OK : manifest_finish(run);
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
