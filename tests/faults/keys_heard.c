// SPDX-License-Identifier: MIT
/* What the readers say and know, by the linker's --wrap: the program needs no door for a test. */
#include "tests/faults/keys.h"

#include "pipeline/base/rk_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct heard heard;

void __real_rk_diag_say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                        const char *format, ...);
void __wrap_rk_diag_say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                        const char *format, ...) RK_PRINTF(4, 5);
rk_status __wrap_rk_fail(struct rk_diag *diag, rk_status status, struct rk_place place,
                         const char *format, ...) RK_PRINTF(4, 5);
void __real_rk_yaml_known(struct rk_diag *diag, const struct rk_yaml *map,
                          const char *const *known);
void __wrap_rk_yaml_known(struct rk_diag *diag, const struct rk_yaml *map,
                          const char *const *known);
const char *__real_rk_text_nearest(const char *word, const char *const *names, size_t count);
const char *__wrap_rk_text_nearest(const char *word, const char *const *names, size_t count);

void heard_forget(void)
{
    void (*on_map)(const struct rk_yaml *, const char *const *) = heard.on_map;

    heard = (struct heard){.on_map = on_map};
}

bool heard_at(size_t line, size_t column)
{
    for (size_t i = 0; i < heard.errors && i < sizeof heard.places / sizeof *heard.places; i++)
        if (heard.places[i].line == line && heard.places[i].column == column) return true;
    return false;
}

static void hear(struct rk_place place, const char *format, va_list args)
{
    vsnprintf(heard.last, sizeof heard.last, format, args);
    if ((!place.file || !place.line) && !heard.nowhere++)
        snprintf(heard.lost, sizeof heard.lost, "%s", heard.last);
    if (heard.errors < sizeof heard.places / sizeof *heard.places)
        heard.places[heard.errors] = place;
    heard.errors++;
}

void __wrap_rk_diag_say(struct rk_diag *diag, enum rk_diag_level level, struct rk_place place,
                        const char *format, ...)
{
    char text[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    va_start(args, format);
    if (level == RK_DIAG_ERROR && diag == heard.diag) hear(place, format, args);
    va_end(args);
    __real_rk_diag_say(diag, level, place, "%s", text);
}

rk_status __wrap_rk_fail(struct rk_diag *diag, rk_status status, struct rk_place place,
                         const char *format, ...)
{
    char text[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    va_start(args, format);
    if (diag == heard.diag) hear(place, format, args);
    va_end(args);
    __real_rk_diag_say(diag, RK_DIAG_ERROR, place, "%s", text);
    return status;
}

void __wrap_rk_yaml_known(struct rk_diag *diag, const struct rk_yaml *map,
                          const char *const *known)
{
    if (heard.on_map && map && map->kind == RK_YAML_MAP) heard.on_map(map, known);
    __real_rk_yaml_known(diag, map, known);
}

const char *__wrap_rk_text_nearest(const char *word, const char *const *names, size_t count)
{
    heard.name_count = count < 64 ? count : 64;
    for (size_t i = 0; i < heard.name_count; i++)
        snprintf(heard.names[i], sizeof heard.names[i], "%s", names[i]);
    return __real_rk_text_nearest(word, names, count);
}
