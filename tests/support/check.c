// SPDX-License-Identifier: MIT
#include "tests/support/check.h"

#include <ftw.h>
#include <math.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void check_int(long long actual, long long expected, const char *what, const char *file,
               int line)
{
    if (actual == expected) return;
    print_error("%s is %lld, expected %lld\n", what, actual, expected);
    _fail(file, line);
}

void check_text(const char *actual, const char *expected, const char *what,
                const char *file, int line)
{
    bool same = actual && expected ? strcmp(actual, expected) == 0 : actual == expected;

    if (same) return;
    print_error("%s is\n  \"%s\"\nexpected\n  \"%s\"\n", what, actual ? actual : "(NULL)",
                expected ? expected : "(NULL)");
    _fail(file, line);
}

void check_near(double actual, double expected, double tolerance, const char *what,
                const char *file, int line)
{
    if (isnan(actual) && isnan(expected)) return;
    if (actual == expected || fabs(actual - expected) <= tolerance) return;
    print_error("%s is %.17g, expected %.17g within %g\n", what, actual, expected,
                tolerance);
    _fail(file, line);
}

void check_has(const char *text, const char *part, bool wanted, const char *what,
               const char *file, int line)
{
    if (text && (strstr(text, part) != NULL) == wanted) return;
    print_error("%s %s \"%s\":\n%s\n", what, wanted ? "lacks" : "has", part,
                text ? text : "(NULL)");
    _fail(file, line);
}

/* Everything handed out stays reachable and goes at exit, so that leak checkers are
 * content. */
struct keep {
    struct keep *next;
    char *text;
    bool folder;
};
static struct keep *kept;
static pid_t keeper;

static int remove_entry(const char *path, const struct stat *info, int flag,
                        struct FTW *walk)
{
    (void)info, (void)flag, (void)walk;
    return remove(path);
}

static void let_go(void)
{
    /* A forked child that exits must not take the folder from its parent. */
    if (getpid() != keeper) return;
    while (kept) {
        struct keep *next = kept->next;

        if (kept->folder) nftw(kept->text, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
        free(kept->text);
        free(kept);
        kept = next;
    }
}

static char *keep(char *text, bool folder)
{
    struct keep *one = malloc(sizeof *one);

    if (!text || !one) abort();
    if (!keeper) {
        keeper = getpid();
        atexit(let_go);
    }
    *one = (struct keep){kept, text, folder};
    kept = one;
    return text;
}

static char *join(const char *folder, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", folder, name) < 0) abort();
    return keep(path, false);
}

const char *check_folder(void)
{
    const char *where = getenv("TMPDIR");
    char *path = NULL;

    if (asprintf(&path, "%s/reckon-test-XXXXXX", where && *where ? where : "/tmp") < 0)
        abort();
    if (!mkdtemp(path)) abort();
    return keep(path, true);
}

static void make_folders_above(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

const char *check_write_n(const char *folder, const char *name, const void *data,
                          size_t bytes)
{
    char *path = join(folder, name);
    FILE *file;

    make_folders_above(path);
    file = fopen(path, "wb");
    if (!file || fwrite(data, 1, bytes, file) != bytes || fclose(file) != 0) abort();
    return path;
}

const char *check_write(const char *folder, const char *name, const char *text)
{
    return check_write_n(folder, name, text, strlen(text));
}

static char *read_all(FILE *file)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *sink = open_memstream(&text, &bytes);

    if (!sink) abort();
    for (int c = getc(file); c != EOF; c = getc(file))
        putc(c, sink);
    fclose(sink);
    return keep(text, false);
}

char *check_read(const char *folder, const char *name)
{
    FILE *file = fopen(join(folder, name), "rb");
    char *text;

    if (!file) return NULL;
    text = read_all(file);
    fclose(file);
    return text;
}

bool check_exists(const char *folder, const char *name)
{
    struct stat info;

    return lstat(join(folder, name), &info) == 0;
}

void check_exit(int status)
{
    __fpurge(stdout); /* the parent has the same text in its own buffer */
    exit(status);
}

static FILE *caught;
static int real_stderr = -1;

void check_stderr_begin(void)
{
    caught = tmpfile();
    fflush(stderr);
    real_stderr = dup(STDERR_FILENO);
    if (!caught || real_stderr < 0 || dup2(fileno(caught), STDERR_FILENO) < 0) abort();
}

char *check_stderr_end(void)
{
    char *text;

    fflush(stderr);
    if (dup2(real_stderr, STDERR_FILENO) < 0) abort();
    close(real_stderr);
    rewind(caught);
    text = read_all(caught);
    fclose(caught);
    return text;
}
