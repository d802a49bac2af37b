// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "pipeline/driver/effect_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &effect_stage);
}
