#!/bin/sh
# SPDX-License-Identifier: MIT
# check_unclean.sh -- what clean made gives the extracts again, byte for byte: of the sample, of UTF-16 and of files as broken as they
# come; a changed cell, a lost ledger line and another delivery are told.
. "$(dirname "$0")/support/script.sh"

clean() {
    rm -rf "$tmp/out"
    "$bin/reckon" clean "$1" -q -o "$tmp/out" >"$tmp/said" 2>&1 || fail "clean $1: $(cat "$tmp/said")"
}

said=
for study in tests/golden/clean-mess/in tests/studies/debt-advice tests/studies/seeded-faults config/working-well; do
    clean "$study"
    gives 0 " 0 not as they stood" "$bin/reckon" unclean "$study" -o "$tmp/out"
    read=$(awk -F, '$2 == "read" {n += $5} END {print n}' "$tmp/out/10-clean/flow.csv")
    grep -q "^unclean   $read rows" "$tmp/said" || fail "$study: $read rows were read: $(cat "$tmp/said")"
    said="$said$(sed 's/^unclean *//' "$tmp/said"); "
done

# Without the extracts they are put back all the same.
back=$tmp/out/11-unclean/initial_assessments.csv
head -1 "$back" | grep -q '^line,Client Ref,Surname,DOB,' || fail "other headings: $(head -1 "$back")"
grep -q 'Manchester City Council' "$back" || fail "spellings are not put back"
[ "$(stat -c %a "$tmp/out/11-unclean")" = 700 ] || fail "people are in 11-unclean"

cp -r "$tmp/out/10-clean" "$tmp/good"
sed -i '0,/,manchester,/s//,salford,/' "$tmp/out/10-clean/assessments.csv"
gives 1 "area is not as it stood" "$bin/reckon" unclean config/working-well -o "$tmp/out"
rm -rf "$tmp/out/10-clean" && cp -r "$tmp/good" "$tmp/out/10-clean"
sed -i 500d "$tmp/out/10-clean/ledger.csv"
gives 1 "1 not as they stood" "$bin/reckon" unclean config/working-well -o "$tmp/out"
rm -rf "$tmp/out/10-clean" && cp -r "$tmp/good" "$tmp/out/10-clean"
sed -i 20d "$tmp/out/10-clean/assessments.csv"
gives 1 "rows of assessments were read, but" "$bin/reckon" unclean config/working-well -o "$tmp/out"
rm "$tmp/out/10-clean/ledger.csv"
gives 4 "run reckon clean" "$bin/reckon" unclean config/working-well -o "$tmp/out"
rm -r "$tmp/out/10-clean"
gives 4 "run reckon clean" "$bin/reckon" unclean config/working-well -o "$tmp/out"
echo "$said"
