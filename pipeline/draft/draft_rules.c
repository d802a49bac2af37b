// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

#include <ctype.h>
#include <string.h>

/* `{use: NAME, roles: {...}}` while it is written. */
struct use {
    struct draft_out *out;
    size_t roles;
};

static void begin(struct use *use, struct draft_out *out, bool *any, const char *book)
{
    if (!*any) draft_put(out, "    rules:\n");
    *any = true;
    *use = (struct use){.out = out};
    draft_put(out, "      - {use: %s", book);
}

static void role(struct use *use, const char *name, const char *of)
{
    draft_put(use->out, "%s%s: %s", use->roles++ ? ", " : ", roles: {", name, of);
}

static void end(struct use *use, const char *leave)
{
    draft_put(use->out, "}%s}\n", leave);
}

static const struct draft_column *by_role(const struct draft_source *source,
                                          enum draft_role which)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->columns[i].role == which && !source->columns[i].leave)
            return &source->columns[i];
    return NULL;
}

/* The same, of columns that could be read as dates. */
static const struct draft_column *date_of(const struct draft_source *source,
                                          enum draft_role which)
{
    for (size_t i = 0; i < source->count; i++)
        if (source->columns[i].role == which && source->columns[i].type == COLUMN_DATE &&
            !source->columns[i].leave)
            return &source->columns[i];
    return NULL;
}

static void role_of(struct use *use, const char *name, const struct draft_column *column)
{
    if (column) role(use, name, column->name);
}

/* The rule knows what British postcodes look like: letters, then figures, letters at the end. */
static bool is_postcode(const struct draft_column *column)
{
    long rows = 0;

    for (size_t i = 0; column && i < column->texts.count; i++) {
        const char *text = column->texts.items[i].text;
        size_t bytes = strlen(text);

        if (bytes >= 5 && isalpha((unsigned char)*text) &&
            isalpha((unsigned char)text[bytes - 1]) && strpbrk(text, "0123456789"))
            rows += column->texts.items[i].rows;
    }
    return column && column->texts.rows && rows * 4 >= column->texts.rows * 3;
}

static void put_people(struct draft_out *out, const struct draft_source *source, bool *any)
{
    const struct draft_column *address = by_role(source, ROLE_POSTCODE);
    struct use use;

    if (!source->key) return;
    begin(&use, out, any, "people");
    role_of(&use, "reference", source->key);
    role_of(&use, "start", source->date);
    role_of(&use, "born", date_of(source, ROLE_BORN));
    role_of(&use, "area", by_role(source, ROLE_AREA));
    role_of(&use, "consent", by_role(source, ROLE_CONSENT));
    role_of(&use, "entered", date_of(source, ROLE_ENTERED));
    if (is_postcode(address)) role_of(&use, "postcode", address);
    end(&use, "");
}

static void put_answers(struct use *use, const struct draft_source *source)
{
    size_t count = 0;

    for (size_t i = 0; i < source->count; i++) {
        const struct draft_column *column = &source->columns[i];

        if (!column->twin || column->role == ROLE_AREA || column->role == ROLE_SEX)
            continue;
        if (!count++) role(use, "answers", "[");
        draft_put(use->out, "%s%s", count > 1 ? ", " : "", column->name);
    }
    if (count) draft_put(use->out, "]");
}

static void put_status(struct draft *draft, struct use *use,
                       const struct draft_source *source)
{
    const struct draft_column *status = by_role(source, ROLE_STATUS);

    for (size_t i = 0; status && status->list && i < status->list->count; i++) {
        const struct draft_code *code = &status->list->codes[i];

        if (!draft_words_has(&draft->words->done, draft->arena, code->label)) continue;
        role_of(use, "status", status);
        role(use, "done", code->code);
        put_answers(use, source);
        return;
    }
}

static void put_records(struct draft *draft, struct draft_out *out,
                        const struct draft_source *source, bool *any)
{
    bool some_name_nobody =
        source->key && source->link->texts.rows * 100 < source->rows * 98;
    struct use use;

    begin(&use, out, any, "records");
    role_of(&use, "person", source->link);
    role_of(&use, "record", source->key);
    role_of(&use, "event", source->date);
    if (draft->people->date)
        role(&use, "start",
             rk_arena_printf(draft->arena, "people.%s", draft->people->date->name));
    role_of(&use, "next", date_of(source, ROLE_DUE));
    role_of(&use, "entered", date_of(source, ROLE_ENTERED));
    put_status(draft, &use, source);
    end(&use, some_name_nobody
                  ? ", leave: [names_no_person, person_unknown, before_start, day_twice]"
              : !source->asks_again ? ", leave: [day_twice]"
                                    : "");
}

static void put_scores(struct draft_out *out, const struct draft_source *source, bool *any)
{
    for (size_t s = 0; s < source->scale_count; s++) {
        const struct draft_scale *scale = source->scales[s];
        struct use use;

        begin(&use, out, any, "scores");
        draft_put(out, ", as: %s", scale->name);
        role(&use, "items", "[");
        for (size_t i = 0; i < scale->count; i++)
            draft_put(out, "%s%s", i ? ", " : "", scale->items[i]->name);
        draft_put(out, "]");
        for (size_t i = 0; i < source->count; i++)
            if (source->columns[i].total_of == scale)
                role_of(&use, "total", &source->columns[i]);
        end(&use, "");
    }
}

void draft_put_rules(struct draft *draft, struct draft_out *out,
                     const struct draft_source *source)
{
    bool any = false;

    if (source == draft->people)
        put_people(out, source, &any);
    else if (source->link)
        put_records(draft, out, source, &any);
    put_scores(out, source, &any);
}
