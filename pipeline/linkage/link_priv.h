// SPDX-License-Identifier: MIT
#ifndef LINK_PRIV_H
#define LINK_PRIV_H

/** Threads that compare pairs. Results are the same with one. */
enum { LINK_WORKERS = 2 };

#endif
