// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_share.h"

#include <string.h>

enum { SEEN_SOME = 2, SEEN_MANY = 3 };

/** What a percentage may be of: the spot at this row and column; NULL: the count's own. */
static const struct whole {
    const char *row, *column;
} wholes[] = {{NULL, "all"}, {"all", NULL}, {"all", "all"}};

static const struct attack_spot *whole_of(const struct attack_release *release,
                                          const struct attack_spot *spot,
                                          const struct whole *whole)
{
    const char *row = whole->row ? whole->row : spot->row;
    const char *column = whole->column ? whole->column : spot->column;

    for (size_t i = 0; i < release->spot_count; i++)
        if (strcmp(release->spots[i].row, row) == 0 &&
            strcmp(release->spots[i].column, column) == 0)
            return &release->spots[i];
    return NULL;
}

/** Rows in which count, whole and percentage can be read and agree; -1 when any does not agree. A
 *  total that is 100% of itself shows nothing. */
static int rows_that_show(const struct attack_facts *facts, const struct attack_release *release,
                          const struct attack_shares *shares, const struct whole *whole)
{
    int seen = 0;

    for (size_t i = 0; i < shares->rows; i++) {
        const struct attack_spot *spot = shares->counts[i];
        const struct attack_spot *of = spot ? whole_of(release, spot, whole) : NULL;
        if (!of || of == spot || isnan(shares->percent[i]) ||
            !attack_is_known(facts, spot->number) || !attack_is_known(facts, of->number))
            continue;
        double count = facts->vars[spot->number].low, base = facts->vars[of->number].low;
        if (base <= 0 || fabs(100 * count / base - shares->percent[i]) > shares->off[i] + 1e-9)
            return -1;
        seen++;
    }
    return seen;
}

static void tie(struct attack_facts *facts, const struct attack_spot *spot,
                const struct attack_spot *of, double percent, double off, bool assumed)
{
    const struct attack_term least[] = {{spot->number, 100}, {of->number, -(percent - off)}};
    const struct attack_term most[] = {{spot->number, 100}, {of->number, -(percent + off)}};

    attack_rule(facts, least, 2, 0, HUGE_VAL, assumed, "a rounded percentage");
    attack_rule(facts, most, 2, -HUGE_VAL, 0, assumed, "a rounded percentage");
}

void attack_shares(struct attack_facts *facts, const struct attack_release *release,
                   const struct attack_shares *shares)
{
    const struct whole *best = NULL;
    int most = SEEN_SOME - 1;

    for (size_t w = 0; w < sizeof wholes / sizeof *wholes; w++) {
        int seen = rows_that_show(facts, release, shares, &wholes[w]);
        if (seen > most) {
            most = seen;
            best = &wholes[w];
        }
    }
    for (size_t i = 0; best && i < shares->rows; i++) {
        const struct attack_spot *spot = shares->counts[i];
        const struct attack_spot *of = spot ? whole_of(release, spot, best) : NULL;
        if (of && of != spot && !isnan(shares->percent[i]))
            tie(facts, spot, of, shares->percent[i], shares->off[i], most < SEEN_MANY);
    }
}
