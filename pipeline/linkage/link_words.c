// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_words.h"

#include <math.h>

static const char *const test_words[LINK_TESTS] = {
    [LINK_TEST_EXACT] = "the same",
    [LINK_TEST_TYPO] = "one typing error apart",
    [LINK_TEST_JARO] = "much alike",
    [LINK_TEST_SOUND] = "sounds the same",
    [LINK_TEST_START] = "begins the same",
    [LINK_TEST_WORDS] = "shares words",
    [LINK_TEST_DAY_MONTH] = "day and month swapped",
    [LINK_TEST_TWO_PARTS] = "two of day, month and year the same",
    [LINK_TEST_SAME_YEAR_PART] = "year and day or month the same",
    [LINK_TEST_YEAR] = "the same year",
    [LINK_TEST_WITHIN] = "close",
    [LINK_TEST_DISTRICT] = "the same district",
    [LINK_TEST_BEFORE_AT] = "the same before the @",
    [LINK_TEST_ERRORS] = "few typing errors apart",
    [LINK_TEST_ELSE] = "differs",
};

static const char *const why_words[LINK_WHYS] = {
    [LINK_BY_WEIGHT] = "",
    [LINK_HOUSEHOLD] = "what agrees is of the home, not of the person",
    [LINK_KIN] = "they may be parent and child of one name",
    [LINK_TWINS] = "they may be twins",
    [LINK_BRIDGE] = "it alone would join two groups that are not alike",
    [LINK_APART] = "it would join two that somebody keeps apart",
    [LINK_BY_PERSON] = "answered by a person",
};

const char *link_words_why(enum link_why why)
{
    return why_words[why];
}

/* Bits beyond the usual for a value to be called rare or common. */
static const double remarkable = 2;

static const char *frequency_word(const struct link_model *model,
                                  const struct link_table *table, size_t column,
                                  const struct link_pair *pair)
{
    double bits = link_model_field_weight(model, table, column, pair->pattern, pair->a) -
                  model->weight[LINK_PERSON][column][link_answer(pair->pattern, column)];

    return bits > remarkable ? " (rare)" : bits < -remarkable ? " (common)" : "";
}

static const char *answer_words(struct rk_arena *arena, const struct link_model *model,
                                const struct link_table *table, size_t column,
                                const struct link_pair *pair)
{
    const struct link_field *field = table->columns[column].field;
    unsigned answer = link_answer(pair->pattern, column);

    if (answer == LINK_SWAPPED || answer == LINK_HALF_SWAPPED)
        return "given name and surname changed places";
    if (answer == LINK_MISSING)
        return table->columns[column].value[pair->a] && table->columns[column].value[pair->b]
                   ? NULL /* its swap is told already */
                   : rk_arena_printf(arena, "%s not given by both", field->name);
    return rk_arena_printf(arena, "%s %s%s", field->name,
                           test_words[field->levels[answer - 1].test],
                           frequency_word(model, table, column, pair));
}

const char *link_words_evidence(struct rk_arena *arena, const struct link_model *model,
                                const struct link_table *table, const struct link_pair *pair)
{
    const char *text = "";

    for (size_t c = 0; c < table->column_count; c++) {
        const char *words = answer_words(arena, model, table, c, pair);

        if (words) text = rk_arena_printf(arena, "%s%s%s", text, *text ? "; " : "", words);
    }
    return text;
}

const char *link_words_weight(struct rk_arena *arena, const struct link_model *model,
                              const struct link_table *table, const struct link_pair *pair)
{
    const char *text = "";
    double sum = 0;

    for (size_t c = 0; c < table->column_count; c++) {
        double weight = link_model_field_weight(model, table, c, pair->pattern, pair->a);

        if (link_answer(pair->pattern, c) == LINK_MISSING) continue;
        sum += weight;
        text = rk_arena_printf(arena, "%s%s%s %+.1f", text, *text ? ", " : "",
                               table->columns[c].field->name, weight);
    }
    if (sum - (double)pair->weight > 0.05)
        text = rk_arena_printf(arena, "%s; what one home or one name explains %+.1f", text,
                               (double)pair->weight - sum);
    return rk_arena_printf(arena, "%s; sum %.1f", text, (double)pair->weight);
}
