// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"

#include <ctype.h>
#include <string.h>

/** A run of characters between gaps of a line: columns of the page, from 0. */
struct run {
    const char *text;
    size_t from, to;
};
enum { MOST_RUNS = 40, MOST_LINES = 400 };

struct line_runs {
    struct run runs[MOST_RUNS];
    size_t count, line;
    bool data; /**< has a number after its first run */
};

struct layout {
    struct audit_reader *reader;
    struct line_runs *lines;
    size_t count;
    size_t column_from[MOST_RUNS], column_to[MOST_RUNS], columns;
    size_t
        usual; /**< runs of most data lines: such a line is read in its order; 0 for none */
};

static bool is_tabbed(const char *line)
{
    return strchr(line, '\t') != NULL;
}

/** Characters, not bytes, so that columns line up. */
static size_t width_of(const char *text, size_t bytes)
{
    size_t width = 0;

    for (size_t i = 0; i < bytes; i++)
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    return width;
}

/** "200 100.0": numbers that stand a single blank apart are two columns, too. */
static bool parts_numbers(const char *line, size_t at)
{
    size_t before = at, after = at + 1;

    while (before && line[before - 1] != ' ')
        before--;
    if (before < 2 || line[before - 1] != ' ' || line[before - 2] != ' ') return false;
    if (strspn(line + before, "0123456789.,%+-") != at - before) return false;
    size_t bytes = strspn(line + after, "0123456789.,%+-");
    return bytes && strchr("0123456789", line[at - 1] == '%' ? '0' : line[at - 1]) &&
           strpbrk(line + after, "0123456789") < line + after + bytes &&
           (line[after + bytes] == ' ' || !line[after + bytes]);
}

static void split_runs(struct rk_arena *arena, const char *line, struct line_runs *out)
{
    size_t at = 0, end = strlen(line);

    out->count = 0;
    while (at < end && out->count < MOST_RUNS) {
        at += strspn(line + at, " ");
        size_t stop = at;
        while (stop < end &&
               !(line[stop] == ' ' && (line[stop + 1] == ' ' || parts_numbers(line, stop))))
            stop++;
        if (stop > at) {
            struct run *run = &out->runs[out->count++];
            run->text = rk_arena_copy_n(arena, line + at, stop - at);
            run->from = width_of(line, at);
            run->to = run->from + width_of(line + at, stop - at);
        }
        at = stop;
    }
}

static bool looks_numeric(struct rk_arena *arena, const char *text)
{
    struct audit_cell cell = audit_cell_parse(arena, text, 1, 2);

    return cell.kind == AUDIT_CELL_NUMBER && strcmp(cell.shape, "#") != 0
               ? cell.shape[1] != ' ' || cell.shape[2] == '(' || cell.shape[2] == '['
               : cell.kind == AUDIT_CELL_NUMBER || cell.kind == AUDIT_CELL_HIDDEN ||
                     cell.kind == AUDIT_CELL_DASH;
}

static bool is_data(struct rk_arena *arena, const struct line_runs *line)
{
    for (size_t i = 1; i < line->count; i++)
        if (looks_numeric(arena, line->runs[i].text)) return true;
    return false;
}

/** How far a table reaches from here: lines with gaps, and lone labels between them. */
static size_t gather(struct layout *layout, char **lines, size_t first, size_t count)
{
    struct rk_arena *arena = layout->reader->arena;
    size_t last = first, blanks = 0, lone = 0;

    for (size_t i = first; i < count && layout->count < MOST_LINES; i++) {
        struct line_runs *line = &layout->lines[layout->count];
        split_runs(arena, lines[i], line);
        line->line = i + 1;
        if (!line->count) {
            if (++blanks > 1) break;
            continue;
        }
        if (audit_is_caption(line->runs[0].text) || audit_is_note(line->runs[0].text))
            break;
        if (line->count == 1 && (line->runs[0].to > 64 || ++lone > 2)) break;
        if (line->count > 1) lone = 0;
        line->data = is_data(arena, line);
        if (blanks && !line->data && layout->count && layout->lines[layout->count - 1].data)
            break;
        blanks = 0;
        layout->count++;
        if (line->data) last = i;
    }
    while (layout->count && !layout->lines[layout->count - 1].data)
        layout->count--;
    return last - first + 1;
}

/** Runs of the data lines that overlap are one column. */
static void add_column(struct layout *layout, const struct run *run)
{
    size_t from = run->from, to = run->to, kept = 0;

    for (size_t i = 0; i < layout->columns; i++) {
        if (layout->column_from[i] < to && from < layout->column_to[i]) {
            from = layout->column_from[i] < from ? layout->column_from[i] : from;
            to = layout->column_to[i] > to ? layout->column_to[i] : to;
            continue;
        }
        layout->column_from[kept] = layout->column_from[i];
        layout->column_to[kept++] = layout->column_to[i];
    }
    if (kept < MOST_RUNS) {
        layout->column_from[kept] = from;
        layout->column_to[kept++] = to;
    }
    layout->columns = kept;
}

static void sort_columns(struct layout *layout)
{
    for (size_t i = 1; i < layout->columns; i++)
        for (size_t j = i; j && layout->column_from[j] < layout->column_from[j - 1]; j--) {
            size_t from = layout->column_from[j], to = layout->column_to[j];
            layout->column_from[j] = layout->column_from[j - 1];
            layout->column_to[j] = layout->column_to[j - 1];
            layout->column_from[j - 1] = from;
            layout->column_to[j - 1] = to;
        }
}

static size_t column_of(const struct layout *layout, const struct run *run)
{
    size_t best = 0;
    double best_gap = 1e9;

    for (size_t i = 0; i < layout->columns; i++) {
        double middle = ((double)layout->column_from[i] + (double)layout->column_to[i]) / 2;
        double gap = (double)(run->from + run->to) / 2 - middle;
        if (run->from < layout->column_to[i] && layout->column_from[i] < run->to)
            gap /= 1000;
        gap = gap < 0 ? -gap : gap;
        if (gap < best_gap) {
            best_gap = gap;
            best = i;
        }
    }
    return best;
}

/** Most data lines have as many runs as there are columns: then their order says more than
 * their places, which a page that is not set in one width per letter only gives roughly. */
static bool usual_columns(struct layout *layout)
{
    size_t counts[MOST_RUNS + 1] = {0}, data = 0;

    for (size_t l = 0; l < layout->count; l++)
        if (layout->lines[l].data) {
            counts[layout->lines[l].count]++;
            data++;
        }
    for (size_t n = 2; n <= MOST_RUNS; n++)
        if (counts[n] * 5 >= data * 3) layout->usual = n;
    layout->columns = layout->usual;
    for (size_t k = 0; k < layout->usual; k++) {
        layout->column_from[k] = (size_t)-1;
        layout->column_to[k] = 0;
    }
    for (size_t l = 0; l < layout->count && layout->usual; l++)
        for (size_t k = 0; layout->lines[l].data &&
                           layout->lines[l].count == layout->usual && k < layout->usual;
             k++) {
            const struct run *run = &layout->lines[l].runs[k];
            layout->column_from[k] =
                run->from < layout->column_from[k] ? run->from : layout->column_from[k];
            layout->column_to[k] =
                run->to > layout->column_to[k] ? run->to : layout->column_to[k];
        }
    return layout->usual > 0;
}

/** A line as cells; false if two of its runs fall into one column. */
static bool cells_of(struct layout *layout, const struct line_runs *line,
                     struct audit_cell **out)
{
    struct rk_arena *arena = layout->reader->arena;
    struct audit_cell *cells = RK_ARRAY(arena, struct audit_cell, layout->columns);

    for (size_t i = 0; i < layout->columns; i++)
        cells[i] = (struct audit_cell){.text = "", .shape = "", .line = line->line};
    for (size_t i = 0; i < line->count; i++) {
        size_t at = line->data && line->count == layout->usual
                        ? i
                        : column_of(layout, &line->runs[i]);
        if (*cells[at].text) return false;
        cells[at] = audit_cell_parse(arena, line->runs[i].text, line->line, at + 1);
        cells[at].column = line->runs[i].from + 1;
        if (at == 0) /* what is indented belongs to the row above */
            cells[at].text = rk_arena_printf(
                arena, "%*s%s", (int)(line->runs[i].from - layout->column_from[0]), "",
                line->runs[i].text);
    }
    *out = cells;
    return true;
}

/** Heads of several lines, joined column by column. */
static struct audit_cell *head_of(struct layout *layout, size_t head_lines)
{
    struct rk_arena *arena = layout->reader->arena;
    struct audit_cell *head = RK_ARRAY(arena, struct audit_cell, layout->columns);
    const char **texts = RK_ARRAY(arena, const char *, layout->columns);

    for (size_t l = 0; l < head_lines; l++)
        for (size_t i = 0; i < layout->lines[l].count; i++) {
            size_t at = column_of(layout, &layout->lines[l].runs[i]);
            texts[at] = texts[at] ? rk_arena_printf(arena, "%s %s", texts[at],
                                                    layout->lines[l].runs[i].text)
                                  : layout->lines[l].runs[i].text;
        }
    for (size_t i = 0; i < layout->columns; i++)
        head[i] =
            audit_cell_parse(arena, texts[i] ? texts[i] : "", layout->lines[0].line, i + 1);
    return head;
}

static bool build(struct layout *layout)
{
    struct audit_rows rows = {0};
    size_t head_lines = 0, data = 0;

    for (size_t l = 0; l < layout->count; l++)
        data += layout->lines[l].data;
    if (!usual_columns(layout)) {
        for (size_t l = 0; l < layout->count; l++)
            for (size_t i = 0; layout->lines[l].data && i < layout->lines[l].count; i++)
                add_column(layout, &layout->lines[l].runs[i]);
        sort_columns(layout);
    }
    if (data < 2 || layout->columns < 2) return false;
    while (head_lines < layout->count && !layout->lines[head_lines].data)
        head_lines++;
    if (!head_lines) head_lines = 1; /* years over the columns look like data */
    audit_rows_add(layout->reader, &rows, head_of(layout, head_lines), layout->columns);
    for (size_t l = head_lines; l < layout->count; l++) {
        struct audit_cell *cells;
        if (!cells_of(layout, &layout->lines[l], &cells)) return false;
        audit_rows_add(layout->reader, &rows, cells, layout->columns);
    }
    audit_add_table(layout->reader, &rows, layout->lines[0].line);
    return true;
}

static size_t read_tabs(struct audit_reader *reader, char **lines, size_t first,
                        size_t count)
{
    struct audit_rows rows = {0};
    size_t at = first;

    for (; at < count &&
           (is_tabbed(lines[at]) ||
            (at > first && at + 1 < count && lines[at][0] && is_tabbed(lines[at + 1])));
         at++) {
        struct audit_cell *cells = NULL;
        size_t n = 0, cap = 0;
        for (const char *text = lines[at];;) {
            size_t bytes = strcspn(text, "\t");
            RK_ROOM(reader->arena, cells, n, cap);
            cells[n] = audit_cell_parse(
                reader->arena, rk_arena_copy_n(reader->arena, text, bytes), at + 1, n + 1);
            n++;
            if (!text[bytes]) break;
            text += bytes + 1;
        }
        audit_rows_add(reader, &rows, cells, n);
    }
    audit_add_table(reader, &rows, first + 1);
    return at - first;
}

size_t audit_read_layout(struct audit_reader *reader, char **lines, size_t first,
                         size_t count)
{
    struct layout layout = {.reader = reader};
    struct line_runs runs;
    size_t taken;

    if (is_tabbed(lines[first]) && first + 1 < count && is_tabbed(lines[first + 1]))
        return read_tabs(reader, lines, first, count);
    split_runs(reader->arena, lines[first], &runs);
    if ((runs.count < 2 && !reader->caption) || audit_is_caption(runs.runs[0].text) ||
        audit_is_note(runs.runs[0].text) || is_tabbed(lines[first]))
        return 0;
    layout.lines = RK_ARRAY(reader->arena, struct line_runs, MOST_LINES);
    taken = gather(&layout, lines, first, count);
    return layout.count >= 3 && build(&layout) ? taken : 0;
}
