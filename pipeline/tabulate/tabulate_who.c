// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_who.h"

#include <assert.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Does `narrow` say all that `wide` says of one variable? */
static bool code_includes(const char *wide, const char *narrow)
{
    if (same(wide, narrow)) return true;
    if (same(wide, TAB_MISSING)) return same(narrow, TAB_NOT_ASKED);
    if (same(narrow, TAB_MISSING) || same(narrow, TAB_NOT_ASKED)) return false;
    if (same(wide, TAB_ASKED)) return true;
    if (same(narrow, TAB_ASKED)) return false;
    if (same(wide, TAB_ANSWERED)) return true;
    return wide[0] == '!' && narrow[0] != '!' && narrow[0] != '*' &&
           !same(wide + 1, narrow);
}

/* Is `variable` "POINT.NAME" for this point? */
static bool at_point(const char *variable, const char *point)
{
    size_t length = strlen(point);

    return strncmp(variable, point, length) == 0 && variable[length] == '.';
}

static bool term_includes(const struct tab_term *wide, const struct tab_term *narrow)
{
    if (same(wide->variable, narrow->variable))
        return code_includes(wide->code, narrow->code);
    return same(wide->code, TAB_RECORD) && at_point(narrow->variable, wide->variable);
}

static void term_remove(struct tab_who *who, size_t at)
{
    who->count--;
    memmove(&who->terms[at], &who->terms[at + 1], (who->count - at) * sizeof *who->terms);
}

static int term_compare(const struct tab_term *a, const struct tab_term *b)
{
    int order = strcmp(a->variable, b->variable);

    return order ? order : strcmp(a->code, b->code);
}

void tab_who_add(struct tab_who *who, const char *variable, const char *code)
{
    struct tab_term term = {variable, code};
    size_t at = 0;

    for (size_t i = 0; i < who->count; i++) {
        if (term_includes(&term, &who->terms[i])) return;
    }
    for (size_t i = who->count; i-- > 0;) {
        if (term_includes(&who->terms[i], &term)) term_remove(who, i);
    }
    assert(who->count < TAB_TERMS);
    while (at < who->count && term_compare(&who->terms[at], &term) < 0)
        at++;
    memmove(&who->terms[at + 1], &who->terms[at], (who->count - at) * sizeof *who->terms);
    who->terms[at] = term;
    who->count++;
}

void tab_who_piece(struct tab_who *who, const char *piece)
{
    size_t at = 0;

    while (at < who->where_count && strcmp(who->where[at], piece) < 0)
        at++;
    if (at < who->where_count && same(who->where[at], piece)) return;
    assert(who->where_count < TAB_PIECES);
    memmove(&who->where[at + 1], &who->where[at],
            (who->where_count - at) * sizeof *who->where);
    who->where[at] = piece;
    who->where_count++;
}

static char *put(char *to, const char *text)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    return to + length;
}

static size_t id_bytes(const struct tab_who *who)
{
    size_t bytes = strlen(who->frame) + 3;

    for (size_t i = 0; i < who->count; i++)
        bytes += strlen(who->terms[i].variable) + strlen(who->terms[i].code) + 2;
    for (size_t i = 0; i < who->where_count; i++)
        bytes += strlen(who->where[i]) + 5;
    return bytes;
}

const char *tab_who_id(struct rk_arena *arena, const struct tab_who *who)
{
    char *id = rk_arena_alloc(arena, id_bytes(who), 1);
    char *to = put(id, who->frame);

    *to++ = '|';
    for (size_t i = 0; i < who->count; i++) {
        to = put(to, i ? "&" : "");
        to = put(to, who->terms[i].variable);
        to = put(to, "=");
        to = put(to, who->terms[i].code);
    }
    *to++ = '|';
    for (size_t i = 0; i < who->where_count; i++) {
        to = put(to, i ? " and " : "");
        to = put(to, who->where[i]);
    }
    *to = '\0';
    return id;
}

static bool parse_terms(char *text, struct tab_who *who)
{
    char *rest = text;

    for (char *term = strsep(&rest, "&"); term && *term; term = strsep(&rest, "&")) {
        char *code = strchr(term, '=');

        if (!code || who->count == TAB_TERMS) return false;
        *code++ = '\0';
        who->terms[who->count++] = (struct tab_term){term, code};
    }
    return true;
}

static bool parse_pieces(char *text, struct tab_who *who)
{
    while (*text) {
        char *end = strstr(text, " and ");

        if (who->where_count == TAB_PIECES) return false;
        who->where[who->where_count++] = text;
        if (!end) break;
        *end = '\0';
        text = end + 5;
    }
    return true;
}

bool tab_who_parse(struct rk_arena *arena, const char *id, struct tab_who *who)
{
    char *text = rk_arena_copy(arena, id);
    char *terms = strchr(text, '|');
    char *where = terms ? strchr(terms + 1, '|') : NULL;

    *who = (struct tab_who){.frame = text};
    if (!where) return false;
    *terms++ = '\0';
    *where++ = '\0';
    return parse_terms(terms, who) && parse_pieces(where, who);
}

static bool says_term(const struct tab_who *who, const struct tab_term *term)
{
    for (size_t i = 0; i < who->count; i++) {
        if (term_includes(term, &who->terms[i])) return true;
    }
    return false;
}

static bool says_piece(const struct tab_who *who, const char *piece)
{
    for (size_t i = 0; i < who->where_count; i++) {
        if (same(who->where[i], piece)) return true;
    }
    return false;
}

bool tab_who_within(const struct tab_who *narrow, const struct tab_who *wide)
{
    if (!same(narrow->frame, wide->frame)) return false;
    for (size_t i = 0; i < wide->count; i++) {
        if (!says_term(narrow, &wide->terms[i])) return false;
    }
    for (size_t i = 0; i < wide->where_count; i++) {
        if (!says_piece(narrow, wide->where[i])) return false;
    }
    return true;
}

/* Clients behind records of whom only the person's own variables are told are also people.
 */
static bool clients_are_people(const struct tab_who *who)
{
    size_t length = strlen(who->frame);

    if (length < 9 || !same(who->frame + length - 8, ".clients") || who->where_count)
        return false;
    for (size_t i = 0; i < who->count; i++) {
        if (!at_point(who->terms[i].variable, "people")) return false;
    }
    return true;
}

size_t tab_who_ways(const struct tab_who *who)
{
    return who->count + who->where_count + clients_are_people(who);
}

static void weaken_frame(struct rk_arena *arena, const struct tab_who *who,
                         struct tab_who *larger, struct tab_who *others)
{
    *larger = (struct tab_who){.frame = "people"};
    for (size_t i = 0; i < who->count; i++)
        tab_who_add(larger, who->terms[i].variable + strlen("people."), who->terms[i].code);
    *others = *larger;
    tab_who_piece(others, rk_arena_printf(arena, "not in %s", who->frame));
}

static void weaken_piece(struct rk_arena *arena, size_t at, struct tab_who *larger,
                         struct tab_who *others)
{
    const char *piece = larger->where[at];

    larger->where_count--;
    memmove(&larger->where[at], &larger->where[at + 1],
            (larger->where_count - at) * sizeof *larger->where);
    *others = *larger;
    tab_who_piece(others, rk_arena_printf(arena, "not (%s)", piece));
}

/* "latest" of "latest.believe", or NULL: only a point's record can be missing as a whole.
 */
static const char *point_of(struct rk_arena *arena, const char *variable)
{
    const char *dot = strchr(variable, '.');

    if (!dot || at_point(variable, "people")) return NULL;
    return rk_arena_copy_n(arena, variable, (size_t)(dot - variable));
}

static const char *const opposites[][2] = {
    {TAB_ANSWERED, TAB_MISSING  },
    {TAB_ASKED,    TAB_NOT_ASKED},
    {TAB_RECORD,   TAB_NO_RECORD},
};

/* Codes that are no level of a variable come in pairs; NULL for a level. */
static const char *opposite_of_special(const char *code)
{
    for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++) {
        if (same(code, opposites[i][0])) return opposites[i][1];
        if (same(code, opposites[i][1])) return opposites[i][0];
    }
    return NULL;
}

static const char *opposite_level(struct rk_arena *arena, const char *code)
{
    return code[0] == '!' ? code + 1 : rk_arena_printf(arena, "!%s", code);
}

/* area=salford to area=*, area=* to nothing said of it; latest.believe=* to latest=a
 * record. */
static void weaken_term(struct rk_arena *arena, struct tab_term term,
                        struct tab_who *larger, struct tab_who *others)
{
    const char *special = opposite_of_special(term.code);
    const char *point = point_of(arena, term.variable);

    if (!special)
        tab_who_add(larger, term.variable, TAB_ANSWERED);
    else if (point)
        tab_who_add(larger, point, TAB_RECORD);
    *others = *larger;
    tab_who_add(others, term.variable,
                special ? special : opposite_level(arena, term.code));
}

void tab_who_weaker(struct rk_arena *arena, const struct tab_who *who, size_t way,
                    struct tab_who *larger, struct tab_who *others)
{
    assert(way < tab_who_ways(who));
    *larger = *who;
    if (way < who->count) {
        term_remove(larger, way);
        weaken_term(arena, who->terms[way], larger, others);
    } else if (way < who->count + who->where_count) {
        weaken_piece(arena, way - who->count, larger, others);
    } else {
        weaken_frame(arena, who, larger, others);
    }
}
