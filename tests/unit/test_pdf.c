// SPDX-License-Identifier: MIT
/* The file itself. What another program must say about it is asked only where that program
 * is installed: qpdf, pdftotext, pdfinfo. */
#include "render/flow.h"
#include "render/page.h"
#include "render/pdf.h"
#include "render/pdf_priv.h"
#include "tests/support/check.h"
#include "tests/support/doc.h"

#include "pipeline/base/rk_text.h"

#include <fcntl.h>
#include <locale.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static struct write write_;
static struct fonts *fonts;
static struct pdf *pdf;
static const char *folder;
static const struct pdf_info info = {
    .title = "Scores & bands <first year>",
    .author = "\xc5\x9awi\xc4\x85tek",
    .language = "en-GB",
    .date_days = 16507,
};

static int set_up(void **state)
{
    (void)state;
    write_begin(&write_);
    folder = check_folder();
    if (fonts_open(write_.run.arena, write_.run.diag, &fonts_default, &fonts) != RK_OK)
        return -1;
    return pdf_open(write_.run.arena, write_.run.diag, fonts, &info, &pdf);
}

static int tear_down(void **state)
{
    (void)state;
    pdf_abandon(pdf);
    fonts_close(fonts);
    write_end(&write_);
    return 0;
}

static const char *path(const char *name)
{
    return rk_arena_printf(write_.run.arena, "%s/%s", folder, name);
}

/* What `program option file [-]` prints, or NULL when it is not installed. */
static const char *ask(const char *program, const char *option, const char *file,
                       int *status)
{
    bool to_stdout = strcmp(program, "pdftotext") == 0;
    char *argv[] = {rk_arena_copy(write_.run.arena, program),
                    rk_arena_copy(write_.run.arena, option),
                    rk_arena_copy(write_.run.arena, file),
                    to_stdout ? rk_arena_copy(write_.run.arena, "-") : NULL, NULL};
    posix_spawn_file_actions_t actions;
    int told = 0, failed;
    pid_t child;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, path("asked.txt"),
                                     O_CREAT | O_TRUNC | O_WRONLY, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    failed = posix_spawnp(&child, program, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) return NULL;
    waitpid(child, &told, 0);
    *status = WEXITSTATUS(told);
    return *status == 127 ? NULL : check_read(folder, "asked.txt");
}

/* Bytes that stand somewhere in a file. */
static bool file_has(const char *name, const char *bytes)
{
    char *data;
    size_t size;

    if (rk_file_read(write_.run.arena, write_.run.diag, path(name), &data, &size) != RK_OK)
        return false;
    return memmem(data, size, bytes, strlen(bytes)) != NULL;
}

static bool same_files(const char *a, const char *b)
{
    char *first, *second;
    size_t first_size, second_size;

    CHECK_OK(rk_file_read(write_.run.arena, write_.run.diag, path(a), &first, &first_size));
    CHECK_OK(
        rk_file_read(write_.run.arena, write_.run.diag, path(b), &second, &second_size));
    return first_size == second_size && memcmp(first, second, first_size) == 0;
}

static struct render_page *page_with(const char *words)
{
    struct render_page *page = pdf_page(pdf, 595.28, 841.89);

    page_tag(page, pdf_tag(pdf, NULL, PDF_P));
    page_text(page, page_face(page, FONT_REGULAR), 12, 72, 700, PAGE_LEFT, words);
    return page;
}

static rk_status close_to(const char *name)
{
    rk_status status = pdf_close(pdf, name ? path(name) : NULL);

    pdf = NULL;
    return status;
}

static void check_sound(const char *name)
{
    int status = 0;
    const char *said = ask("qpdf", "--check", path(name), &status);

    if (!said) return;
    CHECK_INT(status, 0);
    CHECK_LACKS(said, "WARNING");
}

/* --- The file --- */

static void a_page_of_text_is_a_sound_file(void **state)
{
    (void)state;
    page_with("Hello");
    CHECK_OK(close_to("a.pdf"));
    check_sound("a.pdf");
    CHECK(file_has("a.pdf", "%PDF-1.7"));
}

static void text_comes_out_as_it_went_in(void **state)
{
    static const char words[] = "office waffle attention Nguy\xe1\xbb\x85n \xc5\x81\xc3\xb3"
                                "d\xc5\xba caf\xc3\xa9 \xe2\x89\xa5 37.8% \xe2\x9d\x96";
    const char *said;
    int status;

    (void)state;
    page_with(words);
    CHECK_OK(close_to("a.pdf"));
    said = ask("pdftotext", "-raw", path("a.pdf"), &status);
    if (said) CHECK_HAS(said, words);
}

static void shapes_and_turned_text_are_sound(void **state)
{
    struct render_page *page = page_with("Drawing");
    const double triangle[6] = {100, 100, 200, 100, 150, 200};

    (void)state;
    page_artifact(page, PAGE_DECORATION);
    page_save(page);
    page_clip(page, 0, 0, 300, 300);
    page_ink(page, colour_rgb(0x12436d));
    page_polygon(page, triangle, 3, PAGE_FILL_STROKE);
    page_circle(page, 200, 200, 30, PAGE_STROKE);
    page_rounded(page, 50, 50, 10, 10, 40, PAGE_FILL);
    page_restore(page);
    page_dash(page, (const double[]){3, 1.5}, 2);
    page_line(page, 10, 10, 400, 10);
    page_text_turned(page, page_face(page, FONT_ITALIC), 9, 300, 300, 30, PAGE_RIGHT,
                     "turned");
    CHECK_OK(close_to("a.pdf"));
    check_sound("a.pdf");
}

static void numbers_are_written_without_locale_or_waste(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        {0,         2, "0 "        },
        {-0.001,    2, "0 "        },
        {1.5,       2, "1.5 "      },
        {-12.345,   2, "-12.35 "   },
        {100,       3, "100 "      },
        {0.05,      2, "0.05 "     },
        {-0.5,      1, "-0.5 "     },
        {1234.5678, 4, "1234.5678 "},
        {2.999,     2, "3 "        }
    };

    (void)state;
    setlocale(LC_ALL, "de_DE.UTF-8");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pdf_bytes bytes = pdf_bytes_new(pdf);

        pdf_put_number(&bytes, cases[i].value, cases[i].decimals);
        CHECK_TEXT(bytes.data, cases[i].text);
    }
    setlocale(LC_ALL, "C");
}

static void text_is_escaped_never_pasted(void **state)
{
    struct pdf_bytes bytes = pdf_bytes_new(pdf);

    (void)state;
    pdf_put_text(&bytes, "a) /Type (b\\");
    CHECK_TEXT(bytes.data, "(a\\) /Type \\(b\\\\)");
    bytes.length = 0;
    pdf_put_text(&bytes, "\xc5\x81\xf0\x9f\x98\x80");
    CHECK_TEXT(bytes.data, "<FEFF0141D83DDE00>");
    bytes.length = 0;
    pdf_put_xml(&bytes, "a & <b> \"c\"");
    CHECK_TEXT(bytes.data, "a &amp; &lt;b&gt; &quot;c&quot;");
}

static void the_title_is_in_the_metadata_escaped(void **state)
{
    (void)state;
    page_with("Hello");
    CHECK_OK(close_to("a.pdf"));
    CHECK(file_has("a.pdf", "Scores &amp; bands &lt;first year&gt;"));
    CHECK(file_has("a.pdf", "D:20150313000000Z"));
}

static void structure_is_read_back_in_order(void **state)
{
    struct render_page *page = pdf_page(pdf, 595.28, 841.89);
    struct pdf_tag *heading = pdf_tag(pdf, NULL, PDF_H1), *para = pdf_tag(pdf, NULL, PDF_P);
    struct pdf_tag *link = pdf_tag_inline(pdf, para, PDF_LINK);
    struct font *font = page_face(page, FONT_REGULAR);
    const char *said;
    int status;

    (void)state;
    page_anchor(page, "there", 700);
    page_bookmark(page, 1, "A heading", 700);
    page_tag(page, para);
    page_text(page, font, 12, 72, 600, PAGE_LEFT, "before ");
    page_tag(page, link);
    page_text(page, font, 12, 172, 600, PAGE_LEFT, "the link");
    page_link(page, link, 172, 598, 60, 14, "#there", "Go there");
    page_tag(page, heading);
    page_text(page, font, 20, 72, 700, PAGE_LEFT, "A heading");
    CHECK_OK(close_to("a.pdf"));
    check_sound("a.pdf");
    said = ask("pdfinfo", "-struct-text", path("a.pdf"), &status);
    if (!said) return;
    CHECK_HAS(said, "H1");
    CHECK(strstr(said, "A heading") < strstr(said, "before"));
    CHECK(strstr(said, "before") < strstr(said, "the link"));
}

static void many_links_need_a_parent_tree_of_many_nodes(void **state)
{
    struct render_page *page = page_with("Many");
    struct pdf_tag *para = pdf_tag(pdf, NULL, PDF_P);

    (void)state;
    page_anchor(page, "there", 700);
    for (int i = 0; i < 4200; i++) {
        struct pdf_tag *link = pdf_tag_inline(pdf, para, PDF_LINK);

        page_tag(page, link);
        page_text(page, page_face(page, FONT_REGULAR), 4, 10 + i % 50 * 10, 20 + i / 50 * 8,
                  PAGE_LEFT, "x");
        page_link(page, link, 10 + i % 50 * 10, 20 + i / 50 * 8, 8, 6, "#there", "x");
    }
    CHECK_OK(close_to("a.pdf"));
    check_sound("a.pdf");
}

static void attached_files_come_out_again(void **state)
{
    const char *said;
    int status;

    (void)state;
    page_with("Attached");
    CHECK_OK(
        pdf_attach(pdf, check_write(folder, "in/cells.csv", "cell,value\na,1\n"), "Cells"));
    CHECK_OK(
        pdf_attach(pdf, check_write(folder, "in/bases.csv", "base,n\na,1\n"), "Bases"));
    CHECK_OK(close_to("a.pdf"));
    check_sound("a.pdf");
    said = ask("pdfdetach", "-list", path("a.pdf"), &status);
    if (!said) return;
    CHECK_HAS(said, "2 embedded files");
    CHECK_HAS(said, "cells.csv");
}

/* --- What goes wrong --- */

static void the_first_failure_is_remembered_and_no_file_appears(void **state)
{
    const char *said;

    (void)state;
    pdf_page(pdf, 20000, 20000); /* more than libharu allows */
    page_with("After the failure");
    check_stderr_begin();
    CHECK_INT(close_to("a.pdf"), RK_WORLD);
    said = check_stderr_end();
    CHECK_HAS(said, "0x1054");
    CHECK_HAS(said, "a.pdf");
    CHECK(!check_exists(folder, "a.pdf"));
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    page_with("Nowhere");
    check_stderr_begin();
    CHECK_INT(close_to("no/such/folder/a.pdf"), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "a.pdf");
}

static void a_failed_run_leaves_the_last_good_file(void **state)
{
    struct render_page *page;

    (void)state;
    check_write(folder, "a.pdf", "the last good one");
    page = page_with("New");
    page_link(page, pdf_tag(pdf, NULL, PDF_LINK), 0, 0, 1, 1, "#nowhere", "x");
    check_stderr_begin();
    CHECK_INT(close_to("a.pdf"), RK_STUDY);
    check_stderr_end();
    CHECK_TEXT(check_read(folder, "a.pdf"), "the last good one");
}

static void an_attachment_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    check_stderr_begin();
    CHECK_INT(pdf_attach(pdf, "/nowhere/cells.csv", NULL), RK_WORLD);
    CHECK_HAS(check_stderr_end(), "/nowhere/cells.csv");
}

/* --- A report --- */

static void write_report(struct write *w)
{
    struct doc_block *block;

    w->doc.front.title = "A report";
    w->doc.date_days = 16507;
    write_block(w, DOC_CONTENTS, "")->level = 2;
    write_heading(w, 1, "Section 1", "Start");
    write_paragraph(w, "1",
                    "Words with a mark^1^ and a [link](#tbl), and \xc5\x81\xc3\xb3"
                    "d\xc5\xba.");
    write_note(w, "The note.");
    block = write_table(w, "Table 1.1", "tbl", "A table", "ldd");
    write_row(w, block, DOC_ROW_HEAD, "Area|First|Latest");
    write_row(w, block, DOC_ROW_GROUP, "All");
    write_row(w, block, DOC_ROW_BODY, "Salford|34.5|43.6");
}

static rk_status render_report(const char *name)
{
    struct theme theme;
    const char *trace;

    RK_TRY(theme_read_file(write_.run.arena, write_.run.diag,
                           "config/themes/evaluation.yaml", &theme));
    return flow_trace(&write_.run, &write_.doc, &theme, path(name), &trace);
}

static void a_report_is_the_same_bytes_in_any_locale_and_time_zone(void **state)
{
    (void)state;
    write_report(&write_);
    CHECK_OK(render_report("a.pdf"));
    setlocale(LC_ALL, "tr_TR.UTF-8");
    setenv("TZ", "Asia/Tokyo", 1);
    CHECK_OK(render_report("b.pdf"));
    setlocale(LC_ALL, "C");
    CHECK(same_files("a.pdf", "b.pdf"));
    check_sound("a.pdf");
}

static void a_report_is_tagged_throughout(void **state)
{
    static const char *const wanted[] = {
        "TOC",         "TOCI", "H1",        "Table", "Caption", "THead",   "/Scope /Column",
        "/Scope /Row", "Note", "Reference", "Lbl",   "Link",    "Salford", "The note."};
    const char *said;
    int status;

    (void)state;
    write_report(&write_);
    CHECK_OK(render_report("a.pdf"));
    said = ask("pdfinfo", "-struct-text", path("a.pdf"), &status);
    for (size_t i = 0; said && i < sizeof wanted / sizeof wanted[0]; i++)
        CHECK_HAS(said, wanted[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_of_text_is_a_sound_file),
        TEST(text_comes_out_as_it_went_in),
        TEST(shapes_and_turned_text_are_sound),
        TEST(numbers_are_written_without_locale_or_waste),
        TEST(text_is_escaped_never_pasted),
        TEST(the_title_is_in_the_metadata_escaped),
        TEST(structure_is_read_back_in_order),
        TEST(many_links_need_a_parent_tree_of_many_nodes),
        TEST(attached_files_come_out_again),
        TEST(the_first_failure_is_remembered_and_no_file_appears),
        TEST(a_folder_that_is_not_there_is_an_error),
        TEST(a_failed_run_leaves_the_last_good_file),
        TEST(an_attachment_that_is_not_there_is_an_error),
        TEST(a_report_is_the_same_bytes_in_any_locale_and_time_zone),
        TEST(a_report_is_tagged_throughout),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
