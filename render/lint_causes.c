// SPDX-License-Identifier: MIT
/** Causal words need a design that can bear them (rules: design in study.yaml). */
#include "render/lint_priv.h"

#include <string.h>

/** "PROGRAMME" stands for the programme's name or "the programme", "the project" and the like. */
static const char *const phrases[] = {
    "impact of",           "impact on",           "the impact",
    "effect of PROGRAMME", "effects of PROGRAMME", "because of PROGRAMME",
    "due to PROGRAMME",    "thanks to PROGRAMME", "as a result of PROGRAMME",
    "owing to PROGRAMME",  "caused by PROGRAMME", "attributable to",
    "PROGRAMME caused",    "PROGRAMME increased", "PROGRAMME reduced",
    "PROGRAMME raised",    "PROGRAMME improved",  "PROGRAMME led to",
    "PROGRAMME has increased", "PROGRAMME has reduced", "PROGRAMME has raised",
    "PROGRAMME has improved",  "PROGRAMME has led to", "PROGRAMME lifted",
    "PROGRAMME has lifted",    "PROGRAMME boosted",    "PROGRAMME has boosted",
    "PROGRAMME lowered",       "PROGRAMME has lowered", "PROGRAMME brought about",
    "PROGRAMME made clients",  "PROGRAMME has made clients", "PROGRAMME made people",
    "PROGRAMME has made people", "PROGRAMME made participants", "PROGRAMME has made participants"
};

static const char *const names[] = {"the programme", "the project",      "the service",
                                    "the scheme",    "the intervention", "the support",
                                    "this programme", "programme",       "the advice",
                                    "the training",  "the course",       "the sessions"};

static void add_cause(struct lint *lint, const char *phrase, const char *name)
{
    const char *slot = strstr(phrase, "PROGRAMME");
    char *words = rk_arena_printf(lint->arena, "%.*s%s%s",
                                  slot ? (int)(slot - phrase) : (int)strlen(phrase), phrase,
                                  slot ? name : "", slot ? slot + strlen("PROGRAMME") : "");

    for (char *c = words; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
    RK_ROOM(lint->arena, lint->causes, lint->cause_count, lint->cause_cap);
    lint->causes[lint->cause_count++] = words;
}

/** Every phrase with every way to name the programme, once. */
static void make_causes(struct lint *lint)
{
    size_t count = sizeof names / sizeof *names;

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        bool slot = strstr(phrases[i], "PROGRAMME") != NULL;
        add_cause(lint, phrases[i], lint->study->programme);
        for (size_t k = 0; slot && k < count; k++)
            add_cause(lint, phrases[i], names[k]);
    }
}

void lint_causes(struct lint *lint, const struct lint_sentence *sentence)
{
    if (lint->study->design != DESIGN_BEFORE_AFTER || sentence->segment->cited ||
        sentence->segment->idle)
        return;
    if (!lint->causes)
        make_causes(lint);
    for (size_t at = 0; at < sentence->count; at++)
        for (size_t i = 0; i < lint->cause_count; i++) {
            size_t next = lint->causes[i][0] == sentence->words[at].text[0]
                              ? lint_phrase(sentence, at, lint->causes[i])
                              : 0;
            if (!next || lint_before(sentence, at, 6,
                                     "not|no|never|cannot|whether|nobody|nor|neither|if|until"))
                continue;
            size_t start = sentence->words[at].start, end = sentence->words[next - 1].end;
            lint_find(lint, "cause", true, start, end,
                      "\"%s\" says what caused it, and the study compares with nobody outside "
                      "the programme; write \"changed\", \"went with\", or set rules: {design: "
                      "comparison} where the study has one",
                      lint_quote(lint, start, end));
            at = next - 1;
            break;
        }
}
