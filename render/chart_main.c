// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "render/chart_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &chart_stage);
}
