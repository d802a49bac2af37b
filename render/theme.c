// SPDX-License-Identifier: MIT
#include "render/theme.h"

#include "pipeline/base/rk_yaml.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define MM (72 / 25.4)
/* WCAG 2.1, 1.4.3: text of ordinary size. */
#define LEAST_CONTRAST 4.5

enum field_kind {
    FIELD_NUMBER,
    FIELD_MM,
    FIELD_BOOL,
    FIELD_COLOUR,
    FIELD_TEXT,
    FIELD_FONT
};

/* A key of a theme: where it stands, where it goes, what is allowed. */
struct field {
    const char *section, *key;
    enum field_kind kind;
    size_t offset;
    double least, most;
};

#define AT(member) offsetof(struct theme, member)
static const struct field fields[] = {
    {"fonts",     "regular",       FIELD_FONT,   AT(fonts.face[FONT_REGULAR]),     0,  0   },
    {"fonts",     "bold",          FIELD_FONT,   AT(fonts.face[FONT_BOLD]),        0,  0   },
    {"fonts",     "italic",        FIELD_FONT,   AT(fonts.face[FONT_ITALIC]),      0,  0   },
    {"fonts",     "bold_italic",   FIELD_FONT,   AT(fonts.face[FONT_BOLD_ITALIC]), 0,  0   },
    {"fonts",     "heading",       FIELD_FONT,   AT(fonts.face[FONT_HEADING]),     0,  0   },
    {"fonts",     "code",          FIELD_FONT,   AT(fonts.face[FONT_CODE]),        0,  0   },
    {"paper",     "width_mm",      FIELD_MM,     AT(width),                        80, 1000},
    {"paper",     "height_mm",     FIELD_MM,     AT(height),                       80, 1000},
    {"paper",     "left_mm",       FIELD_MM,     AT(left),                         5,  100 },
    {"paper",     "right_mm",      FIELD_MM,     AT(right),                        5,  100 },
    {"paper",     "top_mm",        FIELD_MM,     AT(top),                          10, 100 },
    {"paper",     "bottom_mm",     FIELD_MM,     AT(bottom),                       10, 100 },
    {"text",      "size",          FIELD_NUMBER, AT(size),                         6,  24  },
    {"text",      "leading",       FIELD_NUMBER, AT(leading),                      7,  40  },
    {"text",      "gap",           FIELD_NUMBER, AT(gap),                          0,  40  },
    {"text",      "number_mm",     FIELD_MM,     AT(number_width),                 0,  40  },
    {"text",      "list_mm",       FIELD_MM,     AT(list_indent),                  2,  30  },
    {"text",      "justify",       FIELD_BOOL,   AT(justify),                      0,  0   },
    {"text",      "hyphenate",     FIELD_BOOL,   AT(hyphenate),                    0,  0   },
    {"heading_1", "size",          FIELD_NUMBER, AT(heading[0].size),              6,  60  },
    {"heading_1", "leading",       FIELD_NUMBER, AT(heading[0].leading),           6,  90  },
    {"heading_1", "above",         FIELD_NUMBER, AT(heading[0].above),             0,  100 },
    {"heading_1", "below",         FIELD_NUMBER, AT(heading[0].below),             0,  100 },
    {"heading_1", "rule",          FIELD_BOOL,   AT(heading[0].rule),              0,  0   },
    {"heading_2", "size",          FIELD_NUMBER, AT(heading[1].size),              6,  60  },
    {"heading_2", "leading",       FIELD_NUMBER, AT(heading[1].leading),           6,  90  },
    {"heading_2", "above",         FIELD_NUMBER, AT(heading[1].above),             0,  100 },
    {"heading_2", "below",         FIELD_NUMBER, AT(heading[1].below),             0,  100 },
    {"heading_2", "rule",          FIELD_BOOL,   AT(heading[1].rule),              0,  0   },
    {"heading_3", "size",          FIELD_NUMBER, AT(heading[2].size),              6,  60  },
    {"heading_3", "leading",       FIELD_NUMBER, AT(heading[2].leading),           6,  90  },
    {"heading_3", "above",         FIELD_NUMBER, AT(heading[2].above),             0,  100 },
    {"heading_3", "below",         FIELD_NUMBER, AT(heading[2].below),             0,  100 },
    {"heading_3", "rule",          FIELD_BOOL,   AT(heading[2].rule),              0,  0   },
    {"blocks",    "gap",           FIELD_NUMBER, AT(block_gap),                    0,  60  },
    {"blocks",    "caption",       FIELD_NUMBER, AT(caption_size),                 6,  24  },
    {"blocks",    "small",         FIELD_NUMBER, AT(small_size),                   5,  20  },
    {"blocks",    "footnote",      FIELD_NUMBER, AT(note_size),                    5,  20  },
    {"tables",    "size",          FIELD_NUMBER, AT(table_size),                   5,  20  },
    {"tables",    "least_size",    FIELD_NUMBER, AT(table_least),                  4,  20  },
    {"tables",    "padding",       FIELD_NUMBER, AT(table_padding),                1,  20  },
    {"tables",    "bands",         FIELD_BOOL,   AT(table_bands),                  0,  0   },
    {"colours",   "ink",           FIELD_COLOUR, AT(ink),                          0,  0   },
    {"colours",   "soft",          FIELD_COLOUR, AT(soft),                         0,  0   },
    {"colours",   "accent",        FIELD_COLOUR, AT(accent),                       0,  0   },
    {"colours",   "second",        FIELD_COLOUR, AT(second),                       0,  0   },
    {"colours",   "rule",          FIELD_COLOUR, AT(rule),                         0,  0   },
    {"colours",   "band",          FIELD_COLOUR, AT(band),                         0,  0   },
    {"colours",   "band_ink",      FIELD_COLOUR, AT(band_ink),                     0,  0   },
    {"colours",   "tint",          FIELD_COLOUR, AT(tint),                         0,  0   },
    {"colours",   "case_bar",      FIELD_COLOUR, AT(case_bar),                     0,  0   },
    {"colours",   "case_tint",     FIELD_COLOUR, AT(case_tint),                    0,  0   },
    {"pages",     "section_room",  FIELD_NUMBER, AT(section_room),                 0,  1   },
    {"pages",     "running_heads", FIELD_BOOL,   AT(running_heads),                0,  0   },
    {"pages",     "page_of",       FIELD_BOOL,   AT(page_of),                      0,  0   },
    {"words",     "contents",      FIELD_TEXT,   AT(contents_title),               0,  0   },
    {"words",     "tables",        FIELD_TEXT,   AT(tables_title),                 0,  0   },
    {"words",     "figures",       FIELD_TEXT,   AT(figures_title),                0,  0   },
    {"words",     "continued",     FIELD_TEXT,   AT(continued),                    0,  0   },
    {"pdf",       "claims_ua",     FIELD_BOOL,   AT(claims_ua),                    0,  0   },
    {"pdf",       "archive",       FIELD_BOOL,   AT(archive),                      0,  0   },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

/* Keys that are no plain field. */
static const char *const other_sections[] = {"cover", NULL};
static const char *const other_font_keys[] = {"fallback", "bold_fallback", NULL};

#define RGB(r, g, b) {(r) / 255.0, (g) / 255.0, (b) / 255.0}

/* config/themes/evaluation.yaml says the same. */
static const struct theme defaults = {
    .width = 210 * MM,
    .height = 297 * MM,
    .left = 25 * MM,
    .right = 25 * MM,
    .top = 27 * MM,
    .bottom = 24 * MM,
    .size = 11,
    .leading = 15,
    .gap = 7.5,
    .number_width = 10 * MM,
    .list_indent = 5 * MM,
    .caption_size = 10.5,
    .small_size = 8.5,
    .note_size = 8.8,
    .table_size = 9.5,
    .table_least = 7,
    .table_padding = 5,
    .block_gap = 16,
    .section_room = 0.25,
    .table_bands = true,
    .heading = {{23, 27, 34, 13, false}, {14, 18, 19, 6, false}, {11.5, 15, 13, 4, false}},
    .ink = RGB(0x1b, 0x1b, 0x1b),
    .soft = RGB(0x50, 0x5a, 0x5f),
    .accent = RGB(0x12, 0x43, 0x6d),
    .second = RGB(0xf4, 0x6a, 0x25),
    .rule = RGB(0xc3, 0xca, 0xd0),
    .band = RGB(0x12, 0x43, 0x6d),
    .band_ink = RGB(0xff, 0xff, 0xff),
    .tint = RGB(0xef, 0xf3, 0xf7),
    .case_bar = RGB(0x28, 0xa1, 0x97),
    .case_tint = RGB(0xed, 0xf6, 0xf5),
    .running_heads = true,
    .contents_title = "Contents",
    .tables_title = "Tables",
    .figures_title = "Figures",
    .continued = "continued",
};

struct reader {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const struct rk_yaml *root;
    struct theme *theme;
};

static void read_number(struct reader *reader, const struct field *field,
                        const struct rk_yaml *map, double *out)
{
    double value = field->kind == FIELD_MM ? *out / MM : *out;

    rk_yaml_double(reader->diag, map, field->key, &value);
    if (value < field->least || value > field->most) {
        rk_diag_say(
            reader->diag, RK_DIAG_ERROR, rk_yaml_place(rk_yaml_at(map, field->key)),
            "%s is %g; expected %g to %g", field->key, value, field->least, field->most);
        return;
    }
    *out = field->kind == FIELD_MM ? value * MM : value;
}

static void read_colour(struct reader *reader, const struct rk_yaml *map, const char *key,
                        struct colour *out)
{
    const struct rk_yaml *node = rk_yaml_get(map, key);
    const char *text = NULL;
    char *end;
    unsigned long rgb;

    rk_yaml_text(reader->diag, map, key, &text);
    if (!text) return;
    rgb = strtoul(text + (*text == '#'), &end, 16);
    if (*text != '#' || strlen(text) != 7 || *end) {
        rk_diag_say(reader->diag, RK_DIAG_ERROR, rk_yaml_place(node),
                    "%s is \"%s\"; expected a colour such as \"#12436D\", in quotes", key,
                    text);
        return;
    }
    *out = colour_rgb((unsigned)rgb);
}

static void read_field(struct reader *reader, const struct field *field)
{
    const struct rk_yaml *map = rk_yaml_get(reader->root, field->section);
    void *out = (char *)reader->theme + field->offset;

    switch (field->kind) {
    case FIELD_NUMBER:
    case FIELD_MM:
        read_number(reader, field, map, out);
        break;
    case FIELD_BOOL:
        rk_yaml_bool(reader->diag, map, field->key, out);
        break;
    case FIELD_COLOUR:
        read_colour(reader, map, field->key, out);
        break;
    case FIELD_TEXT:
    case FIELD_FONT:
        rk_yaml_text(reader->diag, map, field->key, out);
        break;
    }
}

/* The keys that may stand in `section`; "" for the sections themselves. */
static const char *const *known_keys(struct reader *reader, const char *section)
{
    const char **keys = RK_ARRAY(reader->arena, const char *, FIELDS + 4);
    const char *const *others = !*section                       ? other_sections
                                : strcmp(section, "fonts") == 0 ? other_font_keys
                                                                : NULL;
    size_t count = 0;

    for (size_t i = 0; i < FIELDS; i++) {
        bool first = i == 0 || strcmp(fields[i].section, fields[i - 1].section) != 0;

        if (!*section && first) keys[count++] = fields[i].section;
        if (strcmp(fields[i].section, section) == 0) keys[count++] = fields[i].key;
    }
    while (others && *others)
        keys[count++] = *others++;
    return keys;
}

static void check_keys(struct reader *reader)
{
    rk_yaml_known(reader->diag, reader->root, known_keys(reader, ""));
    for (size_t i = 0; i < FIELDS; i++) {
        const struct rk_yaml *map = rk_yaml_get(reader->root, fields[i].section);

        if (map && (i == 0 || strcmp(fields[i].section, fields[i - 1].section) != 0))
            rk_yaml_known(reader->diag, map, known_keys(reader, fields[i].section));
    }
}

static void read_fallbacks(struct reader *reader)
{
    const struct rk_yaml *map = rk_yaml_get(reader->root, "fonts");
    struct fonts_choice *fonts = &reader->theme->fonts;
    const char **names = NULL;
    size_t count = 0;

    if (map) fonts->place = rk_yaml_place(map);
    rk_yaml_texts(reader->arena, reader->diag, map, "fallback", &names, &count);
    if (names) {
        fonts->fallback = names;
        fonts->fallback_count = count;
    }
    names = NULL;
    rk_yaml_texts(reader->arena, reader->diag, map, "bold_fallback", &names, &count);
    if (names) {
        fonts->bold_fallback = names;
        fonts->bold_fallback_count = count;
    }
}

static void check_paper(struct reader *reader)
{
    const struct theme *theme = reader->theme;

    if (theme->width - theme->left - theme->right < 200 ||
        theme->height - theme->top - theme->bottom < 200)
        rk_diag_say(reader->diag, RK_DIAG_ERROR,
                    rk_yaml_place(rk_yaml_at(reader->root, "paper")),
                    "the margins leave less than 70 mm for text");
    if (theme->leading < theme->size)
        rk_diag_say(reader->diag, RK_DIAG_ERROR,
                    rk_yaml_place(rk_yaml_at(reader->root, "text")),
                    "leading %g is less than size %g: lines would overlap", theme->leading,
                    theme->size);
}

/* Relative luminance and contrast as WCAG 2.1 defines them. */
static double linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double theme_contrast(struct colour a, struct colour b)
{
    double light = fmax(luminance(a), luminance(b)),
           dark = fmin(luminance(a), luminance(b));

    return (light + 0.05) / (dark + 0.05);
}

/* Text in each colour on each ground it stands on; bars and rules need no contrast. */
static void check_contrast(struct reader *reader)
{
    const struct theme *theme = reader->theme;
    const struct colour white = {1, 1, 1};
    const struct {
        const char *text, *ground;
        struct colour ink, on;
    } pairs[] = {
        {"ink",      "white",     theme->ink,      white           },
        {"soft",     "white",     theme->soft,     white           },
        {"accent",   "white",     theme->accent,   white           },
        {"ink",      "tint",      theme->ink,      theme->tint     },
        {"accent",   "tint",      theme->accent,   theme->tint     },
        {"soft",     "tint",      theme->soft,     theme->tint     },
        {"ink",      "case_tint", theme->ink,      theme->case_tint},
        {"accent",   "case_tint", theme->accent,   theme->case_tint},
        {"band_ink", "band",      theme->band_ink, theme->band     },
    };

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        double contrast = theme_contrast(pairs[i].ink, pairs[i].on);

        if (contrast < LEAST_CONTRAST)
            rk_diag_say(
                reader->diag, RK_DIAG_ERROR,
                rk_yaml_place(rk_yaml_at(reader->root, "colours")),
                "text in %s on %s has contrast %.2f; %.1f is the least that can be read",
                pairs[i].text, pairs[i].ground, contrast, LEAST_CONTRAST);
    }
}

rk_status theme_read_file(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                          struct theme *out)
{
    static const char *const covers[] = {"band", "plain", "block", NULL};
    struct reader reader = {arena, diag, NULL, out};
    size_t errors = rk_diag_errors(diag);
    struct rk_yaml *root;
    int cover = THEME_COVER_BAND;

    RK_TRY(rk_yaml_read(arena, diag, path, &root));
    reader.root = root;
    *out = defaults;
    out->fonts = fonts_default;
    check_keys(&reader);
    for (size_t i = 0; i < FIELDS; i++)
        read_field(&reader, &fields[i]);
    read_fallbacks(&reader);
    rk_yaml_choice(diag, root, "cover", covers, &cover);
    out->cover = (enum theme_cover)cover;
    check_paper(&reader);
    check_contrast(&reader);
    return rk_diag_errors(diag) == errors ? RK_OK : RK_STUDY;
}

rk_status theme_read(struct rk_run *run, const char *name, struct theme *out)
{
    const char *file = rk_arena_printf(run->arena, "%s.yaml", name);
    const char *path;

    RK_TRY(rk_run_share(run, "themes", file, &path));
    RK_TRY(theme_read_file(run->arena, run->diag, path, out));
    out->name = rk_arena_copy(run->arena, name);
    return RK_OK;
}
