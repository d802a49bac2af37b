// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_glpk.h"

#include "pipeline/base/rk_cleanup.h"

/* GLPK calls this before it would abort. We hand it nothing wrong (our own checks see to that), so
 * memory is what it lacks. */
static void end(void *nothing)
{
    (void)nothing;
    rk_out_of_memory();
}

glp_prob *rk_glpk_problem(void)
{
    glp_term_out(GLP_OFF);
    glp_error_hook(end, NULL);
    return glp_create_prob();
}
