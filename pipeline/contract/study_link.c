// SPDX-License-Identifier: MIT
/* `dedupe` of a study: fields, blocking, lines, survivors. docs/linkage.md explains each. */
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- what a column is, when the study does not say ---- */

static const struct {
    const char *part;
    enum link_kind kind;
} guesses[] = {
    {"surname", LINK_SURNAME},   {"last", LINK_SURNAME},    {"family", LINK_SURNAME},
    {"given", LINK_GIVEN},       {"first", LINK_GIVEN},     {"forename", LINK_GIVEN},
    {"post", LINK_POSTCODE},     {"zip", LINK_POSTCODE},    {"mail", LINK_EMAIL},
    {"phone", LINK_PHONE},       {"mobile", LINK_PHONE},    {"tel", LINK_PHONE},
    {"address", LINK_ADDRESS},   {"street", LINK_ADDRESS},  {"born", LINK_DATE},
    {"birth", LINK_DATE},        {"dob", LINK_DATE},        {"name", LINK_NAME},
    {"number", LINK_NUMBER},     {"_id", LINK_NUMBER},
};

static enum link_kind guess_kind(const struct study_column *column)
{
    if (column->type == COLUMN_DATE) return LINK_DATE;
    if (column->type == COLUMN_CODE) return LINK_EXACT;
    if (column->type == COLUMN_TEXT)
        for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
            if (strstr(column->name, guesses[i].part)) return guesses[i].kind;
    return column->type == COLUMN_TEXT ? LINK_TEXT : LINK_NUMBER;
}

/* ---- fields ---- */

static bool is_word(const char *word, const char *const *words, size_t count, int *out)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (int)i;
            return true;
        }
    return false;
}

static bool read_kind(struct study_reader *reader, const struct rk_yaml *node,
                      enum link_kind *out)
{
    const char *words[LINK_KINDS];
    const char *text = study_text_of(reader, node, "the kind of a field");
    int kind;

    for (int i = 0; i < LINK_KINDS; i++)
        words[i] = link_kind_word((enum link_kind)i);
    if (!text) return false;
    if (!is_word(text, words, LINK_KINDS, &kind)) {
        study_say(reader, node,
                  "\"%s\" is no kind of field; expected given, surname, name, date, postcode, "
                  "address, text, email, phone, number or exact%s",
                  text, study_hint(reader, text, words, LINK_KINDS));
        return false;
    }
    *out = (enum link_kind)kind;
    return true;
}

/* "jaro_winkler 0.92" to its parts. */
static void read_test(struct study_reader *reader, const struct rk_yaml *node,
                      struct link_level *out)
{
    const char *words[LINK_TESTS];
    const char *text = study_text_of(reader, node, "test");
    const char *space = text ? strchr(text, ' ') : NULL;
    const char *word = space ? rk_arena_copy_n(reader->arena, text, (size_t)(space - text)) : text;
    bool wants;
    int test;

    for (int i = 0; i < LINK_TESTS; i++)
        words[i] = link_test_word((enum link_test)i);
    if (!text) return;
    if (!is_word(word, words, LINK_TESTS, &test)) {
        study_say(reader, node, "\"%s\" is no test of two values%s", word,
                  study_hint(reader, word, words, LINK_TESTS));
        return;
    }
    out->test = (enum link_test)test;
    wants = test == LINK_TEST_JARO || test == LINK_TEST_WORDS || test == LINK_TEST_ERRORS ||
            test == LINK_TEST_WITHIN;
    if (wants != (space && rk_text_number(space + 1, &out->at)))
        study_say(reader, node,
                  wants ? "%s needs a number behind it, as \"jaro_winkler 0.92\", "
                          "\"words 0.5\", \"errors 2\" or \"within 31\" (days)"
                        : "%s has no number behind it",
                  word);
}

#define LEVEL(name) offsetof(struct link_level, name)
static const struct study_key level_keys[] = {
    {.name = "test", .kind = KEY_OTHER, .required = true},
    {.name = "m", .kind = KEY_DOUBLE, .offset = LEVEL(m)},
    {.name = "u", .kind = KEY_DOUBLE, .offset = LEVEL(u)},
};

static void check_levels(struct study_reader *reader, const struct rk_yaml *list,
                         struct link_field *field)
{
    size_t given = 0;

    for (size_t i = 0; i < field->level_count; i++) {
        struct link_level *level = &field->levels[i];

        given += level->m > 0 && level->m < 1 && level->u > 0 && level->u < 1;
        if (level->m == 0 && level->u == 0) continue;
        if (!(level->m > 0 && level->m < 1 && level->u > 0 && level->u < 1))
            study_say(reader, list->items[i], "m and u are shares: between 0 and 1, both given");
    }
    field->fixed = given == field->level_count;
    if (given && !field->fixed)
        study_say(reader, list, "levels: m and u of all of them, or of none");
    if (!field->level_count || field->levels[field->level_count - 1].test != LINK_TEST_ELSE)
        study_say(reader, list, "levels: the last one should be {test: else}");
}

/* Where the study gives levels without shares: most pairs of one person agree in the first,
 * most of two in the last. */
static void start_levels(struct link_field *field)
{
    size_t count = field->level_count;

    for (size_t i = 0; i < count && count > 1; i++) {
        bool first = i == 0, last = i + 1 == count;

        field->levels[i].m = first ? 0.8 : 0.2 / (double)(count - 1);
        field->levels[i].u = last ? 0.96 : 0.04 / (double)(count - 1);
    }
}

static void read_levels(struct study_reader *reader, const struct rk_yaml *list,
                        struct link_field *field)
{
    size_t count = study_items(reader, list, "levels");

    if (count > LINK_LEVELS_MAX) {
        study_say(reader, list, "levels: %d at most", LINK_LEVELS_MAX);
        return;
    }
    field->level_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct link_level *level = &field->levels[field->level_count];
        const struct rk_yaml *map = list->items[i];

        *level = (struct link_level){.test = LINK_TEST_ELSE};
        if (!STUDY_KEYS_READ(reader, map, level_keys, 0, "a level", level)) continue;
        if (rk_yaml_get(map, "test")) read_test(reader, rk_yaml_get(map, "test"), level);
        field->level_count++;
    }
    check_levels(reader, list, field);
    if (!field->fixed) start_levels(field);
}

#define FIELD(name) offsetof(struct link_field, name)
static const struct study_key field_keys[] = {
    {.name = "kind", .kind = KEY_OTHER},
    {.name = "as", .kind = KEY_TEXT, .offset = FIELD(as)},
    {.name = "frequency", .kind = KEY_BOOL, .offset = FIELD(frequency)},
    {.name = "levels", .kind = KEY_OTHER},
};

static void read_field_map(struct study_reader *reader, const struct rk_yaml *map,
                           struct link_field *field)
{
    const struct rk_yaml *kind = rk_yaml_get(map, "kind");
    const struct rk_yaml *levels = rk_yaml_get(map, "levels");

    if (!STUDY_KEYS_READ(reader, map, field_keys, 0, "a field", field)) return;
    if (kind) read_kind(reader, kind, &field->kind);
    field->level_count = link_default_levels(field->kind, field->levels);
    if (levels) read_levels(reader, levels, field);
    if (field->fixed && !rk_yaml_get(map, "frequency")) field->frequency = false;
}

/* A number in figures is no text that could be compared. */
static bool can_compare(enum column_type type)
{
    return type != COLUMN_NUMBER;
}

static void add_field(struct study_reader *reader, struct study_source *source,
                      const struct rk_yaml *name, const struct rk_yaml *value)
{
    struct study_linkage *linkage = source->linkage;
    const struct study_scope *scope = study_scope_new(reader, source, SEES_EXTRACT, NULL);
    const struct study_column *column =
        study_scope_need(reader, scope, rk_yaml_place(name), "fields", name->text);
    struct link_field *field = &linkage->fields[linkage->field_count];

    if (!column) return;
    if (linkage->field_count == LINK_FIELDS_MAX) {
        study_say(reader, name, "fields: %d at most", LINK_FIELDS_MAX);
        return;
    }
    if (!can_compare(column->type))
        study_say(reader, name, "\"%s\" is a number: declare it as text or integer to compare it",
                  name->text);
    *field = (struct link_field){.name = column->name,
                                 .kind = guess_kind(column),
                                 .frequency = true,
                                 .place = rk_yaml_place(name)};
    if (value && value->kind == RK_YAML_MAP)
        read_field_map(reader, value, field);
    else if (value)
        read_kind(reader, value, &field->kind);
    if (!field->level_count)
        field->level_count = link_default_levels(field->kind, field->levels);
    linkage->field_count++;
}

static void take_private(struct study_source *source)
{
    struct study_linkage *linkage = source->linkage;

    for (size_t c = 0; c < source->column_count; c++) {
        const struct study_column *column = &source->columns[c];

        if (!column->private || column->type == COLUMN_ID || !can_compare(column->type) ||
            linkage->field_count == LINK_FIELDS_MAX)
            continue;
        linkage->fields[linkage->field_count] = (struct link_field){.name = column->name,
                                                                    .kind = guess_kind(column),
                                                                    .frequency = true,
                                                                    .place = linkage->place};
        linkage->fields[linkage->field_count].level_count = link_default_levels(
            guess_kind(column), linkage->fields[linkage->field_count].levels);
        linkage->field_count++;
    }
}

static void read_fields(struct study_reader *reader, struct study_source *source,
                        const struct rk_yaml *node)
{
    bool list = node && node->kind == RK_YAML_LIST;
    size_t count = list ? node->count : study_entries(reader, node, "fields");

    source->linkage->fields = RK_ARRAY(reader->arena, struct link_field, LINK_FIELDS_MAX);
    if (!node) take_private(source);
    for (size_t i = 0; i < count; i++) {
        const struct rk_yaml *name = list ? node->items[i] : node->keys[i];

        if (study_text_of(reader, name, "a field"))
            add_field(reader, source, name, list ? NULL : node->items[i]);
    }
    if (source->linkage->field_count < 2)
        study_say_at(reader, source->linkage->place,
                     "dedupe: two fields at least tell people apart; name them in fields (without "
                     "it the private columns are compared)");
}

/* ---- blocking ---- */

static const struct link_field *find_field(const struct study_linkage *linkage,
                                           const char *name, size_t *at)
{
    for (size_t i = 0; i < linkage->field_count; i++)
        if (strcmp(linkage->fields[i].name, name) == 0) {
            *at = i;
            return &linkage->fields[i];
        }
    return NULL;
}

static bool part_is_for(enum link_key_part part, enum link_kind kind)
{
    if (part == LINK_SOUND)
        return kind == LINK_GIVEN || kind == LINK_SURNAME || kind == LINK_NAME ||
               kind == LINK_ADDRESS || kind == LINK_TEXT;
    if (part == LINK_BOTH) return kind == LINK_GIVEN;
    return part < LINK_YEAR || kind == LINK_DATE;
}

/* "surname first 3" to its parts. */
static void read_block_key(struct study_reader *reader, const struct study_linkage *linkage,
                           const struct rk_yaml *node, struct link_rule *rule)
{
    const char *text = study_text_of(reader, node, "a key of a block"), *words[LINK_PARTS];
    char name[64] = "", part[64] = "", letters[16] = "";
    struct link_key key = {.part = LINK_WHOLE};
    const struct link_field *field;
    long count = 0;
    int number = LINK_WHOLE;

    if (!text) return;
    for (int i = 0; i < LINK_PARTS; i++)
        words[i] = link_part_word((enum link_key_part)i);
    sscanf(text, "%63s %63s %15s", name, part, letters);
    field = find_field(linkage, name, &key.field);
    if (!field) {
        study_say(reader, node, "block: \"%s\" is none of the fields", name);
        return;
    }
    if (*part && !is_word(part, words, LINK_PARTS, &number)) {
        study_say(reader, node,
                  "block: \"%s\" is no part of a field; expected sound, first N, last N, year, "
                  "month, year_day, month_day, any_order or both_names%s",
                  part, study_hint(reader, part, words, LINK_PARTS));
        return;
    }
    key.part = (enum link_key_part)number;
    if (!part_is_for(key.part, field->kind))
        study_say(reader, node, "block: a field of the kind %s has no %s",
                  link_kind_word(field->kind), part);
    if ((key.part == LINK_FIRST || key.part == LINK_LAST) !=
        (rk_text_integer(letters, &count) && count > 0 && count < 20))
        study_say(reader, node, "block: how many letters? As in \"%s first 3\"", name);
    key.letters = (size_t)count;
    rule->keys[rule->count++] = key;
}

static void read_blocks(struct study_reader *reader, struct study_linkage *linkage,
                        const struct rk_yaml *list)
{
    size_t count = study_items(reader, list, "block");

    linkage->rules = RK_ARRAY(reader->arena, struct link_rule, count + 1);
    if (count > LINK_RULES_MAX)
        study_say(reader, list, "block: %d rules at most", LINK_RULES_MAX);
    for (size_t i = 0; i < count && i < LINK_RULES_MAX; i++) {
        struct link_rule *rule = &linkage->rules[linkage->rule_count];
        const struct rk_yaml *item = list->items[i];
        bool single = item->kind == RK_YAML_TEXT;
        size_t keys = single ? 1 : study_items(reader, item, "a rule of block");

        if (keys > LINK_KEYS_MAX)
            study_say(reader, item, "block: %d fields in one rule at most", LINK_KEYS_MAX);
        for (size_t k = 0; k < keys && k < LINK_KEYS_MAX; k++)
            read_block_key(reader, linkage, single ? item : item->items[k], rule);
        if (rule->count) linkage->rule_count++;
    }
}

/* ---- the whole ---- */

struct linkage_texts {
    struct study_linkage linkage;
    bool fill;
};

#define LINKAGE(name) offsetof(struct linkage_texts, linkage.name)
static const struct study_key linkage_keys[] = {
    {.name = "fields", .kind = KEY_OTHER},
    {.name = "block", .kind = KEY_OTHER},
    {.name = "wrong", .kind = KEY_DOUBLE, .offset = LINKAGE(wrong)},
    {.name = "missed", .kind = KEY_DOUBLE, .offset = LINKAGE(missed)},
    {.name = "same", .kind = KEY_DOUBLE, .offset = LINKAGE(same)},
    {.name = "unsure", .kind = KEY_DOUBLE, .offset = LINKAGE(unsure)},
    {.name = "answers", .kind = KEY_TEXT, .offset = LINKAGE(answers)},
    {.name = "effect",
     .kind = KEY_TEXTS,
     .offset = LINKAGE(effect),
     .count = LINKAGE(effect_count)},
    {.name = "keep", .kind = KEY_OTHER},
    {.name = "fill", .kind = KEY_BOOL, .offset = offsetof(struct linkage_texts, fill)},
};

static void check_lines(struct study_reader *reader, const struct rk_yaml *map,
                        const struct study_linkage *linkage)
{
    if (!(linkage->wrong > 0 && linkage->wrong <= 0.5))
        study_say(reader, rk_yaml_at(map, "wrong"),
                  "wrong: the share of wrong pairs among those joined, between 0 and 0.5");
    if (!(linkage->missed > 0 && linkage->missed <= 0.5))
        study_say(reader, rk_yaml_at(map, "missed"),
                  "missed: the share of true pairs never shown, between 0 and 0.5");
    if (isnan(linkage->same) != isnan(linkage->unsure))
        study_say(reader, map, "same and unsure are two weights: give both, or neither");
    else if (linkage->same < linkage->unsure)
        study_say(reader, rk_yaml_at(map, "same"), "same should not be below unsure");
}

static void read_survivor(struct study_reader *reader, const struct rk_yaml *map,
                          struct study_source *source, bool fill)
{
    const struct study_scope *scope = study_scope_new(reader, source, SEES_EXTRACT, NULL);
    const struct rk_yaml *keep = rk_yaml_get(map, "keep");

    source->probable = (struct study_duplicate){
        .code = "probable", .keep = KEEP_FULLEST, .fill = fill, .place = rk_yaml_place(map)};
    if (keep) study_read_keep(reader, keep, &source->probable.keep, &source->probable.keep_by);
    if (source->probable.keep_by)
        study_scope_need(reader, scope, rk_yaml_place(keep), "keep", source->probable.keep_by);
}

/* Fields of a source that is linked to people are compared with theirs. */
static void check_as(struct study_reader *reader, const struct study_source *source)
{
    const struct study_source *people = reader->study->people;
    const struct study_scope *scope = study_scope_new(reader, people, SEES_EXTRACT, NULL);

    for (size_t i = 0; i < source->linkage->field_count; i++) {
        struct link_field *field = &source->linkage->fields[i];

        if (source->link)
            study_scope_need(reader, scope, field->place, "as",
                             field->as ? field->as : field->name);
        else if (field->as)
            study_say_at(reader, field->place,
                         "as: only records of a source with a link are compared with people");
    }
}

static void read_linkage(struct study_reader *reader, const struct rk_yaml *map,
                         struct study_source *source)
{
    struct linkage_texts texts = {
        .linkage = {.wrong = 0.02, .missed = 0.02, .same = NAN, .unsure = NAN,
                    .place = rk_yaml_place(map)},
        .fill = true};

    if (!STUDY_KEYS_READ(reader, map, linkage_keys, 0, "dedupe", &texts)) return;
    source->linkage = RK_NEW(reader->arena, struct study_linkage);
    *source->linkage = texts.linkage;
    check_lines(reader, map, source->linkage);
    read_fields(reader, source, rk_yaml_get(map, "fields"));
    read_blocks(reader, source->linkage, rk_yaml_get(map, "block"));
    read_survivor(reader, map, source, texts.fill);
    check_as(reader, source);
}

void study_read_linkage(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *node = rk_yaml_get(root, "dedupe");
    size_t count = study_entries(reader, node, "dedupe");
    struct study *study = reader->study;
    const char **names = RK_ARRAY(reader->arena, const char *, study->source_count + 1);

    for (size_t s = 0; s < study->source_count; s++)
        names[s] = study->sources[s].name;
    for (size_t i = 0; i < count; i++) {
        const char *name = node->keys[i]->text;
        struct study_source *source = NULL;

        for (size_t s = 0; s < study->source_count; s++)
            if (strcmp(name, names[s]) == 0 ||
                (strcmp(name, "people") == 0 && &study->sources[s] == study->people))
                source = &study->sources[s];
        if (source)
            read_linkage(reader, node->items[i], source);
        else
            study_say(reader, node->keys[i], "dedupe: there is no source \"%s\"%s", name,
                      study_hint(reader, name, names, study->source_count));
    }
}

const char *study_key_path(const struct rk_run *run, const struct study *study)
{
    if (!study->pseudonyms || study->pseudonyms[0] == '/') return study->pseudonyms;
    return rk_arena_printf(run->arena, "%s/%s", study->dir, study->pseudonyms);
}

const char *study_answers_path(const struct rk_run *run, const struct study *study,
                               const struct study_source *source)
{
    const char *path = source->linkage ? source->linkage->answers : NULL;

    if (!source->linkage) return NULL;
    if (!path)
        return rk_arena_printf(run->arena, "%s/decisions/answers.csv",
                               run->whole_dir ? run->whole_dir : run->out_dir);
    return path[0] == '/' ? path : rk_arena_printf(run->arena, "%s/%s", study->dir, path);
}
