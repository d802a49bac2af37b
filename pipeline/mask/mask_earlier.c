// SPDX-License-Identifier: MIT
#include "pipeline/mask/mask_earlier.h"

#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_number.h"
#include "pipeline/base/rk_out.h"

/* ---- the ledger ---- */

static rk_status read_states(struct rk_run *run, const char *path, struct mask_earlier *earlier)
{
    struct rk_csv_table table;
    const struct results *results = earlier->results;

    RK_TRY(rk_csv_table_read(run->arena, run->diag, path, &table));
    earlier->states = RK_ARRAY(run->arena, enum ledger_state, results->quantity_count + 1);
    earlier->shown = RK_ARRAY(run->arena, long, results->quantity_count + 1);
    for (size_t i = 0; i < results->quantity_count; i++)
        earlier->states[i] = LEDGER_HIDDEN;
    for (size_t i = 0; i < table.rows; i++) {
        char **row = &table.cells[i * table.columns];
        long at = rk_map_find(results->quantity_index, row[0]);
        if (table.columns < 2 || at < 0 || !ledger_state_parse(row[1], &earlier->states[at]) ||
            (earlier->states[at] == LEDGER_ROUNDED &&
             (table.columns < 3 || !rk_text_integer(row[2], &earlier->shown[at]))))
            return rk_fail(run->diag, RK_CHECK, RK_AT(path, table.lines[i], 0),
                           "names a count that the release has not, or no state of one; "
                           "the ledger was changed by hand");
    }
    return RK_OK;
}

static rk_status read_release(struct rk_run *run, const struct ledger_entry *entry,
                              struct mask_earlier *out)
{
    struct rk_run then = *run;

    then.out_dir = entry->folder;
    out->as_at = entry->as_at;
    RK_TRY(results_read(&then, "truth", &out->results));
    return read_states(run, rk_arena_printf(run->arena, "%s/states.csv", entry->folder), out);
}

rk_status mask_history_read(struct rk_run *run, const struct study *study,
                            struct mask_history *out)
{
    struct ledger ledger;

    RK_TRY(ledger_open(run, study, &ledger));
    *out = (struct mask_history){RK_ARRAY(run->arena, struct mask_earlier, ledger.count + 1),
                                 ledger.count};
    for (size_t i = 0; i < ledger.count; i++)
        RK_TRY(read_release(run, &ledger.entries[i], &out->releases[i]));
    return RK_OK;
}

/* ---- into the problem ---- */

size_t mask_history_room(const struct mask_history *history, const struct results *results)
{
    size_t counts = 0, n = history->count;

    for (size_t i = 0; i < n; i++)
        counts += history->releases[i].results->quantity_count * (n - i);
    return counts + (n ? results->quantity_count : 0) + mask_history_sums(history, results);
}

size_t mask_history_sums(const struct mask_history *history, const struct results *results)
{
    size_t sums = 0, n = history->count;

    for (size_t i = 0; i < n; i++)
        sums += history->releases[i].results->sum_count +
                history->releases[i].results->quantity_count * (n - i);
    return sums + (n ? results->quantity_count : 0);
}

/** What was published stays so; a small count that was masked is still held to the promise. */
static struct mask_unknown unknown_of(const struct mask_problem *problem,
                                      const struct mask_earlier *earlier, size_t at)
{
    const struct quantity *q = &earlier->results->quantities[at];
    bool published = earlier->states[at] == LEDGER_PUBLISHED;
    bool small = earlier->states[at] == LEDGER_MASKED && !q->open && q->people > 0 &&
                 q->people < problem->threshold;

    return (struct mask_unknown){
        .id = rk_arena_printf(problem->arena, "%s @ %s", q->id, earlier->as_at),
        .value = q->value,
        .people = q->people,
        .published = published || small || earlier->states[at] == LEDGER_ROUNDED,
        .rounded = earlier->states[at] == LEDGER_ROUNDED,
        .shown = earlier->shown[at],
        .open = !small, /* what is out is out */
    };
}

/** A release whose quantities stand in the problem from `first` on. */
struct stand {
    const struct results *results;
    const char *as_at;
    const enum ledger_state *states; /**< of each quantity; NULL: see the problem's unknowns */
    size_t first;
    bool out; /**< it cannot be changed any more */
};

/** Does a cell of the release speak of it, be it to hide it? */
static bool is_spoken_of(const struct mask_problem *problem, const struct stand *stand, size_t at)
{
    return stand->states ? stand->states[at] != LEDGER_HIDDEN
                         : problem->unknowns[stand->first + at].published;
}

/** What has come from `before` to `after`, where it is no less than nothing, and one of the two
 *  speaks of it. */
static rk_status add_growth(struct mask_problem *problem, const struct stand *before,
                            const struct stand *after)
{
    for (size_t i = 0; i < before->results->quantity_count; i++) {
        const struct quantity *then = &before->results->quantities[i];
        long at = rk_map_find(after->results->quantity_index, then->id);
        const struct quantity *now = at < 0 ? NULL : &after->results->quantities[at];
        if (!now || now->value < then->value ||
            !(is_spoken_of(problem, before, i) || is_spoken_of(problem, after, (size_t)at)))
            continue;
        size_t total = after->first + (size_t)at;
        size_t parts[2] = {before->first + i, problem->count};
        problem->unknowns[problem->count++] = (struct mask_unknown){
            .id = rk_arena_printf(problem->arena, "%s since %s", then->id, before->as_at),
            .value = now->value - then->value,
            .people = now->value - then->value,
            .open = after->out || now->open,
        };
        RK_TRY(mask_equation_add(problem, total, parts, 2));
    }
    return RK_OK;
}

static rk_status add_release(struct mask_problem *problem, const struct mask_earlier *earlier,
                             struct stand *out)
{
    const struct results *results = earlier->results;

    *out = (struct stand){results, earlier->as_at, earlier->states, problem->count, true};
    for (size_t i = 0; i < results->quantity_count; i++)
        problem->unknowns[problem->count++] = unknown_of(problem, earlier, i);
    return mask_sums_add(problem, results, out->first);
}

rk_status mask_history_add(const struct mask_history *history, const struct results *results,
                           struct mask_problem *problem)
{
    struct stand *stands = RK_ARRAY(problem->arena, struct stand, history->count + 1);

    for (size_t i = 0; i < history->count; i++)
        RK_TRY(add_release(problem, &history->releases[i], &stands[i]));
    stands[history->count] = (struct stand){results, "", NULL, 0, false};
    for (size_t i = 0; i < history->count; i++)
        for (size_t k = i + 1; k <= history->count; k++)
            RK_TRY(add_growth(problem, &stands[i], &stands[k]));
    return RK_OK;
}

/* ---- for the next release ---- */

static enum ledger_state state_of(const struct mask_unknown *u)
{
    return u->masked != MASK_NO ? LEDGER_MASKED
           : u->rounded          ? LEDGER_ROUNDED
           : u->published        ? LEDGER_PUBLISHED
                                 : LEDGER_HIDDEN;
}

rk_status mask_states_write(const struct mask_problem *problem, const struct results *results,
                            struct rk_out *out)
{
    struct rk_csv_writer writer = {.file = rk_out_open(out, "states.csv")};

    if (!writer.file)
        return RK_WORLD;
    rk_csv_cell(&writer, "quantity");
    rk_csv_cell(&writer, "state");
    rk_csv_cell(&writer, "shown");
    rk_csv_end(&writer);
    for (size_t i = 0; i < results->quantity_count; i++) {
        if (state_of(&problem->unknowns[i]) == LEDGER_HIDDEN)
            continue;
        rk_csv_cell(&writer, problem->unknowns[i].id);
        rk_csv_cell(&writer, ledger_state_name(state_of(&problem->unknowns[i])));
        if (state_of(&problem->unknowns[i]) == LEDGER_ROUNDED)
            rk_csv_long(&writer, problem->unknowns[i].shown);
        else
            rk_csv_cell(&writer, "");
        rk_csv_end(&writer);
    }
    return RK_OK;
}
