#!/bin/sh
# SPDX-License-Identifier: MIT
# check_verify.sh -- `reckon verify`: a report as it was made passes, and so does its rerun; each way of
# tampering with it is found.
. "$(dirname "$0")/support/script.sh"
reckon=$bin/reckon
mkdir "$tmp/temp"
export TMPDIR="$tmp/temp"
found=0

cp -r tests/studies/debt-advice "$tmp/study"
"$reckon" run "$tmp/study" -o "$tmp/out" -q 2>/dev/null || fail "the study does not run"
pdf=$tmp/out/findings.pdf
"$reckon" verify "$pdf" "$tmp/study" >"$tmp/said" 2>&1 || fail "the report as made: $(cat "$tmp/said")"
[ "$(grep -c '^ok ' "$tmp/said")" = 7 ] || fail "not all was looked at: $(cat "$tmp/said")"
"$reckon" verify "$pdf" --json | grep -q '"wrong": 0' || fail "JSON"

# What a forger would have: a report of other data.
cp -r "$tmp/study" "$tmp/other"
sed -i '3,90s/;Y;/;N;/' "$tmp/other/extracts/clients.csv"
"$reckon" run "$tmp/other" -o "$tmp/forged" -q 2>/dev/null || fail "the other data do not run"
forged=$tmp/forged/findings.pdf
cmp -s "$pdf" "$forged" && fail "the other data give the same report"

# finds NAME TEXT: verify on $tmp/bad.pdf finds TEXT.
finds() {
    got=0
    "$reckon" verify "$tmp/bad.pdf" $3 >"$tmp/said" 2>&1 || got=$?
    [ "$got" = 1 ] || fail "$1: status $got: $(cat "$tmp/said")"
    grep -q -- "$2" "$tmp/said" || fail "$1: no \"$2\" in: $(cat "$tmp/said")"
    found=$((found + 1))
}

pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
page=$(for p in $(seq 1 "$pages"); do
    pdftotext -f "$p" -l "$p" "$pdf" "$tmp/a.txt"
    pdftotext -f "$p" -l "$p" "$forged" "$tmp/b.txt"
    cmp -s "$tmp/a.txt" "$tmp/b.txt" || echo "$p"
done | tail -n 1)
[ -n "$page" ] || fail "no page differs"
spliced=
for p in $(seq 1 "$pages"); do
    if [ "$p" = "$page" ]; then spliced="$spliced $forged $p"; else spliced="$spliced $pdf $p"; fi
done

# shellcheck disable=SC2086
qpdf --warning-exit-0 "$pdf" --pages $spliced -- "$tmp/bad.pdf" 2>/dev/null
finds "a number on a page" "WRONG  page $page does not print the numbers it was made with" ""
qpdf --warning-exit-0 "$pdf" --pages "$pdf" 1,3,2,4-z -- "$tmp/bad.pdf" 2>/dev/null
finds "pages swapped" "WRONG  page 2 does not print" ""
qpdf --warning-exit-0 "$pdf" --pages "$pdf" 1-r2 -- "$tmp/bad.pdf" 2>/dev/null
finds "a page taken out" "was made with $pages pages and has $((pages - 1))" ""

# attach NAME: $tmp/NAME instead of the attached file of that name.
attach() {
    qpdf --warning-exit-0 "$pdf" --remove-attachment="$1" "$tmp/step.pdf" 2>/dev/null
    qpdf --warning-exit-0 "$tmp/step.pdf" --add-attachment "$tmp/$1" --key="$1" -- "$tmp/bad.pdf" 2>/dev/null
}
pdfdetach -savefile cells.csv -o "$tmp/cells.csv" "$pdf"
sed -i '/^behind.all.latest.percent,/s/,percent,[0-9.]*,/,percent,99.5,/' "$tmp/cells.csv"
attach cells.csv
finds "an attached cell" "attachment cells.csv was changed" ""
grep -q 'behind.all.latest.percent is printed as' "$tmp/said" || fail "the printed cell: $(cat "$tmp/said")"
grep -q 'behind.all.latest.percent is 99.5%, and .* of .* is' "$tmp/said" || fail "the share: $(cat "$tmp/said")"
grep -q 'the attached table behind.csv has' "$tmp/said" || fail "the table: $(cat "$tmp/said")"
qpdf --warning-exit-0 "$pdf" --remove-attachment=bases.csv "$tmp/step.pdf" 2>/dev/null
pdfdetach -savefile bases.csv -o "$tmp/bases.csv" "$pdf"
printf 'more,clients,1,more,,\n' >>"$tmp/bases.csv"
attach bases.csv
finds "an attached base" "attachment bases.csv was changed" ""
qpdf --warning-exit-0 "$pdf" --remove-attachment=study.yaml "$tmp/bad.pdf" 2>/dev/null
finds "an attachment taken out" "attachment study.yaml is gone" ""
qpdf --warning-exit-0 "$pdf" --remove-attachment=seal.csv "$tmp/bad.pdf" 2>/dev/null
finds "the seal taken out" "has no seal.csv" ""

# A forgery that is whole in itself is found by the rerun.
cp "$forged" "$tmp/bad.pdf"
"$reckon" verify "$tmp/bad.pdf" >/dev/null 2>&1 || fail "the forged report ties in itself"
mkdir "$tmp/sent"
mv "$tmp/bad.pdf" "$tmp/sent/findings.pdf"
got=0
"$reckon" verify "$tmp/sent/findings.pdf" "$tmp/study" >"$tmp/said" 2>&1 || got=$?
[ "$got" = 1 ] && grep -q 'in the PDF and .* in the rerun' "$tmp/said" || fail "a whole forgery: $(cat "$tmp/said")"
grep -q 'the rerun gives another PDF' "$tmp/said" || fail "a whole forgery: $(cat "$tmp/said")"
found=$((found + 1))

# What was purged is not missed; a report that is gone is.
cp -r "$tmp/out" "$tmp/half"
"$reckon" purge "$tmp/half" -q
"$reckon" verify "$tmp/half" >"$tmp/said" 2>&1 || fail "purged: $(cat "$tmp/said")"
grep -q '40-release: as the run wrote it' "$tmp/said" || fail "purged: $(cat "$tmp/said")"
rm "$tmp/half/findings.pdf"
"$reckon" verify "$tmp/half" >/dev/null 2>&1 && fail "a report that is gone is not missed"

# A rerun that is stopped leaves no folder behind.
"$reckon" verify "$pdf" "$tmp/study" >/dev/null 2>&1 &
rerun=$!
while [ -z "$(ls "$TMPDIR")" ] && kill -0 $rerun 2>/dev/null; do :; done
kill -TERM $rerun 2>/dev/null || :
wait $rerun || :
[ -z "$(ls "$TMPDIR")" ] || fail "a rerun that was stopped leaves $(ls "$TMPDIR")"

# Wrong calls.
got=0
"$reckon" verify "$tmp/nowhere.pdf" 2>/dev/null || got=$?
[ "$got" = 4 ] || fail "no PDF: status $got"
"$reckon" verify "$tmp/cells.csv" 2>/dev/null && fail "a CSV passes"
got=0
"$reckon" verify "$pdf" --data "$tmp" 2>"$tmp/said" || got=$?
[ "$got" = 2 ] && grep -q 'needs the study, too' "$tmp/said" || fail "--data alone: status $got"
[ -z "$(ls "$TMPDIR")" ] || fail "a folder is left behind"

echo "verify: $found ways of tampering found, none missed; the report as made and its rerun pass"
