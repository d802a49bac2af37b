// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_grid.h"

#include "pipeline/base/rk_text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

const char *audit_fold(struct rk_arena *arena, const char *text)
{
    char *copy = rk_arena_copy(arena, text), *to = copy;

    for (const char *at = copy; *at; at++)
        if (*at != '*' && *at != '_' && *at != '|') *to++ = *at;
    *to = '\0';
    return rk_text_fold(arena, copy);
}

static bool is_wordy(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

bool audit_has_word(const char *text, const char *word)
{
    size_t bytes = strlen(word);

    for (const char *at = text; bytes && (at = strstr(at, word)); at++) {
        bool starts = at == text || !is_wordy(at[-1]) || !is_wordy(word[0]);
        bool ends = !is_wordy(at[bytes]) || !is_wordy(word[bytes - 1]);
        if (starts && ends) return true;
    }
    return false;
}

static bool has_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (audit_has_word(text, *words)) return true;
    return false;
}

/** Words that say what a column or a row measures, in the order in which they are looked
 * for. */
static const struct {
    const char *word;
    enum audit_kind kind;
} hints[] = {
    {"lower limit",         AUDIT_LOW   },
    {"lower",               AUDIT_LOW   },
    {"lcl",                 AUDIT_LOW   },
    {"ci low",              AUDIT_LOW   },
    {"upper limit",         AUDIT_HIGH  },
    {"upper",               AUDIT_HIGH  },
    {"ucl",                 AUDIT_HIGH  },
    {"ci high",             AUDIT_HIGH  },
    {"confidence interval", AUDIT_OTHER },
    {"95% ci",              AUDIT_OTHER },
    {"90% ci",              AUDIT_OTHER },
    {"99% ci",              AUDIT_OTHER },
    {"p-value",             AUDIT_P     },
    {"p value",             AUDIT_P     },
    {"standard deviation",  AUDIT_SD    },
    {"std dev",             AUDIT_SD    },
    {"std. dev",            AUDIT_SD    },
    {"s.d.",                AUDIT_SD    },
    {"sd",                  AUDIT_SD    },
    {"standard error",      AUDIT_OTHER },
    {"se",                  AUDIT_OTHER },
    {"change",              AUDIT_CHANGE},
    {"difference",          AUDIT_CHANGE},
    {"diff",                AUDIT_CHANGE},
    {"gap",                 AUDIT_CHANGE},
    {"pp",                  AUDIT_CHANGE},
    {"percentage points",   AUDIT_CHANGE},
    {"increase",            AUDIT_CHANGE},
    {"mean",                AUDIT_MEAN  },
    {"average",             AUDIT_MEAN  },
    {"median",              AUDIT_OTHER },
    {"effect size",         AUDIT_OTHER },
    {"cohen's d",           AUDIT_OTHER },
    {"avg",                 AUDIT_MEAN  },
    {"mean score",          AUDIT_MEAN  },
    {"iqr",                 AUDIT_OTHER },
    {"range",               AUDIT_OTHER },
    {"minimum",             AUDIT_OTHER },
    {"maximum",             AUDIT_OTHER },
    {"rank",                AUDIT_OTHER },
    {"ratio",               AUDIT_OTHER },
    {"index",               AUDIT_OTHER },
    {"per",                 AUDIT_OTHER },
    {"odds",                AUDIT_OTHER },
    {"score",               AUDIT_OTHER },
    {"cumulative",          AUDIT_OTHER },
};

static const char *const share_words[] = {"%",          "per cent", "percent", "percentage",
                                          "proportion", "share",    NULL};
static const char *const base_names[] = {"base",
                                         "n",
                                         "(n)",
                                         "n=",
                                         "unweighted base",
                                         "weighted base",
                                         "base (n)",
                                         "base n",
                                         "sample size",
                                         "valid n",
                                         "number of respondents",
                                         "respondents",
                                         "n (base)",
                                         "all respondents (n)",
                                         "base:",
                                         "number in group",
                                         "total respondents",
                                         "number answering",
                                         "base size",
                                         "base (all)",
                                         "(base)",
                                         NULL};
static const char *const total_names[] = {
    "total",        "totals",           "grand total",     "all",         "overall",
    "sum",          "overall total",    "sub-total",       "subtotal",    "sub total",
    "whole sample", "everyone",         "combined",        "pooled",      "both",
    "total sample", "all participants", "all respondents", "all clients", "programme total",
    "column total", "row total",        "both sexes",      NULL};
static const char *const unknown_words[] = {
    "no response",  "not known", "unknown",      "missing", "not stated", "not recorded",
    "non-response", "no answer", "not answered", "no data", NULL};

/** "per" alone would take "per cent"; a share is asked first. */
static enum audit_kind hint_of(const char *folded)
{
    bool share = has_any(folded, share_words);

    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        if (share && hints[i].kind == AUDIT_OTHER && strcmp(hints[i].word, "per") == 0)
            continue;
        if (audit_has_word(folded, hints[i].word)) return hints[i].kind;
    }
    if (strcmp(folded, "year") == 0 || strcmp(folded, "years") == 0) return AUDIT_OTHER;
    if (strcmp(folded, "p") == 0) return AUDIT_P;
    if (share) return AUDIT_SHARE;
    if (audit_has_word(folded, "number") || audit_has_word(folded, "no.") ||
        strcmp(folded, "n") == 0 || audit_has_word(folded, "count") ||
        audit_has_word(folded, "(n)") || audit_has_word(folded, "frequency"))
        return AUDIT_COUNT;
    return AUDIT_NONE;
}

/** Cuts what says only how it was measured: "Manchester (%)" is Manchester. */
static const char *strip_measure(struct rk_arena *arena, const char *folded)
{
    static const char *const measures[] = {
        "(n, %)",   "n (%)",   "(n (%))",      "number (%)", "no. (%)",
        "(%)",      "(n)",     "(no.)",        "(number)",   "percentage",
        "per cent", "percent", "number",       "mean (sd)",  "mean",
        "count",    "no.",     "(sd)",         "sd",         "(95% ci)",
        "%",        "n",       "of responses", "of clients", NULL};
    char *text = rk_arena_copy(arena, folded);
    char *open = strstr(text, "(n=");

    if (!open) open = strstr(text, "(n =");
    if (!open) open = strstr(text, "(base");
    if (open) {
        char *close = strchr(open, ')');
        if (close) memmove(open, close + 1, strlen(close + 1) + 1);
    }
    text = rk_text_trim(text);
    for (bool again = true; again && *text;) {
        again = false;
        for (size_t i = 0; measures[i]; i++) {
            size_t bytes = strlen(measures[i]), all = strlen(text);
            if (all >= bytes && strcmp(text + all - bytes, measures[i]) == 0 &&
                (all == bytes || !is_wordy(text[all - bytes - 1]) ||
                 !is_wordy(measures[i][0]))) {
                text[all - bytes] = '\0';
            } else if (all > bytes && strncmp(text, measures[i], bytes) == 0 &&
                       !is_wordy(text[bytes])) {
                memmove(text, text + bytes, all - bytes + 1);
            } else {
                continue;
            }
            text = rk_text_trim(text);
            while (*text && strchr(" ,:-/", text[strlen(text) - 1]))
                text[strlen(text) - 1] = '\0';
            text += strspn(text, " ,:-/");
            again = true;
            break;
        }
    }
    return text;
}

/** Words up to a bracket. */
static size_t words_after(const char *text)
{
    size_t words = 0;

    while (*text && *text != '(') {
        words += *text != ' ' && (text[1] == ' ' || !text[1] || text[1] == '(');
        text++;
    }
    return words;
}

/** "Total debt" may be one, "Total debt in pounds" is a quantity. */
static bool is_total(const char *name)
{
    for (size_t i = 0; total_names[i]; i++)
        if (strcmp(name, total_names[i]) == 0) return true;
    if ((strncmp(name, "total ", 6) == 0 && words_after(name + 6) <= 2) ||
        strncmp(name, "grand total", 11) == 0 || strncmp(name, "overall (", 9) == 0 ||
        strncmp(name, "subtotal", 8) == 0 || strncmp(name, "total, ", 7) == 0 ||
        strncmp(name, "sub-total", 9) == 0 || strncmp(name, "total:", 6) == 0 ||
        strncmp(name, "all (", 5) == 0)
        return true;
    size_t bytes = strlen(name);
    if (bytes > 6 && (strcmp(name + bytes - 6, " total") == 0 ||
                      strcmp(name + bytes - 6, "-total") == 0))
        return true;
    /* "all areas", but not "all of the time" nor "all other conditions" */
    return strncmp(name, "all ", 4) == 0 && !strchr(name + 4, ' ') && bytes > 5 &&
           (name[bytes - 1] == 's' || strcmp(name, "all people") == 0 ||
            strcmp(name, "all women") == 0);
}

/** "(n=326)", "n = 1,207", "(base: 89)". */
static double base_in(const char *folded)
{
    static const char *const openings[] = {"n=", "n =", "base:", "base =", "base=", NULL};

    for (size_t i = 0; openings[i]; i++) {
        const char *at = strstr(folded, openings[i]);
        struct audit_value value;
        if (!at || (at > folded && is_wordy(at[-1]))) continue;
        at += strlen(openings[i]);
        at += strspn(at, " ");
        if (audit_value_read(at, &value) && value.decimals == 0 && value.value > 0)
            return value.value;
    }
    return NAN;
}

void audit_label_read(struct rk_arena *arena, const char *text, struct audit_label *out)
{
    size_t indent = strspn(text, " ");
    bool dashed = strncmp(text, "- ", 2) == 0 || strncmp(text, "\xE2\x80\x93 ", 4) == 0 ||
                  strncmp(text, "&nbsp;", 6) == 0 || strncmp(text, "\xC2\xA0", 2) == 0;
    const char *folded = audit_fold(arena, text);
    bool base = false;

    *out =
        (struct audit_label){.text = text + indent, .group = "", .base = base_in(folded)};
    out->indent = indent + (dashed ? 2 : 0);
    out->hint = hint_of(folded);
    for (size_t i = 0; base_names[i]; i++)
        base |= strcmp(folded, base_names[i]) == 0;
    out->name = strip_measure(arena, folded);
    if (base || strncmp(folded, "base ", 5) == 0 || strncmp(folded, "base:", 5) == 0 ||
        strncmp(folded, "unweighted base", 15) == 0)
        out->role = AUDIT_BASE_ROW;
    else if (is_total(out->name) || is_total(folded))
        out->role = AUDIT_TOTAL;
    out->of_which = strncmp(folded, "of which", 8) == 0 ||
                    strncmp(folded, "of whom", 7) == 0 ||
                    strncmp(folded, "including", 9) == 0 ||
                    strncmp(folded, "(of which", 9) == 0 || strncmp(folded, "net:", 4) == 0;
    out->unknown = has_any(folded, unknown_words);
}
