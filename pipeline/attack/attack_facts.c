// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_facts.h"

/** Numbers are written so that they read back exactly; what is left is arithmetic. */
static const double NOISE = 1e-6;

struct attack_facts *attack_facts_new(struct rk_arena *arena, struct rk_diag *diag)
{
    struct attack_facts *facts = RK_NEW(arena, struct attack_facts);

    facts->arena = arena;
    facts->diag = diag;
    facts->names = rk_map_new(arena);
    return facts;
}

size_t attack_var(struct attack_facts *facts, const char *name, const char *words,
                  const char *place)
{
    size_t at = rk_map_add(facts->names, name);

    if (at < facts->var_count)
        return at;
    RK_ROOM(facts->arena, facts->vars, facts->var_count, facts->var_cap);
    facts->vars[facts->var_count++] =
        (struct attack_var){.name = rk_map_key(facts->names, at),
                            .words = words,
                            .place = place,
                            .high = HUGE_VAL};
    return at;
}

bool attack_is_known(const struct attack_facts *facts, size_t var)
{
    return facts->vars[var].high - facts->vars[var].low < NOISE;
}

void attack_know(struct attack_facts *facts, size_t var, double value)
{
    struct attack_var *v = &facts->vars[var];

    if (value < v->low - NOISE || value > v->high + NOISE) {
        facts->contradictions++;
        return;
    }
    if (!attack_is_known(facts, var))
        v->low = v->high = value;
}

void attack_round(struct attack_facts *facts, size_t var, double shown, long base)
{
    struct attack_var *v = &facts->vars[var];
    double low = fmax(0, shown - (double)base + 1), high = shown + (double)base - 1;

    if (attack_is_known(facts, var) || low > v->high || high < v->low) {
        facts->contradictions += v->low > high + NOISE || v->high < low - NOISE;
        return;
    }
    v->low = fmax(v->low, low);
    v->high = fmin(v->high, high);
    v->base = base;
    v->shown = shown;
    v->masked = true;
}

bool attack_is_read(const struct attack_facts *facts, size_t var)
{
    return attack_is_known(facts, var) || facts->vars[var].base;
}

static void add_term(struct attack_rule *rule, struct attack_term term)
{
    for (size_t i = 0; i < rule->count; i++) {
        if (rule->terms[i].var != term.var)
            continue;
        rule->terms[i].factor += term.factor;
        return;
    }
    rule->terms[rule->count++] = term;
}

void attack_rule(struct attack_facts *facts, const struct attack_term *terms, size_t count,
                 double low, double high, bool assumed, const char *why)
{
    struct attack_rule rule = {RK_ARRAY(facts->arena, struct attack_term, count + 1), 0, low,
                               high, assumed, why};

    for (size_t i = 0; i < count; i++)
        add_term(&rule, terms[i]);
    RK_ROOM(facts->arena, facts->rules, facts->rule_count, facts->rule_cap);
    facts->rules[facts->rule_count++] = rule;
}

void attack_sum(struct attack_facts *facts, size_t total, const size_t *parts, size_t count,
                bool assumed, const char *why)
{
    struct attack_term *terms = RK_ARRAY(facts->arena, struct attack_term, count + 1);

    for (size_t i = 0; i < count; i++)
        terms[i] = (struct attack_term){parts[i], 1};
    terms[count] = (struct attack_term){total, -1};
    attack_rule(facts, terms, count + 1, 0, 0, assumed, why);
}
