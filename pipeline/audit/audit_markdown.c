// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"
#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <string.h>

/** Markdown and plain text, line by line. */
struct text_state {
    struct audit_reader *reader;
    char **lines;
    size_t count, at;
    const char *open; /**< the paragraph being read, or NULL */
    size_t open_line, open_column, open_indent;
    enum audit_block_kind open_kind;
};

static void end_paragraph(struct text_state *state)
{
    if (state->open)
        audit_add_block(state->reader, state->open_kind, state->open, state->open_line,
                        state->open_column, state->open_indent);
    state->open = NULL;
}

static size_t indent_of(const char *line)
{
    return strspn(line, " \t");
}

static bool is_rule(const char *line)
{
    bool dash = false;

    for (; *line; line++) {
        dash |= *line == '-' || *line == '=';
        if (!strchr("|-=: +\t", *line)) return false;
    }
    return dash;
}

static bool is_pipe_row(const struct text_state *state, size_t at)
{
    const char *line = state->lines[at] + indent_of(state->lines[at]);
    const char *next = at + 1 < state->count ? state->lines[at + 1] : "";

    return line[0] == '|' || (strchr(line, '|') && is_rule(next) && strchr(next, '|'));
}

/** Cells between pipes; a pipe after a backslash is text. */
static struct audit_cell *split_pipes(struct audit_reader *reader, const char *line,
                                      size_t number, size_t *count)
{
    struct audit_cell *cells = NULL;
    size_t n = 0, cap = 0;
    const char *at = line + indent_of(line);

    at += *at == '|';
    while (*at) {
        const char *end = at;
        while (*end && (*end != '|' || (end > at && end[-1] == '\\')))
            end++;
        if (!*end && !at[strspn(at, " \t")]) break;
        RK_ROOM(reader->arena, cells, n, cap);
        char *text = rk_arena_copy_n(reader->arena, at, (size_t)(end - at));
        size_t lead = indent_of(text);
        /* one blank is the table's, more are the label's indent */
        text = n == 0 && lead > 1 ? text + 1 : text + lead;
        for (size_t k = strlen(text); k && isspace((unsigned char)text[k - 1]);)
            text[--k] = '\0';
        cells[n++] =
            audit_cell_parse(reader->arena, text, number, (size_t)(at - line) + lead + 1);
        at = *end ? end + 1 : end;
    }
    *count = n;
    return cells;
}

static void read_pipes(struct text_state *state)
{
    struct audit_rows rows = {0};
    size_t first = state->at;

    for (; state->at < state->count; state->at++) {
        const char *line = state->lines[state->at];
        size_t count;
        if (!strchr(line, '|')) break;
        if (is_rule(line)) continue;
        struct audit_cell *cells = split_pipes(state->reader, line, state->at + 1, &count);
        if (count) audit_rows_add(state->reader, &rows, cells, count);
    }
    audit_add_table(state->reader, &rows, first + 1);
}

/** Bytes of a bullet and its blanks, or 0. */
static size_t bullet_bytes(const char *text)
{
    static const char *const bullets[] = {
        "- ",           "* ",           "+ ",           "\xE2\x80\xA2", "\xE2\x9D\x96",
        "\xE2\x96\xAA", "\xE2\x97\xA6", "\xEF\x82\xB7", "\xEF\x82\xA7", NULL};

    for (size_t i = 0; bullets[i]; i++)
        if (strncmp(text, bullets[i], strlen(bullets[i])) == 0)
            return strlen(bullets[i]) + strspn(text + strlen(bullets[i]), " ");
    return 0;
}

static void open_block(struct text_state *state, enum audit_block_kind kind,
                       const char *text, size_t indent)
{
    state->open = text;
    state->open_kind = kind;
    state->open_line = state->at + 1;
    state->open_column = (size_t)(text - state->lines[state->at]) + 1;
    state->open_indent = indent;
}

static void take_line(struct text_state *state)
{
    char *line = state->lines[state->at];
    char *text = line + indent_of(line);
    size_t bullet = bullet_bytes(text);

    if (*text == '#') {
        end_paragraph(state);
        text += strspn(text, "# ");
        audit_add_block(state->reader,
                        audit_is_caption(text) ? AUDIT_CAPTION : AUDIT_HEADING, text,
                        state->at + 1, 1, 0);
    } else if (audit_is_caption(text)) {
        end_paragraph(state);
        audit_add_block(state->reader, AUDIT_CAPTION, text + strspn(text, "*_ "),
                        state->at + 1, 1, 0);
    } else if (audit_is_note(text)) {
        end_paragraph(state);
        audit_add_note(state->reader, text, state->at + 1);
    } else if (bullet) {
        end_paragraph(state);
        open_block(state, AUDIT_ITEM, text + bullet, indent_of(line));
    } else if (audit_is_numbered(text) || !state->open) {
        end_paragraph(state);
        open_block(state, AUDIT_PARAGRAPH, text, indent_of(line));
    } else {
        state->open = rk_arena_printf(state->reader->arena, "%s\n%s", state->open, line);
    }
    state->at++;
}

static char **split_lines(struct rk_arena *arena, char *text, size_t *count)
{
    char **lines = NULL;
    size_t n = 0, cap = 0;

    for (char *page = text; (page = strchr(page, '\f'));)
        *page = ' '; /* a page's end stands before the first line of the next */
    while (*text) {
        char *end = text + strcspn(text, "\n");
        bool last = !*end;
        RK_ROOM(arena, lines, n, cap);
        lines[n++] = text;
        *end = '\0';
        if (end > text && end[-1] == '\r') end[-1] = '\0';
        if (last) break;
        text = end + 1;
    }
    *count = n;
    return lines;
}

void audit_read_text(struct audit_reader *reader, char *text)
{
    struct text_state state = {.reader = reader};

    state.lines = split_lines(reader->arena, text, &state.count);
    while (state.at < state.count) {
        const char *line = state.lines[state.at];
        size_t taken;
        if (!line[indent_of(line)]) {
            end_paragraph(&state);
            state.at++;
        } else if (is_pipe_row(&state, state.at)) {
            end_paragraph(&state);
            read_pipes(&state);
        } else if (is_rule(line)) {
            end_paragraph(&state);
            state.at++;
        } else if (!state.open && (taken = audit_read_layout(reader, state.lines, state.at,
                                                             state.count)) > 0) {
            state.at += taken;
        } else {
            take_line(&state);
        }
    }
    end_paragraph(&state);
}
