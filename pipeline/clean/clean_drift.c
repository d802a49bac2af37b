// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_drift.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_header.h"

#include <fnmatch.h>
#include <string.h>

enum { CELLS_MIN = 5, FIT_PERCENT = 90, NAMED_MAX = 4 };

/* ---- what stands under a heading ---- */

/* How many cells there are below a heading in the rows looked at, and how many a column could
 * read. */
struct fit {
    long cells, fit;
};

static struct fit fit_of(struct clean_source *source, const struct rk_csv_row *header,
                         size_t cell, size_t column)
{
    struct fit fit = {0, 0};

    for (size_t i = 0; i < source->ahead_count; i++) {
        const struct rk_csv_row *row = &source->ahead[i];
        const char *other;

        if (row->line <= header->line || row->damage || cell >= row->count) continue;
        other = row->other ? row->other[cell] : NULL;
        switch (clean_field_try(source, column, row->cells[cell], other)) {
        case VALUE_THERE:
            fit.fit++;
            fit.cells++;
            break;
        case VALUE_INVALID:
            fit.cells++;
            break;
        default:
            break;
        }
    }
    return fit;
}

static bool fits(struct fit fit)
{
    return fit.cells >= CELLS_MIN && fit.fit * 100 >= fit.cells * FIT_PERCENT;
}

/* Any text is a text, and any reference without a pattern a reference: no evidence. */
static bool content_tells(const struct study_column *column)
{
    return column->type != COLUMN_TEXT && (column->type != COLUMN_ID || column->pattern);
}

/* ---- candidates ---- */

struct candidates {
    const char **names; /* headings that are nobody's */
    size_t *cells;
    size_t count;
};

static struct candidates nobodys(struct clean_source *source, const struct rk_csv_row *header)
{
    struct rk_arena *arena = source->run->arena;
    struct candidates all = {RK_ARRAY(arena, const char *, header->count + 1),
                             RK_ARRAY(arena, size_t, header->count + 1), 0};

    for (size_t i = 0; i < header->count; i++) {
        if (!*header->cells[i] || clean_header_owner(source, header, i)) continue;
        all.cells[all.count] = i;
        all.names[all.count++] = rk_arena_copy(arena, header->cells[i]);
    }
    return all;
}

/* The one heading that has the old one in it, or the other way round: "Mood", "Mood today". */
static const char *longer_or_shorter(struct rk_arena *arena, const struct candidates *all,
                                     const char *heading)
{
    const char *old = rk_text_fold(arena, heading), *found = NULL;

    for (size_t i = 0; strlen(old) >= 3 && i < all->count; i++) {
        const char *new = rk_text_fold(arena, all->names[i]);

        if (!strstr(new, old) && (strlen(new) < 3 || !strstr(old, new))) continue;
        if (found) return NULL;
        found = all->names[i];
    }
    return found;
}

static const char *nearest(struct rk_arena *arena, const struct candidates *all,
                           const struct study_column *column)
{
    const char *found = NULL;

    for (size_t i = 0; i < column->from_count && !found; i++)
        found = rk_text_nearest(column->from[i], all->names, all->count);
    for (size_t i = 0; i < column->from_count && !found; i++)
        found = longer_or_shorter(arena, all, column->from[i]);
    return found;
}

/* Keeps the candidates under which the column's kind of content stands. */
static struct candidates by_content(struct clean_source *source,
                                    const struct rk_csv_row *header,
                                    const struct candidates *all,
                                    const struct study_column *column)
{
    struct rk_arena *arena = source->run->arena;
    struct candidates fitting = {RK_ARRAY(arena, const char *, all->count + 1),
                                 RK_ARRAY(arena, size_t, all->count + 1), 0};
    size_t at = (size_t)(column - source->source->columns);

    for (size_t i = 0; content_tells(column) && i < all->count; i++) {
        if (!fits(fit_of(source, header, all->cells[i], at))) continue;
        fitting.cells[fitting.count] = all->cells[i];
        fitting.names[fitting.count++] = all->names[i];
    }
    return fitting;
}

/* ---- words ---- */

static bool is_plain(const char *text)
{
    return *text && !strpbrk(text, ",:#[]{}\"'&*!|>%@`\\") && *text != '-' && *text != '?' &&
           *text != ' ' && text[strlen(text) - 1] != ' ';
}

/* A text as an item of a list in YAML. */
static const char *yaml_item(struct rk_arena *arena, const char *text)
{
    char *quoted, *out;

    if (is_plain(text)) return text;
    quoted = out = rk_arena_alloc(arena, 2 * strlen(text) + 3, 1);
    *out++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') *out++ = '\\';
        *out++ = *text;
    }
    *out++ = '"';
    *out = '\0';
    return quoted;
}

static const char *yaml_list(struct rk_arena *arena, const char *const *texts, size_t count,
                             const char *last)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = rk_arena_printf(arena, "%s%s, ", text, yaml_item(arena, texts[i]));
    return rk_arena_printf(arena, "[%s%s]", text, yaml_item(arena, last));
}

static const char *line_to_paste(const struct clean_source *source,
                                 const struct study_column *column, const char *heading)
{
    struct rk_arena *arena = source->run->arena;

    return rk_arena_printf(arena, "write in %s:%zu (column %s): from: %s", column->place.file,
                           column->place.line, column->name,
                           yaml_list(arena, column->from, column->from_count, heading));
}

static const char *quoted_names(struct rk_arena *arena, const struct candidates *all)
{
    const char *text = "";

    for (size_t i = 0; i < all->count; i++)
        text = rk_arena_printf(arena, "%s%s\"%s\"", text, i ? ", " : "", all->names[i]);
    return text;
}

/* ---- a column that is missing ---- */

/* What is proposed in its place, or NULL. */
static const char *proposal(struct clean_source *source, const struct rk_csv_row *header,
                            const struct study_column *column, const struct candidates *all)
{
    struct rk_arena *arena = source->run->arena;
    struct candidates fitting = by_content(source, header, all, column);
    const char *near = nearest(arena, all, column);

    if (near)
        return rk_arena_printf(arena, "did you mean \"%s\"? Then %s", near,
                               line_to_paste(source, column, near));
    if (fitting.count == 1)
        return rk_arena_printf(arena,
                               "what stands under \"%s\" is what it should hold; if it is that, "
                               "%s",
                               fitting.names[0],
                               line_to_paste(source, column, fitting.names[0]));
    if (fitting.count > 1 && fitting.count <= NAMED_MAX)
        return rk_arena_printf(arena,
                               "what it should hold stands under %s; if it is the first, %s",
                               quoted_names(arena, &fitting),
                               line_to_paste(source, column, fitting.names[0]));
    return NULL;
}

void clean_drift_missing(struct clean_source *source, const struct rk_csv_row *header,
                         const struct study_column *column)
{
    struct rk_arena *arena = source->run->arena;
    struct candidates all = nobodys(source, header);
    const char *what = proposal(source, header, column, &all);
    struct rk_place place = RK_AT(source->path, header->line, 0);

    if (column->optional && !what) return;
    if (!what)
        what = all.count ? rk_arena_printf(arena, "headings that are nobody's: %s",
                                           quoted_names(arena, &all))
                         : "every heading of the file is another column's";
    rk_diag_say(source->run->diag, column->optional ? RK_DIAG_WARNING : RK_DIAG_ERROR, place,
                "%s",
                rk_arena_printf(arena, "there is no column \"%s\" (%s of the study%s); %s",
                                column->from[0], column->name,
                                column->optional ? ", optional" : "", what));
}

/* ---- columns that are new ---- */

static bool is_ignored(const struct clean_source *source, const char *heading)
{
    const struct study_source *study = source->source;
    const char *folded = rk_text_fold(source->scratch, heading);

    for (size_t i = 0; i < study->ignored_count; i++)
        if (fnmatch(rk_text_fold(source->scratch, study->ignored[i]), folded, 0) == 0)
            return true;
    return false;
}

void clean_drift_new(struct clean_source *source, const struct rk_csv_row *header)
{
    struct rk_arena *arena = source->run->arena;
    const struct study_source *study = source->source;
    const char *names = "", *list = "";
    struct candidates all;
    size_t first = 0;

    if (!study->ignored_count) return;
    all = nobodys(source, header);
    for (size_t i = 0; i < all.count; i++) {
        if (is_ignored(source, all.names[i])) continue;
        if (!*names) first = all.cells[i] + 1;
        names = rk_arena_printf(arena, "%s%s\"%s\"", names, *names ? ", " : "", all.names[i]);
        list = rk_arena_printf(arena, "%s, %s", list, yaml_item(arena, all.names[i]));
    }
    if (!*names) return;
    for (size_t i = study->ignored_count; i-- > 0;)
        list = rk_arena_printf(arena, "%s%s%s", i ? ", " : "",
                               yaml_item(arena, study->ignored[i]), list);
    rk_diag_say(source->run->diag, RK_DIAG_WARNING, RK_AT(source->path, header->line, first),
                "%s",
                rk_arena_printf(arena,
                                "headings that are new and not read: %s; declare them, or write "
                                "under \"%s\": ignored: [%s]",
                                names, study->name, list));
}

/* ---- columns that mean something else now ---- */

void clean_drift_report(struct clean_source *source)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct clean_column *column = &source->columns[i];
        const struct clean_counts *counts = &source->counts[i];

        if (counts->met >= 20 && counts->invalid * 2 > counts->met)
            rk_diag_say(source->run->diag, RK_DIAG_WARNING, column->declared->place,
                        "%s: %ld of %ld answers could not be read; has the column another "
                        "meaning or another format in this extract?",
                        column->declared->name, counts->invalid, counts->met);
    }
}
