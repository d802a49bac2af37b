#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD SECONDS -- each fuzz target of BUILD for so long, from its corpus; status 1 if one breaks.
set -u
build=$1 seconds=$2
here=$(dirname "$0")
failed=0
for target in "$build"/fuzz/*; do
    name=$(basename "$target")
    mkdir -p "$build/found/$name"
    if "$target" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=1024 -seed=1 \
        -artifact_prefix="$build/found/$name." "$build/found/$name" "$here/corpus/$name" \
        >"$build/found/$name.log" 2>&1; then
        echo "$name: $(grep -o 'Done [0-9]* runs' "$build/found/$name.log"), nothing broke"
    else
        failed=1
        echo "$name BROKE:"
        grep -E 'ERROR|SUMMARY|Test unit|runtime error' "$build/found/$name.log" | head -n 5
    fi
done
exit $failed
