// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_lp.h"

#include <glpk.h>
#include <string.h>

/** Column of each unknown in the programme at hand, 0 when it has none (GLPK counts from 1). */
static int *columns_of(const struct mask_problem *problem, const size_t *members, size_t count)
{
    int *columns = RK_ARRAY(problem->scratch, int, problem->count + 1);

    for (size_t i = 0; i < count; i++)
        columns[members[i]] = (int)i + 1;
    return columns;
}

struct rows {
    const struct mask_problem *problem;
    glp_prob *lp;
    const int *columns;
    bool *done; /**< per equation */
    int *at;    /**< workspace of one row */
    double *factor;
};

/**
 * Adds an equation as a row. `deviations`: unknowns without a column do not move; otherwise they
 * stand at their published value on the right-hand side. Moves of one unknown may be two columns,
 * up at c and down at c + `down`.
 */
static void add_row(struct rows *rows, size_t equation, bool deviations, int down)
{
    const struct mask_equation *e = &rows->problem->equations[equation];
    double right = 0;
    int n = 0, row;

    for (size_t i = 0; i <= e->count; i++) {
        size_t unknown = i < e->count ? e->parts[i] : e->total;
        double sign = i < e->count ? 1 : -1;
        int column = rows->columns[unknown];
        if (!column) {
            right -= deviations ? 0 : sign * (double)rows->problem->unknowns[unknown].value;
            continue;
        }
        rows->at[++n] = column;
        rows->factor[n] = sign;
        if (down) {
            rows->at[++n] = column + down;
            rows->factor[n] = -sign;
        }
    }
    if (!n)
        return;
    row = glp_add_rows(rows->lp, 1);
    glp_set_mat_row(rows->lp, row, n, rows->at, rows->factor);
    glp_set_row_bnds(rows->lp, row, GLP_FX, right, right);
}

static void add_rows(struct rows *rows, const size_t *members, size_t count, bool deviations,
                     int down)
{
    const struct mask_problem *problem = rows->problem;

    rows->done = RK_ARRAY(problem->scratch, bool, problem->equation_count + 1);
    rows->at = RK_ARRAY(problem->scratch, int, 2 * problem->count + 3);
    rows->factor = RK_ARRAY(problem->scratch, double, 2 * problem->count + 3);
    for (size_t i = 0; i < count; i++) {
        const struct mask_unknown *u = &problem->unknowns[members[i]];
        for (size_t k = 0; k < u->equation_count; k++)
            if (!rows->done[u->equations[k]]) {
                rows->done[u->equations[k]] = true;
                add_row(rows, u->equations[k], deviations, down);
            }
    }
}

static glp_smcp quiet(void)
{
    glp_smcp control;

    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    return control;
}

/** One side of a range: the extreme of a column, or `unbounded`. */
static double extreme(glp_prob *lp, int column, int direction, double unbounded)
{
    glp_smcp control = quiet();

    glp_set_obj_dir(lp, direction);
    glp_set_obj_coef(lp, column, 1);
    int failed = glp_simplex(lp, &control);
    int status = glp_get_status(lp);
    double value = glp_get_obj_val(lp);
    glp_set_obj_coef(lp, column, 0);
    if (failed || status == GLP_UNBND)
        return unbounded;
    return value;
}

rk_status mask_lp_attack(const struct mask_problem *problem, const size_t *members,
                         size_t member_count, const size_t *wanted, size_t wanted_count,
                         struct mask_range *out)
{
    glp_prob *lp = glp_create_prob();
    struct rows rows = {.problem = problem, .lp = lp,
                        .columns = columns_of(problem, members, member_count)};
    glp_smcp control = quiet();
    rk_status status = RK_OK;

    glp_add_cols(lp, (int)member_count);
    for (size_t i = 0; i < member_count; i++)
        glp_set_col_bnds(lp, (int)i + 1, GLP_LO, 0, 0);
    add_rows(&rows, members, member_count, false, 0);
    if (glp_simplex(lp, &control) != 0 || glp_get_status(lp) != GLP_OPT)
        status = rk_fail(problem->diag, RK_CHECK, RK_NOWHERE,
                         "the published numbers contradict each other; nothing is released");
    for (size_t i = 0; status == RK_OK && i < wanted_count; i++) {
        int column = (int)wanted[i] + 1;
        out[i].high = extreme(lp, column, GLP_MAX, HUGE_VAL);
        out[i].low = extreme(lp, column, GLP_MIN, 0);
    }
    glp_delete_prob(lp);
    return status;
}

/** What it costs to hide a published unknown: large counts and totals are what readers need. */
static double cost_of(const struct mask_unknown *u)
{
    return u->masked != MASK_NO || !u->published ? 0
                                                 : (u->total ? 20 : 1) * log(2 + (double)u->value);
}

/** Columns 1..n are moves up, n+1..2n moves down; who may not move has bounds of zero. */
static void deviation_columns(const struct mask_problem *problem, glp_prob *lp,
                              const size_t *near, size_t count, size_t unknown, double by)
{
    glp_add_cols(lp, (int)(2 * count));
    for (size_t i = 0; i < count; i++) {
        const struct mask_unknown *u = &problem->unknowns[near[i]];
        int up = (int)i + 1, down = up + (int)count;
        bool fixed = u->open || (u->published && u->value == 0);
        double cost = cost_of(u);

        glp_set_obj_coef(lp, up, cost);
        glp_set_obj_coef(lp, down, cost);
        if (near[i] == unknown) {
            glp_set_col_bnds(lp, up, GLP_FX, by, by);
            glp_set_col_bnds(lp, down, GLP_FX, 0, 0);
        } else if (fixed) {
            glp_set_col_bnds(lp, up, GLP_FX, 0, 0);
            glp_set_col_bnds(lp, down, GLP_FX, 0, 0);
        } else {
            glp_set_col_bnds(lp, up, GLP_LO, 0, 0);
            glp_set_col_bnds(lp, down, u->value ? GLP_DB : GLP_FX, 0, (double)u->value);
        }
    }
}

rk_status mask_lp_complement(const struct mask_problem *problem, size_t unknown, double by,
                             const size_t *near, size_t near_count, size_t *extra,
                             size_t *extra_count, bool *found)
{
    glp_prob *lp = glp_create_prob();
    struct rows rows = {.problem = problem, .lp = lp,
                        .columns = columns_of(problem, near, near_count)};
    glp_smcp control = quiet();

    *extra_count = 0;
    glp_set_obj_dir(lp, GLP_MIN);
    deviation_columns(problem, lp, near, near_count, unknown, by);
    add_rows(&rows, near, near_count, true, (int)near_count);
    *found = glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
    for (size_t i = 0; *found && i < near_count; i++) {
        double move = glp_get_col_prim(lp, (int)i + 1) +
                      glp_get_col_prim(lp, (int)(i + near_count) + 1);
        if (move > 1e-7 && !mask_hidden(problem, near[i]))
            extra[(*extra_count)++] = near[i];
    }
    glp_delete_prob(lp);
    return RK_OK;
}
