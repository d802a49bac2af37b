#!/bin/sh
# SPDX-License-Identifier: MIT
# check_quality.sh -- the data-quality report counts what is there, tells what changed, and holds nothing personal.
. "$(dirname "$0")/support/script.sh"

# made STUDY OUT [OPTIONS]: clean, dedupe and the report of them.
made() {
    study=$1 out=$2
    shift 2
    for stage in clean dedupe; do
        "$bin/reckon" "$stage" "$study" -q -o "$out" "$@" >"$tmp/said" 2>&1 || fail "$stage: $(cat "$tmp/said")"
    done
}

faults=tests/studies/seeded-faults
made "$faults" "$tmp/one"
gives 0 "things to put right" "$bin/reckon" quality "$faults" -o "$tmp/one"
q=$tmp/one/25-quality
[ "$(stat -c %a "$q")$(stat -c %a "$q/quality.pdf")" = 700600 ] || fail "others can read 25-quality"

# Counted by awk: answers in a column, and by area of the row.
answered=$(awk -F, 'NR > 1 {n += $6 == "north"; a += $6 == "north" && $5 != ""} END {print n "," a}' "$faults/extracts/people.csv")
grep -q "^people,born,Born,north,$answered," "$q/completeness.csv" ||
    fail "born in the north is not $answered: $(grep '^people,born' "$q/completeness.csv")"
jobs=$(awk -F, 'NR > 1 {n++; a += $4 != ""} END {print n "," a}' "$faults/extracts/jobs.csv")
grep -q "^jobs,ended,Ended,all,$jobs," "$q/completeness.csv" || fail "ended is not $jobs"
# Every seeded fault but those that are notes is on the list, by its row.
for rule in $(cut -d, -f10 "$faults/extracts/reviews.csv" | tr ' ' '\n' | grep _ | sort -u); do
    case $rule in on_start | long_after_start | entered_late | day_twice) continue ;; esac
    cut -d, -f7 "$q/fixes.csv" | grep -qx "$rule" || fail "$rule is not on the list"
done
! cut -d, -f7 "$q/fixes.csv" | grep -qx on_start || fail "a note is on the list of what to put right"

# With pseudonyms from dedupe on, rows still find their persons and sites.
cp -r "$faults" "$tmp/keyed"
"$bin/reckon" key "$tmp/secret" >"$tmp/said" 2>&1 || fail "reckon key: $(cat "$tmp/said")"
echo "pseudonyms: ../secret" >>"$tmp/keyed/study.yaml"
made "$tmp/keyed" "$tmp/two"
gives 0 "things to put right" "$bin/reckon" quality "$tmp/keyed" -o "$tmp/two"
cut -d, -f1,3-7 "$q/fixes.csv" | LC_ALL=C sort >"$tmp/plain"
cut -d, -f1,3-7 "$tmp/two/25-quality/fixes.csv" | LC_ALL=C sort | diff "$tmp/plain" - || fail "pseudonyms lose sites"
[ "$(grep -c ',P0' "$q/fixes.csv")" -eq "$(grep -c ',P0' "$tmp/two/25-quality/fixes.csv")" ] || fail "pseudonyms lose persons"

# The sample: nothing of a person in any file, and the same bytes again.
ww=config/working-well
made "$ww" "$tmp/out"
gives 0 "things to put right" "$bin/reckon" quality "$ww" -o "$tmp/out"
q=$tmp/out/25-quality
pdftotext -layout "$q/quality.pdf" "$tmp/text"
cat "$q"/*.csv "$q"/*.draw "$q"/*.json "$tmp/text" >"$tmp/all"
awk -F, '$1 ~ /^WW/ {print $1 "\n" $3 "\n" $6}' sample-data/working-well/initial_assessments.csv |
    LC_ALL=C grep -aE '^(WW|TEST)|[A-Za-z]{6,}|[0-9] [0-9][A-Z]{2}$' | sort -u >"$tmp/personal"
[ "$(wc -l <"$tmp/personal")" -gt 1000 ] || fail "too few personal texts to look for"
! grep -qwFf "$tmp/personal" "$tmp/all" || fail "personal: $(grep -owFf "$tmp/personal" "$tmp/all" | head -3)"
! grep -qE 'WW-?[0-9]{5}' "$tmp/all" || fail "a reference is in the report"
for words in "In short" "The least complete columns" "Manchester:" "INTERNAL" "Enrolment to initial assessment"; do
    grep -qF "$words" "$tmp/text" || fail "the report has no \"$words\""
done
if command -v qpdf >/dev/null; then qpdf --check "$q/quality.pdf" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"; fi
# Records that are one and disagree: counted by column, and the columns are named where one of them has to go.
awk -F, 'NR > 1 && $5 != "" {n[$1 "," $5 "," $2 "," $8]++} END {for (k in n) print k "," n[k]}' "$tmp/out/20-people/duplicates.csv" |
    LC_ALL=C sort >"$tmp/counted"
tail -n +2 "$q/conflicts.csv" | LC_ALL=C sort | diff "$tmp/counted" - || fail "conflicts are not those of duplicates.csv"
[ -s "$tmp/counted" ] || fail "the sample has no conflict"
grep -q "The same record as .*; they differ in " "$q/fixes.csv" || fail "the list does not say in what two records differ"

cp -r "$q" "$tmp/first"
gives 0 "things to put right" "$bin/reckon" quality "$ww" -o "$tmp/out"
diff -r "$tmp/first" "$q" >/dev/null || fail "another run gives other bytes"

# The second delivery against the first.
made "$ww" "$tmp/later" --data sample-data/working-well-2015-09 --as-at 2015-09-30
gives 0 "things to put right" "$bin/reckon" quality "$ww" --data sample-data/working-well-2015-09 --as-at 2015-09-30 -o "$tmp/later" \
    --former "$tmp/out"
read=$(awk -F, '$1 == "assessments" && $2 == "read" {print $5}' "$tmp/later/10-clean/flow.csv")
grep -q "^rows,assessments,read,,888,$read,$((read - 888))$" "$tmp/later/25-quality/changes.csv" ||
    fail "$(grep '^rows,assessments' "$tmp/later/25-quality/changes.csv")"
pdftotext -layout "$tmp/later/25-quality/quality.pdf" - | grep -q "Change since the last extract" || fail "no change is told"

gives 4 "--former is the OUT of an earlier run" "$bin/reckon" quality "$ww" -o "$tmp/out" --former "$tmp/one/10-clean"
gives 4 "run reckon clean and reckon dedupe first" "$bin/reckon" quality "$ww" -o "$tmp/nothing"
gives 2 "Add -o OUT" "$bin/reckon" quality "$ww"
diff -r "$tmp/first" "$q" >/dev/null || fail "a failed run touched the report"
cp -r "$faults" "$tmp/wrong"
echo 'quality: {by: born, timing: [{source: reviews, from: people.start, to: number}, {source: visits, from: day, to: day}], sites: yes}' \
    >>"$tmp/wrong/study.yaml"
gives 3 "expected a code column of people" "$bin/reckon" quality "$tmp/wrong" -o "$tmp/one"
for words in '"number" is no date' '"visits" is no source' 'unknown key "sites"'; do
    grep -qF "$words" "$tmp/said" || fail "no \"$words\": $(cat "$tmp/said")"
done
echo "$(wc -l <"$q/fixes.csv") lines to put right, $(pdfinfo "$q/quality.pdf" | awk '/^Pages/ {print $2}') pages"
