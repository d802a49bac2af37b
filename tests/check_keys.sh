#!/bin/sh
# SPDX-License-Identifier: MIT
# check_keys.sh -- a sample of what tests/faults/keys.sh tries: keys misspelt, doubled, missing, hostile.
cd "$(dirname "$0")/.." || exit 4
exec sh tests/faults/keys.sh "${RECKON_BUILD:-$(pwd)/build}" 101
