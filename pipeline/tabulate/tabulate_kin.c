// SPDX-License-Identifier: MIT
#include "pipeline/tabulate/tabulate_kin.h"

#include "pipeline/tabulate/tabulate_who.h"

#include <string.h>

enum { NOWHERE = -1 };

/** Every code of `fine` lies within one of `coarse`. */
struct kin {
    const struct study_column *fine, *coarse;
    const char *key; /**< the people's key, which everybody has */
    int *within; /**< of each code of fine, and last of no answer: the code of coarse, or NOWHERE */
};

/* ---- who is whose ---- */

static bool has_cut(const struct study_derive *derive, double at)
{
    for (size_t i = 0; i < derive->at_count; i++)
        if (derive->at[i] == at)
            return true;
    return false;
}

/** Two cuts of one number, and the finer has all the points of the coarser. */
static bool by_cuts(struct rk_arena *arena, struct kin *kin)
{
    const struct study_derive *fine = kin->fine->derive, *coarse = kin->coarse->derive;

    if (!fine || !coarse || fine->kind != DERIVE_CUT || coarse->kind != DERIVE_CUT ||
        strcmp(fine->of, coarse->of) != 0 || fine->at_count <= coarse->at_count)
        return false;
    for (size_t i = 0; i < coarse->at_count; i++)
        if (!has_cut(fine, coarse->at[i]))
            return false;
    kin->within = RK_ARRAY(arena, int, fine->at_count + 2);
    for (size_t i = 0; i <= fine->at_count; i++)
        for (size_t k = 0; i > 0 && k < coarse->at_count; k++)
            kin->within[i] += coarse->at[k] <= fine->at[i - 1];
    kin->within[fine->at_count + 1] = NOWHERE;
    return true;
}

static bool by_recode(struct rk_arena *arena, struct kin *kin)
{
    const struct study_derive *derive = kin->coarse->derive;
    size_t count = kin->fine->codes->count;

    if (!derive || derive->kind != DERIVE_RECODE || strcmp(derive->of, kin->fine->name) != 0)
        return false;
    kin->within = RK_ARRAY(arena, int, count + 1);
    memcpy(kin->within, derive->to, count * sizeof *kin->within);
    kin->within[count] = NOWHERE;
    return true;
}

/* Cases see one column, and that there is a person; whoever asks for more has no kin of this one. */
enum { SLOT_FINE, SLOT_KEY };

static long find_column(const void *names, const char *name, enum column_type *type,
                        const struct code_list **codes)
{
    const struct kin *kin = names;

    if (kin->key && strcmp(kin->key, name) == 0) {
        *type = COLUMN_ID;
        *codes = NULL;
        return SLOT_KEY;
    }
    if (strcmp(kin->fine->name, name) != 0)
        return -1;
    *type = kin->fine->type;
    *codes = kin->fine->codes;
    return SLOT_FINE;
}

static struct value get_code(const void *row, long slot)
{
    const int *code = row;

    if (slot == SLOT_KEY)
        return (struct value){.state = VALUE_THERE, .text = "somebody"};
    if (*code == NOWHERE)
        return (struct value){.state = VALUE_MISSING};
    return (struct value){.state = VALUE_THERE, .number = *code};
}

static bool parse_cases(struct rk_arena *arena, const struct kin *kin, struct condition **out)
{
    const struct study_derive *derive = kin->coarse->derive;
    struct condition_scope scope = {.find = find_column, .names = kin};
    struct rk_diag *quiet = rk_diag_new(NULL);
    bool fine = true;

    for (size_t i = 0; fine && i < derive->case_count; i++)
        fine = condition_parse(arena, quiet, derive->cases[i].place, derive->cases[i].when, &scope,
                               &out[i]) == RK_OK;
    rk_diag_free(quiet);
    return fine;
}

static int case_of(const struct study_derive *derive, struct condition *const *conditions,
                   int code)
{
    for (size_t i = 0; i < derive->case_count; i++)
        if (condition_holds(conditions[i], get_code, &code))
            return derive->cases[i].code;
    return NOWHERE;
}

static bool by_cases(struct rk_arena *arena, struct kin *kin)
{
    const struct study_derive *derive = kin->coarse->derive;
    size_t count = kin->fine->codes->count;

    if (!derive || derive->kind != DERIVE_CASES)
        return false;
    struct condition **conditions = RK_ARRAY(arena, struct condition *, derive->case_count + 1);
    if (!parse_cases(arena, kin, conditions))
        return false;
    kin->within = RK_ARRAY(arena, int, count + 1);
    for (size_t i = 0; i < count; i++)
        kin->within[i] = case_of(derive, conditions, (int)i);
    kin->within[count] = case_of(derive, conditions, NOWHERE);
    return true;
}

static bool are_kin(struct rk_arena *arena, struct kin *kin)
{
    if (kin->fine == kin->coarse || !kin->fine->codes || !kin->coarse->codes ||
        kin->fine->codes->open)
        return false;
    return by_cuts(arena, kin) || by_recode(arena, kin) || by_cases(arena, kin);
}

/* ---- their counts ---- */

struct tying {
    struct rk_arena *arena;
    struct results *results;
    const struct results *others;
};

static const struct quantity *find(const struct tying *tying, const char *id)
{
    const struct results *both[] = {tying->results, tying->others};

    for (size_t i = 0; i < 2 && both[i]; i++) {
        long at = rk_map_find(both[i]->quantity_index, id);
        if (at >= 0)
            return &both[i]->quantities[at];
    }
    return NULL;
}

/** The same people but for one term. */
static const struct quantity *with_term(const struct tying *tying, const struct tab_who *who,
                                        size_t term, const char *variable, const char *code)
{
    struct tab_who other = {.frame = who->frame};

    for (size_t i = 0; i < who->count; i++)
        tab_who_add(&other, i == term ? variable : who->terms[i].variable,
                    i == term ? code : who->terms[i].code);
    for (size_t i = 0; i < who->where_count; i++)
        tab_who_piece(&other, who->where[i]);
    return find(tying, tab_who_id(tying->arena, &other));
}

/** Adds the sum when every part is counted and they come to the total. */
static void tie(const struct tying *tying, const struct kin *kin, const struct quantity *total,
                const struct tab_who *who, size_t term, int code)
{
    size_t count = kin->fine->codes->count, n = 0;
    const char **parts = RK_ARRAY(tying->arena, const char *, count + 2), *id = total->id;
    const char *prefix = who->terms[term].variable;
    const char *variable =
        rk_arena_printf(tying->arena, "%.*s%s", (int)(strlen(prefix) - strlen(kin->coarse->name)),
                        prefix, kin->fine->name);
    long rest = total->value;

    for (size_t i = 0; i <= count; i++) {
        if (kin->within[i] != code)
            continue;
        const struct quantity *part = with_term(tying, who, term, variable,
                                                i < count ? kin->fine->codes->codes[i] : TAB_MISSING);
        if (!part)
            return;
        rest -= part->value;
        parts[n++] = part->id;
    }
    if (n == 0 || rest != 0)
        return;
    for (size_t i = 0; i <= n; i++) { /* those of the other stage are named here, too */
        const struct quantity copy = *find(tying, i < n ? parts[i] : id);
        results_quantity(tying->results, NULL, copy.id, copy.value, copy.open);
        if (copy.people < copy.value)
            results_quantity_people(tying->results, copy.id, copy.people);
    }
    results_sum(tying->results, id, parts, n);
}

/** A variable of people, in their own frame or in one of records. */
static bool is_variable(const char *variable, const char *name)
{
    const char *bare = strncmp(variable, "people.", 7) == 0 ? variable + 7 : variable;

    return strcmp(bare, name) == 0;
}

static void tie_quantity(const struct tying *tying, const struct kin *kin,
                         const struct quantity *total)
{
    struct quantity copy = *total; /* the array grows */
    struct tab_who who;

    if (strstr(copy.id, ".flow|") || strstr(copy.id, " less ") || strchr(copy.id, '~') ||
        !tab_who_parse(tying->arena, copy.id, &who))
        return;
    for (size_t i = 0; i < who.count; i++) {
        int code = is_variable(who.terms[i].variable, kin->coarse->name)
                       ? code_list_find(kin->coarse->codes, who.terms[i].code)
                       : NOWHERE;
        if (code != NOWHERE)
            tie(tying, kin, &copy, &who, i, code);
    }
}

static void tie_all(const struct tying *tying, const struct kin *kin)
{
    size_t own = tying->results->quantity_count;

    for (size_t i = 0; i < own; i++)
        tie_quantity(tying, kin, &tying->results->quantities[i]);
    for (size_t i = 0; tying->others && i < tying->others->quantity_count; i++)
        if (rk_map_find(tying->results->quantity_index, tying->others->quantities[i].id) < 0)
            tie_quantity(tying, kin, &tying->others->quantities[i]);
}

rk_status tab_kin(struct rk_run *run, const struct study *study, struct results *results,
                  const struct results *others)
{
    const struct study_source *people = study->people;
    struct tying tying = {run->arena, results, others};

    for (size_t c = 0; c < people->derived_count; c++)
        for (size_t f = 0; f < people->column_count + people->derived_count; f++) {
            struct kin kin = {f < people->column_count
                                  ? &people->columns[f]
                                  : &people->derived[f - people->column_count],
                              &people->derived[c], people->key, NULL};
            if (are_kin(run->arena, &kin))
                tie_all(&tying, &kin);
        }
    return RK_OK;
}
