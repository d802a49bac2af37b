// SPDX-License-Identifier: MIT
#include "sample-data/generate_people.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct scale scales[SCALES] = {
    {5,  0, 8},
    {7,  1, 5},
    {10, 1, 4}
};

/* Makes room for one more of `size` bytes; memory that runs out ends the program with
 * status 4. */
static void *one_more(void *items, int *n, int *room, size_t size)
{
    if (*n == *room) {
        *room = *room ? *room * 2 : 64;
        items = realloc(items, (size_t)*room * size);
        if (!items) {
            fputs("generate: not enough memory\n", stderr);
            exit(4);
        }
    }
    memset((char *)items + (size_t)*n * size, 0, size);
    *n += 1;
    return items;
}

#define ONE_MORE(kind, number)                                                   \
    (world->kind = one_more(world->kind, &world->n_##kind, &world->room[number], \
                            sizeof *world->kind),                                \
     &world->kind[world->n_##kind - 1])

struct client *world_client(struct world *world)
{
    return ONE_MORE(clients, 0);
}

struct review *world_review(struct world *world)
{
    return ONE_MORE(reviews, 1);
}

struct scoring *world_scoring(struct world *world)
{
    struct scoring *scoring = ONE_MORE(scorings, 2);

    for (int scale = 0; scale < SCALES; scale++)
        scoring_blank(scoring, scale);
    return scoring;
}

struct service *world_service(struct world *world)
{
    return ONE_MORE(services, 3);
}

struct referral *world_referral(struct world *world)
{
    return ONE_MORE(referrals, 4);
}

struct job *world_job(struct world *world)
{
    return ONE_MORE(jobs, 5);
}

/* Structures of nothing but whole numbers, the date first. */
static int compare_numbers(const int *one, const int *two, size_t size)
{
    for (size_t i = 0; i < size / sizeof(int); i++) {
        if (one[i] != two[i]) return one[i] < two[i] ? -1 : 1;
    }
    return 0;
}

static int by_service(const void *a, const void *b)
{
    return compare_numbers(a, b, sizeof(struct service));
}

static int by_job(const void *a, const void *b)
{
    return compare_numbers(a, b, sizeof(struct job));
}

void world_sort(struct world *world)
{
    if (world->n_services > 1)
        qsort(world->services, (size_t)world->n_services, sizeof *world->services,
              by_service);
    if (world->n_jobs > 1)
        qsort(world->jobs, (size_t)world->n_jobs, sizeof *world->jobs, by_job);
}

void world_empty(struct world *world)
{
    world->n_clients = world->n_reviews = world->n_scorings = 0;
    world->n_services = world->n_referrals = world->n_jobs = 0;
}

void world_free(struct world *world)
{
    free(world->clients);
    free(world->reviews);
    free(world->scorings);
    free(world->services);
    free(world->referrals);
    free(world->jobs);
    memset(world, 0, sizeof *world);
}

static const char *const name_starts[] = {
    "Bre", "Cal", "Dar", "El",  "Fen", "Gar", "Hol",  "Is",           "Jor",
    "Kel", "Lor", "Mar", "Ner", "Or",  "Per", "Quin", "Ros",          "Sel",
    "Tam", "Ul",  "Ver", "Wen", "Yor", "Zan", "Ay",   "Bas",          "Cor",
    "Dil", "Em",  "Far", "Ged", "Har", "Il",  "Jas",  "Andr\xC3\xA9", "Zo\xC3\xAB"};
static const char *const name_ends[2][14] = {
    {"a",   "elle", "ina", "wyn",  "eth", "issa", "ora", "ita", "enne", "ika",  "una", "ya",
     "abel", "lyn"},
    {"dan", "vic",  "win", "mund", "ric", "bert", "lan", "ley", "mon",  "ston", "rek", "do",
     "ick",  "us" }
};
static const char *const surname_starts[] = {"Ash",
                                             "Brack",
                                             "Cald",
                                             "Dun",
                                             "Elm",
                                             "Farn",
                                             "Gorst",
                                             "Hask",
                                             "Ink",
                                             "Jarr",
                                             "Kett",
                                             "Lang",
                                             "Marl",
                                             "Oak",
                                             "Pell",
                                             "Quill",
                                             "Rav",
                                             "Stan",
                                             "Thorn",
                                             "Ull",
                                             "Vane",
                                             "Wick",
                                             "Yar",
                                             "Abd",
                                             "Bhar",
                                             "Chow",
                                             "Okon",
                                             "Sidd",
                                             "Ndel",
                                             "Rahm",
                                             "O\xE2\x80\x99"
                                             "Tarn",
                                             "O'Hess",
                                             "D\xC3\xA9"
                                             "nn",
                                             "M\xC3\xBCr",
                                             "Ch\xC3\xA2t",
                                             "\xC5\xA0im"};
static const char *const surname_ends[] = {"beck",  "combe",   "dale",   "enby",  "field",
                                           "garth", "holt",    "ingley", "kirk",  "low",
                                           "mire",  "nall",    "over",   "penny", "rigg",
                                           "shaw",  "thwaite", "under",  "vick",  "worth"};
/* The last row is for clients whose area nobody wrote down. */
static const char *const districts[4][8] = {
    {"M1",  "M8",  "M9",  "M11", "M13", "M14",  "M21",  "M22"},
    {"M3",  "M5",  "M6",  "M7",  "M27", "M28",  "M30",  "M44"},
    {"M16", "M31", "M32", "M33", "M41", "WA14", "WA15", "M17"},
    {"M2",  "M4",  "M12", "M18", "M19", "M20",  "M23",  "M40"}
};

#define PICK(rng, words) words[rng_below(rng, (int)(sizeof words / sizeof words[0]))]

void person_move(struct rng *rng, struct client *client)
{
    static const char never_used[] = "CIKMOV"; /* no inward code ends in these */
    int area = client->area == NONE ? 3 : client->area;
    const char *district = PICK(rng, districts[area]);
    unsigned sector = (unsigned)rng_below(rng, 9) + 1;
    char unit[3] = {(char)('A' + rng_below(rng, 26)), 0, 0};

    unit[1] = never_used[rng_below(rng, 6)];
    snprintf(client->postcode, POSTCODE_ROOM, "%s %u%s", district, sector % 10, unit);
}

void person_invent(struct rng *rng, struct client *client)
{
    int male = client->sex == SEX_TRANSGENDER ? rng_below(rng, 2) : client->sex == SEX_MALE;

    const char *start = PICK(rng, name_starts);
    const char *end = PICK(rng, name_ends[male]);
    snprintf(client->forename, NAME_ROOM, "%s%s", start, end);
    start = PICK(rng, surname_starts);
    end = PICK(rng, surname_ends);
    snprintf(client->surname, NAME_ROOM, "%s%s", start, end);
    person_move(rng, client);
    client->key_worker = rng_between(rng, 1, 20);
}

void person_birth(struct rng *rng, struct client *client)
{
    static const int youngest[BANDS] = {19, 25, 35, 45, 55};
    static const int oldest[BANDS] = {24, 34, 44, 54, 63};

    if (client->band == NONE) {
        client->born = NONE;
        return;
    }
    int from = date_years_before(client->assessed, oldest[client->band] + 1) + 2;
    int to = date_years_before(client->assessed, youngest[client->band]) - 1;
    client->born = rng_between(rng, from, to);
    assert(date_age(client->born, client->assessed) >= youngest[client->band]);
    assert(date_age(client->born, client->assessed) <= oldest[client->band]);
}

void scoring_blank(struct scoring *scoring, int scale)
{
    for (int i = 0; i < SCALE_ITEMS; i++)
        scoring->item[scale][i] = NONE;
    scoring->total[scale] = NONE;
}

void scoring_fill(struct rng *rng, struct scoring *scoring, int scale, int total)
{
    const struct scale *shape = &scales[scale];
    int left = total - shape->items * shape->low;

    assert(left >= 0 && total <= shape->items * shape->high);
    for (int i = 0; i < shape->items; i++)
        scoring->item[scale][i] = shape->low;
    while (left > 0) {
        int *item = &scoring->item[scale][rng_below(rng, shape->items)];

        if (*item < shape->high) {
            *item += 1;
            left--;
        }
    }
    scoring->total[scale] = total;
}

int scoring_sum(const struct scoring *scoring, int scale)
{
    int sum = 0;

    for (int i = 0; i < scales[scale].items; i++) {
        if (scoring->item[scale][i] == NONE) return NONE;
        sum += scoring->item[scale][i];
    }
    return sum;
}

int quarter_of(int date)
{
    int year;
    int month;
    int day;

    date_parts(date, &year, &month, &day);
    return (year - 2014) * 4 + (month - 1) / 3 - 1;
}
