// SPDX-License-Identifier: MIT
#include "pipeline/contract/flow.h"

#include "pipeline/contract/contract_priv.h"
#include "pipeline/contract/package.h"

#include <string.h>

static const char *const flow_names[] = {"source", "step", "code", "reason", "rows", NULL};

static const struct package_field flow_fields[] = {
    {.name = "source", .type = "string"},
    {.name = "step",   .type = "string"},
    {.name = "code",   .type = "string", .description = "empty: the whole step"},
    {.name = "reason",                .type = "string"                },
    {.name = "rows",                .type = "integer"  },
};
const struct package_table package_flow = {
    .name = "flow",
    .path = "flow.csv",
    .description = "who left, where and why",
    .fields = flow_fields,
    .count = sizeof flow_fields / sizeof *flow_fields,
};

void flow_add(struct flow *flow, const char *source, const char *step, const char *code,
              const char *reason, long rows)
{
    RK_ROOM(flow->arena, flow->steps, flow->count, flow->cap);
    flow->steps[flow->count++] = (struct flow_step){
        .source = rk_arena_copy(flow->arena, source),
        .step = rk_arena_copy(flow->arena, step),
        .code = rk_arena_copy(flow->arena, code ? code : ""),
        .reason = rk_arena_copy(flow->arena, reason ? reason : ""),
        .rows = rows,
    };
}

long flow_rows(const struct flow *flow, const char *source, const char *step,
               const char *code)
{
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_step *at = &flow->steps[i];

        if (strcmp(at->source, source) == 0 && strcmp(at->step, step) == 0 &&
            strcmp(at->code, code ? code : "") == 0)
            return at->rows;
    }
    return 0;
}

rk_status flow_read(struct rk_run *run, const char *folder, struct flow *out)
{
    struct contract_table table;

    *out = (struct flow){.arena = run->arena};
    RK_TRY(contract_read(run, folder, "flow.csv", flow_names, &table));
    for (size_t row = 0; row < table.csv.rows; row++)
        flow_add(out, contract_text(&table, row, 0), contract_text(&table, row, 1),
                 contract_text(&table, row, 2), contract_text(&table, row, 3),
                 contract_long(&table, row, 4));
    return table.sound ? RK_OK : RK_WORLD;
}

void flow_write(const struct flow *flow, struct rk_csv_writer *writer)
{
    for (size_t i = 0; flow_names[i]; i++)
        rk_csv_cell(writer, flow_names[i]);
    rk_csv_end(writer);
    for (size_t i = 0; i < flow->count; i++) {
        const struct flow_step *step = &flow->steps[i];

        rk_csv_cell(writer, step->source);
        rk_csv_cell(writer, step->step);
        rk_csv_cell(writer, step->code);
        rk_csv_cell(writer, step->reason);
        rk_csv_long(writer, step->rows);
        rk_csv_end(writer);
    }
}
