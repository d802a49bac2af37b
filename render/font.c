// SPDX-License-Identifier: MIT
#include "render/font_priv.h"

#include <string.h>

static const char *const sans_fallback[] = {"truetype/dejavu/DejaVuSans.ttf"};
static const char *const sans_bold_fallback[] = {"truetype/dejavu/DejaVuSans-Bold.ttf"};

const struct fonts_choice fonts_default = {
    .face =
        {
               [FONT_REGULAR] = "truetype/crosextra/Carlito-Regular.ttf",
               [FONT_BOLD] = "truetype/crosextra/Carlito-Bold.ttf",
               [FONT_ITALIC] = "truetype/crosextra/Carlito-Italic.ttf",
               [FONT_BOLD_ITALIC] = "truetype/crosextra/Carlito-BoldItalic.ttf",
               [FONT_HEADING] = "truetype/crosextra/Carlito-Bold.ttf",
               [FONT_CODE] = "truetype/dejavu/DejaVuSansMono.ttf",
               },
    .fallback = sans_fallback,
    .fallback_count = 1,
    .bold_fallback = sans_bold_fallback,
    .bold_fallback_count = 1,
};

static rk_status add_files(struct font *font, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        RK_TRY(font_file_open(font->fonts, names[i], &font->files[font->count++]));
    return RK_OK;
}

static rk_status open_face(struct fonts *fonts, const struct fonts_choice *choice,
                           enum font_face face)
{
    struct font *font = RK_NEW(fonts->arena, struct font);
    const char *name = choice->face[face] ? choice->face[face] : choice->face[FONT_REGULAR];
    bool bold = face == FONT_BOLD || face == FONT_BOLD_ITALIC || face == FONT_HEADING;

    font->fonts = fonts;
    font->files = RK_ARRAY(fonts->arena, struct font_file *,
                           1 + choice->fallback_count + choice->bold_fallback_count);
    fonts->face[face] = font;
    RK_TRY(add_files(font, &name, 1));
    if (bold) RK_TRY(add_files(font, choice->bold_fallback, choice->bold_fallback_count));
    return add_files(font, choice->fallback, choice->fallback_count);
}

rk_status fonts_open(struct rk_arena *arena, struct rk_diag *diag,
                     const struct fonts_choice *choice, struct fonts **out)
{
    struct fonts *fonts = RK_NEW(arena, struct fonts);
    rk_status status = RK_OK;

    fonts->arena = arena;
    fonts->diag = diag;
    fonts->place = choice->place;
    fonts->buffer = hb_buffer_create();
    fonts->language = hb_language_from_string("en", -1);
    for (int face = 0; face < FONT_FACES && status == RK_OK; face++)
        status = open_face(fonts, choice, (enum font_face)face);
    if (status != RK_OK) {
        fonts_close(fonts);
        return status;
    }
    *out = fonts;
    return RK_OK;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts) return;
    for (size_t i = 0; i < fonts->file_count; i++)
        font_file_close(fonts->files[i]);
    fonts->file_count = 0;
    hb_buffer_destroy(fonts->buffer);
    fonts->buffer = NULL;
}

struct font *fonts_face(const struct fonts *fonts, enum font_face face)
{
    return fonts->face[face];
}

void fonts_place(struct fonts *fonts, struct rk_place place)
{
    fonts->place = place;
}

size_t fonts_missing(const struct fonts *fonts)
{
    return fonts->missing_count;
}

static hb_unicode_general_category_t category(uint32_t character)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), character);
}

bool font_is_lower(uint32_t character)
{
    return category(character) == HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER;
}

bool font_is_upper(uint32_t character)
{
    return category(character) == HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
}

bool font_is_letter(uint32_t character)
{
    hb_unicode_general_category_t c = category(character);

    return font_is_lower(character) || font_is_upper(character) ||
           c == HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER ||
           c == HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER ||
           c == HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER;
}

bool font_is_mark(uint32_t character)
{
    hb_unicode_general_category_t c = category(character);

    return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

/* Words and blanks are shaped apart, so that a line measured word by word and a line
 * measured whole have the same width. */
double font_width(struct font *font, const char *text, double size)
{
    double width = 0;

    while (*text) {
        size_t bytes = strcspn(text, " ");

        if (bytes == 0) bytes = 1;
        width += (double)font_shape(font, text, bytes)->width;
        text += bytes;
    }
    return width * size / 1000;
}

double font_ascent(const struct font *font, double size)
{
    return font->files[0]->ascent * size / 1000;
}

double font_descent(const struct font *font, double size)
{
    return font->files[0]->descent * size / 1000;
}

double font_cap_height(const struct font *font, double size)
{
    return font->files[0]->cap_height * size / 1000;
}

double font_x_height(const struct font *font, double size)
{
    return font->files[0]->x_height * size / 1000;
}

const char *font_name(const struct font *font)
{
    return font->files[0]->name;
}
