// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_lp.h"

#include "pipeline/base/rk_glpk.h"

enum { MOST_PARTS = 200 };

/** weights . bound (+ or -) excess against one limit of the whole. */
static void add_limit(glp_prob *lp, const double *bound, size_t parts, int excess,
                      double sign, double limit)
{
    int at[MOST_PARTS + 2];
    double factor[MOST_PARTS + 2];
    int row = glp_add_rows(lp, 1);

    for (size_t i = 0; i < parts; i++) {
        at[i + 1] = (int)i + 1;
        factor[i + 1] = bound[i];
    }
    at[parts + 1] = excess;
    factor[parts + 1] = sign;
    glp_set_mat_row(lp, row, (int)parts + 1, at, factor);
    glp_set_row_bnds(lp, row, sign > 0 ? GLP_LO : GLP_UP, limit, limit);
}

static void add_weights(glp_prob *lp, size_t parts)
{
    int at[MOST_PARTS + 1];
    double one[MOST_PARTS + 1];
    int row = glp_add_rows(lp, 1);

    for (size_t i = 1; i <= parts; i++) {
        at[i] = (int)i;
        one[i] = 1;
    }
    glp_set_mat_row(lp, row, (int)parts, at, one);
    glp_set_row_bnds(lp, row, GLP_FX, 1, 1);
}

bool audit_lp_average(const struct audit_line *lines, size_t count, size_t parts,
                      double *excess)
{
    glp_prob *lp;
    glp_smcp control;
    int miss = (int)parts + 1;
    bool solved;

    if (parts < 1 || parts > MOST_PARTS) return false;
    lp = rk_glpk_problem();
    glp_set_obj_dir(lp, GLP_MIN);
    glp_add_cols(lp, miss);
    for (int i = 1; i <= miss; i++)
        glp_set_col_bnds(lp, i, GLP_LO, 0, 0);
    glp_set_obj_coef(lp, miss, 1);
    add_weights(lp, parts);
    for (size_t i = 0; i < count; i++) {
        add_limit(lp, lines[i].high, parts, miss, 1, lines[i].all_low);
        add_limit(lp, lines[i].low, parts, miss, -1, lines[i].all_high);
    }
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    solved = glp_simplex(lp, &control) == 0 && glp_get_status(lp) == GLP_OPT;
    *excess = solved ? glp_get_obj_val(lp) : 0;
    glp_delete_prob(lp);
    return solved;
}
