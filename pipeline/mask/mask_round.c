// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_round.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_glpk.h"
#include "pipeline/base/rk_number.h"

#include <string.h>

/** The work of one part of the report: iterations of a simplex, and branches. */
enum { ITERATIONS = 200000, BRANCHES = 400 };

struct round {
    struct mask_problem *problem;
    bool *keeps;      /**< of each equation: it must hold among what is shown */
    bool *up;         /**< of each unknown: as it was drawn */
    bool *settled;    /**< of each unknown: an earlier release or the count itself says how */
    bool *seen;       /**< of each unknown */
    int *column;      /**< of each unknown in the programme at hand */
    size_t *members, count;
};

static long rest(const struct mask_problem *problem, size_t unknown)
{
    return problem->unknowns[unknown].value % problem->base;
}

static long below(const struct mask_problem *problem, size_t unknown)
{
    return problem->unknowns[unknown].value - rest(problem, unknown);
}

static size_t term(const struct mask_equation *equation, size_t i)
{
    return i < equation->count ? equation->parts[i] : equation->total;
}

/** Shown as it is, or as an earlier release showed it. */
static bool is_fixed(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->rounded ? unknown >= problem->own : !mask_hidden(problem, unknown);
}

static long fixed_at(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    return u->rounded ? u->shown : u->value;
}

/* ---- the draw ---- */

/** Nobody knows all true counts, so nobody can draw again; the same data draw the same. */
static void seed_of(const struct mask_problem *problem, char seed[65])
{
    struct rk_hasher *hasher = rk_hasher_new(problem->arena);

    for (size_t i = 0; i < problem->own; i++) {
        const struct mask_unknown *u = &problem->unknowns[i];
        char number[32];
        rk_hasher_add(hasher, u->id, strlen(u->id) + 1);
        rk_text_long(number, u->value);
        rk_hasher_add(hasher, number, strlen(number) + 1);
    }
    rk_hasher_hex(hasher, seed);
}

/** Up with the chance rest / base. */
static bool draw(const char *seed, const struct mask_unknown *u, long over, long base)
{
    struct rk_arena *arena = rk_arena_new();
    const char *text = rk_arena_printf(arena, "%s %s", seed, u->id);
    char hash[65];
    unsigned long number = 0;

    rk_hash_bytes(text, strlen(text), hash);
    for (int i = 0; i < 8; i++)
        number = number * 16 + (unsigned long)(hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10);
    rk_arena_free(arena);
    return (double)number < 4294967296.0 * (double)over / (double)base;
}

static void draw_all(struct round *round)
{
    struct mask_problem *problem = round->problem;
    char seed[65];

    seed_of(problem, seed);
    for (size_t i = 0; i < problem->own; i++) {
        long over = rest(problem, i);
        if (!problem->unknowns[i].rounded)
            continue;
        round->settled[i] = over == 0;
        round->up[i] = over && draw(seed, &problem->unknowns[i], over, problem->base);
    }
}

/**
 * now = then + growth: what has not grown shows as it did, what has grown no less than it did, or the
 * two together would say more than each.
 */
static void follow_earlier(struct round *round, const struct mask_equation *equation)
{
    const struct mask_problem *problem = round->problem;
    size_t now = equation->total, then;

    if (now >= problem->own || !problem->unknowns[now].rounded || equation->count != 2)
        return;
    then = equation->parts[0];
    if (then < problem->own || !problem->unknowns[then].rounded || round->settled[now])
        return;
    if (problem->unknowns[now].value == problem->unknowns[then].value ||
        below(problem, now) < problem->unknowns[then].shown) {
        round->settled[now] = true;
        round->up[now] = problem->unknowns[then].shown > below(problem, now);
    }
}

/* ---- which sums must hold ---- */

/** Not where a count is shown exactly and is no multiple. */
static bool can_hold(const struct mask_problem *problem, const struct mask_equation *equation)
{
    bool any = false;

    for (size_t i = 0; i <= equation->count; i++) {
        size_t at = term(equation, i);
        if (is_fixed(problem, at) && fixed_at(problem, at) % problem->base != 0)
            return false;
        any |= problem->unknowns[at].rounded && at < problem->own;
    }
    return any;
}

/** A sum that nobody sees, because its total is hidden and stands nowhere else, holds by itself. */
static void choose_sums(struct round *round)
{
    const struct mask_problem *problem = round->problem;
    size_t *stands = RK_ARRAY(problem->arena, size_t, problem->count + 1);
    bool more = true;

    for (size_t e = 0; e < problem->equation_count; e++) {
        const struct mask_equation *equation = &problem->equations[e];
        round->keeps[e] = can_hold(problem, equation);
        for (size_t i = 0; round->keeps[e] && i <= equation->count; i++)
            stands[term(equation, i)]++;
    }
    while (more) {
        more = false;
        for (size_t e = 0; e < problem->equation_count; e++) {
            const struct mask_equation *equation = &problem->equations[e];
            size_t total = equation->total;
            if (!round->keeps[e] || stands[total] > 1 || !mask_hidden(problem, total) ||
                problem->unknowns[total].rounded)
                continue;
            round->keeps[e] = false;
            more = true;
            for (size_t i = 0; i <= equation->count; i++)
                stands[term(equation, i)]--;
        }
    }
}

/* ---- one part of the report ---- */

static void take(struct round *round, size_t unknown)
{
    if (round->seen[unknown] || is_fixed(round->problem, unknown))
        return;
    round->seen[unknown] = true;
    round->members[round->count++] = unknown;
    round->column[unknown] = (int)round->count;
}

static void gather(struct round *round, size_t start)
{
    const struct mask_problem *problem = round->problem;

    round->count = 0;
    take(round, start);
    for (size_t next = 0; next < round->count; next++) {
        const struct mask_unknown *u = &problem->unknowns[round->members[next]];
        for (size_t k = 0; k < u->equation_count; k++) {
            const struct mask_equation *equation = &problem->equations[u->equations[k]];
            for (size_t i = 0; round->keeps[u->equations[k]] && i <= equation->count; i++)
                take(round, term(equation, i));
        }
    }
}

/** A rounded count is below + base * up; what nobody sees is anything from zero. Counts in bases. */
static void add_columns(const struct round *round, glp_prob *lp)
{
    const struct mask_problem *problem = round->problem;

    glp_add_cols(lp, (int)round->count);
    for (size_t i = 0; i < round->count; i++) {
        size_t at = round->members[i];
        int column = (int)i + 1;
        if (!problem->unknowns[at].rounded) {
            glp_set_col_bnds(lp, column, GLP_LO, 0, 0);
            continue;
        }
        glp_set_col_kind(lp, column, GLP_BV);
        glp_set_obj_coef(lp, column, round->up[at] ? -1 : 1);
        if (round->settled[at])
            glp_set_col_bnds(lp, column, GLP_FX, round->up[at], 0);
    }
}

static void add_sum(const struct round *round, glp_prob *lp,
                    const struct mask_equation *equation, int *at, double *factor)
{
    const struct mask_problem *problem = round->problem;
    double right = 0;
    int n = 0, row;

    for (size_t i = 0; i <= equation->count; i++) {
        size_t unknown = term(equation, i);
        double sign = i < equation->count ? 1 : -1;
        if (is_fixed(problem, unknown)) {
            right -= sign * (double)(fixed_at(problem, unknown) / problem->base);
            continue;
        }
        if (problem->unknowns[unknown].rounded)
            right -= sign * (double)(below(problem, unknown) / problem->base);
        at[++n] = round->column[unknown];
        factor[n] = sign;
    }
    row = glp_add_rows(lp, 1);
    glp_set_mat_row(lp, row, n, at, factor);
    glp_set_row_bnds(lp, row, GLP_FX, right, right);
}

static void add_sums(const struct round *round, glp_prob *lp)
{
    const struct mask_problem *problem = round->problem;
    bool *done = RK_ARRAY(problem->scratch, bool, problem->equation_count + 1);
    int *at = RK_ARRAY(problem->scratch, int, round->count + 2);
    double *factor = RK_ARRAY(problem->scratch, double, round->count + 2);

    for (size_t i = 0; i < round->count; i++) {
        const struct mask_unknown *u = &problem->unknowns[round->members[i]];
        for (size_t k = 0; k < u->equation_count; k++) {
            size_t e = u->equations[k];
            if (done[e] || !round->keeps[e])
                continue;
            done[e] = true;
            add_sum(round, lp, &problem->equations[e], at, factor);
        }
    }
}

static void count_branches(glp_tree *tree, void *branches)
{
    if (glp_ios_reason(tree) == GLP_ISELECT && ++*(int *)branches > BRANCHES)
        glp_ios_terminate(tree);
}

/** An answer, the best or any other. */
static bool solve(glp_prob *lp)
{
    glp_smcp simplex;
    glp_iocp branch;
    int branches = 0;

    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    simplex.it_lim = ITERATIONS;
    if (glp_simplex(lp, &simplex) != 0 || glp_get_status(lp) != GLP_OPT)
        return false;
    glp_init_iocp(&branch);
    branch.msg_lev = GLP_MSG_OFF;
    branch.cb_func = count_branches;
    branch.cb_info = &branches;
    int failed = glp_intopt(lp, &branch);
    return (failed == 0 || failed == GLP_ESTOP) &&
           (glp_mip_status(lp) == GLP_OPT || glp_mip_status(lp) == GLP_FEAS);
}

static void show(struct round *round, size_t unknown, bool up)
{
    struct mask_unknown *u = &round->problem->unknowns[unknown];

    u->shown = below(round->problem, unknown) + (up ? round->problem->base : 0);
}

static void round_part(struct round *round, struct mask_rounding *out)
{
    struct mask_problem *problem = round->problem;
    glp_prob *lp = rk_glpk_problem();
    bool fine;

    glp_set_obj_dir(lp, GLP_MIN);
    add_columns(round, lp);
    add_sums(round, lp);
    fine = round->count == 1 || solve(lp);
    for (size_t i = 0; i < round->count; i++) {
        size_t at = round->members[i];
        if (!problem->unknowns[at].rounded)
            continue;
        show(round, at,
             fine && round->count > 1 ? glp_mip_col_val(lp, (int)i + 1) > 0.5 : round->up[at]);
        out->rounded++;
        out->apart += !fine;
    }
    glp_delete_prob(lp);
    rk_arena_reset(problem->scratch);
}

static bool is_any_rounded(const struct mask_problem *problem)
{
    for (size_t i = 0; i < problem->own; i++)
        if (problem->unknowns[i].rounded)
            return true;
    return false;
}

void mask_round(struct mask_problem *problem, struct mask_rounding *out)
{
    struct round round = {
        .problem = problem,
        .keeps = RK_ARRAY(problem->arena, bool, problem->equation_count + 1),
        .up = RK_ARRAY(problem->arena, bool, problem->count + 1),
        .settled = RK_ARRAY(problem->arena, bool, problem->count + 1),
        .seen = RK_ARRAY(problem->arena, bool, problem->count + 1),
        .column = RK_ARRAY(problem->arena, int, problem->count + 1),
        .members = RK_ARRAY(problem->arena, size_t, problem->count + 1),
    };

    *out = (struct mask_rounding){0};
    if (!is_any_rounded(problem))
        return;
    problem->scratch = rk_arena_new();
    draw_all(&round);
    for (size_t e = 0; e < problem->equation_count; e++)
        follow_earlier(&round, &problem->equations[e]);
    choose_sums(&round);
    for (size_t e = 0; e < problem->equation_count; e++)
        out->sums += round.keeps[e];
    for (size_t i = 0; i < problem->own; i++)
        if (problem->unknowns[i].rounded && !round.seen[i]) {
            gather(&round, i);
            round_part(&round, out);
        }
    rk_arena_free(problem->scratch);
    problem->scratch = NULL;
}
