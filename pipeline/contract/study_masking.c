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
        study_say(reader, rk_yaml_get(map, "reason"), "\"reason\" goes with \"mask: no\"");
}
