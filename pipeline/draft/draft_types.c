// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_date.h"
#include "pipeline/clean/clean_number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void draft_check(struct draft *draft, struct draft_column *column, const char *format, ...)
{
    va_list args;

    if (column->check_count == DRAFT_CHECKS) return;
    va_start(args, format);
    column->checks[column->check_count++] = rk_arena_vprintf(draft->arena, format, args);
    va_end(args);
}

/* ---- dates ---- */

/* In the order in which they are tried: what can be read one way only comes first. */
static const struct {
    const char *format;
    const char *month; /* day and month in figures could be swapped: the month first */
} formats[] = {
    {"yyyy-mm-dd",  NULL        },
    {"dd/mm/yyyy",  "mm/dd/yyyy"},
    {"d/m/yyyy",    "m/d/yyyy"  },
    {"dd/mm/yy",    "mm/dd/yy"  },
    {"d/m/yy",      "m/d/yy"    },
    {"dd-mm-yyyy",  "mm-dd-yyyy"},
    {"dd-mmm-yy",   NULL        },
    {"dd-mmm-yyyy", NULL        },
    {"d mmmm yyyy", NULL        },
    {"dd.mm.yyyy",  NULL        },
    {"d.m.yyyy",    NULL        },
    {"yyyy/mm/dd",  NULL        },
    {"yyyymmdd",    NULL        },
    {"dd.mm.yy",    NULL        },
    {"d-mmm-yy",    NULL        },
    {"mmmm d yyyy", NULL        },
};
enum { FORMATS = sizeof formats / sizeof *formats };

struct date_proof {
    long rows[FORMATS], month[FORMATS]; /* month first, and in no other way */
    long read, serial, month_only, day_only, either;
};

/* Which format reads it with the month first; FORMATS: none. */
static size_t reads_month_first(const char *text)
{
    struct clean_date date;
    size_t f = 0;

    while (f < FORMATS &&
           !(formats[f].month && clean_date_read(text, formats[f].month, &date)))
        f++;
    return f;
}

static void prove_date(struct date_proof *proof, const struct draft_text *text)
{
    struct clean_date date;
    size_t month = reads_month_first(text->text);

    for (size_t f = 0; f < FORMATS; f++) {
        if (!clean_date_read(text->text, formats[f].format, &date)) continue;
        proof->rows[f] += text->rows;
        proof->read += text->rows;
        if (formats[f].month && date.day > 12) proof->day_only += text->rows;
        if (formats[f].month && month < FORMATS && date.day != date.month)
            proof->either += text->rows;
        return;
    }
    if (month < FORMATS) {
        proof->month[month] += text->rows;
        proof->month_only += text->rows;
    }
    if (clean_date_read(text->text, "excel", &date) && date.year >= 1920 &&
        date.year <= 2060)
        proof->serial += text->rows;
}

static void use_format(struct draft_column *column, const char *format)
{
    if (column->format_count < DRAFT_FORMATS)
        column->formats[column->format_count++] = format;
}

/* Formats in the order of how often they occur, so that the usual one stands first. */
static void take_formats(struct draft_column *column, struct date_proof *proof, bool month)
{
    for (size_t f = 0; month && f < FORMATS; f++)
        proof->rows[f] += proof->month[f];
    for (;;) {
        size_t best = FORMATS;

        for (size_t f = 0; f < FORMATS; f++)
            if (proof->rows[f] && (best == FORMATS || proof->rows[f] > proof->rows[best]))
                best = f;
        if (best == FORMATS) break;
        proof->rows[best] = 0;
        use_format(column,
                   month && formats[best].month ? formats[best].month : formats[best].format);
    }
    if (proof->serial) use_format(column, "excel");
}

static bool take_date(struct draft *draft, struct draft_column *column)
{
    struct date_proof proof = {.read = 0};
    long rows = column->texts.rows, read;
    bool month;

    for (size_t i = 0; i < column->texts.count; i++)
        prove_date(&proof, &column->texts.items[i]);
    read = proof.read + proof.month_only;
    if (!read || (read + proof.serial) * 10 < rows * 8 || proof.serial > 2 * read)
        return false;
    month = proof.month_only > proof.day_only;
    take_formats(column, &proof, month);
    column->type = COLUMN_DATE;
    if (proof.month_only && proof.day_only && proof.either &&
        labs(proof.month_only - proof.day_only) * 50 < rows * 49 &&
        proof.month_only * 50 > rows && proof.day_only * 50 > rows)
        draft_check(draft, column,
                    "dates with the day first (%ld) and with the month first (%ld)",
                    proof.day_only, proof.month_only);
    else if (proof.either && !proof.day_only && !proof.month_only)
        draft_check(draft, column,
                    "no date proves whether the day or the month comes first (%ld could be "
                    "either)",
                    proof.either);
    read += proof.serial - (month ? proof.day_only : proof.month_only);
    if (read < rows)
        draft_check(draft, column, "%ld of %ld are not dates of these formats", rows - read,
                    rows);
    return true;
}

static bool day_of(const struct draft_column *column, const char *text, long *out)
{
    struct clean_date date;

    for (size_t f = 0; f < column->format_count; f++)
        if (clean_date_read(text, column->formats[f], &date))
            return clean_date_days(&date, NAN, NAN, 16436, out);
    return false;
}

static int by_day(const void *a, const void *b)
{
    const long *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* From the middle outwards, until a gap that the bulk does not know. */
static void find_span(struct draft *draft, struct draft_column *column)
{
    long *days = RK_ARRAY(draft->arena, long, column->texts.count + 1);
    size_t count = 0, low, high;
    long gap;

    for (size_t i = 0; i < column->texts.count; i++)
        count += day_of(column, column->texts.items[i].text, &days[count]);
    if (!count) return;
    qsort(days, count, sizeof *days, by_day);
    gap = 10 * (days[count * 9 / 10] - days[count / 10]) / (long)count;
    gap = gap < 45 ? 45 : gap;
    for (low = count / 2; low > 0 && days[low] - days[low - 1] <= gap;)
        low--;
    for (high = count / 2; high + 1 < count && days[high + 1] - days[high] <= gap;)
        high++;
    column->first_day = days[low];
    column->last_day = days[high];
}

/* ---- numbers ---- */

struct range_look {
    double value;
    long rows;
};

static int by_value(const void *a, const void *b)
{
    const struct range_look *x = a, *y = b;

    return (x->value > y->value) - (x->value < y->value);
}

/* "Satisfaction (0-10)": the heading says between which numbers answers lie. */
static bool said_range(const char *heading, double *low, double *high)
{
    const char *open = strchr(heading, '(');
    int bytes = 0;

    return open && sscanf(open, "( %lf - %lf %n", low, high, &bytes) == 2 &&
           open[bytes] == ')' && *low < *high && *high <= 100;
}

static long outside(const struct range_look *looks, size_t count, double low, double high)
{
    long rows = 0;

    for (size_t i = 0; i < count; i++)
        if (looks[i].value < low || looks[i].value > high) rows += looks[i].rows;
    return rows;
}

/* An answer on a scale of few steps: the steps that are common are the range. */
static void find_range(struct draft *draft, struct draft_column *column,
                       struct range_look *looks, size_t count)
{
    size_t low = 0, high;
    long away;

    qsort(looks, count, sizeof *looks, by_value);
    if (!count || column->type != COLUMN_INTEGER || count > 40) return;
    high = count - 1;
    while (high > low && looks[high].rows * 200 < column->texts.rows)
        high--;
    while (low < high && looks[low].rows * 200 < column->texts.rows)
        low++;
    if (!said_range(column->heading, &column->low, &column->high) ||
        outside(looks, count, column->low, column->high) * 20 > column->texts.rows) {
        if (looks[high].value - looks[low].value > 12) return;
        column->low = looks[low].value;
        column->high = looks[high].value;
    }
    column->ranged = true;
    away = outside(looks, count, column->low, column->high);
    if (away)
        draft_check(draft, column, "%ld lie outside %g to %g and would be emptied", away,
                    column->low, column->high);
}

static bool take_number(struct draft *draft, struct draft_column *column)
{
    struct range_look *looks =
        RK_ARRAY(draft->arena, struct range_look, column->texts.count + 1);
    long read = 0, whole = 0;
    size_t count = 0;

    for (size_t i = 0; i < column->texts.count; i++) {
        const struct draft_text *text = &column->texts.items[i];
        double number;
        bool mended;

        if (!clean_number_read(text->text, &number, &mended)) continue;
        read += text->rows;
        whole += number == floor(number) ? text->rows : 0;
        looks[count++] = (struct range_look){number, text->rows};
    }
    if (!read || read * 20 < column->texts.rows * 19) return false;
    column->type = whole == read ? COLUMN_INTEGER : COLUMN_NUMBER;
    if (read < column->texts.rows)
        draft_check(draft, column, "%ld of %ld are no numbers", column->texts.rows - read,
                    column->texts.rows);
    find_range(draft, column, looks, count);
    return true;
}

/* ---- references ---- */

const char *draft_reference(struct rk_arena *arena, const char *text)
{
    char *out = rk_arena_alloc(arena, strlen(text) + 1, 1);
    char *at = out;

    for (; *text; text++)
        if (isalnum((unsigned char)*text)) *at++ = (char)toupper((unsigned char)*text);
    return out;
}

/* "WW10234" to "WW#5": what references of one kind have in common. */
static const char *shape_of(struct rk_arena *arena, const char *reference)
{
    char *out = rk_arena_alloc(arena, 3 * strlen(reference) + 8, 1);
    char *at = out;

    while (*reference) {
        size_t digits = strspn(reference, "0123456789");

        if (digits) {
            at += sprintf(at, "#%zu", digits);
            reference += digits;
        } else {
            *at++ = *reference++;
        }
    }
    return out;
}

static bool is_test(const struct draft *draft, const char *reference)
{
    const struct draft_phrases *tests = &draft->words->tests;

    for (size_t i = 0; i < tests->count; i++)
        if (strncmp(reference, tests->items[i], strlen(tests->items[i])) == 0) return true;
    return false;
}

static const char *pattern_of(struct rk_arena *arena, const char *shape)
{
    char *out = rk_arena_alloc(arena, 12 * strlen(shape) + 8, 1);
    char *at = out;

    while (*shape) {
        if (*shape != '#') {
            *at++ = *shape++;
            continue;
        }
        at += sprintf(at, "[0-9]{%ld}", strtol(shape + 1, NULL, 10));
        shape += 1 + strspn(shape + 1, "0123456789");
    }
    return out;
}

/* The commonest shape of a column's references, and how many rows have it. */
static const char *common_shape(struct draft *draft, const struct draft_column *column,
                                long *rows, long *tests)
{
    struct draft_texts shapes = {.count = 0};
    const char *best = "";

    *tests = *rows = 0;
    for (size_t i = 0; i < column->texts.count; i++) {
        const struct draft_text *text = &column->texts.items[i];
        const char *reference = draft_reference(draft->arena, text->text);

        if (is_test(draft, reference))
            *tests += text->rows;
        else
            draft_texts_add(draft->arena, &shapes, shape_of(draft->arena, reference),
                            text->rows);
    }
    for (size_t i = 0; i < shapes.count; i++)
        if (shapes.items[i].rows > *rows) {
            *rows = shapes.items[i].rows;
            best = shapes.items[i].text;
        }
    return best;
}

static long digits_of(const char *shape)
{
    long digits = 0;

    for (const char *at = shape; (at = strchr(at, '#')); at++)
        digits += strtol(at + 1, NULL, 10);
    return digits;
}

static bool take_id(struct draft *draft, struct draft_column *column)
{
    long rows = column->texts.rows, same, tests;
    const char *shape = common_shape(draft, column, &same, &tests);
    bool mostly = (long)column->texts.count * 10 >= rows * 8;
    bool letters = isalpha((unsigned char)*shape) != 0;

    if (!rows || (same + tests) * 10 < rows * 9) return false;
    if (digits_of(shape) < (mostly ? 1 : 3) || (!mostly && column->texts.count < 30))
        return false;
    if (!letters && !mostly && digits_of(shape) < 5) return false;
    column->type = COLUMN_ID;
    column->tests = tests > 0;
    if (letters) column->pattern = pattern_of(draft->arena, shape);
    if (same + tests < rows)
        draft_check(draft, column, "%ld of %ld references look otherwise",
                    rows - same - tests, rows);
    return true;
}

/* "Client Ref", "RecID": the last word of the heading says that it names something. */
static bool says_reference(struct draft *draft, const struct draft_column *column)
{
    const char **parts;
    size_t count =
        draft_split(draft->arena, draft_apart(draft->arena, column->heading), &parts);

    return count && draft_words_has(&draft->words->references, draft->arena, parts[count - 1]);
}

/* Plain numbers under a heading of their own that name rows (1, 2, 3 ..., each once), or things
 * that several rows are of (more of them than any scale or count has). */
static bool counts_rows(struct draft *draft, const struct draft_column *column)
{
    bool once = column->texts.rows == (long)column->texts.count && column->texts.rows >= 5;

    return column->type == COLUMN_INTEGER && says_reference(draft, column) &&
           (once || column->texts.count >= 30);
}

/* References of no common shape, nearly all different, without blanks. */
static bool take_odd_id(struct draft *draft, struct draft_column *column)
{
    long plain = 0;

    if ((long)column->texts.count * 10 < column->texts.rows * 8 ||
        !says_reference(draft, column))
        return false;
    for (size_t i = 0; i < column->texts.count; i++)
        if (!strpbrk(column->texts.items[i].text, " \t\n") &&
            strlen(column->texts.items[i].text) <= 40)
            plain += column->texts.items[i].rows;
    if (plain * 100 < column->texts.rows * 95) return false;
    column->type = COLUMN_ID;
    return true;
}

/* ---- words ---- */

static double usual_length(const struct draft_column *column)
{
    double bytes = 0;

    for (size_t i = 0; i < column->texts.count; i++)
        bytes += (double)strlen(column->texts.items[i].text) *
                 (double)column->texts.items[i].rows;
    return column->texts.rows ? bytes / (double)column->texts.rows : 0;
}

static void leave(struct draft_column *column, const char *why)
{
    column->type = COLUMN_TEXT;
    column->private = column->leave = true;
    column->why_left = why;
}

/* Headings under which one of a few answers stands, however few the rows are. */
static bool is_choice(enum draft_role role)
{
    return role == ROLE_AREA || role == ROLE_STATUS || role == ROLE_SEX ||
           role == ROLE_CONSENT;
}

static void take_words(struct draft *draft, struct draft_column *column)
{
    size_t folded;
    struct rk_map *seen = rk_map_new(draft->arena);

    for (size_t i = 0; i < column->texts.count; i++)
        rk_map_add(seen, draft_loose(draft->arena, column->texts.items[i].text));
    folded = rk_map_count(seen);
    column->type = COLUMN_TEXT;
    if (folded <= 6 || (is_choice(column->role) && folded <= 200) ||
        (folded <= 1000 && column->texts.rows >= 4 * (long)folded &&
         usual_length(column) <= 80))
        column->type = COLUMN_CODE;
    else
        leave(column, "free text: it can name people");
}

/* What a heading says of the person goes no further than 10-clean and 20-people. */
static bool take_personal(struct draft *draft, struct draft_column *column)
{
    static const struct {
        enum draft_role role;
        const char *left; /* NULL: kept, private, for who is who */
    } personal[] = {
        {ROLE_SURNAME,  NULL                                                              },
        {ROLE_FORENAME, NULL                                                              },
        {ROLE_NAME,     NULL                                                              },
        {ROLE_POSTCODE, NULL                                                              },
        {ROLE_ADDRESS,  NULL                                                              },
        {ROLE_BORN,     NULL                                                              },
        {ROLE_CONTACT,  "how to reach a person: nothing here needs it"                    },
        {ROLE_NUMBER,   "a number that the state knows a person by: nothing here needs it"},
        {ROLE_STAFF,    "names or initials of staff"                                      },
        {ROLE_REMARKS,  "free text: it can name people"                                   },
    };

    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++) {
        if (column->role != personal[i].role) continue;
        column->private = true;
        if (column->role == ROLE_BORN && !take_date(draft, column))
            draft_check(draft, column,
                        "most of these are no dates of a format that is known");
        if (personal[i].left) leave(column, personal[i].left);
        return true;
    }
    return false;
}

static void take_type(struct draft *draft, struct draft_column *column)
{
    column->type = COLUMN_TEXT;
    if (!column->texts.rows) {
        leave(column, "empty in these extracts");
        column->private = false;
        return;
    }
    if (take_personal(draft, column) || take_date(draft, column)) return;
    if (take_number(draft, column)) {
        if (!counts_rows(draft, column)) return;
        column->type = COLUMN_ID;
        column->ranged = false;
        column->check_count = 0;
    } else if (!take_id(draft, column) && !take_odd_id(draft, column)) {
        take_words(draft, column);
    }
}

/* Two digits of a year of birth need a date that comes after it. */
static void settle_births(struct draft *draft, struct draft_source *source)
{
    struct draft_column *first = NULL, *born = NULL;

    for (size_t i = 0; i < source->count; i++) {
        struct draft_column *column = &source->columns[i];

        if (column->type != COLUMN_DATE || column->leave) continue;
        find_span(draft, column);
        if (column->role == ROLE_BORN)
            born = column;
        else if (!source->date || (source->date->role && !column->role))
            source->date = column;
        if (column->role != ROLE_BORN && !first) first = column;
    }
    if (born && source->date) born->before = source->date;
}

void draft_types(struct draft *draft)
{
    for (size_t s = 0; s < draft->count; s++) {
        struct draft_source *source = &draft->sources[s];

        for (size_t i = 0; i < source->count; i++) {
            struct draft_column *column = &source->columns[i];

            column->role = draft_words_role(draft->words, draft->arena, column->heading);
            take_type(draft, column);
            column->distinct = column->texts.rows &&
                               (long)column->texts.count * 10 >= column->texts.rows * 8;
        }
        settle_births(draft, source);
    }
}
