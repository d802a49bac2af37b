// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void chart_open_panel(struct chart_plot *plot, struct chart_frame frame, double slot_left,
                      double slot_right)
{
    assert(frame.width > 0 && frame.height > 0);
    assert(frame.x1 > frame.x0 && frame.y1 > frame.y0);
    RK_ROOM(plot->arena, plot->panels, plot->panel_count, plot->panel_cap);
    plot->panels[plot->panel_count++] = (struct chart_panel){
        .frame = frame, .slot_left = slot_left, .slot_right = slot_right};
}

void chart_open_page(struct chart_plot *plot)
{
    const struct chart_frame page = {0, 0,           plot->width, plot->height,
                                     0, plot->width, 0,           plot->height};
    chart_open_panel(plot, page, 0, plot->width);
}

void chart_plot_clear(struct chart_plot *plot)
{
    plot->panel_count = 0;
    plot->token_count = 0;
}

void chart_overflow(const struct chart_plot *plot, double *left, double *right)
{
    *left = *right = 0;
    for (size_t i = 1; i < plot->panel_count; i++) {
        const struct chart_panel *panel = &plot->panels[i];
        for (size_t k = 0; k < panel->label_count; k++) {
            const struct chart_label *label = &panel->labels[k];
            const struct chart_token *token = &plot->tokens[label->token];
            struct chart_rect rect = chart_text_rect(plot, token->type, label->x, label->y,
                                                     label->align, token->text);
            *left = fmax(*left, panel->slot_left - rect.left);
            *right = fmax(*right, rect.right - panel->slot_right);
        }
    }
}

static struct chart_panel *current(const struct chart_plot *plot)
{
    assert(plot->panel_count > 0);
    return &plot->panels[plot->panel_count - 1];
}

double chart_x_points(const struct chart_plot *plot, double x)
{
    const struct chart_frame *frame = &current(plot)->frame;
    return frame->left + (x - frame->x0) / (frame->x1 - frame->x0) * frame->width;
}

double chart_y_points(const struct chart_plot *plot, double y)
{
    const struct chart_frame *frame = &current(plot)->frame;
    return frame->bottom + (y - frame->y0) / (frame->y1 - frame->y0) * frame->height;
}

static bool same_ink(const struct chart_ink *a, const struct chart_ink *b)
{
    return a->depth == b->depth && a->colour == b->colour && a->width == b->width &&
           a->on == b->on && a->off == b->off && a->hatch == b->hatch &&
           a->shape == b->shape && a->hollow == b->hollow && a->size == b->size;
}

/** What is lower is drawn first. */
static int height_of(enum chart_element_kind kind, const struct chart_ink *ink)
{
    static const int heights[] = {
        [CHART_BOX] = 3, [CHART_AREA] = 3, [CHART_STROKE] = 4, [CHART_DOT] = 5};
    return ink->depth == CHART_AS_KIND ? heights[kind] : (int)ink->depth;
}

/** The element of this kind and look, or a new one above all that lie no higher: rows of a
 * chart do not cover each other, so that their bars can share a datablock. Areas never do:
 * each is a polygon of its own. */
static struct chart_element *element(struct chart_plot *plot, struct chart_panel *panel,
                                     enum chart_element_kind kind,
                                     const struct chart_ink *ink)
{
    size_t at = panel->element_count;
    for (size_t i = 0; kind != CHART_AREA && i < panel->element_count; i++)
        if (panel->elements[i].kind == kind && same_ink(&panel->elements[i].ink, ink))
            return &panel->elements[i];
    RK_ROOM(plot->arena, panel->elements, panel->element_count, panel->element_cap);
    panel->element_count++;
    for (; at > 0; at--) {
        const struct chart_element *below = &panel->elements[at - 1];
        if (height_of(below->kind, &below->ink) <= height_of(kind, ink)) break;
        panel->elements[at] = *below;
    }
    panel->elements[at] = (struct chart_element){.kind = kind, .ink = *ink};
    return &panel->elements[at];
}

static void add_point(struct chart_plot *plot, struct chart_element *at, double x, double y)
{
    RK_ROOM(plot->arena, at->at, at->count, at->cap);
    at->at[at->count++] = (struct chart_xy){x, y};
}

void chart_box(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
               double x1, double y1)
{
    if (x0 == x1 || y0 == y1) return;
    struct chart_element *box = element(plot, current(plot), CHART_BOX, &ink);
    add_point(plot, box, fmin(x0, x1), fmin(y0, y1));
    add_point(plot, box, fmax(x0, x1), fmax(y0, y1));
}

static void add_stroke(struct chart_plot *plot, struct chart_panel *panel,
                       struct chart_ink ink, const struct chart_xy *at, size_t count)
{
    struct chart_element *stroke = element(plot, panel, CHART_STROKE, &ink);
    if (stroke->count) add_point(plot, stroke, NAN, NAN);
    for (size_t i = 0; i < count; i++)
        add_point(plot, stroke, at[i].x, at[i].y);
}

void chart_stroke(struct chart_plot *plot, struct chart_ink ink, const struct chart_xy *at,
                  size_t count)
{
    add_stroke(plot, current(plot), ink, at, count);
}

void chart_page_segment(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
                        double x1, double y1)
{
    const struct chart_xy ends[2] = {
        {x0, y0},
        {x1, y1}
    };
    add_stroke(plot, &plot->panels[0], ink, ends, 2);
}

void chart_segment(struct chart_plot *plot, struct chart_ink ink, double x0, double y0,
                   double x1, double y1)
{
    const struct chart_xy ends[2] = {
        {x0, y0},
        {x1, y1}
    };
    chart_stroke(plot, ink, ends, 2);
}

void chart_dot(struct chart_plot *plot, struct chart_ink ink, double x, double y)
{
    add_point(plot, element(plot, current(plot), CHART_DOT, &ink), x, y);
}

void chart_area(struct chart_plot *plot, struct chart_ink ink, const struct chart_xy *at,
                size_t count)
{
    struct chart_element *area = element(plot, current(plot), CHART_AREA, &ink);
    for (size_t i = 0; i < count; i++)
        add_point(plot, area, at[i].x, at[i].y);
}

static void add_label(struct chart_plot *plot, struct chart_panel *panel,
                      struct chart_type type, struct chart_label label, const char *text)
{
    RK_ROOM(plot->arena, plot->tokens, plot->token_count, plot->token_cap);
    RK_ROOM(plot->arena, panel->labels, panel->label_count, panel->label_cap);
    plot->tokens[plot->token_count] = (struct chart_token){text, type};
    label.token = plot->token_count++;
    panel->labels[panel->label_count++] = label;
}

void chart_label(struct chart_plot *plot, struct chart_type type, double x, double y,
                 enum chart_align align, const char *text)
{
    add_label(plot, current(plot), type, (struct chart_label){x, y, align, 0}, text);
}

void chart_label_clear(struct chart_plot *plot, struct chart_type type, double x, double y,
                       enum chart_align align, const char *text)
{
    const struct chart_frame *frame = &current(plot)->frame;
    const struct chart_ink paper = {.depth = CHART_PAPER, .colour = 0xFFFFFF};
    struct chart_rect rect = chart_text_rect(plot, type, x, y, align, text);
    double across = (frame->x1 - frame->x0) / frame->width;
    double up = (frame->y1 - frame->y0) / frame->height;
    /* Only what lies in the plot area can be drawn on, and gnuplot skips a box that does
     * not. */
    double left = fmax(rect.left - 1, frame->left);
    double right = fmin(rect.right + 1, frame->left + frame->width);
    double bottom = fmax(rect.bottom, frame->bottom);
    double top = fmin(rect.top, frame->bottom + frame->height);
    if (left < right && bottom < top)
        chart_box(plot, paper, frame->x0 + (left - frame->left) * across,
                  frame->y0 + (bottom - frame->bottom) * up,
                  frame->x0 + (right - frame->left) * across,
                  frame->y0 + (top - frame->bottom) * up);
    chart_label(plot, type, x, y, align, text);
}

void chart_page_label(struct chart_plot *plot, struct chart_type type, double x, double y,
                      enum chart_align align, const char *text)
{
    add_label(plot, &plot->panels[0], type, (struct chart_label){x, y, align, 0}, text);
}

/* --- The script: numbers and tokens, never a word of the report --- */

static void put_data(const struct chart_element *element, FILE *file)
{
    for (size_t i = 0; i < element->count; i++) {
        const struct chart_xy *at = &element->at[i];
        if (element->kind == CHART_BOX) {
            fprintf(file, "%.10g %.10g %.10g %.10g\n", at[0].x, at[0].y, at[1].x, at[1].y);
            i++;
        } else if (isnan(at->x)) {
            putc('\n', file);
        } else {
            fprintf(file, "%.10g %.10g\n", at->x, at->y);
        }
    }
}

static void put_blocks(const struct chart_panel *panel, size_t number, FILE *file)
{
    for (size_t i = 0; i < panel->element_count; i++) {
        fprintf(file, "$p%zu_%zu << EOD\n", number, i + 1);
        put_data(&panel->elements[i], file);
        fputs("EOD\n", file);
    }
}

static void put_fill_style(const struct chart_ink *ink, FILE *file)
{
    if (ink->hatch)
        fprintf(file, "fs pattern %d noborder", ink->hatch);
    else
        fputs("fs solid 1 noborder", file);
}

/** gnuplot's point types: an even one is hollow, the odd one after it filled. */
static int point_type(const struct chart_ink *ink)
{
    static const int hollow[] = {[CHART_CIRCLE] = 6,
                                 [CHART_SQUARE] = 4,
                                 [CHART_DIAMOND] = 12,
                                 [CHART_TRIANGLE] = 8,
                                 [CHART_TRIANGLE_DOWN] = 10};
    return hollow[ink->shape] + (ink->hollow ? 0 : 1);
}

static void put_look(const struct chart_element *element, FILE *file)
{
    const struct chart_ink *ink = &element->ink;
    switch (element->kind) {
    case CHART_BOX:
        fputs("using (($1+$3)/2):(($2+$4)/2):1:3:2:4 with boxxyerror ", file);
        put_fill_style(ink, file);
        break;
    case CHART_AREA:
        fputs("using 1:2 with filledcurves closed ", file);
        put_fill_style(ink, file);
        break;
    case CHART_STROKE:
        fprintf(file, "using 1:2 with lines lw %.10g", ink->width);
        if (ink->on > 0)
            fprintf(file, " dt (%.10g,%.10g)", ink->on / ink->width, ink->off / ink->width);
        break;
    case CHART_DOT:
        fprintf(file, "using 1:2 with points pt %d ps %.10g lw %.10g", point_type(ink),
                ink->size, ink->width);
        break;
    }
    fprintf(file, " lc rgb '#%06X'", ink->colour);
}

static void put_plot(const struct chart_panel *panel, size_t number, FILE *file)
{
    if (!panel->element_count) {
        fputs("plot NaN\n", file);
        return;
    }
    fputs("plot \\\n", file);
    for (size_t i = 0; i < panel->element_count; i++) {
        fprintf(file, "  $p%zu_%zu ", number, i + 1);
        put_look(&panel->elements[i], file);
        fputs(i + 1 < panel->element_count ? ", \\\n" : "\n", file);
    }
}

static void put_labels(const struct chart_plot *plot, const struct chart_panel *panel,
                       FILE *file)
{
    static const char *const sides[] = {"left", "center", "right"};
    fputs("unset label\n", file);
    for (size_t i = 0; i < panel->label_count; i++) {
        const struct chart_label *label = &panel->labels[i];
        fprintf(file, "set label '~%04zu' at screen %.7g,%.7g %s front\n", label->token,
                label->x / plot->width, label->y / plot->height, sides[label->align]);
    }
}

static void put_margins(const struct chart_plot *plot, const struct chart_frame *frame,
                        FILE *file)
{
    fprintf(file,
            "set lmargin at screen %.7g\nset rmargin at screen %.7g\n"
            "set bmargin at screen %.7g\nset tmargin at screen %.7g\n",
            frame->left / plot->width, (frame->left + frame->width) / plot->width,
            frame->bottom / plot->height, (frame->bottom + frame->height) / plot->height);
    fprintf(file, "set xrange [%.10g:%.10g]\nset yrange [%.10g:%.10g]\n", frame->x0,
            frame->x1, frame->y0, frame->y1);
}

static void put_panel(const struct chart_plot *plot, size_t number, FILE *file)
{
    const struct chart_panel *panel = &plot->panels[number];
    put_margins(plot, &panel->frame, file);
    put_labels(plot, panel, file);
    put_blocks(panel, number + 1, file);
    put_plot(panel, number + 1, file);
}

void chart_plot_script(const struct chart_plot *plot, size_t number, FILE *file)
{
    fprintf(file,
            "# Words stand as ~0000, ~0001 ... here; the .draw file of the same name has "
            "them.\n"
            "reset\nset encoding utf8\nset terminal lua 'drawlist.lua' size %.10g,%.10g\n"
            "CHART_ID = %zu\nprint 'chart %zu'\n"
            "unset key\nunset border\nunset tics\nset clip two\n",
            plot->width, plot->height, number, number);
    fputs("set multiplot\n", file);
    for (size_t i = 0; i < plot->panel_count; i++)
        if (plot->panels[i].element_count || plot->panels[i].label_count)
            put_panel(plot, i, file);
    fputs("unset multiplot\n", file);
}
