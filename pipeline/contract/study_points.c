// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

struct point_texts {
    struct study_point point;
    const char *source;
};
#define FIELD(name) offsetof(struct point_texts, point.name)
static const struct study_key point_keys[] = {
    {.name = "source",
     .kind = KEY_TEXT,
     .offset = offsetof(struct point_texts,            source),
     .required = true},
    {.name = "label",        .kind = KEY_TEXT,        .offset = FIELD(label)              },
    {.name = "where", .kind = KEY_TEXT,.offset = FIELD(where)},
    {.name = "take", .kind = KEY_OTHER       },
    {.name = "then",                       .kind = KEY_TEXT,   .offset = FIELD(then)                             },
};

static void find_source(struct study_reader *reader, const struct rk_yaml *node,
                        struct point_texts *texts)
{
    struct study *study = reader->study;
    const char **names = RK_ARRAY(reader->arena, const char *, study->source_count + 1);

    for (size_t i = 0; i < study->source_count; i++)
        names[i] = study->sources[i].name;
    texts->point.source = study_source(study, texts->source);
    if (!texts->point.source)
        study_say(reader, node, "there is no source \"%s\"%s", texts->source,
                  study_hint(reader, texts->source, names, study->source_count));
}

static bool read_point(struct study_reader *reader, const struct rk_yaml *key,
                       const struct rk_yaml *map, struct study_point *out)
{
    struct point_texts texts = {
        .point = {.name = key->text, .label = key->text, .place = rk_yaml_place(key)}
    };
    const char *thing = rk_arena_printf(reader->arena, "point \"%s\"", key->text);

    study_name_ok(reader, key, "point");
    if (!STUDY_KEYS_READ(reader, map, point_keys, 0, thing, &texts) || !texts.source)
        return false;
    find_source(reader, rk_yaml_get(map, "source"), &texts);
    texts.point.where_place = study_text_place(rk_yaml_at(map, "where"));
    if (rk_yaml_get(map, "take"))
        study_read_keep(reader, rk_yaml_get(map, "take"), &texts.point.take,
                        &texts.point.by);
    if (texts.point.take == KEEP_FULLEST)
        study_say(reader, rk_yaml_at(map, "take"),
                  "take: expected latest COLUMN, earliest COLUMN, first or last");
    *out = texts.point;
    return texts.point.source != NULL;
}

/* A file of 20-people is named after each source and each point. */
static void check_free(struct study_reader *reader, const struct rk_yaml *key)
{
    const char *name = key->text;

    if (study_source(reader->study, name))
        study_say(reader, key, "point \"%s\" has the name of a source", name);
}

void study_read_points(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *map = rk_yaml_get(root, "points");
    size_t count = study_entries(reader, map, "points");
    struct study *study = reader->study;

    study->points = RK_ARRAY(reader->arena, struct study_point, count + 1);
    for (size_t i = 0; i < count; i++) {
        check_free(reader, map->keys[i]);
        if (read_point(reader, map->keys[i], map->items[i],
                       &study->points[study->point_count]))
            study->point_count++;
    }
}
