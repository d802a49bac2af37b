// SPDX-License-Identifier: MIT
#ifndef EXTRACT_DATABASE_H
#define EXTRACT_DATABASE_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>
#include <stdio.h>

/** Is it the address of a PostgreSQL database: postgresql://... or postgres://...? */
bool database_is_address(const char *address);
/** Does the address hold a password? */
bool database_has_password(const char *address);
/** The address as it may be printed: a password in it is ***. */
const char *database_shown(struct rk_arena *arena, const char *address);

/**
 * Writes what a query gives as CSV with a header, by COPY in a transaction that can only read.
 * Dates are ISO. The rows are put in the order of their text, so that the same rows are the
 * same bytes whatever the plan of the server. RK_WORLD after one message, in which no password
 * stands: no server, no such table, ...; `place` is where the study asks for it.
 */
rk_status database_copy(struct rk_arena *arena, struct rk_diag *diag, struct rk_place place,
                        const char *address, const char *query, FILE *out) RK_MUST_CHECK;

#endif
