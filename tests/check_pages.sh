#!/bin/sh
# SPDX-License-Identifier: MIT
# check_pages.sh [--update] -- golden pages: what stands where (--trace) and what a screen reader is
# told (pdfinfo -struct-text) in the report of the second study, as tests/golden/pages has them.
# With --update they are written anew: look at the pages and read the difference before you commit.
. "$(dirname "$0")/support/script.sh"
study=tests/studies/debt-advice
golden=tests/golden/pages

"$bin/reckon" run "$study" -o "$tmp" -q 2>"$tmp/said" || { cat "$tmp/said"; exit 1; }
"$bin/reckon-report" "$study" -o "$tmp" -q --trace
pdfinfo -struct-text "$tmp/findings.pdf" | sed 's/Object [0-9]* 0/Object/' >"$tmp/findings.struct"
if [ "${1:-}" = --update ]; then
    cp "$tmp/findings.trace" "$tmp/findings.struct" "$golden"
fi
for part in trace struct; do
    diff "$golden/findings.$part" "$tmp/findings.$part" >"$tmp/diff" || {
        head -n 40 "$tmp/diff"
        echo "FAIL: the pages' $part is not as expected; tests/check_pages.sh --update takes it over"
        exit 1
    }
done
