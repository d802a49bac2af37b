// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_program.h"
#include "pipeline/base/rk_text.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/driver/driver.h"
#include "pipeline/driver/stat.h"

#include <stdio.h>
#include <string.h>

struct verb {
    const char *name, *summary;
    int (*work)(int argc, char **argv); /**< NULL: the stage of that name */
};

static const struct verb verbs[] = {
    {"run",      "extracts to reports: every stage that is stale", driver_run},
    {"merge",    "parts of a study, made by `reckon run --part`, to one", driver_merge},
    {"init",     "draft a study from a folder of extracts", driver_init},
    {"check",    "say everything that is wrong with a study", driver_check},
    {"lint",     "typed numbers, and words that the cells do not bear out", driver_lint},
    {"explain",  "where a number comes from", driver_explain},
    {"verify",   "is a PDF what it was, and do its numbers tie?", driver_verify},
    {"clean",    "extracts to tidy tables, each repair written down", NULL},
    {"dedupe",   "who is who: one row per person", NULL},
    {"tabulate", "counts, cross-tabs, means, months, targets", NULL},
    {"change",   "the same people at two points in time", NULL},
    {"effect",   "how far headlines move when dedupe must be surer, or less sure", NULL},
    {"mask",     "what may be published: small numbers and what would betray them", NULL},
    {"chart",    "the figures of the reports, through gnuplot", NULL},
    {"report",   "narratives, cells and charts to PDF", NULL},
    {"attack",   "try to work out what is masked, from what was published", attack_program},
    {"release",  "write down what has gone out, for the next report", driver_release},
    {"names",    "spellings of a code list that may be one, for a person to confirm", driver_names},
    {"quality",  "what is wrong with the data: a paper for those who keep the records", driver_quality},
    {"purge",    "remove personal data from an output folder", driver_purge},
    {"unclean",  "the extracts again, from what clean made of them", driver_unclean},
    {"backtest", "compare the cells with figures published elsewhere", driver_backtest},
    {"review",   "answer, pair by pair, what dedupe could not tell", driver_review},
    {"key",      "a new key for the pseudonyms of a study", driver_key},
    {"linkage-score", "how well dedupe found who is who, where the truth is known",
     driver_linkage_score},
    {"audit",    "what cannot be true in anybody's published tables and text", driver_audit},
    {"stat",     "one statistic: reckon stat prop_wilson 'x=81;n=263'", driver_stat},
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static void print_help(void)
{
    puts("reckon: from a programme's extracts to an evaluation report, every figure proved\n"
         "\n"
         "  reckon init my-study --from extracts          draft a study\n"
         "  reckon check config/working-well              is the study in order?\n"
         "  reckon run config/working-well -o out         everything; the PDF is in out/\n"
         "  reckon run config/working-well -o out -n      what would run, and why\n"
         "  reckon clean config/working-well -o out       one stage\n"
         "  reckon audit report.md                        what cannot be true in it?\n"
         "  reckon stat prop_wilson 'x=81;n=263'          one statistic\n"
         "\n"
         "Verbs:");
    for (size_t i = 0; i < VERBS; i++)
        printf("  %-13s %s\n", verbs[i].name, verbs[i].summary);
    puts("\n"
         "`reckon VERB --help` says more; `man reckon` says it all.\n"
         "Exit status: 0 fine; 1 a check failed; 2 usage; 3 the study or a narrative is wrong;\n"
         "4 the world said no (disk, memory, gnuplot, fonts); 130 interrupted.");
}

static int unknown_verb(const char *word)
{
    const char *names[VERBS];
    const char *near;

    for (size_t i = 0; i < VERBS; i++)
        names[i] = verbs[i].name;
    near = rk_text_nearest(word, names, VERBS);
    fprintf(stderr, "reckon: there is no verb \"%s\"%s%s%s; see reckon --help\n", word,
            near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return RK_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help();
        return RK_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return RK_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("reckon " RK_VERSION);
        return RK_OK;
    }
    for (size_t i = 0; i < VERBS; i++)
        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].work ? verbs[i].work(argc - 1, argv + 1)
                                 : manifest_main(argc - 1, argv + 1, driver_stage(argv[1]));
    return unknown_verb(argv[1]);
}
