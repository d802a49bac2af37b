// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_package.h"

static const struct package_field about_fields[] = {
    {.name = "key",
     .type = "string",
     .description = "study, as_at, suppress_below, round_base, masked, or exempt: a result that is printed "
                    "whatever its size"},
    {.name = "value", .type = "string"},
    {.name = "reason", .type = "string", .description = "why it is exempt"},
};
static const struct package_table package_about = {
    .name = "release",
    .path = "release.csv",
    .description = "what is promised about the small numbers",
    .fields = about_fields,
    .count = sizeof about_fields / sizeof *about_fields,
};

static struct package_field *fields_of(struct rk_arena *arena, const struct mask_sheet *sheet)
{
    struct package_field *fields =
        RK_ARRAY(arena, struct package_field, sheet->column_count + 2);

    fields[0] = (struct package_field){.name = "row", .type = "string"};
    fields[1] = (struct package_field){.name = "row_label", .type = "string"};
    for (size_t i = 0; i < sheet->column_count; i++)
        fields[i + 2] = (struct package_field){
            .name = rk_arena_copy(arena, sheet->columns[i].code), .type = "string"};
    return fields;
}

void mask_tables_add(struct rk_arena *arena, struct mask_tables *tables, const char *result,
                     const struct mask_sheet *sheet)
{
    RK_ROOM(arena, tables->all, tables->count, tables->cap);
    tables->all[tables->count++] = (struct package_table){
        .name = rk_arena_printf(arena, "table-%s", result),
        .path = rk_arena_printf(arena, "tables/%s.csv", result),
        .description = "a number, or its mark: [c], [x], [z]",
        .fields = fields_of(arena, sheet),
        .count = sheet->column_count + 2,
        .key = "row",
    };
}

rk_status mask_package(struct rk_run *run, const struct about *about,
                       const struct mask_tables *tables, struct rk_out *out)
{
    struct package_table *all = RK_ARRAY(run->arena, struct package_table, tables->count + 3);
    size_t count = 0;

    all[count++] = package_cells;
    all[count++] = package_bases;
    all[count++] = package_about;
    for (size_t i = 0; i < tables->count; i++)
        all[count++] = tables->all[i];
    return package_write(out, rk_arena_printf(run->arena, "%s-release", about->study),
                         about->masked ? "Results as they may be published"
                                       : "Internal results: nothing is masked, not for publication",
                         all, count);
}
