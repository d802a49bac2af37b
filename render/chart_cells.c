// SPDX-License-Identifier: MIT
#include "render/chart_cells_priv.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char *const wish_names[WISHES] = {
    [WISH_CHART] = "chart",         [WISH_RESULT] = "result",
    [WISH_ROWS] = "rows",           [WISH_COLUMNS] = "columns",
    [WISH_SHOW] = "show",           [WISH_TRANSPOSE] = "transpose",
    [WISH_SERIES] = "series",       [WISH_PANELS] = "panels",
    [WISH_HEAD] = "head",           [WISH_ORDER] = "order",
    [WISH_REFERENCE] = "reference", [WISH_REFERENCE_LABEL] = "reference_label",
    [WISH_FOCUS] = "focus",         [WISH_BETTER] = "better",
    [WISH_AXIS] = "axis",           [WISH_X] = "x",
    [WISH_NOTE] = "note",           [WISH_NOTE_LABEL] = "note_label",
    [WISH_INTERVAL] = "interval",   [WISH_VALUES] = "values",
    [WISH_BASE] = "base",           [WISH_TOTAL] = "total",
    [WISH_PROFILE] = "profile",     [WISH_PART] = "part",
    [WISH_WIDTH] = "width",         [WISH_HEIGHT] = "height",
};

/** Keys that take one of a few words; others are free. */
static const struct {
    enum chart_wish wish;
    const char *words;
} choices[] = {
    {WISH_TRANSPOSE, "yes no"                },
    {WISH_SERIES,    "rows columns"          },
    {WISH_PANELS,    "rows columns"          },
    {WISH_ORDER,     "given largest smallest"},
    {WISH_BETTER,    "high low"              },
    {WISH_INTERVAL,  "yes no"                },
    {WISH_VALUES,    "yes no"                },
    {WISH_BASE,      "yes no"                },
    {WISH_TOTAL,     "yes no"                },
    {WISH_PROFILE,   "yes no"                },
};

struct chart_words chart_words_of(struct rk_arena *arena, const char *text)
{
    static const char parting[] = " ,\t\n";
    struct chart_words words = {0};
    for (text += strspn(text, parting); *text; text += strspn(text, parting)) {
        size_t bytes = strcspn(text, parting);
        RK_ROOM(arena, words.words, words.count, words.cap);
        words.words[words.count++] = rk_arena_copy_n(arena, text, bytes);
        text += bytes;
    }
    return words;
}

rk_status chart_wish_fail(const struct chart_reading *reading, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *what = rk_arena_vprintf(reading->arena, format, args);
    va_end(args);
    return rk_fail(reading->run->diag, RK_STUDY, reading->request->place, "figure %s: %s",
                   reading->request->id, what);
}

rk_status chart_wish_unknown(const struct chart_reading *reading, const char *what,
                             const char *given, const struct chart_words *known)
{
    const char *nearest = rk_text_nearest(given, known->words, known->count);
    if (nearest)
        return chart_wish_fail(reading, "unknown %s \"%s\"; did you mean \"%s\"?", what,
                               given, nearest);
    const char *all = "";
    for (size_t i = 0; i < known->count && i < 20; i++)
        all =
            rk_arena_printf(reading->arena, "%s%s%s", all, i ? ", " : "", known->words[i]);
    return chart_wish_fail(reading, "unknown %s \"%s\"; there is %s%s", what, given, all,
                           known->count > 20 ? ", ..." : "");
}

bool chart_wish_is(const struct chart_reading *reading, enum chart_wish wish,
                   const char *value)
{
    return reading->wishes[wish] && !strcmp(reading->wishes[wish], value);
}

const struct cell *chart_cell(const struct chart_reading *reading, const char *result,
                              const char *row, const char *column, const char *measure)
{
    const struct cell *cell =
        results_find(reading->results, rk_arena_printf(reading->arena, "%s.%s.%s.%s", result,
                                                       row, column, measure));
    if (cell && reading->request->shown) rk_map_add(reading->request->shown, cell->id);
    return cell;
}

int chart_decimals(const struct chart_reading *reading, enum cell_unit unit)
{
    const struct study *study = reading->run->study;
    switch (unit) {
    case UNIT_CLIENTS:
    case UNIT_RECORDS:
        return 0;
    case UNIT_PERCENT:
        return study ? (int)study->decimals_percent : 1;
    case UNIT_POINTS:
        return study ? (int)study->decimals_points : 1;
    case UNIT_RATIO:
        return study ? (int)study->decimals_ratio : 2;
    case UNIT_P:
        return 3;
    case UNIT_NUMBER:
        return 0;
    default:
        return study ? (int)study->decimals_mean : 1;
    }
}

/* --- Keys --- */

static rk_status read_key(struct chart_reading *reading, const struct chart_key *key)
{
    const char *name = strcmp(key->key, "sort") ? key->key : wish_names[WISH_ORDER];
    for (size_t i = 0; i < WISHES; i++) {
        if (strcmp(name, wish_names[i])) continue;
        reading->wishes[i] = key->value;
        return RK_OK;
    }
    const char *names[WISHES];
    memcpy(names, wish_names, sizeof names);
    const struct chart_words known = {names, WISHES, WISHES};
    return chart_wish_unknown(reading, "key", key->key, &known);
}

static rk_status check_choices(struct chart_reading *reading)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *value = reading->wishes[choices[i].wish];
        struct chart_words words = chart_words_of(reading->arena, choices[i].words);
        bool known = !value;
        for (size_t k = 0; !known && k < words.count; k++)
            known = !strcmp(value, words.words[k]);
        if (!known)
            return chart_wish_unknown(
                reading,
                rk_arena_printf(reading->arena, "%s=", wish_names[choices[i].wish]), value,
                &words);
    }
    return RK_OK;
}

static rk_status read_kind(struct chart_reading *reading)
{
    const char *name = reading->wishes[WISH_CHART];
    if (!name) return chart_wish_fail(reading, "it needs a kind: chart=bars");
    if (chart_kind_find(name, &reading->kind)) return RK_OK;
    struct chart_words known = {0};
    const char *const *names = chart_kind_names(&known.count);
    known.words = RK_ARRAY(reading->arena, const char *, known.count);
    memcpy(known.words, names, known.count * sizeof *names);
    return chart_wish_unknown(reading, "chart", name, &known);
}

static bool has_result(const struct results *results, const char *name)
{
    for (size_t i = 0; i < results->cell_count; i++)
        if (!strcmp(results->cells[i].result, name)) return true;
    return false;
}

static struct chart_words all_results(const struct chart_reading *reading)
{
    struct rk_map *seen = rk_map_new(reading->arena);
    struct chart_words words = {0};
    for (size_t i = 0; i < reading->results->cell_count; i++)
        rk_map_add(seen, reading->results->cells[i].result);
    words.count = rk_map_count(seen);
    words.words = RK_ARRAY(reading->arena, const char *, words.count);
    for (size_t i = 0; i < words.count; i++)
        words.words[i] = rk_map_key(seen, i);
    return words;
}

static rk_status read_results(struct chart_reading *reading)
{
    if (!reading->wishes[WISH_RESULT])
        return chart_wish_fail(reading, "it needs a result: result=belief");
    reading->names = chart_words_of(reading->arena, reading->wishes[WISH_RESULT]);
    if (!reading->names.count)
        return chart_wish_fail(reading, "it needs a result: result=belief");
    for (size_t i = 0; i < reading->names.count; i++) {
        if (has_result(reading->results, reading->names.words[i])) continue;
        struct chart_words known = all_results(reading);
        return chart_wish_unknown(reading, "result", reading->names.words[i], &known);
    }
    return RK_OK;
}

rk_status chart_from_cells(struct rk_run *run, const struct results *results,
                           const struct chart_request *request, struct chart_spec *out)
{
    struct chart_reading reading = {.run = run,
                                    .arena = run->arena,
                                    .results = results,
                                    .request = request,
                                    .spec = out};
    for (size_t i = 0; i < request->key_count; i++)
        RK_TRY(read_key(&reading, &request->keys[i]));
    RK_TRY(check_choices(&reading));
    RK_TRY(read_kind(&reading));
    RK_TRY(read_results(&reading));
    *out = (struct chart_spec){
        .id = request->id,
        .kind = reading.kind,
        .headline = request->headline,
        .subtitle = request->subtitle,
        .axis_low = NAN,
        .axis_high = NAN,
        .reference = NAN,
        .place = request->place,
    };
    RK_TRY(chart_pick(&reading));
    RK_TRY(chart_fill(&reading));
    return chart_extras(&reading);
}
