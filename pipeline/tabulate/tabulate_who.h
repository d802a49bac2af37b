// SPDX-License-Identifier: MIT
#ifndef TABULATE_WHO_H
#define TABULATE_WHO_H

#include "pipeline/base/rk_arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Who is counted, in terms of the study: the frame they stand in, what each variable says
 * of them, and what of a `where` is more than that. Two results that count the same people
 * come to the same `tab_who`, and so to one quantity and one base. As text:
 *
 *     people|area=salford&latest.believe=yes|          clients in Salford who said yes at
 * review services|people.area=*&type=gp|recorded <= 2015-01-31
 *
 * A term is VARIABLE=CODE, where CODE is a code of the list or
 *     *        answered, whatever
 *     !CODE    answered, but not so
 *     missing  not answered
 *     asked    asked, and due to be; answered or not
 *     A..B     in a range of months
 * A variable at a point is POINT.NAME; "POINT=a record" says that there is a record at the
 * point, which POINT.NAME=... includes, and "POINT=no record" that there is none. The
 * person's own variables are bare in the frame "people" and "people.NAME" in frames of
 * records. "services.clients" are the clients behind the records. A piece that begins with *
 * leaves out those of whom something is not known: "*WORDS; what has to be known".
 */
#define TAB_KNOWN     '*'
#define TAB_ANSWERED  "*"
#define TAB_MISSING   "missing"
#define TAB_ASKED     "asked"
#define TAB_NOT_ASKED "not asked"
#define TAB_RECORD    "a record"
#define TAB_NO_RECORD "no record"

enum { TAB_TERMS = 14, TAB_PIECES = 8 };

struct tab_term {
    const char *variable, *code;
};

struct tab_who {
    const char *frame;
    struct tab_term terms[TAB_TERMS]; /**< sorted by variable, then code */
    size_t count;
    const char *where[TAB_PIECES]; /**< sorted; all must hold */
    size_t where_count;
};

/** Adds a term (texts are borrowed); what it includes, or is included by, is put together:
 *  area=* and area=salford is area=salford. */
void tab_who_add(struct tab_who *who, const char *variable, const char *code);
/** Adds a piece of a condition that is no simple term. */
void tab_who_piece(struct tab_who *who, const char *piece);

const char *tab_who_id(struct rk_arena *arena, const struct tab_who *who);
/** The opposite of tab_who_id; false when `id` has no such form. */
bool tab_who_parse(struct rk_arena *arena, const char *id, struct tab_who *who);

/** Is everybody in `narrow` in `wide`, as far as their descriptions say? */
bool tab_who_within(const struct tab_who *narrow, const struct tab_who *wide);

/** How many ways tab_who_weaker can loosen it. */
size_t tab_who_ways(const struct tab_who *who);
/** The next larger set of people in one direction, and the name of those who are in it but
 * not in `who`. */
void tab_who_weaker(struct rk_arena *arena, const struct tab_who *who, size_t way,
                    struct tab_who *larger, struct tab_who *others);

#endif
