#!/bin/sh
# SPDX-License-Identifier: MIT
# report.sh BUILD ROOM... -- lines and branches reached by the tests, by room, from gcov's counts.
set -eu
build=$1
shift
printf '%-20s %7s %8s\n' room lines branches
for room in "$@"; do
    find "$build/obj/$room" -maxdepth 1 -name '*.gcda' -exec gcov -n -b {} + 2>/dev/null |
        awk -v room="$room" '
            /^File/ {own = index($0, "'\''" room "/") > 0 && /\.c'\''/}
            own && /^Lines executed/ {split($0, a, /[:% ]+/); lines += a[5]; hit += a[3] * a[5] / 100}
            own && /^Taken at least once/ {split($0, a, /[:% ]+/); all += a[7]; taken += a[5] * a[7] / 100}
            END {printf "%-20s %6.1f%% %7.1f%%\n", room, lines ? 100 * hit / lines : 0, all ? 100 * taken / all : 0}'
done
