// SPDX-License-Identifier: MIT
#include "render/lint.h"
#include "render/narrative_priv.h"

#include <stdio.h>
#include <string.h>

static void take_notes(struct reading *reading, const struct md_node *root)
{
    struct doc *doc = &reading->out->doc;
    size_t cap = 0;

    for (size_t i = 0; i < root->count; i++) {
        const struct md_node *node = root->children[i];
        struct block_list children = {0};
        size_t next = reading->next_block;
        if (node->kind != MD_FOOTNOTE)
            continue;
        reading->next_block = 0;
        narrative_blocks(reading, node, NULL, &children);
        reading->next_block = next;
        for (size_t k = 0; k < children.count; k++)
            children.blocks[k]->number = "";
        RK_ROOM(reading->arena, doc->notes, doc->note_count, cap);
        doc->notes[doc->note_count] = (struct doc_note){
            .mark = rk_arena_printf(reading->arena, "%zu", doc->note_count + 1),
            .children = children.blocks,
            .count = children.count,
        };
        doc->note_count++;
    }
}

/** A footnote that is defined and never called would vanish: Markdown drops it. */
static void check_footnotes(struct reading *reading)
{
    const char *text = reading->source.text;
    size_t line = 1;

    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            line++;
        if ((p != text && p[-1] != '\n') || strncmp(p, "[^", 2) != 0)
            continue;
        const char *end = strstr(p, "]:");
        const char *newline = strchr(p, '\n');
        if (!end || (newline && newline < end))
            continue;
        char *call = rk_arena_copy_n(reading->arena, p, (size_t)(end + 1 - p));
        bool called = false;
        for (const char *at = strstr(text, call); at && !called; at = strstr(at + 1, call))
            called = at != p && at[strlen(call)] != ':';
        if (!called)
            narrative_error(reading, RK_AT(reading->source.path, line, 1),
                            "the footnote %s is never called", call);
    }
}

/** Contents and lists, before the first section and after the first page. */
static void add_lists(struct reading *reading, struct block_list *out)
{
    const struct rk_yaml *front = reading->source.front;
    const char **lists = NULL;
    long contents = 2;
    size_t count = 0;
    struct doc_block *block;

    rk_yaml_long(reading->diag, front, "contents", &contents);
    rk_yaml_texts(reading->arena, reading->diag, front, "lists", &lists, &count);
    if (contents > 0) {
        block = narrative_block(reading, DOC_CONTENTS, RK_AT(reading->source.path, 1, 1));
        block->level = (int)contents;
        narrative_add(reading, out, block);
    }
    for (size_t i = 0; i < count; i++) {
        bool tables = strcmp(lists[i], "tables") == 0;
        if (!tables && strcmp(lists[i], "figures") != 0)
            narrative_error(reading, rk_yaml_place(rk_yaml_at(front, "lists")),
                            "lists are tables and figures, not \"%s\"", lists[i]);
        narrative_add(reading, out,
                      narrative_block(reading,
                                      tables ? DOC_LIST_OF_TABLES : DOC_LIST_OF_FIGURES,
                                      RK_AT(reading->source.path, 1, 1)));
    }
}

/** The position of the first numbered section among the blocks. */
static size_t first_section(const struct block_list *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->blocks[i]->kind == DOC_HEADING && blocks->blocks[i]->number[0])
            return i;
    return blocks->count;
}

static void assemble(struct reading *reading, const struct block_list *body)
{
    struct block_list all = {0};
    size_t start = first_section(body);

    for (size_t i = 0; i < start; i++)
        narrative_add(reading, &all, body->blocks[i]);
    add_lists(reading, &all);
    for (size_t i = start; i < body->count; i++)
        narrative_add(reading, &all, body->blocks[i]);
    if (start < body->count && (all.count > body->count || body->blocks[0]->page_before))
        body->blocks[start]->page_before = true; /* after contents, lists or a first page */
    reading->out->doc.blocks = all.blocks;
    reading->out->doc.count = all.count;
}

/** What lint finds wrong keeps the report from being made. */
static rk_status check_prose(struct rk_run *run, const struct results *results, const char *name)
{
    struct lint_findings findings;

    RK_TRY(lint_narrative(run, results, name, &findings));
    for (size_t i = 0; i < findings.count; i++)
        if (findings.items[i].error)
            (void)rk_fail(run->diag, RK_STUDY, findings.items[i].place, "%s [%s]",
                          findings.items[i].message, findings.items[i].rule);
    return RK_OK;
}

rk_status narrative_read(struct rk_run *run, const struct results *results, const char *name,
                         struct narrative **out)
{
    size_t errors = rk_diag_errors(run->diag);
    rk_status status = narrative_check(run, results, name, out);

    if (status != RK_OK && status != RK_STUDY)
        return status;
    if (*out)
        RK_TRY(check_prose(run, results, name));
    return rk_diag_errors(run->diag) > errors ? RK_STUDY : status;
}

rk_status narrative_check(struct rk_run *run, const struct results *results, const char *name,
                          struct narrative **out)
{
    struct reading *reading = RK_NEW(run->arena, struct reading);
    struct block_list body = {0};
    size_t errors = rk_diag_errors(run->diag);
    struct md_node *root;

    *out = NULL;
    *reading = (struct reading){
        .run = run,
        .arena = run->arena,
        .diag = run->diag,
        .results = results,
        .printed = rk_map_new(run->arena),
        .out = RK_NEW(run->arena, struct narrative),
    };
    RK_TRY(study_open(run, &reading->study));
    reading->out->name = name;
    reading->out->doc.date_days = reading->study->cut_off;
    RK_TRY(narrative_source_read(run->arena, run->diag,
                                 rk_arena_printf(run->arena, "%s/%s.md", reading->study->dir,
                                                 name),
                                 &reading->source));
    narrative_front(reading);
    root = markdown_parse(run->arena, reading->source.text, 1);
    narrative_blocks(reading, root, NULL, &body);
    take_notes(reading, root);
    assemble(reading, &body);
    check_footnotes(reading);
    narrative_late(reading);
    narrative_resolve(reading);
    *out = reading->out;
    return rk_diag_errors(run->diag) > errors ? RK_STUDY : RK_OK;
}
