// SPDX-License-Identifier: MIT
/** The front matter: title block, numbering, lists, and the narrative as a whole. */
#include "render/narrative_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "render/number.h"

#include <string.h>

static const char *const front_keys[] = {
    "title",      "subtitle",     "report_to",    "author",   "organisation", "date",
    "version",    "abstract",     "theme",        "numbering", "section_word", "running_head",
    "contents",   "lists",        "contact",      "header",   "language",     "subject",
    "keywords",   "logo",         "lint", NULL,
};

static const char *front_text(struct reading *reading, const char *key)
{
    const char *text = NULL;
    const struct rk_yaml *node = rk_yaml_get(reading->source.front, key);

    rk_yaml_text(reading->diag, reading->source.front, key, &text);
    return text && node ? narrative_plain(reading, text, rk_yaml_place(node)) : NULL;
}

static void front_lines(struct reading *reading, const char *key, const char ***out,
                        size_t *count)
{
    const struct rk_yaml *node = rk_yaml_get(reading->source.front, key);

    if (!node)
        return;
    if (node->kind != RK_YAML_MAP) {
        rk_yaml_texts(reading->arena, reading->diag, reading->source.front, key, out, count);
        return;
    }
    *out = RK_ARRAY(reading->arena, const char *, node->count);
    for (size_t i = 0; i < node->count; i++) {
        const struct rk_yaml *value = node->items[i];
        (*out)[(*count)++] = rk_arena_printf(
            reading->arena, "%s|%s", node->keys[i]->text,
            value->text ? narrative_plain(reading, value->text, rk_yaml_place(value)) : "");
    }
}

static void front_logo(struct reading *reading)
{
    const struct rk_yaml *node = rk_yaml_get(reading->source.front, "logo");
    struct doc_front *front = &reading->out->doc.front;
    const char *name = NULL;

    rk_yaml_text(reading->diag, reading->source.front, "logo", &name);
    if (!name)
        return;
    front->logo_place = rk_yaml_place(node);
    front->logo = narrative_picture(reading, name, front->logo_place);
}

static void front_numbering(struct reading *reading)
{
    static const char *const names[] = {"none", "paragraphs", "decimal", NULL};
    int choice = NUMBER_PARAGRAPHS;

    rk_yaml_choice(reading->diag, reading->source.front, "numbering", names, &choice);
    reading->numbering = choice;
}

/** A theme that is not there is said where it is asked for, with the ones there are. */
static void check_theme(struct reading *reading, const char *theme)
{
    const struct rk_yaml *node = rk_yaml_get(reading->source.front, "theme");
    struct rk_run quiet = *reading->run;
    struct folder_list files = {0};
    const char *path, *list = "", *near;
    bool found;

    if (!node || node->kind != RK_YAML_TEXT)
        return;
    quiet.diag = rk_diag_new(NULL);
    found = rk_run_share(&quiet, "themes", rk_arena_printf(reading->arena, "%s.yaml", theme),
                         &path) == RK_OK ||
            rk_run_share(&quiet, "themes", "evaluation.yaml", &path) != RK_OK ||
            folder_list_suffix(reading->arena, quiet.diag,
                               rk_arena_copy_n(reading->arena, path,
                                               (size_t)(strrchr(path, '/') - path)),
                               ".yaml", &files) != RK_OK;
    rk_diag_free(quiet.diag);
    if (found)
        return;
    for (size_t i = 0; i < files.count; i++) {
        files.names[i] =
            rk_arena_copy_n(reading->arena, files.names[i], strlen(files.names[i]) - 5);
        list = rk_arena_printf(reading->arena, "%s%s%s", list, i ? ", " : "", files.names[i]);
    }
    near = rk_text_nearest(theme, files.names, files.count);
    narrative_error(reading, rk_yaml_place(node), "there is no theme \"%s\"%s%s%s; there is %s",
                    theme, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "",
                    list);
}

void narrative_front(struct reading *reading)
{
    struct doc_front *front = &reading->out->doc.front;
    const struct rk_yaml *map = reading->source.front;
    const struct rk_yaml *abstract = rk_yaml_get(map, "abstract");

    rk_yaml_known(reading->diag, map, front_keys);
    front->title = front_text(reading, "title");
    if (!front->title)
        front->title = reading->study->title;
    front->subtitle = front_text(reading, "subtitle");
    front->report_to = front_text(reading, "report_to");
    front->author = front_text(reading, "author");
    front->organisation = front_text(reading, "organisation");
    front->date = front_text(reading, "date");
    front->version = front_text(reading, "version");
    front->running_head = front_text(reading, "running_head");
    front->subject = front_text(reading, "subject");
    front->keywords = front_text(reading, "keywords");
    front->language = "en-GB";
    rk_yaml_text(reading->diag, map, "language", &front->language);
    front->theme = "evaluation";
    rk_yaml_text(reading->diag, map, "theme", &front->theme);
    check_theme(reading, front->theme);
    reading->section_word = "Section";
    rk_yaml_text(reading->diag, map, "section_word", &reading->section_word);
    if (abstract && abstract->kind == RK_YAML_TEXT)
        front->abstract = narrative_words(reading, abstract->text, rk_yaml_place(abstract));
    front_lines(reading, "contact", &front->contact, &front->contact_count);
    front_lines(reading, "header", &front->header, &front->header_count);
    if (reading->run->internal)
        front->stamp = "INTERNAL: small numbers are not masked; not for publication";
    front_numbering(reading);
    front_logo(reading);
}
