// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_program.h"

int main(int argc, char **argv)
{
    return attack_program(argc, argv);
}
