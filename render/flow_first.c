// SPDX-License-Identifier: MIT
/* The page before the contents, which a commissioner reads: set a little smaller when that
 * makes one page of it. */
#include "render/flow_priv.h"

#include <string.h>

/* No smaller than this: beyond it the words are too many, not too large. */
static const double scales[] = {1, 0.97, 0.94, 0.91, 0.88};

static void scale_all(double *const *values, size_t count, double scale)
{
    for (size_t i = 0; i < count; i++)
        *values[i] *= scale;
}

static struct theme scaled(const struct theme *theme, double scale)
{
    struct theme small = *theme;
    double *const values[] = {
        &small.size,       &small.leading,      &small.gap,        &small.list_indent,
        &small.block_gap,  &small.caption_size, &small.table_size, &small.table_padding,
        &small.small_size, &small.note_size,
    };

    scale_all(values, sizeof values / sizeof values[0], scale);
    for (size_t i = 0; i < 3; i++) {
        struct theme_heading *heading = &small.heading[i];
        /* Space gives way sooner than letters. */
        double *const sizes[] = {&heading->size, &heading->leading};
        double *const spaces[] = {&heading->above, &heading->below};

        scale_all(sizes, 2, scale);
        scale_all(spaces, 2, scale * scale);
    }
    return small;
}

size_t flow_first_blocks(const struct flow *flow)
{
    size_t count = 0;

    while (count < flow->front_end && flow->doc->blocks[count]->kind != DOC_CONTENTS)
        count++;
    return count;
}

/* Pages that the blocks take in a theme; everything made for it is thrown away. 0: it
 * failed, flow->status says why. */
static size_t pages_in(struct flow *flow, const struct theme *theme, size_t blocks)
{
    struct flow trial = *flow;
    struct list list = {0};
    struct pdf_info info = {.title = NULL};

    flow->status = pdf_open(flow->arena, flow->diag, flow->fonts, &info, &trial.pdf);
    if (flow->status != RK_OK) return 0;
    trial.theme = theme;
    trial.trace = NULL;
    trial.plans = NULL;
    trial.plan_count = trial.plan_cap = 0;
    trial.anchors = rk_map_new(flow->arena);
    trial.anchor_plan = NULL;
    trial.anchor_cap = 0;
    trial.notes = RK_ARRAY(flow->arena, struct note, flow->doc->note_count);
    trial.parent = pdf_tag(trial.pdf, NULL, PDF_SECTION);
    flow_start_list(&trial, &list);
    flow_blocks(&trial, flow->doc->blocks, blocks);
    flow_paginate(&trial, &list, true);
    pdf_abandon(trial.pdf);
    flow->status = trial.status;
    return trial.status == RK_OK ? trial.plan_count : 0;
}

const struct theme *flow_first_theme(struct flow *flow)
{
    size_t blocks = flow_first_blocks(flow);

    if (blocks == 0 || flow->theme->cover == THEME_COVER_BLOCK) return flow->theme;
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        struct theme *small = RK_NEW(flow->arena, struct theme);
        size_t pages;

        *small = scaled(flow->theme, scales[i]);
        pages = pages_in(flow, small, blocks);
        if (pages == 1) return i == 0 ? flow->theme : small;
        if (flow->status != RK_OK) break;
    }
    return flow->theme;
}
