// SPDX-License-Identifier: MIT
#include "pipeline/contract/study_missing.h"
#include "pipeline/contract/study_priv.h"

#include "pipeline/base/rk_text.h"
#include "pipeline/contract/folder.h"
#include "pipeline/contract/frame_people.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#define FIELD(name) offsetof(struct study, name)

static const struct study_key study_keys[] = {
    {.name = "reckon",               .kind = KEY_OTHER,            .required = true},
    {.name = "study",                              .kind = KEY_TEXT,                                            .offset = FIELD(name), .required = true},
    {.name = "title",         .kind = KEY_TEXT,.offset = FIELD(title), .required = true},
    {.name = "programme",                .kind = KEY_TEXT,                    .offset = FIELD(programme)},
    {.name = "data",              .kind = KEY_TEXT,                                          .offset = FIELD(data_dir)},
    {.name = "ledger",            .kind = KEY_TEXT,                                          .offset = FIELD(ledger)},
    {.name = "period_start",.kind = KEY_DATE,.offset = FIELD(period_start)},
    {.name = "cut_off",                 .kind = KEY_DATE,                .offset = FIELD(cut_off), .required = true},
    {.name = "missing",                 .kind = KEY_OTHER},
    {.name = "people", .kind = KEY_OTHER,                                                .required = true},
    {.name = "rules",.kind = KEY_OTHER},
    {.name = "masking",.kind = KEY_OTHER},
    {.name = "quality", .kind = KEY_OTHER},
    {.name = "sources",                              .kind = KEY_OTHER,                                          .required = true},
    {.name = "derive",       .kind = KEY_OTHER                               },
    {.name = "dedupe",        .kind = KEY_OTHER},
    {.name = "pseudonyms", .kind = KEY_TEXT, .offset = FIELD(pseudonyms)},
    {.name = "points",               .kind = KEY_OTHER                         },
    {.name = "scales",                              .kind = KEY_OTHER                                           },
    {.name = "results",                              .kind = KEY_OTHER                                                       },
    {.name = "identifying",
     .kind = KEY_TEXTS,
     .offset = FIELD(identifying),
     .count = FIELD(identifying_count)},
};

static const char *const designs[] = {"before_after", "comparison", "randomised", NULL};
static const char *const unsupported[] = {"fail", "soften", NULL};

static const struct study_key rule_keys[] = {
    {.name = "small_base",               .kind = KEY_LONG, .offset = FIELD(small_base)},
    {.name = "min_percent_base",                                  .kind = KEY_LONG,                         .offset = FIELD(min_percent_base)},
    {.name = "suppress_below", .kind = KEY_LONG,.offset = FIELD(suppress_below)},
    {.name = "level",                  .kind = KEY_DOUBLE,           .offset = FIELD(level)},
    {.name = "decimals",                    .kind = KEY_OTHER},
    {.name = "design", .kind = KEY_CHOICE, .offset = FIELD(design), .choices = designs},
    {.name = "unsupported",
     .kind = KEY_CHOICE,
     .offset = FIELD(unsupported),
     .choices = unsupported},
};

static const struct study_key decimal_keys[] = {
    {.name = "percent", .kind = KEY_LONG, .offset = FIELD(decimals_percent)},
    {.name = "mean",    .kind = KEY_LONG, .offset = FIELD(decimals_mean)   },
    {.name = "points",  .kind = KEY_LONG, .offset = FIELD(decimals_points) },
    {.name = "ratio",   .kind = KEY_LONG, .offset = FIELD(decimals_ratio)  },
};

static void check_version(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *version = rk_yaml_get(root, "reckon");
    const char *text = version ? study_text_of(reader, version, "reckon") : NULL;

    if (text && strcmp(text, "1") != 0)
        study_say(reader, version,
                  "this study is in version %s of the language; this program "
                  "reads version 1",
                  text);
}

static void check_decimals(struct study_reader *reader, const struct rk_yaml *node)
{
    const struct study *study = reader->study;
    const long decimals[] = {study->decimals_percent, study->decimals_mean,
                             study->decimals_points, study->decimals_ratio};

    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++)
        if (decimals[i] < 0 || decimals[i] > 9)
            study_say(reader, node, "decimals: %s should be 0 to 9, not %ld",
                      decimal_keys[i].name, decimals[i]);
}

static void read_rules(struct study_reader *reader, const struct rk_yaml *root)
{
    struct study *study = reader->study;
    const struct rk_yaml *rules = rk_yaml_get(root, "rules");
    const struct rk_yaml *decimals = rk_yaml_get(rules, "decimals");

    if (rules) STUDY_KEYS_READ(reader, rules, rule_keys, 0, "rules", study);
    if (decimals && STUDY_KEYS_READ(reader, decimals, decimal_keys, 0, "decimals", study))
        check_decimals(reader, decimals);
    if (!(study->level > 0.5 && study->level < 1))
        study_say(reader, rk_yaml_at(rules, "level"),
                  "level should be between 0.5 and 1, as 0.95, not %g", study->level);
    if (study->small_base < 0 || study->min_percent_base < 0 || study->suppress_below < 0)
        study_say(reader, rules, "rules: numbers of people cannot be negative");
}

/* Those by which a person may be recognised: codes and whole numbers, of people. */
static void check_identifying(struct study_reader *reader, const struct rk_yaml *root)
{
    struct study *study = reader->study;
    const struct rk_yaml *node = rk_yaml_get(root, "identifying");

    study->identifying_place = node ? rk_yaml_place(node) : RK_NOWHERE;
    for (size_t i = 0; i < study->identifying_count; i++) {
        const char *name = study->identifying[i];
        const struct study_column *column = study_column(study->people, name);
        if (!column)
            study_say(reader, node, "identifying: people have no column or variable \"%s\"",
                      name);
        else if ((column->type != COLUMN_CODE && column->type != COLUMN_INTEGER) ||
                 column->private)
            study_say(reader, node,
                      "identifying: \"%s\" should be a code or a whole number that stands in "
                      "20-people",
                      name);
    }
}

/* --as-at replaces the study's cut_off. */
static void read_dates(struct study_reader *reader, const struct rk_yaml *root)
{
    struct study *study = reader->study;
    const char *as_at = reader->run->as_at;

    if (as_at && !rk_date_parse(as_at, &study->cut_off))
        study_say_at(reader, RK_NOWHERE, "--as-at %s is not a date such as 2015-03-13",
                     as_at);
    if (!rk_yaml_get(root, "period_start"))
        study->period_start = LONG_MIN;
    else if (study->period_start > study->cut_off)
        study_say(reader, rk_yaml_at(root, "period_start"),
                  "period_start is after cut_off");
}

/* Takes "//" and "/./" out, and "./" from the front. */
static void squeeze(char *text)
{
    char *at;

    while ((at = strstr(text, "//")))
        memmove(at, at + 1, strlen(at + 1) + 1);
    while ((at = strstr(text, "/./")))
        memmove(at, at + 2, strlen(at + 2) + 1);
    while (strncmp(text, "./", 2) == 0 && text[2])
        memmove(text, text + 2, strlen(text + 2) + 1);
}

/* config/study/../../data reads better as data; a link on the way may lead elsewhere and stays. */
static const char *without_detours(struct rk_arena *arena, const char *path)
{
    char *text = rk_arena_copy(arena, path);
    char *up = text;

    squeeze(text);

    while ((up = strstr(up, "/../"))) {
        char *name = up;
        struct stat info;

        while (name > text && name[-1] != '/')
            name--;
        *up = '\0';
        if (!*name || strcmp(name, "..") == 0 || strcmp(name, ".") == 0 ||
            lstat(text, &info) != 0 || S_ISLNK(info.st_mode)) {
            *up++ = '/';
            continue;
        }
        memmove(name, up + strlen("/../"), strlen(up + strlen("/../")) + 1);
        up = text;
    }
    return *text ? text : ".";
}

/** What the command line says, else a path that is relative to the study. */
static const char *resolved(struct study_reader *reader, const char *given, const char *path)
{
    if (given || !path || path[0] == '/')
        return given ? given : path;
    return without_detours(reader->arena,
                           rk_arena_printf(reader->arena, "%s/%s", reader->study->dir, path));
}

static void resolve_paths(struct study_reader *reader)
{
    struct study *study = reader->study;

    study->data_dir = resolved(reader, reader->run->data_dir, study->data_dir);
    study->ledger = resolved(reader, reader->run->ledger_dir, study->ledger);
}

static void find_people(struct study_reader *reader, const struct rk_yaml *root)
{
    const struct rk_yaml *node = rk_yaml_get(root, "people");
    const char *name = node ? study_text_of(reader, node, "people") : NULL;
    struct study *study = reader->study;
    const char **names = RK_ARRAY(reader->arena, const char *, study->source_count + 1);

    if (!name) return;
    for (size_t i = 0; i < study->source_count; i++) {
        names[i] = study->sources[i].name;
        if (strcmp(names[i], name) == 0) study->people = &study->sources[i];
    }
    if (!study->people)
        study_say(reader, node, "people: there is no source \"%s\"%s", name,
                  study_hint(reader, name, names, study->source_count));
    else if (study->people->key_count != 1)
        study_say_at(reader, study->people->place,
                     "source \"%s\" becomes people, so it needs a key of one column", name);
    else if (study->people->link)
        study_say_at(reader, study->people->place,
                     "source \"%s\" becomes people, so it cannot be linked to them", name);
}

static rk_status list_narratives(struct study_reader *reader)
{
    struct study *study = reader->study;
    struct folder_list files;

    RK_TRY(folder_list_suffix(reader->arena, reader->diag, study->dir, ".md", &files));
    study->narratives = RK_ARRAY(reader->arena, const char *, files.count + 1);
    for (size_t i = 0; i < files.count; i++) {
        size_t bytes = strlen(files.names[i]) - strlen(".md");

        if (strcmp(files.names[i], "README.md") != 0)
            study->narratives[study->narrative_count++] =
                rk_arena_copy_n(reader->arena, files.names[i], bytes);
    }
    return RK_OK;
}

static struct study *new_study(struct rk_run *run)
{
    struct study *study = RK_NEW(run->arena, struct study);

    *study = (struct study){
        .path = rk_arena_printf(run->arena, "%s/study.yaml", run->study_dir),
        .dir = run->study_dir,
        .name = "",
        .title = "",
        .programme = "the programme",
        .data_dir = ".",
        .cut_off = LONG_MAX, /* while its own mistake is told, no other follows from it */
        .small_base = 30,
        .min_percent_base = 10,
        .suppress_below = 5,
        .masking = {.base = 5},
        .level = 0.95,
        .decimals_percent = 1,
        .decimals_mean = 1,
        .decimals_points = 1,
        .decimals_ratio = 2,
        .frame_people = frame_people_new(run->arena),
    };
    return study;
}

static void check_name(struct study_reader *reader, const struct rk_yaml *root)
{
    const char *name = reader->study->name;

    if (*name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_")])
        study_say(reader, rk_yaml_at(root, "study"),
                  "\"%s\" is used in file names: only a-z, 0-9, - and _", name);
}

static void read_all(struct study_reader *reader, const struct rk_yaml *root)
{
    if (!STUDY_KEYS_READ(reader, root, study_keys, 0, "a study", reader->study)) return;
    check_version(reader, root);
    check_name(reader, root);
    read_rules(reader, root);
    study_read_masking(reader, root);
    read_dates(reader, root);
    resolve_paths(reader);
    study_read_scales(reader, root);
    study_read_missing(reader, root, &reader->study->missing);
    study_read_sources(reader, root);
    find_people(reader, root);
    study_read_points(reader, root);
    study_read_derived(reader, root);
    study_read_results(reader, root);
    study_read_quality(reader, root);
    if (!reader->study->people) return;
    study_read_linkage(reader, root);
    study_check_sources(reader);
    study_check_derived(reader);
    study_read_merges(reader, root);
    study_check_points(reader);
    study_check_results(reader);
    check_identifying(reader, root);
}

const char *study_report_file(const struct rk_run *run, const char *narrative)
{
    return rk_arena_printf(run->arena, "%s%s.pdf", narrative, run->internal ? "-internal" : "");
}

rk_status study_open(struct rk_run *run, const struct study **out)
{
    struct study_reader reader = {.run = run, .arena = run->arena, .diag = run->diag};
    size_t errors = rk_diag_errors(run->diag);
    struct rk_yaml *root;
    rk_status status;

    if (!run->study) {
        reader.study = new_study(run);
        rk_diag_verbosity(run->diag, run->quiet,
                          true); /* no problem hides behind another */
        status = rk_yaml_read(run->arena, run->diag, reader.study->path, &root);
        if (status == RK_OK) read_all(&reader, root);
        rk_diag_verbosity(run->diag, run->quiet, run->verbose);
        RK_TRY(status);
        RK_TRY(list_narratives(&reader));
        if (rk_diag_errors(run->diag) > errors) return RK_STUDY;
        run->study = reader.study;
    }
    *out = run->study;
    return RK_OK;
}

const struct study_source *study_source(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->source_count; i++)
        if (strcmp(study->sources[i].name, name) == 0) return &study->sources[i];
    return strcmp(name, "people") == 0 ? study->people : NULL;
}

const struct study_point *study_point(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->point_count; i++)
        if (strcmp(study->points[i].name, name) == 0) return &study->points[i];
    return NULL;
}

const struct study_result *study_result(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->result_count; i++)
        if (strcmp(study->results[i].name, name) == 0) return &study->results[i];
    return NULL;
}

const struct study_scale *study_scale(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->scale_count; i++)
        if (strcmp(study->scales[i].name, name) == 0) return &study->scales[i];
    return NULL;
}

const char *study_folder(const struct rk_run *run, const struct study *study,
                         const struct study_source *source)
{
    return source->database ? rk_run_path(run, STUDY_DATABASE_FOLDER, NULL) : study->data_dir;
}

const struct study_column *study_column(const struct study_source *source, const char *name)
{
    for (size_t i = 0; i < source->column_count; i++)
        if (strcmp(source->columns[i].name, name) == 0) return &source->columns[i];
    for (size_t i = 0; i < source->derived_count; i++)
        if (strcmp(source->derived[i].name, name) == 0) return &source->derived[i];
    return NULL;
}

bool missing_not_asked(enum missing_kind kind)
{
    return kind == MISSING_NOT_ASKED || kind == MISSING_NOT_DUE;
}

bool study_result_releases(const struct study_result *result, const char *column)
{
    if (result->release != RELEASE_COLUMNS) return result->release == RELEASE_ALL;
    for (size_t i = 0; i < result->released_count; i++)
        if (strcmp(result->released[i], column) == 0) return true;
    return false;
}

const char *study_result_stage(const struct study_result *result)
{
    return result->kind == RESULT_CHANGE || result->kind == RESULT_TRANSITIONS ? "change"
                                                                               : "tabulate";
}
