// SPDX-License-Identifier: MIT
#include "sample-data/generate_extract.h"

#include <stdio.h>
#include <string.h>

#include "sample-data/generate_sample.h"

static const struct csv_style style_assessments = {"initial_assessments.csv",
                                                   CSV_WINDOWS_1252, ',', "\n"};
static const struct csv_style style_reviews = {"reviews.csv", CSV_UTF8_MARK, ',', "\r\n"};
static const struct csv_style style_scorings = {"wellbeing.csv", CSV_UTF8, ',', "\n"};
static const struct csv_style style_services = {"support_services.csv", CSV_UTF8, ',',
                                                "\n"};
static const struct csv_style style_referrals = {"referrals.csv", CSV_UTF8, ';', "\r\n"};
static const struct csv_style style_jobs = {"job_outcomes.csv", CSV_WINDOWS_1252, ',',
                                            "\n"};
static const struct csv_style style_monitoring = {"programme_monitoring.csv", CSV_UTF8, ',',
                                                  "\n"};

static const char *const item_names[SCALES] = {"WSAS", "SWEMWBS", "GSE"};

/* ---- beginnings and ends ---- */

static void head(struct csv_file *csv, const char *headings)
{
    csv_cells(csv, headings);
    csv_row_end(csv, 0);
    csv_flush(csv);
}

static void head_assessments(struct extract *extract)
{
    struct csv_file *csv = &extract->assessments;

    csv_cell(csv, extract->delivery->title);
    csv_row_end(csv, 0);
    csv_cells(csv, "Client Ref|Forename|Surname|DOB|Sex|Postcode");
    csv_cell(csv, extract->delivery->area_heading);
    csv_cells(csv,
              "Enrolment Date|Assessment Date|Key Worker|Consent|Ethnicity|"
              "Primary Condition Type|Primary Condition|Secondary Condition Type|"
              "Registered Disabled|Mental Health Condition|Believe Find And Retain Work|"
              "When Start Work|Confidence Managing Health|Criminal Record|"
              "Unspent Conviction|Notes");
    csv_row_end(csv, 1);
    csv_flush(csv);
}

static void head_scorings(struct csv_file *csv)
{
    char heading[32];

    csv_cells(csv, "ClientRef|Scored On");
    for (int scale = 0; scale < SCALES; scale++) {
        for (int item = 1; item <= scales[scale].items; item++) {
            snprintf(heading, sizeof heading, "%s%d", item_names[scale], item);
            csv_cell(csv, heading);
        }
        snprintf(heading, sizeof heading, "%s Total", item_names[scale]);
        csv_cell(csv, heading);
    }
    csv_row_end(csv, 0);
    csv_flush(csv);
}

void extract_open(struct extract *extract, const struct delivery *delivery,
                  const char *folder, uint64_t seed)
{
    memset(extract, 0, sizeof *extract);
    extract->delivery = delivery;
    speller_start(&extract->speller, seed);
    csv_open(&extract->assessments, &style_assessments, folder);
    csv_open(&extract->reviews, &style_reviews, folder);
    csv_open(&extract->scorings, &style_scorings, folder);
    csv_open(&extract->services, &style_services, folder);
    csv_open(&extract->referrals, &style_referrals, folder);
    csv_open(&extract->jobs, &style_jobs, folder);
    csv_open(&extract->monitoring, &style_monitoring, folder);
    head_assessments(extract);
    head_scorings(&extract->scorings);
    head(&extract->reviews,
         "Client ID|Review No|Review Date|Status|Do you believe you can find and retain "
         "work?|"
         "When do you believe you can start work?|"
         "How confidently do you manage your health? (0-6)|Reviewed By|Comments");
    head(&extract->services,
         "Record ID|Client Reference|Date Recorded|Type of Service|Organisation|Engagement|"
         "Co-producing Support|Shared Support Plan|"
         "Client Feels Service Improving Employability|Quality of Interagency Relationship|"
         "Comments");
    head(&extract->referrals,
         "Referral Ref|Referral Date|Area|Referring Office|"
         "First Appointment|Attached On|Status 31 Jan 2015|Client Ref");
    head(&extract->jobs, "Outcome No|Client No.|Area|Job Start|Job End|Evidence Seen|"
                         "Hourly Wage|Hours Per Week");
    head(&extract->monitoring, "Line|Area|As At|Indicator|Value|Note");
}

void extract_flush(struct extract *extract)
{
    csv_flush(&extract->assessments);
    csv_flush(&extract->reviews);
    csv_flush(&extract->scorings);
    csv_flush(&extract->services);
    csv_flush(&extract->referrals);
    csv_flush(&extract->jobs);
}

/* ---- cells ---- */

static void put_code(struct extract *extract, struct csv_file *csv,
                     const struct code_list *list, int code)
{
    csv_cell(csv, spell(&extract->speller, list, code));
}

static void put_number(struct csv_file *csv, const char *format, int number)
{
    char text[32];

    snprintf(text, sizeof text, format, number);
    csv_cell(csv, text);
}

static void put_worker(struct csv_file *csv, int worker)
{
    put_number(csv, "KW%02d", worker);
}

/* A date as the assessments file has it: mostly 05/06/2014, sometimes anything else. */
static const char *form_date(struct extract *extract, int date)
{
    static const enum date_style others[] = {DATE_ISO,        DATE_SHORT_MONTH,
                                             DATE_ISO,        DATE_SHORT_MONTH,
                                             DATE_LONG_MONTH, DATE_EXCEL};

    return spell_date(&extract->speller, date, DATE_SLASHED, others, 6, 200);
}

/* Dates of birth that are no dates, by turns. */
static const char *birth_text(struct extract *extract, int born)
{
    static const enum date_style others[] = {DATE_SHORT_YEAR,  DATE_ISO,
                                             DATE_SHORT_MONTH, DATE_SHORT_YEAR,
                                             DATE_LONG_MONTH,  DATE_EXCEL};
    static const char *const broken[] = {"31/02/1968", "", "12/09/2041", "N/A",
                                         "29/02/1971"};

    if (born == NONE) return broken[extract->birth_turn++ % 5];
    return spell_date(&extract->speller, born, DATE_SLASHED, others, 6, 260);
}

/* Every fourth missing score was typed outside the scale. */
static const char *health_text(struct extract *extract, int health)
{
    static const char *const outside[] = {"7", "11", "9", "8"};

    if (health == NONE && extract->health_turn++ % 4 == 1)
        return outside[extract->health_turn / 4 % 4];
    return spell_number(&extract->speller, health);
}

static const char *area_text(struct extract *extract, const struct client *client)
{
    bool coded = client->enrolled >= extract->delivery->coded_from;

    if (client->area != NONE && coded) return area_statistics_code[client->area];
    return spell(&extract->speller, &list_area, client->area);
}

static const char *ref_text(struct extract *extract, int ref, char *text, size_t size)
{
    static const char *const odd[] = {"ww%05d", "WW-%05d", " WW%05d ", "Ww%05d"};
    bool typed_oddly = rng_chance(&extract->speller.rng, 60);
    const char *format = typed_oddly ? odd[rng_below(&extract->speller.rng, 4)] : "WW%05d";

    snprintf(text, size, format, ref);
    return text;
}

static void put_postcode(struct extract *extract, const char *postcode)
{
    char text[POSTCODE_ROOM];
    int n = 0;

    if (!*postcode) {
        csv_cell(&extract->assessments, spell_missing(&extract->speller));
        return;
    }
    bool joined = rng_chance(&extract->speller.rng, 60);
    bool small = rng_chance(&extract->speller.rng, 50);
    for (const char *c = postcode; *c; c++) {
        bool letter = *c >= 'A' && *c <= 'Z';

        if (joined && *c == ' ') continue;
        text[n++] = (char)(small && letter ? *c - 'A' + 'a' : *c);
    }
    text[n] = 0;
    csv_cell(&extract->assessments, text);
}

static const char *draw_note(struct extract *extract)
{
    static const char *const notes[] = {
        "Prefers mornings; phone first.",
        "Brought letters.\nRead together: two are about council tax.",
        "Says \"nobody asked before\".",
        "Owes \xC2\xA3"
        "340 on electricity \xE2\x80\x93 debt advice booked.",
        "Bus fare paid, \xC2\xA3"
        "4.20.",
        "Keen on caf\xC3\xA9 work.\n\nCheck food hygiene course.",
        "Doesn\xE2\x80\x99t like groups.",
        "Home visit requested, \"stairs are hard\", see risk note",
        "Goals:\n1. sleep\n2. open the post\n3. CV",
        "Carer visits Tue, Thu",
        "GP letter expected;\nask again in two weeks, then chase",
        "Wants to volunteer first."};

    if (!rng_chance(&extract->speller.rng, 300)) return "";
    return notes[rng_below(&extract->speller.rng, (int)(sizeof notes / sizeof notes[0]))];
}

/* ---- rows ---- */

static void put_answers(struct extract *extract, const struct client *client)
{
    struct csv_file *csv = &extract->assessments;

    put_code(extract, csv, &list_ethnicity, client->ethnicity);
    put_code(extract, csv, &list_condition_type, client->type);
    put_code(extract, csv, &list_condition, client->condition);
    put_code(extract, csv, &list_condition_type, client->second_type);
    put_code(extract, csv, &list_yesno, client->disabled);
    put_code(extract, csv, &list_yesno, client->mental);
    put_code(extract, csv, &list_yesno, client->believe);
    put_code(extract, csv, &list_when, client->when);
    csv_cell(csv, health_text(extract, client->health));
    put_code(extract, csv, &list_yesno, client->criminal);
    put_code(extract, csv, &list_yesno, client->unspent);
}

void extract_assessment(struct extract *extract, const struct entry *entry, long key)
{
    const struct client *client = &entry->client;
    struct csv_file *csv = &extract->assessments;
    char ref[24];

    speller_row(&extract->speller, 1, client->ref);
    csv_cell(csv,
             entry->ref ? entry->ref : ref_text(extract, client->ref, ref, sizeof ref));
    csv_cell(csv, client->forename);
    csv_cell(csv, client->surname);
    csv_cell(csv, birth_text(extract, client->born));
    put_code(extract, csv, &list_sex, client->sex);
    put_postcode(extract, client->postcode);
    csv_cell(csv, entry->area ? entry->area : area_text(extract, client));
    csv_cell(csv, entry->enrolled ? entry->enrolled : form_date(extract, client->enrolled));
    csv_cell(csv, entry->assessed ? entry->assessed : form_date(extract, client->assessed));
    put_worker(csv, client->key_worker);
    put_code(extract, csv, &list_yesno, entry->consent);
    put_answers(extract, client);
    csv_cell(csv, entry->note ? entry->note : draw_note(extract));
    csv_row_end(csv, key);
    extract->n_assessments++;
}

void extract_review(struct extract *extract, const struct review *review, int ref,
                    const char *date)
{
    static const enum date_style others[] = {DATE_ISO};
    struct csv_file *csv = &extract->reviews;

    speller_row(&extract->speller, 2, ++extract->n_reviews);
    put_number(csv, "ww-%05d", ref);
    put_number(csv, "%d", review->number);
    csv_cell(csv, date ? date
                       : spell_date(&extract->speller, review->date, DATE_SLASHED, others,
                                    1, 90));
    put_code(extract, csv, &list_review_status, review->status);
    put_code(extract, csv, &list_yesno, review->believe);
    put_code(extract, csv, &list_when, review->when);
    csv_cell(csv, spell_number(&extract->speller, review->health));
    put_worker(csv, review->key_worker);
    csv_cell(csv, review->status == REVIEW_COMPLETED ? draw_note(extract) : "");
    csv_row_end(csv, review->date);
}

void extract_scoring(struct extract *extract, const struct scoring *scoring, int ref)
{
    static const enum date_style others[] = {DATE_SLASHED};
    struct csv_file *csv = &extract->scorings;

    speller_row(&extract->speller, 3, ++extract->n_scorings);
    put_number(csv, "WW %05d", ref);
    csv_cell(csv, spell_date(&extract->speller, scoring->date, DATE_ISO, others, 1, 100));
    for (int scale = 0; scale < SCALES; scale++) {
        for (int item = 0; item < scales[scale].items; item++) {
            int value = scoring->item[scale][item];

            csv_cell(csv, value == NONE ? "" : spell_number(&extract->speller, value));
        }
        int total = scoring->total[scale];
        csv_cell(csv, total == NONE ? "" : spell_number(&extract->speller, total));
    }
    csv_row_end(csv, scoring->date);
}

void extract_service(struct extract *extract, const struct service *service, int ref,
                     int number)
{
    struct csv_file *csv = &extract->services;

    speller_row(&extract->speller, 4, number);
    put_number(csv, "SS%05d", number);
    put_number(csv, "WW/%05d", ref);
    csv_cell(csv, spell_date(&extract->speller, service->date, DATE_STAMP, NULL, 0, 0));
    put_code(extract, csv, &list_service_type, service->type);
    put_code(extract, csv, &list_organisation, service->organisation);
    put_code(extract, csv, &list_engagement, service->engagement);
    put_code(extract, csv, &list_yesno, service->coproducing);
    put_code(extract, csv, &list_yesno, service->shared_plan);
    put_code(extract, csv, &list_yesno, service->improving);
    put_code(extract, csv, &list_quality, service->quality);
    csv_cell(csv, draw_note(extract));
    csv_row_end(csv, number);
}

/* Blank where the date is not known yet. */
static void put_known_date(struct extract *extract, struct csv_file *csv, int date,
                           int as_at, enum date_style style)
{
    bool known = date != NONE && date <= as_at;

    csv_cell(csv, known ? spell_date(&extract->speller, date, style, NULL, 0, 0) : "");
}

void extract_referral(struct extract *extract, const struct referral *referral, int ref)
{
    int as_at = extract->delivery->referrals_as_at;
    struct csv_file *csv = &extract->referrals;
    int number = ++extract->n_referrals;
    bool attached = referral->attached != NONE && referral->attached <= as_at;

    speller_row(&extract->speller, 5, number);
    put_number(csv, "R%05d", number);
    put_known_date(extract, csv, referral->date, as_at, DATE_SHORT_MONTH);
    put_code(extract, csv, &list_area, referral->area);
    put_number(csv, "JC%02d", 1 + (number * 7 + referral->area * 3 + 3) % 11);
    put_known_date(extract, csv, referral->met, as_at, DATE_SHORT_MONTH);
    put_known_date(extract, csv, referral->attached, as_at, DATE_SHORT_MONTH);
    if (referral->status == NONE)
        csv_cell(csv, "");
    else
        put_code(extract, csv, &list_referral_status, referral->status);
    if (attached && ref != NONE)
        put_number(csv, "WW%05d", ref);
    else
        csv_cell(csv, "");
    csv_row_end(csv, number);
}

void extract_job(struct extract *extract, const struct job *job, int area, int ref)
{
    struct csv_file *csv = &extract->jobs;
    char wage[24];

    speller_row(&extract->speller, 6, ++extract->n_jobs);
    bool sign = rng_chance(&extract->speller.rng, 700);
    snprintf(wage, sizeof wage, "%s%d.%02d", sign ? "\xC2\xA3" : "", job->wage_pence / 100,
             job->wage_pence % 100);
    put_number(csv, "J%03d", extract->n_jobs);
    put_number(csv, "WW%05d", ref);
    put_code(extract, csv, &list_area, area);
    put_known_date(extract, csv, job->start, extract->delivery->as_at, DATE_SLASHED);
    put_known_date(extract, csv, job->end, extract->delivery->as_at, DATE_SLASHED);
    put_code(extract, csv, &list_yesno, job->evidence);
    csv_cell(csv, wage);
    put_number(csv, "%d", job->hours);
    csv_row_end(csv, extract->n_jobs);
}

/* ---- the whole ---- */

int extract_ref(const struct client *client, int date)
{
    bool later = client->second_ref != NONE && date > client->assessed + 20;

    return later ? client->second_ref : client->ref;
}

/* True for `wanted` of n rows, evenly spread. */
static bool comes_twice(int i, int n, int wanted)
{
    int stride = n / (wanted + 1);

    return stride > 0 && i % stride == stride - 1 && i / stride < wanted;
}

static void write_reviews(struct extract *extract, const struct world *world)
{
    for (int i = 0; i < world->n_reviews; i++) {
        const struct review *review = &world->reviews[i];
        int ref = extract_ref(&world->clients[review->client], review->date);

        extract_review(extract, review, ref, NULL);
        if (comes_twice(i, world->n_reviews, 5))
            csv_repeat(&extract->reviews, review->date + 6);
    }
}

static void write_scorings(struct extract *extract, const struct world *world)
{
    for (int i = 0; i < world->n_scorings; i++) {
        const struct scoring *scoring = &world->scorings[i];
        int ref = extract_ref(&world->clients[scoring->client], scoring->date);

        extract_scoring(extract, scoring, ref);
        if (comes_twice(i, world->n_scorings, 6))
            csv_repeat(&extract->scorings, scoring->date + 4);
    }
}

static void write_services(struct extract *extract, const struct world *world)
{
    for (int i = 0; i < world->n_services; i++) {
        const struct service *service = &world->services[i];
        int ref = extract_ref(&world->clients[service->client], service->date);
        int number = ++extract->n_services;

        extract_service(extract, service, ref, number);
        if (comes_twice(i, world->n_services, 12))
            csv_repeat(&extract->services, number + 25);
    }
}

static void write_referrals(struct extract *extract, const struct world *world)
{
    for (int i = 0; i < world->n_referrals; i++) {
        const struct referral *referral = &world->referrals[i];
        int client = referral->client;

        if (referral->date > extract->delivery->referrals_as_at) continue;
        extract_referral(extract, referral,
                         client == NONE ? NONE : world->clients[client].ref);
        if (comes_twice(i, world->n_referrals, 3))
            csv_repeat(&extract->referrals, extract->n_referrals + 30);
    }
}

void extract_world(struct extract *extract, const struct world *world)
{
    write_reviews(extract, world);
    write_scorings(extract, world);
    write_services(extract, world);
    write_referrals(extract, world);
    for (int i = 0; i < world->n_jobs; i++) {
        const struct client *client = &world->clients[world->jobs[i].client];

        extract_job(extract, &world->jobs[i], client->area, client->ref);
        if (comes_twice(i, world->n_jobs, 1))
            csv_repeat(&extract->jobs, extract->n_jobs + 3);
    }
}
