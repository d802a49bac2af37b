// SPDX-License-Identifier: MIT
/* How well dedupe found who is who, where the truth is known: precision, recall and F1 over
 * pairs after closing groups. */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_run.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/driver/driver.h"

#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "reckon linkage-score: precision, recall and F1 of dedupe against known truth\n"
    "\n"
    "  reckon linkage-score out people.csv id person\n"
    "  reckon linkage-score out dataset1.csv rec_id 'rec_id:rec-([0-9]+)-'\n"
    "\n"
    "Needs OUT of `reckon dedupe`, a CSV file with the truth, its column of references (as the\n"
    "key of people) and its column that says who each record is of; with :PATTERN the part of it\n"
    "that the first bracket of a POSIX extended expression catches. A pair counts when both\n"
    "records are in one group after dedupe. Pairs left to a person (decisions.csv) are counted\n"
    "apart. Exit status 1 when a reference is in the truth and not in OUT.\n";

struct scoring {
    struct rk_run *run;
    const char *truth_path;
    struct rk_map *references; /* of the truth */
    size_t *truth;             /* by reference: who it is of */
    long *group;               /* by reference: its person in OUT, -1: not there */
    size_t cap;
    struct rk_map *truths;
    bool has_pattern;
    regex_t pattern;
};

/* ---- the truth ---- */

static const char *caught(struct scoring *scoring, const char *text)
{
    regmatch_t match[2];

    if (!scoring->has_pattern) return text;
    if (regexec(&scoring->pattern, text, 2, match, 0) != 0 || match[1].rm_so < 0) return text;
    return rk_arena_copy_n(scoring->run->arena, text + match[1].rm_so,
                           (size_t)(match[1].rm_eo - match[1].rm_so));
}

static long heading(const struct rk_csv_row *row, const char *name)
{
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(rk_text_trim(row->cells[i]), name) == 0) return (long)i;
    return -1;
}

static rk_status need_heading(struct scoring *scoring, const struct rk_csv_row *row,
                              const char *name, long *out)
{
    *out = heading(row, name);
    if (*out >= 0) return RK_OK;
    return rk_fail(scoring->run->diag, RK_USAGE, RK_AT(scoring->truth_path, row->line, 0),
                   "there is no column \"%s\"", name);
}

static rk_status add_truth(struct scoring *scoring, const struct rk_csv_row *row, long id,
                           long who)
{
    struct rk_arena *arena = scoring->run->arena;
    size_t count = rk_map_count(scoring->references), at, old = scoring->cap;

    if (row->blank) return RK_OK;
    if (row->count <= (size_t)id || row->count <= (size_t)who)
        return rk_fail(scoring->run->diag, RK_CHECK, RK_AT(scoring->truth_path, row->line, 0),
                       "the row is too short");
    at = rk_map_add(scoring->references, rk_text_trim(row->cells[id]));
    if (at < count) return RK_OK;
    RK_ROOM(arena, scoring->truth, at, scoring->cap);
    if (scoring->cap != old) scoring->group = RK_ARRAY(arena, long, scoring->cap);
    scoring->truth[at] =
        rk_map_add(scoring->truths, caught(scoring, rk_text_trim(row->cells[who])));
    return RK_OK;
}

static rk_status read_truth(struct scoring *scoring, const char *id_name, const char *who_name)
{
    struct rk_csv_row row;
    struct rk_csv *csv;
    long id, who;
    rk_status status;

    RK_TRY(rk_csv_open(scoring->run->arena, scoring->run->diag, scoring->truth_path,
                       (struct rk_csv_options){0}, &csv));
    if (!rk_csv_next(csv, &row)) {
        rk_csv_close(csv);
        return rk_fail(scoring->run->diag, RK_CHECK, RK_AT(scoring->truth_path, 1, 0),
                       "the file is empty");
    }
    status = need_heading(scoring, &row, id_name, &id);
    if (status == RK_OK) status = need_heading(scoring, &row, who_name, &who);
    while (status == RK_OK && rk_csv_next(csv, &row))
        status = add_truth(scoring, &row, id, who);
    if (status == RK_OK) status = rk_csv_status(csv);
    rk_csv_close(csv);
    return status;
}

/* ---- what dedupe found ---- */

static rk_status read_groups(struct scoring *scoring)
{
    struct rk_map *people = rk_map_new(scoring->run->arena);
    struct rk_csv_table keys;
    long reference, person;

    RK_TRY(rk_csv_table_read(scoring->run->arena, scoring->run->diag,
                             rk_run_path(scoring->run, "20-people", "keys.csv"), &keys));
    reference = rk_csv_column(&keys, "reference");
    person = rk_csv_column(&keys, "person");
    for (size_t i = 0; i < rk_map_count(scoring->references); i++)
        scoring->group[i] = -1;
    for (size_t row = 0; reference >= 0 && person >= 0 && row < keys.rows; row++) {
        char *const *cells = keys.cells + row * keys.columns;
        long at = rk_map_find(scoring->references, cells[reference]);

        if (at >= 0) scoring->group[at] = (long)rk_map_add(people, cells[person]);
    }
    return RK_OK;
}

static rk_status check_there(const struct scoring *scoring)
{
    size_t missing = 0, count = rk_map_count(scoring->references);

    for (size_t i = 0; i < count; i++)
        missing += scoring->group[i] < 0;
    if (!missing) return RK_OK;
    return rk_fail(scoring->run->diag, RK_CHECK, RK_AT(scoring->truth_path, 0, 0),
                   "%zu of %zu references are not in 20-people/keys.csv; is it the truth of this "
                   "delivery?",
                   missing, count);
}

/* ---- pairs ---- */

static double pairs_of(double count)
{
    return count * (count - 1) / 2;
}

struct both {
    long first, second;
};

static int by_both(const void *a, const void *b)
{
    const struct both *left = a;
    const struct both *right = b;

    if (left->first != right->first) return left->first < right->first ? -1 : 1;
    return (left->second > right->second) - (left->second < right->second);
}

/* Pairs that agree in both numbers. */
static double count_pairs(struct both *items, size_t count)
{
    double pairs = 0;

    qsort(items, count, sizeof *items, by_both);
    for (size_t i = 0, here; i < count; i += here) {
        for (here = 1; i + here < count && by_both(&items[i], &items[i + here]) == 0;)
            here++;
        pairs += pairs_of((double)here);
    }
    return pairs;
}

static double count_agreeing(const struct scoring *scoring, bool truth, bool group)
{
    size_t count = rk_map_count(scoring->references);
    struct both *items = RK_ARRAY(scoring->run->arena, struct both, count + 1);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct both){truth ? (long)scoring->truth[i] : 0,
                                 group ? scoring->group[i] : 0};
    return count_pairs(items, count);
}

/* Pairs that were left to a person, and how many of them are true. */
static rk_status count_unsure(const struct scoring *scoring, long *unsure, long *right)
{
    struct rk_csv_table table;
    long a, b;

    *unsure = *right = 0;
    RK_TRY(rk_csv_table_read(scoring->run->arena, scoring->run->diag,
                             rk_run_path(scoring->run, "20-people", "decisions.csv"), &table));
    a = rk_csv_column(&table, "a");
    b = rk_csv_column(&table, "b");
    for (size_t row = 0; a >= 0 && b >= 0 && row < table.rows; row++) {
        char *const *cells = table.cells + row * table.columns;
        long left = rk_map_find(scoring->references, cells[a]);
        long other = rk_map_find(scoring->references, cells[b]);

        if (left < 0 || other < 0 || scoring->group[left] == scoring->group[other]) continue;
        ++*unsure;
        *right += scoring->truth[left] == scoring->truth[other];
    }
    return RK_OK;
}

static void print_score(const struct scoring *scoring, long unsure, long unsure_right)
{
    double truth = count_agreeing(scoring, true, false);
    double found = count_agreeing(scoring, false, true);
    double right = count_agreeing(scoring, true, true);
    double precision = found > 0 ? right / found : NAN, recall = truth > 0 ? right / truth : NAN;
    double f1 = truth + found > 0 ? 2 * right / (truth + found) : NAN;
    const char *format =
        scoring->run->json
            ? "{\"records\": %zu, \"true_pairs\": %.0f, \"found_pairs\": %.0f, "
              "\"right_pairs\": %.0f, \"precision\": %.4f, \"recall\": %.4f, \"f1\": %.4f, "
              "\"unsure_pairs\": %ld, \"unsure_true\": %ld}\n"
            : "records      %zu\ntrue pairs   %.0f\nfound pairs  %.0f\nof them right %.0f\n"
              "precision    %.4f\nrecall       %.4f\nF1           %.4f\n"
              "left to a person %ld, of them true %ld\n";

    printf(format, rk_map_count(scoring->references), truth, found, right,
           isnan(precision) ? 0 : precision, isnan(recall) ? 0 : recall, isnan(f1) ? 0 : f1,
           unsure, unsure_right);
}

static rk_status compile(struct scoring *scoring, const char *pattern)
{
    if (!pattern) return RK_OK;
    if (regcomp(&scoring->pattern, pattern, REG_EXTENDED) != 0)
        return rk_fail(scoring->run->diag, RK_USAGE, RK_NOWHERE,
                       "\"%s\" is no extended regular expression", pattern);
    scoring->has_pattern = true;
    return RK_OK;
}

static rk_status score(struct rk_run *run, const char **operands)
{
    struct scoring scoring = {.run = run, .truth_path = operands[1]};
    const char *colon = strchr(operands[3], ':');
    const char *who = colon ? rk_arena_copy_n(run->arena, operands[3],
                                              (size_t)(colon - operands[3]))
                            : operands[3];
    long unsure, right;
    rk_status status;

    run->out_dir = operands[0];
    scoring.references = rk_map_new(run->arena);
    scoring.truths = rk_map_new(run->arena);
    RK_TRY(compile(&scoring, colon ? colon + 1 : NULL));
    status = read_truth(&scoring, operands[2], who);
    if (scoring.has_pattern) regfree(&scoring.pattern);
    RK_TRY(status);
    RK_TRY(read_groups(&scoring));
    RK_TRY(check_there(&scoring));
    RK_TRY(count_unsure(&scoring, &unsure, &right));
    print_score(&scoring, unsure, right);
    return RK_OK;
}

int driver_linkage_score(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon linkage-score", usage,
                                            "OUT, a file with the truth and two of its columns",
                                            4, false, score};

    return driver_verb(argc, argv, &verb);
}
