// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"
#include "render/gnuplot.h"
#include "render/svg.h"

#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"

#include <stdlib.h>
#include <string.h>

/** One chart between its spec and its files. */
struct job {
    const struct chart_spec *spec;
    struct chart_plot plot;
    bool laid_out;
};

struct session {
    struct rk_run *run;
    struct rk_out *out;
    struct job *jobs;
    size_t count;
    const char *driver;  /**< path of the terminal's copy */
    struct fonts *fonts; /**< opened here for specs that bring none */
    char *script;
    size_t script_bytes;
    rk_status worst;
};

static void note(struct session *session, rk_status status)
{
    if (status > session->worst) session->worst = status;
}

static bool good_id(const char *id)
{
    return *id && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(id) &&
           *id != '.';
}

static rk_status check_ids(struct session *session)
{
    struct rk_map *seen = rk_map_new(session->run->arena);
    for (size_t i = 0; i < session->count; i++) {
        const struct chart_spec *spec = session->jobs[i].spec;
        if (!good_id(spec->id))
            return rk_fail(session->run->diag, RK_STUDY, spec->place,
                           "chart label \"%s\" must be made of a-z, 0-9, - and _",
                           spec->id);
        if (rk_map_find(seen, spec->id) >= 0)
            return rk_fail(session->run->diag, RK_STUDY, spec->place,
                           "two charts are called %s", spec->id);
        rk_map_add(seen, spec->id);
    }
    return RK_OK;
}

static rk_status fonts_of(struct session *session, const struct chart_spec *spec,
                          struct fonts **fonts)
{
    *fonts = spec->fonts;
    if (*fonts) return RK_OK;
    if (!session->fonts)
        RK_TRY(fonts_open(session->run->arena, session->run->diag, &fonts_default,
                          &session->fonts));
    *fonts = session->fonts;
    return RK_OK;
}

/** The driver lies beside the scripts: gnuplot finds it there, today and in somebody's
 * hands. */
static rk_status copy_driver(struct session *session)
{
    const char *path;
    char *driver;
    size_t bytes;
    struct rk_run *run = session->run;
    RK_TRY(rk_run_share(run, "gnuplot", "drawlist.lua", &path));
    RK_TRY(rk_file_read(run->arena, run->diag, path, &driver, &bytes));
    session->driver = rk_out_path(session->out, "drawlist.lua");
    if (!session->driver) return RK_WORLD;
    return rk_out_file(run->diag, session->driver, driver, bytes, 0644);
}

/** Lays out one chart, writes its script to ID.gp, and asks gnuplot to load that (it reads
 * a file much faster than its standard input). The id is a plain word: see good_id. */
static rk_status prepare(struct session *session, size_t number, FILE *all)
{
    struct job *job = &session->jobs[number];
    struct rk_run *run = session->run;
    struct fonts *fonts;
    RK_TRY(fonts_of(session, job->spec, &fonts));
    RK_TRY(chart_layout(run->arena, run->diag, job->spec, fonts, &job->plot));
    FILE *file =
        rk_out_open(session->out, rk_arena_printf(run->arena, "%s.gp", job->spec->id));
    if (!file) return RK_WORLD;
    chart_plot_script(&job->plot, number, file);
    fprintf(all, "load '%s.gp'\n", job->spec->id);
    job->laid_out = true;
    return rk_out_close(session->out, file);
}

static rk_status prepare_all(struct session *session)
{
    FILE *all = open_memstream(&session->script, &session->script_bytes);
    if (!all) rk_out_of_memory();
    for (size_t i = 0; i < session->count; i++)
        note(session, prepare(session, i, all));
    if (fclose(all)) rk_out_of_memory();
    return RK_OK;
}

/** The folder that gnuplot works in is the one that is being made. */
static const char *folder_of(struct session *session)
{
    const char *slash = strrchr(session->driver, '/');
    return rk_arena_copy_n(session->run->arena, session->driver,
                           (size_t)(slash - session->driver));
}

/** The first line of gnuplot's complaints about this chart, without its line number, or
 * NULL. */
static const char *complaint(struct rk_arena *arena, const char *err, size_t number)
{
    const char *head = rk_arena_printf(arena, "chart %zu\n", number);
    const char *at = strstr(err, head);
    if (!at) return NULL;
    for (at += strlen(head); *at && strncmp(at, "chart ", 6);) {
        size_t length = strcspn(at, "\n");
        const char *line = rk_arena_copy_n(arena, at, length);
        const char *said = strstr(line, "line ");
        said = said ? strchr(said, ':') : NULL;
        if (said) return said + 1 + strspn(said + 1, " ");
        at += length + (at[length] != '\0');
    }
    return NULL;
}

static rk_status failed(struct session *session, size_t number, const char *wrong,
                        const struct gnuplot_answer *answer)
{
    const struct chart_spec *spec = session->jobs[number].spec;
    const char *said = complaint(session->run->arena, answer->err, number);
    return rk_fail(session->run->diag, RK_WORLD, spec->place,
                   "chart %s was not drawn: %s%s%s%s%s", spec->id, wrong,
                   answer->trouble ? "; gnuplot " : "",
                   answer->trouble ? answer->trouble : "", said ? "; it said: " : "",
                   said ? said : "");
}

static rk_status write_files(struct session *session, const struct chart_spec *spec,
                             const struct chart_draw *draw)
{
    struct rk_arena *arena = session->run->arena;
    const struct svg_words words = {
        .title = chart_alt(arena, spec),
        .description = chart_description(arena, spec),
    };
    return chart_files(arena, session->out, spec->id, draw, &words);
}

static rk_status collect(struct session *session, const struct gnuplot_answer *answer)
{
    for (size_t i = 0; i < session->count; i++) {
        struct chart_draw draw;
        if (!session->jobs[i].laid_out) continue;
        const char *wrong =
            chart_answer(&session->jobs[i].plot, i, answer->out, answer->out_bytes, &draw);
        note(session, wrong ? failed(session, i, wrong, answer)
                            : write_files(session, session->jobs[i].spec, &draw));
    }
    if (session->worst == RK_OK && answer->trouble)
        return rk_fail(session->run->diag, RK_WORLD, RK_NOWHERE, "gnuplot %s",
                       answer->trouble);
    return RK_OK;
}

static rk_status no_lua(struct session *session, const struct gnuplot_answer *answer)
{
    if (!strstr(answer->err, "ambiguous terminal type")) return RK_OK;
    return rk_fail(session->run->diag, RK_WORLD, RK_NOWHERE,
                   "this gnuplot has no Lua terminal: charts cannot be drawn; type: "
                   "sudo apt-get install gnuplot-nox");
}

static rk_status draw_all(struct session *session)
{
    struct rk_run *run = session->run;
    struct gnuplot_answer answer;
    RK_TRY(check_ids(session));
    RK_TRY(copy_driver(session));
    RK_TRY(prepare_all(session));
    if (!session->script_bytes) return session->worst;
    RK_TRY(gnuplot_run(run->arena, run->diag, folder_of(session), session->script,
                       session->script_bytes, &answer));
    RK_TRY(no_lua(session, &answer));
    RK_TRY(collect(session, &answer));
    return session->worst;
}

rk_status charts_draw(struct rk_run *run, const struct chart_spec *specs, size_t count,
                      struct rk_out *out)
{
    struct session session = {.run = run, .out = out, .count = count};
    session.jobs = RK_ARRAY(run->arena, struct job, count);
    for (size_t i = 0; i < count; i++)
        session.jobs[i].spec = &specs[i];
    rk_status status = count ? draw_all(&session) : RK_OK;
    free(session.script);
    if (session.fonts) fonts_close(session.fonts);
    return status;
}
