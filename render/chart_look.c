// SPDX-License-Identifier: MIT
#include "render/chart_look.h"

#include "render/theme.h"

#include <math.h>

/** Charts without colour: dark, middle, and hatched from the second series on. */
static const unsigned greys[4] = {0x262626, 0x767676, 0x404040, 0x5A5A5A};

static unsigned packed(struct colour colour)
{
    const double parts[] = {colour.red, colour.green, colour.blue};
    unsigned out = 0;
    for (int i = 0; i < 3; i++)
        out = out << 8 | (unsigned)lround(fmax(0, fmin(1, parts[i])) * 255);
    return out;
}

static bool is_grey(struct colour colour)
{
    return fabs(colour.red - colour.green) < 0.04 &&
           fabs(colour.green - colour.blue) < 0.04;
}

/** A theme with a coloured accent keeps the checked palette and puts its own first; one
 * without is meant for black and white. */
static void take_colours(const struct theme *theme, struct chart_style *style)
{
    *style = chart_style_default;
    style->ink = packed(theme->ink);
    style->soft_ink = packed(theme->soft);
    if (!is_grey(theme->accent)) {
        style->palette[0] = style->focus = packed(theme->accent);
        if (!is_grey(theme->second)) style->palette[3] = packed(theme->second);
        return;
    }
    for (size_t i = 0; i < 4; i++)
        style->palette[i] = greys[i];
    style->focus = greys[0];
    style->hatch_all = true;
}

rk_status chart_look_open(struct rk_run *run, const char *theme, struct chart_look *out)
{
    struct theme read;
    *out = (struct chart_look){.theme = theme && *theme ? theme : "evaluation"};
    RK_TRY(theme_read(run, out->theme, &read));
    take_colours(&read, &out->style);
    out->width_mm = (read.width - read.left - read.right) * 25.4 / 72;
    return fonts_open(run->arena, run->diag, &read.fonts, &out->fonts);
}
