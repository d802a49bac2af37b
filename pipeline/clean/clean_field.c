// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_field.h"

#include "pipeline/base/rk_mojibake.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/clean/clean_number.h"
#include "pipeline/clean/clean_text.h"
#include "pipeline/contract/pattern.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* The first byte tells nearly always that a cell is an answer, without folding it. */
static void add_missing(struct rk_arena *arena, struct clean_column *column,
                        const struct study_missing *missing)
{
    for (size_t i = 0; i < missing->count; i++) {
        const char *folded = rk_text_fold(arena, missing->texts[i]);
        unsigned char first = (unsigned char)*folded;
        size_t at = rk_map_add(column->missing, folded);

        RK_ROOM(arena, column->missing_kinds, at, column->missing_cap);
        column->missing_kinds[at] = missing->kinds[i];
        column->may_miss[first] = true;
        column->may_miss[(unsigned char)toupper(first)] = true;
    }
    for (int byte = 0x80; byte < 0x100; byte++)
        column->may_miss[byte] = true;
}

static void look_at_formats(struct clean_column *column,
                            const struct study_column *declared)
{
    bool day = false, month = false;

    for (size_t i = 0; i < declared->format_count; i++) {
        int order = clean_date_order(declared->formats[i]);

        day = day || order > 0;
        month = month || order < 0;
    }
    column->both_orders = day && month;
}

static long position(const struct study_source *source, const char *name)
{
    for (size_t i = 0; name && i < source->column_count; i++)
        if (strcmp(source->columns[i].name, name) == 0) return (long)i;
    return -1;
}

static void init_column(struct clean_source *source, struct clean_column *column,
                        const struct study_column *declared)
{
    struct rk_arena *arena = source->run->arena;
    const char *why;

    *column = (struct clean_column){.declared = declared, .missing = rk_map_new(arena)};
    add_missing(arena, column, &source->study->missing);
    add_missing(arena, column, &declared->missing);
    column->may_miss[0] = true;
    clean_field_missing(source, column, "", &column->blank);
    column->kind_of = position(source->source, declared->kind_of);
    if (declared->pattern) column->pattern = pattern_compile(declared->pattern, &why);
    look_at_formats(column, declared);
    column->before = position(source->source, declared->before);
    column->after = position(source->source, declared->after);
    column->texts = rk_map_new(arena);
    if (declared->type == COLUMN_DATE)
        column->dates = RK_ARRAY(arena, struct known_date, (size_t)1 << CLEAN_DATES_BITS);
    column->unknown = rk_map_new(arena);
}

void clean_field_all(struct clean_source *source)
{
    const struct study_source *study = source->source;

    source->columns = RK_ARRAY(source->run->arena, struct clean_column, source->count + 1);
    source->counts = RK_ARRAY(source->run->arena, struct clean_counts, source->count + 1);
    for (size_t i = 0; i < source->count; i++)
        init_column(source, &source->columns[i], &study->columns[i]);
}

bool clean_field_missing(const struct clean_source *source,
                         const struct clean_column *column, const char *text,
                         enum missing_kind *kind)
{
    long at;

    *kind = MISSING_NOT_ANSWERED;
    if (*text && !column->may_miss[(unsigned char)*text]) return false;
    at = rk_map_find(column->missing, rk_text_fold(source->scratch, text));
    if (at >= 0) *kind = column->missing_kinds[at];
    return at >= 0 || !*text;
}

void clean_field_mended(struct clean_source *source, size_t column, const char *rule,
                        const char *now, const char *what)
{
    source->counts[column].repaired++;
    source->cells[column].told = true;
    clean_ledger_cell(source, source->columns[column].declared->name, rule,
                      source->cells[column].old, now, what);
}

static void there(struct clean_source *source, size_t column, double number,
                  const char *text)
{
    source->cells[column].value = (struct value){VALUE_THERE, number, text};
}

static void read_number(struct clean_source *source, size_t column, const char *text)
{
    bool whole = source->columns[column].declared->type == COLUMN_INTEGER;
    double number;
    bool mended;
    char now[32];

    if (!(whole ? clean_integer_read : clean_number_read)(text, &number, &mended)) {
        clean_field_fault(source, column, whole ? FAULT_INTEGER : FAULT_NUMBER);
        return;
    }
    there(source, column, number, NULL);
    if (mended)
        clean_field_mended(source, column, "number", rk_text_double(now, number),
                           "read as a plain number");
}

static void read_text(struct clean_source *source, size_t column, const char *text)
{
    const struct clean_column *at = &source->columns[column];
    const char *tidy = clean_text_tidy(source->scratch, at->declared, text);

    if (clean_field_missing(source, at, tidy, &source->cells[column].kind)) return;
    if (at->pattern && !pattern_matches(at->pattern, tidy)) {
        clean_field_fault(source, column, FAULT_PATTERN);
        return;
    }
    there(source, column, NAN, tidy);
    if (tidy != text)
        clean_field_mended(source, column, "tidy", tidy, "tidied as the study says");
}

/* ---- dates ---- */

static bool order_allowed(const struct clean_column *column, const char *format)
{
    int order = clean_date_order(format);

    return !column->both_orders || !order || column->order == ORDER_MIXED ||
           (order > 0) == (column->order != ORDER_MONTH_FIRST);
}

/* Dates of a workbook are ISO, whatever the study's formats of those typed as text. */
static bool try_formats(const struct clean_source *source, const struct clean_column *column,
                         const char *text, int order, struct clean_date *out)
{
    const struct study_column *declared = column->declared;

    for (size_t i = 0; i < declared->format_count; i++)
        if ((!order || clean_date_order(declared->formats[i]) == order) &&
            order_allowed(column, declared->formats[i]) &&
            clean_date_read(text, declared->formats[i], out))
            return true;
    return source->typed && !order && clean_date_read(text, "yyyy-mm-dd", out);
}

/* A column has the same dates over and over: the last one in each place is remembered. */
static bool read_formats(const struct clean_source *source, const struct clean_column *column,
                         const char *text, int order, struct clean_date *out)
{
    struct known_date *known;
    size_t bytes = strlen(text);
    uint64_t halves[2] = {0, 0};

    if (order || bytes >= sizeof halves)
        return try_formats(source, column, text, order, out);
    memcpy(halves, text, bytes);
    known = &column->dates[((halves[0] ^ halves[1] * 31) * UINT64_C(0x9e3779b97f4a7c15)) >>
                           (64 - CLEAN_DATES_BITS)];
    if (memcmp(known->text, halves, sizeof halves) != 0) {
        memcpy(known->text, halves, sizeof halves);
        known->read = try_formats(source, column, text, 0, &known->date);
    }
    *out = known->date;
    return known->read;
}

void clean_field_forget(struct clean_source *source)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->columns[i].dates)
            memset(source->columns[i].dates, 0,
                   sizeof(struct known_date) << CLEAN_DATES_BITS);
}

static bool reads_both_ways(const struct clean_source *source,
                            const struct clean_column *column, const char *text)
{
    struct clean_date day, month;

    return read_formats(source, column, text, 1, &day) && read_formats(source, column, text, -1, &month) &&
           day.day != month.day;
}

static void say_date(struct clean_source *source, size_t column,
                     const struct clean_date *date, long days)
{
    char iso[16];

    if (date->two_digit)
        clean_field_mended(source, column, "century", rk_date_text(iso, days),
                           "a year of two digits: the century that fits");
    else if (date->serial)
        clean_field_mended(source, column, "serial", rk_date_text(iso, days),
                           "a spreadsheet's number of a day");
}

/* Limits that the declaration and the row set to a date. */
static void date_limits(const struct clean_source *source, size_t column, double *lowest,
                        double *highest)
{
    const struct clean_column *at = &source->columns[column];
    const struct value *after = at->after < 0 ? NULL : &source->cells[at->after].value;
    const struct value *before = at->before < 0 ? NULL : &source->cells[at->before].value;

    *lowest = at->declared->lowest;
    *highest = at->declared->highest;
    if (after && after->state == VALUE_THERE) *lowest = fmax(*lowest, after->number);
    if (before && before->state == VALUE_THERE) *highest = fmin(*highest, before->number);
}

static void settle_date(struct clean_source *source, size_t column,
                        const struct clean_date *date)
{
    double lowest, highest;
    long days;

    source->cells[column].pending = false;
    date_limits(source, column, &lowest, &highest);
    if (!clean_date_days(date, lowest, highest, source->study->cut_off, &days)) {
        clean_field_fault(source, column, FAULT_DATE);
        return;
    }
    there(source, column, (double)days, NULL);
    say_date(source, column, date, days);
}

static void read_date(struct clean_source *source, size_t column, const char *text)
{
    const struct clean_column *at = &source->columns[column];
    struct clean_date date;

    if (!read_formats(source, at, text, 0, &date)) {
        clean_field_fault(source, column, FAULT_DATE);
    } else if (at->both_orders && at->order == ORDER_MIXED && reads_both_ways(source, at, text)) {
        clean_field_fault(source, column, FAULT_AMBIGUOUS);
    } else if (date.two_digit && (at->before >= 0 || at->after >= 0)) {
        source->cells[column].pending = true;
        source->cells[column].value.text = text;
    } else {
        settle_date(source, column, &date);
    }
}

/* A day that the study rules out, for it lies before or after all that can be, proves that the
 * date is the other way round. */
static bool lies_within(const struct clean_source *source, const struct clean_column *at,
                        const struct clean_date *date)
{
    const struct study_column *declared = at->declared;
    long days;

    return clean_date_days(date, declared->lowest, declared->highest, source->study->cut_off,
                           &days) &&
           !((double)days < declared->lowest) && !((double)days > declared->highest);
}

void clean_field_prove(struct clean_source *source, size_t column, const char *text,
                       struct rk_place place)
{
    struct clean_column *at = &source->columns[column];
    struct clean_date date;
    bool day, month;

    at->order = ORDER_MIXED; /* for this look both are allowed */
    day = read_formats(source, at, text, 1, &date) && lies_within(source, at, &date);
    month = read_formats(source, at, text, -1, &date) && lies_within(source, at, &date);
    at->day_first += day && !month;
    at->month_first += month && !day;
    if (!day || !month || !reads_both_ways(source, at, text)) return;
    if (!at->either++) at->first_either = place;
    if (at->either <= EITHER_LISTED) at->either_lines[at->either - 1] = (long)place.line;
}

/* ---- a row ---- */

/* Which of its two readings a column wants: a code its label, a number or date its value. */
static const char *reading_for(enum column_type type, const char *text, const char *other)
{
    bool figures = type == COLUMN_DATE || type == COLUMN_INTEGER || type == COLUMN_NUMBER;

    return figures && other ? other : text;
}

static void read_typed(struct clean_source *source, size_t column, const char *text)
{
    switch (source->columns[column].declared->type) {
    case COLUMN_DATE:
        read_date(source, column, text);
        break;
    case COLUMN_INTEGER:
    case COLUMN_NUMBER:
        read_number(source, column, text);
        break;
    default:
        read_text(source, column, text);
    }
}

/* UTF-8 that was read as windows-1252 on its way here, turned back where that is certain. */
static char *unmangled(struct clean_source *source, size_t column, char *text)
{
    const char *name = source->columns[column].declared->name;
    struct rk_place place =
        RK_AT(source->path, source->line, (size_t)(source->columns[column].cell + 1));
    bool doubt;
    char *repaired = rk_text_unmangle(source->scratch, text, &doubt);

    if (doubt)
        rk_diag_say(source->run->diag, RK_DIAG_WARNING, place,
                    "%s: letters were damaged before the file came here and cannot be repaired "
                    "for certain; kept as they are",
                    name);
    if (!repaired) return text;
    clean_field_mended(source, column, "mojibake", repaired,
                       "letters repaired: UTF-8 that was read as windows-1252");
    rk_diag_say(source->run->diag, RK_DIAG_NOTE, place,
                "%s: letters repaired that were UTF-8 and read as windows-1252", name);
    return repaired;
}

/* ="00123" is how an export keeps a spreadsheet from taking a text for a number: what is inside, or
 * NULL. */
static char *inside_formula(struct rk_arena *scratch, const char *text)
{
    size_t bytes = strlen(text);

    if (bytes < 3 || text[0] != '=' || text[1] != '"' || text[bytes - 1] != '"' ||
        memchr(text + 2, '"', bytes - 3))
        return NULL;
    return rk_text_trim(rk_arena_copy_n(scratch, text + 2, bytes - 3));
}

static char *without_formula(struct clean_source *source, size_t column, char *text)
{
    char *inside = inside_formula(source->scratch, text);

    if (!inside) return text;
    clean_field_mended(source, column, "formula_text", inside,
                       "a text that was written as a formula");
    return inside;
}

/* ASCII, and no blank or control character at either end, as cells mostly are: nothing to trim,
 * no letters to repair. */
static bool is_plain(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    unsigned char all = 0;

    if (*at <= ' ') return false;
    for (; *at; at++)
        all |= *at;
    return all < 0x80 && at[-1] > ' ' && at[-1] != 0x7f;
}

/* The text without blanks around it, its damaged letters and its formula undone. */
static const char *tidy_cell(struct clean_source *source, size_t column, const char *text)
{
    char *trimmed;

    if (is_plain(text) && *text != '=') {
        source->cells[column].old = text;
        return text;
    }
    trimmed = rk_text_trim(rk_arena_copy(source->scratch, text));
    source->cells[column].old = trimmed;
    return without_formula(source, column, unmangled(source, column, trimmed));
}

/* tidy_cell, of which nothing is written down. */
static const char *quietly_tidied(struct rk_arena *scratch, const char *text)
{
    char *trimmed, *better;
    bool doubt;

    if (is_plain(text) && *text != '=') return text;
    trimmed = rk_text_trim(rk_arena_copy(scratch, text));
    better = rk_text_unmangle(scratch, trimmed, &doubt);
    trimmed = better ? better : trimmed;
    better = inside_formula(scratch, trimmed);
    return better ? better : trimmed;
}

const char *clean_field_reference(struct clean_source *source, size_t column, const char *text,
                                  const char *other)
{
    const struct clean_column *at = &source->columns[column];
    enum missing_kind kind;

    if (!*text || (other && !*other)) return NULL;
    text = quietly_tidied(source->scratch, text);
    if (clean_field_missing(source, at, text, &kind) || extract_is_error(text)) return NULL;
    text = clean_text_tidy(source->scratch, at->declared, text);
    if (clean_field_missing(source, at, text, &kind)) return NULL;
    return at->pattern && !pattern_matches(at->pattern, text) ? NULL : text;
}

void clean_field_read(struct clean_source *source, size_t column, const char *text,
                      const char *other)
{
    const struct clean_column *at = &source->columns[column];
    enum column_type type = at->declared->type;
    struct clean_cell *cell = &source->cells[column];
    const char *trimmed;

    *cell = (struct clean_cell){
        .value = {VALUE_MISSING, NAN, NULL},
          .old = ""
    };
    cell->kind = text ? at->blank : MISSING_NOT_ASKED;
    if (!text || !*text) return;
    trimmed = tidy_cell(source, column, text);
    if (other && !*other) { /* the file itself says: no answer */
        clean_field_missing(source, at, trimmed, &cell->kind);
    } else if (type == COLUMN_CODE && *trimmed != '#') {
        clean_code_read(source, column, trimmed, other);
    } else if (clean_field_missing(source, at, trimmed, &cell->kind)) {
        return;
    } else if (extract_is_error(trimmed)) {
        clean_field_fault(source, column, FAULT_SPREADSHEET);
    } else if (type == COLUMN_CODE) {
        clean_code_read(source, column, trimmed, other);
    } else {
        read_typed(source, column, reading_for(type, trimmed, other));
    }
}

void clean_field_by_hand(struct clean_source *source, size_t column, const char *old,
                         const char *text)
{
    struct clean_cell *cell = &source->cells[column];

    clean_field_read(source, column, text, NULL);
    cell->by_hand = true;
    source->mended_cells++;
    clean_ledger_cell(source, source->columns[column].declared->name, "mended",
                      rk_text_trim(rk_arena_copy(source->scratch, old)), cell->old,
                      "mended by hand");
}

static bool within_limits(const struct study_column *declared, double number)
{
    return !(number < declared->lowest) && !(number > declared->highest);
}

static bool could_be_number(const struct study_column *declared, const char *text)
{
    bool whole = declared->type == COLUMN_INTEGER, mended;
    double number;

    return (whole ? clean_integer_read : clean_number_read)(text, &number, &mended) &&
           within_limits(declared, number);
}

static bool could_be_date(const struct clean_source *source, const struct clean_column *at,
                          const char *text)
{
    struct clean_date date;
    long days;

    return read_formats(source, at, text, 0, &date) &&
           clean_date_days(&date, at->declared->lowest, at->declared->highest,
                           source->study->cut_off, &days) &&
           within_limits(at->declared, (double)days);
}

static bool could_be(struct clean_source *source, const struct clean_column *at,
                     const char *text, const char *other)
{
    const struct study_column *declared = at->declared;

    switch (declared->type) {
    case COLUMN_DATE:
        return could_be_date(source, at, other ? other : text);
    case COLUMN_INTEGER:
    case COLUMN_NUMBER:
        return could_be_number(declared, other ? other : text);
    case COLUMN_CODE:
        return code_list_match(declared->codes, source->scratch, text) >= 0 ||
               (other && code_list_match(declared->codes, source->scratch, other) >= 0);
    default:
        return !at->pattern ||
               pattern_matches(at->pattern, clean_text_tidy(source->scratch, declared, text));
    }
}

enum value_state clean_field_try(struct clean_source *source, size_t column, const char *text,
                                 const char *other)
{
    const struct clean_column *at = &source->columns[column];
    const char *trimmed = rk_text_trim(rk_arena_copy(source->scratch, text));
    enum missing_kind kind;

    if ((other && !*other) || clean_field_missing(source, at, trimmed, &kind))
        return VALUE_MISSING;
    return !extract_is_error(trimmed) && could_be(source, at, trimmed, other) ? VALUE_THERE
                                                                              : VALUE_INVALID;
}

static bool is_pending(const struct clean_source *source, long column)
{
    return column >= 0 && source->cells[column].pending;
}

/* Dates that lean on another one come after it; two that lean on each other, as they stand.
 */
static void settle_pending(struct clean_source *source, bool force)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *at = &source->columns[i];
        struct clean_date date;

        if (!source->cells[i].pending ||
            (!force && (is_pending(source, at->before) || is_pending(source, at->after))))
            continue;
        if (read_formats(source, at, source->cells[i].value.text, 0, &date))
            settle_date(source, i, &date);
    }
}

static bool has(const struct clean_source *source, long column)
{
    return column >= 0 && source->cells[column].value.state == VALUE_THERE;
}

static void check_limits(struct clean_source *source, size_t column)
{
    const struct clean_column *at = &source->columns[column];
    double number = source->cells[column].value.number;

    if (source->cells[column].value.state != VALUE_THERE) return;
    if (number < at->declared->lowest || number > at->declared->highest)
        clean_field_fault(source, column, FAULT_LIMITS);
    else if (has(source, at->before) && number > source->cells[at->before].value.number)
        clean_field_fault(source, column, FAULT_BEFORE);
    else if (has(source, at->after) && number < source->cells[at->after].value.number)
        clean_field_fault(source, column, FAULT_AFTER);
}

/* Why the other column of the row is missing, if it is. */
static void settle_kind(struct clean_source *source, size_t column)
{
    const struct clean_cell *of = &source->cells[source->columns[column].kind_of];
    enum missing_kind kind = of->value.state == VALUE_INVALID ? MISSING_UNREADABLE : of->kind;

    if (of->value.state != VALUE_THERE)
        source->cells[column].value = (struct value){VALUE_THERE, kind, NULL};
}

void clean_field_settle(struct clean_source *source)
{
    bool pending = false;

    for (size_t i = 0; i < source->count; i++)
        pending = pending || source->cells[i].pending;
    if (pending) {
        settle_pending(source, false);
        settle_pending(source, false);
        settle_pending(source, true);
    }
    for (size_t i = 0; i < source->count; i++) {
        if (source->columns[i].declared->type != COLUMN_CODE) check_limits(source, i);
        source->counts[i].met += source->cells[i].value.state != VALUE_MISSING;
        if (source->columns[i].kind_of >= 0) settle_kind(source, i);
    }
}
