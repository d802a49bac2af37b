// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_text.h"
#include "pipeline/clean/clean_cells.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_ledger.h"

#include <math.h>
#include <string.h>

/* One kind of message for each kind of fault, so that repeats are grouped by it. */
static const struct {
    const char *rule;
    const char *what; /* behind the value; %s: the limits */
    const char *shown, *hidden;
} faults[] = {
    [FAULT_DATE] = {"not_a_date",         "is not a date (%s)",
                    "%s \"%s\" is not a date (%s); cell emptied",         "%s is not a date (%s); value not shown, cell emptied"        },
    [FAULT_AMBIGUOUS] =
        {"ambiguous_date",     "could be day first or month first%s",
                    "%s \"%s\" could be day first or month first, and this column has "
         "both%s; cell emptied",                                          "%s could be day first or month first, and this column has both%s; "
         "value not shown, cell emptied"                                                                },
    [FAULT_LIMITS] = {"outside",            "lies outside %s",
                    "%s \"%s\" lies outside %s; cell emptied",            "%s lies outside %s; value not shown, cell emptied"           },
    [FAULT_BEFORE] = {"too_late",           "is later than %s",
                    "%s \"%s\" is later than %s; cell emptied",           "%s is later than %s; value not shown, cell emptied"          },
    [FAULT_AFTER] = {"too_early",          "is earlier than %s",
                    "%s \"%s\" is earlier than %s; cell emptied",         "%s is earlier than %s; value not shown, cell emptied"        },
    [FAULT_NUMBER] = {"not_a_number",       "is not a number%s",
                    "%s \"%s\" is not a number%s; cell emptied",          "%s is not a number%s; value not shown, cell emptied"         },
    [FAULT_INTEGER] = {"not_a_whole_number", "is not a whole number%s",
                    "%s \"%s\" is not a whole number%s; cell emptied",    "%s is not a whole number%s; value not shown, cell emptied"   },
    [FAULT_PATTERN] = {"pattern",            "does not match %s",
                    "%s \"%s\" does not match %s; cell emptied",          "%s does not match %s; value not shown, cell emptied"         },
    [FAULT_SPREADSHEET] = {"spreadsheet_error",  "is a spreadsheet's error, no value%s",
                    "%s \"%s\" is a spreadsheet's error, no value%s; cell emptied",
                    "%s is a spreadsheet's error, no value%s; cell emptied"                       },
    [FAULT_CODE] = {"unknown_code",       "is not in the code list %s",
                    "%s \"%s\" is not in the code list %s; cell emptied", "%s is not in the code list %s; value not shown, cell emptied"},
};

static const char *limit_text(struct rk_arena *arena, enum column_type type, double limit)
{
    char text[32];

    if (isnan(limit)) return "";
    if (type == COLUMN_DATE) return rk_arena_copy(arena, rk_date_text(text, (long)limit));
    return rk_arena_copy(arena, rk_text_double(text, limit));
}

static const char *limits_text(struct rk_arena *arena, const struct study_column *column)
{
    if (isnan(column->lowest))
        return rk_arena_printf(arena, "up to %s",
                               limit_text(arena, column->type, column->highest));
    return rk_arena_printf(arena, "%s to %s",
                           limit_text(arena, column->type, column->lowest),
                           limit_text(arena, column->type, column->highest));
}

static const char *formats_text(struct rk_arena *arena, const struct study_column *column)
{
    const char *text = "";

    for (size_t i = 0; i < column->format_count; i++)
        text = rk_arena_printf(arena, "%s%s%s", text, i ? ", " : "", column->formats[i]);
    return text;
}

/* What the value was measured by. */
static const char *measure(struct clean_source *source, const struct clean_column *column,
                           enum clean_fault fault, const char *old)
{
    switch (fault) {
    case FAULT_DATE:
        return formats_text(source->scratch, column->declared);
    case FAULT_LIMITS:
        return limits_text(source->scratch, column->declared);
    case FAULT_BEFORE:
        return column->declared->before;
    case FAULT_AFTER:
        return column->declared->after;
    case FAULT_PATTERN:
        return column->declared->pattern;
    case FAULT_CODE:
        return column->declared->codes->name;
    case FAULT_SPREADSHEET:
        return strcmp(old, EXTRACT_NOT_CALCULATED) == 0
                   ? " but a formula that was never calculated: open the workbook and save it"
                   : "";
    default:
        return "";
    }
}

void clean_field_fault(struct clean_source *source, size_t column, enum clean_fault fault)
{
    struct clean_column *at = &source->columns[column];
    struct clean_cell *cell = &source->cells[column];
    struct rk_place place = RK_AT(source->path, source->line, (size_t)(at->cell + 1));
    const char *by = measure(source, at, fault, cell->old), *what;

    cell->value = (struct value){VALUE_INVALID, NAN, NULL};
    source->counts[column].invalid++;
    cell->told = true;
    what = rk_arena_printf(source->scratch, faults[fault].what, by);
    clean_ledger_cell(source, at->declared->name, faults[fault].rule, cell->old, "", what);
    clean_cells_list(source, column, what);
    if (at->declared->private)
        rk_diag_say(source->run->diag, RK_DIAG_WARNING, place, faults[fault].hidden,
                    at->declared->name, by);
    else
        rk_diag_say(source->run->diag, RK_DIAG_WARNING, place, faults[fault].shown,
                    at->declared->name, cell->old, by);
}
