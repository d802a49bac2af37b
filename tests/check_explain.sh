#!/bin/sh
# SPDX-License-Identifier: MIT
# check_explain.sh -- `reckon explain`: the receipt of a cell, and the rows behind it counted anew.
. "$(dirname "$0")/support/script.sh"
reckon=$bin/reckon

"$reckon" run config/working-well -o "$tmp/out" -q 2>/dev/null || fail "the sample does not run"

# says CELL TEXT...: the receipt has each text.
says() {
    cell=$1
    shift
    "$reckon" explain "$tmp/out" "$cell" >"$tmp/said" 2>&1 || fail "$cell: $(cat "$tmp/said")"
    for text; do
        grep -qF -- "$text" "$tmp/said" || fail "$cell: no \"$text\" in $(cat "$tmp/said")"
    done
}

says belief.all.change.points 'value     7.619' 'belief.all.latest.percent less belief.all.initial.percent' \
    'Newcombe (1998)' 'believe answered; latest.believe answered: 315 clients' '888 rows read' \
    'study.yaml:' '{change: believe,' 'reviews.csv 42dd62343327bbf7'
says employability.manchester.yes.percent '100 x 488 / 665' 'people.area is manchester: 665 records'
says baseline_gse.high.salford.count '[c]: masked'
[ "$("$reckon" explain "$tmp/out" belief | grep -c '^belief\.')" -gt 30 ] || fail "a result is not listed"

# Behind cells of both kinds of base the rows are found, as many as the cell says.
counted() {
    "$reckon" explain "$tmp/out" "$1" config/working-well --rows >"$tmp/said" 2>"$tmp/errors" || fail "$1: $(cat "$tmp/errors")"
    rows=$(grep -c '^20-people/.*  from .*\.csv:[0-9]*$' "$tmp/said")
    [ "$rows" = "$2" ] || fail "$1: $rows rows, not $2"
}
counted employability.manchester.yes.percent 488
counted belief.all.initial.percent 119
counted belief.all.latest.percent 143
counted belief.all.change.points 315
counted sex.male.all.percent "$("$reckon" explain "$tmp/out" sex.male.all.percent | sed -n 's/.*100 x \([0-9]*\) .*/\1/p')"
counted ethnicity.white_british.manchester.percent "$("$reckon" explain "$tmp/out" ethnicity.white_british.manchester.percent | sed -n 's/.*100 x \([0-9]*\) .*/\1/p')"

# Rows of another run are said to be such.
sed -i '2d' "$tmp/out/20-people/services.csv"
"$reckon" explain "$tmp/out" service_records.all.all.count config/working-well --rows >/dev/null 2>"$tmp/errors" || :
"$reckon" explain "$tmp/out" rated.all.all.percent config/working-well --rows >/dev/null 2>"$tmp/errors" &&
    fail "a row that is gone is not missed"
grep -q 'is 20-people of another run' "$tmp/errors" || fail "a row that is gone: $(cat "$tmp/errors")"

# Wrong calls.
got=0
"$reckon" explain "$tmp/out" belief.all.change.point 2>"$tmp/errors" || got=$?
[ "$got" = 2 ] && grep -q 'did you mean "belief.all.change.points"' "$tmp/errors" || fail "no such cell: $got"
got=0
"$reckon" explain "$tmp/out" belief.all.change.points --rows 2>"$tmp/errors" || got=$?
[ "$got" = 2 ] && grep -q 'STUDYDIR --rows' "$tmp/errors" || fail "--rows alone: $got"
echo "explain: receipts say what they should; rows behind 6 cells counted anew"
