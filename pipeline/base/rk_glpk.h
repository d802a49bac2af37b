// SPDX-License-Identifier: MIT
#ifndef RK_GLPK_H
#define RK_GLPK_H

#include <glpk.h>

/** A new problem of GLPK, which from then on says nothing on the terminal and, when memory runs
 *  out, ends the program as everything else here does instead of aborting. */
glp_prob *rk_glpk_problem(void);

#endif
