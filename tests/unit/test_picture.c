// SPDX-License-Identifier: MIT
/* Photographs as cameras leave them. Their pixels are asked for where pdftoppm is
 * installed. */
#include "pipeline/base/rk_child.h"
#include "pipeline/base/rk_file.h"
#include "render/page.h"
#include "render/pdf.h"
#include "render/pdf_priv.h"
#include "tests/support/check.h"
#include "tests/support/doc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct write write_;
static struct fonts *fonts;
static struct pdf *pdf;
static const char *folder;
static char *photo;
static size_t photo_bytes;

static int set_up(void **state)
{
    static const struct pdf_info info = {.title = "Photographs", .language = "en-GB"};

    (void)state;
    write_begin(&write_);
    folder = check_folder();
    if (fonts_open(write_.run.arena, write_.run.diag, &fonts_default, &fonts) != RK_OK)
        return -1;
    if (rk_file_read(write_.run.arena, write_.run.diag, "tests/torture/quarters.jpg",
                     &photo, &photo_bytes) != RK_OK)
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

/* The photograph with an Exif segment that says how the camera was held, the low byte first
 * or last. */
static const char *held(unsigned char orientation, bool little)
{
    unsigned char exif[] = {0xff, 0xe1, 0, 34, 'E', 'x',         'i', 'f', 0, 0,  'M', 'M',
                            0,    42,   0, 0,  0,   8,           0,   1,   1, 18, 0,   3,
                            0,    0,    0, 1,  0,   orientation, 0,   0,   0, 0,  0,   0};
    static const size_t pairs[] = {12, 18, 20, 22, 28}, fours[] = {14, 24};
    char *data = rk_arena_alloc(write_.run.arena, photo_bytes + sizeof exif, 1);

    if (little) exif[10] = exif[11] = 'I';
    for (size_t i = 0; little && i < 5; i++) {
        unsigned char first = exif[pairs[i]];

        exif[pairs[i]] = exif[pairs[i] + 1];
        exif[pairs[i] + 1] = first;
    }
    for (size_t i = 0; little && i < 2; i++) {
        exif[fours[i]] = exif[fours[i] + 3];
        exif[fours[i] + 3] = 0;
    }
    memcpy(data, photo, 2);
    memcpy(data + 2, exif, sizeof exif);
    memcpy(data + 2 + sizeof exif, photo + 2, photo_bytes - 2);
    return check_write_n(folder, "held.jpg", data, photo_bytes + sizeof exif);
}

/* 'r', 'g', 'b' or 'w': the colour of the page, 100 points wide, at x from the left and y
 * from the top. */
static char colour_at(const char *ppm, size_t x, size_t y)
{
    const char *start = ppm;
    const unsigned char *pixel;

    for (int line = 0; line < 3; line++)
        start = strchr(start, '\n') + 1;
    pixel = (const unsigned char *)start + 3 * (y * 100 + x);
    if (pixel[0] > 200 && pixel[1] > 200) return 'w';
    return pixel[0] > 200 ? 'r' : pixel[1] > 200 ? 'g' : 'b';
}

static const char *drawn(const struct pdf_image *image, double width, double height)
{
    const char *file = rk_arena_printf(write_.run.arena, "%s/a.pdf", folder);
    const char *to = rk_arena_printf(write_.run.arena, "%s/a", folder), *why;
    const char *const argv[] = {"pdftoppm", "-r", "72", "-singlefile", file, to, NULL};
    int said;

    page_image(pdf_page(pdf, 100, 100), image, 0, 0, width, height);
    CHECK_OK(pdf_close(pdf, file));
    pdf = NULL;
    said = rk_child_run(argv, &why);
    if (said >= 0) close(said);
    return said >= 0 ? check_read(folder, "a.ppm") : NULL;
}

static void a_photograph_is_printed_the_way_the_camera_was_held(void **state)
{
    /* of the upper left, upper right, lower left and lower right quarter as printed */
    static const char *const quarters[] = {"",     "rgbw", "grwb", "wbgr", "bwrg",
                                           "rbgw", "brwg", "wgbr", "gwrb"};

    for (unsigned char o = 1; o <= 8; o++) {
        struct pdf_image *image;
        double width = o > 4 ? 16 : 32, height = o > 4 ? 32 : 16;
        const char *ppm;
        char seen[5] = "";

        if (o > 1) CHECK_OK(tear_down(state) || set_up(state));
        CHECK_OK(pdf_image(pdf, RK_NOWHERE, held(o, o % 2), &image));
        CHECK_NEAR(pdf_image_width(image), width, 0);
        CHECK_NEAR(pdf_image_height(image), height, 0);
        ppm = drawn(image, 3 * width, 3 * height);
        if (!ppm) skip();
        for (size_t i = 0; i < 4; i++)
            seen[i] = colour_at(ppm, (size_t)(3 * width * (i % 2 ? 0.75 : 0.25)),
                                (size_t)(100 - 3 * height * (i / 2 ? 0.25 : 0.75)));
        CHECK_TEXT(seen, quarters[o]);
    }
}

static void check_refused(const char *path, const char *words)
{
    struct pdf_image *image;

    check_stderr_begin();
    CHECK_INT(pdf_image(pdf, RK_NOWHERE, path, &image), RK_STUDY);
    rk_diag_flush(write_.run.diag);
    CHECK_HAS(check_stderr_end(), words);
}

static void colours_for_print_and_files_cut_short_are_refused_in_words(void **state)
{
    (void)state;
    check_refused("tests/torture/print.jpg",
                  "has colours for print (CMYK): save it as RGB");
    for (size_t bytes = 5; bytes < photo_bytes - 1; bytes += 97)
        check_refused(check_write_n(folder,
                                    rk_arena_printf(write_.run.arena, "%zu.jpg", bytes),
                                    photo, bytes),
                      "is damaged");
}

static void an_exif_segment_that_lies_about_its_length_turns_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < 36; i++) {
        char *path = rk_arena_copy(write_.run.arena, held(6, false)), *data;
        struct jpeg_look look;
        size_t bytes;

        CHECK_OK(rk_file_read(write_.run.arena, write_.run.diag, path, &data, &bytes));
        data[2 + i] = (char)0xff;
        look = pdf_jpeg_look(data, bytes); /* within its bounds; sanitizers watch */
        CHECK(look.orientation >= 1 && look.orientation <= 8);
        data[2 + i] = 0;
        look = pdf_jpeg_look(data, 2 + i);
        CHECK(!look.whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_photograph_is_printed_the_way_the_camera_was_held,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            colours_for_print_and_files_cut_short_are_refused_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_exif_segment_that_lies_about_its_length_turns_nothing, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
