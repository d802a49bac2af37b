#!/bin/sh
# SPDX-License-Identifier: MIT
# check_ledger.sh -- the second delivery against the first: subtracting the two releases finds small
# groups of newcomers; masked jointly with the ledger, it finds none. What has gone out is not
# replaced, and only what a run has finished goes out.
. "$(dirname "$0")/support/script.sh"
study=config/working-well

run() {
    "$bin/reckon" run "$study" -q "$@" 2>"$tmp/log" || fail "run $*: $(tail -n 3 "$tmp/log")"
}
later="--data sample-data/working-well-2015-09 --as-at 2015-09-30"

run -o "$tmp/first"
gives 2 "which ledger?" "$bin/reckon" release "$study" -o "$tmp/first"
status 0 "$bin/reckon" release "$study" -o "$tmp/first" --ledger "$tmp/ledger"
grep -q '^2015-03-13,working-well,' "$tmp/ledger/releases.csv" || fail "releases.csv does not list it"
[ "$(stat -c %a "$tmp/ledger/2015-03-13")" = 700 ] || fail "the ledger is not closed to others"
gives 0 "as it stood there already" "$bin/reckon" release "$study" -o "$tmp/first" --ledger "$tmp/ledger"

# Without the ledger the two give newcomers away; with it they do not.
# shellcheck disable=SC2086
run -o "$tmp/apart" $later
status 1 "$bin/reckon" attack "$tmp/ledger/2015-03-13" "$tmp/apart/40-release"
apart=$(sed -n 's/.* \([0-9]*\) recovered$/\1/p' "$tmp/said")
[ "$apart" -ge 20 ] || fail "only $apart counts follow from two releases; is the attack blind?"
cp -r "$tmp/apart" "$tmp/joint"
# shellcheck disable=SC2086
run -o "$tmp/joint" $later --ledger "$tmp/ledger"
gives 0 "2 releases" "$bin/reckon" attack "$tmp/ledger/2015-03-13" "$tmp/joint"
grep -qF "0 recovered" "$tmp/said" || fail "attack does not say 0 recovered"

# What is out is out.
cp "$tmp/first/40-release/bases.csv" "$tmp/bases.csv"
echo "people,changed" >>"$tmp/first/40-release/bases.csv"
gives 1 "not as a run leaves it" "$bin/reckon" release "$study" -o "$tmp/first" --ledger "$tmp/ledger"
sed '2s/,.*/,0000/' "$tmp/ledger/2015-03-13/files.csv" >"$tmp/files"
cp "$tmp/files" "$tmp/ledger/2015-03-13/files.csv"
cp "$tmp/bases.csv" "$tmp/first/40-release/bases.csv"
gives 1 "another release has gone out" "$bin/reckon" release "$study" -o "$tmp/first" --ledger "$tmp/ledger"
mv "$tmp/ledger/2015-03-13" "$tmp/ledger/2015-12-31"
gives 1 "after the cut-off" "$bin/reckon" mask "$study" -o "$tmp/first" --ledger "$tmp/ledger"

masked() {
    grep -c ',c,[0-9]*,[0-9]*$' "$tmp/$1/40-release/cells.csv"
}
echo "two releases: $apart small counts follow from them apart ($(masked apart) cells masked)," \
    "none jointly ($(masked joint))"
