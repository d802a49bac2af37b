#!/bin/sh
# SPDX-License-Identifier: MIT
# check_columns.sh -- column files only save time: without them, and after a CSV was edited by
# hand, every stage gives what it gives from the CSV alone.
. "$(dirname "$0")/support/script.sh"
study=config/working-well

# stages FOLDER COMMAND: clean to change, COMMAND after each.
stages() {
    for stage in clean dedupe tabulate change; do
        "$bin/reckon-$stage" "$study" -o "$1" -q 2>/dev/null || fail "$stage gives status $?"
        $2 "$1" $stage
    done
}
keep() { :; }
drop() { find "$1" -name '*.columns' -delete; }
# A person's area and a review's answer, mended by hand.
mend() {
    case $2 in
    clean) sed -i '5s/,salford,/,trafford,/; 7s/,manchester,/,salford,/' "$1/10-clean/assessments.csv" ;;
    dedupe) sed -i '9s/,yes,/,no,/' "$1/20-people/latest.csv" ;;
    esac
}
mend_and_drop() {
    mend "$@"
    drop "$@"
}

stages "$tmp/with" keep
[ "$(find "$tmp/with" -name '*.columns' | wc -l)" -ge 20 ] || fail "there are no column files"
stages "$tmp/without" drop
diff -r -x '*.columns' "$tmp/with" "$tmp/without" || fail "column files change the results"
stages "$tmp/edited" mend
stages "$tmp/edited_without" mend_and_drop
diff -r -x '*.columns' "$tmp/edited" "$tmp/edited_without" ||
    fail "an edited CSV is not read as it is"
! cmp -s "$tmp/with/30-results/cells.csv" "$tmp/edited/30-results/cells.csv" ||
    fail "the edits of this test change nothing"
# Someone may copy the folder: times change, the hash tells that the files are the same.
cp -r "$tmp/with" "$tmp/copy"
"$bin/reckon-tabulate" "$study" -o "$tmp/copy" -q
cmp "$tmp/with/30-results/cells.csv" "$tmp/copy/30-results/cells.csv" || fail "a copy differs"
echo "column files: the same results with them, without them, and after edits by hand"
