// SPDX-License-Identifier: MIT
#include "render/chart_stage.h"

#include "render/chart_look.h"
#include "render/diagram.h"
#include "render/narrative.h"
#include "render/svg.h"

#include <string.h>

/** A figure of boxes and arrows with the look of its report. */
struct drawn {
    const struct narrative_figure *figure;
    const struct chart_look *look;
};

/** The figures of every narrative, parted by how they are drawn. */
struct figures {
    struct chart_spec *charts;
    size_t chart_count, chart_cap;
    struct drawn *diagrams;
    size_t diagram_count, diagram_cap;
    struct chart_look **looks; /**< one for each theme in use */
    size_t look_count, look_cap;
};

static rk_status worse(rk_status a, rk_status b)
{
    return a > b ? a : b;
}

/** The look of a theme, opened once. */
static rk_status look_of(struct rk_run *run, struct figures *figures, const char *theme,
                         const struct chart_look **out)
{
    const char *name = theme && *theme ? theme : "evaluation";
    for (size_t i = 0; i < figures->look_count; i++)
        if (!strcmp(figures->looks[i]->theme, name)) {
            *out = figures->looks[i];
            return RK_OK;
        }
    struct chart_look *look = RK_NEW(run->arena, struct chart_look);
    RK_TRY(chart_look_open(run, name, look));
    RK_ROOM(run->arena, figures->looks, figures->look_count, figures->look_cap);
    figures->looks[figures->look_count++] = look;
    *out = look;
    return RK_OK;
}

static void add_chart(struct rk_run *run, struct figures *figures,
                      const struct narrative_figure *figure, const struct chart_look *look)
{
    RK_ROOM(run->arena, figures->charts, figures->chart_count, figures->chart_cap);
    struct chart_spec *spec = &figures->charts[figures->chart_count++];
    *spec = figure->chart;
    spec->style = &look->style;
    spec->fonts = look->fonts;
    if (spec->width_mm <= 0) spec->width_mm = look->width_mm;
}

static rk_status sort_out(struct rk_run *run, const struct narrative *narrative,
                          struct figures *figures)
{
    const struct chart_look *look;
    if (!narrative->figure_count) return RK_OK;
    RK_TRY(look_of(run, figures, narrative->doc.front.theme, &look));
    for (size_t i = 0; i < narrative->figure_count; i++) {
        const struct narrative_figure *figure = &narrative->figures[i];
        if (!figure->diagram) {
            add_chart(run, figures, figure, look);
            continue;
        }
        RK_ROOM(run->arena, figures->diagrams, figures->diagram_count,
                figures->diagram_cap);
        figures->diagrams[figures->diagram_count++] = (struct drawn){figure, look};
    }
    return RK_OK;
}

/** All narratives are read, so that one run lists what is wrong in each. */
static rk_status read_figures(struct rk_run *run, struct figures *figures)
{
    const struct study *study;
    struct results *results;
    rk_status status = RK_OK;
    RK_TRY(study_open(run, &study));
    RK_TRY(results_read(run, "40-release", &results));
    for (size_t i = 0; i < study->narrative_count; i++) {
        struct narrative *narrative;
        rk_status one = narrative_read(run, results, study->narratives[i], &narrative);
        if (one == RK_OK) one = sort_out(run, narrative, figures);
        status = worse(status, one);
    }
    return status;
}

static rk_status write_diagram(struct rk_run *run, const struct drawn *drawn,
                               struct rk_out *out)
{
    const struct narrative_figure *figure = drawn->figure;
    struct diagram *diagram;
    struct chart_draw draw;
    double width_mm = figure->width_mm > 0 ? figure->width_mm : drawn->look->width_mm;
    RK_TRY(diagram_parse(run->arena, run->diag, figure->place, figure->lines,
                         figure->line_count, &diagram));
    RK_TRY(diagram_draw(run->arena, run->diag, diagram, drawn->look->fonts,
                        &drawn->look->style, width_mm, &draw));
    const struct svg_words words = {
        .title = figure->headline,
        .description = diagram_description(run->arena, diagram),
    };
    return chart_files(run->arena, out, figure->id, &draw, &words);
}

static rk_status write_all(struct rk_run *run, const struct figures *figures,
                           struct rk_out *out)
{
    rk_status status = charts_draw(run, figures->charts, figures->chart_count, out);
    for (size_t i = 0; i < figures->diagram_count; i++)
        status = worse(status, write_diagram(run, &figures->diagrams[i], out));
    return status;
}

/** The folder changes only when every figure is there: a report is made of all or of none.
 */
static rk_status write_folder(struct rk_run *run, const struct figures *figures)
{
    struct rk_out *out;
    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, "50-charts", NULL), false,
                        &out));
    rk_status status = write_all(run, figures, out);
    if (status == RK_OK) status = rk_out_commit(out);
    rk_out_abandon(out);
    return status;
}

static rk_status chart_work(struct rk_run *run)
{
    struct figures figures = {0};
    rk_status status = read_figures(run, &figures);
    if (status == RK_OK) status = write_folder(run, &figures);
    for (size_t i = 0; i < figures.look_count; i++)
        fonts_close(figures.looks[i]->fonts);
    if (status == RK_OK)
        rk_run_report(run, "chart", "%zu charts, %zu diagrams", figures.chart_count,
                      figures.diagram_count);
    return status;
}

const struct rk_stage chart_stage = {
    .name = "chart",
    .summary = "every figure of the narratives as a vector draw list and an SVG",
    .reads = "STUDYDIR/*.md, OUT/40-release",
    .writes = "OUT/50-charts",
    .examples = "  reckon-chart config/working-well -o out\n",
    .work = chart_work,
};
