#!/bin/sh
# SPDX-License-Identifier: MIT
# check_cells.sh -- single cells that could not be read are mended by hand, read back, and expire with their rows.
. "$(dirname "$0")/support/script.sh"
study=$tmp/study
clean=$tmp/out/10-clean
mkdir -p "$study/extracts"
cat >"$study/study.yaml" <<'END_STUDY'
reckon: 1
study: cells
title: Cells
data: extracts
period_start: 2022-01-01
cut_off: 2022-12-31
missing: [""]
people: people
sources:
  people:
    file: people*.csv
    key: ref
    columns:
      ref: {from: Ref, type: id}
      born: {from: Born, type: date, formats: [dd/mm/yyyy], private: yes}
      seen: {from: Seen, type: date, formats: [dd/mm/yyyy]}
      score: {from: Score, type: integer, range: [0, 10]}
      area: {from: Area, type: code, codes: [North, South], unknown: invalid}
    exclude:
      - {code: no_date, reason: no date, when: seen is invalid}
END_STUDY
printf 'Ref,Born,Seen,Score,Area,Note\nA1,31/02/1990,01/03/2022, 1O ,Nrth,x\nA2,01/01/1980,31/04/2022,4,North,y\nA3,02/02/1970,03/03/2022,9,South,z\n' \
    >"$study/extracts/people.csv"
run() { "$bin/reckon-clean" "$study" -o "$tmp/out" >"$tmp/said" 2>&1; }

run || fail "$(cat "$tmp/said")"
cut -d, -f1-3,5-9 "$clean/unreadable.csv" >"$tmp/listed"
cat >"$tmp/wanted" <<'END_LIST'
source,file,line,column,heading,value,why,mended
people,people.csv,2,born,Born,31/02/1990,is not a date (dd/mm/yyyy),
people,people.csv,2,score,Score,1O,is not a whole number,
people,people.csv,2,area,Area,Nrth,"is none of the codes of ""area""",
people,people.csv,3,seen,Seen,31/04/2022,is not a date (dd/mm/yyyy),
END_LIST
sed 's/is none of the codes.*,$/CODES,/' "$tmp/wanted" >"$tmp/wanted.codes"
sed 's/^\(people,people.csv,2,area,Area,Nrth\),.*,$/\1,"CODES,/' "$tmp/listed" | diff "$tmp/wanted.codes" - || fail "the list: $(cat "$clean/unreadable.csv")"
[ "$(stat -c %a "$clean/unreadable.csv")" = 600 ] || fail "others can read unreadable.csv"

# Filled in, left alone, and a cell that can be read but is wrong: the list's row without `was`.
mkdir "$study/extracts/mended"
awk -F, -v OFS=, '/,born,/ {$NF = "28/02/1990"} /,score,/ {$NF = 10} /,seen,/ {$NF = "30/04/2022"} {print}' "$clean/unreadable.csv" \
    >"$study/extracts/mended/unreadable.csv"
echo 'people,people.csv,4,,score,,9,,8' >>"$study/extracts/mended/unreadable.csv"
run || fail "$(cat "$tmp/said")"
has "$tmp/said" "3 read, 3 kept, 0 set aside"
has "$tmp/said" "4 cells mended by hand"
has "$clean/people.csv" "people.csv:2,A1,1990-02-28,2022-03-01,10,"
has "$clean/people.csv" "people.csv:3,A2,1980-01-01,2022-04-30,4,north"
has "$clean/people.csv" "people.csv:4,A3,1970-02-02,2022-03-03,8,south"
has "$clean/issues.csv" "people.csv,2,score,people,mended,1O,10,mended by hand"
has "$clean/unreadable.csv" ",area,Area,Nrth,"
if grep -q ",born,\|,score,\|,seen," "$clean/unreadable.csv"; then fail "what is mended is still listed"; fi
if grep -q "28/02/1990\|1990-02-28" "$tmp/said"; then fail "a private value is in a message"; fi
"$bin/reckon" unclean "$study" -o "$tmp/out" >"$tmp/said" 2>&1 || fail "unclean: $(cat "$tmp/said")"
has "$tmp/out/11-unclean/people.csv" '2,A1,31/02/1990,01/03/2022," 1O ",Nrth,'
"$bin/reckon" dedupe "$study" -o "$tmp/out" -q && "$bin/reckon" quality "$study" -o "$tmp/out" -q || fail "quality"
has "$tmp/out/25-quality/repairs.csv" "people,score,mended,mended,2"

# The row may move; when it changes, or the cell does, nothing is mended.
sed -i '1a A0,01/01/1960,02/02/2022,1,North,w' "$study/extracts/people.csv"
sed -i 's/^A3,02\/02\/1970,03\/03\/2022,9/A3,02\/02\/1970,03\/03\/2022,7/' "$study/extracts/people.csv"
run || fail "$(cat "$tmp/said")"
has "$clean/people.csv" "people.csv:3,A1,1990-02-28,2022-03-01,10,"
has "$clean/people.csv" "people.csv:5,A3,1970-02-02,2022-03-03,7,south"
has "$tmp/said" "mended/unreadable.csv:6: warning: the cell says something else now"
sed -i 's/Nrth,x/Nrth,xx/' "$study/extracts/people.csv"
run || fail "$(cat "$tmp/said")"
has "$clean/people.csv" "people.csv:3,A1,,2022-03-01,,"
has "$tmp/said" "mended/unreadable.csv:2: warning: no row of the extracts is what this one was; the cell is not mended"
sed -i '2d' "$study/extracts/people.csv"
run || fail "$(cat "$tmp/said")"
has "$tmp/said" "mended/unreadable.csv:6: warning: the cell says something else now; it is not mended"

# What cannot be read by hand either is told like any cell; what is wrong with the list stops the run.
sed -i 's/30\/04\/2022$/30\/30\/2022/' "$study/extracts/mended/unreadable.csv"
run || fail "$(cat "$tmp/said")"
has "$tmp/said" 'people.csv:3:3: warning: seen "30/30/2022" is not a date'
wrong() {
    cp "$study/extracts/mended/unreadable.csv" "$tmp/list"
    echo "$1" >>"$study/extracts/mended/unreadable.csv"
    status=0
    run || status=$?
    [ $status -eq 3 ] || fail "status $status of $1: $(cat "$tmp/said")"
    has "$tmp/said" "mended/unreadable.csv:7: $2"
    mv "$tmp/list" "$study/extracts/mended/unreadable.csv"
}
wrong 'persons,people.csv,2,,score,,1,,2' 'the study has no source "persons"'
wrong 'people,people.csv,2,,skore,,1,,2' 'people has no column "skore"'
wrong 'people,people.csv,2,,score,1,2' '7 cells where the headings are 9'
wrong 'people,people.csv,4,,score,,9,,3' 'the same cell is mended otherwise in line 6'
printf 'a,b\n' >"$study/extracts/mended/unreadable.csv"
run && fail "a list with other headings" || :
has "$tmp/said" "copy 10-clean/unreadable.csv again and fill in mended"

# Of a workbook, too.
rm -rf "$study" "$tmp/out"
cp -r tests/studies/drop-in "$study"
run || fail "$(cat "$tmp/said")"
mkdir "$study/extracts/mended"
awk -F, -v OFS=, '/,owes,/ {$NF = "75.5"} {print}' "$clean/unreadable.csv" >"$study/extracts/mended/unreadable.csv"
run || fail "$(cat "$tmp/said")"
has "$clean/clients.csv" "clients.xlsx!2022 first:6,00003,1990-03-01,2022-03-15,ash_lane,75.5"
echo "cells are mended by hand, read back, and expire"
