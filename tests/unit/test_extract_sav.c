// SPDX-License-Identifier: MIT
#include "pipeline/extract/extract.h"
#include "tests/support/check.h"

#include <fcntl.h>
#include <readstat.h>
#include <string.h>
#include <unistd.h>

static ssize_t write_bytes(const void *data, size_t bytes, void *user)
{
    return write(*(int *)user, data, bytes);
}

static readstat_variable_t *add(readstat_writer_t *writer, const char *name,
                                readstat_type_t type, size_t width, const char *format,
                                readstat_label_set_t *labels)
{
    readstat_variable_t *variable = readstat_add_variable(writer, name, type, width);

    if (format) readstat_variable_set_format(variable, format);
    if (labels) readstat_variable_set_label_set(variable, labels);
    return variable;
}

/* Three people: a reference, a labelled score that may be refused, a day, a moment, long text. */
static const char *write_sav(bool compressed)
{
    const char *path = check_write(check_folder(), "answers.sav", "");
    int file = open(path, O_WRONLY | O_TRUNC);
    readstat_writer_t *writer = readstat_writer_init();
    readstat_label_set_t *bad = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "bad");
    char words[601];
    readstat_variable_t *v[5];

    memset(words, 'x', 600);
    words[600] = '\0';
    readstat_label_double_value(bad, 0, "Not at all");
    readstat_label_double_value(bad, 8, "Very");
    readstat_label_double_value(bad, 99, "Refused");
    v[0] = add(writer, "id", READSTAT_TYPE_STRING, 8, NULL, NULL);
    v[1] = add(writer, "score", READSTAT_TYPE_DOUBLE, 0, "F8.0", bad);
    readstat_variable_set_label(v[1], "How bad is it?");
    readstat_variable_add_missing_double_value(v[1], 99);
    readstat_variable_add_missing_double_value(v[1], 98);
    v[2] = add(writer, "seen", READSTAT_TYPE_DOUBLE, 0, "EDATE10", NULL);
    v[3] = add(writer, "at", READSTAT_TYPE_DOUBLE, 0, "DATETIME20", NULL);
    v[4] = add(writer, "words", READSTAT_TYPE_STRING, 600, NULL, NULL);
    readstat_set_data_writer(writer, write_bytes);
    readstat_writer_set_compression(writer,
                                    compressed ? READSTAT_COMPRESS_ROWS : READSTAT_COMPRESS_NONE);
    CHECK_INT(readstat_begin_writing_sav(writer, &file, 3), READSTAT_OK);
    for (int row = 0; row < 3; row++) {
        static const char *const ids[] = {"A1", "A2", "\xc3\x84""3"};
        static const double scores[] = {8, 99, 98};

        CHECK_INT(readstat_begin_row(writer), READSTAT_OK);
        readstat_insert_string_value(writer, v[0], ids[row]);
        readstat_insert_double_value(writer, v[1], row == 0 ? 3 : scores[row]);
        if (row == 0) {
            readstat_insert_double_value(writer, v[2], 13645584000.0);
            readstat_insert_double_value(writer, v[3], 13645618200.0);
        } else {
            readstat_insert_missing_value(writer, v[2]);
            readstat_insert_missing_value(writer, v[3]);
        }
        readstat_insert_string_value(writer, v[4], row == 0 ? words : "");
        CHECK_INT(readstat_end_row(writer), READSTAT_OK);
    }
    CHECK_INT(readstat_end_writing(writer), READSTAT_OK);
    readstat_writer_free(writer);
    close(file);
    return path;
}

static void check_row(struct extract *extract, const char *id, const char *score,
                      const char *other, const char *seen)
{
    struct rk_csv_row row;

    CHECK(extract_next(extract, &row));
    CHECK_INT(row.count, 5);
    CHECK_TEXT(row.cells[0], id);
    CHECK_TEXT(row.cells[1], score);
    CHECK_TEXT(row.other ? row.other[1] : NULL, other);
    CHECK_TEXT(row.cells[2], seen);
}

static void check_file(bool compressed)
{
    struct extract_options options = {.sheet = NULL};
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test");
    struct extract *extract;
    struct rk_csv_row row;

    CHECK_OK(extract_open(arena, diag, write_sav(compressed), options, &extract));
    check_row(extract, "id", "score", "How bad is it?", "seen");
    CHECK(extract_next(extract, &row));
    CHECK_INT(row.line, 2);
    CHECK_TEXT(row.cells[1], "3");
    CHECK_TEXT(row.cells[2], "2015-03-13");
    CHECK_TEXT(row.cells[3], "2015-03-13 09:30:00");
    CHECK_INT(strlen(row.cells[4]), 600);
    check_row(extract, "A2", "Refused", "", ""); /* declared missing, with a label */
    check_row(extract, "\xc3\x84""3", "", NULL, ""); /* declared missing, without */
    CHECK(!extract_next(extract, &row));
    CHECK_OK(extract_status(extract));
    extract_close(extract);
    rk_diag_free(diag);
    rk_arena_free(arena);
}

static void labels_dates_and_kinds_of_missing_are_read(void **state)
{
    (void)state;
    check_file(false);
    check_file(true);
}

static void a_broken_file_is_refused(void **state)
{
    struct extract_options options = {.sheet = NULL};
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test");
    struct extract *extract;
    const char *path = check_write(check_folder(), "cut.sav", "$FL2@(#) cut");

    (void)state;
    check_stderr_begin();
    CHECK_INT(extract_open(arena, diag, path, options, &extract), RK_CHECK);
    CHECK_HAS(check_stderr_end(), "the SPSS file cannot be read");
    rk_diag_free(diag);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_dates_and_kinds_of_missing_are_read),
        cmocka_unit_test(a_broken_file_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
