// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_columns.h"
#include "pipeline/contract/study_missing.h"

#include "pipeline/base/rk_text.h"

#include <string.h>

static const char *const unlinked_names[] = {"set_aside", "keep", NULL};

/* What a source says in words before it becomes fields. */
struct source_texts {
    struct study_source source;
    const char *header;
    enum { SET_ASIDE, KEEP } unlinked;
};

#define FIELD(name) offsetof(struct source_texts, source.name)
static const struct study_key source_keys[] = {
    {.name = "label",             .kind = KEY_TEXT,                                       .offset = FIELD(label)},
    {.name = "file",                           .kind = KEY_TEXT,                                                                    .offset = FIELD(file)},
    {.name = "source",                         .kind = KEY_TEXT,                                                                    .offset = FIELD(database)},
    {.name = "query",                          .kind = KEY_TEXT,                                                                    .offset = FIELD(query)},
    {.name = "encoding",      .kind = KEY_TEXT,.offset = FIELD(encoding)},
    {.name = "separator",          .kind = KEY_TEXT,                                           .offset = FIELD(separator)},
    {.name = "header",                           .kind = KEY_TEXT,                                                               .offset = offsetof(struct source_texts, header)},
    {.name = "sheet",
     .kind = KEY_TEXTS,
     .offset = FIELD(sheets),
     .count = FIELD(sheet_count)},
    {.name = "ignored",
     .kind = KEY_TEXTS,
     .offset = FIELD(ignored),
     .count = FIELD(ignored_count)},
    {.name = "footer",
     .kind = KEY_TEXTS,
     .offset = FIELD(footer),
     .count = FIELD(footer_count)},
    {.name = "key",.kind = KEY_TEXTS,.offset = FIELD(keys), .count = FIELD(key_count)},
    {.name = "link",                           .kind = KEY_TEXT,                                                                  .offset = FIELD(link)},
    {.name = "unlinked",
     .kind = KEY_CHOICE,
     .offset = offsetof(struct source_texts, unlinked),
     .choices = unlinked_names},
    {.name = "optional",               .kind = KEY_BOOL,                                                                    .offset = FIELD(optional)},
    {.name = "columns",  .kind = KEY_OTHER,                                                        .required = true},
    {.name = "exclude",.kind = KEY_OTHER},
    {.name = "rules", .kind = KEY_OTHER},
    {.name = "checks",          .kind = KEY_OTHER                                                                 },
    {.name = "duplicates",                  .kind = KEY_OTHER                                                          },
};

static void check_word(struct study_reader *reader, const struct rk_yaml *map,
                       const char *key, const char *word, const char *const *words)
{
    size_t count = 0;

    while (words[count])
        if (strcmp(words[count++], word) == 0) return;
    study_say(reader, rk_yaml_at(map, key), "%s: \"%s\" is not known%s", key, word,
              study_hint(reader, word, words, count));
}

static void read_header_line(struct study_reader *reader, const struct rk_yaml *map,
                             struct source_texts *texts)
{
    long *line = &texts->source.header_line;

    if (!texts->header || strcmp(texts->header, "auto") == 0) return;
    if (!rk_text_integer(texts->header, line) || *line < 1)
        study_say(reader, rk_yaml_at(map, "header"),
                  "header: expected auto or the number of a line, not \"%s\"",
                  texts->header);
}

/* A file in the data folder, or a query of a database. The address is never shown: there may be
 * a password in it. */
static void check_origin(struct study_reader *reader, const struct rk_yaml *map,
                         struct study_source *source)
{
    const struct rk_yaml *node = rk_yaml_get(map, "source");

    if (source->database && source->file)
        study_say(reader, node, "a source has \"file\" or \"source\", not both");
    if (!source->database && !source->file)
        study_say(reader, map,
                  "source \"%s\" needs the key \"file\" (or \"source\" and \"query\" for a "
                  "database)",
                  source->name);
    if (!source->database != !source->query)
        study_say(reader, rk_yaml_at(map, source->query ? "query" : "source"),
                  "\"source\", the address of a database, and \"query\" go together");
    if (!source->database) return;
    source->database_place = rk_yaml_place(node);
    if (strncmp(source->database, "postgresql://", 13) != 0 &&
        strncmp(source->database, "postgres://", 11) != 0)
        study_say(reader, node,
                  "source: expected the address of a PostgreSQL database: "
                  "postgresql://user@host/database");
    if (!source->file) source->file = rk_arena_printf(reader->arena, "%s.csv", source->name);
}

static void check_file(struct study_reader *reader, const struct rk_yaml *map,
                       const struct study_source *source)
{
    if (source->file && strchr(source->file, '/'))
        study_say(
            reader, rk_yaml_get(map, "file"),
            "file: \"%s\": expected the name of files in the data folder, which --data DIR "
            "replaces",
            source->file);
}

static void read_columns(struct study_reader *reader, const struct rk_yaml *map,
                         struct study_source *source)
{
    size_t count = study_entries(reader, map, "columns");

    source->columns = RK_ARRAY(reader->arena, struct study_column, 2 * count + 1);
    for (size_t i = 0; i < count; i++)
        study_read_column(reader, map->keys[i], map->items[i],
                          &source->columns[source->column_count++]);
    study_add_kinds(reader, source);
    if (map && map->kind == RK_YAML_MAP && !count)
        study_say(reader, map, "source \"%s\" has no columns", source->name);
}

/* The columns that name rows and persons stay until results are made. */
static void mark_references(struct study_source *source)
{
    for (size_t c = 0; c < source->column_count; c++) {
        struct study_column *column = &source->columns[c];
        bool reference = source->link && strcmp(source->link, column->name) == 0;

        if (reference) column->private = true;
        for (size_t k = 0; k < source->key_count; k++)
            reference = reference || strcmp(source->keys[k], column->name) == 0;
        if (reference) column->kept = true;
    }
}

static void read_source(struct study_reader *reader, const struct rk_yaml *key,
                        const struct rk_yaml *map, struct study_source *out)
{
    static const char *const encodings[] = {"auto",        "utf-8",  "windows-1252",
                                            "iso-8859-15", "utf-16", NULL};
    static const char *const separators[] = {"auto", ",", ";", "tab", "|", NULL};
    struct source_texts texts = {
        .source = {.name = key->text,
                   .label = key->text,
                   .encoding = "auto",
                   .separator = "auto",
                   .place = rk_yaml_place(key)}
    };
    const char *thing = rk_arena_printf(reader->arena, "source \"%s\"", key->text);

    if (STUDY_KEYS_READ(reader, map, source_keys, 0, thing, &texts)) {
        check_word(reader, map, "encoding", texts.source.encoding, encodings);
        check_word(reader, map, "separator", texts.source.separator, separators);
        check_origin(reader, map, &texts.source);
        check_file(reader, map, &texts.source);
        read_header_line(reader, map, &texts);
        read_columns(reader, rk_yaml_get(map, "columns"), &texts.source);
        study_read_rules(reader, map, &texts.source);
        texts.source.key = texts.source.key_count ? texts.source.keys[0] : NULL;
        texts.source.keep_unlinked = texts.unlinked == KEEP;
        mark_references(&texts.source);
    }
    *out = texts.source;
}

void study_read_sources(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *map = rk_yaml_get(root, "sources");
    size_t count = study_entries(reader, map, "sources");
    struct study *study = reader->study;

    study->sources = RK_ARRAY(reader->arena, struct study_source, count + 1);
    for (size_t i = 0; i < count; i++) {
        study_name_ok(reader, map->keys[i], "source");
        read_source(reader, map->keys[i], map->items[i],
                    &study->sources[study->source_count++]);
    }
}
