// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

static const char *const better_names[] = {"none", "high", "low", NULL};

#define FIELD(name) offsetof(struct study_scale, name)
/* clang-format 14 crashes on this table. */
// clang-format off
static const struct study_key scale_keys[] = {
    {.name = "scale", .kind = KEY_OTHER},
    {.name = "title", .kind = KEY_TEXT, .offset = FIELD(title), .required = true},
    {.name = "stem", .kind = KEY_TEXT, .offset = FIELD(stem)},
    {.name = "items", .kind = KEY_TEXTS, .offset = FIELD(items), .count = FIELD(item_count),
     .required = true},
    {.name = "item_range", .kind = KEY_OTHER, .required = true},
    {.name = "better", .kind = KEY_CHOICE, .offset = FIELD(better), .choices = better_names,
     .required = true},
    {.name = "missing", .kind = KEY_OTHER},
    {.name = "bands", .kind = KEY_OTHER},
    {.name = "metric", .kind = KEY_OTHER},
    {.name = "reliable_change", .kind = KEY_DOUBLE, .offset = FIELD(reliable_change)},
    {.name = "reliability", .kind = KEY_DOUBLE, .offset = FIELD(reliability)},
    {.name = "source", .kind = KEY_TEXT, .offset = FIELD(source), .required = true},
    {.name = "licence", .kind = KEY_TEXT, .offset = FIELD(licence), .required = true},
};
// clang-format on

#define BAND(name) offsetof(struct study_band, name)
static const struct study_key band_keys[] = {
    {.name = "code",  .kind = KEY_TEXT,   .offset = BAND(code),  .required = true},
    {.name = "label", .kind = KEY_TEXT,   .offset = BAND(label), .required = true},
    {.name = "from",  .kind = KEY_DOUBLE, .offset = BAND(low),   .required = true},
    {.name = "to",    .kind = KEY_DOUBLE, .offset = BAND(high),  .required = true},
};

static bool read_number(struct study_reader *reader, const struct rk_yaml *node,
                        double *out)
{
    if (node->kind == RK_YAML_TEXT && rk_text_number(node->text, out)) return true;
    study_say(reader, node, "expected a number");
    return false;
}

static void read_item_range(struct study_reader *reader, const struct rk_yaml *root,
                            struct study_scale *scale)
{
    const struct rk_yaml *node = rk_yaml_get(root, "item_range");

    if (!node) return;
    if (node->kind != RK_YAML_LIST || node->count != 2) {
        study_say(reader, node, "item_range: expected two numbers, as [0, 8]");
        return;
    }
    if (read_number(reader, node->items[0], &scale->item_low) &&
        read_number(reader, node->items[1], &scale->item_high) &&
        !(scale->item_low < scale->item_high))
        study_say(reader, node, "item_range: the lower number comes first");
}

static void read_missing(struct study_reader *reader, const struct rk_yaml *root,
                         struct study_scale *scale)
{
    const struct rk_yaml *node = rk_yaml_get(root, "missing");
    const char *text = node ? study_text_of(reader, node, "missing") : NULL;

    if (!text || strcmp(text, "none") == 0) return;
    if (!rk_text_integer(text, &scale->may_miss) || scale->may_miss < 0 ||
        (size_t)scale->may_miss >= scale->item_count)
        study_say(reader, node,
                  "missing: expected none, or how many of the %zu items may be "
                  "missing, not \"%s\"",
                  scale->item_count, text);
}

static void read_bands(struct study_reader *reader, const struct rk_yaml *root,
                       struct study_scale *scale)
{
    const struct rk_yaml *list = rk_yaml_get(root, "bands");
    size_t count = study_items(reader, list, "bands");

    scale->band_codes =
        code_list_new(reader->arena, scale->name, list ? list->file : reader->study->path);
    scale->bands = RK_ARRAY(reader->arena, struct study_band, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct study_band *band = &scale->bands[scale->band_count];

        *band = (struct study_band){.low = NAN, .high = NAN};
        if (!STUDY_KEYS_READ(reader, list->items[i], band_keys, 0, "a band", band) ||
            !band->code || !band->label)
            continue;
        if (!code_is_valid(band->code) ||
            code_list_find(scale->band_codes, band->code) >= 0)
            study_say(reader, list->items[i], "\"%s\" is no code, or is there twice",
                      band->code);
        if (!(band->low <= band->high) ||
            (scale->band_count && !(band->low > scale->bands[scale->band_count - 1].high)))
            study_say(reader, list->items[i], "bands ascend and do not overlap");
        code_list_add(reader->arena, scale->band_codes, band->code, band->label);
        scale->band_count++;
    }
}

/* Pairs `raw: metric`. */
static void read_metric(struct study_reader *reader, const struct rk_yaml *root,
                        struct study_scale *scale)
{
    const struct rk_yaml *map = rk_yaml_get(root, "metric");
    size_t count = study_entries(reader, map, "metric");

    scale->metric_raw = RK_ARRAY(reader->arena, double, count + 1);
    scale->metric = RK_ARRAY(reader->arena, double, count + 1);
    for (size_t i = 0; i < count; i++)
        if (read_number(reader, map->keys[i], &scale->metric_raw[scale->metric_count]) &&
            read_number(reader, map->items[i], &scale->metric[scale->metric_count]))
            scale->metric_count++;
}

/* How much of a change is noise: published, or to be found from the reliability. */
static void check_reliable(struct study_reader *reader, const struct rk_yaml *root,
                           const struct study_scale *scale)
{
    if (scale->reliable_change <= 0)
        study_say(reader, rk_yaml_at(root, "reliable_change"),
                  "reliable_change: expected a number of points above 0");
    if (scale->reliability < 0 || scale->reliability >= 1)
        study_say(reader, rk_yaml_at(root, "reliability"),
                  "reliability: expected a number from 0 to below 1");
    if (!isnan(scale->reliable_change) && !isnan(scale->reliability))
        study_say(reader, rk_yaml_at(root, "reliability"),
                  "\"reliable_change\" and \"reliability\" say the same thing; keep one");
}

static void check_scale_name(struct study_reader *reader, const struct rk_yaml *root,
                             const char *name)
{
    const struct rk_yaml *node = rk_yaml_get(root, "scale");

    if (node && node->kind == RK_YAML_TEXT && strcmp(node->text, name) != 0)
        study_say(reader, node, "scale: \"%s\" stands in the file of \"%s\"", node->text,
                  name);
}

/* scales/NAME.yaml beside study.yaml, else the one that comes with reckon; NULL: neither.
 */
static const char *scale_path(struct study_reader *reader, const struct rk_yaml *node,
                              const char *name)
{
    struct rk_run quiet = *reader->run;
    bool found;
    const char *file = rk_arena_printf(reader->arena, "%s.yaml", name);
    const char *path =
        rk_arena_printf(reader->arena, "%s/scales/%s", reader->study->dir, file);

    if (access(path, R_OK) == 0) return path;
    quiet.diag = rk_diag_new(NULL); /* it does not know the line */
    found = rk_run_share(&quiet, "scales", file, &path) == RK_OK;
    rk_diag_free(quiet.diag);
    if (found) return path;
    study_say(reader, node,
              "scales/%s is neither beside study.yaml nor among the scales that come with reckon "
              "(RECKON_SHARE names another folder of them)",
              file);
    return NULL;
}

static void read_scale(struct study_reader *reader, const struct rk_yaml *node,
                       struct study_scale *scale)
{
    const char *path = scale_path(reader, node, scale->name);
    struct rk_yaml *root;

    if (!path || rk_yaml_read(reader->arena, reader->diag, path, &root) != RK_OK) return;
    scale->dir = rk_arena_copy_n(reader->arena, path, (size_t)(strrchr(path, '/') - path));
    if (!STUDY_KEYS_READ(reader, root, scale_keys, 0, "a scale", scale)) return;
    check_scale_name(reader, root, scale->name);
    read_item_range(reader, root, scale);
    read_missing(reader, root, scale);
    read_bands(reader, root, scale);
    read_metric(reader, root, scale);
    check_reliable(reader, root, scale);
}

void study_read_scales(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *list = rk_yaml_get(root, "scales");
    size_t count = study_items(reader, list, "scales");
    struct study *study = reader->study;

    study->scales = RK_ARRAY(reader->arena, struct study_scale, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = study_text_of(reader, list->items[i], "the name of a scale");
        struct study_scale *scale = &study->scales[study->scale_count];

        if (!name) continue;
        if (!name_is_valid(name) || study_scale(study, name)) {
            study_say(reader, list->items[i], "\"%s\" is no name, or is there twice", name);
            continue;
        }
        *scale = (struct study_scale){.name = name,
                                      .title = name,
                                      .stem = "",
                                      .source = "",
                                      .licence = "",
                                      .dir = study->dir,
                                      .reliable_change = NAN,
                                      .reliability = NAN};
        study->scale_count++;
        read_scale(reader, list->items[i], scale);
    }
}
