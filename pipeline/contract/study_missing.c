// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_missing.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/codes.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *code, *label;
} kinds[MISSING_KINDS] = {
    [MISSING_NOT_ANSWERED] = {"not_answered", "Not answered"        },
    [MISSING_NOT_ASKED] = {"not_asked",    "Not asked"           },
    [MISSING_DECLINED] = {"declined",     "Preferred not to say"},
    [MISSING_NOT_DUE] = {"not_due",      "Not yet due"         },
    [MISSING_UNREADABLE] = {"unreadable",   "Could not be read"   },
};

/* ---- the key `missing` ---- */

static void add_text(struct study_reader *reader, struct study_missing *out, const char *text,
                     enum missing_kind kind)
{
    RK_ROOM(reader->arena, out->texts, out->count, out->text_cap);
    RK_ROOM(reader->arena, out->kinds, out->count, out->kind_cap);
    out->texts[out->count] = text;
    out->kinds[out->count++] = kind;
}

static void add_texts(struct study_reader *reader, struct study_missing *out,
                      const struct rk_yaml *node, enum missing_kind kind)
{
    const char *text;

    if (node->kind == RK_YAML_TEXT) {
        add_text(reader, out, node->text, kind);
        return;
    }
    for (size_t i = 0; i < study_items(reader, node, "missing"); i++) {
        text = study_text_of(reader, node->items[i], "missing");
        if (text) add_text(reader, out, text, kind);
    }
}

static bool find_kind(struct study_reader *reader, const struct rk_yaml *key,
                      enum missing_kind *out)
{
    const char *names[MISSING_UNREADABLE];

    for (int i = 0; i < MISSING_UNREADABLE; i++) {
        names[i] = kinds[i].code;
        *out = (enum missing_kind)i;
        if (strcmp(key->text, kinds[i].code) == 0) return true;
    }
    study_say(reader, key,
              "missing: \"%s\" is none of not_answered, not_asked, declined, not_due%s", key->text,
              study_hint(reader, key->text, names, MISSING_UNREADABLE));
    return false;
}

void study_read_missing(struct study_reader *reader, const struct rk_yaml *map,
                        struct study_missing *out)
{
    const struct rk_yaml *node = rk_yaml_get(map, "missing");
    enum missing_kind kind;

    if (!node) return;
    if (node->kind != RK_YAML_MAP) {
        add_texts(reader, out, node, MISSING_NOT_ANSWERED);
        return;
    }
    out->apart = true;
    for (size_t i = 0; i < node->count; i++)
        if (find_kind(reader, node->keys[i], &kind))
            add_texts(reader, out, node->items[i], kind);
}

/* ---- the columns NAME_missing ---- */

static struct code_list *kind_list(struct study_reader *reader)
{
    struct code_list *list =
        code_list_new(reader->arena, "kinds of missing", reader->study->path);

    for (int i = 0; i < MISSING_KINDS; i++)
        code_list_add(reader->arena, list, kinds[i].code, kinds[i].label);
    return list;
}

static bool keeps_kinds(const struct study_reader *reader, const struct study_column *column)
{
    bool apart = reader->study->missing.apart || column->missing.apart;

    return apart && column->type != COLUMN_ID && !column->private;
}

void study_add_kinds(struct study_reader *reader, struct study_source *source)
{
    size_t declared = source->column_count;
    struct code_list *list = NULL;

    for (size_t i = 0; i < declared; i++) {
        const struct study_column *of = &source->columns[i];
        const char *name = rk_arena_printf(reader->arena, "%s_missing", of->name);

        if (!keeps_kinds(reader, of)) continue;
        if (study_column(source, name)) {
            study_say_at(reader, of->place,
                         "the column \"%s\" stands for why \"%s\" is missing; give the other one "
                         "another name",
                         name, of->name);
            continue;
        }
        if (!list) list = kind_list(reader);
        source->columns[source->column_count++] = (struct study_column){
            .name = name,
            .label = rk_arena_printf(reader->arena, "Why not answered: %s", of->label),
            .kind_of = of->name,
            .type = COLUMN_CODE,
            .codes = list,
            .optional = true,
            .kept = of->kept,
            .lowest = NAN,
            .highest = NAN,
            .place = of->place};
    }
}
