// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_find.h"

#include <string.h>

static const double NOISE = 1e-6;

void attack_find_add(struct attack_findings *findings, const struct attack_finding *finding)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct attack_finding *old = &findings->all[i];
        if (old->release == finding->release && old->kind == finding->kind &&
            strcmp(old->words, finding->words) == 0 &&
            (old->kind != ATTACK_WORDS || old->low == finding->low))
            return;
    }
    RK_ROOM(findings->arena, findings->all, findings->count, findings->cap);
    findings->all[findings->count++] = *finding;
}

/** Could it be a small count, and is it narrowed to less than was promised? Rounded counts, and what
 *  is left of them, are held to what rounding leaves of a 0: 0 to base - 1. */
static bool is_narrow(const struct attack_var *v, const struct about *about)
{
    double below = (double)about->suppress_below, wide = below;

    if (about->round_base > 0)
        wide = fmin(wide, (double)about->round_base - 1);
    return v->high > 1 - NOISE && v->low < below - 1 + NOISE && v->high - v->low < wide - NOISE;
}

/** Growth, and what is left of a rounded group, which no mark speaks of, tell of somebody when it is
 *  known that there are a few; not when it may be nobody. */
static bool is_few(const struct attack_var *v, long below)
{
    return v->low > NOISE && v->high < (double)below - NOISE;
}

static bool is_small(const struct attack_facts *facts, size_t var, long below)
{
    const struct attack_var *v = &facts->vars[var];

    return attack_is_known(facts, var) && v->low > NOISE && v->low < (double)below - NOISE;
}

static bool ends(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

static enum attack_kind kind_of(const struct attack_var *v)
{
    return ends(v->name, "|grown")    ? ATTACK_GROWN
           : ends(v->name, "|others") ? ATTACK_REST
                                      : ATTACK_NARROWED;
}

static void find_var(const struct attack_facts *facts, const struct attack_release *release,
                     size_t var, const struct attack_spot *spot, bool assumed,
                     struct attack_findings *findings)
{
    const struct attack_var *v = &facts->vars[var];
    struct attack_finding finding = {
        .kind = v->masked ? kind_of(v) : ATTACK_PRINTED,
        .cell = spot ? rk_arena_printf(facts->arena, "%s.%s.%s", spot->result, spot->row,
                                       spot->column)
                     : "",
        .words = v->words,
        .place = v->place,
        .low = v->low,
        .high = v->high,
        .assumed = assumed,
        .others = spot && var == spot->others,
        .release = v->release,
        .spot = spot,
    };
    long below = release->about.suppress_below;

    /* What is left of an exempt group, or has come to it, is as public as the group. */
    if (v->exempt && finding.kind != ATTACK_NARROWED)
        return;
    bool unmarked = finding.kind == ATTACK_GROWN ||
                    (finding.kind == ATTACK_REST && spot && facts->vars[spot->number].base);
    if (unmarked                      ? is_few(v, below)
        : v->masked                   ? is_narrow(v, &release->about)
                                      : is_small(facts, var, below))
        attack_find_add(findings, &finding);
}

static void find_average(const struct attack_facts *facts, const struct attack_release *release,
                         const struct attack_spot *spot, bool assumed,
                         struct attack_findings *findings)
{
    size_t of = spot->of == ATTACK_NONE ? spot->number : spot->of;
    const struct attack_var *v = &facts->vars[of];
    struct attack_finding finding = {
        .kind = ATTACK_AVERAGE,
        .cell = rk_arena_printf(facts->arena, "%s.%s.%s", spot->result, spot->row, spot->column),
        .words = facts->vars[spot->number].words,
        .place = v->place,
        .low = v->low,
        .high = v->high,
        .assumed = assumed,
        .release = v->release,
        .spot = spot,
    };

    if (!spot->average || spot->exempt)
        return;
    if ((v->low > NOISE && v->high < (double)release->about.suppress_below - NOISE) ||
        (v->masked && !attack_is_read(facts, of)))
        attack_find_add(findings, &finding);
}

void attack_find(const struct attack_facts *facts, const struct attack_release *releases,
                 size_t count, bool assumed, struct attack_findings *findings)
{
    bool *done = RK_ARRAY(facts->arena, bool, facts->var_count + 1);

    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < releases[r].spot_count && releases[r].about.masked; i++) {
            const struct attack_spot *spot = &releases[r].spots[i];
            find_average(facts, &releases[r], spot, assumed, findings);
            if (!spot->counted)
                continue;
            done[spot->number] = true;
            find_var(facts, &releases[r], spot->number, spot, assumed, findings);
            const size_t more[2] = {spot->others, spot->grown};
            for (size_t k = 0; k < 2; k++) {
                if (more[k] == ATTACK_NONE)
                    continue;
                done[more[k]] = true;
                find_var(facts, &releases[r], more[k], spot, assumed, findings);
            }
        }
    for (size_t v = 0; v < facts->var_count; v++)
        if (!done[v] && facts->vars[v].masked && releases[facts->vars[v].release].about.masked)
            find_var(facts, &releases[facts->vars[v].release], v, NULL, assumed, findings);
}

const char *attack_kind_name(enum attack_kind kind)
{
    static const char *const names[] = {"narrowed", "printed", "rest", "grown", "average",
                                        "words"};

    return names[kind];
}

static const char *range(struct rk_arena *arena, const struct attack_finding *finding)
{
    double low = fmax(ceil(finding->low - NOISE), 0), high = floor(finding->high + NOISE);

    if (low >= high)
        return rk_arena_printf(arena, "%.0f", low);
    if (high >= HUGE_VAL)
        return rk_arena_printf(arena, "%.0f or more", low);
    return rk_arena_printf(arena, "%.0f to %.0f", low, high);
}

const char *attack_say(struct rk_arena *arena, const struct attack_finding *finding)
{
    static const char *const formats[] = {
        [ATTACK_NARROWED] = "%s is masked and can be worked out: %s%s",
        [ATTACK_PRINTED] = "%s is printed and small: %s%s",
        [ATTACK_REST] = "%s, follows from what is printed: %s%s",
        [ATTACK_GROWN] = "%s, follows from two releases: %s%s",
        [ATTACK_AVERAGE] = "%s has a mean, median or spread of a group of %s%s",
    };
    const char *assumed = finding->assumed ? " (if its table adds up)" : "";

    if (finding->kind == ATTACK_WORDS)
        return rk_arena_printf(arena, "%s is masked, and the words give %g%s", finding->words,
                               finding->low, finding->percent ? "%" : "");
    return rk_arena_printf(arena, formats[finding->kind], finding->words,
                           range(arena, finding), assumed);
}
