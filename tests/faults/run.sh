#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD [ROUNDS] -- `reckon run` under faults: at ROUNDS points of each kind an allocation fails
# (alone, or with all that follow), a write or a rename fails, a read is interrupted, the program is
# killed, into an empty folder and over the results of another delivery. What must hold: faults.sh.
# Needs strace for all but the first kind.
. "$(dirname "$0")/faults.sh"
! has_sanitizer || { echo "skipped: sanitizers and preloads do not go together"; exit 0; }
whole_set "$study" whole

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
                timeout 60 "$bin" run "$study" -o "$tmp/out" -q >"$tmp/said" 2>&1
            judge "allocation $at of $total fails${on:+ and all after it}" $?
            k=$((k + 1))
        done
    done
fi
command -v strace >/dev/null || { echo "skipped: failing calls and kills (no strace)"; finish faults; exit $?; }

# ---- system calls, by strace ----

count_calls() {
    strace -f --seccomp-bpf -o "$tmp/calls" -e trace="$1" "$bin" run "$study" -o "$tmp/out" -q 2>/dev/null
    total=$(grep -cE "$(echo "$1" | tr , "|")\(" "$tmp/calls")
}

# run_hurt CALLS WHAT AT: a run in $tmp/out; its status.
run_hurt() {
    timeout 60 strace -f --seccomp-bpf -o "$tmp/calls" -e trace="$1" -e inject="$1:$2:when=$3" \
        "$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said"
}

# inject CALLS WHAT
inject() {
    count_calls "$1"
    rm -rf "$tmp/out"
    k=1
    while [ "$k" -le "$rounds" ]; do
        at=$((total * (2 * k - 1) / (2 * rounds) + 1))
        run_hurt "$1" "$2" "$at"
        set -- "$1" "$2" $?
        if [ "$3" = 127 ] && grep -q "loading shared libraries" "$tmp/said"; then
            k=$((k + 1)) # the loader's read, not ours
            continue
        fi
        judge "$1 $at of $total: $2" "$3"
        k=$((k + 1))
    done
}

inject write error=ENOSPC
inject write error=EIO
inject write error=EINTR
inject write signal=SIGKILL
inject read error=EINTR
inject rename,renameat2 signal=SIGKILL
inject rename,renameat2 error=EACCES
inject fsync error=EIO
inject openat error=EMFILE

# ---- over the results of another delivery ----

# is_one_set NAME: the old set or the new one, and `verify` says so; or a mixture, and it says that.
is_one_set() {
    sums "$tmp/out" >"$tmp/after"
    if "$bin" verify -q "$tmp/out" >/dev/null 2>&1; then
        cmp -s "$tmp/old" "$tmp/after" || cmp -s "$tmp/whole" "$tmp/after" ||
            complain "$1" "a mixture of old and new that verify takes for one set"
    else
        [ -e "$tmp/out/.run.json" ] || complain "$1" "not one set, and no run is known to be unfinished"
    fi
    LC_ALL=C sort -u "$tmp/old" "$tmp/whole" >"$tmp/both"
    [ -z "$(LC_ALL=C comm -13 "$tmp/both" "$tmp/after")" ] || complain "$1" "something is half-made"
}

kill_over_old() {
    rm -rf "$tmp/out"
    cp -r "$tmp/old.out" "$tmp/out"
    count_calls "$1"
    k=1
    while [ "$k" -le "$rounds" ]; do
        at=$((total * (2 * k - 1) / (2 * rounds) + 1))
        rm -rf "$tmp/out"
        cp -r "$tmp/old.out" "$tmp/out"
        run_hurt "$1" signal=SIGKILL "$at"
        is_one_set "$1 $at of $total, over old results: killed"
        # Not half-made has been looked at: here the old ones may be there, too.
        "$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said" || complain "$1 $at of $total" "the next run fails"
        judge "$1 $at of $total, over old results" 0
        k=$((k + 1))
    done
}

another_study "$tmp/another"
whole_set "$tmp/another" old
kill_over_old write
kill_over_old rename,renameat2
finish faults
