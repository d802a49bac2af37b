// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_columns.h"

#include "pipeline/base/rk_text.h"

#include <math.h>
#include <string.h>

static const char *const better_names[] = {"none", "high", "low", NULL};
static const char *const score_names[] = {"raw", "metric", NULL};
static const char *const by_names[] = {"month", "quarter", "year", NULL};

/* One bit per word that says what kind of variable it is. */
enum {
    WORD_YEARS,
    WORD_MONTHS,
    WORD_DAYS,
    WORD_CUT,
    WORD_PERIOD,
    WORD_RECODE,
    WORD_CASES,
    WORD_HAS,
    WORD_COUNT,
    WORD_FROM,
    WORD_BAND,
    WORD_SCALE,
    WORDS
};
#define FOR(word) (1U << (word))

static const char *const words[] = {"years", "months", "days",  "cut",  "period", "recode",
                                    "cases", "has",    "count", "from", "band",   "scale"};

static const enum derive_kind word_kinds[] = {
    DERIVE_AGE,   DERIVE_AGE, DERIVE_AGE,   DERIVE_CUT,  DERIVE_PERIOD, DERIVE_RECODE,
    DERIVE_CASES, DERIVE_HAS, DERIVE_COUNT, DERIVE_FROM, DERIVE_BAND,   DERIVE_SCALE,
};

/* What a derived variable says in words. */
struct derive_texts {
    struct study_column column;
    struct study_derive derive;
    const char *word; /**< behind the word of its kind, when that is a text */
    const char *scale;
    const char **ends;
    size_t end_count;
    const char **labels;
    size_t label_count;
    int by;
    int score;
};

#define COLUMN(name) offsetof(struct derive_texts, column.name)
#define DERIVE(name) offsetof(struct derive_texts, derive.name)
#define TEXTS(name)  offsetof(struct derive_texts, name)
static const struct study_key derive_keys[] = {
    {.name = "years",
     .kind = KEY_TEXTS,
     .offset = TEXTS(ends),
     .count = TEXTS(end_count),
     .kinds = FOR(WORD_YEARS)},
    {.name = "months",
     .kind = KEY_TEXTS,
     .offset = TEXTS(ends),
     .count = TEXTS(end_count),
     .kinds = FOR(WORD_MONTHS)},
    {.name = "days",
     .kind = KEY_TEXTS,
     .offset = TEXTS(ends),
     .count = TEXTS(end_count),
     .kinds = FOR(WORD_DAYS)},
    {.name = "cut",            .kind = KEY_TEXT,                                               .offset = DERIVE(of),                                                                                                                      .kinds = FOR(WORD_CUT)},
    {.name = "at",   .kind = KEY_OTHER,                                       .kinds = FOR(WORD_CUT),                                                                                                    .required = true},
    {.name = "labels",     .kind = KEY_OTHER,.kinds = FOR(WORD_CUT) | FOR(WORD_RECODE)},
    {.name = "period",      .kind = KEY_TEXT,.offset = DERIVE(of),.kinds = FOR(WORD_PERIOD)},
    {.name = "by",
     .kind = KEY_CHOICE,
     .offset = TEXTS(by),
     .choices = by_names,
     .kinds = FOR(WORD_PERIOD),
     .required = true},
    {.name = "recode",          .kind = KEY_TEXT,                         .offset = DERIVE(of),                                                                                                 .kinds = FOR(WORD_RECODE)},
    {.name = "codes",                         .kind = KEY_OTHER,                                                  .kinds = FOR(WORD_RECODE) | FOR(WORD_CASES)                                                                                                                        },
    {.name = "to",       .kind = KEY_OTHER,                                       .kinds = FOR(WORD_RECODE),                                                                                                                           .required = true},
    {.name = "cases",          .kind = KEY_OTHER,                     .kinds = FOR(WORD_CASES)                                                 },
    {.name = "has",                         .kind = KEY_TEXT,                                               .offset = DERIVE(of),                                                                               .kinds = FOR(WORD_HAS)},
    {.name = "count",                         .kind = KEY_TEXT,                                                  .offset = DERIVE(of),.kinds = FOR(WORD_COUNT)},
    {.name = "where",         .kind = KEY_TEXT,                                             .offset = DERIVE(where),.kinds = FOR(WORD_COUNT)},
    {.name = "from", .kind = KEY_TEXT,                 .offset = DERIVE(of),                             .kinds = FOR(WORD_FROM)},
    {.name = "band",     .kind = KEY_TEXT,.offset = DERIVE(of),.kinds = FOR(WORD_BAND)},
    {.name = "scale",
     .kind = KEY_TEXT,
     .offset = TEXTS(scale),
     .kinds = FOR(WORD_SCALE) | FOR(WORD_BAND),
     .required = true},
    {.name = "items",
     .kind = KEY_TEXTS,
     .offset = DERIVE(items),
     .count = DERIVE(item_count),
     .kinds = FOR(WORD_SCALE),
     .required = true},
    {.name = "score",
     .kind = KEY_CHOICE,
     .offset = TEXTS(score),
     .choices = score_names,
     .kinds = FOR(WORD_SCALE)},
    {.name = "label",  .kind = KEY_TEXT,                                      .offset = COLUMN(label)                                                                     },
    {.name = "better",
     .kind = KEY_CHOICE,
     .offset = COLUMN(better),
     .choices = better_names},
    {.name = "ordered",
     .kind = KEY_BOOL,
     .offset = COLUMN(ordered),
     .kinds = FOR(WORD_RECODE) | FOR(WORD_CASES)},
    {.name = "apart",                         .kind = KEY_OTHER,                                               .kinds = FOR(WORD_RECODE) | FOR(WORD_CASES)                                                                                                                         },
};

static int word_of(struct study_reader *reader, const struct rk_yaml *key,
                   const struct rk_yaml *map)
{
    if (map->kind == RK_YAML_MAP)
        for (int i = 0; i < WORDS; i++)
            if (rk_yaml_get(map, words[i])) return i;
    study_say(reader, map,
              "variable \"%s\": expected one of the keys years, months, days, cut, "
              "period, recode, cases, has, count, from, scale, band",
              key->text);
    return -1;
}

static void read_ends(struct study_reader *reader, const struct rk_yaml *node,
                      struct derive_texts *texts)
{
    texts->column.type = COLUMN_INTEGER;
    if (texts->end_count != 2) {
        study_say(reader, node, "expected two dates, as [born, assessed]");
        return;
    }
    texts->derive.start = texts->ends[0];
    texts->derive.end = texts->ends[1];
}

static void read_cut_points(struct study_reader *reader, const struct rk_yaml *map,
                            struct study_derive *derive)
{
    const struct rk_yaml *at = rk_yaml_get(map, "at");
    size_t count = study_items(reader, at, "at");

    derive->at = RK_ARRAY(reader->arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *text = study_text_of(reader, at->items[i], "at");

        if (!text || !rk_text_number(text, &derive->at[i]))
            study_say(reader, at->items[i], "at: expected a number");
        else if (i && !(derive->at[i] > derive->at[i - 1]))
            study_say(reader, at->items[i], "at: numbers ascend");
    }
    derive->at_count = count;
}

static void read_cut(struct study_reader *reader, const struct rk_yaml *map,
                     struct derive_texts *texts)
{
    struct code_list *codes =
        code_list_new(reader->arena, texts->column.name, reader->study->path);

    read_cut_points(reader, map, &texts->derive);
    if (!rk_yaml_get(map, "labels"))
        study_say(reader, map, "variable \"%s\" needs the key \"labels\"",
                  texts->column.name);
    rk_yaml_texts(reader->arena, reader->diag, map, "labels", &texts->labels,
                  &texts->label_count);
    texts->column.type = COLUMN_CODE;
    texts->column.codes = codes;
    texts->column.ordered = true;
    for (size_t i = 0; i < texts->label_count; i++)
        code_list_add(reader->arena, codes, rk_text_code(reader->arena, texts->labels[i]),
                      texts->labels[i]);
    if (texts->label_count != texts->derive.at_count + 1)
        study_say(reader, rk_yaml_at(map, "labels"),
                  "labels: %zu cuts make %zu bands, so %zu labels are needed, not %zu",
                  texts->derive.at_count, texts->derive.at_count + 1,
                  texts->derive.at_count + 1, texts->label_count);
    else if (codes->count != texts->label_count)
        study_say(reader, rk_yaml_at(map, "labels"),
                  "labels: two labels make the same code");
}

static void read_period(struct study_reader *reader, struct derive_texts *texts)
{
    struct code_list *codes =
        code_list_new(reader->arena, texts->column.name, reader->study->path);

    codes->open = true;
    codes->period = by_names[texts->by];
    texts->derive.unit = by_names[texts->by];
    texts->column.type = COLUMN_CODE;
    texts->column.codes = codes;
    texts->column.ordered = true;
}

/* Label of a new code: `labels: {CODE: Label}`, else as `to` says it. */
static const char *recode_label(struct study_reader *reader, const struct rk_yaml *labels,
                                const char *text)
{
    const struct rk_yaml *label = rk_yaml_get(labels, text);

    return label ? study_text_of(reader, label, "labels") : text;
}

static void check_recode_labels(struct study_reader *reader, const struct rk_yaml *labels,
                                const struct code_list *codes)
{
    size_t count = study_entries(reader, labels, "labels");

    for (size_t i = 0; i < count; i++)
        if (code_list_find(codes, labels->keys[i]->text) < 0)
            study_say(reader, labels->keys[i], "labels: \"to\" makes no code \"%s\"",
                      labels->keys[i]->text);
}

/* `to` itself is read when the codes of the column are known: study_check_derived. Without
 * a list of its own the new codes are those that `to` names, in the order of the text. */
static void read_recode(struct study_reader *reader, const struct rk_yaml *map,
                        struct derive_texts *texts)
{
    const struct rk_yaml *codes = rk_yaml_get(map, "codes");
    const struct rk_yaml *to = rk_yaml_get(map, "to");
    const struct rk_yaml *labels = rk_yaml_get(map, "labels");
    size_t count = study_entries(reader, to, "to");

    texts->column.type = COLUMN_CODE;
    if (codes && labels)
        study_say(reader, labels, "a recode has \"codes\" or \"labels\", not both");
    if (codes) {
        texts->column.codes = study_codes(reader, codes, texts->column.name);
        return;
    }
    texts->column.codes =
        code_list_new(reader->arena, texts->column.name, reader->study->path);
    for (size_t i = 0; i < count; i++) {
        const char *text = study_text_of(reader, to->items[i], "to");
        const char *label = text ? recode_label(reader, labels, text) : NULL;

        if (label)
            code_list_add(reader->arena, texts->column.codes,
                          rk_text_code(reader->arena, text), label);
    }
    if (labels) check_recode_labels(reader, labels, texts->column.codes);
}

struct case_texts {
    const char *when, *code, *label;
};
static const struct study_key case_keys[] = {
    {.name = "when",
     .kind = KEY_TEXT,
     .offset = offsetof(struct case_texts, when),
     .required = true},
    {.name = "code",
     .kind = KEY_TEXT,
     .offset = offsetof(struct case_texts,                     code),
     .required = true},
    {.name = "label", .kind = KEY_TEXT, .offset = offsetof(struct case_texts,   label)},
};

/* A case whose codes come from the cases: the first label of a code stands. */
static int case_code(struct study_reader *reader, const struct rk_yaml *map,
                     const struct case_texts *texts, struct code_list *list, bool own)
{
    const struct rk_yaml *node = rk_yaml_get(map, "code");

    if (!own) return study_code(reader, list, node);
    if (!code_is_valid(texts->code))
        study_say(reader, node, "\"%s\" is not a code: a-z, 0-9 and _ only; perhaps \"%s\"",
                  texts->code, rk_text_code(reader->arena, texts->code));
    return code_list_add(reader->arena, list, texts->code,
                         texts->label ? texts->label : texts->code);
}

static void read_cases(struct study_reader *reader, const struct rk_yaml *map,
                       struct derive_texts *texts)
{
    const struct rk_yaml *codes = rk_yaml_get(map, "codes");
    const struct rk_yaml *list = rk_yaml_get(map, "cases");
    size_t count = study_items(reader, list, "cases");
    struct study_derive *derive = &texts->derive;

    texts->column.type = COLUMN_CODE;
    texts->column.codes =
        codes ? study_codes(reader, codes, texts->column.name)
              : code_list_new(reader->arena, texts->column.name, reader->study->path);
    derive->cases = RK_ARRAY(reader->arena, struct study_case, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct case_texts one = {NULL, NULL, NULL};

        if (!STUDY_KEYS_READ(reader, list->items[i], case_keys, 0, "a case", &one) ||
            !one.when || !one.code)
            continue;
        derive->cases[derive->case_count++] = (struct study_case){
            .when = one.when,
            .code = case_code(reader, list->items[i], &one, texts->column.codes, !codes),
            .place = study_text_place(rk_yaml_at(list->items[i], "when"))};
    }
}

static void read_has(struct study_reader *reader, struct derive_texts *texts)
{
    texts->column.type = COLUMN_CODE;
    texts->column.codes =
        code_list_new(reader->arena, texts->column.name, reader->study->path);
    code_list_add(reader->arena, texts->column.codes, "yes", "Yes");
    code_list_add(reader->arena, texts->column.codes, "no", "No");
}

static void read_scale(struct study_reader *reader, const struct rk_yaml *map, int word,
                       struct derive_texts *texts)
{
    const struct study_scale *scale =
        texts->scale ? study_scale(reader->study, texts->scale) : NULL;
    const char **names =
        RK_ARRAY(reader->arena, const char *, reader->study->scale_count + 1);

    texts->derive.scale = scale;
    texts->column.type = word == WORD_BAND ? COLUMN_CODE : COLUMN_NUMBER;
    texts->column.codes = word == WORD_BAND ? study_codes(reader, NULL, "band") : NULL;
    if (!scale) {
        for (size_t i = 0; i < reader->study->scale_count; i++)
            names[i] = reader->study->scales[i].name;
        if (texts->scale)
            study_say(reader, rk_yaml_at(map, "scale"),
                      "there is no scale \"%s\" in \"scales\"%s", texts->scale,
                      study_hint(reader, texts->scale, names, reader->study->scale_count));
        return;
    }
    if (texts->column.better == BETTER_NONE) texts->column.better = scale->better;
    if (word == WORD_BAND) {
        texts->column.codes = scale->band_codes;
        texts->column.ordered = true;
        if (scale->item_count && !scale->band_count)
            study_say(reader, map, "scale \"%s\" has no bands", scale->name);
        return;
    }
    texts->derive.metric = texts->score == 1;
    if (texts->derive.metric && scale->item_count && !scale->metric_count)
        study_say(reader, rk_yaml_at(map, "score"),
                  "scale \"%s\" has no metric conversion", scale->name);
    if (scale->item_count && texts->derive.item_count != scale->item_count)
        study_say(reader, rk_yaml_at(map, "items"), "scale \"%s\" has %zu items, not %zu",
                  scale->name, scale->item_count, texts->derive.item_count);
}

static void read_by_word(struct study_reader *reader, const struct rk_yaml *map, int word,
                         struct derive_texts *texts)
{
    switch (word_kinds[word]) {
    case DERIVE_AGE:
        read_ends(reader, rk_yaml_get(map, words[word]), texts);
        texts->derive.unit = words[word];
        break;
    case DERIVE_CUT:
        read_cut(reader, map, texts);
        break;
    case DERIVE_PERIOD:
        read_period(reader, texts);
        break;
    case DERIVE_RECODE:
        read_recode(reader, map, texts);
        break;
    case DERIVE_CASES:
        read_cases(reader, map, texts);
        break;
    case DERIVE_HAS:
        read_has(reader, texts);
        break;
    case DERIVE_COUNT:
        texts->column.type = COLUMN_INTEGER;
        break;
    case DERIVE_FROM:
        break; /* as the column it takes: study_check_derived */
    default:
        read_scale(reader, map, word, texts);
    }
}

static void read_variable(struct study_reader *reader, const struct rk_yaml *key,
                          const struct rk_yaml *map, struct study_column *out)
{
    struct derive_texts texts = {
        .column = {.name = key->text,
                   .label = key->text,
                   .kept = true,
                   .lowest = NAN,
                   .highest = NAN,
                   .place = rk_yaml_place(key)}
    };
    struct study_derive *derive = RK_NEW(reader->arena, struct study_derive);
    const char *thing = rk_arena_printf(reader->arena, "variable \"%s\"", key->text);
    int word;

    study_name_ok(reader, key, "variable");
    word = word_of(reader, key, map);
    if (word >= 0) {
        STUDY_KEYS_READ(reader, map, derive_keys, FOR(word), thing, &texts);
        texts.derive.kind = word_kinds[word];
        texts.derive.place = rk_yaml_place(rk_yaml_at(map, words[word]));
        texts.derive.where_place = study_text_place(rk_yaml_at(map, "where"));
        read_by_word(reader, map, word, &texts);
        if (texts.column.codes) study_read_apart(reader, map, &texts.column);
    } else {
        texts.derive.kind = DERIVE_CASES;
        read_has(reader, &texts);
    }
    *derive = texts.derive;
    derive->map = map;
    *out = texts.column;
    out->derive = derive;
}

static void read_of_source(struct study_reader *reader, const struct rk_yaml *map,
                           struct study_source *source)
{
    size_t count = study_entries(reader, map, "derive");

    source->derived = RK_ARRAY(reader->arena, struct study_column, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (study_column(source, map->keys[i]->text))
            study_say(reader, map->keys[i], "source \"%s\" has a column \"%s\" already",
                      source->name, map->keys[i]->text);
        read_variable(reader, map->keys[i], map->items[i], &source->derived[i]);
        source->derived_count++;
    }
}

void study_read_derived(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *map = rk_yaml_get(root, "derive");
    size_t count = study_entries(reader, map, "derive");
    struct study *study = reader->study;
    const char **names = RK_ARRAY(reader->arena, const char *, study->source_count + 1);

    for (size_t i = 0; i < study->source_count; i++)
        names[i] = study->sources[i].name;
    names[study->source_count] = "people";
    for (size_t i = 0; i < count; i++) {
        const char *name = map->keys[i]->text;
        const struct study_source *source = study_source(study, name);

        if (!source)
            study_say(reader, map->keys[i], "derive: there is no source \"%s\"%s", name,
                      study_hint(reader, name, names, study->source_count + 1));
        else if (source->derived)
            study_say(reader, map->keys[i], "derive: source \"%s\" is there twice",
                      source->name);
        else
            read_of_source(reader, map->items[i], &study->sources[source - study->sources]);
    }
}
