// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AFTER_SECONDS 2.0
#define EVERY_SECONDS 0.25
enum { LINE = 160, LOOK_EVERY = 4096 };

static struct {
    bool allowed, working, shown;
    char stage[32], what[64], parts[16];
    double total, share;
    long done, looked, every; /* parts; when the clock was looked at last, and how often */
    double begun, drawn;
} progress;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void rk_progress_allow(bool quiet)
{
    progress.allowed = !quiet && isatty(STDERR_FILENO);
}

void rk_progress_begin(const char *stage, const char *what, const char *parts, double total)
{
    rk_progress_clear();
    if (!progress.allowed) return;
    snprintf(progress.stage, sizeof progress.stage, "%s", stage);
    snprintf(progress.what, sizeof progress.what, "%s", what);
    snprintf(progress.parts, sizeof progress.parts, "%s", parts);
    progress.total = total;
    progress.share = 0;
    progress.done = progress.looked = 0;
    progress.every = strcmp(parts, "rows") == 0 ? LOOK_EVERY : 1;
    progress.begun = now();
    progress.drawn = 0;
    progress.working = true;
}

/* 1200000 as 1,200,000. */
static const char *parted(char out[32], long number)
{
    char plain[24];
    int digits = snprintf(plain, sizeof plain, "%ld", number), used = 0;

    for (int i = 0; i < digits; i++) {
        if (i && (digits - i) % 3 == 0 && plain[i - 1] != '-') out[used++] = ',';
        out[used++] = plain[i];
    }
    out[used] = '\0';
    return out;
}

static void put_left(char *out, size_t room, double left)
{
    if (left < 100)
        snprintf(out, room, ", %.0f s left", left);
    else
        snprintf(out, room, ", %.0f min left", left / 60);
}

size_t rk_progress_text(char *out, size_t room, const char *stage, const char *what,
                        const char *parts, long done, double seconds, double share)
{
    char count[32], rate[32], left[32] = "";
    int used;

    if (share > 0 && share < 1) put_left(left, sizeof left, seconds * (1 - share) / share);
    used = snprintf(out, room, "%-10s%s: %s %s, %s a second%s", stage, what,
                    parted(count, done), parts,
                    parted(rate, seconds > 0 ? (long)((double)done / seconds) : 0), left);
    return used < 0 ? 0 : (size_t)used < room ? (size_t)used : room - 1;
}

static void draw(double at)
{
    char line[LINE];
    double share = progress.total > 0 ? progress.share / progress.total : 0;

    rk_progress_text(line, sizeof line, progress.stage, progress.what, progress.parts,
                     progress.done, at - progress.begun, share);
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    progress.drawn = at;
    progress.shown = true;
}

void rk_progress_step(long parts, double share)
{
    double at;

    if (!progress.working) return;
    progress.done += parts;
    progress.share += share;
    if (progress.done - progress.looked < progress.every) return;
    progress.looked = progress.done;
    at = now();
    if (at - progress.begun >= AFTER_SECONDS && at - progress.drawn >= EVERY_SECONDS)
        draw(at);
}

void rk_progress_clear(void)
{
    if (!progress.shown) return;
    fputs("\r\033[K", stderr);
    progress.shown = false;
    progress.drawn = 0;
}

void rk_progress_end(void)
{
    rk_progress_clear();
    progress.working = false;
}
