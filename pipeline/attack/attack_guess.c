// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_guess.h"

static const double NOISE = 1e-6;

/** Unknowns tried together, and sets tried, before giving up. */
enum { MOST_UNKNOWN = 24, MOST_SETS = 100000 };

/** The rules that an unknown among vars stands in. */
struct seat {
    size_t var;
    const struct attack_rule **rules;
    size_t count, cap;
};

struct trying {
    struct attack_facts *facts;
    const struct attack_guess *guess;
    struct seat seats[MOST_UNKNOWN];
    size_t seat_count;
    double *value;      /**< of every unknown of the facts; NAN while it is open */
    double *at;         /**< of each of vars: what is tried at present */
    double *low, *high; /**< of each of vars, over the sets that fit */
    size_t fitting, sets;
};

struct range {
    double low, high;
};

static struct range range_of(const struct trying *trying, size_t var)
{
    const struct attack_var *v = &trying->facts->vars[var];

    if (!isnan(trying->value[var]))
        return (struct range){trying->value[var], trying->value[var]};
    return (struct range){v->low, v->high};
}

/** What one rule leaves of the unknown when the others are anywhere in their ranges. */
static void cut(const struct trying *trying, const struct attack_rule *rule, size_t var,
                struct range *range)
{
    double low = rule->low, high = rule->high, own = 0;

    for (size_t i = 0; i < rule->count; i++) {
        const struct attack_term *term = &rule->terms[i];
        struct range other = range_of(trying, term->var);
        if (term->var == var) {
            own = term->factor;
            continue;
        }
        low -= term->factor * (term->factor > 0 ? other.high : other.low);
        high -= term->factor * (term->factor > 0 ? other.low : other.high);
    }
    if (own == 0 || isnan(low) || isnan(high))
        return;
    range->low = fmax(range->low, own > 0 ? low / own : high / own);
    range->high = fmin(range->high, own > 0 ? high / own : low / own);
}

static struct range open_range(const struct trying *trying, const struct seat *seat)
{
    struct range range = range_of(trying, seat->var);

    for (size_t i = 0; i < seat->count; i++)
        cut(trying, seat->rules[i], seat->var, &range);
    return (struct range){ceil(range.low - NOISE), floor(range.high + NOISE)};
}

static void look(struct trying *trying)
{
    const struct attack_guess *guess = trying->guess;

    trying->sets++;
    for (size_t i = 0; i < guess->count; i++)
        trying->at[i] = trying->value[guess->vars[i]];
    if (!guess->fits(trying->at, guess->printed))
        return;
    for (size_t i = 0; i < guess->count; i++) {
        trying->low[i] = trying->fitting ? fmin(trying->low[i], trying->at[i]) : trying->at[i];
        trying->high[i] = trying->fitting ? fmax(trying->high[i], trying->at[i]) : trying->at[i];
    }
    trying->fitting++;
}

/** The open unknown that can be the fewest numbers; those that can be one only follow. */
static const struct seat *narrowest(const struct trying *trying, struct range *out)
{
    const struct seat *best = NULL;

    for (size_t i = 0; i < trying->seat_count; i++) {
        const struct seat *seat = &trying->seats[i];
        if (!isnan(trying->value[seat->var]))
            continue;
        struct range range = open_range(trying, seat);
        if (best && range.high - range.low >= out->high - out->low)
            continue;
        best = seat;
        *out = range;
    }
    return best;
}

/** False when there are too many sets. */
static bool try_all(struct trying *trying)
{
    struct range range = {0, 0};
    const struct seat *seat = narrowest(trying, &range);

    if (!seat) {
        look(trying);
        return trying->sets <= MOST_SETS;
    }
    if (range.high - range.low > MOST_SETS)
        return false;
    for (double x = range.low; x <= range.high; x++) {
        trying->value[seat->var] = x;
        bool fine = ++trying->sets <= MOST_SETS && try_all(trying);
        trying->value[seat->var] = NAN;
        if (!fine)
            return false;
    }
    return true;
}

static void sit(struct trying *trying, size_t var)
{
    const struct attack_facts *facts = trying->facts;
    struct seat *seat = &trying->seats[trying->seat_count++];

    *seat = (struct seat){.var = var};
    for (size_t r = 0; r < facts->rule_count; r++) {
        const struct attack_rule *rule = &facts->rules[r];
        for (size_t i = 0; i < rule->count; i++) {
            if (rule->terms[i].var != var || (rule->assumed && !trying->guess->assumed))
                continue;
            RK_ROOM(facts->arena, seat->rules, seat->count, seat->cap);
            seat->rules[seat->count++] = rule;
        }
    }
}

/** False when nothing is unknown, or too much. */
static bool seat_all(struct trying *trying)
{
    struct attack_facts *facts = trying->facts;
    bool *seated = RK_ARRAY(facts->arena, bool, facts->var_count + 1);

    for (size_t v = 0; v < facts->var_count; v++)
        trying->value[v] = attack_is_known(facts, v) ? facts->vars[v].low : NAN;
    for (size_t i = 0; i < trying->guess->count; i++) {
        size_t var = trying->guess->vars[i];
        if (!isnan(trying->value[var]) || seated[var])
            continue;
        if (trying->seat_count == MOST_UNKNOWN)
            return false;
        seated[var] = true;
        sit(trying, var);
    }
    return trying->seat_count > 0;
}

bool attack_guess(struct attack_facts *facts, const struct attack_guess *guess)
{
    struct trying trying = {
        .facts = facts,
        .guess = guess,
        .value = RK_ARRAY(facts->arena, double, facts->var_count + 1),
        .at = RK_ARRAY(facts->arena, double, guess->count + 1),
        .low = RK_ARRAY(facts->arena, double, guess->count + 1),
        .high = RK_ARRAY(facts->arena, double, guess->count + 1),
    };
    bool narrowed = false;

    if (!seat_all(&trying) || !try_all(&trying) || !trying.fitting)
        return false;
    for (size_t i = 0; i < guess->count; i++) {
        struct attack_var *v = &facts->vars[guess->vars[i]];
        if (trying.low[i] <= v->low + NOISE && trying.high[i] >= v->high - NOISE)
            continue;
        v->low = fmax(v->low, trying.low[i]);
        v->high = fmin(v->high, trying.high[i]);
        narrowed = true;
    }
    return narrowed;
}
