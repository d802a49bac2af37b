// SPDX-License-Identifier: MIT
/* Plans to pages: frames, nodes, footnotes, running heads, page numbers, the stamp. */
#include "render/flow_emit.h"

#include <string.h>

#define BAR_WIDTH  3.0
#define NOTES_RULE 90.0

size_t flow_plan_of(const struct flow *flow, const char *anchor)
{
    long at = anchor ? rk_map_find(flow->anchors, anchor) : -1;

    return at < 0 ? flow->plan_count : flow->anchor_plan[at];
}

static size_t front_plans(const struct flow *flow)
{
    size_t count = 0;

    while (count < flow->plan_count &&
           (flow->plans[count].front || flow->plans[count].kind == PLAN_COVER))
        count++;
    return count;
}

static const char *roman(struct rk_arena *arena, size_t number)
{
    static const struct {
        size_t value;
        const char *text;
    } steps[] = {
        {1000, "m" },
        {900,  "cm"},
        {500,  "d" },
        {400,  "cd"},
        {100,  "c" },
        {90,   "xc"},
        {50,   "l" },
        {40,   "xl"},
        {10,   "x" },
        {9,    "ix"},
        {5,    "v" },
        {4,    "iv"},
        {1,    "i" }
    };
    const char *text = "";

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            text = rk_arena_printf(arena, "%s%s", text, steps[i].text);
    return text;
}

const char *flow_page_label(struct flow *flow, size_t plan)
{
    size_t front = front_plans(flow);

    if (plan >= flow->plan_count) return "?";
    if (plan < front) return roman(flow->arena, plan + 1);
    return rk_arena_printf(flow->arena, "%zu", plan - front + 1);
}

static double area_top(const struct emitting *e)
{
    return e->height - e->flow->theme->top;
}

static void draw_frame(struct emitting *e, const struct framed *framed)
{
    const struct frame *frame = framed->frame;
    double top = area_top(e) - framed->top, bottom = area_top(e) - framed->bottom;
    bool white = frame->fill.red >= 1 && frame->fill.green >= 1 && frame->fill.blue >= 1;

    page_artifact(e->page, PAGE_DECORATION);
    if (!white) {
        page_ink(e->page, frame->fill);
        page_rectangle(e->page, frame->x, bottom, frame->width, top - bottom, PAGE_FILL);
    }
    if (frame->has_bar) {
        page_ink(e->page, frame->bar);
        page_rectangle(e->page, frame->x, bottom, BAR_WIDTH, top - bottom, PAGE_FILL);
    }
}

static void mark_place(struct emitting *e, const struct node *node, double top)
{
    const struct heading *heading = node->heading;
    double above = top + 4 < e->height ? top + 4 : e->height;

    if (node->anchor) page_anchor(e->page, node->anchor, above);
    if (heading)
        page_bookmark(e->page, heading->block->level,
                      heading->section ? heading->section : heading->title, above);
}

static void mark_parts(struct emitting *e, const struct node *node, double top)
{
    for (size_t i = 0; i < node->part_count; i++)
        for (const struct node *part = node->parts[i].first; part; part = part->next) {
            mark_place(e, part, top);
            mark_parts(e, part, top);
        }
}

static void draw_node(struct emitting *e, const struct node *node, double top)
{
    mark_place(e, node, top);
    mark_parts(e, node, top);
    if (node->draw) node->draw(e, node, top);
}

static void draw_again(struct emitting *e, const struct repeated *repeated)
{
    struct node node = {
        .x = e->flow->theme->left,
        .height = repeated->region->again,
        .data = repeated->region->again_data,
    };

    e->artifact = true;
    repeated->region->draw_again(e, &node, area_top(e) - repeated->top);
    e->artifact = false;
}

static void draw_notes(struct emitting *e)
{
    const struct theme *theme = e->flow->theme;
    double height = 0, at;

    if (e->plan->note_count == 0) return;
    for (size_t i = 0; i < e->plan->note_count; i++)
        height += e->plan->notes[i].height;
    at = theme->bottom + height;
    page_artifact(e->page, PAGE_DECORATION);
    page_pen(e->page, theme->soft);
    page_dash(e->page, NULL, 0);
    page_line_width(e->page, 0.5);
    page_line(e->page, theme->left, at + 5, theme->left + NOTES_RULE, at + 5);
    for (size_t i = 0; i < e->plan->note_count; i++) {
        const struct note_part *part = &e->plan->notes[i];

        for (const struct node *node = part->first; node && node != part->end;
             node = node->next) {
            draw_node(e, node, at);
            at -= node->height;
        }
        at -= 2;
    }
}

static void draw_running_head(struct emitting *e)
{
    const struct theme *theme = e->flow->theme;
    const struct doc_front *front = &e->flow->doc->front;
    const char *left =
        front->running_head && *front->running_head ? front->running_head : front->title;
    double y = e->height - theme->top + 26, right = e->width - theme->right;
    struct font *font = page_face(e->page, FONT_REGULAR);
    double size = theme->small_size, room = right - theme->left;
    const char *section;

    page_artifact(e->page, PAGE_HEADER);
    page_ink(e->page, theme->soft);
    if (e->plan->section) {
        section = flow_shorten(e->flow, font, size, e->plan->section->section, 0.6 * room);
        page_text(e->page, font, size, right, y, PAGE_RIGHT, section);
        room -= font_width(font, section, size) + 2 * size;
    }
    if (left)
        page_text(e->page, font, size, theme->left, y, PAGE_LEFT,
                  flow_shorten(e->flow, font, size, left, room));
    page_pen(e->page, theme->rule);
    page_dash(e->page, NULL, 0);
    page_line_width(e->page, 0.5);
    page_line(e->page, theme->left, y - 6, right, y - 6);
}

static void draw_page_number(struct emitting *e, size_t index)
{
    const struct theme *theme = e->flow->theme;
    const char *label = flow_page_label(e->flow, index);
    size_t front = front_plans(e->flow);

    if (theme->page_of && index >= front)
        label = rk_arena_printf(e->flow->arena, "%s of %zu", label,
                                e->flow->plan_count - front);
    page_artifact(e->page, PAGE_FOOTER);
    page_ink(e->page, theme->soft);
    page_text(e->page, page_face(e->page, FONT_REGULAR), theme->small_size + 0.5,
              e->width - theme->right, theme->bottom - 30, PAGE_RIGHT, label);
}

/* What must not be missed on any page, printed or on a screen. */
static void draw_stamp(struct emitting *e)
{
    const char *stamp = e->flow->doc->front.stamp;
    struct font *font = page_face(e->page, FONT_BOLD);
    double width, x, y = e->height - 24;

    if (!stamp || !*stamp) return;
    width = font_width(font, stamp, 8.5) + 16;
    x = (e->width - width) / 2;
    page_artifact(e->page, PAGE_HEADER);
    page_ink(e->page, colour_rgb(0xffffff));
    page_pen(e->page, colour_rgb(0x801650));
    page_dash(e->page, NULL, 0);
    page_line_width(e->page, 1);
    page_rectangle(e->page, x, y - 4.5, width, 15, PAGE_FILL_STROKE);
    page_ink(e->page, colour_rgb(0x801650));
    page_text(e->page, font, 8.5, e->width / 2, y, PAGE_MIDDLE, stamp);
}

static void draw_text_page(struct emitting *e, size_t index)
{
    const struct plan *plan = e->plan;

    for (size_t i = 0; i < plan->frame_count; i++)
        draw_frame(e, &plan->frames[i]);
    for (size_t i = 0; i < plan->repeat_count; i++)
        draw_again(e, &plan->repeats[i]);
    for (size_t i = 0; i < plan->count; i++)
        draw_node(e, plan->placed[i].node, area_top(e) - plan->placed[i].top);
    draw_notes(e);
    if (e->flow->theme->running_heads) draw_running_head(e);
    draw_page_number(e, index);
}

static void emit_page(struct flow *flow, size_t index)
{
    const struct plan *plan = &flow->plans[index];
    struct emitting e = {
        .flow = flow,
        .plan = plan,
        .width = plan->turned ? flow->theme->height : flow->theme->width,
        .height = plan->turned ? flow->theme->width : flow->theme->height,
    };

    e.page = pdf_page(flow->pdf, e.width, e.height);
    if (plan->kind == PLAN_COVER)
        flow_draw_cover(&e);
    else if (plan->kind == PLAN_BACK)
        flow_draw_back(&e);
    else
        draw_text_page(&e, index);
    draw_stamp(&e);
}

void flow_emit(struct flow *flow)
{
    size_t front = front_plans(flow);

    if (front) pdf_page_labels(flow->pdf, 0, true, NULL);
    pdf_page_labels(flow->pdf, front, false, NULL);
    for (size_t i = 0; i < flow->plan_count; i++)
        emit_page(flow, i);
}
