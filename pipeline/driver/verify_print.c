// SPDX-License-Identifier: MIT
/** What the PDF prints and carries, against its seal. */
#include "pipeline/driver/verify_priv.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "render/number.h"
#include "render/seal.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KIND, NAME, VALUE };

static const char *field(const struct verify *verify, size_t row, int column)
{
    return verify->seal.cells[row * verify->seal.columns + (size_t)column];
}

/** The sealed value of a kind and name, or NULL. */
static const char *sealed(const struct verify *verify, const char *kind, const char *name)
{
    for (size_t i = 0; i < verify->seal.rows; i++)
        if (strcmp(field(verify, i, KIND), kind) == 0 && strcmp(field(verify, i, NAME), name) == 0)
            return field(verify, i, VALUE);
    return NULL;
}

/* ---- attachments ---- */

void verify_files(struct verify *verify)
{
    const char *release = rk_arena_printf(verify->arena, "%s/40-release", verify->folder.path);
    struct folder_list files;
    size_t before = verify->wrong, known = 0;

    if (folder_list(verify->arena, verify->run->diag, release, &files) != RK_OK)
        return;
    for (size_t i = 0; i < files.count; i++) {
        const char *name = files.names[i], *want = sealed(verify, "file", name);
        char hex[65] = "";
        if (strcmp(name, "seal.csv") == 0)
            continue;
        known++;
        if (!want)
            verify_wrong(verify, "the attachment %s was not there when the report was made", name);
        else if (rk_hash_file(verify->run->diag,
                              rk_arena_printf(verify->arena, "%s/%s", release, name),
                              hex) != RK_OK ||
                 strcmp(hex, want) != 0)
            verify_wrong(verify, "the attachment %s was changed after the report was made", name);
    }
    for (size_t i = 0; i < verify->seal.rows; i++) {
        bool there = strcmp(field(verify, i, KIND), "file") != 0;
        for (size_t k = 0; k < files.count && !there; k++)
            there = strcmp(files.names[k], field(verify, i, NAME)) == 0;
        if (!there)
            verify_wrong(verify, "the attachment %s is gone", field(verify, i, NAME));
    }
    if (verify->wrong == before)
        verify_right(verify, "%zu attachments are as they were when the report was made", known);
}

/* ---- pages ---- */

/** The first number that one list has and the other lacks; lists are sorted. */
static const char *surplus(struct rk_arena *arena, const char *have, const char *other)
{
    while (*have) {
        size_t a = strcspn(have, " "), b = strcspn(other, " ");
        char *x = rk_arena_copy_n(arena, have, a), *y = rk_arena_copy_n(arena, other, b);
        int order = *other ? strcmp(x, y) : -1;
        if (order < 0)
            return x;
        if (order == 0)
            have += a + (have[a] == ' ');
        other += b + (other[b] == ' ');
    }
    return NULL;
}

static void compare_page(struct verify *verify, size_t page)
{
    const char *name = rk_arena_printf(verify->arena, "%zu", page + 1);
    const char *numbers = sealed(verify, "numbers", name), *letters = sealed(verify, "page", name);
    const char *prints = seal_numbers(verify->arena, verify->pages[page]);
    char hex[65];

    if (!numbers || !letters) {
        verify_wrong(verify, "page %s was not there when the report was made", name);
        return;
    }
    if (strcmp(prints, numbers) != 0) {
        const char *more = surplus(verify->arena, prints, numbers);
        const char *less = surplus(verify->arena, numbers, prints);
        verify_wrong(verify, "page %s does not print the numbers it was made with:%s%s%s%s%s",
                     name, more ? " it has " : "", more ? more : "", more && less ? "," : "",
                     less ? " it lacks " : "", less ? less : "");
        return;
    }
    seal_characters(verify->arena, verify->pages[page], hex);
    if (strcmp(hex, letters) != 0)
        verify_wrong(verify, "page %s does not print the words it was made with", name);
}

void verify_pages(struct verify *verify)
{
    size_t before = verify->wrong, sealed_pages = 0;

    for (size_t i = 0; i < verify->seal.rows; i++)
        sealed_pages += strcmp(field(verify, i, KIND), "page") == 0;
    if (sealed_pages != verify->page_count)
        verify_wrong(verify, "the report was made with %zu pages and has %zu", sealed_pages,
                     verify->page_count);
    for (size_t i = 0; i < verify->page_count; i++)
        compare_page(verify, i);
    if (verify->wrong == before)
        verify_right(verify, "%zu pages print the numbers and words that they were made with",
                     verify->page_count);
}

/* ---- printed cells ---- */

static bool rounds_to(double value, double printed, int decimals)
{
    return !isnan(value) &&
           fabs(fabs(render_round(value, decimals)) - printed) < pow(10, -decimals) / 1000;
}

static bool cell_gives(const struct cell *cell, double printed, int decimals)
{
    return rounds_to(cell->value, printed, decimals) || rounds_to(cell->low, printed, decimals) ||
           rounds_to(cell->high, printed, decimals) ||
           rounds_to(100 * cell->level, printed, decimals) || (double)cell->numerator == printed ||
           (double)cell->base == printed;
}

/** Where the interval is masked its level is, too; the sentence still names that of the study, which
 * other cells have. */
static bool is_level(const struct verify *verify, const struct cell *cell, double printed,
                     int decimals)
{
    if (cell->mark != MARK_INTERVAL) return false;
    for (size_t i = 0; i < verify->results->cell_count; i++)
        if (rounds_to(100 * verify->results->cells[i].level, printed, decimals)) return true;
    return false;
}

/** Does the cell, or one that its sentence speaks of (same result, same row), give the number? */
static bool results_give(const struct verify *verify, const struct cell *cell, const char *text,
                         double printed, int decimals)
{
    if (cell_gives(cell, printed, decimals) || is_level(verify, cell, printed, decimals))
        return true;
    if (!strstr(text, " from ") && !strstr(text, " at first "))
        return false; /* a number, no sentence */
    for (size_t i = 0; i < verify->results->cell_count; i++) {
        const struct cell *other = &verify->results->cells[i];
        if (strcmp(other->result, cell->result) == 0 && strcmp(other->row, cell->row) == 0 &&
            cell_gives(other, printed, decimals))
            return true;
    }
    return false;
}

/** Numbers of a label ("45 to 54") are part of a name. */
static bool in_label(const struct cell *cell, const char *number)
{
    return strstr(cell->row_label, number) || strstr(cell->column_label, number);
}

/** "<0.1%", "p < 0.001": the cell is below the number. */
static bool is_bound(const char *text, const char *number, double value, double printed)
{
    const char *at = strstr(text, number);

    while (at && at > text && at[-1] == ' ')
        at--;
    return at && at > text && at[-1] == '<' && value < printed;
}

static void check_cell(struct verify *verify, const struct cell *cell, const char *text)
{
    char *numbers = rk_arena_copy(verify->arena, seal_numbers(verify->arena, text)), *save = NULL;

    for (char *word = strtok_r(numbers, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        char digits[40];
        size_t n = 0;
        double value;
        for (const char *p = word; *p && n < sizeof digits - 1; p++)
            if (isdigit((unsigned char)*p) || *p == '.')
                digits[n++] = *p;
        digits[n] = '\0';
        const char *point = strchr(digits, '.');
        if (!rk_text_number(digits, &value) || in_label(cell, word) ||
            is_bound(text, word, cell->value, value))
            continue;
        if (!results_give(verify, cell, text, value, point ? (int)strlen(point + 1) : 0))
            verify_wrong(verify, "%s is printed as \"%s\", and the attached cell does not give %s",
                         cell->id, text, word);
    }
}

/** Of a masked cell nothing is printed but its mark, and its base where that may be known. */
static bool only_base(const struct verify *verify, const struct cell *cell, const char *text)
{
    const char *numbers = seal_numbers(verify->arena, text);

    return !numbers[strcspn(numbers, "0123456789")] ||
           strcmp(numbers, render_number(verify->arena, (double)cell->base, 0, NUMBER_PLAIN)) == 0;
}

void verify_cells(struct verify *verify)
{
    size_t before = verify->wrong, printed = 0;

    for (size_t i = 0; i < verify->seal.rows; i++) {
        const char *id = field(verify, i, NAME);
        if (strcmp(field(verify, i, KIND), "cell") != 0)
            continue;
        const struct cell *cell = results_find(verify->results, id);
        printed++;
        if (!cell)
            verify_wrong(verify, "%s is printed and not attached", id);
        else if (cell->mark == MARK_MASKED && !only_base(verify, cell, field(verify, i, VALUE)))
            verify_wrong(verify, "%s is masked and printed as \"%s\"", id,
                         field(verify, i, VALUE));
        else
            check_cell(verify, cell, field(verify, i, VALUE));
    }
    if (verify->wrong == before)
        verify_right(verify, "%zu printed numbers are the attached cells, rounded", printed);
}
