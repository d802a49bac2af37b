// SPDX-License-Identifier: MIT
#include "render/chart_priv.h"

static const double line_height = 14, swatch = 9, after_swatch = 4, after_entry = 16;

static double entry_width(const struct chart_plot *plot,
                          const struct chart_legend_entry *entry)
{
    double key = entry->kind == CHART_KEY_LINE ? 2 * swatch : swatch;
    return key + after_swatch +
           chart_text_width(plot, chart_label_type(plot), entry->label);
}

double chart_legend_height(const struct chart_plot *plot,
                           const struct chart_legend_entry *entries, size_t count,
                           double width)
{
    double x = 0, height = count ? line_height : 0;
    for (size_t i = 0; i < count; i++) {
        double wide = entry_width(plot, &entries[i]);
        if (x > 0 && x + wide > width) {
            height += line_height;
            x = 0;
        }
        x += wide + after_entry;
    }
    return height;
}

/** The key; returns how wide it was. The page counts in points. */
static double put_key(struct chart_plot *plot, const struct chart_legend_entry *entry,
                      double x, double y)
{
    double half = swatch / 2;
    switch (entry->kind) {
    case CHART_KEY_BOX:
        chart_box(plot, entry->ink, x, y - half, x + swatch, y + half);
        return swatch;
    case CHART_KEY_POST:
        chart_segment(plot, entry->ink, x + half, y - half - 1, x + half, y + half + 1);
        return swatch;
    case CHART_KEY_MARK:
        chart_dot(plot, entry->ink, x + half, y);
        return swatch;
    case CHART_KEY_LINE:
        chart_segment(plot, entry->ink, x, y, x + 2 * swatch, y);
        return 2 * swatch;
    }
    return 0;
}

void chart_legend_draw(struct chart_plot *plot, const struct chart_legend_entry *entries,
                       size_t count, double left, double top, double width)
{
    double x = 0, y = top - line_height / 2;
    for (size_t i = 0; i < count; i++) {
        double wide = entry_width(plot, &entries[i]);
        if (x > 0 && x + wide > width) {
            y -= line_height;
            x = 0;
        }
        double key = put_key(plot, &entries[i], left + x, y);
        chart_label(plot, chart_label_type(plot), left + x + key + after_swatch, y,
                    CHART_LEFT, entries[i].label);
        x += wide + after_entry;
    }
}
