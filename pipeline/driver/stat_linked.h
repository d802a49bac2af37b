// SPDX-License-Identifier: MIT
#ifndef DRIVER_STAT_LINKED_H
#define DRIVER_STAT_LINKED_H

#include "pipeline/driver/stat.h"

/** What an attacker can say of suppressed cells in published margins of a three-way table. */
void stat_linked_audit(struct stat_call *call);

#endif
