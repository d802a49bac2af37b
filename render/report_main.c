// SPDX-License-Identifier: MIT
#include "pipeline/contract/manifest.h"
#include "render/report_stage.h"

int main(int argc, char **argv)
{
    return manifest_main(argc, argv, &report_stage);
}
