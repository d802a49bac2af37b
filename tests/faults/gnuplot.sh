#!/bin/sh
# SPDX-License-Identifier: MIT
# gnuplot.sh BUILD -- a gnuplot that is missing, crashes, hangs, lies or is slow: the run ends in time, names
# it, and makes nothing by halves; a slow or talkative one is no fault.
. "$(dirname "$0")/faults.sh"
whole_set "$study" whole
real=$(command -v gnuplot) || { echo "skipped: no gnuplot"; exit 0; }
mkdir "$tmp/fake"
PATH=$tmp/fake:$PATH

# with NAME WANTED BODY: WANTED is 0 or 4.
with() {
    printf '#!/bin/sh\n%s\n' "$3" >"$tmp/fake/gnuplot"
    chmod 755 "$tmp/fake/gnuplot"
    begun=$(date +%s)
    timeout -s KILL 60 "$bin" run "$study" -o "$tmp/out" -q >"$tmp/said" 2>&1
    status=$?
    [ $(($(date +%s) - begun)) -le 20 ] || complain "$1" "it takes too long"
    [ "$status" = "$2" ] || complain "$1" "status $status, not $2"
    [ "$status" = 0 ] || grep -q gnuplot "$tmp/said" || complain "$1" "gnuplot is not named"
    rm "$tmp/fake/gnuplot"
    judge "$1" "$status"
}

with "exits 1 with a word" 4 'cat >/dev/null; echo "line 0: no" >&2; exit 1'
with "crashes" 4 'kill -SEGV $$'
with "makes nothing and exits 0" 4 'cat >/dev/null'
with "prints noise and exits 0" 4 'cat >/dev/null; head -c 20000 /dev/urandom'
with "is cut short" 4 "$real \"\$@\" | head -c 900"
with "closes its input" 4 'exec 0<&-; sleep 0.3'
with "is slow" 0 "sleep 1; exec $real \"\$@\""
with "talks" 0 "echo warning: nothing >&2; exec $real \"\$@\""
if [ "$rounds" -gt 1 ]; then
    with "hangs" 4 'exec sleep 300'
    with "hangs and will not die" 4 'trap "" TERM PIPE; while :; do sleep 1; done'
    with "leaves a child with its pipe" 4 'cat >/dev/null; sleep 300 & exit 0'
fi
finish gnuplot
