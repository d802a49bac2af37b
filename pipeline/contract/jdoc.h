// SPDX-License-Identifier: MIT
#ifndef CONTRACT_JDOC_H
#define CONTRACT_JDOC_H

#include "pipeline/base/rk_arena.h"
#include "pipeline/base/rk_diag.h"

#include <stdbool.h>

/**
 * JSON documents, for manifests and data packages; the one door to jansson. A node belongs to the
 * object or list it was put into and goes with the document; keys keep their order. Running out
 * of memory ends the program as rk_arena does.
 */
struct jnode;

/** A document: an empty object. Freed by jdoc_free. */
struct jnode *jdoc_new(void);
void jdoc_free(struct jnode *root);

/* Adding to an object under `key`, or (key NULL) to the end of a list. */
void jdoc_text(struct jnode *into, const char *key, const char *value);
void jdoc_long(struct jnode *into, const char *key, long value);
void jdoc_bool(struct jnode *into, const char *key, bool value);
struct jnode *jdoc_object(struct jnode *into, const char *key);
struct jnode *jdoc_list(struct jnode *into, const char *key);
void jdoc_remove(struct jnode *object, const char *key);

/* Asking; NULL, `otherwise` or 0 when there is no such thing, also of a NULL node. */
const struct jnode *jdoc_get(const struct jnode *object, const char *key);
const char *jdoc_get_text(const struct jnode *object, const char *key, const char *otherwise);
long jdoc_get_long(const struct jnode *object, const char *key, long otherwise);
size_t jdoc_count(const struct jnode *list);
const struct jnode *jdoc_item(const struct jnode *list, size_t at);

/** The document as text, two blanks of indent, a final \n; in the arena. */
char *jdoc_print(struct rk_arena *arena, const struct jnode *root);
/** RK_WORLD with a message naming the line when the text is no JSON object. */
rk_status jdoc_parse(struct rk_diag *diag, const char *path, const char *text, size_t bytes,
                     struct jnode **out) RK_MUST_CHECK;

#endif
