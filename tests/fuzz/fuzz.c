// SPDX-License-Identifier: MIT
/* What the targets share, and both ways in: libFuzzer calls LLVMFuzzerTestOneInput; built without
 * it (FUZZ_REPLAY) the program runs the files that it is given, as `make check` does. */
#include "tests/fuzz/fuzz.h"

#include "pipeline/base/rk_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void remove_folder(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (*folder && system(command) != 0) fprintf(stderr, "%s is left\n", folder);
}

static void make_folder(void)
{
    if (*folder) return;
    strcpy(folder, "/tmp/reckon-fuzz-XXXXXX");
    if (!mkdtemp(folder)) abort();
    atexit(remove_folder);
}

struct rk_run fuzz_run(void)
{
    make_folder();
    return (struct rk_run){
        .program = "fuzz",
        .study_dir = folder,
        .out_dir = folder,
        .quiet = true,
        .lock = -1,
        .arena = rk_arena_new(),
        .diag = rk_diag_new(NULL),
    };
}

void fuzz_run_end(struct rk_run *run)
{
    rk_diag_free(run->diag);
    rk_arena_free(run->arena);
}

const char *fuzz_file(struct rk_run *run, const char *name, const char *data, size_t bytes)
{
    const char *path = rk_arena_printf(run->arena, "%s/%s", folder, name);
    const char *slash = strrchr(name, '/');
    FILE *file;

    if (slash)
        mkdir(rk_arena_printf(run->arena, "%s/%.*s", folder, (int)(slash - name), name), 0700);
    file = fopen(path, "wb");
    if (!file || fwrite(data, 1, bytes, file) != bytes || fclose(file) != 0) abort();
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    /* Of exact size, so that a read past the end is seen. */
    char *copy = malloc(bytes + 1);

    if (!copy) return 0;
    if (bytes) memcpy(copy, data, bytes);
    copy[bytes] = '\0';
    fuzz_one(copy, bytes);
    free(copy);
    return 0;
}

#ifdef FUZZ_REPLAY
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct rk_arena *arena = rk_arena_new();
        struct rk_diag *diag = rk_diag_new("replay");
        char *data;
        size_t bytes;

        if (rk_file_read(arena, diag, argv[i], &data, &bytes) != RK_OK) return 4;
        LLVMFuzzerTestOneInput((const uint8_t *)data, bytes);
        rk_diag_free(diag);
        rk_arena_free(arena);
    }
    printf("%d inputs\n", argc - 1);
    return 0;
}
#endif
