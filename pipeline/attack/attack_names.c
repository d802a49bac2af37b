// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_names.h"

#include "pipeline/attack/attack_structure.h"

#include <string.h>

/* ---- the key that a result counts ---- */

/** Where "KEY=*" begins in a base's name, from `from` on; NULL when nowhere. */
static const char *next_star(const char *from)
{
    const char *star = strstr(from, "=*");

    return star && (star[2] == '&' || star[2] == '|') ? star : star ? next_star(star + 2) : NULL;
}

static const char *key_before(struct attack_facts *facts, const char *name, const char *star)
{
    const char *start = star;

    while (start > name && start[-1] != '|' && start[-1] != '&')
        start--;
    return rk_arena_copy_n(facts->arena, start, (size_t)(star - start));
}

static bool has_star(const char *name, const char *key)
{
    size_t bytes = strlen(key);

    for (const char *star = next_star(name); star; star = next_star(star + 2))
        if (star - name > (long)bytes && strncmp(star - bytes, key, bytes) == 0 &&
            (star[-(long)bytes - 1] == '|' || star[-(long)bytes - 1] == '&'))
            return true;
    return false;
}

/** The one key that is * in every base of a result; NULL when there is none or more than one. */
static const char *counted_key(struct attack_facts *facts, const struct attack_release *release,
                               size_t first, size_t last)
{
    const char *found = NULL, *name = release->spots[first].base;

    for (const char *star = next_star(name); star; star = next_star(star + 2)) {
        const char *key = key_before(facts, name, star);
        bool everywhere = true;
        for (size_t i = first; i < last; i++)
            everywhere = everywhere && (!*release->spots[i].base ||
                                        has_star(release->spots[i].base, key));
        if (!everywhere)
            continue;
        if (found)
            return NULL;
        found = key;
    }
    return found;
}

/** The name with KEY=* made KEY=CODE. */
static const char *with_code(struct attack_facts *facts, const char *name, const char *key,
                             const char *code)
{
    for (const char *star = next_star(name); star; star = next_star(star + 2))
        if (strcmp(key_before(facts, name, star), key) == 0)
            return rk_arena_printf(facts->arena, "%.*s=%s%s", (int)(star - name), name, code,
                                   star + 2);
    return NULL;
}

/* ---- the code that a place counts ---- */

/** Do bases change from row to row? Then columns are what is counted. */
static bool base_by_row(const struct attack_release *release, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = i + 1; k < last; k++)
            if (strcmp(release->spots[i].column, release->spots[k].column) == 0 &&
                strcmp(release->spots[i].base, release->spots[k].base) != 0)
                return true;
    return false;
}

static const char *code_of(const struct attack_spot *spot, bool by_row)
{
    const char *code = by_row ? spot->column : spot->row;

    return strchr(code, '/') || strcmp(code, "all") == 0 ? NULL : code;
}

/** One number under two names: believed where both can be read and agree, or one cannot be. */
static void tie(struct attack_facts *facts, const struct attack_release *release, size_t first,
                size_t last, const char *key)
{
    struct attack_family family = {.facts = facts, .why = "one count in two tables"};
    bool by_row = base_by_row(release, first, last);

    for (size_t i = first; i < last; i++) {
        const struct attack_spot *spot = &release->spots[i];
        const char *code = code_of(spot, by_row);
        const char *name = code && *spot->base ? with_code(facts, spot->base, key, code) : NULL;
        if (!name || !spot->counted || strcmp(spot->family, "count") != 0)
            continue;
        size_t named = attack_var(
            facts, rk_arena_printf(facts->arena, "%zu|base|%s", release->number, name),
            facts->vars[spot->number].words, release->place);
        attack_family_add(&family, spot->number, &named, 1);
    }
    attack_family_believe(&family);
}

void attack_names(struct attack_facts *facts, const struct attack_release *release)
{
    for (size_t first = 0, last; first < release->spot_count; first = last) {
        const char *key;
        for (last = first + 1; last < release->spot_count &&
                               strcmp(release->spots[last].result,
                                      release->spots[first].result) == 0;)
            last++;
        key = counted_key(facts, release, first, last);
        if (key)
            tie(facts, release, first, last, key);
    }
}
