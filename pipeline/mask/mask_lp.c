// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_lp.h"

#include "pipeline/base/rk_glpk.h"

#include <limits.h>
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
            if (!rows->done[u->equations[k]] && mask_counts(problem, u->equations[k])) {
                rows->done[u->equations[k]] = true;
                add_row(rows, u->equations[k], deviations, down);
            }
    }
}

/** `high` may be HUGE_VAL. */
static void bound_column(glp_prob *lp, int column, double low, double high)
{
    glp_set_col_bnds(lp, column, high == HUGE_VAL ? GLP_LO : high > low ? GLP_DB : GLP_FX, low,
                     high);
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
    glp_prob *lp = rk_glpk_problem();
    struct rows rows = {.problem = problem, .lp = lp,
                        .columns = columns_of(problem, members, member_count)};
    glp_smcp control = quiet();
    rk_status status = RK_OK;

    glp_add_cols(lp, (int)member_count);
    for (size_t i = 0; i < member_count; i++)
        bound_column(lp, (int)i + 1, mask_lowest(problem, members[i]),
                     mask_highest(problem, members[i]));
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

/* ---- widths ---- */

/** Ranges seen so far: every solution of the programme is one more state of the world. */
struct widths {
    const struct mask_part *part;
    glp_prob *lp;
    double *high, *low; /**< of each member */
    bool begun;         /**< there is a basis to go on from */
    const bool *safe;   /**< of each unknown */
};

static bool is_held(const struct widths *widths, size_t member)
{
    return mask_is_held(widths->part->problem, widths->part->members[member]);
}

static double wanted(const struct widths *widths, size_t member)
{
    return mask_wanted(widths->part->problem, widths->part->members[member]);
}

static bool is_open(const struct widths *widths, size_t member)
{
    return is_held(widths, member) && !widths->safe[widths->part->members[member]] &&
           widths->high[member] - widths->low[member] < wanted(widths, member) - 1e-6;
}

static void add_part_row(struct rows *rows, const struct mask_part *part, size_t equation)
{
    const struct mask_equation *e = &part->problem->equations[equation];
    int n = 0, row;

    for (size_t i = 0; i <= e->count; i++) {
        int column = rows->columns[i < e->count ? e->parts[i] : e->total];
        if (!column)
            continue;
        rows->at[++n] = column;
        rows->factor[n] = i < e->count ? 1 : -1;
    }
    row = glp_add_rows(rows->lp, 1);
    glp_set_mat_row(rows->lp, row, n, rows->at, rows->factor);
    glp_set_row_bnds(rows->lp, row, part->slack[equation] < 0 ? GLP_FX : GLP_UP, 0,
                     fmax(part->slack[equation], 0));
}

static void add_part_rows(const struct mask_part *part, glp_prob *lp)
{
    const struct mask_problem *problem = part->problem;
    struct rows rows = {
        .problem = problem,
        .lp = lp,
        .columns = columns_of(problem, part->members, part->count),
        .done = RK_ARRAY(problem->scratch, bool, problem->equation_count + 1),
        .at = RK_ARRAY(problem->scratch, int, part->count + 2),
        .factor = RK_ARRAY(problem->scratch, double, part->count + 2),
    };

    for (size_t i = 0; i < part->count; i++) {
        const struct mask_unknown *u = &problem->unknowns[part->members[i]];
        for (size_t k = 0; k < u->equation_count; k++) {
            size_t at = u->equations[k];
            if (rows.done[at] || part->let_go[at])
                continue;
            rows.done[at] = true;
            add_part_row(&rows, part, at);
        }
    }
}

/** Small counts go up no further than a proof of width needs, so that where the sum of all is
 *  largest many of them are wide. */
static void bound_members(const struct widths *widths)
{
    const struct mask_problem *problem = widths->part->problem;

    for (size_t i = 0; i < widths->part->count; i++) {
        size_t at = widths->part->members[i];
        double value = (double)problem->unknowns[at].value, high = mask_highest(problem, at) - value;

        if (is_held(widths, i))
            high = fmin(high, wanted(widths, i));
        bound_column(widths->lp, (int)i + 1, mask_lowest(problem, at) - value, high);
    }
}

/** The first programme is made smaller before it is solved, the others go on from where the one
 *  before it ended. */
static bool solve(struct widths *widths, int direction)
{
    glp_smcp control = quiet();

    control.presolve = widths->begun ? GLP_OFF : GLP_ON;
    widths->begun = true;
    glp_set_obj_dir(widths->lp, direction);
    if (glp_simplex(widths->lp, &control) != 0 || glp_get_status(widths->lp) != GLP_OPT)
        return false;
    for (size_t i = 0; i < widths->part->count; i++) {
        double at = glp_get_col_prim(widths->lp, (int)i + 1);
        widths->high[i] = fmax(widths->high[i], at);
        widths->low[i] = fmin(widths->low[i], at);
    }
    return true;
}

/** All that are still open at once, up and then down. */
static bool solve_together(struct widths *widths)
{
    for (int direction = GLP_MAX; ; direction = GLP_MIN) {
        for (size_t i = 0; i < widths->part->count; i++)
            glp_set_obj_coef(widths->lp, (int)i + 1, is_open(widths, i));
        if (!solve(widths, direction))
            return false;
        if (direction == GLP_MIN)
            return true;
    }
}

static bool solve_alone(struct widths *widths, size_t member)
{
    bool fine;

    for (size_t i = 0; i < widths->part->count; i++)
        glp_set_obj_coef(widths->lp, (int)i + 1, i == member);
    fine = solve(widths, GLP_MAX);
    return fine && (!is_open(widths, member) || solve(widths, GLP_MIN));
}

rk_status mask_lp_widths(const struct mask_part *part, bool *safe)
{
    struct widths widths = {
        .part = part,
        .lp = rk_glpk_problem(),
        .high = RK_ARRAY(part->problem->scratch, double, part->count + 1),
        .low = RK_ARRAY(part->problem->scratch, double, part->count + 1),
        .safe = safe,
    };
    bool fine;

    glp_add_cols(widths.lp, (int)part->count);
    bound_members(&widths);
    add_part_rows(part, widths.lp);
    fine = solve_together(&widths);
    for (size_t i = 0; fine && i < part->count; i++)
        if (is_open(&widths, i))
            fine = solve_alone(&widths, i);
    for (size_t i = 0; i < part->count; i++) {
        size_t unknown = part->members[i];
        if (part->lowest && is_open(&widths, i)) /* solved alone, down to its end */
            part->lowest[unknown] =
                (double)part->problem->unknowns[unknown].value + widths.low[i];
        if (is_held(&widths, i) && !is_open(&widths, i))
            safe[unknown] = true;
    }
    glp_delete_prob(widths.lp);
    if (fine)
        return RK_OK;
    return rk_fail(part->problem->diag, RK_CHECK, RK_NOWHERE,
                   "what is published cannot be checked for what it gives away; nothing is "
                   "released");
}

/* ---- moves ---- */

/** Such moves are found; smaller ones are noise of the arithmetic. */
static const double NOISE = 1e-7;
/** What is hidden already moves for next to nothing, so that it moves no more than it must. */
static const double FREE = 1e-4;

static double price(const struct mask_problem *problem, size_t unknown)
{
    const struct mask_unknown *u = &problem->unknowns[unknown];

    if (!u->published)
        return 0;
    return mask_hidden(problem, unknown) ? FREE : mask_cost(problem, unknown);
}

/** Columns 1..n are moves up, n+1..2n moves down. */
static void move_columns(const struct mask_problem *problem, glp_prob *lp, const size_t *near,
                         size_t count, size_t unknown, double by)
{
    glp_add_cols(lp, (int)(2 * count));
    for (size_t i = 0; i < count; i++) {
        double value = (double)problem->unknowns[near[i]].value;
        double each = price(problem, near[i]);
        int up = (int)i + 1, down = up + (int)count;

        glp_set_obj_coef(lp, up, each);
        glp_set_obj_coef(lp, down, each);
        bound_column(lp, up, 0, mask_highest(problem, near[i]) - value);
        bound_column(lp, down, 0, value - mask_lowest(problem, near[i]));
        if (near[i] != unknown)
            continue;
        glp_set_col_bnds(lp, up, GLP_FX, fmax(by, 0), 0);
        glp_set_col_bnds(lp, down, GLP_FX, fmax(-by, 0), 0);
    }
}

static void take_move(const struct mask_problem *problem, struct rk_arena *arena, glp_prob *lp,
                      const size_t *near, size_t near_count, struct mask_move *out)
{
    *out = (struct mask_move){.unknown = RK_ARRAY(arena, size_t, near_count + 1),
                              .by = RK_ARRAY(arena, double, near_count + 1)};
    for (size_t i = 0; i < near_count; i++) {
        double by = glp_get_col_prim(lp, (int)i + 1) -
                    glp_get_col_prim(lp, (int)(i + near_count) + 1);
        if (fabs(by) < NOISE)
            continue;
        if (!mask_hidden(problem, near[i]))
            out->cost += mask_cost(problem, near[i]);
        out->unknown[out->count] = near[i];
        out->by[out->count++] = by;
    }
}

bool mask_lp_move(struct mask_problem *problem, struct rk_arena *arena, size_t unknown,
                  double by, const size_t *near, size_t near_count, struct mask_move *out)
{
    glp_prob *lp = rk_glpk_problem();
    struct rows rows = {.problem = problem, .lp = lp,
                        .columns = columns_of(problem, near, near_count)};
    glp_smcp control = quiet();

    glp_set_obj_dir(lp, GLP_MIN);
    move_columns(problem, lp, near, near_count, unknown, by);
    add_rows(&rows, near, near_count, true, (int)near_count);
    control.it_lim = problem->work < problem->work_limit
                         ? (int)fmin(INT_MAX, (double)(problem->work_limit - problem->work))
                         : 0;
    bool found = glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
    problem->work += (size_t)glp_get_it_cnt(lp) + 1;
    if (found)
        take_move(problem, arena, lp, near, near_count, out);
    glp_delete_prob(lp);
    return found;
}
