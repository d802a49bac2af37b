// SPDX-License-Identifier: MIT
/* Inputs that live in a file: columns, indicators, differences, groups. */
#include "pipeline/driver/stat_priv.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pipeline/base/rk_text.h"

/* ---- the file ---------------------------------------------------------------------- */

bool stat_has_data(const struct stat_call *call)
{
    return stat_has(call, "data");
}

static void no_file(struct stat_call *call, const char *name)
{
    stat_refuse(call, "%s: no such file here or in data/, or it cannot be read", name);
    if (call->state == STAT_REFUSED) call->state = STAT_NO_FILE;
}

/* Beside the case file, or in the folder data/ beside it; the path or NULL. */
static const char *locate(struct stat_call *call, const char *name)
{
    static const char *const places[] = {"", "data/"};
    const char *folder = name[0] == '/' ? "" : call->session->folder;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *path = stat_format(call, "%s%s%s", folder, places[i], name);
        if (access(path, R_OK) == 0) return path;
        if (name[0] == '/') break;
    }
    return NULL;
}

/* The one place that reads a data file; once per run. */
static const struct rk_csv_table *sheet_of(struct stat_call *call, const char *name)
{
    struct stat_session *session = call->session;
    long known = rk_map_find(session->sheet_names, name);
    if (known >= 0) return &session->sheets[known];

    struct rk_csv_table sheet;
    const char *path = locate(call, name);
    if (!path || rk_csv_table_read(session->arena, session->diag, path, &sheet) != RK_OK) {
        no_file(call, name);
        return NULL;
    }
    rk_map_add(session->sheet_names, name);
    RK_ROOM(session->arena, session->sheets, session->n_sheets, session->cap_sheets);
    session->sheets[session->n_sheets] = sheet;
    return &session->sheets[session->n_sheets++];
}

static bool is_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0;
}

static const char *cell(const struct stat_call *call, size_t i, long column)
{
    return call->sheet->cells[call->kept[i] * call->sheet->columns + (size_t)column];
}

static long column_or_misuse(struct stat_call *call, const char *name)
{
    long column = rk_csv_column(call->sheet, name);
    if (column >= 0) return column;

    const char *nearest = rk_text_nearest(name, call->sheet->names, call->sheet->columns);
    stat_misuse(call, "%s has no column \"%s\"%s%s%s", stat_text_or(call, "data", ""), name,
                nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                nearest ? "\"?" : "");
    return -1;
}

/* ---- conditions: A==B, A!=B, A>=B, ... --------------------------------------------- */

enum relation { EQUAL, NOT_EQUAL, AT_LEAST, AT_MOST, ABOVE, BELOW };

struct condition {
    long column;
    enum relation relation;
    const char *value;
};

/* Two texts are the same value if they are the same text or the same number. */
static int order_of(const char *a, const char *b)
{
    double x, y;
    if (rk_text_number(a, &x) && rk_text_number(b, &y)) return (x > y) - (x < y);
    return strcmp(a, b);
}

static bool holds(const struct condition *condition, const char *text)
{
    int order = order_of(text, condition->value);
    switch (condition->relation) {
    case EQUAL:
        return order == 0;
    case NOT_EQUAL:
        return order != 0;
    case AT_LEAST:
        return order >= 0;
    case AT_MOST:
        return order <= 0;
    case ABOVE:
        return order > 0;
    case BELOW:
        return order < 0;
    }
    return false;
}

/* True if the text is a condition; its column is -1 after a misuse. */
static bool read_condition(struct stat_call *call, const char *text, struct condition *out)
{
    static const struct {
        const char *sign;
        enum relation relation;
    } signs[] = {
        {"==", EQUAL    },
        {"!=", NOT_EQUAL},
        {">=", AT_LEAST },
        {"<=", AT_MOST  },
        {">",  ABOVE    },
        {"<",  BELOW    }
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(text, signs[i].sign);
        if (!at) continue;
        char *name = rk_arena_copy_n(call->arena, text, (size_t)(at - text));
        char *value = rk_arena_copy(call->arena, at + strlen(signs[i].sign));
        *out = (struct condition){column_or_misuse(call, rk_text_trim(name)),
                                  signs[i].relation, rk_text_trim(value)};
        return true;
    }
    return false;
}

/* ---- opening: which rows count ----------------------------------------------------- */

static void keep_filtered(struct stat_call *call)
{
    struct condition condition;
    const char *filter = stat_text_or(call, "filter", NULL);
    if (!filter) return;
    if (!read_condition(call, filter, &condition)) {
        stat_misuse(call, "filter=%s is not a condition such as area==Salford", filter);
        return;
    }
    if (condition.column < 0) return;

    size_t n = 0;
    for (size_t i = 0; i < call->n_kept; i++) {
        const char *text = cell(call, i, condition.column);
        if (!is_missing(text) && holds(&condition, text)) call->kept[n++] = call->kept[i];
    }
    call->n_kept = n;
    if (n == 0) stat_refuse(call, "no row passes filter=%s", filter);
}

/* Opens the file on first use; false if there is none to work on. */
static bool open_sheet(struct stat_call *call)
{
    if (call->sheet || stat_stopped(call)) return call->sheet && !stat_stopped(call);

    const char *name = stat_text(call, "data");
    if (name) call->sheet = sheet_of(call, name);
    if (!call->sheet) return false;
    call->n_kept = call->sheet->rows;
    call->kept = STAT_NEW(call, call->n_kept, size_t);
    for (size_t i = 0; i < call->n_kept; i++)
        call->kept[i] = i;
    keep_filtered(call);
    return !stat_stopped(call);
}

struct stat_words stat_column_names(struct stat_call *call)
{
    if (!open_sheet(call)) return (struct stat_words){NULL, 0};
    return (struct stat_words){call->sheet->names, call->sheet->columns};
}

/* ---- numbers ----------------------------------------------------------------------- */

/* Zeros, as long as every column of the file: also what a getter gives after an error, so
 * that a method that goes on until its one look at stat_stopped() stays inside its arrays.
 */
static struct stat_column new_column(struct stat_call *call, const char *name)
{
    return (struct stat_column){name, STAT_NEW(call, call->n_kept, double), call->n_kept,
                                NULL, 0};
}

static struct stat_column plain(struct stat_call *call, long index)
{
    struct stat_column column = new_column(call, call->sheet->names[index]);

    for (size_t i = 0; i < column.n; i++)
        if (!stat_read_number(cell(call, i, index), &column.value[i])) {
            stat_misuse(call, "%s is not a column of numbers (line %zu of %s)", column.name,
                        call->sheet->lines[call->kept[i]], stat_text_or(call, "data", ""));
            break;
        }
    return column;
}

static struct stat_column indicator(struct stat_call *call, const char *expression,
                                    const struct condition *condition)
{
    struct stat_column column = new_column(call, expression);

    for (size_t i = 0; i < column.n && condition->column >= 0; i++) {
        const char *text = cell(call, i, condition->column);
        column.value[i] = is_missing(text) ? NAN : holds(condition, text);
    }
    return column;
}

/* The place of the minus in A-B such that both sides are columns (names may hold one
 * too). */
static bool read_difference(const struct stat_call *call, const char *text, long *a,
                            long *b)
{
    for (const char *minus = strchr(text, '-'); minus; minus = strchr(minus + 1, '-')) {
        char *left = rk_arena_copy_n(call->arena, text, (size_t)(minus - text));
        *a = rk_csv_column(call->sheet, rk_text_trim(left));
        *b =
            rk_csv_column(call->sheet, rk_text_trim(rk_arena_copy(call->arena, minus + 1)));
        if (*a >= 0 && *b >= 0) return true;
    }
    return false;
}

static struct stat_column difference(struct stat_call *call, const char *expression, long a,
                                     long b)
{
    struct stat_column column = new_column(call, expression);
    struct stat_column from = plain(call, a), less = plain(call, b);

    for (size_t i = 0; i < column.n; i++)
        column.value[i] = from.value[i] - less.value[i];
    return column;
}

struct stat_column stat_column_of(struct stat_call *call, const char *expression)
{
    struct condition condition;
    long index, other;

    if (!open_sheet(call)) return new_column(call, expression);
    index = rk_csv_column(call->sheet, expression);
    if (index >= 0) return plain(call, index);
    if (read_condition(call, expression, &condition))
        return indicator(call, expression, &condition);
    if (read_difference(call, expression, &index, &other))
        return difference(call, expression, index, other);
    column_or_misuse(call, expression);
    return new_column(call, expression);
}

struct stat_column stat_column(struct stat_call *call, const char *key)
{
    const char *text = stat_text(call, key);

    if (stat_has_data(call) || !text) return stat_column_of(call, text ? text : key);
    struct stat_vector vector = stat_numbers(call, key);
    return (struct stat_column){key, vector.value, vector.n, NULL, 0};
}

/* ---- groups ------------------------------------------------------------------------ */

static int by_value(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return order_of(*x, *y);
}

/* Distinct values in order of first appearance; how often the value changes between
 * rows. */
static struct stat_words distinct(struct stat_call *call, const char *const *text, size_t n,
                                  size_t *changes)
{
    struct rk_map *map = rk_map_new(call->arena);
    size_t last = 0;

    *changes = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_missing(text[i])) continue;
        size_t code = rk_map_add(map, text[i]);
        *changes += code != last;
        last = code;
    }
    struct stat_words levels = {STAT_NEW(call, rk_map_count(map), const char *),
                                rk_map_count(map)};
    for (size_t i = 0; i < levels.n; i++)
        levels.word[i] = rk_map_key(map, i);
    return levels;
}

static bool all_numbers(const struct stat_words *words)
{
    double value;
    for (size_t i = 0; i < words->n; i++)
        if (!rk_text_number(words->word[i], &value)) return false;
    return true;
}

static void encode(struct stat_column *column, const char *const *text,
                   const struct stat_words *levels)
{
    for (size_t i = 0; i < column->n; i++) {
        column->value[i] = NAN;
        for (size_t k = 0; k < levels->n && !is_missing(text[i]); k++)
            if (order_of(text[i], levels->word[k]) == 0) {
                column->value[i] = (double)k;
                break;
            }
    }
    column->label = levels->word;
    column->levels = levels->n;
}

static struct stat_column factor(struct stat_call *call, const char *name,
                                 const char *const *text, size_t n, bool file_order)
{
    struct stat_column column = {name, STAT_NEW(call, n, double), n, NULL, 0};
    struct stat_words levels;
    size_t changes;

    levels = distinct(call, text, n, &changes);
    /* A file that lists its groups in runs (all of one, then all of the next) shows their
     * order; one that mixes them says nothing. */
    bool runs = file_order && changes * 2 < n;
    if (all_numbers(&levels) || !runs)
        qsort(levels.word, levels.n, sizeof *levels.word, by_value);
    encode(&column, text, &levels);
    return column;
}

static const char **texts_of(struct stat_call *call, const char *name, size_t *n)
{
    long index = open_sheet(call) ? column_or_misuse(call, name) : -1;

    *n = index < 0 ? 0 : call->n_kept;
    const char **text = STAT_NEW(call, *n, const char *);
    for (size_t i = 0; i < *n; i++)
        text[i] = cell(call, i, index);
    return text;
}

struct stat_column stat_factor_of(struct stat_call *call, const char *name)
{
    size_t n;
    const char **text = texts_of(call, name, &n);
    struct stat_column column = factor(call, name, text, n, false);
    return stat_stopped(call) ? new_column(call, name) : column;
}

struct stat_column stat_factor(struct stat_call *call, const char *key)
{
    const char *name = stat_text(call, key);
    struct stat_words words = {NULL, 0};
    const char **text = NULL;
    size_t n = 0;

    if (name && stat_has_data(call)) {
        text = texts_of(call, name, &n);
    } else if (name) {
        words = stat_words(call, key);
        text = words.word;
        n = words.n;
    }
    struct stat_column column = factor(call, name ? name : key, text, n, true);
    if (stat_has(call, "order")) {
        struct stat_words order = stat_words(call, "order");
        encode(&column, text, &order);
    }
    return stat_stopped(call) ? new_column(call, column.name) : column;
}

/* ---- missing values ---------------------------------------------------------------- */

static bool na_allows_dropping(struct stat_call *call)
{
    static const char *const words[] = {"drop", "drop_y", "pairs", "pairs_complete_only",
                                        "complete"};
    const char *na = stat_text_or(call, "na", NULL);

    if (!na) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], na) == 0) return true;
    stat_misuse(call, "na=%s is not known; na=drop leaves out rows with a missing value",
                na);
    return false;
}

static bool row_is_complete(struct stat_column *const columns[], size_t n, size_t row)
{
    for (size_t c = 0; c < n; c++)
        if (columns[c] && isnan(columns[c]->value[row])) return false;
    return true;
}

/* Keep row `from` as row `to`. */
static void move_row(struct stat_column *const columns[], size_t n, size_t from, size_t to)
{
    for (size_t c = 0; c < n; c++)
        if (columns[c]) columns[c]->value[to] = columns[c]->value[from];
}

/* Columns of one length, or a misuse. Returns the length. */
static size_t common_length(struct stat_call *call, struct stat_column *const columns[],
                            size_t n)
{
    const struct stat_column *first = NULL;

    for (size_t c = 0; c < n && !stat_stopped(call); c++) {
        if (!columns[c]) continue;
        if (first && columns[c]->n != first->n)
            stat_misuse(call, "%s has %zu values, %s has %zu", columns[c]->name,
                        columns[c]->n, first->name, first->n);
        first = first ? first : columns[c];
    }
    return first ? first->n : 0;
}

void stat_complete(struct stat_call *call, struct stat_column *const columns[], size_t n)
{
    size_t rows = common_length(call, columns, n), kept = 0;
    bool drop = na_allows_dropping(call);

    for (size_t row = 0; row < rows && !stat_stopped(call); row++)
        if (row_is_complete(columns, n, row)) move_row(columns, n, row, kept++);
    if (kept < rows && !drop)
        stat_misuse(call, "%zu of %zu rows have a missing value; na=drop leaves them out",
                    rows - kept, rows);
    /* after an error the columns are empty, so that a caller who goes on does no harm */
    for (size_t c = 0; c < n; c++)
        if (columns[c]) columns[c]->n = stat_stopped(call) ? 0 : kept;
}
