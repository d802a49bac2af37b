// SPDX-License-Identifier: MIT
#include "pipeline/dedupe/dedupe_pseudonym.h"

#include "pipeline/base/rk_file.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEX = 2 * RK_KEY_BYTES, PSEUDONYM = 20 };

/* ---- the key ---- */

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_key(const char *text, unsigned char key[RK_KEY_BYTES])
{
    for (int i = 0; i < RK_KEY_BYTES; i++) {
        int high = hex_digit(text[2 * i]), low = high < 0 ? -1 : hex_digit(text[2 * i + 1]);

        if (low < 0) return false;
        key[i] = (unsigned char)(16 * high + low);
    }
    return true;
}

/* Who may read OUT must not find the key there, too. */
static bool lies_in(const char *file, const char *folder)
{
    char path[PATH_MAX], top[PATH_MAX];
    size_t length;

    if (!realpath(file, path) || !realpath(folder, top)) return false;
    length = strlen(top);
    return strncmp(path, top, length) == 0 && path[length] == '/';
}

static rk_status check_place(struct dedupe *stage, const char *path)
{
    struct rk_run *run = stage->run;
    struct stat info;

    if (lies_in(path, run->whole_dir ? run->whole_dir : run->out_dir))
        return rk_fail(run->diag, RK_STUDY, RK_AT(path, 0, 0),
                       "the key of pseudonyms lies in the outputs; keep it elsewhere");
    if (stat(path, &info) == 0 && (info.st_mode & 077))
        rk_diag_say(run->diag, RK_DIAG_WARNING, RK_AT(path, 0, 0),
                    "others can read the key of pseudonyms; chmod 600 closes it");
    return RK_OK;
}

rk_status dedupe_pseudonym_open(struct dedupe *stage)
{
    struct rk_run *run = stage->run;
    const char *path = study_key_path(run, stage->study);
    char text[HEX + 1] = "";
    FILE *file;

    if (!path) return RK_OK;
    file = fopen(path, "rbe");
    if (!file)
        return rk_fail(run->diag, RK_STUDY, RK_AT(path, 0, 0),
                       "the key of pseudonyms is not there; `reckon key %s` makes one", path);
    stage->has_key =
        fread(text, 1, HEX, file) == HEX && parse_key(text, stage->pseudonym_key);
    fclose(file);
    if (!stage->has_key)
        return rk_fail(run->diag, RK_STUDY, RK_AT(path, 1, 0),
                       "this is no key: %d figures 0-9 and a-f, as `reckon key` writes them", HEX);
    return check_place(stage, path);
}

/* ---- references ---- */

static void hide_column(struct dedupe_rows *rows, const char *name)
{
    const struct frame_column *column = name ? frame_column(rows->frame, name) : NULL;
    char hash[65];

    if (!column || !column->text) return;
    for (size_t row = 0; row < rows->frame->rows; row++) {
        const char *text = column->text[row];

        if (!text) continue;
        rk_hash_keyed(rows->stage->pseudonym_key, text, strlen(text), hash);
        column->text[row] = rk_arena_copy_n(rows->run->arena, hash, PSEUDONYM);
    }
}

void dedupe_pseudonym_apply(struct dedupe_rows *rows)
{
    const struct study_source *source = rows->source;
    bool linked = source->link || source == rows->stage->study->people;

    if (!rows->stage->has_key || !linked) return;
    for (size_t i = 0; i < source->key_count; i++)
        if (!source->link || strcmp(source->keys[i], source->link) != 0)
            hide_column(rows, source->keys[i]);
    hide_column(rows, source->link);
}
