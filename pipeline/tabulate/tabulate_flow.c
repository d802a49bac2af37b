// SPDX-License-Identifier: MIT
/* The result `flow`: where the rows of each source went. */
#include "pipeline/tabulate/tabulate_cell.h"
#include "pipeline/tabulate/tabulate_kind.h"

#include <string.h>

static const struct {
    const char *step, *label;
} steps[] = {
    {"read",       "Rows read"       },
    {"set_aside",  "Set aside"       },
    {"excluded",   "Excluded"        },
    {"kept",       "Kept"            },
    {"duplicates", "Duplicates"      },
    {"unlinked",   "Person not known"},
    {"unique",     "In the analysis" },
};
enum { READ, SET_ASIDE, EXCLUDED, KEPT, DUPLICATES, UNLINKED, UNIQUE, STEPS };

/* One source's rows on their way. */
struct course {
    struct tab_desk *desk;
    const struct study_source *source;
    struct tab_view view;
    struct tab_group read;
    long row;
    struct tab_group step[STEPS];
    bool told[STEPS];
};

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* What is left of a source is its frame, when they are as many rows. */
static struct tab_who who_of(const struct course *course, const struct flow_step *at)
{
    bool frame = same(at->step, "unique") && !*at->code &&
                 at->rows == (long)course->view.view.frame->rows;

    return frame ? course->view.who
                 : tab_who_flow(course->desk, course->source->name, at->step, at->code);
}

static struct tab_place place_of(const struct course *course, size_t step,
                                 const struct flow_step *at, long order)
{
    struct tab_place place = {"flow",   course->source->name, course->source->label,
                              at->step, steps[step].label,    course->row,
                              order};

    if (!place.row_label) place.row_label = course->source->name;
    if (!*at->code) return place;
    place.column = rk_arena_printf(course->desk->arena, "%s/%s", at->step, at->code);
    place.column_label = *at->reason ? at->reason : at->code;
    return place;
}

/* How many rows went where is no secret about anybody, and without it the books could not
 * be shown to balance; unless what is left is so little that it has to be hidden, and could
 * be had from them. */
static bool is_open(const struct course *course)
{
    long left = (long)course->view.view.frame->rows;

    return left == 0 || left >= course->desk->study->suppress_below;
}

static struct tab_group tell_step(const struct course *course, size_t step,
                                  const struct flow_step *at, long order)
{
    struct tab_place place = place_of(course, step, at, order);
    struct tab_who who = who_of(course, at);
    bool people = course->view.clients && same(who.frame, "people");
    struct tab_group group = tab_group(course->desk, &who, at->rows, is_open(course));

    tab_tell_count(course->desk, &place, "count", people ? UNIT_CLIENTS : UNIT_RECORDS,
                   &group, &course->read);
    return group;
}

/* The parts of a step are its reasons, when they add up. */
static void tell_reasons(struct course *course, size_t step)
{
    struct tab_desk *desk = course->desk;
    const struct flow *flow = &desk->flow;
    struct tab_group *reasons = RK_ARRAY(desk->scratch, struct tab_group, flow->count + 1);
    const struct tab_group **parts =
        RK_ARRAY(desk->scratch, const struct tab_group *, flow->count + 1);
    size_t count = 0;
    long sum = 0;

    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_step *at = &flow->steps[i];

        if (!same(at->source, course->source->name) || !same(at->step, steps[step].step) ||
            !*at->code)
            continue;
        reasons[count] =
            tell_step(course, step, at, (long)(step + 1) * 1000 + (long)count + 1);
        parts[count] = &reasons[count];
        sum += at->rows;
        count++;
    }
    if (count && sum == course->step[step].n)
        tab_sum(desk, &course->step[step], parts, count);
}

/* Said only where it adds up: a source may keep the rows whose person is not known. */
static void sum_steps(const struct course *course, size_t total, size_t first, size_t last)
{
    const struct tab_group *parts[STEPS];
    size_t count = 0;
    long sum = 0;

    for (size_t step = first; step <= last; step++) {
        if (!course->told[step]) continue;
        parts[count++] = &course->step[step];
        sum += course->step[step].n;
    }
    if (count && course->told[total] && sum == course->step[total].n)
        tab_sum(course->desk, &course->step[total], parts, count);
}

static const struct flow_step *find_step(const struct flow *flow, const char *source,
                                         const char *step)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_step *at = &flow->steps[i];

        if (same(at->source, source) && same(at->step, step) && !*at->code) return at;
    }
    return NULL;
}

static void tell_course(struct course *course)
{
    for (size_t step = 0; step < STEPS; step++) {
        const struct flow_step *at =
            find_step(&course->desk->flow, course->source->name, steps[step].step);

        if (!at) continue;
        course->step[step] = tell_step(course, step, at, (long)(step + 1) * 1000);
        course->told[step] = true;
        tell_reasons(course, step);
    }
    sum_steps(course, READ, SET_ASIDE, KEPT);
    sum_steps(course, KEPT, DUPLICATES, UNIQUE);
}

rk_status tab_flow(struct tab_desk *desk)
{
    const struct study *study = desk->study;

    for (size_t i = 0; i < study->source_count; i++) {
        struct course course = {
            .desk = desk, .source = &study->sources[i], .row = (long)i + 1};

        RK_TRY(tab_view_open(desk, course.source->name, &course.view));
        tab_root(desk, &course.view);
        course.read = tab_rows_read(desk, course.source);
        tell_course(&course);
    }
    return RK_OK;
}
