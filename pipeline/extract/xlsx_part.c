// SPDX-License-Identifier: MIT
/* The one door to libzip and to expat. */
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/extract/xlsx_priv.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { BLOCK = 64 * 1024 };

struct xlsx_zip {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *path;
    zip_t *zip;
};

struct xlsx_part {
    struct xlsx_zip *zip;
    const char *name;
    zip_file_t *file;
    XML_Parser parser;
    struct xlsx_xml xml;
    bool paused, last;
    rk_status status;
};

static rk_status damaged(const struct xlsx_zip *zip, const char *what, const char *why)
{
    return rk_fail(zip->diag, RK_CHECK, RK_AT(zip->path, 1, 0),
                   "the workbook is damaged: %s%s%s; open it in a spreadsheet and save it again",
                   what, *why ? ": " : "", why);
}

/* ---- the archive ---- */

rk_status xlsx_zip_open(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                        struct xlsx_zip **out)
{
    struct xlsx_zip *zip = RK_NEW(arena, struct xlsx_zip);
    zip_error_t error;
    int code = 0;
    rk_status status;

    *out = zip;
    zip->arena = arena;
    zip->diag = diag;
    zip->path = rk_arena_copy(arena, path);
    zip->zip = zip_open(path, ZIP_RDONLY, &code);
    if (zip->zip) return RK_OK;
    zip_error_init_with_code(&error, code);
    status = damaged(zip, "its ZIP archive cannot be read", zip_error_strerror(&error));
    zip_error_fini(&error);
    return status;
}

bool xlsx_zip_has(const struct xlsx_zip *zip, const char *name)
{
    return zip_name_locate(zip->zip, name, ZIP_FL_NOCASE) >= 0;
}

void xlsx_zip_close(struct xlsx_zip *zip)
{
    if (zip && zip->zip) zip_discard(zip->zip);
}

/* ---- a part ---- */

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    const struct xlsx_part *part = user;

    if (part->xml.start) part->xml.start(part->xml.user, local(name), attributes);
}

static void XMLCALL on_end(void *user, const char *name)
{
    const struct xlsx_part *part = user;

    if (part->xml.end) part->xml.end(part->xml.user, local(name));
}

static void XMLCALL on_text(void *user, const char *text, int bytes)
{
    const struct xlsx_part *part = user;

    if (part->xml.text) part->xml.text(part->xml.user, text, (size_t)bytes);
}

/* A workbook declares no entities; one that does wants to grow beyond all bounds. */
static void XMLCALL on_doctype(void *user, const char *name, const char *system,
                               const char *public, int internal)
{
    struct xlsx_part *part = user;

    (void)name, (void)system, (void)public, (void)internal;
    XML_StopParser(part->parser, XML_FALSE);
}

rk_status xlsx_part_open(struct xlsx_zip *zip, const char *name, struct xlsx_xml xml,
                         struct xlsx_part **out)
{
    struct xlsx_part *part = RK_NEW(zip->arena, struct xlsx_part);
    zip_int64_t at = zip_name_locate(zip->zip, name, ZIP_FL_NOCASE);

    *out = part;
    part->zip = zip;
    part->name = rk_arena_copy(zip->arena, name);
    part->xml = xml;
    if (at < 0)
        return part->status = damaged(zip, rk_arena_printf(zip->arena, "there is no %s", name), "");
    part->file = zip_fopen_index(zip->zip, (zip_uint64_t)at, 0);
    if (!part->file)
        return part->status = damaged(zip, name, zip_strerror(zip->zip));
    part->parser = XML_ParserCreate(NULL);
    if (!part->parser) rk_out_of_memory();
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return RK_OK;
}

static rk_status xml_fails(struct xlsx_part *part)
{
    enum XML_Error error = XML_GetErrorCode(part->parser);
    struct rk_arena *arena = part->zip->arena;

    if (error == XML_ERROR_NO_MEMORY) rk_out_of_memory();
    return damaged(part->zip,
                   rk_arena_printf(arena, "%s, line %lu", part->name,
                                   XML_GetCurrentLineNumber(part->parser)),
                   XML_ErrorString(error));
}

static enum XML_Status feed(struct xlsx_part *part)
{
    void *block = XML_GetBuffer(part->parser, BLOCK);
    zip_int64_t got;

    if (!block) rk_out_of_memory();
    got = zip_fread(part->file, block, BLOCK);
    if (got < 0) {
        part->status = damaged(part->zip, part->name, zip_file_strerror(part->file));
        return XML_STATUS_ERROR;
    }
    part->last = got == 0;
    return XML_ParseBuffer(part->parser, (int)got, part->last);
}

bool xlsx_part_go(struct xlsx_part *part)
{
    while (part->status == RK_OK && (part->paused || !part->last)) {
        enum XML_Status status = part->paused ? XML_ResumeParser(part->parser) : feed(part);

        part->paused = status == XML_STATUS_SUSPENDED;
        if (part->paused) return true;
        if (status == XML_STATUS_ERROR && part->status == RK_OK) part->status = xml_fails(part);
    }
    return false;
}

void xlsx_part_pause(struct xlsx_part *part)
{
    XML_StopParser(part->parser, XML_TRUE);
}

rk_status xlsx_part_status(const struct xlsx_part *part)
{
    return part->status;
}

void xlsx_part_close(struct xlsx_part *part)
{
    if (!part) return;
    if (part->parser) XML_ParserFree(part->parser);
    if (part->file) zip_fclose(part->file);
    part->parser = NULL;
    part->file = NULL;
}

rk_status xlsx_part_all(struct xlsx_zip *zip, const char *name, struct xlsx_xml xml)
{
    struct xlsx_part *part;
    rk_status status = xlsx_part_open(zip, name, xml, &part);

    while (status == RK_OK && xlsx_part_go(part))
        continue;
    if (status == RK_OK) status = part->status;
    xlsx_part_close(part);
    return status;
}
