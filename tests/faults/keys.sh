#!/bin/sh
# SPDX-License-Identifier: MIT
# keys.sh BUILD EVERY -- every EVERY-th case of keys.c: keys of study and narrative misspelt, doubled, missing,
# hostile. Of the studies that are accepted with a hostile value some are run to their reports: they end with
# a status of ours, say why when they fail, and leave nothing but their output folder.
. "$(dirname "$0")/faults.sh"
mkdir "$tmp/keep" "$tmp/place"
"$build/keys" "$rounds" "$study" "$tmp/keep" || failed=1
[ -n "${2-}" ] && [ "$rounds" -gt 50 ] || "$build/keys" "$rounds" config/working-well || failed=1
cp -r "$study" "$tmp/place/study"
for mutant in "$tmp"/keep/*.yaml; do
    [ -e "$mutant" ] || continue
    points=$((points + 1))
    cp "$mutant" "$tmp/place/study/study.yaml"
    (cd "$tmp/place" && timeout 60 "$bin" run study -o out -q >"$tmp/said" 2>&1)
    status=$?
    case $status in
    0) ;;
    1 | 3 | 4) [ -s "$tmp/said" ] || complain "$mutant" "no word" ;;
    *) complain "$mutant" "status $status" ;;
    esac
    [ "$(ls "$tmp/place" | tr '\n' ' ')" = "out study " ] || [ "$(ls "$tmp/place" | tr '\n' ' ')" = "study " ] ||
        complain "$mutant" "something else was made: $(ls "$tmp/place")"
    [ -z "$(find "$tmp" -name owned)" ] || complain "$mutant" "a value ran as code"
    rm -rf "$tmp/place/out"
done
finish "accepted studies run"
