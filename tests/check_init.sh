#!/bin/sh
# SPDX-License-Identifier: MIT
# check_init.sh -- a study drafted from extracts alone is in order and makes a first report; nothing is ever written over;
# what is personal goes no further than 10-clean.
. "$(dirname "$0")/support/script.sh"

for extracts in sample-data/working-well tests/studies/debt-advice/extracts tests/studies/night-shelter/extracts; do
    study=$tmp/$(echo "$extracts" | cut -d/ -f2,3 | tr / -)
    "$bin/reckon" init "$study" --from "$extracts" >/dev/null 2>"$tmp/said" || fail "$(cat "$tmp/said")"
    "$bin/reckon" check "$study" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"
    "$bin/reckon" run "$study" -o "$study-out" >"$tmp/said" 2>&1 || fail "$(tail -3 "$tmp/said")"
    pdftotext -layout "$study-out/report.pdf" "$tmp/text" || fail "no report of $extracts"
    grep -q "What changed" "$tmp/text" || fail "the report of $extracts tells no change"
    ! head -1 "$study-out/20-people/people.csv" | grep -qE 'born|surname|postcode|notes' ||
        fail "personal columns in 20-people"
done

# Names, dates of birth and postcodes make a draft of who is who, to be checked; what it joins is found.
grep -q 'fields: {forename: given, surname: surname, born: date, sex: exact, postcode: postcode}  # CHECK' "$study/study.yaml" ||
    fail "no dedupe is drafted"
grep -q "^    wrong: 0.02  # CHECK" "$study/study.yaml" || fail "its thresholds are not marked to check"
grep -q "## Who is the same person" "$study/README.md" || fail "README.md does not say what to check of it"
grep -q "guests,duplicates,,rows taken into another,3" "$study-out/20-people/flow.csv" || fail "nobody is joined"
! grep -q "^dedupe:" "$tmp/studies-debt-advice/study.yaml" || fail "a date of birth alone makes a dedupe"

# A folder that holds a study stays as it is.
before=$(cat "$study/study.yaml" "$study/codes/"* | cksum)
gives 2 "never writes over" "$bin/reckon" init "$study" --from tests/studies/debt-advice/extracts
[ "$before" = "$(cat "$study/study.yaml" "$study/codes/"* | cksum)" ] || fail "init wrote over a study"

mkdir "$tmp/empty" "$tmp/odd"
printf 'just words\n\nmore words\n' >"$tmp/odd/notes.md"
awk 'BEGIN {print "Ref,When,Kind"
    for (i = 0; i < 96; i++) printf "A%03d,%02d/%02d/2024,%s\n", i, 1 + i % 4, 5 + i % 4, i % 3 ? "walk" : "talk"}' >"$tmp/empty.csv"
gives 2 "Add --from" "$bin/reckon" init "$tmp/new"
gives 2 "needs a folder for the new study" "$bin/reckon" init --from "$tmp/empty"
gives 4 "there is no folder of extracts" "$bin/reckon" init "$tmp/new" --from "$tmp/nowhere"
gives 4 "there is no extract here" "$bin/reckon" init "$tmp/new" --from "$tmp/empty"
gives 4 "there is no extract here" "$bin/reckon" init "$tmp/new" --from "$tmp/odd"
gives 2 "is a file" "$bin/reckon" init "$tmp/empty.csv" --from "$tmp/empty"
[ ! -e "$tmp/new" ] || fail "a refused init left a folder behind"

# Dates that prove nothing are said, and the draft can be run all the same.
cp "$tmp/empty.csv" "$tmp/empty/visits.csv"
"$bin/reckon" init "$tmp/new" --from "$tmp/empty" >/dev/null 2>&1 || fail "one small file makes no study"
grep -q "no date proves whether the day or the month comes first" "$tmp/new/study.yaml" ||
    fail "an open order of day and month is not said"
"$bin/reckon" run "$tmp/new" -o "$tmp/new-out" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"

# Odd folders: files of other kinds, names that begin alike, headings that are words of the language, references of no shape,
# dates of birth that cannot be read and numbers that people are known by.
odd=$tmp/odd
printf 'PK\003\004 not a table' >"$odd/book.csv"
awk 'BEGIN {print "rec_id,Name of client,Date of birth,NI number,All,Missing,Mood"
    for (i = 0; i < 90; i++) printf "r-%d-%s,N%d,b%d0101,QQ%06dA,%s,%s,%s\n", i, substr("abcdefghij", 1 + i % 9, 2), i,
        1900 + i, i, i % 2 ? "a" : "b", i % 3 ? "c" : "d", i % 2 ? "good" : "bad"}' >"$odd/case_2024.csv"
awk 'BEGIN {print "ref;When;Kind;Remarks"
    for (i = 0; i < 90; i++) printf "R%03d;2024-01-%02d;%s;saw N%d\n", i, 1 + i % 28, i % 2 ? "in" : "out", i}' >"$odd/case_notes.csv"
"$bin/reckon" init "$tmp/odder" --from "$odd" >"$tmp/said" 2>&1 || fail "odd files: $(cat "$tmp/said")"
grep -q "book.csv.*is left out" "$tmp/said" || fail "a file that is no table is not told: $(cat "$tmp/said")"
"$bin/reckon" check "$tmp/odder" >"$tmp/said" 2>&1 || fail "odd files: $(cat "$tmp/said")"
"$bin/reckon" run "$tmp/odder" -o "$tmp/odd-out" >"$tmp/said" 2>&1 || fail "odd files: $(tail -3 "$tmp/said")"
for column in 'born: {from: Date of birth, type: text, private: yes' '# remarks: {from: Remarks' '# ni: {from: NI number\|# ni_number: {from: NI number'; do
    grep -q "$column" "$tmp/odder/study.yaml" || fail "no $column in $(cat "$tmp/odder/study.yaml")"
done
! grep -q 'saw N1\|QQ000001A\|19450101' "$tmp/odd-out"/20-people/*.csv || fail "something personal in 20-people"

# Nothing that names a person: init drafts what it can, and check says what to fill in.
mkdir "$tmp/bare"
awk 'BEGIN {print "Mood,Weather"; for (i = 0; i < 60; i++) print (i % 2 ? "good" : "bad") "," (i % 3 ? "sun" : "rain")}' >"$tmp/bare/survey.csv"
"$bin/reckon" init "$tmp/survey" --from "$tmp/bare" >/dev/null 2>&1 || fail "a file without references cannot be drafted"
status=0
"$bin/reckon" check "$tmp/survey" >"$tmp/said" 2>&1 || status=$?
[ "$status" -eq 3 ] && grep -q "needs a key of one column" "$tmp/said" || fail "check does not say what to fill in: $(cat "$tmp/said")"
grep -q "no column names a person: which one does" "$tmp/survey/README.md" || fail "README.md does not ask for a key"

if [ -x "$bin/../tests/test_draft_score" ]; then
    "$bin/../tests/test_draft_score" | grep "^drafted"
fi
