// SPDX-License-Identifier: MIT
#include "pipeline/driver/lint_people.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/frame.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** What a portrait says of one variable: codes, or a range of numbers. */
struct trait {
    const struct frame_column *column;
    bool *codes;     /**< those named, or NULL */
    double low, high;
};

struct portrait {
    struct rk_arena *arena;
    const char *words; /**< folded */
    struct trait *traits;
    size_t count;
};

/* ---- words ---- */

static const char *find_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[n]))
            return at;
    return NULL;
}

enum { FEW_CODES = 5, LONG_WORD = 5, SHORT_WORD = 3 };

/** In a long list a short spelling ("back") is more likely an ordinary word. */
static bool take_codes(struct portrait *portrait, struct trait *trait)
{
    const struct code_list *list = trait->column->codes;
    size_t least = list->count <= FEW_CODES ? SHORT_WORD : LONG_WORD;
    bool any = false;

    trait->codes = RK_ARRAY(portrait->arena, bool, list->count + 1);
    for (size_t i = 0; i < rk_map_count(list->lookup); i++) {
        const char *spelling = rk_map_key(list->lookup, i);
        if (strlen(spelling) < least || isdigit((unsigned char)spelling[0]) ||
            !find_word(portrait->words, spelling))
            continue;
        trait->codes[list->code_of[i]] = any = true;
    }
    return any;
}

/* ---- ages and other numbers ---- */

static const char *const decades[] = {"teens",   "twenties",  "thirties", "forties",
                                      "fifties", "sixties", "seventies", "eighties"};

/** "late forties": 45 to 49; "forties": 40 to 49. Several decades make one wide range. */
static bool take_decades(const char *words, double *low, double *high)
{
    bool any = false;

    for (size_t i = 0; i < sizeof decades / sizeof *decades; i++) {
        const char *at = find_word(words, decades[i]);
        double from = 10 * ((double)i + 1), to = from + 9;
        if (!at)
            continue;
        if (at - words >= 5 && strncmp(at - 5, "late ", 5) == 0)
            from += 5;
        if (at - words >= 6 && strncmp(at - 6, "early ", 6) == 0)
            to -= 5;
        *low = any && *low < from ? *low : from;
        *high = any && *high > to ? *high : to;
        any = true;
    }
    return any;
}

static bool word_before(const char *words, const char *at, const char *word)
{
    size_t n = strlen(word);

    while (at > words && at[-1] == ' ')
        at--;
    return (size_t)(at - words) >= n && strncmp(at - n, word, n) == 0;
}

/** "45 to 54", "45-54", "over 55", "55 or over", "under 25", "aged 51", "51-year-old". */
static bool take_number(const char *words, double *low, double *high)
{
    for (const char *p = words; *p; p++) {
        char *end;
        if (!isdigit((unsigned char)*p) || (p > words && isalnum((unsigned char)p[-1])))
            continue;
        double first = strtod(p, &end), second;
        const char *dash = strncmp(end, " to ", 4) == 0 ? end + 4 : *end == '-' ? end + 1 : NULL;
        if (dash && isdigit((unsigned char)*dash)) {
            second = strtod(dash, NULL);
            *low = first, *high = second;
            return second > first;
        }
        if (word_before(words, p, "over") || strncmp(end, " or over", 8) == 0 ||
            strncmp(end, " and over", 9) == 0) {
            *low = first, *high = HUGE_VAL;
            return true;
        }
        if (word_before(words, p, "under") || strncmp(end, " or under", 9) == 0) {
            *low = -HUGE_VAL, *high = first;
            return true;
        }
        if (word_before(words, p, "aged") || strncmp(end, "-year-old", 9) == 0 ||
            (word_before(words, p, "is") && strncmp(end, " and ", 5) == 0)) {
            *low = *high = first;
            return true;
        }
    }
    return false;
}

/* ---- traits and people ---- */

static void take_traits(struct portrait *portrait, const struct study *study,
                        const struct frame *people)
{
    portrait->traits = RK_ARRAY(portrait->arena, struct trait, study->identifying_count + 1);
    for (size_t i = 0; i < study->identifying_count; i++) {
        struct trait *trait = &portrait->traits[portrait->count];
        *trait = (struct trait){.column = frame_column(people, study->identifying[i])};
        if (!trait->column)
            continue;
        bool said = trait->column->codes ? take_codes(portrait, trait)
                    : take_number(portrait->words, &trait->low, &trait->high) ||
                          take_decades(portrait->words, &trait->low, &trait->high);
        portrait->count += said;
    }
}

static bool has_trait(const struct trait *trait, size_t row)
{
    int64_t value = frame_whole(trait->column, row);

    if (value == RK_NO_VALUE)
        return false;
    if (trait->codes)
        return trait->codes[value];
    return (double)value >= trait->low && (double)value <= trait->high;
}

/** How many people have every trait, but the one left out (count: none is). */
static long fitting(const struct portrait *portrait, const struct frame *people, size_t without)
{
    long fit = 0;

    for (size_t row = 0; row < people->rows; row++) {
        bool all = true;
        for (size_t i = 0; i < portrait->count && all; i++)
            all = i == without || has_trait(&portrait->traits[i], row);
        fit += all;
    }
    return fit;
}

static const char *label_of(const struct trait *trait)
{
    const struct study_column *declared = trait->column->declared;
    return declared && declared->label ? declared->label : trait->column->name;
}

static const char *named(const struct portrait *portrait)
{
    const char *list = "";

    for (size_t i = 0; i < portrait->count; i++)
        list = rk_arena_printf(portrait->arena, "%s%s%s", list,
                               i == 0                      ? ""
                               : i + 1 == portrait->count ? " and "
                                                           : ", ",
                               label_of(&portrait->traits[i]));
    return list;
}

/** What to leave out: the first trait without which enough people fit. */
static const char *mend(const struct portrait *portrait, const struct frame *people, long least)
{
    for (size_t i = portrait->count; i-- > 0;)
        if (portrait->count > 1 && fitting(portrait, people, i) >= least)
            return rk_arena_printf(portrait->arena, "leave out or widen \"%s\"",
                                   label_of(&portrait->traits[i]));
    return "leave most of it out";
}

static void check(const struct lint_portrait *words, const struct study *study,
                  const struct frame *people, struct rk_arena *arena, struct lint_finding *out)
{
    struct portrait portrait = {.arena = arena, .words = rk_text_fold(arena, words->words)};

    take_traits(&portrait, study, people);
    if (!portrait.count || fitting(&portrait, people, portrait.count) >= study->suppress_below)
        return;
    *out = (struct lint_finding){
        .place = words->place,
        .rule = "person",
        .error = true,
        .message = rk_arena_printf(
            arena,
            "%s together fit fewer than %ld of the people in the data: somebody could be "
            "recognised; %s, or say why it may stand: cleared=\"agreed with the client, ...\"",
            named(&portrait), study->suppress_below, mend(&portrait, people, study->suppress_below)),
    };
}

rk_status lint_people(struct rk_run *run, const char *name, struct lint_findings *out)
{
    const struct study *study;
    struct lint_portrait *portraits = NULL;
    struct frame *people;
    size_t count;

    *out = (struct lint_findings){0};
    RK_TRY(study_open(run, &study));
    if (!study->identifying_count || !run->out_dir ||
        access(rk_run_path(run, "20-people", "people.csv"), R_OK) != 0)
        return RK_OK;
    RK_TRY(lint_portraits(run, name, &portraits, &count));
    if (!count)
        return RK_OK;
    RK_TRY(frame_read(run, "20-people", "people", &people));
    out->items = RK_ARRAY(run->arena, struct lint_finding, count);
    for (size_t i = 0; i < count; i++) {
        struct lint_finding *next = &out->items[out->count];
        if (portraits[i].cleared)
            continue;
        check(&portraits[i], study, people, run->arena, next);
        out->count += next->message != NULL;
    }
    return RK_OK;
}
