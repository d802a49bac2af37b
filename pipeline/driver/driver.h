// SPDX-License-Identifier: MIT
#ifndef DRIVER_DRIVER_H
#define DRIVER_DRIVER_H

/** The verbs of `reckon`. Each takes the arguments from its own name on and returns the exit
 *  status; one file a verb. `reckon stat` has its own header. */
int driver_run(int argc, char **argv);
int driver_check(int argc, char **argv);
int driver_backtest(int argc, char **argv);

struct rk_stage;
/** The seven stages in their order, NULL at the end. */
const struct rk_stage *const *driver_stages(void);
const struct rk_stage *driver_stage(const char *name);

#endif
