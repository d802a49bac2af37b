// SPDX-License-Identifier: MIT
#ifndef ATTACK_FACTS_H
#define ATTACK_FACTS_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <math.h>
#include <stdbool.h>

/**
 * What an attacker has read, as unknowns with bounds and linear rules between them. Everything in
 * here comes from published files; nothing knows a true value.
 */
struct attack_var {
    const char *name;  /**< unique: "1/ethnicity.indian.all.count", "1/base people||" */
    const char *words; /**< as a person would say it */
    const char *place; /**< the file that speaks of it */
    double low, high;  /**< what is known of it, and in the end what was found; HUGE_VAL: no end */
    long base;         /**< 0, or what it was rounded to a multiple of, */
    double shown;      /**< and as what it is printed */
    bool masked;       /**< the release hides it, or it follows from a small number that it hides */
    bool exempt;       /**< of a result that may be published whatever its size */
    size_t release;    /**< of which release, from 0 */
};

struct attack_term {
    size_t var;
    double factor;
};

/** low <= sum of terms <= high. */
struct attack_rule {
    struct attack_term *terms;
    size_t count;
    double low, high;
    bool assumed; /**< looks so, but no line that can be read in full shows it */
    const char *why;
};

struct attack_facts {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct rk_map *names;
    struct attack_var *vars;
    size_t var_count, var_cap;
    struct attack_rule *rules;
    size_t rule_count, rule_cap;
    size_t contradictions; /**< numbers that do not fit each other, left out */
};

struct attack_facts *attack_facts_new(struct rk_arena *arena, struct rk_diag *diag);
/** The unknown of that name: found, or added with no more known of it than that it is not below
 *  zero. */
size_t attack_var(struct attack_facts *facts, const char *name, const char *words,
                  const char *place);
/** Its value, or nothing (and a contradiction counted) if it cannot have that value. */
void attack_know(struct attack_facts *facts, size_t var, double value);
/** It is printed as a multiple of `base` and less than that away from it. */
void attack_round(struct attack_facts *facts, size_t var, double shown, long base);
bool attack_is_known(const struct attack_facts *facts, size_t var);
/** Known, or printed rounded. */
bool attack_is_read(const struct attack_facts *facts, size_t var);
/** Terms are copied; the same unknown twice is added up. */
void attack_rule(struct attack_facts *facts, const struct attack_term *terms, size_t count,
                 double low, double high, bool assumed, const char *why);
/** total = parts. */
void attack_sum(struct attack_facts *facts, size_t total, const size_t *parts, size_t count,
                bool assumed, const char *why);

#endif
