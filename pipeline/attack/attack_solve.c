// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_solve.h"

#include "pipeline/base/rk_glpk.h"

/** Whole numbers in, so anything smaller is arithmetic. */
static const double NOISE = 1e-7;

struct solver {
    struct attack_facts *facts;
    bool assumed;
    size_t *first, *rules; /**< rules of unknown v: rules[first[v]] up to rules[first[v + 1]] */
    bool *seen;
    int *column;           /**< of each unknown in the programme at hand, 0: known */
    size_t *members, count;
    bool *row_done;
};

static bool counts(const struct solver *solver, size_t rule)
{
    return solver->assumed || !solver->facts->rules[rule].assumed;
}

/** Which rules an unknown stands in. */
static void index_rules(struct solver *solver)
{
    const struct attack_facts *facts = solver->facts;
    size_t *next = RK_ARRAY(facts->arena, size_t, facts->var_count + 2), total = 0;

    for (size_t r = 0; r < facts->rule_count; r++)
        for (size_t i = 0; i < facts->rules[r].count; i++)
            next[facts->rules[r].terms[i].var + 1]++;
    for (size_t v = 0; v <= facts->var_count; v++) {
        total += next[v];
        solver->first[v] = next[v] = total;
    }
    solver->rules = RK_ARRAY(facts->arena, size_t, total + 1);
    for (size_t r = 0; r < facts->rule_count; r++)
        for (size_t i = 0; i < facts->rules[r].count; i++)
            solver->rules[next[facts->rules[r].terms[i].var]++] = r;
}

static void take(struct solver *solver, size_t var)
{
    if (solver->seen[var] || attack_is_known(solver->facts, var))
        return;
    solver->seen[var] = true;
    solver->members[solver->count++] = var;
    solver->column[var] = (int)solver->count;
}

/** All that hangs together with `start` by rules over what is not known. */
static void gather(struct solver *solver, size_t start)
{
    const struct attack_facts *facts = solver->facts;

    solver->count = 0;
    take(solver, start);
    for (size_t next = 0; next < solver->count; next++) {
        size_t v = solver->members[next];
        for (size_t k = solver->first[v]; k < solver->first[v + 1]; k++) {
            const struct attack_rule *rule = &facts->rules[solver->rules[k]];
            for (size_t i = 0; i < rule->count && counts(solver, solver->rules[k]); i++)
                take(solver, rule->terms[i].var);
        }
    }
}

static void bound_row(glp_prob *lp, int row, double low, double high)
{
    bool below = low > -HUGE_VAL, above = high < HUGE_VAL;

    glp_set_row_bnds(lp, row,
                     !below && !above ? GLP_FR
                     : !above         ? GLP_LO
                     : !below         ? GLP_UP
                     : high - low < NOISE ? GLP_FX
                                          : GLP_DB,
                     low, high);
}

static void add_rule(struct solver *solver, glp_prob *lp, const struct attack_rule *rule,
                     int *at, double *factor)
{
    double known = 0;
    int n = 0, row;

    for (size_t i = 0; i < rule->count; i++) {
        const struct attack_term *term = &rule->terms[i];
        if (attack_is_known(solver->facts, term->var)) {
            known += term->factor * solver->facts->vars[term->var].low;
            continue;
        }
        at[++n] = solver->column[term->var];
        factor[n] = term->factor;
    }
    row = glp_add_rows(lp, 1);
    glp_set_mat_row(lp, row, n, at, factor);
    bound_row(lp, row, rule->low - known, rule->high - known);
}

static glp_prob *programme(struct solver *solver)
{
    const struct attack_facts *facts = solver->facts;
    glp_prob *lp = rk_glpk_problem();
    int *at = RK_ARRAY(facts->arena, int, solver->count + 2);
    double *factor = RK_ARRAY(facts->arena, double, solver->count + 2);

    glp_add_cols(lp, (int)solver->count);
    for (size_t i = 0; i < solver->count; i++) {
        const struct attack_var *v = &facts->vars[solver->members[i]];
        glp_set_col_bnds(lp, (int)i + 1, v->high < HUGE_VAL ? GLP_DB : GLP_LO, v->low, v->high);
    }
    for (size_t i = 0; i < solver->count; i++) {
        size_t v = solver->members[i];
        for (size_t k = solver->first[v]; k < solver->first[v + 1]; k++) {
            size_t r = solver->rules[k];
            if (solver->row_done[r] || !counts(solver, r))
                continue;
            solver->row_done[r] = true;
            add_rule(solver, lp, &facts->rules[r], at, factor);
        }
    }
    return lp;
}

/** One end of a range; `otherwise` when there is none or the arithmetic fails. */
static double end_of(glp_prob *lp, int column, int direction, double otherwise)
{
    glp_smcp control;
    double value = otherwise;

    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    glp_set_obj_dir(lp, direction);
    glp_set_obj_coef(lp, column, 1);
    if (glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT)
        value = glp_get_obj_val(lp);
    glp_set_obj_coef(lp, column, 0);
    return value;
}

/** Can all of it be true together? Also finds the first solution. */
static bool is_possible(glp_prob *lp)
{
    glp_smcp control;

    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    return glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
}

static void narrow(struct solver *solver)
{
    struct attack_facts *facts = solver->facts;
    glp_prob *lp = programme(solver);

    if (is_possible(lp)) {
        for (size_t i = 0; i < solver->count; i++) {
            struct attack_var *v = &facts->vars[solver->members[i]];
            if (!v->masked)
                continue;
            v->low = fmax(v->low, end_of(lp, (int)i + 1, GLP_MIN, v->low));
            v->high = fmin(v->high, end_of(lp, (int)i + 1, GLP_MAX, v->high));
        }
    } else {
        facts->contradictions++;
    }
    glp_delete_prob(lp);
}

void attack_solve(struct attack_facts *facts, bool assumed)
{
    size_t n = facts->var_count;
    struct solver solver = {
        .facts = facts,
        .assumed = assumed,
        .first = RK_ARRAY(facts->arena, size_t, n + 2),
        .seen = RK_ARRAY(facts->arena, bool, n + 1),
        .column = RK_ARRAY(facts->arena, int, n + 1),
        .members = RK_ARRAY(facts->arena, size_t, n + 1),
        .row_done = RK_ARRAY(facts->arena, bool, facts->rule_count + 1),
    };

    index_rules(&solver);
    for (size_t v = 0; v < n; v++) {
        if (solver.seen[v] || !facts->vars[v].masked || attack_is_known(facts, v))
            continue;
        gather(&solver, v);
        narrow(&solver);
    }
}
