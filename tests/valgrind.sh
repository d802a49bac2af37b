#!/bin/sh
# SPDX-License-Identifier: MIT
# valgrind.sh BUILD -- both studies from extracts to PDF under memcheck: no error, no definite leak.
# (valgrind computes long double as double, so the last digits of cells may differ: only memory counts.)
set -eu
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "make valgrind needs valgrind"; exit 4; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for study in tests/studies/debt-advice config/working-well; do
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite "$1/bin/reckon" run "$study" -o "$tmp/out" -q \
        >"$tmp/said" 2>&1 || { grep '^==' "$tmp/said"; tail -n 3 "$tmp/said"; exit 1; }
    rm -rf "$tmp/out"
    echo "$study: no memory error, no definite leak"
done
