// SPDX-License-Identifier: MIT
#include "tests/support/tags.h"

#include "pipeline/base/rk_child.h"
#include "pipeline/base/rk_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tags {
    struct rk_arena *arena;
    json_t *objects;
    const char *problems;
    struct rk_map *painted; /**< "PAGE MCID" of the content streams */
    struct rk_map *owned;   /**< the same, of the structure elements */
    struct rk_map *visited, *notes;
    int level; /**< of the last heading */
};

#define WRONG(tags, ...)                                                           \
    ((tags)->problems = rk_arena_printf((tags)->arena, "%s%s\n", (tags)->problems, \
                                        rk_arena_printf((tags)->arena, __VA_ARGS__)))

/* --- Objects as qpdf tells them --- */

static bool is_reference(const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = text ? strlen(text) : 0;

    return length > 4 && strcmp(text + length - 4, " 0 R") == 0;
}

static const json_t *resolve(const struct tags *tags, const json_t *value)
{
    const json_t *object;

    if (!is_reference(value)) return value;
    object = json_object_get(
        tags->objects, rk_arena_printf(tags->arena, "obj:%s", json_string_value(value)));
    if (json_object_get(object, "stream"))
        return json_object_get(json_object_get(object, "stream"), "dict");
    return json_object_get(object, "value");
}

static const json_t *get(const struct tags *tags, const json_t *dict, const char *key)
{
    return resolve(tags, json_object_get(resolve(tags, dict), key));
}

static const char *name_of(const struct tags *tags, const json_t *dict, const char *key)
{
    const char *text = json_string_value(get(tags, dict, key));

    return text ? text : "";
}

/* Of a stream: its bytes, with a NUL; "" when there are none. */
static char *bytes_of(const struct tags *tags, const json_t *reference)
{
    const json_t *object = json_object_get(
        tags->objects,
        rk_arena_printf(tags->arena, "obj:%s",
                        is_reference(reference) ? json_string_value(reference) : ""));
    const char *data =
        json_string_value(json_object_get(json_object_get(object, "stream"), "data"));
    size_t length = data ? strlen(data) : 0, got = 0;
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; /* base 64 */
    char *bytes = rk_arena_alloc(tags->arena, length + 1, 1);
    unsigned bits = 0;

    for (size_t i = 0; i < length; i++) {
        const char *digit = strchr(digits, data[i]);

        if (!digit) break; /* "=" fills up the end */
        bits = bits << 6 | (unsigned)(digit - digits);
        if (i % 4) bytes[got++] = (char)(bits >> (6 - 2 * (i % 4)));
    }
    bytes[got] = '\0';
    return bytes;
}

static const char *content_key(const struct tags *tags, const char *page, long mcid)
{
    return rk_arena_printf(tags->arena, "%s %ld", page, mcid);
}

/* --- What is painted --- */

static const char *skip_string(const char *at)
{
    int depth = 0;

    for (; *at; at++) {
        if (*at == '\\' && at[1])
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return at;
}

static bool is_one_of(const char *token, size_t length, const char *list)
{
    size_t bytes;

    for (; *list; list += bytes + (list[bytes] == ' ')) {
        bytes = strcspn(list, " ");
        if (bytes == length && memcmp(list, token, length) == 0) return true;
    }
    return false;
}

static void read_content(struct tags *tags, const char *page, const char *at)
{
    const char *mcid = NULL;
    int depth = 0;

    while (*at) {
        size_t length = strcspn(at, " \n\r\t[]<>()/");

        if (length == 0) {
            if (strncmp(at, "/MCID", 5) == 0) mcid = at + 5;
            at = *at == '(' ? skip_string(at) : at + 1;
            continue;
        }
        if (is_one_of(at, length, "BDC BMC")) {
            if (depth++) WRONG(tags, "page %s: marked content within marked content", page);
            if (mcid) {
                size_t count = rk_map_count(tags->painted);

                rk_map_add(tags->painted, content_key(tags, page, atol(mcid)));
                if (rk_map_count(tags->painted) == count)
                    WRONG(tags, "page %s: content %ld twice", page, atol(mcid));
            }
            mcid = NULL;
        } else if (is_one_of(at, length, "EMC")) {
            if (depth-- == 0) WRONG(tags, "page %s: EMC without a start", page);
        } else if (depth == 0 &&
                   is_one_of(at, length, "f F f* B B* b b* S s Tj TJ ' \" Do sh")) {
            WRONG(tags, "page %s: \"%.*s\" outside marked content", page, (int)length, at);
        }
        at += length;
    }
    if (depth) WRONG(tags, "page %s: marked content is left open", page);
}

/* --- Elements --- */

static bool has_text(const json_t *value)
{
    const char *text = json_string_value(value);

    return text && strlen(text) > 2 && (text[0] == 'u' || text[0] == 'b');
}

static size_t row_width(const struct tags *tags, const json_t *row)
{
    const json_t *cells = get(tags, row, "/K");
    size_t width = 0;

    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *span =
            get(tags, get(tags, json_array_get(cells, i), "/A"), "/ColSpan");

        width += span ? (size_t)json_integer_value(span) : 1;
    }
    return width;
}

static void check_rows(struct tags *tags, const json_t *element, size_t *width)
{
    const json_t *kids = get(tags, element, "/K");

    for (size_t i = 0; i < json_array_size(kids); i++) {
        const json_t *kid = json_array_get(kids, i);
        const char *kind = name_of(tags, kid, "/S");

        if (strcmp(kind, "/TR") == 0) {
            size_t here = row_width(tags, kid);

            if (*width && here != *width)
                WRONG(tags, "table %s: a row of %zu cells after one of %zu",
                      json_string_value(kid), here, *width);
            *width = here;
        } else if (strcmp(kind, "/THead") == 0 || strcmp(kind, "/TBody") == 0) {
            check_rows(tags, kid, width);
        }
    }
}

static bool has_link(const struct tags *tags, const json_t *element)
{
    const json_t *kids = get(tags, element, "/K");

    for (size_t i = 0; i < json_array_size(kids); i++)
        if (strcmp(name_of(tags, json_array_get(kids, i), "/Type"), "/OBJR") == 0)
            return true;
    return false;
}

static void check_kind(struct tags *tags, const json_t *element, const char *id)
{
    const char *kind = name_of(tags, element, "/S");
    size_t width = 0;

    if (strcmp(kind, "/Figure") == 0 && !has_text(get(tags, element, "/Alt")))
        WRONG(tags, "figure %s has no alternative", id);
    if (strcmp(kind, "/TH") == 0 && !get(tags, get(tags, element, "/A"), "/Scope"))
        WRONG(tags, "table head %s has no scope", id);
    if (strcmp(kind, "/Table") == 0) check_rows(tags, element, &width);
    if (strcmp(kind, "/Link") == 0 && !has_link(tags, element))
        WRONG(tags, "link %s has no annotation", id);
    if (strcmp(kind, "/Note") == 0) {
        size_t count = rk_map_count(tags->notes);
        const json_t *note = get(tags, element, "/ID");

        rk_map_add(tags->notes, has_text(note) ? json_string_value(note) : "");
        if (!has_text(note) || rk_map_count(tags->notes) == count)
            WRONG(tags, "note %s has no ID of its own", id);
    }
    if (kind[1] == 'H' && kind[2] >= '1' && kind[2] <= '6') {
        int level = kind[2] - '0';

        if (level > tags->level + 1) WRONG(tags, "heading %s skips a level", id);
        tags->level = level;
    }
}

static void visit(struct tags *tags, const json_t *reference, const char *parent);

static void visit_kid(struct tags *tags, const json_t *element, const json_t *kid,
                      const char *id)
{
    const char *type = name_of(tags, kid, "/Type"), *page;

    if (is_reference(kid) && strcmp(type, "/StructElem") == 0) {
        visit(tags, kid, id);
    } else if (json_is_integer(kid) || strcmp(type, "/MCR") == 0) {
        const json_t *number = json_is_integer(kid) ? kid : get(tags, kid, "/MCID");
        const json_t *own = json_object_get(kid, "/Pg");

        page =
            json_string_value(own ? own : json_object_get(resolve(tags, element), "/Pg"));
        rk_map_add(tags->owned,
                   content_key(tags, page ? page : "?", (long)json_integer_value(number)));
    }
}

static void visit(struct tags *tags, const json_t *reference, const char *parent)
{
    const char *id = json_string_value(reference);
    const json_t *kids = get(tags, reference, "/K");
    const char *up = json_string_value(json_object_get(resolve(tags, reference), "/P"));
    size_t count = rk_map_count(tags->visited);

    rk_map_add(tags->visited, id);
    if (rk_map_count(tags->visited) == count) {
        WRONG(tags, "element %s stands twice in the tree", id);
        return;
    }
    if (!up || strcmp(up, parent) != 0) WRONG(tags, "element %s denies its parent", id);
    check_kind(tags, reference, id);
    if (json_is_array(kids))
        for (size_t i = 0; i < json_array_size(kids); i++)
            visit_kid(tags, reference, json_array_get(kids, i), id);
    else if (kids)
        visit_kid(tags, reference, json_object_get(resolve(tags, reference), "/K"), id);
}

/* --- The parent tree --- */

/* What stands under `key` in a number tree. */
static const json_t *number_of(const struct tags *tags, const json_t *node, long key)
{
    const json_t *pairs = get(tags, node, "/Nums"), *kids = get(tags, node, "/Kids"),
                 *found;

    for (size_t i = 0; i + 1 < json_array_size(pairs); i += 2)
        if (json_integer_value(json_array_get(pairs, i)) == key)
            return json_array_get(pairs, i + 1);
    for (size_t i = 0; i < json_array_size(kids); i++) {
        found = number_of(tags, json_array_get(kids, i), key);
        if (found) return found;
    }
    return NULL;
}

static bool owns(const struct tags *tags, const json_t *element, const char *page,
                 long mcid)
{
    const json_t *kids = get(tags, element, "/K");

    for (size_t i = 0; i < json_array_size(kids); i++) {
        const json_t *kid = json_array_get(kids, i), *number = get(tags, kid, "/MCID");
        const char *own = json_string_value(json_object_get(kid, "/Pg"));

        if (number && json_integer_value(number) == mcid && own && strcmp(own, page) == 0)
            return true;
    }
    return false;
}

static void check_annotations(struct tags *tags, const json_t *page, const json_t *tree)
{
    const json_t *all = get(tags, page, "/Annots");

    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *annotation = json_array_get(all, i);
        const json_t *key = get(tags, annotation, "/StructParent");
        const json_t *element =
            key ? number_of(tags, tree, (long)json_integer_value(key)) : NULL;
        const char *id = json_string_value(annotation);

        if (strcmp(name_of(tags, element, "/S"), "/Link") != 0)
            WRONG(tags, "annotation %s belongs to no link", id ? id : "?");
        if (!has_text(get(tags, annotation, "/Contents")))
            WRONG(tags, "annotation %s says nothing of itself", id ? id : "?");
    }
}

static void check_page(struct tags *tags, const json_t *reference, const json_t *tree)
{
    const char *id = json_string_value(reference);
    const json_t *key = get(tags, reference, "/StructParents");
    const json_t *elements =
        key ? resolve(tags, number_of(tags, tree, (long)json_integer_value(key))) : NULL;

    read_content(tags, id,
                 bytes_of(tags, json_object_get(resolve(tags, reference), "/Contents")));
    for (size_t i = 0; i < json_array_size(elements); i++)
        if (!owns(tags, json_array_get(elements, i), id, (long)i))
            WRONG(tags, "page %s: content %zu is not what its element says", id, i);
    if (strcmp(name_of(tags, reference, "/Tabs"), "/S") != 0)
        WRONG(tags, "page %s: tabs do not follow the structure", id);
    check_annotations(tags, reference, tree);
}

static void check_pages(struct tags *tags, const json_t *node, const json_t *tree)
{
    const json_t *kids = get(tags, node, "/Kids");

    for (size_t i = 0; i < json_array_size(kids); i++) {
        if (get(tags, json_array_get(kids, i), "/Kids"))
            check_pages(tags, json_array_get(kids, i), tree);
        else
            check_page(tags, json_array_get(kids, i), tree);
    }
}

static void compare(struct tags *tags, const struct rk_map *these,
                    const struct rk_map *those, const char *what)
{
    for (size_t i = 0; i < rk_map_count(these); i++)
        if (rk_map_find(those, rk_map_key(these, i)) < 0)
            WRONG(tags, "content %s %s", rk_map_key(these, i), what);
}

/* --- Fonts and the file --- */

static void check_fonts(struct tags *tags)
{
    const char *name;
    json_t *object;

    json_object_foreach(tags->objects, name, object)
    {
        const json_t *dict = json_object_get(object, "value");
        const char *kind = name_of(tags, dict, "/Subtype");

        if (strcmp(kind, "/Type0") == 0 && !get(tags, dict, "/ToUnicode"))
            WRONG(tags, "font %s cannot be read back", name);
        if (strcmp(kind, "/CIDFontType2") == 0 &&
            !get(tags, get(tags, dict, "/FontDescriptor"), "/FontFile2"))
            WRONG(tags, "font %s is not embedded", name);
    }
}

static void check_catalog(struct tags *tags, const json_t *root)
{
    const json_t *reference = json_object_get(resolve(tags, root), "/Metadata");

    if (!json_is_true(get(tags, get(tags, root, "/MarkInfo"), "/Marked")))
        WRONG(tags, "the file does not say that it is tagged");
    if (!has_text(get(tags, root, "/Lang"))) WRONG(tags, "the file has no language");
    if (!json_is_true(get(tags, get(tags, root, "/ViewerPreferences"), "/DisplayDocTitle")))
        WRONG(tags, "the window does not show the title");
    if (!strstr(bytes_of(tags, reference), "<dc:title>"))
        WRONG(tags, "the metadata have no title");
}

static void check_file(struct tags *tags)
{
    const json_t *trailer =
        json_object_get(json_object_get(tags->objects, "trailer"), "value");
    const json_t *root = get(tags, trailer, "/Root");
    const json_t *tree = json_object_get(resolve(tags, root), "/StructTreeRoot");
    const json_t *tops = get(tags, tree, "/K");

    check_catalog(tags, root);
    for (size_t i = 0; i < json_array_size(tops); i++)
        visit(tags, json_array_get(tops, i), json_string_value(tree));
    check_pages(tags, get(tags, root, "/Pages"), get(tags, tree, "/ParentTree"));
    compare(tags, tags->painted, tags->owned, "belongs to no element");
    compare(tags, tags->owned, tags->painted, "is nowhere on its page");
    check_fonts(tags);
}

const char *tags_problems(struct rk_arena *arena, const char *pdf)
{
    const char *const argv[] = {
        "qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized",
        pdf,    NULL};
    struct tags tags = {.arena = arena,
                        .problems = "",
                        .painted = rk_map_new(arena),
                        .owned = rk_map_new(arena),
                        .visited = rk_map_new(arena),
                        .notes = rk_map_new(arena)};
    const char *why;
    int said = rk_child_run(argv, &why);
    json_t *whole =
        said >= 0 && lseek(said, 0, SEEK_SET) == 0 ? json_loadfd(said, 0, NULL) : NULL;

    if (said >= 0) close(said);
    if (!whole) return NULL;
    tags.objects = json_array_get(json_object_get(whole, "qpdf"), 1);
    check_file(&tags);
    json_decref(whole);
    return tags.problems;
}
