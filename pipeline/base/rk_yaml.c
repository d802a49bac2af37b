// SPDX-License-Identifier: MIT
/* The one door to libyaml: its events become a tree. */
#include "pipeline/base/rk_yaml.h"
#include "pipeline/base/rk_cleanup.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_text.h"

#include <string.h>
#include <yaml.h>

enum { DEPTH_MAX = 64 };

struct reader {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *file;
    size_t first_line;
    const char *text; /**< what is parsed, NUL-terminated */
    yaml_parser_t parser;
};

static struct rk_place place_of(const struct reader *reader, const yaml_mark_t *mark)
{
    return RK_AT(reader->file, reader->first_line + mark->line, mark->column + 1);
}

/* ---- what is wrong, in words for people
 * -------------------------------------------------- */

/* libyaml's words name its grammar; these name what to do. Found by a part
 * of its problem. */
static const struct {
    const char *problem, *words;
} explanations[] = {
    {"found character that cannot start any token",
     "a value cannot begin with this character; put it in quotes"                                       },
    {"mapping values are not allowed in this context",
     "a second \": \" where one value was expected; put the value in quotes, or check the "
     "indentation of this line and the colon of the line above"                                         },
    {"did not find expected key",
     "a key was expected here; check that it is indented like the keys above it and that "
     "quotes and brackets are closed"                                                                   },
    {"could not find expected ':'",
     "\"key: value\" was expected; the colon, or the blank after it, is missing"                        },
    {"did not find expected '-' indicator",
     "\"- \" was expected: an item of the list indented like those above it"                            },
    {"did not find expected ',' or ']'",
     "\",\" or \"]\" was expected: is the list closed?"                                                 },
    {"did not find expected ',' or '}'",
     "\",\" or \"}\" was expected: are the braces closed?"                                              },
    {"found unexpected end of stream",                         "the text ends inside quotes; close them"},
    {"did not find expected <document start>",
     "the text goes on after its end; check the indentation of this line"                               },
    {"block sequence entries are not allowed in this context",
     "\"- \" cannot stand here; put the list on the lines below its key"                                },
    {"found unknown escape character",
     "a backslash in double quotes; write two, or use single quotes"                                    },
};

static const char tab_words[] = "a tab; YAML is indented with blanks only";

/* The byte that libyaml stopped at. */
static char byte_at(const struct reader *reader, const yaml_mark_t *mark)
{
    const char *at = reader->text;

    for (size_t i = 0; i < mark->index && *at; i++)
        rk_text_next(&at);
    return *at;
}

static const char *explain(const struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem ? parser->problem : "not YAML";

    if (parser->error == YAML_SCANNER_ERROR &&
        byte_at(reader, &parser->problem_mark) == '\t')
        return tab_words;
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++)
        if (strstr(problem, explanations[i].problem)) return explanations[i].words;
    return problem;
}

static rk_status syntax_error(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    struct rk_place place = place_of(reader, &parser->problem_mark);
    size_t began = reader->first_line + parser->context_mark.line;

    if (parser->error == YAML_MEMORY_ERROR) rk_out_of_memory();
    if (parser->context && began < place.line)
        return rk_fail(reader->diag, RK_STUDY, place,
                       "%s (what it belongs to began on line "
                       "%zu)",
                       explain(reader), began);
    return rk_fail(reader->diag, RK_STUDY, place, "%s", explain(reader));
}

/* ---- events to nodes
 * --------------------------------------------------------------------- */

static rk_status next_event(struct reader *reader, yaml_event_t *event)
{
    if (!yaml_parser_parse(&reader->parser, event)) return syntax_error(reader);
    return RK_OK;
}

static rk_status read_node(struct reader *reader, yaml_event_t *event, int depth,
                           struct rk_yaml **out);

static struct rk_yaml *new_node(struct reader *reader, const yaml_event_t *event,
                                enum rk_yaml_kind kind)
{
    struct rk_yaml *node = RK_NEW(reader->arena, struct rk_yaml);
    struct rk_place place = place_of(reader, &event->start_mark);

    node->kind = kind;
    node->file = place.file;
    node->line = place.line;
    node->column = place.column;
    node->text = "";
    return node;
}

static rk_status read_text(struct reader *reader, const yaml_event_t *event,
                           struct rk_yaml **out)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t bytes = event->data.scalar.length;
    struct rk_yaml *node = new_node(reader, event, RK_YAML_TEXT);

    *out = node;
    if (memchr(text, '\0', bytes))
        return rk_fail(reader->diag, RK_STUDY, rk_yaml_place(node),
                       "a NUL byte in a value");
    node->text = rk_arena_copy_n(reader->arena, text, bytes);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return RK_OK;
}

/* One item more; `cap` belongs to the caller because nodes do not keep it. */
static void append(struct rk_arena *arena, struct rk_yaml *node, struct rk_yaml *key,
                   struct rk_yaml *value, size_t *cap)
{
    size_t key_cap = *cap;

    if (node->kind == RK_YAML_MAP) {
        RK_ROOM(arena, node->keys, node->count, key_cap);
        node->keys[node->count] = key;
    }
    RK_ROOM(arena, node->items, node->count, *cap);
    node->items[node->count++] = value;
}

static rk_status read_list(struct reader *reader, struct rk_yaml *node, int depth)
{
    size_t cap = 0;

    for (;;) {
        struct rk_yaml *item;
        yaml_event_t event;

        RK_TRY(next_event(reader, &event));
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return RK_OK;
        }
        RK_TRY(read_node(reader, &event, depth, &item));
        append(reader->arena, node, NULL, item, &cap);
    }
}

static rk_status check_key(struct reader *reader, struct rk_map *seen,
                           const struct rk_yaml *map, const struct rk_yaml *key)
{
    size_t position;

    if (key->kind != RK_YAML_TEXT)
        return rk_fail(reader->diag, RK_STUDY, rk_yaml_place(key),
                       "a key must be a plain text, not a list or a map");
    position = rk_map_add(seen, key->text);
    if (position < map->count)
        return rk_fail(reader->diag, RK_STUDY, rk_yaml_place(key),
                       "key \"%s\" is there already, on line %zu; keep one of them",
                       key->text, map->keys[position]->line);
    return RK_OK;
}

static rk_status read_map(struct reader *reader, struct rk_yaml *node, int depth)
{
    struct rk_map *seen = rk_map_new(reader->arena);
    size_t cap = 0;

    for (;;) {
        struct rk_yaml *key, *value;
        yaml_event_t event;

        RK_TRY(next_event(reader, &event));
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return RK_OK;
        }
        RK_TRY(read_node(reader, &event, depth, &key));
        RK_TRY(check_key(reader, seen, node, key));
        RK_TRY(next_event(reader, &event));
        RK_TRY(read_node(reader, &event, depth, &value));
        append(reader->arena, node, key, value, &cap);
    }
}

/* Anchors, aliases and tags make a file say what it does not show; none is needed here. */
static rk_status check_plain(struct reader *reader, const yaml_event_t *event)
{
    const char *what = NULL;

    if (event->type == YAML_ALIAS_EVENT)
        what = "an alias (*name)";
    else if (event->type == YAML_SCALAR_EVENT)
        what = event->data.scalar.anchor ? "an anchor (&name)"
               : event->data.scalar.tag  ? "a tag (!name)"
                                         : NULL;
    else if (event->type == YAML_SEQUENCE_START_EVENT)
        what = event->data.sequence_start.anchor ? "an anchor (&name)"
               : event->data.sequence_start.tag  ? "a tag (!name)"
                                                 : NULL;
    else if (event->type == YAML_MAPPING_START_EVENT)
        what = event->data.mapping_start.anchor ? "an anchor (&name)"
               : event->data.mapping_start.tag  ? "a tag (!name)"
                                                : NULL;
    if (!what) return RK_OK;
    return rk_fail(reader->diag, RK_STUDY, place_of(reader, &event->start_mark),
                   "%s; these files use none: write the value out, or put it in quotes",
                   what);
}

/* Takes the event over. */
static rk_status read_node(struct reader *reader, yaml_event_t *event, int depth,
                           struct rk_yaml **out)
{
    yaml_event_type_t type = event->type;
    rk_status status = check_plain(reader, event);

    if (status == RK_OK && depth >= DEPTH_MAX)
        status = rk_fail(reader->diag, RK_STUDY, place_of(reader, &event->start_mark),
                         "nested more than %d deep", DEPTH_MAX);
    if (status == RK_OK && type == YAML_SCALAR_EVENT)
        status = read_text(reader, event, out);
    else if (status == RK_OK)
        *out = new_node(reader, event,
                        type == YAML_MAPPING_START_EVENT ? RK_YAML_MAP : RK_YAML_LIST);
    yaml_event_delete(event);
    RK_TRY(status);
    if (type == YAML_SEQUENCE_START_EVENT) return read_list(reader, *out, depth + 1);
    if (type == YAML_MAPPING_START_EVENT) return read_map(reader, *out, depth + 1);
    return RK_OK;
}

/* ---- documents
 * --------------------------------------------------------------------------- */

/* The next event, which must be of `type`; anything else is said with `words`. */
static rk_status expect(struct reader *reader, yaml_event_type_t type, const char *words)
{
    struct rk_place place;
    yaml_event_t event;
    bool right;

    RK_TRY(next_event(reader, &event));
    right = event.type == type;
    place = place_of(reader, &event.start_mark);
    yaml_event_delete(&event);
    return right ? RK_OK : rk_fail(reader->diag, RK_STUDY, place, "%s", words);
}

static rk_status read_stream(struct reader *reader, struct rk_yaml **out)
{
    yaml_event_t event;

    RK_TRY(expect(reader, YAML_STREAM_START_EVENT, "not a text"));
    RK_TRY(
        expect(reader, YAML_DOCUMENT_START_EVENT, "nothing is in it; keys were expected"));
    RK_TRY(next_event(reader, &event));
    RK_TRY(read_node(reader, &event, 0, out));
    RK_TRY(expect(reader, YAML_DOCUMENT_END_EVENT, "the text goes on after its end"));
    return expect(reader, YAML_STREAM_END_EVENT,
                  "a second document (---); one was expected: use a file for each");
}

/* The characters YAML 1.1 lets through. */
static bool is_printable(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f) || c == 0x85 ||
           (c >= 0xa0 && c != 0xfeff && c < 0xfffe) || c >= 0x10000;
}

/* libyaml counts no lines in what it cannot decode, so that is looked for first. */
static rk_status check_characters(struct reader *reader, const char *text, size_t bytes)
{
    struct rk_place place = RK_AT(reader->file, reader->first_line, 1);

    for (size_t at = 0; at < bytes; place.column++) {
        uint32_t c;
        size_t length = rk_text_decode(text + at, bytes - at, &c);

        if (length == 0)
            return rk_fail(reader->diag, RK_STUDY, place,
                           "not UTF-8; save the file as UTF-8");
        if (!is_printable(c))
            return rk_fail(reader->diag, RK_STUDY, place,
                           "an invisible control character (U+%04X); delete it",
                           (unsigned)c);
        if (c == '\n') {
            place.line++;
            place.column = 0;
        }
        at += length;
    }
    return RK_OK;
}

rk_status rk_yaml_parse(struct rk_arena *arena, struct rk_diag *diag, const char *file,
                        const char *text, size_t bytes, size_t first_line,
                        struct rk_yaml **out)
{
    struct reader reader = {arena, diag, rk_arena_copy(arena, file), first_line, NULL, {0}};
    rk_status status;

    if (bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        bytes -= 3;
    }
    RK_TRY(check_characters(&reader, text, bytes));
    reader.text = rk_arena_copy_n(arena, text, bytes);
    if (!yaml_parser_initialize(&reader.parser)) rk_out_of_memory();
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text, bytes);
    status = read_stream(&reader, out);
    yaml_parser_delete(&reader.parser);
    return status;
}

rk_status rk_yaml_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                       struct rk_yaml **out)
{
    size_t bytes;
    char *text;

    RK_TRY(rk_file_read(arena, diag, path, &text, &bytes));
    return rk_yaml_parse(arena, diag, path, text, bytes, 1, out);
}
