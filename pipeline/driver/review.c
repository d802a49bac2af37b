// SPDX-License-Identifier: MIT
/* What dedupe could not tell, pair by pair, and what a person says to it. */
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_file.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/study.h"
#include "pipeline/driver/driver.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "reckon review: answer, pair by pair, what dedupe could not tell\n"
    "\n"
    "  reckon review config/working-well -o out\n"
    "  printf 's\\nd\\nq\\n' | reckon review config/working-well -o out\n"
    "\n"
    "Shows both records of each open pair of OUT/20-people/decisions.csv with the evidence, and\n"
    "asks: s same person, d different people, u cannot be told, k or an empty line: later,\n"
    "b back, q quit. Each answer is kept at once in the study's `answers` file\n"
    "(OUT/decisions/answers.csv); `reckon run` or `reckon dedupe` applies it, to later deliveries,\n"
    "too, until one of the two records changes. Names are shown here and nowhere else.\n";

enum column { SOURCE, A, B, LINE_A, LINE_B, CHANCE, WHY, EVIDENCE, EXPLANATION, MARK_A, MARK_B,
              ANSWER, COLUMNS };
static const char *const names[COLUMNS] = {
    "source", "a",        "b",           "file_line_a", "file_line_b", "chance",
    "why",    "evidence", "explanation", "mark_a",      "mark_b",      "answer"};

/* What an answers file holds of each pair. */
static const enum column kept[] = {SOURCE, A, B, MARK_A, MARK_B, ANSWER};
enum { KEPT = sizeof kept / sizeof *kept };

/* A clean file, and where each row of an extract is in it. */
struct records {
    const struct study_source *source;
    struct rk_csv_table table;
    struct rk_map *lines;
};

struct review {
    struct rk_run *run;
    const struct study *study;
    struct rk_csv_table pairs;
    long columns[COLUMNS];
    size_t *order; /* open pairs, the likeliest first */
    size_t open;
    struct records *records; /* by source, as they are asked for */
    const char ***answers;   /* rows of KEPT texts */
    size_t answer_count, answer_cap;
    const char *path;
    long given;
};

static const char *cell(const struct review *review, size_t row, enum column column)
{
    return review->pairs.cells[row * review->pairs.columns + (size_t)review->columns[column]];
}

/* ---- the pairs ---- */

static int by_chance(const void *a, const void *b, void *context)
{
    const struct review *review = context;
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    double chance_a = strtod(cell(review, left, CHANCE), NULL);
    double chance_b = strtod(cell(review, right, CHANCE), NULL);

    if (chance_a != chance_b) return chance_a < chance_b ? 1 : -1;
    return (left > right) - (left < right);
}

static rk_status read_pairs(struct review *review)
{
    struct rk_run *run = review->run;
    const char *path = rk_run_path(run, "20-people", "decisions.csv");

    if (access(path, F_OK) != 0)
        return rk_fail(run->diag, RK_WORLD, RK_AT(path, 0, 0),
                       "not there; a study with `dedupe` writes it: reckon dedupe %s -o %s",
                       run->study_dir, run->out_dir);
    RK_TRY(rk_csv_table_read(run->arena, run->diag, path, &review->pairs));
    for (int i = 0; i < COLUMNS; i++) {
        review->columns[i] = rk_csv_column(&review->pairs, names[i]);
        if (review->columns[i] < 0)
            return rk_fail(run->diag, RK_WORLD, RK_AT(path, 1, 0),
                           "there is no column \"%s\"; `reckon dedupe` writes it again",
                           names[i]);
    }
    review->order = RK_ARRAY(run->arena, size_t, review->pairs.rows + 1);
    for (size_t row = 0; row < review->pairs.rows; row++)
        if (!*cell(review, row, ANSWER)) review->order[review->open++] = row;
    qsort_r(review->order, review->open, sizeof *review->order, by_chance, review);
    return RK_OK;
}

/* ---- the records behind them ---- */

static rk_status read_records(struct review *review, const struct study_source *source,
                              struct records **out)
{
    struct rk_run *run = review->run;
    struct records *records = &review->records[source - review->study->sources];
    const char *file = rk_arena_printf(run->arena, "%s.csv", source->name);
    long line;

    *out = records;
    if (records->source) return RK_OK;
    RK_TRY(rk_csv_table_read(run->arena, run->diag, rk_run_path(run, "10-clean", file),
                             &records->table));
    records->source = source;
    records->lines = rk_map_new(run->arena);
    line = rk_csv_column(&records->table, "file_line");
    for (size_t row = 0; line >= 0 && row < records->table.rows; row++)
        rk_map_add(records->lines,
                   records->table.cells[row * records->table.columns + (size_t)line]);
    return RK_OK;
}

static const char *value_of(const struct records *records, const char *line, const char *name)
{
    long row = rk_map_find(records->lines, line), column = rk_csv_column(&records->table, name);

    return row < 0 || column < 0
               ? ""
               : records->table.cells[(size_t)row * records->table.columns + (size_t)column];
}

/* Control characters of an extract do not reach the terminal. */
static const char *printable(struct review *review, const char *text)
{
    char *copy = rk_arena_copy(review->run->arena, text);

    for (char *at = copy; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = '?';
    return copy;
}

static rk_status show(struct review *review, size_t number)
{
    size_t row = review->order[number];
    const struct study_source *source = study_source(review->study, cell(review, row, SOURCE));
    struct records *records, *people;

    if (!source || !source->linkage)
        return rk_fail(review->run->diag, RK_STUDY, RK_NOWHERE,
                       "the study has no `dedupe` for \"%s\"", cell(review, row, SOURCE));
    RK_TRY(read_records(review, source, &records));
    RK_TRY(read_records(review, source->link ? review->study->people : source, &people));
    printf("\n%zu of %zu   %s   chance %s%s%s\n", number + 1, review->open, source->name,
           cell(review, row, CHANCE), *cell(review, row, WHY) ? "   " : "",
           cell(review, row, WHY));
    printf("  %-16s %-32s %s\n", "", printable(review, cell(review, row, A)),
           printable(review, cell(review, row, B)));
    for (size_t i = 0; i < source->linkage->field_count; i++) {
        const struct link_field *field = &source->linkage->fields[i];

        printf("  %-16s %-32s %s\n", field->name,
               printable(review, value_of(people, cell(review, row, LINE_A),
                                          source->link && field->as ? field->as : field->name)),
               printable(review, value_of(records, cell(review, row, LINE_B), field->name)));
    }
    printf("  %s\n  %s\n", cell(review, row, EVIDENCE), cell(review, row, EXPLANATION));
    return RK_OK;
}

/* ---- the answers ---- */

static rk_status read_answers(struct review *review)
{
    struct rk_run *run = review->run;
    struct rk_csv_table table;

    if (access(review->path, F_OK) != 0) return RK_OK;
    RK_TRY(rk_csv_table_read(run->arena, run->diag, review->path, &table));
    for (size_t row = 0; row < table.rows; row++) {
        const char **texts = RK_ARRAY(run->arena, const char *, KEPT);

        for (size_t i = 0; i < KEPT; i++) {
            long column = rk_csv_column(&table, names[kept[i]]);

            texts[i] = column < 0 ? "" : table.cells[row * table.columns + (size_t)column];
        }
        RK_ROOM(run->arena, review->answers, review->answer_count, review->answer_cap);
        review->answers[review->answer_count++] = texts;
    }
    return RK_OK;
}

static const char **find_answer(struct review *review, size_t row)
{
    const char **texts;

    for (size_t i = 0; i < review->answer_count; i++) {
        texts = review->answers[i];
        if (strcmp(texts[0], cell(review, row, SOURCE)) == 0 &&
            strcmp(texts[1], cell(review, row, A)) == 0 &&
            strcmp(texts[2], cell(review, row, B)) == 0)
            return texts;
    }
    texts = RK_ARRAY(review->run->arena, const char *, KEPT);
    RK_ROOM(review->run->arena, review->answers, review->answer_count, review->answer_cap);
    review->answers[review->answer_count++] = texts;
    return texts;
}

static rk_status make_folder(struct review *review)
{
    const char *slash = strrchr(review->path, '/');
    const char *folder = rk_arena_copy_n(review->run->arena, review->path,
                                         (size_t)(slash - review->path));

    if (mkdir(folder, 0700) == 0 || errno == EEXIST) return RK_OK;
    return rk_file_fail(review->run->diag, folder, "make");
}

static rk_status write_answers(struct review *review)
{
    char *text = NULL;
    size_t bytes = 0;
    struct rk_csv_writer writer = {.file = open_memstream(&text, &bytes)};
    rk_status status;

    if (!writer.file) return rk_file_fail(review->run->diag, review->path, "write");
    for (size_t i = 0; i < KEPT; i++)
        rk_csv_cell(&writer, names[kept[i]]);
    rk_csv_end(&writer);
    for (size_t row = 0; row < review->answer_count; row++) {
        for (size_t i = 0; i < KEPT; i++)
            rk_csv_cell(&writer, review->answers[row][i]);
        rk_csv_end(&writer);
    }
    fclose(writer.file);
    status = make_folder(review);
    if (status == RK_OK)
        status = rk_out_file(review->run->diag, review->path, text, bytes, 0600);
    free(text);
    return status;
}

static rk_status keep_answer(struct review *review, size_t row, const char *answer)
{
    const char **texts = find_answer(review, row);

    for (size_t i = 0; i + 1 < KEPT; i++)
        texts[i] = cell(review, row, kept[i]);
    texts[KEPT - 1] = answer;
    review->given++;
    return write_answers(review);
}

/* ---- the conversation ---- */

static const struct {
    char key;
    const char *word;
} choices[] = {{'s', "same"}, {'d', "different"}, {'u', "unsure"}};

static const char *chosen(char key)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (choices[i].key == key) return choices[i].word;
    return NULL;
}

static rk_status talk(struct review *review)
{
    char line[64] = "";
    size_t at = 0;

    while (at < review->open) {
        RK_TRY(show(review, at));
        fputs("same, different, unsure, later (k), back, quit? [s/d/u/k/b/q] ", stdout);
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin) || line[0] == 'q') break;
        if (chosen(line[0])) {
            RK_TRY(keep_answer(review, review->order[at], chosen(line[0])));
            at++;
        } else if (line[0] == 'b') {
            at -= at > 0;
        } else if (line[0] == 'k' || line[0] == '\n') {
            at++;
        } else {
            puts("  please answer s, d, u, k, b or q");
        }
    }
    return RK_OK;
}

static rk_status review_pairs(struct rk_run *run, const char **operands)
{
    struct review review = {.run = run};

    (void)operands;
    RK_TRY(study_open(run, &review.study));
    review.records = RK_ARRAY(run->arena, struct records, review.study->source_count);
    for (size_t i = 0; i < review.study->source_count && !review.path; i++)
        review.path = study_answers_path(run, review.study, &review.study->sources[i]);
    if (!review.path)
        return rk_fail(run->diag, RK_STUDY, RK_AT(review.study->path, 0, 0),
                       "no source is compared by probability; see `dedupe` in docs/linkage.md");
    RK_TRY(read_pairs(&review));
    RK_TRY(read_answers(&review));
    RK_TRY(talk(&review));
    if (review.given)
        printf("\n%ld answered, %zu were open. The answers are in %s and hold from the next "
               "`reckon run` on.\n",
               review.given, review.open, review.path);
    else
        printf("\nnone answered, %zu were open\n", review.open);
    return RK_OK;
}

int driver_review(int argc, char **argv)
{
    static const struct driver_verb verb = {"reckon review", usage, "one study", 1, true,
                                            review_pairs};

    return driver_verb(argc, argv, &verb);
}
