// SPDX-License-Identifier: MIT
/* Who is probably the same person: by what the headings say that persons are known by. */
#include "pipeline/draft/draft_priv.h"

static const struct {
    enum draft_role role;
    const char *kind;
    bool tells; /* names somebody; the others only help */
} known_by[] = {
    {ROLE_FORENAME, "given",    true },
    {ROLE_SURNAME,  "surname",  true },
    {ROLE_NAME,     "name",     true },
    {ROLE_BORN,     "date",     true },
    {ROLE_SEX,      "exact",    false},
    {ROLE_POSTCODE, "postcode", false},
    {ROLE_ADDRESS,  "address",  false},
};
enum { KNOWN_BY = sizeof known_by / sizeof *known_by };

static const struct draft_column *by_role(const struct draft_source *source,
                                          enum draft_role role)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct draft_column *column = &source->columns[i];

        if (column->role == role && !column->leave && column != source->key &&
            (column->type == COLUMN_TEXT || column->type == COLUMN_DATE ||
             column->type == COLUMN_CODE))
            return column;
    }
    return NULL;
}

bool draft_put_dedupe(struct draft *draft, struct draft_out *out)
{
    const struct draft_source *people = draft->people;
    const struct draft_column *columns[KNOWN_BY];
    size_t count = 0, tell = 0;
    const char *parted = "";

    for (size_t i = 0; i < KNOWN_BY; i++) {
        columns[i] = by_role(people, known_by[i].role);
        count += columns[i] != NULL;
        tell += columns[i] && known_by[i].tells;
    }
    if (!people->key || tell == 0 || (tell == 1 && count < 3)) return false;
    draft_put(out, "\n# Records that are probably of one person though no rule joins them; what "
                   "cannot be told, `reckon review` asks.\ndedupe:\n  people:\n    fields: {");
    for (size_t i = 0; i < KNOWN_BY; i++) {
        if (!columns[i]) continue;
        draft_put(out, "%s%s: %s", parted, columns[i]->name, known_by[i].kind);
        parted = ", ";
    }
    draft_put(out, "}  # CHECK: would these tell two people apart?\n"
                   "    wrong: 0.02  # CHECK: of the pairs joined at most this share is expected "
                   "to be of two people\n"
                   "    missed: 0.02  # CHECK: and of all true pairs this share to be shown to "
                   "nobody\n");
    if (people->date)
        draft_put(out, "    keep: earliest %s  # CHECK: which record of a person survives\n",
                  people->date->name);
    return true;
}
