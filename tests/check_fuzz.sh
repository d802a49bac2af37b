#!/bin/sh
# SPDX-License-Identifier: MIT
# check_fuzz.sh -- the inputs that fuzzing found are read again without a crash, each within 10 seconds.
. "$(dirname "$0")/support/script.sh"
for folder in tests/fuzz/corpus/*; do
    name=$(basename "$folder")
    timeout 60 "$build/replay/$name" "$folder"/* || {
        echo "FAIL: $name breaks on its corpus"
        exit 1
    }
done
