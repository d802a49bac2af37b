// SPDX-License-Identifier: MIT
/** Figures that are names: "45 to 54", "Over 27", "0 to 40" of a scale. The study says which. */
#include "render/lint_priv.h"

#include <ctype.h>
#include <string.h>

static void add_label(struct lint *lint, const char *label)
{
    bool digit = false, other = false;

    for (const char *p = label ? label : ""; *p; p++) {
        digit |= isdigit((unsigned char)*p) != 0;
        other |= !isdigit((unsigned char)*p);
    }
    if (!digit || !other)
        return; /* a bare number names nothing */
    RK_ROOM(lint->arena, lint->labels, lint->label_count, lint->label_cap);
    lint->labels[lint->label_count++] = label;
}

static void add_columns(struct lint *lint, const struct study_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct code_list *codes = columns[i].codes;
        add_label(lint, columns[i].label);
        for (size_t k = 0; codes && k < codes->count; k++)
            add_label(lint, codes->labels[k]);
    }
}

static void add_study(struct lint *lint)
{
    const struct study *study = lint->study;

    add_label(lint, study->title);
    add_label(lint, study->programme);
    for (size_t i = 0; i < study->source_count; i++) {
        add_label(lint, study->sources[i].label);
        add_columns(lint, study->sources[i].columns, study->sources[i].column_count);
        add_columns(lint, study->sources[i].derived, study->sources[i].derived_count);
    }
    for (size_t i = 0; i < study->scale_count; i++) {
        add_label(lint, study->scales[i].title);
        for (size_t k = 0; k < study->scales[i].band_count; k++)
            add_label(lint, study->scales[i].bands[k].label);
    }
    for (size_t i = 0; i < study->result_count; i++) {
        add_label(lint, study->results[i].title);
        for (size_t k = 0; k < study->results[i].at_count; k++)
            add_label(lint, rk_arena_printf(lint->arena, "%ld days", study->results[i].at[k]));
    }
}

void lint_labels_read(struct lint *lint)
{
    struct rk_map *seen = rk_map_new(lint->arena);

    add_study(lint);
    for (size_t i = 0; lint->results && i < lint->results->cell_count; i++) {
        const struct cell *cell = &lint->results->cells[i];
        const char *both[] = {cell->row_label, cell->column_label};
        for (size_t k = 0; k < 2; k++) {
            size_t known = rk_map_count(seen);
            if (rk_map_add(seen, both[k]) == known)
                add_label(lint, both[k]);
        }
    }
}

/** Bytes of a dash or " to " between two ends of a band, or 0. */
static size_t dash(const char *text)
{
    size_t n = 0;

    while (text[n] == ' ')
        n++;
    if (strncmp(text + n, "to ", 3) == 0 && n)
        n += 2;
    else if (strncmp(text + n, "\u2013", strlen("\u2013")) == 0)
        n += strlen("\u2013");
    else if (text[n] == '-')
        n++;
    else
        return 0;
    while (text[n] == ' ')
        n++;
    return n;
}

/** Bytes of `text` that read as the label does, or 0: case and the kind of dash do not matter. */
static size_t reads_as(const char *text, const char *label)
{
    const char *p = text;

    while (*label) {
        size_t a = dash(p), b = dash(label);
        if (a && b) {
            p += a;
            label += b;
        } else if (tolower((unsigned char)*p) == tolower((unsigned char)*label)) {
            p++;
            label++;
        } else if (isspace((unsigned char)*p) && *label == ' ') {
            p++;
            label++;
        } else {
            return 0;
        }
    }
    return isalnum((unsigned char)*p) ? 0 : (size_t)(p - text);
}

enum { LABEL_BEFORE = 80 }; /**< how far before its figure a label may start */

bool lint_in_label(struct lint *lint, size_t start, size_t end)
{
    size_t from = start > LABEL_BEFORE ? start - LABEL_BEFORE : 0;

    for (size_t at = start + 1; at-- > from;) {
        if (at && isalnum((unsigned char)lint->text[at - 1]))
            continue;
        for (size_t i = 0; i < lint->label_count; i++)
            if (at + reads_as(lint->text + at, lint->labels[i]) >= end)
                return true;
    }
    return false;
}

/* ---- ranges of scales and scores ---- */

/** Does the sentence print the number as a figure of its own? */
static bool has_number(const struct lint *lint, const struct lint_sentence *sentence,
                       double value)
{
    for (size_t at = sentence->start; at < sentence->end; at++) {
        if (!isdigit((unsigned char)lint->text[at]))
            continue;
        double number = 0;
        while (at < sentence->end && isdigit((unsigned char)lint->text[at]))
            number = number * 10 + (lint->text[at++] - '0');
        if (number == value)
            return true;
    }
    return false;
}

static bool one_end(const struct lint *lint, const struct lint_sentence *sentence, double value,
                    double low, double high)
{
    return (value == low && has_number(lint, sentence, high)) ||
           (value == high && has_number(lint, sentence, low));
}

static bool in_columns(const struct lint *lint, const struct lint_sentence *sentence,
                       double value, const struct study_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i].type == COLUMN_INTEGER || columns[i].type == COLUMN_NUMBER)
            if (one_end(lint, sentence, value, columns[i].lowest, columns[i].highest))
                return true;
    return false;
}

/** "GSE: low to 20, high from 31": ends of a scale's bands, where the scale is named. */
static bool in_bands(const struct lint_sentence *sentence, double value,
                     const struct study_scale *scale)
{
    bool named = false;

    for (size_t i = 0; i < sentence->count; i++)
        named |= strcmp(sentence->words[i].text, scale->name) == 0;
    for (size_t i = 0; named && i < scale->band_count; i++)
        if (value == scale->bands[i].low || value == scale->bands[i].high)
            return true;
    return false;
}

/** "Score: low to 20, high from 21": where a variable of this source is cut, when it is named. */
static bool in_cuts(const struct lint_sentence *sentence, double value,
                    const struct study_source *source)
{
    for (size_t i = 0; i < source->derived_count; i++) {
        const struct study_derive *derive = source->derived[i].derive;
        bool named = false;
        for (size_t k = 0; derive->kind == DERIVE_CUT && k < sentence->count; k++)
            named |= strcmp(sentence->words[k].text, derive->of) == 0;
        for (size_t k = 0; named && k < derive->at_count; k++)
            if (value == derive->at[k] || value == derive->at[k] - 1)
                return true;
    }
    return false;
}

/** "from 0 to 40": both ends of a scale or of a score's range stand in the sentence. */
bool lint_in_range(struct lint *lint, const struct lint_sentence *sentence, double value)
{
    const struct study *study = lint->study;

    for (size_t i = 0; i < study->scale_count; i++) {
        const struct study_scale *scale = &study->scales[i];
        double items = (double)scale->item_count;
        if (one_end(lint, sentence, value, scale->item_low, scale->item_high) ||
            one_end(lint, sentence, value, items * scale->item_low, items * scale->item_high) ||
            in_bands(sentence, value, scale))
            return true;
    }
    for (size_t i = 0; i < study->source_count; i++)
        if (in_cuts(sentence, value, &study->sources[i]) ||
            in_columns(lint, sentence, value, study->sources[i].columns,
                       study->sources[i].column_count))
            return true;
    return false;
}
