#!/bin/sh
# SPDX-License-Identifier: MIT
# reckon.sh WORK DIR OUT: one work item of the bench by reckon, answers left in OUT.
#   w1          DIR holds raw extracts; clean and dedupe, then the cleaned extracts in OUT
#   w2 w3 w4    DIR holds cleaned extracts. The first call makes OUT/people of them (clean and
#               dedupe, as a study does once); each call then makes the results of its work from it
# ADAPT=no leaves the last step of w1 out: reckon's own cleaned extracts are its answer, the copies
# in the form of the other programs are there to be compared.
# BIN is where the programs are (build/bin).
set -eu
work=$1 data=$2 out=$3
here=$(cd "$(dirname "$0")" && pwd)
bin=${BIN:-$here/../../build/bin}
export RECKON_SHARE="${RECKON_SHARE:-$here/../../config}"

# The study with the results of one work item only.
study_of() {
    rm -rf "$out/study" && mkdir -p "$out/study"
    cp -r "$here/study/codes" "$here/study/scales" "$out/study"
    awk -v work="$1" '/^results:/ {inside = 1; print; next}
        inside && /# W/ {keep = index(toupper($0), toupper(work) ":"); next}
        !inside || keep' "$here/study/study.yaml" >"$out/study/study.yaml"
}

case $work in
w1)
    "$bin/reckon" clean "$here/study" --data "$data" -o "$out/people" -q
    "$bin/reckon" dedupe "$here/study" --data "$data" -o "$out/people" -q
    [ "${ADAPT:-yes}" = no ] || "$bin/bench-adapt" "$here/study" w1 "$out" -o "$out/people"
    ;;
w2 | w3 | w4)
    if [ ! -d "$out/people/20-people" ] || [ "$(cat "$out/people.of" 2>/dev/null)" != "$data" ]; then
        study_of "$work"
        "$bin/reckon" clean "$here/study" --data "$data" -o "$out/people" -q
        "$bin/reckon" dedupe "$here/study" --data "$data" -o "$out/people" -q
        echo "$data" >"$out/people.of"
    fi
    stage=tabulate
    [ "$work" = w3 ] && stage=change
    "$bin/reckon" $stage "$out/study" --data "$data" -o "$out/people" -q
    "$bin/bench-adapt" "$out/study" "$work" "$out" -o "$out/people"
    ;;
*)
    echo "reckon.sh: no work item $work" >&2
    exit 2
    ;;
esac
