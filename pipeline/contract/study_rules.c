// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_columns.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

#define EXCLUSION(name) offsetof(struct study_exclusion, name)
static const struct study_key exclusion_keys[] = {
    {.name = "code",   .kind = KEY_TEXT, .offset = EXCLUSION(code),   .required = true},
    {.name = "reason", .kind = KEY_TEXT, .offset = EXCLUSION(reason), .required = true},
    {.name = "when",   .kind = KEY_TEXT, .offset = EXCLUSION(when),   .required = true},
};

static const char *const severities[] = {"note", "warn", "empty", "exclude", "stop", NULL};
enum { FOR_EMPTY = 1, FOR_OTHERS = 2 };
#define CHECK(name) offsetof(struct study_check, name)
/* clang-format 14 crashes on this table. */
// clang-format off
static const struct study_key check_keys[] = {
    {.name = "code", .kind = KEY_TEXT, .offset = CHECK(code), .required = true},
    {.name = "when", .kind = KEY_TEXT, .offset = CHECK(when)},
    {.name = "repeated", .kind = KEY_TEXTS, .offset = CHECK(repeated), .count = CHECK(repeated_count)},
    {.name = "unknown", .kind = KEY_TEXT, .offset = CHECK(unknown)},
    {.name = "say", .kind = KEY_TEXT, .offset = CHECK(say), .required = true},
    {.name = "severity", .kind = KEY_CHOICE, .offset = CHECK(severity), .choices = severities},
    {.name = "column", .kind = KEY_TEXT, .offset = CHECK(column), .required = true,
     .kinds = FOR_EMPTY},
};
// clang-format on

#define DUPLICATE(name) offsetof(struct study_duplicate, name)
static const struct study_key duplicate_keys[] = {
    {.name = "code",                  .kind = KEY_TEXT, .offset = DUPLICATE(code), .required = true},
    {.name = "match",
     .kind = KEY_TEXTS,
     .offset = DUPLICATE(match),
     .count = DUPLICATE(match_count),
     .required = true},
    {.name = "keep", .kind = KEY_OTHER                                 },
    {.name = "fill",              .kind = KEY_BOOL,.offset = DUPLICATE(fill)                                                          },
};

/* Codes go into file columns and addresses, and each stands for one rule. */
static void check_code(struct study_reader *reader, const struct rk_yaml *map,
                       struct rk_map *codes, const char *code)
{
    const struct rk_yaml *node = rk_yaml_get(map, "code");
    size_t known = rk_map_count(codes);

    if (!code) return;
    if (!code_is_valid(code))
        study_say(reader, node, "\"%s\" is not a code: a-z, 0-9 and _ only; perhaps \"%s\"",
                  code, rk_text_code(reader->arena, code));
    else if (rk_map_add(codes, code) < known)
        study_say(reader, node, "the code \"%s\" is there twice", code);
}

static void read_exclusions(struct study_reader *reader, const struct rk_yaml *list,
                            struct study_source *source)
{
    size_t count = study_items(reader, list, "exclude");
    struct rk_map *codes = rk_map_new(reader->arena);

    source->exclusions = RK_ARRAY(reader->arena, struct study_exclusion, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct study_exclusion *exclusion = &source->exclusions[source->exclusion_count];
        const struct rk_yaml *map = list->items[i];

        if (!STUDY_KEYS_READ(reader, map, exclusion_keys, 0, "an exclusion", exclusion))
            continue;
        check_code(reader, map, codes, exclusion->code);
        exclusion->place = study_text_place(rk_yaml_at(map, "when"));
        if (exclusion->code && exclusion->reason && exclusion->when)
            source->exclusion_count++;
    }
}

/* A check that looks at one row says `when`; the two others look at all. */
static bool has_one_condition(struct study_reader *reader, const struct rk_yaml *map,
                              const struct study_check *check)
{
    int count = (check->when != NULL) + (check->repeated_count > 0) + (check->unknown != NULL);

    if (count == 1) return true;
    study_say(reader, map,
              "a check needs one of \"when\" (a condition), \"repeated\" (columns that another "
              "record has, too) and \"unknown\" (a link to a person who is not there)");
    return false;
}

bool study_read_check(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_check *check)
{
    const struct rk_yaml *severity = rk_yaml_get(map, "severity");
    bool empties = severity && severity->kind == RK_YAML_TEXT &&
                   strcmp(severity->text, "empty") == 0;

    *check = (struct study_check){.severity = SEVERITY_WARN};
    if (!STUDY_KEYS_READ(reader, map, check_keys, empties ? FOR_EMPTY : FOR_OTHERS,
                         empties ? "a check that empties" : "a check", check))
        return false;
    check->place = study_text_place(rk_yaml_at(map, "when"));
    if (!check->when) check->place = rk_yaml_place(map);
    return has_one_condition(reader, map, check) && check->code && check->say &&
           (!empties || check->column);
}

void study_read_severity(struct study_reader *reader, const struct rk_yaml *map,
                         const char *code, enum severity *out)
{
    static const char *const words[] = {"note", "warn", "exclude", "stop", NULL};
    static const enum severity means[] = {SEVERITY_NOTE, SEVERITY_WARN, SEVERITY_EXCLUDE,
                                          SEVERITY_STOP};
    int at = -1;

    if (map) rk_yaml_choice(reader->diag, map, code, words, &at);
    if (at >= 0) *out = means[at];
}

static void read_checks(struct study_reader *reader, const struct rk_yaml *list,
                        struct study_source *source)
{
    size_t count = study_items(reader, list, "checks");
    struct rk_map *codes = rk_map_new(reader->arena);

    source->checks = RK_ARRAY(reader->arena, struct study_check, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct study_check *check = &source->checks[source->check_count];

        if (!study_read_check(reader, list->items[i], check)) continue;
        check_code(reader, list->items[i], codes, check->code);
        source->check_count++;
    }
}

void study_read_keep(struct study_reader *reader, const struct rk_yaml *node,
                     enum keep *keep, const char **by)
{
    static const char *const words[] = {
        [KEEP_FIRST] = "first",   [KEEP_LAST] = "last",       [KEEP_EARLIEST] = "earliest",
        [KEEP_LATEST] = "latest", [KEEP_FULLEST] = "fullest",
    };
    const char *text = study_text_of(reader, node, "which record");
    size_t word, at;

    if (!text) return;
    word = strcspn(text, " ");
    for (at = 0; at < 5; at++)
        if (strlen(words[at]) == word && strncmp(words[at], text, word) == 0) break;
    text += word + strspn(text + word, " ");
    if (at == 5 || (at == KEEP_EARLIEST || at == KEEP_LATEST) != (*text != '\0')) {
        study_say(reader, node,
                  "\"%s\": expected first, last, earliest COLUMN, latest COLUMN or "
                  "fullest",
                  node->text);
        return;
    }
    *keep = (enum keep)at;
    *by = *text ? text : NULL;
}

static void read_duplicates(struct study_reader *reader, const struct rk_yaml *list,
                            struct study_source *source)
{
    size_t count = study_items(reader, list, "duplicates");
    struct rk_map *codes = rk_map_new(reader->arena);

    source->duplicates = RK_ARRAY(reader->arena, struct study_duplicate, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct study_duplicate *rule = &source->duplicates[source->duplicate_count];
        const struct rk_yaml *map = list->items[i];
        const struct rk_yaml *keep = rk_yaml_get(map, "keep");
        const struct rk_yaml *match = rk_yaml_get(map, "match");

        rule->fill = true;
        if (!STUDY_KEYS_READ(reader, map, duplicate_keys, 0, "a duplicates rule", rule))
            continue;
        check_code(reader, map, codes, rule->code);
        rule->place = rk_yaml_place(match);
        if (keep) study_read_keep(reader, keep, &rule->keep, &rule->keep_by);
        if (match && match->kind == RK_YAML_TEXT && strcmp(match->text, "all") == 0)
            rule->match = NULL;
        else if (match && !rule->match_count)
            study_say(reader, match, "match: expected columns, or all");
        if (rule->code) source->duplicate_count++;
    }
}

void study_read_rules(struct study_reader *reader, const struct rk_yaml *map,
                      struct study_source *source)
{
    read_exclusions(reader, rk_yaml_get(map, "exclude"), source);
    read_checks(reader, rk_yaml_get(map, "checks"), source);
    study_read_rulebooks(reader, rk_yaml_get(map, "rules"), source);
    read_duplicates(reader, rk_yaml_get(map, "duplicates"), source);
}

const char *study_check_format(struct rk_arena *arena, const struct study_check *check)
{
    const char *end = check->severity == SEVERITY_STOP ? " (check \"%s\" stops the run)"
                                                       : " (check \"%s\"); row kept";
    char *text = rk_arena_alloc(arena, 2 * strlen(check->say) + strlen(end) + 1, 1);
    char *out = text;

    for (const char *at = check->say; *at; at++) {
        if (*at == '%') *out++ = '%';
        *out++ = *at;
    }
    stpcpy(out, end);
    return text;
}
