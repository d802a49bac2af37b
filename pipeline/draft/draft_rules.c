// SPDX-License-Identifier: MIT
#include "pipeline/draft/draft_priv.h"

void draft_put_rules(struct draft *draft, struct draft_out *out,
                     const struct draft_source *source)
{
    (void)draft;
    (void)out;
    (void)source;
}
