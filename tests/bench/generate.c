// SPDX-License-Identifier: MIT
/* bench-generate CLIENTS STUDY DIR: four untidy extracts of a made-up programme at any size, in the
 * spellings of STUDY/codes, and recode.csv, which gives the same spellings to the other programs.
 * The same number gives the same bytes anywhere. */
#include "pipeline/base/rk_date.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES_MAX = 64, SPELLINGS_MAX = 16, TEXT_MAX = 256, LINE = 4096 };

/* ---- chance: SplitMix64 (Steele, Lea & Flood 2014), whole numbers only ---- */

static uint64_t state = 20150313;

static uint32_t below(uint32_t n)
{
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (uint32_t)(((z >> 32) * n) >> 32);
}

/* In `thousand` of a thousand cases. */
static bool chance(uint32_t thousand)
{
    return below(1000) < thousand;
}

/* ---- code lists ---- */

struct spelled {
    char label[TEXT_MAX];
    char *spellings[SPELLINGS_MAX];
    uint32_t count;
};
struct list {
    const char *field;
    struct spelled codes[CODES_MAX];
    uint32_t count;
};
enum { AREA, GENDER, ETHNICITY, CONDITION, YESNO, TYPE, WHEN, SERVICE, SCALE, LISTS };
static struct list lists[LISTS] = {{.field = "area"},  {.field = "gender"}, {.field = "ethnicity"},
                                   {.field = "condition"}, {.field = "yesno"}, {.field = "type"},
                                   {.field = "when"},  {.field = "service"}, {.field = "scale"}};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "bench-generate: cannot %s %s\n", what, name);
    exit(4);
}

/* The next cell of a line of a code list; quotes only where a comma stands inside. */
static char *next_cell(char **line)
{
    char *start = *line + (**line == '"');
    char end = **line == '"' ? '"' : ',';
    char *stop = start + strcspn(start, end == '"' ? "\"\n" : ",\n");

    *line = stop + (*stop == '"');
    if (**line == ',' || **line == '\n') ++*line;
    *stop = '\0';
    return start;
}

static void read_code(struct spelled *code, char *line)
{
    char *rest;

    next_cell(&line);
    snprintf(code->label, sizeof code->label, "%s", next_cell(&line));
    rest = strdup(next_cell(&line));
    for (char *at = strtok(rest, "|"); at && code->count < SPELLINGS_MAX; at = strtok(NULL, "|"))
        code->spellings[code->count++] = at;
}

static void put_lower(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++)
        putc(tolower((unsigned char)*text), out);
    putc('"', out);
}

static void read_list(struct list *list, const char *study, FILE *recode)
{
    char path[LINE], line[LINE];
    FILE *file;

    snprintf(path, sizeof path, "%s/codes/%s.csv", study, list->field);
    file = fopen(path, "rb");
    if (!file || !fgets(line, sizeof line, file)) die("read", path);
    while (fgets(line, sizeof line, file) && list->count < CODES_MAX) {
        struct spelled *code = &list->codes[list->count++];

        read_code(code, line);
        for (uint32_t i = 0; i <= code->count; i++) {
            fprintf(recode, "%s,", list->field);
            put_lower(recode, i < code->count ? code->spellings[i] : code->label);
            fprintf(recode, ",\"%s\"\n", code->label);
        }
    }
    fclose(file);
}

/* ---- cells ---- */

struct row {
    char text[LINE];
    size_t used;
};

static void put_text(struct row *row, const char *text)
{
    bool quote = strpbrk(text, ",\"\n") != NULL;

    if (row->used) row->text[row->used++] = ',';
    if (quote) row->text[row->used++] = '"';
    for (; *text; text++) {
        if (*text == '"') row->text[row->used++] = '"';
        row->text[row->used++] = *text;
    }
    if (quote) row->text[row->used++] = '"';
    row->text[row->used] = '\0';
}

static void put_missing(struct row *row)
{
    static const char *const texts[] = {"", "", "", "", "N/A", "not recorded", "-", "NULL",
                                        "unknown"};

    put_text(row, texts[below(sizeof texts / sizeof *texts)]);
}

/* A code as people type it. */
static void put_code(struct row *row, int list, uint32_t code, uint32_t blank)
{
    const struct spelled *spelled = &lists[list].codes[code];
    char text[TEXT_MAX + 2];
    bool other = spelled->count && chance(60);

    if (chance(blank)) {
        put_missing(row);
        return;
    }
    snprintf(text, sizeof text, chance(20) ? " %s " : "%s",
             other ? spelled->spellings[below(spelled->count)] : spelled->label);
    if (chance(40))
        for (char *at = text; *at; at++)
            *at = (char)(other ? toupper((unsigned char)*at) : tolower((unsigned char)*at));
    put_text(row, text);
}

static void put_date(struct row *row, long day, uint32_t blank)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    uint32_t way = below(1000);
    long year;
    int month, of_month;
    char text[64];

    if (chance(blank)) {
        put_missing(row);
        return;
    }
    rk_date_civil(day, &year, &month, &of_month);
    if (way < 700)
        snprintf(text, sizeof text, "%02d/%02d/%04ld", of_month, month, year);
    else if (way < 850)
        snprintf(text, sizeof text, "%04ld-%02d-%02d", year, month, of_month);
    else if (way < 920)
        snprintf(text, sizeof text, "%02d-%.3s-%04ld", of_month, names + 3 * (month - 1), year);
    else if (way < 955)
        snprintf(text, sizeof text, "%02d.%02d.%04ld", of_month, month, year);
    else if (way < 975)
        snprintf(text, sizeof text, "%d/%d/%02ld", of_month, month, year % 100);
    else if (way < 998)
        snprintf(text, sizeof text, "%04ld-%02d-%02d 00:00:00", year, month, of_month);
    else
        snprintf(text, sizeof text, "31/02/2014");
    put_text(row, text);
}

static void put_number(struct row *row, int number, uint32_t blank)
{
    char text[16];

    snprintf(text, sizeof text, chance(20) ? " %d " : "%d", chance(3) ? 99 : number);
    put_text(row, chance(blank) ? "" : text);
}

static void put_notes(struct row *row, uint32_t blank)
{
    static const char *const words[] = {"client", "said", "housing", "debt", "appointment", "rent",
                                        "course", "missed", "phoned", "goals", "sleep", "training"};
    char text[TEXT_MAX] = "";
    uint32_t count = chance(blank) ? 0 : 2 + below(14);

    for (uint32_t i = 0; i < count; i++) {
        if (i) strcat(text, chance(80) ? ", " : chance(20) ? "\n" : chance(20) ? "  " : " ");
        strcat(text, words[below(sizeof words / sizeof *words)]);
    }
    put_text(row, text);
}

static void put_reference(struct row *row, uint32_t client)
{
    char text[32];

    snprintf(text, sizeof text, chance(20) ? "ww%07u" : "WW%07u", client);
    put_text(row, text);
}

/* ---- extracts: rows come again as they are in 3 of 100 cases ---- */

static FILE *create(const char *folder, const char *name, const char *heads)
{
    char path[LINE];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    if (!file) die("write", path);
    setvbuf(file, NULL, _IOFBF, 1 << 20);
    if (heads) fprintf(file, "%s\n", heads);
    return file;
}

static void put_line(FILE *out, const struct row *row)
{
    for (int times = chance(30) ? 2 : 1; times; times--)
        fprintf(out, "%s\n", row->text);
}

struct client {
    uint32_t number, area, gender, first, last;
    long born, referred, enrolled;
};

enum { START = 16132, END = 16507 }; /* 2014-03-03 and 2015-03-13 as days since 1970 */

static const char *syllables(char *out, uint32_t number)
{
    static const char *const parts[] = {"ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu",
                                        "ra", "se", "ti", "vo", "wu", "za"};

    snprintf(out, TEXT_MAX, "%s%s%s", parts[number % 16], parts[number / 16 % 16],
             parts[number / 256 % 16]);
    *out = (char)toupper((unsigned char)*out);
    return out;
}

static void put_client(FILE *out, struct client *client)
{
    char text[TEXT_MAX];
    struct row row = {.used = 0};

    put_reference(&row, client->number);
    put_text(&row, syllables(text, client->first));
    put_text(&row, syllables(text, client->last));
    put_date(&row, client->born, 6);
    snprintf(text, sizeof text, "%s%u %u%c%c", chance(800) ? "M" : "SK", 1 + below(46),
             1 + below(9), "CIKMOV"[below(6)], "CIKMOV"[below(6)]);
    put_text(&row, chance(20) ? "" : text);
    put_code(&row, GENDER, client->gender, 5);
    put_code(&row, ETHNICITY, chance(700) ? lists[ETHNICITY].count - 1
                                          : below(lists[ETHNICITY].count), 10);
    put_code(&row, AREA, client->area, 7);
    put_date(&row, client->referred, 10);
    put_date(&row, client->enrolled, 10);
    put_code(&row, CONDITION, below(lists[CONDITION].count), 80);
    put_code(&row, CONDITION, below(lists[CONDITION].count), 110);
    put_code(&row, YESNO, chance(870), 40);
    put_code(&row, YESNO, chance(160), 30);
    snprintf(text, sizeof text, "Worker %u", 1 + below(14));
    put_text(&row, text);
    put_notes(&row, 700);
    put_line(out, &row);
}

static void put_assessments(FILE *out, const struct client *client)
{
    uint32_t reviews = chance(400) ? 1 + below(3) : 0;
    bool believes = chance(380);
    long day = client->enrolled;

    for (uint32_t i = 0; i <= reviews && day <= END; i++, day += 28 + (long)below(50)) {
        char text[TEXT_MAX];
        struct row row = {.used = 0};

        put_reference(&row, client->number);
        put_date(&row, day, 6);
        put_code(&row, TYPE, i > 0, 2);
        put_code(&row, YESNO, !(i && chance(300) ? chance(450) : believes), 30);
        put_code(&row, WHEN, below(lists[WHEN].count), 30);
        put_number(&row, (int)below(7), 30);
        put_notes(&row, 400);
        snprintf(text, sizeof text, "Worker %u", 1 + below(14));
        put_text(&row, text);
        put_notes(&row, 600);
        put_line(out, &row);
    }
}

static void put_wellbeing(FILE *out, const struct client *client)
{
    static const struct {
        int items, low, span;
    } scales[] = {{5, 0, 9}, {7, 1, 5}, {10, 1, 4}};
    uint32_t times = chance(866) ? 1 + below(2) : 0;
    long day = client->enrolled + (long)below(40);

    for (; times; times--, day += 30 + (long)below(60))
        for (uint32_t scale = 0; scale < 3; scale++) {
            struct row row = {.used = 0};

            put_reference(&row, client->number);
            put_date(&row, day + (long)below(6), 4);
            put_code(&row, SCALE, scale, 1);
            for (int item = 0; item < 10; item++)
                if (item < scales[scale].items)
                    put_number(&row, scales[scale].low + (int)below((uint32_t)scales[scale].span),
                               6);
                else
                    put_text(&row, "");
            put_line(out, &row);
        }
}

static void put_services(FILE *out, const struct client *client)
{
    uint32_t count = chance(741) ? 1 + below(5) : 0;

    for (; count; count--) {
        char text[TEXT_MAX];
        struct row row = {.used = 0};

        put_reference(&row, chance(5) ? 9000000 + below(999999) : client->number);
        put_date(&row, client->enrolled + (long)below(300), 20);
        put_code(&row, SERVICE, below(lists[SERVICE].count), 10);
        snprintf(text, sizeof text, chance(500) ? "Provider %u" : "Provider, The %u", below(15));
        put_text(&row, text);
        put_code(&row, YESNO, chance(600), 200);
        put_code(&row, YESNO, chance(client->area == 1 ? 700 : 250), 370);
        put_number(&row, 1 + (int)below(5), 300);
        put_notes(&row, 750);
        put_line(out, &row);
    }
}

static struct client draw_client(uint32_t number)
{
    struct client client = {.number = number, .first = below(400), .last = below(4000)};

    client.area = chance(590) ? 0 : chance(730) ? 1 : 2;
    client.gender = chance(430) ? 0 : chance(996) ? 1 : 2;
    client.born = -7305 + (long)below(15000); /* 1950 to 1991 */
    client.referred = START + (long)below(END - START - 10);
    client.enrolled = client.referred + (long)below(28);
    if (client.enrolled > END) client.enrolled = END;
    return client;
}

int main(int argc, char **argv)
{
    static const char clients_heads[] =
        "client_id,first_name,last_name,dob,postcode,gender,ethnicity,local_authority,"
        "referral_date,enrolment_date,primary_condition,secondary_condition,"
        "registered_disabled,mental_health,key_worker,notes";
    long clients = argc == 4 ? strtol(argv[1], NULL, 10) : 0;
    FILE *files[5];

    if (clients < 1 || clients > 8000000) {
        fputs("Usage: bench-generate CLIENTS STUDY DIR\n", stderr);
        return 2;
    }
    files[0] = create(argv[3], "recode.csv", "field,raw,canonical");
    for (int i = 0; i < LISTS; i++)
        read_list(&lists[i], argv[2], files[0]);
    files[1] = create(argv[3], "clients.csv", clients_heads);
    files[2] = create(argv[3], "assessments.csv",
                      "client_id,assessment_date,type,believes_can_work,when_start,"
                      "health_confidence,barriers,key_worker,comments");
    files[3] = create(argv[3], "wellbeing.csv",
                      "client_id,date,scale,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10");
    files[4] = create(argv[3], "services.csv",
                      "client_id,contact_date,service_type,organisation,co_producing,"
                      "improving_employability,relationship_rating,notes");
    for (uint32_t number = 1; number <= (uint32_t)clients; number++) {
        struct client client = draw_client(number);

        put_client(files[1], &client);
        if (chance(10)) put_client(files[1], &client); /* the same person, typed anew */
        put_assessments(files[2], &client);
        put_wellbeing(files[3], &client);
        put_services(files[4], &client);
    }
    for (int i = 0; i < 5; i++)
        if (ferror(files[i]) || fclose(files[i]) != 0) die("write", "an extract");
    return 0;
}
