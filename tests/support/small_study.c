// SPDX-License-Identifier: MIT
#include "tests/support/small_study.h"

#include "pipeline/base/rk_diag.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

static const char study_text[] =
    "reckon: 1\n"
    "study: small\n"
    "title: A small study\n"
    "programme: Small\n"
    "data: .\n"
    "period_start: 2014-03-26\n"
    "cut_off: 2015-03-13\n"
    "people: assessments\n"
    "rules: {small_base: 30, min_percent_base: 10, suppress_below: 5, level: 0.95}\n"
    "sources:\n"
    "  assessments:\n"
    "    label: Initial assessment data set\n"
    "    file: assessments.csv\n"
    "    key: client\n"
    "    columns:\n"
    "      client: {from: Client, type: id}\n"
    "      area: {from: Area, type: code, codes: [Manchester, Salford, Trafford, Outside], "
    "label: Area}\n"
    "      sex: {from: Sex, type: code, codes: [Female, Male], label: Sex}\n"
    "      believe: {from: Believe, type: code, codes: [\"Yes\", \"No\"], better: high, "
    "label: Do you believe?}\n"
    "      when: {from: When, type: code, codes: [Soon, Later, Never, Unsure], ordered: "
    "yes, better: low, apart: [unsure], label: When}\n"
    "      enrolled: {from: Enrolled, type: date, formats: [yyyy-mm-dd], label: Enrolment "
    "date}\n"
    "  reviews:\n"
    "    label: Review data set\n"
    "    file: reviews.csv\n"
    "    link: client\n"
    "    columns:\n"
    "      client: {from: Client, type: id}\n"
    "      reviewed: {from: Reviewed, type: date, formats: [yyyy-mm-dd]}\n"
    "      believe: {from: Believe, type: code, codes: [\"Yes\", \"No\"], better: high, "
    "label: Do you believe?}\n"
    "      when: {from: When, type: code, codes: [Soon, Later, Never, Unsure], ordered: "
    "yes, better: low, apart: [unsure], label: When}\n"
    "  services:\n"
    "    label: Support services database\n"
    "    file: services.csv\n"
    "    key: record\n"
    "    link: client\n"
    "    unlinked: keep\n"
    "    columns:\n"
    "      record: {from: Record, type: id}\n"
    "      client: {from: Client, type: id}\n"
    "      type: {from: Type, type: code, codes: [GP, Housing, Debt advice], label: Type "
    "of service}\n"
    "      improving: {from: Improving, type: code, codes: [\"Yes\", \"No\"], label: Is it "
    "improving your employability?}\n"
    "      organisation: {from: Organisation, type: text}\n"
    "  scores:\n"
    "    label: Wellbeing data set\n"
    "    file: scores.csv\n"
    "    link: client\n"
    "    columns:\n"
    "      client: {from: Client, type: id}\n"
    "      scored: {from: Scored, type: date, formats: [yyyy-mm-dd]}\n"
    "      score: {from: Score, type: integer, range: [0, 40], better: low, label: WSAS "
    "score}\n"
    "  monitoring:\n"
    "    label: Monitoring returns\n"
    "    file: monitoring.csv\n"
    "    columns:\n"
    "      month: {from: Month, type: date, formats: [yyyy-mm-dd]}\n"
    "      indicator: {from: Indicator, type: code, codes: [Profile, Starts, Expected], "
    "label: Indicator}\n"
    "      value: {from: Value, type: number, label: Value}\n"
    "derive:\n"
    "  people:\n"
    "    quarter: {period: enrolled, by: quarter, label: Quarter of enrolment}\n"
    "    seen: {has: latest, label: Has a review}\n"
    "points:\n"
    "  initial: {source: assessments, label: Initial assessment}\n"
    "  latest: {source: reviews, take: latest reviewed, label: Latest review}\n"
    "  first_score: {source: scores, take: earliest scored, label: First score}\n"
    "  latest_score: {source: scores, take: latest scored, label: Latest score}\n"
    "results:\n";

static const char *const names[] = {"people.csv",   "reviews.csv", "latest.csv",
                                    "services.csv", "scores.csv",  "monitoring.csv"};
static const char *const headers[] = {
    "client,area,sex,believe,when,enrolled,quarter,seen\n",
    "file_line,client,reviewed,believe,when\n",
    "file_line,client,reviewed,believe,when\n",
    "file_line,record,client,type,improving,organisation\n",
    "file_line,client,scored,score\n",
    "file_line,month,indicator,value\n",
};

static void put(struct small_study *small, enum small_file file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void put(struct small_study *small, enum small_file file, const char *format, ...)
{
    va_list args;
    int bytes;

    if (small->cap[file] < small->bytes[file] + 512) {
        small->cap[file] = 2 * small->cap[file] + 4096;
        small->text[file] = realloc(small->text[file], small->cap[file]);
        assert_non_null(small->text[file]);
    }
    va_start(args, format);
    bytes = vsnprintf(small->text[file] + small->bytes[file], 512, format, args);
    va_end(args);
    assert_in_range(bytes, 0, 511);
    small->bytes[file] += (size_t)bytes;
}

void small_begin(struct small_study *small, const char *results)
{
    *small = (struct small_study){.folder = check_folder(), .results = results};
    for (enum small_file file = 0; file < SMALL_FILES; file++)
        put(small, file, "%s", headers[file]);
}

static const char *quarter_of(const char *date, char out[8])
{
    if (!*date) return "";
    memcpy(out, date, 4);
    out[4] = 'q';
    out[5] = (char)('0' + (10 * (date[5] - '0') + date[6] - '0' + 2) / 3);
    out[6] = '\0';
    return out;
}

/* Whether the person has a review is known when they have one: the column is filled in at
 * the end. */
size_t small_person(struct small_study *small, struct small_person p)
{
    char quarter[8];

    small->people++;
    put(small, SMALL_PEOPLE, "C%04zu,%s,%s,%s,%s,%s,%s,no\n", small->people, p.area, p.sex,
        p.believe, p.when, p.enrolled, quarter_of(p.enrolled, quarter));
    return small->people;
}

static void mark_seen(struct small_study *small, size_t person)
{
    char name[16], *row, *end;

    snprintf(name, sizeof name, "\nC%04zu,", person);
    row = strstr(small->text[SMALL_PEOPLE], name);
    assert_non_null(row);
    end = strchr(row + 1, '\n');
    memmove(end + 1, end,
            small->bytes[SMALL_PEOPLE] - (size_t)(end - small->text[SMALL_PEOPLE]) + 1);
    memcpy(end - 2, "yes", 3);
    small->bytes[SMALL_PEOPLE]++;
}

void small_review(struct small_study *small, size_t person, const char *believe,
                  const char *when)
{
    for (enum small_file file = SMALL_REVIEWS; file <= SMALL_LATEST; file++)
        put(small, file, "r.csv:%zu,C%04zu,2015-01-10,%s,%s\n", person, person, believe,
            when);
    mark_seen(small, person);
}

void small_service(struct small_study *small, size_t person, const char *type,
                   const char *improving, const char *organisation)
{
    small->records++;
    put(small, SMALL_SERVICES, "s.csv:%zu,R%zu,%s%04zu,%s,%s,%s\n", small->records,
        small->records, person ? "C" : "X", person, type, improving, organisation);
}

void small_scores(struct small_study *small, size_t person, int initial, int latest)
{
    put(small, SMALL_SCORES, "w.csv:%zu,C%04zu,2014-06-01,%d\n", person, person, initial);
    if (latest >= 0)
        put(small, SMALL_SCORES, "w.csv:%zu,C%04zu,2015-01-01,%d\n", person + 5000, person,
            latest);
}

void small_monitoring(struct small_study *small, const char *month, const char *indicator,
                      double value)
{
    put(small, SMALL_MONITORING, "m.csv:1,%s-01,%s,%g\n", month, indicator, value);
}

static void reverse_text(char *text)
{
    char *rows = strchr(text, '\n') + 1, *copy = strdup(rows), *to = rows;
    size_t left = strlen(copy);

    assert_non_null(copy);
    while (left) {
        size_t start = left - 1;

        while (start > 0 && copy[start - 1] != '\n')
            start--;
        memcpy(to, copy + start, left - start);
        to += left - start;
        left = start;
    }
    free(copy);
}

void small_reverse(struct small_study *small)
{
    for (enum small_file file = 0; file < SMALL_FILES; file++)
        reverse_text(small->text[file]);
}

/* Everybody's first record is their own row. */
static void write_initial(const struct small_study *small, const char *out)
{
    char *text = calloc(2, small->bytes[SMALL_PEOPLE]),
         *rest = strdup(small->text[SMALL_PEOPLE]);
    char *rows = rest, *row;

    assert_non_null(text);
    assert_non_null(rest);
    for (row = strsep(&rows, "\n"); row && *row; row = strsep(&rows, "\n")) {
        strcat(text, *text ? "a.csv:1," : "file_line,");
        strcat(text, row);
        strcat(text, "\n");
    }
    check_write(out, "20-people/initial.csv", text);
    free(text);
    free(rest);
}

/* The first score of each client is their first row, the latest their last, whatever the
 * order. */
static void write_score_points(struct small_study *small, const char *out)
{
    const char *rows = strchr(small->text[SMALL_SCORES], '\n') + 1;
    size_t bytes = small->bytes[SMALL_SCORES] + 64;
    char *first = calloc(1, bytes), *latest = calloc(1, bytes);

    assert_non_null(first);
    assert_non_null(latest);
    strcpy(first, headers[SMALL_SCORES]);
    strcpy(latest, headers[SMALL_SCORES]);
    for (const char *row = rows; *row; row = strchr(row, '\n') + 1) {
        size_t length = (size_t)(strchr(row, '\n') + 1 - row);
        const char *client = strchr(row, ',');
        char name[8], again[32];
        bool is_first = strncmp(client + 7, "2014", 4) == 0;

        memcpy(name, client, 7);
        name[7] = '\0';
        snprintf(again, sizeof again, "%s2015", name);
        if (is_first) strncat(first, row, length);
        if (!is_first || !strstr(rows, again)) strncat(latest, row, length);
    }
    check_write(out, "20-people/first_score.csv", first);
    check_write(out, "20-people/latest_score.csv", latest);
    free(first);
    free(latest);
}

static void write_flow(const struct small_study *small, const char *out)
{
    char text[1024];

    snprintf(text, sizeof text,
             "source,step,code,reason,rows\n"
             "assessments,read,,,%zu\nassessments,set_aside,,,0\nassessments,excluded,,,7\n"
             "assessments,excluded,test,test record,2\n"
             "assessments,excluded,consent,no consent,5\nassessments,kept,,,%zu\n"
             "assessments,duplicates,,,3\nassessments,duplicates,exact,,3\n"
             "assessments,unique,,,%zu\n"
             "services,read,,,%zu\nservices,kept,,,%zu\nservices,unique,,,%zu\n",
             small->people + 10, small->people + 3, small->people, small->records,
             small->records, small->records);
    check_write(out, "20-people/flow.csv", text);
}

static void write_all(struct small_study *small)
{
    const char *out = rk_arena_printf(small->run.arena, "%s/out", small->folder);

    check_write(small->folder, "study.yaml",
                rk_arena_printf(small->run.arena, "%s%s", study_text, small->results));
    for (enum small_file file = 0; file < SMALL_FILES; file++)
        check_write(out, rk_arena_printf(small->run.arena, "20-people/%s", names[file]),
                    small->text[file]);
    write_initial(small, out);
    write_score_points(small, out);
    write_flow(small, out);
}

struct results *small_run(struct small_study *small, const struct rk_stage *stage,
                          rk_status *status, const char **said)
{
    struct results *results = NULL;
    rk_status found;

    small->run =
        (struct rk_run){.program = "test", .study_dir = small->folder, .quiet = true};
    small->run.arena = rk_arena_new();
    small->run.diag = rk_diag_new("test");
    small->run.out_dir = rk_arena_printf(small->run.arena, "%s/out", small->folder);
    write_all(small);
    if (said) check_stderr_begin();
    found = stage->work(&small->run);
    if (found == RK_OK) found = results_read(&small->run, "30-results", &results);
    if (said) *said = check_stderr_end();
    if (status)
        *status = found;
    else
        assert_int_equal(found, RK_OK);
    return found == RK_OK ? results : NULL;
}

void small_forget(struct small_study *small)
{
    if (small->run.diag) rk_diag_free(small->run.diag);
    if (small->run.arena) rk_arena_free(small->run.arena);
    small->run.diag = NULL;
    small->run.arena = NULL;
}

void small_end(struct small_study *small)
{
    for (enum small_file file = 0; file < SMALL_FILES; file++)
        free(small->text[file]);
    small_forget(small);
}

const struct cell *small_cell(const struct results *results, const char *id)
{
    const struct cell *cell = results_find(results, id);

    if (!cell) fail_msg("there is no cell %s", id);
    return cell;
}

void small_people(struct small_study *small, long n, struct small_person person)
{
    for (long i = 0; i < n; i++)
        small_person(small, person);
}

void small_services(struct small_study *small, long n, long yes, size_t first,
                    size_t people, const char *type)
{
    for (long i = 0; i < n; i++)
        small_service(small, first + (size_t)i % people, type, i < yes ? "yes" : "no",
                      "Org");
}

void small_value(const struct results *r, const char *id, double value)
{
    CHECK_NEAR(small_cell(r, id)->value, value, 1e-9);
}

void small_limits(const struct results *r, const char *id, double low, double high)
{
    CHECK_NEAR(small_cell(r, id)->low, low, 1e-9);
    CHECK_NEAR(small_cell(r, id)->high, high, 1e-9);
}

const struct quantity *small_quantity(const struct results *r, const char *id)
{
    long at = rk_map_find(r->quantity_index, id);

    if (at < 0) fail_msg("there is no quantity %s", id);
    return &r->quantities[at];
}

bool small_is_linked(const struct results *r, const char *cell, const char *id)
{
    for (size_t i = 0; i < r->link_count; i++) {
        if (strcmp(r->links[i].cell, cell) == 0 && strcmp(r->links[i].quantity, id) == 0)
            return true;
    }
    return false;
}

bool small_is_part(const struct results *r, const char *total, const char *part)
{
    for (size_t i = 0; i < r->sum_count; i++) {
        for (size_t j = 0; strcmp(r->sums[i].total, total) == 0 && j < r->sums[i].count;
             j++) {
            if (strcmp(r->sums[i].parts[j], part) == 0) return true;
        }
    }
    return false;
}
