// SPDX-License-Identifier: MIT
#include "pipeline/contract/pattern.h"

#include "pipeline/base/rk_cleanup.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

struct pattern {
    struct pattern *next;
    char *expression;
    regex_t compiled;
};

/* A regex_t owns memory of its own, which no arena would free. */
static struct pattern *known;

static void let_go(void)
{
    while (known) {
        struct pattern *next = known->next;

        regfree(&known->compiled);
        free(known->expression);
        free(known);
        known = next;
    }
}

static void *or_die(void *memory)
{
    if (!memory) rk_out_of_memory();
    return memory;
}

static int compile_whole(regex_t *compiled, const char *expression)
{
    size_t bytes = strlen(expression) + sizeof "^()$";
    char *whole = or_die(malloc(bytes));
    int failed = regcomp(compiled, expression, REG_EXTENDED | REG_NOSUB);

    /* Alone first: "a)|(b" would be well-formed between our brackets. */
    if (!failed) {
        regfree(compiled);
        stpcpy(stpcpy(stpcpy(whole, "^("), expression), ")$");
        failed = regcomp(compiled, whole, REG_EXTENDED | REG_NOSUB);
    }
    free(whole);
    if (failed == REG_ESPACE) rk_out_of_memory();
    return failed;
}

const struct pattern *pattern_compile(const char *expression, const char **why)
{
    static char message[128];
    struct pattern *pattern = known;
    int failed;

    while (pattern && strcmp(pattern->expression, expression) != 0)
        pattern = pattern->next;
    if (pattern) return pattern;
    pattern = or_die(calloc(1, sizeof *pattern));
    failed = compile_whole(&pattern->compiled, expression);
    if (failed) {
        regerror(failed, &pattern->compiled, message, sizeof message);
        free(pattern);
        *why = message;
        return NULL;
    }
    if (!known) atexit(let_go);
    pattern->expression = or_die(strdup(expression));
    pattern->next = known;
    known = pattern;
    return pattern;
}

bool pattern_matches(const struct pattern *pattern, const char *text)
{
    int failed = regexec(&pattern->compiled, text, 0, NULL, 0);

    if (failed == REG_ESPACE) rk_out_of_memory();
    return failed == 0;
}
