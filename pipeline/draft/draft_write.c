// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void draft_put(struct draft_out *out, const char *format, ...)
{
    va_list args;
    const char *text;
    size_t bytes;

    va_start(args, format);
    text = rk_arena_vprintf(out->arena, format, args);
    va_end(args);
    bytes = strlen(text);
    if (out->bytes + bytes + 1 > out->cap) {
        size_t cap = 2 * (out->bytes + bytes) + 1024;

        out->text = rk_arena_grow(out->arena, out->text, out->bytes, cap, 1);
        out->cap = cap;
    }
    memcpy(out->text + out->bytes, text, bytes + 1);
    out->bytes += bytes;
}

static bool is_plain(const char *text)
{
    static const char *const words[] = {"yes",  "no", "true", "false",
                                        "null", "on", "off",  "~"};

    if (!*text || strpbrk(text, ":#{}[],&*!|>'\"%@`?\\\n\t") ||
        isspace((unsigned char)*text) || text[strlen(text) - 1] == ' ' || *text == '-' ||
        *text == '=')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return false;
    return true;
}

const char *draft_yaml(struct rk_arena *arena, const char *text)
{
    char *out, *at;

    if (is_plain(text)) return text;
    at = out = rk_arena_alloc(arena, 4 * strlen(text) + 3, 1);
    *at++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') *at++ = '\\';
        if (*text == '\n')
            at = stpcpy(at, "\\n");
        else if (*text == '\t')
            at = stpcpy(at, "\\t");
        else if ((unsigned char)*text >= ' ')
            *at++ = *text;
    }
    *at = '"';
    return out;
}

/* ---- a column ---- */

static const char *const type_names[] = {
    [COLUMN_ID] = "id",           [COLUMN_DATE] = "date",     [COLUMN_CODE] = "code",
    [COLUMN_INTEGER] = "integer", [COLUMN_NUMBER] = "number", [COLUMN_TEXT] = "text",
};

static void put_from(struct draft *draft, struct draft_out *out,
                     const struct draft_column *column)
{
    draft_put(out, "from: %s, type: %s", draft_yaml(draft->arena, column->heading),
              type_names[column->type]);
}

static void put_tidy(struct draft *draft, struct draft_out *out)
{
    draft_put(out, ", tidy: [");
    if (draft->upper) draft_put(out, "upper%s", *draft->strip ? ", " : "");
    for (const char *at = draft->strip; *at; at++)
        draft_put(out, "remove \"%c\"%s", *at, at[1] ? ", " : "");
    draft_put(out, "]");
}

/* The people's references also begin as a test's may. */
static const char *pattern_text(struct draft *draft, const struct draft_column *column)
{
    const char *tests = "";

    if (!column->tests) return column->pattern;
    for (size_t i = 0; i < draft->words->tests.count; i++) {
        const char *word = draft->words->tests.items[i];

        for (size_t t = 0; t < column->texts.count; t++)
            if (strncmp(draft_reference(draft->arena, column->texts.items[t].text), word,
                        strlen(word)) == 0) {
                tests = rk_arena_printf(draft->arena, "%s|%s.*", tests, word);
                break;
            }
    }
    return rk_arena_printf(draft->arena, "(%s%s)", column->pattern, tests);
}

static void put_apart(struct draft *draft, struct draft_out *out,
                      const struct draft_list *list)
{
    bool any = false;

    for (size_t i = 0; i < list->count; i++) {
        if (!list->codes[i].apart) continue;
        draft_put(out, "%s%s", any ? ", " : ", apart: [",
                  draft_yaml(draft->arena, list->codes[i].code));
        any = true;
    }
    if (any) draft_put(out, "]");
}

static void put_type(struct draft *draft, struct draft_out *out,
                     const struct draft_column *column)
{
    switch (column->type) {
    case COLUMN_ID:
        if (column->tidied) put_tidy(draft, out);
        if (column->pattern)
            draft_put(out, ", pattern: %s",
                      draft_yaml(draft->arena, pattern_text(draft, column)));
        break;
    case COLUMN_DATE:
        draft_put(out, ", formats: [");
        for (size_t i = 0; i < column->format_count; i++)
            draft_put(out, "%s%s", i ? ", " : "", column->formats[i]);
        draft_put(out, "]");
        if (column->before) draft_put(out, ", before: %s", column->before->name);
        break;
    case COLUMN_CODE:
        draft_put(out, ", codes: %s", column->list->name);
        if (!column->list->ordered) break;
        draft_put(out, ", ordered: yes");
        put_apart(draft, out, column->list);
        break;
    case COLUMN_INTEGER:
    case COLUMN_NUMBER:
        if (column->ranged) draft_put(out, ", range: [%g, %g]", column->low, column->high);
        break;
    default:
        if (column->role == ROLE_POSTCODE) draft_put(out, ", tidy: [upper, remove \" \"]");
    }
}

static void put_checks(struct draft_out *out, const struct draft_column *column)
{
    for (size_t i = 0; i < column->check_count; i++)
        draft_put(out, "%s%s", i ? "; " : "  # CHECK: ", column->checks[i]);
    draft_put(out, "\n");
}

static void put_column(struct draft *draft, struct draft_out *out,
                       const struct draft_source *source, const struct draft_column *column)
{
    bool names = column == source->key || column == source->link;

    draft_put(out, "      %s%s: {", column->leave ? "# " : "", column->name);
    put_from(draft, out, column);
    if (column->private && !names) draft_put(out, ", private: yes");
    if (column->optional) draft_put(out, ", optional: yes");
    put_type(draft, out, column);
    if (!column->item && !names)
        draft_put(out, ", label: %s", draft_yaml(draft->arena, column->heading));
    draft_put(out, "}");
    if (column->leave)
        draft_put(out, "  # not read: %s\n", column->why_left);
    else
        put_checks(out, column);
}

/* ---- rules ---- */

static void put_exclusions(struct draft *draft, struct draft_out *out,
                           const struct draft_source *source)
{
    const struct draft_column *key = source->key;
    bool people = source == draft->people;

    if (!people || !key) return;
    draft_put(out, "    exclude:\n");
    for (size_t i = 0; key->tests && i < draft->words->tests.count; i++)
        if (strstr(pattern_text(draft, key), draft->words->tests.items[i]))
            draft_put(out,
                      "      - {code: test_record%s, reason: test record, when: '%s begins "
                      "\"%s\"'}\n",
                      i ? rk_arena_printf(draft->arena, "_%zu", i + 1) : "", key->name,
                      draft->words->tests.items[i]);
    draft_put(
        out,
        "      - {code: no_reference, reason: no reference, when: %s is missing or %s is "
        "invalid}\n",
        key->name, key->name);
    if (source->date)
        draft_put(
            out,
            "      - {code: no_date, reason: date missing or impossible, when: %s is "
            "missing or %s is invalid}  # CHECK: may people without this date stay?\n",
            source->date->name, source->date->name);
    for (size_t i = 0; i < source->count; i++)
        if (source->columns[i].role == ROLE_CONSENT && source->columns[i].list &&
            source->columns[i].list->known)
            draft_put(
                out,
                "      - {code: no_consent, reason: no consent to the use of data, when: "
                "%s is no}  # CHECK: and those who were not asked?\n",
                source->columns[i].name);
}

static void put_rekeyed(struct draft_out *out, const struct draft_source *source)
{
    static const enum draft_role roles[] = {ROLE_BORN, ROLE_SEX, ROLE_POSTCODE,
                                            ROLE_SURNAME};
    const char *names[4];
    size_t count = 0;

    for (size_t r = 0; r < 4; r++)
        for (size_t i = 0; i < source->count; i++)
            if (source->columns[i].role == roles[r] && !source->columns[i].leave &&
                count < 3) {
                names[count++] = source->columns[i].name;
                break;
            }
    if (count < 3 || !source->date) return;
    draft_put(out, "      - {code: rekeyed, match: [%s, %s, %s], keep: earliest %s}\n",
              names[0], names[1], names[2], source->date->name);
}

static void put_duplicates(struct draft *draft, struct draft_out *out,
                           const struct draft_source *source)
{
    draft_put(out, "    duplicates:\n      - {code: exact, match: all, keep: first}\n");
    if (source->key && source != draft->people)
        draft_put(out, "      - {code: same_%s, match: [%s], keep: last}\n",
                  source->key->name, source->key->name);
    if (source != draft->people || !source->key) return;
    draft_put(out, "      - {code: same_reference, match: [%s], keep: %s%s}\n",
              source->key->name, source->date ? "latest " : "last",
              source->date ? source->date->name : "");
    put_rekeyed(out, source);
}

/* ---- a source ---- */

static void put_source(struct draft *draft, struct draft_out *out,
                       const struct draft_source *source)
{
    draft_put(out, "\n  %s:\n    label: %s\n    file: %s\n", source->name,
              draft_yaml(draft->arena, source->label),
              draft_yaml(draft->arena, source->glob));
    if (source->sheet)
        draft_put(out, "    sheet: %s\n", draft_yaml(draft->arena, source->sheet));
    if (source->footer)
        draft_put(out, "    footer: [%s]\n", draft_yaml(draft->arena, source->footer));
    if (source->key) draft_put(out, "    key: %s\n", source->key->name);
    if (source->link) draft_put(out, "    link: %s\n", source->link->name);
    if (source->link && source->key && source->link->texts.rows * 100 < source->rows * 98)
        draft_put(out, "    unlinked: keep  # CHECK: %ld rows name nobody\n",
                  source->rows - source->link->texts.rows);
    draft_put(out, "    columns:\n");
    for (size_t i = 0; i < source->count; i++)
        put_column(draft, out, source, &source->columns[i]);
    put_exclusions(draft, out, source);
    draft_put_rules(draft, out, source);
    put_duplicates(draft, out, source);
}

/* Words for no answer that the extracts hold, the commonest spelling of each first met. */
static void put_missing(struct draft *draft, struct draft_out *out)
{
    struct rk_map *seen = rk_map_new(draft->arena);

    draft_put(out, "missing: [\"\"");
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++) {
            const struct draft_texts *none = &draft->sources[s].columns[i].none;

            for (size_t t = 0; !draft->sources[s].columns[i].leave && t < none->count;
                 t++) {
                size_t known = rk_map_count(seen);

                if (rk_map_add(seen, rk_text_fold(draft->arena, none->items[t].text)) ==
                    known)
                    draft_put(out, ", %s", draft_yaml(draft->arena, none->items[t].text));
            }
        }
    draft_put(out, "]\n");
}

static const char *day_text(struct draft *draft, long day)
{
    char text[16];

    return rk_arena_copy(draft->arena, rk_date_text(text, day));
}

/* Days from what a record is about to its being typed in. */
static void put_timing(struct draft *draft, struct draft_out *out)
{
    bool any = false;

    for (size_t s = 0; s < draft->count; s++) {
        const struct draft_source *source = &draft->sources[s];

        for (size_t i = 0; source->date && i < source->count; i++) {
            const struct draft_column *column = &source->columns[i];

            if (column->role != ROLE_ENTERED || column->type != COLUMN_DATE ||
                column == source->date)
                continue;
            draft_put(
                out, "%s    - {source: %s, from: %s, to: %s, label: %s}\n",
                any ? "" : "\nquality:\n  timing:\n", source->name, source->date->name,
                column->name,
                draft_yaml(draft->arena,
                           rk_arena_printf(draft->arena, "%s: days until it was typed in",
                                           source->label)));
            any = true;
        }
    }
}

void draft_write_sources(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "# Drafted by reckon init from what the extracts hold. Nothing here is settled: "
        "README.md lists what to check,\n# and \"CHECK\" marks it below. Lines that begin "
        "with \"# \" and a name are columns that are not read.\n"
        "reckon: 1\nstudy: %s\ntitle: %s  # CHECK\nprogramme: %s  # CHECK: how sentences "
        "call it\ndata: %s\n",
        draft->name, draft_yaml(draft->arena, draft->title),
        draft_yaml(draft->arena, draft->title), draft_yaml(draft->arena, draft->data));
    draft_put(out, "period_start: %s  # CHECK: %s\n", day_text(draft, draft->start),
              draft->no_period ? "no date of the extracts tells; fill it in"
                               : "the earliest date of the bulk of the records");
    draft_put(out, "cut_off: %s  # CHECK: %s\n", day_text(draft, draft->cut_off),
              draft->no_period      ? "no date of the extracts tells; fill it in"
              : draft->cut_off_said ? "as a line above the headings says"
                                    : "the latest date of the bulk of the records");
    put_missing(draft, out);
    draft_put(
        out,
        "people: %s\n\nrules:\n  small_base: 30\n  min_percent_base: 10\n  "
        "suppress_below: 5\n  level: 0.95\n  decimals: {percent: 1, mean: 1, points: 1, "
        "ratio: 2}\n\nsources:",
        draft->people->name);
    put_source(draft, out, draft->people);
    for (size_t i = 0; i < draft->count; i++)
        if (&draft->sources[i] != draft->people) put_source(draft, out, &draft->sources[i]);
    draft_put_dedupe(draft, out);
    put_timing(draft, out);
}
