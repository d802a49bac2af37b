// SPDX-License-Identifier: MIT
/* What a method hands back: quantities, sentences, and numbers worded for people. */
#include "pipeline/driver/stat_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/rk_text.h"

static void add(struct stat_call *call, struct stat_quantity quantity)
{
    quantity.detail = call->in_detail;
    RK_ROOM(call->arena, call->quantities, call->n_quantities, call->cap_quantities);
    call->quantities[call->n_quantities++] = quantity;
}

void stat_put(struct stat_call *call, const char *name, double value)
{
    /* -0 is an artefact of the order of a subtraction. */
    double clean = value == 0 ? 0.0 : value;
    add(call, (struct stat_quantity){rk_arena_copy(call->arena, name), clean, NULL, false});
}

void stat_put_as(struct stat_call *call, double value, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    stat_put(call, rk_arena_vprintf(call->arena, format, args), value);
    va_end(args);
}

void stat_put_text(struct stat_call *call, const char *name, const char *text)
{
    add(call, (struct stat_quantity){rk_arena_copy(call->arena, name), NAN,
                                     rk_arena_copy(call->arena, text), false});
}

void stat_detail(struct stat_call *call, bool on)
{
    call->in_detail = on;
}

void stat_say(struct stat_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    RK_ROOM(call->arena, call->sentences, call->n_sentences, call->cap_sentences);
    call->sentences[call->n_sentences++] = rk_arena_vprintf(call->arena, format, args);
    va_end(args);
}

const char *stat_format(struct stat_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = rk_arena_vprintf(call->arena, format, args);
    va_end(args);
    return text;
}

const char *stat_fixed(struct stat_call *call, double value, int decimals)
{
    if (!isfinite(value))
        return isnan(value) ? "not computed" : value > 0 ? "infinity" : "-infinity";

    char shortest[32];
    long double scale = powl(10, decimals);
    rk_text_double(shortest, value);
    /* The decimal a person sees decides, so a hair of binary error is forgiven. */
    long double scaled = strtold(shortest, NULL) * scale;
    long double rounded = roundl(scaled + copysignl(fabsl(scaled) * 1e-17L, scaled));
    if (rounded == 0) rounded = 0; /* never "-0.0" */
    return stat_format(call, "%.*Lf", decimals, rounded / scale);
}

const char *stat_percent(struct stat_call *call, double fraction)
{
    return stat_format(call, "%s%%", stat_fixed(call, 100 * fraction, 1));
}

const char *stat_p(struct stat_call *call, double p)
{
    if (isnan(p)) return "no p-value";
    if (p < 0.001) return "p < 0.001";
    return stat_format(call, "p = %s", stat_fixed(call, p, p < 0.1 ? 3 : 2));
}

static const char *level(struct stat_call *call)
{
    char text[32];
    double conf = stat_stopped(call) ? 0.95 : stat_number_or(call, "conf", 0.95);
    rk_text_double(text, round(conf * 1e8) / 1e6);
    return stat_format(call, "%s%% CI", text);
}

const char *stat_ci_percent(struct stat_call *call, double low, double high)
{
    return stat_format(call, "%s %s to %s", level(call), stat_percent(call, low),
                       stat_percent(call, high));
}

const char *stat_ci(struct stat_call *call, double low, double high, int decimals)
{
    return stat_format(call, "%s %s to %s", level(call), stat_fixed(call, low, decimals),
                       stat_fixed(call, high, decimals));
}
