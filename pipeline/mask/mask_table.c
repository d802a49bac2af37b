// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_table.h"

#include "pipeline/base/rk_glpk.h"

#include <math.h>

double *mask_table_margins(struct rk_arena *arena, const double *counts, size_t rows,
                           size_t columns)
{
    double *value = RK_ARRAY(arena, double, (rows + 1) * (columns + 1));

    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            double count = counts[r * columns + c];
            value[r * (columns + 1) + c] += count;
            value[r * (columns + 1) + columns] += count;
            value[rows * (columns + 1) + c] += count;
            value[rows * (columns + 1) + columns] += count;
        }
    return value;
}

static size_t cells_of(const struct mask_table *table)
{
    return (table->rows + 1) * (table->columns + 1);
}

/** A programme and the workspace of one row of it. */
struct programme {
    glp_prob *lp;
    int *at;
    double *factor;
};

static struct programme programme_new(struct rk_arena *arena, size_t columns)
{
    return (struct programme){rk_glpk_problem(), RK_ARRAY(arena, int, columns + 2),
                              RK_ARRAY(arena, double, columns + 2)};
}

/** One equation of the table: parts minus total = 0, for the copy of its cells at `first`. */
static void add_line(struct programme *p, int first, size_t start, size_t step, size_t parts)
{
    int row = glp_add_rows(p->lp, 1);

    for (size_t i = 0; i <= parts; i++) {
        p->at[i + 1] = first + (int)(start + i * step);
        p->factor[i + 1] = i < parts ? 1 : -1;
    }
    glp_set_mat_row(p->lp, row, (int)parts + 1, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_FX, 0, 0);
}

/** Rows and columns add up, margins included; `first` is the column of cell 0. */
static void add_lines(struct programme *p, const struct mask_table *table, int first)
{
    for (size_t r = 0; r <= table->rows; r++)
        add_line(p, first, r * (table->columns + 1), 1, table->columns);
    for (size_t c = 0; c <= table->columns; c++)
        add_line(p, first, c, table->columns + 1, table->rows);
}

static bool solve_integer(glp_prob *lp)
{
    glp_iocp control;

    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.presolve = GLP_ON;
    return glp_intopt(lp, &control) == 0 && glp_mip_status(lp) == GLP_OPT;
}

/* ---- attack ---- */

static void bound_cell(glp_prob *lp, int column, const struct mask_table *table, size_t cell,
                       enum mask_knowledge knowledge, double threshold)
{
    double value = table->value[cell];

    if (!table->suppressed[cell])
        glp_set_col_bnds(lp, column, GLP_FX, value, value);
    else if (knowledge == MASK_KNOWS_TABLE)
        glp_set_col_bnds(lp, column, GLP_LO, 0, 0);
    else if (value > 0 && value < threshold)
        glp_set_col_bnds(lp, column, GLP_DB, 1, threshold - 1);
    else
        glp_set_col_bnds(lp, column, GLP_LO, threshold, 0);
}

/** Rows and columns of a table make a network: the linear programme's ends are whole. */
bool mask_table_attack(struct rk_arena *arena, const struct mask_table *table, size_t cell,
                       enum mask_knowledge knowledge, double threshold, double *low,
                       double *high)
{
    size_t cells = cells_of(table);
    struct programme p = programme_new(arena, cells);
    bool found = true;

    glp_add_cols(p.lp, (int)cells);
    for (size_t i = 0; i < cells; i++)
        bound_cell(p.lp, (int)i + 1, table, i, knowledge, threshold);
    add_lines(&p, table, 1);
    glp_set_obj_coef(p.lp, (int)cell + 1, 1);
    for (int direction = GLP_MIN; direction <= GLP_MAX; direction++) {
        glp_set_obj_dir(p.lp, direction);
        found = found && glp_simplex(p.lp, NULL) == 0;
        int status = glp_get_status(p.lp);
        double end = status == GLP_UNBND ? HUGE_VAL : round(glp_get_obj_val(p.lp));
        found = found && (status == GLP_OPT || status == GLP_UNBND);
        *(direction == GLP_MIN ? low : high) = end;
    }
    glp_delete_prob(p.lp);
    return found;
}

/* ---- minimum suppression ---- */

/** A copy of the table that an attacker may believe: it differs only where cells are hidden. */
static void add_belief(struct programme *p, const struct mask_table *table, int first)
{
    size_t cells = cells_of(table);
    double total = table->value[cells - 1];

    for (size_t i = 0; i < cells; i++) {
        double value = table->value[i];
        int belief = first + (int)i;
        glp_set_col_bnds(p->lp, belief, GLP_LO, 0, 0);
        /* value (1 - x) <= belief <= value + (total - value) x */
        p->at[1] = belief;
        p->factor[1] = 1;
        p->at[2] = (int)i + 1;
        p->factor[2] = value;
        int row = glp_add_rows(p->lp, 2);
        glp_set_mat_row(p->lp, row, 2, p->at, p->factor);
        glp_set_row_bnds(p->lp, row, GLP_LO, value, 0);
        p->factor[2] = value - total;
        glp_set_mat_row(p->lp, row + 1, 2, p->at, p->factor);
        glp_set_row_bnds(p->lp, row + 1, GLP_UP, 0, value);
    }
    add_lines(p, table, first);
}

/** Two beliefs about a small cell lie at least `width` apart. */
static void protect(struct programme *p, const struct mask_table *table, size_t cell,
                    double width)
{
    size_t cells = cells_of(table);
    int first = glp_add_cols(p->lp, (int)(2 * cells)), row;

    add_belief(p, table, first);
    add_belief(p, table, first + (int)cells);
    p->at[1] = first + (int)cell;
    p->factor[1] = 1;
    p->at[2] = first + (int)(cells + cell);
    p->factor[2] = -1;
    row = glp_add_rows(p->lp, 1);
    glp_set_mat_row(p->lp, row, 2, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_LO, width, 0);
}

double mask_table_minimum(struct rk_arena *arena, const struct mask_table *table,
                          double threshold, double width, bool by_counts, bool *pattern)
{
    size_t cells = cells_of(table);
    struct programme p = programme_new(arena, cells);
    double optimum = NAN;

    glp_set_obj_dir(p.lp, GLP_MIN);
    glp_add_cols(p.lp, (int)cells);
    for (size_t i = 0; i < cells; i++) {
        bool small = table->value[i] > 0 && table->value[i] < threshold;
        glp_set_col_kind(p.lp, (int)i + 1, GLP_BV);
        glp_set_obj_coef(p.lp, (int)i + 1, by_counts ? table->value[i] : 1);
        if (small)
            glp_set_col_bnds(p.lp, (int)i + 1, GLP_FX, 1, 1);
        else if (i == cells - 1)
            glp_set_col_bnds(p.lp, (int)i + 1, GLP_FX, 0, 0);
    }
    for (size_t i = 0; i < cells; i++)
        if (table->value[i] > 0 && table->value[i] < threshold)
            protect(&p, table, i, width);
    if (solve_integer(p.lp))
        optimum = round(glp_mip_obj_val(p.lp));
    for (size_t i = 0; i < cells; i++)
        pattern[i] = !isnan(optimum) && glp_mip_col_val(p.lp, (int)i + 1) > 0.5;
    glp_delete_prob(p.lp);
    return optimum;
}

/* ---- controlled rounding ---- */

/** Row or column: what is added by rounding up must balance as the rounded-down parts do not. */
static void balance(struct programme *p, const double *down, double base, size_t start,
                    size_t step, size_t parts)
{
    double rest = 0;
    int row = glp_add_rows(p->lp, 1);

    for (size_t i = 0; i <= parts; i++) {
        double sign = i < parts ? 1 : -1;
        rest += sign * down[start + i * step];
        p->at[i + 1] = (int)(start + i * step) + 1;
        p->factor[i + 1] = sign * base;
    }
    glp_set_mat_row(p->lp, row, (int)parts + 1, p->at, p->factor);
    glp_set_row_bnds(p->lp, row, GLP_FX, -rest, -rest);
}

double mask_table_round(struct rk_arena *arena, const struct mask_table *table, double base,
                        double *rounded)
{
    size_t cells = cells_of(table);
    struct programme p = programme_new(arena, cells);
    double changes = NAN, fixed = 0;

    glp_set_obj_dir(p.lp, GLP_MIN);
    glp_add_cols(p.lp, (int)cells);
    for (size_t i = 0; i < cells; i++) {
        double over = fmod(table->value[i], base);
        rounded[i] = table->value[i] - over;
        fixed += over;
        glp_set_col_kind(p.lp, (int)i + 1, GLP_BV);
        glp_set_obj_coef(p.lp, (int)i + 1, base - 2 * over);
        if (over == 0)
            glp_set_col_bnds(p.lp, (int)i + 1, GLP_FX, 0, 0);
    }
    for (size_t r = 0; r <= table->rows; r++)
        balance(&p, rounded, base, r * (table->columns + 1), 1, table->columns);
    for (size_t c = 0; c <= table->columns; c++)
        balance(&p, rounded, base, c, table->columns + 1, table->rows);
    if (solve_integer(p.lp))
        changes = round(glp_mip_obj_val(p.lp) + fixed);
    for (size_t i = 0; i < cells && !isnan(changes); i++)
        rounded[i] += base * round(glp_mip_col_val(p.lp, (int)i + 1));
    glp_delete_prob(p.lp);
    return changes;
}
