// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "pipeline/dedupe/dedupe_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &dedupe_stage);
}
