// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_block.h"

#include "pipeline/base/rk_text.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Columns that must agree, and a table of groups by hash. */
struct blocking {
    struct rk_arena *arena;
    size_t rows;
    const struct frame_column **columns;
    const char ***texts; /* of each column, folded or as they are; NULL: no texts */
    size_t count;
    bool blanks_agree;
    uint64_t *hashes; /* by row */
    uint32_t *slots;  /* group + 1; 0: free */
    size_t slot_count;
};

/* ---- the columns ---- */

static const char **fold_texts(struct rk_arena *arena, const struct frame_column *column,
                               size_t rows)
{
    const char **folded = RK_ARRAY(arena, const char *, rows + 1);
    struct rk_arena *scratch = rk_arena_new();

    for (size_t row = 0; row < rows; row++) {
        if (!column->text[row]) continue;
        folded[row] = rk_arena_copy(arena, rk_text_fold(scratch, column->text[row]));
        rk_arena_reset(scratch);
    }
    rk_arena_free(scratch);
    return folded;
}

static void add_column(struct blocking *blocking, const struct frame_column *column)
{
    bool fold = column->type == COLUMN_TEXT && !blocking->blanks_agree;

    blocking->texts[blocking->count] =
        fold ? fold_texts(blocking->arena, column, blocking->rows) : column->text;
    blocking->columns[blocking->count++] = column;
}

static void find_columns(struct blocking *blocking, const struct frame *frame,
                         const char *const *names, size_t count)
{
    size_t most = names ? count : frame->count;

    blocking->columns = RK_ARRAY(blocking->arena, const struct frame_column *, most + 1);
    blocking->texts = RK_ARRAY(blocking->arena, const char **, most + 1);
    for (size_t i = 0; i < most; i++)
        if (names || !frame->columns[i].declared->kind_of) add_column(blocking, names ? frame_column(frame, names[i]) : &frame->columns[i]);
}

/* ---- equal or not ---- */

static bool answered(const struct blocking *blocking, size_t row)
{
    for (size_t i = 0; i < blocking->count; i++)
        if (frame_value(blocking->columns[i], row).state != VALUE_THERE) return false;
    return true;
}

/* Numbers and texts of up to eight bytes at a time, by a multiplication each (the constants
 * are those of SplitMix64); mixed, because slots are taken from the low bits. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ (hash >> 29);
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    size_t bytes = text ? strlen(text) : 0;
    uint64_t eight;

    if (!text) return mix(hash, 1);
    for (; bytes >= 8; bytes -= 8, text += 8) {
        memcpy(&eight, text, 8);
        hash = mix(hash, eight);
    }
    eight = 0;
    memcpy(&eight, text, bytes);
    return mix(hash, eight ^ (uint64_t)(bytes + 2) << 56);
}

/* One column of all rows after the other: each is walked through alone. */
static void hash_column(const struct blocking *blocking, size_t at)
{
    uint64_t *hashes = blocking->hashes;
    const struct frame_column *column = blocking->columns[at];
    const uint64_t none = UINT64_C(0x7ff8000000000000);

    for (size_t row = 0; column->text && row < blocking->rows; row++)
        hashes[row] = mix_text(hashes[row], blocking->texts[at][row]);
    for (size_t row = 0; column->number && row < blocking->rows; row++) {
        double number = column->number[row] + 0.0; /* -0 is 0 */
        uint64_t bits = none;

        if (!isnan(number)) memcpy(&bits, &number, sizeof bits);
        hashes[row] = mix(hashes[row], bits);
    }
    for (size_t row = 0; column->whole && row < blocking->rows; row++)
        hashes[row] = mix(hashes[row], (uint64_t)column->whole[row]);
}

static void hash_rows(struct blocking *blocking)
{
    blocking->hashes = RK_ARRAY(blocking->arena, uint64_t, blocking->rows + 1);
    for (size_t at = 0; at < blocking->count; at++)
        hash_column(blocking, at);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_number(double a, double b)
{
    return isnan(a) || isnan(b) ? isnan(a) && isnan(b) : a == b;
}

static bool agree(const struct blocking *blocking, size_t a, size_t b)
{
    for (size_t i = 0; i < blocking->count; i++) {
        const struct frame_column *column = blocking->columns[i];

        if (column->text     ? !same_text(blocking->texts[i][a], blocking->texts[i][b])
            : column->number ? !same_number(column->number[a], column->number[b])
                             : column->whole[a] != column->whole[b])
            return false;
    }
    return true;
}

/* ---- groups ---- */

static void make_table(struct blocking *blocking, struct dedupe_groups *groups)
{
    size_t rows = blocking->rows;

    for (blocking->slot_count = 64; blocking->slot_count < 2 * rows;)
        blocking->slot_count *= 2;
    blocking->slots = RK_ARRAY(blocking->arena, uint32_t, blocking->slot_count);
    groups->first = RK_ARRAY(blocking->arena, int32_t, rows + 1);
    groups->last = RK_ARRAY(blocking->arena, int32_t, rows + 1);
    groups->next = RK_ARRAY(blocking->arena, int32_t, rows + 1);
}

static void add_row(struct blocking *blocking, struct dedupe_groups *groups, size_t row)
{
    uint64_t hash = blocking->hashes[row];
    size_t at = (size_t)hash & (blocking->slot_count - 1), group;

    for (; blocking->slots[at]; at = (at + 1) & (blocking->slot_count - 1)) {
        group = blocking->slots[at] - 1;
        if (blocking->hashes[groups->first[group]] != hash ||
            !agree(blocking, (size_t)groups->first[group], row))
            continue;
        groups->next[groups->last[group]] = (int32_t)row;
        groups->last[group] = (int32_t)row;
        return;
    }
    group = groups->count++;
    blocking->slots[at] = (uint32_t)group + 1;
    groups->first[group] = groups->last[group] = (int32_t)row;
}

struct dedupe_groups dedupe_block(const struct dedupe_rows *rows, struct rk_arena *arena,
                                  const char *const *names, size_t count)
{
    struct blocking blocking = {
        .arena = arena, .rows = rows->frame->rows, .blanks_agree = !names};
    struct dedupe_groups groups = {0};

    assert(blocking.rows < INT32_MAX && "no memory holds the texts of so many");
    find_columns(&blocking, rows->frame, names, count);
    make_table(&blocking, &groups);
    hash_rows(&blocking);
    for (size_t row = 0; row < blocking.rows; row++) {
        groups.next[row] = -1;
        if (blocking.blanks_agree || answered(&blocking, row))
            add_row(&blocking, &groups, row);
    }
    return groups;
}
