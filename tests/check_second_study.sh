#!/bin/sh
# SPDX-License-Identifier: MIT
# check_second_study.sh -- a programme the code has never heard of, from extracts to PDF: what
# docs/study.md and docs/narrative.md promise needs no C.
. "$(dirname "$0")/support/script.sh"
study=tests/studies/debt-advice

# cell ADDRESS VALUE: of the true results.
cell() {
    grep -q "^$1,.*,$2,,,,\|^$1,.*,$2," "$tmp/out/30-results/cells.csv" ||
        fail "$1 is not $2: $(grep "^$1," "$tmp/out/30-results/cells.csv")"
}

"$bin/reckon" check "$study" >"$tmp/check" || fail "reckon check gives status $?"
has "$tmp/check" "2 sources"
has "$tmp/check" "1 report"
"$bin/reckon" run "$study" -o "$tmp/out" >"$tmp/said" 2>&1 || fail "reckon run: $(cat "$tmp/said")"
has "$tmp/said" "205 read, 202 kept, 3 set aside"
has "$tmp/said" "3 of nobody known"

# Counted by awk from the extracts, not by reckon: people, and the money they repaid.
people=$(awk -F';' 'NR > 2 && $1 ~ /^D-/ && $2 !~ /^31\/02/ {print $1}' "$study/extracts/clients.csv" |
    sort -u | wc -l)
cell flow.clients.unique.count "$people"
repaid=$(iconv -f utf-16 -t utf-8 "$study/extracts/followups.csv" | tr -d '\r' |
    awk -F'\t' -v cases="$(awk -F';' '$1 ~ /^D-/ && $2 !~ /^31\/02/ {printf "%s ", $1}' \
        "$study/extracts/clients.csv" | tr -d '-')" '
        BEGIN {n = split(cases, c, " "); for (i = 1; i <= n; i++) known[c[i]] = 1}
        NR > 1 {sub("-", "", $1); if ($1 in known) sum += $11}
        END {print sum}')
cell repaid.all.all.sum "$repaid"

pdf=$tmp/out/findings.pdf
pdftotext -layout "$pdf" "$tmp/text" || fail "the PDF cannot be read"
for words in "Fewer of those asked again are behind with bills." "Children at home" \
    "Statistical methods used" "Base: clients whose advice centre is known" \
    "Open letters about money" "a. first" "rows read"; do
    has "$tmp/text" "$words"
done
# A receipt under a table, and the hash in it is that of the table as it is attached; a sentence for a whole
# table: all groups where its columns are groups.
cp -r "$study" "$tmp/receipt"
sed -i '77s/result=money/result=money receipt=yes/' "$tmp/receipt/findings.md"
printf '\nSaid: {{ say children }}. {{ say opened }}.\n' >>"$tmp/receipt/findings.md"
"$bin/reckon" run "$tmp/receipt" -o "$tmp/receipt-out" -q 2>"$tmp/said" || fail "receipt: $(cat "$tmp/said")"
pdftotext -layout "$tmp/receipt-out/findings.pdf" - | tr -s ' \n' ' ' >"$tmp/words"
has "$tmp/words" "Receipt. Made by: latest less initial, of the same people, before rounding; interval of a mean"
has "$tmp/words" "Asked for in: study.yaml, line "
has "$tmp/words" "money.csv, BLAKE2b $(b2sum -l 256 "$tmp/receipt-out/40-release/tables/money.csv" | cut -c1-16)."
has "$tmp/words" "from 42% (With children) to 58% (Without children). 197; from 7 (Feb 2023)"
sed -i 's/receipt=yes/receipt=maybe/' "$tmp/receipt/findings.md"
status=0
"$bin/reckon" run "$tmp/receipt" -o "$tmp/receipt-out" >"$tmp/said" 2>&1 || status=$?
[ "$status" = 3 ] || fail "receipt=maybe: status $status"
has "$tmp/said" 'findings.md:77:1: receipt="maybe": is yes or no'
# A fall is told by its size, and so is its interval.
tr -s ' \n' ' ' <"$tmp/text" >"$tmp/line"
has "$tmp/line" "fell from 73% to 56%: 16.9 percentage points (95% CI 9.9 to 23.8)"
! grep -qE '\[x\]|\{\{|:::' "$tmp/text" || fail "unbound words in the report"
if command -v qpdf >/dev/null; then
    qpdf --check "$pdf" >"$tmp/qpdf" 2>&1 || fail "$(cat "$tmp/qpdf")"
fi
# What is stale: --internal only what shows numbers, a theme only what is drawn with it.
plan() {
    "$bin/reckon" run "$study" -o "$tmp/out" -n "$@" >"$tmp/plan" || fail "-n gives status $?"
}
plan --internal
has "$tmp/plan" "change    fresh"
has "$tmp/plan" "mask      runs"
cp -r config "$tmp/share"
echo "# another" >>"$tmp/share/themes/council.yaml"
RECKON_SHARE=$tmp/share plan
has "$tmp/plan" "mask      fresh"
has "$tmp/plan" "chart     runs"
has "$tmp/plan" "report    runs"

# Purged: nothing about people is left, what was published is; another folder is refused.
(cd "$tmp/out" && find . -name '*.pdf' -o -path './40-release/*' -type f) | sort >"$tmp/published"
mkdir "$tmp/out/.20-people.new" && chmod 700 "$tmp/out/.20-people.new"
"$bin/reckon" purge "$tmp/out" -n >"$tmp/said" || fail "purge -n: status $?"
has "$tmp/said" "20-people would be removed"
[ -d "$tmp/out/20-people" ] || fail "purge -n removed something"
"$bin/reckon" purge "$tmp/out" >"$tmp/said" || fail "purge: status $?"
has "$tmp/said" "20-people removed"
[ -z "$(find "$tmp/out" -mindepth 1 -type d ! -perm -005)" ] || fail "purge left a private folder"
(cd "$tmp/out" && find . -name '*.pdf' -o -path './40-release/*' -type f) | sort | cmp - "$tmp/published" ||
    fail "purge removed what was published"
mkdir "$tmp/other" && mkdir -m 700 "$tmp/other/10-clean"
! "$bin/reckon" purge "$tmp/other" 2>"$tmp/said" || fail "purge of a strange folder: status 0"
has "$tmp/said" "is no output folder"
[ -d "$tmp/other/10-clean" ] || fail "purge removed what is not ours"

echo "a second programme: $people people, $(pdfinfo "$pdf" | awk '/^Pages/ {print $2}') pages"
