// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include <string.h>

/* `masking`: how small numbers are kept from readers; `mask` of a result says it of one. */

static const char *const methods[] = {
    [MASKING_SUPPRESS] = "suppress", [MASKING_ROUND] = "round", NULL};

#define FIELD(name) offsetof(struct study_masking, name)
static const struct study_key masking_keys[] = {
    {.name = "method", .kind = KEY_CHOICE, .offset = FIELD(method), .choices = methods},
    {.name = "base",   .kind = KEY_LONG,   .offset = FIELD(base)                      },
    {.name = "work",   .kind = KEY_LONG,   .offset = FIELD(work)                      },
    {.name = "merge",  .kind = KEY_OTHER                                              },
};

/* A count that is shown as 0 may be 0 to base - 1; that must not say more than a mask does. */
static void check_base(struct study_reader *reader, const struct rk_yaml *node)
{
    const struct study *study = reader->study;

    if (study->masking.base < 2 || study->masking.base > 1000)
        study_say(reader, node, "base: expected a whole number from 2 to 1000, as 5, not %ld",
                  study->masking.base);
    else if (study->masking.base < study->suppress_below)
        study_say(reader, node,
                  "base: rounding to %ld shows 1 to %ld as 0 or %ld, so less would be hidden than "
                  "suppress_below: %ld promises; take a base of %ld or more",
                  study->masking.base, study->masking.base - 1, study->masking.base,
                  study->suppress_below, study->suppress_below);
}

void study_read_masking(struct study_reader *reader, const struct rk_yaml *root)
{
    struct study *study = reader->study;
    const struct rk_yaml *map = rk_yaml_get(root, "masking");
    const struct rk_yaml *base = rk_yaml_get(map, "base");

    if (map && !STUDY_KEYS_READ(reader, map, masking_keys, 0, "masking", &study->masking)) return;
    if (study->masking.work < 0 || (rk_yaml_get(map, "work") && study->masking.work == 0))
        study_say(reader, rk_yaml_at(map, "work"),
                  "work: expected how many steps the search may make, as 1000000");
    if (base)
        check_base(reader, base);
    else if (study->masking.base < study->suppress_below)
        study->masking.base = study->suppress_below;
}

void study_read_mask(struct study_reader *reader, const struct rk_yaml *map,
                     struct study_result *result)
{
    static const char *const words[] = {"no", "false", "yes", "true", "suppress", "round"};
    const struct rk_yaml *node = rk_yaml_get(map, "mask");
    const char *text = node ? study_text_of(reader, node, "mask") : NULL;
    size_t at = 0, count = sizeof words / sizeof *words;

    result->mask = true;
    result->method = reader->study->masking.method;
    while (text && at < count && strcmp(text, words[at]) != 0)
        at++;
    if (text && at == count)
        study_say(reader, node, "mask: expected yes, no, suppress or round, not \"%s\"%s", text,
                  study_hint(reader, text, words, count));
    else if (text && at < 2)
        result->mask = false;
    else if (text && at > 3)
        result->method = at == 5 ? MASKING_ROUND : MASKING_SUPPRESS;
    if (!result->mask && !result->mask_reason)
        study_say(reader, node, "result \"%s\" is not masked, so it needs the key \"reason\"",
                  result->name);
    if (result->mask && result->mask_reason)
        study_say(reader, rk_yaml_at(map, "reason"), "\"reason\" goes with \"mask: no\"");
}

/* ---- merge ---- */

/* "condition" is a column of people, "services.type" of a source. */
static const struct study_column *find_column(struct study_reader *reader,
                                              const struct rk_yaml *key)
{
    const struct study *study = reader->study;
    const char *dot = strchr(key->text, '.');
    const struct study_source *source = study->people;

    if (dot)
        source = study_source(
            study, rk_arena_copy_n(reader->arena, key->text, (size_t)(dot - key->text)));
    return source ? study_column(source, dot ? dot + 1 : key->text) : NULL;
}

/* One group: its codes, none of which is in another. */
static void read_group(struct study_reader *reader, const struct study_merge *merge,
                       const struct rk_yaml *list, bool *taken, struct study_merged *out)
{
    const struct code_list *codes = merge->column->codes;
    size_t lowest = codes->count, highest = 0, known = 0;

    out->count = study_items(reader, list, "merge");
    out->codes = RK_ARRAY(reader->arena, const char *, out->count + 1);
    for (size_t i = 0; i < out->count; i++) {
        const char *code = study_text_of(reader, list->items[i], "merge");
        int at = code ? code_list_find(codes, code) : -1;
        out->codes[i] = code;
        if (code && at < 0)
            study_say(reader, list->items[i], "merge: \"%s\" is not a code of %s%s", code,
                      merge->name, study_hint(reader, code, codes->codes, codes->count));
        if (at < 0) continue;
        if (taken[at])
            study_say(reader, list->items[i], "merge: \"%s\" is merged twice", code);
        taken[at] = true;
        lowest = (size_t)at < lowest ? (size_t)at : lowest;
        highest = (size_t)at > highest ? (size_t)at : highest;
        known++;
    }
    if (list->kind == RK_YAML_LIST && out->count < 2)
        study_say(reader, list, "merge: expected two codes or more, as [first, second]");
    else if (merge->column->ordered && known == out->count && highest - lowest + 1 != known)
        study_say(reader, list, "merge: %s is ordered, so only neighbours can be merged",
                  merge->name);
}

/* [[a, b], [c, d]], or {Label: [a, b]}. */
static void read_groups(struct study_reader *reader, const struct rk_yaml *node,
                        struct study_merge *merge)
{
    bool *taken = RK_ARRAY(reader->arena, bool, merge->column->codes->count + 1);

    if (node->kind == RK_YAML_TEXT) {
        merge->until_safe = strcmp(node->text, "until_safe") == 0;
        if (!merge->until_safe)
            study_say(reader, node,
                      "merge: expected until_safe, or lists of codes as [[first, second]], not "
                      "\"%s\"",
                      node->text);
        return;
    }
    merge->groups = RK_ARRAY(reader->arena, struct study_merged, node->count + 1);
    for (size_t i = 0; i < node->count; i++) {
        struct study_merged *group = &merge->groups[merge->group_count++];
        if (node->kind == RK_YAML_MAP) group->label = node->keys[i]->text;
        read_group(reader, merge, node->items[i], taken, group);
    }
}

void study_read_merges(struct study_reader *reader, const struct rk_yaml *root)
{
    struct study_masking *masking = &reader->study->masking;
    const struct rk_yaml *map = rk_yaml_get(rk_yaml_get(root, "masking"), "merge");
    size_t count = study_entries(reader, map, "merge");

    masking->merges = RK_ARRAY(reader->arena, struct study_merge, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct study_merge *merge = &masking->merges[masking->merge_count];
        *merge = (struct study_merge){.name = map->keys[i]->text,
                                      .column = find_column(reader, map->keys[i])};
        if (!merge->column)
            study_say(reader, map->keys[i],
                      "merge: there is no column or variable \"%s\" of people; of another source "
                      "it is SOURCE.NAME",
                      merge->name);
        else if (merge->column->type != COLUMN_CODE || !merge->column->codes ||
                 merge->column->codes->open)
            study_say(reader, map->keys[i], "merge: \"%s\" has no list of codes", merge->name);
        else if (++masking->merge_count)
            read_groups(reader, map->items[i], merge);
    }
}
