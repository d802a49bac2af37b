// SPDX-License-Identifier: MIT
/** Words that are claims: each is judged by the cells beside it. */
#include "render/lint_priv.h"

#include <string.h>

struct evidence {
    struct lint *lint;
    const struct lint_sentence *sentence;
    const struct cell **cells; /**< of the sentence, then of its claim, then of a title's result */
    size_t count, cap;
    size_t at;                 /**< the word that claims */
};

enum verdict { HOLDS, FAILS, UNKNOWN };

struct judgement {
    enum verdict verdict;
    const char *why;
};

static struct judgement fails(const char *why)
{
    return (struct judgement){FAILS, why};
}

static const struct judgement holds = {HOLDS, NULL}, unknown = {UNKNOWN, NULL};

/* ---- evidence ---- */

static void add_cell(struct evidence *evidence, const struct cell *cell)
{
    for (size_t i = 0; i < evidence->count; i++)
        if (evidence->cells[i] == cell)
            return;
    RK_ROOM(evidence->lint->arena, evidence->cells, evidence->count, evidence->cap);
    evidence->cells[evidence->count++] = cell;
}

/** The overall row of the results that a titled table or figure shows. */
static void add_titled(struct evidence *evidence, const char *names)
{
    const struct results *results = evidence->lint->results;
    char *copy = rk_arena_copy(evidence->lint->arena, names), *save = NULL;

    for (char *name = strtok_r(copy, " ", &save); name; name = strtok_r(NULL, " ", &save))
        for (size_t i = 0; i < results->cell_count; i++)
            if (strcmp(results->cells[i].result, name) == 0 &&
                strcmp(results->cells[i].row, "all") == 0)
                add_cell(evidence, &results->cells[i]);
}

/** "..., most are working ones:": the cells of the items that follow. */
static void add_below(struct evidence *evidence, const struct lint_segment *segment)
{
    const struct lint *lint = evidence->lint;
    const struct lint_segment *next = segment + 1, *last = lint->segments + lint->segment_count;

    for (; next < last && next <= segment + 6 && next->kind == LINT_PARAGRAPH; next++)
        for (size_t i = 0; i < lint->token_count; i++)
            if (lint->tokens[i].cell && lint->tokens[i].start >= next->start &&
                lint->tokens[i].end <= next->end)
                add_cell(evidence, lint->tokens[i].cell);
}

static void gather(struct evidence *evidence)
{
    const struct lint_sentence *sentence = evidence->sentence;
    const struct lint_segment *segment = sentence->segment;

    for (size_t i = 0; i < sentence->cell_count; i++)
        add_cell(evidence, sentence->cells[i]);
    for (size_t i = 0; i < segment->tested_count; i++)
        add_cell(evidence, segment->tested[i]);
    if (segment->results && !segment->claimed && evidence->lint->results)
        add_titled(evidence, segment->results);
    if (!evidence->count && evidence->lint->text[sentence->end - 1] == ':')
        add_below(evidence, segment);
}

static const struct cell *sibling(const struct evidence *evidence, const struct cell *cell,
                                  const char *column, const char *measure)
{
    return results_find(evidence->lint->results,
                        rk_arena_printf(evidence->lint->arena, "%s.%s.%s.%s", cell->result,
                                        cell->row, column, measure));
}

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);
    return a >= b && strcmp(text + a - b, end) == 0;
}

static bool is_change(const struct cell *cell)
{
    return cell->unit == UNIT_POINTS ||
           (ends_with(cell->column, "change") && strcmp(cell->measure, "mean") == 0) ||
           strcmp(cell->measure, "difference") == 0 || strcmp(cell->measure, "slope") == 0;
}

/** A change among the cells, or the change between two of them. */
static const struct cell *change_of(const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->count; i++)
        if (is_change(evidence->cells[i]))
            return evidence->cells[i];
    for (size_t i = 0; i < evidence->sentence->cell_count; i++) {
        const struct cell *cell = evidence->sentence->cells[i];
        const char *initial = strstr(cell->column, "initial"), *latest = strstr(cell->column, "latest");
        const char *end = initial ? initial : latest;
        if (!end)
            continue;
        const char *column = rk_arena_printf(evidence->lint->arena, "%.*schange",
                                             (int)(end - cell->column), cell->column);
        const struct cell *points = sibling(evidence, cell, column, "points");
        const struct cell *mean = sibling(evidence, cell, column, "mean");
        if (points || mean)
            return points ? points : mean;
    }
    return NULL;
}

/** The next two cells of the sentence that can be compared: same measure, not the same cell. */
static bool pair_of(const struct evidence *evidence, const struct cell **a,
                    const struct cell **b)
{
    for (size_t i = 0; i < evidence->count; i++)
        for (size_t k = i + 1; k < evidence->count; k++)
            if (strcmp(evidence->cells[i]->measure, evidence->cells[k]->measure) == 0) {
                *a = evidence->cells[i];
                *b = evidence->cells[k];
                return evidence->sentence->cell_count + evidence->sentence->segment->tested_count > 1;
            }
    return false;
}

static const char *says(const struct evidence *evidence, const struct cell *cell)
{
    const char *interval = narrative_interval(evidence->lint->reading, cell);

    return rk_arena_printf(evidence->lint->arena, "%s is %s%s%s%s", cell->id,
                           lint_value(evidence->lint, cell),
                           interval[0] ? ", interval " : "", interval, "");
}

/* ---- judges ---- */

/** What no cell may carry: a masked value, a small base. */
static const char *too_weak(const struct evidence *evidence, const struct cell *cell)
{
    struct rk_arena *arena = evidence->lint->arena;

    if (narrative_mark(cell))
        return rk_arena_printf(arena, "%s is %s: it supports no claim", cell->id,
                               narrative_mark(cell));
    if (narrative_is_low(evidence->lint->reading, cell))
        return rk_arena_printf(arena, "%s rests on %ld: too few to say", cell->id, cell->base);
    return NULL;
}

static struct judgement judge_direction(struct evidence *evidence, int sign)
{
    const struct cell *change = change_of(evidence), *a, *b;

    if (change) {
        const char *weak = too_weak(evidence, change);
        if (weak)
            return fails(weak);
        if (sign && change->value * sign <= 0)
            return fails(says(evidence, change));
        if (change->low <= 0 && change->high >= 0)
            return fails(rk_arena_printf(evidence->lint->arena,
                                         "%s includes 0; write \"no clear change\", or {{ say "
                                         "%s }}",
                                         says(evidence, change), change->id));
        return holds;
    }
    if (!pair_of(evidence, &a, &b))
        return unknown;
    return !sign || (b->value - a->value) * sign > 0
               ? holds
               : fails(rk_arena_printf(evidence->lint->arena, "%s, %s", says(evidence, a),
                                       says(evidence, b)));
}

static struct judgement judge_rose(struct evidence *evidence)
{
    return judge_direction(evidence, 1);
}

static struct judgement judge_fell(struct evidence *evidence)
{
    return judge_direction(evidence, -1);
}

static struct judgement judge_moved(struct evidence *evidence)
{
    return judge_direction(evidence, 0);
}

static struct judgement judge_still(struct evidence *evidence)
{
    const struct cell *change = change_of(evidence);

    if (!change || isnan(change->low))
        return unknown;
    return change->low <= 0 && change->high >= 0 ? holds : fails(says(evidence, change));
}

/** Is the share of the sentence that is furthest on that side beyond the limit? */
static struct judgement judge_share(struct evidence *evidence, int way, double limit)
{
    const struct cell *share = NULL;

    for (size_t i = 0; i < evidence->count; i++)
        if (evidence->cells[i]->unit == UNIT_PERCENT && !narrative_mark(evidence->cells[i]) &&
            (!share || way * (evidence->cells[i]->value - share->value) > 0))
            share = evidence->cells[i];
    if (!share)
        return unknown;
    if (narrative_is_low(evidence->lint->reading, share))
        return fails(too_weak(evidence, share));
    return way * (share->value - limit) > 0 ? holds : fails(says(evidence, share));
}

static struct judgement judge_most(struct evidence *evidence)
{
    return judge_share(evidence, 1, 50);
}

static struct judgement judge_minority(struct evidence *evidence)
{
    return judge_share(evidence, -1, 50);
}

static struct judgement judge_nearly_all(struct evidence *evidence)
{
    return judge_share(evidence, 1, 90);
}

static struct judgement judge_hardly_any(struct evidence *evidence)
{
    return judge_share(evidence, -1, 10);
}

static struct judgement judge_significant(struct evidence *evidence)
{
    const struct cell *seen = NULL;

    for (size_t i = 0; i < evidence->count; i++) {
        const struct cell *cell = evidence->cells[i];
        double level = isnan(cell->level) ? evidence->lint->study->level : cell->level;
        bool p = cell->unit == UNIT_P;
        if (narrative_mark(cell) || (!p && (!is_change(cell) || isnan(cell->low))))
            continue;
        seen = cell;
        if (p ? cell->value < 1 - level : cell->low > 0 || cell->high < 0)
            return holds;
    }
    return seen ? fails(says(evidence, seen)) : unknown;
}

/** The cell with the largest (sign 1) or smallest value of its result, column and measure. */
static const struct cell *extreme(const struct evidence *evidence, const struct cell *like,
                                  int sign)
{
    const struct results *results = evidence->lint->results;
    const struct cell *best = NULL;

    for (size_t i = 0; i < results->cell_count; i++) {
        const struct cell *cell = &results->cells[i];
        if (strcmp(cell->result, like->result) != 0 || strcmp(cell->column, like->column) != 0 ||
            strcmp(cell->measure, like->measure) != 0 || strcmp(cell->row, "all") == 0 ||
            isnan(cell->value))
            continue;
        if (!best || cell->value * sign > best->value * sign)
            best = cell;
    }
    return best;
}

static struct judgement judge_extreme(struct evidence *evidence, int sign)
{
    const struct lint_sentence *sentence = evidence->sentence;
    const struct cell *missed = NULL;

    for (size_t i = 0; i < sentence->cell_count; i++) {
        const struct cell *best = extreme(evidence, sentence->cells[i], sign);
        for (size_t k = 0; best && k < sentence->cell_count; k++)
            if (sentence->cells[k]->value == best->value &&
                strcmp(sentence->cells[k]->result, best->result) == 0)
                return holds;
        missed = best ? best : missed;
    }
    if (missed)
        return fails(rk_arena_printf(evidence->lint->arena, "it is %s: %s", missed->row_label,
                                     says(evidence, missed)));
    if (!sentence->segment->results || sentence->segment->claimed)
        return unknown;
    for (size_t i = 0; i < evidence->lint->results->cell_count; i++) { /* a title names its row */
        const struct cell *cell = &evidence->lint->results->cells[i];
        if (strcmp(cell->result, sentence->segment->results) != 0 || strcmp(cell->row, "all") == 0 ||
            (cell->unit != UNIT_PERCENT && cell->unit != UNIT_SCORE))
            continue;
        const struct cell *best = extreme(evidence, cell, sign);
        const char *title = lint_quote(evidence->lint, sentence->start, sentence->end);
        const char *label = best->row_label;
        if (strcasestr(title, label))
            return holds;
        char *to = rk_arena_copy(evidence->lint->arena, label), *dash = strchr(to, '-');
        if (dash) { /* "45-54" may be written "45 to 54" */
            *dash = '\0';
            if (strstr(title, rk_arena_printf(evidence->lint->arena, "%s to %s", to, dash + 1)))
                return holds;
        }
        return fails(rk_arena_printf(evidence->lint->arena, "it is %s: %s", label,
                                     says(evidence, best)));
    }
    return unknown;
}

static struct judgement judge_largest(struct evidence *evidence)
{
    return judge_extreme(evidence, 1);
}

static struct judgement judge_smallest(struct evidence *evidence)
{
    return judge_extreme(evidence, -1);
}

static bool inside(double value, const struct cell *cell)
{
    return !isnan(cell->low) && value >= cell->low && value <= cell->high;
}

static struct judgement judge_order(struct evidence *evidence, int sign)
{
    const struct cell *change = NULL, *a, *b;
    const struct lint_word *word = &evidence->sentence->words[evidence->at];

    if (!pair_of(evidence, &a, &b)) {
        for (size_t i = 0; i < evidence->count && !change; i++)
            change = is_change(evidence->cells[i]) ? evidence->cells[i] : NULL;
        if (!change)
            return unknown;
        return change->low <= 0 && change->high >= 0 ? fails(says(evidence, change)) : holds;
    }
    if (!(a->value * sign > b->value * sign))
        return fails(rk_arena_printf(evidence->lint->arena, "%s, %s", says(evidence, a),
                                     says(evidence, b)));
    if (inside(a->value, b) && inside(b->value, a))
        lint_find(evidence->lint, "close", false, word->start, word->end,
                  "each value lies in the other's interval (%s; %s): the data do not tell them "
                  "apart",
                  says(evidence, a), says(evidence, b));
    return holds;
}

static struct judgement judge_higher(struct evidence *evidence)
{
    return judge_order(evidence, 1);
}

static struct judgement judge_lower(struct evidence *evidence)
{
    return judge_order(evidence, -1);
}

static struct judgement judge_ratio(struct evidence *evidence, double ratio)
{
    const struct cell *a, *b;

    if (!pair_of(evidence, &a, &b))
        return unknown;
    double has = b->value / a->value;
    return has > 0.85 * ratio && has < 1.15 * ratio
               ? holds
               : fails(rk_arena_printf(evidence->lint->arena, "%s, %s", says(evidence, a),
                                       says(evidence, b)));
}

static struct judgement judge_doubled(struct evidence *evidence)
{
    return judge_ratio(evidence, 2);
}

static struct judgement judge_halved(struct evidence *evidence)
{
    return judge_ratio(evidence, 0.5);
}

/* ---- the words ---- */

enum {
    SHARE_WORD = 1, /**< see most_is_share */
    BESIDE_CELLS = 3, /**< "improved the form" is no claim: only beside a cell is it one */
    COMPARED = 4,   /**< a claim only where two cells are compared */
    PLACED = 2,     /**< "in the highest band" claims nothing */
};

static const struct {
    const char *phrase;
    struct judgement (*judge)(struct evidence *);
    int kind;
} words[] = {
    {"majority", judge_most, 0},
    {"the bulk of", judge_most, 0},
    {"the lion's share", judge_most, 0},
    {"a minority", judge_minority, 0},
    {"virtually all", judge_nearly_all, 0},
    {"nearly all", judge_nearly_all, 0},
    {"almost all", judge_nearly_all, 0},
    {"nearly everybody", judge_nearly_all, 0},
    {"nearly everyone", judge_nearly_all, 0},
    {"almost everybody", judge_nearly_all, 0},
    {"almost everyone", judge_nearly_all, 0},
    {"hardly any", judge_hardly_any, 0},
    {"hardly anybody", judge_hardly_any, 0},
    {"hardly anyone", judge_hardly_any, 0},
    {"scarcely any", judge_hardly_any, 0},
    {"the most common", judge_largest, 0},
    {"the most frequent", judge_largest, 0},
    {"the largest", judge_largest, PLACED},
    {"the biggest", judge_largest, PLACED},
    {"the highest", judge_largest, PLACED},
    {"the least common", judge_smallest, 0},
    {"the smallest", judge_smallest, PLACED},
    {"the lowest", judge_smallest, PLACED},
    {"most", judge_most, SHARE_WORD},
    {"rose", judge_rose, 0},
    {"has risen", judge_rose, 0},
    {"have risen", judge_rose, 0},
    {"is rising", judge_rose, 0},
    {"are rising", judge_rose, 0},
    {"increased", judge_rose, 0},
    {"grew", judge_rose, 0},
    {"went up", judge_rose, 0},
    {"soared", judge_rose, 0},
    {"surged", judge_rose, 0},
    {"climbed", judge_rose, 0},
    {"jumped", judge_rose, BESIDE_CELLS},
    {"an increase", judge_rose, 0},
    {"a rise", judge_rose, 0},
    {"fell", judge_fell, 0},
    {"has fallen", judge_fell, 0},
    {"have fallen", judge_fell, 0},
    {"is falling", judge_fell, 0},
    {"are falling", judge_fell, 0},
    {"decreased", judge_fell, 0},
    {"declined", judge_fell, 0},
    {"dropped", judge_fell, 0},
    {"went down", judge_fell, 0},
    {"came down", judge_fell, BESIDE_CELLS},
    {"plummeted", judge_fell, 0},
    {"plunged", judge_fell, 0},
    {"slumped", judge_fell, 0},
    {"tumbled", judge_fell, 0},
    {"shrank", judge_fell, 0},
    {"a decrease", judge_fell, 0},
    {"a decline", judge_fell, 0},
    {"improved", judge_moved, BESIDE_CELLS},
    {"worsened", judge_moved, BESIDE_CELLS},
    {"no change", judge_still, 0},
    {"no clear change", judge_still, 0},
    {"did not change", judge_still, 0},
    {"remained unchanged", judge_still, 0},
    {"stayed the same", judge_still, 0},
    {"held steady", judge_still, 0},
    {"stood still", judge_still, 0},
    {"remained stable", judge_still, 0},
    {"stayed stable", judge_still, 0},
    {"remained steady", judge_still, 0},
    {"hardly changed", judge_still, 0},
    {"barely changed", judge_still, 0},
    {"significant", judge_significant, 0},
    {"significantly", judge_significant, 0},
    {"beyond chance", judge_significant, 0},
    {"more than chance", judge_significant, 0},
    {"outstrips", judge_higher, 0},
    {"outstripped", judge_higher, 0},
    {"exceeds", judge_higher, COMPARED},
    {"exceeded", judge_higher, COMPARED},
    {"outnumber", judge_higher, COMPARED},
    {"outnumbered", judge_higher, COMPARED},
    {"commoner", judge_higher, COMPARED},
    {"more common", judge_higher, COMPARED},
    {"rarer", judge_lower, COMPARED},
    {"less common", judge_lower, COMPARED},
    {"higher than", judge_higher, 0},
    {"larger than", judge_higher, 0},
    {"greater than", judge_higher, 0},
    {"lower than", judge_lower, 0},
    {"smaller than", judge_lower, 0},
    {"doubled", judge_doubled, 0},
    {"halved", judge_halved, 0},
};

/** "most clients", "most of the answers"; not "at most", "most severe", "the most positive". */
static bool most_is_share(const struct lint_sentence *sentence, size_t at)
{
    const char *after = at + 1 < sentence->count ? sentence->words[at + 1].text : "";

    if (lint_before(sentence, at, 1, "at|the|its|their|far|is|matters"))
        return false;
    if (lint_phrase(sentence, at, "most of its") || lint_phrase(sentence, at, "most of all") ||
        lint_phrase(sentence, at, "most of the time"))
        return false;
    if (lint_one_of(after, "of|are|were|have|had|say|said|think|thought|see|saw|live|name|do|did|"
                           "believe|believed|feel|felt"))
        return true;
    return after[0] && strlen(after) > 3 && after[strlen(after) - 1] == 's' &&
           !lint_one_of(after, "serious|famous|various|obvious|previous|dangerous|anxious");
}

/** Wished, asked, denied or supposed: nothing is claimed. */
static bool asserted(const struct lint_sentence *sentence, size_t at)
{
    return !lint_before(sentence, at, 4,
                        "not|no|never|neither|nor|whether|if|would|should|could|may|might|can|"
                        "cannot|must|nobody|none|until|unless|to") &&
           !lint_before(sentence, at, at, "whether") &&
           !lint_one_of(sentence->words[0].text, "if|unless|until|had");
}

static bool negative_itself(struct judgement (*judge)(struct evidence *))
{
    return judge == judge_still;
}

static void judge_word(struct lint *lint, const struct lint_sentence *sentence, size_t at,
                       size_t next, struct judgement (*judge)(struct evidence *))
{
    struct evidence evidence = {.lint = lint, .sentence = sentence, .at = at};
    size_t start = sentence->words[at].start, end = sentence->words[next - 1].end;
    const char *claim = lint_quote(lint, start, end);
    struct judgement judgement = unknown;
    bool named = lint->text[sentence->end - 1] == ':';

    gather(&evidence);
    for (size_t i = 0; i < sentence->count; i++)
        named |= sentence->words[i].token && sentence->words[i].token->names_cell;
    if (lint->results)
        judgement = judge(&evidence);
    if (judgement.verdict == FAILS)
        lint_find(lint, "claim", true, start, end, "the cells do not support \"%s\": %s", claim,
                  judgement.why);
    if (judgement.verdict == UNKNOWN && !sentence->segment->claimed &&
        (lint->results || (!named && !sentence->segment->results)))
        lint_find(lint, "no-evidence", true, start, end,
                  "\"%s\" is a claim and no cell of the sentence can bear it out; put the cell "
                  "into the sentence, write ?? CELL > NUMBER : \"...\", or cite it ({{ reported "
                  "\"%s\" | source=\"...\" }})",
                  claim, claim);
}

void lint_claims(struct lint *lint, const struct lint_sentence *sentence)
{
    if (sentence->segment->cited || sentence->segment->idle ||
        sentence->segment->kind == LINT_SMALL)
        return;
    for (size_t at = 0; at < sentence->count; at++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t next = lint_phrase(sentence, at, words[i].phrase);
            if (!next || (words[i].kind == SHARE_WORD && !most_is_share(sentence, at)) ||
                (words[i].kind == PLACED && lint_before(sentence, at, 1, "in|of|from|at|to|between")))
                continue;
            if ((words[i].kind == BESIDE_CELLS && !sentence->cell_count) ||
                (words[i].kind == COMPARED && sentence->cell_count < 2))
                continue;
            if (negative_itself(words[i].judge) || asserted(sentence, at))
                judge_word(lint, sentence, at, next, words[i].judge);
            at = next - 1;
            break;
        }
}
