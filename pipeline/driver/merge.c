// SPDX-License-Identifier: MIT
/* reckon merge: what `reckon run` does, with the first two folders put together from parts. */
#include "pipeline/contract/hash_book.h"
#include "pipeline/driver/driver.h"
#include "pipeline/merge/merge_parts.h"
#include "pipeline/merge/merge_rows.h"

#include <string.h>

static const char usage[] =
    "reckon merge: parts of a study to one, then on to the reports, as `reckon run` does\n"
    "\n"
    "  reckon run config/working-well -o out --part 1/2    each on a machine of its own\n"
    "  reckon run config/working-well -o out --part 2/2\n"
    "  reckon merge config/working-well -o out             all part-*-of-* in out\n"
    "  reckon merge config/working-well -o out a/part-1-of-2 b/part-2-of-2\n"
    "  reckon merge config/working-well -o out -n          do they fit together?\n"
    "\n"
    "Every file is byte for byte what one `reckon run` would have written. Parts of another\n"
    "study, of other extracts, missing, doubled or unfinished ones are refused (status 1).\n"
    "Give the options that the parts were given (--data, --as-at, --links). The parts stay;\n"
    "`reckon purge out` removes them with everything else about people.\n"
    "config/cluster/ has scripts for GNU parallel and Slurm; docs/cluster.md says more.\n"
    "Reads the parts, the study and its extracts; writes what `reckon run` writes.\n";

static const struct rk_stage clean = {.name = "clean", .work = merge_clean};
static const struct rk_stage dedupe = {.name = "dedupe", .work = merge_dedupe};

/* The stages of a run, but for the two that parts have done. */
static const struct rk_stage *const *stages_of(struct rk_run *run)
{
    const struct rk_stage *const *all = driver_stages();
    const struct rk_stage **stages;
    size_t count = 0;

    while (all[count])
        count++;
    stages = RK_ARRAY(run->arena, const struct rk_stage *, count + 1);
    for (size_t i = 0; i < count; i++)
        stages[i] = strcmp(all[i]->name, "clean") == 0    ? &clean
                    : strcmp(all[i]->name, "dedupe") == 0 ? &dedupe
                                                          : all[i];
    return stages;
}

static size_t count_of(const char **operands)
{
    size_t count = 0;

    while (operands[count])
        count++;
    return count;
}

static rk_status work(struct rk_run *run, const char **operands)
{
    struct merge_parts *parts = RK_NEW(run->arena, struct merge_parts);

    run->hashes = hash_book_new(run->arena);
    if (!run->dry_run) RK_TRY(rk_run_lock(run));
    RK_TRY(merge_parts_open(run, operands + 1, count_of(operands + 1), parts));
    rk_run_report(run, "merge", "%zu parts that fit together", parts->count);
    if (run->dry_run) return RK_OK;
    run->parts = parts;
    return driver_run_stages(run, stages_of(run));
}

int driver_merge(int argc, char **argv)
{
    static const struct driver_verb verb = {
        "reckon merge", usage, "a study and, if they are not in OUT, the folders of its parts", 1,
        true, work};

    return driver_verb_up_to(argc, argv, &verb, (size_t)argc);
}
