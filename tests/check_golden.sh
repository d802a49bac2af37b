#!/bin/sh
# SPDX-License-Identifier: MIT
# check_golden.sh -- the folders of tests/golden: STAGE-NAME/in is a study with its extracts, run up
# to STAGE; STAGE-NAME/expected is what comes out: the folder's files but for datapackage.json,
# `said` (stderr) and `status`. With --update CASE... the expectation is written anew: read the
# difference before you commit it.
set -u
cd "$(dirname "$0")/.." || exit 4
bin=${RECKON_BUILD:-$(pwd)/build}/bin
temp=$(mktemp -d) || exit 4
trap 'rm -rf "$temp"' EXIT
failed=0
update=no
[ "${1:-}" = --update ] && update=yes && shift

# Runs the stages up to the one of the case, in the folder of the case, into $temp/out.
run_case() {
    stage=${1%%-*}
    rm -rf "$temp/out" "$temp/got"
    mkdir -p "$temp/got"
    stages=clean
    [ "$stage" = dedupe ] && stages="clean dedupe"
    [ "$stage" = change ] && stages="clean dedupe tabulate change"
    for one in $stages; do
        # shellcheck disable=SC2046
        (cd "tests/golden/$1" && "$bin/reckon-$one" in $(cat in/args 2>/dev/null) -o "$temp/out") \
            2>"$temp/got/said"
        status=$?
        [ $status -eq 0 ] || break
    done
    sed -i "s|$temp|TEMP|g" "$temp/got/said"
    echo $status >"$temp/got/status"
    case $stage in
    clean) folder=10-clean ;;
    dedupe) folder=20-people ;;
    *) folder=30-results ;;
    esac
    [ -d "$temp/out/$folder" ] && cp -r "$temp/out/$folder" "$temp/got/"
    rm -f "$temp/got/$folder/datapackage.json"
}

# Long decimals to twelve digits: another processor may add in another order.
twelve_digits() {
    find "$1" -name cells.csv | while read -r file; do
        awk '{
            out = ""
            while (match($0, /[0-9]+\.[0-9]+(e-?[0-9]+)?/)) {
                number = substr($0, RSTART, RLENGTH)
                if (RLENGTH > 13) number = sprintf("%.12g", number + 0)
                out = out substr($0, 1, RSTART - 1) number
                $0 = substr($0, RSTART + RLENGTH)
            }
            print out $0
        }' "$file" >"$file.twelve" && mv "$file.twelve" "$file"
    done
}

[ $# -gt 0 ] || set -- $(cd tests/golden && ls -d clean-* dedupe-* change-* 2>/dev/null)
for case in "$@"; do
    run_case "$case"
    twelve_digits "$temp/got"
    if [ $update = yes ]; then
        rm -rf "tests/golden/$case/expected"
        cp -r "$temp/got" "tests/golden/$case/expected"
        chmod -R u=rwX,go=rX "tests/golden/$case/expected"
    elif ! diff -r -x '*.columns' "tests/golden/$case/expected" "$temp/got"; then
        echo "check_golden: $case is not as expected"
        failed=1
    fi
done
# The same rows in another order, in two files: the same people, records and points.
for shuffled in $(cd tests/golden && ls -d *-shuffled); do
    plain=tests/golden/${shuffled%-shuffled}/expected/20-people
    for file in "$plain"/*.csv; do
        name=$(basename "$file")
        case $name in duplicates.csv | issues.csv | unlinked.csv) continue ;; esac
        sed 's/^[a-z_]*\.csv:[0-9]*,//' "$file" >"$temp/plain"
        sed 's/^[a-z_]*\.csv:[0-9]*,//' "tests/golden/$shuffled/expected/20-people/$name" |
            diff "$temp/plain" - || { echo "check_golden: $shuffled: $name"; failed=1; }
    done
done
[ $failed -eq 0 ] && echo "$# golden folders are as expected"
exit $failed
