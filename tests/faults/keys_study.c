// SPDX-License-Identifier: MIT
/* Every map of a study that the reader knows keys of; each key misspelt, doubled, missing, hostile. */
#include "tests/faults/keys.h"

#include "pipeline/contract/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SAME_MAPS = 12, MOST_MAPS = 4096 }; /* maps with the same keys, of other kinds */

enum change { NONE, MISSPELT, DOUBLED, MISSING, HOSTILE };

struct mutant {
    const struct rk_yaml *map;
    enum change change;
    const char *key, *value;
};

/* ---- the study again, as text, with one thing changed ---- */

struct writer {
    FILE *file;
    size_t line, column, place_line, place_column;
    const struct mutant *mutant;
    /* Where each map begins: the reader's maps are known by that. */
    const struct rk_yaml *maps[MOST_MAPS];
    size_t lines[MOST_MAPS], columns[MOST_MAPS], count;
};

static void put(struct writer *writer, const char *text)
{
    for (; *text; text++) {
        fputc(*text, writer->file);
        if (((unsigned char)*text & 0xC0) != 0x80) writer->column++;
        if (*text == '\n') {
            writer->line++;
            writer->column = 1;
        }
    }
}

static void put_text(struct writer *writer, const char *text, const char *more)
{
    char one[8];

    put(writer, "\"");
    for (; *text; text++) {
        snprintf(one, sizeof one,
                 *text == '"' || *text == '\\' ? "\\%c" : (unsigned char)*text < 32 ? "\\x%02x" : "%c",
                 *text);
        put(writer, one);
    }
    put(writer, more);
    put(writer, "\"");
}

static void put_node(struct writer *writer, const struct rk_yaml *node);

/* The key's place is remembered: there the error must be. */
static void put_key(struct writer *writer, const char *key, const char *more, bool remember)
{
    put(writer, "\n");
    if (remember) {
        writer->place_line = writer->line;
        writer->place_column = writer->column;
    }
    put_text(writer, key, more);
    put(writer, ": ");
}

static void put_entry(struct writer *writer, const struct rk_yaml *map, size_t i, enum change change)
{
    const char *key = map->keys[i]->text;

    if (change == MISSING) return;
    if (change == DOUBLED) {
        put_key(writer, key, "", false);
        put_node(writer, map->items[i]);
        put(writer, ",");
    }
    put_key(writer, key, change == MISSPELT ? "zz" : "", change == MISSPELT || change == DOUBLED);
    if (change == HOSTILE)
        put(writer, writer->mutant->value);
    else
        put_node(writer, map->items[i]);
    put(writer, ",");
}

static void put_map(struct writer *writer, const struct rk_yaml *map)
{
    const struct mutant *mutant = writer->mutant->map == map ? writer->mutant : NULL;
    bool there = false;

    if (writer->count < MOST_MAPS) {
        writer->maps[writer->count] = map;
        writer->lines[writer->count] = writer->line;
        writer->columns[writer->count++] = writer->column;
    }
    put(writer, "{");
    for (size_t i = 0; i < map->count; i++) {
        bool here = mutant && strcmp(map->keys[i]->text, mutant->key) == 0;

        there |= here;
        put_entry(writer, map, i, here ? mutant->change : NONE);
    }
    if (mutant && !there && mutant->change == HOSTILE) {
        put_key(writer, mutant->key, "", false);
        put(writer, mutant->value);
    }
    put(writer, "}");
}

static void put_node(struct writer *writer, const struct rk_yaml *node)
{
    if (node->kind == RK_YAML_MAP) {
        put_map(writer, node);
    } else if (node->kind == RK_YAML_LIST) {
        put(writer, "[");
        for (size_t i = 0; i < node->count; i++) {
            put_node(writer, node->items[i]);
            put(writer, ",\n");
        }
        put(writer, "]");
    } else {
        put_text(writer, node->text, "");
    }
}

static char *write_study(struct writer *writer, const struct rk_yaml *root,
                         const struct mutant *mutant)
{
    char *text = NULL;
    size_t bytes = 0;

    *writer = (struct writer){.file = open_memstream(&text, &bytes), .line = 1, .column = 1,
                              .mutant = mutant};
    put_node(writer, root);
    put(writer, "\n");
    fclose(writer->file);
    keys_put("study.yaml", text);
    return text;
}

static rk_status read_it(void)
{
    struct rk_run run = keys_run();
    const struct study *study;
    rk_status status;

    status = study_open(&run, &study);
    keys_run_end(&run);
    return status;
}

/* ---- which maps, which keys ---- */

static struct {
    size_t line, column;
    const char *const *known; /* copied: the reader's list goes with its arena */
} asked[MOST_MAPS];
static size_t asked_count;
static struct rk_arena *keeper;

static void take_map(const struct rk_yaml *map, const char *const *known)
{
    size_t count = 0;
    const char **names;

    if (asked_count == MOST_MAPS || !strstr(map->file, "study.yaml")) return;
    while (known[count])
        count++;
    names = RK_ARRAY(keeper, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = rk_arena_copy(keeper, known[i]);
    asked[asked_count].line = map->line;
    asked[asked_count].column = map->column;
    asked[asked_count++].known = names;
}

static bool same_names(const char *const *a, const char *const *b)
{
    for (; *a && *b; a++, b++)
        if (strcmp(*a, *b) != 0) return false;
    return *a == *b;
}

static bool asked_enough(size_t index)
{
    size_t same = 0;

    for (size_t i = 0; i < index; i++)
        same += same_names(asked[i].known, asked[index].known);
    return same >= SAME_MAPS;
}

/* ---- judging ---- */

static const char *const change_words[] = {"", "misspelt", "doubled", "missing", "hostile"};

static bool has_key(const struct rk_yaml *map, const char *key)
{
    return rk_yaml_get(map, key) != NULL;
}

static void keep_accepted(const char *keep, const char *text, struct tally *tally)
{
    char path[4096];
    FILE *file;

    if (!keep || tally->accepted % 50 != 1) return;
    snprintf(path, sizeof path, "%s/%zu.yaml", keep, tally->accepted);
    file = fopen(path, "w");
    if (!file || fputs(text, file) == EOF || fclose(file) != 0) abort();
}

static void try_one(const struct rk_yaml *root, const struct mutant *mutant, const char *keep,
                    struct tally *tally)
{
    static struct writer writer;
    char *text = write_study(&writer, root, mutant), where[256];
    rk_status status = read_it();

    snprintf(where, sizeof where, "\"%s\" %s %.40s (map of line %zu)", mutant->key,
             change_words[mutant->change], mutant->value ? mutant->value : "", mutant->map->line);
    tally->tried++;
    if (status == RK_OK) {
        tally->accepted++;
        if (mutant->change == MISSPELT || mutant->change == DOUBLED)
            tally_wrong(tally, "is accepted", where);
        keep_accepted(keep, text, tally);
    } else {
        tally->refused++;
        if (status != RK_STUDY) tally_wrong(tally, "gives another status than that of a wrong study", where);
        if (!heard.errors) tally_wrong(tally, "is refused without a word", where);
        if (heard.nowhere) tally_wrong(tally, heard.lost, where);
        if (mutant->change == DOUBLED && !heard_at(writer.place_line, writer.place_column))
            tally_wrong(tally, "has no error at its place", where);
    }
    free(text);
}

static void try_key(const struct rk_yaml *root, const struct rk_yaml *map, const char *key,
                    size_t every, const char *keep, struct tally *tally)
{
    static size_t counter;
    struct mutant mutant = {map, MISSPELT, key, NULL};

    for (; has_key(map, key) && mutant.change <= MISSING; mutant.change++)
        if (counter++ % every == 0) try_one(root, &mutant, keep, tally);
    mutant.change = HOSTILE;
    for (const char *const *value = hostile_values; *value; value++) {
        mutant.value = *value;
        if (counter++ % every == 0) try_one(root, &mutant, keep, tally);
    }
}

void keys_of_study(const char *study_dir, size_t every, const char *keep, struct tally *tally)
{
    static struct writer first;
    const struct mutant none = {0};
    struct rk_run run = keys_run();
    struct rk_yaml *root;
    char path[4096];

    keeper = run.arena;
    asked_count = 0;
    snprintf(path, sizeof path, "%s/study.yaml", study_dir);
    if (rk_yaml_read(run.arena, run.diag, path, &root) != RK_OK) abort();
    free(write_study(&first, root, &none));
    heard.on_map = take_map;
    if (read_it() != RK_OK) {
        tally_wrong(tally, heard.last, "the study as it is");
        return;
    }
    heard.on_map = NULL;
    for (size_t i = 0; i < asked_count; i++) {
        size_t at = 0;

        while (at < first.count && (first.lines[at] != asked[i].line || first.columns[at] != asked[i].column))
            at++;
        if (at == first.count || asked_enough(i)) continue;
        for (const char *const *key = asked[i].known; *key; key++)
            try_key(root, first.maps[at], *key, every, keep, tally);
    }
    keys_run_end(&run);
}
