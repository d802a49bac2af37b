#!/bin/sh
# SPDX-License-Identifier: MIT
# check_attack.sh -- the attack on the sample as it is published finds nothing; put one masked number
# back, in a cell, in a percentage, in the PDF's attachment or in a sentence, and it does, and so
# does the run.
. "$(dirname "$0")/support/script.sh"

# put_back CELL: the release with the true row of one cell, in $tmp/one.
put_back() {
    grep -v "^$1," "$release/cells.csv" >"$tmp/one/cells.csv"
    grep "^$1," "$tmp/out/30-results/cells.csv" >>"$tmp/one/cells.csv"
}

"$bin/reckon" run config/working-well -o "$tmp/out" >"$tmp/log" 2>&1 || fail "$(tail -n 3 "$tmp/log")"
grep -q '^attack .*none recovered' "$tmp/log" || fail "the run does not say what the attack came to"
gives 0 "0 recovered" "$bin/reckon" attack "$tmp/out"
gives 0 "0 recovered" "$bin/reckon" attack "$tmp/out/interim-evaluation.pdf"
grep -q '"path": "tables/belief.csv"' "$tmp/out/40-release/datapackage.json" || fail "no datapackage"

# A derived variable is tied to what it comes from: arthritis is two of the conditions.
parts=$(awk -F, '$2 == "people|arthritis=yes|" && $3 ~ /condition=/ {print $3}' \
    "$tmp/out/30-results/sums.csv" | wc -l)
[ "$parts" = 2 ] || fail "arthritis is not tied to the conditions it is made of"

# One masked count put back: a table with margins gives the others away, too.
release=$tmp/out/40-release
cp -r "$release" "$tmp/one"
put_back sex.transgender.all.count
gives 1 "sex: Transgender is masked and can be worked out: 2" "$bin/reckon" attack "$tmp/one"
# A masked count with its percentage left in.
put_back sex.female.all.percent
gives 1 "sex: Transgender is masked and can be worked out" "$bin/reckon" attack "$tmp/one"
# A sentence; and one that is about something else.
echo "Among Transgender clients, 2 of 830 answered." >"$tmp/sentence.md"
gives 1 "the words give 2" "$bin/reckon" attack "$release" "$tmp/sentence.md"
echo "Male clients are 471 of 830." >"$tmp/sentence.md"
gives 0 "0 recovered" "$bin/reckon" attack "$release" "$tmp/sentence.md"
# Wrong input.
gives 4 "nowhere.pdf" "$bin/reckon" attack "$tmp/nowhere.pdf"
gives 2 "--below needs a whole number" "$bin/reckon" attack "$release" --below x
gives 2 "needs a folder" "$bin/reckon" attack -q

# The run itself fails, and says why.
cp "$tmp/one/cells.csv" "$release/cells.csv"
status=0
"$bin/reckon" run config/working-well -o "$tmp/out" >"$tmp/log" 2>&1 || status=$?
[ "$status" = 1 ] || fail "a run that discloses gives status $status"
grep -q 'do not send it out' "$tmp/log" || fail "the run does not say that it discloses"
grep -q '^stopped *at attack' "$tmp/log" || fail "the run does not say where it stopped"

echo "the sample withstands the attack; five leaks are found"
