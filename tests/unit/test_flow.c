// SPDX-License-Identifier: MIT
/* Pages are looked at through their trace: what stands where, on which page. */
#include "render/flow.h"
#include "tests/support/check.h"
#include "tests/support/doc.h"
#include "tests/support/pages.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

static struct write write;
static struct theme theme;
static const char *folder;

static int set_up(void **state)
{
    (void)state;
    write_begin(&write);
    write.doc.front.title = "A title";
    folder = check_folder();
    return theme_read_file(write.run.arena, write.run.diag, "config/themes/evaluation.yaml",
                           &theme);
}

static int tear_down(void **state)
{
    (void)state;
    write_end(&write);
    return 0;
}

static struct pages lay_out(void)
{
    const char *trace = "";

    CHECK_OK(flow_trace(&write.run, &write.doc, &theme, NULL, &trace));
    return pages_read(write.run.arena, trace);
}

/* `count` words that occur nowhere else: "w12x0 w12x1 ...". */
static const char *words(int paragraph, int count)
{
    const char *text = "";

    for (int i = 0; i < count; i++)
        text = rk_arena_printf(write.run.arena, "%s%sw%dx%d", text, i ? " " : "", paragraph,
                               i);
    return text;
}

static void write_prose(int from, int paragraphs, int count)
{
    for (int i = from; i < from + paragraphs; i++)
        write_paragraph(&write, rk_arena_printf(write.run.arena, "%d", i + 1),
                        words(i, count));
}

static const char *draw_list(double height)
{
    const char *text = rk_arena_printf(
        write.run.arena,
        "reckon-draw 1\nsize 400 %g\nfill #12436D 4 10 10 90 10 90 20 10 20\n"
        "text 8.5 regular left #333333 100 15 \"a label of the figure\"\nend 2\n",
        height);
    static int number;

    return check_write(folder, rk_arena_printf(write.run.arena, "%d.draw", number++), text);
}

/* Every word of write_prose, in order of reading, once. */
static void check_words(const struct pages *pages, int from, int paragraphs, int count)
{
    size_t total = 0;

    for (size_t i = 0; i < pages->count; i++) {
        const char *text = pages->at[i].words;

        if (strcmp(pages->at[i].kind, "text") != 0 ||
            strcmp(pages->at[i].element, "P") != 0)
            continue;
        for (text = strchr(text, 'w'); text; text = strchr(text + 1, 'w'))
            total += text[1] >= '0' && text[1] <= '9';
    }
    CHECK_INT(total, (long)paragraphs * count);
    for (int p = from; p < from + paragraphs; p++) {
        const char *last = rk_arena_printf(write.run.arena, "w%dx%d", p, count - 1);

        CHECK_INT(pages_count(pages, last), 1);
    }
}

static void check_inside(const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct seen *seen = &pages->at[i];

        if (seen->page == 1) /* the cover's ornament is cut by the paper's edge */
            continue;
        CHECK(seen->x >= -1 && seen->x <= pages->width[seen->page] + 1);
        CHECK(seen->y >= -1 && seen->y <= pages->height[seen->page] + 1);
        if (strcmp(seen->kind, "text") == 0 && strcmp(seen->element, "P") == 0)
            CHECK(seen->y >= theme.bottom - 2);
    }
}

/* Two lines of text at the same left edge stand at least most of a line apart. */
static void check_no_overlap(const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct seen *a = &pages->at[i];

        if (strcmp(a->kind, "text") != 0) continue;
        for (size_t k = i + 1; k < pages->count && pages->at[k].page == a->page; k++) {
            const struct seen *b = &pages->at[k];

            if (strcmp(b->kind, "text") != 0 || fabs(a->x - b->x) > 0.5) continue;
            CHECK(fabs(a->y - b->y) > 0.9 * fmin(a->size, b->size));
        }
    }
}

static int page_of(const struct pages *pages, const char *text)
{
    long at = pages_find(pages, text, 0);

    return at < 0 ? 0 : pages->at[at].page;
}

/* The body begins after the cover. */
enum { FIRST_BODY_PAGE = 2 };

/* --- Text --- */

static void nothing_is_lost_between_pages(void **state)
{
    struct pages pages;

    (void)state;
    write_prose(0, 60, 70);
    pages = lay_out();
    CHECK(pages.pages > 6);
    check_words(&pages, 0, 60, 70);
    check_inside(&pages);
    check_no_overlap(&pages);
}

static void full_pages_are_full(void **state)
{
    struct pages pages;
    double low, high;

    (void)state;
    write_prose(0, 60, 70);
    pages = lay_out();
    for (int page = FIRST_BODY_PAGE; page < pages.pages; page++) {
        CHECK(pages_extent(&pages, page, &low, &high));
        CHECK(low < theme.bottom + 4 * theme.leading);
        CHECK(high > theme.height - theme.top - theme.leading);
    }
}

/* Lines of paragraph `number` on a page. */
static int lines_on(const struct pages *pages, int number, int page)
{
    const char *start = rk_arena_printf(write.run.arena, "w%dx", number);
    int count = 0;

    for (size_t i = 0; i < pages->count; i++)
        count += pages->at[i].page == page && strcmp(pages->at[i].kind, "text") == 0 &&
                 strstr(pages->at[i].words, start) != NULL;
    return count;
}

static void no_line_of_a_paragraph_stands_alone_on_a_page(void **state)
{
    struct pages pages;

    (void)state;
    write_prose(0, 80, 64);
    pages = lay_out();
    for (int paragraph = 0; paragraph < 80; paragraph++)
        for (int page = 1; page <= pages.pages; page++)
            CHECK(lines_on(&pages, paragraph, page) != 1);
}

static void a_heading_never_ends_a_page(void **state)
{
    struct pages pages;

    (void)state;
    for (int i = 0; i < 60; i++) {
        write_heading(&write, 2, "",
                      rk_arena_printf(write.run.arena, "Heading number %d.", i));
        write_prose(i, 1, 20 + i % 17 * 5);
    }
    pages = lay_out();
    for (int i = 0; i < 60; i++) {
        const char *heading = rk_arena_printf(write.run.arena, "Heading number %d.", i);
        const char *first = rk_arena_printf(write.run.arena, "w%dx0", i);

        CHECK_INT(page_of(&pages, heading), page_of(&pages, first));
    }
}

static void numbers_hang_left_of_their_paragraphs(void **state)
{
    struct pages pages;
    long number, text;

    (void)state;
    write_heading(&write, 1, "Section 1", "Start");
    write_paragraph(&write, "22", "The text of paragraph twenty-two");
    pages = lay_out();
    text = pages_find(&pages, "The text of paragraph", 0);
    number = pages_find(&pages, "22", 0);
    CHECK(text > 0 && number >= 0);
    CHECK_NEAR(pages.at[number].x, theme.left, 0.1);
    CHECK_NEAR(pages.at[text].x, theme.left + theme.number_width, 0.1);
    CHECK_NEAR(pages.at[number].y, pages.at[text].y, 0.01);
}

static void lists_nest_and_their_marks_are_drawn(void **state)
{
    struct doc_block *list = write_block(&write, DOC_LIST, ""), *item, *inner;
    struct pages pages;
    long outer, nested, lettered;
    size_t diamonds = 0;

    (void)state;
    item = write_item(&write, list, "", "An outer item");
    inner = write_child(&write, item, DOC_LIST, "");
    write_item(&write, inner, "", "A nested item");
    inner = write_child(&write, item, DOC_LIST, "");
    write_item(&write, inner, "a.", "A lettered item");
    pages = lay_out();
    outer = pages_find(&pages, "An outer", 0);
    nested = pages_find(&pages, "A nested", 0);
    lettered = pages_find(&pages, "a.", 0);
    CHECK(outer >= 0 && nested >= 0 && lettered >= 0);
    CHECK(pages.at[nested].x > pages.at[outer].x + 5);
    for (size_t i = 0; i < pages.count; i++)
        diamonds +=
            pages.at[i].page == FIRST_BODY_PAGE && strcmp(pages.at[i].kind, "shape") == 0;
    CHECK_INT(diamonds, 1);
    CHECK_TEXT(pages.at[lettered].element, "Lbl");
}

/* A list of four after text of growing length: no page holds but its first or its last item,
 * wherever the page ends. */
static void no_item_of_a_list_stands_alone_on_a_page(void **state)
{
    size_t alone = 0, cut = 0;

    (void)state;
    for (int lines = 22; lines < 34; lines++) {
        struct doc_block *list;
        struct pages pages;

        write.doc.blocks = NULL;
        write.doc.count = write.block_cap = 0;
        for (int i = 0; i < lines; i++)
            write_paragraph(&write, "", "A line of text.");
        list = write_block(&write, DOC_LIST, "");
        for (int i = 0; i < 4; i++)
            write_item(&write, list, "", rk_arena_printf(write.run.arena, "item%d.", i));
        pages = lay_out();
        if (page_of(&pages, "item0.") == page_of(&pages, "item3.")) continue;
        cut++;
        alone += page_of(&pages, "item0.") != page_of(&pages, "item1.") ||
                 page_of(&pages, "item2.") != page_of(&pages, "item3.");
    }
    CHECK(cut > 0);
    CHECK_INT(alone, 0);
}

/* --- Footnotes --- */

static void a_footnote_stands_on_the_page_of_its_mark(void **state)
{
    struct pages pages;

    (void)state;
    for (int i = 0; i < 40; i++) {
        write_paragraph(
            &write, "",
            rk_arena_printf(write.run.arena, "mark%d.^%d^ %s", i, i + 1, words(i, 60)));
        write_note(&write, rk_arena_printf(write.run.arena, "note%d. of a line", i));
    }
    pages = lay_out();
    for (int i = 0; i < 40; i++)
        CHECK_INT(page_of(&pages, rk_arena_printf(write.run.arena, "mark%d.", i)),
                  page_of(&pages, rk_arena_printf(write.run.arena, "note%d.", i)));
    check_words(&pages, 0, 40, 60);
    check_no_overlap(&pages);
}

static void a_footnote_longer_than_a_page_goes_on_and_loses_nothing(void **state)
{
    struct pages pages;
    int first, last;

    (void)state;
    write_prose(0, 3, 60);
    write_paragraph(&write, "", "Here is the mark.^1^");
    write_prose(3, 20, 60);
    write_note(&write, words(500, 1600));
    pages = lay_out();
    first = page_of(&pages, "w500x0 ");
    last = page_of(&pages, "w500x1599");
    CHECK_INT(first, page_of(&pages, "Here is the mark."));
    CHECK(last > first);
    CHECK_INT(pages_count(&pages, "w500x800"), 1);
    check_inside(&pages);
    check_no_overlap(&pages);
}

static void a_carried_footnote_leaves_room_for_text(void **state)
{
    struct pages pages;

    (void)state;
    write_paragraph(&write, "", "Here is the mark.^1^");
    write_prose(0, 30, 60);
    write_note(&write, words(500, 4200));
    pages = lay_out();
    for (int page = FIRST_BODY_PAGE; page <= page_of(&pages, "w29x59"); page++) {
        const char *text = pages_text(write.run.arena, &pages, page);
        bool body = false;

        for (int i = 0; i < 30; i++)
            body = body || strstr(text, rk_arena_printf(write.run.arena, "w%dx", i));
        CHECK(body || strstr(text, "mark"));
    }
    CHECK(page_of(&pages, "w500x4199") > FIRST_BODY_PAGE + 3);
}

/* --- Tables --- */

static struct doc_block *long_table(int rows)
{
    struct doc_block *table =
        write_table(&write, "Table 1.1", "tbl-long", "A long table", "lrr");

    write_row(&write, table, DOC_ROW_HEAD, "Stub head|First head|Second head");
    for (int i = 0; i < rows; i++)
        write_row(&write, table, DOC_ROW_BODY,
                  rk_arena_printf(write.run.arena, "row%d.|%d|%d", i, i * 7, i * 13));
    write_row(&write, table, DOC_ROW_TOTAL, "All rows|1,000|2,000");
    return table;
}

static void a_long_table_repeats_its_head_and_keeps_every_row(void **state)
{
    struct pages pages;
    size_t heads = 0;

    (void)state;
    write_prose(0, 4, 60);
    long_table(60);
    pages = lay_out();
    for (int i = 0; i < 60; i++)
        CHECK_INT(pages_count(&pages, rk_arena_printf(write.run.arena, "row%d.", i)), 1);
    for (long at = pages_find(&pages, "Stub head", 0); at >= 0;
         at = pages_find(&pages, "Stub head", (size_t)at + 1)) {
        CHECK_TEXT(pages.at[at].element, heads ? "-" : "TH");
        heads++;
    }
    CHECK(heads >= 2);
    CHECK_INT(pages_count(&pages, "Table 1.1 (continued)"), heads - 1);
    CHECK_INT(page_of(&pages, "All rows"), page_of(&pages, "row59."));
    check_inside(&pages);
}

static void numbers_stand_under_each_other_at_the_point(void **state)
{
    static const char *const cells[] = {"0.2", "73.5", "100.0", "1,234.5", "<0.001"};
    struct doc_block *table = write_table(&write, "Table 1.1", NULL, "Points", "ld");
    struct fonts *fonts;
    struct pages pages;
    double point = 0;

    (void)state;
    write_row(&write, table, DOC_ROW_HEAD, "Row|Share");
    for (size_t i = 0; i < 5; i++)
        write_row(&write, table, DOC_ROW_BODY,
                  rk_arena_printf(write.run.arena, "r|%s", cells[i]));
    write_row(&write, table, DOC_ROW_BODY, "r|[c]");
    pages = lay_out();
    CHECK_OK(fonts_open(write.run.arena, write.run.diag, &theme.fonts, &fonts));
    for (size_t i = 0; i < 5; i++) {
        long at = pages_find(&pages, cells[i], 0);
        const char *whole =
            rk_arena_copy_n(write.run.arena, cells[i], strcspn(cells[i], "."));
        double here;

        CHECK(at >= 0);
        here = pages.at[at].x +
               font_width(fonts_face(fonts, FONT_REGULAR), whole, theme.table_size);
        if (i) CHECK_NEAR(here, point, 0.11);
        point = here;
    }
    fonts_close(fonts);
}

static void a_wide_table_keeps_between_the_margins(void **state)
{
    struct doc_block *table =
        write_table(&write, "Table 1.1", NULL, "Wide", "lrrrrrrrrrrr");
    struct pages pages;

    (void)state;
    write_row(
        &write, table, DOC_ROW_HEAD,
        "Area|January|February|March|April|May|June|July|August|September|October|All");
    write_row(&write, table, DOC_ROW_BODY,
              "Manchester|1,042|51|38|29|33|41|45|52|39|28|1,448");
    pages = lay_out();
    for (size_t i = 0; i < pages.count; i++)
        if (pages.at[i].page == FIRST_BODY_PAGE && strcmp(pages.at[i].kind, "text") == 0)
            CHECK(pages.at[i].x < theme.width - theme.right);
    CHECK_NEAR(pages.width[FIRST_BODY_PAGE], theme.width, 0.1);
    CHECK_INT(pages_count(&pages, "September"), 1);
}

static void a_table_too_wide_for_the_page_turns_it(void **state)
{
    struct doc_block *table =
        write_table(&write, "Table 1.1", NULL, "Very wide", "lrrrrrrrrrrrrrrrrrrrrrrrrr");
    const char *head = "Area", *row = "Manchester";
    struct pages pages;
    int page;

    (void)state;
    for (int i = 0; i < 25; i++) {
        head = rk_arena_printf(write.run.arena, "%s|Wk%d", head, i);
        row = rk_arena_printf(write.run.arena, "%s|%d", row, 1000 + i);
    }
    write_prose(0, 3, 60);
    write_row(&write, table, DOC_ROW_HEAD, head);
    write_row(&write, table, DOC_ROW_BODY, row);
    write_prose(3, 20, 60);
    pages = lay_out();
    page = page_of(&pages, "Very wide");
    CHECK(pages.width[page] > pages.height[page]);
    CHECK(pages.width[page - 1] < pages.height[page - 1]);
    CHECK(pages.width[page + 1] < pages.height[page + 1]);
    CHECK_INT(pages_count(&pages, "1024"), 1);
    check_words(&pages, 0, 23, 60);
}

static void a_row_taller_than_a_page_is_cut_between_lines(void **state)
{
    struct doc_block *table = write_table(&write, "Table 1.1", NULL, "Tall", "ll");
    struct pages pages;

    (void)state;
    write_row(&write, table, DOC_ROW_HEAD, "Stub|Words");
    write_row(&write, table, DOC_ROW_BODY,
              rk_arena_printf(write.run.arena, "Row|%s", words(7, 900)));
    pages = lay_out();
    CHECK_INT(pages_count(&pages, "w7x0 "), 1);
    CHECK_INT(pages_count(&pages, "w7x899"), 1);
    CHECK(page_of(&pages, "w7x899") > page_of(&pages, "w7x0 "));
    check_inside(&pages);
}

/* --- Boxes, figures --- */

static void a_box_longer_than_a_page_breaks_and_keeps_its_frame(void **state)
{
    struct doc_block *box = write_block(&write, DOC_BOX, "");
    struct pages pages;
    int framed = 0;

    (void)state;
    box->caption_kind = "Box 1.1";
    box->caption = write_text(&write, "A long box");
    for (int i = 0; i < 30; i++)
        write_child(&write, box, DOC_PARAGRAPH, words(i, 60));
    pages = lay_out();
    check_words(&pages, 0, 30, 60);
    CHECK(pages.pages > FIRST_BODY_PAGE);
    for (int page = FIRST_BODY_PAGE; page <= pages.pages; page++) {
        size_t boxes = 0;

        for (size_t i = 0; i < pages.count; i++)
            boxes += pages.at[i].page == page && strcmp(pages.at[i].kind, "box") == 0;
        framed += boxes == 2;
    }
    CHECK_INT(framed, pages.pages - FIRST_BODY_PAGE + 1);
}

static void text_fills_the_page_that_a_figure_leaves(void **state)
{
    struct pages pages;
    double low, high;

    (void)state;
    write_prose(0, 6, 70);
    write_paragraph(&write, "", "First mention of the figure.");
    write_figure(&write, "Figure 1.1", "fig", "A headline", draw_list(420));
    write_prose(6, 12, 70);
    pages = lay_out();
    CHECK(page_of(&pages, "a label of the figure") >= page_of(&pages, "First mention"));
    CHECK_INT(page_of(&pages, "a label of the figure"), FIRST_BODY_PAGE + 1);
    CHECK(pages_extent(&pages, FIRST_BODY_PAGE, &low, &high));
    CHECK(low < theme.bottom + 4 * theme.leading);
    check_words(&pages, 0, 18, 70);
}

static void figures_keep_their_order(void **state)
{
    struct pages pages;
    int before = 0;

    (void)state;
    for (int i = 0; i < 10; i++) {
        write_figure(&write, rk_arena_printf(write.run.arena, "Figure 1.%d", i), NULL, "F",
                     draw_list(i % 3 ? 150 : 330));
        write_prose(i, 1, 50);
    }
    pages = lay_out();
    for (int i = 0; i < 10; i++) {
        int page = page_of(&pages, rk_arena_printf(write.run.arena, "Figure 1.%d:", i));

        CHECK(page >= before);
        before = page;
    }
    check_words(&pages, 0, 10, 50);
    check_inside(&pages);
}

static void a_figure_taller_than_a_page_is_scaled(void **state)
{
    struct pages pages;

    (void)state;
    write_figure(&write, "Figure 1.1", "fig", "Tall", draw_list(2000));
    pages = lay_out();
    CHECK_INT(pages.pages, FIRST_BODY_PAGE);
    check_inside(&pages);
}

static unsigned char grey_pixel(unsigned x, unsigned y)
{
    return (unsigned char)(x * 7 + y);
}

/* Writes a PNG, 16 bits deep when `deep`: what photographs and scanners leave behind. */
static const char *picture(unsigned width, unsigned height, bool deep)
{
    png_image png = {.version = PNG_IMAGE_VERSION, .width = width, .height = height};
    const char *path = rk_arena_printf(write.run.arena, "%s/picture.png", folder);
    unsigned char *small = RK_ARRAY(write.run.arena, unsigned char, width * height);
    uint16_t *large = RK_ARRAY(write.run.arena, uint16_t, width * height);

    png.format = deep ? PNG_FORMAT_LINEAR_Y : PNG_FORMAT_GRAY;
    for (unsigned i = 0; i < width * height; i++) {
        small[i] = grey_pixel(i % width, i / width);
        large[i] = (uint16_t)(small[i] * 257u);
    }
    CHECK(png_image_write_to_file(&png, path, 0, deep ? (void *)large : (void *)small, 0, NULL));
    return path;
}

static struct doc_block *write_picture(const char *path)
{
    struct doc_block *block = write_figure(&write, "Figure 1.1", "fig", "Photo", NULL);

    block->figure->picture = path;
    block->figure->alt = "A photo";
    return block;
}

static const struct seen *picture_seen(const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        if (strcmp(pages->at[i].kind, "picture") == 0) return &pages->at[i];
    fail_msg("no picture was drawn");
    return NULL;
}

static void a_picture_is_printed_at_150_pixels_an_inch_or_as_wide_as_asked(void **state)
{
    struct pages pages;

    (void)state;
    write_picture(picture(150, 75, true));
    pages = lay_out();
    CHECK_NEAR(picture_seen(&pages)->size, 72, 0.2);
    write.doc.blocks[0]->figure->width_mm = 50.8;
    pages = lay_out();
    CHECK_NEAR(picture_seen(&pages)->size, 144, 0.2);
}

static void a_picture_taller_than_a_page_is_scaled(void **state)
{
    struct pages pages;

    (void)state;
    write_picture(picture(100, 4000, false));
    pages = lay_out();
    CHECK_INT(pages.pages, FIRST_BODY_PAGE);
    CHECK(picture_seen(&pages)->y > theme.bottom - 1);
}

static void a_file_that_is_no_picture_is_an_error(void **state)
{
    static const char *const bytes[] = {"GIF89a.....", "\x89PNG\r\n\x1a\nnonsense",
                                        "\xff\xd8\xff\xe0nonsense", ""};
    const char *trace;

    (void)state;
    write_picture(NULL);
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        check_write(folder, "bad.png", bytes[i]);
        write.doc.blocks[0]->figure->picture =
            rk_arena_printf(write.run.arena, "%s/bad.png", folder);
        check_stderr_begin();
        CHECK_INT(flow_trace(&write.run, &write.doc, &theme, NULL, &trace), RK_STUDY);
        rk_diag_flush(write.run.diag);
        CHECK_HAS(check_stderr_end(), "bad.png is");
    }
}

static void quotes_stand_in_two_columns(void **state)
{
    struct doc_block *quotes = write_block(&write, DOC_QUOTES, "");
    struct pages pages;
    long left, right;

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct doc_block *quote = write_child(&write, quotes, DOC_QUOTE, "");

        write_child(&write, quote, DOC_PARAGRAPH, i ? "right words" : "left words");
        quote->attribution = write_text(&write, i ? "right voice" : "left voice");
    }
    pages = lay_out();
    left = pages_find(&pages, "left words", 0);
    right = pages_find(&pages, "right words", 0);
    CHECK(left >= 0 && right >= 0);
    CHECK_NEAR(pages.at[left].y, pages.at[right].y, 0.01);
    CHECK(pages.at[right].x > pages.at[left].x + 150);
}

/* --- Contents, page numbers, stamp --- */

static void contents_name_the_pages_where_headings_are(void **state)
{
    struct pages pages;

    (void)state;
    write_block(&write, DOC_CONTENTS, "")->level = 2;
    for (int i = 0; i < 9; i++) {
        write_heading(&write, 1, rk_arena_printf(write.run.arena, "Section %d", i + 1),
                      rk_arena_printf(write.run.arena, "Title%d.", i));
        write_prose(i * 8, 8, 60);
    }
    pages = lay_out();
    for (int i = 0; i < 9; i++) {
        const char *title = rk_arena_printf(write.run.arena, "Title%d.", i);
        long entry = pages_find(&pages, title, 0);
        long heading = pages_find(&pages, title, (size_t)entry + 1);
        int printed = atoi(pages.at[entry + 1].words[0] ? pages.at[entry + 2].words : "0");

        while (heading >= 0 && strcmp(pages.at[heading].element, "H1") != 0)
            heading = pages_find(&pages, title, (size_t)heading + 1);
        CHECK(heading > 0);
        /* Cover and contents come before page 1. */
        CHECK_INT(printed, pages.at[heading].page - 2);
    }
    CHECK_HAS(pages_text(write.run.arena, &pages, 2), " ii");
    CHECK_HAS(pages_text(write.run.arena, &pages, 3), " 1");
}

static void running_heads_name_the_section(void **state)
{
    struct pages pages;

    (void)state;
    write_heading(&write, 1, "Section 1", "Alpha");
    write_prose(0, 30, 60);
    write_heading(&write, 1, "Section 2", "Beta");
    write_prose(30, 30, 60);
    pages = lay_out();
    CHECK_HAS(pages_text(write.run.arena, &pages, 3), "Section 1: Alpha");
    CHECK_HAS(pages_text(write.run.arena, &pages, pages.pages), "Section 2: Beta");
    CHECK_LACKS(pages_text(write.run.arena, &pages, pages.pages), "Alpha");
}

static void the_stamp_is_on_every_page(void **state)
{
    static const char *contact[] = {"Somebody", "somewhere"};
    struct pages pages;

    (void)state;
    write.doc.front.stamp = "INTERNAL: not masked";
    write.doc.front.contact = contact;
    write.doc.front.contact_count = 2;
    write_prose(0, 30, 60);
    pages = lay_out();
    for (int page = 1; page <= pages.pages; page++)
        CHECK_HAS(pages_text(write.run.arena, &pages, page), "INTERNAL: not masked");
}

static void a_committee_paper_has_a_header_block_and_no_cover(void **state)
{
    static const char *header[] = {"Report to|Economy Scrutiny Committee"};
    struct pages pages;

    (void)state;
    CHECK_OK(theme_read_file(write.run.arena, write.run.diag, "config/themes/council.yaml",
                             &theme));
    write.doc.front.header = header;
    write.doc.front.header_count = 1;
    write.doc.front.date = "13 July 2015";
    write.doc.front.subtitle = "A subtitle";
    write_prose(0, 3, 60);
    pages = lay_out();
    CHECK_INT(pages.pages, 1);
    CHECK_INT(pages_count(&pages, "A subtitle"), 1);
    CHECK_INT(pages_count(&pages, "13 July 2015"), 0);
    CHECK_HAS(pages_text(write.run.arena, &pages, 1),
              "Report to:  Economy Scrutiny Committee");
    CHECK_HAS(pages_text(write.run.arena, &pages, 1), "1 of 1");
    write.doc.front.header_count = 0;
    pages = lay_out();
    CHECK_HAS(pages_text(write.run.arena, &pages, 1), "Date:  13 July 2015");
}

/* --- Anything in any order --- */

static unsigned seed;
static size_t figures;

static unsigned below(unsigned limit)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % limit;
}

static void random_children(struct doc_block *parent, int *paragraph)
{
    for (unsigned i = 1 + below(below(5) ? 4 : 25); i > 0; i--)
        write_child(&write, parent, DOC_PARAGRAPH, words((*paragraph)++, 30));
}

static void random_table(int *paragraph)
{
    struct doc_block *table = write_table(&write, "Table 1.1", NULL, "Random", "lrdl");

    write_row(&write, table, DOC_ROW_HEAD, "Stub|One|Two|Three");
    for (unsigned i = 1 + below(below(4) ? 12 : 70); i > 0; i--)
        write_row(&write, table, below(9) ? DOC_ROW_BODY : DOC_ROW_GROUP,
                  "cell|1|2.5|text");
    write_row(&write, table, DOC_ROW_BODY,
              rk_arena_printf(write.run.arena, "%s|1|2|3", words((*paragraph)++, 30)));
}

/* Adds a block; the paragraphs in it have 30 words each. */
static void random_block(int *paragraph)
{
    static const enum doc_kind frames[] = {DOC_BOX, DOC_CASE_STUDY, DOC_CALLOUT, DOC_QUOTE};
    struct doc_block *block;

    switch (below(9)) {
    case 0:
        write_heading(&write, 1 + (int)below(3), below(2) ? "Section 1" : "", "Heading");
        break;
    case 1:
        random_children(write_block(&write, frames[below(4)], ""), paragraph);
        break;
    case 2:
        random_table(paragraph);
        break;
    case 3:
        block = write_figure(&write, "Figure 1.1", NULL, "F", draw_list(50 + below(900)));
        block->source = write_text(&write, "Source: somewhere");
        figures++;
        break;
    case 4:
        block = write_block(&write, DOC_LIST, "");
        for (unsigned i = 1 + below(6); i > 0; i--)
            write_item(&write, block, "", words((*paragraph)++, 30));
        break;
    case 5:
        write_note(&write, words((*paragraph)++, 30));
        write_paragraph(
            &write, "",
            rk_arena_printf(write.run.arena, "Mark^%zu^", write.doc.note_count));
        break;
    case 6:
        if (below(4) == 0) write_block(&write, DOC_PAGE_BREAK, "");
        break;
    default:
        write_paragraph(&write, "1", words((*paragraph)++, 30));
    }
}

static void every_word_of_random_documents_is_on_a_page_once(void **state)
{
    (void)state;
    for (int round = 0; round < 25; round++) {
        int paragraphs = 0;
        struct pages pages;

        tear_down(NULL);
        set_up(NULL);
        seed = (unsigned)round * 7919 + 1;
        figures = 0;
        for (unsigned i = 5 + below(60); i > 0; i--)
            random_block(&paragraphs);
        pages = lay_out();
        CHECK_INT(pages_count(&pages, "a label of the figure"), figures);
        for (int i = 0; i < paragraphs; i++) {
            CHECK_INT(pages_count(&pages, rk_arena_printf(write.run.arena, "w%dx0 ", i)),
                      1);
            CHECK_INT(pages_count(&pages, rk_arena_printf(write.run.arena, "w%dx29", i)),
                      1);
        }
        check_inside(&pages);
        check_no_overlap(&pages);
    }
}

/* --- What goes wrong --- */

static rk_status fails(const char **said)
{
    const char *path = rk_arena_printf(write.run.arena, "%s/out.pdf", folder), *trace;
    rk_status status;

    check_stderr_begin();
    status = flow_trace(&write.run, &write.doc, &theme, path, &trace);
    rk_diag_flush(write.run.diag);
    *said = check_stderr_end();
    CHECK(!check_exists(folder, "out.pdf"));
    return status;
}

static void a_link_to_nowhere_is_an_error(void **state)
{
    const char *said;

    (void)state;
    write_paragraph(&write, "", "See [Table 9.9](#tbl-nowhere).");
    CHECK_INT(fails(&said), RK_STUDY);
    CHECK_HAS(said, "#tbl-nowhere");
}

static void a_character_without_a_glyph_is_an_error_at_its_place(void **state)
{
    const char *said;

    (void)state;
    write_paragraph(&write, "", "A face: \xf0\x9f\xab\xa0")->place =
        RK_AT("report.md", 40, 1);
    CHECK_INT(fails(&said), RK_STUDY);
    CHECK_HAS(said, "report.md:40:1");
    CHECK_HAS(said, "U+1FAE0");
}

static void a_missing_draw_list_is_an_error(void **state)
{
    const char *said;

    (void)state;
    write_figure(&write, "Figure 1.1", "fig", "Lost", "/nowhere/fig.draw");
    CHECK_INT(fails(&said), RK_WORLD);
    CHECK_HAS(said, "/nowhere/fig.draw");
}

static void an_empty_document_is_a_cover(void **state)
{
    (void)state;
    CHECK_INT(lay_out().pages, 1);
}

static void the_same_document_gives_the_same_pages(void **state)
{
    const char *first = "", *second = "";

    (void)state;
    write_prose(0, 20, 60);
    long_table(40);
    CHECK_OK(flow_trace(&write.run, &write.doc, &theme, NULL, &first));
    CHECK_OK(flow_trace(&write.run, &write.doc, &theme, NULL, &second));
    CHECK_TEXT(first, second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_lost_between_pages),
        TEST(full_pages_are_full),
        TEST(no_line_of_a_paragraph_stands_alone_on_a_page),
        TEST(a_heading_never_ends_a_page),
        TEST(numbers_hang_left_of_their_paragraphs),
        TEST(no_item_of_a_list_stands_alone_on_a_page),
        TEST(lists_nest_and_their_marks_are_drawn),
        TEST(a_footnote_stands_on_the_page_of_its_mark),
        TEST(a_footnote_longer_than_a_page_goes_on_and_loses_nothing),
        TEST(a_carried_footnote_leaves_room_for_text),
        TEST(a_long_table_repeats_its_head_and_keeps_every_row),
        TEST(numbers_stand_under_each_other_at_the_point),
        TEST(a_wide_table_keeps_between_the_margins),
        TEST(a_table_too_wide_for_the_page_turns_it),
        TEST(a_row_taller_than_a_page_is_cut_between_lines),
        TEST(a_box_longer_than_a_page_breaks_and_keeps_its_frame),
        TEST(text_fills_the_page_that_a_figure_leaves),
        TEST(figures_keep_their_order),
        TEST(a_figure_taller_than_a_page_is_scaled),
        TEST(a_picture_is_printed_at_150_pixels_an_inch_or_as_wide_as_asked),
        TEST(a_picture_taller_than_a_page_is_scaled),
        TEST(a_file_that_is_no_picture_is_an_error),
        TEST(quotes_stand_in_two_columns),
        TEST(contents_name_the_pages_where_headings_are),
        TEST(running_heads_name_the_section),
        TEST(the_stamp_is_on_every_page),
        TEST(a_committee_paper_has_a_header_block_and_no_cover),
        TEST(every_word_of_random_documents_is_on_a_page_once),
        TEST(a_link_to_nowhere_is_an_error),
        TEST(a_character_without_a_glyph_is_an_error_at_its_place),
        TEST(a_missing_draw_list_is_an_error),
        TEST(an_empty_document_is_a_cover),
        TEST(the_same_document_gives_the_same_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
