// SPDX-License-Identifier: MIT
/* Whether reports are tagged as PDF/UA asks. With files as arguments: what is wrong with
 * theirs. */
#include "pipeline/base/rk_diag.h"
#include "pipeline/base/rk_file.h"
#include "render/flow.h"
#include "tests/support/check.h"
#include "tests/support/doc.h"
#include "tests/support/tags.h"

#include <string.h>

static struct write write_;
static const char *folder;

static int set_up(void **state)
{
    (void)state;
    write_begin(&write_);
    folder = check_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    write_end(&write_);
    return 0;
}

/* Something of every kind that has a tag of its own. */
static const char *report(void)
{
    struct write *w = &write_;
    struct doc_block *block;
    struct theme theme;
    const char *trace, *path = rk_arena_printf(w->run.arena, "%s/a.pdf", folder);

    w->doc.front.title = "Tags & <marks>";
    w->doc.front.language = "en-GB";
    write_block(w, DOC_CONTENTS, "")->level = 2;
    write_heading(w, 1, "1", "One");
    write_paragraph(w, "1",
                    "See [Table 1.1](#tbl) and [the site](https://example.org).^1^");
    write_note(w, "The note.");
    write_heading(w, 2, "", "Deeper");
    block = write_block(w, DOC_LIST, "");
    write_item(w, block, "", "An item");
    write_item(w, block, "", "Another");
    block = write_table(w, "Table 1.1", "tbl", "A table", "ldd");
    write_row(w, block, DOC_ROW_HEAD, "|2:Over both");
    write_row(w, block, DOC_ROW_HEAD, "Area|First|Latest");
    write_row(w, block, DOC_ROW_GROUP, "All");
    write_row(w, block, DOC_ROW_BODY, "Salford|34.5|43.6");
    block = write_figure(w, "Figure 1.1", "fig", "Photo", NULL);
    block->figure->picture = "tests/torture/quarters.jpg";
    block->figure->alt = "Four colours";
    CHECK_OK(theme_read_file(w->run.arena, w->run.diag, "config/themes/evaluation.yaml",
                             &theme));
    CHECK_OK(flow_trace(&w->run, &w->doc, &theme, path, &trace));
    return path;
}

static void a_report_has_no_faults_in_its_tags(void **state)
{
    const char *problems = tags_problems(write_.run.arena, report());

    (void)state;
    if (!problems) skip();
    CHECK_TEXT(problems, "");
}

/* Bytes of the file are overwritten, so that it is the same but for one thing. */
static void each_fault_is_found(void **state)
{
    static const char *const faults[][3] = {
        {"/Alt ",            "/Alx ",            "has no alternative"    },
        {"/Scope ",          "/Scopx ",          "has no scope"          },
        {"/ColSpan 2",       "/ColSpan 3",       "a row of"              },
        {"/S /H2",           "/S /H3",           "skips a level"         },
        {"/Tabs ",           "/Tabx ",           "tabs do not follow"    },
        {"/Lang ",           "/Lanx ",           "no language"           },
        {"/Marked true",     "/Markex true",     "tagged"                },
        {"/DisplayDocTitle", "/DisplayDocTitlx", "show the title"        },
        {"<dc:title>",       "<dc:titlx>",       "no title"              },
        {"/ToUnicode ",      "/ToUnicodx ",      "cannot be read back"   },
        {"/FontFile2 ",      "/FontFilex ",      "is not embedded"       },
        {"/Contents (",      "/Contentx (",      "says nothing of itself"},
        {"/StructParent ",   "/StructParenx ",   "belongs to no link"    },
        {"/MCID 2 ",         "/MCID 9 ",         "content"               },
    };
    char *data, *at;
    size_t bytes;

    (void)state;
    CHECK_OK(rk_file_read(write_.run.arena, write_.run.diag, report(), &data, &bytes));
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        size_t length = strlen(faults[i][0]);
        const char *problems;

        at = memmem(data, bytes, faults[i][0], length);
        if (!at) fail_msg("no %s in the file", faults[i][0]);
        memcpy(at, faults[i][1], length);
        problems = tags_problems(write_.run.arena,
                                 check_write_n(folder, "spoilt.pdf", data, bytes));
        memcpy(at, faults[i][0], length);
        if (!problems) skip();
        CHECK_HAS(problems, faults[i][2]);
    }
}

/* Prints what is wrong with each file; 1 if anything is. */
static int tell(int count, char **files)
{
    int status = 0;

    write_begin(&write_);
    for (int i = 0; i < count; i++) {
        const char *problems = tags_problems(write_.run.arena, files[i]);

        printf("%s: %s\n", files[i],
               !problems   ? "not read"
               : *problems ? problems
                           : "no faults");
        status |= problems && *problems;
    }
    write_end(&write_);
    return status;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_report_has_no_faults_in_its_tags, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_fault_is_found, set_up, tear_down),
    };

    return argc > 1 ? tell(argc - 1, argv + 1) : cmocka_run_group_tests(tests, NULL, NULL);
}
