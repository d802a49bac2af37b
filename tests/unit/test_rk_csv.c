// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_csv_priv.h"
#include "pipeline/base/rk_text.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct rk_arena *arena;
static struct rk_diag *diag;
static const char *folder;

static int begin(void **state)
{
    (void)state;
    arena = rk_arena_new();
    diag = rk_diag_new("test");
    rk_diag_verbosity(diag, false, true);
    folder = check_folder();
    return 0;
}

static int end(void **state)
{
    (void)state;
    rk_diag_free(diag);
    rk_arena_free(arena);
    return 0;
}

/* Rows as text: "LINE[cell|cell]" each, then "!words" for damage, "?" when odd, "b" if
 * blank. */
static char *shown(const char *path, struct rk_csv_options options, bool shortcut)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *sink = open_memstream(&text, &bytes);
    struct rk_csv_row row;
    struct rk_csv *csv;
    char *copy;

    if (rk_csv_open(arena, diag, path, options, &csv) == RK_OK) {
        if (!shortcut) csv_no_shortcut(csv);
        while (rk_csv_next(csv, &row)) {
            fprintf(sink, "%zu[", row.line);
            for (size_t i = 0; i < row.count; i++)
                fprintf(sink, "%s%s", i ? "|" : "", row.cells[i]);
            fprintf(sink, "]%s%s%s%s", row.blank ? "b" : "", row.odd ? "?" : "",
                    row.unclosed ? "u" : "", row.damage ? "!" : "");
        }
        if (rk_csv_status(csv) != RK_OK)
            fprintf(sink, "status %d", (int)rk_csv_status(csv));
        rk_csv_close(csv);
    } else {
        fprintf(sink, "refused");
    }
    fclose(sink);
    copy = rk_arena_copy(arena, text);
    free(text);
    return copy;
}

static const struct rk_csv_options comma = {RK_CSV_UTF8, ','};
static const struct rk_csv_options by_itself = {RK_CSV_AUTO, 0};

struct example {
    const char *text, *rows;
};

static void check_examples(const struct example *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = check_write(folder, "example.csv", rows[i].text);

        CHECK_TEXT(shown(path, comma, true), rows[i].rows);
        CHECK_TEXT(shown(path, comma, false), rows[i].rows);
    }
}

#define CHECK_EXAMPLES(rows) check_examples(rows, sizeof(rows) / sizeof *(rows))

static void records_know_the_line_they_begin_on(void **state)
{
    static const struct example rows[] = {
        {"a,b\n1,2\n",                  "1[a|b]2[1|2]"         },
        {"a,b\n1,2",                    "1[a|b]2[1|2]"         },
        {"a,b\r\n1,2\r\n",              "1[a|b]2[1|2]"         },
        {"a,b\r1,2\r",                  "1[a|b]2[1|2]"         },
        {"a,b\r\r\n1,2\r\r\n",          "1[a|b]2[1|2]"         },
        {"a\r\rb\r",                    "1[a]2[]b3[b]"         },
        {"a,\"x\ny\"\nb,c\n",           "1[a|x\ny]3[b|c]"      },
        {"a,\"x\r\ny\r\n\"\r\nb,c\r\n", "1[a|x\r\ny\r\n]4[b|c]"},
        {"a,\"x\ry\"\rb,c\r",           "1[a|x\ry]3[b|c]"      },
        {"\"\n\n\"\nb\n",               "1[\n\n]4[b]"          },
        {"a\n\n\nb\n",                  "1[a]2[]b3[]b4[b]"     },
        {"a\n   \nb\n\t\n",             "1[a]2[   ]b3[b]4[\t]b"},
        {"",                            ""                     },
        {"\n",                          "1[]b"                 },
        {"\n\n",                        "1[]b2[]b"             },
        {"a",                           "1[a]"                 },
        {",",                           "1[|]"                 },
        {"a\nb\xc2\x85"
         "c\xe2\x80\xa8"
         "d\n",                "1[a]2[b\xc2\x85"
         "c\xe2\x80\xa8"
         "d]"                          },
    };

    (void)state;
    CHECK_EXAMPLES(rows);
}

static void cells_are_neither_trimmed_nor_dropped(void **state)
{
    static const struct example rows[] = {
        {" a , b\t\n",            "1[ a | b\t]"         },
        {"a,,\n,,\n",             "1[a||]2[||]"         },
        {"\"\"\n",                "1[]"                 },
        {"\"\",\"\"\n",           "1[|]"                },
        {"\"a\"\"b\",\"\"\"\"\n", "1[a\"b|\"]"          },
        {"\"a,b\",c\n",           "1[a,b|c]"            },
        {"# not a comment,x\n",   "1[# not a comment|x]"},
        {"=1+1,@x,+y,-z\n",       "1[=1+1|@x|+y|-z]"    },
        {"%s%n,`id`,$(id)\n",     "1[%s%n|`id`|$(id)]"  },
        {"\" a \", \n",           "1[ a | ]"            },
    };

    (void)state;
    CHECK_EXAMPLES(rows);
}

static void broken_quotes_cost_one_line_and_no_other(void **state)
{
    static const struct example rows[] = {
        {"1,\"a\"b,c\n2,d,e\n",        "1[1|\"a\"b|c]!2[2|d|e]"       },
        {"1,a\n2,\"b\n3,c\n4,d\n",     "1[1|a]2[2|\"b]u!3[3|c]4[4|d]" },
        {"1,\"b",                      "1[1|\"b]u!"                   },
        {"1,\"",                       "1[1|\"]u!"                    },
 /* the quote of line 1 would swallow the rows up to the next one */
        {"1,\"a\n2,b\n3,c\n4,\"d\"\n", "1[1|\"a]!2[2|b]3[3|c]4[4|d]"  },
        {"1,\"x \\\"y\\\" z\"\n2,b\n", "1[1|\"x \\\"y\\\" z\"]!2[2|b]"},
        {"1,\"a\"  \n2,b\n",           "1[1|\"a\"  ]!2[2|b]"          },
        {"\"a\r\nb\"c\r\n2\r\n",       "1[\"a]!2[b\"c]?3[2]"          },
    };

    (void)state;
    CHECK_EXAMPLES(rows);
}

static void a_quote_inside_an_unquoted_cell_is_kept_and_told(void **state)
{
    static const struct example rows[] = {
        {"5\" pipe,x\n",         "1[5\" pipe|x]?"     },
        {"a, \"b, c\"\n",        "1[a| \"b| c\"]?"    },
        {"a\"\",b\nc,d\n",       "1[a\"\"|b]?2[c|d]"  },
        {"a\"b\"c\"\n\"q\",d\n", "1[a\"b\"c\"]?2[q|d]"},
    };

    (void)state;
    CHECK_EXAMPLES(rows);
}

static void what_is_no_text_is_damage_with_its_line(void **state)
{
    static const struct example rows[] = {
        {"a,b\n\xff,c\nd,e\n", "1[a|b]2[�|c]!3[d|e]"},
        {"a,b\n\"\xff\",c\n",  "1[a|b]2[�|c]!"      },
        {"a,b\nc,\xc3\n",      "1[a|b]2[c|�]!"      },
        {"a\n\x1a",            "1[a]2[\x1a]?!"        },
        {"a\n\x1a\n",          "1[a]2[\x1a]?!"        },
        {"a,b\x01\n",          "1[a|b\x01]?"          },
        {"a,b\x7f\n",          "1[a|b\x7f]?"          },
        {"a,12345678\x7f\n",   "1[a|12345678\x7f]?"   },
        {"a\n\xef\xbb\xbf"
         "b\n",       "1[a]2[b]?"            },
        {"a,\xef\xbf\xbd\n",
         "1[a|\xef\xbf\xbd]"                          }, /* a U+FFFD that was there is a character */
    };
    const char *path;

    (void)state;
    CHECK_EXAMPLES(rows);
    path = check_write_n(folder, "nul.csv", "a,b\nc\0d,e\n\0\0\0", 13);
    CHECK_TEXT(shown(path, comma, true), "1[a|b]2[c�d|e]!3[���]!");
    CHECK_TEXT(shown(path, comma, false), "1[a|b]2[c�d|e]!3[���]!");
}

static void the_raw_record_is_handed_out(void **state)
{
    const char *path = check_write(folder, "raw.csv", "a,\"b\n c\"\r\nd\"\n");
    struct rk_csv_row row;
    struct rk_csv *csv;

    (void)state;
    CHECK_OK(rk_csv_open(arena, diag, path, comma, &csv));
    CHECK(rk_csv_next(csv, &row));
    CHECK_TEXT(rk_arena_copy_n(arena, row.raw, row.raw_bytes), "a,\"b\n c\"");
    CHECK(rk_csv_next(csv, &row));
    CHECK_TEXT(rk_arena_copy_n(arena, row.raw, row.raw_bytes), "d\"");
    CHECK(!rk_csv_next(csv, &row));
    CHECK(!rk_csv_next(csv, &row));
    rk_csv_close(csv);
}

static void encodings_are_found_and_decoded(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum rk_csv_encoding declared;
        const char *rows, *name;
    } rows[] = {
        {"a\nJos\xc3\xa9\n",           8,  RK_CSV_AUTO,         "1[a]2[José]",           "UTF-8"               },
        {"\xef\xbb\xbf\"a\"\n",        7,  RK_CSV_AUTO,         "1[a]",                   "UTF-8 with BOM"      },
        {"a\nJos\xe9 \x93\x80\x94\n",  11, RK_CSV_AUTO,         "1[a]2[José “€”]", "windows-1252"        },
        {"a\n\xa4 5 c\xbdur \xe9\n",    13, RK_CSV_AUTO,         "1[a]2[€ 5 cœur é]", "ISO 8859-15"         },
        {"a\n\xa4 5 \x80 5\n",         10, RK_CSV_AUTO,         "1[a]2[¤ 5 € 5]",  "windows-1252"        },
        {"a\n1\xbd kg, caf\xe9\n",     14, RK_CSV_AUTO,         "1[a]2[1½ kg| café]", "windows-1252"       },
        {"a\n\xa4\x80\n",              5,  RK_CSV_ISO_8859_15,  "1[a]2[€�]!",       "ISO 8859-15"         },
        {"a\nJos\xe9\n",               7,  RK_CSV_WINDOWS_1252, "1[a]2[José]",           "windows-1252"        },
        {"a\n\x81\n",                  4,  RK_CSV_WINDOWS_1252, "1[a]2[�]!",            "windows-1252"        },
        {"a\n\xc3\xa9\xc3\xa8 \xff\n", 9,  RK_CSV_AUTO,         "1[a]2[éè �]!",       "UTF-8"               },
        {"\xff\xfe"
         "a\0\n\0\xac\x20",   8,  RK_CSV_AUTO,         "1[a]2[€]",             "UTF-16 little-endian"},
        {"\xfe\xff\0a\0\n\x20\xac",    8,  RK_CSV_AUTO,         "1[a]2[€]",             "UTF-16 big-endian"   },
        {"\xff\xfe\x3d\xd8\x00\xde",   6,  RK_CSV_AUTO,         "1[😀]",                "UTF-16 little-endian"},
        {"\xff\xfe\x3d\xd8"
         "a\0",               6,  RK_CSV_AUTO,         "1[�a]!",               "UTF-16 little-endian"},
        {"\xff\xfe\x00\xde"
         "a\0",               6,  RK_CSV_AUTO,         "1[�a]!",               "UTF-16 little-endian"},
        {"\xff\xfe"
         "a\0b",              5,  RK_CSV_AUTO,         "1[a�]!",               "UTF-16 little-endian"},
        {"i\0d\0,\0n\0a\0m\0e\0\n\0",  16, RK_CSV_AUTO,         "1[id|name]",
         "UTF-16 little-endian"                                                                                 },
        {"\0i\0d\0,\0n\0a\0m\0e\0\n",  16, RK_CSV_UTF8,         "1[id|name]",             "UTF-16 big-endian"   },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = check_write_n(folder, "enc.csv", rows[i].bytes, rows[i].length);
        const struct rk_csv_options options = {rows[i].declared, ','};
        struct rk_csv *csv;

        check_stderr_begin();
        CHECK_TEXT(shown(path, options, true), rows[i].rows);
        CHECK_OK(rk_csv_open(arena, diag, path, options, &csv));
        check_stderr_end();
        CHECK_TEXT(rk_csv_encoding_name(csv), rows[i].name);
        rk_csv_close(csv);
    }
}

static void a_guess_at_the_encoding_is_told_with_the_line(void **state)
{
    const char *path = check_write(folder, "guess.csv", "a\nb\nJos\xe9\n");

    (void)state;
    check_stderr_begin();
    shown(path, by_itself, true);
    CHECK_HAS(check_stderr_end(), "guess.csv:3: warning: not UTF-8; the file is read as "
                                  "windows-1252 (its letters are the same in");
    path = check_write(folder, "doubt.csv", "a\nJos\xc3\xa9\n");
    check_stderr_begin();
    shown(path, (struct rk_csv_options){RK_CSV_WINDOWS_1252, ','}, true);
    CHECK_HAS(check_stderr_end(), "doubt.csv:1: warning: declared windows-1252");
}

/* The same rows in each encoding, over several blocks. */
static void long_files_read_the_same_in_every_encoding(void **state)
{
    static const enum rk_csv_encoding encodings[] = {RK_CSV_UTF8, RK_CSV_WINDOWS_1252,
                                                     RK_CSV_UTF16};
    char *texts[3];
    size_t lengths[3];

    (void)state;
    for (int k = 0; k < 3; k++) {
        FILE *sink = open_memstream(&texts[k], &lengths[k]);

        if (k == 2) fwrite("\xff\xfe", 1, 2, sink);
        for (int row = 0; row < 9000; row++) {
            char line[64];
            int bytes = snprintf(line, sizeof line, "%d,x\n", row * 7919);

            for (int i = 0; i < bytes; i++) {
                bool accent = line[i] == 'x';

                if (k == 0) fputs(accent ? "é" : (char[]){line[i], 0}, sink);
                if (k > 0) putc(accent ? 0xe9 : line[i], sink);
                if (k == 2) putc(0, sink);
            }
        }
        fclose(sink);
    }
    for (int k = 1; k < 3; k++) {
        const char *rows =
            shown(check_write_n(folder, "utf8.csv", texts[0], lengths[0]), comma, true);

        CHECK_TEXT(shown(check_write_n(folder, "other.csv", texts[k], lengths[k]),
                         (struct rk_csv_options){encodings[k], ','}, true),
                   rows);
    }
    for (int k = 0; k < 3; k++)
        free(texts[k]);
}

static void a_mark_overrules_what_was_declared_and_says_so(void **state)
{
    const char *path = check_write(folder, "mark.csv",
                                   "\xef\xbb\xbf"
                                   "Jos\xc3\xa9\n");

    (void)state;
    check_stderr_begin();
    CHECK_TEXT(shown(path, (struct rk_csv_options){RK_CSV_WINDOWS_1252, ','}, true),
               "1[José]");
    CHECK_HAS(check_stderr_end(), "mark.csv:1: warning: its byte-order mark says UTF-8");
}

/* A character of each length at each place around the ends of the 64 KB blocks. */
static void characters_survive_the_ends_of_blocks(void **state)
{
    static const char *const characters[] = {"é", "€", "😀"};
    char *text = malloc(CSV_BLOCK + 64);

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        for (size_t before = CSV_BLOCK - 6; before < CSV_BLOCK + 2; before++) {
            struct rk_csv_row row;
            struct rk_csv *csv;

            memset(text, 'x', before);
            text[40] = '\n';
            strcpy(text + before, characters[k]);
            CHECK_OK(rk_csv_open(arena, diag, check_write(folder, "block.csv", text),
                                 by_itself, &csv));
            CHECK(rk_csv_next(csv, &row) && rk_csv_next(csv, &row));
            CHECK_TEXT(rk_csv_encoding_name(csv), "UTF-8");
            CHECK(!row.damage);
            CHECK_TEXT(row.cells[0], text + 41);
            rk_csv_close(csv);
        }
    }
    free(text);
}

static void separators_are_found(void **state)
{
    static const struct {
        const char *text;
        char separator;
    } rows[] = {
        {"a,b\n1,2\n",                                         ',' },
        {"a;b\n1,5;2,5\n3,5;4,5\n",                            ';' },
        {"a\tb\n1,2\tx\n",                                     '\t'},
        {"a|b|c\n1|2,3|4\n",                                   '|' },
        {"\"a;b\",c\n\"d;e\",f\n",                             ',' },
        {"one\ntwo\n",                                         ',' },
        {"Extract of 3 May, all areas\n\nid;name\n1;x\n2;y\n", ';' },
        {"sep=;\na;b\n",                                       ';' },
        {"",                                                   ',' },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rk_csv *csv;

        check_stderr_begin();
        CHECK_OK(rk_csv_open(arena, diag, check_write(folder, "sep.csv", rows[i].text),
                             by_itself, &csv));
        check_stderr_end();
        CHECK_INT(rk_csv_separator(csv), rows[i].separator);
        rk_csv_close(csv);
    }
}

static void a_wrongly_declared_separator_makes_no_fat_column(void **state)
{
    const char *path = check_write(folder, "fat.csv", "a;b\n1;2\n");

    (void)state;
    check_stderr_begin();
    CHECK_TEXT(shown(path, comma, true), "1[a|b]2[1|2]");
    CHECK_HAS(check_stderr_end(),
              "fat.csv:1: warning: no comma in its first line; read with "
              "the semicolon as separator");
    check_stderr_begin();
    path = check_write(folder, "fat.csv", "a,b\n1,2\n");
    CHECK_TEXT(shown(path, (struct rk_csv_options){RK_CSV_UTF8, '\t'}, true),
               "1[a|b]2[1|2]");
    path = check_write(folder, "fat.csv", "a\tb\n1\t2\n");
    CHECK_TEXT(shown(path, (struct rk_csv_options){RK_CSV_UTF8, '|'}, true),
               "1[a|b]2[1|2]");
    path = check_write(folder, "fat.csv", "a|b\n1|2\n");
    CHECK_TEXT(shown(path, (struct rk_csv_options){RK_CSV_UTF8, ':'}, true),
               "1[a|b]2[1|2]");
    check_stderr_end();
    CHECK_TEXT(shown(check_write(folder, "one.csv", "a\n1\n"), comma, true), "1[a]2[1]");
    check_stderr_begin();
    CHECK_TEXT(shown(check_write(folder, "hint.csv", "sep=;\r\na;b\r\n"), by_itself, true),
               "2[a|b]");
    CHECK_HAS(check_stderr_end(), "hint.csv:1: note: Excel's separator line");
}

static void other_kinds_of_file_are_refused_by_name(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *said;
    } rows[] = {
        {"PK\003\004....",                   8,  "a ZIP file or an Excel workbook"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,  "an old Excel workbook"          },
        {"%PDF-1.7\n",                       9,  "a PDF"                          },
        {"\x1f\x8b\x08",                     3,  "a gzip file"                    },
        {"$FL2@(#)",                         8,  "an SPSS data file"              },
        {"SQLite format 3\0",                16, "an SQLite database"             },
        {"\xef\xbb\xbf<!DOCTYPE html>",      18, "a web page"                     },
        {"  <HTML>",                         8,  "a web page"                     },
        {"<?xml version",                    13, "an XML file"                    },
        {"[\n {\"a\": 1}]",                  12, "a JSON file"                    },
        {"{\"a\": 1}",                       8,  "a JSON file"                    },
        {" [[1]]",                           6,  "a JSON file"                    },
        {"{ }",                              3,  "a JSON file"                    },
        {"\xff\xfe\0\0a\0\0\0",              8,  "a text in UTF-32"               },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = check_write_n(folder, "kind.csv", rows[i].bytes, rows[i].length);
        const char *said;
        struct rk_csv *csv;

        check_stderr_begin();
        CHECK_INT(rk_csv_open(arena, diag, path, by_itself, &csv), RK_CHECK);
        said = check_stderr_end();
        CHECK_HAS(said, rows[i].said);
        CHECK_HAS(said, "kind.csv:1: ");
    }
    CHECK_TEXT(shown(check_write(folder, "brackets.csv", "[id],{name}\n"), comma, true),
               "1[[id]|{name}]");
}

static void folders_and_missing_files_are_the_worlds_fault(void **state)
{
    struct rk_csv *csv;

    (void)state;
    check_stderr_begin();
    CHECK_INT(rk_csv_open(arena, diag, folder, by_itself, &csv), RK_WORLD);
    CHECK_INT(rk_csv_open(arena, diag, "/no/such.csv", by_itself, &csv), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "is a folder");
}

/* A file of `bytes` times `filling` between `start` and `finish`. */
static const char *giant(const char *start, char filling, size_t bytes, const char *finish)
{
    const char *path = check_write(folder, "giant.csv", start);
    FILE *file = fopen(path, "a");

    for (size_t i = 0; i < bytes; i++)
        putc_unlocked(filling, file);
    fputs(finish, file);
    fclose(file);
    return path;
}

static void limits_hold_on_both_sides(void **state)
{
    const size_t columns = RK_CSV_COLUMNS_MAX, bytes = RK_CSV_RECORD_MAX;
    struct rk_csv_row row;
    struct rk_csv *csv;
    const char *said;

    (void)state;
    CHECK_OK(rk_csv_open(arena, diag, giant("", ',', columns - 1, "\n"), comma, &csv));
    CHECK(rk_csv_next(csv, &row));
    CHECK_INT(row.count, columns);
    rk_csv_close(csv);
    CHECK_OK(rk_csv_open(arena, diag, giant("a\n", 'x', bytes / 16, "\n"), comma, &csv));
    CHECK(rk_csv_next(csv, &row) && rk_csv_next(csv, &row));
    CHECK_INT(strlen(row.cells[0]), bytes / 16);
    rk_csv_close(csv);
    check_stderr_begin();
    CHECK_TEXT(shown(giant("a\n", ',', columns, "\n"), comma, true), "1[a]status 1");
    CHECK_TEXT(shown(giant("a\n\"\"", ',', columns, "\n"), comma, true), "1[a]status 1");
    CHECK_TEXT(shown(giant("a\n", 'x', bytes + CSV_BLOCK * 8, "\n"), comma, true),
               "1[a]status 1");
    said = check_stderr_end();
    CHECK_HAS(said, "giant.csv:2: a record of more than 16,384 cells; refused");
    CHECK_HAS(said, "giant.csv:2: a record of more than 16 MiB");
}

/* The broken quote stands in a line longer than what is read at once. */
static void a_broken_quote_in_a_long_line_costs_that_line(void **state)
{
    const size_t bytes = 1024 * 1024;
    struct rk_csv_row row;
    struct rk_csv *csv;

    (void)state;
    CHECK_OK(rk_csv_open(arena, diag, giant("a,b\n\"x\"y,", 'z', bytes, "\nc,d\n"), comma,
                         &csv));
    CHECK(rk_csv_next(csv, &row) && rk_csv_next(csv, &row));
    CHECK(row.damage && row.count == 2 && strlen(row.cells[1]) == bytes);
    CHECK(rk_csv_next(csv, &row));
    CHECK_TEXT(row.cells[0], "c");
    CHECK_INT(row.line, 3);
    rk_csv_close(csv);
    check_stderr_begin();
    CHECK_TEXT(
        shown(giant("a\n\"x\"y", 'z', RK_CSV_RECORD_MAX + 8 * CSV_BLOCK, ""), comma, true),
        "1[a]status 1");
    CHECK_HAS(check_stderr_end(), "giant.csv:2: a record of more than 16 MiB");
}

static void millions_of_columns_are_refused_early(void **state)
{
    (void)state;
    check_stderr_begin();
    CHECK_TEXT(shown(giant("", ',', 2000000, "\n"), comma, true), "status 1");
    CHECK_TEXT(shown(giant("\"\"", ',', 2000000, "\n"), comma, true), "status 1");
    CHECK_HAS(check_stderr_end(),
              "giant.csv:1: a record of more than 16,384 cells; refused");
}

/* A quote that swallows more than a record may hold is as good as never closed. */
static void an_open_quote_before_a_giant_file_costs_one_line(void **state)
{
    const char *path = giant("a\n\"b\n", '\n', RK_CSV_RECORD_MAX + CSV_BLOCK * 8, "c\n");
    size_t blank = 0, rows = 0;
    struct rk_csv_row row;
    struct rk_csv *csv;

    (void)state;
    CHECK_OK(rk_csv_open(arena, diag, path, comma, &csv));
    while (rk_csv_next(csv, &row)) {
        if (++rows == 2) CHECK(row.unclosed && row.line == 2);
        blank += row.blank;
    }
    CHECK_OK(rk_csv_status(csv));
    CHECK_INT(rows, RK_CSV_RECORD_MAX + CSV_BLOCK * 8 + 3);
    CHECK_INT(blank, rows - 3);
    rk_csv_close(csv);
}

/* Random texts over the characters that matter: the short cut and libcsv say the same, and
 * no byte of the file is in no record. */
static void the_short_cut_agrees_with_libcsv_and_no_byte_is_lost(void **state)
{
    static const char letters[] = "ab,,\"\n\r \t;\xc3\xa9\x01";
    unsigned seed = 12;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        char text[40] = "x,y\n";
        size_t length = 4 + (size_t)rand_r(&seed) % (sizeof text - 5);
        struct rk_csv_row row;
        struct rk_csv *csv;
        const char *path;
        size_t covered = 0, ends = 0;

        for (size_t i = 4; i < length; i++)
            text[i] = letters[(size_t)rand_r(&seed) % (sizeof letters - 1)];
        text[length] = '\0';
        path = check_write(folder, "random.csv", text);
        CHECK_TEXT(shown(path, comma, true), shown(path, comma, false));
        CHECK_OK(rk_csv_open(arena, diag, path, comma, &csv));
        while (rk_csv_next(csv, &row)) {
            covered += row.raw_bytes;
            for (size_t i = 0; i < row.raw_bytes; i++)
                ends += row.raw[i] == '\n' || row.raw[i] == '\r';
        }
        rk_csv_close(csv);
        for (size_t i = 0; i < length; i++)
            covered += text[i] == '\n' || text[i] == '\r';
        CHECK_INT(covered - ends, length);
    }
}

static void check_comes_back(const char *const *cells, size_t count)
{
    char *text = NULL;
    size_t bytes = 0;
    struct rk_csv_writer writer = {.file = open_memstream(&text, &bytes)};
    struct rk_csv_row row;
    struct rk_csv *csv;

    for (size_t i = 0; i < count; i++)
        rk_csv_cell(&writer, cells[i]);
    rk_csv_end(&writer);
    fclose(writer.file);
    CHECK_OK(rk_csv_open(arena, diag, check_write(folder, "back.csv", text), comma, &csv));
    CHECK(rk_csv_next(csv, &row));
    CHECK_INT(row.count, count);
    CHECK(!row.blank && !row.damage && !row.odd);
    for (size_t i = 0; i < count; i++)
        CHECK_TEXT(row.cells[i], cells[i]);
    CHECK(!rk_csv_next(csv, &row));
    rk_csv_close(csv);
    free(text);
}

static void what_is_written_comes_back(void **state)
{
    static const char *const one[] = {""};
    static const char *const two[] = {"", ""};
    static const char *const many[] = {
        "a", "a,b",  "say \"hi\"",     "\"", "line\nline", "cr\rcr", " x", "x\t",
        "",  "José", "\xef\xbb\xbfid", "'",  "a\r\n"};

    (void)state;
    check_comes_back(one, 1);
    check_comes_back(two, 2);
    check_comes_back(many, sizeof many / sizeof *many);
}

static void numbers_are_written_short_and_nan_empty(void **state)
{
    char *text = NULL;
    size_t bytes = 0;
    struct rk_csv_writer writer = {.file = open_memstream(&text, &bytes)};

    (void)state;
    rk_csv_long(&writer, -42);
    rk_csv_double(&writer, 0.1);
    rk_csv_double(&writer, NAN);
    rk_csv_cell_n(&writer, "abcdef", 3);
    rk_csv_end(&writer);
    rk_csv_double(&writer, NAN);
    rk_csv_end(&writer);
    fclose(writer.file);
    CHECK_TEXT(text, "-42,0.1,,abc\n\"\"\n");
    free(text);
}

static void a_table_of_ours_is_read_whole(void **state)
{
    const char *path = check_write(folder, "t.csv", "cell,value\na,1\n\"b\nb\",\n");
    struct rk_csv_table table;

    (void)state;
    CHECK_OK(rk_csv_table_read(arena, diag, path, &table));
    CHECK_INT(table.columns, 2);
    CHECK_INT(table.rows, 2);
    CHECK_INT(table.lines[1], 3);
    CHECK_TEXT(table.cells[2], "b\nb");
    CHECK_INT(rk_csv_column(&table, "value"), 1);
    CHECK_INT(rk_csv_column(&table, "none"), -1);
}

static void a_table_of_ours_that_was_damaged_is_refused(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"",              "t.csv:1: is empty"                             },
        {"\n\n",          "t.csv:1: is empty"                             },
        {"a,b\n1\n",      "t.csv:2: 1 cells, but the header has 2 columns"},
        {"a,b\n1,2,3\n",  "t.csv:2: 3 cells, but the header has 2 columns"},
        {"a,a\n",         "t.csv:1: column \"a\" is there twice"          },
        {"a,b\n1,\"2\n",  "t.csv:2: a quote that is never closed"         },
        {"a,b\n1,\xff\n", "t.csv:2: bytes that are not text"              },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rk_csv_table table;

        check_stderr_begin();
        CHECK_INT(rk_csv_table_read(arena, diag, check_write(folder, "t.csv", rows[i].text),
                                    &table),
                  RK_STUDY);
        CHECK_HAS(check_stderr_end(), rows[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_know_the_line_they_begin_on),
        cmocka_unit_test(cells_are_neither_trimmed_nor_dropped),
        cmocka_unit_test(broken_quotes_cost_one_line_and_no_other),
        cmocka_unit_test(a_quote_inside_an_unquoted_cell_is_kept_and_told),
        cmocka_unit_test(what_is_no_text_is_damage_with_its_line),
        cmocka_unit_test(the_raw_record_is_handed_out),
        cmocka_unit_test(encodings_are_found_and_decoded),
        cmocka_unit_test(a_guess_at_the_encoding_is_told_with_the_line),
        cmocka_unit_test(long_files_read_the_same_in_every_encoding),
        cmocka_unit_test(a_mark_overrules_what_was_declared_and_says_so),
        cmocka_unit_test(characters_survive_the_ends_of_blocks),
        cmocka_unit_test(separators_are_found),
        cmocka_unit_test(a_wrongly_declared_separator_makes_no_fat_column),
        cmocka_unit_test(other_kinds_of_file_are_refused_by_name),
        cmocka_unit_test(folders_and_missing_files_are_the_worlds_fault),
        cmocka_unit_test(limits_hold_on_both_sides),
        cmocka_unit_test(a_broken_quote_in_a_long_line_costs_that_line),
        cmocka_unit_test(millions_of_columns_are_refused_early),
        cmocka_unit_test(an_open_quote_before_a_giant_file_costs_one_line),
        cmocka_unit_test(the_short_cut_agrees_with_libcsv_and_no_byte_is_lost),
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(numbers_are_written_short_and_nan_empty),
        cmocka_unit_test(a_table_of_ours_is_read_whole),
        cmocka_unit_test(a_table_of_ours_that_was_damaged_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
