// SPDX-License-Identifier: MIT
#include "pipeline/contract/package.h"

#include "pipeline/contract/jdoc.h"

static void put_values(struct jnode *node, const struct package_field *field)
{
    struct jnode *list = jdoc_list(jdoc_object(node, "constraints"), "enum");

    for (size_t i = 0; i < field->value_count; i++)
        jdoc_text(list, NULL, field->values[i]);
}

static void put_field(struct jnode *list, const struct package_field *field)
{
    struct jnode *node = jdoc_object(list, NULL);

    jdoc_text(node, "name", field->name);
    jdoc_text(node, "type", field->type);
    if (field->description) jdoc_text(node, "description", field->description);
    if (field->value_count) put_values(node, field);
}

static void put_table(struct jnode *list, const struct package_table *table)
{
    struct jnode *node = jdoc_object(list, NULL);
    struct jnode *schema, *fields;

    jdoc_text(node, "name", table->name);
    jdoc_text(node, "path", table->path);
    jdoc_text(node, "profile", "tabular-data-resource");
    jdoc_text(node, "format", "csv");
    jdoc_text(node, "mediatype", "text/csv");
    jdoc_text(node, "encoding", "utf-8");
    if (table->description) jdoc_text(node, "description", table->description);
    schema = jdoc_object(node, "schema");
    fields = jdoc_list(schema, "fields");
    for (size_t i = 0; i < table->count; i++)
        put_field(fields, &table->fields[i]);
    jdoc_text(jdoc_list(schema, "missingValues"), NULL, "");
    if (table->key) jdoc_text(schema, "primaryKey", table->key);
}

rk_status package_write(struct rk_arena *arena, struct rk_out *out, const char *name,
                        const char *title, const struct package_table *tables, size_t count)
{
    FILE *file = rk_out_open(out, "datapackage.json");
    struct jnode *root, *resources;

    if (!file) return RK_WORLD;
    root = jdoc_new();
    jdoc_text(root, "profile", "tabular-data-package");
    jdoc_text(root, "name", name);
    jdoc_text(root, "title", title);
    resources = jdoc_list(root, "resources");
    for (size_t i = 0; i < count; i++)
        put_table(resources, &tables[i]);
    fputs(jdoc_print(arena, root), file);
    jdoc_free(root);
    return RK_OK;
}
