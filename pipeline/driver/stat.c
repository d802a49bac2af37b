// SPDX-License-Identifier: MIT
#include "pipeline/driver/stat.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/rk_text.h"
#include "pipeline/driver/stat_priv.h"

static const char usage[] =
    "reckon stat: one statistic, with its interval, its sentence and its source\n"
    "\n"
    "  reckon stat prop_wilson 'x=81;n=263'\n"
    "  reckon stat mcnemar 'yy=111;yn=8;ny=32;nn=164'\n"
    "  reckon stat logistic "
    "'data=clients.csv;y=belief==Yes;x=age,area(ref=Salford);na=drop'\n"
    "  reckon stat --list wilson        methods that mention a word, or all of them\n"
    "  reckon stat --cases FILE         CSV rows id,method,input to "
    "id,method,quantity,value\n"
    "\n"
    "  --csv, --json    for programs, at full precision\n"
    "  -h, --help       this text\n"
    "\n"
    "Inputs are key=value, joined by ; : lists 1,2,NA; tables 4,1|2,9; strata of tables "
    "joined\n"
    "by /. With data=FILE, y= and the like name columns: A, A-B, A==B (1 or 0), A!=B;\n"
    "filter=A==B keeps rows; na=drop leaves out rows with a missing value; "
    "x=a,b(ref=Level),\n"
    "c(factor:ref=1) are terms of a model.\n";

enum task { TASK_ANSWER, TASK_LIST, TASK_CASES, TASK_HELP, TASK_WRONG };

struct request {
    enum task task;
    enum stat_style style;
    const char *cases;
    const char *first, *second; /* METHOD and INPUT, or the word for --list */
};

static struct request read_arguments(int argc, char **argv)
{
    static const struct option options[] = {
        {"list",  no_argument,       NULL, 'l'},
        {"cases", required_argument, NULL, 'c'},
        {"json",  no_argument,       NULL, 'j'},
        {"csv",   no_argument,       NULL, 'v'},
        {"help",  no_argument,       NULL, 'h'},
        {NULL,    0,                 NULL, 0  },
    };
    struct request request = {TASK_ANSWER, STAT_STYLE_TEXT, NULL, NULL, NULL};

    optind = 0; /* another verb may have used getopt before */
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        switch (c) {
        case 'l':
            request.task = TASK_LIST;
            break;
        case 'c':
            request.task = TASK_CASES;
            request.cases = optarg;
            break;
        case 'j':
            request.style = STAT_STYLE_JSON;
            break;
        case 'v':
            request.style = STAT_STYLE_CSV;
            break;
        case 'h':
            request.task = TASK_HELP;
            break;
        default:
            request.task = TASK_WRONG;
            return request;
        }
    }
    request.first = optind < argc ? argv[optind++] : NULL;
    request.second = optind < argc ? argv[optind++] : NULL;
    if (optind < argc || (request.task == TASK_ANSWER && !request.first))
        request.task = TASK_WRONG;
    return request;
}

const struct stat_method **stat_all(struct rk_arena *arena, size_t *n)
{
    const struct stat_method **all = NULL;
    size_t cap = 0;

    *n = 0;
    for (size_t f = 0; stat_families[f]; f++)
        for (const struct stat_method *m = stat_families[f]; m->name; m++) {
            RK_ROOM(arena, all, *n, cap);
            all[(*n)++] = m;
        }
    return all;
}

const struct stat_method *stat_find(const char *name, const char **nearest)
{
    const char *names[512];
    size_t n = 0;

    for (size_t f = 0; stat_families[f]; f++)
        for (const struct stat_method *m = stat_families[f]; m->name; m++) {
            if (strcmp(m->name, name) == 0) return m;
            if (n < sizeof names / sizeof *names) names[n++] = m->name;
        }
    *nearest = rk_text_nearest(name, names, n);
    return NULL;
}

/* What a method takes, for someone who typed its name and nothing else. */
static rk_status describe(const struct stat_method *method)
{
    fprintf(stderr, "%s: %s\ntakes: %s\nsource: %s\n", method->name, method->meaning,
            method->inputs, method->source);
    return RK_USAGE;
}

static rk_status answer(struct stat_session *session, const struct request *request)
{
    static const rk_status statuses[] = {
        [STAT_ANSWERED] = RK_OK,
        [STAT_REFUSED] = RK_CHECK,
        [STAT_MISUSED] = RK_USAGE,
        [STAT_NO_FILE] = RK_WORLD,
    };
    const char *nearest;
    const struct stat_method *method = stat_find(request->first, &nearest);

    if (method && !request->second) return describe(method);

    const char *input = request->second ? request->second : "";
    struct stat_call *call = stat_answer(session, session->arena, request->first, input);
    bool wrong = call->state == STAT_MISUSED || call->state == STAT_NO_FILE;
    if (wrong)
        return rk_fail(session->diag, statuses[call->state], RK_NOWHERE, "%s",
                       call->reason);
    stat_print(call, input, request->style, stdout);
    return statuses[call->state];
}

static rk_status serve(struct stat_session *session, const struct request *request)
{
    switch (request->task) {
    case TASK_HELP:
        fputs(usage, stdout);
        return RK_OK;
    case TASK_LIST:
        stat_print_list(session->arena, request->first, request->style, stdout);
        return RK_OK;
    case TASK_CASES:
        return stat_cases(session, request->cases, stdout);
    case TASK_ANSWER:
        return answer(session, request);
    case TASK_WRONG:
        break;
    }
    fputs(usage, stderr);
    return RK_USAGE;
}

int driver_stat(int argc, char **argv)
{
    struct request request = read_arguments(argc, argv);
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("reckon stat");
    struct stat_session session = {
        .arena = arena, .diag = diag, .folder = "", .sheet_names = rk_map_new(arena)};

    stats_start();
    rk_status status = serve(&session, &request);
    rk_diag_flush(diag);
    rk_diag_free(diag);
    rk_arena_free(arena);
    if (fflush(stdout) != 0 || ferror(stdout)) status = RK_WORLD;
    return (int)status;
}
