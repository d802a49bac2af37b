// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_block.h"

#include "pipeline/linkage/link_priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- a key for each value of a column ---- */

static uint32_t hash_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261U;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    return hash | 1U;
}

static uint32_t date_key(enum link_key_part part, const char *date)
{
    const char *month = date + 4, *day = date + 6;
    char key[8];

    memcpy(key, date, 8);
    switch (part) {
    case LINK_YEAR:
        return hash_of(key, 4);
    case LINK_MONTH:
        return hash_of(key, 6);
    case LINK_YEAR_DAY:
        memcpy(key + 4, day, 2);
        return hash_of(key, 6);
    case LINK_MONTH_DAY:
        return hash_of(month, 4);
    default:
        if (memcmp(month, day, 2) > 0) {
            memcpy(key + 4, day, 2);
            memcpy(key + 6, month, 2);
        }
        return hash_of(key, 8);
    }
}

static uint32_t key_value(const struct link_key *key, const struct link_list *list,
                          uint32_t value)
{
    struct link_text text = list->values[value];
    size_t letters = key->letters < text.length ? key->letters : text.length;

    switch (key->part) {
    case LINK_WHOLE:
        return value;
    case LINK_SOUND:
        return list->sounds ? list->sounds[value] : value;
    case LINK_FIRST:
        return hash_of(text.text, letters);
    case LINK_LAST:
        return hash_of(text.text + text.length - letters, letters);
    default:
        return text.length == 8 ? date_key(key->part, text.text) : value;
    }
}

/* ---- how often two rows agree in a key ---- */

struct tally {
    uint32_t key, rows;
};

static int by_key(const void *a, const void *b)
{
    const struct tally *left = a;
    const struct tally *right = b;

    return (left->key > right->key) - (left->key < right->key);
}

static void weigh_key(struct link_block_key *key, const struct link_column *column,
                      size_t rows)
{
    size_t count = column->list->count;
    struct rk_arena *scratch = rk_arena_new();
    struct tally *tallies = RK_ARRAY(scratch, struct tally, count);
    size_t here;

    for (size_t i = 0; i < count; i++)
        tallies[i] = (struct tally){key->of_value[i], i ? column->counts[i] : 0};
    qsort(tallies, count, sizeof *tallies, by_key);
    for (size_t i = 0; i < count;) {
        uint32_t at = tallies[i].key;

        for (here = 0; i < count && tallies[i].key == at; i++)
            here += tallies[i].rows;
        if (!at) continue;
        if (here > key->largest) key->largest = here;
        key->chance += (double)here / (double)rows * ((double)here / (double)rows);
    }
    rk_arena_free(scratch);
}

static size_t add_key(struct link_plan *plan, struct link_key wanted)
{
    const struct link_table *table = plan->table;
    const struct link_column *column = &table->columns[wanted.field];
    struct link_block_key key = {.key = wanted};

    for (size_t i = 0; i < plan->key_count; i++)
        if (memcmp(&plan->keys[i].key, &wanted, sizeof wanted) == 0) return i;
    if (wanted.part == LINK_BOTH) {
        key.chance = 2e-5;
    } else {
        key.of_value = RK_ARRAY(plan->arena, uint32_t, column->list->count);
        for (size_t i = 1; i < column->list->count; i++)
            key.of_value[i] = key_value(&wanted, column->list, (uint32_t)i);
        weigh_key(&key, column, table->rows);
    }
    RK_ROOM(plan->arena, plan->keys, plan->key_count, plan->key_cap);
    plan->keys[plan->key_count] = key;
    return plan->key_count++;
}

/* ---- rules chosen from the data ---- */

/* Parts of each kind worth trying; a coarse one takes the place of those it holds. */
static const struct {
    enum link_kind kind;
    enum link_key_part part;
    size_t letters;
} parts[] = {
    {LINK_GIVEN, LINK_SOUND, 0},     {LINK_GIVEN, LINK_FIRST, 3},
    {LINK_SURNAME, LINK_SOUND, 0},   {LINK_SURNAME, LINK_FIRST, 3},
    {LINK_GIVEN, LINK_BOTH, 0},      {LINK_NAME, LINK_SOUND, 0},
    {LINK_NAME, LINK_FIRST, 3},      {LINK_NAME, LINK_WHOLE, 0},
    {LINK_GIVEN, LINK_WHOLE, 0},     {LINK_SURNAME, LINK_WHOLE, 0},
    {LINK_DATE, LINK_MONTH, 0},      {LINK_DATE, LINK_YEAR_DAY, 0},
    {LINK_DATE, LINK_MONTH_DAY, 0},  {LINK_DATE, LINK_ANY_ORDER, 0},
    {LINK_DATE, LINK_YEAR, 0},       {LINK_DATE, LINK_WHOLE, 0},
    {LINK_POSTCODE, LINK_WHOLE, 0},  {LINK_POSTCODE, LINK_FIRST, 3},
    {LINK_POSTCODE, LINK_LAST, 3},   {LINK_ADDRESS, LINK_WHOLE, 0},
    {LINK_ADDRESS, LINK_SOUND, 0},   {LINK_ADDRESS, LINK_LAST, 6},
    {LINK_TEXT, LINK_WHOLE, 0},      {LINK_TEXT, LINK_SOUND, 0},
    {LINK_EMAIL, LINK_WHOLE, 0},     {LINK_EMAIL, LINK_FIRST, 5},
    {LINK_EMAIL, LINK_LAST, 8},      {LINK_PHONE, LINK_WHOLE, 0},
    {LINK_PHONE, LINK_FIRST, 4},     {LINK_PHONE, LINK_LAST, 4},
    {LINK_NUMBER, LINK_WHOLE, 0},    {LINK_NUMBER, LINK_FIRST, 4},
    {LINK_NUMBER, LINK_LAST, 4},     {LINK_EXACT, LINK_WHOLE, 0},
};

static void offer_keys(struct link_plan *plan)
{
    const struct link_table *table = plan->table;

    for (size_t c = 0; c < table->column_count; c++)
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (table->columns[c].field->kind == parts[i].kind &&
                (parts[i].part != LINK_BOTH ||
                 ((int)c == table->swap[0] && table->swap[1] >= 0)))
                add_key(plan, (struct link_key){c, parts[i].part, parts[i].letters});
}

/* Does agreeing in key a mean agreeing in b? */
static bool finer(const struct link_block_key *a, const struct link_block_key *b)
{
    if (a->key.field != b->key.field || a->key.part == LINK_BOTH || b->key.part == LINK_BOTH)
        return a == b;
    if (a == b || a->key.part == LINK_WHOLE) return true;
    return b->key.part == LINK_YEAR && a->key.part >= LINK_MONTH &&
           a->key.part <= LINK_ANY_ORDER && a->key.part != LINK_MONTH_DAY;
}

static bool holds_all(const struct link_plan *plan, const struct link_block_rule *rule,
                      const struct link_block_rule *of)
{
    for (size_t i = 0; i < of->count; i++) {
        bool found = false;

        for (size_t j = 0; j < rule->count; j++)
            found |= finer(&plan->keys[rule->keys[j]], &plan->keys[of->keys[i]]);
        if (!found) return false;
    }
    return true;
}

/* A rule with blocks that are left out does not spare us the finer ones. */
static bool is_spared(const struct link_plan *plan, const struct link_block_rule *rule)
{
    for (size_t i = 0; i < plan->rule_count; i++)
        if (plan->rules[i].largest <= plan->block_max &&
            holds_all(plan, rule, &plan->rules[i]))
            return true;
    return false;
}

struct offer {
    struct link_block_rule rule;
    double pairs; /* expected */
};

struct offers {
    struct offer *items;
    size_t count, cap;
};

static void offer_rule(const struct link_plan *plan, struct rk_arena *arena,
                       struct offers *offers, const size_t *keys, size_t count)
{
    double rows = (double)plan->table->rows, pairs = rows * rows / 2;
    struct offer offer = {.rule = {.count = count, .largest = SIZE_MAX}};

    for (size_t i = 0; i < count; i++) {
        const struct link_block_key *key = &plan->keys[keys[i]];

        for (size_t j = 0; j < i; j++)
            if (plan->keys[keys[j]].key.field == key->key.field) return;
        offer.rule.keys[i] = keys[i];
        pairs *= key->chance;
        if (key->largest < offer.rule.largest) offer.rule.largest = key->largest;
    }
    if (count > 1) offer.rule.largest = 0; /* seldom known beforehand */
    offer.pairs = pairs;
    RK_ROOM(arena, offers->items, offers->count, offers->cap);
    offers->items[offers->count++] = offer;
}

/* Coarse before fine: what a coarse rule holds need not be looked for again. */
static int by_pairs(const void *a, const void *b)
{
    const struct offer *left = a;
    const struct offer *right = b;

    if (left->pairs != right->pairs) return left->pairs < right->pairs ? 1 : -1;
    return memcmp(left->rule.keys, right->rule.keys, sizeof left->rule.keys);
}

/* Of more rows than this combinations of three fields cost more than they find. */
enum { MANY_ROWS = 200000 };

/* Pairs a row that one rule may bring, and all of them. */
static double pairs_a_row(size_t rows)
{
    return rows <= 50000 ? 15 : rows <= 200000 ? 5 : 1.5;
}

static double pairs_a_row_all(size_t rows)
{
    return rows <= 50000 ? 120 : rows <= 200000 ? 60 : 40;
}

static void take(struct link_plan *plan, struct offers *offers, double *spent)
{
    double rows = (double)plan->table->rows;

    if (offers->count)
        qsort(offers->items, offers->count, sizeof *offers->items, by_pairs);
    for (size_t i = 0; i < offers->count && plan->rule_count < LINK_RULES_MAX; i++) {
        const struct offer *offer = &offers->items[i];

        if (offer->pairs > rows * pairs_a_row(plan->table->rows) ||
            *spent + offer->pairs > rows * pairs_a_row_all(plan->table->rows) || is_spared(plan, &offer->rule))
            continue;
        *spent += offer->pairs;
        plan->rules[plan->rule_count++] = offer->rule;
    }
    plan->expected = *spent;
}

static void choose_rules(struct link_plan *plan)
{
    struct rk_arena *scratch = rk_arena_new();
    double spent = 0;

    offer_keys(plan);
    for (size_t size = 1; size <= (plan->table->rows > MANY_ROWS ? 2 : 3); size++) {
        struct offers offers = {0};

        for (size_t a = 0; a < plan->key_count; a++) {
            if (size == 1) offer_rule(plan, scratch, &offers, &a, 1);
            for (size_t b = a + 1; size > 1 && b < plan->key_count; b++) {
                if (size == 2) offer_rule(plan, scratch, &offers, (size_t[]){a, b}, 2);
                for (size_t c = b + 1; size == 3 && c < plan->key_count; c++)
                    offer_rule(plan, scratch, &offers, (size_t[]){a, b, c}, 3);
            }
        }
        take(plan, &offers, &spent);
    }
    rk_arena_free(scratch);
}

static void take_rules(struct link_plan *plan, const struct link_rule *rules, size_t count)
{
    for (size_t r = 0; r < count; r++) {
        struct link_block_rule *rule = &plan->rules[plan->rule_count++];

        *rule = (struct link_block_rule){.count = rules[r].count};
        for (size_t i = 0; i < rules[r].count; i++)
            rule->keys[i] = add_key(plan, rules[r].keys[i]);
    }
}

void link_plan_make(struct link_plan *plan, struct rk_arena *arena,
                    const struct link_table *table, const struct link_rule *rules,
                    size_t count)
{
    *plan = (struct link_plan){
        .table = table, .arena = arena, .workers = LINK_WORKERS,
        .block_max = count ? LINK_BLOCK_MAX_OWN : LINK_BLOCK_MAX};
    if (count)
        take_rules(plan, rules, count);
    else if (table->rows <= LINK_ALL_PAIRS_UP_TO)
        plan->all = true;
    else
        choose_rules(plan);
    if (plan->all) return;
    plan->sorted = RK_ARRAY(arena, uint64_t, table->rows + 1);
    plan->spare = RK_ARRAY(arena, uint64_t, table->rows + 1);
}

const char *link_plan_rule_words(struct rk_arena *arena, const struct link_plan *plan,
                                 const struct link_block_rule *rule)
{
    const char *words = "";

    for (size_t i = 0; i < rule->count; i++) {
        const struct link_key *key = &plan->keys[rule->keys[i]].key;
        const char *name = plan->table->columns[key->field].field->name;
        const char *part = link_part_word(key->part);

        words = rk_arena_printf(arena, "%s%s%s", words, *words ? " + " : "", name);
        if (key->part == LINK_FIRST || key->part == LINK_LAST)
            words = rk_arena_printf(arena, "%s (%s %zu)", words, part, key->letters);
        else if (key->part != LINK_WHOLE)
            words = rk_arena_printf(arena, "%s (%s)", words, part);
    }
    return words;
}
