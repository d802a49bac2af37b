// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_table.h"

#include <string.h>

/* ---- lists of distinct values ---- */

static struct link_list *new_list(struct rk_arena *arena)
{
    struct link_list *list = RK_NEW(arena, struct link_list);

    list->arena = arena;
    list->slot_count = 1024;
    list->slots = RK_ARRAY(arena, uint32_t, list->slot_count);
    list->count = 1;
    list->cap = 1024;
    list->values = RK_ARRAY(arena, struct link_text, list->cap);
    list->values[0] = link_text_of("", 0);
    return list;
}

static uint64_t hash_text(struct link_text text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.text[i]) * UINT64_C(1099511628211);
    return hash ^ (hash >> 29);
}

static bool same(struct link_text a, struct link_text b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static size_t find_slot(const struct link_list *list, struct link_text text)
{
    size_t at = (size_t)hash_text(text) & (list->slot_count - 1);

    while (list->slots[at] && !same(list->values[list->slots[at]], text))
        at = (at + 1) & (list->slot_count - 1);
    return at;
}

/* Slots that are outgrown stay in the arena: all of them together are as much as the last. */
static void grow_slots(struct link_list *list)
{
    list->slot_count *= 4;
    list->slots = RK_ARRAY(list->arena, uint32_t, list->slot_count);
    for (size_t i = 1; i < list->count; i++)
        list->slots[find_slot(list, list->values[i])] = (uint32_t)i;
}

static uint32_t add_value(struct link_list *list, struct link_text text)
{
    size_t at = find_slot(list, text);

    if (list->slots[at]) return list->slots[at];
    if (2 * list->count >= list->slot_count) {
        grow_slots(list);
        at = find_slot(list, text);
    }
    RK_ROOM(list->arena, list->values, list->count, list->cap);
    text.text = rk_arena_copy_n(list->arena, text.text, text.length);
    list->values[list->count] = text;
    list->slots[at] = (uint32_t)list->count;
    return (uint32_t)list->count++;
}

/* ---- the table ---- */

typedef size_t normalise(const char *text, char out[LINK_TEXT_MAX]);

/* How each kind is written the same, and with whom it shares its list. */
static const struct {
    normalise *as;
    enum link_kind list;
} forms[LINK_KINDS] = {
    [LINK_GIVEN] = {link_text_words, LINK_NAME},
    [LINK_SURNAME] = {link_text_words, LINK_NAME},
    [LINK_NAME] = {link_text_words, LINK_NAME},
    [LINK_DATE] = {link_text_date, LINK_DATE},
    [LINK_POSTCODE] = {link_text_joined, LINK_POSTCODE},
    [LINK_ADDRESS] = {link_text_words, LINK_ADDRESS},
    [LINK_TEXT] = {link_text_words, LINK_ADDRESS},
    [LINK_EMAIL] = {link_text_joined, LINK_EMAIL},
    [LINK_PHONE] = {link_text_digits, LINK_PHONE},
    [LINK_NUMBER] = {link_text_joined, LINK_NUMBER},
    [LINK_EXACT] = {link_text_words, LINK_EXACT},
};

static void add_column(struct link_table *table, const struct link_field *field)
{
    struct link_column *column = &table->columns[table->column_count];
    enum link_kind list = forms[field->kind].list;

    if (!table->lists[list]) table->lists[list] = new_list(table->arena);
    *column = (struct link_column){.field = field,
                                   .list = table->lists[list],
                                   .value = RK_ARRAY(table->arena, uint32_t, table->rows + 1)};
    if (field->kind == LINK_GIVEN && table->swap[0] < 0)
        table->swap[0] = (int)table->column_count;
    if (field->kind == LINK_SURNAME && table->swap[1] < 0)
        table->swap[1] = (int)table->column_count;
    table->column_count++;
}

void link_table_init(struct link_table *table, struct rk_arena *arena, size_t rows,
                     const struct link_field *fields, size_t count)
{
    *table = (struct link_table){.arena = arena, .rows = rows, .swap = {-1, -1}};
    for (size_t i = 0; i < count && i < LINK_FIELDS_MAX; i++)
        add_column(table, &fields[i]);
}

void link_table_put(struct link_table *table, size_t column, size_t row, const char *text)
{
    struct link_column *to = &table->columns[column];
    char plain[LINK_TEXT_MAX];
    size_t length = text ? forms[to->field->kind].as(text, plain) : 0;

    to->value[row] = length ? add_value(to->list, link_text_of(plain, length)) : 0;
}

void link_table_close(struct link_table *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        struct link_column *column = &table->columns[c];

        column->counts = RK_ARRAY(table->arena, uint32_t, column->list->count);
        for (size_t row = 0; row < table->rows; row++)
            column->counts[column->value[row]]++;
        column->answered = table->rows - column->counts[0];
    }
    for (int kind = 0; kind < LINK_KINDS; kind++) {
        struct link_list *list = table->lists[kind];

        if (!list || (kind != LINK_NAME && kind != LINK_ADDRESS)) continue;
        list->sounds = RK_ARRAY(table->arena, uint32_t, list->count);
        for (size_t i = 1; i < list->count; i++)
            list->sounds[i] = link_sound(list->values[i]);
    }
}
