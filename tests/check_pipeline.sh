#!/bin/sh
# SPDX-License-Identifier: MIT
# check_pipeline.sh -- the sample from extracts to PDF, as its users run it: twice with the same
# bytes, from another folder, locale and time zone; every published figure reproduced; folders
# with people closed to others; a second run does nothing.
set -eu
cd "$(dirname "$0")/.."
top=$(pwd)
bin=$top/${RECKON_BUILD:-build}/bin
study=$top/config/working-well
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

"$bin/reckon" run "$study" -o "$tmp/a" -q || fail "reckon run gives status $?"
(cd / && LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$bin/reckon" run "$study" -o "$tmp/b" -q) ||
    fail "reckon run from / gives status $?"
diff -r "$tmp/a" "$tmp/b" || fail "two runs differ"

"$bin/reckon" backtest "$study" sample-data/published/targets.csv -o "$tmp/a" >"$tmp/backtest" ||
    fail "backtest: $(grep -E 'UNEXPLAINED|figures:' "$tmp/backtest")"
grep -q '^475 figures: ' "$tmp/backtest" || fail "the back-test has not read 475 figures"
tail -n 1 "$tmp/backtest"

for folder in 10-clean 20-people 30-results 35-masking; do
    [ "$(stat -c %a "$tmp/a/$folder")" = 700 ] || fail "$folder is not closed to others"
done

"$bin/reckon" run "$study" -o "$tmp/a" 2>"$tmp/again" >/dev/null
[ "$(grep -c 'nothing to do' "$tmp/again")" = 7 ] || fail "a second run did something: $(cat "$tmp/again")"

# Each stage alone gives what the run gave.
cp -r "$tmp/a" "$tmp/c"
for stage in clean dedupe tabulate change mask chart report; do
    "$bin/reckon-$stage" "$study" -o "$tmp/c" -q || fail "reckon-$stage gives status $?"
done
diff -r "$tmp/a" "$tmp/c" || fail "the stages one by one give something else"

qpdf --check "$tmp/a/interim-evaluation.pdf" >"$tmp/qpdf" 2>&1 || fail "qpdf: $(cat "$tmp/qpdf")"

# Nobody's reference, name, postcode or birth date leaves the first two folders.
for pattern in 'WW[0-9][0-9][0-9][0-9][0-9]'; do
    pdftotext "$tmp/a/interim-evaluation.pdf" "$tmp/text"
    ! grep -rlE "$pattern" "$tmp/a/30-results" "$tmp/a/40-release" "$tmp/a/50-charts" \
        "$tmp/a/run.json" "$tmp/text" || fail "a reference has left 20-people"
done
