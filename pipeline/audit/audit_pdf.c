// SPDX-License-Identifier: MIT
#include "pipeline/audit/audit_doc_priv.h"
#include "pipeline/base/rk_child.h"
#include "pipeline/base/rk_text.h"

#include <unistd.h>

rk_status audit_pdf_text(struct rk_arena *arena, struct rk_diag *diag, const char *path,
                         char **text)
{
    /* A path that cannot be taken for an option. */
    const char *file = path[0] == '-' ? rk_arena_printf(arena, "./%s", path) : path;
    const char *const argv[] = {"pdftotext", "-layout", "-q",  "-enc",
                                "UTF-8",     file,      "-", NULL};

    if (access(path, R_OK) != 0) return rk_file_fail(diag, path, "read");
    return rk_child_text(arena, diag, argv, path, text);
}
