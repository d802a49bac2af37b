// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_exact.h"

#include "pipeline/base/rk_glpk.h"

#include <string.h>

/** What is small enough: unknowns, unknowns times small counts, cells. And so many branches. */
enum { MEMBERS = 40, BELIEFS = 240, CELLS = 200, BRANCHES = 3000 };

/** Unknowns that hang together. */
struct part {
    struct mask_witnesses *witnesses;
    size_t *members, count;
    size_t *small, small_count; /**< positions in members */
    size_t *equations, equation_count;
    bool rounded; /**< something in it is */
};

/** A programme and the workspace of one row of it. */
struct programme {
    glp_prob *lp;
    int at[MEMBERS + 2];
    double factor[MEMBERS + 2];
};

static size_t term(const struct mask_equation *equation, size_t i)
{
    return i < equation->count ? equation->parts[i] : equation->total;
}

/* ---- what hangs together ---- */

static void take(struct part *part, size_t unknown, bool *seen)
{
    const struct mask_problem *problem = part->witnesses->problem;

    if (seen[unknown] || !mask_movable(problem, unknown))
        return;
    seen[unknown] = true;
    part->rounded |= problem->unknowns[unknown].rounded;
    if (part->witnesses->small_at[unknown])
        part->small[part->small_count++] = part->count;
    part->members[part->count++] = unknown;
}

/** Everything that moves with `start`; false when that is too much. */
static bool gather(struct part *part, size_t start, bool *seen, bool *done)
{
    const struct mask_problem *problem = part->witnesses->problem;

    part->rounded = false;
    part->count = part->small_count = part->equation_count = 0;
    take(part, start, seen);
    for (size_t next = 0; next < part->count; next++) {
        const struct mask_unknown *u = &problem->unknowns[part->members[next]];
        for (size_t k = 0; k < u->equation_count; k++) {
            size_t e = u->equations[k];
            if (done[e])
                continue;
            done[e] = true;
            part->equations[part->equation_count++] = e;
            for (size_t i = 0; i <= problem->equations[e].count; i++)
                take(part, term(&problem->equations[e], i), seen);
        }
    }
    return !part->rounded && part->count <= MEMBERS &&
           part->small_count * part->count <= BELIEFS;
}

/* ---- the programme ---- */

static bool is_choice(const struct part *part, size_t member)
{
    return !mask_hidden(part->witnesses->problem, part->members[member]);
}

/** Columns 1..n: is the member masked? Whatever is hidden already costs nothing. Of as many cells, it
 *  is those that cost least. */
static void add_choices(const struct part *part, struct programme *p)
{
    const struct mask_problem *problem = part->witnesses->problem;
    double all = 1;

    for (size_t i = 0; i < part->count; i++)
        all += mask_cost(problem, part->members[i]);
    glp_add_cols(p->lp, (int)part->count);
    for (size_t i = 0; i < part->count; i++) {
        glp_set_col_kind(p->lp, (int)i + 1, GLP_BV);
        if (is_choice(part, i))
            glp_set_obj_coef(p->lp, (int)i + 1, 0.9 * mask_cost(problem, part->members[i]) / all);
        else
            glp_set_col_bnds(p->lp, (int)i + 1, GLP_FX, 1, 1);
    }
}

/** Linked sums may ask for moves of more than the threshold; of more than this they hardly do. */
enum { FAR = 3 };

/** What is not masked does not move; what is moves within limits, and not below zero. */
static void tie_to_choice(struct programme *p, size_t member, int column, double down, double up)
{
    int row = glp_add_rows(p->lp, 2);

    p->at[1] = column;
    p->at[2] = (int)member + 1;
    p->factor[1] = 1;
    p->factor[2] = -up;
    glp_set_mat_row(p->lp, row, 2, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_UP, 0, 0);
    p->factor[2] = down;
    glp_set_mat_row(p->lp, row + 1, 2, p->at, p->factor);
    glp_set_row_bnds(p->lp, row + 1, GLP_LO, 0, 0);
}

static void add_equation(const struct part *part, struct programme *p, size_t equation, int first)
{
    const struct mask_equation *e = &part->witnesses->problem->equations[equation];
    int n = 0;

    for (size_t i = 0; i < part->count; i++)
        for (size_t k = 0; k <= e->count; k++)
            if (term(e, k) == part->members[i]) {
                p->at[++n] = first + (int)i;
                p->factor[n] = k < e->count ? 1 : -1;
            }
    int row = glp_add_rows(p->lp, 1);
    glp_set_mat_row(p->lp, row, n, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_FX, 0, 0);
}

/** A state of the world that agrees with what is published, as moves against the truth. */
static int add_belief(const struct part *part, struct programme *p)
{
    const struct mask_problem *problem = part->witnesses->problem;
    int first = glp_add_cols(p->lp, (int)part->count);

    for (size_t i = 0; i < part->count; i++) {
        double value = (double)problem->unknowns[part->members[i]].value;
        double up = FAR * (double)problem->threshold, down = fmin(value, up);
        int column = first + (int)i;
        if (!problem->unknowns[part->members[i]].published) {
            glp_set_col_bnds(p->lp, column, GLP_LO, -value, 0);
            continue;
        }
        glp_set_col_bnds(p->lp, column, GLP_DB, -down, up);
        if (is_choice(part, i))
            tie_to_choice(p, i, column, down, up);
    }
    for (size_t e = 0; e < part->equation_count; e++)
        add_equation(part, p, part->equations[e], first);
    return first;
}

/** Two beliefs about each small count lie the threshold apart. */
static void add_beliefs(const struct part *part, struct programme *p)
{
    for (size_t s = 0; s < part->small_count; s++) {
        int high = add_belief(part, p), low = add_belief(part, p);
        int row = glp_add_rows(p->lp, 1);
        p->at[1] = high + (int)part->small[s];
        p->at[2] = low + (int)part->small[s];
        p->factor[1] = 1;
        p->factor[2] = -1;
        glp_set_mat_row(p->lp, row, 2, p->at, p->factor);
        glp_set_row_bnds(p->lp, row, GLP_LO, (double)part->witnesses->problem->threshold, 0);
    }
}

/** The cell is out when the member is masked. */
static void need_cell(struct programme *p, size_t member, int cell)
{
    int row = glp_add_rows(p->lp, 1);

    glp_set_col_bnds(p->lp, cell, GLP_DB, 0, 1);
    p->at[1] = cell;
    p->at[2] = (int)member + 1;
    p->factor[1] = 1;
    p->factor[2] = -1;
    glp_set_mat_row(p->lp, row, 2, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_LO, 0, 0);
}

/** A column for each cell that masking a member takes out, at the cost of one. */
static bool add_cells(const struct part *part, struct programme *p)
{
    const struct mask_problem *problem = part->witnesses->problem;
    size_t cells[CELLS], count = 0;
    int columns[CELLS];

    for (int pass = 0; pass < 2; pass++) /* first those that are out already */
        for (size_t i = 0; i < part->count; i++) {
            const struct mask_unknown *u = &problem->unknowns[part->members[i]];
            for (size_t k = 0; k < u->cell_count && is_choice(part, i) == pass; k++) {
                size_t at = 0;
                while (at < count && cells[at] != u->cells[k])
                    at++;
                if (at == CELLS)
                    return false;
                if (at == count) {
                    cells[count] = u->cells[k];
                    columns[count++] = pass ? glp_add_cols(p->lp, 1) : 0;
                    if (pass)
                        glp_set_obj_coef(p->lp, columns[at], 1);
                }
                if (columns[at])
                    need_cell(p, i, columns[at]);
            }
        }
    return true;
}

static void count_branches(glp_tree *tree, void *branches)
{
    if (glp_ios_reason(tree) == GLP_ISELECT && ++*(int *)branches > BRANCHES)
        glp_ios_terminate(tree);
}

static bool solve(glp_prob *lp)
{
    glp_iocp control;
    int branches = 0;

    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.presolve = GLP_ON;
    control.cb_func = count_branches;
    control.cb_info = &branches;
    return glp_intopt(lp, &control) == 0 && glp_mip_status(lp) == GLP_OPT;
}

/* ---- the answer ---- */

/** A belief becomes a witness, which masks what it moves. */
static void witness(const struct part *part, glp_prob *lp, int first, size_t small)
{
    struct mask_problem *problem = part->witnesses->problem;
    struct mask_move move = {.unknown = RK_ARRAY(problem->arena, size_t, part->count + 1),
                             .by = RK_ARRAY(problem->arena, double, part->count + 1)};

    for (size_t i = 0; i < part->count; i++) {
        double by = glp_mip_col_val(lp, first + (int)i);
        if (fabs(by) < 1e-7)
            continue;
        move.unknown[move.count] = part->members[i];
        move.by[move.count++] = by;
    }
    mask_witness_add(part->witnesses, &move, problem->unknowns[part->members[small]].id);
}

static void take_answer(const struct part *part, glp_prob *lp)
{
    struct mask_problem *problem = part->witnesses->problem;
    int first = (int)part->count + 1;

    for (size_t s = 0; s < part->small_count; s++)
        for (int belief = 0; belief < 2; belief++, first += (int)part->count)
            witness(part, lp, first, part->small[s]);
    for (size_t i = 0; i < part->count; i++)
        problem->unknowns[part->members[i]].settled = true;
}

static bool solve_part(const struct part *part)
{
    struct programme p = {.lp = rk_glpk_problem()};
    bool solved;

    glp_set_obj_dir(p.lp, GLP_MIN);
    add_choices(part, &p);
    add_beliefs(part, &p);
    solved = add_cells(part, &p) && solve(p.lp);
    if (solved)
        take_answer(part, p.lp);
    glp_delete_prob(p.lp);
    return solved;
}

size_t mask_exact(struct mask_witnesses *witnesses)
{
    struct mask_problem *problem = witnesses->problem;
    bool *seen = RK_ARRAY(problem->arena, bool, problem->count + 1);
    bool *done = RK_ARRAY(problem->arena, bool, problem->equation_count + 1);
    struct part part = {.witnesses = witnesses,
                        .members = RK_ARRAY(problem->arena, size_t, problem->count + 1),
                        .small = RK_ARRAY(problem->arena, size_t, problem->count + 1),
                        .equations = RK_ARRAY(problem->arena, size_t, problem->equation_count + 1)};
    size_t solved = 0;

    for (size_t i = 0; i < witnesses->small_count; i++) {
        if (seen[witnesses->small[i].unknown])
            continue;
        if (gather(&part, witnesses->small[i].unknown, seen, done))
            solved += solve_part(&part);
    }
    return solved;
}
