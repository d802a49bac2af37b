// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_waves.h"

#include <string.h>

enum { SEEN_LEAST = 3 };

struct pair {
    size_t earlier, later;
    struct attack_spot *spot; /**< of the later one */
};

/** Do the counts of a result grow wherever both can be read? `seen`: how many there are. */
static bool grows(const struct attack_facts *facts, const struct pair *pairs, size_t count,
                  size_t *seen)
{
    *seen = 0;
    for (size_t i = 0; i < count; i++) {
        const struct attack_var *before = &facts->vars[pairs[i].earlier];
        const struct attack_var *after = &facts->vars[pairs[i].later];
        if (before->low > after->high + 1e-6)
            return false;
        *seen += attack_is_known(facts, pairs[i].earlier) && attack_is_known(facts, pairs[i].later);
    }
    return true;
}

static void believe(struct attack_facts *facts, const struct pair *pairs, size_t count)
{
    size_t seen;

    if (!grows(facts, pairs, count, &seen))
        return;
    for (size_t i = 0; i < count; i++) {
        const size_t parts[2] = {
            pairs[i].earlier,
            attack_var(facts,
                       rk_arena_printf(facts->arena, "%s|grown", facts->vars[pairs[i].later].name),
                       rk_arena_printf(facts->arena, "%s: new since the release before",
                                       facts->vars[pairs[i].later].words),
                       facts->vars[pairs[i].later].place)};
        struct attack_var *grown = &facts->vars[parts[1]];
        grown->masked = true;
        grown->exempt = pairs[i].spot->exempt;
        pairs[i].spot->grown = parts[1];
        grown->release = facts->vars[pairs[i].later].release;
        attack_sum(facts, pairs[i].later, parts, 2, seen < SEEN_LEAST,
                   "counts grow from release to release");
    }
}

static const struct attack_spot *same_place(struct attack_facts *facts,
                                            const struct attack_release *release,
                                            const struct attack_spot *spot)
{
    long at = rk_map_find(release->index,
                          rk_arena_printf(facts->arena, "%s.%s.%s.%s", spot->result, spot->row,
                                          spot->column, spot->family));

    return at < 0 ? NULL : &release->spots[at];
}

void attack_waves(struct attack_facts *facts, const struct attack_release *earlier,
                  struct attack_release *later)
{
    struct pair *pairs = RK_ARRAY(facts->arena, struct pair, later->spot_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < later->spot_count; i++) {
        struct attack_spot *spot = &later->spots[i];
        const struct attack_spot *before = same_place(facts, earlier, spot);
        if (!before || !spot->counted || !before->counted)
            continue;
        if (count && strcmp(pairs[count - 1].spot->result, spot->result) != 0) {
            believe(facts, pairs, count);
            count = 0;
        }
        pairs[count++] = (struct pair){before->number, spot->number, spot};
    }
    believe(facts, pairs, count);
}
