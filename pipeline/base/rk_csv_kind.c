// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_csv_priv.h"

#include <string.h>

static const char save_as[] = "open it in a spreadsheet and save the sheet as CSV UTF-8";
static const char export_it[] = "export the table as CSV from the program that made it";
static const char unpack[] = "unpack it first";
static const char ask[] = "ask whoever sent it for the extract as CSV";

static const struct {
    const char *start;
    size_t bytes;
    const char *kind, *advice;
} kinds[] = {
    {"PK\003\004",                       4,  "a ZIP file or an Excel workbook", save_as  },
    {"PK\005\006",                       4,  "an empty ZIP file",               ask      },
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,  "an old Excel workbook",           save_as  },
    {"%PDF-",                            5,  "a PDF",                           ask      },
    {"\x1f\x8b",                         2,  "a gzip file",                     unpack   },
    {"BZh",                              3,  "a bzip2 file",                    unpack   },
    {"\xfd"
     "7zXZ",                        5,  "an xz file",                      unpack   },
    {"7z\xbc\xaf\x27\x1c",               6,  "a 7-Zip file",                    unpack   },
    {"Rar!\x1a\x07",                     6,  "a RAR file",                      unpack   },
    {"\x28\xb5\x2f\xfd",                 4,  "a Zstandard file",                unpack   },
    {"SQLite format 3",                  15, "an SQLite database",              export_it},
    {"\x00\x01\x00\x00Standard ",        13, "an Access database",              export_it},
    {"$FL2",                             4,  "an SPSS data file",               export_it},
    {"$FL3",                             4,  "an SPSS data file",               export_it},
    {"<stata_dta>",                      11, "a Stata data file",               export_it},
    {"PAR1",                             4,  "a Parquet file",                  export_it},
    {"ARROW1",                           6,  "an Arrow file",                   export_it},
    {"RDX",                              3,  "an R data file",                  export_it},
    {"{\\rtf",                           5,  "an RTF document",                 ask      },
    {"\x89PNG",                          4,  "a picture",                       ask      },
    {"\xff\xd8\xff",                     3,  "a picture",                       ask      },
    {"GIF8",                             4,  "a picture",                       ask      },
    {"\x7f"
     "ELF",                         4,  "a program",                       ask      },
    {"\xff\xfe\x00\x00",                 4,  "a text in UTF-32",                save_as  },
    {"\x00\x00\xfe\xff",                 4,  "a text in UTF-32",                save_as  },
};

static const struct {
    const char *start, *kind, *advice;
} texts[] = {
    {"<!doctype", "a web page",  export_it},
    {"<html",     "a web page",  export_it},
    {"<?xml",     "an XML file", save_as  },
    {"<table",    "a web page",  save_as  },
};

/* JSON starts with an object or a list of them; no table's first heading does. */
static bool is_json(const char *at, const char *end)
{
    static const char blanks[] = " \t\r\n";
    char first = *at++;

    if (first != '{' && first != '[') return false;
    while (at < end && strchr(blanks, *at) && *at)
        at++;
    return at < end && (first == '{' ? *at == '"' || *at == '}' : *at == '{' || *at == '[');
}

const char *csv_binary_kind(const char *head, size_t bytes, const char **advice)
{
    const char *at = head, *end = head + bytes;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes >= kinds[i].bytes && memcmp(head, kinds[i].start, kinds[i].bytes) == 0) {
            *advice = kinds[i].advice;
            return kinds[i].kind;
        }
    }
    if (bytes >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) at += 3;
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i].start);

        if ((size_t)(end - at) >= length && strncasecmp(at, texts[i].start, length) == 0) {
            *advice = texts[i].advice;
            return texts[i].kind;
        }
    }
    *advice = export_it;
    return at < end && is_json(at, end) ? "a JSON file" : NULL;
}
