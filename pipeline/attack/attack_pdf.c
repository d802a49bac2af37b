// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_pdf.h"

#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct rk_child attack_pdf_start(const char *pdf)
{
    const char *const argv[] = {"pdftotext", "-layout", "-enc", "UTF-8", pdf, "-", NULL};

    return rk_child_start(argv);
}

rk_status attack_pdf_end(struct rk_arena *arena, struct rk_diag *diag, struct rk_child *child,
                         const char *pdf, char **out)
{
    return rk_child_end_text(arena, diag, child, "pdftotext", pdf, out);
}

rk_status attack_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                          char **out)
{
    struct rk_child child = attack_pdf_start(pdf);

    return attack_pdf_end(arena, diag, &child, pdf, out);
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
    const char *why;
    char *names;
    int memory;

    *out = NULL;
    RK_TRY(rk_child_text(arena, diag, list, pdf, &names));
    if (!is_listed(names, name))
        return RK_OK;
    memory = rk_child_run(save, &why);
    if (memory < 0)
        return rk_child_fail(diag, save[0], pdf, why);
    *out = rk_arena_printf(arena, "/proc/self/fd/%d", memory);
    return RK_OK;
}

rk_status attack_pdf_save_all(struct rk_diag *diag, const char *pdf, const char *folder)
{
    const char *const argv[] = {"pdfdetach", "-saveall", "-o", folder, pdf, NULL};
    const char *why;
    int memory = rk_child_run(argv, &why);

    if (memory < 0)
        return rk_child_fail(diag, argv[0], pdf, why);
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

/* Both leave *from behind what they read, so that all they write is never more than the file. */

/** "<FEFF0041>": UTF-16 in hexadecimal; returns the bytes written. */
static size_t take_hex(char **from, const char *end, char *out)
{
    char *at = *from;
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
    *from = at;
    return used;
}

/** "(text)"; a byte above 127 is not looked at, since labels and figures are what counts. */
static size_t take_literal(char **from, const char *end, char *out)
{
    char *at = *from;
    size_t used = 0;
    bool wide = end - at > 1 && (unsigned char)at[0] == 0xFE && (unsigned char)at[1] == 0xFF;

    for (at += wide ? 2 : 0; at < end && *at != ')'; at++) {
        if (*at == '\\' && at + 1 < end)
            at++;
        if (*at && !((unsigned char)*at & 0x80))
            out[used++] = *at;
    }
    *from = at;
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
        if (at == end || (*at != '<' && *at != '('))
            continue;
        used += *at++ == '<' ? take_hex(&at, end, *out + used) : take_literal(&at, end, *out + used);
        (*out)[used++] = '\n';
        (*out)[used++] = '\n';
    }
    return RK_OK;
}
