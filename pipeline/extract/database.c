// SPDX-License-Identifier: MIT
/* The one door to libpq. */
#include "pipeline/extract/database.h"

#include <ctype.h>
#include <libpq-fe.h>
#include <string.h>

bool database_is_address(const char *address)
{
    return strncmp(address, "postgresql://", 13) == 0 || strncmp(address, "postgres://", 11) == 0;
}

/* ---- the password ---- */

struct slice {
    const char *text;
    size_t bytes;
};

/* Behind "password=" among the parameters. */
static struct slice password_parameter(const char *address)
{
    for (const char *at = strpbrk(address, "?&"); at; at = strpbrk(at + 1, "?&"))
        if (strncmp(at + 1, "password=", 9) == 0)
            return (struct slice){at + 10, strcspn(at + 10, "&")};
    return (struct slice){NULL, 0};
}

/* Between the first ":" and the last "@" of the part before the path, else a parameter. */
static struct slice find_password(const char *address)
{
    const char *start = strstr(address, "://"), *colon, *at = NULL;
    size_t bytes;

    if (!start) return (struct slice){NULL, 0};
    start += 3;
    bytes = strcspn(start, "?");
    for (size_t i = 0; i < bytes; i++)
        if (start[i] == '@') at = start + i;
    colon = at ? memchr(start, ':', (size_t)(at - start)) : NULL;
    if (colon && at > colon + 1) return (struct slice){colon + 1, (size_t)(at - colon - 1)};
    return password_parameter(address);
}

bool database_has_password(const char *address)
{
    return find_password(address).bytes > 0;
}

static const char *without(struct rk_arena *arena, const char *text, const char *part,
                           size_t bytes)
{
    const char *found = bytes ? memmem(text, strlen(text), part, bytes) : NULL;

    if (!found) return text;
    return rk_arena_printf(arena, "%.*s***%s", (int)(found - text), text,
                           without(arena, found + bytes, part, bytes));
}

const char *database_shown(struct rk_arena *arena, const char *address)
{
    struct slice password = find_password(address);

    return rk_arena_printf(arena, "%s",
                           without(arena, address, password.text, password.bytes));
}

/* ---- messages ---- */

struct database {
    struct rk_arena *arena;
    struct rk_diag *diag;
    struct rk_place place;
    const char *address;
    PGconn *link;
};

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* %40 as the sign it stands for: libpq knows the password so. */
static const char *decoded(struct rk_arena *arena, struct slice text)
{
    char *copy = rk_arena_copy_n(arena, text.text ? text.text : "", text.bytes), *out = copy;

    for (const char *at = copy; *at; at++) {
        if (*at == '%' && isxdigit((unsigned char)at[1]) && isxdigit((unsigned char)at[2])) {
            *out++ = (char)(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        } else {
            *out++ = *at;
        }
    }
    *out = '\0';
    return copy;
}

/* The first line of what the library or the server says, without the password. */
static const char *reason(const struct database *database)
{
    struct slice password = find_password(database->address);
    const char *plain = decoded(database->arena, password);
    const char *text = PQerrorMessage(database->link);

    text = rk_arena_copy_n(database->arena, text, strcspn(text, "\n"));
    text = without(database->arena, text, password.text, password.bytes);
    return without(database->arena, text, plain, strlen(plain));
}

static rk_status fails(const struct database *database, const char *what)
{
    return rk_fail(database->diag, RK_WORLD, database->place, "%s: %s: %s",
                   database_shown(database->arena, database->address), what, reason(database));
}

/* ---- the connection ---- */

static rk_status check_address(const struct database *database)
{
    char *error = NULL;
    PQconninfoOption *options = PQconninfoParse(database->address, &error);

    PQfreemem(error); /* it may quote the password */
    if (!options)
        return rk_fail(database->diag, RK_STUDY, database->place,
                       "source: this is no address of a database; expected "
                       "postgresql://user@host:port/database (a sign such as @ or / in a name is "
                       "written %%40, %%2F)");
    PQconninfoFree(options);
    return RK_OK;
}

static rk_status connect_to(struct database *database)
{
    static const char *const keywords[] = {"connect_timeout", "application_name", "dbname",
                                           "client_encoding", NULL};
    const char *const values[] = {"15", "reckon", database->address, "UTF8", NULL};

    RK_TRY(check_address(database));
    database->link = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(database->link) == CONNECTION_OK) return RK_OK;
    return fails(database, PQconnectionNeedsPassword(database->link)
                               ? "the database wants a password (put it into ~/.pgpass or "
                                 "PGPASSWORD, not into the study)"
                               : "the database cannot be reached");
}

static rk_status command(const struct database *database, const char *text,
                         ExecStatusType wanted, const char *what)
{
    PGresult *result = PQexec(database->link, text);
    bool fine = PQresultStatus(result) == wanted;

    PQclear(result);
    return fine ? RK_OK : fails(database, what);
}

/* ---- rows ---- */

/* A query as people type it may end in ; */
static const char *without_end(struct rk_arena *arena, const char *query)
{
    size_t bytes = strlen(query);

    while (bytes > 0 && strchr("; \t\r\n", query[bytes - 1]))
        bytes--;
    return rk_arena_copy_n(arena, query, bytes);
}

static rk_status copy_rows(const struct database *database, FILE *out)
{
    char *row;
    int bytes;
    PGresult *result;
    bool fine;

    while ((bytes = PQgetCopyData(database->link, &row, 0)) > 0) {
        fwrite(row, 1, (size_t)bytes, out);
        PQfreemem(row);
    }
    if (bytes == -2) return fails(database, "the rows cannot be fetched");
    result = PQgetResult(database->link);
    fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return fine ? RK_OK : fails(database, "the query fails");
}

static rk_status copy(const struct database *database, const char *query, FILE *out)
{
    const char *text = rk_arena_printf(
        database->arena,
        "COPY (SELECT * FROM (%s\n) AS reckon_rows ORDER BY reckon_rows::text COLLATE \"C\") "
        "TO STDOUT (FORMAT csv, HEADER true)",
        without_end(database->arena, query));

    RK_TRY(command(database,
                   "BEGIN READ ONLY; SET LOCAL DateStyle = 'ISO'; SET LOCAL TimeZone = 'UTC'; "
                   "SET LOCAL extra_float_digits = 1",
                   PGRES_COMMAND_OK, "no transaction"));
    RK_TRY(command(database, text, PGRES_COPY_OUT, "the query fails"));
    return copy_rows(database, out);
}

rk_status database_copy(struct rk_arena *arena, struct rk_diag *diag, struct rk_place place,
                        const char *address, const char *query, FILE *out)
{
    struct database database = {arena, diag, place, address, NULL};
    rk_status status = connect_to(&database);

    if (status == RK_OK) status = copy(&database, query, out);
    PQfinish(database.link);
    return status;
}
