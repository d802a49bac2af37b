// SPDX-License-Identifier: MIT
/* What a stage reads and writes, as a list of lines "kind name hash" that is hashed in its turn. */
#include "pipeline/contract/manifest_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame_store.h"
#include "pipeline/contract/hash_book.h"
#include "pipeline/contract/ledger.h"
#include "pipeline/contract/part.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
rk_status manifest_hash(struct rk_run *run, const char *folder, const char *name,
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

    RK_TRY(manifest_hash(digest->run, folder, name, hash));
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

rk_status manifest_extracts(struct rk_run *run, const struct study *study,
                             const struct study_source *source, struct folder_list *out)
{
    return folder_list_glob(run->arena, run->diag, study_folder(run, study, source),
                            source->file, out);
}

/* Rows of the extracts that a person has mended: see clean_mended.h. */
rk_status manifest_mended(struct rk_run *run, const struct study *study,
                           const char **folder, struct folder_list *out)
{
    *folder = rk_arena_printf(run->arena, "%s/mended", study->data_dir);
    return folder_list_glob(run->arena, run->diag, *folder, "*", out);
}

static rk_status digest_mended(struct digest *digest, const struct study *study)
{
    const char *folder;
    struct folder_list files;

    RK_TRY(manifest_mended(digest->run, study, &folder, &files));
    return digest_list(digest, "mended", folder, &files);
}

static rk_status digest_extracts(struct digest *digest, const struct study *study)
{
    for (size_t i = 0; i < study->source_count; i++) {
        struct folder_list files;
        RK_TRY(manifest_extracts(digest->run, study, &study->sources[i], &files));
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

rk_status manifest_key(struct rk_run *run, const struct manifest_stage *stage,
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
    if (run->part) digest_line(&digest, "part", part_text(run->arena, run->part), "");
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

rk_status manifest_study_hash(struct rk_run *run, const struct study *study, char hash[65])
{
    struct digest digest = {.run = run};

    RK_TRY(digest_study(&digest, study));
    rk_hash_bytes(digest.text, digest.bytes, hash);
    return RK_OK;
}

rk_status manifest_folder_hash(struct rk_run *run, const char *folder, char hash[65])
{
    struct digest digest = {.run = run};

    hash[0] = '\0';
    RK_TRY(digest_folder(&digest, folder));
    if (digest.bytes) rk_hash_bytes(digest.text, digest.bytes, hash);
    return RK_OK;
}

rk_status manifest_reports_hash(struct rk_run *run, const char *const *names, size_t count,
                                char hash[65])
{
    struct digest digest = {.run = run};

    hash[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (access(rk_run_path(run, names[i], NULL), F_OK) != 0) return RK_OK;
        RK_TRY(digest_file(&digest, "report", run->out_dir, names[i]));
    }
    if (digest.bytes) rk_hash_bytes(digest.text, digest.bytes, hash);
    return RK_OK;
}

rk_status manifest_output(struct rk_run *run, const struct manifest_stage *stage, char hash[65])
{
    const struct study *study;
    const char **names;

    if (stage->writes) return manifest_folder_hash(run, stage->writes, hash);
    RK_TRY(study_open(run, &study));
    names = RK_ARRAY(run->arena, const char *, study->narrative_count + 1);
    for (size_t i = 0; i < study->narrative_count; i++)
        names[i] = study_report_file(run, study->narratives[i]);
    return manifest_reports_hash(run, names, study->narrative_count, hash);
}
