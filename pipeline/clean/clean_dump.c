// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_stage.h"

int clean_dump(int argc, char **argv)
{
    (void)argc, (void)argv;
    return RK_USAGE;
}
