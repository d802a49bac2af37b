// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_words.h"

#include "pipeline/contract/period.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A term with what the study says of its variable. */
struct told {
    const struct study_column *column; /**< NULL: a record at a point, or something unknown */
    const struct study_point *point;   /**< where it was told; NULL: no matter */
    const char *label, *code, *name;
};

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

const char *tab_lowered(struct rk_arena *arena, const char *label)
{
    char *text = rk_arena_copy(arena, label);

    if (isupper((unsigned char)text[0]) && !isupper((unsigned char)text[1]))
        text[0] = (char)tolower((unsigned char)text[0]);
    return text;
}

static const struct study_source *source_of_frame(const struct study *study, const char *frame)
{
    size_t length = strcspn(frame, "+.");

    for (size_t i = 0; i < study->source_count; i++) {
        const char *name = study->sources[i].name;

        if (strlen(name) == length && strncmp(name, frame, length) == 0)
            return &study->sources[i];
    }
    return study->people;
}

static struct told told_of(const struct tab_desk *desk, const struct tab_who *who, size_t at)
{
    const struct study *study = desk->study;
    const struct tab_term *term = &who->terms[at];
    const char *dot = strchr(term->variable, '.');
    const struct study_source *source = source_of_frame(study, who->frame);
    struct told told = {.name = term->variable, .code = term->code};

    if (dot) {
        const char *prefix =
            rk_arena_copy_n(desk->arena, term->variable, (size_t)(dot - term->variable));

        told.point = study_point(study, prefix);
        source = told.point ? told.point->source : study->people;
        told.name = dot + 1;
    }
    told.column = study_column(source, told.name);
    if (!told.column && !dot) told.point = study_point(study, term->variable);
    told.label = told.column && told.column->label ? told.column->label : told.name;
    return told;
}

/* A variable that is also told at another point was told by the person at first. */
static void place_own(const struct tab_desk *desk, const struct tab_who *who, size_t at,
                      struct told *told)
{
    const char *name = who->terms[at].variable;

    if (told->point || !same(who->frame, "people")) return;
    for (size_t i = 0; i < who->count; i++) {
        const char *dot = strchr(who->terms[i].variable, '.');

        if (dot && same(dot + 1, name)) told->point = tab_people_point(desk->study);
    }
}

static const char *months[] = {"January", "February", "March",     "April",   "May",      "June",
                               "July",    "August",   "September", "October", "November", "December"};

/* "2014_03" or "2015_02_25" */
static const char *month_words(struct rk_arena *arena, const char *code)
{
    int year, month, day;
    int read = sscanf(code, "%4d_%2d_%2d", &year, &month, &day);

    if (read < 2 || month < 1 || month > 12) return code;
    if (read == 3) return rk_arena_printf(arena, "%d %s %d", day, months[month - 1], year);
    return rk_arena_printf(arena, "%s %d", months[month - 1], year);
}

const char *tab_month_words(struct rk_arena *arena, const char *code)
{
    const char *dots = strstr(code, "..");

    if (!dots) return month_words(arena, code);
    return rk_arena_printf(arena, "%s to %s",
                           month_words(arena, rk_arena_copy_n(arena, code, (size_t)(dots - code))),
                           month_words(arena, dots + 2));
}

static const char *code_words(struct rk_arena *arena, const struct told *told, const char *code)
{
    const struct code_list *list = told->column->codes;
    int at = list && told->column->type == COLUMN_CODE ? code_list_find(list, code) : -1;

    enum period_unit unit;
    long period;

    if (told->column->type == COLUMN_DATE) return tab_month_words(arena, code);
    if (list && list->open && period_unit_parse(list->period, &unit) &&
        period_parse(code, unit, &period))
        return period_label(arena, unit, period);
    return at < 0 ? code : list->labels[at];
}

static bool is_question(const char *label)
{
    size_t length = strlen(label);

    return length && label[length - 1] == '?';
}

/* What is said of one variable, in two parts around the place where it was told: "who answered
 * Yes to “Do you ...?”" at the latest review; "whose area" at the initial assessment "is known". */
struct clause {
    const char *before, *after;
};

static struct clause question_clause(struct rk_arena *arena, const struct told *told)
{
    if (same(told->code, TAB_MISSING))
        return (struct clause){
            rk_arena_printf(arena, "who did not answer “%s”", told->label), ""};
    if (same(told->code, TAB_ANSWERED))
        return (struct clause){rk_arena_printf(arena, "who answered “%s”", told->label), ""};
    if (told->code[0] == '!')
        return (struct clause){
            rk_arena_printf(arena, "who answered otherwise than %s to “%s”",
                            code_words(arena, told, told->code + 1), told->label), ""};
    return (struct clause){rk_arena_printf(arena, "who answered %s to “%s”",
                                           code_words(arena, told, told->code), told->label),
                           ""};
}

static struct clause label_clause(struct rk_arena *arena, const struct told *told)
{
    struct clause clause = {rk_arena_printf(arena, "whose %s", tab_lowered(arena, told->label)),
                            ""};

    if (same(told->code, TAB_ANSWERED))
        clause.after = " is known";
    else if (same(told->code, TAB_MISSING))
        clause.after = " is not known";
    else if (told->column->type == COLUMN_DATE)
        clause.after = rk_arena_printf(arena, " lies in %s", code_words(arena, told, told->code));
    else if (told->code[0] == '!')
        clause.after =
            rk_arena_printf(arena, " is not %s", code_words(arena, told, told->code + 1));
    else
        clause.after = rk_arena_printf(arena, " is %s", code_words(arena, told, told->code));
    return clause;
}

static struct clause clause_of(struct rk_arena *arena, const struct told *told)
{
    if (!told->column)
        return (struct clause){rk_arena_printf(arena, "with %s %s", told->name, told->code), ""};
    return is_question(told->label) ? question_clause(arena, told) : label_clause(arena, told);
}

static const char *with_article(struct rk_arena *arena, const char *noun)
{
    bool vowel = strchr("aeiou", tolower((unsigned char)noun[0])) != NULL;

    return rk_arena_printf(arena, "%s %s", vowel ? "an" : "a", noun);
}

/* The sentence as it grows. */
struct sentence {
    struct rk_arena *arena;
    const char *text;
    size_t clauses;
};

static void add(struct sentence *sentence, const char *clause)
{
    sentence->text = rk_arena_printf(sentence->arena, "%s%s%s", sentence->text,
                                     sentence->clauses ? " and " : " ", clause);
    sentence->clauses++;
}

static void add_records(const struct tab_desk *desk, const struct tab_who *who,
                        const bool *done, struct sentence *sentence)
{
    for (size_t i = 0; i < who->count; i++) {
        struct told told = told_of(desk, who, i);
        const char *label;

        if (done[i] || told.column || !told.point) continue;
        label = tab_lowered(desk->arena, told.point->label ? told.point->label : told.name);
        if (same(told.code, TAB_RECORD))
            add(sentence,
                rk_arena_printf(desk->arena, "with %s", with_article(desk->arena, label)));
        else
            add(sentence,
                rk_arena_printf(desk->arena, "without %s", with_article(desk->arena, label)));
    }
}

static const char *at_words(struct rk_arena *arena, const struct told *told)
{
    if (!told->point) return "";
    return rk_arena_printf(arena, " at the %s",
                           tab_lowered(arena, told->point->label ? told->point->label
                                                                 : told->point->name));
}

/* The same thing told at two points is said once: "... at the initial assessment and at the
 * latest review". */
static void add_terms(const struct tab_desk *desk, const struct tab_who *who, bool *done,
                      struct sentence *sentence)
{
    struct rk_arena *arena = desk->arena;

    for (size_t i = 0; i < who->count; i++) {
        struct told told = told_of(desk, who, i);
        struct clause clause;
        const char *at;

        if (done[i] || (!told.column && told.point)) continue;
        place_own(desk, who, i, &told);
        clause = clause_of(arena, &told);
        at = at_words(arena, &told);
        for (size_t j = i + 1; j < who->count; j++) {
            struct told other = told_of(desk, who, j);
            struct clause twin;

            if (done[j] || !other.column) continue;
            place_own(desk, who, j, &other);
            twin = clause_of(arena, &other);
            if (!same(twin.before, clause.before) || !same(twin.after, clause.after)) continue;
            at = rk_arena_printf(arena, "%s and%s", at, at_words(arena, &other));
            done[j] = true;
        }
        add(sentence, rk_arena_printf(arena, "%s%s%s", clause.before, at, clause.after));
    }
}

static bool knows_term(const struct tab_who *known, const struct tab_term *term)
{
    for (size_t i = 0; known && i < known->count; i++) {
        if (same(known->terms[i].variable, term->variable) &&
            same(known->terms[i].code, term->code))
            return true;
    }
    return false;
}

static bool knows_piece(const struct tab_who *known, const char *piece)
{
    for (size_t i = 0; known && i < known->where_count; i++) {
        if (same(known->where[i], piece)) return true;
    }
    return false;
}

static const char *noun(const struct tab_desk *desk, const struct tab_who *who)
{
    const struct study_source *source = source_of_frame(desk->study, who->frame);
    const char *label = source->label ? source->label : source->name;

    if (same(who->frame, "people")) return "clients";
    if (strchr(who->frame, '.'))
        return rk_arena_printf(desk->arena, "clients with a record in the %s",
                               tab_lowered(desk->arena, label));
    return rk_arena_printf(desk->arena, "records of the %s", tab_lowered(desk->arena, label));
}

const char *tab_words(const struct tab_desk *desk, const struct tab_who *who, const char *said,
                      const struct tab_who *known)
{
    struct sentence sentence = {desk->arena, said ? said : noun(desk, who), 0};
    bool done[TAB_TERMS] = {false};
    bool clients = same(who->frame, "people") || strchr(who->frame, '.');

    for (size_t i = 0; said && i < who->count; i++)
        done[i] = knows_term(known, &who->terms[i]);
    if (said) sentence.text = rk_arena_printf(desk->arena, "%s,", said);
    add_records(desk, who, done, &sentence);
    add_terms(desk, who, done, &sentence);
    for (size_t i = 0; i < who->where_count; i++) {
        if (said && knows_piece(known, who->where[i])) continue;
        add(&sentence, rk_arena_printf(desk->arena, "%s %s", clients ? "for whom" : "for which",
                                       who->where[i]));
    }
    return said && !sentence.clauses ? said : sentence.text;
}

static const char *term_rule(struct rk_arena *arena, const struct tab_term *term)
{
    if (same(term->code, TAB_ANSWERED))
        return rk_arena_printf(arena, "%s answered", term->variable);
    if (same(term->code, TAB_RECORD) || same(term->code, TAB_NO_RECORD))
        return rk_arena_printf(arena, "%s: %s", term->variable, term->code);
    if (term->code[0] == '!')
        return rk_arena_printf(arena, "%s answered, not %s", term->variable, term->code + 1);
    return rk_arena_printf(arena, "%s is %s", term->variable, term->code);
}

const char *tab_rule(const struct tab_desk *desk, const struct tab_who *who,
                     const struct tab_who *parent)
{
    const char *rule = same(who->frame, parent->frame) ? "" : "each counted once";

    for (size_t i = 0; i < who->count; i++) {
        if (knows_term(parent, &who->terms[i])) continue;
        rule = rk_arena_printf(desk->arena, "%s%s%s", rule, *rule ? "; " : "",
                               term_rule(desk->arena, &who->terms[i]));
    }
    for (size_t i = 0; i < who->where_count; i++) {
        if (knows_piece(parent, who->where[i])) continue;
        rule = rk_arena_printf(desk->arena, "%s%s%s", rule, *rule ? "; " : "", who->where[i]);
    }
    return rule;
}
