#!/bin/sh
# SPDX-License-Identifier: MIT
# count.sh [--accept]: instructions that each stage takes on the sample (callgrind), beside those of
# tests/bench/instructions.csv. No noise of the machine is in them (nor are gnuplot and
# pdftotext): 3% more is a finding, and
# exit status 1. With --accept the file is written anew: say in the commit why.
set -eu
cd "$(dirname "$0")/../.."
bin=${BIN:-build/bin}
export RECKON_SHARE="${RECKON_SHARE:-$PWD/config}"
known=tests/bench/instructions.csv
compiler=$(gcc -dumpfullversion)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
command -v valgrind >/dev/null || { echo "count: valgrind is not here (apt-get install valgrind)"; exit 4; }

accept=${1:-}
echo "stage,instructions,compiler" >"$tmp/now.csv"
for stage in clean dedupe tabulate change effect mask chart report attack; do
    set -- config/working-well -o "$tmp/out" -j 1
    [ $stage != attack ] || set -- "$tmp/out"
    valgrind --tool=callgrind --callgrind-out-file="$tmp/$stage.out" "$bin/reckon-$stage" "$@" -q \
        >"$tmp/printed" 2>"$tmp/said" || { tail -n 3 "$tmp/said"; exit 1; }
    count=$(sed -n 's/^summary: //p; s/^totals: //p' "$tmp/$stage.out" | head -n 1)
    echo "$stage,$count,gcc $compiler" >>"$tmp/now.csv"
done
if [ "$accept" = --accept ]; then
    cp "$tmp/now.csv" $known
    cat $known
    exit 0
fi
awk -F, 'NR == FNR {known[$1] = $2; with[$1] = $3; next}
    $1 == "stage" {next}
    {
        change = 100 * ($2 / known[$1] - 1)
        printf "%-9s %12.1f million instructions, %+.1f%%", $1, $2 / 1e6, change
        if (with[$1] != $3) {print " (known of " with[$1] "; not judged)"; next}
        print (change > 3 ? "  MORE" : "")
        if (change > 3) worse = 1
    }
    END {exit worse}' $known "$tmp/now.csv"
