// SPDX-License-Identifier: MIT
/** A `.figure` block: a chart of cells, boxes and arrows, the flow of records, or a picture. */
#include "render/narrative_priv.h"

#include "render/diagram.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct narrative_figure *add_figure(struct reading *reading)
{
    struct narrative *out = reading->out;

    RK_ROOM(reading->arena, out->figures, out->figure_count, reading->figure_cap);
    out->figures[out->figure_count] = (struct narrative_figure){0};
    return &out->figures[out->figure_count++];
}

static bool is_chart_key(const char *key)
{
    static const char *const own[] = {"title", "claim",       "else", "source", "subtitle",
                                      "alt",   "description"};

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(own[i], key) == 0)
            return false;
    return true;
}

static bool chart_spec_of(struct reading *reading, const struct fence *fence,
                          const struct doc_block *block, struct narrative_figure *figure)
{
    struct chart_key *keys = RK_ARRAY(reading->arena, struct chart_key, fence->count + 1);
    struct chart_request request = {
        .id = figure->id,
        .headline = figure->headline,
        .subtitle = narrative_flat(reading->arena, block->subtitle),
        .keys = keys,
        .place = fence->place,
        .shown = reading->printed,
    };

    for (size_t i = 0; i < fence->count; i++)
        if (is_chart_key(fence->attributes[i].key))
            keys[request.key_count++] =
                (struct chart_key){fence->attributes[i].key, fence->attributes[i].value};
    return chart_from_cells(reading->run, reading->results, &request, &figure->chart) == RK_OK;
}

/** The lines of boxes and arrows: written in the block, or made from the flow of records. */
static bool take_lines(struct reading *reading, const struct fence *fence, bool flow,
                       struct narrative_figure *figure)
{
    const char *source = fence_value(fence, "source_name");

    if (flow)
        return diagram_flow(reading->run, reading->results, fence->place,
                            source ? source : reading->study->people->name, &figure->lines,
                            &figure->line_count) == RK_OK;
    figure->lines = fence->raw;
    figure->line_count = fence->raw_count;
    for (size_t i = 0; i < figure->line_count; i++)
        figure->lines[i] = narrative_plain_line(reading, figure->lines[i],
                                                RK_AT(fence->place.file, fence->raw_line + i, 1));
    return true;
}

static bool make_diagram(struct reading *reading, const struct fence *fence, bool flow,
                         struct narrative_figure *figure, struct doc_figure *out)
{
    struct diagram *diagram;

    figure->diagram = true;
    if (fence->raw_count)
        figure->place = RK_AT(fence->place.file, fence->raw_line, 1);
    if (!take_lines(reading, fence, flow, figure) ||
        diagram_parse(reading->arena, reading->diag, figure->place, figure->lines,
                      figure->line_count, &diagram) != RK_OK)
        return false;
    out->alt = figure->headline;
    out->description = diagram_description(reading->arena, diagram);
    return true;
}

static bool make_chart(struct reading *reading, const struct fence *fence,
                       struct narrative_figure *figure, struct doc_block *block)
{
    if (!chart_spec_of(reading, fence, block, figure))
        return false;
    block->figure->alt = chart_alt(reading->arena, &figure->chart);
    block->figure->description = chart_description(reading->arena, &figure->chart);
    if (!block->source.count)
        block->source =
            narrative_source(reading, narrative_source_line(reading, fence), fence->place);
    return true;
}

static void name_figure(struct reading *reading, const struct fence *fence,
                        const struct doc_block *block, struct narrative_figure *figure)
{
    figure->place = fence->place;
    figure->headline = narrative_flat(reading->arena, block->caption);
    figure->id = rk_arena_printf(reading->arena, "%s.%s", reading->out->name,
                                 fence->label ? fence->label : "figure");
}

/* ---- pictures ---- */

static bool is_picture(const char *name)
{
    static const char *const ends[] = {".png", ".jpg", ".jpeg"};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(dot, ends[i]) == 0)
            return true;
    return false;
}

const char *narrative_picture(struct reading *reading, const char *name, struct rk_place place)
{
    const char *path = rk_arena_printf(reading->arena, "%s/%s", reading->study->dir, name);

    if (strchr(name, '/') || !is_picture(name))
        narrative_error(reading, place, "a picture is a file NAME.png or NAME.jpg beside the "
                        "narrative, not \"%s\"", name);
    else if (access(path, R_OK) != 0)
        narrative_error(reading, place, "there is no picture %s", path);
    else
        return path;
    return NULL;
}

/** `image=NAME`: its words for those who do not see it are the writer's to give. */
static void make_picture(struct reading *reading, const struct fence *fence,
                         struct doc_block *block, struct block_list *out)
{
    static const char *const known[] = {"image", "title", "claim", "else", "source", "subtitle",
                                        "alt",   "width"};
    const char *alt = fence_value(fence, "alt"), *width = fence_value(fence, "width");
    char *end = NULL;

    for (size_t i = 0, k; i < fence->count; i++) {
        for (k = 0; k < sizeof known / sizeof known[0]; k++)
            if (strcmp(known[k], fence->attributes[i].key) == 0)
                break;
        if (k == sizeof known / sizeof known[0])
            narrative_error(reading, fence->place, "a picture has no key \"%s\"",
                            fence->attributes[i].key);
    }
    block->figure->picture = narrative_picture(reading, fence_value(fence, "image"), fence->place);
    block->figure->width_mm = width ? strtod(width, &end) : 0;
    if (width && (*end || !(block->figure->width_mm >= 5 && block->figure->width_mm <= 400)))
        narrative_error(reading, fence->place, "width=%s is no width in millimetres (5 to 400)",
                        width);
    if (!alt)
        narrative_error(reading, fence->place,
                        "a picture has alt=\"...\": what it shows, for readers who do not see it");
    block->figure->alt = alt ? narrative_plain(reading, alt, fence->place) : "";
    narrative_add(reading, out, block);
}

void narrative_figure(struct reading *reading, const struct md_node *parent,
                      const struct fence *fence, struct block_list *out)
{
    struct doc_block *block = narrative_block(reading, DOC_FIGURE, fence->place);
    struct narrative_figure *figure;
    struct block_list none = {0};
    const char *chart = fence_value(fence, "chart"), *alt = fence_value(fence, "alt");
    bool flow = chart && strcmp(chart, "flow") == 0, made;

    narrative_caption(reading, block, fence, "Figure", &reading->figures, true);
    narrative_blocks(reading, parent, fence, &none);
    block->subtitle = narrative_words(reading, fence_value(fence, "subtitle"), fence->place);
    block->figure = RK_NEW(reading->arena, struct doc_figure);
    if (!chart) {
        if (fence_value(fence, "image"))
            make_picture(reading, fence, block, out);
        else
            narrative_error(reading, fence->place,
                            "a .figure says what it is: chart=dumbbell or image=NAME.png");
        return;
    }
    figure = add_figure(reading);
    name_figure(reading, fence, block, figure);
    made = flow || strcmp(chart, "diagram") == 0
               ? make_diagram(reading, fence, flow, figure, block->figure)
               : make_chart(reading, fence, figure, block);
    if (!made)
        return;
    if (alt)
        block->figure->alt = narrative_plain(reading, alt, fence->place);
    block->figure->draw_path = rk_run_path(
        reading->run, "50-charts", rk_arena_printf(reading->arena, "%s.draw", figure->id));
    narrative_add(reading, out, block);
}
