// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/period.h"

#include <limits.h>
#include <string.h>

static const char *const kind_words[] = {
    [RESULT_TABLE] = "table",
    [RESULT_MEAN] = "mean",
    [RESULT_COUNT] = "count",
    [RESULT_SUM] = "sum",
    [RESULT_MONTHS] = "months",
    [RESULT_TARGET] = "target",
    [RESULT_AGAINST] = "against",
    [RESULT_CHANGE] = "change",
    [RESULT_TRANSITIONS] = "transitions",
    [RESULT_COMPARE] = "compare",
    [RESULT_FUNNEL] = "compare_groups",
    [RESULT_FACTORS] = "factors",
    [RESULT_TIME_TO] = "time_to",
};
enum { KINDS = sizeof kind_words / sizeof *kind_words };
static const char *const percents[] = {"none", "row", "column", "total", NULL};
static const char *const units[] = {"clients", "records", NULL};
static const char *const adjusts[] = {"none", "holm", "bh", NULL};
static const char *const trends[] = {"no", "yes", "run", NULL};
static const char *const orders[] = {"codes", "count", NULL};

/* What a result says in words. */
struct result_texts {
    struct study_result result;
    const char *table, *count;
    int percent, unit, order, trend, adjust;
};

#define FOR(kind) (1U << (kind))
enum {
    FOR_TABLE = FOR(RESULT_TABLE),
    FOR_CHANGES = FOR(RESULT_CHANGE) | FOR(RESULT_TRANSITIONS),
    FOR_OWN =
        ~(FOR(RESULT_AGAINST) | FOR(RESULT_COMPARE)), /* made from records of its own */
};
#define FIELD(name) offsetof(struct result_texts, result.name)
#define TEXTS(name) offsetof(struct result_texts, name)
static const struct study_key result_keys[] = {
    {.name = "title",              .kind = KEY_TEXT,                      .offset = FIELD(title)                                                          },
    {.name = "note",               .kind = KEY_TEXT,                      .offset = FIELD(note)                                                           },
    {.name = "base",               .kind = KEY_TEXT,                      .offset = FIELD(base)                                                           },
    {.name = "mask",               .kind = KEY_OTHER},
    {.name = "reason",             .kind = KEY_TEXT,                      .offset = FIELD(mask_reason)                                                    },
    {.name = "adjust",
     .kind = KEY_CHOICE,
     .offset = TEXTS(adjust),
     .choices = adjusts},
    {.name = "family",             .kind = KEY_TEXT,                      .offset = FIELD(family)                                                         },
    {.name = "release",            .kind = KEY_OTHER                                                                                                      },
    {.name = "source",
     .kind = KEY_TEXT,
     .offset = FIELD(source),
     .kinds = FOR_OWN & ~FOR_CHANGES},
    {.name = "where",                            .kind = KEY_TEXT,                                                   .offset = FIELD(where),                                                                                        .kinds = FOR_OWN},
    {.name = "unit",
     .kind = KEY_CHOICE,
     .offset = TEXTS(unit),
     .choices = units,
     .kinds = FOR_OWN},
    {.name = "answered",
     .kind = KEY_TEXTS,
     .offset = FIELD(answered),
     .count = FIELD(answered_count),
     .kinds = FOR_OWN},
    {.name = "interval",           .kind = KEY_TEXT,                                                   .offset = FIELD(interval)                                                                                                                            },
    {.name = "test",             .kind = KEY_BOOL,                                                  .offset = FIELD(test)                                                                                                                },
    {.name = "cluster",   .kind = KEY_TEXT,.offset = FIELD(cluster),.kinds = FOR_OWN & ~FOR(RESULT_TIME_TO)},
    {.name = "weight",
     .kind = KEY_TEXT,
     .offset = FIELD(weight),
     .kinds = FOR_TABLE | FOR(RESULT_MEAN)},
    {.name = "distinct",       .kind = KEY_TEXT,.offset = FIELD(distinct),.kinds = FOR_TABLE},
    {.name = "show_missing",
     .kind = KEY_BOOL,
     .offset = FIELD(show_missing),
     .kinds = FOR_TABLE},
    {.name = "order",
     .kind = KEY_CHOICE,
     .offset = TEXTS(order),
     .choices = orders,
     .kinds = FOR_TABLE},
    {.name = "top",       .kind = KEY_LONG,                                                    .offset = FIELD(top),                                                                                                                         .kinds = FOR_TABLE},
    {.name = "by",
     .kind = KEY_TEXT,
     .offset = FIELD(by),
     .kinds = FOR(RESULT_MEAN) | FOR(RESULT_COUNT) | FOR(RESULT_SUM) | FOR(RESULT_MONTHS) |
              FOR(RESULT_TARGET) | FOR(RESULT_FUNNEL) | FOR(RESULT_TIME_TO) | FOR_CHANGES},
    {.name = "from",
     .kind = KEY_TEXT,
     .offset = FIELD(from),
     .required = true,
     .kinds = FOR_CHANGES | FOR(RESULT_MONTHS) | FOR(RESULT_TIME_TO)},
    {.name = "to",
     .kind = KEY_TEXT,
     .offset = FIELD(to),
     .required = true,
     .kinds = FOR_CHANGES | FOR(RESULT_MONTHS)},
    {.name = "of",
     .kind = KEY_TEXT,
     .offset = FIELD(of),
     .required = true,
     .kinds = FOR(RESULT_TARGET) | FOR(RESULT_TIME_TO)},
    {.name = "percent",
     .kind = KEY_CHOICE,
     .offset = TEXTS(percent),
     .choices = percents,
     .kinds = FOR_TABLE},
    {.name = "trend",
     .kind = KEY_CHOICE,
     .offset = TEXTS(trend),
     .choices = trends,
     .kinds = FOR(RESULT_MEAN) | FOR(RESULT_MONTHS)},
    {.name = "of_interest",
     .kind = KEY_TEXT,
     .offset = FIELD(of_interest),
     .kinds = FOR(RESULT_CHANGE)},
    {.name = "part",                            .kind = KEY_DATE,                                                      .offset = FIELD(part),                                                                                                                                      .kinds = FOR(RESULT_MONTHS)},
    {.name = "profile",             .kind = KEY_OTHER,                                         .kinds = FOR(RESULT_MONTHS)                                                                                                                        },
    {.name = "measure",
     .kind = KEY_TEXT,
     .offset = FIELD(measure),
     .kinds = FOR(RESULT_COMPARE)},
    {.name = "table",                            .kind = KEY_TEXT,                                                   .offset = TEXTS(table),                                                                                                       .kinds = FOR_TABLE},
    {.name = "mean",   .kind = KEY_TEXT,                                        .offset = FIELD(of),.kinds = FOR(RESULT_MEAN)},
    {.name = "count", .kind = KEY_TEXT,                                         .offset = TEXTS(count),                                                                                                                         .kinds = FOR(RESULT_COUNT)},
    {.name = "sum",.kind = KEY_TEXT,.offset = FIELD(of),.kinds = FOR(RESULT_SUM)},
    {.name = "months",            .kind = KEY_TEXT,                    .offset = FIELD(of),                                 .kinds = FOR(RESULT_MONTHS)},
    {.name = "target",
     .kind = KEY_DOUBLE,
     .offset = FIELD(target),
     .kinds = FOR(RESULT_TARGET)},
    {.name = "compare_groups",
     .kind = KEY_TEXT,
     .offset = FIELD(of),
     .kinds = FOR(RESULT_FUNNEL)},
    {.name = "expected",
     .kind = KEY_LONG,
     .offset = FIELD(expected),
     .kinds = FOR(RESULT_TARGET)},
    {.name = "change",                            .kind = KEY_TEXT,                                                   .offset = FIELD(of),                                                                                        .kinds = FOR(RESULT_CHANGE)},
    {.name = "transitions",
     .kind = KEY_TEXT,
     .offset = FIELD(of),
     .kinds = FOR(RESULT_TRANSITIONS)},
    {.name = "factors", .kind = KEY_TEXT, .offset = FIELD(of), .kinds = FOR(RESULT_FACTORS)},
    {.name = "on",
     .kind = KEY_TEXTS,
     .offset = FIELD(on),
     .count = FIELD(on_count),
     .required = true,
     .kinds = FOR(RESULT_FACTORS)},
    {.name = "reference", .kind = KEY_OTHER, .kinds = FOR(RESULT_FACTORS)},
    {.name = "time_to",
     .kind = KEY_TEXT,
     .offset = FIELD(event),
     .kinds = FOR(RESULT_TIME_TO)},
    {.name = "until", .kind = KEY_TEXT, .offset = FIELD(until), .kinds = FOR(RESULT_TIME_TO)},
    {.name = "competing",
     .kind = KEY_TEXT,
     .offset = FIELD(competing),
     .kinds = FOR(RESULT_TIME_TO)},
    {.name = "at", .kind = KEY_OTHER, .required = true, .kinds = FOR(RESULT_TIME_TO)},
    {.name = "against",         .kind = KEY_OTHER,.kinds = FOR(RESULT_AGAINST)                                                                    },
    {.name = "compare",            .kind = KEY_OTHER,.kinds = FOR(RESULT_COMPARE)},
};

static const struct study_key against_keys[] = {
    {.name = "actual",  .kind = KEY_TEXT, .offset = FIELD(actual_cell),  .required = true},
    {.name = "profile", .kind = KEY_TEXT, .offset = FIELD(profile_cell), .required = true},
};

static const struct study_key profile_keys[] = {
    {.name = "source",                .kind = KEY_TEXT, .offset = FIELD(profile.source), .required = true},
    {.name = "month",                               .kind = KEY_TEXT,                                 .offset = FIELD(profile.month),                  .required = true},
    {.name = "value",               .kind = KEY_TEXT,                               .offset = FIELD(profile.value),                               .required = true},
    {.name = "where", .kind = KEY_TEXT,.offset = FIELD(profile.where)},
};

static int kind_of(struct study_reader *reader, const struct rk_yaml *key,
                   const struct rk_yaml *map)
{
    if (map->kind == RK_YAML_MAP)
        for (int i = 0; i < KINDS; i++)
            if (rk_yaml_get(map, kind_words[i])) return i;
    study_say(reader, map,
              "result \"%s\": expected one of the keys table, mean, count, sum, "
              "months, target, against, change, transitions, compare, compare_groups, factors, "
              "time_to",
              key->text);
    return -1;
}

/* "ethnicity by area" to its variables. */
static void read_variables(struct study_reader *reader, const struct rk_yaml *node,
                           struct result_texts *texts)
{
    char *rest = rk_arena_copy(reader->arena, texts->table);
    struct study_result *result = &texts->result;
    char *word = strtok_r(rest, " ", &rest);

    while (word) {
        if (result->variable_count == 3) {
            study_say(reader, node,
                      "table: at most three variables, as \"sex by area by age\"");
            return;
        }
        result->variables[result->variable_count++] = word;
        word = strtok_r(NULL, " ", &rest);
        if (word && strcmp(word, "by") != 0) {
            study_say(reader, node,
                      "table: expected \"by\" between variables, found \"%s\"", word);
            return;
        }
        if (word) {
            word = strtok_r(NULL, " ", &rest);
            if (!word)
                study_say(reader, node, "table: a variable is missing behind \"by\"");
        }
    }
    if (!result->variable_count)
        study_say(reader, node,
                  "table: expected a variable, or two as \"ethnicity by area\"");
}

static void read_count(struct study_reader *reader, const struct rk_yaml *node,
                       struct result_texts *texts)
{
    static const char distinct[] = "distinct ";
    const char *text = texts->count;

    if (strcmp(text, "records") == 0)
        texts->result.of = text;
    else if (strncmp(text, distinct, strlen(distinct)) == 0)
        texts->result.of = text + strlen(distinct) + strspn(text + strlen(distinct), " ");
    else
        study_say(reader, node,
                  "count: expected \"records\" or \"distinct COLUMN\", not \"%s\"", text);
}

static void read_compare(struct study_reader *reader, const struct rk_yaml *node,
                         struct study_result *result)
{
    if (node->kind != RK_YAML_LIST || node->count != 2) {
        study_say(reader, node, "compare: expected two results, as [before, after]");
        return;
    }
    for (size_t i = 0; i < 2; i++)
        result->pair[i] = study_text_of(reader, node->items[i], "compare");
}

static void check_month(struct study_reader *reader, const struct rk_yaml *map,
                        const char *key, const char *text, long *month)
{
    if (text && !period_parse(text, PERIOD_MONTH, month))
        study_say(reader, rk_yaml_at(map, key),
                  "%s: \"%s\" is not a month such as 2014-03", key, text);
}

static void read_months(struct study_reader *reader, const struct rk_yaml *map,
                        struct result_texts *texts)
{
    const struct rk_yaml *profile = rk_yaml_get(map, "profile");
    long first = LONG_MIN, last = LONG_MAX;

    check_month(reader, map, "from", texts->result.from, &first);
    check_month(reader, map, "to", texts->result.to, &last);
    if (first > last)
        study_say(reader, rk_yaml_at(map, "to"), "to: the last month is before the first");
    if (profile) STUDY_KEYS_READ(reader, profile, profile_keys, 0, "a profile", texts);
    texts->result.profile.where_place = study_text_place(rk_yaml_at(profile, "where"));
}

static void read_by_kind(struct study_reader *reader, const struct rk_yaml *map,
                         struct result_texts *texts)
{
    const struct rk_yaml *node = rk_yaml_get(map, kind_words[texts->result.kind]);

    switch (texts->result.kind) {
    case RESULT_TABLE:
        if (texts->table) read_variables(reader, node, texts);
        break;
    case RESULT_COUNT:
        if (texts->count) read_count(reader, node, texts);
        break;
    case RESULT_MONTHS:
        read_months(reader, map, texts);
        break;
    case RESULT_AGAINST:
        STUDY_KEYS_READ(reader, node, against_keys, 0, "against", texts);
        break;
    case RESULT_COMPARE:
        read_compare(reader, node, &texts->result);
        break;
    case RESULT_TIME_TO:
        study_read_days(reader, map, &texts->result);
        break;
    default:
        break;
    }
}

static void check_interval(struct study_reader *reader, const struct rk_yaml *map,
                           const char *interval)
{
    static const char *const intervals[] = {"wilson", "clopper-pearson", "jeffreys",
                                            "none"};

    for (size_t i = 0; i < 4; i++)
        if (strcmp(intervals[i], interval) == 0) return;
    study_say(reader, rk_yaml_at(map, "interval"),
              "interval: expected wilson, clopper-pearson, jeffreys or none, not \"%s\"%s",
              interval, study_hint(reader, interval, intervals, 4));
}

static void check_common(struct study_reader *reader, const struct rk_yaml *map,
                         const struct study_result *result)
{
    check_interval(reader, map, result->interval);
    if (rk_yaml_get(map, "expected") && result->expected < 1)
        study_say(reader, rk_yaml_at(map, "expected"),
                  "expected: expected a number of clients, of all there will be");
    if (result->kind == RESULT_TARGET && !(result->target >= 0 && result->target <= 100))
        study_say(reader, rk_yaml_at(map, "target"), "target: expected a percentage");
    if (result->family && result->adjust == ADJUST_NONE)
        study_say(reader, rk_yaml_at(map, "family"),
                  "\"family\" goes with \"adjust: holm\" or \"adjust: bh\"");
    if (result->kind == RESULT_FUNNEL && !result->by)
        study_say(reader, map, "compare_groups needs the key \"by\": the groups");
    if (result->top < 0)
        study_say(reader, rk_yaml_at(map, "top"), "top: expected a number of rows");
}

/* Columns of a change, the same for every study; those of other kinds are codes in the data,
 * which the stage that masks knows. */
static const char *const change_columns[] = {
    "initial",           "latest",
    "change",            "gained",
    "lost",              "stayed_yes",
    "stayed_no",         "linked_initial",
    "linked_latest",     "linked_change",
    "each_initial",      "each_latest",
    "each_change",       "effect",
    "improved",          "same",
    "worse",             "net",
    "reliably_improved", "no_reliable_change",
    "reliably_worse",    "bounds_linked",
    "bounds_all",
};

static void check_released(struct study_reader *reader, const struct rk_yaml *node,
                           const struct study_result *result)
{
    size_t known = sizeof change_columns / sizeof *change_columns;

    if (result->kind != RESULT_CHANGE) return;
    for (size_t i = 0; i < result->released_count; i++) {
        const char *code = result->released[i];
        size_t at = 0;

        while (at < known && strcmp(change_columns[at], code) != 0)
            at++;
        if (at == known)
            study_say(reader, node->kind == RK_YAML_LIST ? node->items[i] : node,
                      "release: a change has no column \"%s\"%s", code,
                      study_hint(reader, code, change_columns, known));
    }
}

/* A line through means, or the rules of a run chart of months. */
static void read_trend(struct study_reader *reader, const struct rk_yaml *map,
                       struct result_texts *texts)
{
    enum { YES = 1, RUN };
    bool months = texts->result.kind == RESULT_MONTHS;

    texts->result.trend = !months && texts->trend == YES;
    texts->result.run = months && texts->trend == RUN;
    if (texts->trend == (months ? YES : RUN))
        study_say(reader, rk_yaml_at(map, "trend"), "trend: %s", months
                      ? "of months there is \"run\" only, a run chart"
                      : "\"run\" is for months; of a mean say yes or no");
}

/* `yes`, `no`, or the columns that are released. */
static void read_release(struct study_reader *reader, const struct rk_yaml *map,
                         struct study_result *result)
{
    const struct rk_yaml *node = rk_yaml_get(map, "release");
    static const char *const words[] = {"yes", "no"};

    if (!node) return;
    if (node->kind == RK_YAML_TEXT) {
        if (strcmp(node->text, "no") == 0)
            result->release = RELEASE_NONE;
        else if (strcmp(node->text, "yes") != 0)
            study_say(reader, node,
                      "release: expected yes, no or a list of columns as [initial, latest], "
                      "not \"%s\"%s",
                      node->text, study_hint(reader, node->text, words, 2));
        return;
    }
    if (!study_items(reader, node, "release") && node->kind == RK_YAML_LIST)
        study_say(reader, node, "release: the list is empty; \"no\" releases nothing");
    rk_yaml_texts(reader->arena, reader->diag, map, "release", &result->released,
                  &result->released_count);
    result->release = RELEASE_COLUMNS;
    check_released(reader, node, result);
}

static bool read_result(struct study_reader *reader, const struct rk_yaml *key,
                        const struct rk_yaml *map, struct study_result *out)
{
    static const char *const own[] = {"flow", "answered", "points"};
    struct result_texts texts = {
        .result = {.name = key->text,
                   .title = key->text,
                   .note = "",
                   .source = "people",
                   .interval = "wilson",
                   .test = true,
                   .mask = true,
                   .part = LONG_MIN,
                   .place = rk_yaml_place(key)}
    };
    int kind = kind_of(reader, key, map);
    const char *thing;

    study_name_ok(reader, key, "result");
    for (size_t i = 0; i < 3; i++)
        if (strcmp(key->text, own[i]) == 0)
            study_say(reader, key, "result \"%s\" is made by itself; take another name",
                      own[i]);
    if (kind < 0) return false;
    thing = rk_arena_printf(reader->arena, "a result of the kind \"%s\"", kind_words[kind]);
    STUDY_KEYS_READ(reader, map, result_keys, FOR(kind), thing, &texts);
    texts.result.kind = (enum result_kind)kind;
    texts.result.where_place = study_text_place(rk_yaml_at(map, "where"));
    texts.result.of_place =
        study_text_place(rk_yaml_at(map, kind == RESULT_TARGET ? "of" : kind_words[kind]));
    texts.result.percent = texts.percent;
    texts.result.records = texts.unit == 1;
    texts.result.adjust = (enum study_adjust)texts.adjust;
    texts.result.order_by_count = texts.order == 1;
    read_by_kind(reader, map, &texts);
    read_trend(reader, map, &texts);
    read_release(reader, map, &texts.result);
    study_read_mask(reader, map, &texts.result);
    check_common(reader, map, &texts.result);
    *out = texts.result;
    out->map = map;
    return true;
}

void study_read_results(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *map = rk_yaml_get(root, "results");
    size_t count = study_entries(reader, map, "results");
    struct study *study = reader->study;

    study->results = RK_ARRAY(reader->arena, struct study_result, count + 1);
    for (size_t i = 0; i < count; i++)
        if (read_result(reader, map->keys[i], map->items[i],
                        &study->results[study->result_count]))
            study->result_count++;
}
