// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include <math.h>

/** Sizes, in points. */
enum {
    PADDING = 6, /**< between a box's edge and its words */
    LEADING = 10,
    BOX_GAP = 14, /**< between boxes of one step */
    STUB = 9,     /**< of an arrow before its first bend */
    HEAD = 11,    /**< of an arrow after its last bend */
    TRACK = 7,
    WIDEST_DOWN = 165, /**< boxes of a flow down the page */
    WIDEST_RIGHT = 150,
    NARROWEST = 46,
    LABEL_RIGHT = 54, /**< room of a label in a flow to the right */
    HEADING = 14,
    LANE = 4 /**< of a lane beyond its boxes */
};

/** What drawing needs beside the diagram. */
struct drawing {
    struct diagram *diagram;
    struct chart_plot *plot; /**< for its type and fonts only */
    struct chart_draw *out;
    double left, top; /**< room of the headings */
    double height;
};

/* --- Sizes --- */

static struct chart_type title_type(const struct chart_plot *plot,
                                    const struct diagram_box *box)
{
    struct chart_type type = chart_label_type(plot);
    return box->body ? chart_bold(type) : type;
}

static double natural_width(const struct drawing *drawing)
{
    double widest = 0;
    for (size_t i = 0; i < drawing->diagram->box_count; i++) {
        const struct diagram_box *box = &drawing->diagram->boxes[i];
        struct chart_type type = title_type(drawing->plot, box);
        widest = fmax(widest, chart_text_width(drawing->plot, type, box->title));
        if (box->body)
            widest =
                fmax(widest, chart_text_width(drawing->plot,
                                              chart_small_type(drawing->plot), box->body));
    }
    return widest + 2 * PADDING + 2;
}

/** Height that a box needs for the arrows that land on its side, and for their labels. */
static double landing_room(const struct diagram *diagram, size_t box)
{
    double room = 0;
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        if (!arrow->side && arrow->to == box) room += arrow->label ? 24 : 11;
    }
    return room;
}

/** Wraps the words of every box for this width; returns how tall the tallest is. */
static void size_boxes(struct drawing *drawing, double width)
{
    struct diagram *diagram = drawing->diagram;
    for (size_t i = 0; i < diagram->box_count; i++) {
        struct diagram_box *box = &diagram->boxes[i];
        double room = width - 2 * PADDING, height = 2 * PADDING;
        if (!box->passing) {
            box->title_lines =
                chart_wrap(drawing->plot, title_type(drawing->plot, box), box->title, room);
            if (box->body)
                box->body_lines = chart_wrap(drawing->plot, chart_small_type(drawing->plot),
                                             box->body, room);
            height +=
                LEADING * (double)(box->title_lines.count + box->body_lines.count) - 1;
        }
        box->along_size = diagram->down ? height : width;
        box->across_size = diagram->down ? width : fmax(height, landing_room(diagram, i));
        if (box->passing) box->across_size = 6;
    }
}

static size_t widest_step(const struct diagram *diagram)
{
    size_t most = 1;
    for (size_t s = 0; s < diagram->step_count; s++) {
        size_t boxes = 0;
        for (size_t i = 0; i < diagram->steps[s].count; i++)
            boxes += !diagram->boxes[diagram->steps[s].boxes[i]].passing;
        if (boxes > most) most = boxes;
    }
    return most;
}

static double passing_room(const struct diagram *diagram)
{
    double most = 0;
    for (size_t s = 0; s < diagram->step_count; s++) {
        double room = 0;
        for (size_t i = 0; i < diagram->steps[s].count; i++)
            if (diagram->boxes[diagram->steps[s].boxes[i]].passing) room += 6 + BOX_GAP;
        most = fmax(most, room);
    }
    return most;
}

static bool any_label(const struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->arrow_count; i++)
        if (diagram->arrows[i].label && !diagram->arrows[i].side) return true;
    return false;
}

static bool any_side(const struct diagram *diagram)
{
    for (size_t i = 0; i < diagram->arrow_count; i++)
        if (diagram->arrows[i].side) return true;
    return false;
}

static double side_gap(const struct drawing *drawing)
{
    double gap = BOX_GAP;
    for (size_t i = 0; i < drawing->diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &drawing->diagram->arrows[i];
        if (!arrow->side) continue;
        gap = fmax(gap, 24);
        if (!arrow->label) continue;
        double room = drawing->diagram->down
                          ? chart_text_width(drawing->plot, chart_small_type(drawing->plot),
                                             arrow->label)
                          : LEADING;
        gap = fmax(gap, room + 16);
    }
    return gap;
}

/** A long chain of few boxes reads to the right; everything else down the page. */
static void decide_direction(struct drawing *drawing)
{
    struct diagram *diagram = drawing->diagram;
    double each = (drawing->plot->width - 26 * (double)(diagram->step_count - 1)) /
                  (double)diagram->step_count;
    if (diagram->decided) return;
    diagram->down = diagram->step_count < 4 || widest_step(diagram) > 2 || each < 66 ||
                    any_label(diagram) || any_side(diagram);
}

/* --- Where steps stand along the flow --- */

static double label_room(const struct diagram *diagram, const struct diagram_step *step)
{
    double room = 0;
    for (size_t i = 0; i < step->hop_count; i++) {
        const struct chart_lines *label = &step->hops[i].label;
        if (!label->count) continue;
        room = fmax(room, diagram->down ? 9 * (double)label->count + 2 : label->widest + 4);
    }
    return room;
}

static void measure_steps(struct diagram *diagram)
{
    double at = 0;
    for (size_t s = 0; s < diagram->step_count; s++) {
        struct diagram_step *step = &diagram->steps[s];
        step->along = at;
        for (size_t i = 0; i < step->count; i++)
            step->along_size =
                fmax(step->along_size, diagram->boxes[step->boxes[i]].along_size);
        for (size_t i = 0; i < step->count; i++) {
            struct diagram_box *box = &diagram->boxes[step->boxes[i]];
            box->along = at + step->along_size / 2;
            box->along_size = step->along_size;
        }
        double bends = TRACK * (double)(step->tracks > 1 ? step->tracks - 1 : 0);
        step->gap = step->hop_count ? STUB + bends + HEAD + label_room(diagram, step) : 12;
        at += step->along_size + step->gap;
    }
}

static double along_end(const struct diagram *diagram)
{
    const struct diagram_step *last = &diagram->steps[diagram->step_count - 1];
    return last->along + last->along_size;
}

/* --- Drawing --- */

static struct chart_xy at(const struct drawing *drawing, double along, double across)
{
    if (drawing->diagram->down)
        return (struct chart_xy){drawing->left + across,
                                 drawing->height - drawing->top - along};
    return (struct chart_xy){drawing->left + along,
                             drawing->height - drawing->top - across};
}

static void line(struct drawing *drawing, const struct chart_xy *points, size_t count)
{
    struct chart_item *item =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_LINE, count);
    item->colour = drawing->plot->style->soft_ink;
    item->width = 0.9;
    for (size_t i = 0; i < count; i++)
        item->at[i] = points[i];
}

/** A head whose tip is at `tip`, for an arrow that comes from `from`. */
static void arrow_head(struct drawing *drawing, struct chart_xy from, struct chart_xy tip)
{
    double length = hypot(tip.x - from.x, tip.y - from.y);
    if (length == 0) return;
    double x = (tip.x - from.x) / length, y = (tip.y - from.y) / length;
    struct chart_item *head =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_FILL, 3);
    head->colour = drawing->plot->style->soft_ink;
    head->at[0] = tip;
    head->at[1] = (struct chart_xy){tip.x - 6 * x - 2.6 * y, tip.y - 6 * y + 2.6 * x};
    head->at[2] = (struct chart_xy){tip.x - 6 * x + 2.6 * y, tip.y - 6 * y - 2.6 * x};
}

static void text(struct drawing *drawing, struct chart_type type, struct chart_xy where,
                 enum chart_align align, const char *words)
{
    struct chart_item *item =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_TEXT, 1);
    item->text = words;
    item->size = type.size;
    item->face = type.face;
    item->colour = type.colour;
    item->align = align;
    item->at[0] = where;
}

static void hop_label(struct drawing *drawing, const struct diagram_hop *hop, double along)
{
    struct chart_type type = chart_small_type(drawing->plot);
    for (size_t i = 0; i < hop->label.count; i++) {
        struct chart_xy where;
        if (drawing->diagram->down) {
            double up = 9 * ((double)(hop->label.count - 1) / 2 - (double)i);
            where = at(drawing, along - up, hop->lands);
            where.x += hop->label_left ? -4 : 4;
        } else {
            where = at(drawing, along, hop->lands);
            where.x -= hop->label.widest + HEAD - 4;
            where.y += 5 + 9 * (double)(hop->label.count - 1 - i);
        }
        text(drawing, type, where, hop->label_left ? CHART_RIGHT : CHART_LEFT,
             hop->label.text[i]);
    }
}

static void draw_hop(struct drawing *drawing, const struct diagram_step *step,
                     const struct diagram_hop *hop)
{
    const struct diagram *diagram = drawing->diagram;
    const struct diagram_arrow *arrow = &diagram->arrows[hop->arrow];
    double start = step->along + step->along_size, end = start + step->gap;
    double bend = start + STUB + (hop->straight ? 0 : TRACK * (double)hop->track);
    struct chart_xy points[4] = {
        at(drawing, start, hop->leaves), at(drawing, bend, hop->leaves),
        at(drawing, bend, hop->lands), at(drawing, end, hop->lands)};
    bool first = hop->upper == arrow->path[0];
    bool last = hop->lower == arrow->path[arrow->path_count - 1];
    if (hop->straight) {
        points[1] = points[3];
        line(drawing, points, 2);
    } else {
        line(drawing, points, 4);
    }
    if (last && !arrow->backwards) arrow_head(drawing, points[2], points[3]);
    if (first && arrow->backwards) arrow_head(drawing, points[1], points[0]);
    if (diagram->boxes[hop->lower].passing) {
        struct chart_xy through[2] = {
            points[3],
            at(drawing, end + diagram->boxes[hop->lower].along_size, hop->lands)};
        line(drawing, through, 2);
    }
    hop_label(drawing, hop,
              diagram->down ? end - HEAD + 3 - 9 * (double)hop->label.count / 2 : end);
}

static void draw_side(struct drawing *drawing, const struct diagram_arrow *arrow)
{
    const struct diagram_box *from = &drawing->diagram->boxes[arrow->from];
    const struct diagram_box *to = &drawing->diagram->boxes[arrow->to];
    double sign = to->across > from->across ? 1 : -1;
    struct chart_xy points[2] = {
        at(drawing, from->along, from->across + sign * from->across_size / 2),
        at(drawing, to->along, to->across - sign * to->across_size / 2)};
    line(drawing, points, 2);
    arrow_head(drawing, points[0], points[1]);
    if (!arrow->label) return;
    struct chart_xy where = {(points[0].x + points[1].x) / 2,
                             (points[0].y + points[1].y) / 2};
    if (drawing->diagram->down) {
        where.y += 6;
        text(drawing, chart_small_type(drawing->plot), where, CHART_MIDDLE, arrow->label);
    } else {
        where.x += 4;
        text(drawing, chart_small_type(drawing->plot), where, CHART_LEFT, arrow->label);
    }
}

static unsigned pale(unsigned colour)
{
    unsigned out = 0;
    for (int shift = 0; shift < 24; shift += 8)
        out |= (255 - (255 - (colour >> shift & 0xFF)) * 9 / 100) << shift;
    return out;
}

static void draw_frame(struct drawing *drawing, const struct diagram_box *box)
{
    const struct chart_style *style = drawing->plot->style;
    double a0 = box->along - box->along_size / 2, a1 = box->along + box->along_size / 2;
    double c0 = box->across - box->across_size / 2, c1 = box->across + box->across_size / 2;
    const struct chart_xy corners[5] = {at(drawing, a0, c0), at(drawing, a0, c1),
                                        at(drawing, a1, c1), at(drawing, a1, c0),
                                        at(drawing, a0, c0)};
    struct chart_item *fill =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_FILL, 4);
    fill->colour = box->side ? 0xFFFFFF : pale(style->focus);
    for (size_t i = 0; i < 4; i++)
        fill->at[i] = corners[i];
    struct chart_item *edge =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_LINE, 5);
    edge->colour = box->side ? style->soft_ink : style->focus;
    edge->width = box->side ? 0.6 : 0.9;
    for (size_t i = 0; i < 5; i++)
        edge->at[i] = corners[i];
}

static void draw_box(struct drawing *drawing, const struct diagram_box *box)
{
    size_t lines = box->title_lines.count + box->body_lines.count;
    struct chart_xy where = at(drawing, box->along, box->across);
    where.y += LEADING * (double)(lines - 1) / 2;
    draw_frame(drawing, box);
    for (size_t i = 0; i < box->title_lines.count; i++, where.y -= LEADING)
        text(drawing, title_type(drawing->plot, box), where, CHART_MIDDLE,
             box->title_lines.text[i]);
    for (size_t i = 0; i < box->body_lines.count; i++, where.y -= LEADING)
        text(drawing, chart_small_type(drawing->plot), where, CHART_MIDDLE,
             box->body_lines.text[i]);
}

/** A pale lane across the page ties the boxes of a step to its heading. */
static void draw_lane(struct drawing *drawing, const struct diagram_step *step)
{
    struct chart_item *lane =
        chart_draw_add(drawing->plot->arena, drawing->out, CHART_OP_FILL, 4);
    double top = drawing->height - drawing->top - step->along + LANE;
    double bottom = top - step->along_size - 2 * LANE, right = drawing->plot->width;
    lane->colour = 0xF5F6F7;
    lane->at[0] = (struct chart_xy){0, bottom};
    lane->at[1] = (struct chart_xy){right, bottom};
    lane->at[2] = (struct chart_xy){right, top};
    lane->at[3] = (struct chart_xy){0, top};
}

static void draw_headings(struct drawing *drawing)
{
    struct chart_type type = chart_bold(chart_label_type(drawing->plot));
    for (size_t s = 0; s < drawing->diagram->step_count; s++) {
        const struct diagram_step *step = &drawing->diagram->steps[s];
        struct chart_xy where = at(drawing, step->along + step->along_size / 2, 0);
        if (!step->heading) continue;
        if (drawing->diagram->down) {
            draw_lane(drawing, step);
            where.x = PADDING;
        } else {
            where.y = drawing->height - 6;
        }
        text(drawing, type, where, drawing->diagram->down ? CHART_LEFT : CHART_MIDDLE,
             step->heading);
    }
}

static void draw_all(struct drawing *drawing)
{
    const struct diagram *diagram = drawing->diagram;
    draw_headings(drawing);
    for (size_t s = 0; s < diagram->step_count; s++)
        for (size_t i = 0; i < diagram->steps[s].hop_count; i++)
            draw_hop(drawing, &diagram->steps[s], &diagram->steps[s].hops[i]);
    for (size_t i = 0; i < diagram->arrow_count; i++)
        if (diagram->arrows[i].side) draw_side(drawing, &diagram->arrows[i]);
    for (size_t i = 0; i < diagram->box_count; i++)
        if (!diagram->boxes[i].passing) draw_box(drawing, &diagram->boxes[i]);
}

/* --- Assembling --- */

static bool too_narrow(double width, double natural)
{
    return width < NARROWEST && width < natural;
}

static double heading_width(const struct drawing *drawing)
{
    struct chart_type type = chart_bold(chart_label_type(drawing->plot));
    double widest = 0;
    for (size_t s = 0; s < drawing->diagram->step_count; s++)
        if (drawing->diagram->steps[s].heading)
            widest = fmax(widest, chart_text_width(drawing->plot, type,
                                                   drawing->diagram->steps[s].heading));
    return widest;
}

/** The whole in the middle of the page, unless headings stand at its left. */
static void centre(struct drawing *drawing)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < drawing->diagram->box_count; i++) {
        const struct diagram_box *box = &drawing->diagram->boxes[i];
        low = fmin(low, box->across - box->across_size / 2);
        high = fmax(high, box->across + box->across_size / 2);
    }
    double room = drawing->plot->width - drawing->left;
    if (drawing->left == 0) drawing->left = (room - (high - low)) / 2 - low;
}

/** Boxes as wide as they like and the page allows; then everything has its place. False:
 * they would be too narrow to read. */
static bool lay_down(struct drawing *drawing)
{
    struct diagram *diagram = drawing->diagram;
    double heading = heading_width(drawing), gap = side_gap(drawing);
    drawing->left = heading > 0 ? heading + 2 * PADDING + 12 : 0;
    double room = drawing->plot->width - drawing->left - passing_room(diagram);
    double boxes = (double)widest_step(diagram);
    double natural = fmin(natural_width(drawing), WIDEST_DOWN);
    double width = fmin(natural, (room - gap * (boxes - 1)) / boxes);
    if (too_narrow(width, natural)) return false;
    size_boxes(drawing, width);
    diagram_align(diagram, gap, 0, drawing->plot->width - drawing->left);
    centre(drawing);
    diagram->label_low = heading > 0 ? 0 : -drawing->left;
    diagram->label_high = drawing->plot->width - drawing->left;
    diagram_route(diagram, drawing->plot, 0);
    measure_steps(diagram);
    drawing->top = heading > 0 ? LANE : 1;
    drawing->height = along_end(diagram) + 2 * drawing->top;
    return true;
}

/** Spare width goes into the gaps, within reason; the rest to both sides. */
static void use_width(struct drawing *drawing)
{
    struct diagram *diagram = drawing->diagram;
    double gaps = (double)(diagram->step_count - 1);
    double spare = drawing->plot->width - along_end(diagram);
    double more = gaps > 0 ? fmin(24, spare / gaps) : 0;
    drawing->left = (spare - more * gaps) / 2;
    for (size_t s = 0; s < diagram->step_count; s++) {
        struct diagram_step *step = &diagram->steps[s];
        step->along += more * (double)s;
        step->gap += more;
        for (size_t i = 0; i < step->count; i++)
            diagram->boxes[step->boxes[i]].along += more * (double)s;
    }
}

static bool lay_right(struct drawing *drawing)
{
    struct diagram *diagram = drawing->diagram;
    double steps = (double)diagram->step_count;
    double gaps = STUB + HEAD + (any_label(diagram) ? LABEL_RIGHT : 4);
    double natural = fmin(natural_width(drawing), WIDEST_RIGHT);
    double width = fmin(natural, (drawing->plot->width - gaps * (steps - 1)) / steps);
    double tall = 0;
    for (int tries = 0; tries < 2; tries++) {
        size_boxes(drawing, width);
        for (size_t s = 0; s < diagram->step_count; s++) {
            double total = 0;
            for (size_t i = 0; i < diagram->steps[s].count; i++)
                total += diagram->boxes[diagram->steps[s].boxes[i]].across_size +
                         side_gap(drawing);
            tall = fmax(tall, total - side_gap(drawing));
            diagram->steps[s].hop_count = diagram->steps[s].tracks = 0;
        }
        diagram_align(diagram, side_gap(drawing), 0, tall);
        diagram_route(diagram, drawing->plot, LABEL_RIGHT);
        measure_steps(diagram);
        /* Tracks may have made the gaps wider than was thought: the boxes give way. */
        double over = along_end(diagram) - drawing->plot->width;
        if (over <= 0) break;
        width -= over / steps;
        if (too_narrow(width, natural)) return false;
        for (size_t s = 0; s < diagram->step_count; s++)
            diagram->steps[s].along_size = 0;
    }
    use_width(drawing);
    drawing->top = heading_width(drawing) > 0 ? HEADING : 1;
    drawing->height = tall + drawing->top + 1;
    return !too_narrow(width, natural);
}

rk_status diagram_draw(struct rk_arena *arena, struct rk_diag *diag,
                       struct diagram *diagram, struct fonts *fonts,
                       const struct chart_style *style, double width_mm,
                       struct chart_draw *out)
{
    struct chart_plot plot = {
        .arena = arena,
        .style = style ? style : &chart_style_default,
        .fonts = fonts,
        .width = (width_mm > 0 ? width_mm : 160) * 72 / 25.4,
    };
    struct drawing drawing = {.diagram = diagram, .plot = &plot, .out = out};
    *out = (struct chart_draw){0};
    fonts_place(fonts, diagram->place);
    diagram_arrange(diagram);
    decide_direction(&drawing);
    bool fits = diagram->down ? lay_down(&drawing) : lay_right(&drawing);
    if (!fits)
        return rk_fail(
            diag, RK_STUDY, diagram->place,
            "too many boxes side by side for a page %.0f mm wide; turn the diagram "
            "(direction: %s) or split it",
            plot.width * 25.4 / 72, diagram->down ? "right" : "down");
    out->width = plot.width;
    out->height = drawing.height;
    draw_all(&drawing);
    return RK_OK;
}
