#!/bin/sh
# SPDX-License-Identifier: MIT
# check_pipeline.sh -- the sample from extracts to PDF, as its users run it: twice with the same
# bytes, from another folder, locale and time zone; every published figure reproduced; folders
# with people closed to others; a second run does nothing.
. "$(dirname "$0")/support/script.sh"
study=$top/config/working-well

"$bin/reckon" run "$study" -o "$tmp/a" -q || fail "reckon run gives status $?"
(cd / && LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo "$bin/reckon" run "$study" -o "$tmp/b" -q) ||
    fail "reckon run from / gives status $?"
diff -r "$tmp/a" "$tmp/b" || fail "two runs differ"
for pdf in "$tmp/a"/*.pdf; do
    gives 0 " 0 findings" "$bin/reckon" audit "$pdf"
done

"$bin/reckon" backtest "$study" sample-data/published/targets.csv -o "$tmp/a" >"$tmp/backtest" ||
    fail "backtest: $(grep -E 'UNEXPLAINED|figures:' "$tmp/backtest")"
grep -q '^475 figures: ' "$tmp/backtest" || fail "the back-test has not read 475 figures"
tail -n 1 "$tmp/backtest"

for folder in 10-clean 20-people 30-results 35-masking 60-attack; do
    [ "$(stat -c %a "$tmp/a/$folder")" = 700 ] || fail "$folder is not closed to others"
done

"$bin/reckon" run "$study" -o "$tmp/a" 2>"$tmp/again" >/dev/null
[ "$(grep -c 'nothing to do' "$tmp/again")" = 9 ] || fail "a second run did something: $(cat "$tmp/again")"

# Each stage alone gives what the run gave.
cp -r "$tmp/a" "$tmp/c"
for stage in clean dedupe tabulate change effect mask chart report; do
    "$bin/reckon-$stage" "$study" -o "$tmp/c" -q || fail "reckon-$stage gives status $?"
done
diff -r "$tmp/a" "$tmp/c" || fail "the stages one by one give something else"

# The three reports, each as long as it is meant to be.
for report in "interim-evaluation 30 45" "committee-report 9 13" "brief 4 4"; do
    set -- $report
    qpdf --check "$tmp/a/$1.pdf" >"$tmp/qpdf" 2>&1 || fail "qpdf: $1: $(cat "$tmp/qpdf")"
    [ ! -x "$build/tests/test_tags" ] || "$build/tests/test_tags" "$tmp/a/$1.pdf" >"$tmp/tags" ||
        fail "tags: $(head -n 20 "$tmp/tags")"
    pages=$(qpdf --show-npages "$tmp/a/$1.pdf")
    [ "$pages" -ge "$2" ] && [ "$pages" -le "$3" ] || fail "$1 has $pages pages, not $2 to $3"
    pdftotext "$tmp/a/$1.pdf" "$tmp/$1.txt"
    ! grep -nF '{{' "$tmp/$1.txt" || fail "$1 prints a number's name for the number"
done

# Nobody's reference, name, postcode or birth date leaves the first two folders.
for pattern in 'WW[0-9][0-9][0-9][0-9][0-9]'; do
    ! grep -rlE "$pattern" "$tmp/a/30-results" "$tmp/a/40-release" "$tmp/a/50-charts" \
        "$tmp/a/run.json" "$tmp"/*.txt || fail "a reference has left 20-people"
done
