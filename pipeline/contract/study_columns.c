// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/pattern.h"
#include "pipeline/contract/study_columns.h"
#include "pipeline/contract/study_missing.h"

#include <math.h>
#include <string.h>

static const char *const type_names[] = {"id",     "date", "code", "integer",
                                         "number", "text", NULL};
static const char *const better_names[] = {"none", "high", "low", NULL};

#define FIELD(name) offsetof(struct study_column, name)
#define FOR(type)   (1U << (type))
enum {
    FOR_TEXT = FOR(COLUMN_ID) | FOR(COLUMN_TEXT),
    FOR_NUMBER = FOR(COLUMN_INTEGER) | FOR(COLUMN_NUMBER),
};

static const struct study_key column_keys[] = {
    {.name = "from",
     .kind = KEY_TEXTS,
     .offset = FIELD(from),
     .count = FIELD(from_count),
     .required = true},
    {.name = "type",
     .kind = KEY_CHOICE,
     .offset = FIELD(type),
     .choices = type_names,
     .required = true},
    {.name = "label",                   .kind = KEY_TEXT,                                       .offset = FIELD(label)                                                                                                  },
    {.name = "private",                         .kind = KEY_BOOL,         .offset = FIELD(private) },
    {.name = "optional",                       .kind = KEY_BOOL, .offset = FIELD(optional)                     },
    {.name = "missing",                 .kind = KEY_OTHER},
    {.name = "take",                    .kind = KEY_OTHER},
    {.name = "pattern",
     .kind = KEY_TEXT,
     .offset = FIELD(pattern),
     .kinds = FOR(COLUMN_ID)},
    {.name = "tidy",
     .kind = KEY_TEXTS,
     .offset = FIELD(tidy),
     .count = FIELD(tidy_count),
     .kinds = FOR_TEXT},
    {.name = "formats",
     .kind = KEY_TEXTS,
     .offset = FIELD(formats),
     .count = FIELD(format_count),
     .kinds = FOR(COLUMN_DATE)},
    {.name = "between",                   .kind = KEY_OTHER,                                  .kinds = FOR(COLUMN_DATE) | FOR_NUMBER                                                                                                 },
    {.name = "before",
     .kind = KEY_TEXT,
     .offset = FIELD(before),
     .kinds = FOR(COLUMN_DATE)},
    {.name = "after",               .kind = KEY_TEXT,                                 .offset = FIELD(after),                                                                      .kinds = FOR(COLUMN_DATE)},
    {.name = "codes", .kind = KEY_OTHER,.kinds = FOR(COLUMN_CODE),.required = true},
    {.name = "unknown",                 .kind = KEY_OTHER,                                   .kinds = FOR(COLUMN_CODE)                                                                                       },
    {.name = "range",         .kind = KEY_OTHER,.kinds = FOR_NUMBER},
    {.name = "better",
     .kind = KEY_CHOICE,
     .offset = FIELD(better),
     .choices = better_names,
     .kinds = FOR_NUMBER | FOR(COLUMN_CODE)},
    {.name = "ordered",
     .kind = KEY_BOOL,
     .offset = FIELD(ordered),
     .kinds = FOR(COLUMN_CODE)},
    {.name = "apart",                                       .kind = KEY_OTHER,                                           .kinds = FOR(COLUMN_CODE)},
};

static const char *const formats[] = {
    "dd/mm/yyyy", "d/m/yyyy",   "yyyy-mm-dd",  "dd-mmm-yy",    "dd-mmm-yyyy", "dd/mm/yy",
    "mm/dd/yyyy", "dd.mm.yyyy", "d mmmm yyyy", "excel",        "d/m/yy",      "m/d/yyyy",
    "m/d/yy",     "mm/dd/yy",   "dd-mm-yyyy",  "d-m-yyyy",     "mm-dd-yyyy",  "dd-mm-yy",
    "d.m.yyyy",   "dd.mm.yy",   "yyyy/mm/dd",  "mmmm d yyyy",  "yyyymmdd",    "excel1904",
    "d-mmm-yy",   "d-mmm-yyyy",
};
enum { FORMATS = sizeof formats / sizeof *formats };

/* The node of the i-th text of a key that may be one text or a list of them. */
static const struct rk_yaml *item_node(const struct rk_yaml *map, const char *key, size_t i)
{
    const struct rk_yaml *node = rk_yaml_get(map, key);

    return node->kind == RK_YAML_LIST ? node->items[i] : node;
}

static const char *all_formats(struct rk_arena *arena)
{
    const char *text = formats[0];

    for (size_t i = 1; i < FORMATS; i++)
        text = rk_arena_printf(arena, "%s, %s", text, formats[i]);
    return text;
}

static void check_formats(struct study_reader *reader, const struct rk_yaml *map,
                          const struct study_column *column)
{
    for (size_t i = 0; i < column->format_count; i++) {
        size_t at = 0;

        while (at < FORMATS && strcmp(formats[at], column->formats[i]) != 0)
            at++;
        if (at == FORMATS)
            study_say(
                reader, item_node(map, "formats", i),
                "\"%s\" is not a format of dates%s; they are %s",
                column->formats[i],
                study_hint(reader, column->formats[i], formats, FORMATS),
                all_formats(reader->arena));
    }
    if (!column->format_count)
        study_say(reader, map, "date column \"%s\" needs the key \"formats\"",
                  column->name);
}

static bool is_remove(const char *step)
{
    const char *rest = step + strlen("remove");

    if (strncmp(step, "remove", strlen("remove")) != 0) return false;
    rest += strspn(rest, " ");
    return *rest && rest[strlen(rest) - 1] == *rest && strlen(rest) > 2 &&
           (*rest == '"' || *rest == '\'');
}

static void check_tidy(struct study_reader *reader, const struct rk_yaml *map,
                       const struct study_column *column)
{
    static const char *const steps[] = {"upper", "lower", "collapse", "remove \"-\""};

    for (size_t i = 0; i < column->tidy_count; i++) {
        const char *step = column->tidy[i];

        if (strcmp(step, "upper") != 0 && strcmp(step, "lower") != 0 &&
            strcmp(step, "collapse") != 0 && !is_remove(step))
            study_say(reader, item_node(map, "tidy", i),
                      "tidy: \"%s\" is none of upper, lower, collapse, remove \"-\"%s",
                      step, study_hint(reader, step, steps, 4));
    }
}

static void check_pattern(struct study_reader *reader, const struct rk_yaml *map,
                          const struct study_column *column)
{
    const char *why;

    if (column->pattern && !pattern_compile(column->pattern, &why))
        study_say(reader, rk_yaml_at(map, "pattern"),
                  "pattern: \"%s\" is not a regular expression: %s", column->pattern, why);
}

/* One end of `between` or `range`. */
static double read_limit(struct study_reader *reader, const struct rk_yaml *node,
                         enum column_type type)
{
    const char *text = study_text_of(reader, node, "a limit");
    double number = NAN;
    long day;

    if (!text) return NAN;
    if (type != COLUMN_DATE) {
        if (!rk_text_number(text, &number))
            study_say(reader, node, "\"%s\" is not a number", text);
        return number;
    }
    if (strcmp(text, "period_start") == 0) return (double)reader->study->period_start;
    if (strcmp(text, "cut_off") == 0) return (double)reader->study->cut_off;
    if (!rk_date_parse(text, &day)) {
        study_say(reader, node,
                  "\"%s\" is no date such as 2015-03-13, period_start or cut_off", text);
        return NAN;
    }
    return (double)day;
}

static void read_limits(struct study_reader *reader, const struct rk_yaml *map,
                        struct study_column *column)
{
    const struct rk_yaml *range = rk_yaml_get(map, "range");
    const struct rk_yaml *between = rk_yaml_get(map, "between");
    const struct rk_yaml *node = range ? range : between;

    if (range && between)
        study_say(reader, between, "a column has \"range\" or \"between\", not both");
    if (!node) return;
    if (node->kind != RK_YAML_LIST || node->count != 2) {
        study_say(reader, node, "expected two limits, as [0, 6]");
        return;
    }
    column->lowest = read_limit(reader, node->items[0], column->type);
    column->highest = read_limit(reader, node->items[1], column->type);
    if (column->lowest > column->highest)
        study_say(reader, node, "the lower limit is above the upper one");
}

static void read_unknown(struct study_reader *reader, const struct rk_yaml *map,
                         struct study_column *column)
{
    const struct rk_yaml *node = rk_yaml_get(map, "unknown");
    const char *text = node ? study_text_of(reader, node, "unknown") : NULL;

    if (!text || strcmp(text, "stop") == 0) return;
    if (strcmp(text, "invalid") == 0) {
        column->unknown = UNKNOWN_INVALID;
        return;
    }
    column->unknown = UNKNOWN_CODE;
    column->unknown_code = study_code(reader, column->codes, node);
}

void study_read_apart(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_column *column)
{
    const struct rk_yaml *node = rk_yaml_get(map, "apart");
    size_t count =
        node && node->kind == RK_YAML_TEXT ? 1 : study_items(reader, node, "apart");

    if (!count) return;
    column->apart = RK_ARRAY(reader->arena, bool, column->codes->count);
    for (size_t i = 0; i < count; i++) {
        int code = study_code(reader, column->codes, item_node(map, "apart", i));

        if (code >= 0) column->apart[code] = true;
    }
}

static void read_codes(struct study_reader *reader, const struct rk_yaml *map,
                       struct study_column *column)
{
    const struct rk_yaml *node = rk_yaml_get(map, "codes");

    column->codes = study_codes(reader, node, column->name);
    read_unknown(reader, map, column);
    study_read_apart(reader, map, column);
}

/* False when it is missing or none: then every key may be right. */
static bool type_of(const struct rk_yaml *map, enum column_type *type)
{
    const struct rk_yaml *node = rk_yaml_get(map, "type");

    *type = COLUMN_TEXT;
    for (int i = 0; node && node->kind == RK_YAML_TEXT && type_names[i]; i++)
        if (strcmp(type_names[i], node->text) == 0) {
            *type = (enum column_type)i;
            return true;
        }
    return false;
}

void study_read_column(struct study_reader *reader, const struct rk_yaml *key,
                       const struct rk_yaml *map, struct study_column *column)
{
    enum column_type type;
    bool typed = type_of(map, &type);
    const char *thing = rk_arena_printf(reader->arena, "%s%scolumn \"%s\"",
                                        typed ? type_names[type] : "", typed ? " " : "",
                                        key->text);

    study_name_ok(reader, key, "column");
    *column = (struct study_column){.name = key->text,
                                    .type = type,
                                    .lowest = NAN,
                                    .highest = NAN,
                                    .place = rk_yaml_place(key)};
    if (!STUDY_KEYS_READ(reader, map, column_keys, typed ? FOR(type) : 0, thing, column))
        return;
    if (!column->label) column->label = column->from_count ? column->from[0] : column->name;
    column->kept = !column->private;
    study_read_missing(reader, map, &column->missing);
    study_read_take(reader, rk_yaml_get(map, "take"), &column->take);
    if (!typed) return;
    if (type == COLUMN_ID) column->private = true;
    if (type == COLUMN_DATE) check_formats(reader, map, column);
    if (type == COLUMN_CODE) read_codes(reader, map, column);
    check_tidy(reader, map, column);
    check_pattern(reader, map, column);
    read_limits(reader, map, column);
}
