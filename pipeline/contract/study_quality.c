// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include <string.h>

/* `quality`: what the data-quality report is told by, and which days it measures. */

#define TIMING(name) offsetof(struct study_timing, name)
static const struct study_key quality_keys[] = {
    {.name = "by",     .kind = KEY_OTHER},
    {.name = "timing", .kind = KEY_OTHER},
};
static const struct study_key timing_keys[] = {
    {.name = "source",      .kind = KEY_TEXT, .offset = TIMING(source), .required = true},
    {.name = "from",                     .kind = KEY_TEXT,                        .offset = TIMING(from),            .required = true},
    {.name = "to",     .kind = KEY_TEXT,                     .offset = TIMING(to),                       .required = true},
    {.name = "label", .kind = KEY_TEXT,.offset = TIMING(label)},
};

/* A column of codes that people have: where they belong to. */
static void read_by(struct study_reader *reader, const struct rk_yaml *map)
{
    struct study *study = reader->study;
    const struct rk_yaml *node = rk_yaml_get(map, "by");
    const char *name = node ? study_text_of(reader, node, "by") : "area";
    const struct study_column *column = NULL;

    for (size_t i = 0; name && study->people && i < study->people->column_count; i++)
        if (strcmp(study->people->columns[i].name, name) == 0)
            column = &study->people->columns[i];
    if (column && column->type == COLUMN_CODE)
        study->quality_by = column;
    else if (node && name)
        study_say(reader, node, "by: expected a code column of people, not \"%s\"", name);
}

static void check_date(struct study_reader *reader, const struct study_scope *scope,
                       const struct rk_yaml *node, const char *key, const char *name)
{
    const struct study_column *column =
        name ? study_scope_need(reader, scope, rk_yaml_place(node), key, name) : NULL;

    if (column && column->type != COLUMN_DATE)
        study_say(reader, node, "%s: \"%s\" is no date", key, name);
}

static void read_timing(struct study_reader *reader, const struct rk_yaml *map)
{
    struct study *study = reader->study;
    struct study_timing *timing = &study->timings[study->timing_count];
    const struct study_source *source;
    const struct study_scope *scope;

    if (!STUDY_KEYS_READ(reader, map, timing_keys, 0, "a timing", timing) ||
        !timing->source)
        return;
    source = study_source(study, timing->source);
    if (!source) {
        study_say(reader, rk_yaml_at(map, "source"), "\"%s\" is no source",
                  timing->source);
        return;
    }
    scope = study_scope_new(reader, source, SEES_LINKED, NULL);
    check_date(reader, scope, rk_yaml_get(map, "from"), "from", timing->from);
    check_date(reader, scope, rk_yaml_get(map, "to"), "to", timing->to);
    if (timing->from && timing->to) study->timing_count++;
}

void study_read_quality(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *map = rk_yaml_get(root, "quality");
    const struct rk_yaml *list = rk_yaml_get(map, "timing");
    size_t count;
    char none;

    if (map && !STUDY_KEYS_READ(reader, map, quality_keys, 0, "quality", &none)) return;
    read_by(reader, map);
    count = study_items(reader, list, "timing");
    reader->study->timings = RK_ARRAY(reader->arena, struct study_timing, count + 1);
    for (size_t i = 0; i < count; i++)
        read_timing(reader, list->items[i]);
}
