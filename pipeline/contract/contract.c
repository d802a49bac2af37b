// SPDX-License-Identifier: MIT
#include "pipeline/contract/contract_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/manifest.h"

#include <math.h>
#include <unistd.h>

static rk_status find_columns(struct rk_run *run, const char *path,
                              const char *const *names, struct contract_table *table)
{
    size_t count = 0;

    while (names[count])
        count++;
    table->columns = RK_ARRAY(run->arena, long, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool optional = names[i][0] == '?';
        const char *name = names[i] + optional;

        table->columns[i] = rk_csv_column(&table->csv, name);
        if (table->columns[i] < 0 && !optional)
            return rk_fail(run->diag, RK_WORLD, RK_AT(path, 1, 0),
                           "there is no column \"%s\"; `reckon %s` writes it again", name,
                           manifest_writer(path));
    }
    return RK_OK;
}

rk_status contract_read(struct rk_run *run, const char *folder, const char *file,
                        const char *const *names, struct contract_table *out)
{
    const char *path = rk_run_path(run, folder, file);

    *out = (struct contract_table){.run = run, .sound = true};
    if (!contract_exists(run, folder, file))
        return rk_fail(run->diag, RK_WORLD, RK_AT(path, 0, 0),
                       "is not there; `reckon %s` writes it, `reckon run` all that is needed",
                       manifest_writer(path));
    RK_TRY(rk_csv_table_read(run->arena, run->diag, path, &out->csv));
    return find_columns(run, path, names, out);
}

bool contract_exists(const struct rk_run *run, const char *folder, const char *file)
{
    return access(rk_run_path(run, folder, file), F_OK) == 0;
}

const char *contract_text(const struct contract_table *table, size_t row, size_t name)
{
    long column = table->columns[name];

    return column < 0 ? "" : table->csv.cells[row * table->csv.columns + (size_t)column];
}

struct rk_place contract_place(const struct contract_table *table, size_t row, size_t name)
{
    return RK_AT(table->csv.path, table->csv.lines[row],
                 (size_t)(table->columns[name] + 1));
}

double contract_double(struct contract_table *table, size_t row, size_t name)
{
    const char *text = contract_text(table, row, name);
    double value = NAN;

    if (*text && !rk_text_number(text, &value)) {
        rk_diag_say(table->run->diag, RK_DIAG_ERROR, contract_place(table, row, name),
                    "\"%s\" is not a number", text);
        table->sound = false;
    }
    return value;
}

long contract_long(struct contract_table *table, size_t row, size_t name)
{
    const char *text = contract_text(table, row, name);
    long value = -1;

    if (*text && !rk_text_integer(text, &value)) {
        rk_diag_say(table->run->diag, RK_DIAG_ERROR, contract_place(table, row, name),
                    "\"%s\" is not a whole number", text);
        table->sound = false;
    }
    return value;
}
