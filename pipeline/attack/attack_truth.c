// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_truth.h"

#include <string.h>

static const double NOISE = 1e-6;

/** A cell of the place that has a count. */
static const struct cell *cell_of(const struct results *truth, const struct attack_spot *spot)
{
    const char *const measures[] = {spot->family, "percent", "mean", "median", "sd"};

    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        const struct cell *cell =
            results_find(truth, rk_arena_printf(truth->arena, "%s.%s.%s.%s", spot->result,
                                                spot->row, spot->column, measures[i]));
        if (cell)
            return cell;
    }
    return NULL;
}

static double count_of(const struct cell *cell)
{
    if (cell->numerator >= 0)
        return (double)cell->numerator;
    return cell->unit == UNIT_CLIENTS || cell->unit == UNIT_RECORDS ? cell->value : NAN;
}

/** May all that the cell gives away be published whatever its size? */
static bool is_open(const struct results *truth, const struct cell *cell)
{
    size_t seen = 0;

    for (size_t i = 0; i < truth->link_count; i++) {
        if (strcmp(truth->links[i].cell, cell->id) != 0)
            continue;
        long at = rk_map_find(truth->quantity_index, truth->links[i].quantity);
        if (at >= 0 && !truth->quantities[at].open)
            return false;
        seen++;
    }
    return seen > 0;
}

/** A printed number has one decimal at most; the words do not say whether it was rounded. */
static bool words_are_right(const struct attack_finding *finding, double count, double base)
{
    double value = finding->percent ? 100 * count / base : count;
    double half = finding->low == floor(finding->low) ? 0.5 : 0.05;

    return finding->percent ? fabs(value - finding->low) <= half + NOISE
                            : fabs(value - finding->low) < NOISE;
}

/** What has come to a place since the release before; NAN when it cannot be looked up. */
static double growth_of(const struct attack_finding *finding, struct results *const *truths)
{
    const struct cell *now = cell_of(truths[finding->release], finding->spot);
    const struct cell *then =
        finding->release ? cell_of(truths[finding->release - 1], finding->spot) : NULL;

    return now && then ? count_of(now) - count_of(then) : NAN;
}

static bool is_disclosed(const struct attack_finding *finding, double count,
                         long suppress_below)
{
    return count > 0 && count < (double)suppress_below && count > finding->low - NOISE &&
           count < finding->high + NOISE;
}

bool attack_is_right(const struct attack_finding *finding, struct results *const *truths,
                     long suppress_below)
{
    const struct results *truth = truths[finding->release];
    const struct cell *cell = finding->spot ? cell_of(truth, finding->spot) : NULL;
    double count, base;

    if (!cell)
        return true;
    if (is_open(truth, cell))
        return false;
    base = (double)cell->base;
    count = finding->kind == ATTACK_AVERAGE ? base : count_of(cell);
    if (isnan(count))
        return true;
    if (finding->kind == ATTACK_WORDS)
        return words_are_right(finding, count, base);
    if (finding->kind == ATTACK_GROWN)
        count = growth_of(finding, truths);
    if (finding->others)
        count = base - count;
    return isnan(count) || is_disclosed(finding, count, suppress_below);
}
