#!/bin/sh
# SPDX-License-Identifier: MIT
# check_rules.sh -- each rule of config/rules finds the rows that break it and no other; exclude and stop do what they say; what a
# study says wrongly about rulebooks is told.
. "$(dirname "$0")/support/script.sh"
study=tests/studies/seeded-faults

for stage in clean dedupe; do
    "$bin/reckon" "$stage" "$study" -q -o "$tmp/out" >"$tmp/said" 2>&1 || fail "$stage: $(cat "$tmp/said")"
done

# What the column Fault promises, and what issues.csv says: the same rows, the same rules.
for file in "$study"/extracts/*.csv; do
    awk -F, -v file="$(basename "$file")" 'NR > 1 && $NF != "" {
        n = split($NF, faults, " "); for (i = 1; i <= n; i++) print file "," NR "," faults[i]}' "$file"
done | LC_ALL=C sort >"$tmp/seeded"
for folder in 10-clean 20-people; do
    awk -F, 'NR > 1 {print $1 "," $2 "," $5}' "$tmp/out/$folder/issues.csv"
done | LC_ALL=C sort >"$tmp/found"
diff "$tmp/seeded" "$tmp/found" || fail "found (>) is not what was seeded (<)"

# No rule without a seeded fault.
rules=0
for rule in $(sed -n 's/^  - {code: \([a-z_]*\),.*/\1/p' config/rules/*.yaml); do
    cut -d, -f3 "$tmp/seeded" | grep -qx "$rule" || fail "no row breaks the rule $rule"
    rules=$((rules + 1))
done
[ "$rules" -ge 25 ] || fail "only $rules rules"

# variant NAME SED: the study with something else in it.
variant() {
    rm -rf "$tmp/$1"
    cp -r "$study" "$tmp/$1"
    sed -i "$2" "$tmp/$1/study.yaml"
}

# Excluded at once by clean, and at dedupe where a person's date is needed; the books balance.
variant exclude 's/postcodes: "M\.\*"}}/postcodes: "M.*"}, severity: {no_area: exclude}, leave: [no_postcode]}/
    s/entered: entered}}$/entered: entered}, severity: {before_start: exclude, day_twice: exclude}}/'
for stage in clean dedupe; do
    "$bin/reckon" "$stage" "$tmp/exclude" -q -o "$tmp/out" >"$tmp/said" 2>&1 || fail "$stage: $(cat "$tmp/said")"
done
grep -q '^people,excluded,no_area,It is not known where the person lives,1$' "$tmp/out/10-clean/flow.csv" ||
    fail "no_area excludes nobody: $(cat "$tmp/out/10-clean/flow.csv")"
grep -q '^reviews,reviews.csv:6,person,P01,before_start,' "$tmp/out/20-people/unlinked.csv" ||
    sed -n 1,9p "$tmp/out/20-people/unlinked.csv" | grep -q 'reviews.csv:6,person,P01,before_start,' ||
    fail "before_start excludes nothing"
grep -q '^reviews,unlinked,day_twice,.*,1$' "$tmp/out/20-people/flow.csv" || fail "of two of one day one stays"
! grep -q 'no_postcode' "$tmp/out/10-clean/issues.csv" || fail "a rule that is left out is in effect"
! grep -q 'reviews.csv:6,' "$tmp/out/20-people/reviews.csv" || fail "an excluded row is still there"

variant stop 's/minimum_wage: 10.42}}/minimum_wage: 10.42}, severity: {wage_below_minimum: stop}}/'
status=0
"$bin/reckon" clean "$tmp/stop" -o "$tmp/out" >"$tmp/said" 2>&1 || status=$?
[ "$status" -eq 1 ] || fail "stop gives $status, not 1"
grep -q 'stops the run' "$tmp/said" || fail "stop does not say so"

# wrong SED WORDS: check gives 3 and says the words with file and line.
wrong() {
    variant wrong "$1"
    status=0
    "$bin/reckon" check "$tmp/wrong" >"$tmp/said" 2>&1 || status=$?
    [ "$status" -eq 3 ] || fail "check gives $status for $1"
    grep -qF -- "$2" "$tmp/said" || fail "check does not say \"$2\": $(cat "$tmp/said")"
    grep -q 'study.yaml:[0-9]' "$tmp/said" || fail "no place: $(cat "$tmp/said")"
}
wrong 's/use: jobs/use: job/' 'there is no rulebook job'
wrong 's/began: began, ended: ended, start/begann: began, ended: ended, start/' 'did you mean "began"?'
wrong 's/roles: {job: job,/roles: {job: jobb,/' 'did you mean "job"?'
wrong 's/start: people.start, end/start: people.begin, end/' 'begin'
wrong 's/minimum_wage: 10.42}}/minimum_wage: 10.42}, leave: [job_twise]}/' 'did you mean "job_twice"?'
wrong 's/minimum_wage: 10.42}}/minimum_wage: 10.42}, severity: {job_twice: wrong}}/' 'wrong'
wrong 's/hours: hours, minimum_wage: 10.42}}/hours: hours}}\n      - {use: jobs, roles: {hours: hours}}/' 'needs a name'

echo "$rules rules, each with a row that breaks it"
