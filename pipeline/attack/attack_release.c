// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_release.h"

#include "pipeline/attack/attack_decode.h"
#include "pipeline/attack/attack_statistic.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_number.h"

#include <string.h>

/* ---- one row of cells.csv ---- */

enum field {
    RESULT, ROW, COLUMN, MEASURE, ROW_LABEL, COLUMN_LABEL, UNIT, VALUE, LOW, HIGH, LEVEL,
    NUMERATOR, BASE, BASE_ID, METHOD, MARK, FIELDS,
};

static const char *const field_names[FIELDS] = {
    "result", "row",  "column", "measure", "row_label", "column_label", "unit", "value",
    "low",    "high", "level",  "numerator", "base",    "base_id",      "method",
    "mark",
};

struct line {
    const char *text[FIELDS];
    double number[FIELDS]; /**< NAN: not there, or no number */
};

static rk_status find_columns(const struct attack_facts *facts,
                              const struct rk_csv_table *table, long at[FIELDS])
{
    for (size_t i = 0; i < FIELDS; i++) {
        at[i] = rk_csv_column(table, field_names[i]);
        if (at[i] < 0)
            return rk_fail(facts->diag, RK_CHECK, RK_AT(table->path, 1, 0),
                           "has no column \"%s\"; docs/contracts.md says what a cells.csv holds",
                           field_names[i]);
    }
    return RK_OK;
}

static struct line line_of(const struct rk_csv_table *table, const long at[FIELDS], size_t row)
{
    struct line line;

    for (size_t i = 0; i < FIELDS; i++) {
        line.text[i] = table->cells[row * table->columns + (size_t)at[i]];
        if (!rk_text_number(line.text[i], &line.number[i]))
            line.number[i] = NAN;
    }
    return line;
}

/* ---- what a measure counts ---- */

static bool ends(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool is_percent(const struct line *line)
{
    return ends(line->text[MEASURE], "percent") && strcmp(line->text[UNIT], "percent") == 0;
}

static bool is_count(const struct line *line)
{
    return (strcmp(line->text[UNIT], "clients") == 0 ||
            strcmp(line->text[UNIT], "records") == 0) &&
           !strstr(line->text[MEASURE], "profile");
}

static bool is_average(const struct line *line)
{
    return strcmp(line->text[MEASURE], "mean") == 0 || strcmp(line->text[MEASURE], "sd") == 0 ||
           strcmp(line->text[MEASURE], "median") == 0;
}

/** "percent" speaks of "count", "clients_percent" of "clients". */
static const char *family_of(struct attack_facts *facts, const struct line *line)
{
    const char *measure = line->text[MEASURE];
    size_t bytes = strlen(measure);

    if (is_count(line))
        return measure;
    if (is_percent(line) && ends(measure, "_percent"))
        return rk_arena_copy_n(facts->arena, measure, bytes - strlen("_percent"));
    return "count";
}

/** The row's label and the column's, as a person would name the place. */
static const char *words_of(struct attack_facts *facts, const struct line *line)
{
    bool column = strcmp(line->text[COLUMN], "all") != 0;

    return rk_arena_printf(facts->arena, "%s: %s%s%s", line->text[RESULT],
                           line->text[ROW_LABEL], column ? ", " : "",
                           column ? line->text[COLUMN_LABEL] : "");
}

/* ---- into facts ---- */

static const char *base_name(struct attack_facts *facts, const char *id)
{
    const char *end = strrchr(id, '#');

    return end ? rk_arena_copy_n(facts->arena, id, (size_t)(end - id)) : id;
}

static size_t base_var(struct attack_facts *facts, const struct attack_release *release,
                       const char *name)
{
    const char *id = rk_arena_printf(facts->arena, "%zu|base|%s", release->number, name);
    size_t var = attack_var(facts, id,
                            rk_arena_printf(facts->arena, "the number of the base %s", name),
                            release->place);

    facts->vars[var].release = release->number;
    return var;
}

static struct attack_spot *add_spot(struct attack_facts *facts, struct attack_release *release,
                                    const struct line *line, const char *key)
{
    struct attack_spot *spot;

    RK_ROOM(facts->arena, release->spots, release->spot_count, release->spot_cap);
    spot = &release->spots[release->spot_count++];
    *spot = (struct attack_spot){
        .result = line->text[RESULT],
        .row = line->text[ROW],
        .column = line->text[COLUMN],
        .row_label = line->text[ROW_LABEL],
        .column_label = line->text[COLUMN_LABEL],
        .family = family_of(facts, line),
        .base = "",
        .of = ATTACK_NONE,
        .others = ATTACK_NONE,
        .grown = ATTACK_NONE,
        .exempt = about_exempts(&release->about, line->text[RESULT]),
        .sd = NAN,
    };
    spot->number = attack_var(
        facts, rk_arena_printf(facts->arena, "%zu|%s", release->number, key),
        words_of(facts, line), release->place);
    facts->vars[spot->number].release = release->number;
    facts->vars[spot->number].exempt = spot->exempt;
    return spot;
}

static struct attack_spot *spot_of(struct attack_facts *facts, struct attack_release *release,
                                   const struct line *line)
{
    const char *key =
        rk_arena_printf(facts->arena, "%s.%s.%s.%s", line->text[RESULT], line->text[ROW],
                        line->text[COLUMN], family_of(facts, line));
    size_t at = rk_map_add(release->index, key);

    return at < release->spot_count ? &release->spots[at] : add_spot(facts, release, line, key);
}

/** base = count + others; what is left of a group tells as much as the count. */
static void tie_to_base(struct attack_facts *facts, struct attack_release *release,
                        struct attack_spot *spot)
{
    const size_t parts[2] = {spot->number,
                             attack_var(facts,
                                        rk_arena_printf(facts->arena, "%s|others",
                                                        facts->vars[spot->number].name),
                                        rk_arena_printf(facts->arena, "%s: all others",
                                                        facts->vars[spot->number].words),
                                        release->place)};

    spot->others = parts[1];
    facts->vars[spot->others].release = release->number;
    facts->vars[spot->others].masked = true;
    facts->vars[spot->others].exempt = spot->exempt;
    attack_sum(facts, spot->of, parts, 2, false, "a count is part of its base");
}

/** A number of a line with the mark "r" or "ci" is a multiple of the release's base by rounding. */
static bool is_rounded(const struct attack_release *release, const struct line *line, double value)
{
    bool marked = strcmp(line->text[MARK], "r") == 0 || strcmp(line->text[MARK], "ci") == 0 ||
                  strcmp(line->text[MARK], "c") == 0;

    return marked && release->about.round_base > 0 &&
           fmod(value, (double)release->about.round_base) == 0;
}

/** Of rounded counts a percentage, and what is computed from it, says no more than they do. */
static bool speaks_of_rounded(const struct attack_release *release, const struct line *line)
{
    return release->about.round_base > 0 &&
           (strcmp(line->text[MARK], "r") == 0 || strcmp(line->text[MARK], "ci") == 0);
}

static void read_number(struct attack_facts *facts, const struct attack_release *release,
                        const struct line *line, size_t var, double value)
{
    if (is_rounded(release, line, value))
        attack_round(facts, var, value, release->about.round_base);
    else
        attack_know(facts, var, value);
}

static void take_base(struct attack_facts *facts, struct attack_release *release,
                      const struct line *line, struct attack_spot *spot)
{
    const char *name = base_name(facts, line->text[BASE_ID]);

    if (!*name)
        return;
    if (spot->of == ATTACK_NONE) {
        spot->base = name;
        spot->of = base_var(facts, release, name);
    }
    if (!isnan(line->number[BASE]))
        read_number(facts, release, line, spot->of, line->number[BASE]);
    else if (strcmp(line->text[MARK], "c") == 0)
        facts->vars[spot->of].masked = true;
}

static void take_count(struct attack_facts *facts, const struct attack_release *release,
                       const struct line *line, struct attack_spot *spot)
{
    spot->counted = true;
    if (!isnan(line->number[NUMERATOR]))
        read_number(facts, release, line, spot->number, line->number[NUMERATOR]);
    if (is_count(line) && !isnan(line->number[VALUE]))
        read_number(facts, release, line, spot->number, line->number[VALUE]);
    if (strcmp(line->text[MARK], "c") == 0)
        facts->vars[spot->number].masked = spot->masked = true;
}

static void take_statistic(struct attack_facts *facts, struct attack_release *release,
                           const struct line *line)
{
    if (speaks_of_rounded(release, line) ||
        !attack_knows_statistic(line->text[METHOD], line->text[MEASURE]))
        return;
    RK_ROOM(facts->arena, release->statistics, release->statistic_count, release->statistic_cap);
    release->statistics[release->statistic_count++] = (struct attack_statistic){
        .method = line->text[METHOD],
        .measure = line->text[MEASURE],
        .result = line->text[RESULT],
        .row = line->text[ROW],
        .column = line->text[COLUMN],
        .value = line->number[VALUE],
        .low = line->number[LOW],
        .high = line->number[HIGH],
        .level = line->number[LEVEL],
    };
}

static void take_line(struct attack_facts *facts, struct attack_release *release,
                      const struct line *line)
{
    struct attack_spot *spot = spot_of(facts, release, line);

    take_base(facts, release, line, spot);
    if (is_count(line) || is_percent(line))
        take_count(facts, release, line, spot);
    spot->average |= is_average(line) && !isnan(line->number[VALUE]);
    if (strcmp(line->text[METHOD], "sd") == 0)
        spot->sd = line->number[VALUE];
    if (isnan(line->number[VALUE]))
        return;
    take_statistic(facts, release, line);
    RK_ROOM(facts->arena, release->values, release->value_count, release->value_cap);
    release->values[release->value_count++] = (struct attack_shown){
        line->number[VALUE], line->number[LOW], line->number[HIGH], line->text[ROW_LABEL],
        line->text[COLUMN_LABEL]};
}

/* ---- what follows from one cell alone, once all counts and bases are read ---- */

static void decode_percent(struct attack_facts *facts, const struct attack_spot *spot,
                           const struct attack_limits *limits)
{
    if (!isnan(limits->value))
        attack_percent(facts, spot->number, spot->of, limits->value);
    if (!isnan(limits->low) && !isnan(limits->high))
        attack_wilson(facts, spot->number, spot->of, limits);
}

/** The clients behind a base of records, when an interval tells how many. */
static void decode_clients(struct attack_facts *facts, const struct attack_spot *spot,
                           const struct attack_limits *limits)
{
    long clients = attack_clients(limits);

    if (!clients)
        return;
    size_t var = attack_var(
        facts, rk_arena_printf(facts->arena, "%s|clients", facts->vars[spot->of].name),
        rk_arena_printf(facts->arena, "the number of clients behind %s", spot->base),
        facts->vars[spot->of].place);
    facts->vars[var].release = facts->vars[spot->of].release;
    facts->vars[var].masked = true;
    facts->vars[var].exempt = spot->exempt;
    attack_know(facts, var, (double)clients);
}

static void decode_mean(struct attack_facts *facts, const struct attack_spot *spot,
                        const struct attack_limits *limits)
{
    attack_mean(facts, spot->of, spot->sd, limits);
}

static void decode_garwood(struct attack_facts *facts, const struct attack_spot *spot,
                           const struct attack_limits *limits)
{
    attack_garwood(facts, spot->number, limits);
}

/** By method; a percentage by whatever method. */
static const struct decoder {
    const char *method;
    void (*decode)(struct attack_facts *facts, const struct attack_spot *spot,
                   const struct attack_limits *limits);
} decoders[] = {
    {"clopper-pearson-clients", decode_clients},
    {"t", decode_mean},
    {"paired-t", decode_mean},
    {"garwood", decode_garwood},
};

static void decode_line(struct attack_facts *facts, struct attack_release *release,
                        const struct line *line)
{
    struct attack_spot *spot = spot_of(facts, release, line);
    struct attack_limits limits = {line->number[VALUE], line->number[LOW], line->number[HIGH],
                                   line->number[LEVEL]};

    if (spot->of == ATTACK_NONE || speaks_of_rounded(release, line))
        return;
    if (is_percent(line))
        decode_percent(facts, spot, &limits);
    for (size_t i = 0; i < sizeof decoders / sizeof *decoders; i++)
        if (strcmp(line->text[METHOD], decoders[i].method) == 0)
            decoders[i].decode(facts, spot, &limits);
}

/** The whole of a table is its base; nothing is left of it. */
static bool is_total(const struct attack_spot *spot)
{
    return strcmp(spot->row, "all") == 0 && strcmp(spot->column, "all") == 0;
}

static rk_status take_cells(struct attack_facts *facts, struct attack_release *release,
                            const char *path)
{
    struct rk_csv_table table;
    long at[FIELDS];

    RK_TRY(rk_csv_table_read(facts->arena, facts->diag, path, &table));
    RK_TRY(find_columns(facts, &table, at));
    for (size_t i = 0; i < table.rows; i++) {
        struct line line = line_of(&table, at, i);
        take_line(facts, release, &line);
    }
    for (size_t i = 0; i < table.rows; i++) {
        struct line line = line_of(&table, at, i);
        decode_line(facts, release, &line);
    }
    for (size_t i = 0; i < release->spot_count; i++)
        if (release->spots[i].counted && release->spots[i].of != ATTACK_NONE &&
            !is_total(&release->spots[i]))
            tie_to_base(facts, release, &release->spots[i]);
    return RK_OK;
}

/** Every base is part of its parent. */
static rk_status take_bases(struct attack_facts *facts, const struct attack_release *release,
                            const char *path)
{
    struct rk_csv_table table;

    RK_TRY(rk_csv_table_read(facts->arena, facts->diag, path, &table));
    long id = rk_csv_column(&table, "base_id"), n = rk_csv_column(&table, "n"),
         parent = rk_csv_column(&table, "parent");
    if (id < 0 || n < 0 || parent < 0)
        return rk_fail(facts->diag, RK_CHECK, RK_AT(path, 1, 0),
                       "has no columns base_id, n and parent");
    for (size_t i = 0; i < table.rows; i++) {
        char **row = &table.cells[i * table.columns];
        size_t var = base_var(facts, release, base_name(facts, row[id]));
        double value;
        if (!rk_text_number(row[n], &value))
            value = NAN;
        if (release->about.round_base > 0 && fmod(value, (double)release->about.round_base) == 0)
            attack_round(facts, var, value, release->about.round_base);
        else if (!isnan(value))
            attack_know(facts, var, value);
        if (!*row[parent] || strcmp(row[parent], row[id]) == 0)
            continue;
        const struct attack_term terms[] = {
            {var, 1}, {base_var(facts, release, base_name(facts, row[parent])), -1}};
        if (terms[0].var != terms[1].var)
            attack_rule(facts, terms, 2, -HUGE_VAL, 0, true, "a base is part of its parent");
    }
    return RK_OK;
}

rk_status attack_release_read(struct attack_facts *facts, struct attack_release *release,
                              const char *cells, const char *bases)
{
    release->index = rk_map_new(facts->arena);
    if (bases)
        RK_TRY(take_bases(facts, release, bases));
    return take_cells(facts, release, cells);
}
