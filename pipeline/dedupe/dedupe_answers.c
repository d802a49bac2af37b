// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_answers.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void dedupe_answers_mark(const struct dedupe_compare *compare, uint32_t row, char out[17])
{
    struct rk_arena *scratch = rk_arena_new();
    const char *text = "";
    char hash[65];

    for (size_t c = 0; c < compare->table.column_count; c++) {
        const struct link_column *column = &compare->table.columns[c];
        struct link_text value = link_table_text(column, column->value[row]);

        text = rk_arena_printf(scratch, "%s%s=%.*s\n", text, column->field->name,
                               (int)value.length, value.text);
    }
    rk_hash_bytes(text, strlen(text), hash);
    memcpy(out, hash, 16);
    out[16] = '\0';
    rk_arena_free(scratch);
}

/* ---- the file ---- */

enum column { A, B, MARK_A, MARK_B, ANSWER, SOURCE, COLUMNS };
static const char *const names[COLUMNS] = {"a", "b", "mark_a", "mark_b", "answer", "source"};

static const struct {
    const char *word;
    enum link_verdict verdict;
} words[] = {{"same", LINK_SAME}, {"different", LINK_DIFFERENT}, {"unsure", LINK_UNSURE}};

static rk_status read_file(struct dedupe_compare *compare, const char *path,
                           struct rk_csv_table *table, long columns[COLUMNS])
{
    RK_TRY(rk_csv_table_read(compare->arena, compare->run->diag, path, table));
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = rk_csv_column(table, names[i]);
        if (columns[i] < 0)
            return rk_fail(compare->run->diag, RK_STUDY, RK_AT(path, 1, 0),
                           "there is no column \"%s\"; answers have the columns of "
                           "20-people/decisions.csv",
                           names[i]);
    }
    return RK_OK;
}

static rk_status read_answer(struct dedupe_compare *compare, const char *path, size_t line,
                             const char *text, enum link_verdict *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i].word) == 0) {
            *out = words[i].verdict;
            return RK_OK;
        }
    return rk_fail(compare->run->diag, RK_STUDY, RK_AT(path, line, 0),
                   "an answer is same, different or unsure (or empty), not \"%s\"", text);
}

/* ---- rows by their names ---- */

/* A person and a record may have one name: each side has its own. */
static const char *full_name(struct rk_arena *scratch, bool second, const char *name)
{
    return rk_arena_printf(scratch, "%d%s", second, name);
}

static struct rk_map *name_rows(const struct dedupe_compare *compare, uint32_t **row_of)
{
    struct rk_map *map = rk_map_new(compare->arena);
    struct rk_arena *scratch = rk_arena_new();
    const unsigned char *side = compare->table.side;

    *row_of = RK_ARRAY(compare->arena, uint32_t, compare->table.rows + 1);
    for (uint32_t row = 0; row < compare->table.rows; row++) {
        const char *name =
            full_name(scratch, side && side[row], dedupe_compare_name(compare, row));

        (*row_of)[rk_map_add(map, name)] = row;
        rk_arena_reset(scratch);
    }
    rk_arena_free(scratch);
    return map;
}

static int by_rows(const void *key, const void *item)
{
    const struct link_pair *left = key;
    const struct link_pair *right = item;

    if (left->a != right->a) return left->a < right->a ? -1 : 1;
    return (left->b > right->b) - (left->b < right->b);
}

static void add_pair(struct dedupe_compare *compare, struct link_pair pair, size_t *cap)
{
    struct link_pairs *pairs = &compare->pairs;

    if (*cap == 0) *cap = pairs->count;
    RK_ROOM(compare->arena, pairs->pairs, pairs->count, *cap);
    pair.pattern = link_compare(&compare->table, pair.a, pair.b);
    pair.weight =
        (float)link_model_weight(&compare->model, &compare->table, pair.pattern, pair.a);
    pairs->pairs[pairs->count++] = pair;
}

/* ---- answers ---- */

struct applying {
    struct dedupe_compare *compare;
    struct rk_map *names;
    uint32_t *row_of;
    size_t sorted, cap; /* pairs that were there before any answer */
};

/* Two rows may have changed their order since. */
static bool marks_hold(const struct dedupe_compare *compare, uint32_t a, uint32_t b,
                       const char *mark_a, const char *mark_b)
{
    char now_a[17], now_b[17];

    dedupe_answers_mark(compare, a, now_a);
    dedupe_answers_mark(compare, b, now_b);
    return strcmp(now_a, mark_a) == 0 && strcmp(now_b, mark_b) == 0;
}

static void apply(struct applying *applying, char *const *cells, const long *columns,
                  enum link_verdict verdict)
{
    struct dedupe_compare *compare = applying->compare;
    struct rk_arena *arena = compare->arena;
    long a = rk_map_find(applying->names, full_name(arena, false, cells[columns[A]]));
    long b = rk_map_find(applying->names,
                         full_name(arena, compare->table.side != NULL, cells[columns[B]]));
    struct link_pair pair = {.verdict = (unsigned char)verdict, .why = LINK_BY_PERSON}, *there;

    if (a < 0 || b < 0 || a == b) return;
    pair.a = applying->row_of[a];
    pair.b = applying->row_of[b];
    if (!marks_hold(compare, pair.a, pair.b, cells[columns[MARK_A]], cells[columns[MARK_B]])) {
        compare->expired++;
        return;
    }
    compare->kept++;
    if (pair.a > pair.b) {
        uint32_t other = pair.a;

        pair.a = pair.b;
        pair.b = other;
    }
    there = bsearch(&pair, compare->pairs.pairs, applying->sorted, sizeof pair, by_rows);
    if (!there) {
        add_pair(compare, pair, &applying->cap);
        return;
    }
    there->verdict = pair.verdict;
    there->why = pair.why;
}

rk_status dedupe_answers_apply(struct dedupe_compare *compare, const char *path)
{
    struct applying applying = {.compare = compare, .sorted = compare->pairs.count};
    struct rk_csv_table table;
    long columns[COLUMNS];

    if (access(path, F_OK) != 0) return RK_OK;
    RK_TRY(read_file(compare, path, &table, columns));
    applying.names = name_rows(compare, &applying.row_of);
    for (size_t row = 0; row < table.rows; row++) {
        char *const *cells = table.cells + row * table.columns;
        enum link_verdict verdict = LINK_UNSURE;

        if (!*cells[columns[ANSWER]] ||
            strcmp(cells[columns[SOURCE]], compare->source->name) != 0)
            continue;
        RK_TRY(read_answer(compare, path, table.lines[row], cells[columns[ANSWER]], &verdict));
        apply(&applying, cells, columns, verdict);
    }
    if (compare->pairs.count > applying.sorted)
        qsort(compare->pairs.pairs, compare->pairs.count, sizeof *compare->pairs.pairs,
              by_rows);
    return RK_OK;
}

const char *dedupe_answers_state(const struct link_pair *pair)
{
    if (pair->why != LINK_BY_PERSON) return "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].verdict == (enum link_verdict)pair->verdict) return words[i].word;
    return "";
}
