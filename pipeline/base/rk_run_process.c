// SPDX-License-Identifier: MIT
#include "pipeline/base/rk_run_priv.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* With a closed stdin the next file opened would be descriptor 0, and a message written to
 * 2 could land in a result. */
static void open_standard_files(void)
{
    for (int file = 0; file <= 2; file++) {
        if (fcntl(file, F_GETFD) >= 0) continue;
        if (open("/dev/null", file == 0 ? O_RDONLY : O_WRONLY) != file)
            _exit(RK_WORLD); /* there is nowhere to say so */
    }
}

void run_tidy_process(void)
{
    sigset_t none;

    open_standard_files();
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGCHLD, SIG_DFL); /* an inherited SIG_IGN makes waitpid find no child */
    signal(SIGPIPE,
           SIG_IGN); /* a write error, which is reported, instead of a sudden end */
    signal(SIGXFSZ, SIG_IGN);
}
