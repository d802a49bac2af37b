// SPDX-License-Identifier: MIT
/* Many questions from a file, as a test bench asks them; the answers as CSV. */
#include "pipeline/driver/stat_priv.h"

#include <string.h>

/* Answers already given, by "method<TAB>input": a case file asks the same under many
 * ids. */
struct answers {
    struct rk_map *asked;
    struct stat_call **given;
    size_t n, cap;
};

static const struct stat_call *answer_once(struct stat_session *session,
                                           struct answers *answers, const char *method,
                                           const char *input)
{
    const char *question = rk_arena_printf(session->arena, "%s\t%s", method, input);
    long known = rk_map_find(answers->asked, question);
    if (known >= 0) return answers->given[known];

    rk_map_add(answers->asked, question);
    RK_ROOM(session->arena, answers->given, answers->n, answers->cap);
    return answers->given[answers->n++] =
               stat_answer(session, session->arena, method, input);
}

static void write_one(struct rk_csv_writer *csv, const char *id, const char *method,
                      const struct stat_quantity *quantity)
{
    rk_csv_cell(csv, id);
    rk_csv_cell(csv, method);
    stat_print_value(csv, quantity);
    rk_csv_end(csv);
}

static void write_answer(struct rk_csv_writer *csv, const char *id, const char *method,
                         const struct stat_call *call)
{
    if (call->state != STAT_ANSWERED) {
        write_one(csv, id, method,
                  &(struct stat_quantity){"error", 0, call->reason, false});
        return;
    }
    for (size_t i = 0; i < call->n_quantities; i++)
        write_one(csv, id, method, &call->quantities[i]);
}

rk_status stat_cases(struct stat_session *session, const char *path, FILE *out)
{
    struct rk_csv_table cases;
    struct rk_csv_writer csv = {.file = out};
    struct answers answers = {rk_map_new(session->arena), NULL, 0, 0};

    RK_TRY(rk_csv_table_read(session->arena, session->diag, path, &cases));
    long id = rk_csv_column(&cases, "id"), method = rk_csv_column(&cases, "method"),
         input = rk_csv_column(&cases, "input");
    if (id < 0 || method < 0 || input < 0)
        return rk_fail(session->diag, RK_USAGE, RK_AT(path, 1, 0),
                       "a case file has the columns id, method and input");

    const char *slash = strrchr(path, '/');
    session->folder =
        slash ? rk_arena_copy_n(session->arena, path, (size_t)(slash - path) + 1) : "";
    fputs("id,method,quantity,value\n", out);
    for (size_t r = 0; r < cases.rows; r++) {
        char **cells = cases.cells + r * cases.columns;
        write_answer(&csv, cells[id], cells[method],
                     answer_once(session, &answers, cells[method], cells[input]));
    }
    return RK_OK;
}
