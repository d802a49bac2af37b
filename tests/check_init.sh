#!/bin/sh
# SPDX-License-Identifier: MIT
# check_init.sh -- a study drafted from extracts alone is in order and makes a first report; nothing is ever written over;
# what is personal goes no further than 10-clean.
set -eu
cd "$(dirname "$0")/.."
bin=${RECKON_BUILD:-$(pwd)/build}/bin
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

# refuses STATUS WORDS ARGUMENTS: reckon init says the words and gives the status.
refuses() {
    status=$1 words=$2 got=0
    shift 2
    "$bin/reckon" init "$@" >"$tmp/said" 2>&1 || got=$?
    [ "$got" -eq "$status" ] || fail "init $* gives $got, not $status: $(cat "$tmp/said")"
    grep -qF -- "$words" "$tmp/said" || fail "init $* does not say \"$words\": $(cat "$tmp/said")"
}

for extracts in sample-data/working-well tests/studies/debt-advice/extracts; do
    study=$tmp/$(echo "$extracts" | cut -d/ -f2,3 | tr / -)
    "$bin/reckon" init "$study" --from "$extracts" >/dev/null 2>"$tmp/said" || fail "$(cat "$tmp/said")"
    "$bin/reckon" check "$study" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"
    "$bin/reckon" run "$study" -o "$study-out" >"$tmp/said" 2>&1 || fail "$(tail -3 "$tmp/said")"
    pdftotext -layout "$study-out/report.pdf" "$tmp/text" || fail "no report of $extracts"
    grep -q "What changed" "$tmp/text" || fail "the report of $extracts tells no change"
    ! head -1 "$study-out/20-people/people.csv" | grep -qE 'born|surname|postcode|notes' ||
        fail "personal columns in 20-people"
done

# A folder that holds a study stays as it is.
before=$(cat "$study/study.yaml" "$study/codes/"* | cksum)
refuses 2 "never writes over" "$study" --from tests/studies/debt-advice/extracts
[ "$before" = "$(cat "$study/study.yaml" "$study/codes/"* | cksum)" ] || fail "init wrote over a study"

mkdir "$tmp/empty" "$tmp/odd"
printf 'just words\n\nmore words\n' >"$tmp/odd/notes.md"
awk 'BEGIN {print "Ref,When,Kind"
    for (i = 0; i < 96; i++) printf "A%03d,%02d/%02d/2024,%s\n", i, 1 + i % 4, 5 + i % 4, i % 3 ? "walk" : "talk"}' >"$tmp/empty.csv"
refuses 2 "Add --from" "$tmp/new"
refuses 2 "needs a folder for the new study" --from "$tmp/empty"
refuses 4 "there is no folder of extracts" "$tmp/new" --from "$tmp/nowhere"
refuses 4 "there is no extract here" "$tmp/new" --from "$tmp/empty"
refuses 4 "there is no extract here" "$tmp/new" --from "$tmp/odd"
refuses 2 "is a file" "$tmp/empty.csv" --from "$tmp/empty"
[ ! -e "$tmp/new" ] || fail "a refused init left a folder behind"

# Dates that prove nothing are said, and the draft can be run all the same.
cp "$tmp/empty.csv" "$tmp/empty/visits.csv"
"$bin/reckon" init "$tmp/new" --from "$tmp/empty" >/dev/null 2>&1 || fail "one small file makes no study"
grep -q "no date proves whether the day or the month comes first" "$tmp/new/study.yaml" ||
    fail "an open order of day and month is not said"
"$bin/reckon" run "$tmp/new" -o "$tmp/new-out" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"

if [ -x "$bin/../tests/test_draft_score" ]; then
    "$bin/../tests/test_draft_score" | grep "^drafted"
fi
