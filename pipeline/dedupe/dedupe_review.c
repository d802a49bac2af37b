// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_review.h"

#include "pipeline/dedupe/dedupe_answers.h"
#include "pipeline/dedupe/dedupe_write.h"
#include "pipeline/linkage/link_words.h"

#include <math.h>
#include <stdio.h>

bool dedupe_review_any(const struct study *study)
{
    for (size_t i = 0; i < study->source_count; i++)
        if (study->sources[i].linkage) return true;
    return false;
}

rk_status dedupe_review_open(struct dedupe *stage)
{
    static const char *const pairs[] = {"source", "a",       "b",   "weight",
                                        "chance", "verdict", "why", NULL};
    static const char *const decisions[] = {
        "source", "a",      "b",        "file_line_a", "file_line_b", "weight", "chance",
        "why",    "evidence", "explanation", "mark_a",  "mark_b", "answer", NULL};
    static const char *const linkage[] = {"source", "what",   "field", "level",
                                          "m",      "u",      "weight", "value", NULL};

    if (!dedupe_review_any(stage->study)) return RK_OK;
    RK_TRY(dedupe_write_begin(stage, "pairs.csv", pairs, &stage->pairs));
    RK_TRY(dedupe_write_begin(stage, "decisions.csv", decisions, &stage->decisions));
    return dedupe_write_begin(stage, "linkage.csv", linkage, &stage->linkage);
}

/* ---- pairs ---- */

static const char *const verdicts[] = {
    [LINK_DIFFERENT] = "different", [LINK_UNSURE] = "unsure", [LINK_SAME] = "same"};

static const char *const whys[LINK_WHYS] = {[LINK_BY_WEIGHT] = "weight",
                                            [LINK_HOUSEHOLD] = "home",
                                            [LINK_TWINS] = "twins", [LINK_KIN] = "kin",
                                            [LINK_BRIDGE] = "bridge",
                                            [LINK_APART] = "apart",
                                            [LINK_BY_PERSON] = "answer"};

/* Digits that mean something: a weight is known to a hundredth. */
static void put_rounded(struct rk_csv_writer *out, const char *format, double value)
{
    char text[32];

    snprintf(text, sizeof text, format, value);
    rk_csv_cell(out, text);
}

static void put_pair(struct dedupe *stage, const struct dedupe_compare *compare,
                     const struct link_pair *pair)
{
    struct rk_csv_writer *out = &stage->pairs;

    rk_csv_cell(out, compare->source->name);
    rk_csv_cell(out, dedupe_compare_name(compare, pair->a));
    rk_csv_cell(out, dedupe_compare_name(compare, pair->b));
    put_rounded(out, "%.4f", (double)pair->weight);
    put_rounded(out, "%.4f", link_model_probability(&compare->model, (double)pair->weight));
    rk_csv_cell(out, verdicts[pair->verdict]);
    rk_csv_cell(out, whys[pair->why]);
    rk_csv_end(out);
}

static const char *file_line(const struct dedupe_compare *compare, uint32_t row)
{
    return dedupe_compare_frame(compare, row)->file_line[compare->rows[row]];
}

static void put_decision(struct dedupe *stage, const struct dedupe_compare *compare,
                         struct rk_arena *scratch, const struct link_pair *pair)
{
    struct rk_csv_writer *out = &stage->decisions;
    const struct link_model *model = &compare->model;
    char mark_a[17], mark_b[17];

    dedupe_answers_mark(compare, pair->a, mark_a);
    dedupe_answers_mark(compare, pair->b, mark_b);
    rk_csv_cell(out, compare->source->name);
    rk_csv_cell(out, dedupe_compare_name(compare, pair->a));
    rk_csv_cell(out, dedupe_compare_name(compare, pair->b));
    rk_csv_cell(out, file_line(compare, pair->a));
    rk_csv_cell(out, file_line(compare, pair->b));
    put_rounded(out, "%.1f", (double)pair->weight);
    put_rounded(out, "%.2f", link_model_probability(model, (double)pair->weight));
    rk_csv_cell(out, link_words_why((enum link_why)pair->why));
    rk_csv_cell(out, link_words_evidence(scratch, model, &compare->table, pair));
    rk_csv_cell(out, link_words_weight(scratch, model, &compare->table, pair));
    rk_csv_cell(out, mark_a);
    rk_csv_cell(out, mark_b);
    rk_csv_cell(out, dedupe_answers_state(pair));
    rk_csv_end(out);
}

/* ---- what was learned ---- */

static void put_learned(struct rk_csv_writer *out, const struct dedupe_compare *compare,
                        size_t column, unsigned answer)
{
    const struct link_model *model = &compare->model;
    const struct link_field *field = compare->table.columns[column].field;

    if (model->share[LINK_PERSON][column][answer] <= 0) return;
    rk_csv_cell(out, compare->source->name);
    rk_csv_cell(out, "level");
    rk_csv_cell(out, field->name);
    rk_csv_cell(out, answer == LINK_SWAPPED        ? "names_swapped"
                     : answer == LINK_HALF_SWAPPED ? "names_half_swapped"
                                                   : link_test_word(
                                                         field->levels[answer - 1].test));
    put_rounded(out, "%.5f", model->share[LINK_PERSON][column][answer]);
    put_rounded(out, "%.8f", model->share[LINK_OTHERS][column][answer]);
    put_rounded(out, "%.2f", model->weight[LINK_PERSON][column][answer]);
    rk_csv_cell(out, "");
    rk_csv_end(out);
}

static void put_fact(struct rk_csv_writer *out, const struct dedupe_compare *compare,
                     const char *what, const char *format, double value)
{
    rk_csv_cell(out, compare->source->name);
    rk_csv_cell(out, what);
    for (int empty = 0; empty < 5; empty++)
        rk_csv_cell(out, "");
    if (isfinite(value))
        put_rounded(out, format, value);
    else
        rk_csv_cell(out, "");
    rk_csv_end(out);
}

static void put_facts(struct rk_csv_writer *out, const struct dedupe_compare *compare)
{
    const struct link_model *model = &compare->model;
    const struct {
        const char *what, *format;
        double value;
    } facts[] = {
        {"records", "%.0f", (double)compare->table.rows},
        {"expected_same", "%.1f", model->expected[LINK_PERSON]},
        {"expected_home", "%.1f", model->expected[LINK_HOME]},
        {"expected_namesakes", "%.1f", model->expected[LINK_NAMESAKES]},
        {"prior_bits", "%.2f", model->prior[LINK_PERSON]},
        {"line_same", "%.2f", compare->lines.same},
        {"line_unsure", "%.2f", compare->lines.unsure},
        {"expected_wrong", "%.5f", compare->lines.wrong},
        {"wrong_up_to", "%.5f", compare->lines.wrong_up_to},
        {"expected_missed", "%.5f", compare->lines.missed},
        {"bridges_taken_back", "%.0f", (double)compare->clusters.bridges},
        {"largest_group", "%.0f", (double)compare->clusters.largest},
        {"answers_kept", "%.0f", (double)compare->kept},
        {"answers_expired", "%.0f", (double)compare->expired},
        {"same_at_strict", "%.0f", dedupe_compare_alike(compare, LINK_STRICT)},
        {"same_at_loose", "%.0f", dedupe_compare_alike(compare, LINK_LOOSE)},
    };

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        put_fact(out, compare, facts[i].what, facts[i].format, facts[i].value);
}

static void put_blocks(struct rk_csv_writer *out, struct rk_arena *scratch,
                       const struct dedupe_compare *compare)
{
    for (size_t i = 0; i < compare->plan.rule_count; i++) {
        const struct link_block_rule *rule = &compare->plan.rules[i];

        rk_csv_cell(out, compare->source->name);
        rk_csv_cell(out, "block");
        rk_csv_cell(out, link_plan_rule_words(scratch, &compare->plan, rule));
        for (int empty = 0; empty < 4; empty++)
            rk_csv_cell(out, "");
        rk_csv_cell(out, rule->blocks_left_out
                             ? rk_arena_printf(scratch, "%zu rows in %zu large blocks left out",
                                               rule->rows_left_out, rule->blocks_left_out)
                             : "");
        rk_csv_end(out);
    }
}

/* Of two that a chain of other pairs joins anyway nothing is asked. */
static bool is_asked(const struct dedupe_compare *compare, const struct link_pair *pair)
{
    const uint32_t *group = compare->clusters.group;

    if (pair->why == LINK_BY_PERSON) return true;
    return pair->verdict == LINK_UNSURE && !(group && group[pair->a] == group[pair->b]);
}

long dedupe_review_open_pairs(const struct dedupe_compare *compare)
{
    long count = 0;

    for (size_t i = 0; i < compare->pairs.count; i++)
        count += compare->pairs.pairs[i].verdict == LINK_UNSURE &&
                 compare->pairs.pairs[i].why != LINK_BY_PERSON &&
                 is_asked(compare, &compare->pairs.pairs[i]);
    return count;
}

void dedupe_review_write(struct dedupe *stage, const struct dedupe_compare *compare)
{
    struct rk_arena *scratch = rk_arena_new();

    for (size_t i = 0; i < compare->pairs.count; i++) {
        const struct link_pair *pair = &compare->pairs.pairs[i];

        if (pair->verdict == LINK_DIFFERENT && pair->why == LINK_BY_WEIGHT) continue;
        put_pair(stage, compare, pair);
        if (is_asked(compare, pair))
            put_decision(stage, compare, scratch, pair);
        rk_arena_reset(scratch);
    }
    for (size_t c = 0; c < compare->table.column_count; c++)
        for (unsigned answer = 1; answer < LINK_ANSWERS; answer++)
            put_learned(&stage->linkage, compare, c, answer);
    put_facts(&stage->linkage, compare);
    put_blocks(&stage->linkage, scratch, compare);
    rk_arena_free(scratch);
}
