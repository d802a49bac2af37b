// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/extract/xlsx_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathered text ---- */

void xlsx_gather_add(struct xlsx_gather *gather, const char *text, size_t bytes)
{
    if (gather->bytes + bytes + 1 > gather->cap) {
        gather->cap = 2 * (gather->bytes + bytes + 1);
        gather->text = realloc(gather->text, gather->cap);
        if (!gather->text) rk_out_of_memory();
    }
    if (bytes) memcpy(gather->text + gather->bytes, text, bytes);
    gather->bytes += bytes;
    gather->text[gather->bytes] = '\0';
}

/* _x000D_ stands for a character that XML does not allow; _x005F_ for its own first sign. */
static bool escape(const char *at, uint32_t *out)
{
    *out = 0;
    if (at[0] != '_' || at[1] != 'x') return false;
    for (int i = 2; i < 6; i++) {
        if (!isxdigit((unsigned char)at[i])) return false;
        *out = *out * 16 + (uint32_t)(isdigit((unsigned char)at[i])
                                          ? at[i] - '0'
                                          : tolower((unsigned char)at[i]) - 'a' + 10);
    }
    return at[6] == '_' && *out != 0 && (*out < 0xd800 || *out > 0xdfff);
}

char *xlsx_gather_text(struct xlsx_gather *gather)
{
    char *out, *at;

    xlsx_gather_add(gather, "", 0);
    if (!strstr(gather->text, "_x")) return gather->text;
    for (out = at = gather->text; *at;) {
        uint32_t character;

        if (escape(at, &character)) {
            out += rk_text_put(out, character);
            at += 7;
        } else {
            *out++ = *at++;
        }
    }
    *out = '\0';
    gather->bytes = (size_t)(out - gather->text);
    return gather->text;
}

/* ---- what belongs to what: relationships ---- */

struct relation {
    const char *id, *type, *target;
};

struct relations {
    struct rk_arena *arena;
    struct relation *list;
    size_t count, cap;
};

static void on_relation(void *user, const char *name, const char **attributes)
{
    struct relations *all = user;
    const char *id = xlsx_attribute(attributes, "Id");
    const char *type = xlsx_attribute(attributes, "Type");
    const char *target = xlsx_attribute(attributes, "Target");

    if (strcmp(name, "Relationship") != 0 || !id || !type || !target) return;
    RK_ROOM(all->arena, all->list, all->count, all->cap);
    all->list[all->count++] = (struct relation){rk_arena_copy(all->arena, id),
                                                rk_arena_copy(all->arena, type),
                                                rk_arena_copy(all->arena, target)};
}

/* The name of a part that another one names: relative to its folder, or from the root. */
static const char *resolve(struct rk_arena *arena, const char *from, const char *target)
{
    const char *slash = strrchr(from, '/');
    size_t folder = slash ? (size_t)(slash - from) : 0;

    if (*target == '/') return target + 1;
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        while (folder > 0 && from[--folder] != '/')
            continue;
    }
    return folder ? rk_arena_printf(arena, "%.*s/%s", (int)folder, from, target) : target;
}

static rk_status read_relations(struct xlsx_book *book, const char *part,
                                struct relations *out)
{
    const char *slash = strrchr(part, '/');
    int folder = slash ? (int)(slash - part) + 1 : 0;
    const char *name =
        rk_arena_printf(book->arena, "%.*s_rels/%s.rels", folder, part, part + folder);

    *out = (struct relations){.arena = book->arena};
    RK_TRY(xlsx_part_all(book->zip, name, (struct xlsx_xml){.start = on_relation, .user = out}));
    for (size_t i = 0; i < out->count; i++)
        out->list[i].target = resolve(book->arena, part, out->list[i].target);
    return RK_OK;
}

static bool is_type(const struct relation *relation, const char *type)
{
    const char *slash = strrchr(relation->type, '/');

    return slash && strcmp(slash + 1, type) == 0;
}

static const char *target_of(const struct relations *all, const char *type)
{
    for (size_t i = 0; i < all->count; i++)
        if (is_type(&all->list[i], type)) return all->list[i].target;
    return NULL;
}

/* ---- the workbook ---- */

struct reading_book {
    struct xlsx_book *book;
    struct relations relations;
};

static bool is_true(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void add_sheet(struct reading_book *reading, const char **attributes)
{
    struct xlsx_book *book = reading->book;
    const char *name = xlsx_attribute(attributes, "name");
    const char *id = xlsx_attribute(attributes, "id");
    const char *state = xlsx_attribute(attributes, "state");

    for (size_t i = 0; name && id && i < reading->relations.count; i++) {
        const struct relation *relation = &reading->relations.list[i];

        if (strcmp(relation->id, id) != 0 || !is_type(relation, "worksheet")) continue;
        RK_ROOM(book->arena, book->sheets, book->sheet_count, book->sheet_cap);
        book->sheets[book->sheet_count++] =
            (struct xlsx_sheet){rk_arena_copy(book->arena, name), relation->target,
                                state && strcmp(state, "visible") != 0};
    }
}

static void on_workbook(void *user, const char *name, const char **attributes)
{
    struct reading_book *reading = user;

    if (strcmp(name, "workbookPr") == 0)
        reading->book->since_1904 = is_true(xlsx_attribute(attributes, "date1904"));
    else if (strcmp(name, "sheet") == 0)
        add_sheet(reading, attributes);
}

static const char *part_if_there(const struct xlsx_book *book, const char *name)
{
    return name && xlsx_zip_has(book->zip, name) ? name : NULL;
}

static rk_status read_book(struct xlsx_book *book)
{
    struct reading_book reading = {.book = book};
    struct relations root;
    const char *workbook;

    if (!xlsx_zip_has(book->zip, "_rels/.rels"))
        return rk_fail(book->diag, RK_CHECK, RK_AT(book->path, 1, 0),
                       "this is a ZIP file, but no workbook in it; unpack it, or save the "
                       "table as .xlsx");
    RK_TRY(read_relations(book, "", &root));
    workbook = target_of(&root, "officeDocument");
    if (!workbook) workbook = "xl/workbook.xml";
    RK_TRY(read_relations(book, workbook, &reading.relations));
    RK_TRY(xlsx_part_all(book->zip, workbook,
                         (struct xlsx_xml){.start = on_workbook, .user = &reading}));
    book->styles_part = part_if_there(book, target_of(&reading.relations, "styles"));
    book->strings_part = part_if_there(book, target_of(&reading.relations, "sharedStrings"));
    return RK_OK;
}

rk_status xlsx_book_open(struct rk_diag *diag, const char *path, struct xlsx_book **out)
{
    struct rk_arena *arena = rk_arena_new();
    struct xlsx_book *book = RK_NEW(arena, struct xlsx_book);
    rk_status status;

    book->arena = arena;
    book->diag = diag;
    book->path = rk_arena_copy(arena, path);
    status = xlsx_zip_open(arena, diag, path, &book->zip);
    if (status == RK_OK) status = read_book(book);
    if (status != RK_OK) {
        xlsx_book_close(book);
        book = NULL;
    }
    *out = book;
    return status;
}

void xlsx_book_close(struct xlsx_book *book)
{
    if (!book) return;
    xlsx_zip_close(book->zip);
    rk_arena_free(book->arena);
}

/* ---- styles ---- */

struct styles {
    struct xlsx_book *book;
    struct {
        long id;
        struct xlsx_format format;
    } *custom;
    size_t count, cap;
    bool inside; /* cellXfs: the styles that cells name */
};

static long number_of(const char *text)
{
    long number;

    return text && rk_text_integer(text, &number) ? number : 0;
}

static struct xlsx_format find_format(const struct styles *styles, long id)
{
    for (size_t i = 0; i < styles->count; i++)
        if (styles->custom[i].id == id) return styles->custom[i].format;
    return xlsx_format_built_in(id);
}

static void on_style(void *user, const char *name, const char **attributes)
{
    struct styles *styles = user;
    struct xlsx_book *book = styles->book;
    const char *code = xlsx_attribute(attributes, "formatCode");
    long id = number_of(xlsx_attribute(attributes, "numFmtId"));

    if (strcmp(name, "cellXfs") == 0) styles->inside = true;
    if (strcmp(name, "numFmt") == 0 && code) {
        RK_ROOM(book->arena, styles->custom, styles->count, styles->cap);
        styles->custom[styles->count].id = id;
        styles->custom[styles->count++].format = xlsx_format_of(code);
    }
    if (strcmp(name, "xf") == 0 && styles->inside) {
        RK_ROOM(book->arena, book->formats, book->format_count, book->format_cap);
        book->formats[book->format_count++] = find_format(styles, id);
    }
}

static void on_style_end(void *user, const char *name)
{
    struct styles *styles = user;

    if (strcmp(name, "cellXfs") == 0) styles->inside = false;
}

rk_status xlsx_book_read_styles(struct xlsx_book *book)
{
    struct styles styles = {.book = book};

    if (!book->styles_part) return RK_OK;
    return xlsx_part_all(book->zip, book->styles_part,
                         (struct xlsx_xml){on_style, on_style_end, NULL, &styles});
}

/* ---- shared strings ---- */

struct strings {
    struct xlsx_book *book;
    struct xlsx_gather gather;
    bool text, phonetic; /* inside <t>, inside <rPh>: how it is said, not what it says */
};

static void on_string(void *user, const char *name, const char **attributes)
{
    struct strings *strings = user;

    (void)attributes;
    if (strcmp(name, "si") == 0) strings->gather.bytes = 0;
    if (strcmp(name, "rPh") == 0) strings->phonetic = true;
    strings->text = strcmp(name, "t") == 0 && !strings->phonetic;
}

static void on_string_end(void *user, const char *name)
{
    struct strings *strings = user;
    struct xlsx_book *book = strings->book;

    strings->text = false;
    if (strcmp(name, "rPh") == 0) strings->phonetic = false;
    if (strcmp(name, "si") != 0) return;
    RK_ROOM(book->arena, book->strings, book->string_count, book->string_cap);
    book->strings[book->string_count++] =
        rk_arena_copy(book->arena, xlsx_gather_text(&strings->gather));
}

static void on_string_text(void *user, const char *text, size_t bytes)
{
    struct strings *strings = user;

    if (strings->text) xlsx_gather_add(&strings->gather, text, bytes);
}

rk_status xlsx_book_read_strings(struct xlsx_book *book)
{
    struct strings strings = {.book = book};
    rk_status status;

    if (!book->strings_part) return RK_OK;
    status = xlsx_part_all(book->zip, book->strings_part,
                           (struct xlsx_xml){on_string, on_string_end, on_string_text, &strings});
    free(strings.gather.text);
    return status;
}
