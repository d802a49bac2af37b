// SPDX-License-Identifier: MIT
/* PNG and JPEG pictures as objects of the file; a picture shown twice is stored once. */
#include "render/page_priv.h"

#include "pipeline/base/rk_file.h"

#include <math.h>
#include <png.h>
#include <string.h>

/* A PNG is unpacked as a whole: this many pixels take 108 MB. */
#define MOST_PIXELS 36e6

struct pdf_image {
    const char *path;
    HPDF_Image object;
    int orientation;      /**< Exif's 1 to 8 */
    double width, height; /**< in pixels, the right way up */
    struct pdf_image *next;
};

static rk_status refuse(struct pdf *pdf, struct rk_place place, const char *path,
                        const char *why)
{
    return rk_fail(pdf->diag, RK_STUDY, place, "the picture %s %s", path, why);
}

static const char damaged[] = "is damaged: open it in a picture editor and save it anew";

/* Of any depth, with or without transparency (laid on white) or interlacing: libpng brings
 * it to 8 bits a channel. libharu's own reader spoils 16-bit pictures (2.3.0). */
static rk_status load_png(struct pdf *pdf, struct rk_place place, const char *path,
                          const void *data, size_t bytes, HPDF_Image *out)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    const png_color white = {255, 255, 255};
    bool colour, read;
    png_bytep pixels;

    if (!png_image_begin_read_from_memory(&png, data, bytes))
        return refuse(pdf, place, path, damaged);
    if ((double)png.width * png.height > MOST_PIXELS) {
        png_image_free(&png);
        return refuse(pdf, place, path, "has more than 36 million pixels: make it smaller");
    }
    colour = png.format & PNG_FORMAT_FLAG_COLOR;
    png.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    pixels = rk_arena_alloc(pdf->arena, PNG_IMAGE_SIZE(png), 1);
    read = png_image_finish_read(&png, &white, pixels, 0, NULL);
    png_image_free(&png);
    if (!read) return refuse(pdf, place, path, damaged);
    *out = HPDF_LoadRawImageFromMem(pdf->doc, pixels, png.width, png.height,
                                    colour ? HPDF_CS_DEVICE_RGB : HPDF_CS_DEVICE_GRAY, 8);
    return RK_OK;
}

static rk_status load_jpeg(struct pdf *pdf, struct rk_place place, const char *path,
                           const void *data, size_t bytes, struct pdf_image *image)
{
    struct jpeg_look look = pdf_jpeg_look(data, bytes);
    const char *space;

    if (!look.whole) return refuse(pdf, place, path, damaged);
    image->orientation = look.orientation;
    image->object = HPDF_LoadJpegImageFromMem(pdf->doc, data, (HPDF_UINT)bytes);
    if (!image->object) {
        pdf->error = 0;
        HPDF_ResetError(pdf->doc);
        return refuse(pdf, place, path, damaged);
    }
    space = HPDF_Image_GetColorSpace(image->object);
    if (space && strcmp(space, "DeviceCMYK") == 0)
        return refuse(pdf, place, path, "has colours for print (CMYK): save it as RGB");
    return RK_OK;
}

static rk_status load(struct pdf *pdf, struct rk_place place, struct pdf_image *image)
{
    static const char none[] = "is neither PNG nor JPEG: save it as one of them";
    const char *path = image->path;
    char *data;
    size_t bytes;

    RK_TRY(rk_file_read(pdf->arena, pdf->diag, path, &data, &bytes));
    pdf_mix(pdf, data, bytes);
    if (pdf->error) return RK_OK; /* told when the file is closed */
    if (bytes > 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
        return load_png(pdf, place, path, data, bytes, &image->object);
    if (bytes > 4 && memcmp(data, "\xff\xd8\xff", 3) == 0)
        return load_jpeg(pdf, place, path, data, bytes, image);
    return refuse(pdf, place, path, none);
}

rk_status pdf_image(struct pdf *pdf, struct rk_place place, const char *path,
                    struct pdf_image **out)
{
    struct pdf_image *image;

    for (image = pdf->images; image; image = image->next)
        if (strcmp(image->path, path) == 0) {
            *out = image;
            return RK_OK;
        }
    *out = image = RK_NEW(pdf->arena, struct pdf_image);
    image->path = rk_arena_copy(pdf->arena, path);
    image->width = image->height = image->orientation = 1;
    RK_TRY(load(pdf, place, image));
    if (image->object) {
        double wide = fmax(1, HPDF_Image_GetWidth(image->object));
        double high = fmax(1, HPDF_Image_GetHeight(image->object));
        bool lies = image->orientation > 4;

        image->width = lies ? high : wide;
        image->height = lies ? wide : high;
    }
    image->next = pdf->images;
    pdf->images = image;
    return RK_OK;
}

double pdf_image_width(const struct pdf_image *image)
{
    return image->width;
}

double pdf_image_height(const struct pdf_image *image)
{
    return image->height;
}

/* How the unit square of a picture comes to lie in a box of width and height 1, for each
 * orientation of Exif: a b c d e f of PDF's cm. */
static const signed char turns[9][6] = {
    {1,  0,  0,  1,  0, 0},
    {1,  0,  0,  1,  0, 0},
    {-1, 0,  0,  1,  1, 0},
    {-1, 0,  0,  -1, 1, 1},
    {1,  0,  0,  -1, 0, 1},
    {0,  -1, -1, 0,  1, 1},
    {0,  -1, 1,  0,  0, 1},
    {0,  1,  1,  0,  0, 0},
    {0,  1,  -1, 0,  1, 0},
};

void page_image(struct render_page *page, const struct pdf_image *image, double x, double y,
                double width, double height)
{
    HPDF_Page leaf = page->pdf->leaves[page->leaf]->page;
    struct page_point low = page_where(page, x, y),
                      high = page_where(page, x + width, y + height);
    const signed char *turn;
    const char *name;

    page_open_content(page);
    trace_add(page->pdf->trace, "picture %.1f %.1f %.1f %.1f", low.x, low.y, high.x - low.x,
              high.y - low.y);
    if (!leaf || !image->object) return;
    name = HPDF_Page_GetXObjectName(leaf, image->object);
    if (!name) return;
    turn = turns[image->orientation];
    pdf_put(&page->out, "q\n");
    for (int i = 0; i < 6; i++)
        pdf_put_number(&page->out,
                       turn[i] * (i % 2 ? height : width) + (i == 4   ? x
                                                             : i == 5 ? y
                                                                      : 0),
                       2);
    pdf_putf(&page->out, "cm /%s Do\nQ\n", name);
}
