// SPDX-License-Identifier: MIT
#ifndef ATTACK_PDF_H
#define ATTACK_PDF_H

#include "pipeline/base/rk_child.h"

/** The words of the pages, lines kept (pdftotext -layout). RK_WORLD when poppler-utils is not
 *  there or cannot read the file. */
rk_status attack_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                          char **out) RK_MUST_CHECK;
/** The same in two steps: it is read while others work. Each is ended or dropped (rk_child.h). */
struct rk_child attack_pdf_start(const char *pdf);
rk_status attack_pdf_end(struct rk_arena *arena, struct rk_diag *diag, struct rk_child *child,
                         const char *pdf, char **out) RK_MUST_CHECK;
/** The alternative texts of the figures, one a line. */
rk_status attack_pdf_alt(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                         char **out) RK_MUST_CHECK;
/** An attached file, as a path that can be read while the program runs (nothing is written to
 *  disk); NULL when none has that name. */
rk_status attack_pdf_attachment(struct rk_arena *arena, struct rk_diag *diag, const char *pdf,
                                const char *name, const char **out) RK_MUST_CHECK;
/** Every attached file into a folder that is there. */
rk_status attack_pdf_save_all(struct rk_diag *diag, const char *pdf, const char *folder)
    RK_MUST_CHECK;

#endif
