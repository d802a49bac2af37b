// SPDX-License-Identifier: MIT
#ifndef RENDER_FLOW_EMIT_H
#define RENDER_FLOW_EMIT_H

#include "render/flow_priv.h"

/* flow_cover.c */
void flow_draw_cover(struct emitting *emitting);
void flow_draw_back(struct emitting *emitting);

/** Text cut at a word and ended with an ellipsis if it is wider than `width`. */
const char *flow_shorten(struct flow *flow, struct font *font, double size,
                         const char *text, double width);

#endif
