// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit.h"

#include "pipeline/audit/audit_checks.h"
#include "pipeline/audit/audit_text.h"

typedef void check_table(const struct audit_grid *grid, struct audit_findings *findings);

static check_table *const table_checks[] = {
    audit_check_sums,    audit_check_shares, audit_check_hundred,   audit_check_changes,
    audit_check_average, audit_check_means,  audit_check_intervals, audit_check_bases,
    audit_check_joint,   audit_check_small,  audit_check_derived,   audit_check_possible,
};

typedef void check_text(const struct audit_text *text);

static check_text *const text_checks[] = {
    audit_check_sentences, audit_check_against_tables, audit_check_numbering,
    audit_check_dates,     audit_check_words,
};

static void audit_table(const struct audit_grid *grid, struct audit_findings *findings,
                        struct audit_counts *counts)
{
    const struct audit_grid *turned = audit_grid_turn(grid);

    for (size_t i = 0; i < sizeof table_checks / sizeof table_checks[0]; i++) {
        table_checks[i](grid, findings);
        table_checks[i](turned, findings);
    }
    counts->tables++;
    for (size_t i = 0; i < grid->rows * grid->columns; i++)
        counts->numbers += grid->numbers[i].there;
}

/** The tables of a document as grids; its text waits for the names of the other documents.
 */
static struct audit_text read_one(struct rk_arena *arena, struct rk_diag *diag,
                                  const struct audit_doc *doc,
                                  struct audit_findings *findings,
                                  struct audit_counts *counts)
{
    struct audit_text text = {
        .arena = arena,
        .diag = diag,
        .doc = doc,
        .findings = findings,
        .grids = RK_ARRAY(arena, struct audit_grid *, doc->table_count + 1)};

    for (size_t i = 0; i < doc->table_count; i++) {
        text.grids[i] = audit_grid_new(arena, &doc->tables[i]);
        audit_table(text.grids[i], findings, counts);
    }
    counts->sentences += doc->block_count;
    return text;
}

rk_status audit_files(struct rk_arena *arena, struct rk_diag *diag,
                      const char *const *paths, size_t count, const char *const *scales,
                      size_t scale_count, long small, struct audit_findings *out,
                      struct audit_counts *counts)
{
    struct audit_doc *docs = RK_ARRAY(arena, struct audit_doc, count + 1);
    struct audit_text *texts = RK_ARRAY(arena, struct audit_text, count + 1);
    struct audit_names *names = audit_names_new(arena);
    struct audit_scale *known;

    *out = (struct audit_findings){.arena = arena, .small = small};
    *counts = (struct audit_counts){0};
    RK_TRY(audit_scales_read(arena, diag, scales, scale_count, &known));
    for (size_t i = 0; i < count; i++) {
        RK_TRY(audit_doc_read(arena, diag, paths[i], &docs[i]));
        texts[i] = read_one(arena, diag, &docs[i], out, counts);
        audit_collect_names(&texts[i], names);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < sizeof text_checks / sizeof text_checks[0]; k++)
            text_checks[k](&texts[i]);
        audit_check_scales(&texts[i], known, scale_count);
        audit_check_claims(&texts[i], names);
    }
    audit_sort(out);
    return RK_OK;
}
