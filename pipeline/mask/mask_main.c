// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "pipeline/mask/mask_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &mask_stage);
}
