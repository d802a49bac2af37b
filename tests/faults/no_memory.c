// SPDX-License-Identifier: MIT
/* Preloaded: allocation NO_MEMORY_AT fails, and with NO_MEMORY_ON=1 every one after it. With
 * NO_MEMORY_COUNT=FILE the number of allocations is appended there at the end. Acts in the
 * program named NO_MEMORY_IN alone. */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);

static unsigned long count, at;
static bool on, ready, here;

__attribute__((constructor)) static void begin(void)
{
    const char *program = getenv("NO_MEMORY_IN"), *when = getenv("NO_MEMORY_AT");

    here = program && strcmp(program, program_invocation_short_name) == 0;
    at = when ? strtoul(when, NULL, 10) : 0;
    on = getenv("NO_MEMORY_ON") != NULL;
    ready = true;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("NO_MEMORY_COUNT");
    unsigned long counted = count;
    FILE *file;

    ready = false;
    if (!here || !path || !(file = fopen(path, "a"))) return;
    fprintf(file, "%lu\n", counted);
    fclose(file);
}

static bool fails(void)
{
    unsigned long now;

    if (!ready || !here) return false;
    now = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
    if (!at || (on ? now < at : now != at)) return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t bytes)
{
    return fails() ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t n, size_t bytes)
{
    return fails() ? NULL : __libc_calloc(n, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return fails() ? NULL : __libc_realloc(old, bytes);
}
