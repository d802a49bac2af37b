// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"

#include <string.h>
#include <unistd.h>

static struct code_list *inline_list(struct study_reader *reader,
                                     const struct rk_yaml *node, const char *name)
{
    struct code_list *list = code_list_new(reader->arena, name, reader->study->path);

    for (size_t i = 0; i < node->count; i++) {
        const char *label = study_text_of(reader, node->items[i], "a label of the list");
        size_t before = list->count;

        if (!label) return NULL;
        code_list_add(reader->arena, list, rk_text_code(reader->arena, label), label);
        if (list->count == before)
            study_say(reader, node->items[i], "\"%s\" is in the list twice", label);
    }
    if (!list->count) study_say(reader, node, "the list of codes is empty");
    return list->count ? list : NULL;
}

static struct code_list *known_list(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->code_list_count; i++)
        if (strcmp(study->code_lists[i]->name, name) == 0) return study->code_lists[i];
    return NULL;
}

static struct code_list *file_list(struct study_reader *reader, const struct rk_yaml *node,
                                   const char *name)
{
    struct study *study = reader->study;
    const char *path = rk_arena_printf(reader->arena, "%s/codes/%s.csv", study->dir, name);
    struct code_list *list = known_list(study, name);
    size_t errors = rk_diag_errors(reader->diag);
    rk_status status;

    if (list) return list->count ? list : NULL;
    if (access(path, R_OK) != 0) {
        study_say(reader, node, "there is no code list %s; expected the file %s", name,
                  path);
        list = code_list_new(reader->arena, name, path);
    } else {
        status = code_list_read(reader->arena, reader->diag, path, name, &list);
        if (status != RK_OK && (rk_diag_errors(reader->diag) == errors || !list))
            list = code_list_new(reader->arena, name, path);
    }
    RK_ROOM(reader->arena, study->code_lists, study->code_list_count, reader->list_cap);
    study->code_lists[study->code_list_count++] = list;
    return list->count ? list : NULL;
}

static struct code_list *any_list(struct study_reader *reader, const struct rk_yaml *node,
                                  const char *name)
{
    if (node->kind == RK_YAML_LIST) return inline_list(reader, node, name);
    if (node->kind == RK_YAML_MAP) {
        study_say(reader, node,
                  "codes: expected the name of a file in codes/, or a list of "
                  "labels such as [Yes, No]");
        return NULL;
    }
    if (!name_is_valid(node->text)) {
        study_say(reader, node,
                  "codes: \"%s\" is not the name of a file in codes/ (without "
                  ".csv)",
                  node->text);
        return NULL;
    }
    return file_list(reader, node, node->text);
}

struct code_list *study_codes(struct study_reader *reader, const struct rk_yaml *node,
                              const char *name)
{
    struct code_list *list = node ? any_list(reader, node, name) : NULL;

    if (!list) {
        /* It has been said; a list that takes any code keeps what follows from being said.
         */
        list = code_list_new(reader->arena, name, reader->study->path);
        list->open = true;
    }
    return list;
}

int study_code(struct study_reader *reader, const struct code_list *list,
               const struct rk_yaml *node)
{
    const char *text = study_text_of(reader, node, "a code");
    int at = text ? code_list_find(list, text) : -1;
    int nearest;

    if (!text || at >= 0 || list->open) return at;
    nearest = code_list_nearest(list, reader->arena, text);
    if (nearest >= 0)
        study_say(reader, node, "\"%s\" is not a code of %s; did you mean \"%s\"?", text,
                  list->name, list->codes[nearest]);
    else
        study_say(reader, node, "\"%s\" is not a code of %s", text, list->name);
    return -1;
}
