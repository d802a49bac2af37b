// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_stage.h"
#include "pipeline/contract/manifest.h"

#include <string.h>

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--dump") == 0) return clean_dump(argc - 2, argv + 2);
    return manifest_main(argc, argv, &clean_stage);
}
