// SPDX-License-Identifier: MIT
/* keys EVERY STUDYDIR [KEEP] -- each key that the readers of a study and of a narrative know: misspelt,
 * doubled, missing, and with values that nobody means. Each is refused with file, line and column, or
 * accepted; nothing crashes. A key that a reader learns is tried by itself. */
#include "tests/faults/keys.h"

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEN(text) text text text text text text text text text text

const char *const hostile_values[] = {
    "\"\"", "\" \"", "\"../../etc/passwd\"", "\"/dev/zero\"", "\"`touch owned`\"", "\"$(touch owned)\"",
    "\"; touch owned\"", "\"| touch owned\"", "\"=cmd|' /C calc'!A0\"", "\"@SUM(1+1)\"",
    "\"%s%n%s%n\"", "\"\\x1b]0;owned\\x07\"", "\"\\n\\r\\t\"", "\"(\\\\051 Tj\"", "\"set output 'owned'\"",
    "\"-1\"", "\"0\"", "\"1e999\"", "\"99999999999999999999\"", "\"NaN\"", "\"31/02/2015\"",
    "\"9999-99-99\"", "\"\xe2\x80\xae\xe2\x80\x8b\"", "\"a, b\"", "\"all\"", "\"is missing\"",
    "\"" TEN(TEN(TEN("A"))) "\"", "\"" TEN(TEN("(")) "\"",
    "[]", "{}", "[\"a\", [\"b\"]]", "{\"a\": {\"b\": \"c\"}}", NULL,
};

static char folder[64];

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *keys_folder(void)
{
    return folder;
}

void keys_put(const char *name, const char *text)
{
    char path[PATH_MAX];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    if (!file || fputs(text, file) == EOF || fclose(file) != 0) abort();
}

struct rk_run keys_run(void)
{
    struct rk_run run = {
        .program = "keys",
        .study_dir = folder,
        .out_dir = folder,
        .quiet = true,
        .lock = -1,
        .arena = rk_arena_new(),
        .diag = rk_diag_new(NULL),
    };

    heard_forget();
    heard.diag = run.diag;
    return run;
}

void keys_run_end(struct rk_run *run)
{
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
}

void tally_wrong(struct tally *tally, const char *what, const char *where)
{
    if (tally->wrong++ < 20) printf("WRONG: %.200s: %.300s\n", where, what);
}

/* What a study reads besides study.yaml. */
static void link_parts(const char *study_dir)
{
    static const char *const parts[] = {"codes", "scales", "extracts", "data"};
    char from[2 * PATH_MAX], to[PATH_MAX];

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(from, sizeof from, "%s/%s", study_dir, parts[i]);
        snprintf(to, sizeof to, "%s/%s", folder, parts[i]);
        unlink(to);
        if (access(from, F_OK) == 0 && symlink(from, to) != 0) abort();
    }
}

int main(int argc, char **argv)
{
    size_t every = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    struct tally study = {0}, narrative = {0};
    char path[PATH_MAX];

    if (!every || !realpath(argv[2], path)) {
        fputs("usage: keys EVERY STUDYDIR [KEEP]\n", stderr);
        return 2;
    }
    strcpy(folder, "/tmp/reckon-keys-XXXXXX");
    if (!mkdtemp(folder)) return 4;
    atexit(remove_folder);
    link_parts(path);
    keys_of_study(path, every, argc > 3 ? argv[3] : NULL, &study);
    keys_put("study.yaml", "reckon: 1\nstudy: one\ntitle: One\ndata: data\nperiod_start: 2022-01-01\n"
                           "cut_off: 2022-12-31\npeople: clients\nsources:\n  clients:\n    file: clients.csv\n"
                           "    key: client\n    columns:\n      client: {from: Client, type: id}\n");
    keys_of_narrative(every, &narrative);
    printf("keys of a study: %zu tried, %zu refused with a place, %zu accepted, %zu wrong\n", study.tried,
           study.refused, study.accepted, study.wrong);
    printf("keys of a narrative: %zu tried, %zu refused with a place, %zu accepted, %zu wrong\n",
           narrative.tried, narrative.refused, narrative.accepted, narrative.wrong);
    return study.wrong || narrative.wrong;
}
