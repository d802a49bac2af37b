// SPDX-License-Identifier: MIT
#ifndef CONTRACT_MANIFEST_PRIV_H
#define CONTRACT_MANIFEST_PRIV_H

#include "pipeline/contract/folder.h"
#include "pipeline/contract/manifest.h"
#include "pipeline/contract/study.h"

/* manifest_key.c: hashes of what stages read and write. Folders and names are of OUT. */

/** Of everything that the stage reads, and of the options that change what it writes. */
rk_status manifest_key(struct rk_run *run, const struct manifest_stage *stage,
                       char key[65]) RK_MUST_CHECK;
/** Of what the stage wrote; "" when it is not there. */
rk_status manifest_output(struct rk_run *run, const struct manifest_stage *stage,
                          char hash[65]) RK_MUST_CHECK;
rk_status manifest_folder_hash(struct rk_run *run, const char *folder, char hash[65]) RK_MUST_CHECK;
rk_status manifest_reports_hash(struct rk_run *run, const char *const *names, size_t count,
                                char hash[65]) RK_MUST_CHECK;
rk_status manifest_study_hash(struct rk_run *run, const struct study *study,
                              char hash[65]) RK_MUST_CHECK;
/** Of one file; a column file knows that of the CSV beside it. */
rk_status manifest_hash(struct rk_run *run, const char *folder, const char *name,
                        char hex[65]) RK_MUST_CHECK;

/** The extracts of a source, and the rows of extracts that a person has mended. */
rk_status manifest_extracts(struct rk_run *run, const struct study *study,
                            const struct study_source *source,
                            struct folder_list *out) RK_MUST_CHECK;
rk_status manifest_mended(struct rk_run *run, const struct study *study, const char **folder,
                          struct folder_list *out) RK_MUST_CHECK;

#endif
