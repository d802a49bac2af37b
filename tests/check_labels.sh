#!/bin/sh
# SPDX-License-Identifier: MIT
# check_labels.sh -- labels that try to be code, and what a run touches.
cd "$(dirname "$0")/.." || exit 4
build=${RECKON_BUILD:-$(pwd)/build}
sh tests/faults/labels.sh "$build" 1 && exec sh tests/faults/touches.sh "$build" 1
