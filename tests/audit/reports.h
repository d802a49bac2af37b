// SPDX-License-Identifier: MIT
#ifndef TESTS_AUDIT_REPORTS_H
#define TESTS_AUDIT_REPORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Random reports that are right: one table of a kind and sentences about it. */
enum { ROWS = 40, COLUMNS = 12, TEXT = 64, SENTENCES = 8 };

struct report {
    char cells[ROWS][COLUMNS][TEXT];
    bool fixed[ROWS][COLUMNS]; /**< no arithmetic ties this number: a fault in it cannot be
                                  seen */
    size_t rows, columns;
    char caption[160], note[200];
    char sentences[SENTENCES][400];
    size_t sentence_count;
    bool even; /**< half to even */
    int decimals;
};

struct report_kind {
    const char *name;
    void (*make)(struct report *r);
    bool swaps; /**< counts and percentages stand in cells of their own: a swap can be seen
                 */
};
extern const struct report_kind report_kinds[];
extern const size_t report_kind_count;

/** The seed of all that is drawn (xorshift). */
extern uint64_t reports_state;
uint64_t reports_draw(void);
/** A whole number in [low, high]; low when there is none. */
long reports_between(long low, long high);

#endif
