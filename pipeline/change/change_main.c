// SPDX-License-Identifier: MIT
#include "pipeline/change/change_stage.h"
#include "pipeline/contract/manifest.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &change_stage);
}
