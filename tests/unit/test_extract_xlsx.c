// SPDX-License-Identifier: MIT
#include "pipeline/extract/extract.h"
#include "pipeline/extract/xlsx_priv.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

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

/* ---- workbooks, written part by part ---- */

struct book {
    const char *workbook; /* inside <workbook> */
    const char *styles, *strings;
    const char *sheets[3]; /* inside <worksheet> */
};

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define MAIN     "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static void put(zip_t *zip, const char *name, const char *text)
{
    zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);

    CHECK(source && zip_file_add(zip, name, source, 0) >= 0);
}

static const char *write_book(const char *name, const struct book *book)
{
    const char *path = check_write(folder, name, "");
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    CHECK(zip != NULL);
    put(zip, "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"" RELATION "officeDocument\" "
        "Target=\"xl/workbook.xml\"/></Relationships>");
    put(zip, "xl/_rels/workbook.xml.rels",
        "<Relationships>"
        "<Relationship Id=\"s1\" Type=\"" RELATION "worksheet\" Target=\"worksheets/one.xml\"/>"
        "<Relationship Id=\"s2\" Type=\"" RELATION "worksheet\" Target=\"/xl/worksheets/two.xml\"/>"
        "<Relationship Id=\"s3\" Type=\"" RELATION "worksheet\" Target=\"../xl/three.xml\"/>"
        "<Relationship Id=\"st\" Type=\"" RELATION "styles\" Target=\"styles.xml\"/>"
        "<Relationship Id=\"ss\" Type=\"" RELATION "sharedStrings\" Target=\"strings.xml\"/>"
        "</Relationships>");
    put(zip, "xl/workbook.xml",
        rk_arena_printf(arena, "<workbook " MAIN ">%s</workbook>", book->workbook));
    put(zip, "xl/styles.xml",
        rk_arena_printf(arena, "<styleSheet>%s</styleSheet>", book->styles ? book->styles : ""));
    if (book->strings)
        put(zip, "xl/strings.xml", rk_arena_printf(arena, "<sst>%s</sst>", book->strings));
    for (int i = 0; i < 3; i++) {
        static const char *const parts[] = {"xl/worksheets/one.xml", "xl/worksheets/two.xml",
                                            "xl/three.xml"};

        if (book->sheets[i])
            put(zip, parts[i],
                rk_arena_printf(arena, "<worksheet " MAIN ">%s</worksheet>", book->sheets[i]));
    }
    CHECK_INT(zip_close(zip), 0);
    return path;
}

/* "LINE[cell|cell]" for each row; "?" when odd, "b" when blank. */
static const char *shown(const char *path, const char *sheet, rk_status *status)
{
    struct extract_options options = {.sheet = sheet};
    struct extract *extract;
    struct rk_csv_row row;
    const char *text = "";

    *status = extract_open(arena, diag, path, options, &extract);
    if (*status != RK_OK) return text;
    while (extract_next(extract, &row)) {
        text = rk_arena_printf(arena, "%s%zu[", text, row.line);
        for (size_t i = 0; i < row.count; i++)
            text = rk_arena_printf(arena, "%s%s%s", text, i ? "|" : "", row.cells[i]);
        text = rk_arena_printf(arena, "%s]%s%s", text, row.odd ? "?" : "", row.blank ? "b" : "");
    }
    *status = extract_status(extract);
    extract_close(extract);
    return text;
}

static const char one_sheet[] = "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"s1\"/></sheets>";

static const char *rows_of(const char *rows)
{
    struct book book = {.workbook = one_sheet,
                        .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
                                  "<numFmt numFmtId=\"165\" formatCode=\"[$-809]dd\\ mmmm yyyy\"/>"
                                  "<numFmt numFmtId=\"166\" formatCode=\"0 &quot;days&quot;\"/>"
                                  "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                                  "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
                                  "<xf numFmtId=\"166\"/><xf numFmtId=\"22\"/>"
                                  "<xf numFmtId=\"46\"/><xf numFmtId=\"20\"/></cellXfs>",
                        .strings = "<si><t>plain</t></si>"
                                   "<si><r><t xml:space=\"preserve\">rich </t></r><r><rPr><b/></rPr>"
                                   "<t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>said</t></rPh></si>"
                                   "<si><t>a_x000D_b_x005F_x0041_</t></si><si/>",
                        .sheets = {rows, NULL, NULL}};
    rk_status status;
    const char *text = shown(write_book("one.xlsx", &book), NULL, &status);

    CHECK_INT(status, RK_OK);
    return text;
}

/* ---- cells ---- */

static const struct {
    const char *cell, *text;
} cells[] = {
    {"<c r=\"A1\" t=\"s\"><v>0</v></c>",                           "plain"              },
    {"<c r=\"A1\" t=\"s\"><v>1</v></c>",                           "rich text"          },
    {"<c r=\"A1\" t=\"s\"><v>2</v></c>",                           "a\rb_x0041_"        },
    {"<c r=\"A1\" t=\"s\"><v>77</v></c>",                          "#REF!"              },
    {"<c r=\"A1\" t=\"inlineStr\"><is><t>in </t></is></c>",        "in "                },
    {"<c r=\"A1\" t=\"inlineStr\"><is><r><t>i</t></r><r><t>n</t></r></is></c>", "in"    },
    {"<c r=\"A1\" t=\"str\"><f>B1&amp;C1</f><v>made</v></c>",      "made"               },
    {"<c r=\"A1\"><f>B1+C1</f><v>0.30000000000000004</v></c>",     "0.3"                },
    {"<c r=\"A1\"><f>B1+C1</f></c>",                               "#NOT_CALCULATED!"   },
    {"<c r=\"A1\" t=\"b\"><v>1</v></c>",                           "TRUE"               },
    {"<c r=\"A1\" t=\"b\"><v>0</v></c>",                           "FALSE"              },
    {"<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>",                     "#DIV/0!"            },
    {"<c r=\"A1\" t=\"d\"><v>2015-03-13T00:00:00</v></c>",         "2015-03-13"         },
    {"<c r=\"A1\"><v>41974</v></c>",                               "41974"              },
    {"<c r=\"A1\"><v>-0</v></c>",                                  "0"                  },
    {"<c r=\"A1\"><v>1.2345E-3</v></c>",                           "0.0012345"          },
    {"<c r=\"A1\"><v>1234567890123456</v></c>",                    "1234567890123456"   },
    {"<c r=\"A1\" s=\"1\"><v>41974</v></c>",                       "2014-12-01"         },
    {"<c r=\"A1\" s=\"1\"><v>41974.395833333336</v></c>",          "2014-12-01 09:30:00"},
    {"<c r=\"A1\" s=\"1\"><v>59</v></c>",                          "1900-02-28"         },
    {"<c r=\"A1\" s=\"1\"><v>60</v></c>",                          "1900-02-29"         },
    {"<c r=\"A1\" s=\"1\"><v>61</v></c>",                          "1900-03-01"         },
    {"<c r=\"A1\" s=\"1\"><v>-3</v></c>",                          "-3"                 },
    {"<c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c>",                   "plain"              },
    {"<c r=\"A1\" s=\"2\"><v>42</v></c>",                          "00042"              },
    {"<c r=\"A1\" s=\"3\"><v>41974</v></c>",                       "2014-12-01"         },
    {"<c r=\"A1\" s=\"4\"><v>41974</v></c>",                       "41974"              },
    {"<c r=\"A1\" s=\"5\"><v>41974.99999999</v></c>",              "2014-12-02"         },
    {"<c r=\"A1\" s=\"6\"><v>1.5</v></c>",                         "36:00:00"           },
    {"<c r=\"A1\" s=\"7\"><v>0.5</v></c>",                         "12:00:00"           },
    {"<c r=\"A1\" s=\"99\"><v>7</v></c>",                          "7"                  },
};

static void cells_come_as_people_read_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        CHECK_TEXT(rows_of(rk_arena_printf(arena, "<sheetData><row r=\"1\">%s</row></sheetData>",
                                           cells[i].cell)),
                   rk_arena_printf(arena, "1[%s]", cells[i].text));
}

static void rows_keep_their_place_and_width(void **state)
{
    (void)state;
    CHECK_TEXT(rows_of("<sheetData><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row>"
                       "<row r=\"5\" hidden=\"1\"><c r=\"A5\"><v>1</v></c>"
                       "<c r=\"D5\" s=\"1\"/></row>"
                       "<row r=\"7\"><c r=\"C7\" t=\"s\"><v>3</v></c></row>"
                       "<row><c><v>8</v></c><c r=\"C8\"><v>9</v></c></row></sheetData>"),
               "2[|plain|]5[1||]?7[||]b8[8||9]");
}

static void cells_merged_over_rows_are_in_each_of_them(void **state)
{
    (void)state;
    CHECK_TEXT(rows_of("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
                       "<row r=\"2\"><c r=\"B2\"><v>2</v></c></row>"
                       "<row r=\"3\"><c r=\"A3\"/><c r=\"B3\"><v>3</v></c></row>"
                       "<row r=\"4\"><c r=\"B4\"><v>4</v></c></row></sheetData>"
                       "<mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B4:C4\"/></mergeCells>"),
               "1[plain|]2[plain|2]3[plain|3]4[|4]");
}

static void dates_since_1904_are_known(void **state)
{
    struct book book = {
        .workbook = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"D\" sheetId=\"1\" "
                    "r:id=\"s1\"/></sheets>",
        .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
        .sheets = {"<sheetData><row><c s=\"0\"><v>0</v></c><c s=\"0\"><v>40512</v></c></row>"
                   "</sheetData>"}
    };
    rk_status status;

    (void)state;
    CHECK_TEXT(shown(write_book("mac.xlsx", &book), NULL, &status), "1[1904-01-01|2014-12-01]");
    CHECK_INT(status, RK_OK);
}

/* ---- sheets ---- */

static const struct book three = {
    .workbook = "<sheets><sheet name=\"Empty\" sheetId=\"1\" r:id=\"s1\"/>"
                "<sheet name=\"Reviews\" sheetId=\"7\" r:id=\"s2\"/>"
                "<sheet name=\"Old\" sheetId=\"8\" state=\"hidden\" r:id=\"s3\"/></sheets>",
    .sheets = {"<sheetData/>", "<sheetData><row><c><v>2</v></c></row></sheetData>",
               "<sheetData><row><c><v>3</v></c></row></sheetData>"}
};

static void a_sheet_is_named_or_the_first_that_shows_something(void **state)
{
    const char *path = write_book("three.xlsx", &three);
    struct extract_sheets sheets;
    rk_status status;

    (void)state;
    CHECK_TEXT(shown(path, NULL, &status), "1[2]");
    CHECK_TEXT(shown(path, "Old", &status), "1[3]");
    CHECK_OK(extract_sheets(arena, diag, path, &sheets));
    CHECK_INT(sheets.count, 1);
    CHECK_TEXT(sheets.names[0], "Reviews");
    check_stderr_begin();
    shown(path, "Reveiws", &status);
    CHECK_INT(status, RK_STUDY);
    CHECK_HAS(check_stderr_end(), "did you mean \"Reviews\"? its sheets are \"Empty\"");
}

/* ---- what is no sound workbook ---- */

static void check_refused(const char *path, const char *words)
{
    rk_status status;

    check_stderr_begin();
    shown(path, NULL, &status);
    CHECK_INT(status, RK_CHECK);
    CHECK_HAS(check_stderr_end(), words);
}

static void what_is_no_sound_workbook_is_refused_with_a_reason(void **state)
{
    struct book broken = {.workbook = one_sheet,
                          .sheets = {"<sheetData><row><c><v>1</c></row></sheetData>"}};
    struct book missing = {.workbook = one_sheet};

    (void)state;
    write_book("good.xlsx", &three);
    check_refused(write_book("broken.xlsx", &broken), "mismatched tag");
    check_refused(write_book("missing.xlsx", &missing), "there is no xl/worksheets/one.xml");
    check_refused(write_book("named.csv", &three), "let its name end in .xlsx if it is one");
    check_refused(check_write(folder, "text.xlsx", "a,b\n1,2\n"), "but it is not");
    check_refused(check_write(folder, "old.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
                  "password");
    check_refused(check_write_n(folder, "cut.xlsx", check_read(folder, "good.xlsx"), 200),
                  "damaged");
}

/* A "billion laughs" needs a document type; no workbook has one. */
static void entities_are_refused(void **state)
{
    const char *path = write_book("good2.xlsx", &three);
    zip_t *zip = zip_open(path, 0, NULL);
    static const char bomb[] =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\">]><worksheet><sheetData><row><c "
        "t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>";
    zip_source_t *source = zip_source_buffer(zip, bomb, strlen(bomb), 0);

    (void)state;
    CHECK(zip_file_add(zip, "xl/worksheets/two.xml", source, ZIP_FL_OVERWRITE) >= 0);
    CHECK_INT(zip_close(zip), 0);
    check_refused(path, "damaged");
}

static const struct {
    const char *code;
    enum xlsx_meaning meaning;
} codes[] = {
    {"General",                        XLSX_NUMBER },
    {"0.00",                           XLSX_NUMBER },
    {"#,##0.00_);[Red]\\(#,##0.00\\)", XLSX_NUMBER },
    {"0.00E+00",                       XLSX_NUMBER },
    {"\"day \"0",                      XLSX_NUMBER },
    {"[$\xe2\x82\xac-2] #,##0",        XLSX_NUMBER },
    {"0.0,,\"m\"",                     XLSX_NUMBER },
    {"yyyy\\-mm\\-dd",                 XLSX_DATE   },
    {"d-mmm-yy;@",                     XLSX_DATE   },
    {"mmm",                            XLSX_DATE   },
    {"[$-F800]dddd\\,\\ mmmm\\ dd",    XLSX_DATE   },
    {"dd/mm/yyyy hh:mm",               XLSX_DATE   },
    {"hh:mm:ss",                       XLSX_TIME   },
    {"[h]:mm",                         XLSX_ELAPSED},
};

static void number_formats_tell_dates_from_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (xlsx_format_of(codes[i].code).meaning != codes[i].meaning)
            fail_msg("%s", codes[i].code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_come_as_people_read_them, begin, end),
        cmocka_unit_test_setup_teardown(rows_keep_their_place_and_width, begin, end),
        cmocka_unit_test_setup_teardown(cells_merged_over_rows_are_in_each_of_them, begin, end),
        cmocka_unit_test_setup_teardown(dates_since_1904_are_known, begin, end),
        cmocka_unit_test_setup_teardown(a_sheet_is_named_or_the_first_that_shows_something, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_is_no_sound_workbook_is_refused_with_a_reason, begin,
                                        end),
        cmocka_unit_test_setup_teardown(entities_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(number_formats_tell_dates_from_numbers, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
