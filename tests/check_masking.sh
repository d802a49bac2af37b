#!/bin/sh
# SPDX-License-Identifier: MIT
# check_masking.sh -- the sample with other ways of masking: rounded to base 5 it gives all its reports,
# every table adds up, no count is further off than promised, and the attack finds nothing.
. "$(dirname "$0")/support/script.sh"

# study NAME MASKING: a copy of the sample's study with that key.
study() {
    cp -r config/working-well "$tmp/$1"
    sed -i "s#^data: .*#data: $top/sample-data/working-well#; s#^rules:\$#masking: $2\n\nrules:#" \
        "$tmp/$1/study.yaml"
}

study round "{method: round, base: 5}"
"$bin/reckon" run "$tmp/round" -o "$tmp/out" -q 2>"$tmp/log" || fail "rounded: $(tail -n 3 "$tmp/log")"
for report in brief committee-report interim-evaluation; do
    gives 0 "changes and bases tie" "$bin/reckon" verify "$tmp/out/$report.pdf"
done
"$bin/reckon" attack "$tmp/out" >"$tmp/said" || fail "attack: $(tail -n 3 "$tmp/said")"
pdftotext -layout "$tmp/out/interim-evaluation.pdf" "$tmp/pages"
grep -q "Counts are rounded to a multiple of 5, up or down" "$tmp/pages" || fail "no table says so"
grep -q '^round_base,5,' "$tmp/out/40-release/release.csv" || fail "release.csv does not say so"

# Every marked count is a multiple (or what it is, where only its base is rounded), and less than 5 off.
off=$(awk -F, '
    FNR == 1 {file++; for (i = 1; i <= NF; i++) if ($i == "value") v = i; else if ($i == "mark") m = i; else if ($i == "measure") k = i; next}
    /"/ {next}
    file == 1 {true_value[$1] = $v; next}
    $k == "count" && $m == "r" {n++; d = $v - true_value[$1]; if ((d && $v % 5) || d <= -5 || d >= 5) print $1}
    END {if (n < 300) print "only " n " rounded counts"}' \
    "$tmp/out/30-results/cells.csv" "$tmp/out/40-release/cells.csv")
[ -z "$off" ] || fail "rounded too far: $off"

# Tables of whole results add up as they are shown.
awk -F, 'FNR == 1 {next} /"/ {next} $3 == "all" && $4 == "all" && $5 == "count" {total[$2] = $9}
    $3 != "all" && $3 != "missing" && $4 == "all" && $5 == "count" {sum[$2] += $9}
    END {for (r in sum) if (r == "ethnicity" || r == "age_band" || r == "area") print r, sum[r] - total[r]}' \
    "$tmp/out/40-release/cells.csv" >"$tmp/sums"
[ -s "$tmp/sums" ] || fail "no table to add up"
! grep -v ' 0$' "$tmp/sums" || fail "a rounded table does not add up"

# Categories merged: the tables by them hide nothing any more, and nothing follows from the others.
study merge "{merge: {condition: until_safe, ethnicity: until_safe, age_band: {Under 35: [24_or_under, 25_34]}}}"
"$bin/reckon" run "$tmp/merge" -o "$tmp/merged" -v >"$tmp/log" 2>&1 || fail "merged: $(tail -n 3 "$tmp/log")"
grep -q 'age_band: "Under 35" for 24 or under, 25-34' "$tmp/log" || fail "the run does not say what it merged"
for report in brief committee-report interim-evaluation; do
    [ -s "$tmp/merged/$report.pdf" ] || fail "merged: no $report.pdf"
done
"$bin/reckon" attack "$tmp/merged" >"$tmp/said" || fail "merged: attack: $(tail -n 3 "$tmp/said")"
for table in condition ethnicity; do
    ! grep -F '[c]' "$tmp/merged/40-release/tables/$table.csv" || fail "$table still hides a count"
    grep -q '^others_[0-9]*_categories,' "$tmp/merged/40-release/tables/$table.csv" ||
        fail "$table has no merged category"
done
grep -q '^under_35,Under 35,223,' "$tmp/merged/40-release/tables/age_band.csv" ||
    fail "Under 35 is not the 223 that 24 or under and 25-34 are"

sed -i 's/base: 5/base: 3/' "$tmp/round/study.yaml"
! "$bin/reckon" check "$tmp/round" 2>"$tmp/said" || fail "a base below the threshold is taken"
grep -q "study.yaml:.*take a base of 5 or more" "$tmp/said" || fail "not said: $(cat "$tmp/said")"
echo "masking: rounded to base 5 and merged, three reports each, nothing recovered"
