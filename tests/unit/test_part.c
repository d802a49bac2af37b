// SPDX-License-Identifier: MIT
#include "pipeline/contract/part.h"
#include "tests/support/check.h"

#include <stdio.h>

static struct rk_run run;

static int set_up(void **state)
{
    (void)state;
    run = (struct rk_run){.arena = rk_arena_new(), .diag = rk_diag_new(NULL), .lock = -1};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rk_diag_free(run.diag);
    rk_arena_free(run.arena);
    return 0;
}

static void a_part_is_one_of_so_many(void **state)
{
    static const char *const wrong[] = {"0/4", "5/4", "x", "", "1", "1/", "/4", "-1/4", "1/4/4",
                                        "1.5/4", " 1/4", "1/1001"};
    long number, of;

    (void)state;
    CHECK_OK(part_parse(&run, "3/1000", &number, &of));
    CHECK_INT(number, 3);
    CHECK_INT(of, 1000);
    CHECK_OK(part_parse(&run, "1/1", &number, &of));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_INT(part_parse(&run, wrong[i], &number, &of), RK_USAGE);
}

static void keys_fall_evenly_and_always_into_the_same_part(void **state)
{
    struct run_part part = {.number = 1, .of = 7};
    long counts[8] = {0};
    char key[16];

    (void)state;
    for (int i = 0; i < 7000; i++) {
        snprintf(key, sizeof key, "WW%05d", i);
        counts[part_of_key(&part, key)]++;
    }
    for (int i = 1; i <= 7; i++)
        CHECK(counts[i] > 900 && counts[i] < 1100);
    CHECK_INT(part_of_key(&part, "WW00001"), 6); /* in every release, or old parts do not fit */
    CHECK_INT(part_of_key(&part, NULL), part_of_key(&part, ""));
}

static void what_is_tied_by_any_chain_is_of_one_part(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    struct part_ties ties = {.arena = run.arena};
    struct run_part part = {.number = 1, .of = 1000, .ties = &ties};
    uint64_t hash[6], least;

    (void)state;
    for (int i = 0; i < 6; i++)
        hash[i] = part_hash(names[i]);
    part_ties_add(&ties, hash[0], hash[1]);
    part_ties_add(&ties, hash[2], hash[3]);
    part_ties_add(&ties, hash[3], hash[1]);
    part_ties_add(&ties, hash[4], hash[4]);
    part_ties_settle(&ties);
    CHECK_INT(ties.known_count, 4);
    least = hash[0];
    for (int i = 1; i < 4; i++)
        least = hash[i] < least ? hash[i] : least;
    for (int i = 0; i < 4; i++)
        CHECK_INT(part_of_key(&part, names[i]), least % 1000 + 1);
    CHECK_INT(part_of_key(&part, "e"), hash[4] % 1000 + 1);
    CHECK_INT(part_of_key(&part, "f"), hash[5] % 1000 + 1);
}

/* ---- how sources are read ---- */

static struct study_column columns[] = {{.name = "client", .type = COLUMN_ID},
                                        {.name = "record", .type = COLUMN_ID},
                                        {.name = "day", .type = COLUMN_DATE}};
static const char *by_client[] = {"day", "client"}, *by_record[] = {"record"}, *by_day[] = {"day"},
                  *keys[] = {"client"};
static struct study_duplicate all = {.code = "all"},
                              with_client = {.match = by_client, .match_count = 2},
                              with_record = {.match = by_record, .match_count = 1},
                              with_day = {.match = by_day, .match_count = 1};
static struct study_check repeated = {.repeated = by_record, .repeated_count = 1};

static struct study_source people_of(struct study_duplicate *rule)
{
    return (struct study_source){.name = "people", .keys = keys, .key_count = 1, .key = "client",
                                 .columns = columns, .column_count = 3, .duplicates = rule,
                                 .duplicate_count = 1};
}

static struct study_source records_of(struct study_duplicate *rule, struct study_check *check)
{
    return (struct study_source){.name = "records", .link = "client", .columns = columns,
                                 .column_count = 3, .duplicates = rule, .duplicate_count = 1,
                                 .checks = check, .check_count = check != NULL};
}

static void check_readings(struct study_duplicate *of_people, struct study_duplicate *of_records,
                           struct study_check *check, enum part_reading people,
                           enum part_reading records)
{
    struct study_source sources[] = {people_of(of_people), records_of(of_records, check),
                                     {.name = "figures"}};
    struct study study = {.sources = sources, .source_count = 3, .people = &sources[0]};
    struct run_part part = {.number = 1, .of = 2, .study = &study};

    CHECK_INT(part_reading(&part, &sources[0]), people);
    CHECK_INT(part_reading(&part, &sources[1]), records);
    CHECK_INT(part_reading(&part, &sources[2]), PART_FIRST);
    CHECK_TEXT(part_tie_column(&part, &sources[1], 0), records == PART_TIED ? "record" : NULL);
}

static void what_joins_clients_is_tied_by_its_references_or_read_whole_and_people_with_it(void **state)
{
    (void)state;
    check_readings(&all, &with_client, NULL, PART_OWN, PART_OWN);
    check_readings(&with_client, &all, NULL, PART_OWN, PART_OWN);
    check_readings(&with_record, &all, NULL, PART_WHOLE, PART_OWN);
    check_readings(&all, &with_record, NULL, PART_OWN, PART_TIED);
    check_readings(&all, &all, &repeated, PART_OWN, PART_TIED);
    check_readings(&all, &with_day, NULL, PART_WHOLE, PART_WHOLE);
    columns[0].type = COLUMN_TEXT; /* compared folded: "Ann" is "ANN", but of another part */
    check_readings(&with_client, &all, NULL, PART_WHOLE, PART_WHOLE);
    columns[0].type = COLUMN_ID;
}

static void a_check_that_empties_whose_a_row_is_cannot_be_cut(void **state)
{
    struct study_check check = {.code = "off", .severity = SEVERITY_EMPTY, .column = "client"};
    struct study_source sources[] = {people_of(&all), records_of(&all, &check)};
    struct study study = {.sources = sources, .source_count = 2, .people = &sources[0]};

    (void)state;
    CHECK_INT(part_check(&run, &study), RK_STUDY);
    check.column = "day";
    CHECK_OK(part_check(&run, &study));
    sources[0].database = "postgresql://";
    CHECK_INT(part_check(&run, &study), RK_STUDY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_one_of_so_many),
        cmocka_unit_test(keys_fall_evenly_and_always_into_the_same_part),
        cmocka_unit_test(what_is_tied_by_any_chain_is_of_one_part),
        cmocka_unit_test(
            what_joins_clients_is_tied_by_its_references_or_read_whole_and_people_with_it),
        cmocka_unit_test(a_check_that_empties_whose_a_row_is_cannot_be_cut),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
