#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD [ROUNDS] -- `reckon run` under faults: at ROUNDS points of each kind an allocation fails
# (alone, or with all that follow), a write or a rename fails, a read is interrupted, the program is
# killed. What must hold each time: a program that ends by itself says why and returns 4, or does the
# whole work; every result is absent or the one of the undisturbed run; the next run makes all of them.
# Needs strace for all but the first kind.
set -u
cd "$(dirname "$0")/../.." || exit 4
build=$1 rounds=${2:-20}
bin=$build/bin/reckon
! grep -q __asan_init "$bin" || { echo "skipped: sanitizers and preloads do not go together"; exit 0; }
study=tests/studies/debt-advice
RECKON_SHARE=$(pwd)/config
export RECKON_SHARE
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0 points=0

# sums FOLDER: names and hashes of results, what is hidden left out. tabulate and change both write
# 30-results, so between the two it differs by right; stages.csv in it says which have written.
sums() {
    (cd "$1" 2>/dev/null && find . -type f ! -path '*/.*' ! -path './30-results/*' -exec sha256sum {} + |
        LC_ALL=C sort)
}

complain() {
    echo "FAIL: $1: $2"
    tail -n 2 "$tmp/said"
    failed=$((failed + 1))
}

# judge NAME STATUS: looks at what is there, runs again, looks once more.
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
    "$bin" run "$study" -o "$tmp/out" -q 2>/dev/null || complain "$1" "the next run fails"
    sums "$tmp/out" >"$tmp/after"
    cmp -s "$tmp/whole" "$tmp/after" || complain "$1" "the next run makes something else"
    rm -rf "$tmp/out"
}

"$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said" || { cat "$tmp/said"; exit 1; }
sums "$tmp/out" >"$tmp/whole"
rm -rf "$tmp/out"

# ---- memory ----

if ${CC:-gcc} -O1 -fno-builtin -shared -fPIC -D_GNU_SOURCE -o "$tmp/no_memory.so" tests/faults/no_memory.c; then
    NO_MEMORY_IN=reckon NO_MEMORY_COUNT=$tmp/count LD_PRELOAD=$tmp/no_memory.so \
        "$bin" run "$study" -o "$tmp/out" -q 2>/dev/null
    total=$(head -n 1 "$tmp/count")
    rm -rf "$tmp/out"
    for on in "" 1; do
        k=1
        while [ "$k" -le "$rounds" ]; do
            at=$((total * (2 * k - 1) / (2 * rounds)))
            env NO_MEMORY_IN=reckon NO_MEMORY_AT=$at ${on:+NO_MEMORY_ON=1} LD_PRELOAD="$tmp/no_memory.so" \
                timeout 60 "$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said"
            judge "allocation $at of $total fails${on:+ and all after it}" $?
            k=$((k + 1))
        done
    done
fi

# ---- system calls, by strace: CALL WHAT ----

inject() {
    strace -f -o "$tmp/calls" -e trace="$1" "$bin" run "$study" -o "$tmp/out" -q 2>/dev/null
    total=$(grep -cE "$(echo "$1" | tr , "|")\(" "$tmp/calls")
    rm -rf "$tmp/out"
    k=1
    while [ "$k" -le "$rounds" ]; do
        at=$((total * (2 * k - 1) / (2 * rounds) + 1))
        timeout 60 strace -f -o "$tmp/calls" -e trace="$1" -e inject="$1:$2:when=$at" \
            "$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said"
        judge "$1 $at of $total: $2" $?
        k=$((k + 1))
    done
}

if command -v strace >/dev/null; then
    inject write error=ENOSPC
    inject write error=EIO
    inject write error=EINTR
    inject write signal=SIGKILL
    inject read error=EINTR
    inject rename,renameat2 signal=SIGKILL
    inject rename,renameat2 error=EACCES
    inject fsync error=EIO
    inject openat error=EMFILE
else
    echo "skipped: failing calls and kills (no strace)"
fi
echo "$points faults, $failed wrong"
[ "$failed" = 0 ]
