#!/bin/sh
# SPDX-License-Identifier: MIT
# Read by the scripts of this folder: `. tests/faults/faults.sh` after build=BUILD rounds=ROUNDS.
# all or nothing: after a fault each result is absent or that of the undisturbed run, a program that
# gave up said why and returned 4, and the next run makes the whole set.
set -u
cd "$(dirname "$0")/../.." || exit 4
build=${1:-build/check} rounds=${2:-10}
build=$(cd "$build" && pwd) || exit 4
bin=$build/bin/reckon
study=tests/studies/debt-advice
RECKON_SHARE=$(pwd)/config
export RECKON_SHARE
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0 points=0

has_sanitizer() {
    grep -q __asan_init "$bin"
}

# sums FOLDER: names and hashes of results, what is hidden left out.
sums() {
    (cd "$1" 2>/dev/null && find . -type f ! -path '*/.*' -exec sha256sum {} + | LC_ALL=C sort)
}

complain() {
    echo "FAIL: $1: $2"
    tail -n 2 "$tmp/said" | cut -c 1-300
    failed=$((failed + 1))
}

# whole_set STUDY NAME: an undisturbed run; its sums are $tmp/NAME, its folder $tmp/NAME.out.
whole_set() {
    "$bin" run "$1" -o "$tmp/$2.out" -q 2>"$tmp/said" || { cat "$tmp/said"; exit 1; }
    sums "$tmp/$2.out" >"$tmp/$2"
}

# judge NAME STATUS [may-refuse]: looks at what is there, runs again, looks once more.
judge() {
    points=$((points + 1))
    sums "$tmp/out" >"$tmp/after"
    case $2 in
    0) cmp -s "$tmp/whole" "$tmp/after" || complain "$1" "status 0, but not all is there" ;;
    4) [ -s "$tmp/said" ] || complain "$1" "no word" ;;
    137) ;; # killed from outside
    *) complain "$1" "status $2" ;;
    esac
    [ -z "$(LC_ALL=C comm -13 "$tmp/whole" "$tmp/after")" ] || complain "$1" "something is half-made"
    "$bin" run "$study" -o "$tmp/out" -q >/dev/null 2>&1 || complain "$1" "the next run fails"
    sums "$tmp/out" >"$tmp/after"
    cmp -s "$tmp/whole" "$tmp/after" || complain "$1" "the next run makes something else"
    [ -z "$(find "$tmp/out" -mindepth 1 -name '.*')" ] || complain "$1" "the next run leaves something"
    rm -rf "$tmp/out"
}

# another_study FOLDER: the same study with ten clients fewer in its extracts.
another_study() {
    cp -r "$study" "$1"
    sed -i 30,39d "$1/extracts/clients.csv"
}

finish() {
    echo "$1: $points faults, $failed wrong"
    [ "$failed" = 0 ]
}
