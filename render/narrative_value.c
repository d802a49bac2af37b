// SPDX-License-Identifier: MIT
#include "render/narrative_priv.h"

#include "render/number.h"

#include <math.h>
#include <string.h>

const char *narrative_mark(const struct cell *cell)
{
    switch (cell->mark) {
    case MARK_MASKED:
        return "[c]";
    case MARK_NOT_AVAILABLE:
        return "[x]";
    case MARK_NOT_APPLICABLE:
        return "[z]";
    case MARK_LOW:
    case MARK_INTERVAL:
    case MARK_ROUNDED:
    case MARK_NONE:
        break;
    }
    return isnan(cell->value) ? "[x]" : NULL;
}

const char *narrative_reason(const struct cell *cell)
{
    static const char before[] = "not computed: ";

    if (cell->mark != MARK_NOT_AVAILABLE && cell->mark != MARK_NOT_APPLICABLE)
        return NULL;
    if (!cell->method || !cell->method[0])
        return NULL;
    return strncmp(cell->method, before, sizeof before - 1) == 0
               ? cell->method + sizeof before - 1
               : cell->method;
}

int narrative_decimals(const struct reading *reading, enum cell_unit unit)
{
    switch (unit) {
    case UNIT_PERCENT:
        return (int)reading->study->decimals_percent;
    case UNIT_POINTS:
        return (int)reading->study->decimals_points;
    case UNIT_SCORE:
        return (int)reading->study->decimals_mean;
    case UNIT_RATIO:
        return (int)reading->study->decimals_ratio;
    case UNIT_YEARS:
        return 1;
    case UNIT_CLIENTS:
    case UNIT_RECORDS:
    case UNIT_DAYS:
    case UNIT_P:
    case UNIT_NUMBER:
        break;
    }
    return 0;
}

/** Numbers of no declared unit: whole ones without decimals, halves with one, others with two. */
static int decimals_of(const struct reading *reading, const struct cell *cell)
{
    if (cell->unit == UNIT_NUMBER && cell->value != floor(cell->value))
        return 2 * cell->value == floor(2 * cell->value) ? 1 : 2;
    return narrative_decimals(reading, cell->unit);
}

static bool too_small(const struct reading *reading, const struct cell *cell)
{
    return cell->unit == UNIT_PERCENT && cell->base >= 0 && cell->numerator >= 0 &&
           cell->base < reading->study->min_percent_base;
}

bool narrative_is_low(const struct reading *reading, const struct cell *cell)
{
    bool beside = cell->mark == MARK_INTERVAL || cell->mark == MARK_ROUNDED;

    return cell->mark == MARK_LOW || (beside && cell->base >= 0 &&
                                      cell->base < reading->study->small_base);
}

/** A probability is never 0 or 1, however it is rounded: "<0.1", ">99.9". */
static const char *probability(struct reading *reading, const struct cell *cell)
{
    int decimals = decimals_of(reading, cell);
    double least = pow(10, -decimals);
    bool low = cell->value < least, high = cell->value > 100 - least;

    if (!low && !high)
        return render_number(reading->arena, cell->value, decimals, NUMBER_PLAIN);
    return rk_arena_printf(reading->arena, "%s%s", low ? "<" : ">",
                           render_number(reading->arena, low ? least : 100 - least, decimals,
                                         NUMBER_PLAIN));
}

static bool is_probability(const struct cell *cell)
{
    return cell->unit == UNIT_PERCENT && strstr(cell->measure, "probability") != NULL;
}

const char *narrative_bare(struct reading *reading, const struct cell *cell, bool sign)
{
    const char *mark = narrative_mark(cell);

    if (mark)
        return mark;
    if (cell->unit == UNIT_P)
        return cell->value < 0.001
                   ? "<0.001"
                   : render_number(reading->arena, cell->value, 3, NUMBER_PLAIN);
    if (too_small(reading, cell))
        return rk_arena_printf(reading->arena, "%ld of %ld", cell->numerator, cell->base);
    if (is_probability(cell))
        return probability(reading, cell);
    return render_number(reading->arena, cell->value, decimals_of(reading, cell),
                         sign ? NUMBER_SIGNED : NUMBER_PLAIN);
}

const char *narrative_value(struct reading *reading, const struct cell *cell)
{
    const char *bare = narrative_bare(reading, cell, false);

    if (narrative_mark(cell) || too_small(reading, cell))
        return bare;
    switch (cell->unit) {
    case UNIT_PERCENT:
        return rk_arena_printf(reading->arena, "%s%%", bare);
    case UNIT_POINTS:
        return rk_arena_printf(reading->arena, "%s percentage point%s", bare,
                               strcmp(bare, "1") == 0 ? "" : "s");
    case UNIT_P:
        return render_p(reading->arena, cell->value);
    case UNIT_DAYS:
        return rk_arena_printf(reading->arena, "%s days", bare);
    default:
        return bare;
    }
}

const char *narrative_interval(struct reading *reading, const struct cell *cell)
{
    int decimals = decimals_of(reading, cell);

    if (narrative_mark(cell) || isnan(cell->low) || isnan(cell->high))
        return "";
    return rk_arena_printf(reading->arena, "%s%s to %s%s",
                           render_number(reading->arena, cell->low, decimals, NUMBER_PLAIN),
                           cell->unit == UNIT_PERCENT ? "%" : "",
                           render_number(reading->arena, cell->high, decimals, NUMBER_PLAIN),
                           cell->unit == UNIT_PERCENT ? "%" : "");
}

/* ---- sentences ---- */

/** The cell of the same result and row, for another column and measure; NULL when none. */
static const struct cell *sibling(const struct reading *reading, const struct cell *cell,
                                  const char *column, const char *measure)
{
    return results_find(reading->results,
                        rk_arena_printf(reading->arena, "%s.%s.%s.%s", cell->result, cell->row,
                                        column, measure));
}

static const char *interval_words(struct reading *reading, const struct cell *cell)
{
    const char *interval = narrative_interval(reading, cell);

    if (cell->mark == MARK_INTERVAL)
        return rk_arena_printf(reading->arena, "%.0f%% CI [c]", 100 * reading->study->level);
    if (!interval[0])
        return "";
    return rk_arena_printf(reading->arena, "%.0f%% CI %s", 100 * cell->level, interval);
}

/** "linked_change" has "linked_initial" and "linked_latest" beside it. */
static const struct cell *end_of_change(const struct reading *reading, const struct cell *cell,
                                        const char *end)
{
    size_t prefix = strlen(cell->column) - strlen("change");
    const char *measure = cell->unit == UNIT_POINTS ? "percent" : "mean";

    return sibling(reading, cell,
                   rk_arena_printf(reading->arena, "%.*s%s", (int)prefix, cell->column, end),
                   measure);
}

static const char *say_change(struct reading *reading, const struct cell *cell)
{
    const struct cell *first = end_of_change(reading, cell, "initial");
    const struct cell *last = end_of_change(reading, cell, "latest");
    const char *from = first ? narrative_value(reading, first) : "[x]";
    const char *to = last ? narrative_value(reading, last) : "[x]";
    const char *interval = interval_words(reading, cell);
    struct cell size = *cell;

    if (narrative_is_low(reading, cell))
        return rk_arena_printf(reading->arena,
                               "%s at first and %s at the latest point, of %ld: too few to say "
                               "whether it changed",
                               from, to, cell->base);
    if (isnan(cell->low))
        return rk_arena_printf(reading->arena, "%s at first and %s at the latest point%s%s%s",
                               from, to, interval[0] ? " (" : "", interval,
                               interval[0] ? ")" : "");
    if (cell->low <= 0 && cell->high >= 0)
        return rk_arena_printf(reading->arena, "no clear change: %s (%s)",
                               narrative_value(reading, cell), interval_words(reading, cell));
    if (cell->value < 0) /* "fell by 16.9 (9.9 to 23.8)": size and interval on one side of 0 */
        size.value = -cell->value, size.low = -cell->high, size.high = -cell->low;
    return rk_arena_printf(reading->arena, "%s from %s to %s: %s (%s)",
                           cell->value > 0 ? "rose" : "fell", from, to,
                           narrative_value(reading, &size), interval_words(reading, &size));
}

static const char *say_share(struct reading *reading, const struct cell *cell)
{
    const char *interval = interval_words(reading, cell);

    return rk_arena_printf(
        reading->arena, "%s of %s, %s%s%s%s",
        render_number(reading->arena, (double)cell->numerator, 0, NUMBER_PLAIN),
        render_number(reading->arena, (double)cell->base, 0, NUMBER_PLAIN),
        narrative_value(reading, cell), interval[0] ? " (" : "", interval,
        interval[0] ? ")" : "");
}

const char *narrative_say(struct reading *reading, const struct cell *cell)
{
    size_t column = strlen(cell->column);
    const char *interval;

    if (narrative_reason(cell))
        return rk_arena_printf(reading->arena, "could not be worked out: %s",
                               narrative_reason(cell));
    if (narrative_mark(cell))
        return narrative_mark(cell);
    if (column >= 6 && strcmp(cell->column + column - 6, "change") == 0 &&
        (cell->unit == UNIT_POINTS || cell->unit == UNIT_SCORE))
        return say_change(reading, cell);
    if (cell->unit == UNIT_PERCENT && cell->numerator >= 0)
        return say_share(reading, cell);
    interval = interval_words(reading, cell);
    return interval[0] ? rk_arena_printf(reading->arena, "%s (%s)",
                                         narrative_value(reading, cell), interval)
                       : narrative_value(reading, cell);
}
