// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include <string.h>

static void put_personal(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "\n## Personal columns\n\nThey stay in the first folders: `private: yes` keeps "
        "a column for finding who is who and drops it after `20-people`; a column "
        "that is not read goes nowhere.\n\n");
    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++) {
            const struct draft_column *column = &draft->sources[s].columns[i];

            if (!column->private) continue;
            draft_put(out, "- `%s.%s` (%s): %s\n", draft->sources[s].name, column->name,
                      column->heading,
                      column->leave
                          ? rk_arena_printf(out->arena, "not read, %s", column->why_left)
                          : "private");
        }
}

static void put_columns(struct draft *draft, struct draft_out *out)
{
    size_t before = out->bytes;

    for (size_t s = 0; s < draft->count; s++)
        for (size_t i = 0; i < draft->sources[s].count; i++) {
            const struct draft_column *column = &draft->sources[s].columns[i];

            for (size_t c = 0; !column->leave && c < column->check_count; c++)
                draft_put(out, "- `%s.%s`: %s\n", draft->sources[s].name, column->name,
                          column->checks[c]);
        }
    if (out->bytes == before) draft_put(out, "- nothing odd was met\n");
}

static void put_lists(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "\n## Code lists\n\n| list | codes | spellings | to check |\n| --- | --- | --- "
        "| --- |\n");
    for (size_t i = 0; i < draft->list_count; i++) {
        const struct draft_list *list = draft->lists[i];
        const char *check = "that other spellings mean what they stand under";

        if (list->pair_count && list->names)
            check =
                rk_arena_printf(out->arena,
                                "%zu pairs in `codes/%s.suggestions.csv`: write yes or no "
                                "under confirm",
                                list->pair_count, list->name);
        draft_put(out, "| `codes/%s.csv` | %zu | %zu | %s |\n", list->name, list->count,
                  list->texts.count, check);
    }
}

/* Merges that letters alone do not prove. */
static void put_merges(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "\nTaken for the same answer; where one is not, give it a line of its own:\n\n");
    for (size_t i = 0; i < draft->list_count; i++) {
        const struct draft_list *list = draft->lists[i];

        for (size_t p = 0; !list->names && p < list->pair_count; p++)
            draft_put(out, "- `%s`: %s (%ld) as %s: %s\n", list->name,
                      list->pairs[p].spelling, list->pairs[p].rows, list->pairs[p].label,
                      list->pairs[p].why);
    }
}

static void put_links(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "\n## Files and how they hang together\n\n| source | file | rows | key | names "
        "people by | of them known |\n| --- | --- | --- | --- | --- | --- |\n");
    for (size_t s = 0; s < draft->count; s++) {
        const struct draft_source *source = &draft->sources[s];

        draft_put(out, "| %s%s | %s | %ld | %s | %s | %s |\n", source->name,
                  source == draft->people ? " (the people)" : "", source->glob,
                  source->rows, source->key ? source->key->name : "-",
                  source->link ? source->link->name : "-",
                  source->link ? rk_arena_printf(out->arena, "%.0f%%", 100 * source->linked)
                               : "-");
    }
}

static void put_who(struct draft *draft, struct draft_out *out)
{
    struct draft_out unused = {.arena = draft->arena};

    if (!draft_put_dedupe(draft, &unused)) return;
    draft_put(out, "\n## Who is the same person\n\n"
                   "`dedupe:` in study.yaml joins records that are probably of one person though no "
                   "rule joins them. What to check:\n\n"
                   "- `fields`: would these tell two people apart? A column that many share (a hostel's "
                   "address) tells little\n"
                   "- `wrong` and `missed`: how many pairs in 100 may be joined wrongly, and how many may "
                   "be overlooked. A run says what it expects\n"
                   "- `reckon review` shows the pairs that cannot be told, side by side, and asks\n");
}

void draft_write_readme(struct draft *draft, struct draft_out *out)
{
    draft_put(
        out,
        "# %s: what to check\n\n`reckon init` drafted this study from the extracts. It "
        "runs, but nothing in it is settled until a person has looked:\n\n"
        "- `study.yaml`: every line with CHECK; title, programme, `period_start`, "
        "`cut_off`\n- labels: headings are not always what was asked\n"
        "- `better: high` or `low` where a question has a good direction\n",
        draft->title);
    put_columns(draft, out);
    put_links(draft, out);
    put_who(draft, out);
    put_lists(draft, out);
    put_merges(draft, out);
    put_personal(draft, out);
    draft_put(out, "\nThen `reckon check` and `reckon run`, and write `report.md`.\n");
}
