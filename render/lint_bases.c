// SPDX-License-Identifier: MIT
/** Of whom a sentence speaks: bases that differ, records called clients, percent for points, and
 *  what may not stand in a headline. */
#include "render/lint_priv.h"

#include <ctype.h>
#include <string.h>

static const char people[] =
    "clients|client|people|persons|participants|respondents|men|women|residents|customers|users";
static const char records[] = "records|answers|responses|rows|entries|services|ratings";
static const char moves[] = "rose|fell|increased|decreased|grew|dropped|declined|up|down|rise|"
                            "fall|increase|decrease|drop|gained|lost|higher|lower|changed";

/** "records" where several may be of one client, "clients"; NULL when it is neither for certain. */
static const char *counts(const struct lint *lint, const struct cell *cell)
{
    const struct study_result *result = study_result(lint->study, cell->result);
    const struct base *base = results_find_base(lint->results, cell->base_id);

    if (cell->unit == UNIT_CLIENTS)
        return "clients";
    if (result && result->cluster)
        return "records";
    return result && !result->records && base && strcmp(base->unit, "clients") == 0 ? base->unit
                                                                                    : NULL;
}

/* ---- clients over records ---- */

static void check_noun(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    const struct lint_token *token = sentence->words[at].token;
    const char *unit = counts(lint, token->cell);
    size_t noun = at + 1;

    if (!unit || (token->cell->unit != UNIT_PERCENT && token->cell->unit != UNIT_CLIENTS &&
                  token->cell->unit != UNIT_RECORDS))
        return;
    if (noun < sentence->count && strcmp(sentence->words[noun].text, "of") == 0)
        do
            noun++;
        while (noun < sentence->count && noun < at + 4 &&
               lint_one_of(sentence->words[noun].text, "the|these|all|our|those"));
    if (noun >= sentence->count)
        return;
    const char *word = sentence->words[noun].text;
    bool wrong = (strcmp(unit, "records") == 0 && lint_one_of(word, people)) ||
                 (strcmp(unit, "clients") == 0 &&
                  lint_one_of(word, "records|answers|responses|rows"));
    if (wrong)
        lint_find(lint, "unit", true, token->start, sentence->words[noun].end,
                  "%s counts %s, not \"%s\"; name what is counted%s", token->cell->id, unit, word,
                  lint_one_of(word, records) ? ""
                                             : " (answers, records), or let the study count "
                                               "clients (distinct: COLUMN)");
}

/* ---- percentages subtracted as percent ---- */

static void check_points(struct lint *lint, const struct lint_sentence *sentence, size_t at)
{
    const struct lint_token *token = sentence->words[at].token;
    const char *after = lint->text + token->end;

    if (token->cell->unit == UNIT_POINTS &&
        (*after == '%' || lint_phrase(sentence, at + 1, "per cent") ||
         lint_phrase(sentence, at + 1, "percent")))
        lint_find(lint, "percent-change", true, token->start, token->end + (*after == '%'),
                  "%s is a difference of percentages: percentage points, not per cent; write {{ "
                  "%s }} alone",
                  token->cell->id, token->cell->id);
    if (token->cell->unit == UNIT_PERCENT && !token->word[0] && lint_before(sentence, at, 1, "by") &&
        lint_before(sentence, at, 5, moves))
        lint_find(lint, "percent-change", true, token->start, token->end,
                  "%s is a share, not a change; a change of shares is in percentage points ({{ "
                  "%s.%s.change.points }})",
                  token->cell->id, token->cell->result, token->cell->row);
}

/* ---- two bases ---- */

static bool prints_base(const struct lint_sentence *sentence, const struct cell *cell)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const struct lint_token *token = sentence->words[i].token;
        if (token && token->cell && token->cell->base == cell->base &&
            lint_one_of(token->word, "base|of|full|say|base_words"))
            return true;
    }
    return false;
}

static bool compares(const struct lint_sentence *sentence)
{
    static const char links[] =
        "from|to|than|against|compared|rose|fell|increased|decreased|up|down|versus|while|but";

    for (size_t i = 0; i < sentence->count; i++)
        if (lint_one_of(sentence->words[i].text, links))
            return true;
    return false;
}

static bool is_value(const struct cell *cell)
{
    return cell->unit == UNIT_PERCENT || cell->unit == UNIT_SCORE;
}

static const struct lint_token *value_token(const struct lint_sentence *sentence, size_t at)
{
    const struct lint_token *token = sentence->words[at].token;

    return token && token->cell && is_value(token->cell) &&
                   !lint_one_of(token->word, "base|n|of|full|row|column|base_words")
               ? token
               : NULL;
}

/** Columns of a table by column percentages are groups, each with a base of its own. */
static bool are_groups(const struct lint *lint, const struct cell *cell)
{
    const struct study_result *result = study_result(lint->study, cell->result);

    return result && result->kind == RESULT_TABLE && result->percent == PERCENT_COLUMN;
}

/** Two figures for one group whose bases differ, and neither base is said. */
static bool bases_differ(const struct lint *lint, const struct lint_sentence *sentence,
                         const struct cell *a, const struct cell *b)
{
    return !are_groups(lint, a) && strcmp(a->result, b->result) == 0 && strcmp(a->row, b->row) == 0 &&
           strcmp(a->measure, b->measure) == 0 && strcmp(a->column, b->column) != 0 &&
           strcmp(a->base_id, b->base_id) != 0 && a->base != b->base &&
           !(prints_base(sentence, a) && prints_base(sentence, b));
}

static void check_bases(struct lint *lint, const struct lint_sentence *sentence)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const struct lint_token *a = value_token(sentence, i);
        for (size_t k = i + 1; a && k < sentence->count; k++) {
            const struct lint_token *b = value_token(sentence, k);
            if (!b || !bases_differ(lint, sentence, a->cell, b->cell))
                continue;
            lint_find(lint, "two-bases", true, b->start, b->end,
                      "%s is of %ld and %s of %ld: two bases in one comparison; take columns of "
                      "one base (initial and latest, linked_initial and linked_latest) or print "
                      "both (| of)",
                      a->cell->id, a->cell->base, b->cell->id, b->cell->base);
            return;
        }
    }
}

void lint_bases(struct lint *lint, const struct lint_sentence *sentence)
{
    if (!lint->results || sentence->segment->idle)
        return;
    for (size_t i = 0; i < sentence->count; i++) {
        const struct lint_token *token = sentence->words[i].token;
        if (!token || !token->cell)
            continue;
        check_noun(lint, sentence, i);
        check_points(lint, sentence, i);
    }
    if (compares(sentence))
        check_bases(lint, sentence);
}

/* ---- headlines ---- */

static void check_headline(struct lint *lint, const struct cell *cell, size_t start, size_t end)
{
    const char *mark = narrative_mark(cell);

    if (mark)
        lint_find(lint, "headline", true, start, end,
                  "%s is %s and stands in a headline; say there what can be shown, and the rest "
                  "in the text",
                  cell->id, mark);
    else if (narrative_is_low(lint->reading, cell))
        lint_find(lint, "headline", true, start, end,
                  "%s rests on %ld and stands in a headline: too few for one; take a larger group, "
                  "or say it in the text with its base",
                  cell->id, cell->base);
}

void lint_headlines(struct lint *lint, const struct lint_sentence *sentence)
{
    const struct lint_segment *segment = sentence->segment;

    if (!lint->results || !segment->headline || segment->idle)
        return;
    for (size_t i = 0; i < sentence->count; i++) {
        const struct lint_token *token = sentence->words[i].token;
        if (token && token->cell && !lint_one_of(token->word, "base|row|column|base_words"))
            check_headline(lint, token->cell, token->start, token->end);
    }
    for (size_t i = 0; i < segment->tested_count && !segment->instead; i++)
        check_headline(lint, segment->tested[i], segment->start, segment->end);
}
