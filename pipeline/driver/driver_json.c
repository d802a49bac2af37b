// SPDX-License-Identifier: MIT
/** JSON that a verb prints; files of JSON are written by contract. */
#include "pipeline/driver/driver.h"

#include <stdio.h>

void driver_json_text(const char *text, FILE *out)
{
    fputc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if (*c < 0x20)
            fprintf(out, "\\u%04x", *c);
        else
            fputc(*c, out);
    }
    fputc('"', out);
}

void driver_json_field(const char *name, const char *text, const char *after, FILE *out)
{
    driver_json_text(name, out);
    fputs(": ", out);
    driver_json_text(text, out);
    fputs(after, out);
}
