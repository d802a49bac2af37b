// SPDX-License-Identifier: MIT
#ifndef ATTACK_PROGRAM_H
#define ATTACK_PROGRAM_H

/** reckon-attack and `reckon attack`: arguments from the name on; returns the exit status. */
int attack_program(int argc, char **argv);

#endif
