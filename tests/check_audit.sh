#!/bin/sh
# SPDX-License-Identifier: MIT
# check_audit.sh -- `reckon audit`: every known contradiction of the two published documents and nothing
# else; 1,000 random sound reports without an alarm and 1,000 planted faults; our own reports; wrong input.
. "$(dirname "$0")/support/script.sh"
reckon=$build/bin/reckon

# status WANTED COMMAND...
status() {
    want=$1
    shift
    got=0
    "$@" >"$tmp/out" 2>"$tmp/err" || got=$?
    [ "$got" = "$want" ] || fail "$*: status $got, not $want: $(cat "$tmp/out" "$tmp/err")"
}

# ---- the two documents of 2015 ----

published=sample-data/published
status 1 "$reckon" audit "$published/interim-evaluation-2015.md" "$published/committee-report-2015.md"
cp "$tmp/out" "$tmp/found"
# A line of the list: its file, its check, and a text that the finding holds.
awk '
function field(   text) { # the next cell of the CSV line in `rest`
    if (substr(rest, 1, 1) == "\"") {
        rest = substr(rest, 2); text = ""
        while (match(rest, /"/)) {
            text = text substr(rest, 1, RSTART - 1); rest = substr(rest, RSTART + 1)
            if (substr(rest, 1, 1) != "\"") break
            text = text "\""; rest = substr(rest, 2)
        }
        rest = substr(rest, 2); return text
    }
    if (!match(rest, /,/)) { text = rest; rest = ""; return text }
    text = substr(rest, 1, RSTART - 1); rest = substr(rest, RSTART + 1); return text
}
FNR == NR { if (FNR == 1) next
    rest = $0; n++; file[n] = field(); check[n] = field(); has[n] = field(); kind[n] = field(); what[n] = field(); next }
/^Worth knowing/ { notes = 1 }
/\.md:[0-9]+:/ {
    hit = 0
    for (i = 1; i <= n; i++)
        if (index($0, file[i] ":") && index($0, "[" check[i] ",") && index($0, has[i]) && (kind[i] == "note") == notes) { caught[i] = hit = 1 }
    if (!hit && !notes) { print "not expected: " $0; bad++ }
}
END {
    for (i = 1; i <= n; i++) { if (caught[i]) c++; else { print "not caught: " file[i] " " check[i] " " has[i]; bad++ } }
    print c " of " n " known contradictions caught, " bad + 0 " misses and false alarms"
    exit bad > 0
}' "$published/contradictions.csv" "$tmp/found" || fail "the published documents"

# ---- tables as strangers set them: sound ones, and one with a fault in most tables ----

for sound in tests/audit/sound/*; do
    status 0 "$reckon" audit "$sound"
done
for faulty in layouts charity health; do # of the last two, the sound twins are in sound/
    (cd tests/audit/faulty && "$reckon" audit -q $faulty.md) >"$tmp/out" || [ $? = 1 ] || fail "faulty $faulty"
    diff tests/audit/faulty/$faulty.expected "$tmp/out" || fail "faulty $faulty"
done

# ---- random reports ----

"$build/audit-trial" 1000 || fail "the trial"

# ---- forms, outputs, wrong input ----

printf 'Table 1: Answers\n\n| Answer | n | %% |\n|---|---|---|\n| Yes | 30 | 60 |\n| No | 20 | 40 |\n| Total | 50 | 100 |\n' >"$tmp/good.md"
status 0 "$reckon" audit "$tmp/good.md"
grep -q '1 tables, 6 numbers, 1 blocks of text: 0 findings' "$tmp/out" || fail "counts: $(cat "$tmp/out")"
sed 's/| 20 |/| 21 |/' "$tmp/good.md" >"$tmp/bad.md"
status 1 "$reckon" audit "$tmp/bad.md"
grep -q 'bad.md:7:11: \[sum, proved\] Table 1, Total, n: "50": the parts add up to 51: 30 + 21' "$tmp/out" || fail "sum: $(cat "$tmp/out")"
status 1 "$reckon" audit --json "$tmp/bad.md"
grep -q '"check": "sum", "kind": "finding", "sure": "proved"' "$tmp/out" || fail "json: $(cat "$tmp/out")"
status 1 "$reckon" audit --csv "$tmp/bad.md"
head -n 1 "$tmp/out" | grep -qx 'file,line,column,check,kind,sure,if,where,printed,why' || fail "csv: $(cat "$tmp/out")"
status 2 "$reckon" audit
status 2 "$reckon" audit --nonsense "$tmp/good.md"
status 2 "$reckon" audit --below few "$tmp/good.md"
status 0 "$reckon" audit --below 31 "$tmp/good.md"
grep -q '2 counts of 1 to 30 people stand in this table' "$tmp/out" || fail "--below: $(cat "$tmp/out")"
status 4 "$reckon" audit "$tmp/nowhere.md"
printf 'PK\003\004' >"$tmp/book.xlsx"
status 1 "$reckon" audit "$tmp/book.xlsx"
grep -q 'this is no text' "$tmp/err" || fail "a workbook: $(cat "$tmp/err")"
printf 'There were 50 {= [1: Yes, total]} answers.\n' >>"$tmp/good.md"
status 3 "$reckon" audit "$tmp/good.md"
grep -q 'good.md:8:12: the formula {= \[1: Yes, total\]} cannot be worked out: there is no cell "Yes", "total" in table "1"' "$tmp/err" ||
    fail "a wrong formula: $(cat "$tmp/err")"
printf '%%PDF-1.4 broken' >"$tmp/broken.pdf"
status 4 "$reckon" audit "$tmp/broken.pdf"
: >"$tmp/empty.md"
status 0 "$reckon" audit "$tmp/empty.md"
# What is no report: nothing to find, or findings, or (with "{=" by chance) no formula; never a crash.
head -c 4000 /dev/urandom | tr -d '\000' >"$tmp/noise.md"
code=0
"$reckon" audit "$tmp/noise.md" >"$tmp/out" 2>&1 || code=$?
[ $code -le 1 ] || [ $code = 3 ] || fail "noise gives status $code"

# ---- a report of ours: another programme's, as a PDF ----

"$reckon" run tests/studies/debt-advice -o "$tmp/study" -q 2>"$tmp/err" || fail "the study: $(cat "$tmp/err")"
for pdf in "$tmp"/study/*.pdf; do
    status 0 "$reckon" audit "$pdf"
    grep -q '^0 tables' "$tmp/out" && fail "no table was read in $pdf"
done
echo "our own PDF: $(tail -n 1 "$tmp/out")"
