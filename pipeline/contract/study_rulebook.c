// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_columns.h"

#include "pipeline/base/rk_text.h"

#include <string.h>
#include <unistd.h>

/* Rules that studies share: config/rules/NAME.yaml, or rules/NAME.yaml beside study.yaml.
 */

/* What a role stands for: a column, a value, or several columns. */
struct role {
    const char *name;
    const char **texts;
    size_t count;
};

/* One `{use: NAME, roles: ...}` of a source. */
struct use {
    struct study_reader *reader;
    struct study_source *source;
    const char *book, *as;
    const char **leave;
    size_t leave_count;
    const struct rk_yaml *map, *root, *severity;
    struct role *roles;
    size_t role_count;
};

#define USE(name) offsetof(struct use, name)
static const struct study_key use_keys[] = {
    {.name = "use",              .kind = KEY_TEXT,  .offset = USE(book), .required = true},
    {.name = "as",          .kind = KEY_TEXT,                           .offset = USE(as)},
    {.name = "leave", .kind = KEY_TEXTS,.offset = USE(leave), .count = USE(leave_count)},
    {.name = "roles",            .kind = KEY_OTHER,            .required = true},
    {.name = "severity", .kind = KEY_OTHER                 },
};

/* ---- the book ---- */

static bool open_book(struct use *use)
{
    struct study_reader *reader = use->reader;
    const char *file = rk_arena_printf(reader->arena, "%s.yaml", use->book);
    const char *path =
        rk_arena_printf(reader->arena, "%s/rules/%s", reader->study->dir, file);
    struct rk_yaml *root;

    if (!name_is_valid(use->book)) {
        study_say(
            reader, rk_yaml_get(use->map, "use"),
            "use: \"%s\" is not the name of a rulebook (a file of rules/, without .yaml)",
            use->book);
        return false;
    }
    if (access(path, R_OK) != 0 &&
        rk_run_share(reader->run, "rules", file, &path) != RK_OK) {
        study_say(
            reader, rk_yaml_get(use->map, "use"),
            "there is no rulebook %s: neither rules/%s beside study.yaml nor one that "
            "comes with reckon",
            use->book, file);
        return false;
    }
    if (rk_yaml_read(reader->arena, reader->diag, path, &root) != RK_OK) return false;
    use->root = root;
    return true;
}

static void add_names(const struct rk_yaml *map, struct rk_map *names)
{
    for (size_t i = 0; map && map->kind == RK_YAML_MAP && i < map->count; i++)
        rk_map_add(names, map->keys[i]->text);
}

static const char *nearest_of(struct study_reader *reader, const struct rk_map *names,
                              const char *word)
{
    size_t count = rk_map_count(names);
    const char **all = RK_ARRAY(reader->arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++)
        all[i] = rk_map_key(names, i);
    return study_hint(reader, word, all, count);
}

/* ---- roles ---- */

static bool is_column(const struct study_source *source, const char *name)
{
    for (size_t i = 0; i < source->column_count; i++)
        if (strcmp(source->columns[i].name, name) == 0) return true;
    return false;
}

/* A person's column is looked up with the conditions, when all sources have been read. */
static void check_column(struct use *use, const struct rk_yaml *node, const char *name)
{
    const struct study_source *source = use->source;
    const char **names;

    if (strncmp(name, "people.", 7) == 0 || is_column(source, name)) return;
    names = RK_ARRAY(use->reader->arena, const char *, source->column_count + 1);
    for (size_t i = 0; i < source->column_count; i++)
        names[i] = source->columns[i].name;
    study_say(use->reader, node, "\"%s\" is no column of source \"%s\"%s", name,
              source->name, study_hint(use->reader, name, names, source->column_count));
}

static void read_role(struct use *use, const struct rk_yaml *roles, size_t at,
                      const struct rk_map *known)
{
    struct study_reader *reader = use->reader;
    const struct rk_yaml *key = roles->keys[at], *node = roles->items[at];
    struct role *role = &use->roles[use->role_count];

    if (rk_map_find(known, key->text) < 0) {
        study_say(reader, key, "\"%s\" is no role of the rulebook %s%s", key->text,
                  use->book, nearest_of(reader, known, key->text));
        return;
    }
    role->name = key->text;
    rk_yaml_texts(reader->arena, reader->diag, roles, key->text, &role->texts,
                  &role->count);
    if (!role->count) return;
    use->role_count++;
    if (!rk_yaml_get(rk_yaml_get(use->root, "columns"), key->text)) return;
    for (size_t i = 0; i < role->count; i++)
        check_column(use, node->kind == RK_YAML_LIST ? node->items[i] : node,
                     role->texts[i]);
}

static void read_roles(struct use *use)
{
    const struct rk_yaml *roles = rk_yaml_get(use->map, "roles");
    size_t count = study_entries(use->reader, roles, "roles");
    struct rk_map *known = rk_map_new(use->reader->arena);

    add_names(rk_yaml_get(use->root, "columns"), known);
    add_names(rk_yaml_get(use->root, "values"), known);
    use->roles = RK_ARRAY(use->reader->arena, struct role, count + 1);
    for (size_t i = 0; i < count; i++)
        read_role(use, roles, i, known);
}

static const struct role *find_role(const struct use *use, const char *name, size_t bytes)
{
    for (size_t i = 0; i < use->role_count; i++)
        if (strlen(use->roles[i].name) == bytes &&
            strncmp(use->roles[i].name, name, bytes) == 0)
            return &use->roles[i];
    return NULL;
}

/* ---- words with roles to conditions ---- */

static const char *expand(const struct use *use, const char *text, bool *given);

/* Where the brace that opens at `open` is closed; NULL: it is not. */
static const char *closing(const char *open)
{
    int depth = 0;

    for (const char *at = open; *at; at++) {
        depth += (*at == '{') - (*at == '}');
        if (!depth) return at;
    }
    return NULL;
}

/* "@ is $" for each column of the role: @ is the column and $ the first of them. */
static const char *each(const struct use *use, const struct role *role, const char *pattern,
                        const char *between)
{
    struct rk_arena *arena = use->reader->arena;
    const char *out = "";

    for (size_t i = 0; i < role->count; i++) {
        if (i) out = rk_arena_printf(arena, "%s%s", out, between);
        for (const char *at = pattern; *at; at++)
            out = *at == '@'   ? rk_arena_printf(arena, "%s%s", out, role->texts[i])
                  : *at == '$' ? rk_arena_printf(arena, "%s%s", out, role->texts[0])
                               : rk_arena_printf(arena, "%s%c", out, *at);
    }
    return out;
}

static const char *one_brace(const struct use *use, const char *inside, bool *given)
{
    struct rk_arena *arena = use->reader->arena;
    size_t name = strcspn(inside, ":");
    const struct role *role = find_role(use, inside, name);
    const char *bar = strrchr(inside, '|');

    if (!role) {
        *given = false;
        return "";
    }
    if (!inside[name]) return role->texts[0];
    if (!bar) return "";
    inside += name + 1;
    return each(use, role,
                expand(use, rk_arena_copy_n(arena, inside, (size_t)(bar - inside)), given),
                bar + 1);
}

/* `given` becomes false when a role is not. */
static const char *expand(const struct use *use, const char *text, bool *given)
{
    struct rk_arena *arena = use->reader->arena;
    const char *out = "";

    while (*text) {
        size_t plain = strcspn(text, "{");
        const char *end;

        /* A count such as [0-9]{2} in a regular expression is no role. */
        out = rk_arena_printf(arena, "%s%.*s", out, (int)plain, text);
        text += plain;
        if (!*text) break;
        end = closing(text);
        if (!end || (text[1] >= '0' && text[1] <= '9')) {
            out = rk_arena_printf(arena, "%s{", out);
            text++;
            continue;
        }
        out = rk_arena_printf(
            arena, "%s%s", out,
            one_brace(use, rk_arena_copy_n(arena, text + 1, (size_t)(end - text) - 1),
                      given));
        text = end + 1;
    }
    return out;
}

/* ---- rules ---- */

static bool is_left_out(const struct use *use, const char *code)
{
    for (size_t i = 0; i < use->leave_count; i++)
        if (strcmp(use->leave[i], code) == 0) return true;
    return false;
}

static bool bind_repeated(const struct use *use, struct study_check *check)
{
    const char **bound =
        RK_ARRAY(use->reader->arena, const char *, check->repeated_count + 1);
    bool given = true;

    for (size_t i = 0; i < check->repeated_count; i++)
        bound[i] = expand(use, check->repeated[i], &given);
    check->repeated = bound;
    return given;
}

/* True when the rule speaks only of roles that are given. */
static bool bind(const struct use *use, struct study_check *check)
{
    bool given = true;

    if (check->when) check->when = expand(use, check->when, &given);
    if (check->unknown) check->unknown = expand(use, check->unknown, &given);
    return given && bind_repeated(use, check);
}

static void add_rule(struct use *use, const struct rk_yaml *map, struct rk_map *codes)
{
    struct study_reader *reader = use->reader;
    struct study_source *source = use->source;
    struct study_check check;

    if (!study_read_check(reader, map, &check)) return;
    rk_map_add(codes, check.code);
    if (is_left_out(use, check.code) || !bind(use, &check)) return;
    study_read_severity(reader, use->severity, check.code, &check.severity);
    check.place = rk_yaml_place(rk_yaml_at(use->map, "use"));
    check.place.column = 0;
    if (use->as) check.code = rk_arena_printf(reader->arena, "%s_%s", use->as, check.code);
    for (size_t i = 0; i < source->check_count; i++)
        if (strcmp(source->checks[i].code, check.code) == 0) {
            study_say(
                reader, use->map,
                "the check \"%s\" is there already; a second use of a rulebook needs a "
                "name (as: wsas), and a rule that the study has itself can be left out "
                "(leave: [%s])",
                check.code, check.code);
            return;
        }
    source->checks = rk_arena_grow(reader->arena, source->checks, source->check_count,
                                   source->check_count + 1, sizeof *source->checks);
    source->checks[source->check_count++] = check;
}

static void check_codes(const struct use *use, const struct rk_map *codes)
{
    struct study_reader *reader = use->reader;

    for (size_t i = 0; i < use->leave_count; i++)
        if (rk_map_find(codes, use->leave[i]) < 0)
            study_say(reader, rk_yaml_at(use->map, "leave"),
                      "\"%s\" is no rule of the rulebook %s%s", use->leave[i], use->book,
                      nearest_of(reader, codes, use->leave[i]));
    for (size_t i = 0; use->severity && i < use->severity->count; i++)
        if (use->severity->kind == RK_YAML_MAP &&
            rk_map_find(codes, use->severity->keys[i]->text) < 0)
            study_say(reader, use->severity->keys[i],
                      "\"%s\" is no rule of the rulebook %s%s",
                      use->severity->keys[i]->text, use->book,
                      nearest_of(reader, codes, use->severity->keys[i]->text));
}

static void read_use(struct study_reader *reader, const struct rk_yaml *map,
                     struct study_source *source)
{
    struct use use = {.reader = reader, .source = source, .map = map};
    struct rk_map *codes = rk_map_new(reader->arena);
    const struct rk_yaml *checks;

    if (!STUDY_KEYS_READ(reader, map, use_keys, 0, "the use of a rulebook", &use) ||
        !use.book)
        return;
    use.severity = rk_yaml_get(map, "severity");
    if (!open_book(&use)) return;
    read_roles(&use);
    checks = rk_yaml_get(use.root, "checks");
    for (size_t i = 0; i < study_items(reader, checks, "checks of a rulebook"); i++)
        add_rule(&use, checks->items[i], codes);
    check_codes(&use, codes);
}

void study_read_rulebooks(struct study_reader *reader, const struct rk_yaml *list,
                          struct study_source *source)
{
    size_t count = study_items(reader, list, "rules");

    for (size_t i = 0; i < count; i++)
        read_use(reader, list->items[i], source);
}
