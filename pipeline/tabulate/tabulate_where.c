// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_where.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

enum { WORDS = 64 };

struct words {
    char *word[WORDS];
    size_t count;
};

static void split(char *text, struct words *words)
{
    char *rest = text;

    for (char *word = strsep(&rest, " \t\n"); word; word = strsep(&rest, " \t\n")) {
        if (*word && words->count < WORDS) words->word[words->count++] = word;
    }
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Can the text be cut at every "and"? Not with or, not, quotes or parentheses in it. */
static bool is_plain(const char *text, const struct words *words)
{
    if (strpbrk(text, "\"'()") || words->count == WORDS) return false;
    for (size_t i = 0; i < words->count; i++) {
        if (is(words->word[i], "or") || is(words->word[i], "not")) return false;
    }
    return true;
}

static char *joined(struct rk_arena *arena, char *const *word, size_t count)
{
    char *text = rk_arena_copy(arena, "");

    for (size_t i = 0; i < count; i++)
        text = rk_arena_printf(arena, "%s%s%s", text, i ? " " : "", word[i]);
    return text;
}

static long level_of(const struct tab_variable *variable, const char *code)
{
    for (size_t i = 0; i < variable->levels; i++) {
        if (is(variable->codes[i], code)) return (long)i;
    }
    return -1;
}

/* Only columns that can be counted by; quietly, for the condition itself has been checked.
 */
static bool countable(struct tab_desk *desk, const struct tab_view *view, const char *name,
                      struct tab_variable *out)
{
    bool of_person;
    const struct frame_column *column = frame_view_named(&view->view, name, &of_person);

    if (!column || column->type != COLUMN_CODE) return false;
    return tab_variable_open(desk, view, name, RK_NOWHERE, out) == RK_OK;
}

/* "NAME is CODE", "NAME is missing", "NAME answered" */
static bool take_term(struct tab_desk *desk, const struct tab_view *view, char *const *word,
                      size_t count, struct tab_who *who)
{
    struct tab_variable variable;
    bool answered = count == 2 && is(word[1], "answered");
    bool equals = count == 3 && is(word[1], "is");
    long level;

    if (!(answered || equals) || !countable(desk, view, word[0], &variable)) return false;
    if (answered) {
        tab_who_answered(who, &variable);
        return true;
    }
    if (is(word[2], "missing")) {
        tab_who_missing(who, &variable);
        return true;
    }
    level = level_of(&variable, word[2]);
    if (level < 0) return false;
    tab_who_level(who, &variable, level);
    return true;
}

/* The same words mean other columns at a point than among people. */
static const char *piece_at(struct tab_desk *desk, const struct tab_view *view,
                            const char *piece)
{
    if (!view->point || view->own_is_people) return piece;
    return rk_arena_printf(desk->arena, "%s: %s", view->point->name, piece);
}

void tab_who_where(struct tab_desk *desk, const struct tab_view *view, const char *where,
                   struct tab_who *who)
{
    struct words words = {.count = 0};
    size_t start = 0;

    if (!where) return;
    split(rk_arena_copy(desk->arena, where), &words);
    if (!is_plain(where, &words)) {
        tab_who_piece(who, piece_at(desk, view, where));
        return;
    }
    for (size_t i = 0; i <= words.count; i++) {
        if (i < words.count && !is(words.word[i], "and")) continue;
        if (!take_term(desk, view, words.word + start, i - start, who))
            tab_who_piece(
                who,
                piece_at(desk, view, joined(desk->arena, words.word + start, i - start)));
        start = i + 1;
    }
}
