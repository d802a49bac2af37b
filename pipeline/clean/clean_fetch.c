// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_fetch.h"

#include "pipeline/base/rk_out.h"
#include "pipeline/contract/study.h"
#include "pipeline/extract/database.h"

static rk_status fetch_source(struct rk_run *run, struct rk_out *out,
                              const struct study_source *source)
{
    FILE *file = rk_out_open(out, source->file);

    if (!file) return RK_WORLD;
    if (database_has_password(source->database))
        rk_diag_say(run->diag, RK_DIAG_WARNING, source->database_place,
                    "a password stands in the study, where everybody reads it; put it into "
                    "~/.pgpass or PGPASSWORD");
    return database_copy(run->arena, run->diag, source->database_place, source->database,
                         source->query, file);
}

static rk_status fetch_all(struct rk_run *run, const struct study *study)
{
    struct rk_out *out;
    rk_status status = RK_OK;

    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, STUDY_DATABASE_FOLDER, NULL), true,
                        &out));
    for (size_t i = 0; status == RK_OK && i < study->source_count; i++)
        if (study->sources[i].database) status = fetch_source(run, out, &study->sources[i]);
    if (status == RK_OK) return rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}

rk_status clean_fetch(struct rk_run *run)
{
    const struct study *study;
    bool any = false;

    if (run->fetched) return RK_OK;
    RK_TRY(study_open(run, &study));
    for (size_t i = 0; i < study->source_count; i++)
        any = any || study->sources[i].database;
    if (any) RK_TRY(fetch_all(run, study));
    run->fetched = true;
    return RK_OK;
}
