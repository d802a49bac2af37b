// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run_priv.h"
#include "pipeline/base/rk_text.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* Where an option's value or mark goes. `offset` is into struct rk_run, or into struct
 * asked. */
struct asked {
    bool help, version;
};

struct option {
    const char *name;  /**< "--out" */
    const char *brief; /**< "-o", or NULL */
    enum { TEXT_OF_RUN, FLAG_OF_RUN, FLAG_ASKED } kind;
    size_t offset;
};

static const struct option options[] = {
    {"--out",      "-o", TEXT_OF_RUN, offsetof(struct rk_run, out_dir) },
    {"--data",     NULL, TEXT_OF_RUN, offsetof(struct rk_run, data_dir)},
    {"--ledger",   NULL, TEXT_OF_RUN, offsetof(struct rk_run, ledger_dir)},
    {"--as-at",    NULL, TEXT_OF_RUN, offsetof(struct rk_run, as_at)   },
    {"--from",     NULL, TEXT_OF_RUN, offsetof(struct rk_run, from)    },
    {"--former",   NULL, TEXT_OF_RUN, offsetof(struct rk_run, former)  },
    {"--threads",  "-j", TEXT_OF_RUN, offsetof(struct rk_run, jobs)    },
    {"--links",    NULL, TEXT_OF_RUN, offsetof(struct rk_run, links)   },
    {"--part",     NULL, TEXT_OF_RUN, offsetof(struct rk_run, part_asked)},
    {"--internal", NULL, FLAG_OF_RUN, offsetof(struct rk_run, internal)},
    {"--trace",    NULL, FLAG_OF_RUN, offsetof(struct rk_run, trace)   },
    {"--quiet",    "-q", FLAG_OF_RUN, offsetof(struct rk_run, quiet)   },
    {"--verbose",  "-v", FLAG_OF_RUN, offsetof(struct rk_run, verbose) },
    {"--json",     NULL, FLAG_OF_RUN, offsetof(struct rk_run, json)    },
    {"--rows",     NULL, FLAG_OF_RUN, offsetof(struct rk_run, rows)    },
    {"--dry-run",  "-n", FLAG_OF_RUN, offsetof(struct rk_run, dry_run) },
    {"--help",     "-h", FLAG_ASKED,  offsetof(struct asked,  help)    },
    {"--version",  NULL, FLAG_ASKED,  offsetof(struct asked,  version) },
};

enum { OPTIONS = sizeof options / sizeof *options };

/* The option of an argument; *value is what is glued to it ("-oOUT",
 * "--out=OUT"), or NULL. */
static const struct option *find_option(const char *argument, const char **value)
{
    size_t name_bytes = strcspn(argument, "=");

    *value = NULL;
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option *option = &options[i];

        if (option->brief && strncmp(argument, option->brief, 2) == 0 &&
            argument[1] != '-') {
            if (argument[2] && option->kind != TEXT_OF_RUN) continue;
            *value = argument[2] ? argument + 2 : NULL;
            return option;
        }
        if (strlen(option->name) == name_bytes &&
            strncmp(argument, option->name, name_bytes) == 0) {
            *value = argument[name_bytes] ? argument + name_bytes + 1 : NULL;
            return option;
        }
    }
    return NULL;
}

static rk_status unknown_option(const struct rk_run *run, const char *argument)
{
    const char *names[OPTIONS];
    const char *nearest;

    for (size_t i = 0; i < OPTIONS; i++)
        names[i] = options[i].name;
    nearest = rk_text_nearest(argument, names, OPTIONS);
    if (nearest)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "unknown option %s; did you mean %s?", argument, nearest);
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                   "unknown option %s; %s --help lists them", argument, run->program);
}

static rk_status take_option(struct rk_run *run, struct asked *asked, int argc, char **argv,
                             int *at)
{
    const char *value;
    const struct option *option = find_option(argv[*at], &value);
    char *base;

    if (!option) return unknown_option(run, argv[*at]);
    if (option->kind != TEXT_OF_RUN && value)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s takes no value", option->name);
    if (option->kind == TEXT_OF_RUN && !value) {
        if (*at + 1 >= argc)
            return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "%s needs a value", argv[*at]);
        value = argv[++*at];
    }
    if (option->kind == TEXT_OF_RUN && !*value)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "the value of %s is empty",
                       option->name);
    base = option->kind == FLAG_ASKED ? (char *)asked : (char *)run;
    if (option->kind == TEXT_OF_RUN)
        memcpy(base + option->offset, &value, sizeof value);
    else
        memcpy(base + option->offset, &(bool){true}, sizeof(bool));
    return RK_OK;
}

enum { THREADS_MAX = 256 };

static rk_status count_threads(struct rk_run *run)
{
    run->threads = sysconf(_SC_NPROCESSORS_ONLN);
    if (!run->jobs) return RK_OK;
    if (rk_text_integer(run->jobs, &run->threads) && run->threads >= 1 &&
        run->threads <= THREADS_MAX)
        return RK_OK;
    return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                   "-j \"%s\" is no number of threads; write one from 1 to %d", run->jobs,
                   THREADS_MAX);
}

static rk_status check_values(struct rk_run *run)
{
    long day;

    RK_TRY(count_threads(run));
    if (run->as_at && !rk_date_parse(run->as_at, &day))
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "--as-at \"%s\" is not a date; write it like 2015-09-30",
                       run->as_at);
    if (run->links && strcmp(run->links, "strict") != 0 &&
        strcmp(run->links, "normal") != 0 && strcmp(run->links, "loose") != 0)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "--links is strict, normal or loose, not \"%s\"", run->links);
    if (run->part_asked && strcmp(run->program, "reckon run") != 0)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE,
                       "--part is for `reckon run`; a part is made whole, and `reckon merge` "
                       "puts parts together");
    if (run->quiet && run->verbose)
        return rk_fail(run->diag, RK_USAGE, RK_NOWHERE, "-q and -v contradict each other");
    return RK_OK;
}

rk_status run_read_options(struct rk_run *run, int argc, char **argv, const char **operands,
                           size_t *operand_count, bool *help, bool *version)
{
    struct asked asked = {false, false};
    bool ended = false;

    *operand_count = 0;
    for (int i = 1; i < argc; i++) {
        if (ended || argv[i][0] != '-' || argv[i][1] == '\0')
            operands[(*operand_count)++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            ended = true;
        else
            RK_TRY(take_option(run, &asked, argc, argv, &i));
    }
    *help = asked.help;
    *version = asked.version;
    return asked.help || asked.version ? RK_OK : check_values(run);
}
