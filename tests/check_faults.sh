#!/bin/sh
# SPDX-License-Identifier: MIT
# check_faults.sh -- one fault of each kind; `make deep` tries more (tests/faults/run.sh).
cd "$(dirname "$0")/.." || exit 4
exec sh tests/faults/run.sh "${RECKON_BUILD:-$(pwd)/build}" 1
