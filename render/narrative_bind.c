// SPDX-License-Identifier: MIT
/** Tokens to words: `{{ cell | word }}` and `@tbl-x`. */
#include "render/narrative_priv.h"

#include "pipeline/base/rk_text.h"
#include "render/number.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells by address ---- */

static const char *nearest_cell(struct reading *reading, const char *id)
{
    const struct results *results = reading->results;
    const char **ids = RK_ARRAY(reading->arena, const char *, results->cell_count + 1);

    for (size_t i = 0; i < results->cell_count; i++)
        ids[i] = results->cells[i].id;
    return rk_text_nearest(id, ids, results->cell_count);
}

const struct cell *narrative_cell(struct reading *reading, const char *id,
                                  struct rk_place place)
{
    const struct cell *cell = results_find(reading->results, id);
    const char *near;

    if (cell) {
        rk_map_add(reading->printed, cell->id);
        return cell;
    }
    near = nearest_cell(reading, id);
    narrative_error(reading, place, "there is no cell \"%s\"%s%s%s", id,
                    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return NULL;
}

/* ---- words after the bar ---- */

struct wanted {
    struct reading *reading;
    const struct cell *cell;
    struct rk_place place;
};

static const char *count_words(struct wanted *w, long count)
{
    if (w->cell->mark == MARK_MASKED || count < 0)
        return narrative_mark(w->cell) ? narrative_mark(w->cell) : "[x]";
    return render_number(w->reading->arena, (double)count, 0, NUMBER_PLAIN);
}

static const char *word_bare(struct wanted *w)
{
    return narrative_bare(w->reading, w->cell, false);
}

static const char *word_whole(struct wanted *w)
{
    const char *mark = narrative_mark(w->cell);

    if (mark)
        return mark;
    return rk_arena_printf(w->reading->arena, "%s%s",
                           render_number(w->reading->arena, w->cell->value, 0, NUMBER_PLAIN),
                           w->cell->unit == UNIT_PERCENT ? "%" : "");
}

static const char *word_n(struct wanted *w)
{
    return count_words(w, w->cell->numerator);
}

static const char *word_base(struct wanted *w)
{
    return w->cell->base < 0 ? "[c]"
                             : render_number(w->reading->arena, (double)w->cell->base, 0,
                                             NUMBER_PLAIN);
}

static const char *word_of(struct wanted *w)
{
    return rk_arena_printf(w->reading->arena, "%s of %s", word_n(w), word_base(w));
}

static const char *word_interval(struct wanted *w)
{
    const char *interval = narrative_interval(w->reading, w->cell);
    const char *mark = w->cell->mark == MARK_INTERVAL ? "[c]" : narrative_mark(w->cell);

    if (!interval[0] && !mark)
        narrative_error(w->reading, w->place, "%s has no interval", w->cell->id);
    return interval[0] ? interval : mark ? mark : "[x]";
}

/* Limits that are no confidence interval. */
static const struct {
    const char *method, *word;
} ranges[] = {{"manski", "bounds"}, {"linkage-range", "range"}};

static const char *word_ci(struct wanted *w)
{
    if (narrative_mark(w->cell))
        return narrative_mark(w->cell);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (strcmp(w->cell->method, ranges[i].method) == 0)
            return rk_arena_printf(w->reading->arena, "%s (%s %s)",
                                   narrative_value(w->reading, w->cell), ranges[i].word,
                                   word_interval(w));
    return rk_arena_printf(w->reading->arena, "%s (%.0f%% CI %s)",
                           narrative_value(w->reading, w->cell),
                           100 * (isnan(w->cell->level) ? w->reading->study->level
                                                        : w->cell->level),
                           word_interval(w));
}

static const char *word_full(struct wanted *w)
{
    if (narrative_mark(w->cell))
        return narrative_mark(w->cell);
    return rk_arena_printf(w->reading->arena, "%s, %s", word_of(w), word_ci(w));
}

static const char *word_plus(struct wanted *w)
{
    return narrative_bare(w->reading, w->cell, true);
}

static const char *word_size(struct wanted *w)
{
    struct cell size = *w->cell;

    size.value = fabs(size.value);
    return narrative_value(w->reading, &size);
}

static const char *word_base_words(struct wanted *w)
{
    const struct base *base = results_find_base(w->reading->results, w->cell->base_id);

    if (base)
        return base->sentence;
    narrative_error(w->reading, w->place, "%s has no base", w->cell->id);
    return "";
}

static const char *word_word(struct wanted *w)
{
    return narrative_mark(w->cell) ? narrative_mark(w->cell)
                                   : render_number_word(w->reading->arena, w->cell->value);
}

static const char *word_row(struct wanted *w)
{
    return w->cell->row_label;
}

static const char *word_column(struct wanted *w)
{
    return w->cell->column_label;
}

static const char *word_say(struct wanted *w)
{
    return narrative_say(w->reading, w->cell);
}

static const char *word_fragility(struct wanted *w)
{
    const char *said = narrative_fragility(w->reading, w->cell);

    if (!said)
        narrative_error(w->reading, w->place,
                        "%s is no change of a yes/no answer or a category; what would undo it is "
                        "counted for RESULT.ROW.change.points",
                        w->cell->id);
    return said ? said : "[x]";
}

static const struct {
    const char *name;
    const char *(*word)(struct wanted *);
} words[] = {
    {"bare", word_bare}, {"whole", word_whole}, {"n", word_n},       {"base", word_base},
    {"of", word_of},     {"full", word_full},   {"ci", word_ci},     {"interval", word_interval},
    {"plus", word_plus}, {"size", word_size},   {"word", word_word}, {"base_words", word_base_words},
    {"row", word_row},   {"column", word_column}, {"say", word_say},
    {"fragility", word_fragility},
};
enum { WORDS = sizeof words / sizeof words[0] };

static const char *bigger(struct wanted *w, const char *than)
{
    const struct cell *other = narrative_cell(w->reading, than, w->place);

    if (other && !(w->cell->value > other->value))
        narrative_error(w->reading, w->place, "%s is not bigger than %s", w->cell->id, than);
    return narrative_value(w->reading, w->cell);
}

static const char *bind_cell(struct reading *reading, char *id, char *word,
                             struct rk_place place)
{
    struct wanted wanted = {reading, narrative_cell(reading, id, place), place};
    const char *names[WORDS], *near;

    if (!wanted.cell)
        return "[x]";
    if (!word || !word[0])
        return narrative_value(reading, wanted.cell);
    if (strncmp(word, "bigger than ", 12) == 0)
        return bigger(&wanted, rk_text_trim(word + 12));
    for (size_t i = 0; i < WORDS; i++) {
        names[i] = words[i].name;
        if (strcmp(word, words[i].name) == 0)
            return words[i].word(&wanted);
    }
    near = rk_text_nearest(word, names, WORDS);
    narrative_error(reading, place, "\"%s\" is no way to print a cell%s%s%s", word,
                    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return "[x]";
}

/* ---- what is not a cell ---- */

static const char *bind_study(struct reading *reading, const char *key, struct rk_place place)
{
    const struct study *study = reading->study;

    if (strcmp(key, "cut_off") == 0)
        return render_date(reading->arena, study->cut_off);
    if (strcmp(key, "period_start") == 0)
        return render_date(reading->arena, study->period_start);
    if (strcmp(key, "title") == 0)
        return study->title;
    if (strcmp(key, "programme") == 0)
        return study->programme;
    if (strcmp(key, "small_base") == 0)
        return render_number(reading->arena, (double)study->small_base, 0, NUMBER_PLAIN);
    if (strcmp(key, "min_percent_base") == 0)
        return render_number(reading->arena, (double)study->min_percent_base, 0, NUMBER_PLAIN);
    if (strcmp(key, "suppress_below") == 0)
        return render_number(reading->arena, (double)study->suppress_below, 0, NUMBER_PLAIN);
    if (strcmp(key, "level") == 0)
        return rk_arena_printf(reading->arena, "%s%%",
                               render_number(reading->arena, 100 * study->level, 0,
                                             NUMBER_PLAIN));
    narrative_error(reading, place,
                    "study.%s is not known: cut_off, period_start, title, programme, "
                    "small_base, min_percent_base, suppress_below, level",
                    key);
    return "[x]";
}

static const char *bind_label(struct reading *reading, const char *name, struct rk_place place)
{
    for (size_t i = 0; i < reading->study->source_count; i++) {
        const struct study_column *column =
            study_column(&reading->study->sources[i], name);
        if (column)
            return column->label;
    }
    narrative_error(reading, place, "no source has a column \"%s\"", name);
    return "[x]";
}

/** `say RESULT`: a sentence about the whole of it. */
static const char *bind_result(struct reading *reading, const struct study_result *result,
                               struct rk_place place)
{
    const char *said = narrative_say_result(reading, result);

    if (!said)
        narrative_error(reading, place, "there is nothing to say of %s as a whole; say a cell of it",
                        result->name);
    return said ? said : "[x]";
}

/** `reported 532 | source="..."`: the figure; its source must be there. */
static const char *bind_reported(struct reading *reading, char *figure, const char *rest,
                                 struct rk_place place)
{
    const char *source = rest ? strstr(rest, "source=") : NULL;

    if (!source || strlen(source) < strlen("source=\"x\""))
        narrative_error(reading, place,
                        "a reported figure says where it is from: {{ reported %s | "
                        "source=\"...\" }}",
                        figure);
    size_t bytes = strlen(figure);
    if (bytes > 1 && figure[0] == '"' && figure[bytes - 1] == '"')
        return rk_arena_copy_n(reading->arena, figure + 1, bytes - 2);
    return figure;
}

static const char *bind(struct reading *reading, const struct token *token)
{
    char *text = rk_arena_copy(reading->arena, token->text);
    char *bar = strchr(text, '|'), *rest = NULL;

    if (bar) {
        *bar = '\0';
        rest = rk_text_trim(bar + 1);
    }
    text = rk_text_trim(text);
    if (strncmp(text, "study.", 6) == 0)
        return bind_study(reading, text + 6, token->place);
    if (strncmp(text, "label ", 6) == 0)
        return bind_label(reading, rk_text_trim(text + 6), token->place);
    if (strncmp(text, "reported ", 9) == 0)
        return bind_reported(reading, rk_text_trim(text + 9), rest, token->place);
    if (strncmp(text, "say ", 4) == 0) {
        static char say[] = "say";
        char *name = rk_text_trim(text + 4);
        const struct study_result *result = study_result(reading->study, name);
        return result ? bind_result(reading, result, token->place)
                      : bind_cell(reading, name, say, token->place);
    }
    if (strncmp(text, "fragility ", 10) == 0) {
        static char word[] = "fragility";
        return bind_cell(reading, rk_text_trim(text + 10), word, token->place);
    }
    return bind_cell(reading, text, rest, token->place);
}

/** The address a token names, for the receipt of a span; NULL when it names none. */
static const char *cell_of(struct reading *reading, const struct token *token)
{
    const char *end = strchr(token->text, '|');
    char *id = rk_arena_copy_n(reading->arena, token->text,
                               end ? (size_t)(end - token->text) : strlen(token->text));

    id = rk_text_trim(strncmp(id, "say ", 4) == 0 ? id + 4 : id);
    if (strncmp(id, "fragility ", 10) == 0) /* of other cells than the one it names */
        return NULL;
    return results_find(reading->results, id) ? id : NULL;
}

/* ---- spans ---- */

struct spans {
    struct rk_arena *arena;
    struct doc_span *items;
    const struct token **from; /**< the token an item was made of, or NULL */
    size_t count, cap, from_cap;
};

static struct doc_span *add_span(struct spans *spans, const struct doc_span *like,
                                 const char *text, const struct token *from)
{
    RK_ROOM(spans->arena, spans->items, spans->count, spans->cap);
    RK_ROOM(spans->arena, spans->from, spans->count, spans->from_cap);
    spans->from[spans->count] = from;
    spans->items[spans->count] = *like;
    spans->items[spans->count].text = text;
    return &spans->items[spans->count++];
}

static void add_token_span(struct reading *reading, const struct doc_span *like,
                           const struct token *token, struct spans *out)
{
    if (token->kind == TOKEN_NUMBER) {
        struct doc_span *number = add_span(out, like, bind(reading, token), token);
        number->cell = cell_of(reading, token);
    } else {
        struct doc_span *reference = add_span(out, like, "", token);
        reference->target = rk_arena_printf(reading->arena, "#%s", token->text);
    }
}

static void split_span(struct reading *reading, const struct doc_span *span,
                       struct spans *out)
{
    const char *p = span->text, *start = p;

    while (*p) {
        const char *at = p;
        char *digits_end;
        if (rk_text_next(&p) != TOKEN_OPEN)
            continue;
        if (at > start)
            add_span(out, span, rk_arena_copy_n(reading->arena, start, (size_t)(at - start)),
                     NULL);
        add_token_span(reading, span, &reading->source.tokens[strtoul(p, &digits_end, 10)],
                       out);
        p = digits_end;
        rk_text_next(&p);
        start = p;
    }
    if (*start)
        add_span(out, span, start, NULL);
}

/** The references among finished spans wait for their labels. */
static void remember_references(struct reading *reading, const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        if (!spans->from[i] || spans->from[i]->kind != TOKEN_REFERENCE)
            continue;
        RK_ROOM(reading->arena, reading->pending, reading->pending_count,
                reading->pending_cap);
        reading->pending[reading->pending_count++] =
            (struct pending){&spans->items[i], spans->from[i]->text, spans->from[i]->place};
    }
}

struct doc_text narrative_text(struct reading *reading, struct doc_text raw)
{
    struct spans spans = {.arena = reading->arena};

    for (size_t i = 0; i < raw.count; i++)
        split_span(reading, &raw.spans[i], &spans);
    remember_references(reading, &spans);
    return (struct doc_text){spans.items, spans.count};
}

struct doc_text narrative_words(struct reading *reading, const char *text,
                                struct rk_place place)
{
    struct md_node *node;

    if (!text || !text[0])
        return (struct doc_text){0};
    node = markdown_parse(reading->arena,
                          narrative_source_inline(&reading->source, text, place), place.line);
    if (!node->count)
        return (struct doc_text){0};
    return narrative_text(reading, node->children[0]->text);
}

struct doc_text narrative_source(struct reading *reading, const char *text,
                                 struct rk_place place)
{
    if (!text || !text[0])
        return (struct doc_text){0};
    return narrative_words(reading, rk_arena_printf(reading->arena, "Source: %s", text), place);
}

const char *narrative_flat(struct rk_arena *arena, struct doc_text text)
{
    const char *flat = "";

    for (size_t i = 0; i < text.count; i++)
        flat = rk_arena_printf(arena, "%s%s", flat, text.spans[i].text);
    return flat;
}

const char *narrative_plain(struct reading *reading, const char *text, struct rk_place place)
{
    return text ? narrative_flat(reading->arena, narrative_words(reading, text, place)) : NULL;
}

const char *narrative_plain_line(struct reading *reading, const char *line,
                                 struct rk_place place)
{
    struct doc_span span = {
        .text = narrative_source_inline(&reading->source, line, place),
        .footnote = -1,
    };

    return narrative_flat(reading->arena,
                          narrative_text(reading, (struct doc_text){&span, 1}));
}

/* ---- labels ---- */

static struct label *find_label(struct reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->label_count; i++)
        if (strcmp(reading->labels[i].name, name) == 0)
            return &reading->labels[i];
    return NULL;
}

void narrative_add_label(struct reading *reading, const char *name, const char *label_words,
                         bool must_be_mentioned, struct rk_place place)
{
    struct label *known = find_label(reading, name);

    if (known) {
        narrative_error(reading, place, "the label \"%s\" stands twice, first in line %zu",
                        name, known->place.line);
        return;
    }
    RK_ROOM(reading->arena, reading->labels, reading->label_count, reading->label_cap);
    reading->labels[reading->label_count++] =
        (struct label){name, label_words, false, must_be_mentioned, place};
}

static const char *nearest_label(struct reading *reading, const char *name)
{
    const char **names = RK_ARRAY(reading->arena, const char *, reading->label_count + 1);

    for (size_t i = 0; i < reading->label_count; i++)
        names[i] = reading->labels[i].name;
    return rk_text_nearest(name, names, reading->label_count);
}

void narrative_resolve(struct reading *reading)
{
    for (size_t i = 0; i < reading->pending_count; i++) {
        struct pending *p = &reading->pending[i];
        struct label *label = find_label(reading, p->label);
        if (label) {
            label->mentioned = true;
            p->span->text = label->words;
            continue;
        }
        const char *near = nearest_label(reading, p->label);
        narrative_error(reading, p->place, "@%s points to nothing%s%s%s", p->label,
                        near ? "; did you mean \"@" : "", near ? near : "",
                        near ? "\"?" : "");
    }
    for (size_t i = 0; i < reading->label_count; i++) {
        const struct label *label = &reading->labels[i];
        if (label->must_be_mentioned && !label->mentioned)
            narrative_error(reading, label->place, "%s (@%s) is never referred to",
                            label->words, label->name);
    }
}
