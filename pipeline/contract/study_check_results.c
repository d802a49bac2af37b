// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_date.h"

#include <string.h>

/** One result under check. */
struct subject {
    struct study_reader *reader;
    struct study_result *result;
    const struct study_source *source; /**< of its records, NULL: none or unknown */
    struct study_scope *scope;
};

enum {
    DATES = 1U << COLUMN_DATE,
    CODES = 1U << COLUMN_CODE,
    NUMBERS = (1U << COLUMN_INTEGER) | (1U << COLUMN_NUMBER),
    ANY = ~0U,
};

/* Where a key of the result stands. */
static struct rk_place at(const struct subject *subject, const char *key)
{
    const struct rk_yaml *node = rk_yaml_get(subject->result->map, key);

    return node ? rk_yaml_place(node) : subject->result->place;
}

static const struct study_column *need_in(struct subject *subject,
                                          const struct study_source *source,
                                          const struct study_scope *scope, const char *key,
                                          const char *name, unsigned types,
                                          const char *wanted)
{
    struct study_reader *reader = subject->reader;
    const struct study_column *column = study_scope_find(scope, name);
    const struct study_column *declared = study_column(source, name);

    if (!column && declared && !declared->kept) {
        study_say_at(
            reader, at(subject, key),
            "%s: \"%s\" is private and gone after 20-people; derive what you need from it",
            key, name);
        return NULL;
    }
    column = study_scope_need(reader, scope, at(subject, key), key, name);
    if (!column || (types & (1U << column->type))) return column;
    study_say_at(reader, at(subject, key), "%s: \"%s\" is not %s", key, name, wanted);
    return NULL;
}

static const struct study_column *need(struct subject *subject, const char *key,
                                       const char *name, unsigned types, const char *wanted)
{
    if (!name || !subject->source) return NULL;
    return need_in(subject, subject->source, subject->scope, key, name, types, wanted);
}

/* Source of "people", a source or a point; NULL after saying that there is none. */
static const struct study_source *find_source(struct subject *subject, const char *key,
                                              const char *name)
{
    const struct study *study = subject->reader->study;
    const struct study_point *point = study_point(study, name);
    const struct study_source *source = study_source(study, name);
    size_t count = 0;
    const char **names;

    if (point || source) return point ? point->source : source;
    names = RK_ARRAY(subject->reader->arena, const char *,
                     study->source_count + study->point_count + 1);
    for (size_t i = 0; i < study->source_count; i++)
        names[count++] = study->sources[i].name;
    for (size_t i = 0; i < study->point_count; i++)
        names[count++] = study->points[i].name;
    names[count++] = "people";
    study_say_at(subject->reader, at(subject, key),
                 "%s: there is no source or point \"%s\"%s", key, name,
                 study_hint(subject->reader, name, names, count));
    return NULL;
}

static const struct study_point *find_point(struct subject *subject, const char *key,
                                            const char *name)
{
    const struct study *study = subject->reader->study;
    const struct study_point *point = name ? study_point(study, name) : NULL;
    const char **names;

    if (point || !name) return point;
    names = RK_ARRAY(subject->reader->arena, const char *, study->point_count + 1);
    for (size_t i = 0; i < study->point_count; i++)
        names[i] = study->points[i].name;
    study_say_at(subject->reader, at(subject, key), "%s: there is no point \"%s\"%s", key,
                 name, study_hint(subject->reader, name, names, study->point_count));
    return NULL;
}

/* The variable of a change at both points, which must be of one kind. */
static void check_change(struct subject *subject)
{
    struct study_reader *reader = subject->reader;
    struct study_result *result = subject->result;
    const char *key = result->kind == RESULT_CHANGE ? "change" : "transitions";
    const struct study_point *points[] = {find_point(subject, "from", result->from),
                                          find_point(subject, "to", result->to)};
    const struct study_column *columns[2] = {NULL, NULL};
    bool sound = result->of != NULL;

    for (size_t i = 0; i < 2; i++) {
        if (!points[i] || !result->of) return;
        columns[i] = need_in(subject, points[i]->source,
                             study_scope_new(reader, points[i]->source, SEES_KEPT, NULL),
                             key, result->of, CODES | NUMBERS, "a code or a number");
        sound = sound && columns[i];
    }
    if (!sound) return;
    if ((columns[0]->type == COLUMN_CODE) != (columns[1]->type == COLUMN_CODE))
        study_say_at(reader, at(subject, key), "%s: \"%s\" is a code at one point only",
                     key, result->of);
    else if (columns[0]->type != COLUMN_CODE && (result->of_interest || key[0] == 't'))
        study_say_at(reader, at(subject, key), "%s: \"%s\" is a number, not codes", key,
                     result->of);
    else if (result->of_interest)
        study_code(reader, columns[0]->codes, rk_yaml_get(result->map, "of_interest"));
}

static void check_profile(struct subject *subject)
{
    const struct study_result *result = subject->result;
    const struct study_source *source;
    struct study_scope *scope;

    if (!result->profile.source || !result->profile.month || !result->profile.value) return;
    source = find_source(subject, "profile", result->profile.source);
    if (!source) return;
    scope = study_scope_new(subject->reader, source, SEES_KEPT, NULL);
    need_in(subject, source, scope, "profile", result->profile.month, DATES, "a date");
    need_in(subject, source, scope, "profile", result->profile.value, NUMBERS, "a number");
    study_scope_condition(subject->reader, scope, result->profile.where_place,
                          result->profile.where, NULL);
}

/* RESULT.ROW.COLUMN.MEASURE of a result that is there. */
static void check_cell(struct subject *subject, const char *address)
{
    const struct study *study = subject->reader->study;
    const char *dot = address ? strchr(address, '.') : NULL;
    const char *name, **names;
    int dots = 0;

    if (!address) return;
    for (const char *c = address; *c; c++)
        dots += *c == '.';
    name = dot ? rk_arena_copy_n(subject->reader->arena, address, (size_t)(dot - address))
               : address;
    names = RK_ARRAY(subject->reader->arena, const char *, study->result_count + 1);
    for (size_t i = 0; i < study->result_count; i++)
        names[i] = study->results[i].name;
    if (dots != 3)
        study_say_at(
            subject->reader, at(subject, "against"),
            "against: \"%s\" is not the address of a cell, RESULT.ROW.COLUMN.MEASURE",
            address);
    else if (!study_result(study, name))
        study_say_at(subject->reader, at(subject, "against"),
                     "against: there is no result \"%s\"%s", name,
                     study_hint(subject->reader, name, names, study->result_count));
}

static void check_pair(struct subject *subject)
{
    const struct study *study = subject->reader->study;
    const char **names =
        RK_ARRAY(subject->reader->arena, const char *, study->result_count + 1);

    for (size_t i = 0; i < study->result_count; i++)
        names[i] = study->results[i].name;
    for (size_t i = 0; i < 2; i++) {
        const char *name = subject->result->pair[i];

        if (name &&
            (!study_result(study, name) || strcmp(name, subject->result->name) == 0))
            study_say_at(subject->reader, at(subject, "compare"),
                         "compare: there is no other result \"%s\"%s", name,
                         study_hint(subject->reader, name, names, study->result_count));
    }
    if (!subject->result->measure) subject->result->measure = "percent";
}

/* A family is of one stage and adjusted in one way: compared with its first result. */
static void check_family(struct subject *subject)
{
    const struct study *study = subject->reader->study;
    const struct study_result *result = subject->result;

    if (!result->family) return;
    for (const struct study_result *first = study->results; first < result; first++) {
        if (!first->family || strcmp(first->family, result->family) != 0) continue;
        if (first->adjust != result->adjust)
            study_say_at(subject->reader, at(subject, "adjust"),
                         "adjust: the family \"%s\" is adjusted otherwise in \"%s\"",
                         result->family, first->name);
        if (strcmp(study_result_stage(first), study_result_stage(result)) != 0)
            study_say_at(subject->reader, at(subject, "family"),
                         "family: \"%s\" holds changes and other results, such as \"%s\"; "
                         "make two families of it",
                         result->family, first->name);
        return;
    }
}

/* How a row of factors begins: the characteristic without "people.". */
static const char *bare(const char *name)
{
    return strncmp(name, "people.", 7) == 0 ? name + 7 : name;
}

static void check_factors(struct subject *subject)
{
    struct study_reader *reader = subject->reader;
    struct study_result *result = subject->result;
    const struct study_column **columns =
        RK_ARRAY(reader->arena, const struct study_column *, result->on_count + 1);

    if (!subject->scope) return;
    study_scope_condition(reader, subject->scope, result->of_place, result->of, NULL);
    for (size_t i = 0; i < result->on_count; i++) {
        columns[i] = need(subject, "on", result->on[i], CODES | NUMBERS,
                          "a code or a number; cut or recode it first");
        for (size_t j = 0; j < i; j++)
            if (strcmp(bare(result->on[i]), bare(result->on[j])) == 0)
                study_say_at(reader, at(subject, "on"), "on: \"%s\" is there twice",
                             bare(result->on[i]));
    }
    study_read_references(reader, result, columns);
}

static bool is_linked(const struct subject *subject, const struct study_source *source)
{
    return source == subject->reader->study->people || source->link;
}

/* `until`: a word, a day or a column. */
static void check_until(struct subject *subject)
{
    const char *until = subject->result->until;
    long day;

    if (!until || strcmp(until, "cut_off") == 0 || strcmp(until, "period_start") == 0 ||
        rk_date_parse(until, &day))
        return;
    need(subject, "until", until, DATES, "a date");
}

static void check_time_to(struct subject *subject)
{
    struct study_reader *reader = subject->reader;
    const struct study_result *result = subject->result;
    const struct study_source *of;

    need(subject, "from", result->from, DATES, "a date");
    need(subject, "competing", result->competing, DATES, "a date");
    check_until(subject);
    of = result->of ? find_source(subject, "of", result->of) : NULL;
    if (!of) return;
    if (result->event)
        need_in(subject, of, study_scope_new(reader, of, SEES_KEPT, NULL), "time_to",
                result->event, DATES, "a date");
    if (!is_linked(subject, of))
        study_say_at(reader, at(subject, "of"), "of: \"%s\" names no clients", result->of);
    if (subject->source && !is_linked(subject, subject->source))
        study_say_at(reader, at(subject, "source"), "source: \"%s\" names no clients",
                     result->source);
}

static void check_by_kind(struct subject *subject)
{
    struct study_result *result = subject->result;

    switch (result->kind) {
    case RESULT_TABLE:
        for (size_t i = 0; i < result->variable_count; i++) {
            const struct study_column *column = need(subject, "table", result->variables[i],
                                                     CODES, "a code column; cut it first");
            if (i == 0 && column && strcmp(result->title, result->name) == 0)
                result->title = column->label; /* "Children at home", not "children" */
        }
        break;
    case RESULT_MEAN:
        need(subject, "mean", result->of, NUMBERS, "a number");
        break;
    case RESULT_SUM:
        need(subject, "sum", result->of, NUMBERS, "a number");
        break;
    case RESULT_COUNT:
        if (result->of && strcmp(result->of, "records") != 0)
            need(subject, "count", result->of, ANY, "");
        break;
    case RESULT_MONTHS:
        need(subject, "months", result->of, DATES, "a date");
        check_profile(subject);
        break;
    case RESULT_TARGET:
    case RESULT_FUNNEL:
        if (subject->scope)
            study_scope_condition(subject->reader, subject->scope, result->of_place,
                                  result->of, NULL);
        break;
    case RESULT_AGAINST:
        check_cell(subject, result->actual_cell);
        check_cell(subject, result->profile_cell);
        break;
    case RESULT_CHANGE:
    case RESULT_TRANSITIONS:
        check_change(subject);
        break;
    case RESULT_COMPARE:
        check_pair(subject);
        break;
    case RESULT_FACTORS:
        check_factors(subject);
        break;
    case RESULT_TIME_TO:
        check_time_to(subject);
        break;
    }
}

static void check_common(struct subject *subject)
{
    struct study_result *result = subject->result;

    if (!subject->scope) return;
    study_scope_condition(subject->reader, subject->scope, result->where_place,
                          result->where, NULL);
    need(subject, "by", result->by, CODES, "a code column; cut it first");
    need(subject, "cluster", result->cluster, ANY, "");
    need(subject, "distinct", result->distinct, ANY, "");
    need(subject, "weight", result->weight, NUMBERS, "a number");
    if (result->weight && result->trend)
        study_say_at(subject->reader, at(subject, "trend"),
                     "\"trend\" takes every row as one; leave it or \"weight\" out");
    for (size_t i = 0; i < result->answered_count; i++)
        need(subject, "answered", result->answered[i], ANY, "");
}

/* Records are counted where the source holds events, unless clients are counted apart. */
static void default_unit(struct subject *subject)
{
    struct study_result *result = subject->result;
    const struct study *study = subject->reader->study;
    bool clients = result->kind == RESULT_COUNT && result->of && subject->source->link &&
                   strcmp(result->of, subject->source->link) == 0;

    if (!rk_yaml_get(result->map, "unit"))
        result->records = subject->source != study->people &&
                          !study_point(study, result->source) && !clients;
}

void study_check_results(struct study_reader *reader)
{
    struct study *study = reader->study;

    for (size_t i = 0; i < study->result_count; i++) {
        struct subject subject = {.reader = reader, .result = &study->results[i]};
        bool derived = subject.result->kind == RESULT_AGAINST ||
                       subject.result->kind == RESULT_COMPARE;

        if (!derived)
            subject.source = find_source(&subject, "source", subject.result->source);
        if (subject.source) {
            subject.scope = study_scope_new(reader, subject.source, SEES_KEPT, NULL);
            default_unit(&subject);
        }
        check_common(&subject);
        check_by_kind(&subject);
        check_family(&subject);
    }
}
