#!/bin/sh
# SPDX-License-Identifier: MIT
# check_lint.sh -- `reckon lint`: every planted fault is found where it stands and nothing else is; the
# committed reports are clean; what keeps a report from being made, and what it says.
. "$(dirname "$0")/support/script.sh"
reckon=$bin/reckon

"$reckon" run config/working-well -o "$tmp/out" -q 2>/dev/null || fail "the sample does not run"

# ---- the committed reports ----

"$reckon" lint config/working-well -o "$tmp/out" >"$tmp/said" 2>&1 || fail "the sample: $(cat "$tmp/said")"
"$reckon" lint config/working-well >"$tmp/said" 2>&1 || fail "without cells: $(cat "$tmp/said")"
"$reckon" run tests/studies/debt-advice -o "$tmp/debt" -q 2>/dev/null || fail "the second study does not run"
"$reckon" lint tests/studies/debt-advice -o "$tmp/debt" >"$tmp/said" 2>&1 || fail "debt advice: $(cat "$tmp/said")"

# ---- planted faults ----

mkdir "$tmp/study"
cp -r config/working-well/study.yaml config/working-well/codes "$tmp/study"
cp tests/lint/faults.md tests/lint/sound.md "$tmp/study"
lint() {
    got=0
    "$reckon" lint "$tmp/study/$1.md" --data sample-data/working-well -o "$tmp/out" >"$tmp/found" 2>"$tmp/errors" || got=$?
}

# planted NAME: what the comments of tests/lint/NAME.md plant, and what is found.
planted() {
    [ "$got" = 1 ] || fail "$1.md: status $got: $(cat "$tmp/errors")"
    awk '/<!-- .* -->/ { tags = $0; sub(/.*<!-- /, "", tags); sub(/ -->.*/, "", tags)
             n = split(tags, rules, " "); for (i = 1; i <= n; i++) print NR, rules[i] }' \
        "tests/lint/$1.md" | LC_ALL=C sort >"$tmp/want"
    sed -n "s/^[^ ]*$1\.md:\([0-9]*\):.*\[\([a-z-]*\)\]\$/\1 \2/p" "$tmp/found" | LC_ALL=C sort >"$tmp/have"
    diff "$tmp/want" "$tmp/have" || fail "$1: planted (<) and found (>) differ"
    faults=$((${faults:-0} + $(wc -l <"$tmp/want")))
}

# The same of another programme, in other words.
cp -r tests/studies/debt-advice "$tmp/advice"
cp tests/lint/debt-faults.md tests/lint/debt-sound.md "$tmp/advice"
lint_advice() {
    got=0
    "$reckon" lint "$tmp/advice/$1.md" -o "$tmp/debt" >"$tmp/found" 2>"$tmp/errors" || got=$?
}
lint_advice debt-faults
planted debt-faults
lint_advice debt-sound
[ "$got" = 0 ] && grep -q ' 0 warnings' "$tmp/found" || fail "false alarms: $(cat "$tmp/found" "$tmp/errors")"

lint faults
planted faults
grep -q 'faults.md:7:1: "60%" is typed; employability.all.yes.percent is 60.3%: write' "$tmp/found" ||
    fail "the nearest cell is not named"
grep -q 'a difference of rounded numbers (29.2% and 73.4%)' "$tmp/found" || fail "no word of rounding"
[ "$faults" -ge 55 ] || fail "only $faults faults are planted"

lint sound
[ "$got" = 0 ] || fail "false alarms: $(cat "$tmp/found")"
grep -q 'report, .* sentences' "$tmp/found" || fail "no summary"
sound=$(sed -n 's/.*, \([0-9]*\) sentences.*/\1/p' "$tmp/found")

# ---- exceptions ----

printf 'report,text,reason\nfaults,60%%,to show that it helps\n*,never there,none\n' >"$tmp/study/exceptions.csv"
lint faults
grep -q '"60%" is typed' "$tmp/found" && fail "an exception does not help"
grep -q 'exceptions.csv:3: warning: nothing in the report needs the exception "never there"' "$tmp/found" ||
    fail "an unused exception is not said"
printf 'report,text,reason\nfaults,60%%,\n' >"$tmp/study/exceptions.csv"
lint faults
[ "$got" = 3 ] || fail "an exception without a reason: status $got"
grep -q 'exceptions.csv:2: .*a text and a reason' "$tmp/errors" || fail "an exception without a reason: $(cat "$tmp/errors")"
rm "$tmp/study/exceptions.csv"

# ---- the report is not made ----

rm "$tmp/study/faults.md" "$tmp/study/sound.md"
printf -- '---\ntitle: One\n---\n\nOf all, 60%% say Yes.\n' >"$tmp/study/one.md"
run() {
    got=0
    "$reckon" run "$tmp/study" --data sample-data/working-well -o "$tmp/one" >/dev/null 2>"$tmp/errors" || got=$?
}
run
[ "$got" = 3 ] || fail "a typed figure is printed: status $got"
grep -q 'one.md:5:9: .*"60%" is typed; .*\[typed-number\]' "$tmp/errors" || fail "the run says: $(cat "$tmp/errors")"
[ ! -e "$tmp/one/one.pdf" ] || fail "a report with a typed figure is made"

sed -i 's/^title: One/title: One\nlint: warn/' "$tmp/study/one.md"
run
[ "$got" = 0 ] || fail "lint: warn: status $got: $(cat "$tmp/errors")"
"$reckon" lint "$tmp/study" --data sample-data/working-well >"$tmp/found" || fail "lint: warn: $(cat "$tmp/found")"
grep -q 'warning: "60%" is typed' "$tmp/found" || fail "lint: warn says: $(cat "$tmp/found")"

# Causal words stand where the design bears them.
printf -- '---\ntitle: One\n---\n\nThe impact of the programme is plain.\n' >"$tmp/study/one.md"
run
[ "$got" = 3 ] || fail "a causal word without a design: status $got"
sed -i 's/^rules:/rules:\n  design: comparison/' "$tmp/study/study.yaml"
run
[ "$got" = 0 ] || fail "a causal word with a design: $(cat "$tmp/errors")"
sed -i 's/design: comparison/design: wishful/' "$tmp/study/study.yaml"
run
[ "$got" = 3 ] && grep -q 'study.yaml:15:' "$tmp/errors" || fail "an unknown design: $(cat "$tmp/errors")"
sed -i '/design:/d' "$tmp/study/study.yaml"

# A description of one person: refused by run, too, and let through with a reason.
portrait='::: {.quote by="Transgender client, Salford"CLEARED}\nI am glad.\n:::\n'
printf -- '---\ntitle: One\n---\n\nWords.\n\n'"$(echo "$portrait" | sed 's/CLEARED//')" >"$tmp/study/one.md"
run
[ "$got" = 1 ] || fail "a person can be recognised: status $got: $(cat "$tmp/errors")"
grep -q 'one.md:8:1:.*Sex and Local authority area together fit fewer than 5' "$tmp/errors" || fail "$(cat "$tmp/errors")"
printf -- '---\ntitle: One\n---\n\nWords.\n\n'"$(echo "$portrait" | sed 's/CLEARED/ cleared="agreed with the client"/')" >"$tmp/study/one.md"
run
[ "$got" = 0 ] || fail "a cleared quotation: $(cat "$tmp/errors")"

# ---- JSON ----

printf -- '---\ntitle: One\n---\n\nOf all, 60%% say Yes.\n' >"$tmp/study/one.md"
"$reckon" lint "$tmp/study" --data sample-data/working-well --json >"$tmp/json" 2>&1 || :
grep -q '"rule": "typed-number", "level": "error"' "$tmp/json" || fail "JSON: $(cat "$tmp/json")"

echo "lint: $faults planted faults found, 0 missed; $sound sound sentences, 0 false alarms; 4 reports clean"
