// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_words.h"

#include "pipeline/contract/period.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A term with what the study says of its variable. */
struct told {
    const struct study_column
        *column;                     /**< NULL: a record at a point, or something unknown */
    const struct study_point *point; /**< where it was told; NULL: no matter */
    const char *label, *code, *name;
    bool of_client;  /* told by a person, not by a record */
    bool of_records; /* by the person behind a record */
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

static const struct study_source *source_of_frame(const struct study *study,
                                                  const char *frame)
{
    size_t length = strcspn(frame, "+.");

    for (size_t i = 0; i < study->source_count; i++) {
        const char *name = study->sources[i].name;

        if (strlen(name) == length && strncmp(name, frame, length) == 0)
            return &study->sources[i];
    }
    return study->people;
}

static struct told told_of_term(const struct tab_desk *desk, const struct tab_who *who,
                                const struct tab_term *term)
{
    const struct study *study = desk->study;
    const char *dot = strchr(term->variable, '.');
    const struct study_source *source = source_of_frame(study, who->frame);
    struct told told = {.name = term->variable, .code = term->code};
    bool people = same(who->frame, "people");

    if (dot) {
        const char *prefix =
            rk_arena_copy_n(desk->arena, term->variable, (size_t)(dot - term->variable));

        told.point = study_point(study, prefix);
        source = told.point ? told.point->source : study->people;
        told.name = dot + 1;
    }
    told.of_client = people || dot;
    told.of_records = !people && dot;
    if (same(term->code, TAB_RECORD) || same(term->code, TAB_NO_RECORD))
        told.point = study_point(study, term->variable);
    else
        told.column = study_column(source, told.name);
    told.label = told.column && told.column->label ? told.column->label : told.name;
    return told;
}

static struct told told_of(const struct tab_desk *desk, const struct tab_who *who,
                           size_t at)
{
    return told_of_term(desk, who, &who->terms[at]);
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

static const char *months[] = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};

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
    return rk_arena_printf(
        arena, "%s to %s",
        month_words(arena, rk_arena_copy_n(arena, code, (size_t)(dots - code))),
        month_words(arena, dots + 2));
}

static const char *code_words(struct rk_arena *arena, const struct told *told,
                              const char *code)
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

/* What is said of one variable, in two parts around the place where it was told: "who
 * answered Yes to “Do you ...?”" at the latest review; "whose area" at the initial
 * assessment "is known". */
struct clause {
    const char *before, *after;
};

/* Clients answer a question; records hold an answer. */
static struct clause question_clause(struct rk_arena *arena, const struct told *told)
{
    bool client = told->of_client, other = told->code[0] == '!';
    const char *words;

    if (same(told->code, TAB_MISSING))
        words = client ? "who did not answer" : "without an answer to";
    else if (same(told->code, TAB_ANSWERED))
        words = client ? "who answered" : "with an answer to";
    else if (same(told->code, TAB_ASKED) || same(told->code, TAB_NOT_ASKED))
        words = rk_arena_printf(arena, client ? "who were %s" : "that were %s", told->code);
    else
        words = rk_arena_printf(
            arena, "%s%s %s to", client ? "who answered" : "with the answer",
            other ? " otherwise than" : "", code_words(arena, told, told->code + other));
    return (struct clause){rk_arena_printf(arena, "%s “%s”", words, told->label), ""};
}

static bool is_yes_no(const struct code_list *list)
{
    return list && list->count == 2 && code_list_find(list, "yes") >= 0 &&
           code_list_find(list, "no") >= 0;
}

/* Labels of yes and no are statements ("Registered disabled"), not properties. */
static struct clause statement_clause(struct rk_arena *arena, const struct told *told)
{
    struct clause clause = {"", ""};

    clause.before =
        rk_arena_printf(arena, "%s “%s” recorded",
                        same(told->code, TAB_MISSING) ? "without" : "with", told->label);
    if (!same(told->code, TAB_MISSING) && !same(told->code, TAB_ANSWERED))
        clause.after =
            rk_arena_printf(arena, " as %s%s", told->code[0] == '!' ? "not " : "",
                            code_words(arena, told, told->code + (told->code[0] == '!')));
    return clause;
}

/* "What became of the debt": no property that anybody has. */
static bool asks(const char *label)
{
    static const char *const words[] = {"what ", "how ",   "when ",    "where ",
                                        "who ",  "which ", "whether ", "why "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncasecmp(label, words[i], strlen(words[i])) == 0) return true;
    }
    return false;
}

/* "whose area", "for whom “What became of the debt”" */
static const char *whose(struct rk_arena *arena, const struct told *told)
{
    if (asks(told->label))
        return rk_arena_printf(arena, "for %s “%s”", told->of_client ? "whom" : "which",
                               told->label);
    return rk_arena_printf(arena, "whose %s", tab_lowered(arena, told->label));
}

static struct clause label_clause(struct rk_arena *arena, const struct told *told)
{
    struct clause clause = {whose(arena, told), ""};

    if (same(told->code, TAB_ANSWERED))
        clause.after = " is known";
    else if (same(told->code, TAB_MISSING))
        clause.after = " is not known";
    else if (told->column->type == COLUMN_DATE)
        clause.after =
            rk_arena_printf(arena, " lies in %s", code_words(arena, told, told->code));
    else if (told->code[0] == '!')
        clause.after =
            rk_arena_printf(arena, " is not %s", code_words(arena, told, told->code + 1));
    else
        clause.after =
            rk_arena_printf(arena, " is %s", code_words(arena, told, told->code));
    return clause;
}

static struct clause asked_clause(struct rk_arena *arena, const struct told *told)
{
    return (struct clause){rk_arena_printf(arena, "%s were %s about “%s”",
                                           told->of_client ? "who" : "that", told->code,
                                           told->label),
                           ""};
}

static struct clause clause_of(struct rk_arena *arena, const struct told *told)
{
    if (!told->column)
        return (struct clause){rk_arena_printf(arena, "with %s %s", told->name, told->code),
                               ""};
    if (is_question(told->label)) return question_clause(arena, told);
    if (same(told->code, TAB_ASKED) || same(told->code, TAB_NOT_ASKED))
        return asked_clause(arena, told);
    return is_yes_no(told->column->codes) ? statement_clause(arena, told)
                                          : label_clause(arena, told);
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
            add(sentence, rk_arena_printf(desk->arena, "without %s",
                                          with_article(desk->arena, label)));
    }
}

/* The points at which one thing was told, in the order of the study. */
struct places {
    const struct study_point *point[TAB_TERMS];
    size_t count;
};

static void add_point(struct places *places, const struct study_point *point)
{
    size_t at = places->count;

    if (!point) return;
    for (; at > 0 && places->point[at - 1] > point; at--)
        places->point[at] = places->point[at - 1];
    places->point[at] = point;
    places->count++;
}

static const char *at_words(struct rk_arena *arena, const struct places *places)
{
    const char *text = "";

    for (size_t i = 0; i < places->count; i++) {
        const struct study_point *point = places->point[i];

        text =
            rk_arena_printf(arena, "%s%s at the %s", text, i ? " and" : "",
                            tab_lowered(arena, point->label ? point->label : point->name));
    }
    return text;
}

/* The same thing told at two points is said once: "... at the initial assessment and at the
 * latest review". */
static struct places same_elsewhere(const struct tab_desk *desk, const struct tab_who *who,
                                    size_t at, const struct clause *clause, bool *done)
{
    struct places places = {.count = 0};

    for (size_t i = at; i < who->count; i++) {
        struct told told = told_of(desk, who, i);
        struct clause twin;

        if (done[i] || (!told.column && told.point)) continue;
        place_own(desk, who, i, &told);
        twin = clause_of(desk->arena, &told);
        if (!same(twin.before, clause->before) || !same(twin.after, clause->after))
            continue;
        add_point(&places, told.point);
        done[i] = true;
    }
    return places;
}

/* Of records first what they say themselves, then "of clients whose ...". */
static void add_terms(const struct tab_desk *desk, const struct tab_who *who, bool *done,
                      bool of_records, struct sentence *sentence)
{
    const char *lead = of_records ? "of clients " : "";

    for (size_t i = 0; i < who->count; i++) {
        struct told told = told_of(desk, who, i);
        struct clause clause;
        struct places places;

        if (done[i] || (!told.column && told.point) || told.of_records != of_records)
            continue;
        place_own(desk, who, i, &told);
        clause = clause_of(desk->arena, &told);
        places = same_elsewhere(desk, who, i, &clause, done);
        add(sentence, rk_arena_printf(desk->arena, "%s%s%s%s", lead, clause.before,
                                      at_words(desk->arena, &places), clause.after));
        lead = "";
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
    const char *comma = strchr(label, ',') && who->count ? "," : "";

    if (same(who->frame, "people")) return "clients";
    return rk_arena_printf(desk->arena, "%s the %s%s",
                           strchr(who->frame, '.') ? "clients with a record in"
                                                   : "records of",
                           tab_lowered(desk->arena, label), comma);
}

/* "a, b" in the words of a column's codes: "A or B". */
static const char *listed_words(struct rk_arena *arena, const struct told *told,
                                const char *codes, size_t bytes)
{
    char *rest = rk_arena_copy_n(arena, codes, bytes), *code;
    const char *text = "", *last = NULL;

    while ((code = strtok_r(rest, ", ", &rest))) {
        if (last) text = rk_arena_printf(arena, "%s%s%s", text, *text ? ", " : "", last);
        last = code_words(arena, told, code);
    }
    return !last ? "" : *text ? rk_arena_printf(arena, "%s or %s", text, last) : last;
}

/* "type in [a, b]", "ended is missing" and "ended answered" in the words of the column;
 * NULL for any other condition. */
static const char *plain_piece(const struct tab_desk *desk, const struct tab_who *who,
                               const char *piece)
{
    static const char *const tests[][2] = {
        {" in [",       ""          },
        {" is missing", TAB_MISSING },
        {" answered",   TAB_ANSWERED}
    };
    size_t name = strcspn(piece, " "), test = 0;
    const char *after = piece + name;
    struct told told;
    struct clause clause;

    while (test < 3 && strncmp(after, tests[test][0], strlen(tests[test][0])) != 0)
        test++;
    if (test == 3) return NULL;
    after += strlen(tests[test][0]);
    if (test ? *after != '\0' : after[strcspn(after, "]")] != ']' || strchr(after, ']')[1])
        return NULL;
    told = told_of_term(
        desk, who,
        &(struct tab_term){rk_arena_copy_n(desk->arena, piece, name), tests[test][1]});
    if (!told.column) { /* of records: what is known of their client */
        told.column = study_column(desk->study->people, told.name);
        if (!told.column) return NULL;
        told.label = told.column->label ? told.column->label : told.name;
    }
    if (test > 0)
        clause = clause_of(desk->arena, &told);
    else
        clause = (struct clause){
            whose(desk->arena, &told),
            rk_arena_printf(desk->arena, " is %s",
                            listed_words(desk->arena, &told, after, strcspn(after, "]")))};
    return rk_arena_printf(
        desk->arena, "%s%s%s%s", clause.before, told.point ? " at the " : "",
        told.point ? tab_lowered(desk->arena,
                                 told.point->label ? told.point->label : told.point->name)
                   : "",
        clause.after);
}

/* Of what has to be known, the words before the list; a condition without plain words as it
 * stands. */
static const char *piece_words(const struct tab_desk *desk, const struct tab_who *who,
                               const char *piece, bool clients)
{
    const char *plain;

    if (piece[0] == TAB_KNOWN)
        return rk_arena_copy_n(desk->arena, piece + 1, strcspn(piece + 1, ";"));
    plain = plain_piece(desk, who, piece);
    if (plain) return plain;
    return rk_arena_printf(desk->arena, "%s %s", clients ? "for whom" : "for which", piece);
}

const char *tab_words(const struct tab_desk *desk, const struct tab_who *who,
                      const char *said, const struct tab_who *known)
{
    struct sentence sentence = {desk->arena, said ? said : noun(desk, who), 0};
    bool done[TAB_TERMS] = {false};
    bool clients = same(who->frame, "people") || strchr(who->frame, '.');

    for (size_t i = 0; said && i < who->count; i++)
        done[i] = knows_term(known, &who->terms[i]);
    if (said) sentence.text = rk_arena_printf(desk->arena, "%s,", said);
    add_records(desk, who, done, &sentence);
    add_terms(desk, who, done, false, &sentence);
    add_terms(desk, who, done, true, &sentence);
    for (size_t i = 0; i < who->where_count; i++) {
        if (said && knows_piece(known, who->where[i])) continue;
        add(&sentence, piece_words(desk, who, who->where[i], clients));
    }
    return said && !sentence.clauses ? said : sentence.text;
}

static const char *term_rule(struct rk_arena *arena, const struct tab_term *term)
{
    if (same(term->code, TAB_ANSWERED))
        return rk_arena_printf(arena, "%s answered", term->variable);
    if (same(term->code, TAB_ASKED))
        return rk_arena_printf(arena, "%s asked, and due", term->variable);
    if (same(term->code, TAB_RECORD) || same(term->code, TAB_NO_RECORD))
        return rk_arena_printf(arena, "%s: %s", term->variable, term->code);
    if (term->code[0] == '!')
        return rk_arena_printf(arena, "%s answered, not %s", term->variable,
                               term->code + 1);
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
        rule = rk_arena_printf(desk->arena, "%s%s%s", rule, *rule ? "; " : "",
                               who->where[i] + (who->where[i][0] == TAB_KNOWN));
    }
    return rule;
}
