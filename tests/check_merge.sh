#!/bin/sh
# SPDX-License-Identifier: MIT
# check_merge.sh -- parts put together are one run, byte for byte, every file of it: the sample (people
# under two references, probable links, sources whose rules join rows of different clients), the second
# study, more parts than some have clients. Parts that do not belong together are refused, with a reason.
. "$(dirname "$0")/support/script.sh"

# parts STUDY OUT N [OPTIONS]: all of them.
parts() {
    study=$1 out=$2 of=$3
    shift 3
    k=1
    while [ $k -le "$of" ]; do
        "$bin/reckon" run "$study" -o "$out" -q --part $k/"$of" "$@" 2>"$tmp/said" ||
            fail "part $k/$of of $study: status $?: $(tail -n 3 "$tmp/said")"
        k=$((k + 1))
    done
}

# same SINGLE MERGED: but for the parts themselves, which only the second has.
same() {
    diff -rq "$1" "$2" | grep -v "^Only in $2: part-" >"$tmp/diff" || true
    [ ! -s "$tmp/diff" ] || fail "$2 is not as one run: $(head -n 5 "$tmp/diff")"
}

# refused STATUS WORDS ARGUMENTS...: reckon says so and why.
refused() {
    want=$1 words=$2 status=0
    shift 2
    "$bin/reckon" "$@" -q >"$tmp/said" 2>&1 || status=$?
    [ $status = "$want" ] || fail "reckon $* gives status $status: $(cat "$tmp/said")"
    grep -qF -- "$words" "$tmp/said" || fail "reckon $* does not say \"$words\": $(cat "$tmp/said")"
}

# ---- the same bytes ----

sample=config/working-well
"$bin/reckon" run $sample -o "$tmp/one" -q 2>"$tmp/said" || fail "one run: $(tail -n 3 "$tmp/said")"
parts $sample "$tmp/three" 3
"$bin/reckon" merge $sample -o "$tmp/three" -q 2>"$tmp/said" || fail "merge: $(tail -n 3 "$tmp/said")"
same "$tmp/one" "$tmp/three"
[ -s "$tmp/three/interim-evaluation.pdf" ] || fail "merge makes no report"
[ "$(find "$tmp/three" -maxdepth 1 -name 'part-*' -perm 700 | wc -l)" = 3 ] || fail "a part is open to others"
# What is merged is fresh: nothing runs again, neither from extracts nor from parts.
"$bin/reckon" run $sample -o "$tmp/three" -n >"$tmp/said" 2>&1
! grep -qvE '^[a-z]+ +fresh' "$tmp/said" || fail "after merge: $(cat "$tmp/said")"
"$bin/reckon" run $sample -o "$tmp/three" --part 2/3 2>&1 | grep -q 'nothing to do' ||
    fail "a part that is made is made again"

# Each person is in one part, with all records; together they are all.
people() { tail -q -n +2 "$@" | wc -l; }
[ "$(people "$tmp"/three/part-*/20-people/people.csv)" = "$(people "$tmp/one/20-people/people.csv")" ] ||
    fail "the parts' people are not all people"
awk -F, 'FNR == 1 {for (i = 1; i <= NF; i++) if ($i == "client") c = i; next}
    FILENAME ~ /people.csv/ {of[$c] = FILENAME; sub(/people.csv/, "", of[$c]); next}
    {folder = FILENAME; sub(/wellbeing.csv/, "", folder); if (of[$c] != folder) bad++}
    END {exit bad > 0}' "$tmp"/three/part-*/20-people/people.csv \
    "$tmp"/three/part-*/20-people/wellbeing.csv || fail "a record is not where its person is"

second=tests/studies/debt-advice
"$bin/reckon" run $second -o "$tmp/two" -q 2>/dev/null || fail "the second study: status $?"
for of in 1 3; do
    parts $second "$tmp/two-$of" $of
    "$bin/reckon" merge $second -o "$tmp/two-$of" -q 2>"$tmp/said" || fail "merge $of: $(cat "$tmp/said")"
    same "$tmp/two" "$tmp/two-$of"
done

# More parts than clients: some have nobody. Rows that are broken, ragged, of nobody known, or twice;
# a line end and quotes inside a cell; monitoring figures of no client; references as pseudonyms.
mkdir "$tmp/few" "$tmp/few/data"
cat >"$tmp/few/study.yaml" <<'END'
reckon: 1
study: few
title: Few
programme: Few
data: data
pseudonyms: ../few.key
period_start: 2014-01-01
cut_off: 2014-12-31
people: people
sources:
  people:
    label: People
    file: people.csv
    key: id
    columns:
      id:   {from: Id, type: id, tidy: [upper]}
      name: {from: Name, type: text, private: yes}
      area: {from: Area, type: code, codes: [North, South], unknown: invalid}
      born: {from: Born, type: date, formats: [dd/mm/yyyy, yyyy-mm-dd]}
    duplicates:
      - {code: exact, match: all, keep: first}
      - {code: same_id, match: [id], keep: fullest}
  visits:
    label: Visits
    file: visits*.csv
    key: visit
    link: id
    columns:
      visit: {from: Visit, type: id}
      id:    {from: Id, type: id, tidy: [upper], pattern: "[A-Z]+[0-9]*"}
      on:    {from: On, type: date, formats: [dd/mm/yyyy, yyyy-mm-dd]}
      score: {from: Score, type: number}
      note:  {from: Note, type: text}
    exclude:
      - {code: late, reason: after the cut-off, when: on > cut_off}
    checks:
      - {code: same_day, repeated: [id, on], severity: note, say: another visit on the same day}
      - {code: nobody, unknown: id, severity: warn, say: of nobody known}
    duplicates:
      - {code: exact, match: all, keep: first}
      - {code: same_visit, match: [visit, score], keep: latest on}
  again:
    label: The visits' first file once more
    file: visits_1.csv
    link: id
    unlinked: keep
    columns:
      id:   {from: Id, type: id, tidy: [upper]}
      note: {from: Note, type: text}
    duplicates:
      - {code: exact, match: all, keep: first}
  months:
    label: Months
    file: months.csv
    columns:
      month: {from: Month, type: date, formats: [yyyy-mm-dd]}
      count: {from: Count, type: integer}
derive:
  people:
    visits: {count: visits}
    quarter: {period: born, by: year}
  visits:
    month: {period: on, by: month}
points:
  latest: {source: visits, where: on answered, take: latest on, label: Latest visit}
results:
  area: {table: area}
  score: {mean: score, source: latest}
  months: {table: month, source: visits, unit: records}
END
cat >"$tmp/few/data/people.csv" <<'END'
Id,Name,Area,Born
a1,Ann,North,01/02/1980
"A1",Ann,,01/02/1980
b2,"Bo, the
second",South,1990-03-04
c3,Cy,East,31/31/1970
,Nobody,North,05/06/1975
d4,"Di ""D""",South
E5,Eve,North,07/08/1985
e5,Eve,North,07/08/1985
f6,Fay,South,09/10/1965
END
cat >"$tmp/few/data/visits_1.csv" <<'END'
Visit,Id,On,Score,Note
9,f6,01/12/2014,4.5,last
1,a1,01/03/2014,1.25,"first,
with a line end"
2,A1,01/03/2014,2,"same ""day"""
3,b2,01/03/2015,7,too late
4,zz,01/05/2014,3,nobody known
5,,01/06/2014,3,no reference
5,,01/06/2014,3,no reference
6,e5,01/07/2014
7,E5,01/08/2014,x,no number
END
cat >"$tmp/few/data/visits_2.csv" <<'END'
Id,Visit,On,Score,Note
f6,9,02/12/2014,4.75,the same visit
c3,8,31/13/2014,2,no date
b2,10,2014-04-04,0.1,
c3,10,2014-04-05,0.1,the same number and score under another client
7-7,11,2014-04-06,0.5,a reference that cannot be read
zz,4,01/05/2014,3,nobody known
END
printf 'Month,Count\n2014-01-01,5\n2014-02-01,6\n2014-02-01,6\n' >"$tmp/few/data/months.csv"
printf -- '---\ntitle: Few\n---\n\n# Few\n\nSee @tbl-area.\n\n::: {.table #tbl-area result=area}\nAreas\n:::\n' >"$tmp/few/few.md"
"$bin/reckon" key "$tmp/few.key" >/dev/null || fail "no key"
# A row and the cell that says whose a row is, mended by hand.
"$bin/reckon" clean "$tmp/few" -o "$tmp/before" -q 2>/dev/null || fail "clean: status $?"
mkdir "$tmp/few/data/mended"
sed 's|6,e5,01/07/2014|6,e5,01/07/2014,2,mended|' "$tmp/before/10-clean/rejects/visits.csv" |
    sed '1p;/mended/!d' >"$tmp/few/data/mended/visits.csv"
sed '1p;/,id,/!d;s/$/B2/' "$tmp/before/10-clean/unreadable.csv" >"$tmp/few/data/mended/unreadable.csv"
"$bin/reckon" run "$tmp/few" -o "$tmp/few-one" -q --internal 2>"$tmp/said" || fail "few: $(cat "$tmp/said")"
grep -q '^visits_.*mended' "$tmp/few-one/10-clean/issues.csv" || fail "nothing is mended"
grep -q ',B2,' "$tmp/few-one/10-clean/issues.csv" || fail "no reference is mended: $(cat "$tmp/few-one/10-clean/issues.csv")"
for of in 2 13; do
    parts "$tmp/few" "$tmp/few-$of" $of
    "$bin/reckon" merge "$tmp/few" -o "$tmp/few-$of" -q --internal 2>"$tmp/said" || fail "few $of: $(cat "$tmp/said")"
    same "$tmp/few-one" "$tmp/few-$of"
done
grep -c . "$tmp"/few-13/part-*/20-people/people.csv | grep -q ':1$' || fail "no part of 13 is empty"

# ---- what does not belong together ----

for wrong in 0/4 5/4 x 1 1/ /4 1/0 -1/4 1.5/4 1/4/2 2/20000 "1 /4"; do
    refused 2 'is no part; write 1/4' run $second -o "$tmp/no" --part "$wrong"
done
[ ! -e "$tmp/no" ] || fail "a part that is none leaves a folder"
refused 2 '--part is for `reckon run`' clean $second -o "$tmp/no" --part 1/2
refused 2 'where do the results go' merge $second
refused 2 'needs a study' merge -o "$tmp/no"
mkdir "$tmp/empty"
refused 1 'there is no part here' merge $second -o "$tmp/empty"

wrong=$tmp/wrong
cp -rp "$tmp/two-3" "$wrong"
mv "$wrong/part-2-of-3" "$tmp/aside"
refused 1 'of 3 parts these are missing: 2' merge $second -o "$wrong"
refused 1 'part 1 is there twice' merge $second -o "$wrong" "$wrong/part-1-of-3" "$wrong/part-1-of-3" \
    "$wrong/part-3-of-3"
mv "$tmp/aside" "$wrong/part-2-of-3"
cp -rp "$tmp/two-1/part-1-of-1" "$wrong"
refused 1 'this is one of' merge $second -o "$wrong"
rm -r "$wrong/part-1-of-1"
refused 1 'of the study "debt-advice"' merge $sample -o "$wrong"
refused 1 'as at 2024-03-31' merge $second -o "$wrong" --as-at 2024-02-29
refused 1 'since this part was made' merge $second -o "$wrong" --links strict
cp -r $second "$tmp/study"
echo '# a remark' >>"$tmp/study/study.yaml"
refused 1 'of the study as it was before a change' merge "$tmp/study" -o "$wrong"
cp -r $second/extracts "$tmp/extracts"
echo >>"$tmp/extracts/clients.csv"
refused 1 'of other extracts (clients.csv is another)' merge $second --data "$tmp/extracts" -o "$wrong"
mv "$wrong/part-3-of-3/run.json" "$wrong/part-3-of-3/.run.json"
refused 1 'this part is not through' merge $second -o "$wrong"
mv "$wrong/part-3-of-3/.run.json" "$wrong/part-3-of-3/run.json"
sed -i '$d' "$wrong/part-3-of-3/20-people/people.csv"
refused 1 'was changed by hand' merge $second -o "$wrong"
refused 1 'is no part' merge $second -o "$wrong" "$tmp/two"
refused 1 'this part is not through' merge $second -o "$wrong" "$tmp/nowhere"
# Nothing that was refused has changed what lay there.
"$bin/reckon" run $second -o "$wrong" -n >"$tmp/said" 2>&1
! grep -qvE '^[a-z]+ +fresh' "$tmp/said" || fail "refused, it has changed something: $(cat "$tmp/said")"

# A check that empties whose a row is, and a database, cannot be cut.
sed -i 's/say: of nobody known}/say: of nobody known}\n      - {code: off, when: score > 6, severity: empty, column: id, say: off}/' \
    "$tmp/few/study.yaml"
refused 3 'cannot be run in parts' run "$tmp/few" -o "$tmp/no" --part 1/2

# Purged, no part is left.
"$bin/reckon" purge "$wrong" >"$tmp/said" || fail "purge: status $?"
[ -z "$(find "$wrong" -name 'part-*')" ] || fail "purge leaves a part"
parts $second "$tmp/only" 1
"$bin/reckon" purge "$tmp/only" >"$tmp/said" || fail "purge of a folder with parts alone: status $?"
[ -z "$(find "$tmp/only" -name 'part-*')" ] || fail "purge leaves a part that was not merged"

echo "merge: 1, 2, 3 and 13 parts give the bytes of one run; 24 that do not belong together are refused"
