// SPDX-License-Identifier: MIT
/* Front matter and blocks of a narrative. Which blocks there are, and which keys a block knows, is
 * what the reader says when it is asked for one that is not there. */
#include "tests/faults/keys.h"

#include "pipeline/contract/cells.h"
#include "render/narrative.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 64 };

static rk_status read_text(const char *text)
{
    struct rk_run run = keys_run();
    struct results *results = results_new(run.arena);
    struct narrative *narrative;
    rk_status status;

    results_base(results, "all", "clients", 326, "clients", "", "");
    keys_put("report.md", text);
    status = narrative_read(&run, results, "report", &narrative);
    keys_run_end(&run);
    return status;
}

static void try_text(const char *text, bool must_fail, const char *what, struct tally *tally)
{
    rk_status status = read_text(text);

    tally->tried++;
    if (status == RK_OK) {
        tally->accepted++;
        if (must_fail) tally_wrong(tally, "is accepted", what);
        return;
    }
    tally->refused++;
    if (status != RK_STUDY) tally_wrong(tally, "gives another status than that of a wrong narrative", what);
    if (!heard.errors || heard.nowhere) tally_wrong(tally, heard.lost, what);
}

/* ---- front matter ---- */

static const char *front_known[MOST];
static size_t front_count;

static void take_front(const struct rk_yaml *map, const char *const *known)
{
    if (front_count || !strstr(map->file, "report.md")) return;
    while (known[front_count] && front_count < MOST) {
        front_known[front_count] = strdup(known[front_count]);
        front_count++;
    }
}

static void front(const char *line, const char *more, bool must_fail, struct tally *tally)
{
    char *text = NULL;

    if (asprintf(&text, "---\ntitle: A report\n%s%s---\n\n# Text\n\nA sentence.\n", line, more) < 0) abort();
    try_text(text, must_fail, line, tally);
    free(text);
}

static void try_front(size_t every, struct tally *tally)
{
    size_t counter = 0;
    char line[8192];

    heard.on_map = take_front;
    read_text("---\ntitle: A report\n---\n\nText.\n");
    heard.on_map = NULL;
    if (!front_count) tally_wrong(tally, "is not asked for its keys", "the front matter");
    for (size_t i = 0; i < front_count; i++) {
        snprintf(line, sizeof line, "%szz: one\n", front_known[i]);
        front(line, "", true, tally);
        snprintf(line, sizeof line, "%s: one\n", front_known[i]);
        front(line, line, true, tally);
        for (const char *const *value = hostile_values; *value; value++) {
            snprintf(line, sizeof line, "%s: %s\n", front_known[i], *value);
            if (strcmp(front_known[i], "title") != 0 && counter++ % every == 0) front(line, "", false, tally);
        }
    }
}

/* ---- blocks ---- */

static void block(const char *kind, const char *attributes, bool must_fail, struct tally *tally)
{
    char *text = NULL;

    if (asprintf(&text, "---\ntitle: A report\n---\n\n# Text\n\n::: {.%s %s}\nWords.\n:::\n", kind,
                 attributes) < 0)
        abort();
    try_text(text, must_fail, attributes, tally);
    free(text);
}

static void try_block(const char *kind, size_t every, struct tally *tally)
{
    static size_t counter;
    char attribute[8192], *known, *words, *rest;

    block(kind, "", false, tally);
    block(kind, "zzz=\"1\"", true, tally);
    words = strstr(heard.last, "it knows ");
    if (!words) return;
    known = strdup(words + strlen("it knows "));
    for (char *key = strtok_r(known, " ", &rest); key; key = strtok_r(NULL, " ", &rest)) {
        if (strcmp(key, "none") == 0) continue;
        snprintf(attribute, sizeof attribute, "%szz=\"1\"", key);
        block(kind, attribute, true, tally);
        snprintf(attribute, sizeof attribute, "%s=\"1\" %s=\"1\"", key, key);
        block(kind, attribute, false, tally);
        for (const char *const *value = hostile_values; *value; value++) {
            snprintf(attribute, sizeof attribute, **value == '"' ? "%s=%s" : "%s=\"%s\"", key, *value);
            if (counter++ % every == 0) block(kind, attribute, false, tally);
        }
    }
    free(known);
}

void keys_of_narrative(size_t every, struct tally *tally)
{
    char *kinds[MOST];
    size_t count = 0;

    try_front(every, tally);
    block("zzz", "", true, tally);
    for (; count < heard.name_count && count < MOST; count++)
        kinds[count] = strdup(heard.names[count]);
    if (!count) tally_wrong(tally, "are not known", "the kinds of blocks");
    for (size_t i = 0; i < count; i++) {
        try_block(kinds[i], every, tally);
        free(kinds[i]);
    }
    for (size_t i = 0; i < front_count; i++)
        free((void *)(uintptr_t)front_known[i]);
}
