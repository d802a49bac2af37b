// SPDX-License-Identifier: MIT
/* generate [--second | --clients N] OUTDIR: writes the sample extracts; README.md says what
 * is in them. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sample-data/generate_draw.h"
#include "sample-data/generate_later.h"
#include "sample-data/generate_mess.h"
#include "sample-data/generate_sample.h"

enum { SEED = 2015, MOST_CLIENTS = 100000000 };

static const char usage[] =
    "Write the sample study's extracts, the same bytes each time.\n"
    "\n"
    "  generate sample-data/working-well              the first delivery, to 13 March "
    "2015\n"
    "  generate --second sample-data/working-well-2015-09   the second, to 30 September "
    "2015\n"
    "  generate --clients 1000000 /tmp/large           the same shape at another size\n";

static struct delivery first_delivery(void)
{
    return (struct delivery){"Working Well: initial assessments to 13/03/2015",
                             "Local Authority",
                             calendar.cut_off,
                             calendar.committee,
                             INT_MAX,
                             90000};
}

static struct delivery second_delivery(void)
{
    return (struct delivery){"Working Well: initial assessments to 30/09/2015",
                             "LA District",
                             calendar.later_cut_off,
                             calendar.later_cut_off,
                             calendar.cut_off + 1,
                             90000};
}

static void mark(struct world *world, int block)
{
    struct rng rng;

    rng_start(&rng, SEED, 4 * (uint64_t)block + 1);
    mess_mark(world, &rng);
    world_sort(world);
}

static void write_sample(const char *folder, bool second)
{
    struct world world = {.n_clients = 0};
    struct delivery delivery = second ? second_delivery() : first_delivery();
    struct extract extract;
    struct rng rng;

    sample_build(&world, SEED);
    mark(&world, 0);
    rng_start(&rng, SEED, 1000);
    if (second) {
        later_extend(&world, &rng);
        world_sort(&world);
    }
    extract_open(&extract, &delivery, folder, SEED);
    extract_world(&extract, &world);
    mess_assessments(&extract, &world, SEED, 0);
    extract_close(&extract);
    world_free(&world);
}

/* One block of clients, drawn, written and forgotten: memory does not grow with their
 * number. */
static void write_block(struct extract *extract, struct world *world, int block, int n)
{
    struct span span = {calendar.start + 6, calendar.cut_off - 1};
    struct rng rng;

    rng_start(&rng, SEED, 4 * (uint64_t)block);
    world_empty(world);
    for (int i = 0; i < n; i++) {
        struct client *client = draw_client(world, &rng, span);

        client->ref =
            FIRST_REF + REF_STEP * (block * SAMPLE_CLIENTS + i) + rng_below(&rng, REF_STEP);
        span.to = calendar.cut_off;
        draw_referral(world, &rng, i, span);
        draw_events(world, &rng, i, span);
        span.to = calendar.cut_off - 1;
    }
    mark(world, block);
    extract_world(extract, world);
    mess_assessments(extract, world, SEED, block);
    extract_flush(extract);
}

static void write_many(const char *folder, int clients)
{
    struct world world = {.n_clients = 0};
    struct delivery delivery = first_delivery();
    struct extract extract;

    delivery.stray_records_from = 900000000;
    extract_open(&extract, &delivery, folder, SEED);
    for (int block = 0, left = clients; left > 0; block++, left -= SAMPLE_CLIENTS)
        write_block(&extract, &world, block, left < SAMPLE_CLIENTS ? left : SAMPLE_CLIENTS);
    extract_close(&extract);
    world_free(&world);
}

static int read_clients(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);

    return *text && !*end && n > 0 && n <= MOST_CLIENTS ? (int)n : 0;
}

static int refuse(void)
{
    fputs(usage, stderr);
    return 2;
}

int main(int argc, char **argv)
{
    bool second = argc > 1 && strcmp(argv[1], "--second") == 0;
    bool many = argc > 1 && strcmp(argv[1], "--clients") == 0;
    int clients = many && argc > 2 ? read_clients(argv[2]) : 0;
    int next = 1 + (second ? 1 : 0) + (many ? 2 : 0);

    if (argc > 1 && strcmp(argv[1], "--help") == 0) return fputs(usage, stdout) < 0 ? 4 : 0;
    if (argc != next + 1 || argv[next][0] == '-' || (many && clients == 0)) return refuse();
    if (mkdir(argv[next], 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "generate: %s: %s\n", argv[next], strerror(errno));
        return 4;
    }
    if (many)
        write_many(argv[next], clients);
    else
        write_sample(argv[next], second);
    return 0;
}
