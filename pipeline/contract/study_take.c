// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_columns.h"

#include <string.h>

static const char *const words[TAKES] = {
    [TAKE_KEPT] = "kept",         [TAKE_FIRST] = "first",       [TAKE_LAST] = "last",
    [TAKE_EARLIEST] = "earliest", [TAKE_LATEST] = "latest",     [TAKE_FULLEST] = "fullest",
    [TAKE_FREQUENT] = "frequent", [TAKE_FILES] = "",
};

static void read_files(struct study_reader *reader, const struct rk_yaml *list,
                       struct study_take *out)
{
    size_t count = study_items(reader, list, "take");

    out->rule = TAKE_FILES;
    out->files = RK_ARRAY(reader->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *file = study_text_of(reader, list->items[i], "a file of take");

        if (file) out->files[out->file_count++] = file;
    }
}

void study_read_take(struct study_reader *reader, const struct rk_yaml *node,
                     struct study_take *out)
{
    const char *text, *by;
    size_t word, at = 0;

    if (!node) return;
    out->place = rk_yaml_place(node);
    if (node->kind == RK_YAML_LIST) {
        read_files(reader, node, out);
        return;
    }
    if (!(text = study_text_of(reader, node, "take"))) return;
    word = strcspn(text, " ");
    by = text + word + strspn(text + word, " ");
    while (at < TAKE_FILES && (strlen(words[at]) != word || strncmp(words[at], text, word) != 0))
        at++;
    if (at == TAKE_FILES || (at == TAKE_EARLIEST || at == TAKE_LATEST) != (*by != '\0')) {
        study_say(reader, node,
                  "take: \"%s\": expected kept, first, last, earliest COLUMN, latest COLUMN, "
                  "fullest, frequent or a list of files%s",
                  text, at == TAKE_FILES ? study_hint(reader, text, words, TAKE_FILES) : "");
        return;
    }
    out->rule = (enum take)at;
    out->by = *by ? by : NULL;
}

static bool names_row(const struct study_source *source, const struct study_column *column)
{
    for (size_t i = 0; i < source->key_count; i++)
        if (strcmp(source->keys[i], column->name) == 0) return true;
    return source->link && strcmp(source->link, column->name) == 0;
}

void study_check_take(struct study_reader *reader, const struct study_source *source,
                      const struct study_scope *scope)
{
    for (size_t i = 0; i < source->column_count; i++) {
        const struct study_column *column = &source->columns[i];
        const struct study_take *take = &column->take;

        if (take->rule == TAKE_KEPT) continue;
        if (names_row(source, column))
            study_say_at(reader, take->place,
                         "take: \"%s\" says which record it is and stays with the record that "
                         "survives (keep)",
                         column->name);
        if (take->by) study_scope_need(reader, scope, take->place, "take", take->by);
        if (take->rule == TAKE_FULLEST && column->type != COLUMN_TEXT)
            study_say_at(reader, take->place,
                         "take: fullest is the longest text, and \"%s\" is none", column->name);
        if (!source->duplicate_count && !source->linkage && source != reader->study->people)
            study_say_at(reader, take->place,
                         "take: nothing joins rows of \"%s\"; it has neither duplicates nor dedupe",
                         source->name);
    }
}
