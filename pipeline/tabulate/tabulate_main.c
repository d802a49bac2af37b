// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "pipeline/tabulate/tabulate_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &tabulate_stage);
}
