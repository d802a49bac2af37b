// SPDX-License-Identifier: MIT
#include "render/diagram_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

enum { MOST_BOXES = 100 };

size_t diagram_box(struct diagram *diagram, const char *id)
{
    long known = rk_map_find(diagram->ids, id);
    if (known >= 0) return (size_t)known;
    RK_ROOM(diagram->arena, diagram->boxes, diagram->box_count, diagram->box_cap);
    struct diagram_box *box = &diagram->boxes[diagram->box_count++];
    *box = (struct diagram_box){.fixed_step = -1};
    box->id = box->title = rk_arena_copy(diagram->arena, id);
    return rk_map_add(diagram->ids, id);
}

/* --- Reading lines --- */

static char *piece(struct rk_arena *arena, const char *from, const char *to)
{
    return rk_text_trim(rk_arena_copy_n(arena, from, (size_t)(to - from)));
}

/** The first arrow in a line, "->" or "~>", or NULL. */
static const char *find_arrow(const char *line)
{
    for (; *line; line++)
        if ((line[0] == '-' || line[0] == '~') && line[1] == '>') return line;
    return NULL;
}

static void add_arrow(struct diagram *diagram, size_t from, size_t to, bool side,
                      const char *label)
{
    RK_ROOM(diagram->arena, diagram->arrows, diagram->arrow_count, diagram->arrow_cap);
    diagram->arrows[diagram->arrow_count++] = (struct diagram_arrow){
        .from = from, .to = to, .side = side, .label = label && *label ? label : NULL};
    diagram->boxes[to].side = diagram->boxes[to].side || side;
}

/** "a -> b -> c : label": the label belongs to the last arrow. */
static const char *read_arrows(struct diagram *diagram, const char *line)
{
    const char *arrow = find_arrow(line), *colon = NULL;
    const char *name = piece(diagram->arena, line, arrow);
    if (!*name) return "an arrow needs a box on its left";
    size_t from = diagram_box(diagram, name);
    while (arrow) {
        bool side = *arrow == '~';
        const char *rest = arrow + 2;
        const char *next = find_arrow(rest);
        colon = next ? NULL : strstr(rest, ":");
        const char *end = next ? next : colon ? colon : rest + strlen(rest);
        name = piece(diagram->arena, rest, end);
        if (!*name) return "an arrow needs a box on its right";
        size_t to = diagram_box(diagram, name);
        if (to == from) return "an arrow cannot lead back to its own box";
        const char *label =
            colon ? piece(diagram->arena, colon + 1, colon + strlen(colon)) : NULL;
        add_arrow(diagram, from, to, side, label);
        from = to;
        arrow = next;
    }
    return NULL;
}

static const char *read_direction(struct diagram *diagram, const char *value)
{
    diagram->decided = true;
    diagram->down = !strcmp(value, "down");
    return diagram->down || !strcmp(value, "right") ? NULL : "direction is right or down";
}

/** "layer Inputs: staff, money". */
static const char *read_layer(struct diagram *diagram, const char *heading,
                              const char *names)
{
    size_t step = diagram->step_count;
    RK_ROOM(diagram->arena, diagram->steps, diagram->step_count, diagram->step_cap);
    diagram->steps[diagram->step_count++] = (struct diagram_step){.heading = heading};
    while (*names) {
        size_t bytes = strcspn(names, ",");
        const char *name = piece(diagram->arena, names, names + bytes);
        size_t at = *name ? diagram_box(diagram, name) : 0;
        if (*name) diagram->boxes[at].fixed_step = (long)step;
        names += bytes + (names[bytes] == ',');
    }
    return NULL;
}

static const char *read_words(struct diagram *diagram, const char *id, const char *words)
{
    size_t at = diagram_box(diagram, id);
    struct diagram_box *box = &diagram->boxes[at];
    const char *bar = strchr(words, '|');
    box->title = bar ? piece(diagram->arena, words, bar) : words;
    box->body = bar ? piece(diagram->arena, bar + 1, bar + strlen(bar)) : NULL;
    return *box->title ? NULL : "a box needs words";
}

/** NULL, or what is wrong with the line. */
static const char *read_line(struct diagram *diagram, const char *line)
{
    const char *colon = strchr(line, ':');
    if (find_arrow(line)) return read_arrows(diagram, line);
    if (!colon) return "neither an arrow (a -> b) nor the words of a box (a: Words)";
    const char *id = piece(diagram->arena, line, colon);
    const char *words = piece(diagram->arena, colon + 1, colon + strlen(colon));
    if (!strcmp(id, "direction")) return read_direction(diagram, words);
    if (!strncmp(id, "layer ", 6)) return read_layer(diagram, id + 6, words);
    if (!*id) return "a box needs a name before its colon";
    return read_words(diagram, id, words);
}

rk_status diagram_parse(struct rk_arena *arena, struct rk_diag *diag, struct rk_place place,
                        const char *const *lines, size_t count, struct diagram **out)
{
    struct diagram *diagram = RK_NEW(arena, struct diagram);
    size_t errors = 0;
    diagram->arena = arena;
    diagram->place = place;
    diagram->ids = rk_map_new(arena);
    *out = diagram;
    for (size_t i = 0; i < count; i++) {
        const char *line = rk_text_trim(rk_arena_copy(arena, lines[i]));
        const char *wrong = *line ? read_line(diagram, line) : NULL;
        if (!wrong) continue;
        errors++;
        rk_diag_say(diag, RK_DIAG_ERROR, RK_AT(place.file, place.line + i, 1), "%s", wrong);
    }
    if (errors) return RK_STUDY;
    if (diagram->box_count > MOST_BOXES || diagram->arrow_count > 4 * MOST_BOXES)
        return rk_fail(diag, RK_STUDY, place, "more than %d boxes are no diagram",
                       MOST_BOXES);
    if (!diagram->box_count)
        return rk_fail(diag, RK_STUDY, place,
                       "a diagram without boxes; write lines like a -> b");
    return RK_OK;
}

/* --- In words --- */

static const char *box_words(struct rk_arena *arena, const struct diagram_box *box)
{
    return box->body ? rk_arena_printf(arena, "%s (%s)", box->title, box->body)
                     : box->title;
}

/** What the box leads to: "Assessment (within 10 days), Support". */
static const char *targets(struct rk_arena *arena, const struct diagram *diagram,
                           size_t from, bool side)
{
    const char *text = NULL;
    for (size_t i = 0; i < diagram->arrow_count; i++) {
        const struct diagram_arrow *arrow = &diagram->arrows[i];
        if (arrow->from != from || arrow->side != side) continue;
        const char *one = diagram->boxes[arrow->to].title;
        if (arrow->label) one = rk_arena_printf(arena, "%s (%s)", one, arrow->label);
        text = text ? rk_arena_printf(arena, "%s, %s", text, one) : one;
    }
    return text;
}

const char *diagram_description(struct rk_arena *arena, const struct diagram *diagram)
{
    const char *text = "Boxes and arrows.";
    for (size_t i = 0; i < diagram->box_count; i++) {
        const struct diagram_box *box = &diagram->boxes[i];
        if (box->passing) continue;
        const char *on = targets(arena, diagram, i, false);
        const char *aside = targets(arena, diagram, i, true);
        text = rk_arena_printf(arena, "%s %s%s%s%s%s.", text, box_words(arena, box),
                               on ? " leads to " : "", on ? on : "",
                               aside ? "; beside it " : "", aside ? aside : "");
    }
    return text;
}
