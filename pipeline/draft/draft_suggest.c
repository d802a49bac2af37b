// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_suggest.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/draft/draft_priv.h"
#include "pipeline/draft/draft_spell.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of the suggestions. */
struct suggestion {
    const char *spelling, *code, *label, *why, *confirm;
    long rows;
};

struct suggesting {
    struct draft draft;
    const struct study *study;
    const struct code_list *list;
    const char *path;
    struct rk_map *missing; /* folded */
    struct draft_texts texts;
    struct rk_map *known; /* spellings, folded, to `items` */
    struct suggestion *items;
    size_t count, cap;
    long kept, fresh;
};

/* ---- the spellings of the extracts ---- */

static bool is_heading_of(struct rk_arena *arena, const struct study_column *column,
                          const char *heading)
{
    const char *folded = rk_text_fold(arena, heading);

    for (size_t i = 0; i < column->from_count; i++)
        if (strcmp(rk_text_fold(arena, column->from[i]), folded) == 0) return true;
    return false;
}

static bool fits(const struct study_source *source, const struct draft_source *extract)
{
    for (size_t i = 0; i < extract->file_count; i++)
        if (fnmatch(source->file, extract->files[i], 0) == 0) return true;
    return false;
}

static void take_texts(struct suggesting *all, const struct study_column *column,
                       const struct draft_texts *texts)
{
    struct rk_arena *arena = all->draft.arena;

    for (size_t i = 0; i < texts->count; i++) {
        const char *folded = rk_text_fold(arena, texts->items[i].text);
        bool none = rk_map_find(all->missing, folded) >= 0;

        for (size_t m = 0; m < column->missing.count; m++)
            none =
                none || strcmp(rk_text_fold(arena, column->missing.texts[m]), folded) == 0;
        if (!none)
            draft_texts_add(arena, &all->texts, texts->items[i].text, texts->items[i].rows);
    }
}

static void gather(struct suggesting *all, const struct study_source *source,
                   const struct study_column *column)
{
    for (size_t s = 0; s < all->draft.count; s++) {
        const struct draft_source *extract = &all->draft.sources[s];

        for (size_t c = 0; fits(source, extract) && c < extract->count; c++)
            if (is_heading_of(all->draft.arena, column, extract->columns[c].heading))
                take_texts(all, column, &extract->columns[c].texts);
    }
}

static void gather_all(struct suggesting *all)
{
    const struct study *study = all->study;

    all->missing = rk_map_new(all->draft.arena);
    for (size_t i = 0; i < study->missing.count; i++)
        rk_map_add(all->missing, rk_text_fold(all->draft.arena, study->missing.texts[i]));
    for (size_t s = 0; s < study->source_count; s++)
        for (size_t c = 0; c < study->sources[s].column_count; c++)
            if (study->sources[s].columns[c].codes == all->list)
                gather(all, &study->sources[s], &study->sources[s].columns[c]);
}

/* ---- suggestions ---- */

static void add(struct suggesting *all, struct suggestion one)
{
    struct rk_arena *arena = all->draft.arena;
    size_t known = rk_map_count(all->known);

    if (rk_map_add(all->known, rk_text_fold(arena, one.spelling)) < known) return;
    RK_ROOM(arena, all->items, all->count, all->cap);
    all->items[all->count++] = one;
    all->fresh += !*one.confirm;
    all->kept += *one.confirm != '\0';
}

/* What a person has decided stays, whether the extracts still hold it or not. */
static rk_status read_decided(struct suggesting *all)
{
    static const char *const names[] = {"spelling", "rows", "code",
                                        "label",    "why",  "confirm"};
    struct rk_csv_table csv;
    long at[6];

    if (access(all->path, F_OK) != 0) return RK_OK;
    RK_TRY(rk_csv_table_read(all->draft.arena, all->draft.run->diag, all->path, &csv));
    for (size_t i = 0; i < 6; i++)
        at[i] = rk_csv_column(&csv, names[i]);
    for (size_t r = 0; r < csv.rows; r++) {
        const char *cell[6];

        for (size_t i = 0; i < 6; i++)
            cell[i] = at[i] < 0 ? "" : csv.cells[r * csv.columns + (size_t)at[i]];
        if (*cell[5])
            add(all, (struct suggestion){cell[0], cell[2], cell[3], cell[4], cell[5],
                                         strtol(cell[1], NULL, 10)});
    }
    return RK_OK;
}

static bool by_letters(enum spell_reason reason)
{
    return reason == SPELL_LETTERS || reason == SPELL_KNOWN;
}

/* A text that no code knows: near one, near another such text, or a name of its own. */
static void suggest_unknown(struct suggesting *all, const struct spell_text *texts,
                            size_t i)
{
    const struct spell_text *text = &texts[i], *head = &texts[text->of];
    const struct code_list *list = all->list;
    const char *label = head->fixed >= 0 ? list->labels[head->fixed] : head->text;
    const char *code = head->fixed >= 0 ? list->codes[head->fixed]
                                        : rk_text_code(all->draft.arena, head->text);

    add(all, (struct suggestion){text->text, code, label,
                                 text->of == i && head->fixed < 0
                                     ? "not in the list: a new name?"
                                     : spell_words(text->reason),
                                 "", text->rows});
}

static void suggest_unknowns(struct suggesting *all)
{
    size_t count = all->texts.count;
    struct spell_text *texts = RK_ARRAY(all->draft.arena, struct spell_text, count + 1);

    for (size_t i = 0; i < count; i++)
        texts[i] = (struct spell_text){.text = all->texts.items[i].text,
                                       .rows = all->texts.items[i].rows,
                                       .fixed = code_list_match(all->list, all->draft.arena,
                                                                all->texts.items[i].text)};
    spell_group(all->draft.arena, texts, count);
    for (size_t i = 0; i < count; i++)
        if (texts[i].fixed < 0) suggest_unknown(all, texts, i);
}

/* Codes that may be one: each with the rows of all its spellings. */
static void suggest_codes(struct suggesting *all)
{
    const struct code_list *list = all->list;
    struct spell_text *codes =
        RK_ARRAY(all->draft.arena, struct spell_text, list->count + 1);

    for (size_t i = 0; i < list->count; i++)
        codes[i] = (struct spell_text){.text = list->labels[i], .fixed = -1};
    for (size_t i = 0; i < all->texts.count; i++) {
        int code = code_list_match(list, all->draft.arena, all->texts.items[i].text);

        if (code >= 0) codes[code].rows += all->texts.items[i].rows;
    }
    spell_group(all->draft.arena, codes, list->count);
    for (size_t i = 0; i < list->count; i++)
        if (codes[i].of != i && !by_letters(codes[i].reason) && codes[i].rows)
            add(all, (struct suggestion){codes[i].text, list->codes[codes[i].of],
                                         list->labels[codes[i].of],
                                         spell_words(codes[i].reason), "", codes[i].rows});
}

/* ---- the file ---- */

static rk_status write_file(struct suggesting *all)
{
    static const char *const names[] = {"spelling", "rows", "code",
                                        "label",    "why",  "confirm"};
    struct rk_csv_writer writer = {.file = NULL};
    char *text = NULL;
    size_t bytes = 0;
    rk_status status;

    writer.file = open_memstream(&text, &bytes);
    if (!writer.file) return rk_file_fail(all->draft.run->diag, all->path, "write");
    for (size_t i = 0; i < 6; i++)
        rk_csv_cell(&writer, names[i]);
    rk_csv_end(&writer);
    for (size_t i = 0; i < all->count; i++) {
        const struct suggestion *one = &all->items[i];

        rk_csv_cell(&writer, one->spelling);
        rk_csv_long(&writer, one->rows);
        rk_csv_cell(&writer, one->code);
        rk_csv_cell(&writer, one->label);
        rk_csv_cell(&writer, one->why);
        rk_csv_cell(&writer, one->confirm);
        rk_csv_end(&writer);
    }
    if (fclose(writer.file) != 0) {
        free(text);
        return rk_file_fail(all->draft.run->diag, all->path, "write");
    }
    status = rk_out_file(all->draft.run->diag, all->path, text, bytes, 0644);
    free(text);
    return status;
}

static rk_status find_list(struct suggesting *all, const char *name)
{
    struct rk_run *run = all->draft.run;
    const char **names =
        RK_ARRAY(all->draft.arena, const char *, all->study->code_list_count + 1);
    const char *nearest;

    for (size_t i = 0; i < all->study->code_list_count; i++) {
        names[i] = all->study->code_lists[i]->name;
        if (strcmp(names[i], name) == 0) all->list = all->study->code_lists[i];
    }
    if (all->list) return RK_OK;
    nearest = rk_text_nearest(name, names, all->study->code_list_count);
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                   "the study has no code list codes/%s.csv%s%s%s", name,
                   nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}

rk_status draft_suggest(struct rk_run *run, const char *list)
{
    struct suggesting all = {
        .draft = {.run = run, .arena = run->arena}
    };

    RK_TRY(study_open(run, &all.study));
    RK_TRY(find_list(&all, list));
    all.draft.from = all.study->data_dir;
    all.path =
        rk_arena_printf(run->arena, "%s/codes/%s.suggestions.csv", all.study->dir, list);
    all.known = rk_map_new(run->arena);
    RK_TRY(draft_words_read(run, &all.draft.words));
    RK_TRY(draft_read(&all.draft));
    gather_all(&all);
    RK_TRY(read_decided(&all));
    suggest_unknowns(&all);
    suggest_codes(&all);
    RK_TRY(write_file(&all));
    rk_run_report(
        run, "names",
        "%zu spellings of %s: %ld to decide, %ld decided; write yes or no under confirm "
        "in %s",
        all.texts.count, list, all.fresh, all.kept, all.path);
    return RK_OK;
}
