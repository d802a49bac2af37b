// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run.h"
#include "pipeline/driver/driver.h"

static rk_status check_call(struct rk_run *run, const struct driver_verb *verb, size_t count,
                            size_t most)
{
    if (count < verb->operand_count || count > most)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "needs %s; %s --help shows examples",
                       verb->operands, verb->program);
    if (verb->needs_out && !run->out_dir)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "where do the results go? Add -o OUT; %s --help shows examples",
                       verb->program);
    return RK_OK;
}

int driver_verb(int argc, char **argv, const struct driver_verb *verb)
{
    return driver_verb_up_to(argc, argv, verb, verb->operand_count);
}

int driver_verb_up_to(int argc, char **argv, const struct driver_verb *verb, size_t most)
{
    struct rk_arena *arena = rk_arena_new();
    const char **operands = RK_ARRAY(arena, const char *, (size_t)argc + 1);
    size_t count = 0;
    struct rk_run run;
    rk_status status =
        rk_run_open(&run, verb->program, argc, argv, verb->usage, operands, &count);

    if (status == RK_OK && !run.done) {
        status = check_call(&run, verb, count, most);
        run.study_dir = operands[0];
        if (status == RK_OK)
            status = verb->work(&run, operands);
    }
    rk_run_close(&run);
    rk_arena_free(arena);
    return (int)status;
}
