// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/** Marks for a number that is not shown. */
static const char *const hidden_marks[] = {
    "n/a",
    "na",
    "n.a.",
    "*",
    "**",
    "..",
    "...",
    "\xE2\x80\xA6",
    "x",
    "c",
    "[c]",
    "[x]",
    "[z]",
    "[low]",
    "[s]",
    "suppressed",
    "not available",
    "not applicable",
    "missing",
    ":",
    "nr",
    "s",
    NULL,
};
static const char *const dashes[] = {
    "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92", "--", "nil", NULL};
/** Signs of a footnote that may stand after a number: superscripts, daggers. */
static const char *const footnote_signs[] = {
    "\xC2\xB9",
    "\xC2\xB2",
    "\xC2\xB3",
    "\xE2\x81\xB4",
    "\xE2\x81\xB5",
    "\xE2\x81\xB6",
    "\xE2\x81\xB7",
    "\xE2\x81\xB8",
    "\xE2\x81\xB9",
    "\xE2\x81\xB0",
    "\xE2\x80\xA0",
    "\xE2\x80\xA1",
    "***",
    "**",
    "*",
    "[a]",
    "[b]",
    "[1]",
    "[2]",
    "[3]",
    "[low]",
    "(a)",
    "(b)",
    "^1^",
    "^2^",
    "^a^",
    "^b^",
    "#",
    NULL,
};

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0) return true;
    return false;
}

/** Emphasis, escapes and non-breaking blanks are no part of a number. */
static char *plain(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_copy(arena, text), *to = copy;

    for (const char *at = copy; *at; at++) {
        if ((at[0] == '*' && at[1] == '*') || strncmp(at, "__", 2) == 0) {
            at++;
            continue;
        }
        if (strncmp(at, "&nbsp;", 6) == 0) {
            *to++ = ' ';
            at += 5;
            continue;
        }
        if ((unsigned char)at[0] == 0xC2 && (unsigned char)at[1] == 0xA0) {
            *to++ = ' ';
            at++;
            continue;
        }
        if (at[0] == '\\' && ispunct((unsigned char)at[1])) continue;
        *to++ = *at;
    }
    *to = '\0';
    while (isspace((unsigned char)*copy))
        copy++;
    while (to > copy && isspace((unsigned char)to[-1]))
        *--to = '\0';
    return copy;
}

static void drop_footnotes(char *text)
{
    bool again = true;

    while (again) {
        size_t bytes = strlen(text);
        again = false;
        for (size_t i = 0; footnote_signs[i]; i++) {
            size_t sign = strlen(footnote_signs[i]);
            if (bytes <= sign || strcmp(text + bytes - sign, footnote_signs[i]) != 0)
                continue;
            text[bytes - sign] = '\0';
            while (sign < bytes && bytes - sign &&
                   isspace((unsigned char)text[bytes - sign - 1]))
                text[bytes - ++sign] = '\0';
            again = true;
            break;
        }
    }
}

/** Does a number start at `at`? Not inside a word, and a dash between numbers is no minus.
 */
static bool number_starts(const char *text, size_t at)
{
    unsigned char before = at ? (unsigned char)text[at - 1] : ' ';

    if (isdigit((unsigned char)text[at]) ||
        (text[at] == '.' && isdigit((unsigned char)text[at + 1])))
        return !isalpha(before) && !isdigit(before);
    if (isdigit(before) || before == '%' || before >= 0x80 || isalpha(before)) return false;
    if (before == ' ' && at >= 2 &&
        (isdigit((unsigned char)text[at - 2]) || text[at - 2] == '%') &&
        !isdigit((unsigned char)text[at + 1]))
        return false;
    return true;
}

static void take_values(struct audit_cell *cell, const char *text, char *shape)
{
    size_t n = 0;

    for (size_t at = 0; text[at];) {
        struct audit_value value;
        size_t bytes = number_starts(text, at) ? audit_value_read(text + at, &value) : 0;
        if (!bytes) {
            shape[n++] = (char)tolower((unsigned char)text[at++]);
            continue;
        }
        audit_value_bend(text, at, &value);
        if (cell->count < AUDIT_CELL_VALUES)
            cell->values[cell->count++] = value;
        else
            cell->count = AUDIT_CELL_VALUES + 1;
        shape[n++] = '#';
        at += bytes;
    }
    shape[n] = '\0';
}

static const char *const number_shapes[] = {
    "#",
    "# (#)",
    "#(#)",
    "# (# to #)",
    "# (# - #)",
    "# (#-#)",
    "# (#, #)",
    "# [#, #]",
    "# [# to #]",
    "# (#\xE2\x80\x93#)",
    "# (# \xE2\x80\x93 #)",
    "#/#",
    "# / #",
    "#/# (#)",
    "# / # (#)",
    "# of #",
    "# of # (#)",
    "# \xC2\xB1 #",
    "#\xC2\xB1#",
    "# (#/#)",
    "# (# of #)",
    "# [#-#]",
    "# [#\xE2\x80\x93#]",
    "# (95#: # to #)",
    "#\xE2\x80\x93#",
    "# \xE2\x80\x93 #",
    "#-#",
    "# - #",
    "# to #",
    "(#, #)",
    "(# to #)",
    "[#, #]",
    "#, #",
    "(#\xE2\x80\x93#)",
    "(#-#)",
    NULL,
};

struct audit_cell audit_cell_parse(struct rk_arena *arena, const char *text, size_t line,
                                   size_t column)
{
    struct audit_cell cell = {.text = text, .line = line, .column = column};
    char *bare = plain(arena, text);
    char *shape;

    cell.shape = "";
    if (!*bare) return cell;
    cell.kind = AUDIT_CELL_TEXT;
    if (is_one_of(bare, dashes)) {
        cell.kind = AUDIT_CELL_DASH;
        return cell;
    }
    if (is_one_of(bare, hidden_marks)) {
        cell.kind = AUDIT_CELL_HIDDEN;
        return cell;
    }
    drop_footnotes(bare);
    shape = RK_ARRAY(arena, char, strlen(bare) + 1);
    take_values(&cell, bare, shape);
    cell.shape = shape;
    if (cell.count == 1 && (shape[0] == '<' || shape[0] == '>') &&
        shape[1 + strspn(shape + 1, " ")] == '#')
        cell.kind = AUDIT_CELL_HIDDEN;
    else if (cell.count && cell.count <= AUDIT_CELL_VALUES &&
             (is_one_of(shape, number_shapes) ||
              (cell.count == 1 && shape[0] == '#' && (shape[1] == ' ' || !shape[1]) &&
               column > 1)))
        cell.kind = AUDIT_CELL_NUMBER;
    else
        cell.count = 0;
    return cell;
}
