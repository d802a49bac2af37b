// SPDX-License-Identifier: MIT
#include "tests/support/chart_case.h"

#include "pipeline/base/rk_text.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONG_LABEL "Physical Health Services (including dentists, physiotherapy etc.)"
#define MONTHS                                                                     \
    "Mar 2014|Apr 2014|May 2014|Jun 2014|Jul 2014|Aug 2014|Sep 2014|Oct 2014|Nov " \
    "2014|Dec 2014|"                                                               \
    "Jan 2015|Feb 2015"
#define CONDITIONS                                                                        \
    "Depression or low mood|Anxiety Disorder|Back "                                       \
    "problems|Epilepsy|Osteoarthritis|Rheumatoid "                                        \
    "arthritis|Problems with legs|Alcohol addiction|Substance misuse|Bi-polar Disorder|"  \
    "Post-Traumatic Stress Disorder|Learning difficulties|Diabetes|Heart/blood pressure|" \
    "Chest/breathing problems|Fibromyalgia|Problems with feet|Problems with "             \
    "arms|Problems "                                                                      \
    "with hands|Neck problems|Difficulty seeing|Difficulty hearing|Neurological|"         \
    "Blood-related disorder|Brain injury/trauma|Chronic Fatigue Syndrome|Other|Prefer "   \
    "not to say"

const struct chart_case chart_cases[] = {
    {"bars", CHART_BARS, UNIT_PERCENT, "Women|Men|Not said", "Clients",
     .values = "38.6,32,45; 61.4,55,68; c", .n = 830},
    {"bars-28", CHART_BARS, UNIT_PERCENT, CONDITIONS, "Clients",
     .values = "24.1;18.2;9.3;8.1;7.7;6.5;5.2;4.1;3.9;3;2.6;2.2;1.9;1.8;1.7;1.6;1.5;1.4;1."
               "2;1.1;1;.9;.8;"
               ".7;.6;.5;c;c"},
    {"bars-one", CHART_BARS, UNIT_PERCENT, LONG_LABEL, "Clients", .values = "100", .n = 12},
    {"bars-zero", CHART_BARS, UNIT_CLIENTS, "Nobody|Nobody else|No data", "Clients",
     .values = "0;0;-"},
    {"bars-negative", CHART_BARS, UNIT_POINTS, "Manchester|Salford|" LONG_LABEL, "Change",
     .values = "7.4,3.5,11.2; -4.2,-9,1.1; -12.3,-20,-4"},
    {"grouped", CHART_GROUPED, UNIT_PERCENT, "Manchester|Salford|Trafford", "Women|Men",
     .values = "61,56,66 58.2,53,63; 55,50,60 49.9,45,55; c 70.1,65,75", .n = 400},
    {"grouped-4", CHART_GROUPED, UNIT_PERCENT, "Manchester|Salford",
     "White British|Black or Black British|Asian or Asian British|Mixed",
     .values = "61 58 55 50; 62 70 c -"},
    {"stacked", CHART_STACKED, UNIT_CLIENTS, "Manchester|Salford|Trafford",
     "Engaged|Some contact|Disengaged", .values = "300 120 33; 200 88 20; 50 12 4"},
    {"stacked-edges", CHART_STACKED, UNIT_CLIENTS, LONG_LABEL "|Empty|Masked|Tiny|Huge",
     "Engaged|Some contact|Disengaged",
     .values = "1 0 1; 0 0 0; c c 3; 1 1 1; 150000 22222 9"},
    {"shares", CHART_SHARES, UNIT_PERCENT, "16-24|25-34|35-44", "Yes|No",
     .values = "70 30; 64 36; 0 100", .n = 120},
    {"shares-5", CHART_SHARES, UNIT_PERCENT, "Initial assessment|Latest review|Masked",
     "Within 1 month|1 to 3 months|3 to 6 months|6 to 12 months|More than a year",
     .values = "5.2 14.8 22 30 28; 8.1 20.2 25.7 26 20; 50 20 20 c c", .n = 315},
    {"diverging", CHART_DIVERGING, UNIT_PERCENT, "GP|Mental health services|" LONG_LABEL,
     "Very poor|Poor|Average|Effective|Superb",
     .values = "1 3 51 37 8; 4 10 30 44 12; 0 5 45 40 10"},
    {"diverging-4", CHART_DIVERGING, UNIT_PERCENT, "First|Second",
     "Never|Rarely|Often|Always", .values = "10 20 30 40; 0 0 0 100"},
    {"diverging-edges", CHART_DIVERGING, UNIT_PERCENT,
     "Superb only|Poor only|Middle|None|" LONG_LABEL "|Masked",
     "Very poor|Poor|Average|Effective|Superb",
     .values = "0 0 0 0 100; 100 0 0 0 0; 0 0 100 0 0; - - - - -; 1 2 3 4 90; c 10 20 c 30",
     .n = 88},
    {"dumbbell", CHART_DUMBBELL, UNIT_PERCENT, "Manchester|Salford|Trafford|All areas",
     "Initial assessment|Latest review",
     .values = "38.6 43.7; 32.7 44.5; 36.8 42.1; 36.5 44", .n = 326,
     .notes = "+5.1 (0.1 to 10.1)|+11.8 (5.0 to 18.6)|[c]|+7.4 (3.5 to 11.2)"},
    {"dumbbell-edges", CHART_DUMBBELL, UNIT_PERCENT,
     LONG_LABEL "|0 to 100|The same|One masked|Both masked|No data",
     "Initial assessment|Latest review",
     .values =
         "38.6,34,43 40.7,36,45; 0,0,4 100,96,100; 50,46,54 50,46,54; 36.5 c; c c; - -"},
    {"dots", CHART_DOTS, UNIT_SCORE, "Apr to Jun 2014|Jul to Sep 2014|Oct to Dec 2014",
     "Mean", .values = "20.1,18.9,21.3; 22.4,20.8,24; 23.9,21.9,25.9", .n = 310,
     .reference = 22.6},
    {"dots-2", CHART_DOTS, UNIT_PERCENT, "Manchester|Salford", "Women|Men",
     .values = "30,25,36 37,32,43; 44,39,50 c"},
    {"forest", CHART_FOREST, UNIT_POINTS, "Manchester|Salford|All", "Change",
     .values = "5.1,.1,10.1; 11.8,5,18.6; 7.4,3.5,11.2", .n = 197, .reference = 7.4},
    {"bullet", CHART_BULLET, UNIT_PERCENT, "Attached within a month|Started a job",
     "Actual|Target", .values = "78.2 90; 4.5,2.9,6.8 20", .targets = "Target", .n = 448},
    {"slope", CHART_SLOPE, UNIT_PERCENT, "Manchester|Salford|Trafford|All areas",
     "Initial assessment|Latest review", .values = "38.6 43.7; 32.7 44.5; 36.8 c; 36.5 44",
     .n = 326},
    {"slope-long", CHART_SLOPE, UNIT_PERCENT, "Manchester|Salford|" LONG_LABEL "|Masked",
     "Initial assessment|Latest review", .values = "38.6 43.7; 38.7 43.6; 0 100; c 50", .n = 326},
    {"columns", CHART_COLUMNS, UNIT_CLIENTS, MONTHS, "Referrals|Profile",
     .values = "5 10;30 35;42 40;38 45;51 45;47 45;55 45;49 45;44 45;c 45;66 45;38 45",
     .targets = "Profile"},
    {"columns-panels", CHART_COLUMNS, UNIT_CLIENTS, MONTHS, "Referrals",
     .values = "5;30;42;38;51;47;55;49;44;21;66;38;5;3;4;8;1;7;5;4;4;c;6;8;1;2;3;4;5;6;7;8;"
               "9;8;7;6",
     .panels = "Manchester|Salford|Trafford"},
    {"cumulative", CHART_CUMULATIVE, UNIT_CLIENTS, MONTHS, "Referrals|Profile",
     .values = "5 10;35 45;77 85;115 130;166 175;213 220;268 265;317 310;361 355;382 "
               "400;448 445;486 490",
     .targets = "Profile"},
    {"cumulative-masked", CHART_CUMULATIVE, UNIT_CLIENTS, MONTHS, "North|South|Profile",
     .values = "10 1 12; 20 2 24; c 3 36; 40 c 48; c c 60; 60 6 72; 70 59 84; 80 79 96; 90 "
               "89 108; 100 99 110; 110 109 112; 120 119 125",
     .targets = "Profile"},
    {"run", CHART_RUN, UNIT_PERCENT, MONTHS, "Share",
     .values = "45;40;42;38;51;47;55;49;44;c;66;38", .reference = 45.5},
    {"multiples", CHART_BARS, UNIT_PERCENT, "24 or under|25-34|35-44", "Clients",
     .values =
         "20,12,29;25,17,34;30,22,39;45,37,54;50,42,59;c;70,62,79;75,67,84;100,99,100",
     .panels = "Manchester|Salford|Trafford", .reference = 54},
};
const size_t chart_case_count = sizeof chart_cases / sizeof *chart_cases;

/** The pieces of a text between a separator, trimmed. */
static size_t pieces(struct rk_arena *arena, const char *text, char separator,
                     const char **out)
{
    size_t count = 0;
    const char set[] = {separator, '\0'};
    while (text && *text) {
        size_t bytes = strcspn(text, set);
        out[count++] = rk_text_trim(rk_arena_copy_n(arena, text, bytes));
        text += bytes + (text[bytes] != '\0');
    }
    return count;
}

static struct chart_point point(struct rk_arena *arena, const char *text)
{
    struct chart_point out = {.value = NAN, .low = NAN, .high = NAN, .n = -1};
    const char *parts[3];
    double *numbers[] = {&out.value, &out.low, &out.high};
    if (!strcmp(text, "c")) out.mark = MARK_MASKED;
    if (!strcmp(text, "c") || !strcmp(text, "-")) return out;
    size_t count = pieces(arena, text, ',', parts);
    for (size_t i = 0; i < count; i++)
        CHECK(rk_text_number(parts[i], numbers[i]));
    return out;
}

static void fill_points(struct rk_arena *arena, const char *values, struct chart_spec *spec)
{
    const char *lines[200], *cells[10];
    size_t count = pieces(arena, values, ';', lines);
    struct chart_point *points = RK_ARRAY(arena, struct chart_point, count * 10);
    for (size_t i = 0; i < count; i++) {
        size_t found = pieces(arena, lines[i], ' ', cells);
        for (size_t s = 0; s < found; s++) {
            struct chart_point *at = &points[spec->point_count++];
            *at = point(arena, cells[s]);
            at->group = i % spec->group_count;
            at->panel = i / spec->group_count;
            at->series = s;
        }
    }
    spec->points = points;
}

struct chart_spec chart_case_spec(struct rk_arena *arena, const struct chart_case *about)
{
    const char *names[200], *notes[200];
    struct chart_spec spec = {
        .id = about->id,
        .kind = about->kind,
        .headline = "A finding in one sentence",
        .unit = about->unit,
        .decimals = about->unit == UNIT_CLIENTS ? 0 : 1,
        .axis_label = "What is measured",
        .axis_low = NAN,
        .axis_high = NAN,
        .reference = about->reference != 0 ? about->reference : NAN,
        .reference_label = "All clients",
    };
    spec.group_count = pieces(arena, about->groups, '|', names);
    struct chart_group *groups = RK_ARRAY(arena, struct chart_group, spec.group_count);
    size_t noted = pieces(arena, about->notes, '|', notes);
    for (size_t i = 0; i < spec.group_count; i++)
        groups[i] = (struct chart_group){.code = names[i],
                                         .label = names[i],
                                         .n = about->n ? about->n : -1,
                                         .note = i < noted ? notes[i] : NULL,
                                         .total = !strncmp(names[i], "All", 3)};
    spec.series_count = pieces(arena, about->series, '|', names);
    struct chart_series *series = RK_ARRAY(arena, struct chart_series, spec.series_count);
    enum chart_role role = about->kind == CHART_BULLET ? CHART_TARGET : CHART_PROFILE;
    for (size_t i = 0; i < spec.series_count; i++)
        series[i] = (struct chart_series){
            names[i], names[i],
            about->targets && !strcmp(about->targets, names[i]) ? role : CHART_PLAIN};
    spec.groups = groups;
    spec.series = series;
    spec.panel_count = pieces(arena, about->panels, '|', names);
    if (spec.panel_count) {
        const char **panels = RK_ARRAY(arena, const char *, spec.panel_count);
        memcpy(panels, names, spec.panel_count * sizeof *panels);
        spec.panels = panels;
    }
    fill_points(arena, about->values, &spec);
    return spec;
}

rk_status chart_case_draw(struct rk_arena *arena, const struct chart_spec *specs,
                          size_t count, const char **folder)
{
    struct rk_run run = {.program = "test",
                         .out_dir = check_folder(),
                         .arena = arena,
                         .diag = rk_diag_new("test")};
    struct rk_out *out;
    const char *charts = rk_run_path(&run, "50-charts", NULL);
    setenv("RECKON_SHARE", "config", 0);
    CHECK_OK(rk_out_begin(arena, run.diag, charts, false, &out));
    rk_status status = charts_draw(&run, specs, count, out);
    rk_status committed = rk_out_commit(out);
    if (status == RK_OK) CHECK_OK(committed);
    rk_diag_flush(run.diag);
    rk_diag_free(run.diag);
    if (folder) *folder = charts;
    return status;
}
