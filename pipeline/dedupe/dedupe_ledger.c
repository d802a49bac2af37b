// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_ledger.h"

#include "pipeline/dedupe/dedupe_write.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code, *reason;
} aways[AWAYS] = {
    [AWAY_NOT] = {"",               ""                                },
    [AWAY_NO_KEY] = {"no_key",         "no key, so nobody"               },
    [AWAY_NO_REFERENCE] = {"no_reference",   "names no person"                 },
    [AWAY_UNKNOWN] = {"unknown_person",
                  "its person is not known (never there, or excluded)"},
    [AWAY_RULED] = {"ruled_out",      "excluded by a check"             },
};

const char *dedupe_away_code(enum dedupe_away why)
{
    return aways[why].code;
}

const char *dedupe_away_reason(enum dedupe_away why)
{
    return aways[why].reason;
}

rk_status dedupe_ledger_open(struct dedupe *stage)
{
    static const char *const duplicates[] = {"source",      "rule",   "kept",
                                             "absorbed",    "column", "kept_value",
                                             "other_value", "what",   NULL};
    static const char *const unlinked[] = {"source", "file_line", "column", "reference",
                                           "code",   "reason",    NULL};
    static const char *const issues[] = {"file", "line", "column", "source", "rule",
                                         "old",  "new",  "what",   NULL};

    RK_TRY(dedupe_write_begin(stage, "duplicates.csv", duplicates, &stage->duplicates));
    RK_TRY(dedupe_write_begin(stage, "unlinked.csv", unlinked, &stage->unlinked));
    return dedupe_write_begin(stage, "issues.csv", issues, &stage->issues);
}

static void put_row(struct rk_csv_writer *writer, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rk_csv_cell(writer, cells[i]);
    rk_csv_end(writer);
}

void dedupe_set_aside(struct dedupe_rows *rows, size_t row,
                      const struct frame_column *reference, enum dedupe_away why)
{
    const char *text = reference->text[row];
    const char *const cells[] = {rows->source->name, rows->frame->file_line[row],
                                 reference->name,    text ? text : "",
                                 aways[why].code,    aways[why].reason};

    rows->away[row] = (unsigned char)why;
    put_row(&rows->stage->unlinked, cells, sizeof cells / sizeof *cells);
}

void dedupe_rule_out(struct dedupe_rows *rows, size_t row, size_t check)
{
    const struct study_check *rule = &rows->source->checks[check];
    const char *name = rows->source->link ? rows->source->link : rows->source->key;
    const struct frame_column *reference = name ? frame_column(rows->frame, name) : NULL;
    const char *text = reference && reference->text ? reference->text[row] : NULL;
    const char *const cells[] = {rows->source->name, rows->frame->file_line[row],
                                 name ? name : "",   text ? text : "",
                                 rule->code,         rule->say};

    rows->away[row] = AWAY_RULED;
    rows->ruled[check]++;
    put_row(&rows->stage->unlinked, cells, sizeof cells / sizeof *cells);
}

/* "reviews.csv:214" to its parts. */
static const char *split(const struct dedupe_rows *rows, size_t row, const char **line)
{
    const char *text = rows->frame->file_line[row];
    const char *colon = text ? strrchr(text, ':') : NULL;

    *line = colon ? colon + 1 : "";
    return colon ? rk_arena_copy_n(rows->run->arena, text, (size_t)(colon - text)) : "";
}

struct rk_place dedupe_place(const struct dedupe_rows *rows, size_t row)
{
    const char *line;
    const char *file = split(rows, row, &line);

    return RK_AT(file, strtoul(line, NULL, 10), 0);
}

void dedupe_issue(struct dedupe_rows *rows, size_t row, const char *column,
                  const char *rule, const char *old, const char *now, const char *what)
{
    const char *line;
    const char *file = split(rows, row, &line);
    const char *const cells[] = {file, line, column, rows->source->name,
                                 rule, old,  now,    what};

    put_row(&rows->stage->issues, cells, sizeof cells / sizeof *cells);
}
