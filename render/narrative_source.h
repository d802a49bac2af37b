// SPDX-License-Identifier: MIT
#ifndef RENDER_NARRATIVE_SOURCE_H
#define RENDER_NARRATIVE_SOURCE_H

#include "pipeline/base/rk_yaml.h"
#include "render/document.h"

/**
 * A narrative file before Markdown sees it: the front matter taken off, every `{{ number }}` and
 * `@reference` replaced by a token that Markdown leaves alone, every `:::` line by a comment
 * that comes back as a marker. Line numbers stay what they are in the file.
 */
enum token_kind { TOKEN_NUMBER, TOKEN_REFERENCE };

struct token {
    enum token_kind kind;
    const char *text; /**< between the braces, or the label without @ */
    struct rk_place place;
};

struct attribute {
    const char *key, *value;
};

/** `::: {.kind #label key="value"}` */
struct fence {
    bool opens;
    const char *kind, *label;
    struct attribute *attributes;
    size_t count;
    const char **raw; /**< a figure's own lines: no Markdown */
    size_t raw_count, raw_line;
    struct rk_place place;
};

struct narrative_source {
    struct rk_arena *arena;
    struct rk_diag *diag;
    const char *path;
    struct rk_yaml *front; /**< NULL when there is none */
    const char *text;      /**< for markdown_parse; starts at line 1 */
    struct token *tokens;
    size_t token_count, token_cap;
    struct fence *fences;
    size_t fence_count, fence_cap;
};

enum { TOKEN_OPEN = 0xE000, TOKEN_CLOSE = 0xE001 };

/** Problems are said to diag and counted there; RK_WORLD when the file cannot be read. */
rk_status narrative_source_read(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                                struct narrative_source *out) RK_MUST_CHECK;
/** The same for a piece of text within a block's attributes: returns it with tokens. */
const char *narrative_source_inline(struct narrative_source *source, const char *text,
                                    struct rk_place place);

const char *fence_value(const struct fence *fence, const char *key);

#endif
