#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD -- the scripts of config/cluster as people use them: the bytes of one run.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "$1" && pwd)
export RECKON="$build/bin/reckon" RECKON_SHARE="$PWD/config"
study=$PWD/tests/studies/debt-advice
tmp=$(mktemp -d)
tidy() {
    [ ! -d "$tmp/slurm" ] || sh tests/cluster/slurm.sh stop "$tmp/slurm"
    rm -rf "$tmp"
}
trap tidy EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

same() {
    diff -rq "$tmp/one" "$1" | grep -v "^Only in $1: part-" >"$tmp/diff" || true
    [ ! -s "$tmp/diff" ] || fail "$1 is not as one run: $(head -n 5 "$tmp/diff")"
}

"$RECKON" run "$study" -o "$tmp/one" -q 2>/dev/null || fail "one run: status $?"

# ---- GNU parallel ----

by_parallel() {
    config/cluster/reckon-parallel 5 "$study" "$tmp/parallel" -q >"$tmp/said" 2>&1 ||
        fail "reckon-parallel: status $?: $(tail -n 3 "$tmp/said")"
    same "$tmp/parallel"
    ! config/cluster/reckon-parallel 2 "$study/extracts" "$tmp/wrong" -q >"$tmp/said" 2>&1 ||
        fail "reckon-parallel of no study: status 0"
    grep -q "nothing is merged" "$tmp/said" || fail "reckon-parallel does not say that a part failed"
    echo "GNU parallel: five parts, the bytes of one run"
}

# ---- Slurm ----

job_state() {
    scontrol show job "$1" 2>/dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | tail -n 1
}

wait_job() {
    tries=0
    while :; do
        case $(job_state "$1") in
        PENDING | RUNNING | COMPLETING | CONFIGURING) ;;
        *) return 0 ;;
        esac
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        sleep 0.2
    done
}

by_slurm() {
    mkdir "$tmp/slurm" "$tmp/logs"
    sh tests/cluster/slurm.sh start "$tmp/slurm" >"$tmp/said" 2>&1 ||
        fail "Slurm does not start: $(cat "$tmp/said"; tail -n 5 "$tmp"/slurm/*.log)"
    export SLURM_CONF="$tmp/slurm/slurm.conf"
    here=$PWD
    cd "$tmp/logs"
    job=$("$here/config/cluster/reckon-slurm" 4 "$study" "$tmp/array" -q) || fail "reckon-slurm: status $?"
    wait_job "$job" || fail "the job that merges does not end"
    [ "$(job_state "$job")" = COMPLETED ] ||
        fail "merge is $(job_state "$job"): $(squeue 2>&1; tail -n 3 ./*.log "$tmp/slurm/slurmctld.log")"
    cd "$here"
    same "$tmp/array"
    # A part that fails leaves nothing to merge: the job that would is cancelled.
    cd "$tmp/logs"
    job=$("$here/config/cluster/reckon-slurm" 2 "$study/extracts" "$tmp/wrong" -q) || fail "reckon-slurm: status $?"
    wait_job "$job" || fail "a merge that cannot be waits for ever"
    [ "$(job_state "$job")" = CANCELLED ] || fail "without parts merge is $(job_state "$job")"
    cd "$here"
    echo "Slurm: an array of four parts and the job that merges them, the bytes of one run"
}

have() {
    for program in "$@"; do
        command -v "$program" >/dev/null || return 1
    done
}

if have parallel; then
    by_parallel
else
    echo "skipped: GNU parallel is not installed (apt install parallel)"
fi
if [ "$(id -u)" = 0 ] && have slurmctld slurmd munged sbatch; then
    by_slurm
else
    echo "skipped: Slurm (apt install slurm-wlm munge, and root to start it)"
fi
