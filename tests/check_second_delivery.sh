#!/bin/sh
# SPDX-License-Identifier: MIT
# check_second_delivery.sh -- the same study on the later extracts, as README.md says it: a renamed
# column, revised and late rows, a new area code. Every report comes out, and small counts stay hidden.
. "$(dirname "$0")/support/script.sh"

"$bin/reckon" run config/working-well --data sample-data/working-well-2015-09 \
    --as-at 2015-09-30 -o "$tmp/out" -q 2>"$tmp/said" || {
    echo "FAIL: status $?: $(tail -n 2 "$tmp/said")"
    exit 1
}
for narrative in config/working-well/*.md; do
    pdf=$tmp/out/$(basename "$narrative" .md).pdf
    qpdf --check "$pdf" >/dev/null 2>&1 || { echo "FAIL: $pdf"; exit 1; }
done
grep -q '"cut_off": "2015-09-30"' "$tmp/out/run.json" || { echo "FAIL: not as at the later date"; exit 1; }
grep -q ',c,' "$tmp/out/40-release/cells.csv" || { echo "FAIL: nothing is masked"; exit 1; }
# A reliable change is 1.96 standard errors of a difference (Jacobson & Truax), of the first scores here.
awk -F, -v cells="$tmp/out/30-results/cells.csv" '
    function value(id) { while ((getline line < cells) > 0)
            if (index(line, id ",") == 1) { split(line, part, ","); close(cells); return part[9] } }
    BEGIN {
        want = 1.959963984540054 * value("wsas_reliable.all.initial.sd") * sqrt(2 * (1 - 0.73))
        have = value("wsas_reliable.all.no_reliable_change.threshold")
        if (have < want - 1e-6 || have > want + 1e-6) { print "FAIL: reliable change", have, "not", want; exit 1 }
    }' || exit 1
