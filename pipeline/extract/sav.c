// SPDX-License-Identifier: MIT
/* The one door to ReadStat. It pushes values; they are held as texts and handed out as rows. */
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/extract_priv.h"

#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A code and what it means. */
struct meaning {
    const char *value, *label;
};

struct meanings {
    const char *name;
    struct meaning *list;
    size_t count, cap;
};

enum time_kind { NO_TIME, DAY, MOMENT, DURATION };

struct variable {
    const char *name, *label;
    const char *meanings; /* name of its set of value labels, or "" */
    enum time_kind time;
};

struct value_pair {
    const char *text, *other;
};

struct sav {
    struct rk_arena *arena; /* its own */
    struct rk_diag *diag;
    const char *path;
    struct variable *variables;
    size_t width, variable_cap;
    struct meanings *sets;
    size_t set_count, set_cap;
    struct value_pair *values; /* row after row */
    size_t value_count, value_cap;
    size_t at; /* rows handed out, the headings too */
    struct extract_row row;
};

/* ---- formats ---- */

static const struct {
    const char *start;
    enum time_kind kind;
} formats[] = {
    {"DATETIME", MOMENT  }, {"YMDHMS", MOMENT}, {"DATE", DAY}, {"ADATE", DAY}, {"EDATE", DAY},
    {"SDATE",    DAY     }, {"JDATE",  DAY   }, {"MOYR", DAY}, {"QYR",   DAY}, {"WKYR",  DAY},
    {"DTIME",    DURATION}, {"TIME",   DURATION},
};

static enum time_kind kind_of(const char *format)
{
    for (size_t i = 0; format && i < sizeof formats / sizeof *formats; i++)
        if (strncasecmp(format, formats[i].start, strlen(formats[i].start)) == 0)
            return formats[i].kind;
    return NO_TIME;
}

/* ---- values as text ---- */

/* SPSS counts seconds from the first day of the Gregorian calendar, 14 October 1582. */
enum { GREGORIAN = -141428, SECONDS = 86400 };

static const char *moment_text(struct rk_arena *arena, double seconds, enum time_kind kind)
{
    long long all = llround(seconds), day = all / SECONDS, second = all % SECONDS;
    char iso[16];

    if (kind == DURATION)
        return rk_arena_printf(arena, "%lld:%02lld:%02lld", all / 3600, all / 60 % 60, all % 60);
    rk_date_text(iso, (long)day + GREGORIAN);
    if (kind == DAY || second == 0) return rk_arena_copy(arena, iso);
    return rk_arena_printf(arena, "%s %02lld:%02lld:%02lld", iso, second / 3600,
                           second / 60 % 60, second % 60);
}

static const char *number_text(struct rk_arena *arena, double number)
{
    char text[32];

    return rk_arena_copy(arena, rk_text_double(text, number));
}

/* As it is written, before labels; "" for what SPSS calls system-missing. */
static const char *plain_text(struct rk_arena *arena, readstat_value_t value,
                              enum time_kind kind)
{
    if (readstat_value_is_system_missing(value)) return "";
    if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
        const char *text = readstat_string_value(value);

        return text ? rk_text_trim(rk_arena_copy(arena, text)) : "";
    }
    if (kind != NO_TIME && fabs(readstat_double_value(value)) < 4e11)
        return moment_text(arena, readstat_double_value(value), kind);
    return number_text(arena, readstat_double_value(value));
}

/* ---- what ReadStat calls ---- */

/* A damaged file may leave out any text. */
static const char *text_or_none(const char *text)
{
    return text ? text : "";
}

static struct meanings *set_named(struct sav *sav, const char *name)
{
    for (size_t i = 0; i < sav->set_count; i++)
        if (strcmp(sav->sets[i].name, name) == 0) return &sav->sets[i];
    RK_ROOM(sav->arena, sav->sets, sav->set_count, sav->set_cap);
    sav->sets[sav->set_count] = (struct meanings){.name = rk_arena_copy(sav->arena, name)};
    return &sav->sets[sav->set_count++];
}

static int on_label(const char *set, readstat_value_t value, const char *label, void *user)
{
    struct sav *sav = user;
    struct meanings *meanings = set_named(sav, text_or_none(set));

    RK_ROOM(sav->arena, meanings->list, meanings->count, meanings->cap);
    meanings->list[meanings->count++] =
        (struct meaning){plain_text(sav->arena, value, NO_TIME), rk_arena_copy(sav->arena, text_or_none(label))};
    return READSTAT_HANDLER_OK;
}

static int on_variable(int index, readstat_variable_t *variable, const char *labels, void *user)
{
    struct sav *sav = user;
    const char *label = readstat_variable_get_label(variable);

    (void)index;
    RK_ROOM(sav->arena, sav->variables, sav->width, sav->variable_cap);
    sav->variables[sav->width++] = (struct variable){
        .name = rk_arena_copy(sav->arena, text_or_none(readstat_variable_get_name(variable))),
        .label = label ? rk_arena_copy(sav->arena, label) : NULL,
        .meanings = labels ? rk_arena_copy(sav->arena, labels) : "",
        .time = kind_of(readstat_variable_get_format(variable)),
    };
    return READSTAT_HANDLER_OK;
}

static const char *label_of(const struct sav *sav, const struct variable *variable,
                            const char *value)
{
    for (size_t s = 0; *variable->meanings && s < sav->set_count; s++) {
        const struct meanings *set = &sav->sets[s];

        if (strcmp(set->name, variable->meanings) != 0) continue;
        for (size_t i = 0; i < set->count; i++)
            if (strcmp(set->list[i].value, value) == 0) return set->list[i].label;
    }
    return NULL;
}

/* A value that the file itself calls missing counts as no answer: its label says which kind, and
 * without one the text is empty. */
static int on_value(int row, readstat_variable_t *variable, readstat_value_t value, void *user)
{
    struct sav *sav = user;
    size_t column = (size_t)readstat_variable_get_index(variable);
    const struct variable *known = &sav->variables[column];
    const char *plain = plain_text(sav->arena, value, known->time);
    const char *label = label_of(sav, known, plain);
    bool missing = readstat_value_is_defined_missing(value, variable);
    size_t at = (size_t)row * sav->width + column;

    while (at >= sav->value_count) {
        RK_ROOM(sav->arena, sav->values, sav->value_count, sav->value_cap);
        sav->values[sav->value_count++] = (struct value_pair){"", NULL};
    }
    if (missing)
        sav->values[at] = (struct value_pair){label ? label : "", label ? "" : NULL};
    else
        sav->values[at] = (struct value_pair){label ? label : plain, label ? plain : NULL};
    return READSTAT_HANDLER_OK;
}

/* ---- the calls ---- */

static void put_headings(struct sav *sav)
{
    for (size_t i = 0; i < sav->width; i++)
        extract_row_put(&sav->row, i, sav->variables[i].name, sav->variables[i].label);
}

static bool sav_next(void *reader, struct rk_csv_row *row)
{
    struct sav *sav = reader;

    extract_row_clear(&sav->row);
    if (sav->width == 0 || sav->at * sav->width > sav->value_count) return false;
    if (sav->at == 0) {
        put_headings(sav);
    } else {
        const struct value_pair *values = sav->values + (sav->at - 1) * sav->width;

        for (size_t i = 0; i < sav->width; i++)
            extract_row_put(&sav->row, i, values[i].text, values[i].other);
    }
    extract_row_give(&sav->row, sav->at + 1, row);
    sav->at++;
    return true;
}

static rk_status sav_status(const void *reader)
{
    (void)reader;
    return RK_OK;
}

static void sav_close(void *reader)
{
    struct sav *sav = reader;

    extract_row_free(&sav->row);
    rk_arena_free(sav->arena);
}

static const struct extract_calls sav_calls = {sav_next, sav_status, sav_close};

static readstat_error_t parse(struct sav *sav)
{
    readstat_parser_t *parser = readstat_parser_init();
    readstat_error_t error = READSTAT_ERROR_MALLOC;

    if (!parser) return error;
    readstat_set_value_label_handler(parser, on_label);
    readstat_set_variable_handler(parser, on_variable);
    readstat_set_value_handler(parser, on_value);
    error = readstat_parse_sav(parser, sav->path, sav);
    readstat_parser_free(parser);
    return error;
}

rk_status sav_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                   struct extract *out)
{
    struct rk_arena *own = rk_arena_new();
    struct sav *sav = RK_NEW(own, struct sav);
    readstat_error_t error;

    *sav = (struct sav){.arena = own, .diag = diag, .path = rk_arena_copy(own, path)};
    error = parse(sav);
    if (error != READSTAT_OK) {
        sav_close(sav);
        return rk_fail(diag, RK_CHECK, RK_AT(path, 1, 0),
                       "the SPSS file cannot be read: %s; save it again, or as CSV",
                       readstat_error_message(error));
    }
    out->calls = &sav_calls;
    out->reader = sav;
    out->place = rk_arena_copy(arena, path);
    out->words = rk_arena_printf(arena, "SPSS data file, %zu variables", sav->width);
    return RK_OK;
}
