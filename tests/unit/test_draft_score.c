// SPDX-License-Identifier: MIT
/* How much of a study that people made does `reckon init` draft from its extracts alone? */
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/study.h"
#include "pipeline/draft/draft.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

enum part {
    COLUMNS,
    TYPES,
    KEYS,
    LINKS,
    DATES,
    SPELLINGS,
    RANGES,
    SCALES,
    PRIVATE,
    RULES,
    EXCLUDED,
    CHANGES,
    ORDERED,
    WHO,
    PARTS
};
static const char *const part_names[PARTS] = {
    "columns",         "types",           "keys",       "links",
    "date formats",    "spellings",       "ranges",     "scales",
    "private columns", "duplicate rules", "exclusions", "changes",
    "ordered answers", "fields of who is who",
};

struct score {
    struct rk_arena *arena;
    long drafted[PARTS], made[PARTS];
};

static void add(struct score *score, enum part part, bool drafted)
{
    score->made[part]++;
    score->drafted[part] += drafted;
}

static bool same_text(struct score *score, const char *a, const char *b)
{
    return strcmp(rk_text_fold(score->arena, a), rk_text_fold(score->arena, b)) == 0;
}

/* By the heading in the extracts: names are each study's own. */
static const struct study_column *twin(struct score *score,
                                       const struct study_source *source,
                                       const struct study_column *column)
{
    for (size_t i = 0; i < source->column_count; i++)
        for (size_t f = 0; f < column->from_count; f++)
            if (same_text(score, source->columns[i].from[0], column->from[f]))
                return &source->columns[i];
    return NULL;
}

static const struct study_source *twin_source(struct score *score,
                                              const struct study *drafted,
                                              const struct study_source *made)
{
    const struct study_source *best = NULL;
    size_t most = 0;

    for (size_t s = 0; s < drafted->source_count; s++) {
        size_t shared = 0;

        for (size_t i = 0; i < made->column_count; i++)
            shared += twin(score, &drafted->sources[s], &made->columns[i]) != NULL;
        if (shared <= most) continue;
        most = shared;
        best = &drafted->sources[s];
    }
    return best;
}

/* Does the draft read no text otherwise? A format more, for what the extracts hold, is
 * fine. */
static bool formats_agree(const struct study_column *drafted,
                          const struct study_column *made)
{
    bool usual = false;

    for (size_t i = 0; i < made->format_count; i++)
        usual = usual || (drafted->format_count &&
                          strcmp(drafted->formats[0], made->formats[i]) == 0);
    return usual;
}

/* The draft's code of most of a made code's spellings. */
static int main_code(struct score *score, const struct code_list *drafted,
                     const struct code_list *made, int made_code)
{
    long *texts = RK_ARRAY(score->arena, long, drafted->count + 1);
    int best = -1;

    for (size_t i = 0; i < rk_map_count(made->lookup); i++) {
        int code = made->code_of[i] == made_code
                       ? code_list_match(drafted, score->arena, rk_map_key(made->lookup, i))
                       : -1;

        if (code < 0) continue;
        texts[code]++;
        if (best < 0 || texts[code] > texts[best]) best = code;
    }
    return best;
}

/* A spelling of the extracts is drafted when it stands with the others of its answer, and
 * under a label that means that answer. */
static void score_spellings(struct score *score, const struct code_list *drafted,
                            const struct code_list *made)
{
    for (size_t i = 0; i < rk_map_count(made->lookup); i++) {
        const char *text = rk_map_key(made->lookup, i);
        int code = code_list_match(drafted, score->arena, text);

        if (code < 0) continue; /* not in the extracts */
        add(score, SPELLINGS,
            code == main_code(score, drafted, made, made->code_of[i]) &&
                code_list_match(made, score->arena, drafted->labels[code]) ==
                    made->code_of[i]);
    }
}

static void score_column(struct score *score, const struct study_column *drafted,
                         const struct study_column *made, bool first_use)
{
    bool numbers = made->type == COLUMN_NUMBER || made->type == COLUMN_INTEGER;

    add(score, COLUMNS, drafted != NULL);
    if (!drafted) return;
    add(score, TYPES,
        drafted->type == made->type || (numbers && (drafted->type == COLUMN_NUMBER ||
                                                    drafted->type == COLUMN_INTEGER)));
    if (made->type == COLUMN_DATE && drafted->type == COLUMN_DATE)
        add(score, DATES, formats_agree(drafted, made));
    if (made->type == COLUMN_CODE && drafted->type == COLUMN_CODE && first_use)
        score_spellings(score, drafted->codes, made->codes);
    if (made->type == COLUMN_INTEGER && !isnan(made->lowest) && made->highest <= 10)
        add(score, RANGES,
            drafted->lowest == made->lowest && drafted->highest == made->highest);
    if (made->type == COLUMN_CODE && made->ordered) add(score, ORDERED, drafted->ordered);
    if (made->private && !made->kept) add(score, PRIVATE, drafted->private);
}

static bool same_column(struct score *score, const struct study_source *a, const char *name,
                        const struct study_source *b, const char *other)
{
    const struct study_column *x = name ? study_column(a, name) : NULL;
    const struct study_column *y = other ? study_column(b, other) : NULL;

    return x && y && twin(score, a, y) == x;
}

static void score_source(struct score *score, const struct study_source *drafted,
                         const struct study_source *made)
{
    for (size_t i = 0; i < made->column_count; i++) {
        bool first_use = true;

        for (size_t j = 0; j < i; j++)
            first_use = first_use && made->columns[j].codes != made->columns[i].codes;
        score_column(score, twin(score, drafted, &made->columns[i]), &made->columns[i],
                     first_use);
    }
    if (made->key)
        add(score, KEYS, same_column(score, drafted, drafted->key, made, made->key));
    if (made->link)
        add(score, LINKS, same_column(score, drafted, drafted->link, made, made->link));
    for (size_t d = 0; d < made->duplicate_count; d++) {
        bool found = false;

        for (size_t o = 0; o < drafted->duplicate_count; o++)
            found = found || (drafted->duplicates[o].match_count ==
                                  made->duplicates[d].match_count &&
                              drafted->duplicates[o].keep == made->duplicates[d].keep);
        add(score, RULES, found);
    }
}

static void score_exclusions(struct score *score, const struct study_source *drafted,
                             const struct study_source *made)
{
    for (size_t d = 0; d < made->exclusion_count; d++) {
        bool found = false;

        for (size_t o = 0; o < drafted->exclusion_count; o++)
            found = found ||
                    strncmp(drafted->exclusions[o].code, made->exclusions[d].code, 4) == 0;
        add(score, EXCLUDED, found);
    }
}

/* Questions asked twice: each is followed in the draft, too. */
static void score_changes(struct score *score, const struct study *drafted,
                          const struct study *made)
{
    struct rk_map *seen = rk_map_new(score->arena);

    for (size_t i = 0; i < made->result_count; i++) {
        const struct study_column *column =
            study_column(made->people, made->results[i].of ? made->results[i].of : "");
        const struct study_column *other;
        size_t known = rk_map_count(seen);
        bool found = false;

        if (made->results[i].kind != RESULT_CHANGE || !column || column->derive ||
            rk_map_add(seen, column->name) < known)
            continue;
        other = twin(score, drafted->people, column);
        for (size_t j = 0; other && j < drafted->result_count; j++)
            found = found || (drafted->results[j].kind == RESULT_CHANGE &&
                              strcmp(drafted->results[j].of, other->name) == 0);
        add(score, CHANGES, found);
    }
}

/* What persons are told apart by: the same columns, compared in the same way. */
static void score_who(struct score *score, const struct study_source *drafted,
                      const struct study_source *made)
{
    for (size_t i = 0; made->linkage && i < made->linkage->field_count; i++) {
        const struct link_field *field = &made->linkage->fields[i];
        bool found = false;

        for (size_t j = 0; drafted->linkage && j < drafted->linkage->field_count; j++) {
            const struct link_field *other = &drafted->linkage->fields[j];

            found = found || (other->kind == field->kind &&
                              same_column(score, drafted, other->name, made, field->name));
        }
        add(score, WHO, found);
    }
}

static double print_score(const struct score *score, const char *name)
{
    double sum = 0;
    int parts = 0;

    printf("drafted of %s:", name);
    for (int p = 0; p < PARTS; p++) {
        if (!score->made[p]) continue;
        printf(" %s %ld of %ld;", part_names[p], score->drafted[p], score->made[p]);
        sum += (double)score->drafted[p] / (double)score->made[p];
        parts++;
    }
    printf(" %.0f%% of all\n", 100 * sum / parts);
    return sum / parts;
}

static const struct study *open_study(struct rk_run *run, const char *dir)
{
    const struct study *study;

    run->study = NULL;
    run->study_dir = dir;
    CHECK_OK(study_open(run, &study));
    return study;
}

static double draft_and_score(const char *made_dir, const char *extracts,
                              struct score *score)
{
    struct rk_run run = {
        .program = "test", .arena = score->arena, .quiet = true, .lock = -1};
    const char *dir = rk_arena_printf(score->arena, "%s/drafted", check_folder());
    const struct study *drafted, *made;

    run.diag = rk_diag_new(NULL);
    run.study_dir = dir;
    CHECK_OK(draft_study(&run, extracts));
    drafted = open_study(&run, dir);
    made = open_study(&run, made_dir);
    for (size_t s = 0; s < made->source_count; s++) {
        const struct study_source *of = twin_source(score, drafted, &made->sources[s]);

        CHECK(of != NULL);
        score_source(score, of, &made->sources[s]);
        score_exclusions(score, of, &made->sources[s]);
        if (&made->sources[s] == made->people) CHECK(of == drafted->people);
    }
    for (size_t i = 0; i < made->scale_count; i++) {
        bool found = false;

        for (size_t j = 0; j < drafted->scale_count; j++)
            found = found || drafted->scales[j].item_count == made->scales[i].item_count;
        add(score, SCALES, found);
    }
    score_changes(score, drafted, made);
    score_who(score, drafted->people, made->people);
    rk_diag_free(run.diag);
    return print_score(score, made->name);
}

static void most_of_the_sample_study_is_drafted(void **state)
{
    struct score score = {.arena = rk_arena_new()};
    double share =
        draft_and_score("config/working-well", "sample-data/working-well", &score);

    (void)state;
    CHECK(share > 0.9);
    CHECK_INT(score.drafted[LINKS], score.made[LINKS]);
    CHECK_INT(score.drafted[KEYS], score.made[KEYS]);
    CHECK_INT(score.drafted[SCALES], score.made[SCALES]);
    CHECK_INT(score.drafted[PRIVATE], score.made[PRIVATE]);
    rk_arena_free(score.arena);
}

static void most_of_another_programme_is_drafted(void **state)
{
    struct score score = {.arena = rk_arena_new()};
    double share = draft_and_score("tests/studies/debt-advice",
                                   "tests/studies/debt-advice/extracts", &score);

    (void)state;
    CHECK(share > 0.9);
    CHECK_INT(score.drafted[LINKS], score.made[LINKS]);
    rk_arena_free(score.arena);
}

/* Other languages, orders of dates, references of figures alone, answers in words. */
static void most_of_two_programmes_far_away_is_drafted(void **state)
{
    static const char *const studies[] = {"tests/studies/jugendberatung",
                                          "tests/studies/night-shelter"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct score score = {.arena = rk_arena_new()};
        double share = draft_and_score(
            studies[i], rk_arena_printf(score.arena, "%s/extracts", studies[i]), &score);

        CHECK(share > 0.95);
        CHECK_INT(score.drafted[LINKS], score.made[LINKS]);
        CHECK_INT(score.drafted[WHO], score.made[WHO]);
        CHECK_INT(score.drafted[PRIVATE], score.made[PRIVATE]);
        rk_arena_free(score.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_of_the_sample_study_is_drafted),
        cmocka_unit_test(most_of_another_programme_is_drafted),
        cmocka_unit_test(most_of_two_programmes_far_away_is_drafted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
