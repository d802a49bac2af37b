// SPDX-License-Identifier: MIT
/* What `factors` and `time_to` say beyond texts: days, and the codes to compare with. */
#include "pipeline/contract/study_priv.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 36525 }; /* a hundred years */

static bool day_of(const char *text, long *day)
{
    char *end;

    *day = strtol(text, &end, 10);
    return *text && !*end && *day >= 0 && *day <= LONGEST;
}

void study_read_days(struct study_reader *reader, const struct rk_yaml *map,
                     struct study_result *result)
{
    const struct rk_yaml *node = rk_yaml_get(map, "at");
    const char **texts = NULL;
    size_t count = 0;

    if (!result->until) result->until = "cut_off";
    if (!node) return;
    rk_yaml_texts(reader->arena, reader->diag, map, "at", &texts, &count);
    result->at = RK_ARRAY(reader->arena, long, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct rk_yaml *item = node->kind == RK_YAML_LIST ? node->items[i] : node;

        if (!day_of(texts[i], &result->at[i]))
            study_say(reader, item, "at: expected a number of days, not \"%s\"", texts[i]);
        else if (i && result->at[i] <= result->at[i - 1])
            study_say(reader, item, "at: the days do not rise");
        else
            result->at_count = i + 1;
    }
    if (!count) study_say(reader, node, "at: expected days, as [90, 180, 365]");
}

static long place_in_on(const struct study_result *result, const char *name)
{
    for (size_t i = 0; i < result->on_count; i++)
        if (strcmp(result->on[i], name) == 0) return (long)i;
    return -1;
}

void study_read_references(struct study_reader *reader, struct study_result *result,
                           const struct study_column *const *columns)
{
    const struct rk_yaml *map = rk_yaml_get(result->map, "reference");
    size_t count = study_entries(reader, map, "reference");

    result->reference = RK_ARRAY(reader->arena, const char *, result->on_count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *name = map->keys[i]->text;
        long at = place_in_on(result, name);

        if (at < 0)
            study_say(reader, map->keys[i], "reference: \"%s\" is not in \"on\"%s", name,
                      study_hint(reader, name, result->on, result->on_count));
        else if (columns[at] && !columns[at]->codes)
            study_say(reader, map->keys[i], "reference: \"%s\" is a number, it has none",
                      name);
        else if (columns[at] && study_code(reader, columns[at]->codes, map->items[i]) >= 0)
            result->reference[at] = map->items[i]->text;
    }
}
