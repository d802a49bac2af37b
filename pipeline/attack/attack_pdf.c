// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_pdf.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- a child that writes into memory ---- */

static int wait_for(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/** Runs a program with its output in a file without a name; -1 when it cannot be run or fails. */
static int run_child(const char *const *argv)
{
    posix_spawn_file_actions_t actions;
    int memory = memfd_create("reckon-attack", MFD_CLOEXEC), status = -1;
    pid_t child;

    if (memory < 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, memory, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv,
                     environ) == 0)
        status = wait_for(child);
    posix_spawn_file_actions_destroy(&actions);
    if (status == 0)
        return memory;
    close(memory);
    return -1;
}

static rk_status refuse(struct rk_diag *diag, const char *pdf, const char *program)
{
    return rk_fail(diag, RK_WORLD, RK_AT(pdf, 0, 0),
                   "%s cannot read it; is it a PDF, and is poppler-utils installed?", program);
}

static rk_status output_of(struct rk_arena *arena, struct rk_diag *diag,
                           const char *const *argv, const char *pdf, char **out)
{
    int memory = run_child(argv);
    size_t bytes;

    if (memory < 0)
        return refuse(diag, pdf, argv[0]);
    rk_status status = rk_file_read(
        arena, diag, rk_arena_printf(arena, "/proc/self/fd/%d", memory), out, &bytes);
    close(memory);
    return status;
}

rk_status attack_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                          char **out)
{
    const char *const argv[] = {"pdftotext", "-layout", "-enc", "UTF-8", pdf, "-", NULL};

    return output_of(arena, diag, argv, pdf, out);
}

/* ---- attachments ---- */

/** "11: bases.csv" in the list of attached files. */
static bool is_listed(const char *list, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name))
        if (at > list + 1 && at[-1] == ' ' && at[-2] == ':' && (at[n] == '\n' || !at[n]))
            return true;
    return false;
}

rk_status attack_pdf_attachment(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                                const char *name, const char **out)
{
    const char *const list[] = {"pdfdetach", "-list", pdf, NULL};
    const char *const save[] = {"pdfdetach", "-savefile", name, "-o", "/dev/stdout", pdf, NULL};
    char *names;
    int memory;

    *out = NULL;
    RK_TRY(output_of(arena, diag, list, pdf, &names));
    if (!is_listed(names, name))
        return RK_OK;
    memory = run_child(save);
    if (memory < 0)
        return refuse(diag, pdf, "pdfdetach");
    *out = rk_arena_printf(arena, "/proc/self/fd/%d", memory);
    return RK_OK;
}

rk_status attack_pdf_save_all(struct rk_diag *diag, const char *pdf, const char *folder)
{
    const char *const argv[] = {"pdfdetach", "-saveall", "-o", folder, pdf, NULL};
    int memory = run_child(argv);

    if (memory < 0)
        return refuse(diag, pdf, argv[0]);
    close(memory);
    return RK_OK;
}

/* ---- alternative texts ---- */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/** "<FEFF0041>": UTF-16 in hexadecimal; returns the bytes written. */
static size_t take_hex(const char *at, const char *end, char *out)
{
    size_t used = 0;
    uint32_t unit = 0;
    int digits = 0;

    for (; at < end && *at != '>'; at++) {
        if (hex(*at) < 0)
            continue;
        unit = unit * 16 + (uint32_t)hex(*at);
        if (++digits < 4)
            continue;
        if (unit != 0xFEFF)
            used += rk_text_put(out + used, unit);
        unit = 0;
        digits = 0;
    }
    return used;
}

/** "(text)"; a byte above 127 is not looked at, since labels and figures are what counts. */
static size_t take_literal(const char *at, const char *end, char *out)
{
    size_t used = 0;
    bool wide = end - at > 1 && (unsigned char)at[0] == 0xFE && (unsigned char)at[1] == 0xFF;

    for (at += wide ? 2 : 0; at < end && *at != ')'; at++) {
        if (*at == '\\' && at + 1 < end)
            at++;
        if (*at && !((unsigned char)*at & 0x80))
            out[used++] = *at;
    }
    return used;
}

rk_status attack_pdf_alt(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                         char **out)
{
    char *bytes;
    size_t count, used = 0;

    RK_TRY(rk_file_read(arena, diag, pdf, &bytes, &count));
    *out = RK_ARRAY(arena, char, 2 * count + 4);
    for (char *at = bytes, *end = bytes + count;
         (at = memmem(at, (size_t)(end - at), "/Alt", 4)) != NULL;) {
        for (at += 4; at < end && (*at == ' ' || *at == '\n'); at++)
            ;
        if (at < end && *at == '<')
            used += take_hex(at + 1, end, *out + used);
        else if (at < end && *at == '(')
            used += take_literal(at + 1, end, *out + used);
        else
            continue;
        (*out)[used++] = '\n';
        (*out)[used++] = '\n';
    }
    return RK_OK;
}
