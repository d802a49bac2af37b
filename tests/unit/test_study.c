// SPDX-License-Identifier: MIT
#include "pipeline/contract/study.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

/* A study that is right. Tests change one line of it. */
static const char *const right[] = {
    "reckon: 1",
    "study: tiny",
    "title: Tiny",
    "period_start: 2014-03-26",
    "cut_off: 2015-03-13",
    "missing: [N/A]",
    "people: clients",
    "rules: {level: 0.9, decimals: {percent: 0}}",
    "sources:",
    "  clients:",
    "    file: clients*.csv",
    "    key: client",
    "    columns:",
    "      client: {from: [Ref, Client], type: id, tidy: [upper, 'remove \"-\"']}",
    "      born: {from: DOB, type: date, formats: [dd/mm/yyyy], private: yes, before: "
    "seen}",
    "      seen: {from: Seen, type: date, formats: [dd/mm/yyyy], between: [period_start, "
    "cut_off]}",
    "      score: {from: Score, type: integer, range: [0, 6], better: low}",
    "      area: {from: Area, type: code, codes: area, unknown: north}",
    "      work: {from: Work, type: code, codes: [Yes, No, Don't know], apart: "
    "[dont_know]}",
    "    exclude:",
    "      - {code: none, reason: no reference, when: client is missing}",
    "    checks:",
    "      - {code: odd, when: score > 5 and work is yes, say: odd answers, severity: "
    "note}",
    "    duplicates:",
    "      - {code: same, match: [client], keep: latest seen}",
    "  visits:",
    "    file: visits.csv",
    "    link: person",
    "    columns:",
    "      person: {from: Ref, type: id}",
    "      day: {from: Day, type: date, formats: [yyyy-mm-dd]}",
    "      mood: {from: Mood, type: integer, range: [1, 5]}",
    "      work: {from: Work, type: code, codes: [Yes, No, Don't know]}",
    "    checks:",
    "      - {code: early, when: day < people.seen, say: before the first}",
    "derive:",
    "  people:",
    "    age: {years: [born, seen]}",
    "    band: {cut: age, at: [25, 45], labels: [24 or under, 25-44, 45 or over]}",
    "    quarter: {period: seen, by: quarter}",
    "    broad: {recode: area, to: {north: up, south: down}, labels: {up: The north}}",
    "    kind: {cases: [{when: score >= 3, code: high}, {when: score answered, code: "
    "low}]}",
    "    came: {has: latest}",
    "    visits_made: {count: visits, where: mood > 1}",
    "    mood: {from: latest.mood}",
    "points:",
    "  first: {source: clients}",
    "  latest: {source: visits, where: mood answered, take: latest day}",
    "results:",
    "  areas: {table: area by band, percent: column, where: work is yes}",
    "  moods: {mean: mood, source: visits, by: area}",
    "  job: {change: work, from: first, to: latest, of_interest: yes, by: area}",
    "  moves: {transitions: work, from: first, to: latest}",
    "  seen_when: {months: seen, from: 2014-04, to: 2015-03, unit: clients}",
    "  many: {count: distinct person, source: visits}",
    "  records: {count: records, source: visits}",
    "  goal: {target: 20, of: work is yes}",
    "  ratio: {against: {actual: goal.all.all.percent, profile: goal.all.all.target}}",
    "  apart: {compare: [areas, others]}",
    "  others: {table: area, mask: no, reason: already public}",
    NULL,
};

struct opened {
    struct rk_run run;
    const struct study *study;
    rk_status status;
    const char *said;
};

/* Opens the study with one line, found by its beginning, replaced (NULL: left out). */
static struct opened open_with(const char *line, const char *instead)
{
    struct opened opened = {.study = NULL};
    struct rk_arena *arena = rk_arena_new();
    const char *folder = check_folder();
    const char *text = "";
    bool found = !line;

    for (size_t i = 0; right[i]; i++) {
        bool here = line && strncmp(right[i], line, strlen(line)) == 0;

        found = found || here;
        if (!here || instead)
            text = rk_arena_printf(arena, "%s%s\n", text, here ? instead : right[i]);
    }
    CHECK(found);
    check_write(folder, "study.yaml", text);
    check_write(folder, "codes/area.csv",
                "code,label,aliases\nnorth,North,N|Nth\nsouth,South,\n");
    check_write(folder, "report.md", "# Report\n");
    check_write(folder, "README.md", "# About\n");
    opened.run = (struct rk_run){
        .program = "test", .study_dir = folder, .out_dir = folder, .arena = arena};
    opened.run.diag = rk_diag_new("test");
    check_stderr_begin();
    opened.status = study_open(&opened.run, &opened.study);
    rk_diag_flush(opened.run.diag);
    opened.said = check_stderr_end();
    return opened;
}

static void shut(struct opened *opened)
{
    rk_diag_free(opened->run.diag);
    rk_arena_free(opened->run.arena);
}

static void a_right_study_is_read_without_a_word(void **state)
{
    struct opened opened = open_with(NULL, NULL);
    const struct study *study = opened.study;

    (void)state;
    CHECK_TEXT(opened.said, "");
    CHECK_INT(opened.status, RK_OK);
    CHECK_INT(study->source_count, 2);
    CHECK_TEXT(study->people->name, "clients");
    CHECK(study_source(study, "people") == study->people);
    CHECK_NEAR(study->level, 0.9, 0);
    CHECK_INT(study->decimals_percent, 0);
    CHECK_INT(study->decimals_mean, 1);
    CHECK_INT(study->narrative_count, 1);
    CHECK_TEXT(study->narratives[0], "report");
    CHECK_TEXT(study_result_stage(study_result(study, "job")), "change");
    CHECK_TEXT(study_result_stage(study_result(study, "areas")), "tabulate");
    shut(&opened);
}

/* One mistake is one message: what follows from it alone is not said. */
static void a_mistake_is_told_once(void **state)
{
    static const struct {
        const char *line, *instead, *said;
    } rows[] = {
        {"cut_off:",  "cut_off: 13.03.2015",                         "cut_off is \"13.03.2015\"" },
        {"cut_off:",  NULL,                                          "needs the key \"cut_off\"" },
        {"      score:",
         "      score: {from: Score, type: scor, range: [0, 6], better: low}", "type is \"scor\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct opened opened = open_with(rows[i].line, rows[i].instead);

        CHECK_INT(opened.status, RK_STUDY);
        CHECK_HAS(opened.said, rows[i].said);
        CHECK_HAS(opened.said, "test: ");
        CHECK(!strstr(opened.said, "lower limit") && !strstr(opened.said, "is after cut_off"));
        CHECK(!strstr(opened.said, "has no meaning"));
        shut(&opened);
    }
}

static void the_way_to_the_data_has_no_detours(void **state)
{
    struct opened opened = open_with("title:", "title: Tiny\ndata: .//codes/./../extracts");
    const char *end = rk_arena_printf(opened.run.arena, "%s/extracts", opened.run.study_dir);

    (void)state;
    CHECK_TEXT(opened.study->data_dir, end);
    shut(&opened);
}

static void a_table_is_called_by_its_rows(void **state)
{
    struct opened opened = open_with("      area:", "      area: {from: Area, label: Part of "
                                                    "town, type: code, codes: area}");

    (void)state;
    CHECK_TEXT(study_result(opened.study, "areas")->title, "Part of town");
    CHECK_TEXT(study_result(opened.study, "moods")->title, "moods");
    shut(&opened);
}

static void columns_carry_what_they_declare(void **state)
{
    struct opened opened = open_with(NULL, NULL);
    const struct study_source *people = opened.study->people;
    const struct study_column *born = study_column(people, "born");
    const struct study_column *seen = study_column(people, "seen");
    const struct study_column *area = study_column(people, "area");
    const struct study_column *work = study_column(people, "work");

    (void)state;
    CHECK(born->private && !born->kept);
    CHECK(isnan(born->lowest) && isnan(born->highest));
    CHECK_INT(seen->lowest, 16155);
    CHECK_INT(seen->highest, 16507);
    CHECK_INT(area->unknown, UNKNOWN_CODE);
    CHECK_INT(area->unknown_code, 0);
    CHECK_INT(code_list_match(area->codes, opened.run.arena, " NTH "), 0);
    CHECK_TEXT(work->codes->codes[2], "dont_know");
    CHECK(work->apart[2] && !work->apart[0]);
    CHECK(study_column(people, "client")->private);
    CHECK(study_column(people, "client")->kept);
    CHECK_INT(study_column(people, "score")->better, BETTER_LOW);
    shut(&opened);
}

static void derived_variables_have_types_and_codes(void **state)
{
    struct opened opened = open_with(NULL, NULL);
    const struct study_source *people = opened.study->people;
    const struct study_column *broad = study_column(people, "broad");

    (void)state;
    CHECK_INT(study_column(people, "age")->type, COLUMN_INTEGER);
    CHECK_TEXT(study_column(people, "band")->codes->codes[1], "25_44");
    CHECK(study_column(people, "quarter")->codes->open);
    CHECK_TEXT(broad->codes->labels[0], "The north");
    CHECK_INT(broad->derive->to[1], 1);
    CHECK_INT(study_column(people, "mood")->type, COLUMN_INTEGER);
    CHECK(study_column(people, "mood")->derive->late);
    CHECK(!study_column(people, "band")->derive->late);
    shut(&opened);
}

static void checks_on_other_sources_wait_for_dedupe(void **state)
{
    struct opened opened = open_with(NULL, NULL);

    (void)state;
    CHECK(!opened.study->people->checks[0].linked);
    CHECK(study_source(opened.study, "visits")->checks[0].linked);
    shut(&opened);
}

static void records_are_the_unit_where_events_are_counted(void **state)
{
    struct opened opened = open_with(NULL, NULL);

    (void)state;
    CHECK(study_result(opened.study, "records")->records);
    CHECK(!study_result(opened.study, "many")->records);
    CHECK(!study_result(opened.study, "areas")->records);
    shut(&opened);
}

/* Each mistake alone, and a part of what is said about it. */
static const struct {
    const char *line, *instead, *said;
} mistakes[] = {
    {"reckon: 1",                                                                "reckon: 2",                                                         "study.yaml:1:9: this study is in version 2"       },
    {"reckon: 1",                                                                NULL,                                                                "a study needs the key \"reckon\""                 },
    {"study: tiny",                                                              "study: my study",                                                   "used in file names"                               },
    {"cut_off",                                                                  NULL,                                                                "a study needs the key \"cut_off\""                },
    {"cut_off",                                                                  "cut_off: 13/03/2015",                                               "study.yaml:5:10"                                  },
    {"period_start",                                                             "period_start: 2016-01-01",                                          "period_start is after cut_off"                    },
    {"people:",                                                                  "people: client",                                                    "did you mean \"clients\"?"                        },
    {"missing",                                                                  "mising: [N/A]",                                                     "unknown key \"mising\"; did you mean \"missing\"?"},
    {"rules", "masking: {method: roud}", "did you mean \"round\"?"},
    {"rules", "masking: {metod: round}", "did you mean \"method\"?"},
    {"rules", "masking: {method: round, base: 3}", "take a base of 5 or more"},
    {"rules", "masking: {work: 0}", "expected how many steps the search may make"},
    {"rules", "masking: {base: 1}", "expected a whole number from 2 to 1000"},
    {"rules", "masking: {merge: {aera: until_safe}}", "there is no column or variable \"aera\""},
    {"rules", "masking: {merge: {score: until_safe}}", "\"score\" has no list of codes"},
    {"rules", "masking: {merge: {area: unitl_safe}}", "expected until_safe, or lists of codes"},
    {"rules", "masking: {merge: {area: [[north, suoth]]}}", "did you mean \"south\"?"},
    {"rules", "masking: {merge: {area: [[north]]}}", "expected two codes or more"},
    {"rules", "masking: {merge: {area: [[north, south], [north, south]]}}", "is merged twice"},
    {"rules", "masking: {merge: [area]}", "merge: expected keys with values, found a list"},
    {"rules", "masking: round", "masking: expected keys with values"},
    {"  areas:", "  areas: {table: area, mask: rounded}",
     "mask: expected yes, no, suppress or round, not \"rounded\"; did you mean \"round\"?"},
    {"  areas:", "  areas: {table: area, mask: round, reason: public}", "goes with \"mask: no\""},
    {"rules",                                                                    "rules: {level: 95}",                                                "level should be between 0.5 and 1"                },
    {"rules",                                                                    "rules: {decimals: {percent: 12}}",                                  "percent should be 0 to 9"                         },
    {"  visits:",                                                                "  flow:",                                                           "a source cannot be called \"flow\""               },
    {"    file: visits.csv",                                                     "    file: x/visits.csv",                                            "name of files in the data folder"                 },
    {"    key: client",                                                          "    key: clint",
     "key: there is no column \"clint\"; did you mean \"client\"?"                                                                                                                                       },
    {"    key: client",                                                          "    kye: client",                                                   "did you mean \"key\"?"                            },
    {"    link: person",                                                         "    link: client",                                                  "link: there is no column \"client\""              },
    {"      client:",                                                            "      client: {from: Ref, type: idd}",                              "id, date, code"                                   },
    {"      client:",                                                            "      client: {type: id}",                                          "needs the key \"from\""                           },
    {"      client:",                                                            "      client: {from: Ref, type: id, range: [1, 2]}",
     "\"range\" has no meaning for id column \"client\""                                                                                                                                                 },
    {"      client:",                                                            "      client: {from: Ref, type: id, tidy: [uper]}",
     "did you mean \"upper\"?"                                                                                                                                                                           },
    {"      client:",                                                            "      client: {from: Ref, type: id, pattern: 'W('}",
     "not a regular expression"                                                                                                                                                                          },
    {"      client:",                                                            "      Client: {from: Ref, type: id}",                               "perhaps \"client\""                               },
    {"      born:",                                                              "      born: {from: DOB, type: date, formats: [dd/mm/yyy]}",
     "did you mean \"dd/mm/yyyy\"?"                                                                                                                                                                      },
    {"      born:",                                                              "      born: {from: DOB, type: date}",                               "needs the key \"formats\""                        },
    {"      born:",                                                              "      born: {from: Seen, type: date, formats: [dd/mm/yyyy]}",
     "read by a column already"                                                                                                                                                                          },
    {"      born:",
     "      born: {from: DOB, type: date, formats: [dd/mm/yyyy], before: score}",                                                                     "expected another date column"                     },
    {"      seen:",
     "      seen: {from: Seen, type: date, formats: [dd/mm/yyyy], between: [cutoff, "
     "cut_off]}",                                                                                                                                     "no date such as"                                  },
    {"      score:",                                                             "      score: {from: Score, type: integer, range: [6, 0]}",
     "lower limit is above"                                                                                                                                                                              },
    {"      score:",                                                             "      score: {from: Score, type: integer, range: 6}",
     "expected two limits"                                                                                                                                                                               },
    {"      area:",                                                              "      area: {from: Area, type: code, codes: areas}",
     "there is no code list areas"                                                                                                                                                                       },
    {"      area:",                                                              "      area: {from: Area, type: code, codes: area, unknown: nort}",
     "did you mean \"north\"?"                                                                                                                                                                           },
    {"      area:",                                                              "      area: {from: Area, type: code}",                              "needs the key \"codes\""                          },
    {"      work: {from: Work, type: code, codes: [Yes, No, Don't know], apart",
     "      work: {from: Work, type: code, codes: [Yes, No], apart: [maybe]}",                                                                        "\"maybe\" is not a code of work"                  },
    {"      - {code: none",
     "      - {code: none, reason: no reference, when: clint is missing}",                                                                            "did you mean \"client\"?"                         },
    {"      - {code: none",
     "      - {code: none, reason: no reference, when: born < people.seen}",                                                                          "there is no column \"people.seen\""               },
    {"      - {code: none",
     "      - {code: None, reason: no reference, when: client is missing}",                                                                           "\"None\" is not a code"                           },
    {"      - {code: odd",                                                       "      - {code: odd, when: score is yes, say: odd}",
     "there is no column \"yes\""                                                                                                                                                                        },
    {"      - {code: odd",                                                       "      - {code: odd, when: work is yess, say: odd}",
     "\"yess\" is not a code of work; did you mean \"yes\"?"                                                                                                                                             },
    {"      - {code: odd",                                                       "      - {code: odd, when: score > 5, say: odd, severity: bad}",
     "note, warn, empty"                                                                                                                                                                                 },
    {"      - {code: odd",
     "      - {code: odd, when: score > 5, say: odd, severity: empty}",                                                                               "needs the key \"column\""                         },
    {"      - {code: same",                                                      "      - {code: same, match: [client], keep: latest}",
     "earliest COLUMN, latest COLUMN"                                                                                                                                                                    },
    {"      - {code: same",                                                      "      - {code: same, match: [clent], keep: first}",
     "match: there is no column \"clent\""                                                                                                                                                               },
    {"      - {code: same",                                                      "      - {code: same, match: [client], keep: latest sen}",
     "keep: there is no column \"sen\""                                                                                                                                                                  },
    {"  people:",                                                                "  persons:",                                                        "there is no source \"persons\""                   },
    {"    age:",                                                                 "    age: {years: [born]}",                                          "expected two dates"                               },
    {"    age:",                                                                 "    age: {years: [born, score]}",                                   "\"score\" is not a date"                          },
    {"    age:",                                                                 "    age: {label: Age}",                                             "expected one of the keys years"                   },
    {"    age:",                                                                 "    seen: {years: [born, cut_off]}",                                "has a column \"seen\" already"                    },
    {"    band:",                                                                "    band: {cut: age, at: [25, 45], labels: [young, old]}",
     "so 3 labels are needed, not 2"                                                                                                                                                                     },
    {"    band:",                                                                "    band: {cut: area, at: [25], labels: [young, old]}",
     "\"area\" is not a number"                                                                                                                                                                          },
    {"    band:",                                                                "    band: {cut: mood, at: [25], labels: [young, old]}",
     "cut: there is no column \"mood\""                                                                                                                                                                  },
    {"    quarter:",                                                             "    quarter: {period: seen, by: quater}",                           "month, quarter"                                   },
    {"    broad:",                                                               "    broad: {recode: area, to: {nort: up}}",                         "did you mean \"north\"?"                          },
    {"    broad:",                                                               "    broad: {recode: area, to: {north: up}, labels: {down: D}}",
     "makes no code \"down\""                                                                                                                                                                            },
    {"    kind:",                                                                "    kind: {cases: [{when: score >= three, code: high}]}",
     "there is no column \"three\""                                                                                                                                                                      },
    {"    came:",                                                                "    came: {has: lates}",                                            "did you mean \"latest\"?"                         },
    {"    visits_made:",                                                         "    visits_made: {count: visits, where: modd > 1}",
     "did you mean \"mood\"?"                                                                                                                                                                            },
    {"    mood:",                                                                "    mood: {from: latest}",                                          "expected POINT.COLUMN"                            },
    {"    mood:",                                                                "    mood: {from: latest.muod}",
     "from: there is no column \"muod\"; did you mean \"mood\"?"                                                                                                                                         },
    {"  latest:",                                                                "  latest: {source: visits, take: latest dai}",
     "take: there is no column \"dai\""                                                                                                                                                                  },
    {"  latest:",                                                                "  latest: {source: visit}",                                         "did you mean \"visits\"?"                         },
    {"  areas:",                                                                 "  areas: {table: area of band}",                                    "expected \"by\""                                  },
    {"  areas:",                                                                 "  areas: {table: area by age}",
     "\"age\" is not a code column; cut it first"                                                                                                                                                        },
    {"  areas:",                                                                 "  areas: {table: area by bnd}",                                     "table: there is no column \"bnd\""                },
    {"  areas:",                                                                 "  areas: {table: area, where: born > 2000-01-01}",
     "there is no column \"born\""                                                                                                                                                                       },
    {"  areas:",                                                                 "  areas: {table: area, trend: yes}",
     "\"trend\" has no meaning for a result of the kind \"table\""                                                                                                                                       },
    {"  areas:",                                                                 "  areas: {tabel: area}",                                            "expected one of the keys table"                   },
    {"  areas:",                                                                 "  areas: {table: area, interval: wald}",                            "expected wilson"                                  },
    {"  areas:",                                                                 "  flow: {table: area}",                                             "is made by itself"                                },
    {"  moods:",                                                                 "  moods: {mean: mood, source: visit}",                              "did you mean \"visits\"?"                         },
    {"  moods:",                                                                 "  moods: {mean: work, source: visits}",                             "\"work\" is not a number"                         },
    {"  job:",                                                                   "  job: {change: work, from: first, to: last, of_interest: yes}",
     "to: there is no point \"last\""                                                                                                                                                                    },
    {"  job:",                                                                   "  job: {change: work, from: first, to: latest, of_interest: yess}",
     "did you mean \"yes\"?"                                                                                                                                                                             },
    {"  job:",                                                                   "  job: {change: work, to: latest}",                                 "needs the key \"from\""                           },
    {"  job:",                                                                   "  job: {change: born, from: first, to: latest}",
     "private and gone after 20-people"                                                                                                                                                                  },
    {"  seen_when:",                                                             "  seen_when: {months: seen, from: April 2014, to: 2015-03}",
     "is not a month such as 2014-03"                                                                                                                                                                    },
    {"  seen_when:",                                                             "  seen_when: {months: seen, from: 2015-04, to: 2015-03}",
     "last month is before the first"                                                                                                                                                                    },
    {"  many:", "  many: {factors: work is yes, on: [aera]}",
     "on: there is no column \"aera\"; did you mean \"area\"?"},
    {"  many:", "  many: {factors: work is yess, on: [area]}", "\"yess\" is not a code of work"},
    {"  many:", "  many: {factors: work is yes, on: [area, seen]}",
     "\"seen\" is not a code or a number"},
    {"  many:", "  many: {factors: work is yes, on: [area, people.area]}",
     "on: \"area\" is there twice"},
    {"  many:", "  many: {factors: work is yes}", "needs the key \"on\""},
    {"  many:", "  many: {factors: work is yes, on: [area], reference: {area: nort}}",
     "did you mean \"north\"?"},
    {"  many:", "  many: {factors: work is yes, on: [area], reference: {aera: north}}",
     "is not in \"on\"; did you mean \"area\"?"},
    {"  many:", "  many: {factors: work is yes, on: [score], reference: {score: 3}}",
     "is a number, it has none"},
    {"  many:", "  many: {time_to: day, of: visit, from: seen, at: [90]}",
     "of: there is no source or point \"visit\"; did you mean \"visits\"?"},
    {"  many:", "  many: {time_to: dya, of: visits, from: seen, at: [90]}",
     "time_to: there is no column \"dya\"; did you mean \"day\"?"},
    {"  many:", "  many: {time_to: mood, of: visits, from: seen, at: [90]}",
     "time_to: \"mood\" is not a date"},
    {"  many:", "  many: {time_to: day, of: visits, from: area, at: [90]}",
     "from: \"area\" is not a date"},
    {"  many:", "  many: {time_to: day, of: visits, from: seen, until: cutoff, at: [90]}",
     "until: there is no column \"cutoff\""},
    {"  many:", "  many: {time_to: day, of: visits, from: seen, at: [90, 30]}",
     "the days do not rise"},
    {"  many:", "  many: {time_to: day, of: visits, from: seen, at: [soon]}",
     "expected a number of days"},
    {"  many:", "  many: {time_to: day, of: visits, from: seen}", "needs the key \"at\""},
    {"  many:",                                                                  "  many: {count: distinkt person, source: visits}",                  "\"distinct COLUMN\""                              },
    {"  goal:", "  goal: {target: 20, of: work is yes, weight: age}", "\"weight\" has no meaning"},
    {"  goal:", "  goal: {table: work, weight: work}", "weight"},
    {"  goal:", "  goal: {target: 20, of: work is yes, adjust: hollm}", "did you mean \"holm\"?"},
    {"  goal:", "  goal: {target: 20, of: work is yes, family: main}", "goes with \"adjust: holm\""},
    {"  goal:", "  g: {target: 5, of: work is yes, adjust: bh, family: f}\n"
                "  goal: {target: 20, of: work is yes, adjust: holm, family: f}",
     "the family \"f\" is adjusted otherwise in \"g\""},
    {"  goal:", "  goal: {compare_groups: work is yes}", "needs the key \"by\""},
    {"  goal:", "  goal: {compare_group: work is yes}", "compare_groups"},
    {"  goal:", "  goal: {target: 20, of: work is yes, trend: yes}", "\"trend\" has no meaning"},
    {"  goal:", "  goal: {target: 20, of: work is yes, expcted: 50}", "did you mean \"expected\"?"},
    {"  goal:", "  goal: {target: 20, of: work is yes, expected: 0}", "expected a number of clients"},
    {"  goal:", "  goal: {target: 120, of: work is yes}", "target: expected a percentage"},
    {"  goal:",                                                                  "  goal: {target: 20, of: work is maybe}",
     "\"maybe\" is not a code of work"                                                                                                                                                                   },
    {"  ratio:",
     "  ratio: {against: {actual: goal.all.percent, profile: goal.all.all.target}}",                                                                  "is not the address of a cell"                     },
    {"  ratio:",
     "  ratio: {against: {actual: gaol.all.all.percent, profile: goal.all.all.target}}",                                                              "did you mean \"goal\"?"                           },
    {"  apart:",                                                                 "  apart: {compare: [areas, apart]}",                                "no other result \"apart\""                        },
    {"  areas:", "  areas: {table: area, release: nope}",
     "release: expected yes, no or a list of columns"},
    {"  areas:", "  areas: {table: area, release: []}", "the list is empty"},
    {"  job:",
     "  job: {change: work, from: first, to: latest, of_interest: yes, release: [initial, latst]}",
     "a change has no column \"latst\"; did you mean \"latest\"?"},
    {"  others:",                                                                "  others: {table: area, mask: no}",                                 "needs the key \"reason\""                         },
};

static void a_result_says_what_of_it_is_released(void **state)
{
    static const struct {
        const char *release;
        bool initial, latest;
    } cases[] = {{"", true, true},
                 {", release: yes", true, true},
                 {", release: no", false, false},
                 {", release: [latest]", false, true}};
    char line[128];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(line, sizeof line,
                 "  job: {change: work, from: first, to: latest, of_interest: yes%s}",
                 cases[i].release);
        struct opened opened = open_with("  job:", line);
        const struct study_result *job = study_result(opened.study, "job");

        CHECK_OK(opened.status);
        CHECK(study_result_releases(job, "initial") == cases[i].initial);
        CHECK(study_result_releases(job, "latest") == cases[i].latest);
        shut(&opened);
    }
}

static void a_result_is_masked_as_the_study_says_or_as_it_says_itself(void **state)
{
    static const struct {
        const char *masking, *mask;
        int method;
        long base;
    } cases[] = {{"", "", MASKING_SUPPRESS, 5},
                 {"", ", mask: round", MASKING_ROUND, 5},
                 {"masking: {method: round}", "", MASKING_ROUND, 5},
                 {"masking: {method: round}", ", mask: yes", MASKING_ROUND, 5},
                 {"masking: {method: round}", ", mask: suppress", MASKING_SUPPRESS, 5},
                 {"masking: {method: round, base: 10}", "", MASKING_ROUND, 10}};
    char line[256];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(line, sizeof line, "%s\nresults:\n  more: {table: area%s}", cases[i].masking,
                 cases[i].mask);
        struct opened opened = open_with("results:", line);

        CHECK_OK(opened.status);
        CHECK_INT(study_result(opened.study, "more")->method, cases[i].method);
        CHECK(study_result(opened.study, "more")->mask);
        CHECK_INT(opened.study->masking.base, cases[i].base);
        shut(&opened);
    }
}

static void each_mistake_is_said_where_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct opened opened = open_with(mistakes[i].line, mistakes[i].instead);

        if (opened.status == RK_OK) fail_msg("accepted: %s", mistakes[i].instead);
        CHECK_HAS(opened.said, mistakes[i].said);
        CHECK_HAS(opened.said, "study.yaml:");
        shut(&opened);
    }
}

static void all_mistakes_are_said_at_once(void **state)
{
    struct opened opened = open_with(
        "      score:", "      score: {from: Score, type: integr, range: [0, 6]}\n"
                        "      scale: {from: Scale, type: code, codes: [A, A]}\n"
                        "      when: {from: When, type: text, patern: x}\n"
                        "      then: {from: Then, typ: text}\n"
                        "      one: {from: One, type: text, privat: yes}\n"
                        "      two: {from: Two, type: text, optinal: yes}\n"
                        "      six: {from: Six, type: text, labl: yes}");

    (void)state;
    CHECK_INT(opened.status, RK_STUDY);
    CHECK_HAS(opened.said, "integr");
    CHECK_HAS(opened.said, "\"A\" is in the list twice");
    CHECK_HAS(opened.said, "patern");
    CHECK_HAS(opened.said, "typ");
    CHECK_HAS(opened.said, "privat");
    CHECK_HAS(opened.said, "optinal");
    CHECK_HAS(opened.said, "labl");
    CHECK_LACKS(opened.said, "more like");
    shut(&opened);
}

static void faults_of_a_code_list_name_its_lines(void **state)
{
    struct rk_arena *arena = rk_arena_new();
    struct rk_diag *diag = rk_diag_new("test");
    const char *path = check_write(check_folder(), "area.csv",
                                   "code,label,aliases,colour\n"
                                   "north,North,N\n"
                                   "North west,North West,\n"
                                   "south,,S\n"
                                   "east,East,N|E\n"
                                   "north,Nord,\n"
                                   "west,West,W,red,extra\n");
    struct code_list *list;
    rk_status status;
    char *said;

    (void)state;
    check_stderr_begin();
    status = code_list_read(arena, diag, path, "area", &list);
    said = check_stderr_end();
    CHECK_INT(status, RK_STUDY);
    CHECK_HAS(said, "area.csv:1:4: unknown column");
    CHECK_HAS(said, "area.csv:3:1: not a code");
    CHECK_HAS(said, "area.csv:4:2: no label");
    CHECK_HAS(said, "area.csv:5:3: \"N\" already means north, so it cannot mean east");
    CHECK_HAS(said, "area.csv:6:1: the code is there twice");
    CHECK_HAS(said, "area.csv:7:");
    rk_diag_free(diag);
    rk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_study_is_read_without_a_word),
        cmocka_unit_test(a_mistake_is_told_once),
        cmocka_unit_test(the_way_to_the_data_has_no_detours),
        cmocka_unit_test(a_table_is_called_by_its_rows),
        cmocka_unit_test(columns_carry_what_they_declare),
        cmocka_unit_test(derived_variables_have_types_and_codes),
        cmocka_unit_test(checks_on_other_sources_wait_for_dedupe),
        cmocka_unit_test(records_are_the_unit_where_events_are_counted),
        cmocka_unit_test(a_result_says_what_of_it_is_released),
        cmocka_unit_test(a_result_is_masked_as_the_study_says_or_as_it_says_itself),
        cmocka_unit_test(each_mistake_is_said_where_it_is),
        cmocka_unit_test(all_mistakes_are_said_at_once),
        cmocka_unit_test(faults_of_a_code_list_name_its_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
