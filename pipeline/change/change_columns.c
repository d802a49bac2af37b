// SPDX-License-Identifier: MIT
#include "pipeline/change/change_kind.h"

#include "pipeline/tabulate/tabulate_words.h"

/* %1$s and %2$s are the two points. */
static const struct {
    const char *name, *label;
} columns[] = {
    [COLUMN_INITIAL] = {"initial",            "%1$s"                        },
    [COLUMN_LATEST] = {"latest",             "%2$s"                        },
    [COLUMN_CHANGE] = {"change",             "Change"                      },
    [COLUMN_GAINED] = {"gained",             "Gained"                      },
    [COLUMN_LOST] = {"lost",               "Lost"                        },
    [COLUMN_STAYED_YES] = {"stayed_yes",         "Both times"                  },
    [COLUMN_STAYED_NO] = {"stayed_no",          "Neither time"                },
    [COLUMN_LINKED_INITIAL] = {"linked_initial",     "%1$s, blanks counted"        },
    [COLUMN_LINKED_LATEST] = {"linked_latest",      "%2$s, blanks counted"        },
    [COLUMN_LINKED_CHANGE] = {"linked_change",      "Change, blanks counted"      },
    [COLUMN_EACH_INITIAL] = {"each_initial",       "%1$s, who answered then"     },
    [COLUMN_EACH_LATEST] = {"each_latest",        "%2$s, who answered then"     },
    [COLUMN_EACH_CHANGE] = {"each_change",        "Change, who answered at each"},
    [COLUMN_EFFECT] = {"effect",             "Effect size"                 },
    [COLUMN_IMPROVED] = {"improved",           "Improved"                    },
    [COLUMN_SAME] = {"same",               "The same"                    },
    [COLUMN_WORSE] = {"worse",              "Worse"                       },
    [COLUMN_NET] = {"net",                "Improved less worse"         },
    [COLUMN_RELIABLY_IMPROVED] = {"reliably_improved",  "Reliably improved"           },
    [COLUMN_NO_RELIABLE_CHANGE] = {"no_reliable_change", "No reliable change"          },
    [COLUMN_RELIABLY_WORSE] = {"reliably_worse",     "Reliably worse"              },
    [COLUMN_BOUNDS_LINKED] = {"bounds_linked",      "Bounds, blanks either way"   },
    [COLUMN_BOUNDS_ALL] = {"bounds_all",         "Bounds, anybody either way"  },
};

static const char *label_of(const struct change *change, enum change_column column)
{
    struct rk_arena *arena = change->question.desk->scratch;
    const char *label = columns[column].label, *point = change->to.label;

    if (label[0] != '%') return label;
    if (label[1] == '1') point = change->from.label;
    return rk_arena_printf(arena, "%s%s", point, label + 4);
}

void change_column_place(const struct change *change, enum change_column column,
                         struct tab_place *place)
{
    place->column = columns[column].name;
    place->column_label = label_of(change, column);
    place->column_order = (long)column;
}
