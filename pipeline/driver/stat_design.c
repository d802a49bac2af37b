// SPDX-License-Identifier: MIT
#include "pipeline/driver/stat_design.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/stat_priv.h"

/* A term as typed, and the column it names. */
struct written {
    const char *name, *reference; /* reference: NULL for the first level */
    struct stat_column column;    /* with levels if a factor */
};

struct written_terms {
    struct written *term;
    size_t n, cap;
};

/* ---- reading terms ------------------------------------------------------------------ */

/* Commas inside parentheses belong to the term. */
static struct stat_words split_terms(struct stat_call *call, const char *text)
{
    char *copy = rk_arena_copy(call->arena, text);
    int depth = 0;

    for (char *c = copy; *c; c++) {
        depth += (*c == '(') - (*c == ')');
        if (*c == ',' && depth > 0) *c = '\x1f';
    }
    struct stat_words words = stat_split(call, copy, ',');
    for (size_t i = 0; i < words.n; i++) {
        char *word = rk_arena_copy(call->arena, words.word[i]);
        for (char *c = word; *c; c++)
            if (*c == '\x1f') *c = ',';
        words.word[i] = word;
    }
    return words;
}

static void add_term(struct stat_call *call, struct written_terms *terms,
                     struct written term)
{
    RK_ROOM(call->arena, terms->term, terms->n, terms->cap);
    terms->term[terms->n++] = term;
}

static bool is_number_column(struct stat_call *call, const struct stat_column *as_factor)
{
    double value;

    (void)call;
    for (size_t k = 0; k < as_factor->levels; k++)
        if (!rk_text_number(as_factor->label[k], &value)) return false;
    return true;
}

/* name, name(factor), name(ref=L), name(factor:ref=L) */
static void read_term(struct stat_call *call, struct written_terms *terms, const char *text)
{
    char *name = rk_arena_copy(call->arena, text), *options = strchr(name, '(');
    struct written term = {name, NULL, {0}};
    bool factor = options != NULL;

    if (options) {
        char *end = strrchr(options, ')');
        *options++ = '\0';
        if (!end || end[1]) {
            stat_misuse(call, "x: \"%s\" lacks its closing parenthesis", text);
            return;
        }
        *end = '\0';
        if (strncmp(options, "factor", 6) == 0) options += options[6] == ':' ? 7 : 6;
        if (strncmp(options, "ref=", 4) == 0)
            term.reference = options + 4;
        else if (*options)
            stat_misuse(call, "x: \"%s\" is not a term such as area(ref=Salford)", text);
    }
    term.name = rk_text_trim(name);
    term.column = stat_factor_of(call, term.name);
    if (!factor && is_number_column(call, &term.column))
        term.column = stat_column_of(call, term.name);
    add_term(call, terms, term);
}

static size_t position(const struct stat_words *names, const char *name)
{
    size_t i = 0;
    while (i < names->n && strcmp(names->word[i], name) != 0)
        i++;
    return i;
}

/* x1..x6: the columns from one to the other, in the order of the file. */
static bool read_range(struct stat_call *call, struct written_terms *terms,
                       const char *text)
{
    const char *dots = strstr(text, "..");
    struct stat_words names = stat_column_names(call);
    size_t first, last;

    if (!dots) return false;
    first = position(&names, rk_arena_copy_n(call->arena, text, (size_t)(dots - text)));
    last = position(&names, dots + 2);
    if (first > last || last >= names.n) {
        stat_misuse(call, "x: \"%s\" is not a range of columns", text);
        return true;
    }
    for (size_t i = first; i <= last; i++)
        read_term(call, terms, names.word[i]);
    return true;
}

static struct written_terms read_terms(struct stat_call *call)
{
    struct written_terms terms = {NULL, 0, 0};

    if (!stat_has_data(call)) {
        add_term(call, &terms, (struct written){"x", NULL, stat_column(call, "x")});
        return terms;
    }
    const char *text = stat_text(call, "x");
    if (!text) return terms;
    struct stat_words words = split_terms(call, text);
    for (size_t i = 0; i < words.n; i++)
        if (*words.word[i] && !read_range(call, &terms, words.word[i]))
            read_term(call, &terms, words.word[i]);
    return terms;
}

/* ---- levels that are left ----------------------------------------------------------- */

static size_t reference_level(struct stat_call *call, const struct written *term,
                              const bool *present)
{
    const struct stat_column *column = &term->column;
    size_t first = 0;

    while (first < column->levels && !present[first])
        first++;
    if (!term->reference) return first;
    for (size_t k = 0; k < column->levels; k++)
        if (strcmp(column->label[k], term->reference) == 0) return k;
    const char *nearest = rk_text_nearest(term->reference, column->label, column->levels);
    stat_misuse(call, "%s has no level \"%s\"%s%s%s", term->name, term->reference,
                nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                nearest ? "\"?" : "");
    return first;
}

static bool *levels_present(struct stat_call *call, const struct stat_column *column)
{
    bool *present = STAT_NEW(call, column->levels, bool);
    for (size_t i = 0; i < column->n; i++)
        present[(size_t)column->value[i]] = true;
    return present;
}

/* ---- the design ---------------------------------------------------------------------- */

/* A column of the design before the numbers are laid out. */
struct source {
    const struct stat_column *column; /* NULL: ones */
    size_t level;                     /* of a factor */
};

struct plan {
    struct source *source;
    struct stat_term *term;
    size_t p, cap, cap_terms;
};

static void plan_column(struct stat_call *call, struct plan *plan, struct source source,
                        struct stat_term term)
{
    RK_ROOM(call->arena, plan->source, plan->p, plan->cap);
    RK_ROOM(call->arena, plan->term, plan->p, plan->cap_terms);
    plan->source[plan->p] = source;
    plan->term[plan->p++] = term;
}

static void plan_factor(struct stat_call *call, struct plan *plan,
                        const struct written *term, size_t number)
{
    bool *present = levels_present(call, &term->column);
    size_t reference = reference_level(call, term, present);

    for (size_t k = 0; k < term->column.levels; k++) {
        const char *label = term->column.label[k];
        if (k == reference || !present[k]) continue;
        plan_column(call, plan, (struct source){&term->column, k},
                    (struct stat_term){stat_format(call, "%s%s", term->name, label), label,
                                       number});
    }
}

static struct plan make_plan(struct stat_call *call, const struct written_terms *terms,
                             bool intercept)
{
    struct plan plan = {0};

    if (intercept)
        plan_column(call, &plan, (struct source){NULL, 0},
                    (struct stat_term){"Intercept", "Intercept", 0});
    for (size_t t = 0; t < terms->n; t++) {
        const struct written *term = &terms->term[t];
        if (term->column.levels > 0)
            plan_factor(call, &plan, term, t + 1);
        else
            plan_column(call, &plan, (struct source){&term->column, 0},
                        (struct stat_term){term->name, term->name, 0});
    }
    return plan;
}

static double value_of(const struct source *source, size_t row)
{
    if (!source->column) return 1;
    double value = source->column->value[row];
    return source->column->levels ? value == (double)source->level : value;
}

/* Codes without gaps: a cluster whose rows all went is no cluster. */
static void set_clusters(struct stat_call *call, struct stat_design *design,
                         const struct stat_column *column)
{
    size_t *code = STAT_NEW(call, column->levels, size_t);

    design->cluster = STAT_NEW(call, column->n, size_t);
    for (size_t i = 0; i < column->n; i++) {
        size_t level = (size_t)column->value[i];
        if (code[level] == 0) code[level] = ++design->clusters;
        design->cluster[i] = code[level] - 1;
    }
}

static void fill(struct stat_call *call, struct stat_design *design,
                 const struct plan *plan)
{
    design->p = plan->p;
    design->term = plan->term;
    design->x = STAT_NEW(call, design->n * plan->p, double);
    for (size_t i = 0; i < design->n; i++)
        for (size_t j = 0; j < plan->p; j++)
            design->x[i * plan->p + j] = value_of(&plan->source[j], i);
}

struct stat_design stat_design_with(struct stat_call *call, bool intercept,
                                    struct stat_column *const others[], size_t n_others)
{
    struct stat_design design = {0};
    struct written_terms terms = read_terms(call);
    struct stat_column y = {0}, cluster = {0};
    struct stat_column **all = STAT_NEW(call, terms.n + n_others + 2, struct stat_column *);
    size_t n = 0;

    for (size_t t = 0; t < terms.n; t++)
        all[n++] = &terms.term[t].column;
    for (size_t o = 0; o < n_others; o++)
        all[n++] = others[o];
    if (stat_has(call, "y")) {
        y = stat_column(call, "y");
        all[n++] = &y;
    }
    if (stat_has(call, "cluster")) {
        cluster = stat_factor(call, "cluster");
        all[n++] = &cluster;
    }
    if (!stat_stopped(call)) stat_complete(call, all, n);
    if (stat_stopped(call)) return design;

    design.n = n ? all[0]->n : 0;
    design.y = y.value;
    design.y_name = stat_text_or(call, "y", "y");
    struct plan plan = make_plan(call, &terms, intercept);
    fill(call, &design, &plan);
    if (cluster.value) set_clusters(call, &design, &cluster);
    return design;
}

struct stat_design stat_design(struct stat_call *call, bool intercept)
{
    stat_text(call, "y"); /* required here */
    return stat_design_with(call, intercept, NULL, 0);
}

size_t *stat_design_rivals(struct stat_call *call, const struct stat_design *design,
                           size_t term, size_t *n)
{
    size_t *rivals = STAT_NEW(call, design->p, size_t);

    *n = 0;
    for (size_t j = 0; j < design->p; j++)
        if (design->term[term].factor &&
            design->term[j].factor == design->term[term].factor)
            rivals[(*n)++] = j;
    return rivals;
}

void stat_put_term(struct stat_call *call, const char *prefix, const struct stat_term *term,
                   double value)
{
    bool was_detail = call->in_detail;

    stat_put_as(call, value, "%s%s", prefix, term->name);
    if (strcmp(term->name, term->brief) == 0) return;
    stat_detail(call, true);
    stat_put_as(call, value, "%s%s", prefix, term->brief);
    stat_detail(call, was_detail);
}
