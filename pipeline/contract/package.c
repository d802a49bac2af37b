// SPDX-License-Identifier: MIT
#include "pipeline/contract/package.h"

#include "pipeline/base/rk_cleanup.h"

#include <jansson.h>
#include <stdlib.h>

/* Into an object under `key`, or (NULL) to the end of a list; the value goes with its
 * owner. */
static json_t *put(json_t *into, const char *key, json_t *value)
{
    int failed = 0;

    if (!value) rk_out_of_memory();
    if (into)
        failed = key ? json_object_set_new(into, key, value)
                     : json_array_append_new(into, value);
    if (failed) rk_out_of_memory();
    return value;
}

static void put_text(json_t *into, const char *key, const char *text)
{
    if (text) put(into, key, json_string(text));
}

static void put_values(json_t *node, const struct package_field *field)
{
    json_t *list = put(put(node, "constraints", json_object()), "enum", json_array());

    for (size_t i = 0; i < field->value_count; i++)
        put_text(list, NULL, field->values[i]);
}

static void put_field(json_t *list, const struct package_field *field)
{
    json_t *node = put(list, NULL, json_object());

    put_text(node, "name", field->name);
    put_text(node, "type", field->type);
    put_text(node, "description", field->description);
    if (field->value_count) put_values(node, field);
}

static void put_schema(json_t *node, const struct package_table *table)
{
    json_t *schema = put(node, "schema", json_object());
    json_t *fields = put(schema, "fields", json_array());

    for (size_t i = 0; i < table->count; i++)
        put_field(fields, &table->fields[i]);
    put_text(put(schema, "missingValues", json_array()), NULL, "");
    put_text(schema, "primaryKey", table->key);
}

static void put_table(json_t *list, const struct package_table *table)
{
    json_t *node = put(list, NULL, json_object());

    put_text(node, "name", table->name);
    put_text(node, "path", table->path);
    put_text(node, "profile", "tabular-data-resource");
    put_text(node, "format", "csv");
    put_text(node, "mediatype", "text/csv");
    put_text(node, "encoding", "utf-8");
    put_text(node, "description", table->description);
    put_schema(node, table);
}

rk_status package_write(struct rk_out *out, const char *name, const char *title,
                        const struct package_table *tables, size_t count)
{
    FILE *file = rk_out_open(out, "datapackage.json");
    json_t *root, *resources;
    char *text;

    if (!file) return RK_WORLD;
    root = put(NULL, NULL, json_object());
    put_text(root, "profile", "tabular-data-package");
    put_text(root, "name", name);
    put_text(root, "title", title);
    resources = put(root, "resources", json_array());
    for (size_t i = 0; i < count; i++)
        put_table(resources, &tables[i]);
    text = json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    if (!text) rk_out_of_memory();
    fprintf(file, "%s\n", text);
    free(text);
    return RK_OK;
}
