// SPDX-License-Identifier: MIT
#ifndef RK_STATUS_H
#define RK_STATUS_H

/**
 * Outcome of a call that can fail; also the exit status of every program.
 * Whoever returns something other than RK_OK has already told rk_diag why, once, where it
 * happened.
 */
typedef enum {
    RK_OK = 0,
    RK_CHECK =
        1, /**< a limit, lint or check failed: the data or the claims, not the call */
    RK_USAGE = 2, /**< the command line is wrong */
    RK_STUDY = 3, /**< the study, a code list or a narrative is wrong */
    RK_WORLD = 4, /**< the world said no: disk, memory, a missing file, gnuplot, fonts */
    RK_INTERRUPTED = 130, /**< Ctrl-C */
} rk_status;

#define RK_MUST_CHECK        __attribute__((warn_unused_result))
#define RK_PRINTF(at, first) __attribute__((format(printf, at, first)))

/** Returns from the calling function with the status of `call` unless it is RK_OK. */
#define RK_TRY(call)                                      \
    do {                                                  \
        rk_status rk_try_status = (call);                 \
        if (rk_try_status != RK_OK) return rk_try_status; \
    } while (0)

#endif
