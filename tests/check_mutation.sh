#!/bin/sh
# SPDX-License-Identifier: MIT
# check_mutation.sh -- one mutation of the proof that `make mutation` makes of all.
cd "$(dirname "$0")/.." || exit 4
exec sh tests/mutation/mutation.sh "${RECKON_BUILD:-build}" 1 employability
