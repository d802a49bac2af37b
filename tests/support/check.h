// SPDX-License-Identifier: MIT
#ifndef CHECK_H
#define CHECK_H

/* The one door to cmocka: it wants these headers before its own. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdbool.h>
#include <stdio.h>

/* A test is `static void name_of_a_true_sentence(void **state)`; main is
 *     const struct CMUnitTest tests[] = {cmocka_unit_test(name_of_a_true_sentence)};
 *     return cmocka_run_group_tests(tests, NULL, NULL); */

#define CHECK(condition) assert_true(condition)
#define CHECK_OK(call)   assert_int_equal((call), 0)
/** Two integers up to 64 bits, the expected one second. */
#define CHECK_INT(actual, expected) \
    check_int((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)
/** Two texts, either may be NULL. */
#define CHECK_TEXT(actual, expected) \
    check_text((actual), (expected), #actual, __FILE__, __LINE__)
/** Within `tolerance` (absolute); two NANs are near. */
#define CHECK_NEAR(actual, expected, tolerance) \
    check_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)
/** `part` occurs in `text`. */
#define CHECK_HAS(text, part)   check_has((text), (part), true, #text, __FILE__, __LINE__)
#define CHECK_LACKS(text, part) check_has((text), (part), false, #text, __FILE__, __LINE__)

void check_int(long long actual, long long expected, const char *what, const char *file,
               int line);
void check_text(const char *actual, const char *expected, const char *what,
                const char *file, int line);
void check_near(double actual, double expected, double tolerance, const char *what,
                const char *file, int line);
void check_has(const char *text, const char *part, bool wanted, const char *what,
               const char *file, int line);

/** A fresh empty folder of this process, removed with everything in it at exit. */
const char *check_folder(void);
/** Writes a file (folders above it are made) and returns its path, valid until exit. */
const char *check_write(const char *folder, const char *name, const char *text);
const char *check_write_n(const char *folder, const char *name, const void *data,
                          size_t bytes);
/** Content of a file with a NUL after it, valid until exit; NULL when there is none. */
char *check_read(const char *folder, const char *name);
bool check_exists(const char *folder, const char *name);
/** Ends a forked child; what the parent had in its buffer of stdout is
 * not printed twice. */
_Noreturn void check_exit(int status);
/** What is written to stderr between the two calls; the text is valid until exit. */
void check_stderr_begin(void);
char *check_stderr_end(void);

#endif
